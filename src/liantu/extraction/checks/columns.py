"""The 合计 row of a table against the rows above it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liantu.extraction.evidence import evidence_at
from liantu.reading.model import Document

from .model import CheckResult

_TOTAL = re.compile(r"^(?:合 *计|总 *计|共 *计)$")
_WITHIN = re.compile(r"^(?:其中|#|\s{2})|小计")
_NUMBER = re.compile(r"^-?\d[\d,]*(?:\.(\d+))?$")
_NO_SUM = re.compile(r"率|比重|占比|%|％|位次|排名|名次|增长|增速|增幅|同比|人均|平均|价格|序号|年份|密度|强度")
_FEWEST_ROWS = 2

Cell = tuple[str, int, int]  # text, clean start and end


def check_columns(document: Document) -> Iterator[CheckResult]:
    """Each column whose cells are all numbers, where the last row is the total of those above."""
    for rows in (*_tables(document), *_flat_tables(document)):
        totals = [n for n, row in enumerate(rows) if row and _TOTAL.match(row[0][0].strip())]
        if len(totals) != 1:
            continue
        total = rows[totals[0]]
        header, parts = rows[0], [r for n, r in enumerate(rows) if n not in (0, totals[0])]
        if totals[0] not in (1, len(rows) - 1) or any(_WITHIN.search(r[0][0]) for r in parts if r):
            continue
        if len(parts) < _FEWEST_ROWS or any(len(r) != len(total) for r in parts):
            continue
        for at in range(1, len(total)):
            name = header[at][0] if len(header) == len(total) else ""
            if not _NO_SUM.search(name):
                yield from _column(document, name, [r[at] for r in parts], total[at])


def _column(document: Document, name: str, parts: list[Cell], total: Cell) -> Iterator[CheckResult]:
    matches = [_NUMBER.match(c[0].strip()) for c in (*parts, total)]
    if not all(matches):
        return
    steps = [10.0 ** -len(m[1] or "") / 2 if m and m[1] else 0.0 for m in matches]
    values = [float(c[0].replace(",", "")) for c in (*parts, total)]
    computed, stated = sum(values[:-1]), values[-1]
    tolerance = sum(steps)
    agrees = abs(computed - stated) <= tolerance + 1e-9
    spans = tuple(document.text.raw_span(c[1], c[2]) for c in (*parts, total))
    label = f"“{name}”一列" if name else "一列"
    if agrees:
        zh, en = f"{label}各行之和与合计{total[0]}相符", f"Column {name}: the rows add up to {total[0]}"
    else:
        zh = f"{label}各行之和为{computed:g}，合计写作{total[0]}，请核对"
        en = f"Column {name}: the rows add up to {computed:g}, the total says {total[0]}; please check"
    yield CheckResult(
        "column_total",
        "ok" if agrees else "differs",
        spans,
        computed,
        stated,
        "",
        tolerance,
        zh,
        en,
        evidence_at(document, total[1], total[2]),
    )


def _tables(document: Document) -> Iterator[list[list[Cell]]]:
    for table in document.tables:
        yield [
            [(text, *place) for text, place in zip(row, places, strict=True)]
            for row, places in zip(table.rows, table.cells, strict=True)
        ]


def _flat_tables(document: Document) -> Iterator[list[list[Cell]]]:
    """Runs of table rows in the text of a document that has no real tables."""
    if document.tables:
        return
    clean = document.text.clean
    rows: list[list[Cell]] = []
    for block in document.blocks:
        if block.kind == "table_row":
            cells = re.finditer(r"[^\t]+", clean[block.start : block.end])
            rows.append([(m[0], block.start + m.start(), block.start + m.end()) for m in cells])
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows
