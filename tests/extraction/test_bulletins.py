"""What bulletins on months and quarters say of growth, rank, share and time in their own way."""

from __future__ import annotations

import pytest
from tests.extraction.reading_of import figures_in

from liantu.extraction import Figure

HEAD = "益阳市经济运行情况\n\n2023-08-18 09:30　来源：益阳日报\n\n"


def told(body: str, head: str = HEAD) -> dict[str, Figure]:
    return figures_in(head + body)


@pytest.mark.parametrize(
    ("sentence", "number", "period"),
    [
        ("今年前3季度，全市出口竹制品2.6亿元。", "2.6亿", "2023-01/2023-09"),
        ("今年前2季度，全市出口竹制品1.7亿元。", "1.7亿", "2023-01/2023-06"),
        ("1—7月，鲜鱼产量41.3万吨，创近12年新高。黑茶产量8.8万吨。", "8.8万", "2023-01/2023-07"),
        ("1—7月，安化县出口2.4亿元，完成全年出口目标的61.5%，增长9%。", "9%", "2023-01/2023-07"),
        ("到2027年，黑茶精深加工比重由现在的27%提高到45%。", "27%", "2023-08"),
        ("该基地去年6月挂牌，面积4200平方米，已孵化项目26个。", "26", None),
    ],
)
def test_the_time_of_a_figure_beside_times_of_other_things(sentence: str, number: str, period: str | None) -> None:
    assert told(sentence, "益阳市工作动态\n\n2023-08-18　来源：益阳日报\n\n")[number].period == period


def test_numbers_that_only_a_list_comma_parts_are_of_one_time() -> None:
    found = told("2022年三次产业结构由上年的16.2%、41.5%和42.3%调整为15.8%、42.1%和42.1%。")
    assert [found[n].period for n in ("16.2%", "41.5%", "42.3%", "15.8%")] == ["2021", "2021", "2021", "2022"]
    assert [found[n].indicator for n in ("16.2%", "41.5%", "42.3%")] == [f"第{n}产业占比" for n in "一二三"]


def test_what_growth_is_compared_with_neither_dates_nor_names_it() -> None:
    found = told("上半年，全市规上工业增加值增长6.4%，增速较一季度和1—5月分别提高2.3和0.7个百分点。")
    assert {found[n].period for n in ("2.3", "0.7")} == {"2023-01/2023-06"}
    assert {found[n].indicator for n in ("2.3", "0.7")} == {"规上工业增加值提高"}


def test_projects_under_way_are_counted_at_the_end_of_the_months_and_planned_ones_for_the_year() -> None:
    head = "益阳市1—7月重点项目调度通报\n\n2023-08-18\n\n"
    found = told("全市在建亿元以上项目142个，完成投资96亿元。\n全市安排重点项目310个。", head)
    assert (found["142"].period, found["310"].period) == ("2023-01/2023-07", "2023")


@pytest.mark.parametrize(
    ("sentence", "number", "kind", "value"),
    [
        ("全市技改投资月月保持18%以上的增长势头。", "18%", "change", 18),
        ("近五年黑茶产值以11%的速度递增。", "11%", "change", 11),
        ("竹木制品出口以26.8%的增幅居全省第4位。", "26.8%", "change", 26.8),
        ("船舶制造业和竹加工业增幅最大，分别为21.5%和19.6%。", "21.5%", "change", 21.5),
        ("采矿业增加值下降4.5%，降幅较一季度收窄6.3个百分点。", "6.3", "change", 6.3),
        ("采矿业下降5.1%，下拉规上工业0.9个百分点。", "0.9", "change", -0.9),
    ],
)
def test_growth_however_it_is_put(sentence: str, number: str, kind: str, value: float) -> None:
    found = told(sentence)[number]
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize(
    ("sentence", "number", "indicator"),
    [
        ("食品工业增加值增长9.2%，对规上工业的贡献率为24.1%。", "24.1%", "食品工业增加值对规上工业的贡献率"),
        ("食品工业增加值增长9.2%，拉动规上工业增长1.6个百分点。", "1.6", "食品工业增加值拉动规上工业增长"),
        ("从资金到位情况看，完成28.6亿元。", "28.6亿", "资金到位完成"),
        ("全市外贸增长6%，总量排位第5。", "第5", "外贸总量排名"),
        ("食品和纺织服装制造业增势良好，分别增长8.1%和5.4%。", "8.1%", "食品制造业增势良好增长"),
        ("电子信息、先进材料、装备制造产业增加值分别增长9.6%、7.5%、6.2%。", "9.6%", "电子信息产业增加值增长"),
    ],
)
def test_what_is_measured_where_the_clause_leaves_it_to_others(sentence: str, number: str, indicator: str) -> None:
    assert told(sentence)[number].indicator == indicator


