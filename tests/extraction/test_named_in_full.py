"""Figures: what is measured where the words beside a number leave it to the words before, and whether it is planned."""

from __future__ import annotations

import pytest
from tests.extraction.reading_of import figures_in

from liantu.extraction import Figure, extract
from liantu.reading import read_document

HEAD = "娄底市经济观察\n\n2024-10-16 09:30　来源：娄底日报\n\n"


def figures(body: str, head: str = HEAD) -> dict[str, Figure]:
    """The figures of a short text by their number."""
    return figures_in(head + body)


@pytest.mark.parametrize(
    ("sentence", "number", "holds"),
    [
        ("全市完成GDP908.1亿元，完成全年计划目标的45.4%，增长7.7%。", "908.1亿", "GDP"),
        ("全市完成GDP908.1亿元，完成全年计划目标的45.4%，增长7.7%。", "7.7%", "GDP增长"),
        ("一般预算收入40.7亿元，完成全年预算的60.7%，增长3.2%。", "60.7%", "一般预算收入"),
        ("一般预算收入40.7亿元，完成全年预算的60.7%，增长3.2%。", "3.2%", "收入增长"),
        ("生产总值增长4.7%，超过全市增速0.4个百分点。", "0.4", "生产总值超过全市增速"),
        ("规上工业增加值增长6.5%，高于工业平均增速3.7个百分点。", "3.7", "增加值高于工业平均增速"),
        ("拥有2名院士、46名享受特殊津贴的专家。", "46", "特殊津贴的专家"),
        ("达产后可实现年产再制造车辆9万台车。", "9万", "再制造车辆"),
        ("建设4GW和18GW电池项目。", "4", "电池项目"),
        ("新材料项目88个、投资额284亿元，同比增长38.5%、59.6%。", "38.5%", "新材料项目增长"),
        ("新材料项目88个、投资额284亿元，同比增长38.5%、59.6%。", "59.6%", "投资额增长"),
        ("本次开工项目132个，总投资587.7亿元，相比第一批项目，分别增长41.2%和56.1%。", "56.1%", "总投资增长"),
        ("接待游客26.6万人次，门票收入371万元，两项数据较之2023年分别增长15.8%和14.6%。", "14.6%", "门票收入增长"),
        ("接待游客24.9万人次，与前一年及2019年相比，增长率分别为11.2%和22.6%。", "11.2%", "游客增长率"),
        ("接待游客48.2万人次，与2019年同日相比更是增长了55.1%。", "55.1%", "游客增长"),
        ("20亿元以上项目10个。涟源市1个，为光伏项目。", "1", "20亿元以上项目"),
        ("技改项目138个，计划总投资573.7亿元，累计完成投资194.2亿元。", "194.2亿", "完成投资"),
    ],
)
def test_what_a_number_measures(sentence: str, number: str, holds: str) -> None:
    assert holds in figures(sentence)[number].indicator


def test_completed_investment_is_no_part_of_the_plan_before_it() -> None:
    found = figures("技改项目138个，计划总投资573.7亿元，累计完成投资194.2亿元。")["194.2亿"]
    assert "计划" not in found.indicator and found.status == "actual"


@pytest.mark.parametrize(
    ("sentence", "number", "value"),
    [
        ("新能源产业规模突破千亿。", "千亿", 100_000_000_000),
        ("全年营收有望突破千亿大关。", "千亿", 100_000_000_000),
        ("第一季度开工数占全年计划的1/4。", "1/4", 25),
        ("订单量较去年翻了将近一番。", "一", 1),
    ],
)
def test_round_sums_and_slashed_fractions(sentence: str, number: str, value: float) -> None:
    assert figures(sentence)[number].value == value


@pytest.mark.parametrize("sentence", ["培育一批千亿产业。", "11/12月出货平稳。", "打造百亿级园区。"])
def test_classes_of_size_and_dates_are_no_sums(sentence: str) -> None:
    assert not figures(sentence)


@pytest.mark.parametrize(
    ("sentence", "number", "status"),
    [
        ("今年计划开工公路30条，建设里程219公里。", "219", "plan"),
        ("今年计划建成6条公路，通畅率达到96.4%。", "96.4%", "plan"),
        ("今年计划开工公路30条，目前已开工12条。", "12", "actual"),
        ("加强对上衔接，全年争取到位补助资金9.6亿元，其中国债资金1.6亿元。", "9.6亿", "actual"),
        ("加强对上衔接，全年争取到位补助资金9.6亿元，其中国债资金1.6亿元。", "1.6亿", "actual"),
        ("对种粮农民直接补贴2.7亿元，增长8%。", "2.7亿", "actual"),
        ("对首次入规企业，给予补助10万元。", "10万", "plan"),
        ("园区升级后定名为娄底开发区，全省国家级开发区增至18家。", "18", "actual"),
        ("推介会集中签约62.8亿元。", "62.8亿", "plan"),
        ("力争到2026年产值达到90亿元。", "90亿", "target"),
    ],
)
def test_what_is_planned_and_what_is_done(sentence: str, number: str, status: str) -> None:
    assert figures(sentence)[number].status == status


@pytest.mark.parametrize(
    ("sentence", "number", "period"),
    [
        ("产业规模63.5亿元，特别是今年以来加速发展，1—8月就达到41.3亿元。", "41.3亿", "2024-01/2024-08"),
        ("今年第三批项目开工活动9日在娄底举行，现场开工项目32个。", "32", "2024-10-09"),
        ("今年第三批项目开工活动28日在娄底举行，现场开工项目32个。", "32", "2024-09-28"),
        ("接待游客26.6万人次，较之2021年增长15.8%。", "15.8%", None),
    ],
)
def test_when(sentence: str, number: str, period: str | None) -> None:
    assert figures(sentence)[number].period == period


