"""Headlines: where they break, and where never."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.pages.bonds import bonds_of
from jianbao.pages.headlines import FORBIDDEN, break_prices, headline_lines

NAMES = bonds_of((), ("王建国", "惠济区"))


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
        (12, "零工市场开到社区／找活不再站马路"),
        (13, "城镇新增就业／超过八千人完成全年任务"),
        (12, "社区助餐点／让独居老人吃上热饭"),
        (14, "《云溪区城市更新三年行动计划》／正式印发实施"),
        (12, "三项举措助企纾困／一百二十家企业受益"),
        (10, "小区楼道灯亮了／居民心里也亮了"),
    ],
)
def test_headline_breaks_where_it_makes_sense(ems: float, lines: str) -> None:
    """Real headlines, each as an editor would break it."""
    parts = tuple(part.strip() for part in lines.split("／"))

    assert parts == headline_lines([lines.replace("／", "")], ems, bonds=NAMES)


@pytest.mark.parametrize(
    ("ems", "guessed", "known"),
    [
        (11, "群众诉求办结／率连续三周提高", "群众诉求办结率／连续三周提高"),
        (11, "新一代区／块链平台上线运行", "新一代区块链／平台上线运行"),
    ],
)
def test_the_stories_own_words_stay_whole(ems: float, guessed: str, known: str) -> None:
    """What stands together again and again in the story is not parted in its headline."""
    headline = known.replace("／", "")
    story = "办结率为95.1%，比上周提高；乡镇级办结率、区级办结率都高于去年，群众诉求有回音。" * 2
    story += "区块链存证，区块链技术，区块链应用。"

    assert tuple(guessed.split("／")) == headline_lines([headline], ems)
    assert tuple(known.split("／")) == headline_lines(
        [headline], ems, bonds=bonds_of([story, headline], ())
    )


def test_two_lines_may_be_wider_than_one_is() -> None:
    """A head set smaller in two lines has more room in each: it is not broken into three."""
    headline = "区督查室逐件盯办入户回访老旧小区改造惠及七千三百八十户居民"

    assert 3 == len(headline_lines([headline], 14))
    assert 2 == len(headline_lines([headline], 14, 17))


def test_bonds_tell_only_what_they_know() -> None:
    """1 for what never stands apart, 0 for what always does, nothing for what is hardly there."""
    bonds = bonds_of(["葡萄丰收，葡萄上市，上山，上水，上学，收割，收粮，收工"], ("区督查室", "区"))

    assert 1.0 == bonds.bond("葡", "萄")
    assert 0.0 == bonds.bond("上", "收")
    assert bonds.bond("山", "水") is None
    assert ("区督查室",) == bonds.names


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
    ["群众|的事", "办好|了实事", "甲乙|和丙丁", "甲乙|与丙丁", "甲乙|及丙丁", "甲乙|等单位", "甲乙|在丙", "甲乙|把丙", "“|甲乙”",
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
