"""Letters of the office as Word files: a title, what is told in pairs, paragraphs and tables. Nothing in them but what was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

_CONTROLS = {code: None for code in range(32) if code not in (9, 10)}


@dataclass(frozen=True, slots=True)
class Pairs:
    """A table of two columns: what is told, and what of it."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading (or none) with paragraphs below it."""

    heading: str
    paragraphs: Sequence[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under a heading."""

    heading: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def letter(title: str, parts: Sequence[Pairs | Passage | Grid]) -> bytes:
    """A Word file. The same content gives the same text; empty parts are left out."""
    made = Document()
    made.core_properties.author = "链图 liantu"
    made.core_properties.created = datetime(2000, 1, 1, tzinfo=UTC)
    normal = made.styles["Normal"]
    normal.font.name = "FangSong"
    normal.font.size = Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    head = made.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run(_plain(title))
    run.bold = True
    run.font.size = Pt(18)
    for part in parts:
        if isinstance(part, Pairs):
            _table(made, [(label, told) for label, told in part.rows if told], None)
        elif isinstance(part, Passage):
            if any(text.strip() for text in part.paragraphs):
                _heading(made, part.heading)
                for text in part.paragraphs:
                    for line in _plain(text).split("\n"):
                        made.add_paragraph(line)
        elif part.rows:
            _heading(made, part.heading)
            _table(made, part.rows, part.columns)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _heading(made: object, words: str) -> None:
    if words:
        run = made.add_paragraph().add_run(_plain(words))  # type: ignore[attr-defined]
        run.bold = True


def _table(made: object, rows: Sequence[Sequence[str]], columns: Sequence[str] | None) -> None:
    if not rows:
        return
    lines = [*([columns] if columns else []), *rows]
    table = made.add_table(rows=len(lines), cols=len(lines[0]), style="Table Grid")  # type: ignore[attr-defined]
    for at, line in enumerate(lines):
        for cell, words in zip(table.rows[at].cells, line, strict=True):
            cell.text = _plain(words)
            if columns and at == 0:
                for run in cell.paragraphs[0].runs:
                    run.bold = True


def _plain(words: str) -> str:
    return words.translate(_CONTROLS)
