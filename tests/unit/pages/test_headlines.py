"""Headlines: where they break, and where never."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.pages.headlines import FORBIDDEN, break_prices, headline_lines

NAMES = ("王建国", "惠济区")


@pytest.mark.parametrize(
    ("ems", "lines"),
    [
        (13, "惠济区深入推进／“我为群众办实事”实践活动"),
        (10, "以“民生温度”／检验“学习热度”"),
        (8, "坚持政治引领　／明确实事项目"),
        (13, "高位部署　高标推进　／抓好建章立制“关键事”"),
        (6, "八成实事项目／已办结"),
        (10, "全区882件实事项目／已完成693件"),
        (12, "区委常委会研究部署／防汛抢险和灾后重建工作"),
        (11, "市委书记王建国到我区／调研重点项目建设"),
        (9, "新冠疫苗接种／突破180万剂次"),
        (10, "让企业办事更便捷／让群众生活更舒心"),
        (9, "老旧小区改造／惠及居民6128户"),
        (10, "云溪区人民医院／新院区将于明年启用"),
        (9, "“一网通办”／跑出政务服务加速度"),
        (10, "全面推进乡村振兴／加快农业农村现代化"),
        (9, "区政府与中国移动／签署5G合作协议"),
        (8, "优化营商环境／激发市场主体活力"),
        (13, "郑州市惠济区工业生产／救助补助资金实施方案出台"),
    ],
)
def test_headline_breaks_where_it_makes_sense(ems: float, lines: str) -> None:
    """Real headlines, each as an editor would break it."""
    parts = tuple(part.strip() for part in lines.split("／"))

    assert parts == headline_lines([lines.replace("／", "")], ems, NAMES)


def test_clerks_break_wins() -> None:
    """A headline that comes in parts stays as the clerk wrote it, however long a part is."""
    parts = ("全区", "八成以上实事项目已经全部办结完毕")

    assert parts == headline_lines(parts, 6)


def test_short_headline_is_one_line() -> None:
    """Nothing is broken that fits; marks count half."""
    assert ("“八成”实事已办结",) == headline_lines(["“八成”实事已办结"], 8)


def test_quotation_goes_to_a_third_line_rather_than_be_broken() -> None:
    """What stands in quotation marks stays whole while another line may be had."""
    lines = headline_lines(["惠济区深入推进“我为群众办实事”实践活动"], 10)

    assert ("惠济区深入推进", "“我为群众办实事”", "实践活动") == lines


@pytest.mark.parametrize(
    "text",
    ["群众|的事", "办好|了实事", "甲乙|和丙丁", "甲乙|与丙丁", "甲乙|及丙丁", "甲乙|等单位", "“|甲乙”",
     "甲乙|”", "8|82件", "882|件", "5.2|万人", "6128|户", "第|3次", "5|G", "甲乙|，丙", "甲|　乙"],
)  # fmt: skip
def test_forbidden(text: str) -> None:
    """No particle, mark or unit begins a line; no numeral or word is broken."""
    at = text.index("|")

    assert FORBIDDEN == break_prices(text.replace("|", ""))[at]


@settings(max_examples=200, deadline=None)
@given(
    st.text("全区实事项目办结的了和“”《》，12万人　", min_size=1, max_size=40), st.integers(6, 20)
)
def test_any_headline_keeps_its_characters(text: str, ems: int) -> None:
    """Whatever the headline, its lines hold its characters in order, and no line one Han."""
    lines = headline_lines([text], ems)

    assert "".join(text.split()) == "".join("".join(lines).split())
    if len(lines) > 1:
        assert all(sum("\u4e00" <= char <= "\u9fff" for char in line) >= 2 for line in lines)
