"""Lists and rows for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter

from liantu.ledger.lists.publishing import next_position
from liantu.ledger.models import ChainList, ListRow
from liantu.ledger.services import add_record
from liantu.vocabulary import list_kinds


def make_list(kind: str = "enterprise", **columns: Any) -> ChainList:
    """A list of a kind."""
    values = {"title": f"{list_kinds()[kind].name_zh}清单", "list_kind": kind, "rhythm": "monthly"} | columns
    return ChainList.objects.get(pk=add_record("list", values, "li").row)


def add_row(to: ChainList, **cells: Any) -> ListRow:
    """A row of a list."""
    change = add_record("listrow", {"list_id": to.pk, "position": next_position(to)} | cells, "li")
    return ListRow.objects.get(pk=change.row)


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook with these sheets, each its rows."""
    made = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    made.close()
    return path
