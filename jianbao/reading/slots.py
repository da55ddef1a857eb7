"""What each layout takes: its slots with their room, its papers and profiles.

    templates (layouts/<name>/layout.yaml) ──read_layouts──▶ Checked[{name: Layout}]

A layout of the site's own that has no such file takes whatever it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jianbao.diagnostics import Checked, Finding
from jianbao.reading.looks import Template
from jianbao.reading.shaping import checked_shape
from jianbao.reading.tree import read_tree

if TYPE_CHECKING:
    from jianbao.reading.shapes import LayoutShape

_KEYS = frozenset(
    "label papers profiles pages column row slots characters least most "
    "measures charts spans photos pictures omits".split()
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for stories on a page.

    Attributes:
        characters: How many characters all its stories have room for; 0 where it is not text.
        least: How many stories it needs.
        most: How many stories it takes.
        charts: How wide its charts are, the first, the second, …, the last for all others; the
            layout's column where there are none.
        spans: How wide one, two, three … columns are, where a chart too wide for one may stand over
            several; none where it may not.
        photos: How many photos its stories need.
        pictures: Width and height of each place for a photo, in points at 四开, the largest it can
            become; pictures are cropped to it.
        omits: Parts of a story that have no place here.
    """

    label: str
    characters: int = 0
    least: int = 0
    most: int = 1
    charts: tuple[float, ...] = ()
    spans: tuple[float, ...] = ()
    photos: int = 0
    pictures: tuple[tuple[float, float], ...] = ()
    omits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """What a layout takes.

    Attributes:
        label: Its name for clerks.
        papers: Papers it is drawn for; any where empty.
        profiles: Profiles it is fit for; any where empty.
        pages: How many pages it may run to.
        slots: By name, in the order in which they are read; None where it takes anything.
        column: How wide its text columns are, for charts; in points of its own --pt, as is
        row: How far the lines of its text are apart.
        measures: The widths in which its stories are measured, to arrange them; none where every
            slot has its fixed place.
    """

    label: str
    papers: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    pages: int = 1
    slots: Mapping[str, Slot] | None = None
    column: float = 126
    row: float = 13
    measures: tuple[float, ...] = ()


def read_layouts(templates: Mapping[str, Template]) -> Checked[Mapping[str, Layout]]:
    """Return every layout there is a folder for, by name."""
    from jianbao.reading.shapes import LayoutShape

    names = sorted({name.split("/")[1] for name in templates if name.startswith("layouts/")})
    layouts: dict[str, Layout] = {}
    findings: list[Finding] = []
    for name in names:
        template = templates.get(f"layouts/{name}/layout.yaml")
        layouts[name] = Layout(name)
        if template is None:
            continue
        tree = read_tree(template.path, template.text, _KEYS)
        shape = checked_shape(LayoutShape, tree.value) if not tree.findings else Checked(None)
        findings += [*tree.findings, *shape.findings]
        if shape.value:
            layouts[name] = _layout(shape.value)
    return Checked(layouts, tuple(findings))


def _layout(shape: LayoutShape) -> Layout:
    slots = {
        name: Slot(
            slot.label,
            slot.characters,
            slot.least,
            slot.most,
            tuple(slot.charts),
            tuple(slot.spans),
            slot.photos,
            tuple(slot.pictures),
            tuple(slot.omits),
        )
        for name, slot in shape.slots.items()
    }
    return Layout(
        shape.label,
        tuple(shape.papers),
        tuple(shape.profiles),
        shape.pages,
        slots,
        shape.column,
        shape.row,
        tuple(shape.measures),
    )
