"""From rows to enterprises: every cell understood, or listed with its row and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

from liantu.resolution import fold, is_uscc
from liantu.resolution.uscc import clean_uscc

from .capital import parse_capital
from .model import Capital, Enterprise, Row, RowProblem, row_problem
from .places import locate
from .rows import CAPITAL_UNIT

_DATE = re.compile(r"(?P<y>(?:19|20)\d{2})[-/.年]?(?P<m>\d{1,2})[-/.月]?(?P<d>\d{1,2})日?(?:[ T].*)?")
_NOTHING = frozenset({"-", "--", "—", "/", "无", "暂无", "null", "NULL", "None"})


class Loader:
    """Turns rows into enterprises, remembering what was seen so that no firm counts twice."""

    def __init__(self, source: str) -> None:
        """`source`: the list's name, for messages."""
        self.source = source
        self.problems: list[RowProblem] = []
        self._codes: dict[str, int] = {}
        self._names: dict[tuple[str, str], int] = {}

    def enterprises(self, rows: Iterable[Row]) -> Iterator[Enterprise]:
        """The enterprises of `rows`; what is wrong with a row goes to `problems`."""
        for row in rows:
            made = self._enterprise(row)
            if made is not None:
                yield made

    def _enterprise(self, row: Row) -> Enterprise | None:
        values = {field: text for field, text in row.values.items() if text not in _NOTHING}
        name = values.get("name", "")
        if not name:
            if values.keys() - {CAPITAL_UNIT}:  # a blank row is no problem
                self._note(row, "no_name")
            return None
        uscc = clean_uscc(values.get("uscc", ""))
        valid = is_uscc(uscc)
        if uscc and not valid:
            self._note(row, "bad_uscc", uscc)
        address = values.get("address", "")
        columns = (
            values.get("province", ""),
            values.get("city", ""),
            values.get("county", ""),
            values.get("place", ""),
        )
        region, told_by = locate(address, columns, uscc[2:8] if valid else "", name)
        if not region:
            self._note(row, "no_region", address or "".join(columns))
        return Enterprise(
            row.row,
            name,
            uscc,
            valid,
            values.get("scope", ""),
            values.get("products", ""),
            address,
            self._capital(row, values),
            self._date(row, values.get("established", "")),
            region,
            told_by,
            self._repeats(row, uscc if valid else "", name, address),
        )

    def _capital(self, row: Row, values: dict[str, str]) -> Capital | None:
        text = values.get("capital", "")
        found = parse_capital(text, values.get(CAPITAL_UNIT, "")) if text else None
        if text and found is None:
            self._note(row, "bad_capital", text)
        return found

    def _date(self, row: Row, text: str) -> date | None:
        if not text:
            return None
        if found := _DATE.fullmatch(text):
            with suppress(ValueError):  # 2011-02-30
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
        self._note(row, "bad_date", text)
        return None

    def _repeats(self, row: Row, uscc: str, name: str, address: str) -> int | None:
        """The earlier row of the same enterprise: the same credit code, or without one the same name and address."""
        if uscc:
            first = self._codes.setdefault(uscc, row.row)
            code, value = "repeated_uscc", uscc
        else:
            first = self._names.setdefault((fold(name), fold(address)), row.row)
            code, value = "repeated_row", name
        if first == row.row:
            return None
        self._note(row, code, value, first)
        return first

    def _note(self, row: Row, code: str, value: str = "", other: int = 0) -> None:
        self.problems.append(row_problem(self.source, row.row, code, value, other))