def test_a_month_apart_is_of_what_the_sentence_before_measured() -> None:
    found = told("上半年，全市规上工业增加值增长6.4%。从月度增速看，6月份增长7.7%。")
    assert (found["7.7%"].indicator, found["7.7%"].period) == ("规上工业增加值增长", "2023-06")


def test_money_that_grew_has_been_counted_and_what_a_plan_wants_has_not() -> None:
    found = told("更新改造投资63亿元，完成全年目标的52%。\n该园计划通过6年的努力，在园区聚集90户以上的企业。")
    assert (found["63亿"].status, found["90"].status) == ("actual", "plan")


def test_going_beyond_a_goal_is_done() -> None:
    found = told("规上工业增加值增长9.1%，高于市政府下达目标1.6个百分点。")
    assert (found["1.6"].kind, found["1.6"].status) == ("change", "actual")


def test_doubling_half_is_a_slogan() -> None:
    assert not told("全市主要指标实现时间任务“双过半”。")


def test_a_heading_that_ranks_within_the_province_does_not_change_whose_the_figures_are() -> None:
    found = told("# 技改投资增速全省第三\n\n其中工业投资83亿元，增长12.4%。", HEAD)
    assert found["83亿"].subject == "益阳市"


def test_a_county_by_its_short_name_heads_a_zone() -> None:
    found = told("1—3月，蒙城经济开发区实现产值17亿元。", "园区动态\n\n2023-04-12\n\n")
    assert found["17亿"].subject == "蒙城经济开发区"


def test_where_a_region_went_in_a_title_is_not_what_the_text_is_about() -> None:
    text = "桃江县在深圳招商引资46亿元\n\n2023-03-21　来源：湘中在线\n\n3月20日，桃江县招商推介会在深圳举行。项目9个，投资46亿元。"
    assert {f.subject for f in figures_in(text).values()} == {"桃江县"}


@pytest.mark.parametrize(
    ("sentence", "number", "indicator", "period"),
    [
        ("1—7月，全市财政收入46亿元，占年初预算数81亿元的56.8%，增长4%。", "56.8%", "财政收入完成目标比例", "2023-01/2023-07"),
        ("1—7月，全市财政收入46亿元，占年初预算数81亿元的56.8%，增长4%。", "4%", "财政收入增长", "2023-01/2023-07"),
        ("1—7月，完成税收21亿元，为市下三季度目标30亿元的70%。", "70%", "税收完成目标比例", "2023-01/2023-07"),
        ("1—7月，完成投资61亿元，已完成当年计划投资的63.1%。", "63.1%", "", "2023-01/2023-07"),
        ("1—7月，完成投资61亿元，超序时进度4.8个百分点。", "4.8", "投资比序时进度", "2023-01/2023-07"),
        ("上半年贷款余额820亿元，环比、同比分别提高1.8个百分点、3.4个百分点。", "3.4", "贷款余额提高", "2023-01/2023-06"),
        ("涉农贷款增速明显加快，6月末余额213亿元。", "213亿", "涉农贷款余额", "2023-06"),
        ("竹木加工业表现亮眼，当月增加值增长17.2%。", "17.2%", "竹木加工业当月增加值增长", None),
    ],
)  # fmt: skip
def test_budgets_and_banks(sentence: str, number: str, indicator: str, period: str | None) -> None:
    found = told(sentence)[number]
    assert found.indicator.removeprefix("完成").endswith(indicator) and found.period == (period or found.period)


