"""Made panels with the nested structure of real ones: who has much has also what few have."""

from __future__ import annotations

import numpy as np

from liantu.diagnosis.complexity import Matrix, matrix_of_columns


def nested(regions: int, segments: int, seed: int) -> np.ndarray:
    """Values, R × P."""
    rng = np.random.default_rng(seed)
    able, asked = rng.uniform(0, 1, regions), rng.uniform(0, 1, segments)
    there = rng.random((regions, segments)) < 1 / (1 + np.exp(-8 * (able[:, None] - asked[None, :])))
    return np.asarray(there * rng.lognormal(3, 1, (regions, segments)))


def matrix_of(values: np.ndarray) -> Matrix:
    """A complete matrix; labels sort as their numbers do."""
    i, j = np.indices(values.shape).reshape(2, -1)
    return matrix_of_columns(
        [f"R{k:04d}" for k in i], [f"S{k:04d}" for k in j], values.ravel(), level="4位", period="2024"
    )
