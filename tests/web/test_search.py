"""Search in a real browser: what is printed is found, whatever it is written in, from a folder too."""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from jianbao.model import Entry, Site
from jianbao.reading.looks import read_templates
from jianbao.settings import shipped_templates
from jianbao.site.folding import folded, grams
from jianbao.site.records import Listed
from jianbao.site.searching import block_index, blocks, shard_of
from jianbao.site.texts import Text, as_script, read_script
from jianbao.site.whole import Sources, whole_site
from tests.conftest import SAMPLE

ODD = (
    "𠮷野镇与𬭚业园区签约，投资１，２３４．５万元；",
    "共计12,345,678元（约合1.23亿元）。",
    "ＰＰＰ项目GDP增长6.5%，“㐂家”品牌入选。",
    "第〇一号文件、々字与〡号，3～11周岁115928剂次。",
    "İstanbul、ﬁne 与 ½ 都是别人的字。",
)


def ask(page: Page, words: str) -> str:
    """Type words, press Enter, and return what the page says of what it found."""
    page.fill("#words", words)
    page.press("#words", "Enter")
    page.wait_for_function(
        "words => document.getElementById('words').value === words"
        " && /期|没有|请输入/.test(document.getElementById('state').textContent)",
        arg=words,
    )
    return page.inner_text("#state")


ASK = """async all => {
  const [form, field, state] = ['search', 'words', 'state'].map(id => document.getElementById(id));
  const found = [];
  for (const words of all) {
    field.value = words;
    form.requestSubmit();
    while (!/期|没有|请输入/.test(state.textContent)) await new Promise(go => setTimeout(go));
    found.push({
      said: state.textContent,
      links: [...document.querySelectorAll('.result h2 a')].map(link => link.href),
      marks: [...document.querySelectorAll('mark')].map(mark => mark.textContent),
    });
  }
  return found;
}"""


def ask_all(page: Page, words: Sequence[str]) -> Iterator[tuple[str, str, set[str], set[str]]]:
    """Yield for each of the words: them, what is said, the bulletins found, what is marked."""
    for one, found in zip(words, page.evaluate(ASK, words), strict=True):
        links = {re.sub(r".*/(\w+/[\w-]+)/index.html#.*", r"\1", link) for link in found["links"]}
        yield one, found["said"], links, {folded(mark) for mark in found["marks"]}


def sentences(output: Path) -> Mapping[str, list[str]]:
    """Return the sentences of each bulletin of a made site."""
    texts = {a: read_script((output / a / "text.js").read_bytes()) for a in SAMPLE}
    return {a: [line for _, _, lines in text.stories for line in lines] for a, text in texts.items()}  # fmt: skip


@pytest.mark.usefixtures("said")
def test_random_pieces_of_the_text_are_found(made: Path, page: Page) -> None:
    """Two hundred stretches of two to eight characters, each in every bulletin that holds it."""
    dice, known = random.Random(47), sentences(made)
    words: list[str] = []
    while len(words) < 200:
        line = dice.choice(known[dice.choice(SAMPLE)])
        start = dice.randrange(max(1, len(line) - 1))
        piece = line[start : start + dice.randint(2, 8)].strip()
        if grams(folded(piece)) and not re.search(r"\s", piece):
            words.append(piece)
    page.goto((made / "search.html").as_uri())
    for piece, said, links, marks in ask_all(page, words):
        holders = {
            a for a, lines in known.items() if any(folded(piece) in folded(s) for s in lines)
        }

        assert (f"找到{len(holders)}期。", holders) == (said, links), piece
        assert {folded(piece)} == marks


@pytest.mark.usefixtures("said")
def test_every_printed_amount_is_found(made: Path, page: Page) -> None:
    """Every writing of a figure of every bulletin, with its unit, there: 736件, 79.6%, 5.86亿元."""
    printed: dict[str, set[str]] = {}
    for address in SAMPLE:
        text = (made / address / "figures.json").read_text(encoding="utf-8")
        for row in json.loads(text)["figures"]:
            if re.match(r"[0-9]", row["text"]):
                printed.setdefault(row["text"], set()).add(address)
    assert len(printed) >= 200
    page.goto((made / "search.html").as_uri())
    for amount, said, links, marks in ask_all(page, list(printed)):
        assert re.match(r"找到[1-5]期", said), amount
        assert printed[amount] <= links, amount
        assert folded(amount) in marks


