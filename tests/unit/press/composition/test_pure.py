"""Characters, breaks, joints and plans, without an engine."""

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.press.composition.breaks import FIGURE, FORBIDDEN, LONG_WORD, penalties
from jianbao.press.composition.characters import Kind, kinds_of
from jianbao.press.composition.counting import counted
from jianbao.press.composition.paragraph import Paragraph, fit, measured, widths
from jianbao.press.composition.planning import Measures, plan
from jianbao.press.composition.spacing import Atom, joints_of, trimmed
from jianbao.press.composition.units import DOCUMENT, QUOTED

EM = 10.0
LATIN = (Kind.DIGIT, Kind.LATIN, Kind.POSTFIX, Kind.SPACE, Kind.SLASH)


def set_(text: str) -> list[Atom]:
    """Return atoms as a plain face would give them: marks with white in one half, Latin half wide."""
    atoms = []
    for char, kind in zip(text, kinds_of(text), strict=True):
        advance = EM / 2 if kind in LATIN else EM
        before = 0.55 * EM if kind is Kind.OPEN else 0.0
        after = 0.55 * EM if kind in (Kind.CLOSE, Kind.STOP) else 0.0
        atoms.append(Atom(char, kind, advance, EM, before, after))
    return atoms


def price(text: str) -> float:
    """Return the price of the break at | in a text."""
    at = text.index("|")
    plain = text.replace("|", "", 1)
    return penalties(plain, kinds_of(plain), [False] * len(plain))[at]


@pytest.mark.parametrize(
    "text",
    [
        "甲|。",
        "甲|，",
        "甲|、",
        "甲|；",
        "甲|：",
        "甲|？",
        "甲|！",
        "甲|”",
        "甲|’",
        "甲|）",
        "甲|》",
        "甲|〉",
        "甲|】",
        "甲|〕",
        "“|甲",
        "‘|甲",
        "（|甲",
        "《|甲",
        "〈|甲",
        "【|甲",
        "〔|甲",
        "3|～11",
        "甲|～乙",
        "甲|·乙",
        "文|/图",
        "文/|图",
        "北京|—上海",
        "甲—|—乙",
        "甲…|…乙",
        "3|.6",
        "3.|6",
        "1,|222",
        "12:|30",
        "98|%",
        "5|‰",
        "97.3|2%",
        "“7·|20”",
        "Wi|-Fi",
        "don|’t",
    ],
)
def test_forbidden_breaks(text: str) -> None:
    """GB/T 15834 5.1 and GB/T 15835 5.1.7.2, one case each."""
    assert FORBIDDEN == price(text)


@pytest.mark.parametrize(
    "text", ["甲|乙", "甲|“乙", "甲”|乙", "甲，|乙", "甲|2021", "98%|的", "》|《", "a |b"]
)
def test_free_breaks(text: str) -> None:
    """Between Han, before an opening and after a closing mark, between Han and a numeral."""
    assert 0.0 == price(text)


@pytest.mark.parametrize("text", ["5|件", "5.2|万人", "5.2万|人", "11.6万余|人", "〕|12号", "第|3"])
def test_figures_are_kept_by_price(text: str) -> None:
    """A numeral and its unit may part, if the line would suffer otherwise."""
    assert FIGURE == price(text)


@pytest.mark.parametrize("text", ["〔2021〕|12号", "〔2021〕1|2号", "〔2021〕12|号"])
def test_document_numbers_are_kept(text: str) -> None:
    """A document's number may part only where a hole would be left; its numerals never."""
    at = text.index("|")

    assert DOCUMENT <= measured(set_(text.replace("|", ""))).prices[at]


@pytest.mark.parametrize(("text", "price"), [("“急难|愁盼”", QUOTED), ("“为群|众办事”", 0.0)])
def test_short_quotations_are_kept(text: str, price: float) -> None:
    """What is quoted in up to four characters stays together where the line allows."""
    assert price == measured(set_(text.replace("|", ""))).prices[text.index("|")]


def test_full_stops_give_last() -> None:
    """In a line too full by half an em, a comma gives twice as much as a full stop."""
    given_up = widths(measured(set_("甲，乙。丙，丁甲乙")), 0, 9, 8.5 * EM, full=True)

    assert pytest.approx([-2.0, -1.0, -2.0]) == [width for width in given_up if width]


def test_joints() -> None:
    """Two marks take 1.5 em, Han and digit a quarter em apart, and only Han spread."""
    han, pair, gap = (joints_of(set_(text))[1] for text in ("甲乙", "”，", "甲5"))

    assert (0.0, EM) == (han.natural, han.spread)
    assert -EM / 2 == pair.natural
    assert (EM / 4, 0.0) == (gap.natural, gap.spread)
    assert EM / 2 == trimmed(set_("。")[0])
    assert [0.0] * 4 == [joint.spread for joint in joints_of(set_("——")) + joints_of(set_("12"))]


def test_ink_stays_clear() -> None:
    """A mark whose ink reaches beyond the middle gives less than half: 0.02 em stay white."""
    wide = Atom("？", Kind.STOP, EM, EM, after=0.42 * EM)
    joint = joints_of([*set_("甲"), wide, *set_("乙")])[2]

    assert 0.0 == joint.shrink
    assert pytest.approx(0.4 * EM) == joint.reserve


