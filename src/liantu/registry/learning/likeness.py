"""How alike firms are: by each kind of evidence for itself, and by all kinds together, at two reaches.

Firms that are alike in one thing (the same word in their names) count as a little alike, those alike in everything as very much; a
linear measure has the first only, a product of likenesses the second only. Every kind gives a firm a vector of length one, or nothing
where nothing is known; the likeness falls with half the squared distance of two vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .features import Matrix

Near = NDArray[np.float32]
"""Firm × firm."""
WEIGHTS = {
    6: ((2.0, 1.0, 1.0, 2.0, 2.0, 1.0), (1.0, 1.0, 1.0, 1.0, 1.0, 1.0)),
    3: ((6.0, 2.0, 1.0), (2.0, 1.0, 1.0)),
}
"""What the kinds of `Evidence` count beside each other, by how many there are; which way of two, the labelled firms tell (`regression`)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Firms as their evidence has them, a row each.

    Attributes:
        counted: runs of the scope, runs of the name, votes of industries' words.
        sensed: senses of the scope, of the name, and of both; nothing without a register that shows senses.
    """

    counted: tuple[Matrix, ...]
    sensed: tuple[Near, ...]

    def __len__(self) -> int:
        return int(self.counted[0].shape[0])

    @property
    def kinds(self) -> int:
        """How many kinds of evidence there are."""
        return len(self.counted) + len(self.sensed)

    def take(self, rows: NDArray[np.int_]) -> Evidence:
        """Some of the firms."""
        return Evidence(tuple(kind[rows] for kind in self.counted), tuple(kind[rows] for kind in self.sensed))


def distances(some: Evidence, others: Evidence) -> list[Near]:
    """For every kind half the squared distance of each of `some` to each of `others`."""
    found = [_counted(one, other) for one, other in zip(some.counted, others.counted, strict=True)]
    found += [one @ other.T for one, other in zip(some.sensed, others.sensed, strict=True)]
    for kind, near in enumerate(found):
        one, other = ((*side.counted, *side.sensed)[kind] for side in (some, others))
        np.subtract((_half(one)[:, None] + _half(other)[None, :]), near, out=near)
        np.maximum(near, 0, out=near)
    return found


def likeness(apart: Sequence[Near], weights: Sequence[float]) -> Near:
    """The likeness of firms that are so far `apart` (of `distances`): 1 for the same."""
    shares = np.array(weights, np.float32)
    shares /= shares.sum()
    whole = np.zeros_like(apart[0])
    found = np.zeros_like(whole)
    for share, far in zip(shares, apart, strict=True):
        whole += share * far
        near = np.exp(-far)
        found += share * near
        near *= near  # half the reach
        found += share * near
    np.exp(-whole, out=whole)
    found += whole
    whole *= whole
    found += whole
    found *= np.float32(0.25)
    return found


def _half(rows: Any) -> Near:
    """Half the squared length of every row."""
    squared = rows.multiply(rows).sum(axis=1) if sp.issparse(rows) else (rows * rows).sum(axis=1)
    found: Near = (np.asarray(squared).ravel() / 2).astype(np.float32)
    return found


def _counted(one: Matrix, other: Matrix) -> Near:
    found = np.zeros((one.shape[0], other.shape[0]), np.float32)
    columns = other.tocsc()
    _add_products(
        one.indptr, one.indices, one.data.astype(np.float32),
        columns.indptr, columns.indices, columns.data.astype(np.float32), found,
    )  # fmt: skip
    return found


def _products(
    starts: Any, columns: Any, values: Any, column_starts: Any, rows: Any, other_values: Any, found: Any
) -> None:
    """Adds row × row products of two sparse matrices, the second by columns: the result has few zeros, so that it is kept dense."""
    for row in range(len(starts) - 1):
        for at in range(starts[row], starts[row + 1]):
            column, value = columns[at], values[at]
            for other in range(column_starts[column], column_starts[column + 1]):
                found[row, rows[other]] += value * other_values[other]


_add_products: Any = numba.njit(cache=True, nogil=True)(_products)
