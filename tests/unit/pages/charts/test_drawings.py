"""Each kind as it is drawn: kept as structure, legible, and the same every time."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.pages.charts.drawing import draw, vega
from jianbao.pages.charts.scenes import Scene, Words, ems
from jianbao.pages.charts.setting import SCENES, set_panel
from jianbao.pages.charts.stacks import spread
from tests.conftest import Golden
from tests.unit.pages.charts.sheets import book, panel

KEPT = Path(__file__).parent / "drawn"
KINDS = {
    "bars": "图 | 重建 按 类别：投资",
    "bars-grouped": "图 | 重建 按 类别：已开工、已竣工",
    "bars-below-zero": "图 | 重建 按 类别：盈亏",
    "progress": "图 | 实事 按 级别：完成率",
    "progress-grouped": "图 | 实事 按 级别：完成率、已完成\n形式: 进度",
    "stack": "图 | 防汛\n形式: 堆叠",
    "stack-rows": "图 | 重建 按 类别：已竣工、在建\n形式: 堆叠",
    "line": "图 | 实事 按 时间：已完成",
    "lines": "图 | 实事 按 级别：已完成\n形式: 折线",
}


def structure(svg: str) -> str:
    """Return a drawing a line each mark: kind, numbers to a tenth of a point, look, text."""
    lines = []
    for mark in fromstring(f"<svg>{svg}</svg>"):
        place = mark.get("transform") or mark.get("d") or ""
        numbers = [f"{float(number):.1f}" for number in re.findall(r"-?[\d.]+", place)]
        look = [
            mark.get(name)
            for name in ("fill", "stroke", "stroke-dasharray", "text-anchor", "font-weight")
        ]
        lines.append(" ".join([mark.tag, *numbers, *filter(None, look), mark.text or ""]).strip())
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("width", [126, 162])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_drawn(tmp_path: Path, golden: Golden, kind: str, width: int) -> None:
    """What stands where, in what grey: look at the page before keeping a new one."""
    shown = panel(book(tmp_path), KINDS[kind], width)

    golden(KEPT / f"{kind}-{width}.txt", structure(draw(SCENES[shown.kind](shown)).inner))


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_repeats_and_is_sound(tmp_path: Path, kind: str) -> None:
    """The same bytes every time; its specification is one that Vega-Lite's schema allows."""
    shown = panel(book(tmp_path), KINDS[kind])
    scene = SCENES[shown.kind](shown)

    first = draw(scene)
    draw.cache_clear()
    assert first == draw(scene)
    assert vega(scene, checked=True) == vega(scene)


@pytest.mark.parametrize("width", [126, 162, 276])
@pytest.mark.parametrize("kind", KINDS)
def test_every_number_is_printed_as_it_is_written(tmp_path: Path, kind: str, width: int) -> None:
    """No number is formatted by the one who draws, and each stands within the column."""
    shown = panel(book(tmp_path), KINDS[kind], width)
    scene = SCENES[shown.kind](shown)
    texts = [element.text for element in fromstring(f"<svg>{draw(scene).inner}</svg>").iter("text")]

    if shown.kind != "line":
        assert [] == [
            v.text for v in shown.values_of_rows if not any(v.text in str(t) for t in texts)
        ]
    assert [] == outside(scene)


def outside(scene: Scene) -> list[str]:
    """Return the texts that leave the drawing."""
    wrong = []
    for layer in scene.layers:
        for x, y, text in layer.rows if isinstance(layer, Words) else ():
            assert isinstance(layer, Words)
            start = (scene.scale.at(x) if layer.scaled else x) + layer.shift
            room = ems(text) * layer.size
            left = start - room if layer.align == "right" else start
            if left < -0.5 or left + room > scene.width + 1 or not 0 < y <= scene.height + 1:
                wrong.append(text)
    return wrong


@pytest.mark.parametrize("kind", ["bars", "progress"])
def test_bars_are_as_long_as_their_numbers(tmp_path: Path, kind: str) -> None:
    """Twice the number, twice the bar, from zero."""
    shown = panel(book(tmp_path), KINDS[kind])
    inner = draw(SCENES[shown.kind](shown)).inner
    lengths = [float(found) for found in re.findall(r'd="M[\d.]+,[\d.]+h([\d.]+)v7\.50?h', inner)]
    sizes = [float(value.size) for value in shown.values_of_rows if value.size]
    first, second = lengths[-len(sizes) :]

    assert pytest.approx(sizes[0] / sizes[1], rel=0.01) == first / second


@given(tops=st.lists(st.floats(0, 90), min_size=1, max_size=7).map(sorted))
def test_labels_keep_apart(tops: list[float]) -> None:
    """However close the parts of a pillar are, their names stand one below the other."""
    placed = spread(tops, 12, 100)

    assert all(b - a >= 12 - 1e-6 for a, b in pairwise(placed))
    assert placed[-1] <= 88 + 1e-6
    assert placed[0] >= -1e-6


@pytest.mark.parametrize("block", [*KINDS.values(), "表 | 实事", "图 | 大厅"])
def test_print_takes_whole_rows(tmp_path: Path, block: str) -> None:
    """A figure says how many rows it takes, and leaves white around what is in it."""
    html = str(set_panel(panel(book(tmp_path), block), ()).print)
    said = re.search(r'--rows: (\d+); --spare: ([\d.]+)"', html)

    assert said
    assert 13 <= float(said[2]) < 26


@pytest.mark.parametrize("kind", KINDS)
def test_the_web_has_the_numbers_as_text(tmp_path: Path, kind: str) -> None:
    """A sentence, and a table with every number linked to where it is from."""
    shown = panel(book(tmp_path), KINDS[kind])
    html = str(set_panel(shown, ()).web)
    body = html.partition("<details>")[2]

    assert 'role="img" aria-label="' in html
    assert "style=" not in html
    assert [] == [value.text for value in shown.values if f">{value.text}<" not in body]


def test_charts_cost_nothing_where_there_are_none() -> None:
    """Neither Altair nor vl-convert is imported before a chart is drawn."""
    code = "import jianbao.pipeline, sys; print([m for m in ('altair', 'vl_convert') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert "[]\n" == said.stdout
