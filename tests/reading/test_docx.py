"""Word documents."""

import io
from datetime import date

import docx

from liantu.reading import Document, read_document


def make() -> bytes:
    document = docx.Document()
    document.add_heading("晋中市项目调度通报", level=0)
    document.add_paragraph("晋中市链长办　2024年10月12日")
    document.add_heading("一、总体进展", level=1)
    document.add_paragraph(
        "截至9月底，累计完成投资41.2亿元，完成率71.0%，比8月底提高9.4个百分点，已开工项目29个，进展总体顺利。"
    )
    document.add_paragraph("表1　投资完成情况")
    document.add_paragraph("单位：亿元")
    table = document.add_table(rows=4, cols=3)
    for row, cells in enumerate(
        [("市", "县", "投资"), ("晋中", "榆次区", "13.9"), ("", "祁县", ""), ("合计", "", "13.9")]
    ):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))
    document.add_paragraph("下一步，10月底前完成率达到80%以上。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read() -> Document:
    return read_document(make(), "通报.docx")


def test_head_and_headings_by_style() -> None:
    document = read()
    assert (document.title, document.published) == ("晋中市项目调度通报", date(2024, 10, 12))
    headings = [document.text.clean[b.start : b.end] for b in document.blocks if b.kind == "heading" and b.level == 1]
    assert headings == ["一、总体进展"]


def test_paragraphs_and_tables_stand_in_order_with_their_places() -> None:
    document = read()
    places = [b.locator for b in document.blocks]
    assert places == [
        "段落1",
        "段落2",
        "段落3",
        "段落4",
        "段落5",
        "段落6",
        "表1 行1",
        "表1 行2",
        "表1 行3",
        "表1 行4",
        "段落7",
    ]


def test_a_table_with_merged_cells() -> None:
    (table,) = read().tables
    assert (table.caption, table.unit, table.locator) == ("表1 投资完成情况", "亿元", "表1")
    assert table.rows == (
        ("市", "县", "投资"),
        ("晋中", "榆次区", "13.9"),
        ("晋中", "祁县", ""),
        ("合计", "合计", "13.9"),
    )


def test_cells_know_their_place_in_the_clean_text() -> None:
    document = read()
    (table,) = document.tables
    for texts, spans in zip(table.rows, table.cells, strict=True):
        assert [document.text.clean[a:b] for a, b in spans] == list(texts)


def test_deleted_text_of_tracked_changes_is_not_read() -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    paragraph = document.add_paragraph("总投资")
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')} w:id='1' w:author='a'><w:r><w:delText>30亿元</w:delText></w:r></w:del>")
    )
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')} w:id='2' w:author='a'><w:r><w:t>35亿元</w:t></w:r></w:ins>"))
    out = io.BytesIO()
    document.save(out)
    assert read_document(out.getvalue(), "a.docx").text.clean == "总投资35亿元"
