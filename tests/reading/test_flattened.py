"""Tables flattened to text: their rows, sub-rows and headers, with every cell in its column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.rows_of import rows_of

from liantu.reading import Document, read_document

LEAD = (
    "重点工程调度通报\n2024-05-06 来源：太原日报\n\n"
    "全市列入盘子的重点工程项目186项，其中建设项目142项、前期项目44项，总投资1268.4亿元，整体进展顺利，现将情况通报如下。\n\n"
)


def read(table: str) -> Document:
    return read_document(f"{LEAD}{table}\n\n以上数据为初步核算数。\n".encode(), "通报.txt")


def rows(table: str) -> list[list[str]]:
    return rows_of(read(table))


def test_a_sub_row_stays_in_its_table() -> None:
    found = rows(
        "附表　主要指标\n指标名称　　计量单位　　1—10月累计　　同比增长（%）\n一般公共预算收入　　亿元　　101.37　　-2.1\n"
        "　其中：税收收入　　亿元　　89.02　　-4.8\n新设经营主体　　户　　19846　　8.2"
    )
    assert found[2] == ["其中：税收收入", "亿元", "89.02", "-4.8"]
    assert len(found) == 4


def test_column_names_without_one_for_the_first_column() -> None:
    table = "表2　各区主要指标　　单位：亿元、%\n地区生产总值　增速　工业投资增速\n顺德区　3523.18　7.1　10.3\n南海区　3176.62　6.7　-2.6"
    assert rows(table)[0] == ["", "地区生产总值", "增速", "工业投资增速"]
    document = read(table)
    caption = next(b for b in document.blocks if document.text.clean.startswith("表2", b.start))
    assert (caption.kind, caption.level) == ("heading", 6)


def test_a_title_above_rows_is_no_header() -> None:
    document = read("投资完成情况\n顺德区　3523.18　7.1\n南海区　3176.62　6.7")
    assert [b.kind for b in document.blocks if "情况" in document.text.clean[b.start : b.end]][-1] == "heading"


def test_cells_parted_by_single_spaces() -> None:
    assert rows("县区 数量\n定襄县 12\n代　县 9\n五台县 11") == [
        *(["县区", "数量"], ["定襄县", "12"], ["代县", "9"], ["五台县", "11"])
    ]


def test_a_header_of_two_lines_keeps_its_names_above_their_columns() -> None:
    found = rows(
        "指标　　　　　单位　　　1—10月　　　同比增长\n　　　　　　　　　　　　累计　　　　（%）\n"
        "工业用电量　　万千瓦时　842630　　　6.6\n财政收入　　　亿元　　　101.37　　　-2.1"
    )
    assert found[:2] == [["指标", "单位", "1—10月", "同比增长"], ["", "", "累计", "（%）"]]


def test_a_header_of_groups_stands_above_the_first_column_of_each() -> None:
    found = rows(
        "　　　　　　2023年　　　　　　2024年\n县区　　　　产值　　增速　　产值　　增速\n"
        "定襄县　　　　12.1　　3.2　　　13.4　　2.8\n代县　　　　　9.6　　　1.1　　　10.2　　4.0"
    )
    assert found[:2] == [["", "2023年", "", "2024年"], ["县区", "产值", "增速", "产值", "增速"]]


def test_groups_stand_over_what_repeats_wherever_they_are_printed() -> None:
    found = rows(
        "　　　　　　　　本月　　　　　　　累计\n县区　　税收　　增幅　　税收　　增幅\n"
        "定襄县　　12.1　　3.2　　113.4　　2.8\n代县　　9.6　　1.1　　100.2　　4.0"
    )
    assert found[:2] == [["", "本月", "", "累计"], ["县区", "税收", "增幅", "税收", "增幅"]]


def test_rows_with_a_cell_less_stay_rows() -> None:
    found = rows(
        "指标　　单位　　总量　　增速\n工业　　亿元　　12.1　　3.2\n农业　　亿元　　3.4　　1.0\n税收　　9.8　　2.2\n外资　　亿元　　1.4　　0.8"
    )
    assert [len(row) for row in found] == [4, 4, 4, 3, 4]


def test_cells_pasted_from_a_workbook_keep_the_empty_ones() -> None:
    found = rows("项目\t投资\t进展\t备注\n芯片扩产\t6.4\t\t滞后\n费托蜡\t9.2\t投产\t无")
    assert found == [["项目", "投资", "进展", "备注"], ["芯片扩产", "6.4", "", "滞后"], ["费托蜡", "9.2", "投产", "无"]]


@pytest.mark.parametrize(
    "line",
    [
        "建设地点：晋城经开区　　投资规模：8亿元　　合作方式：独资",
        "建设地点：晋城经开区\t投资规模：8亿元\t合作方式：独资",
    ],
)
def test_labels_with_their_values_are_no_row(line: str) -> None:
    document = read(f"{line}\n{line}")
    cards = [b for b in document.blocks if document.text.clean.startswith("建设地点", b.start)]
    assert [b.kind for b in cards] == ["paragraph"] * 2
    assert "\t" not in document.text.clean


@given(
    st.lists(
        st.tuples(
            st.text("县区市工业投资产值", min_size=2, max_size=6),
            *[st.floats(0, 9999).map(lambda x: f"{x:.1f}")] * 2,
        ),
        min_size=2,
        max_size=6,
    ),
    st.sampled_from([" ", "　　", "    ", "\t"]),
)
def test_any_table_of_figures_comes_back_cell_by_cell(cells: list[tuple[str, str, str]], gap: str) -> None:
    document = read("\n".join(gap.join(row) for row in cells))
    found = [b for b in document.blocks if b.kind == "table_row"]
    assert [tuple(document.text.clean[b.start : b.end].split("\t")) for b in found] == cells
    raw = document.text.raw
    for block, row in zip(found, cells, strict=True):
        start, end = document.text.raw_span(block.start, block.end)
        assert raw[start:end] == gap.join(row)