def test_a_report_is_headed_with_the_day_it_was_spoken() -> None:
    text = (
        "双峰县人民政府工作报告（2024年1月9日）\n2024年1月9日在双峰县第十八届人民代表大会第三次会议上\n各位代表：\n"
        "现在，我代表县人民政府向大会作工作报告，请予审议。\n2023年工作回顾\n12月7日，新水厂投用，供水3万吨。"
    )
    document = read_document(text.encode(), "报告.txt")
    assert document.title is not None and document.title.startswith("双峰县人民政府工作报告")
    assert str(document.published) == "2024-01-09"
    assert [f.period for f in extract(document).figures] == ["2023-12-07"]


def test_where_money_comes_from_is_not_whose_the_projects_are() -> None:
    found = figures("签约项目50个。从投资来源看，广东省项目17个，占比34%。")
    assert (found["17"].subject, found["34%"].subject) == ("娄底市", "娄底市")


def test_counted_roads_are_no_work() -> None:
    found = extract(read_document((HEAD + "续建43条高速公路，县县通高速公路率达到96%。").encode(), "样例.txt"))
    assert not found.projects and {f.subject for f in found.figures} == {"娄底市"}


@pytest.mark.parametrize(
    ("sentence", "number", "holds"),
    [
        ("涟源鼎元新材10亿平方米电池隔膜项目开工。", "10亿", "电池隔膜"),
        ("可生产2.5MW、5MW碱水电解槽和3MW、6MW质子膜电解槽。", "6", "质子膜电解槽"),
        ("可生产2.5MW、5MW碱水电解槽和3MW、6MW质子膜电解槽。", "2.5", "碱水电解槽"),
    ],
)
def test_what_numbers_within_names_and_rows_measure(sentence: str, number: str, holds: str) -> None:
    assert holds in figures(sentence)[number].indicator


@pytest.mark.parametrize(
    ("sentence", "number", "period"),
    [
        ("1—6月，整车产量8万辆，新能源汽车占比由上年同期的24.1%提升到35.6%。", "24.1%", "2023-01/2023-06"),
        ("1—6月，整车产量8万辆，新能源汽车占比由上年同期的24.1%提升到35.6%。", "35.6%", "2024-01/2024-06"),
        ("1—6月，班列开行96列，是去年同期的1.6倍。", "1.6", "2024-01/2024-06"),
        ("今年产值目标由年初的150亿元上调为180亿元。", "150亿", "2024"),
    ],
)
def test_the_other_side_of_a_comparison_is_dated_as_it_says(sentence: str, number: str, period: str) -> None:
    assert figures(sentence)[number].period == period


def test_a_ratio_has_one_time() -> None:
    found = figures("2023年，三次产业结构由上年的12.2∶53.5∶34.3调整为12.1∶54.4∶33.5。")
    assert {found[n].period for n in ("12.2", "53.5", "34.3")} == {"2022"}
    assert {found[n].period for n in ("12.1", "54.4", "33.5")} == {"2023"}


def test_the_state_at_the_end_of_a_stretch_dates_its_own_part() -> None:
    head = "娄底市上半年经济运行情况\n\n2024-07-16 09:30　来源：娄底市统计局\n\n"
    found = figures("上半年，生猪出栏62万头；6月末肉牛存栏31万头；禽蛋产量4.7万吨。", head)
    assert (found["31万"].period, found["4.7万"].period) == ("2024-06", "2024-01/2024-06")


@pytest.mark.parametrize(
    ("sentence", "number", "status"),
    [
        ("鼎和新材项目一期今年8月投产，年产能1.8万吨。", "1.8万", "actual"),
        ("到2026年，园区从业人员突破1万人。", "1万", "target"),
        ("预计2025年并网容量达到130万千瓦，今年1—8月出口额1.3亿元。", "1.3亿", "actual"),
    ],
)
def test_what_runs_already_and_what_was_told_of_a_time_gone_by_is_done(sentence: str, number: str, status: str) -> None:
    assert figures(sentence)[number].status == status


def test_a_step_due_by_a_month_is_not_taken() -> None:
    text = "鼎和冷链食品加工项目总投资2亿元，车间主体封顶，力争5月底前完成验收，6月底前冷链车间完成设备安装调试并投产。"
    found = extract(read_document((HEAD + text).encode(), "样例.txt"))
    assert [p.stage for p in found.projects] == ["building"]


def test_a_count_of_works_ends_where_their_money_begins() -> None:
    found = figures("一季度，全市80个重点项目完成投资108亿元；19宗农业项目总投资20亿元。")
    assert (found["80"].indicator, found["108亿"].indicator) == ("重点项目", "重点项目完成投资")
    assert (found["19"].indicator, found["19"].subject) == ("农业项目", "娄底市")


def test_works_of_a_class_are_counted_not_priced() -> None:
    found = figures("今年以来，娄底市落地5个亿元项目，年产值达到2个亿元。")
    assert (found["5"].unit, found["5"].value) == ("个", 5)
    assert any(f.value == 2e8 for f in found.values())


def test_points_in_characters_are_points() -> None:
    found = figures("规上工业增加值增长8.2%，比全省高两个百分点，研发投入占比提高三个百分点。")
    assert (found["两"].unit, found["两"].value) == ("百分点", 2)
    assert found["三"].indicator == "研发投入占比提高"
