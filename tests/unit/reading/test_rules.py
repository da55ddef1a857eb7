"""The names of rules that an office writes, in site.yaml and in waivers."""

import pytest

from jianbao import pipeline
from jianbao.reading.rules import known_rules
from jianbao.settings import Settings


def said(small: Settings) -> list[str]:
    """Return what a check says, as rule, words and the hint's name."""
    found = pipeline.check(small).findings
    return [f"{f.rule}【{f.place.excerpt}】{dict(f.hint.values).get('name', '')}" for f in found]


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        ("number-tpyed: error", ["rule-unknown【number-tpyed】number-typed"]),
        ("错别字: error", ["rule-unknown【错别字】"]),
        ("number-typed: error", []),
    ],
)
def test_a_misspelt_rule_in_site_yaml(small: Settings, severity: str, expected: list[str]) -> None:
    """It would change nothing; the nearest rule is named."""
    with (small.root / "data/site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"severities: {{{severity}}}\n")

    assert expected == said(small)


def test_a_misspelt_rule_in_a_waiver(small: Settings) -> None:
    """It is told once: not also as a waiver that nothing needs."""
    with (small.root / "content/yunxi/2026-47/bulletin.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "waivers:\n  - {rule: alt-mising, where: lead.md, reason: 照片作者要求, name: 张三}\n"
        )

    assert ["rule-unknown【alt-mising】alt-missing"] == said(small)


def test_every_rule_is_known() -> None:
    """The page that is shipped names them; tests/test_rules.py holds it equal to the code."""
    assert {"number-typed", "alt-missing", "rule-unknown"} <= set(known_rules())


def test_a_misspelt_heading_has_no_echo(small: Settings) -> None:
    """Members whose column was not read are not called silent as well."""
    before = small.root / "data/yunxi/2026-11-13.yaml"
    before.write_text(
        "实事: {as_of: 2026-11-13, 区级: {项目: 94, 已完成: 50}, 乡镇级: {项目: 788, 已完成: 600}}\n",
        "utf-8",
    )
    day = small.root / "data/yunxi/2026-11-20.yaml"
    day.write_text(day.read_text("utf-8").replace("  乡镇级:", "  乡真级:", 1), "utf-8")

    assert ["figure-unknown"] == sorted({line.partition("【")[0] for line in said(small)})
