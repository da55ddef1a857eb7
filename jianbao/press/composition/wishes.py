"""Paragraphs set a line longer or shorter on request (TeX's looseness), for copyfitting.

    a layout ──asked──▶ Paragraphs;  offers ──grant──▶ the next layout of the same document

The engine's boxes are new in every layout, the document's elements are not: a paragraph is known
by its element and its texts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jianbao.press.composition.counting import counted
from jianbao.press.composition.flow import Flow
from jianbao.press.composition.leveling import Asked

Key = tuple[Any, tuple[str, ...]]


class Offer(NamedTuple):
    """A paragraph that can be set otherwise: what more it costs, and where its lines end then."""

    cost: float
    key: Key
    stops: list[int]
    words: str


@dataclass(slots=True)
class Paragraphs:
    """What was asked for in the last layout, and what is wished for in the next."""

    asked: dict[Key, Asked] = field(default_factory=dict)
    wished: dict[Key, list[int]] = field(default_factory=dict)

    def begin(self, flow: Flow, element: Any, asked: Asked) -> None:
        """Note a paragraph that is begun, and set it as wished."""
        key = element, flow.texts
        self.asked[key] = asked
        stops = self.wished.get(key)
        if stops and (0, asked.measures) not in flow.plans:
            ends = dict(zip([0, *stops[:-1]], stops, strict=True))
            flow.plans = {(0, asked.measures): ends, **flow.plans}

    def offers(self, within: Iterable[Any], more: int, dearest: float) -> list[Offer]:
        """Return the paragraphs of some elements that bear `more` lines (1 or -1), best first.

        None whose lines all together are `dearest` points worse then.
        """
        elements = {id(element) for element in within}
        found = []
        for key, asked in self.asked.items():
            if id(key[0]) in elements and not asked.flow.newlines:
                found += _offers(key, asked, more)
        return sorted(
            (offer for offer in found if offer.cost < dearest), key=lambda offer: offer.cost
        )

    def grant(self, offers: Iterable[Offer]) -> None:
        """Wish for these and no others."""
        self.wished = {offer.key: offer.stops for offer in offers}
        self.asked.clear()


def _offers(key: Key, asked: Asked, more: int) -> list[Offer]:
    flow, _, measures = asked
    ends = flow.plans.get((0, measures), {})
    last = len(flow.places)
    lines = len(ends)
    if lines < 3 or last not in ends.values():
        return []
    plans = counted(flow.paragraph, 0, last, measures, lines + max(0, more))
    if lines not in plans or lines + more not in plans:
        return []
    cost = plans[lines + more].cost - plans[lines].cost
    words = "".join(atom.text for atom in flow.paragraph.atoms[:9]).strip()
    return [Offer(cost, key, plans[lines + more].stops, words)]