def test_squeeze_is_shared_evenly() -> None:
    """Three commas in a line too full by half an em each give a third of it."""
    paragraph = measured(set_("甲，乙，丙，丁甲乙"))
    given_up = widths(paragraph, 0, 9, 8.5 * EM, full=True)

    assert pytest.approx(8.5 * EM) == 9 * EM + sum(given_up)
    assert 1 == len({round(width, 6) for width in given_up if width})


def test_gap_vanishes_before_a_single_line_breaks() -> None:
    """What the engine measured without gaps (a table cell) still stands on one line."""
    paragraph = measured(set_("甲5乙5"))
    stops = plan(paragraph, 0, 4, Measures(3 * EM, 3 * EM))

    assert [4] == stops
    assert [0.0] * 3 == pytest.approx(widths(paragraph, 0, 4, 3 * EM, full=False))


def test_last_line_has_two_han() -> None:
    """A last line of one character is avoided by squeezing or spreading what comes before."""
    text = "甲乙丙丁，" * 6 + "戊己。"
    for measure in range(80, 160):
        stops = plan(measured(set_(text)), 0, len(text), Measures(measure, measure))
        start = stops[-2] if len(stops) > 1 else 0

        assert 2 <= len(re.findall("[甲乙丙丁戊己]", text[start:])), measure


ALPHABET = "全区各类实事项目办理，。、；：？！“”‘’（）《》〔〕·—…～/%‰0123456789.abcXYZ "


@settings(max_examples=300, deadline=None)
@given(st.text(ALPHABET, min_size=1, max_size=80), st.integers(6, 20))
def test_any_paragraph_keeps_its_text_and_the_law(text: str, ems: int) -> None:
    """Whatever is set, every character comes once and in order; a rule is broken only by force."""
    paragraph = measured(set_(text))
    stops = plan(paragraph, 0, len(text), Measures((ems - 2) * EM, ems * EM))

    assert stops == sorted(set(stops))
    assert len(text) == stops[-1]
    if _can_be_lawful(paragraph, text, (ems - 2) * EM):
        assert [] == [stop for stop in stops if paragraph.prices[stop] == FORBIDDEN]


def _can_be_lawful(paragraph: Paragraph, text: str, measure: float) -> bool:
    """Return whether each piece that may not be broken fits the narrowest line."""
    places = [0] + [k for k, cost in enumerate(paragraph.prices) if k and cost != FORBIDDEN]
    fits = (fit(paragraph, a, b, measure) for a, b in pairwise(places))
    longest = max(
        (len(word) for word in re.findall(r"[\w./:~～—·%‰-]+", text, re.ASCII)), default=0
    )
    return longest < LONG_WORD and all(sits.need + sits.shrink >= 0 for sits in fits)


@settings(max_examples=200, deadline=None)
@given(st.text("全区各类，。“”、（）0123456789", min_size=30, max_size=90), st.integers(9, 20))
def test_full_lines_fill_their_measure(text: str, ems: int) -> None:
    """A full line's advances and joints add up to the measure, unless nothing in it may give."""
    paragraph = measured(set_(text))
    stops = plan(paragraph, 0, len(text), Measures(ems * EM, ems * EM))
    for start, stop in _lines(stops)[:-1]:
        sits = fit(paragraph, start, stop, ems * EM)
        if sits.need + sits.shrink + sits.reserve < 0 or not (sits.spread or sits.flex):
            continue
        end = paragraph.ends[stop]
        width = (
            sum(atom.advance for atom in paragraph.atoms[start:end])
            + sum(widths(paragraph, start, stop, ems * EM, full=True))
            - paragraph.trims[stop]
        )

        assert pytest.approx(ems * EM) == width


def _lines(stops: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip([0, *stops[:-1]], stops, strict=True))


@pytest.mark.parametrize("ems", [14, 18])
def test_paragraph_in_a_given_number_of_lines(ems: int) -> None:
    """The planner's own number of lines gives the planner's plan, one more or less another one."""
    text = "全区各类实事，项目办理情况；通报“显示”群众、满意度（持续）提升。" * 6
    paragraph, measures = measured(set_(text)), Measures((ems - 2) * EM, ems * EM)
    stops = plan(paragraph, 0, len(text), measures)
    plans = counted(paragraph, 0, len(text), measures, len(stops) + 1)

    assert stops == plans.pop(len(stops)).stops
    assert plans
    for lines, other in plans.items():
        assert 1 == abs(lines - len(stops))
        assert lines == len(other.stops)
        for start, stop in _lines(other.stops)[1:-1]:
            sits = fit(paragraph, start, stop, ems * EM)
            assert 0 <= sits.need + sits.shrink + sits.reserve
            assert sits.spread * 0.1 >= sits.need - sits.flex


def test_no_column_is_filled_by_a_lone_character() -> None:
    """A paragraph a line longer would fill a row, but not for the price of one Han on its last line."""
    text = (
        "汛情紧急时，全区组织群众避险转险27360人，紧急转移安置18690人。其中，4060人住进临时设置的23个集中"
        "安置点，另有14630人分散安置，受灾群众有了安全的落脚处，生活逐步安顿下来。"
    )
    paragraph = measured(set_(text))
    for tenths in range(140, 200):
        ems = tenths / 10
        plans = counted(paragraph, 0, len(text), Measures((ems - 2) * EM, ems * EM), 9)

        assert "来。" not in {text[each.stops[-2] :] for each in plans.values()}
