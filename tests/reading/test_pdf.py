"""Portable documents with a text layer."""

import io
from datetime import date

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from liantu.reading import Document, read_document

LINES = [
    (180, "产业链运行统计公报", 18),
    (200, "统计监测组　2025年2月28日", 10),
    (104, "2024年，全省重点产业链实现营业收入7099亿元。年末共有链主企业41", 12),
    (80, "户、链上企业774户，链上企业比上年末增加333户，增长较快，结构继续", 12),
    (80, "优化。", 12),
    (104, "一、分链情况", 12),
]
ROWS = [("产业链", "营业收入", "比上年增长"), ("特钢材料", "2160.5", "3.4"), ("光伏", "842.3", "-7.2")]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    y = 780
    for x, text, size in LINES:
        page.setFont("STSong-Light", size)
        page.drawString(x, y, text)
        y -= 22
    page.setFont("STSong-Light", 12)
    for row in ROWS:
        for column, text in enumerate(row):
            page.drawString(90 + 130 * column, y, text)
        y -= 22
    page.drawCentredString(297, 40, "- 1 -")
    page.showPage()
    page.setFont("STSong-Light", 12)
    page.drawString(104, 780, "全年完成投资1086.2亿元。")
    page.drawCentredString(297, 40, "- 2 -")
    page.save()
    return out.getvalue()


@pytest.fixture
def document(pdf: bytes) -> Document:
    return read_document(pdf, "公报.pdf")


def blocks(document: Document, *kinds: str) -> list[str]:
    return [document.text.clean[b.start : b.end] for b in document.blocks if b.kind in kinds]


def test_head(document: Document) -> None:
    assert (document.title, document.published) == ("产业链运行统计公报", date(2025, 2, 28))


def test_wrapped_lines_are_one_paragraph_again(document: Document) -> None:
    assert blocks(document, "paragraph")[0] == (
        "2024年，全省重点产业链实现营业收入7099亿元。年末共有链主企业41户、链上企业774户，"
        "链上企业比上年末增加333户，增长较快，结构继续优化。"
    )


def test_a_flattened_table_keeps_its_cells(document: Document) -> None:
    assert blocks(document, "table_row") == ["\t".join(row) for row in ROWS]


def test_every_block_names_its_page_and_folios_are_furniture(document: Document) -> None:
    places = {document.text.clean[b.start : b.end]: b.locator for b in document.blocks}
    assert places["产业链运行统计公报"] == "第1页"
    assert places["全年完成投资1086.2亿元。"] == "第2页"
    assert blocks(document, "boilerplate") == ["- 1 -", "- 2 -"]


def test_the_sentence_across_a_page_break_is_whole() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    full = "全市列入调度的重点产业链项目共三十六个总投资二百一十四点六亿元年度计划"
    for upper, lower in ((full, full), ("投资五十八亿元。", "其余项目按计划推进。")):
        page.setFont("STSong-Light", 12)
        page.drawString(80, 780, upper)
        page.drawString(80, 758, lower)
        page.showPage()
    page.save()
    assert f"{full}{full}投资五十八亿元。" in read_document(out.getvalue(), "a.pdf").text.clean


def drawn_table(rows: list[list[str]], spans: list[tuple[int, int, int, int]]) -> Document:
    """A pdf with a ruled table; spans are (left, top, right, bottom)."""
    from reportlab.platypus import SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    printed = Table(rows, colWidths=[110] * len(rows[0]))
    merged = [("SPAN", (left, top), (right, bottom)) for left, top, right, bottom in spans]
    printed.setStyle([("FONT", (0, 0), (-1, -1), "STSong-Light", 10), ("ALIGN", (1, 0), (-1, -1), "CENTER"), *merged])
    SimpleDocTemplate(out).build([printed])
    return read_document(out.getvalue(), "表.pdf")


def test_a_blank_cell_keeps_its_column() -> None:
    rows = [
        ["县区", "产值（亿元）", "增速（%）"],
        ["清徐县", "12.1", ""],
        ["阳曲县", "", "9.6"],
        ["古交市", "8.3", "7.7"],
    ]
    [table] = drawn_table(rows, []).tables
    assert table.rows == tuple(map(tuple, rows))


def test_a_header_of_two_rows_stands_over_its_columns() -> None:
    rows = [
        ["产业链", "2023年", "", "2024年", ""],
        ["", "产值", "增速", "产值", "增速"],
        ["光伏", "12.1", "3.4", "13.2", "9.1"],
    ]
    document = drawn_table([*rows, ["氢能", "1.5", "8.2", "2.6", "73.3"]], [(1, 0, 2, 0), (3, 0, 4, 0)])
    [table] = document.tables
    assert table.rows[0] == ("产业链", "2023年", "", "2024年", "")
    assert blocks(document, "table_row")[0] == "产业链\t2023年\t\t2024年\t"


def test_labels_with_their_values_are_no_table() -> None:
    out = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = canvas.Canvas(out, pagesize=A4)
    page.setFont("STSong-Light", 12)
    for number, (left, right) in enumerate(
        (("索引号：2024-15", "发布机构：工信局"), ("文号：晋政发〔2024〕3号", "页数：12"))
    ):
        page.drawString(80, 780 - 22 * number, left)
        page.drawString(320, 780 - 22 * number, right)
    page.save()
    assert read_document(out.getvalue(), "a.pdf").tables == ()