@pytest.mark.usefixtures("said")
def test_rare_and_wide_characters_are_folded_as_in_the_index(tmp_path: Path, page: Page) -> None:
    """Python and the browser fold, cut and number alike: surrogate pairs, full width, thousands."""
    write_site(tmp_path, ODD)
    page.goto((tmp_path / "search.html").as_uri())
    for words in ("𠮷野", "𬭚", "1234.5万", "１２３４．５", "12345678", "12,345,678", "1.23亿", "ppp项目",
                  "ｇｄｐ", "6.5%", "㐂家", "〇一", "々字", "3～11", "115928剂"):  # fmt: skip
        assert "找到1期。" == ask(page, words), words
        assert page.locator("mark").count() >= 1
    assert "没有找到。" == ask(page, "野𠮷")
    assert "没有找到。" == ask(page, "𠮷业")
    assert "请输入文字或数字。" == ask(page, "，。")


def write_site(folder: Path, lines: tuple[str, ...]) -> None:
    """Write a site of one bulletin whose only story has these lines."""
    entry = Entry("yunxi/2026-47", "甲", "乙", "丙", "47", "2026-11-20", (), "第47期",
                  anchors=("story-lead",), files=("index.html", "text.js"))  # fmt: skip
    text = Text(entry.address, (("story-lead", "甲", lines),), ())
    templates = read_templates(folder, shipped_templates()).value
    made = whole_site(
        Sources(
            Site("样刊", "", "zh", {}), [Listed(entry)], templates,
            lambda _block: block_index([text]), lambda _addresses: [],
        )
    )  # fmt: skip
    assert () == made.findings
    script = {f"{entry.address}/text.js": as_script(text, entry)}
    for name, data in {**made.value, **script}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@pytest.mark.usefixtures("said")
def test_an_address_holds_the_question(made: Path, page: Page) -> None:
    """search.html#助餐 asks at once; the keyboard alone goes from the field to a result."""
    page.goto("about:blank")
    page.goto((made / "search.html").as_uri() + "#助餐")
    page.wait_for_selector(".result")
    assert "助餐" == page.input_value("#words")

    page.focus("#words")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/yunxi/*/index.html#story-*")


def test_without_scripts_search_says_so(made: Path, chromium: Browser) -> None:
    """There is a way on, and no field that does nothing."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((made / "search.html").as_uri())

    assert "往期目录" in page.inner_text("noscript")
    assert not page.is_visible("#search")
    context.close()


def test_a_new_bulletin_changes_one_block() -> None:
    """Blocks hold 64 bulletins of a year, filled from its beginning; the newest come first."""
    days = [f"2025-{1 + i // 28:02d}-{1 + i % 28:02d}" for i in range(100)] + ["2026-01-01"]
    entries = [Entry(f"a/{i}", "", "", "", "", day, ()) for i, day in enumerate(days)]
    known, longer = (
        blocks({entry.address: entry.day for entry in some}) for some in (entries[:-1], entries)
    )

    assert [36, 64] == [len(block.addresses) for block in known]
    assert known == longer[1:]
    assert ("a/100",) == longer[0].addresses


def test_a_number_is_looked_for_whole() -> None:
    """A bulletin with 20 and 00件 is no candidate for 200件: its three digits are not there."""
    asked, held = grams(folded("200件")), grams(folded("20万、第00件"))

    assert {"200", "00件"} == {gram for gram in asked - held if len(gram) == 3} | {"00件"}
    assert "200" not in held


def test_a_shard_is_the_beginning_of_a_finer_one() -> None:
    """Fewer shards are the finest ones put together, so that a block's grams are sorted once."""
    for gram in grams(folded("".join(ODD))):
        assert shard_of(gram, 5) == shard_of(gram, 12) >> 7
        assert 0 == shard_of(gram, 0)
