"""How well the words beside a number name a dataset, a member or a measure.

Words are compared without blanks and quotation marks. A name that stands there
whole counts fully, the more the longer it is; one of which most pairs of
characters stand there counts in part: 已开工 and 已开工项目 name one thing.
"""

import re
from dataclasses import dataclass, field

from jianbao.proofreading.matching.numbers import Number
from jianbao.proofreading.matching.stretches import Sort, no_figures, plain

_DROPPED = re.compile(r"[ \t\u3000“”‘’「」《》\"'*#]")
_WAVES = str.maketrans("~〜—-–", "～～～～～")
_QUOTED = re.compile(r"“[^”]{1,40}”")
_STOP = re.compile(r"[，,；;。！？!?、：（(]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_JOINT = re.compile(r"(?:和|及|与|以及)\s*$")
_LIST = re.compile(r"[、和及与]")
_CLAUSE, _HALF, _SENTENCE = "，,", "；;", "。！？!?"
_LONGEST_BEFORE, _LONGEST_AFTER, _OPENING = 30, 20, 6
_LEAST_SHARE = 0.5
_HEADED, _HEAD, _LEAST_HEAD = ("label", "after", "opening"), 1.0, 3
# A longer name is more telling: 街道办事处 says what is meant, 项目 hardly does.
_WHOLE = {0: 0.0, 1: 0.5, 2: 1.0, 3: 1.1, 4: 1.5}


@dataclass(frozen=True, slots=True)
class Term:
    """A name as it is looked for: without blanks, and its pairs of characters."""

    text: str
    pairs: frozenset[str] = field(compare=False)


def bare(text: str) -> str:
    """Return `text` as words are compared."""
    return _DROPPED.sub("", plain(text)).translate(_WAVES)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def term(name: str) -> Term:
    """Return a name as it is looked for."""
    text = bare(name)
    return Term(text, _pairs(text))


def strength(sought: Term, words: str) -> float:
    """Return how well `words` name what is sought, from 0 to 1.5.

    >>> strength(term("已完成"), "全区已完成"), strength(term("户"), "入户")
    (1.1, 0.5)
    >>> strength(term("已开工项目"), "目前已开工")
    0.4
    """
    if sought.text in words:
        return _WHOLE[min(len(sought.text), 4)]
    if len(sought.text) < 3:
        return 0.0
    share = sum(pair in words for pair in sought.pairs) / len(sought.pairs)
    return 0.8 * share if share >= _LEAST_SHARE else 0.0


def is_head(sought: Term, words: str, level: str) -> bool:
    """Say whether the end of a name, its head, stands right before or right behind a number.

    >>> is_head(term("投资完成率"), "完成率", "label")
    True
    >>> is_head(term("免费领取印章的个体工商户"), "个体工商户免费领取印章", "after")
    True
    """
    text = sought.text
    if level == "label":
        return words.endswith(text[-max(_LEAST_HEAD, (len(text) + 1) // 2) :]) and len(text) > 2
    return any(words.startswith(text[at:]) for at in range(len(text) - _LEAST_HEAD + 1))


@dataclass(frozen=True, slots=True)
class Naming:
    """How well the words name a measure and its dataset; the same for all members."""

    dataset: float
    measure: float
    own: float
    siblings: float


@dataclass(frozen=True, slots=True)
class Context:
    """The words around one number, bare.

    Attributes:
        label: Before it in its own clause, back to the number before.
        wide: Before it in its sentence, back to the number before.
        after: Behind it in its own clause.
        shared: All that stands between it and the next number of the same clause.
        opening: The first words of what is shared: they are this number's.
        sentence: All of its sentence before it.
        passage: What stands before its sentence in the passage.
        heads: Crosshead and the like.
        story: The story's head.
        years: Years named in its sentence since the number before.
        strengths: What was asked already of names.
        namings: What was asked already of measures.
        mentions: What was asked already of the members of a dimension.
    """

    label: str
    wide: str
    after: str
    shared: str
    opening: str
    sentence: str
    passage: str
    heads: str
    story: str
    years: frozenset[int]
    strengths: dict[tuple[str, tuple[Term, ...]], float] = field(default_factory=dict)
    namings: dict[tuple[str, str], Naming] = field(default_factory=dict)
    mentions: dict[tuple[str, int], tuple[str, dict[str, float]]] = field(default_factory=dict)

    def named(self, level: str, terms: tuple[Term, ...]) -> float:
        """Return how well the words of one level name any of `terms`."""
        asked = (level, terms)
        if asked not in self.strengths:
            words = str(getattr(self, level))
            at_once = [t for t in terms if level != "opening" or words.startswith(t.text[:2])]
            best = max((strength(sought, words) for sought in at_once), default=0.0)
            if level in _HEADED and any(is_head(sought, words, level) for sought in terms):
                best = max(best, _HEAD)
            self.strengths[asked] = best
        return self.strengths[asked]


def contexts(text: str, found: tuple[Number, ...], heads: str, story: str) -> tuple[Context, ...]:
    """Return the words around each number of a text; `heads` and `story` are bare."""
    edges = sorted(
        [(number.start, number.unit_end) for number in found]
        + [(s.start, s.end) for s in no_figures(text) if s.sort is Sort.BOUND]
    )
    starts, ends = [start for start, _ in edges], [end for _, end in edges]
    marked, earlier = _without_quoted_marks(text), 0
    result: list[Context] = []
    for number in found:
        index = starts.index(number.start)
        before = ends[index - 1] if index else 0
        behind = starts[index + 1] if index + 1 < len(edges) else len(text)
        sentence = _last(marked, number.start, _SENTENCE)
        own = before + _split(marked[before : number.start])[1] if index else 0
        if result and _LIST.fullmatch(marked[before : number.start]):
            own = earlier
        earlier = own
        wide = max(own, sentence, _last(marked, number.start, _HALF))
        label = max(wide, _last(marked, number.start, _CLAUSE), number.start - _LONGEST_BEFORE)
        gap = marked[number.unit_end : behind]
        after, following = _split(gap if index + 1 < len(edges) else gap + "。")
        shared = "" if after else bare(gap[:_LONGEST_AFTER]) if not following else ""
        result.append(
            Context(
                label=bare(text[label : number.start]),
                wide=bare(text[wide : number.start]),
                after=bare(text[number.unit_end : number.unit_end + after])[:_LONGEST_AFTER],
                shared=shared,
                opening=shared[:_OPENING],
                sentence=bare(text[sentence : number.start]),
                passage=bare(text[:sentence]),
                heads=heads,
                story=story,
                years=frozenset(map(int, _YEAR.findall(plain(text[wide : number.start])))),
            )
        )
    return tuple(result)


def _split(gap: str) -> tuple[int, int]:
    """Return where the words of the number before a gap end, and where those of the next begin.

    >>> _split("街道办事处、"), _split("、青年志愿者"), _split("实事已完成"), _split("事项和")
    ((5, 5), (0, 0), (0, 0), (2, 3))
    """
    stop = _STOP.search(gap)
    if stop:
        return stop.start(), stop.start()
    joint = _JOINT.search(gap)
    return (joint.start(), len(gap)) if joint else (0, 0)


def _without_quoted_marks(text: str) -> str:
    """Return `text` with no marks inside quotations: they end no clause."""
    return _QUOTED.sub(lambda match: re.sub(r"[，；。！？、：（]", "□", match.group()), text)


def _last(text: str, end: int, marks: str) -> int:
    """Return the offset behind the last of `marks` before `end`, 0 where there is none."""
    return max(text.rfind(mark, 0, end) for mark in marks) + 1
