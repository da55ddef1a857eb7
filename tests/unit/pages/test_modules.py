"""The modular page: rectangles that tile the type area, with no two heads level."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.pages.bonds import bonds_of
from jianbao.pages.modular.cuts import best_cut, module_of
from jianbao.pages.modular.division import APART, arrange
from jianbao.pages.modular.heads import head_of
from jianbao.pages.modular.shapes import FIRST, LAST, WIDTHS, Form, Item, Module

HEADS = (
    "一条热线连起千家事",
    "零工市场开到社区",
    "全区42个小区完工",
    "邻里添新景",
    "小巷亮了　出行顺了",
)


def item(lines: int, head: str = HEADS[0], photo: float = 0.0) -> Item:
    """Return a story of so many lines of 14 characters."""
    return Item({width: round(lines * WIDTHS[0] / width) for width in WIDTHS}, (head,), photo)


def room(module: Module) -> int:
    """Return how many lines a module's columns hold."""
    return sum(module.column_rows)


def overlap(one: Module, other: Module) -> bool:
    """Return whether two rectangles share a place."""
    apart = (
        one.left + one.wide <= other.left
        or other.left + other.wide <= one.left
        or one.top + one.rows <= other.top
        or other.top + other.rows <= one.top
    )
    return not apart


stories = st.builds(
    item, st.integers(18, 60), st.sampled_from(HEADS), st.sampled_from([0.0, 0.0, 1.4, 2.1])
)


@settings(max_examples=25, deadline=None)
@given(st.lists(stories, min_size=3, max_size=5))
def test_modules_tile_the_type_area(items: list[Item]) -> None:
    """Whatever is to be set: inside rows 4-76 and 680.4 points, none over another, none forgotten."""
    modules = arrange(items)

    assert [*range(len(items))] == [module.story for module in modules]
    assert all(FIRST <= module.top and module.top + module.rows - 1 <= LAST for module in modules)
    assert all(-0.01 <= module.left and module.left + module.wide <= 680.41 for module in modules)
    assert [] == [pair for pair in combinations(modules, 2) if overlap(*pair)]
    assert LAST == max(module.top + module.rows - 1 for module in modules)


@settings(max_examples=25, deadline=None)
@given(st.lists(stories, min_size=3, max_size=5))
def test_text_and_photo_stay_in_their_module(items: list[Item]) -> None:
    """A photo stands beside or below the columns that are short for it, never over text."""
    for module in arrange(items):
        deepest = module.text_top + max(module.column_rows, default=0)
        assert deepest <= module.top + module.rows
        left, wide, top, rows = module.photo
        if rows and module.form is Form.PLAIN:
            assert top + rows == module.top + module.rows
            beside = [
                depth
                for number, depth in enumerate(module.column_rows)
                if module.text_left + number * 138.6 >= left - 1
            ]
            assert [] == [depth for depth in beside if module.text_top + depth > top]
        assert wide <= module.wide + 0.01


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_a_page_of_its_capacity_is_filled(count: int) -> None:
    """With texts for the page, all fits, no hole is left and no two heads stand level."""
    lines = {
        3: [90, 60, 50],
        4: [70, 50, 50, 34],
        5: [60, 46, 40, 34, 28],
        6: [52, 38, 36, 32, 32, 24],
    }
    photos = [1.9, 1.4, 0, 0, 0, 0]
    items = [
        item(size, HEADS[number % 2], photos[number]) for number, size in enumerate(lines[count])
    ]
    items[0] = replace(items[0], is_lead=True)
    modules = arrange(items)

    for module in modules:
        free = room(module) - items[module.story].lines[module.measure]
        assert 0 <= free <= 3 * len(module.column_rows)
    heads = [module for module in modules if module.form is not Form.BOX]
    assert [] == [
        (one.story, other.story)
        for one, other in combinations(heads, 2)
        if one.left != other.left and abs(one.head_top - other.head_top) < APART
    ]


def test_a_box_is_filled_by_a_narrower_measure() -> None:
    """What white it would have is less where its lines are two characters shorter."""
    story = Item({126.0: 40, 198.0: 20, 180.0: 23, 162.0: 20, 153.0: 22}, ("邻里添新景",))
    measures = {rows: best_cut(story, 2, rows, soft=True).measure for rows in (22, 25)}

    assert {22: 198.0, 25: 180.0} == measures


@settings(max_examples=15, deadline=None)
@given(st.lists(stories, min_size=3, max_size=5))
def test_only_what_is_measured_for_a_box_stands_in_one(items: list[Item]) -> None:
    """The lead and stories with photos are measured in the width of a column alone."""
    items[0] = replace(items[0], is_lead=True)

    boxed = {module.story for module in arrange(items) if module.form is Form.BOX}
    assert not boxed & {0, *(number for number, each in enumerate(items) if each.photo)}


def test_head_and_text_of_a_box_begin_level() -> None:
    """White above the text is above the head that runs down its side, too."""
    cut = best_cut(item(32, "邻里添新景"), 2, 26, soft=True)
    box = module_of(1, cut, 0, 30)

    assert cut.white
    assert box.text_top == box.head_top
    assert box.head_top + box.head.rows <= box.top + box.rows - 1


def test_three_stories_may_all_stand_over_the_whole_width() -> None:
    """Stories of very unlike lengths leave a hole in two stacks."""
    modules = arrange([replace(item(120), is_lead=True), item(130), item(28)])

    assert {680.4} == {round(module.wide, 1) for module in modules}


def test_a_caption_wider_than_its_photo_has_two_lines() -> None:
    """A row of the photo's own is its second line's; a caption that fits takes one."""
    stories = [replace(item(60, photo=1.5), caption=181.0), *(item(40, photo=1.4) for _ in "123")]
    stories[1] = replace(stories[1], caption=181.0)
    modules = arrange(stories)

    assert {1, 2} == {module.caption_rows for module in modules}
    assert [] == [
        module.story
        for module in modules
        if (module.caption_rows == 2) != (stories[module.story].caption > module.photo[1])
    ]


def test_heads_break_where_the_bulletins_words_end() -> None:
    """A name of the register is not divided, and words that stand together in the stories hold."""
    headline = ("网格员秦淑芬敲开了八百户人家的门",)
    known = bonds_of([], ["秦淑芬"])

    assert not any(
        line.endswith(("秦", "秦淑"))
        for wide in (126.0, 150.0, 180.0, 264.6)
        for line in head_of(headline, wide, (False, False, False), known).lines
    )
    modules = arrange([replace(item(60, headline[0]), bonds=known), item(40), item(40)])
    assert modules[0].head == head_of(headline, modules[0].wide, (False, False, False), known)


def test_what_is_remembered_is_of_these_stories() -> None:
    """The same stories with a line more are other stories, though only their mapping differs."""
    short, long = ([item(90), item(lines), item(40)] for lines in (50, 90))

    assert arrange(short) != arrange(long)
    assert arrange(short) == arrange([item(90), item(50), item(40)])
