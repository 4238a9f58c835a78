"""Tables of a parsed file: cells as text and in clean offsets, merged cells repeated where they reach."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liantu.reading.model import BlockKind, Table
from liantu.reading.source_lines import Parsed, SourceLine

_UNIT = re.compile(r"(?:^|[\s（(，；])(?:计量)?单位[：:]\s*([^）)\s]{1,20})")
_TITLE = re.compile(r"(?:[表图]\s?\d|[^。]{2,60}(?:表|情况|清单|名单|台账)$)")

_WIDEST = 1_000  # columns; merged cells are not repeated beyond
Cell = tuple[str, tuple[int, int]]


def build_tables(
    parsed: Parsed,
    hints: Sequence[SourceLine],
    lines: Sequence[str],
    starts: Sequence[int],
    kinds: Sequence[BlockKind],
) -> tuple[Table, ...]:
    """Tables in order; a caption and a unit line right above the first row are taken along."""
    members: dict[int, list[int]] = {}
    for i, hint in enumerate(hints):
        if hint.row is not None and kinds[i] == "table_row":
            members.setdefault(hint.row.table, []).append(i)
    tables = []
    for number, indices in members.items():
        grid = _grid([(hints[i], lines[i], starts[i]) for i in indices])
        note = parsed.tables[number] if number < len(parsed.tables) else None
        caption, unit = _above(lines, kinds, indices[0])
        tables.append(
            Table(
                rows=tuple(tuple(text for text, _ in row) for row in grid),
                cells=tuple(tuple(span for _, span in row) for row in grid),
                caption=(note.caption if note else "") or caption,
                unit=unit or _unit_in(lines[indices[0]]),
                locator=note.locator if note else "",
            )
        )
    return tuple(tables)


def _grid(rows: Sequence[tuple[SourceLine, str, int]]) -> list[list[Cell]]:
    """Cells by row and column; a cell that spans several stands in each of them."""
    hanging: dict[int, tuple[int, Cell]] = {}  # column → rows it still covers, the cell
    grid: list[list[Cell]] = []
    for hint, line, start in rows:
        texts = line.split("\t")
        spans = hint.row.spans if hint.row and len(hint.row.spans) == len(texts) else ((1, 1),) * len(texts)
        row: list[Cell] = []
        later: dict[int, tuple[int, Cell]] = {}
        at = start
        for text, (columns, deep) in zip(texts, spans, strict=True):
            _hang(row, hanging, later)
            cell = (text, (at, at + len(text)))
            for _ in range(min(columns, _WIDEST - len(row))):
                if deep > 1:
                    later[len(row)] = (deep - 1, cell)
                row.append(cell)
            at += len(text) + 1
        _hang(row, hanging, later)
        hanging = later
        grid.append(row)
    width = max(map(len, grid), default=0)
    for row in grid:
        end = row[-1][1][1] if row else 0
        row.extend([("", (end, end))] * (width - len(row)))
    return grid


def _hang(row: list[Cell], hanging: dict[int, tuple[int, Cell]], later: dict[int, tuple[int, Cell]]) -> None:
    """Append to `row` the cells that hang into it from above."""
    while len(row) in hanging:
        left, cell = hanging[len(row)]
        if left > 1:
            later[len(row)] = (left - 1, cell)
        row.append(cell)


def _above(lines: Sequence[str], kinds: Sequence[BlockKind], first: int) -> tuple[str, str]:
    caption = unit = ""
    for i in range(first - 1, max(-1, first - 3), -1):
        if kinds[i] == "table_row":
            break
        found = _UNIT.search(lines[i]) if len(lines[i]) <= 60 else None
        if found and not unit:
            unit = found[1]
        if not caption and len(lines[i]) <= 60 and _TITLE.match(lines[i]):
            caption = lines[i]
    return caption, unit


def _unit_in(line: str) -> str:
    found = _UNIT.search(line) if line.count("\t") == 0 else None
    return found[1] if found else ""
