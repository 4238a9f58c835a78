"""The formulas of the product space on arrays, without names and without guards.

Shapes: R regions, P segments; `values`, `rca`, `presence` are R × P, `proximity` is P × P and symmetric.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import LinearOperator, eigsh

from .matrix import Array, Flags

DENSE_SIDE = 500
"""Up to this many places (or segments, whichever are fewer) a full symmetric eigenproblem is quicker than Lanczos steps."""


def rca_of(values: Array, totals: Array | None = None) -> Array:
    """Balassa's quotient: (x_cp/x_c) / (x_p/x). NaN in empty rows and columns.

    Args:
        totals: totals of the segments in another reference area; those of `values` by default.
    """
    places, segments = values.sum(1), values.sum(0) if totals is None else totals
    with np.errstate(divide="ignore", invalid="ignore"):
        found = values / places[:, None]
        found /= (segments / segments.sum())[None, :]
    found[:, segments <= 0] = np.nan
    found[places <= 0] = np.nan
    return np.asarray(found)


def presence_of(rca: Array, threshold: float = 1.0, digits: int | None = None) -> Flags:
    """Where the quotient reaches the threshold. Rounding before thresholding is for parity with a package only."""
    with np.errstate(invalid="ignore"):
        return np.asarray((rca if digits is None else np.round(rca, digits)) >= threshold)


def co_occurrence(presence: Flags) -> Array:
    """MᵀM: how many regions have both. Computed in single precision, which is exact up to 2²⁴ regions, and twice as quick."""
    m = presence.astype(np.float32)
    return np.asarray(m.T @ m, dtype=np.float64)


def proximity_of(
    presence: Flags,
    kind: Literal["minimum", "association"] = "minimum",
    diagonal: Literal["zero", "own"] = "zero",
) -> Array:
    """How often two segments are together.

    `minimum`: (MᵀM)_pq / max(u_p, u_q), the smaller of the two conditional probabilities (Hidalgo et al. 2007).
    `association`: c_pq / (s_p·s_q), s the row sums of the co-occurrence without its diagonal (van Eck & Waltman 2009).
    Segments that nobody has are near to nothing.
    """
    found = co_occurrence(presence)
    if kind == "minimum":
        ubiquity = found.diagonal().copy()
        found /= np.maximum(np.maximum(ubiquity[:, None], ubiquity[None, :]), 1.0)
        if diagonal == "zero":
            np.fill_diagonal(found, 0.0)
        return found
    np.fill_diagonal(found, 0.0)
    sums = found.sum(1)
    sums[sums == 0] = 1.0
    found /= sums[:, None]
    found /= sums[None, :]
    return found


def continuous_proximity(rca: Array) -> Array:
    """κ_pq = max(0, correlation of log(1 + RCA)), κ_pp = 0: no cliff at a quotient of 1. Columns without variation: 0."""
    x = np.log1p(np.nan_to_num(rca))
    x -= x.mean(0)
    norm = np.sqrt((x * x).sum(0))
    x /= np.where(norm > 1e-12 * max(1, len(x)), norm, np.inf)
    found = np.clip(x.T @ x, 0.0, 1.0)
    np.fill_diagonal(found, 0.0)
    return np.asarray(found)


def density_of(weights: Array, proximity: Array, neighbours: int | None = None) -> Array:
    """ω_cp = Σ_q φ_pq·w_cq / Σ_q φ_pq; NaN where a segment is near to nothing.

    Args:
        weights: R × P in [0, 1]: presence, or min(RCA, 1).
        neighbours: keep only the k nearest segments of each (itself apart), with their proximities as weights; of equals
            the first.
    """
    if neighbours is not None:
        proximity = _nearest(proximity, neighbours)
    sums = proximity.sum(0)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = weights @ proximity
        found /= sums[None, :]
    found[:, sums <= 0] = np.nan
    return np.asarray(found)


def _nearest(proximity: Array, k: int) -> Array:
    """Column p keeps its k largest entries off the diagonal."""
    off = proximity.copy()
    np.fill_diagonal(off, -np.inf)
    order = np.argsort(-off, axis=0, kind="stable")[: min(k, len(off) - 1)]
    kept = np.zeros_like(off)
    np.put_along_axis(kept, order, np.take_along_axis(proximity, order, axis=0), axis=0)
    return kept


class Components(NamedTuple):
    """Rows and columns of the largest connected part (most presences) of the bipartite graph, and how many parts there are."""

    rows: Flags
    columns: Flags
    parts: int


def giant_component(presence: Flags) -> Components:
    """The part in which an eigenvector means something: across parts it only tells which part a place is in."""
    r, p = presence.shape
    i, j = np.nonzero(presence)
    if not i.size:
        return Components(np.zeros(r, dtype=bool), np.zeros(p, dtype=bool), 0)
    graph = csr_array((np.ones(i.size, dtype=np.int8), (i, j + r)), shape=(r + p, r + p))
    _, labels = connected_components(graph, directed=False)
    edges = np.bincount(labels[i])
    inside = labels == int(edges.argmax())
    return Components(inside[:r], inside[r:], int((edges > 0).sum()))


def second_vectors(presence: Flags) -> tuple[Array, Array]:
    """Second eigenvectors of D⁻¹MU⁻¹Mᵀ (regions) and of U⁻¹MᵀD⁻¹M (segments), of any scale, for a connected presence.

    They are the second singular vectors of D^-½·M·U^-½, scaled back; the first pair is known (√d, √u), so it is taken out and
    the largest of the rest is sought on the smaller side. The pair keeps kc = D⁻¹·M·kp; its sign makes kc go with diversity.
    """
    m = presence.astype(np.float64)
    d, u = m.sum(1), m.sum(0)
    flipped = m.shape[0] > m.shape[1]
    if flipped:
        m, d, u = m.T, u, d
    root_d, root_u = np.sqrt(d), np.sqrt(u)
    first = root_d / np.sqrt(d.sum())
    if m.shape[0] <= DENSE_SIDE:
        half = m / root_d[:, None]
        half /= root_u[None, :]
        square = half @ half.T
        square -= np.outer(first, first)
        n = len(square)
        _, vectors = eigh(square, subset_by_index=(n - 1, n - 1), overwrite_a=True, check_finite=False)
        y = vectors[:, 0]
    else:
        sparse = csr_array(m)
        turned = csr_array(sparse.T)

        def step(v: Array) -> Array:
            w = sparse @ ((turned @ (v.ravel() / root_d)) / u) / root_d
            return np.asarray(w - first * (first @ v.ravel()))

        operator = LinearOperator((m.shape[0], m.shape[0]), matvec=step, dtype=np.float64)
        start = np.cos(np.arange(m.shape[0]) + 1.0)  # any fixed start: two runs agree to the last digit
        _, vectors = eigsh(operator, k=1, which="LA", v0=start, tol=1e-14, maxiter=20 * m.shape[0])
        y = vectors[:, 0]
    small = y / root_d
    large = (m.T @ small) / u
    # Which side carries exactly kc = D⁻¹·M·kp: regions are computed from segments, so that ECI is the mean PCI of a basket.
    segments = small if flipped else large
    m = m.T if flipped else m
    diversity = m.sum(1)
    regions = (m @ segments) / diversity
    if _goes_against(regions, diversity):
        regions, segments = -regions, -segments
    return regions, segments


def _goes_against(x: Array, y: Array) -> bool:
    """Whether the correlation is negative; with none (all of one diversity) the largest entry decides, so that runs agree."""
    covariance = float((x - x.mean()) @ (y - y.mean()))
    scale = float(np.abs(x).max() * np.abs(y - y.mean()).sum())
    if abs(covariance) > 1e-12 * scale:
        return covariance < 0
    return float(x[int(np.abs(x).argmax())]) < 0


def reflections(presence: Flags, rounds: int = 20) -> tuple[Array, Array]:
    """Hidalgo & Hausmann's method of reflections as the Datawheel package counts rounds: segments 19 times, regions 18."""
    m = presence.astype(np.float64)
    d, u = m.sum(1), m.sum(0)
    kc, kp = d.copy(), u.copy()
    for i in range(1, rounds):
        before = kp
        kp = (m.T @ kc) / u
        if i < rounds - 1:
            kc = (m @ before) / d
    return kc, kp


