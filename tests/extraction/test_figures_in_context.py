"""Figures: what the sentence around, the section and the document say of them."""

from __future__ import annotations

import pytest
from tests.extraction.reading_of import figures_in

from liantu.extraction import Figure, extract
from liantu.reading import read_document

HEAD = "随州市工业经济观察\n\n2024-10-16 09:30　来源：随州日报\n\n"


def figures(body: str, head: str = HEAD) -> dict[str, Figure]:
    """The figures of a short text by their number."""
    return figures_in(head + body)


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


@pytest.mark.parametrize(
    ("sentence", "number", "words"),
    [
        ("专用车产量由2020年的9.1万辆增加到2023年的12.4万辆。", "12.4万", "专用车产量"),
        ("城镇新增就业2.4万人，完成全年目标的81.3%。", "81.3%", "就业"),
        ("香菇产量6.2万吨，占全省的65%、全国的二成。", "二成", "占全国"),
        ("香菇出口企业受海运费上涨影响，利润2.1亿元。", "2.1亿", "香菇出口企业利润"),
        ("研发投入4.6亿元，占营业收入的5.9%。", "5.9%", "研发投入"),
        ("专用车企业158家，其中规上114家。", "114", "企业"),
        ("地区生产总值增长5.8%，在汉江流域城市中位列第二。", "第二", "生产总值"),
        ("对新建加氢站按设备投资的三成补助，最高200万元。", "200万", "补助"),
        ("在建项目9个，进度较快的有4个。", "4", "进度较快的"),
        ("省内配套率11.5%，但距离年度15%的目标仍有差距。", "15%", "配套率"),
    ],
)
def test_indicators_that_only_earlier_words_name(sentence: str, number: str, words: str) -> None:
    assert words in figures(sentence)[number].indicator


def test_numbers_dealt_out_to_firms() -> None:
    found = figures("随州市齐星汽车有限公司、随州市程力汽车有限公司分别签订协议，供货额依次为1.6亿元、2.3亿元。")
    assert "齐星" in found["1.6亿"].subject and "程力" in found["2.3亿"].subject


def test_the_former_and_the_latter() -> None:
    text = "广水风机产业园项目、淅河底盘产业园项目同日开工，前者投资6.4亿元，后者投资2.9亿元。"
    found = figures(text)
    assert "风机" in found["6.4亿"].subject and "底盘" in found["2.9亿"].subject


def test_a_goals_table_flattened_to_text() -> None:
    table = (
        "“十四五”时期，全市经济社会发展的主要指标共有四项，既有预期性的，也有约束性的，要一并抓好落实，确保到期完成。\n\n"
        "专栏1　主要指标\n序号　指标名称　2020年　2025年　年均增速　属性\n经济发展\n"
        "1　地区生产总值（亿元）　1096.7　1600以上　7%左右　预期性\n2　常住人口城镇化率（%）　59.5　63　—　预期性\n"
        "绿色生态\n3　森林覆盖率（%）　50.1　51　—　约束性\n4　耕地保有量（万亩）　370.2　370　—　约束性\n"
    )
    found = figures(table, "随州市国民经济和社会发展第十四个五年规划纲要\n\n2021-05-20　来源：随州日报\n\n")
    assert (found["1600"].bound, found["1600"].period, found["1600"].status) == (">=", "2025", "target")
    assert (found["1096.7"].period, found["1096.7"].status) == ("2020", "actual")
    assert found["51"].indicator.startswith("森林覆盖率") and found["51"].period == "2025"


def test_a_heading_that_opens_its_paragraph_says_whose_figures_follow() -> None:
    found = figures("（二）随县香菇专业镇。2023年，专业镇产值68.3亿元，食用菌产量8.2万吨。新认定标准化基地20家。")
    assert all("随县" in found[n].subject for n in ("68.3亿", "8.2万", "20"))


def test_places_where_offices_are_set_up_have_no_say() -> None:
    found = figures("今年以来，在深圳、上海、苏州等地设立招商驻点6个，引进项目12个。")
    assert {f.subject for f in found.values()} == {"随州市"}


def test_a_work_to_be_started_owns_its_size() -> None:
    found = figures("支持湖北齐星汽车有限公司扩产；10月底前启动建设曾都应急中试基地，规划面积3.2万平方米。")
    assert "中试基地" in found["3.2万"].subject


def test_what_already_works_within_a_plan_is_done() -> None:
    found = figures("全市规划绿氢产能94.5万吨，项目49个；其中建成12个。")
    assert (found["94.5万"].status, found["12"].status) == ("plan", "actual")
    found = figures("随州市晟远绿氨有限公司总投资40亿元的绿氨项目，一期32万吨今年7月投产。")
    assert found["32万"].status == "actual"


def test_the_name_of_a_document_names_no_subject() -> None:
    found = figures(
        "根据《随县香菇专业镇建设方案》，到2027年，全市香菇产值达到500亿元。",
    )
    assert found["500亿"].subject == "随州市"


def test_sorts_of_planned_projects_are_planned_too() -> None:
    found = figures("2024年，全市共安排重点项目42个。其中：续建项目19个，新建项目15个，前期项目8个。")
    assert {found[n].status for n in ("42", "19", "15", "8")} == {"plan"}


def test_the_value_of_last_years_period_is_of_last_year() -> None:
    found = figures("前三季度，专用车产值增长3.7%，而去年同期的增速是5.9%。")
    assert found["5.9%"].period is not None and found["5.9%"].period.startswith("2023")


def test_a_numbered_lead_of_plain_words_is_a_project_where_its_client_and_cost_follow() -> None:
    found = figures("3.标准厂房三期。建设单位：随州市经开建设投资有限公司。总建筑面积11.4万平方米，总投资4.7亿元。")
    assert found["11.4万"].subject == found["4.7亿"].subject == "标准厂房三期"


def test_the_specialty_town_last_named_is_meant_by_its_class_alone() -> None:
    text = "齐星集团是广水风机专业镇的龙头企业。放眼整个专业镇，配套企业已有186户，从业人员4.3万人。"
    found = figures(text)
    assert "专业镇" in found["186"].subject and "专业镇" in found["4.3万"].subject


def test_a_preposition_is_no_part_of_a_township() -> None:
    text = "湖北蒙犇食品有限公司，在胡兰镇投资3.6亿元建设肉牛精深加工项目，日屠宰能力400头。"
    assert all("在" not in f.subject for f in figures(text).values())


def test_an_effort_holds_for_all_that_it_names() -> None:
    found = figures(
        "“十四五”期间，随州市将推动专业镇培育工作，力争省级专业镇达到2个，市级专业镇10个，不断积蓄高质量发展后劲。"
    )
    assert {found["2"].status, found["10"].status} == {"target"}
