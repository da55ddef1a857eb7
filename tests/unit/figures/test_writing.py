"""How figures are written: every writing of the seeds comes out of the one formatter."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.diagnostics import Message
from jianbao.figures.arithmetic import interval, percent, rounded_share, sum_interval, sum_of
from jianbao.figures.resolve import Figure, Kind
from jianbao.figures.writing import WAN, YI, Form, write, write_as_of
from jianbao.model import Amount, AsOf, Precision, Rounding
from jianbao.reading.scalars import read_amount

DAY = AsOf(date(2021, 12, 21))


def typed(text: str, unit: str, kind: Kind = Kind.MEASURE) -> Figure:
    """Return the figure of what a clerk typed."""
    amount = read_amount(text, unit)
    assert isinstance(amount, Amount)
    return Figure("甲.乙", "乙", kind, amount, unit, DAY, ())


def ratio(part: int, whole: int, decimals: int = 1) -> Figure:
    """Return a ratio of two counts."""
    share = Amount(percent(Decimal(part), Decimal(whole)))
    return Figure("甲.率", "率", Kind.RATIO, share, "%", DAY, (), decimals)


@pytest.mark.parametrize(
    ("text", "unit", "printed"),
    [
        ("693", "件", "693件"),
        ("3.6万", "份", "3.6万份"),
        ("1.2万亿", "千瓦时", "1.2万亿千瓦时"),
        ("1.2万余", "户", "1.2万余户"),
        ("2.8万余", "人次", "2.8万余人次"),
        ("7800余", "人", "7800余人"),
        ("近40", "名", "近40名"),
        ("888623", "剂次", "888623剂次"),
        ("5.86亿", "元", "5.86亿元"),
        ("58600万元", "元", "5.86亿元"),
        ("586000000", "元", "5.86亿元"),
        ("8508.3万", "元", "8508.3万元"),
        ("5713.71万", "元", "5713.71万元"),
        ("229亿", "元", "229亿元"),
        ("123456789", "元", "12345.6789万元"),
        ("9999", "元", "9999元"),
        ("99.98%", "%", "99.98%"),
        ("98", "%", "98%"),
        ("2.30", "亿", "2.30亿"),
    ],
)
def test_a_figure_is_printed_as_the_seeds_print_it(text: str, unit: str, printed: str) -> None:
    """What was typed comes out in the page's writing, with no digit lost."""
    assert printed == write(typed(text, unit))


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "printed"),
    [
        (693, 882, 1, "78.6%"),
        (57, 94, 2, "60.64%"),
        (636, 788, 2, "80.71%"),
        (68, 71, 1, "95.8%"),
        (41, 71, 1, "57.7%"),
        (118, 145, 0, "81%"),
        (1618, 2088, 0, "77%"),
        (99_999, 100_000, 1, "99.9%"),
        (1, 1, 1, "100%"),
    ],
)
def test_ratios_are_rounded_once(part: int, whole: int, decimals: int, printed: str) -> None:
    """Half up, in one step (77.49 is 77, never 77.5 and then 78), and 100 only when all is done."""
    assert printed == write(ratio(part, whole, decimals))


@pytest.mark.parametrize(
    ("text", "form", "printed"),
    [
        ("888623", Form(scale=WAN, decimals=1), "88.9万人"),
        ("116200", Form(approx="余"), "11.6万余人"),
        ("116200", Form(approx="近"), "近11.7万人"),
        ("116200", Form(approx="约"), "约11.6万人"),
        ("1351", Form(approx="余"), "1300余人"),
        ("693", Form(unit=False), "693"),
        ("11.6万余", Form(approx="余"), "11.6万余人"),
        ("229000000", Form(scale=YI), "2.29亿人"),
    ],
)
def test_filters_choose_the_writing(text: str, form: Form, printed: str) -> None:
    """万, 亿, decimals, 余, 近 and 约 come from the true value."""
    assert printed == write(typed(text, "人"), form)


@pytest.mark.parametrize(("text", "word"), [("11.6万", "余"), ("900", "近"), ("11.6万余", "近")])
def test_an_approximation_that_would_be_untrue_is_refused(text: str, word: str) -> None:
    """余 and 近 stand only beside a value that is not exactly the printed one."""
    assert isinstance(write(typed(text, "人"), Form(approx=word)), Message)


@pytest.mark.parametrize(
    ("as_of", "printed"),
    [
        (AsOf(date(2021, 12, 21), 24, Precision.HOUR), "12月21日24时"),
        (AsOf(date(2021, 10, 31), None, Precision.MONTH), "10月底"),
        (AsOf(date(2021, 11, 23)), "11月23日"),
        (AsOf(date(2020, 11, 23)), "2020年11月23日"),
    ],
)
def test_as_ofs_are_written_as_the_text_names_them(as_of: AsOf, printed: str) -> None:
    """The year is written only where it is not the bulletin's."""
    assert printed == write_as_of(as_of, 2021)


def test_flood_relief_of_the_seed_agrees_with_its_total() -> None:
    """5.2万 + 1.15万 + 7800余 + 900余 + 4.4万余 may be 11.6万余 (newsroom rules 4.3)."""
    parts = [typed(text, "人").amount for text in ("5.2万", "1.15万", "7800余", "900余", "4.4万余")]

    assert sum_interval(parts).meets(interval(typed("11.6万余", "人").amount))
    assert not sum_interval(parts).meets(interval(typed("12.6万余", "人").amount))


def test_whole_numbers_are_summed_exactly() -> None:
    """346 + 215 is 561; 560 is a fault, however near."""
    parts = [typed("346", "个").amount, typed("215", "个").amount]

    assert 561 == sum_of(parts).value
    assert not sum_interval(parts).meets(interval(typed("560", "个").amount))


amounts = st.builds(
    lambda digits, scale, approx: f"{digits}{scale}{approx}",
    st.decimals(min_value=0, max_value=10**9, places=2).map(lambda d: f"{d.normalize():f}"),
    st.sampled_from(["", "万", "亿"]),
    st.sampled_from(["", "余", "多"]),
)


@given(amounts)
def test_what_is_written_reads_back_as_the_same_amount(text: str) -> None:
    """Format, then parse: the value comes back within its stated precision, here exactly."""
    figure = typed(text, "人")
    printed = write(figure)
    assert isinstance(printed, str)
    again = read_amount(printed, "人")

    assert isinstance(again, Amount)
    assert (figure.amount.value, figure.amount.approx) == (again.value, again.approx)


@given(st.decimals(min_value=10_000, max_value=10**12, places=2))
def test_money_never_loses_a_digit(value: Decimal) -> None:
    """元 goes into 万 and 亿 only where every digit is still there."""
    printed = write(Figure("甲", "甲", Kind.MEASURE, Amount(value, places=2), "元", DAY, ()))
    assert isinstance(printed, str)
    again = read_amount(printed, "元")

    assert isinstance(again, Amount)
    assert value == again.value


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_no_ratio_shows_100_before_all_is_done(part: int, whole: int, decimals: int) -> None:
    """A printed 100% means part == whole (or more)."""
    shown = rounded_share(percent(Decimal(part), Decimal(whole)), decimals, Rounding.HALF_UP)

    assert (shown >= 100) == (part >= whole)