def rounded_kci(presence: Flags, digits: int = 4) -> Array:
    """Second eigenvector of the regions' co-occurrence rounded to `digits`, as shares v/Σv."""
    m = presence.astype(np.float64)
    square = np.round((m / m.sum(1)[:, None]) @ (m / m.sum(0)[None, :]).T, digits)
    values, vectors = np.linalg.eig(square)
    second = np.real(vectors[:, np.argsort(-values.real, kind="stable")[1]])
    return np.asarray(second / second.sum())


class Fitness(NamedTuple):
    """Fitness of regions, complexity of segments (means 1), rounds used, last relative change."""

    regions: Array
    segments: Array
    rounds: int
    change: float


def fitness_of(
    presence: Flags, *, rounds: int = 1000, tolerance: float = 1e-10, order: Literal["old", "new"] = "old"
) -> Fitness:
    """F_c = Σ_p M_cp·Q_p, Q_p = 1/Σ_c (M_cp/F_c), both divided by their mean each round (Tacchella et al. 2012).

    Args:
        order: `old`: Q is computed from the last round's F, as published; `new`: from this round's, as econcomplex does.

    Returns:
        NaN for empty rows and columns. `change` tells whether it settled: on some shapes the less fit go to zero slowly.
    """
    rows, columns = np.asarray(presence.any(1)), np.asarray(presence.any(0))
    m = presence[np.ix_(rows, columns)].astype(np.float64)
    f, q = np.ones(m.shape[0]), np.ones(m.shape[1])
    change, done = np.inf, 0
    for _ in range(rounds):
        done += 1
        f2 = m @ q
        f2 /= f2.mean()
        q2 = 1.0 / np.maximum(m.T @ (1.0 / np.maximum(f if order == "old" else f2, 1e-300)), 1e-300)
        q2 /= q2.mean()
        change = max(float(np.abs(f2 - f).max() / f.max()), float(np.abs(q2 - q).max() / q.max()))
        f, q = f2, q2
        if change < tolerance:
            break
    return Fitness(spread(f, rows), spread(q, columns), done, float(change))


def standardised(x: Array, ddof: int = 0) -> Array:
    """z-scores over the values that are there; zero when all are equal."""
    known = x[~np.isnan(x)]
    sd = known.std(ddof=ddof) if known.size > ddof else 0.0
    return np.asarray((x - known.mean()) / sd if sd > 0 else x * 0.0) if known.size else x


def spread(part: Array, inside: NDArray[Any]) -> Array:
    """`part` at the places of `inside`, NaN elsewhere."""
    whole = np.full(inside.size, np.nan)
    whole[inside] = part
    return whole
