"""What clerks type for numbers and moments: understood where it can mean one thing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.diagnostics import Message
from jianbao.model import Amount, AsOf
from jianbao.reading.scalars import read_amount, read_as_of


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("94", "件", "94"),
        ("１２", "件", "12"),
        ("3.6万", "份", "36000"),
        ("３．６万", "份", "36000"),
        ("97.32%", "%", "97.32"),
        ("97.32％", "%", "97.32"),
        ("5.86亿元", "元", "586000000"),
        ("1,222", "件", "1222"),
        ("-5", "个", "-5"),
        (" 7 件", "件", "7"),
        ("4.4万余人", "人", "44000"),
    ],
)
def test_one_meaning_is_understood(text: str, unit: str, value: str) -> None:
    """Full-width digits, 万 and 亿, percent signs, the unit itself, thousands in threes."""
    amount = read_amount(text, unit)

    assert isinstance(amount, Amount)
    assert Decimal(value) == amount.value


@pytest.mark.parametrize(
    "text",
    ["12:30", "010", "1,22", "三十", "", "件", "1e5", "nan", "1_000", "3件2件", "0x1f", "9" * 19],
)
def test_two_meanings_are_refused(text: str) -> None:
    """Where it could mean two things, or none, a sentence says so."""
    assert isinstance(read_amount(text, "件"), Message)


def test_a_number_in_a_unit_of_ten_thousand_is_counted_in_it() -> None:
    """A measure in 万元 takes 8508.3 for 8508.3万元."""
    amount = read_amount("8508.3", "元", 10_000)

    assert isinstance(amount, Amount)
    assert 85083000 == amount.value


@given(st.text(max_size=30), st.sampled_from(["件", "元", "%"]))
def test_no_text_makes_reading_crash(text: str, unit: str) -> None:
    """Whatever is typed gives an amount or a sentence."""
    assert isinstance(read_amount(text, unit), (Amount, Message))
    assert isinstance(read_as_of(text), (AsOf, Message))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2021-10", "2021-11-01T00:00:00"),
        ("2021年10月底", "2021-11-01T00:00:00"),
        ("2021-12-21", "2021-12-22T00:00:00"),
        ("2021-12-21 24:00", "2021-12-22T00:00:00"),
        ("2021年12月21日24时", "2021-12-22T00:00:00"),
        ("2021/12/21 8时", "2021-12-21T08:00:00"),
    ],
)
def test_moments_are_ordered_by_when_they_end(text: str, moment: str) -> None:
    """A day without an hour ends with its last second, as does a month."""
    as_of = read_as_of(text)

    assert isinstance(as_of, AsOf)
    assert moment == as_of.moment.isoformat()


@pytest.mark.parametrize(
    "text", ["2021-13", "2021-02-30", "2021-12-21 25:00", "21-12", "昨天", "2021-12-21 12:30"]
)
def test_no_such_moment(text: str) -> None:
    """Days that do not exist, and minutes, are refused."""
    assert isinstance(read_as_of(text), Message)
