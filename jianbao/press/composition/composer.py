"""The one call: Chinese lines as a layout editor would set them, inside WeasyPrint.

with composed():  HTML(…).write_pdf(…)
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from functools import partial, wraps
from threading import RLock
from typing import Any

from jianbao.press.composition.characters import is_han
from jianbao.press.composition.columns import fixed_columns, lays_out
from jianbao.press.composition.copying import spoken
from jianbao.press.composition.drawing import Piece
from jianbao.press.composition.flow import Flow, is_tucked, likeness_of, read, texts_of
from jianbao.press.composition.leveling import Asked, Journal
from jianbao.press.composition.lines import (
    Frame,
    build,
    cut,
    index_of,
    level,
    level_text,
    resume_at,
)
from jianbao.press.composition.paging import flowing_page
from jianbao.press.composition.planning import Measures, plan
from jianbao.press.composition.shaping import Metrics
from jianbao.press.composition.weasy import BLOCK, BOXES, DRAW, INLINE, PAGE, PREFERRED, check
from jianbao.press.composition.wishes import Paragraphs

_ROUNDED = 0.002  # px: an indented line and the next one measure as much, rounded apart
_ONE_AT_A_TIME = RLock()  # the engine's functions are the process's; two presses would mix them


@contextmanager
def composed() -> Iterator[Paragraphs]:
    """Compose Chinese text while WeasyPrint lays out and draws inside this context.

    What it gives knows the paragraphs of the last layout, for setting one otherwise in the next.

    Patched on entry and put back on exit, in WeasyPrint 70.x only (with any other,
    `EngineUnfitError` is raised before anything is touched): in `weasyprint.layout.inline`
    `split_inline_box` (breaks and places whole lines of justified Chinese paragraphs),
    `justify_line` (leaves these lines alone), `split_text_box` and `_adjust_line_height`
    (baselines by row and size, not by face), `strut` and `split_first_line` (remembered); in
    `weasyprint.layout.block` `columns_layout` (columns of given rows; one pass where nothing is
    balanced); in `weasyprint.layout.page` `make_page` (no line alone at a page's foot); in
    `weasyprint.layout.preferred` `inline_line_widths` (remembered: the engine breaks a Chinese text
    at every character for it) and `split_first_line`; in `weasyprint.draw.text` `draw_first_line`
    (gaps are not copied as blanks). A document laid out inside may be written outside, without
    this last.

    Contexts may nest. A second thread waits until the first has left.
    """
    with _ONE_AT_A_TIME, ExitStack() as patches:
        check()
        composer = _Composer(INLINE.split_inline_box, INLINE.strut)
        for module, name, function in _replacements(composer):
            original = getattr(module, name)
            patches.callback(setattr, module, name, original)
            setattr(module, name, wraps(original)(function))  # keeps its signature for `check`
        yield composer.paragraphs


@dataclass(slots=True)
class _Composer:
    """What is remembered while one context is open.

    Flows by the line box they were read from, and by what that looked like: the boxes are new in
    each layout, elements and styles are the same where nothing has changed. Plans by paragraph.
    """

    original: Callable[..., Any]
    measured_strut: Callable[[Any], Any]
    metrics: Metrics = field(default_factory=Metrics)
    flows: dict[int, tuple[Any, Flow | None]] = field(default_factory=dict)
    read: dict[Any, Flow] = field(default_factory=dict)
    plans: dict[Any, list[int]] = field(default_factory=dict)
    struts: dict[int, tuple[Any, Any]] = field(default_factory=dict)
    widths: dict[Any, tuple[Any, list[float]]] = field(default_factory=dict)
    shaped: dict[Any, tuple[Any, Any]] = field(default_factory=dict)
    journal: Journal = field(default_factory=Journal)
    paragraphs: Paragraphs = field(default_factory=Paragraphs)

    def split(self, context: Any, box: Any, position_x: float, max_x: float, *rest: Any) -> Any:
        """Return the next line as the engine's `split_inline_box` does."""
        skip_stack, block = rest[1], rest[2]
        first_line_style = rest[-1]
        if not isinstance(box, BOXES.LineBox) or first_line_style or not _wanted(box, block):
            return self.original(context, box, position_x, max_x, *rest)
        flow = self._flow(context, box, block)
        if flow is None:
            return self.original(context, box, position_x, max_x, *rest)
        start = index_of(box, flow, skip_stack)
        if start >= len(flow.places):
            return self.original(context, box, position_x, max_x, *rest)
        height, _ = INLINE.strut(box.style)
        probe = box.copy()
        INLINE._adjust_line_height(probe)
        frame = Frame(context, block, rest[3], rest[4], height, probe.baseline)
        return self._next_line(box, flow, start, (position_x, max_x), frame)

    def strut(self, style: Any) -> Any:
        """Return what the engine's `strut` does, looked up by the style, not by 16 properties."""
        known = self.struts.get(id(style))
        if known is None:
            known = self.struts[id(style)] = style, self.measured_strut(style)
        return known[1]

    def line_widths(
        self, original: Callable[..., Any], context: Any, box: Any, *how: Any, **more: Any
    ) -> Iterator[float]:
        """Yield what the engine's `inline_line_widths` does, the same for the same text."""
        likeness = likeness_of(box)
        if likeness is None or more.get("skip_stack") or more.get("first_line") or len(how) > 3:
            yield from original(context, box, *how, **more)
            return
        key = likeness, how, more.get("minimum")
        if key not in self.widths:
            self.widths[key] = box, list(original(context, box, *how, **more))
        yield from self.widths[key][1]

    def first_line(
        self, original: Callable[..., Any], text: str, style: Any, *how: Any, **more: Any
    ) -> Any:
        """Return what the engine's `split_first_line` does, the same for the same text and style.

        A table is laid out a few times for its widths, and again with every page it stands on.
        """
        key = text, id(style), how[1:], tuple(more.items())  # the first is the layout's context
        known = self.shaped.get(key)
        if known is None:
            known = self.shaped[key] = style, original(text, style, *how, **more)
        layout, *rest = known[1]
        return copy(layout), *rest

    def _next_line(
        self, box: Any, flow: Flow, start: int, edges: tuple[float, float], frame: Frame
    ) -> Any:
        left, right = edges
        last_full = box.style["text_align_last"] == "justify"
        measure = round(right - left, 3)  # the engine widens lines by 1e-9 of where they end
        rest = round(measure + (0 if start else box.text_indent), 3)
        measures = Measures(measure, rest, last_full)
        asked = Asked(flow, start, measures)
        if not start:
            self.paragraphs.begin(flow, frame.containing_block.element, asked)
        stop = self._stop(flow, start, measures)
        self.journal.asked.append(asked)
        newline = flow.paragraph.atoms[stop - 1].text == "\n"
        full = last_full or (stop < len(flow.places) and not newline)
        full = full and not flow.paragraph.head
        line = build(box, cut(flow, (start, stop), left, measure, full), frame)
        return line, resume_at(flow, stop), newline, None, None, {"left": 0, "right": 0}

    def _flow(self, context: Any, box: Any, block: Any) -> Flow | None:
        known = self.flows.get(id(box))
        if known and known[0] is box:
            flow = known[1]
            if flow is None or (flow.children is box.children and flow.texts == texts_of(box)):
                return flow
        likeness = likeness_of(box)
        flow = self.read.get(likeness) if likeness else None
        if flow:  # the same text in another layout: its boxes do for this one, but not its plans
            box.children = flow.children
            flow = replace(flow, plans={})
        else:
            flow = read(box, context, block, self.metrics)
            if flow and likeness:
                self.read[likeness] = flow
        self.flows[id(box)] = box, flow
        return flow

    def _stop(self, flow: Flow, start: int, measures: Measures) -> int:
        """Return where the line from `start` ends; a plan is kept as long as its measure holds."""
        for (begun, known), ends in flow.plans.items():
            width = known.first if begun == start else known.rest
            if (
                start in ends
                and abs(width - measures.first) < _ROUNDED
                and (begun != start or abs(known.rest - measures.rest) < _ROUNDED)
            ):
                return ends[start]
        key = id(flow.paragraph), start, measures
        stops = self.plans.get(key)
        if stops is None:
            last = next((at + 1 for at in flow.newlines if at >= start), len(flow.places))
            stops = self.plans[key] = plan(flow.paragraph, start, last, measures)
        flow.plans[start, measures] = dict(zip([start, *stops[:-1]], stops, strict=True))
        return stops[0]


def _wanted(box: Any, block: Any) -> bool:
    """Return whether a paragraph is one for us: justified or a head, Chinese, not cut off."""
    style = box.style
    return bool(
        (style["text_align_all"] == "justify" or is_tucked(box))
        and style["direction"] == "ltr"
        and style["white_space"] in ("normal", "pre-line")
        and block.style["text_overflow"] == "clip"
        and block.style["block_ellipsis"] == "none"
        and (
            (style["lang"] or "").startswith("zh")
            or any(is_han(char) for text in texts_of(box) for char in text)
        )
    )


def _replacements(composer: _Composer) -> list[tuple[Any, str, Callable[..., Any]]]:
    justify, split_text = INLINE.justify_line, INLINE.split_text_box
    adjust, columns = INLINE._adjust_line_height, BLOCK.columns_layout
    name = "inline_line_widths"

    def justify_line(context: Any, line: Any, extra_width: float) -> None:
        if not any(
            isinstance(box, BOXES.TextBox) and isinstance(box.pango_layout, Piece)
            for box in line.descendants()
        ):
            justify(context, line, extra_width)

    def split_text_box(context: Any, box: Any, *rest: Any, **more: Any) -> Any:
        found = split_text(context, box, *rest, **more)
        if found[0] is not None and _chinese(box):
            level_text(found[0])
        return found

    def adjust_line_height(box: Any) -> None:
        adjust(box)
        if _chinese(box):
            level(box)

    def columns_layout(context: Any, box: Any, *rest: Any) -> Any:
        if lays_out(box, context):
            return fixed_columns(composer.journal, context, box, *rest)
        return columns(context, box, *rest)

    return [  # partial: a bound method takes no wrapper's name and signature
        (INLINE, "split_inline_box", partial(composer.split)),
        (INLINE, "justify_line", justify_line),
        (INLINE, "split_text_box", split_text_box),
        (INLINE, "split_first_line", partial(composer.first_line, INLINE.split_first_line)),
        (PREFERRED, "split_first_line", partial(composer.first_line, PREFERRED.split_first_line)),
        (INLINE, "_adjust_line_height", adjust_line_height),
        (INLINE, "strut", partial(composer.strut)),
        (BLOCK, "columns_layout", columns_layout),
        (PAGE, "make_page", partial(flowing_page, composer.journal, PAGE.make_page)),
        (PREFERRED, name, partial(composer.line_widths, getattr(PREFERRED, name))),
        (DRAW, "draw_first_line", partial(spoken, DRAW.draw_first_line)),
    ]


def _chinese(box: Any) -> bool:
    return (box.style["lang"] or "").startswith("zh")
