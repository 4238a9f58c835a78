"""The office's own workbooks beside the documents of a folder: loaded while the ledger holds none of the office's work yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

NAME = "链长办台账.xlsx"
"""What such a workbook is called; it is none of the folder's documents (`reading/data/line_words.csv`)."""


def load_office_of(folder: Path, today: date) -> str:
    """Load people, programmes, meetings, tasks, orders and duties of the folder's workbook into an empty office.

    Gives a sentence on what was done; nothing when there was nothing to do.
    """
    from liantu.ledger.duties.office_book import OF_OFFICE
    from liantu.ledger.services import has_no_work

    return _load(folder, today, OF_OFFICE) if has_no_work() else ""


def load_projects_of(folder: Path, today: date) -> str:
    """The same for what is about projects and campaigns: once the documents that tell of the projects are read."""
    from liantu.ledger.duties.office_book import OF_PROJECTS
    from liantu.ledger.services import has_no_project_work

    return _load(folder, today, OF_PROJECTS) if has_no_project_work() else ""


def load_lists_of(folder: Path) -> str:
    """Load the lists of the folder's workbook of lists into a ledger that has never held one."""
    from liantu.ledger.lists.loading import NAME as BOOK
    from liantu.ledger.services import CannotLoadError, has_no_lists, load_lists

    book = folder / BOOK
    if not book.is_file() or not has_no_lists():
        return ""
    try:
        done = list(load_lists(book, book.stem))
    except CannotLoadError as error:
        return f"《{BOOK}》没有全部载入：{error}；改好后可用 liantu lists load"
    return f"已载入《{BOOK}》：{len(done)} 份清单 / loaded {BOOK}: {len(done)} lists" if done else ""


def _load(folder: Path, today: date, kinds: Sequence[str]) -> str:
    from liantu.ledger.services import load_office
    from liantu.reading import UnreadableError, read_workbook

    book = folder / NAME
    if not book.is_file():
        return ""
    try:
        report = load_office(read_workbook(book), book.stem, today, kinds=kinds)
    except UnreadableError as error:
        return str(error)
    if report.problems:
        p, n = report.problems[0], len(report.problems)
        return (
            f"《{book.name}》有 {n} 处要改，没有载入；第一处：{p.sheet} 第{p.row}行 {p.column}，{p.message}。"
            f"全部错误见 liantu office --dry-run"
        )
    added = sum(report.added.values())
    return f"已载入《{book.name}》：{added} 条办理记录 / loaded {book.name}: {added} records of work" if added else ""


def blank_book() -> bytes:
    """A workbook with a sheet for every kind and its headers; choices stand as comments of their headers."""
    import io

    import xlsxwriter

    from liantu.ledger.duties.office_book import ORDER, headers_of, sheet_name
    from liantu.ledger.duties.office_cells import words_of
    from liantu.ledger.work.kinds import field_of

    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    bold = made.add_format({"bold": True})
    for kind in ORDER:
        sheet = made.add_worksheet(sheet_name(kind))
        for at, (header, column) in enumerate(headers_of(kind).items()):
            sheet.write(0, at, header, bold)
            if words := words_of(field_of(kind, column)):
                sheet.write_comment(0, at, "、".join(words))
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 16, 16)
    made.close()
    return out.getvalue()