def test_of_what_size_those_counted_are_is_no_figure() -> None:
    found = told("签约项目26个，其中30亿元项目4个。年产300吨以上茶叶企业9家。")
    assert {n: f.unit for n, f in found.items()} == {"26": "个", "4": "个", "9": "家"}


def test_households_are_counted_without_a_counter() -> None:
    found = told("全市6.2万农户种茶，带动340多茶农增收。")
    assert {n: (f.value, f.unit, f.bound) for n, f in found.items()} == {
        "6.2万": (62000, "户", "="),
        "340多": (340, "户", ">"),
    }


@pytest.mark.parametrize(
    ("sentence", "number", "status"),
    [
        ("园区通过滴灌系统将优质果率提升至83%。", "83%", "actual"),
        ("乡里争取320万元乡村振兴专项资金。", "320万", "actual"),
        ("园区产值将达到60亿元。", "60亿", "target"),
    ],
)
def test_what_is_disposed_of_or_won_is_done(sentence: str, number: str, status: str) -> None:
    assert told(sentence)[number].status == status


def test_the_goals_of_a_plan_are_not_done() -> None:
    head = "益阳市制造强市三年行动计划（2023—2025年）\n\n益阳市人民政府 2023年10月24日\n\n一、总体要求\n"
    found = told("到2025年，建成制造强市。\n高技术产业增加值占规上工业比重超过21%。", head)
    assert (found["21%"].status, found["21%"].period) == ("target", "2025")


def test_a_paper_tells_its_city_however_ordinary_the_name_is_as_a_word() -> None:
    text = "全市重点项目集中开工\n\n2021年12月2日 安康新闻网\n\n我市集中开工项目64个，总投资51亿元。"
    assert {f.subject for f in figures_in(text).values()} == {"安康市"}


def test_a_park_takes_in_the_works_of_others() -> None:
    found = told("湘北建材产业园项目总投资13亿元，共引进16个建材项目。")
    assert found["16"].subject == found["13亿"].subject == "湘北建材产业园项目"


def test_what_closes_a_row_of_reasons_is_of_the_whole_again() -> None:
    text = "小河镇有三条经验：首先是科技，良种覆盖率达97%。其次是加工，兴农合作社年加工4万吨。最后是政策，争取资金260万元。"
    found = figures_in("桃江县小河镇产业兴旺\n\n2023-07-11\n\n" + text)
    assert found["4万"].subject == "兴农合作社" and found["260万"].subject == "小河镇"


@pytest.mark.parametrize(
    ("sentence", "number", "indicator"),
    [
        ("66个新开工项目已有28个开工建设，开工率42.4%，完成投资43亿元。", "28", "新开工项目开工建设"),
        ("66个新开工项目已有28个开工建设，开工率42.4%，完成投资43亿元。", "43亿", "新开工项目完成投资"),
        ("已开工项目21个，完成投资27.9亿元，占年度计划的72.5%。", "72.5%", "开工项目完成投资完成目标比例"),
        ("生产总值增长6.4%，增速高于湖南全省平均水平1.3个百分点。", "1.3", "生产总值高于湖南全省平均水平"),
        ("实际使用外资4.1亿美元，总量在益阳各区县中居第4。", "第4", "实际使用外资总量益阳各区县排名"),
        ("固定资产投资增速居六县市第二。", "第二", "固定资产投资增速六县市排名"),
        ("2011年黑茶种植面积9万亩。如今，这个数字是17万亩。", "17万", "黑茶种植面积"),
        ("今年稻米产量在去年的基础上提升了12%。", "12%", "稻米产量提升"),
    ],
)
def test_what_is_told_of_once_and_measured_again(sentence: str, number: str, indicator: str) -> None:
    assert told(sentence)[number].indicator == indicator


@pytest.mark.parametrize(
    ("sentence", "number", "period"),
    [
        ("1月份至7月份新设企业增长21%。", "21%", "2023-01/2023-07"),
        ("从2019年至2022年，全市累计融资23亿元。", "23亿", "2019/2022"),
        ("稻米产量在去年的基础上提升了12%。加工产值达到6亿元。", "6亿", None),
        ("7月28日上午，益南高速通车，2022年全市新增公路46公里。", "46", "2022"),
    ],
)
def test_stretches_and_bases(sentence: str, number: str, period: str | None) -> None:
    assert told(sentence, "益阳市工作动态\n\n2023-08-18　来源：益阳日报\n\n")[number].period == period


