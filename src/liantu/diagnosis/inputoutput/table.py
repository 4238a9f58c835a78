"""An input–output table of one area and year, checked before anything is computed from it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..settings import settings

Array = NDArray[np.float64]


class TableError(ValueError):
    """A table that cannot be used: says which row or column, and what to do."""

    def __init__(self, where: str, zh: str, en: str) -> None:
        super().__init__(f"{where}：{zh} / {where}: {en}")
        self.where = where


@dataclass(frozen=True, slots=True)
class IOTable:
    """Flows between N sectors, in one unit of money.

    Attributes:
        area, year, unit: of the table.
        sectors: names, as of the year; lists of two years differ, so tables are joined by name and never by place.
        flows: N × N, row sells to column; of all origins, local or not.
        output: N, total output. local_final: N, final demand inside the area (consumption and investment).
        outflow, inflow: N, to and from other provinces and abroad together, both as amounts of zero or more.
        exports, imports: N, the part of these that is abroad.
        value_added: N. error: N, what the table itself books as not explained.
        closed: largest share of a row's or column's total that does not add up.
    """

    area: str
    year: int
    unit: str
    sectors: tuple[str, ...]
    flows: Array
    output: Array
    local_final: Array
    outflow: Array
    inflow: Array
    exports: Array
    imports: Array
    value_added: Array
    error: Array
    closed: float = field(default=0.0)

    def index(self, sector: str) -> int:
        """Place of a sector. Raises KeyError naming those there are."""
        if sector not in self.sectors:
            raise KeyError(f"{sector}：{self.year}年的表里没有这个部门，现有{'、'.join(self.sectors)} / no such sector")
        return self.sectors.index(sector)

    @property
    def local_share(self) -> Array:
        """Share of what is used here that is made here: l/(l + inflow), l = output that stays. 0 where nothing is used."""
        stays = np.maximum(self.output - self.outflow, 0.0)
        used = stays + self.inflow
        return np.asarray(np.divide(stays, used, out=np.zeros_like(used), where=used > 0))

    @property
    def net_outflow(self) -> Array:
        """What leaves less what comes: positive for a seller."""
        return np.asarray(self.outflow - self.inflow)


def checked_table(
    *,
    area: str,
    year: int,
    unit: str,
    sectors: tuple[str, ...],
    flows: Array,
    output: Array,
    local_final: Array,
    outflow: Array,
    inflow: Array,
    exports: Array,
    imports: Array,
    value_added: Array,
    error: Array | None = None,
    tolerance: float | None = None,
) -> IOTable:
    """A table whose rows and columns add up.

    Row: Σ_j z_ij + final + outflow - inflow + error = output. Column: Σ_i z_ij + value added = output.

    Args:
        tolerance: share of a total that may be missing; the setting by default. One unit of money is always forgiven (rounding).

    Raises:
        TableError: a sector twice, a wrong length, a number that is none, negative output, or a row or column that does not
            add up, with its name and by how much.
    """
    n = len(sectors)
    off = np.zeros(n) if error is None else error
    if len(set(sectors)) != n:
        twice = next(s for s in sectors if sectors.count(s) > 1)
        raise TableError(f"{area}{year}年", f"部门“{twice}”出现两次，请只留一个", f"sector {twice} is there twice")
    vectors = {
        "总产出": output, "本地最终使用": local_final, "流出": outflow, "流入": inflow, "出口": exports, "进口": imports,
        "增加值": value_added, "误差": off,
    }  # fmt: skip
    if flows.shape != (n, n):
        raise TableError(f"{area}{year}年", f"中间使用应为{n}×{n}", f"flows must be {n} × {n}")
    for name, vector in vectors.items():
        if vector.shape != (n,):
            raise TableError(f"{area}{year}年 {name}", f"应有{n}个数", f"there must be {n} numbers")
        if not np.isfinite(vector).all():
            raise TableError(
                f"{area}{year}年 {name} {sectors[int(np.argmin(np.isfinite(vector)))]}", "不是数字", "no number"
            )
    if not np.isfinite(flows).all():
        i, j = np.argwhere(~np.isfinite(flows))[0]
        raise TableError(f"{area}{year}年 第{i + 1}行第{j + 1}列", "不是数字", "no number")
    for i in np.flatnonzero(output < 0):
        raise TableError(
            f"{area}{year}年 {sectors[i]}", f"总产出{output[i]:g}为负", f"output {output[i]:g} is below zero"
        )
    allowed = settings().io_tolerance if tolerance is None else tolerance
    worst = 0.0
    for kind, en, total in (
        ("行", "row", flows.sum(1) + local_final + outflow - inflow + off),
        ("列", "column", flows.sum(0) + value_added),
    ):
        gap = np.abs(total - output)
        share = np.where(gap <= 1.0, 0.0, gap / np.maximum(output, 1.0))
        worst = max(worst, float(share.max(initial=0.0)))
        for i in np.flatnonzero(share > allowed):
            raise TableError(
                f"{area}{year}年 第{i + 1}{kind}“{sectors[i]}”",
                f"{kind}合计{total[i]:.10g}与总产出{output[i]:.10g}相差{share[i]:.1%}，这张表不平衡，请核对后再用",
                f"{en} adds up to {total[i]:.10g}, output is {output[i]:.10g}; the table does not balance",
            )
    return IOTable(
        area,
        year,
        unit,
        sectors,
        flows,
        output,
        local_final,
        outflow,
        inflow,
        exports,
        imports,
        value_added,
        off,
        worst,
    )


def sector_names(path: Path, year: int) -> dict[str, str]:
    """Name of each sector code in `year`, of a table with columns code, name_2002, name_2007 … .

    Raises:
        TableError: no column for that year, or a name missing or given twice.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    column = f"name_{year}"
    if not rows or column not in rows[0]:
        known = [c.removeprefix("name_") for c in (rows[0] if rows else {}) if c.startswith("name_")]
        raise TableError(
            path.name,
            f"没有{year}年的部门名称（只有{'、'.join(known)}）；各年部门不同，不能借用",
            f"no names for {year}; the lists of sectors differ between years",
        )
    names = {row["code"]: row[column].strip() for row in rows}
    for code, name in names.items():
        if not name or list(names.values()).count(name) > 1:
            raise TableError(f"{path.name} {code}", f"部门名称“{name}”缺失或重复", f"name {name!r} is missing or twice")
    return names


