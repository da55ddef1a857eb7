"""Real pages, pressed and read back: flush, lawful, level, and nothing lost."""

import re
import subprocess
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from jianbao.press.composition import composed
from jianbao.press.composition.characters import Kind, kinds_of
from jianbao.press.composition.spacing import GAP, GAP_LEAST, GAP_MOST
from tests.unit.press.composition.nasty import NASTY, STORY
from tests.unit.press.composition.pressed import Line, boxes, lines_of, render, spans_of, text_of

CLOSING = "。，、；：？！”’）》〉】〕"
NO_START = CLOSING + "·～％%‰/"
NO_END = "“‘（《〈【〔/"
BLANK = re.compile(r"\s")
PLAIN = re.compile(r"<[^>]*>")


def _right(line: Line, size: float = 9) -> float:
    """Return where a line's last glyph ends, a closing mark taken at half its width."""
    char, x0, x1, _ = line.glyphs[-1]
    return x0 + size / 2 if char in CLOSING and x1 - x0 > 0.8 * size else x1


@pytest.mark.parametrize("width", [126, 162, 142.3])
def test_full_lines_are_flush(width: float) -> None:
    """Every line that is not a paragraph's last ends within 0.02 pt of its column's edge."""
    lines = lines_of(render("".join(f"<p>{text}</p>" for text in STORY), width=width))
    off = [abs(_right(line) - 20 - width) for line in lines if line.full]

    assert len(off) > 20
    assert max(off) < 0.02


@pytest.mark.parametrize("width", [126, 162, 142.3])
def test_story_breaks_no_rule_and_has_no_hole(width: float) -> None:
    """Starts and ends are lawful, no gap between Han is wider than 0.12 em, no last line is bare."""
    lines = lines_of(render("".join(f"<p>{text}</p>" for text in STORY), width=width))

    assert [] == [line.text for line in lines if line.text[0] in NO_START]
    assert [] == [line.text for line in lines if line.text[-1] in NO_END]
    assert [] == [
        a.text + "|" + b.text
        for a, b in pairwise(lines)
        if re.search(r"[\d.]$", a.text) and re.match(r"[\d.%‰]", b.text) and a.full
    ]
    assert 0.12 > max(_spread(line) for line in lines)
    assert [] == [
        line.text for line in lines if not line.full and len(line.text.strip(CLOSING)) < 2
    ]


def _spread(line: Line) -> float:
    return (
        max(
            (
                right[1] - left[2]
                for left, right in pairwise(line.glyphs)
                if kinds_of([left[0], right[0]]) == [Kind.HAN, Kind.HAN]
            ),
            default=0.0,
        )
        / 9
    )


def test_gap_between_han_and_latin() -> None:
    """Between Han and a figure stand 1/8 to 1/3 em, next to a mark and at a line's edges nothing."""
    lines = lines_of(render("".join(f"<p>{text}</p>" for text in STORY)))
    gaps, marks = [], []
    for line in lines:
        for left, right in pairwise(line.glyphs):
            pair = kinds_of([left[0], right[0]])
            gap = (right[1] - left[2]) / 9
            if right[0] == "号":  # of a document: solid
                assert abs(gap) < 0.01
            elif set(pair) == {Kind.HAN, Kind.DIGIT}:
                gaps.append(gap)
            elif pair == [Kind.DIGIT, Kind.STOP]:
                marks.append(gap)

    assert GAP_LEAST - 0.01 <= min(gaps) <= GAP <= max(gaps) <= GAP_MOST + 0.01
    assert 0.01 > max(marks)


def test_no_ink_is_crushed() -> None:
    """No Han stands over another, a mark keeps half an em, and so do both of a closing, opening pair."""
    lines = lines_of(render("".join(f"<p>{text}</p>" for text in STORY)))
    for line in lines:
        for left, right in pairwise(line.glyphs):
            if kinds_of([left[0], right[0]]) == [Kind.HAN, Kind.HAN]:
                assert right[1] - left[2] > -0.02, line.text
            pair = left[0] in CLOSING and right[0] in NO_END
            least = -0.01 if pair else 0.49 * 9
            assert right[1] - left[1] > least or not left[0] > "\u2fff", line.text


@pytest.mark.parametrize("number", range(len(NASTY)))
def test_nasty_paragraphs_keep_their_text(number: int) -> None:
    """Whatever a paragraph is made of, its PDF holds its characters in order and no others."""
    document = render(f"<p>{NASTY[number]}</p>")
    expected = BLANK.sub("", PLAIN.sub("", NASTY[number]))

    assert expected == BLANK.sub("", text_of(document.write_pdf()))


