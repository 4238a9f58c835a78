"""Figures: given these sentences, these figures."""

from __future__ import annotations

import pytest

from liantu.extraction import Figure, extract
from liantu.reading import read_document

HEAD = "襄阳市工业经济观察\n\n2024-10-16 09:30　来源：襄阳日报\n\n"


def figures(body: str, head: str = HEAD) -> list[Figure]:
    """The figures of a short news text about 襄阳市."""
    return list(extract(read_document((head + body).encode(), "样例.txt")).figures)


def by_number(body: str, head: str = HEAD) -> dict[str, Figure]:
    return {f.number: f for f in figures(body, head)}


def test_evidence_reproduces_number_and_sentence() -> None:
    text = HEAD + "今年前三季度，全市完成工业投资312.6亿元，同比增长8.5%。"
    for figure in figures("今年前三季度，全市完成工业投资312.6亿元，同比增长8.5%。"):
        start, end = figure.span
        assert text[start:end] == figure.number
        assert text[figure.evidence.start : figure.evidence.end] == figure.evidence.text
        assert figure.evidence.start <= start < end <= figure.evidence.end


def test_one_sentence_holds_value_share_and_rank() -> None:
    found = by_number("今年前三季度，该市新能源装机突破了1200万千瓦，占全省新能源装机总量的17.38%，排名全省第一。")
    value, share, rank = found["1200万"], found["17.38%"], found["第一"]
    assert (value.kind, value.bound, value.value, value.unit) == ("level", ">", 12_000_000, "千瓦")
    assert share.kind == "share" and "新能源装机" in share.indicator and "占全省" in share.indicator
    assert rank.kind == "rank" and rank.value == 1 and "新能源装机" in rank.indicator
    assert {f.period for f in found.values()} == {"2024-01/2024-09"}


def test_a_coordinated_pair_is_dealt_out() -> None:
    found = by_number("前三季度，全市城镇、农村居民人均可支配收入分别增长4.2%和6.7%。")
    assert found["4.2%"].indicator.startswith("城镇居民人均可支配收入")
    assert found["6.7%"].indicator.startswith("农村居民人均可支配收入")
    assert {f.kind for f in found.values()} == {"change"}


def test_urban_and_rural_in_one_word() -> None:
    found = by_number("城乡居民人均可支配收入同比增长4.0%和6.5%。")
    assert "城镇" in found["4.0%"].indicator and "农村" in found["6.5%"].indicator


def test_a_fall_is_negative() -> None:
    assert by_number("原煤产量同比下降3.6%。")["3.6%"].value == -3.6
    assert by_number("年末常住人口比上年末减少1600人。")["1600"].value == -1600


def test_at_least_is_no_fall() -> None:
    figure = by_number("研发投入占比不低于3%。")["3%"]
    assert (figure.value, figure.bound, figure.kind) == (3, ">=", "share")


@pytest.mark.parametrize(
    ("sentence", "number", "bound"),
    [
        ("举办博士大讲堂560余场。", "560", ">"),
        ("杂粮种植面积稳定在300万亩以上。", "300万", ">="),
        ("省内配套率5%左右。", "5%", "≈"),
        ("总投资近2000亿元。", "2000亿", "≈"),
        ("本地配套率不足一成。", "一成", "<"),
        ("失业率控制在5.5%以内。", "5.5%", "<="),
        ("营业收入达到43.7亿元。", "43.7亿", "="),
        ("集聚企业逾300家。", "300", ">"),
    ],
)
def test_bounds(sentence: str, number: str, bound: str) -> None:
    assert by_number(sentence)[number].bound == bound


@pytest.mark.parametrize(
    ("sentence", "number", "status"),
    [
        ("到2027年，全市汽车产业产值突破3000亿元。", "3000亿", "target"),
        ("今年力争新增规上企业120户。", "120", "target"),
        ("该项目总投资70亿元。", "70亿", "plan"),
        ("项目达产后年产值50亿元、年纳税1.3亿元。", "1.3亿", "plan"),
        ("全市已谋划重点工程项目268项。", "268", "plan"),
        ("截至9月底，重点项目累计完成投资221.9亿元。", "221.9亿", "actual"),
        ("一般公共预算收入52.37亿元，比上年下降7.4%。", "52.37亿", "actual"),
        ("今年以来，全市新签约项目13个。", "13", "actual"),
        ("今年全市技改投资要过30亿元。", "30亿", "target"),
    ],
)
def test_done_planned_or_aimed_at(sentence: str, number: str, status: str) -> None:
    assert by_number(sentence)[number].status == status


