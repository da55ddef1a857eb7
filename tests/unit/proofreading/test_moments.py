"""As-ofs typed by hand: right ones are to be bound, wrong ones are errors."""

from pathlib import Path

import pytest

from jianbao.diagnostics import Place
from jianbao.proofreading.matching.catalogue import open_catalogue
from jianbao.proofreading.matching.deciding import match_lines
from jianbao.proofreading.moments import as_ofs_agree
from tests.unit.figures.books import book_of

CAMPAIGN = """
  实事: {measures: {已完成: {unit: 件}}}
  疫情: {measures: {流调: {unit: 人}}}
  疫苗: {measures: {接种: {unit: 剂次}}}
"""
DAYS = {
    "2026-12-22": """
实事: {截至: 2026-12-21, 已完成: 693}
疫情: {截至: "2026-12-21 24:00", 流调: 146}
疫苗: {截至: 2026-10, 接种: 888623}
"""
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至12月20日，已完成{{ 实事.已完成 }}。", ["as-of-differs【12月20日】实事.截至 12月21日"]),
        ("截至 12 月 20 日，已完成{{ 实事.已完成 }}。", ["as-of-differs【12 月 20 日】实事.截至 12月21日"]),
        ("截至１２月２０日，已完成｛｛实事.已完成｝｝。", ["as-of-differs【１２月２０日】实事.截至 12月21日"]),
        ("截至2025年12月21日，已完成{{ 实事.已完成 }}。", ["as-of-differs【2025年12月21日】实事.截至 12月21日"]),
        ("截至去年12月21日，已完成{{ 实事.已完成 }}。", ["as-of-differs【去年12月21日】实事.截至 12月21日"]),
        ("截至12月21日，已完成{{ 实事.已完成 }}。", ["as-of-typed【12月21日】实事.截至 12月21日"]),
        ("截至12月21日，流调{{ 疫情.流调 }}。", ["as-of-typed【12月21日】疫情.截至 12月21日24时"]),
        ("截至12月21日18时，流调{{ 疫情.流调 }}。", ["as-of-differs【12月21日18时】疫情.截至 12月21日24时"]),
        ("截至10月底，接种{{ 疫苗.接种 }}。", ["as-of-typed【10月底】疫苗.截至 10月底"]),
        ("截至11月底，接种{{ 疫苗.接种 }}。", ["as-of-differs【11月底】疫苗.截至 10月底"]),
        ("截至12月20日，实事已完成693件。", ["as-of-differs【12月20日】实事.截至 12月21日"]),
        ("截至12.20，已完成{{ 实事.已完成 }}。", ["as-of-differs【12.20】实事.截至 12月21日"]),
        ("截至2026-12-20，已完成{{ 实事.已完成 }}。", ["as-of-differs【2026-12-20】实事.截至 12月21日"]),
        ("截至20日，已完成{{ 实事.已完成 }}。", ["as-of-differs【20日】实事.截至 12月21日"]),
        ("截至本月21号，已完成{{ 实事.已完成 }}。", ["as-of-typed【本月21号】实事.截至 12月21日"]),
        ("截至十二月二十日，已完成{{ 实事.已完成 }}。", ["as-of-differs【十二月二十日】实事.截至 12月21日"]),
        ("截至二〇二五年十二月二十一日，已完成{{ 实事.已完成 }}。",
         ["as-of-differs【二〇二五年十二月二十一日】实事.截至 12月21日"]),
        ("截至12.5%，已完成{{ 实事.已完成 }}。", []),
        ("截至20.5万件，已完成{{ 实事.已完成 }}。", []),
        ("截至12月20日，工作顺利。已完成{{ 实事.已完成 }}。", []),
        ("截至{{ 实事.截至 }}，已完成{{ 实事.已完成 }}。", []),
        ("12月20日召开会议，已完成{{ 实事.已完成 }}。", []),
        ("截至13月40日，已完成{{ 实事.已完成 }}。", []),
    ],
)  # fmt: skip
def test_typed_as_ofs(text: str, expected: list[str], tmp_path: Path) -> None:
    """The first figure behind an as-of, up to the end of its sentence, says what is true."""
    known = open_catalogue(book_of(tmp_path, CAMPAIGN, DAYS, "2026-12-22"), 2026)
    matches = match_lines("x.md", [text], known)
    found = as_ofs_agree([Place("x.md", 1, 0, 0, text)], matches, known)
    said = []
    for one in found:
        hint = {name: str(value) for name, value in one.hint.values}
        braces = hint["braces"].strip("{} ")
        said.append(f"{one.rule}【{one.place.excerpt}】{braces} {hint['value']}")

    assert expected == said
