"""Figures of tables: what columns, rows and captions say of a cell, whatever became of the table in a copy."""

from tests.extraction.reading_of import figures_in

from liantu.extraction import Figure

HEAD = "2024年4月亳州市经济运行简报\n来源：亳州市统计局　2024-05-16\n\n"
LEAD = (
    "1—4月，全市经济运行平稳，主要行业产销两旺，现将有关数据公布如下，供各单位在工作中参考使用，引用时请注明出处。\n\n"
)


def figures(table: str, head: str = HEAD) -> dict[str, Figure]:
    return figures_in(f"{head}{LEAD}{table}\n", "简报.txt")


def stacked(*cells: str) -> str:
    return "\n".join(cells)


def test_this_month_and_the_months_so_far() -> None:
    cells = figures(
        stacked(
            "指标",
            "单位",
            "本月",
            "累计",
            "同比±%",
            "白酒产量",
            "千升",
            "1860",
            "7420.5",
            "-3.1",
            "中药饮片产值",
            "亿元",
            "6.2",
            "25.44",
            "9.8",
        )
    )
    assert (cells["1860"].period, cells["7420.5"].period) == ("2024-04", "2024-01/2024-04")
    assert (cells["25.44"].value, cells["25.44"].unit, cells["25.44"].indicator) == (
        2_544_000_000,
        "元",
        "中药饮片产值",
    )
    assert (cells["-3.1"].kind, cells["-3.1"].unit, cells["-3.1"].value) == ("change", "%", -3.1)
    assert cells["-3.1"].indicator.startswith("白酒产量") and cells["-3.1"].period == "2024-01/2024-04"


def test_rows_of_places_take_the_name_of_the_column_or_of_the_table() -> None:
    cells = figures(
        stacked("表1 各县区规模以上工业增加值增速", "县区", "4月", "1-4月", "位次", "谯城区", "8.8", "9.1", "2", "蒙城县", "7.7", "8.4", "第3")
    )  # fmt: skip
    assert {f.subject for f in cells.values() if f.indicator.startswith("规模以上工业增加值")} == {"谯城区", "蒙城县"}
    assert (cells["9.1"].kind, cells["9.1"].unit, cells["8.8"].period) == ("change", "%", "2024-04")
    assert (cells["第3"].kind, cells["第3"].unit, cells["第3"].value) == ("rank", "位", 3)


def test_growth_and_rank_are_of_the_column_before_them() -> None:
    cells = figures(
        "县区\t税收（万元）\t增速（%）\t位次\t到位资金（亿元）\t增速（%）\n涡阳县\t8123\t6.5\t2\t31.4\t11.2\n利辛县\t7056\t-1.8\t3\t28.7\t4.6"
    )
    assert cells["6.5"].indicator == "税收增速" and cells["11.2"].indicator == "到位资金增速"
    assert cells["2"].indicator == "税收增速位次"


def test_the_row_of_all_together_is_of_the_region() -> None:
    cells = figures(
        stacked(
            "序号",
            "县区",
            "签约项目（个）",
            "签约金额（亿元）",
            "1",
            "涡阳县",
            "12",
            "61.5",
            "2",
            "利辛县",
            "9",
            "48.2",
            "合计",
            "21",
            "109.7",
        )
    )
    assert (cells["109.7"].subject, cells["109.7"].indicator) == ("亳州市", "签约金额")
    assert cells["61.5"].subject == "涡阳县"


def test_firms_are_the_subject_though_a_place_is_in_their_name() -> None:
    cells = figures("企业名称\t产值（万元）\t职工人数\n亳州谷水轴承厂\t5623.5\t310人\n涡阳老井酒厂\t4871\t228人")
    assert (cells["5623.5"].subject, cells["5623.5"].subject_kind) == ("亳州谷水轴承厂", "enterprise")
    assert (cells["228"].value, cells["228"].unit, cells["228"].indicator) == (228, "人", "职工人数")