def test_story_is_read_back_character_for_character() -> None:
    """Blanks included: what the text objects hold is the story, and not one U+0020 more."""
    pdf = render("".join(f"<p>{text}</p>" for text in STORY)).write_pdf()

    assert "".join(STORY) == text_of(pdf)


def test_nasty_paragraphs_stay_in_their_column() -> None:
    """No line runs over its measure, and all keep to the row of 13 pt."""
    document = render("".join(f"<p>{text}</p>" for text in NASTY))

    assert 146.1 > max(_right(line) for line in lines_of(document))
    assert {13.0} == {round(box.height * 0.75, 3) for box in boxes(document, "LineBox")}


def test_nasty_lines_are_flush() -> None:
    """Every full line ends at the edge, but before a forced break or inside a Latin word or address."""
    off = []
    for text in NASTY:
        forced = re.findall("([^>]*)<br>", text)
        for line, below in pairwise(lines_of(render(f"<p>{text}</p>"))):
            in_word = re.search(r"[\w/.&=?-]$", line.text, re.ASCII)
            in_word = in_word and re.match(r"\w", below.text, re.ASCII)
            ends = any(words.endswith(line.text) for words in forced)
            # A Latin dash keeps the kerning, 0.01 em, that it had before the next word.
            if line.full and not in_word and not ends and abs(_right(line) - 146) > 0.1:
                off.append(line.text)

    assert [] == off


def test_nasty_lines_are_lawful() -> None:
    """No line begins or ends with a mark that may not, where a paragraph is not of marks alone."""
    bad = []
    for text in NASTY:
        for above, line in pairwise(lines_of(render(f"<p>{text}</p>"))):
            address = re.search("[a-z0-9]/$", above.text)
            marks = not re.search(r"\w", line.text) or not re.search(r"\w", above.text)
            if not marks and (
                line.text[0] in NO_START or (above.text[-1] in NO_END and not address)
            ):
                bad.append(above.text + "|" + line.text)

    assert [] == bad


def test_an_address_is_broken_behind_its_marks() -> None:
    """Not within its words, wherever in a column it falls, and never within a numeral."""
    address = "https://www.example.gov.cn/zhongyuan/2021/12/21/shishi-xiangmu.html?id=47&page=3"
    broken = set()
    for before in range(8):
        lines = lines_of(render(f"<p>{'全区各类实事项目'[:before]}{address}，欢迎查询。</p>"))
        broken |= {
            above.text[-1] + "|" + line.text[0]
            for above, line in pairwise(lines)
            if above.text[-1].isascii() and line.text[0].isascii()
        }

    assert not [each for each in broken if re.match(r"\d\|\d", each)]
    assert 3 * len([each for each in broken if each[0] in "/.-?&="]) >= len(broken)


def test_dashes_and_ellipses_are_never_parted() -> None:
    """—— and …… stay whole and unspread at whatever place of a line they fall."""
    texts = [text for text in NASTY if "——" in text or "……" in text]
    for line in lines_of(render("".join(f"<p>{text}</p>" for text in texts))):
        assert not re.search(r"(?<!—)—$|^—(?!—)|(?<!…)…$|^…(?!…)", line.text)


def test_faces_do_not_move_the_baseline() -> None:
    """Kai, Hei, digits and raised marks in a line leave its row and its baseline where they were."""
    mixed = "全区<span style='font-family:LXGW WenKai'>楷体</span><b>黑体2021</b>年<sup>①</sup>" * 6
    document = render(
        f"<main><p>{'全区各类实事项目' * 9}</p><p style='break-before:column'>{mixed}</p>"
        f"<p style='break-before:column;font-family:LXGW WenKai'>{'楷体字' * 20}</p></main>",
        css="main{column-count:3;column-gap:10pt;column-fill:auto;height:130pt;width:398pt}",
    )
    rows: dict[float, set[float]] = {}
    for box in boxes(document, "LineBox"):
        for text in box.descendants():
            if type(text).__name__ == "TextBox" and text.text != "①":
                rows.setdefault(round(box.position_y), set()).add(
                    (text.position_y + text.baseline) * 0.75
                )

    assert len(rows) > 3
    assert 0.01 > max(max(baselines) - min(baselines) for baselines in rows.values())


