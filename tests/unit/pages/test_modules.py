"""The modular page: rectangles that tile the type area, with no two heads level."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.pages.bonds import bonds_of
from jianbao.pages.galleries import Print, hang
from jianbao.pages.modular.cuts import best_cut, module_of
from jianbao.pages.modular.division import APART, arrange
from jianbao.pages.modular.heads import head_of
from jianbao.pages.modular.shapes import FIRST, LAST, WIDTHS, Form, Item, Module
from jianbao.pages.modular.stories import SHARP

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


@pytest.mark.parametrize(("highest", "above"), [(0, 9), (18, 9), (30, 6), (36, 0)])
def test_a_short_text_stands_in_the_middle_of_its_box(highest: int, above: int) -> None:
    """As much white below as above, as long as its columns hold the chart in them."""
    story = replace(item(25, "邻里添新景"), highest=highest)
    box = module_of(1, best_cut(story, 2, 38, soft=True), 0, 30)

    assert above == box.text_top - box.top - 1
    assert (36 - above,) == box.column_rows
    assert story.lines[box.measure] + 2 * above <= 36 + above


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


def pictured(width: int, height: int, **more: Any) -> Item:
    """Return a story with a photo of so many pixels."""
    return replace(item(34, photo=width / height), widest=width * SHARP, **more)


def test_a_small_photo_stands_in_one_column() -> None:
    """Its dots are too few for any place of the page: it takes the smallest, and its own shape."""
    small = pictured(300, 200)
    items = [replace(item(60), is_lead=True), small, item(40), item(34), item(28)]
    _, wide, _, rows = arrange(items)[1].photo

    assert 126.0 == wide
    assert 6 <= rows - 1 <= 8  # of 13 points: 126 / 1.5 is 6.5 rows


pixels = st.one_of(st.sampled_from([1, 2, 100, 300, 700, 8000]), st.integers(1, 8000))
told = st.builds(
    pictured, pixels, pixels, caption=st.sampled_from([0.0, 100.0, 900.0]),
    kicker=st.booleans(), deck=st.booleans(),
    heads=st.sampled_from([(HEADS[0],), (HEADS[0] * 3, HEADS[1] * 3)]),
)  # fmt: skip
charted = st.builds(
    lambda lines, span, rows: replace(item(lines), fixed=(span, rows)),
    st.integers(1, 60), st.integers(2, 3), st.integers(5, 60),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(stories, told, charted), min_size=3, max_size=6))
def test_whatever_the_photos_and_charts_the_page_is_arranged(items: list[Item]) -> None:
    """Photos of 1 pixel or 8000, of any ratio, charts of any height: each has a place."""
    items[0] = replace(items[0], is_lead=True)
    modules = arrange(items)

    assert [*range(len(items))] == [module.story for module in modules]
    assert [] == [pair for pair in combinations(modules, 2) if overlap(*pair)]
    for story, module in zip(items, modules, strict=True):
        assert FIRST <= module.top
        assert module.top + module.rows - 1 <= LAST
        assert module.head.lines
        assert module.head.size
        assert bool(module.photo[3]) == bool(story.photo or story.fixed[0])


@pytest.mark.parametrize("rows", [6, 10, 40])
def test_six_stories_with_wide_charts_stand_one_below_another(rows: int) -> None:
    """Two stacks have no room for two charts of three columns side by side."""
    stories = [replace(item(20), fixed=(3, rows), is_lead=number == 0) for number in range(6)]
    modules = arrange(stories)

    assert {680.4} == {round(module.wide, 1) for module in modules}
    assert [] == [pair for pair in combinations(modules, 2) if overlap(*pair)]
    assert modules[-1].top + modules[-1].rows - 1 <= LAST
    assert all(module.head.lines for module in modules)
    assert all(module.photo[3] for module in modules)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(pixels, pixels), min_size=1, max_size=9), st.integers(0, 400))
def test_whatever_its_photos_a_picture_page_is_hung(
    sizes: list[tuple[int, int]], lines: int
) -> None:
    """Every photo has a place there as well."""
    prints = [Print(width / height, width * SHARP) for width, height in sizes]

    assert len(sizes) == len(hang(prints, lines).photos)


def test_a_chart_in_the_text_has_a_column_high_enough() -> None:
    """Few lines over five columns would leave each too short for it."""
    low = [replace(item(27), is_lead=True), item(20), item(40), item(34), item(28)]
    high = [replace(low[0], highest=10), replace(low[1], highest=14), *low[2:]]

    assert 10 > max(arrange(low)[0].column_rows)
    assert 10 <= max(arrange(high)[0].column_rows)
    assert 14 <= max(arrange(high)[1].column_rows)
