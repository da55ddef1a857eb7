"""The thin boundary to WeasyPrint: the only file of this room that imports it.

WeasyPrint has no type stubs, so everything of it is `Any` here and nowhere else. What is patched
is listed in `PATCHED` with the signature it was written against; `check` compares them, so a new
version fails with a sentence that names what moved, not with a crooked page.
"""

from inspect import signature
from types import ModuleType
from typing import Any

import weasyprint
from weasyprint import css, document
from weasyprint import layout as pages
from weasyprint.draw import text
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, column, inline, page, percent, preferred
from weasyprint.pdf import stream
from weasyprint.text import ffi as pango_ffi
from weasyprint.text import fonts, line_break

BOXES: Any = boxes
DRAW: Any = text
PDF: Any = stream.pydyf
BLOCK: Any = block
INLINE: Any = inline
PAGE: Any = page
COLUMN: Any = column
PERCENT: Any = percent
PREFERRED: Any = preferred
LINE_BREAK: Any = line_break
FONTS: Any = fonts
FFI: Any = pango_ffi.ffi
PANGO: Any = pango_ffi.pango
FROM_UNITS: float = pango_ffi.FROM_UNITS

TESTED = "70."
_LINE = (
    "(context, box, position_x, max_x, bottom_space, skip_stack, containing_block, "
    "absolute_boxes, fixed_boxes, line_placeholders, waiting_floats, line_children, "
    "first_letter_style, first_line_style)"
)
_COLUMNS = (
    "(context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, "
    "fixed_boxes, adjoining_margins, first_letter_style, first_line_style)"
)
_FIRST_LINE = (
    "(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False)"
)
PATCHED: tuple[tuple[ModuleType, str, str], ...] = (
    (inline, "split_inline_box", _LINE),
    (inline, "justify_line", "(context, line, extra_width)"),
    (inline, "split_text_box", "(context, box, available_width, skip, is_line_start=True)"),
    (inline, "split_first_line", _FIRST_LINE),
    (preferred, "split_first_line", _FIRST_LINE),
    (inline, "_adjust_line_height", "(box)"),
    (inline, "strut", "(style)"),
    (
        page,
        "make_page",
        "(context, root_box, page_type, resume_at, page_number, page_state)",
    ),
    (
        preferred,
        "inline_line_widths",
        "(context, box, outer, is_line_start, minimum, skip_stack=None, first_line=False)",
    ),
    (block, "columns_layout", _COLUMNS),
    (text, "draw_first_line", "(stream, textbox, text_overflow, block_ellipsis, matrix)"),
)
_AGAIN: tuple[tuple[ModuleType, str, str], ...] = (  # for `press.layouts` and `press.styles`
    (
        css,
        "find_stylesheets",
        (
            "(wrapper_element, device_media_type, url_fetcher, base_url, font_config, "
            "counter_style, color_profiles, page_rules, layers)"
        ),
    ),
    (css, "find_style_attributes", "(tree, presentational_hints=False, base_url=None)"),
    (css, "preprocess_declarations", "(base_url, declarations, prelude=None)"),
    (css, "declaration_precedence", "(origin, importance)"),
    (css, "StyleFor", "(html, sheets, presentational_hints, font_config, target_collector)"),
    (
        css,
        "ComputedStyle",
        (
            "(parent_style, cascaded, pseudo_type, root_style, base_url, font_config, "
            "initial_page_sizes)"
        ),
    ),
    (
        document,
        "LayoutContext",
        "(style_for, get_image_from_uri, font_config, counter_style, target_collector)",
    ),
    (
        document,
        "build_formatting_structure",
        (
            "(element_tree, style_for, get_image_from_uri, base_url, target_collector, "
            "counter_style, footnotes)"
        ),
    ),
    (document, "layout_document", "(html, root_box, context, max_loops=8)"),
    (
        document,
        "Document",
        "(pages, metadata, url_fetcher, font_config, color_profiles, output_intent)",
    ),
    (pages, "make_all_pages", "(context, root_box, html, pages)"),
)
CALLED: tuple[tuple[ModuleType, str, str], ...] = (
    (
        inline,
        "atomic_box",
        "(context, box, position_x, skip_stack, containing_block, absolute_boxes, fixed_boxes)",
    ),
    (line_break, "create_layout", "(text, style, context, max_width, justification_spacing)"),
    (fonts, "get_pango_font_key", "(pango_font)"),
    (percent, "resolve_percentages", "(box, containing_block)"),
    (column, "_create_column_box", "(box, containing_block, children, width, position_y)"),
    (block, "block_level_width", "(box, containing_block, with_min_max=True)"),
    (block, "collapse_margin", "(adjoining_margins)"),
    (block, "block_box_layout", _COLUMNS.removesuffix(")") + ", discard, max_lines)"),
    *_AGAIN,
)


class EngineUnfitError(RuntimeError):
    """The installed WeasyPrint is not the one that composition was written for."""


def check() -> None:
    """Raise `EngineUnfitError` unless every function patched or called has its known signature."""
    version = str(weasyprint.__version__)
    if not version.startswith(TESTED):
        raise EngineUnfitError(f"composition is tested with WeasyPrint {TESTED}x, not {version}")
    for module, name, known in PATCHED + CALLED:
        found = getattr(module, name, None)
        if found is None:
            raise EngineUnfitError(f"WeasyPrint {version} has no {module.__name__}.{name}")
        if str(signature(found)) != known:
            raise EngineUnfitError(
                f"{module.__name__}.{name} of WeasyPrint {version} is now {signature(found)}; "
                f"composition was written for {known}"
            )
