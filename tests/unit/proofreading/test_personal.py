"""Identity cards and telephones in published words."""

from dataclasses import replace

import pytest

from jianbao import pipeline
from jianbao.diagnostics import Place
from jianbao.model import Story
from jianbao.proofreading.personal import nothing_names_a_person
from jianbao.settings import Settings

HEAD = "引题：云溪区办实事\n主题：推进\n供稿：区委宣传部\n---\n"


def found(text: str) -> list[tuple[str, str]]:
    """Return what is found in a story of one line, and the words it is found in."""
    lines = (Place("lead.md", 1, 0, 0, text),)
    story = Story("lead.md", (), "", "", "", "", (), "", (), (), (), lines)
    return [(one.rule, one.place.excerpt) for one in nothing_names_a_person(story)]


@pytest.mark.parametrize(
    "text",
    ["110101199003077758", "110101 19900307 7758", "１１０１０１１９９００３０７７７５８"],
)
def test_an_identity_number_is_found_however_it_is_typed(text: str) -> None:
    """With blanks, in full width, beside Chinese."""
    assert [("personal-id", text)] == found(f"张三{text}，")


@pytest.mark.parametrize(
    "text",
    [
        "110101199003077757",  # wrong check digit
        "110101199013077758",  # no such month
        "1101011990030777581",  # longer
        "91410105MA44XY1234",  # a firm's credit code
        "1101**********7758",
    ],
)
def test_other_long_numbers_are_none(text: str) -> None:
    """Rather say nothing than something doubtful."""
    assert "personal-id" not in {rule for rule, _ in found(f"编号{text}。")}


@pytest.mark.parametrize(
    "text",
    ["13800138000", "138 0013 8000", "138-0013-8000", "+86 13800138000", "0371-67181234",
     "（0371）67181234", "１３８００１３８０００"],
)  # fmt: skip
def test_telephone_numbers_are_found(text: str) -> None:
    """Mobile or not, with blanks, dashes and brackets."""
    assert [("personal-phone", text)] == found(f"联系人王某{text}。")


@pytest.mark.parametrize(
    "text",
    [
        "拨打12345政务服务便民热线",
        "拨打400-810-1234",
        "投资13800138000元",
        "投资13912345678.5元",
        "完成13800138000 元",
        "2021-12-21 至 2021-12-22",
        "郑政办〔2021〕12号",
        "https://example.cn/13800138000",
    ],
)
def test_hotlines_amounts_days_and_addresses_are_none(text: str) -> None:
    """What looks alike and names nobody."""
    assert [] == found(text)


def test_heads_captions_and_data_in_braces_are_looked_at_and_a_waiver_holds(
    small: Settings,
) -> None:
    """Every line that is published counts; an office's own number may be waived."""
    folder = small.root / "content/yunxi/2026-47"
    head = HEAD.replace("推进", "电话0371-67181234")
    (folder / "lead.md").write_text(f"{head}王某13800138000。\n", encoding="utf-8")
    with (folder / "bulletin.yaml").open("a", encoding="utf-8") as plan:
        plan.write(
            "waivers:\n  - {rule: personal-phone, where: 0371-67181234, "
            "reason: 对外公布的值班电话, name: 张三}\n"
        )

    outcome = pipeline.check(replace(small, fast=True))

    told = [(one.rule, one.place.excerpt) for one in outcome.findings if one.rule != "waiver"]
    assert [("personal-phone", "13800138000")] == told
    assert "waiver" in {finding.rule for finding in outcome.findings}
