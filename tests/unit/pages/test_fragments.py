"""A bulletin as one piece of HTML to paste: complete, and in need of nothing else."""

import re

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
