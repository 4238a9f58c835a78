"""The same panel year after year, checked for the mistakes that make a misaligned panel look fine."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from ..complexity import Matrix, matrix_of_columns
from ..panel import PanelError
from ..settings import settings


@dataclass(frozen=True, slots=True)
class Series:
    """Matrices of the same regions and segments by year.

    `steadiness` is the lowest correlation of a region's structure between two neighbouring years, by region.
    """

    years: Mapping[int, Matrix]
    steadiness: Mapping[str, float]

    @property
    def regions(self) -> tuple[str, ...]:
        return next(iter(self.years.values())).regions

    @property
    def segments(self) -> tuple[str, ...]:
        return next(iter(self.years.values())).segments


def series_of(years: Mapping[int, Matrix], *, minimum_correlation: float | None = None) -> Series:
    """A series whose years fit together.

    Args:
        minimum_correlation: of a region's structure (over the segments known in both years) between neighbouring years; the
            setting by default. Columns that slipped in some years, and rows of zeros, show as a low one.

    Raises:
        PanelError: other regions or segments in some year, a region without anything, or one whose structure jumps: which, and when.
    """
    if len(years) < 2:
        raise PanelError("", "至少要有两个年份", "there must be two years or more")
    order = sorted(years)
    first = years[order[0]]
    for year in order:
        if (years[year].regions, years[year].segments) != (first.regions, first.segments):
            raise PanelError(
                f"{year}年", "地区或行业与首年不同，请先按名称对齐", "other regions or segments than the first year"
            )
        for i, region in enumerate(first.regions):
            if not years[year].values[i].any():
                raise PanelError(f"{year}年 {region}", "整行为零，像是没有数据", "the whole row is zero")
    least = settings().minimum_correlation if minimum_correlation is None else minimum_correlation
    steadiness = {}
    for i, region in enumerate(first.regions):
        lowest, when = 1.0, (order[0], order[0])
        for before, after in pairwise(order):
            known = years[before].known[i] & years[after].known[i]
            x, y = years[before].values[i, known], years[after].values[i, known]
            if known.sum() > 2 and x.std() > 0 and y.std() > 0:
                r = float(np.corrcoef(x, y)[0, 1])
                if r < lowest:
                    lowest, when = r, (before, after)
        if lowest < least:
            raise PanelError(
                f"{region} {when[0]}→{when[1]}年",
                f"产业结构相关系数只有{lowest:.2f}，可能有列错位，请核对",
                f"the structure correlates at {lowest:.2f} only; columns may have slipped",
            )
        steadiness[region] = lowest
    return Series({year: years[year] for year in order}, steadiness)


def read_series(
    path: Path, *, region: str = "province", year: str = "year", unit: str = "", level: str = "", **checks: float
) -> Series:
    """A wide file: a column of regions, one of years, and one for each segment. Empty cells are unknown, never zero.

    Raises:
        PanelError: a missing column, a region twice in a year, a number that is none, or what `series_of` refuses.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        header = list(reader.fieldnames or ())
        if missing := [c for c in (region, year) if c not in header]:
            raise PanelError(path.name, f"缺少列{'、'.join(missing)}", f"missing columns {', '.join(missing)}")
        segments = [c for c in header if c not in (region, year)]
        rows = [(number, row) for number, row in enumerate(reader, 2)]
    columns: dict[int, tuple[list[str], list[str], list[float | None]]] = {}
    for number, row in rows:
        try:
            places, names, values = columns.setdefault(int(row[year]), ([], [], []))
        except ValueError:
            raise PanelError(
                f"{path.name} 第{number}行", f"年份“{row[year]}”不是整数", "the year is no number"
            ) from None
        for segment in segments:
            text = (row[segment] or "").strip()
            try:
                value = float(text) if text else None
            except ValueError:
                raise PanelError(f"{path.name} 第{number}行 {segment}", f"“{text}”不是数字", "no number") from None
            places.append(row[region])
            names.append(segment)
            values.append(value)
    return series_of(
        {
            y: matrix_of_columns(*columns[y], source=f"{path.name} {y}年", level=level, period=str(y), unit=unit)
            for y in columns
        },
        **checks,
    )
