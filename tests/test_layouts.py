"""The brief and the front page of 云溪区, as a clerk's reader and a printer would measure them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pymupdf
import pytest

from tests.test_sample import CLOSING, NO_END, NO_START, errors_of

ROOT = Path(__file__).parent.parent
BRIEF, FRONT = "yunxi/2026-46", "yunxi/2026-47"
POINTS = 72 / 25.4
LEFT, TOP, WIDE = 28 * POINTS, 37 * POINTS, 28 * 15.79
Line = list[tuple[str, float, float, float]]


def lines_of(page: pymupdf.Page, size: float, area: tuple[float, float]) -> Iterator[Line]:
    """Yield the lines of text of one size in reading order: glyphs (char, x0, x1, baseline)."""
    left, right = area
    rows: dict[float, Line] = defaultdict(list)
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                for char in span["chars"]:
                    (x0, _, x1, _), base = char["bbox"], char["origin"][1]
                    inside = left - 2 <= x0 < right and char["c"].strip()
                    if abs(span["size"] - size) < 0.1 and inside:
                        rows[round(base, 1)].append((char["c"], x0, x1, base))
    for base in sorted(rows):
        yield sorted(rows[base], key=lambda glyph: glyph[1])


def brief_lines(file: Path) -> list[list[Line]]:
    """Return the body lines of the brief, page by page; the red head's are left out."""
    with pymupdf.open(file) as document:
        pages = [list(lines_of(page, 15.79, (LEFT, LEFT + WIDE))) for page in document]
    pages[0] = [line for line in pages[0] if line[0][3] > TOP + 13 * 29]
    return pages


def paragraphs(story: str) -> list[str]:
    """Return how each paragraph of a story begins, up to its first figure."""
    text = (ROOT / "content" / story).read_text(encoding="utf-8").partition("\n---\n")[2]
    starts = (re.split(r"\{\{|\*\*", line.lstrip("*"))[0][:12] for line in text.split("\n"))
    return [
        start for start in starts if len(start) > 3 and not re.match(r"[/|#\s]|\w+[:：]", start)
    ]


def text_of(file: Path) -> str:
    """Return all that is printed, in the file's order, without blanks."""
    with pymupdf.open(file) as document:
        return re.sub(r"\s", "", "".join(page.get_text() for page in document))


def test_the_brief_has_its_lines_on_the_grid(made: Path) -> None:
    """22 lines of 29 points, level on all pages, none below the type area."""
    pages = brief_lines(made / BRIEF / "bulletin.pdf")
    bases = [line[0][3] - TOP for page in pages for line in page]

    assert 4 == len(pages)
    assert max(base % 29 for base in bases) - min(base % 29 for base in bases) <= 0.1
    assert 0 < min(bases)
    assert max(bases) < 22 * 29
    assert all(len(page) <= 22 for page in pages)


def test_the_lines_of_the_brief_are_flush_and_lawful(made: Path) -> None:
    """28 characters wide; a line whose paragraph goes on ends at the edge (GB/T 15834 5.1)."""
    lines = [line for page in brief_lines(made / BRIEF / "bulletin.pdf") for line in page]
    worst = 0.0
    for line, below in pairwise(lines):
        if abs(below[0][1] - LEFT) < 4 and abs(below[0][3] - line[0][3] - 29) < 1:
            ends = (line[-1][2], line[-1][2] - 15.79 / 2 if line[-1][0] in CLOSING else 0)
            worst = max(worst, min(abs(LEFT + WIDE - end) for end in ends))

    assert worst <= 0.2
    assert [] == ["".join(g[0] for g in line) for line in lines if line[0][0] in NO_START]
    assert [] == ["".join(g[0] for g in line) for line in lines if line[-1][0] in NO_END]