def read_provincial_tables(
    path: Path, names: Mapping[str, str], year: int, *, unit: str = "万元"
) -> dict[str, IOTable]:
    """Every province's table of a file with columns province, sec, the sector codes, FU…, EX, OF, IM, IF, ERR, GO.

    Inflows may be booked with either sign. Rows of value added are those whose `sec` is TVA; total input is TI.

    Args:
        names: of `sector_names` for this very year.

    Raises:
        TableError: a missing or unknown row or column, a number that is none, or a table that does not balance.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        header = set(reader.fieldnames or ())
        lines = [(number, row) for number, row in enumerate(reader, 2)]
    codes = tuple(names)
    if missing := [c for c in (*codes, "province", "sec", "EX", "OF", "IM", "IF", "GO") if c not in header]:
        raise TableError(path.name, f"缺少列{'、'.join(missing)}", f"missing columns {', '.join(missing)}")
    finals = sorted(c for c in header if c.startswith("FU"))
    areas: dict[str, dict[str, dict[str, str]]] = {}
    for number, row in lines:
        rows = areas.setdefault(row["province"], {})
        if row["sec"] in rows:
            raise TableError(
                f"{path.name} 第{number}行", f"{row['province']}的{row['sec']}重复", "the row is there twice"
            )
        rows[row["sec"]] = row
    tables = {}
    for area, rows in areas.items():
        if absent := [c for c in (*codes, "TVA") if c not in rows]:
            raise TableError(f"{path.name} {area}", f"缺少行{'、'.join(absent)}", f"missing rows {', '.join(absent)}")

        def column(name: str, rows: dict[str, dict[str, str]] = rows, area: str = area) -> Array:
            return np.array([_number(path, area, c, name, rows[c]) for c in codes])

        exports, others, imports, inflows = (np.abs(column(c)) for c in ("EX", "OF", "IM", "IF"))
        tables[area] = checked_table(
            area=area,
            year=year,
            unit=unit,
            sectors=tuple(names.values()),
            flows=np.array([[_number(path, area, r, c, rows[r]) for c in codes] for r in codes]),
            output=column("GO"),
            local_final=np.sum([column(c) for c in finals], axis=0),
            outflow=exports + others,
            inflow=imports + inflows,
            exports=exports,
            imports=imports,
            value_added=np.array([_number(path, area, "TVA", c, rows["TVA"]) for c in codes]),
            error=column("ERR") if "ERR" in header else None,
        )
    return tables


def summed(tables: Mapping[str, IOTable], area: str) -> IOTable:
    """One table of several areas with one list of sectors: the nation as the sum of its provinces.

    Flows between the areas stay in `outflow` and `inflow`, so only `exports` and `imports` are the sum's own.

    Raises:
        TableError: two lists of sectors, two units or two years.
    """
    first = next(iter(tables.values()))
    for name, table in tables.items():
        if (table.sectors, table.unit, table.year) != (first.sectors, first.unit, first.year):
            raise TableError(
                name, "部门、单位或年份与其他表不同，不能相加", "other sectors, unit or year than the rest"
            )

    def add(what: str) -> Array:
        return np.asarray(np.sum([getattr(t, what) for t in tables.values()], axis=0))

    return IOTable(
        area=area,
        year=first.year,
        unit=first.unit,
        sectors=first.sectors,
        flows=add("flows"),
        output=add("output"),
        local_final=add("local_final"),
        outflow=add("outflow"),
        inflow=add("inflow"),
        exports=add("exports"),
        imports=add("imports"),
        value_added=add("value_added"),
        error=add("error"),
        closed=max(t.closed for t in tables.values()),
    )


def _number(path: Path, area: str, row: str, column: str, cells: dict[str, str]) -> float:
    text = (cells.get(column) or "").strip()
    try:
        return float(text) if text else 0.0
    except ValueError:
        raise TableError(f"{path.name} {area} {row} {column}", f"“{text}”不是数字", f"{text!r} is no number") from None
