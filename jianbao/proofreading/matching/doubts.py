"""Words that say a number is of something else than the figure its neighbours name.

    Entry, Context ──is_of_another──▶ bool

其中道路类项目已完成663件 names 已完成, and yet 663 need not be the 693 of the
whole: a part, a place or a time stands there that the data do not know. Such a
number is asked about and never called wrong.
"""

import re
from collections.abc import Iterator

from jianbao.proofreading.matching.catalogue import Entry
from jianbao.proofreading.matching.wording import Context

_ANOTHER = re.compile(
    r"另有|另外|此外|还有|剩|余下|尚|仍|未|新(?=[增完办建开签受登])"
    r"|本[周月季旬日期年]|当[日天周月]|今[日天]|昨|上[周月期半]|下[周月期半]|去年|上年|同期|同比|环比"
    r"|某|该[乡镇村街社校局办]|每[个家户人]?|相比|[较比](?!例)|计划|预计|目标|力争|将|拟"
)
_PART = re.compile(r"其中|包括|涉及")
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2}(?:街道|[乡镇村局办委站院校口类]|社区|小区|公司|中心|系统|领域|战线|方面|部门)"
)
_FILLER = re.compile("全[区县市镇乡]|其中|累计|目前|共有?|已经?|截至|分别|项目|事项")
_LEAST = 2


def is_of_another(entry: Entry, context: Context, organisation: str) -> bool:
    """Say whether the words name a part, a place or a time that the figure does not.

    What belongs to a name of its dataset, 计划投资 or 新增企业, says nothing of the kind.
    """
    left = context.wide
    for name in sorted((organisation, *_names(entry)), key=len, reverse=True):
        left = left.replace(name, "｜") if name else left
    if _ANOTHER.search(left) or _PLACE.search(left.replace("全区", "")):
        return True
    part = _PART.search(left)
    return part is not None and len(_FILLER.sub("", left[part.end() :]).replace("｜", "")) >= _LEAST


def _names(entry: Entry) -> Iterator[str]:
    """Yield every name of the figure's dataset as it is looked for."""
    subject = entry.subject
    groups = [subject.terms, *subject.names.values()]
    groups += [terms for members in subject.members for terms in members.values()]
    for terms in groups:
        yield from (term.text for term in terms)
