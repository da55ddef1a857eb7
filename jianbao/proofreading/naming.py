"""Names of figures that stand in the text without their braces, and would be printed.

    lines, Book ──names_stand_in_braces──▶ findings

【实事.项目】 is what a Chinese input method makes of the keys for braces; 实事.项目 alone
is what is left when they are forgotten. Nobody writes a point between two such words
otherwise.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jianbao.diagnostics import Finding, Place, error, msg
from jianbao.figures.book import Book
from jianbao.figures.resolve import AS_OF, DOCUMENTS
from jianbao.proofreading.matching.stretches import Sort, no_figures

_OPENING, _CLOSING = r"[【\[［〔<＜《（(「『]*", r"[】\]］〕>＞》）)」』]*"
_BRACES = ("{", "｛")  # a brace without its partner is told of already
_BLOCK = re.compile(r"\s*[/／]{3}")


def names_stand_in_braces(lines: Sequence[Place], book: Book) -> Iterator[Finding]:
    """A figure's name is no text: without braces it is printed as it stands, and no number is."""
    pattern = _pattern(_paths(book))
    for place in lines:
        if pattern is None or _BLOCK.match(place.text):
            continue
        for match in pattern.finditer(place.text):
            if _is_bound(place.text, match):
                continue
            name = re.sub(r"\s*[.．。·]\s*", ".", match["name"])
            yield error(
                "name-printed",
                place.words(match.start() + 1, match.end() + 1),
                msg("This is a figure's name; without braces it is printed, and no number is."),
                msg("Write {braces}.", braces=f"{{{{ {name} }}}}"),
            )


def _is_bound(text: str, match: re.Match[str]) -> bool:
    """Say whether a name stands in braces, in an address, or behind a brace without its partner."""
    if text[: match.start()].rstrip()[-1:] in _BRACES:
        return True
    kept = (stretch for stretch in no_figures(text) if stretch.sort in (Sort.BOUND, Sort.ADDRESS))
    return any(one.start < match.end() and match.start() < one.end for one in kept)


def _paths(book: Book) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each dataset with the names that may follow it."""
    found = [
        (
            name,
            (
                *(member for dimension in dataset.dimensions for member in dimension.members),
                *dataset.measures,
                *dataset.ratios,
                AS_OF[0],
            ),
        )
        for name, dataset in book.campaign.datasets.items()
    ]
    return (*found, (DOCUMENTS, tuple(book.documents)))


@lru_cache(maxsize=8)
def _pattern(paths: tuple[tuple[str, tuple[str, ...]], ...]) -> re.Pattern[str] | None:
    """Return what finds the names, the longest first; in brackets a 。 may stand for the point."""
    choices = []
    for dataset, names in paths:
        words = "|".join(re.escape(word) for word in sorted(set(names), key=len, reverse=True))
        step = rf"\s*[.．·]\s*(?:{words})" if words else ""
        if step:
            choices.append(rf"{re.escape(dataset)}(?:{step})+")
            loose = step.replace("[.．·]", "[.．·。]")
            choices.append(
                rf"(?<=[【\[［〔<＜《]){re.escape(dataset)}(?:{loose})+(?=[】\]］〕>＞》])"
            )
    if not choices:
        return None
    return re.compile(rf"{_OPENING}(?P<name>{'|'.join(choices)}){_CLOSING}")
