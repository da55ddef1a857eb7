"""The seams to WeasyPrint: what is patched, put back, and noticed when it moves."""

import inspect

import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import HTML
from weasyprint.layout import block, inline

from jianbao.press.composition import ColumnRowsError, EngineUnfitError, composed
from jianbao.press.composition.weasy import CALLED, PATCHED, check
from tests.unit.press.composition.pressed import boxes, render, text_of


@pytest.mark.parametrize(("module", "name", "known"), PATCHED + CALLED)
def test_engine_is_the_one_we_know(module: object, name: str, known: str) -> None:
    """If this fails, WeasyPrint moved the named function: read its change log and our use of it."""
    assert known == str(inspect.signature(getattr(module, name)))


def test_other_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A WeasyPrint that composition was not tested with is named, and nothing is patched."""
    before = inline.split_inline_box
    monkeypatch.setattr(weasyprint, "__version__", "71.0")

    with pytest.raises(EngineUnfitError, match=r"70\.x, not 71\.0"), composed():
        pass
    assert before is inline.split_inline_box


def test_moved_function_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed signature is told with the function's name."""
    monkeypatch.setattr(inline, "justify_line", lambda: None)

    with pytest.raises(EngineUnfitError, match="justify_line"):
        check()


def test_everything_is_put_back() -> None:
    """After the context, also a nested one or one left by an exception, the engine is its own."""
    before = [getattr(module, name) for module, name, _ in PATCHED]
    with composed(), composed():
        inside = [getattr(module, name) for module, name, _ in PATCHED]
    with pytest.raises(KeyError), composed():
        raise KeyError

    assert before == [getattr(module, name) for module, name, _ in PATCHED]
    assert not set(map(id, inside)) & set(map(id, before))
    assert (before[0], before[-2]) == (inline.split_inline_box, block.columns_layout)


def test_other_languages_are_left_alone() -> None:
    """An English page comes out as WeasyPrint sets it, byte for byte."""
    page = "<html lang=en><body style='text-align:justify;width:90pt'>" + "Quick brown foxes. " * 20
    with composed():
        ours = HTML(string=page).write_pdf()

    assert HTML(string=page).write_pdf() == ours


def test_written_after_the_context() -> None:
    """Drawing needs no patch: a document laid out inside may be written outside."""
    assert "全区实事项目" == text_of(render("<p>全区实事项目</p>").write_pdf())


@pytest.mark.parametrize("rows_said", ["6 6 4 4", "6 6 calc(5 - 1) calc(3 - var(--less))"])
def test_uneven_columns(rows_said: str) -> None:
    """Columns hold the rows they are given, and what does not fit stands in one column more."""
    document = render(
        f"<main>{'全区各类实事项目办理情况通报，' * 40}</main>",
        css="main{column-count:4;column-gap:10pt;column-fill:auto;height:78pt;width:534pt;"
        f"--less: -1; --jianbao-column-rows: {rows_said}}}",
    )
    columns = [box for box in boxes(document, "BlockBox") if box.is_column]
    rows = [
        sum(type(box).__name__ == "LineBox" for box in column.descendants()) for column in columns
    ]

    assert [6, 6, 4, 4] == rows[:4]
    assert len(columns) > 4
    assert [78, 78, 52, 52] == [round(column.height * 0.75, 3) for column in columns[:4]]


def test_column_rows_must_match() -> None:
    """A template with rows for the wrong number of columns is told so."""
    with pytest.raises(ColumnRowsError, match=r"6 1\.5 does not give 2 columns"):
        render("<main>全区</main>", css="main{column-count:2;--jianbao-column-rows:6 1.5}")
    with pytest.raises(ColumnRowsError, match="34 29 does not give 3 columns"):
        render("<main>全区</main>", css="main{column-count:3;--jianbao-column-rows:34 29}")


@pytest.mark.parametrize("rows", ["6 -3", "6 calc(-2 - 1)"])
def test_a_column_of_less_than_no_rows_holds_nothing(rows: str) -> None:
    """A chart higher than the column that it stands in leaves it no line; the pages are laid out."""
    document = render(
        f"<main>{'全区各类实事项目办理情况通报，' * 4}</main>",
        css=f"main{{column-count:2;width:534pt;--jianbao-column-rows:{rows}}}",
    )
    columns = [box for box in boxes(document, "BlockBox") if box.is_column]

    assert [78] == [round(column.height * 0.75, 3) for column in columns[:1]]
    assert all(column.height == 0 for column in columns[1:])


def test_filled_columns_match_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns of a fixed height hold what the engine's own layout would put there."""
    css = "main{column-count:3;column-gap:9pt;column-fill:auto;height:104pt;width:396pt}"
    body = (
        "<main>" + "".join(f"<p>{'全区各类实事项目，' * n}</p>" for n in (3, 9, 2, 14)) + "</main>"
    )
    ours = boxes(render(body, css=css), "TextBox")
    monkeypatch.setattr("jianbao.press.composition.composer.lays_out", lambda *_: False)
    engines = boxes(render(body, css=css), "TextBox")

    assert [(box.text, box.position_x, box.position_y) for box in ours] == [
        (box.text, box.position_x, box.position_y) for box in engines
    ]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "b", "span", "a", "i"]),
            st.text("全区各类实事，。“”（）—…～/%0123456789.abc ", min_size=1, max_size=25),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_mix_of_inline_boxes_keeps_its_text(parts: list[tuple[str, str]]) -> None:
    """However a paragraph is cut into inline boxes, its lines hold its characters in order."""
    html = "".join(f"<{tag}>{text}</{tag}>" if tag else text for tag, text in parts)
    found = "".join(box.text for box in boxes(render(f"<p>{html}</p>"), "TextBox"))

    assert "".join(text for _, text in parts).replace(" ", "") == found.replace(" ", "")
