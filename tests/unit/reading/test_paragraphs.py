"""Plain paragraphs go past Markdown, and come out as Markdown, cleaning and all would give them."""

from random import Random
from xml.etree.ElementTree import Element, tostring

import pytest

from jianbao.reading import markup
from jianbao.reading.markup import to_tree

WORDS = [
    *"全区共办结 实事 件 一、 （二） ，“好” 、 。 …… —— · ： 3 12.5 1. 2) % ( ) / : ; ? . 〇 々 １２ ％".split(),
    *"\ue0000\ue001 \ue00212\ue003 A Word http://a.cn/b x@y.cn 10:30 | - + * _ __ ** # ` ~ ! [a](b) \\".split(),
    *"&amp; & > = { } ^ ~~ ' \" 𠮷 é \u2003 \u00a0 \t ＊＊ ＃ ｜ ／".split(),
    " ",
    "\u3000",
]
LINES = [
    "", "\u3000", "## 小标题", "##小标题 ##", "### 三级", "＃＃全角", "**段首**　正文", "**段首**", "**a**b**c**",
    "** 空 **尾",
    "** 空**尾",
    "**空 **尾", "**", "****", "- 一", "- 二", "* 三", "+ 四", "1. 五", "| 甲 | 乙 |", "| --- | --- |", "| 1 | 2 |",
    "---", "***", "===", "> 引", "/// photo | photos/a.jpg", "credit: 王五", "说明文字", "///", "/// figures",
    "项目：\ue0001\ue001", "//// ", "／／／", "\ue0021\ue003", "正文。", "　　正文，正文。", "尾 ", "甲／乙", "[a]: http://x",
    "`码`", "_斜_", "a_b_c", "5 * 3 * 2", "\\*", "&nbsp;", "http://a.cn", "www.a.cn",
]  # fmt: skip
TAGS = ["<b>粗</b>", "<div>", "</div>", "<p>", "a<b", "<!-- 注 -->", "<script>1</script>"]


def shown(body: Element) -> list[str]:
    """Return the elements as HTML, without the blanks between them."""
    for element in body:
        element.tail = None
    return [tostring(element, encoding="unicode", method="html") for element in body]


def typed(chance: Random, tags: bool) -> list[str]:
    """Return lines by chance: plain, special, and words strung together."""
    lines = []
    for _ in range(chance.randint(1, 9)):
        if chance.random() < 0.5:
            lines.append(chance.choice(LINES + (TAGS if tags else [])))
        else:
            lines.append("".join(chance.choices(WORDS, k=chance.randint(1, 5))))
    return lines


@pytest.mark.parametrize("tags", [False, True])
def test_what_is_plain_comes_out_as_markdown_would_give_it(tags: bool) -> None:
    """Headings, run-in heads, lists, tables, blocks and tags around it, in any order."""
    chance = Random(tags)
    for line in LINES:
        assert shown(markup._converted([line])) == shown(to_tree([line])), line
    for _ in range(300):
        lines = typed(chance, tags)

        assert shown(markup._converted(lines)) == shown(to_tree(lines)), lines


def test_a_plain_story_needs_no_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither that nor cleaning is asked about paragraphs of words."""
    monkeypatch.setattr(markup, "_converted", lambda _lines: pytest.fail("asked"))
    lines = [
        "",
        "## 小标题",
        "　　全区共办结实事１２件，完成率99.5%（见表）。",
        "",
        "**段首**　“正文”……",
    ]

    assert [
        "<h2>小标题</h2>",
        "<p>全区共办结实事１２件，完成率99.5%（见表）。</p>",
        "<p><strong>段首</strong>　“正文”……</p>",
    ] == shown(to_tree(lines))
