"""YAML as clerks write it: nothing is guessed, full-width marks beside known names are taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.reading.shaping import plain
from jianbao.reading.tree import Table, Text, read_tree

KNOWN = ("实事", "区级", "项目", "已完成")


def test_scalars_stay_as_typed() -> None:
    """010 is no 8, 12:30 no 750, 98% and yes no more than their characters."""
    tree = read_tree("x.yaml", "甲: 010\n乙: 12:30\n丙: yes\n丁: 98%\n")

    assert {"甲": "010", "乙": "12:30", "丙": "yes", "丁": "98%"} == plain(tree.value)


def test_full_width_marks_are_taken_beside_known_names() -> None:
    """A Chinese input method's colon and comma mean YAML's where they can mean nothing else."""
    tree = read_tree("x.yaml", "实事：\n  区级：{项目：９４，已完成：57}\n", KNOWN)

    assert {"实事": {"区级": {"项目": "９４", "已完成": "57"}}} == plain(tree.value)
    assert () == tree.findings


def test_full_width_marks_elsewhere_are_text() -> None:
    """A colon in a title stays a colon."""
    tree = read_tree("x.yaml", "title: 重建：项目，已完成\n", ("title",))

    assert {"title": "重建：项目，已完成"} == plain(tree.value)


def test_places_are_those_of_the_file_as_typed() -> None:
    """Columns count the characters the clerk typed, not the blanks put in for YAML."""
    tree = read_tree("x.yaml", "区级：{项目：９４，已完成：57}\n", KNOWN)
    inner = tree.value.items["区级"][1]
    assert isinstance(inner, Table)
    value = inner.items["已完成"][1]

    assert isinstance(value, Text)
    assert "57" == value.place.excerpt


@given(st.text(alphabet="甲乙: {}[],&*!|>'\"%@`#-?\t\n：，1２.", max_size=60))
def test_no_text_makes_reading_crash(text: str) -> None:
    """Whatever stands in a file gives a table and findings, never a traceback."""
    assert isinstance(read_tree("x.yaml", text, ("甲", "乙")).value, Table)


def test_deep_nesting_is_refused_not_fatal() -> None:
    """A file of brackets cannot bring the program down."""
    assert read_tree("x.yaml", "a: " + "[" * 20_000).findings


@pytest.mark.parametrize("blanks", ["\u3000\u3000", "\u00a0\u00a0"])
def test_full_width_blanks_are_told_in_their_own_line(blanks: str) -> None:
    """What YAML notices a line later is told where it was typed."""
    text = f"实事:\n  项目: 1\n{blanks}已完成: 2\n  其他: 3\n"
    (fault,) = read_tree("x.yaml", text).findings

    assert ("yaml-broken", 3) == (fault.rule, fault.place.line)
    assert "full-width blanks" in fault.message.text
