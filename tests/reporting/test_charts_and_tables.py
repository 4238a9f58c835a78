"""Charts without a browser; workbooks and CSV files without surprises."""

from __future__ import annotations

import csv
import re
from datetime import date
from io import BytesIO, StringIO
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from liantu.reporting import Bar, Column, bar_chart, csv_lines, xlsx_bytes


def test_each_bar_shows_its_name_and_value_and_links_inside_the_house() -> None:
    drawing = bar_chart(
        [Bar("光伏产业链", 15580, href="/figures?chain=a&b=1"), Bar("氢能", 1701, href="/figures?chain=b")]
    )
    text = "".join(ElementTree.fromstring(drawing).itertext())
    assert "光伏产业链" in text and "15,580" in text
    assert re.findall(r'<a href="([^"]+)"', drawing)[0] == "/figures?chain=a&amp;b=1"
    assert set(re.findall(r"https?://[^\"]+", drawing)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_a_chart_holds_no_inline_style_which_the_page_would_refuse() -> None:
    assert "style=" not in bar_chart([Bar("签约", 10, done=4), Bar("开工", 5, done=5)])


def test_same_names_stay_two_bars() -> None:
    text = bar_chart([Bar("新材料", 3), Bar("新材料", 2)])
    assert text.count('aria-roledescription="bar"') == 2


def test_no_bars_no_chart() -> None:
    assert bar_chart([]) == ""


ROWS = [["晋中市", "推广甲醇汽车", 5623.0, date(2024, 10, 31), None], ["=1+1", "http://example.org", 0.5, None, True]]
COLUMNS = [Column("对象", 20), Column("指标"), Column("数值", number_format="#,##0.##"), Column("日期"), Column("核")]


def test_a_workbook_never_holds_a_live_formula_or_link() -> None:
    book = load_workbook(BytesIO(xlsx_bytes("数字", COLUMNS, ROWS, notes=["导出说明"])))
    sheet = book.worksheets[0]
    assert [c.value for c in sheet[1]] == ["对象", "指标", "数值", "日期", "核"]
    assert sheet["A3"].value == "=1+1" and sheet["A3"].data_type in {"s", "inlineStr"}
    assert sheet["B3"].hyperlink is None
    assert sheet["C2"].value == 5623
    assert sheet["D2"].value.date() == date(2024, 10, 31)
    assert book.worksheets[1]["A1"].value == "导出说明"


def test_sheet_names_excel_refuses_are_made_acceptable() -> None:
    book = load_workbook(BytesIO(xlsx_bytes("'数字[1]:2024/10*" + "长" * 40, COLUMNS, ROWS)))
    assert len(book.sheetnames[0]) <= 31


@given(
    st.lists(st.tuples(st.text(max_size=30), st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))))
)
def test_csv_opens_in_chinese_and_carries_no_formula(rows: list[tuple[str, float | None]]) -> None:
    text = "".join(csv_lines([Column("名"), Column("值")], rows))
    assert text.startswith("\ufeff")
    read = list(csv.reader(StringIO(text[1:], newline="")))
    assert len(read) == len(rows) + 1
    for (name, _), cells in zip(rows, read[1:], strict=True):
        assert not cells[0].startswith(("=", "+", "-", "@"))
        assert cells[0] in (name, "'" + name)