def test_poppler_reads_the_story(tmp_path: Path) -> None:
    """Pdftotext gives every character in order, and no blank where a gap stands."""
    with composed():
        pdf = render("".join(f"<p>{text}</p>" for text in STORY)).write_pdf()
    (tmp_path / "story.pdf").write_bytes(pdf)
    read = subprocess.run(
        ["pdftotext", str(tmp_path / "story.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    whole = re.sub(r"[\n\f]", "", read).replace(" ", "\u3000")  # it gives the wide blank as this

    assert "".join(STORY) == whole


@pytest.mark.parametrize("width", [126, 200, 436])
def test_poppler_keeps_a_line_whole_where_marks_are_squeezed(tmp_path: Path, width: int) -> None:
    """Marks that overlap in a line do not make two lines of it."""
    story = (
        "年初以来，全区各单位紧盯群众“急难愁盼”，按照《方案》（试行）的办法，加快推进“一事一策、"
        "专班推进”，防止“一交了之”。区督查室将继续每周通报：“慢的要说清。”"
    )
    with composed():
        document = render(f"<p>{story}</p>", width=width)
        (tmp_path / "story.pdf").write_bytes(document.write_pdf())
    command = ["pdftotext", str(tmp_path / "story.pdf"), "-"]
    read = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert read.split() == ["".join(line.text.split()) for line in lines_of(document)]


def test_what_is_said_of_a_gap_is_what_stands_there() -> None:
    """The spans say just the characters drawn in them, in any face, with blanks left alone."""
    body = "<p>第3期共888623剂次，<b>完成97.32%的</b>任务，GB/T 15834 and so on，3～11周岁60%以上。</p>"
    with composed():
        content = _content(render(body * 2, width=120).write_pdf())
    said = re.findall(r"/Span\s*<</ActualText <feff(.*?)>>>\s*BDC(.*?)EMC", content, re.DOTALL)
    texts = [bytes.fromhex(text).decode("utf-16-be") for text, _ in said]

    assert {"第3期", "共8", "3剂"} <= set(texts)
    assert [] == [text for text in texts if not 2 <= len(text) <= 4 or " " in text]
    assert [len(text) for text in texts] == [
        sum(len(codes) // 4 for codes in re.findall("<([0-9a-f]*)>", drawn)) for _, drawn in said
    ]


def _content(pdf: bytes) -> str:
    with pikepdf.open(BytesIO(pdf)) as file:
        return file.pages[0].Contents.read_bytes().decode("latin-1")


def test_beside_a_float_lines_follow_the_float() -> None:
    """Lines beside a float are flush with the width that is left, and those below with all of it."""
    document = render(
        "<div style='float:right;width:54pt;height:39pt'></div>"
        f"<p>{'全区各类实事项目，办理情况通报。' * 6}</p>",
        width=162,
    )
    rights = [round(_right(line) - 20, 1) for line in lines_of(document) if line.full]

    assert [108.0, 108.0, 108.0] == rights[:3]
    assert {162.0} == set(rights[3:])


def test_single_lines_do_not_stand_alone() -> None:
    """Orphans and widows hold in columns: no single line of a paragraph at top or bottom."""
    document = render(
        "<main>"
        + "".join(f"<p>{'全区各类实事项目办理情况' * 5}</p>" for _ in range(6))
        + "</main>",
        css="main{column-count:3;column-fill:auto;height:104pt;width:398pt} p{orphans:2;widows:2}",
    )
    parts = [
        len(box.children)
        for box in boxes(document, "BlockBox")
        if box.children and type(box.children[0]).__name__ == "LineBox"
    ]

    assert len(parts) > 6
    assert 2 <= min(parts)


@pytest.mark.parametrize("face", ["Noto Serif CJK SC", "Noto Sans CJK SC"])
def test_digits_are_half_an_em(face: str) -> None:
    """GB/T 15835 5.1.7.1: a digit takes half the width of a Han, whichever digit it is."""
    line = lines_of(render(f"<p style='font-family:{face}'>全区2021174件</p>"))[0]
    starts = [glyph[1] for glyph in line.glyphs if glyph[0].isdigit()]

    assert [4.5] * 6 == pytest.approx([b - a for a, b in pairwise(starts)])


@pytest.mark.parametrize(
    "css", ["font-variant-numeric:tabular-nums", "font-feature-settings:'pwid'"]
)
def test_page_may_choose_its_digits(css: str) -> None:
    """CSS that says anything of its digits has its way."""
    line = lines_of(render(f'<p style="{css}">全区2021174件</p>'))[0]
    starts = [glyph[1] for glyph in line.glyphs if glyph[0].isdigit()]

    assert 4.6 < starts[1] - starts[0]


def test_many_runs_in_a_line_keep_it_flush() -> None:
    """What a run's rounding leaves is carried on in the next run's size, so no run adds an error."""
    words = "".join(f"股{letter}级W" for letter in "ABHKGVWI")
    lines = [line for line in lines_of(render(f"<p>{words * 4}</p>")) if line.full]

    assert len(lines) > 5
    assert 0.02 > max(abs(_right(line) - 146) for line in lines)


def test_hardly_a_row_is_left_empty_at_a_columns_foot() -> None:
    """Where a single line would stand alone, a paragraph is a line longer or shorter instead.

    Without it, these columns have seven empty rows; in four no paragraph of a few can give.
    """
    body = "<main>" + "".join(f"<p>{text}</p>" for text in STORY) + "</main>"
    empty = []
    for rows in range(12, 26):
        document = render(
            body,
            css="main{column-count:4;column-gap:10pt;column-fill:auto;width:534pt;"
            f"height:{rows * 13}pt}} p{{orphans:2;widows:2}}",
        )
        columns = [box for box in boxes(document, "BlockBox") if box.is_column]
        empty += [
            rows - sum(type(box).__name__ == "LineBox" for box in column.descendants())
            for column in columns[:-1]
        ]

        assert "".join(STORY) == text_of(document.write_pdf())
    assert 4 >= sum(empty)


def test_two_character_name_stays_on_a_line() -> None:
    """A name the page knows is not broken where the line can do without; nothing else changes."""
    broken = {"": 0, "body{--jianbao-names: '李雪' '钱塘' '买买提'}": 0}
    for css in broken:
        for count in range(9, 15):
            text = STORY[3][:count] + "钱塘" + STORY[0]
            lines = lines_of(render(f"<p>{text}</p>", css=css))
            broken[css] += any(line.text.endswith("钱") for line in lines)

    assert [True, False] == [count > 0 for count in broken.values()]


def test_raised_mark_clings_to_its_word() -> None:
    """A footnote's figure has no Han-Latin gap before it, and never begins a line."""
    mark = "<sup style='font-size:6pt'>1</sup>"
    lines = lines_of(
        render("".join(f"<p>{STORY[0][:k]}{mark}{STORY[2][:30]}" for k in range(30, 50)))
    )
    gaps = [
        (right[1] - left[2]) / 9
        for line in lines
        for left, right in pairwise(line.glyphs)
        if right[0] == "1" and right[3] < left[3] - 1
    ]

    assert len(gaps) == 20
    assert 0.1 > max(gaps)


def test_narrow_quotation_marks_keep_their_width() -> None:
    """LXGW WenKai draws “ and ” 0.35 em wide: there is no white in them to take."""
    lines = lines_of(
        render(f"<p style='font-family:LXGW WenKai'>{'“学党史”、“悟思想”，“办实事”；' * 8}</p>")
    )
    widths = [
        right[1] - left[1]
        for line in lines
        for left, right in pairwise(line.glyphs)
        if left[0] in "“”"
    ]

    assert len(widths) > 30
    assert 0.34 * 9 < min(widths)
    assert 0.02 > max(abs(_right(line) - 146) for line in lines if line.full)


def test_document_number_is_solid() -> None:
    """〔2021〕12号 stands without the white of its brackets and without gaps before its 号."""
    line = lines_of(render("<p>中原学办发〔2021〕12号等</p>"))[0]
    starts = {glyph[0]: glyph[1] for glyph in line.glyphs}
    pitch = [starts[b] - starts[a] for a, b in ("发〔", "〔0", "〕1", "1号", "号等")]

    # 〔 keeps its right half, 0 stands behind 2 and before 1; 〕 its left half; two digits; an em
    assert [4.5, 9.0 + 4.5, 4.5, 9.0, 9.0] == pytest.approx(pitch, abs=0.25)


def test_at_sign_clings_to_han() -> None:
    """@群众 has no Han-Latin gap behind its @, and no line ends with it."""
    lines = lines_of(
        render("".join(f"<p>{STORY[0][:k]}@群众一件事专栏，办理</p>" for k in range(20, 40)))
    )
    gaps = [
        right[1] - left[2]
        for line in lines
        for left, right in pairwise(line.glyphs)
        if left[0] == "@"
    ]

    assert 20 == len(gaps)
    assert 0.01 > max(gaps)


def test_numbering_is_never_squeezed() -> None:
    """The brackets of a leading （一） keep their white, however full the line is."""
    texts = ["（一）项目完成情况。" + STORY[3][k:] for k in range(30)]
    lines = lines_of(render("".join(f"<p>{text}</p>" for text in texts)))
    heads = [
        line.glyphs[3][1] - line.glyphs[0][1] for line in lines if line.text.startswith("（一）")
    ]

    assert 30 == len(heads)
    assert 26.99 < min(heads)


HEAD = "font-size:40pt;line-height:52pt;text-align:center;text-indent:0;--jianbao-marks:tucked"


@pytest.mark.parametrize("face", ["Noto Serif CJK SC", "Noto Sans CJK SC", "FandolKai"])
def test_marks_of_a_head_are_half_wide_and_near_what_they_quote(face: str) -> None:
    """In 让“民生”变 four Han and two marks take five ems, from 民 to 变 it is two and a half."""
    css = f"p{{{HEAD};font-family:'{face}';font-weight:900}}"
    line = lines_of(render("<p>让“民生”变</p>", width=400, css=css))[0]
    starts = [glyph[1] for glyph in line.glyphs]

    assert 5 * 40 == pytest.approx(line.glyphs[-1][2] - starts[0], abs=0.5)
    assert 2.5 * 40 == pytest.approx(starts[5] - starts[2], abs=0.5)


def test_a_head_is_centred_by_its_ink() -> None:
    """A quotation stands in the middle, its marks' outer halves left out of account."""
    css = f"p{{{HEAD}}}"
    plain, quoted = (
        lines_of(render(f"<p>{text}</p>", width=400, css=css))[0].glyphs
        for text in ("民生温度", "“民生温度”")
    )

    assert plain[0][1] == pytest.approx(quoted[1][1], abs=0.5)


def test_a_heads_text_is_unchanged() -> None:
    """What is read back is the head, its marks in their places."""
    text = "以“民生温度”检验“学习热度”，《方案》印发（试行）"

    assert text == text_of(render(f"<p style='{HEAD}'>{text}</p>", width=960).write_pdf())


PRINT_CSS = Path(__file__).parents[4] / "templates" / "print.css"
FANG = re.findall("--fang: (.*);", PRINT_CSS.read_text("utf-8"))[0].replace('"', "'")


@pytest.mark.parametrize("char", ["㛃", "𬭎", "喆"])
@pytest.mark.parametrize(
    ("stack", "face"),
    [
        ("'Noto Serif CJK SC'", "Noto-Serif-CJK-SC"),
        ("'Noto Sans CJK SC','Noto Serif CJK SC'", "Noto-Sans-CJK-SC"),
        ("FandolKai,'LXGW WenKai','Noto Serif CJK SC'", "LXGW-WenKai"),
        (FANG, "LXGW-WenKai-Light"),  # the FangSong's own strokes are thin
    ],
)
def test_rare_characters_of_names_come_from_a_named_face(char: str, stack: str, face: str) -> None:
    """GB 18030 beyond the common planes: a face of the page's own stack has it, none is guessed."""
    pdf = render(f'<p style="font-family:{stack}">王{char}同志</p>').write_pdf()

    assert [face] == [font for font, text in spans_of(pdf) if char in text]


def test_an_apostrophe_in_a_latin_word_is_narrow(tmp_path: Path) -> None:
    """Don’t has its ’ as in Latin text; the ’ that ends a quotation keeps its place for a Han."""
    text = "他说don’t、O’Brien都行，‘好’也行，Café’s叫“好’”。"
    with composed():
        document = render(f"<p>{text}</p>", width=400)
        (tmp_path / "story.pdf").write_bytes(document.write_pdf())
    (line,) = lines_of(document)
    widths = [x1 - x0 for char, x0, x1, _ in line.glyphs if char == "’"]
    read = subprocess.run(
        ["pdftotext", str(tmp_path / "story.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout

    assert [True, True, False, True, False] == [width < 3 for width in widths]
    assert text == read.strip()


@pytest.mark.parametrize("letter", ["A", "T", "V", "1"])
def test_a_dash_that_ends_a_line_ends_it_at_the_edge(letter: str) -> None:
    """The letter it would be kerned with stands on the next line."""
    text = f"{'全区各类实事项目通报' * 3}EEEE–{letter}EEE{'的情况说明如下事项' * 3}"
    ends = [
        line.glyphs[-1][2] - 20 - 105
        for line in lines_of(render(f"<p style='text-indent:0'>{text}</p>", width=105))
        if line.glyphs[-1][0] == "–"
    ]

    assert ends == [pytest.approx(0, abs=0.02)]
