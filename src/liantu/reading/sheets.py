"""Workbooks as documents: each row a table row that knows its cell."""

from __future__ import annotations

from pathlib import PurePath

from liantu.reading.column_letters import column_of, letters
from liantu.reading.limits import DEFAULT_LIMITS, Limits
from liantu.reading.sniff import check_area
from liantu.reading.source_lines import Meta, Page, Parsed, TableNote
from liantu.reading.workbook import sheets_of, shown


def parse_sheets(data: bytes, media: str, source: str, limits: Limits = DEFAULT_LIMITS) -> Parsed:
    """Lay out all visible sheets; a sheet's first single cell is its caption, the first of all the title."""
    page = Page()
    meta = Meta()
    for sheet in sheets_of(data, media, source):
        if sheet.hidden or not sheet.rows:
            continue
        table = len(page.tables)
        note = TableNote(locator=sheet.name)
        page.tables.append(note)
        first = min(column_of(c.column) for row in sheet.rows for c in row)
        last = max(column_of(c.column) for row in sheet.rows for c in row)
        check_area(source, sheet.name, len(sheet.rows), last - first + 1, limits)
        for index, row in enumerate(sheet.rows):
            locator = f"{sheet.name}!{letters(first)}{row[0].row}"
            if len(row) == 1 and last > first and (sheet.header is None or row[0].row < sheet.header):
                text = shown(row[0].value)
                titled = index == 0 and not note.caption
                note.caption = note.caption or (text if titled else "")
                page.add(text, "title" if titled and meta.title is None else "heading", 0, locator)
                meta.title = meta.title or text
                continue
            texts = {column_of(c.column): shown(c.value) for c in row}
            page.add_row(table, [texts.get(column, "") for column in range(first, last + 1)], locator=locator)
    meta.title = meta.title or PurePath(source).stem
    return page.finish(meta)
