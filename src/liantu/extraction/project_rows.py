"""Projects listed in a table: one row each, the columns told by the header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from liantu.extraction.model import Stage
from liantu.extraction.steps import stage_of
from liantu.reading.model import Document

_NAME = re.compile(r"^(?:项目名称|项目|工程名称|建设项目|名称)$")
_PLACE = re.compile(r"所在地|地点|属地|所属|县区|县（市、区）|区域|选址|落地")
_OWNER = re.compile(r"建设单位|投资方|业主|企业|投资主体|实施单位|承建")
_MONEY = re.compile(r"^(?:计划)?总投资|^投资额|^投资总额|^投资规模")
_STATE = re.compile(r"状态|进展|进度|阶段|建设情况|推进情况")
_UNIT_ABOVE = re.compile(r"单位[：:]\s*(?P<unit>(?:亿|万)?元)")
_UNIT = re.compile(r"(亿|万)?元")
_SCALE = {"亿": 10**8, "万": 10**4, None: 1}
# States that a ledger writes in one word and prose does not.
_WORDS: tuple[tuple[str, Stage], ...] = (
    ("停缓建", "building"),
    ("续建", "building"),
    ("在建", "building"),
    ("前期", "idea"),
    ("储备", "idea"),
    ("洽谈", "idea"),
)


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One row: the name with its clean span, and what the other columns say."""

    name: str
    start: int
    end: int
    place: str | None = None
    owner: str | None = None
    investment: float | None = None
    stage: Stage | None = None


def project_rows(document: Document) -> Iterator[ProjectRow]:
    """Rows of every table whose header has a column of project names beside one of money, place, owner or state."""
    text = document.text.clean
    columns: dict[str, tuple[int, str]] | None = None
    above, told = "", 0  # what the line 单位：万元 says, and how many lines ago
    for number, block in enumerate(document.blocks):
        line = text[block.start : block.end]
        if block.kind != "table_row":
            unit = _UNIT_ABOVE.search(line)
            above, told = (unit.group("unit"), 0) if unit is not None else (above if told < 3 else "", told + 1)
            columns = _header(re.split(r"\t|\s{1,}", line.strip())) if "项目" in line or "名称" in line else None
            continue
        cells = line.split("\t")
        if columns is None:
            columns = _header(cells)
            if columns is not None or number == 0:
                continue
        if columns is None:
            continue
        row = _row(cells, columns, block.start, above)
        if row is not None:
            yield row


def _header(cells: list[str]) -> dict[str, tuple[int, str]] | None:
    columns: dict[str, tuple[int, str]] = {}
    for place, cell in enumerate(cells):
        said = cell.strip()
        for kind, pattern in (
            ("name", _NAME),
            ("money", _MONEY),
            ("place", _PLACE),
            ("owner", _OWNER),
            ("state", _STATE),
        ):
            if kind not in columns and pattern.search(said):
                columns[kind] = (place, said)
                break
    return columns if "name" in columns and len(columns) >= 2 else None


def _row(cells: list[str], columns: dict[str, tuple[int, str]], at: int, above: str) -> ProjectRow | None:
    def cell(kind: str) -> str:
        spot = columns.get(kind)
        return cells[spot[0]].strip() if spot is not None and spot[0] < len(cells) else ""

    name = cell("name")
    if len(name) < 4 or re.fullmatch(r"[\d.,%—\-]+|合计|总计|小计", name):
        return None
    start = at + sum(len(c) + 1 for c in cells[: columns["name"][0]])
    money: float | None = None
    if "money" in columns:
        unit = _UNIT.search(columns["money"][1]) or _UNIT.search(above)
        try:
            money = float(Decimal(cell("money").replace(",", "")) * _SCALE[unit.group(1) if unit else None])
        except InvalidOperation:
            money = None
    state = cell("state")
    stage = next((s for word, s in _WORDS if word in state), None) or (stage_of(state) if state else None)
    return ProjectRow(name, start, start + len(name), cell("place") or None, cell("owner") or None, money, stage)