def test_the_news_of_a_signing_is_not_of_the_half_year_it_tells_of_by_the_way() -> None:
    text = (
        "桃江县签下建材项目\n\n2023-08-26　来源：益阳日报\n\n8月23日，桃江县举行绿色建材项目签约仪式。\n"
        "绿色建材项目位于桃江县，总投资17亿元。\n上半年，桃江县主要指标增速居前。"
    )
    assert figures_in(text)["17亿"].period != "2023-01/2023-06"


def test_what_the_country_counts_is_the_countrys() -> None:
    found = told("上半年，全国339个城市优良天数比例为81%；益阳市优良天数比例为84%；长三角41个城市平均比例为79%。")
    assert {n: f.subject for n, f in found.items()} == {
        "339": "全国",
        "81%": "全国",
        "84%": "益阳市",
        "41": "长三角",
        "79%": "长三角",
    }


def test_numbers_in_brackets_are_of_the_words_they_are_put_to() -> None:
    found = told("到位资金排名靠前的产业链为：新材料（117亿元）、食品加工（65亿元）、文化旅游（33亿元）。")
    assert [found[n].indicator[:4] for n in ("117亿", "65亿", "33亿")] == ["新材料资", "食品加工", "文化旅游"]
    found = told("小巨人企业数量靠前的是：长沙（214家）、株洲（87家）。")
    assert {n: f.subject for n, f in found.items()} == {"214": "长沙市", "87": "株洲市"}


def test_parts_of_a_plan_are_of_what_was_told_in_turn() -> None:
    found = told("上半年，新增就业1.1万人，困难人员再就业2006人，分别完成年计划的76.5%和80.2%。")
    assert found["76.5%"].indicator == "新增就业完成目标比例"
    assert found["80.2%"].indicator == "困难人员再就业完成目标比例"
    found = told("城镇登记失业率3.1%，低于市计划0.7个百分点。全市共支出岗位补贴2806万元，减免税费291万元。")
    assert {found[n].status for n in ("0.7", "2806万", "291万")} == {"actual"}


def test_a_citys_paper_may_tell_of_the_province() -> None:
    text = (
        "1至9月全省签约项目3100个\n\n2024-10-21　来源：兰州日报\n\n"
        "记者从甘肃省政府新闻办获悉，1至9月，全省签约项目3100个。共实施项目4200个，到位资金6100亿元。"
    )
    assert {f.subject for f in figures_in(text).values()} == {"甘肃省"}


@pytest.mark.parametrize(
    ("sentence", "number", "indicator"),
    [
        ("竹木制品出口以26.8%的增幅居全省第4位。", "26.8%", "竹木制品出口增幅"),
        ("全市工业用气量保持9%以上的增速。", "9%", "工业用气量增速"),
        ("前5个月完成技改投资7.3亿元，以41.2%的增速领跑全市。", "41.2%", "完成技改投资增速"),
        ("全县新开工项目27个，总投资86亿元，同比增长19.4%。", "19.4%", "新开工项目总投资增长"),
    ],
)
def test_growth_is_that_of_what_is_told_before_it(sentence: str, number: str, indicator: str) -> None:
    assert told(sentence)[number].indicator == indicator


def test_money_past_a_mark_needs_no_unit() -> None:
    found = told("岳阳、衡阳地区生产总值分别突破1.3万亿和4200亿大关，存款余额跨过2.1万亿。")
    assert {n: (f.value, f.unit, f.bound) for n, f in found.items()} == {
        "1.3万亿": (1.3e12, "元", ">"),
        "4200亿": (4.2e11, "元", ">"),
        "2.1万亿": (2.1e12, "元", ">"),
    }


def test_parts_in_a_paragraph_of_their_own_are_of_the_day_told_above() -> None:
    found = told("截至2023年6月底，全市实有企业4.6万户。\n其中，外资企业310户。")
    assert found["310"].period == "../2023-06"
