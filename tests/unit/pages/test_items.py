"""A story of short items: each run-in head begins one, and no word of the story is left out."""

import re
from dataclasses import replace

from markupsafe import Markup

from jianbao.model import Section
from jianbao.pages.flow import ItemView, items_of
from tests.unit.pages.test_word import material_of


def items(*bodies: str, closing: str = "", heads: tuple[str, ...] = ()) -> list[ItemView]:
    """Return the items of a story with such sections."""
    story = material_of("yunxi/2026-48")[0].stories["content/yunxi/2026-48/briefs.md"]
    place = story.sections[0].place
    sections = tuple(Section(heads, body, place) for body in bodies)
    return list(items_of(replace(story, sections=sections, closing=closing), Markup))


def words(found: list[ItemView]) -> list[tuple[str, str]]:
    """Return each item's head, and all the words below it."""
    return [(item.head, re.sub(r"<[^>]+>|\s", "", item.body + item.rest)) for item in found]


RUN_IN = '<p><strong class="run-in">{}</strong>\u3000{}</p>\n'


def test_a_story_without_a_run_in_head_is_one_item() -> None:
    """It used to be printed nowhere, and nobody was told."""
    assert [("", "一句话新闻。")] == words(items("<p>一句话新闻。</p>"))


def test_what_has_no_head_of_its_own_belongs_to_the_item_before_it() -> None:
    """Paragraphs before the first head, between two, and the closing are all there."""
    body = f"<p>先说。</p>\n{RUN_IN.format('甲', '一。')}<p>二。</p>\n{RUN_IN.format('乙', '三。')}"
    expected = [("", "先说。"), ("甲", "一。二。"), ("乙", "三。"), ("", "完。")]

    assert expected == words(items(body, closing="<p>完。</p>"))


def test_a_crosshead_is_an_items_head() -> None:
    """Written with ## instead of run in."""
    assert [("供暖", "来了。")] == words(items("<p>来了。</p>", heads=("供暖",)))
