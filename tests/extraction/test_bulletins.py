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
