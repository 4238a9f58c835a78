"""Papers as Chinese offices lay them out: A4, title in the middle, issue and date below it, 仿宋 text, ruled tables, notes.

The measures follow the national standard for the layout of official documents (GB/T 9704—2012): margins of 37, 35, 28 and 26 mm,
title about 22 pt, text 16 pt with two characters' indent and a fixed line of 28 pt. Fonts are named and not shipped: an office has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

TITLE_FONT, HEAD_FONT, SUBHEAD_FONT, TEXT_FONT = "方正小标宋简体", "黑体", "楷体", "仿宋"
_WIDE = 7
"""Columns from which a table is set smaller."""


@dataclass(frozen=True, slots=True)
class Heading:
    """一、… (level 1) or （一）… (level 2)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its title and a unit; cells are text, numbers already written out. `right` are columns set to the right."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    unit: str = ""
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Notes:
    """Small print: definitions and sources."""

    lines: Sequence[str]


Block = Heading | Paragraph | Grid | Notes


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper. `issue` (第5期) and `issuer` with `day` stand in one line below the title, a rule under them."""

    title: str
    blocks: Sequence[Block]
    issue: str = ""
    issuer: str = ""
    day: str = ""
    mark: str = ""  # 草稿 and the like, at the top
    foot: Sequence[str] = field(default_factory=tuple)


def docx_bytes(paper: Paper) -> bytes:
    """The paper as a Word document."""
    import docx
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = document.styles["Normal"]
    _font(normal, TEXT_FONT, 16)
    normal.paragraph_format.space_after = Pt(0)
    document.core_properties.title = paper.title
    document.core_properties.author = paper.issuer
    if paper.mark:
        _line(document, paper.mark, HEAD_FONT, 14)
    _line(document, paper.title, TITLE_FONT, 22, centre=True, after=10)
    if paper.issue:
        _line(document, paper.issue, TEXT_FONT, 16, centre=True, after=6)
    if paper.issuer or paper.day:
        _masthead(document, paper.issuer, paper.day)
    for block in paper.blocks:
        if isinstance(block, Heading):
            _heading(document, block)
        elif isinstance(block, Paragraph):
            _text(document, block.text)
        elif isinstance(block, Grid):
            _table(document, block)
        else:
            for line in block.lines:
                _line(document, line, TEXT_FONT, 10.5)
    for line in paper.foot:
        _line(document, line, TEXT_FONT, 10.5)
    _page_number(section)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _font(style: Any, name: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name = "Times New Roman"
    style.font.size = Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _run(paragraph: Any, text: str, name: str, size: float, bold: bool = False) -> Any:
    run = paragraph.add_run(printable(text))
    _font(run, name, size)
    run.bold = bold
    return run


def printable(text: str) -> str:
    """Without the control characters that a Word file cannot hold."""
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )


def _line(
    document: Any, text: str, font: str, size: float, *, centre: bool = False, after: float = 0, bold: bool = False
) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(after)
    _run(paragraph, text, font, size, bold)
    return paragraph


def _heading(document: Any, block: Heading) -> None:
    from docx.shared import Pt

    paragraph = document.add_heading(level=min(block.level, 9))
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.keep_with_next = True
    run = _run(paragraph, block.text, HEAD_FONT if block.level == 1 else SUBHEAD_FONT, 16)
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor(0, 0, 0)


def _text(document: Any, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt

    for part in text.split("\n"):
        if not part.strip():
            continue
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Pt(32)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(28)
        _run(paragraph, part.strip(), TEXT_FONT, 16)


def _masthead(document: Any, issuer: str, day: str) -> None:
    """Issuer to the left, day to the right, a rule below."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.space_after = Pt(10)
    _run(paragraph, f"{issuer}\t{day}", TEXT_FONT, 16)
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "C00000")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    paragraph._p.get_or_add_pPr().append(borders)


def _table(document: Any, block: Grid) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    size = 9.0 if len(block.columns) >= _WIDE else 10.5
    if block.title:
        line = _line(document, block.title, HEAD_FONT, 12, centre=True)
        line.paragraph_format.space_before = Pt(8)
        line.paragraph_format.keep_with_next = True
    if block.unit:
        unit = _line(document, block.unit, TEXT_FONT, 10.5)
        unit.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        unit.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(block.columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, title in zip(table.rows[0].cells, block.columns, strict=True):
        _cell(cell, title, HEAD_FONT, size, WD_ALIGN_PARAGRAPH.CENTER)
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(head)  # the heading again on every page
    for row in block.rows:
        cells = table.add_row().cells
        for at, text in enumerate(row):
            side = WD_ALIGN_PARAGRAPH.RIGHT if at in block.right else WD_ALIGN_PARAGRAPH.LEFT
            _cell(cells[at], text, TEXT_FONT, size, side)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _cell(cell: Any, text: str, font: str, size: float, side: Any) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = side
    _run(paragraph, text, font, size)


def _page_number(section: Any) -> None:
    """— 1 — in the middle of the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, "— ", TEXT_FONT, 14)
    run = _run(paragraph, "", TEXT_FONT, 14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
    _run(paragraph, " —", TEXT_FONT, 14)
