"""A wide screen is set like the paper: pictures level, columns that end together, tables with room."""

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from jianbao import pipeline
from tests.conftest import SAMPLE
from tests.web.conftest import site_of

NEWEST = "yunxi/2026-48/index.html"
UNITS = [f"第{number}街道" for number in range(1, 25)]
SITE = {
    "data/site.yaml": "title: 云溪简报\norganisation: 区委宣传部\nlanguage: zh\n",
    "data/yunxi/campaign.yaml": "title: 街道考评\norganisation: 云溪区\ndatasets:\n"
    "  资金:\n    dimensions: {类别: [道路, 管网, 照明]}\n    measures:\n"
    + "".join(f"      {name}: {{unit: 万元}}\n" for name in ("计划", "下达", "支付", "结余"))
    + f"  考评:\n    dimensions: {{单位: [{', '.join(UNITS)}]}}\n    measures: {{得分: {{unit: 分}}}}\n",
    "data/yunxi/2026-11-20.yaml": "资金:\n  截至: 2026-11-20\n"
    + "".join(
        f"  {name}: {{计划: 900, 下达: 800, 支付: 300, 结余: 20}}\n"
        for name in ("道路", "管网", "照明")
    )
    + "考评:\n  截至: 2026-11-20\n"
    + "".join(f"  {unit}: {{得分: 90}}\n" for unit in UNITS),
    "content/yunxi/2026-47/bulletin.yaml": "number: 47\ndate: 2026-11-20\npaper: 四开\n"
    "pages: [{name: 要闻, number: 1, layout: feature, stories: {lead: lead.md}}]\n",
    "content/yunxi/2026-47/lead.md": "主题：资金到了哪里\n供稿：区财政局\n---\n"
    + "推行三项机制，把“1+6+N”党员联系户落到位，让群众看得见。\n" * 9
    + "/// 表 | 资金 按 类别：计划、下达、支付、结余\n///\n"
    + "/// 表 | 考评 按 单位：得分\n///\n"
    + "余下的照旧办理，每周公布一次，请群众监督。\n" * 9,
}
# For each column of a story: where its first line begins and its last one ends.
COLUMNS = """story => {
  const columns = new Map();
  const walker = document.createTreeWalker(story, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest('.story-head, .across, .photo')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const name = Math.floor((box.left - story.getBoundingClientRect().left)
        / (story.clientWidth / parseInt(getComputedStyle(story).columnCount)));
      const [top, bottom] = columns.get(name) || [Infinity, 0];
      columns.set(name, [Math.min(top, box.top), Math.max(bottom, box.bottom)]);
    }
  }
  return [...columns.values()];
}"""


def opened(page: Page, file: Path, width: int = 1440) -> Page:
    """Open a page at a width."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("address", SAMPLE)
@pytest.mark.parametrize("width", [768, 1440])
def test_pictures_side_by_side_are_equally_high(
    made: Path, page: Page, address: str, width: int
) -> None:
    """Whatever their shapes: none is cut, none leaves white below."""
    opened(page, made / address / "index.html", width)
    rows = page.evaluate(
        "[...document.querySelectorAll('.row')].map(row => [...row.querySelectorAll('img')]"
        ".map(image => { const box = image.getBoundingClientRect();"
        " return [box.top, box.height, box.width / box.height"
        " - image.naturalWidth / image.naturalHeight]; }))"
    )
    for row in rows:
        for top, height, off in row:
            assert abs(top - row[0][0]) < 1
            assert abs(height - row[0][1]) < 1.5
            assert abs(off) < 0.02
    if address != "yunxi/2026-46":
        assert rows or address == "yunxi/2026-47"


def test_a_story_ends_level_in_its_columns(made: Path, page: Page) -> None:
    """The front page's lead, with its picture within the columns: three of them, a line apart at most."""
    opened(page, made / NEWEST)
    columns = page.locator(".sheet-front .slot-lead").evaluate(COLUMNS)

    assert 3 == len(columns)
    assert max(end for _, end in columns) - min(end for _, end in columns) < 60
    assert 2 == sum(abs(top - min(top for top, _ in columns)) < 1 for top, _ in columns)
    boxed = page.locator(".sheet-front .slot-boxed").evaluate(COLUMNS)
    assert abs(boxed[0][0] - boxed[1][0]) < 1


def test_a_figure_in_a_headline_does_not_make_it_small(made: Path, page: Page) -> None:
    """Its size follows the characters that readers see, not the link around the figure."""
    opened(page, made / NEWEST)
    sizes = page.eval_on_selector_all(
        ".slot-lead .headline", "all => all.map(one => getComputedStyle(one).fontSize)"
    )

    assert 1 == len(set(sizes))


