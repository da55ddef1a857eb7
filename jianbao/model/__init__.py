"""The nouns of Jianbao, frozen: what the office reports, writes, plans and prints.

Nothing here knows a file format, a page or a rule. Whatever came from a file
keeps its `Place`.
"""

from jianbao.model.planned import (
    Bulletin,
    Entry,
    PagePlan,
    Site,
    Waiver,
)
from jianbao.model.reported import (
    Amount,
    AsOf,
    Breakdown,
    Campaign,
    Condition,
    Counting,
    Dataset,
    Dimension,
    Document,
    Ledger,
    Measure,
    Member,
    Members,
    Observation,
    Precision,
    Ratio,
    Rounding,
)
from jianbao.model.written import (
    Chart,
    ChartKind,
    Photo,
    Quote,
    Section,
    Story,
    StripItem,
    Word,
)

__all__ = (
    "Amount",
    "AsOf",
    "Breakdown",
    "Bulletin",
    "Campaign",
    "Chart",
    "ChartKind",
    "Condition",
    "Counting",
    "Dataset",
    "Dimension",
    "Document",
    "Entry",
    "Ledger",
    "Measure",
    "Member",
    "Members",
    "Observation",
    "PagePlan",
    "Photo",
    "Precision",
    "Quote",
    "Ratio",
    "Rounding",
    "Section",
    "Site",
    "Story",
    "StripItem",
    "Waiver",
    "Word",
)
