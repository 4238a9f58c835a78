"""What is known of a place and a segment today that may tell whether the place will be specialised in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..complexity import complexity, continuous_proximity, density_of, rca_of
from ..complexity.matrix import Array, Flags
from .series import Series

NAMES = (
    "rca", "density", "density_continuous", "diversity", "ubiquity", "pci", "eci", "trend", "density_per_ubiquity",
)  # fmt: skip
NAMES_ZH = (
    "当前区位商",
    "关联密度",
    "连续关联密度",
    "多样性",
    "普遍性",
    "环节复杂度",
    "地区复杂度",
    "近三年变化",
    "密度与普遍性之比",
)
TREND_YEARS = 3


@dataclass(frozen=True, slots=True)
class Features:
    """R × P × 9 in the order of NAMES; `open`: RCA < 1 and judged; `judged`: the segment has data for that place."""

    values: Array
    rca: Array
    open: Flags
    judged: Flags


def features_of(series: Series, year: int, *, minimum_regions: int | None = None) -> Features:
    """Features of every cell in `year`.

    Raises:
        KeyError: no such year. ValueError: a panel too small to rank anything in.
    """
    matrix = series.years[year]
    found = complexity(matrix, "liantu", minimum_regions=minimum_regions)
    if not found.enough:
        raise ValueError(
            f"参照面板只有{len(matrix.regions)}个地区，不足{found.minimum_regions}个，不能排序 / too few regions to rank"
        )
    rca = np.nan_to_num(found.rca)
    shape = rca.shape
    level = np.log1p(rca)
    earlier = max((y for y in series.years if y <= year - TREND_YEARS), default=min(series.years))
    before = np.log1p(np.nan_to_num(rca_of(series.years[earlier].values)))
    density = np.nan_to_num(found.density)
    ubiquity = np.broadcast_to(found.ubiquity.astype(float), shape)
    values = np.stack(
        [
            level,
            density,
            np.nan_to_num(density_of(np.minimum(rca, 1.0), continuous_proximity(rca))),
            np.broadcast_to(found.diversity.astype(float)[:, None], shape),
            ubiquity,
            np.broadcast_to(np.nan_to_num(found.pci), shape),
            np.broadcast_to(np.nan_to_num(found.eci)[:, None], shape),
            level - before,
            density / np.maximum(ubiquity, 1.0),
        ],
        axis=2,
    )
    # A segment that nobody reports in that year is not judged anywhere; a single unknown cell is not judged there.
    judged = (matrix.values.sum(0) > 0)[None, :] & matrix.known
    return Features(values, rca, judged & (rca < 1), judged)
