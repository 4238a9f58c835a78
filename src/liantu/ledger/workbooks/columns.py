"""Which list a sheet is, told by its column names. The names are data (`data/workbook_columns.csv`)."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from liantu.reading.workbook import Sheet

USES = frozenset(
    {"ignore", "name", "code", "owner", "text", "city", "place", "chain", "investment", "money", "money_to_date"}
    | {"stage", "date", "role", "products", "people", "percent", "tail", "head", "relation"}
)
LEVEL = re.compile(r"(?:level|层级|第)\s*([1-9])\s*(?:级|层)?$|^([一二三四五六])级(?:环节|节点|目录)?$", re.IGNORECASE)
YEAR = re.compile(r"((?:19|20)\d{2})年?(?:度)?")
UNIT = re.compile(r"[（(]\s*(?:单位[:：])?\s*([^（()）]{1,8}?)\s*[)）]")
NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六", start=1)}


@dataclass(frozen=True, slots=True)
class Column:
    """What a column says of the thing its row is about. `unit` and `year` come from the column's own name."""

    header: str
    property: str
    use: str
    status: str = ""
    unit: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read a sheet: `kind` is `project`, `enterprise`, `outline` or `edge` (what joins segments of one); `unknown` holds headers nobody knows."""

    kind: str
    columns: dict[str, Column]  # by header
    unknown: tuple[str, ...] = ()

    def column(self, use: str) -> Column | None:
        """The first column of a use."""
        return next((column for column in self.columns.values() if column.use == use), None)


@cache
def known_columns(kind: str) -> dict[str, tuple[str, str, str]]:
    """Header → (property, use, status) of one kind of list. Raises ValueError for a bad row."""
    found: dict[str, tuple[str, str, str]] = {}
    with (files("liantu.ledger") / "data" / "workbook_columns.csv").open(encoding="utf-8") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            if row["use"] not in USES or not row["source"] or row["list"] not in {"project", "enterprise", "edge"}:
                raise ValueError(f"workbook_columns.csv:{line}: {row}")
            if row["list"] == kind:
                for header in row["headers"].split("|"):
                    found.setdefault(plain(header), (row["property"], row["use"], row["status"]))
    return found


def plain(header: str) -> str:
    """A header without width, spaces, unit and year: `2024年营收(万元)` → `营收`."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", header))
    return re.sub(r"[、，,。:：*]", "", YEAR.sub("", _without_unit(text))).lower()


def _without_unit(text: str) -> str:
    return UNIT.sub(lambda found: found.group() if found.start() == 0 or "、" in found.group() else "", text)


def recognise(sheet: Sheet) -> Layout | None:
    """The layout of a sheet, or None when it is no list known here."""
    headers = list(sheet.columns.values())
    if sheet.header is None or not headers:
        return None
    levels = {header: level for header in headers if (level := _level(header))}
    if len(levels) >= 2 and 1 in levels.values():
        columns = {header: Column(header, f"level{level}", "text") for header, level in levels.items()}
        return Layout("outline", columns, tuple(h for h in headers if h not in levels))
    if (joins := _joins(headers)) is not None:
        return joins
    best: Layout | None = None
    for kind in ("project", "enterprise"):
        known = known_columns(kind)
        columns = {header: _column(header, *known[plain(header)]) for header in headers if plain(header) in known}
        named = [column for column in columns.values() if column.use == "name"]
        certain = any(plain(column.header) != "名称" for column in named)
        enough = len(columns) >= 3 and 2 * len(columns) >= len(headers)
        layout = Layout(kind, columns, tuple(h for h in headers if h not in columns))
        if named and certain and enough and (best is None or len(columns) > len(best.columns)):
            best = layout
    return best


def _joins(headers: list[str]) -> Layout | None:
    """A sheet of relations: it names a segment where each begins and one where it ends."""
    known = known_columns("edge")
    columns = {header: _column(header, *known[plain(header)]) for header in headers if plain(header) in known}
    if not {"tail", "head"} <= {column.use for column in columns.values()}:
        return None
    return Layout("edge", columns, tuple(h for h in headers if h not in columns))


def layouts(sheets: list[Sheet]) -> dict[int, Layout]:
    """Layout of each sheet that is a list known here, by its position; hidden sheets are left alone."""
    found = {i: recognise(sheet) for i, sheet in enumerate(sheets) if not sheet.hidden}
    return {i: layout for i, layout in found.items() if layout is not None}


def _level(header: str) -> int:
    found = LEVEL.search(unicodedata.normalize("NFKC", header).strip())
    if found is None:
        return 0
    return int(found[1]) if found[1] else NUMERALS[found[2]]


def _column(header: str, property_: str, use: str, status: str) -> Column:
    text = unicodedata.normalize("NFKC", header)
    unit, year = UNIT.search(text), YEAR.search(text)
    return Column(header, property_, use, status, unit[1] if unit else "", year[1] if year else "")