def test_the_brief_is_complete_and_in_order(made: Path) -> None:
    """Head, title, every paragraph, lists and run; page numbers on the outer side.

    A photo stands where it leaves no hole, so its words are there, and a paragraph later.
    """
    file = made / BRIEF / "bulletin.pdf"
    text = text_of(file)
    caption = "老旧小区改造工地上"
    story = [words for words in paragraphs(f"{BRIEF}/lead.md") if not words.startswith(caption)]
    wanted = [
        "内部资料注意保存", "云溪实事简报", "第46期（总第311期）", "云溪区督查室", "2026年11月13日",
        "群众满意率稳步提高", *(re.sub(r"\s", "", words) for words in story),
        "（区督查室供稿）", "报：", "送：", "发：", "共印120份",
    ]  # fmt: skip
    places = [text.find(words) for words in wanted]

    assert [] == [words for words, at in zip(wanted, places, strict=True) if at < 0]
    assert places == sorted(places)
    assert text.find("（三）诉求闭环转") < text.find(caption) < text.find("（四）成效看得见")
    with pymupdf.open(file) as document:
        for number, page in enumerate(document, 1):
            (rect,) = page.search_for(f"— {number} —")
            assert (rect.x0 > page.rect.width / 2) == (number % 2 == 1)
            assert ("共印" in page.get_text()) == (number == len(document))


