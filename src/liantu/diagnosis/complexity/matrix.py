"""A whole panel as a matrix: regions in rows, segments in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..panel import Panel, PanelError

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Values of one period, one unit, one level.

    Attributes:
        regions, segments: labels of rows and columns, sorted.
        values: R × P, zero or more; zero where nothing is known, which `known` tells apart.
        known: R × P, whether anybody has said the value.
        level, period, unit: as of the panel.
    """

    regions: tuple[str, ...]
    segments: tuple[str, ...]
    values: Array
    known: Flags
    level: str = ""
    period: str = ""
    unit: str = ""

    @property
    def coverage(self) -> float:
        """Share of the cells that have data."""
        return float(self.known.mean()) if self.known.size else 0.0


def matrix_of_panel(panel: Panel) -> Matrix:
    """The panel as arrays."""
    values = [[panel.value(r, s) for s in panel.segments] for r in panel.regions]
    shape = (len(panel.regions), len(panel.segments))
    known = np.array([[v is not None for v in row] for row in values], dtype=bool).reshape(shape)
    filled = np.array([[v or 0.0 for v in row] for row in values], dtype=float).reshape(shape)
    return Matrix(panel.regions, panel.segments, filled, known, panel.level, panel.period, panel.unit)


def matrix_of_columns(
    regions: Sequence[Any] | NDArray[Any],
    segments: Sequence[Any] | NDArray[Any],
    values: Sequence[Any] | NDArray[Any],
    *,
    complete: bool = True,
    source: str = "",
    first_line: int = 2,
    level: str = "",
    period: str = "",
    unit: str = "",
) -> Matrix:
    """One period of a long table as a matrix.

    Args:
        regions, segments, values: columns of equal length. A value that is None or NaN is unknown, never zero.
        complete: cells without a row are zero (a full count); otherwise unknown.
        source, first_line: name of the file and line of the first row, for messages.

    Raises:
        PanelError: a cell twice, or a value below zero or infinite, with file and line.
    """
    numbers = np.asarray(values, dtype=float)
    row_names, rows = _codes(np.asarray(regions))
    column_names, columns = _codes(np.asarray(segments))
    if not rows.size == columns.size == numbers.size:
        raise PanelError(source, "三列长度不同", "the three columns have different lengths")

    def where(index: int) -> str:
        return f"{source} 第{first_line + index}行".strip()

    if (bad := np.flatnonzero((numbers < 0) | np.isinf(numbers))).size:
        i = int(bad[0])
        raise PanelError(
            where(i), f"数值 {numbers[i]} 不是非负数，请更正", f"value {numbers[i]} is not a number of zero or more"
        )
    shape = (len(row_names), len(column_names))
    flat = rows * shape[1] + columns
    filled = np.zeros(shape[0] * shape[1])
    filled[flat] = numbers
    listed = np.zeros(filled.size, dtype=bool)
    listed[flat] = True
    if int(listed.sum()) != flat.size:
        _, first = np.unique(flat, return_index=True)
        i = int(np.setdiff1d(np.arange(flat.size), first)[0])
        j = int(np.flatnonzero(flat == flat[i])[0])
        raise PanelError(
            where(i),
            f"{row_names[rows[i]]} 的“{column_names[columns[i]]}”与第{first_line + j}行重复，请只留一行",
            f"{row_names[rows[i]]}, {column_names[columns[i]]} is there twice (line {first_line + j}); keep one row",
        )
    unknown = np.isnan(filled)
    known = ~unknown if complete else listed & ~unknown
    filled[unknown] = 0.0
    return Matrix(
        row_names, column_names, filled.reshape(shape), known.reshape(shape), level=level, period=period, unit=unit
    )


def _codes(keys: NDArray[Any]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Sorted distinct keys, and the place of each key among them. Small whole numbers are looked up instead of sorted."""
    if keys.dtype.kind in "iu" and keys.size:
        low, high = int(keys.min()), int(keys.max())
        if high - low < 4 * keys.size + 1000:
            seen = np.zeros(high - low + 1, dtype=bool)
            seen[keys - low] = True
            place = np.cumsum(seen) - 1
            return tuple(str(k + low) for k in np.flatnonzero(seen)), place[keys - low].astype(np.int64)
    names, places = np.unique(keys.astype(str) if keys.dtype == object else keys, return_inverse=True)
    return tuple(str(n) for n in names), places.astype(np.int64).ravel()
