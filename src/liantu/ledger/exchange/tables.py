"""Which sheet holds the list, what its headers mean, and its rows cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from liantu.ledger.exchange.grids import Grid
from liantu.ledger.exchange.lists import Column, ExchangeList
from liantu.ledger.exchange.values import unit_of
from liantu.ledger.models import HeaderMeaning
from liantu.ledger.workbooks.amounts import shown as cell_text
from liantu.ledger.workbooks.columns import known_columns, plain
from liantu.reading.workbook import Value

KEY, VERSION, REASON = "链图编号", "链图版本", "退回原因"
NOTES = "链图导出"
"""The hidden sheet of an export: the list, and the keys of all rows that went out."""
USES = {"name": "name", "stage": "stage", "investment": "investment", "place": "place", "owner": "owner"}
USES |= {"chain": "chain", "role": "role", "city": "city"}
CITY = "city"
"""A column that lists of others have: with a county beside it, it says in which region the row lies."""


def as_came(cells: Sequence[Any]) -> list[Any]:
    """The cells of a row as they are kept, to be handed back."""
    return [v if v is None or isinstance(v, int | float) else cell_text(v) for v in cells]


def problem(
    zh: str, en: str, *, sheet: str = "", row: int = 0, column: str = "", value: object = "", blocks: bool = True
) -> dict[str, Any]:
    """What is wrong, where, and what to do; `blocks` when nothing can be written before it is put right."""
    told = {"sheet": sheet, "row": row, "column": column, "value": str(value)[:80], "zh": zh, "en": en}
    return told | {"blocks": blocks}


@dataclass(slots=True)
class Table:
    """The rows of a list as they came, with what each header means."""

    grid: Grid
    columns: dict[int, str]  # position → key of a column, `city`, KEY, VERSION, or "" for none
    problems: list[dict[str, Any]] = field(default_factory=list)
    exported: list[str] | None = None  # keys of all rows that went out, where the file tells

    def __iter__(self) -> Iterator[tuple[int, list[Value | None]]]:
        return iter(self.grid.rows)

    @property
    def unknown(self) -> list[str]:
        """Headers whose meaning nobody knows."""
        return [header for at, header in enumerate(self.grid.headers) if at not in self.columns and header]

    @property
    def known(self) -> int:
        """Number of headers with a meaning."""
        return sum(1 for meaning in self.columns.values() if meaning)

    def has(self, column: str) -> bool:
        """Whether some header means the column."""
        return column in self.columns.values()

    def unit(self, position: int) -> str:
        """The unit that a header names."""
        return unit_of(self.grid.headers[position])


def table_of(list_: ExchangeList, grids: Sequence[Grid], said: Mapping[str, str] | None = None) -> Table | None:
    """The sheet that holds the list; None when there is none.

    Args:
        said: what the person says of headers now: plain header → column, empty for of no concern.
    """
    meanings = header_meanings(list_) | dict(said or {})
    best: Table | None = None
    for grid in grids:
        if grid.hidden or grid.header_row is None:
            continue
        table = Table(grid, {})
        for at, header in enumerate(grid.headers):
            meaning = meanings.get(plain(header))
            if meaning is None:
                continue
            if meaning and meaning in table.columns.values():
                table.problems.append(
                    problem(
                        f"前面已有一栏也是“{_title(list_, meaning)}”，这一栏没有取",
                        "an earlier column means the same; this one is left out",
                        sheet=grid.name,
                        row=grid.header_row,
                        column=header,
                        blocks=False,
                    )
                )
                meaning = ""
            table.columns[at] = meaning
        if (table.has(list_.title) or table.has(KEY)) and (best is None or table.known > best.known):
            best = table
    if best is not None:
        best.exported = _exported(list_, grids)
    return best


def header_meanings(list_: ExchangeList) -> dict[str, str]:
    """Plain header → column: our own headings in both languages, those that ledgers use, and what the office has said."""
    found: dict[str, str] = {}
    if list_.by_name:
        usual = known_columns(list_.kind).items()
        found = {header: USES[use] for header, (_, use, _status) in usual if use in USES}
        found |= {header: "" for header, (_, use, _status) in usual if use == "ignore"}
        found = {header: column for header, column in found.items() if _is_of(list_, column)}
    for column in list_.columns:
        for header in (column.zh, column.en, *column.headers):
            found[plain(header)] = column.key
    found |= {plain(KEY): KEY, plain(VERSION): VERSION, plain(REASON): ""}
    remembered = HeaderMeaning.objects.filter(kind=list_.words_kind).values_list("header", "column")
    return found | dict(remembered)


def _is_of(list_: ExchangeList, column: str) -> bool:
    return column in {"", CITY, *(c.key for c in list_.columns)} or (column == "place")


def _title(list_: ExchangeList, key: str) -> str:
    return next((column.zh for column in list_.columns if column.key == key), key)


def column_named(list_: ExchangeList, key: str) -> Column:
    """The column of a list with this key. Raises KeyError."""
    for column in list_.columns:
        if column.key == key:
            return column
    raise KeyError(key)


def _exported(list_: ExchangeList, grids: Sequence[Grid]) -> list[str] | None:
    """The keys of the rows that went out, from the hidden sheet of an export of the same list."""
    for grid in grids:
        if grid.name != NOTES:
            continue
        lines = [[cell_text(value) for value in values if value is not None] for _, values in grid.rows]
        if grid.headers:
            lines.insert(0, list(grid.headers))
        kinds = [line[1] for line in lines if len(line) > 1 and line[0] == "list"]
        if kinds == [list_.kind]:
            return [line[0] for line in lines if len(line) == 1]
    return None
