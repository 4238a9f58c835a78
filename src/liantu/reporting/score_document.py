"""A scorecard's results as a Word document: one table of totals, then each unit with its items, values, formulas and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any


def score_docx(
    title: str,
    lines: Sequence[str],
    heads: Sequence[str],
    totals: Sequence[Sequence[str]],
    units: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]],
    notes: Sequence[str],
    words: Mapping[str, str],
) -> bytes:
    """The document as bytes.

    Args:
        lines: what stands below the title: period, origin, state.
        heads: headings of the table of totals; `totals` its rows, as words.
        units: of each unit its name, the headings of its table, the rows.
        notes: the last lines.
        words: `details` and `notes`, the headings of the two parts.
    """
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "SimSun", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    document.add_heading(title, level=1)
    for line in lines:
        document.add_paragraph(line)
    _table(document, heads, totals)
    document.add_heading(words["details"], level=2)
    for name, columns, rows in units:
        document.add_heading(name, level=3)
        _table(document, columns, rows)
    document.add_heading(words["notes"], level=2)
    for note in notes:
        document.add_paragraph(note)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _table(document: Any, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
        for run in cell.paragraphs[0].runs:
            run.bold = True
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