def test_panels_and_tables_leave_no_holes(made: Path, page: Page) -> None:
    """Each begins right below the one above it in its column."""
    opened(page, made / NEWEST)
    for box in (".panels .part", ".tables .table"):
        found = page.eval_on_selector_all(
            box,
            "all => all.map(one => { const box = one.getBoundingClientRect();"
            " return [box.left, box.top, box.bottom]; })",
        )
        columns: dict[int, list[tuple[float, float]]] = {}
        for left, top, bottom in found:
            columns.setdefault(round(left), []).append((top, bottom))
        assert 3 == len(columns)
        assert 1 == len({round(boxes[0][0]) for boxes in columns.values()})
        for boxes in columns.values():
            for (_, above), (below, _) in pairwise(boxes):
                assert below - above < 2


def test_second_story_and_box_begin_level(made: Path, page: Page) -> None:
    """The rule over the one and the frame of the other are one line."""
    opened(page, made / NEWEST)
    tops = page.eval_on_selector_all(
        ".slot-second, .slot-boxed", "all => all.map(one => one.getBoundingClientRect().top)"
    )

    assert tops[0] == tops[1]


def test_a_headline_of_two_parts_is_centred_where_it_breaks(made: Path, page: Page) -> None:
    """On a phone the blank between 八成多办结 and 余下怎么收官 shifts neither of them."""
    opened(page, made / NEWEST, 390)
    halves = page.eval_on_selector_all(
        "h1 .half",
        "all => all.map(one => { const box = one.getBoundingClientRect();"
        " return [box.top, box.left + box.right]; })",
    )

    assert 2 == len({top for top, _ in halves})
    assert [390, 390] == [round(sides) for _, sides in halves]
    assert "八成多办结　余下怎么收官" == page.inner_text("h1").replace("\n", "")


def test_drawings_are_seen_in_forced_colours(made: Path, chromium: Browser) -> None:
    """Dark ink on a dark ground is not: drawings keep a white one."""
    context = chromium.new_context(forced_colors="active", color_scheme="dark")
    page = context.new_page()
    for kind, drawing in ((NEWEST, ".chart svg"), ("yunxi/index.html", ".spark")):
        page.goto((made / kind).as_uri())
        ground = "one => getComputedStyle(one).backgroundColor"
        assert "rgb(255, 255, 255)" == page.locator(drawing).first.evaluate(ground)
    context.close()


@pytest.mark.parametrize(("kind", "width"), [("yunxi", 390), ("zhongyuan", 768)])
def test_values_on_cards_stay_in_one_line(made: Path, page: Page, kind: str, width: int) -> None:
    """206500人次 and 2.8万余人次 do not end in a line of one character."""
    opened(page, made / kind / "index.html", width)
    lines = page.eval_on_selector_all(
        ".card-value",
        "all => all.map(one => one.clientHeight / parseFloat(getComputedStyle(one).lineHeight))",
    )

    assert lines
    assert 1.1 > max(lines)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a story with a broad table and a long one."""
    settings = site_of(tmp_path_factory.mktemp("tables"), SITE)
    outcome = pipeline.build(settings)

    assert {"yunxi/2026-47"} == set(outcome.made), outcome.findings
    return settings.output / "yunxi/2026-47/index.html"


def test_a_broad_table_stands_across_all_columns(tables: Path, page: Page) -> None:
    """Five columns have the width of the page; 24 rows go on into the next column of text."""
    opened(page, tables)
    width = page.locator(".story .text").evaluate("text => text.clientWidth")
    broad, long = page.locator(".chart.broad"), page.locator(".chart.long tbody tr")

    assert width == broad.evaluate("box => box.clientWidth")
    assert 1 < len(
        set(long.evaluate_all("all => all.map(row => row.getBoundingClientRect().left)"))
    )
    opened(page, tables, 390)
    assert 350 >= page.locator(".chart.broad").evaluate("box => box.clientWidth")


def test_a_line_may_end_before_a_quotation_of_digits(tables: Path, page: Page) -> None:
    """把“1+6+N” is not torn wide: a line can end behind 把, and nothing is added to the text."""
    opened(page, tables)
    first = page.locator(".story .text p").first

    assert "把<wbr>“1+6+N”<wbr>党员" in first.inner_html()
    assert "把“1+6+N”党员" in first.inner_text()
