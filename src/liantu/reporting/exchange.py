"""Lists as files that come back: each row with its key and version; and rows that were not taken, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from liantu.ledger.exchange.lists import Column as ListColumn
from liantu.ledger.exchange.lists import ExchangeList, Known
from liantu.ledger.exchange.tables import KEY, NOTES, REASON, VERSION
from liantu.ledger.exchange.values import choices_of, shown
from liantu.ledger.exchange.versions import key_of, version_of
from liantu.ledger.models import Import, ImportRow
from liantu.reporting.tables import Cell, Column, csv_lines, xlsx_bytes

NOTES_ZH = (
    "改好之后，在“导入”页选这个文件，或运行 liantu import 文件名。",
    "请保留隐藏的前两栏（链图编号、链图版本）：靠它们认出是哪一行、别人有没有同时改过。",
    "新增一行：写在最下面，编号和版本留空。删掉一行：导入时要另外勾选，才会移出名单。",
    "清空一格，表示“不知道”；没有改动的行不会动。",
)
NOTES_EN = (
    "When you have edited it, choose this file on the Import page, or run: liantu import FILE.",
    "Keep the two hidden columns (链图编号, 链图版本): they tell which row it is, and whether somebody else changed it too.",
    "To add a row, write it at the bottom and leave key and version empty. Deleted rows leave the list only if you say so.",
    "An empty cell means that nothing is known. Rows that you leave as they are stay as they are.",
)


def exchange_columns(list_: ExchangeList, *, english: bool = False) -> list[Column]:
    """The columns of an export that comes back: key and version, hidden, then those of the list."""
    hidden = [Column(KEY, 18, hidden=True), Column(VERSION, 12, hidden=True)]
    return hidden + [_column(column, english) for column in list_.columns]


def _column(column: ListColumn, english: bool) -> Column:
    choices = tuple(word.en if english else word.zh for word in choices_of(column).values())
    return Column(column.en if english else column.zh, column.width, column.format, choices=choices)


def exchange_rows(list_: ExchangeList, rows: Iterable[Known], *, english: bool = False) -> Iterator[list[Cell]]:
    """The rows of such an export."""
    for known in rows:
        told: list[Cell] = [shown(c, known.values[c.key], english=english) for c in list_.columns]
        yield [key_of(list_, known), version_of(list_, known), *told]


def exchange_xlsx(list_: ExchangeList, rows: Iterable[Known], *, english: bool = False) -> bytes:
    """The workbook that comes back. A hidden sheet lists the keys, so that deleted rows are noticed."""
    keys: list[str] = []

    def told() -> Iterator[list[Cell]]:
        for row in exchange_rows(list_, rows, english=english):
            keys.append(str(row[0]))
            yield row

    def lines() -> Iterator[Sequence[str]]:
        yield "list", list_.kind
        yield from ((key,) for key in keys)

    return xlsx_bytes(
        list_.en if english else list_.zh,
        exchange_columns(list_, english=english),
        told(),
        NOTES_EN if english else NOTES_ZH,
        hidden_sheet=(NOTES, lines()),
    )


def exchange_csv(list_: ExchangeList, rows: Iterable[Known], *, english: bool = False) -> Iterator[str]:
    """The same rows as CSV; deleted rows cannot be noticed there."""
    return csv_lines(exchange_columns(list_, english=english), exchange_rows(list_, rows, english=english))


def handed_back_xlsx(batch: Import, *, english: bool = False) -> bytes:
    """The rows of an import that have errors, as they came, with the reason in a last column. Once put right, the file can be
    imported as it is."""
    headers = [str(header["header"]) for header in batch.headers]
    columns = [Column(header, 20, hidden=header in {KEY, VERSION}) for header in headers]
    columns.append(Column(REASON, 80))
    rows = batch.rows.filter(action=ImportRow.Action.ERROR).order_by("pk").iterator(chunk_size=2000)
    return xlsx_bytes(
        "退回" if not english else "returned", columns, ([*row.cells, reason_of(row, english)] for row in rows)
    )


def reason_of(row: ImportRow, english: bool) -> str:
    """Everything that is wrong with a row."""
    told = "en" if english else "zh"
    return "；".join(f"{p['column']}：{p[told]}" for p in row.problems)
