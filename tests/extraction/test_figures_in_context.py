"""Figures: what the sentence around, the section and the document say of them."""

from __future__ import annotations

import pytest

from liantu.extraction import Figure, extract
from liantu.reading import read_document

HEAD = "随州市工业经济观察\n\n2024-10-16 09:30　来源：随州日报\n\n"


def figures(body: str, head: str = HEAD) -> dict[str, Figure]:
    """The figures of a short text by their number."""
    return {f.number: f for f in extract(read_document((head + body).encode(), "样例.txt")).figures}


@pytest.mark.parametrize(
    ("sentence", "number", "value", "unit"),
    [
        ("增速分别高于全国、全省1.3个和0.6个百分点。", "1.3", 1.3, "百分点"),
        ("营商环境考核名次比上年前移十二位。", "十二", 12, "位"),
        ("全市常住人口203.4万，增长0.2%。", "203.4万", 2_034_000, "人"),
        ("其中总投资达18亿的专用车零部件产业园已签约。", "18亿", 1_800_000_000, "元"),
        ("三次产业结构为13.2∶46.5∶40.3。", "46.5", 46.5, "%"),
        ("房地产开发投资下拉全部投资2.1个百分点。", "2.1", -2.1, "百分点"),
        ("香菇出口均价每吨比上年少卖230元。", "230", -230, "元"),
        ("主要零部件只有一家企业能生产。", "一", 1, "家"),
    ],
)
def test_numbers_whose_unit_or_sign_the_words_around_tell(sentence: str, number: str, value: float, unit: str) -> None:
    found = figures(sentence)[number]
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("sentence", "number", "bound"),
    [
        ("本地配套率三成出头。", "三成", ">"),
        ("专用车产量增长四成有余。", "四成", ">"),
    ],
)
def test_vague_words_behind_a_number(sentence: str, number: str, bound: str) -> None:
    assert figures(sentence)[number].bound == bound


@pytest.mark.parametrize(
    ("sentence", "number", "status"),
    [
        ("专汽产业营业收入目标由400亿元调高至460亿元。", "400亿", "target"),
        ("专汽产业营业收入目标由400亿元调高至460亿元。", "460亿", "target"),
        ("若2025年本地采购额增加到7亿元，企业可拿到奖励200万元。", "200万", "plan"),
        ("亩均投资强度达到310万元，迈过省定300万元的门槛。", "300万", "plan"),
        ("去年，该区获得省级奖励资金1500万元。", "1500万", "actual"),
        ("工业投资增长9.1%，比年初预期高出0.8个百分点。", "0.8", "actual"),
        ("全年安排重点工程312项，其中产业类188项。", "312", "plan"),
        ("全年安排重点工程312项，其中产业类188项。", "188", "plan"),
        ("对首次达到标准的，分别奖励100万元、60万元、30万元。", "30万", "plan"),
        ("四季度再推动60个以上项目开工。", "60", "target"),
        ("预计到年末，全市地区生产总值完成1350亿元，固定资产投资完成640亿元。", "640亿", "plan"),
    ],
)
def test_status_from_the_whole_sentence(sentence: str, number: str, status: str) -> None:
    assert figures(sentence)[number].status == status


def test_times_are_dealt_out_to_as_many_numbers() -> None:
    found = figures("一季度、上半年和前三季度，专用车产量增速分别为4.1%、5.3%和6.2%。全市用电量26亿千瓦时。")
    assert [found[n].period for n in ("4.1%", "5.3%", "6.2%")] == [
        "2024-01/2024-03",
        "2024-01/2024-06",
        "2024-01/2024-09",
    ]
    yearly = figures("2021年至2023年，香菇出口额分别为8.1亿元、8.9亿元、9.6亿元。")
    assert [yearly[n].period for n in ("8.1亿", "8.9亿", "9.6亿")] == ["2021", "2022", "2023"]


def test_when_one_thing_happened_does_not_date_the_rest() -> None:
    found = figures("今年前三季度，全市经济向好。一家改装厂4月投产。全市规上工业增加值增长7.7%。")
    assert found["7.7%"].period == "2024-01/2024-09"


def test_a_quarter_in_the_name_of_a_ceremony_is_no_period() -> None:
    found = figures(
        "9月20日，全市三季度重大项目集中开工活动举行，共开工项目43个。",
        "随州集中开工43个项目\n\n2024-09-21　来源：随州日报\n\n",
    )
    assert found["43"].period == "2024-09-20"


def test_a_headline_takes_its_day_from_the_text() -> None:
    head = "随州43个项目集中开工 总投资121亿元\n\n2024-09-21　来源：随州日报\n\n"
    text = extract(
        read_document((head + "9月20日，随州市举行集中开工活动，43个项目开工，总投资121亿元。").encode(), "a.txt")
    )
    first = next(f for f in text.figures if f.number == "43")
    assert first.period == "2024-09-20"


def test_a_report_dates_its_review_by_the_year_gone() -> None:
    head = "随州市2024年政府工作报告\n\n2024-01-20　来源：随州日报\n\n一、过去一年工作回顾\n\n"
    body = "我们顶住压力，全市地区生产总值增长5.8%。\n\n项目建设提速。完成工业投资312亿元。"
    assert {f.period for f in figures(body, head).values()} == {"2023"}


def test_regional_statistics_are_never_a_firms() -> None:
    found = figures("随州市齐星汽车有限公司年产专用车1.2万辆。净增规上工业企业41户，社会消费品零售总额增长6.6%。")
    assert found["41"].subject == found["6.6%"].subject == "随州市"


def test_what_follows_a_list_of_projects_is_said_of_all_of_them() -> None:
    found = figures("本次签约项目6个，包括厉山应急装备产业园项目、淅河专用车底盘项目等，总投资38.6亿元。")
    assert found["38.6亿"].subject == "随州市"


def test_an_institute_has_figures_of_its_own() -> None:
    found = figures("中南专用汽车研究院成立以来孵化企业26家。")
    assert "研究院" in found["26"].subject


def test_the_whole_city_is_the_documents_own_though_others_are_named() -> None:
    found = figures("高铁一小时可达武汉、襄阳、孝感。今年以来，全市新签约项目87个。")
    assert found["87"].subject == "随州市"


def test_a_county_named_once_in_full_goes_by_its_short_name() -> None:
    head = "“车城”的第二条跑道——对话平乡县委书记\n\n2024-05-30\n\n"
    found = figures("河北平乡，号称童车之乡。去年，全县童车企业1100家。", head)
    assert found["1100"].subject == "平乡县"


def test_terms_of_support_in_a_plan_are_planned() -> None:
    head = "随州市专精特新企业培育三年行动方案（2024—2026年）\n\n2024-03-20\n\n一、支持措施\n\n"
    found = figures("设立总规模8亿元的母基金，首期3亿元；对首次认定的，一次性奖励60万元。", head)
    assert {f.status for f in found.values()} == {"plan"}
