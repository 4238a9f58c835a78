"""The rows of a table beside those of the ledger: what is wrong, added, changed, removed, and changed by others too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from liantu.ledger.exchange.lists import Column, ExchangeList, Known, Row
from liantu.ledger.exchange.tables import CITY, KEY, VERSION, Table, as_came, column_named, problem
from liantu.ledger.exchange.unusable import Unusable
from liantu.ledger.exchange.values import as_text, parsed, same, shown
from liantu.ledger.exchange.versions import entity_of, is_of, mark, marks_of, version_of
from liantu.ledger.likeness import fold
from liantu.ledger.models import ImportRow
from liantu.ledger.places import place_of_code
from liantu.ledger.standing import batches
from liantu.ledger.workbooks.amounts import shown as cell_text
from liantu.reading.workbook import Value

Action = ImportRow.Action
CHUNK = 1000  # rows compared at once


@dataclass(slots=True)
class Line:
    """One row of the table: which row of the ledger it is, and what it says."""

    number: int
    cells: list[Value | None]
    key: str = ""
    version: str = ""
    entity: int | None = None
    told: Row = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)


class Comparison:
    """Compares a table with the ledger, some rows at a time."""

    def __init__(self, list_: ExchangeList, table: Table) -> None:
        self.list, self.table = list_, table
        self.n_rows = self.n_unchanged = 0
        self._positions = {meaning: at for at, meaning in table.columns.items() if meaning}
        self._taken: dict[int, int] = {}  # entity → row that names it
        self._first: dict[str, int] = {}  # key or name → row in which it first stands
        self._twice: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, dict[int, Known]] | None = None
        self._read: dict[str, tuple[Any, Unusable | None]] = {}
        self._find_twice()

    def _find_twice(self) -> None:
        """Rows that stand in the table twice, by key, or by name where there is no key."""
        for number, cells in self.table:
            at = self._name_of(cells)
            if not at:
                continue
            if at in self._first:
                self._twice[at].append(number)
            else:
                self._first[at] = number

    def __iter__(self) -> Iterator[list[ImportRow]]:
        """The rows that differ, for each `CHUNK` of rows of the table."""
        for part in batches(self.table, CHUNK):
            lines = [self._line(number, cells) for number, cells in part]
            lines = [line for line in lines if line.told or line.problems or line.key]
            self.n_rows += len(lines)
            yield self._compare(lines)

    def removed(self) -> list[ImportRow]:
        """The rows that went out with the file and are in it no longer."""
        gone = [key for key in self.table.exported or () if key not in self._first]
        named = {at[0]: at[1] for key in gone if (at := entity_of(key)) is not None}
        known = self.list.rows(sorted(named))
        return [
            ImportRow(
                number=0,
                sheet=self.table.grid.name,
                action=Action.REMOVED,
                **self.list.pinned(pk),
                name=row.values[self.list.title],
                before=self._said(row.values, [c.key for c in self.list.columns]),
                seen=version_of(self.list, row),
            )
            for pk, row in known.items()
            if is_of(self.list, named[pk], row.identity)
        ]

    # One row of the table.

    def _text(self, cells: list[Value | None], meaning: str) -> str:
        at = self._positions.get(meaning)
        value = cells[at] if at is not None else None
        return "" if value is None else cell_text(value).strip()

    def _name_of(self, cells: list[Value | None]) -> str:
        """What no two rows may share: the key, or name and region; empty where a row has neither key nor name."""
        key, name = self._text(cells, KEY), self._text(cells, self.list.title)
        return key or (name and "\0".join((fold(name), *(fold(self._text(cells, c)) for c in self.list.apart))))

    def _line(self, number: int, cells: list[Value | None]) -> Line:
        line = Line(number, cells, self._text(cells, KEY), self._text(cells, VERSION))
        if not any(value is not None and cell_text(value) for value in cells):
            return line
        for key, at in self._positions.items():
            if key in {KEY, VERSION, CITY} or not self._is_column(key):
                continue
            cell = f"{self.table.grid.letters[at]}{number}"
            if cell in self.table.grid.uncomputed:
                self._wrong(
                    line,
                    at,
                    "单元格里的公式没有算出结果，请在 Excel 或 WPS 里打开保存一次，或改成数值",
                    "the formula in the cell has no result; open and save the file in Excel or WPS, or write a value",
                )
                continue
            try:
                line.told[key] = self._value(column_named(self.list, key), cells[at], at)
            except Unusable as error:
                self._wrong(line, at, error.zh, error.en)
        self._place(line)
        twice = self._name_of(cells)
        if number in self._twice.get(twice, ()):
            first = self._first[twice]
            meaning = KEY if line.key else self.list.title
            self._wrong(
                line,
                self._positions[meaning],
                f"与第 {first} 行是同一行，请只留一行",
                f"the same row as row {first}; keep one of them",
            )
        return line

    def _is_column(self, key: str) -> bool:
        return any(column.key == key for column in self.list.columns)

    def _value(self, column: Column, value: Value | None, at: int) -> Any:
        """What a cell says; what was read once is remembered, for a column says the same again and again."""
        key = f"{at}\0{type(value).__name__}\0{value}"
        if key not in self._read:
            if len(self._read) > 50_000:
                self._read.clear()
            try:
                self._read[key] = parsed(column, value, self.table.unit(at)), None
            except Unusable as error:
                self._read[key] = None, error
        found, wrong = self._read[key]
        if wrong is not None:
            raise wrong
        return found

    def _place(self, line: Line) -> None:
        """The region of a row in a list that has columns for city and county instead of one for the region."""
        if "region" in self._positions or CITY not in self._positions or not self._is_column("region"):
            return
        city, county = self._text(line.cells, CITY), self._text(line.cells, "place")
        region = column_named(self.list, "region")
        for said in (city + county, county if not city else "", city):
            try:
                code = parsed(region, said) if said else ""
            except Unusable as error:
                if said == city:
                    self._wrong(line, self._positions[CITY], error.zh, error.en)
                continue
            if code and (not city or said == city or code != parsed_or_empty(region, city)):
                line.told["region"] = code
                return

    def _wrong(self, line: Line, at: int, zh: str, en: str) -> None:
        grid = self.table.grid
        value = line.cells[at]
        line.problems.append(
            problem(
                zh,
                en,
                sheet=grid.name,
                row=line.number,
                column=f"{grid.letters[at]}{line.number}（{grid.headers[at]}）",
                value="" if value is None else cell_text(value),
            )
        )

    # Beside the ledger.

    def _compare(self, lines: list[Line]) -> list[ImportRow]:
        known = self._known(lines)
        same_identity = self._of_identity(lines)
        found = []
        for line in lines:
            self._identify(line, known)
            if line.entity is None and not line.key and (row := same_identity.get(_identity(self.list, line))):
                line.entity, known[row.entity] = row.entity, row
            self._once(line)
            differing = self._row(line, known.get(line.entity) if line.entity is not None else None)
            if differing is None:
                self.n_unchanged += 1
            else:
                found.append(differing)
        return found

    def _once(self, line: Line) -> None:
        """Two lines may name one row in two ways: by key and by name, or by the keys of what was merged since."""
        if line.entity is None:
            return
        first = self._taken.setdefault(line.entity, line.number)
        if first != line.number and not line.problems:
            self._wrong(
                line,
                self._positions.get(self.list.title, 0),
                f"与第 {first} 行在台账里是同一个，请只留一行",
                f"the ledger takes it and row {first} for one; keep one of them",
            )

    def _of_identity(self, lines: Iterable[Line]) -> dict[tuple[str, str], Known]:
        """Rows of the ledger that an added line would fall together with, though they bear another name by now."""
        wanted = {_identity(self.list, line) for line in lines if not line.key and line.told.get(self.list.title)}
        return self.list.of_identities(wanted)

    def _known(self, lines: Iterable[Line]) -> dict[int, Known]:
        """The rows of the ledger that the keys name; of a name that was merged into another, that one's."""
        named = {at[0] for line in lines if line.key and (at := entity_of(line.key)) is not None}
        known = self.list.rows(sorted(named))
        return known | self.list.moved(sorted(named - known.keys()))

    def _identify(self, line: Line, known: dict[int, Known]) -> None:
        """Which row of the ledger a line is: by its key, else by its name."""
        if line.key:
            at = entity_of(line.key)
            row = known.get(at[0]) if at is not None else None
            if row is None or (at is not None and row.entity == at[0] and not is_of(self.list, at[1], row.identity)):
                self._wrong(
                    line,
                    self._positions[KEY],
                    "这个编号不在本台账里：可能已被移出，或表格来自别处；要作为新增，请清空这一格",
                    "this key is not in the ledger: the row was taken off the list, or the file is another ledger's; "
                    "empty the cell to add the row anew",
                )
                return
            line.entity = row.entity
            known[row.entity] = row
            return
        name = line.told.get(self.list.title, "")
        if not name or not self.list.by_name:
            return  # an office's list: `_of_identity` finds the row by its key
        candidates = self._named(name)
        region = line.told.get("region", "")
        if region and len(candidates) > 1:
            city = place_of_code(region).city_code
            near = {pk: row for pk, row in candidates.items() if row.city_code == city}
            candidates = near or candidates
        elif region and len(candidates) == 1:
            (row,) = candidates.values()
            city = place_of_code(region).city_code
            if row.city_code and city and row.city_code != city:
                candidates = {}  # a namesake in another prefecture
        if len(candidates) > 1:
            self._wrong(
                line,
                self._positions[self.list.title],
                f"台账里同名的有 {len(candidates)} 个，不知道改哪一个；请在导出的表里改",
                f"the ledger has {len(candidates)} of this name; change it in a file exported from here",
            )
        elif candidates:
            ((line.entity, row),) = candidates.items()
            known[line.entity] = row

    def _named(self, name: str) -> dict[int, Known]:
        """Rows of the ledger that bear a name."""
        if self._by_name is None:
            self._by_name = defaultdict(dict)
            for row in self.list.everything():
                self._by_name[fold(row.values[self.list.title])][row.entity] = row
        return self._by_name.get(fold(name), {})

    def _row(self, line: Line, known: Known | None) -> ImportRow | None:
        """What a line would do; None where it says what the ledger says."""
        marks = marks_of(self.list, line.version) if known is not None else None
        before = known.values if known is not None else {}
        told: Row = {}
        clashes: list[str] = []
        for key, value in line.told.items():
            column = column_named(self.list, key)
            empty = value in (None, "", ())
            if known is None:
                if not empty:
                    told[key] = value
                continue
            if same(column, value, before[key]) or self._unmoved(line, column, before[key]):
                continue
            if marks is None:
                if not empty:  # a table of the office's own: an empty cell says nothing
                    told[key] = value
            elif mark(column, value) != marks[key]:
                told[key] = value
                if mark(column, before[key]) != marks[key]:
                    clashes.append(key)
        name = self.list.title
        if not line.problems and not (told.get(name) or before.get(name) if name not in line.told else line.told[name]):
            at = self._positions.get(name, self._positions.get(KEY, 0))
            title = column_named(self.list, name).zh
            self._wrong(
                line, at, f"缺{title}，请补上，或删去这一行", "the name is missing; fill it in, or delete the row"
            )
        elif not line.problems and told:
            for key, zh, en in self.list.wrong({**before, **told}, known.entity if known is not None else None):
                self._wrong(line, self._positions.get(key, self._positions.get(name, 0)), zh, en)
        said = self._text(line.cells, name)
        row = ImportRow(
            number=line.number,
            sheet=self.table.grid.name,
            **self.list.pinned(known.entity if known is not None else None),
            name=self.list.called(before.get(name) or told.get(name) or said)[:255],
            told=told,
            before=self._said(before, told) if known is not None else {},
            after=self._said(told, told),
            clashes=clashes,
            seen=version_of(self.list, known) if known is not None else "",
        )
        row.came, row.called = line.cells, self.list.called(said)[:255]
        if line.problems:
            row.action, row.problems = Action.ERROR, line.problems
            row.cells = as_came(line.cells)
            return row
        if known is None:
            row.action = Action.ADDED
            return row
        row.action = Action.CLASH if clashes else Action.CHANGED
        return row if told else None

    def _unmoved(self, line: Line, column: Column, value: Any) -> bool:
        """Whether a cell reads as the ledger's value is written."""
        at = self._positions.get(column.key)
        if at is None or line.cells[at] is None:
            return False
        text = cell_text(line.cells[at])
        return any(
            text == cell_text(said)
            for english in (False, True)
            if (said := shown(column, value, english=english)) is not None
        )

    def _said(self, values: Row, keys: Iterable[str]) -> dict[str, str]:
        return {key: as_text(column_named(self.list, key), values.get(key)) for key in keys}


def _identity(list_: ExchangeList, line: Line) -> tuple[str, str]:
    return list_.identity(line.told)


def parsed_or_empty(column: Column, text: str) -> Any:
    """What a cell says, or an empty text where it says nothing that can be taken."""
    try:
        return parsed(column, text)
    except Unusable:
        return ""
