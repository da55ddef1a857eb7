"""The nouns of Jianbao, frozen: what the office reports, writes, plans and prints.

Nothing here knows a file format, a page or a rule. Whatever came from a file
keeps its `Place`. Where nothing has changed, nothing of it is wanted or imported.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jianbao.model.planned import (
        Bulletin,
        Correction,
        Entry,
        Link,
        Look,
        PagePlan,
        Site,
        StoryEntry,
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
        Observation,
        Person,
        Precision,
        Ratio,
        Rounding,
    )
    from jianbao.model.rounds import (
        Calendar,
        CutOff,
        Every,
        Members,
        Rhythm,
        Share,
        Unit,
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
    "Calendar",
    "Campaign",
    "Chart",
    "ChartKind",
    "Condition",
    "Correction",
    "Counting",
    "CutOff",
    "Dataset",
    "Dimension",
    "Document",
    "Entry",
    "Every",
    "Ledger",
    "Link",
    "Look",
    "Measure",
    "Member",
    "Members",
    "Observation",
    "PagePlan",
    "Person",
    "Photo",
    "Precision",
    "Quote",
    "Ratio",
    "Rhythm",
    "Rounding",
    "Section",
    "Share",
    "Site",
    "Story",
    "StoryEntry",
    "StripItem",
    "Unit",
    "Waiver",
    "Word",
)
_HOMES = ("reported", "written", "rounds", "planned")

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Return a noun; the file it stands in is imported when one of it is first asked for."""
        if name in __all__:
            for home in (import_module(f"{__name__}.{home}") for home in _HOMES):
                if hasattr(home, name):
                    globals()[name] = getattr(home, name)
                    return globals()[name]
        raise AttributeError(name)
