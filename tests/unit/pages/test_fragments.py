"""A bulletin as one piece of HTML to paste: complete, and in need of nothing else."""

import re
from dataclasses import replace

from jianbao.pages.charts.blocks import in_text
from jianbao.pages.fragments import fragment
from jianbao.pages.viewing import view
from tests.unit.pages.test_word import material_of


def test_a_piece_needs_no_other_file() -> None:
    """Every word is there, pictures are in it, and nothing of it is a style sheet or acts."""
    material = material_of("yunxi/2026-46")[0]
    seen = view(material, web=False)
    html = str(fragment(seen, material.pictures))
    text = re.sub(r"<[^>]+>|\s", "", html)

    for section in seen.pages[0].stories["lead"][0].sections:
        for paragraph in re.findall(r"<p[^>]*>(.*?)</p>", section.body, re.DOTALL):
            assert re.sub(r"<[^>]+>|\s", "", paragraph) in text
    assert 1 == html.count('src="data:image/jpeg;base64,')
    assert [] == re.findall(r"<(?:script|style|link|iframe)|class=|(?:src|href)=\"(?!data:)", html)
    assert 1 == len(re.findall(r"(?m)^<div", html))


def test_charts_have_letters_of_one_size() -> None:
    """Each drawing is shown as many pixels wide as it is points, whatever its column was."""
    material = material_of("yunxi/2026-48")[0]
    settings = in_text(material.charts)
    html = str(fragment(view(replace(material, charts=settings), web=False), material.pictures))
    drawn = re.findall(r'width:(\d+)px;[^"]*" src="data:image/png', html)
    widths = [chart.width for charts in settings.values() for chart in charts if chart]

    assert len(set(drawn)) > 1
    assert set(map(int, drawn)) <= {round(width * 2.2) for width in widths}


def test_a_kicker_stands_by_its_headline() -> None:
    """White is above it, none between the two."""
    material = material_of("yunxi/2026-48")[0]
    html = str(fragment(view(material, web=False), material.pictures))

    assert re.search(
        r'<p style="margin:2.4em 0 -.9em;[^"]*">全区民生实事进入最后一个月</p>\n<h2', html
    )
