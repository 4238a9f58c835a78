"""Tables that lost their shape in a copy: a cell a line, or bars between cells; every cell back in its row and column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.rows_of import rows_of

from liantu.reading import Document, read_document

LEAD = (
    "一季度县域工业运行简报\n2024-04-18 来源：宿州日报\n\n"
    "今年一季度，全市工业生产稳步回升，重点企业订单充足，多数行业产销衔接良好，现将各县区主要数据公布如下。\n\n"
)


def read(table: str) -> Document:
    return read_document(f"{LEAD}{table}\n\n以上数据为快报数。\n".encode(), "简报.txt")


def rows(table: str) -> list[list[str]]:
    return rows_of(read(table))


def stacked(*cells: str, gap: str = "\n") -> str:
    return gap.join(cells)


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n  \n"])
def test_a_cell_a_line(gap: str) -> None:
    found = rows(
        stacked("指标", "单位", "1—3月", "同比增长（%）", "工业用电量", "万千瓦时", "41260", "7.4", "一般公共预算收入", "亿元", "8.63", "-1.2", gap=gap)
    )  # fmt: skip
    assert found == [
        ["指标", "单位", "1—3月", "同比增长（%）"],
        ["工业用电量", "万千瓦时", "41260", "7.4"],
        ["一般公共预算收入", "亿元", "8.63", "-1.2"],
    ]


def test_names_broken_over_lines_and_no_name_over_the_rows() -> None:
    found = rows(
        stacked(
            "产值", "（亿元）", "比上年同期", "增长（%）", "萧县", "61.4", "5.8", "砀山县", "48.9", "-0.6", gap="\n\n"
        )
    )
    assert found[0] == ["", "产值（亿元）", "比上年同期增长（%）"]
    assert found[2] == ["砀山县", "48.9", "-0.6"]


def test_groups_stand_over_the_first_of_their_columns() -> None:
    found = rows(
        stacked(
            "地区",
            "2023年",
            "2024年",
            "产值",
            "税收",
            "产值",
            "税收",
            "泗县",
            "10",
            "1.1",
            "12",
            "1.3",
            "灵璧县",
            "20",
            "2.2",
            "21",
            "2.4",
        )
    )
    assert found[:2] == [["地区", "2023年", "", "2024年", ""], ["", "产值", "税收", "产值", "税收"]]


def test_rows_that_are_numbered_and_end_in_words() -> None:
    found = rows(
        stacked(
            "序号", "企业名称", "产值（万元）", "进展", "1", "皖北轻纺", "5600", "投产", "2", "汴河酒业", "830", "在建"
        )
    )
    assert found[1:] == [["1", "皖北轻纺", "5600", "投产"], ["2", "汴河酒业", "830", "在建"]]


def test_years_as_names_and_as_rows() -> None:
    across = rows(stacked("指标", "2021年", "2022年", "户数（户）", "31", "35", "产值（亿元）", "4.4", "5.1"))
    assert across[0] == ["指标", "2021年", "2022年"]
    down = rows(
        stacked(
            "年份", "产值（亿元）", "税收（亿元）", "2021年", "31", "3", "2022年", "44", "4.2", "2023年", "47", "4.6"
        )
    )
    assert down[1:] == [["2021年", "31", "3"], ["2022年", "44", "4.2"], ["2023年", "47", "4.6"]]


def test_the_head_of_a_group_and_a_row_with_cells_missing() -> None:
    found = rows(
        "指标\n\n单位\n\n总量\n\n增速（%）\n\n工业产值\n\n亿元\n\n61.4\n\n5.8\n\n按行业分\n\n轻工\n\n亿元\n\n20.1\n\n3.3\n\n"
        "工业增加值\n\n亿元\n\n \n\n6.1\n\n用电量\n\n万千瓦时\n\n8200\n\n4.0"
    )
    assert found[2:5] == [["按行业分", "", "", ""], ["轻工", "亿元", "20.1", "3.3"], ["工业增加值", "亿元", "", "6.1"]]


def test_a_row_whose_only_figure_may_be_of_either_column_is_not_guessed() -> None:
    found = rows(
        stacked(
            "指标", "总量（亿元）", "增速（%）", "工业产值", "61.4", "5.8", "工业增加值", "6.1", "税收", "3.3", "0.4"
        )
    )
    assert found[2] == ["工业增加值 6.1", "", ""]


@pytest.mark.parametrize(
    "lines",
    [
        "上一页\n1\n2\n3\n4\n下一页",
        "点击排行\n1\n全市一季度签约项目增多\n2\n多部门联合走访企业\n3\n工业园区扩容",
        "浏览次数\n1286\n点赞\n35\n评论\n12\n收藏\n7",
    ],
)
def test_short_lines_that_are_no_table(lines: str) -> None:
    assert rows(lines) == []


def test_bars_at_the_edges_and_a_rule_below_the_names() -> None:
    found = rows("| 县区 | 产值（亿元） | 增速（%） |\n|---|---:|---:|\n| 萧县 | 61.4 | 5.8 |\n| 泗县 | —— | -0.6 |")
    assert found == [["县区", "产值（亿元）", "增速（%）"], ["萧县", "61.4", "5.8"], ["泗县", "——", "-0.6"]]


def test_bars_whose_header_lost_its_merged_cells() -> None:
    document = read(
        "| 1、工业 | |||\n| 3月 | 1-3月 | 累计 | |\n| 增长% | |||\n| 产值（亿元） | 20 | 61.4 | 5.8 |\n| 税收（亿元） | 1 | 3.3 | 0.4 |"
    )
    clean = document.text.clean
    found = rows_of(document)
    assert found[0] == ["", "3月", "1-3月", "累计增长%"]
    assert any(clean[b.start : b.end] == "1、工业" and b.kind == "heading" for b in document.blocks)


def test_bars_that_part_the_cells_of_one_line_each() -> None:
    found = rows(
        "|\n指标 |\n3月 |\n1-3月 |\n|||\n总量 |\n增速 |\n总量 |\n增速 |\n||\n|\n用电量（度） |\n20 |\n1.1 |\n61 |\n2.2 |\n|\n用水量（吨） |\n3 |\n0.1 |\n9 |\n0.2 |\n|"
    )
    assert found[:3] == [
        ["指标", "3月", "", "1-3月", ""],
        ["", "总量", "增速", "总量", "增速"],
        ["用电量（度）", "20", "1.1", "61", "2.2"],
    ]


def test_a_whole_table_on_one_line() -> None:
    found = rows("排名 | 县区 | 用电量（万千瓦时） | 1 | 萧县 | 812 | 2 | 泗县 | 640 | 3 | 灵璧县 | 588")
    assert found == [
        ["排名", "县区", "用电量（万千瓦时）"],
        ["1", "萧县", "812"],
        ["2", "泗县", "640"],
        ["3", "灵璧县", "588"],
    ]


def test_names_that_cannot_be_placed_are_put_over_nothing() -> None:
    found = rows(
        "| 类别 | 企业 | 工业 | 资产 | |\n| 单位数 | 亏损 | |||\n| 轻工 | 12 | 3 | 400 | 90 |\n| 重工 | 15 | 4 | 700 | 95 |"
    )
    assert found == [["轻工", "12", "3", "400", "90"], ["重工", "15", "4", "700", "95"]]


def test_the_row_of_all_together_has_no_number_and_no_other_words() -> None:
    found = rows(
        stacked(
            "序号",
            "企业名称",
            "地点",
            "产值（万元）",
            "税收（万元）",
            "1",
            "皖北轻纺",
            "萧县",
            "5600",
            "130",
            "2",
            "汴河酒业",
            "泗县",
            "830",
            "45",
            "合计",
            "6430",
            "175",
        )
    )
    assert found[3] == ["", "合计", "", "6430", "175"]


def test_one_table_right_below_another() -> None:
    found = rows(
        stacked(
            "地区",
            "产值（亿元）",
            "萧县",
            "61.4",
            "泗县",
            "48.9",
            "全市",
            "110.3",
            "年份",
            "产值（亿元）",
            "2022年",
            "102",
            "2023年",
            "110.3",
        )
    )
    assert [row[0] for row in found] == ["地区", "萧县", "泗县", "全市", "年份", "2022年", "2023年"]


def test_a_line_of_links_keeps_its_words() -> None:
    document = read("首页 | 要闻 | 政务 | 服务\n产业 | 招商 | 园区 | 视频")
    assert not [b for b in document.blocks if b.kind == "table_row"]


NAMES = st.lists(st.text("县区市工业投资", min_size=2, max_size=6), min_size=3, max_size=8)
FIGURES = st.integers(1, 10**6).map(lambda x: f"{x / 10:.1f}")


@given(st.data(), NAMES, st.integers(1, 5), st.sampled_from(["\n", "\n\n", "\n \n\n"]))
def test_any_table_comes_back_cell_by_cell(data: st.DataObject, names: list[str], columns: int, gap: str) -> None:
    header = ["地区", *(f"产值{'甲乙丙丁戊'[i]}（亿元）" for i in range(columns))]
    body = [[name, *data.draw(st.lists(FIGURES, min_size=columns, max_size=columns))] for name in names]
    document = read(gap.join(cell for row in (header, *body) for cell in row))
    found = [b for b in document.blocks if b.kind == "table_row"]
    assert [document.text.clean[b.start : b.end].split("\t") for b in found] == [header, *body]
    raw = document.text.raw
    for block, row in zip(found, (header, *body), strict=True):
        start, end = document.text.raw_span(block.start, block.end)
        assert raw[start:end] == gap.join(row)


@pytest.mark.parametrize(
    "unit",
    ["1\n", "名\n1\n", "甲\n1\n2\n", "甲\n乙\n1\n", "| 甲 | 1 |\n", "| 甲 |\n", "|", "（", "2019年\n1\n", "指标\n"],
)
def test_the_work_stays_in_proportion_to_the_text(unit: str) -> None:
    read((unit * (20_000 // len(unit)))[:20_000])
