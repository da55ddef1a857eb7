"""A text divided at any character: nothing is lost, nothing doubled, tags closed."""

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from jianbao.pages.turning import divided
from jianbao.pages.weave import plain

BODY = Markup(
    '<p><strong class="run-in">办得实</strong>　全区882件&amp;事项，已完成693件。</p>\n'
    "<p>甲乙丙丁戊己庚辛</p><ul><li>一二三</li></ul><p>壬癸</p>"
)
SECTIONS = [((Markup("头一段"),), BODY), ((), Markup("<p>末段</p>"))]


def words(parts: tuple[tuple[tuple[Markup, ...], Markup], ...]) -> str:
    """Return the text of heads and bodies without blanks."""
    texts = (plain(text) for heads, body in parts for text in (*heads, body))
    return re.sub(r"\s", "", "".join(texts))


@given(st.integers(0, 60))
def test_nothing_is_lost(count: int) -> None:
    """Both parts together are the story, and the first is never longer than asked."""
    first, second = divided(SECTIONS, count)

    assert words(tuple(SECTIONS)) == words(first) + words(second)
    assert len(words(first)) <= count
    for part in (first, second):
        for _, body in part:
            names = re.findall(r"<(/?)(\w+)", body)
            assert len([n for n in names if n[0]]) == len([n for n in names if not n[0]])


def test_a_paragraph_is_cut_where_it_is_said() -> None:
    """Mid-word of a run-in head too: it is closed, and opened again."""
    first, second = divided(SECTIONS, 5)

    assert '<p class="turned"><strong class="run-in">办得</strong></p>' in first[0][1]
    assert second[0][1].startswith('<p class="goes-on"><strong class="run-in">实</strong>')
    assert () == second[0][0]


def test_a_list_is_never_cut() -> None:
    """It goes on whole."""
    first, second = divided([((), BODY)], len(words((((), BODY),))) - 4)

    assert "<ul>" not in first[0][1]
    assert "<ul><li>一二三</li></ul>" in second[0][1]