def test_headings_of_the_brief_have_their_faces(made: Path) -> None:
    """一、 stands in Hei, （一） in Kai."""
    with pymupdf.open(made / BRIEF / "bulletin.pdf") as document:
        spans = [
            span
            for page in document
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
    ones = [span for span in spans if re.match("[一二三四]、", span["text"])]
    twos = [span for span in spans if re.match("（[一二三四]）", span["text"])]

    assert 4 == len(ones)
    assert [] == [span["font"] for span in ones if "Sans" not in span["font"]]
    assert len(twos) >= 4
    assert [] == [s["font"] for s in twos if "Kai" not in s["font"] and "Serif" not in s["font"]]


@pytest.mark.parametrize("name", ["bulletin.pdf", "bulletin-A3.pdf"])
def test_the_front_page_has_its_lines_on_the_grid(made: Path, name: str) -> None:
    """All text of 9 points, in the lead, the second, the box and the briefs, is level."""
    with pymupdf.open(made / FRONT / name) as document:
        assert 1 == len(document)
        page = document[0]
        scale = 9.6923 / 9 if "A3" in name else 1.0
        top = (page.rect.height - scale * 988) / 2
        lines = [
            line
            for line in lines_of(page, 9 * scale, (0, page.rect.width))
            if line[0][3] > top + 25 * 13 * scale
        ]
        beside = (page.rect.width - scale * 680.4) / 2 + 415 * scale
        lines = [
            line for line in lines if line[0][1] < beside or line[0][3] > top + 48 * 13 * scale
        ]
    offsets = [((line[0][3] - top) / scale) % 13 for line in lines]

    assert len(lines) >= 22 + 12 + 9
    assert max(offsets) - min(offsets) <= 0.1


def test_the_front_page_is_complete(made: Path) -> None:
    """Masthead, the week's figures with their changes, and every paragraph of five stories."""
    text = text_of(made / FRONT / "bulletin.pdf")
    stories = [paragraphs(f"{FRONT}/{name}.md") for name in ("lead", "hotline", "market")]
    wanted = ["云溪实事简报", "第47期（总第312期）", "本周数字", "比上期增加27件", "一周简讯",
              *(start for story in stories for start in story)]  # fmt: skip

    assert len(wanted) > 15
    assert [] == [words for words in wanted if re.sub(r"\s", "", words) not in text]


def test_a3_breaks_the_front_page_alike(made: Path) -> None:
    """The office's A3 is the printer's page, larger."""
    printer, office = (text_of(made / FRONT / name) for name in ("bulletin.pdf", "bulletin-A3.pdf"))

    assert printer == office


@pytest.mark.parametrize(
    "file",
    [
        f"{address}/bulletin{paper}.pdf"
        for address, paper in (
            (BRIEF, ""),
            (FRONT, ""),
            (FRONT, "-A3"),
            ("yunxi/2026-48", ""),
            ("yunxi/2026-48", "-A4"),
        )
    ],
)
def test_two_checkers_find_no_error(made: Path, file: str) -> None:
    """PDF/UA."""
    assert [] == errors_of(made / file)


FOUR = "yunxi/2026-48"
PAGES = {"bulletin.pdf": 1.0, "bulletin-A3.pdf": 9.6923 / 9}


def body_lines(file: Path, page: int, scale: float) -> list[Line]:
    """Return the lines of 9-point text of a page, from the top."""
    with pymupdf.open(file) as document:
        return list(lines_of(document[page], 9 * scale, (0, document[page].rect.width)))


@pytest.mark.parametrize("name", PAGES)
def test_the_newspaper_has_four_pages_within_the_type_area(made: Path, name: str) -> None:
    """Nothing is printed outside 680.4 × 988 points."""
    scale = PAGES[name]
    with pymupdf.open(made / FOUR / name) as document:
        assert 4 == len(document)
        for page in document:
            left = (page.rect.width - scale * 680.4) / 2
            top = (page.rect.height - scale * 988) / 2
            words = [word[:4] for word in page.get_text("words")]
            assert len(words) > 25
            assert min(x0 for x0, *_ in words) >= left - 5  # a mark's blank half
            assert max(word[2] for word in words) <= left + scale * 680.4 + 5  # a mark outside
            assert min(word[1] for word in words) >= top - 8
            assert max(word[3] for word in words) <= top + scale * 988 + 4


@pytest.mark.parametrize("name", PAGES)
def test_the_modular_page_has_its_lines_on_the_grid(made: Path, name: str) -> None:
    """Six stories in rectangles of different heights: all baselines level."""
    scale = PAGES[name]
    lines = body_lines(made / FOUR / name, 1, scale)
    with pymupdf.open(made / FOUR / name) as document:
        top = (document[1].rect.height - scale * 988) / 2
    offsets = [((line[0][3] - top) / scale) % 13 for line in lines if line[0][3] > top + 50]

    assert len(lines) > 45
    assert max(offsets) - min(offsets) <= 0.15


def test_a_story_runs_on_from_the_first_page_to_the_second(made: Path) -> None:
    """Cut at a line, nothing lost, with 下转 and 上接; the web has it whole and knows of neither."""
    with pymupdf.open(made / FOUR / "bulletin.pdf") as document:
        first, second = (re.sub(r"\s", "", document[page].get_text()) for page in (0, 1))
    web = (made / FOUR / "index.html").read_text(encoding="utf-8")
    starts = [re.sub(r"\s", "", start) for start in paragraphs(f"{FOUR}/lead.md")]

    assert "（下转第2版）" in first
    assert "（上接第1版）" in second
    assert starts
    assert [] == [start for start in starts if start not in first + second]
    assert starts[0] in first
    assert starts[-1] in second
    before = first[: first.index("（下转第2版）")][-6:]
    after = second[second.index("（上接第1版）") + 7 :][:6]
    assert before + after in re.sub(r"\s|<[^>]*>", "", web)
    assert "下转" not in web
    assert "上接" not in web


def test_the_office_brief_has_the_same_stories_whole(made: Path) -> None:
    """From the same files, on A4, under the red head."""
    text = text_of(made / FOUR / "bulletin-A4.pdf")

    assert [] == [
        start
        for story in ("lead", "renewal")
        for start in paragraphs(f"{FOUR}/{story}.md")
        if re.sub(r"\s", "", start) not in text
    ]
    assert "下转" not in text
    assert "共印116份" in text


def test_the_page_of_figures_prints_the_figures_own_numbers(made: Path) -> None:
    """Large numbers with their changes and their as-of, and a source below every chart."""
    with pymupdf.open(made / FOUR / "bulletin.pdf") as document:
        text = re.sub(r"\s", "", document[2].get_text())

    assert [] == [
        words
        for words in ("613件", "比上期增加27件", "数字截至11月26日", "97.6%")
        if words not in text
    ]
    assert text.count("来源：") >= 9
