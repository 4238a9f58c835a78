"""A published list as it is printed and signed: title, number and date, the columns that hold something, a line to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from liantu.reporting.office_paper import printable
from liantu.reporting.tables import sheet_name

WIDEST = 32  # characters of a printed column
FONT = "仿宋"


@dataclass(frozen=True, slots=True)
class FormalList:
    """What is printed: every cell is a text already."""

    title: str
    subtitle: str
    counts: str
    note: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    signature: Sequence[str] = field(default_factory=tuple)
    print_mark: str = ""


def list_xlsx(formal: FormalList) -> bytes:
    """The list as a workbook that prints on landscape pages, its head on each. Text stays text: no formula can run."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    title = book.add_format({"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"})
    middle = book.add_format({"align": "center", "font_color": "#444444"})
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#EEF3F8", "align": "center", "text_wrap": True})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    page = book.add_worksheet(sheet_name(formal.title))
    last = max(len(formal.heads) - 1, 1)
    top = [(formal.title, title), (formal.subtitle, middle), (formal.counts, middle)]
    top += [(formal.note, middle)] if formal.note else []
    for at, (text, form) in enumerate(top):
        page.merge_range(at, 0, at, last, "", form)
        page.write_string(at, 0, text, form)
    page.set_row(0, 30)
    at = len(top)
    for column, word in enumerate(formal.heads):
        page.write_string(at, column, word, head)
        longest = max((len(line[column]) for line in formal.rows), default=0)
        page.set_column(column, column, min(max(len(word) * 2, longest * 1.6, 6), WIDEST))
    page.freeze_panes(at + 1, 0)
    page.repeat_rows(at)
    for line in formal.rows:
        at += 1
        for column, text in enumerate(line):
            page.write_string(at, column, text[:32_767], cell)
    at += 2
    for text in (*formal.signature, formal.print_mark):
        if text:
            page.write_string(at, 0, text)
            at += 1
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    book.close()
    return target.getvalue()


def list_docx(formal: FormalList, *, chinese: bool = True) -> bytes:
    """The list as a document on landscape A4, the head of the table on each page."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    made = docx.Document()
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    normal = made.styles["Normal"]
    normal.font.size = Pt(10.5)
    if chinese:
        normal.font.name = FONT
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)

    def centred(text: str, size: float, *, bold: bool = False) -> None:
        paragraph = made.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(printable(text))
        run.bold, run.font.size = bold, Pt(size)

    centred(formal.title, 18, bold=True)
    centred(formal.subtitle, 11)
    centred(formal.counts, 10.5)
    if formal.note:
        centred(formal.note, 10.5)
    table = made.add_table(rows=1, cols=len(formal.heads))
    table.style = "Table Grid"
    _fill(table.rows[0].cells, formal.heads, bold=True)
    again = OxmlElement("w:tblHeader")
    again.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(again)
    for line in formal.rows:
        _fill(table.add_row().cells, line)
    made.add_paragraph()
    made.add_paragraph(printable("　　".join(formal.signature)))
    if formal.print_mark:
        made.add_paragraph(printable(formal.print_mark))
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def _fill(cells: Any, texts: Sequence[str], *, bold: bool = False) -> None:
    from docx.shared import Pt

    for cell, text in zip(cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(printable(text))
        run.bold, run.font.size = bold, Pt(9)
