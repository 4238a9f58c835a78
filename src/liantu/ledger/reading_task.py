"""What the child process of the reading room does with one file: read it, and find what it says.

Knows nothing of Django: a file that takes its parser down takes no database connection with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from liantu.extraction import Findings, extract
from liantu.ledger.workbooks.columns import layouts
from liantu.ledger.workbooks.list_sheets import DIRECTORY, list_sheets
from liantu.reading import Document, Member, Sheet, read_document, read_workbook
from liantu.reading.bundle import member_bytes
from liantu.reading.problems import problem
from liantu.reading.sniff import SHEET_MEDIA

TASK = f"{__name__}:read_file"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file, read: a document with its findings, or a workbook with the sheets that are known lists."""

    document: Document
    findings: Findings | None
    sheets: list[Sheet]


def read_file(path: str | Path | bytes | Member, name: str | None = None) -> ReadFile:
    """Read a file and find what it says. A workbook without a known list is read as a document of tables.

    Raises UnreadableError with the message for the clerk.
    """
    document = read_document(path, name)
    if document.media in SHEET_MEDIA:
        content = member_bytes(path, document.source) if isinstance(path, Member) else path
        sheets = read_workbook(content, name)
        if holds_lists(sheets):
            document = replace(document, problems=(*document.problems, problem("list_book", document.source)))
        if layouts(sheets):
            return ReadFile(document, None, sheets)
    return ReadFile(document, extract(document), [])


def holds_lists(sheets: list[Sheet]) -> bool:
    """Whether a workbook is one of an office's lists: it has their directory, or sheets called like them."""
    shown = [sheet for sheet in sheets if not sheet.hidden]
    if any(sheet.name.strip() == DIRECTORY for sheet in shown):
        return True
    return bool(list_sheets((sheet.name.strip(), list(sheet.columns.values())) for sheet in shown))