@pytest.mark.parametrize(
    ("sentence", "number", "period"),
    [
        ("2023年，全市地区生产总值5842亿元。", "5842亿", "2023"),
        ("今年前三季度，工业投资312亿元。", "312亿", "2024-01/2024-09"),
        ("1—8月，完成投资93.4亿元。", "93.4亿", "2024-01/2024-08"),
        ("截至8月底，建成充电桩1.2万台。", "1.2万", "../2024-08"),
        ("目前，全市有规上企业2214户。", "2214", "2024-10"),
        ("累计推广新能源汽车5623辆。", "5623", "../2024-10"),
        ("“十三五”期间，新建公路320公里。", "320", "2016/2020"),
        ("去年，接待游客2387.2万人次。", "2387.2万", "2023"),
    ],
)
def test_periods(sentence: str, number: str, period: str) -> None:
    assert by_number(sentence)[number].period == period


def test_a_comparison_does_not_date_the_figure() -> None:
    found = by_number("今年上半年，产值达到88亿元，比2022年同期提高12亿元。")
    assert found["12亿"].period == found["88亿"].period == "2024-01/2024-06"


def test_without_a_publication_date_relative_words_give_none() -> None:
    figure = by_number("今年，全市新增规上企业26户。", head="襄阳市工业经济观察\n\n来源：襄阳日报\n\n")["26"]
    assert figure.period is None


def test_from_to_gives_both_values() -> None:
    found = by_number("本地配套率由31%提高到37.5%。")
    assert "配套率" in found["31%"].indicator and "配套率" in found["37.5%"].indicator
    assert found["31%"].kind == found["37.5%"].kind == "share"


def test_wording_without_data_yields_nothing() -> None:
    assert figures("全市上下坚持铁腕治污、量质并举，扎实推进“五个一”机制。") == []


def test_a_section_about_a_zone_is_about_the_zone() -> None:
    found = by_number("襄阳高新技术产业开发区有着完整的汽车产业链。目前，该区集聚配套企业260家。")
    assert found["260"].subject in ("襄阳高新技术产业开发区", "襄阳高新区")


def test_flattened_table_takes_units_from_its_header() -> None:
    table = (
        "一、部分县市完成情况\n\n表1　1—8月重点项目投资完成情况\n"
        "县（市、区）　年度计划投资（亿元）　完成投资（亿元）　完成率（%）　位次\n"
        "枣阳市　22.4　18.3　81.7　1\n宜城市　14.6　11.5　78.8　2\n谷城县　24.6　14.3　58.1　14\n"
    )
    cells = {f.number: f for f in figures(table)}
    assert (cells["22.4"].value, cells["22.4"].unit, cells["22.4"].status) == (2_240_000_000, "元", "plan")
    assert (cells["18.3"].subject, cells["18.3"].indicator, cells["18.3"].status) == ("枣阳市", "完成投资", "actual")
    assert (cells["58.1"].kind, cells["14"].kind, cells["14"].unit) == ("share", "rank", "位")


def test_policy_amounts_are_plans_of_the_region_that_grants_them() -> None:
    policy = (
        "襄阳市支持汽车产业高质量发展若干措施\n\n2024年3月1日\n\n一、奖励政策\n\n"
        "第一条　对首次进入规模以上的工业企业，给予30万元奖励。单户企业每年最高不超过200万元。\n"
    )
    found = {f.number: f for f in figures(policy, head="")}
    assert {f.status for f in found.values()} == {"plan"}
    assert "奖励" in found["30万"].indicator and "奖励" in found["200万"].indicator
    assert found["200万"].bound == "<="
    assert found["30万"].subject == "襄阳市"


def test_every_figure_says_which_rules_decided() -> None:
    for figure in figures("全市现有规上企业2214户，同比增长5.1%。"):
        assert figure.reasons and 0 < figure.confidence <= 1


def test_the_speaker_in_a_quotation_is_no_part_of_the_indicator() -> None:
    found = by_number("负责人介绍：“我们目前已认定首批省级链主企业31户，涵盖配套企业406户。”")
    assert found["31"].indicator == "认定首批省级链主企业"