def test_two_halves_side_by_side() -> None:
    cells = figures(
        "指标　　单位　　1-4月　　增长%　　指标　　单位　　1-4月　　增长%\n"
        "工业用电量　　亿千瓦时　　9.14　　10.3　　进出口总额　　亿元　　21.7　　15.4\n"
        "货运量　　万吨　　812　　5.9　　财政收入　　亿元　　11.86　　7.0"
    )
    assert cells["21.7"].indicator == "进出口总额" and cells["21.7"].value == 2_170_000_000
    assert cells["7.0"].indicator.startswith("财政收入") and cells["7.0"].kind == "change"


def test_a_unit_in_the_cell_and_one_of_the_row_above() -> None:
    cells = figures(
        "| 指标 | 1-4月累计 | 累计增减 |\n|---|---|---|\n| 生产总值（亿元） | 512.6 | 5.5% |\n| 第一产业 | 61.8 | 4.1% |\n| 亏损面（%） | 32.86 | 1.7个百分点 |"
    )
    assert (cells["61.8"].value, cells["61.8"].unit) == (6_180_000_000, "元")
    assert (cells["1.7"].unit, cells["1.7"].kind) == ("百分点", "change")
    assert cells["32.86"].kind == "share"


def test_what_is_measured_in_money_and_told_in_percent_is_growth() -> None:
    cells = figures("指标　　单位　　1-4月\n固定资产投资　　%　　6.9\n产销率　　%　　96.4\n居民用电占比　　%　　21.5")
    assert {n: cells[n].kind for n in ("6.9", "96.4", "21.5")} == {"6.9": "change", "96.4": "share", "21.5": "share"}


def test_a_second_header_below_the_first_rows() -> None:
    cells = figures("地区\t产值（亿元）\n谯城区\t61.3\n蒙城县\t40.8\n产品\t产量（万吨）\n面粉\t33.7\n饲料\t12.9")
    assert (cells["33.7"].unit, cells["33.7"].value) == ("吨", 337_000) and cells["40.8"].unit == "元"


def test_an_order_is_no_figure() -> None:
    cells = figures("| 序号 | 乡镇 | 产值（万元） |\n|---|---|---|\n| 1 | 高公镇 | 860 |\n| 2 | 龙山镇 | 745 |")
    assert set(cells) >= {"860", "745"} and not {"1", "2"} & set(cells)


def test_a_month_above_two_columns_dates_both() -> None:
    cells = figures(
        "各县区税收　　单位：万元\n　　　　　　　　本月　　　　　　　累计\n县区　　税收　　增幅%　　税收　　增幅%\n"
        "谯城区　　6120　　5.1　　58340　　9.2\n涡阳县　　3380　　-2.9　　31075　　6.6"
    )
    assert (cells["6120"].period, cells["5.1"].period) == ("2024-04", "2024-04")
    assert (cells["31075"].period, cells["6.6"].period) == ("2024-01/2024-04", "2024-01/2024-04")


def test_a_month_that_names_a_row_dates_it() -> None:
    cells = figures("指标　　总量（亿元）　　增速（%）\n财政收入　　11.9　　6.3\n4月末存款余额　　803.5　　8.1")
    assert (cells["803.5"].period, cells["803.5"].indicator) == ("2024-04", "存款余额")


def test_rows_without_names_over_their_figures_are_left() -> None:
    cells = figures("单位：万元\n轻工业　　12　　3　　400\n重工业　　15　　4　　700")
    assert not {"12", "400", "15", "700"} & set(cells)


def test_of_several_units_above_each_column_has_its_own() -> None:
    cells = figures(
        "表1　重点产业链主要指标\n单位：亿元、%、户\n产业链　　营业收入　　增速　　占比率　　链上企业\n中医药　　216.5　　3.4　　21.7　　86\n酿酒　　193.8　　-6.5　　19.2　　112"
    )
    assert {n: cells[n].unit for n in ("216.5", "3.4", "21.7", "86")} == {
        "216.5": "元",
        "3.4": "%",
        "21.7": "%",
        "86": "户",
    }


def test_a_count_is_not_read_in_money() -> None:
    cells = figures("单位：万元\n县区　　税收　　纳税企业数\n谯城区　　2165　　863\n涡阳县　　1938　　1121")
    assert cells["2165"].unit == "元" and "863" not in cells
