"""What chance alone would give: random bipartite worlds that keep how much each place and each segment has.

Two worlds, both of greatest entropy. Of presences (who has what; Saracco et al. 2015, Sci. Rep. 5:10595): cell (c, p) is
filled with probability x_c·y_p / (1 + x_c·y_p), independently, such that every place keeps its diversity and every segment
its ubiquity on average. Of amounts: cell (c, p) is exponential with mean 1 / (a_c + b_p), such that every place keeps its
total and every segment its total on average. Similarity of two cities is then told as excess over what their sizes and the
segments' sizes explain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import root

from .panel import Panel
from .result import Reason, Result
from .settings import settings

Array = NDArray[np.float64]


class NullModelError(ArithmeticError):
    """The margins could not be met: no null model, rather than a wrong one."""


def presence_probabilities(presence: NDArray[Any], *, tolerance: float = 1e-10, rounds: int = 20_000) -> Array:
    """Probability of each cell in the random world that keeps the margins of a 0/1 matrix on average.

    Rows and columns that are all full or all empty are certain and are set aside first. Places of one diversity share one
    unknown, and so do segments of one ubiquity, which keeps the equations few; they are solved by fixed-point steps, then
    by Powell's method where these are slow.

    Raises:
        NullModelError: the margins are not met within `tolerance` of a unit.
        ValueError: the matrix has other entries than 0 and 1.
    """
    m = np.asarray(presence, dtype=float)
    if m.ndim != 2 or not np.isin(m, (0.0, 1.0)).all():
        raise ValueError("presence must be a matrix of zeros and ones")
    p = np.zeros_like(m)
    rows, columns = np.arange(m.shape[0]), np.arange(m.shape[1])
    while rows.size and columns.size:
        part = m[np.ix_(rows, columns)]
        d, u = part.sum(1), part.sum(0)
        full_r, full_c = d == columns.size, u == rows.size
        fixed_r, fixed_c = full_r | (d == 0), full_c | (u == 0)
        if not (fixed_r.any() or fixed_c.any()):
            break
        # A full line and an empty line cannot cross, so each may be written whole.
        p[np.ix_(rows[full_r], columns)] = 1.0
        p[np.ix_(rows, columns[full_c])] = 1.0
        rows, columns = rows[~fixed_r], columns[~fixed_c]
    if not (rows.size and columns.size):
        return p
    part = m[np.ix_(rows, columns)]
    degrees, d_at, d_count = np.unique(part.sum(1), return_inverse=True, return_counts=True)
    counts, u_at, u_count = np.unique(part.sum(0), return_inverse=True, return_counts=True)

    def cells(theta: Array) -> Array:
        z = np.clip(theta[: degrees.size, None] + theta[None, degrees.size :], -500, 500)
        return np.asarray(1.0 / (1.0 + np.exp(-z)))

    def misses(theta: Array) -> Array:
        q = cells(theta)
        return np.concatenate([q @ u_count - degrees, q.T @ d_count - counts])

    edges = part.sum()
    x, y = degrees / np.sqrt(edges), counts / np.sqrt(edges)
    for _ in range(200):
        q = y[None, :] / (1 + x[:, None] * y[None, :])
        x = degrees / (q @ u_count)
        q = x[:, None] / (1 + x[:, None] * y[None, :])
        y = counts / (q.T @ d_count)
    theta = np.concatenate([np.log(x), np.log(y)])
    if np.abs(misses(theta)).max() > tolerance:
        solved = root(misses, theta, method="hybr", options={"maxfev": rounds, "xtol": 1e-14})
        if np.abs(misses(solved.x)).max() < np.abs(misses(theta)).max():
            theta = solved.x
    for _ in range(rounds):
        if np.abs(misses(theta)).max() <= tolerance:
            break
        q = cells(theta)
        theta[: degrees.size] += np.log(degrees) - np.log(q @ u_count)
        q = cells(theta)
        theta[degrees.size :] += np.log(counts) - np.log(q.T @ d_count)
    if (worst := np.abs(misses(theta)).max()) > 1e-6:
        raise NullModelError(f"零模型未能收敛（误差{worst:.2g}） / the null model's margins are off by {worst:.2g}")
    p[np.ix_(rows, columns)] = cells(theta)[np.ix_(d_at, u_at)]
    return p


def expected_amounts(values: NDArray[Any], *, tolerance: float = 1e-9, rounds: int = 5_000) -> Array:
    """Mean of each cell in the random world of amounts that keeps row and column totals: 1 / (a_c + b_p).

    Empty rows and columns stay empty. The dual of the entropy is convex; it is solved by Newton's method with halved steps.

    Raises:
        NullModelError: a total is missed by more than a millionth of itself.
    """
    x = np.asarray(values, dtype=float)
    mean = np.zeros_like(x)
    rows, columns = x.sum(1) > 0, x.sum(0) > 0
    if not rows.any():
        return mean
    part = x[np.ix_(rows, columns)] / x.sum()
    r, c = part.sum(1), part.sum(0)
    n, m = part.shape
    a, b = 0.5 * m / r, 0.5 * n / c

    def dual(a: Array, b: Array) -> float:
        s = a[:, None] + b[None, :]
        return float(a @ r + b @ c - np.log(s).sum()) if (s > 0).all() else np.inf

    now = dual(a, b)
    for _ in range(rounds):
        e = 1.0 / (a[:, None] + b[None, :])
        gap = np.concatenate([r - e.sum(1), c - e.sum(0)])
        if np.abs(gap / np.concatenate([r, c])).max() <= tolerance:
            break
        e2 = e * e
        hessian = np.block([[np.diag(e2.sum(1)), e2], [e2.T, np.diag(e2.sum(0))]])
        # One direction changes nothing (a + t, b - t): least squares leaves it alone.
        step = np.linalg.lstsq(hessian, -gap, rcond=1e-14)[0]
        length = 1.0
        while (new := dual(a + length * step[:n], b + length * step[n:])) > now and length > 1e-12:
            length /= 2
        if length <= 1e-12:
            break
        a, b, now = a + length * step[:n], b + length * step[n:], new
    e = 1.0 / (a[:, None] + b[None, :])
    off = max(np.abs(e.sum(1) / r - 1).max(), np.abs(e.sum(0) / c - 1).max())
    if not off <= 1e-6:
        raise NullModelError(f"零模型未能收敛（误差{off:.2g}） / the null model's totals are off by {off:.2g}")
    mean[np.ix_(rows, columns)] = e * x.sum()
    return mean


@dataclass(frozen=True, slots=True)
class Excess:
    """A measure of a pair beside what chance gives: `excess` = observed - mean of the null; its interval is the null's turned round.

    `p_more`: how often chance gives as much or more; `p_less`: as little or less.
    """

    observed: Result
    expected: float | None
    excess: Result
    p_more: float | None
    p_less: float | None


def common_advantages(panel: Panel, a: str, b: str) -> Excess:
    """Segments in which both places are specialised (LQ ≥ 1), beside what their diversities and the ubiquities explain.

    Exact: the number of common segments in the random world is a sum of independent draws (Poisson–binomial).
    """
    x, known = _matrix(panel)
    i, j = _index(panel, a), _index(panel, b)
    reason: Reason = _reason(x, known, i, j)
    coverage = min(float(known[i].mean()), float(known[j].mean())) if known.shape[1] else 0.0

    def result(measure: str, value: float | None, interval: tuple[float, float] | None = None) -> Result:
        return Result(
            measure, (a, b), value, "segments", "bipartite configuration model, LQ >= 1", panel.level, panel.period,
            max(1, len(panel.segments)), "segments", coverage, "panel", interval,
            panel.statements(panel.regions), reason if value is None else "",
        )  # fmt: skip

    if reason:
        return Excess(result("common_advantages", None), None, result("common_advantages_excess", None), None, None)
    totals = x.sum(1, keepdims=True) * x.sum(0, keepdims=True)
    m = np.divide(x * x.sum(), totals, out=np.zeros_like(x), where=totals > 0) >= 1
    m &= x > 0
    p = presence_probabilities(m)
    observed = float((m[i] & m[j]).sum())
    distribution = _poisson_binomial(p[i] * p[j])
    mean = float((p[i] * p[j]).sum())
    reached = np.cumsum(distribution)
    low, high = (float(np.searchsorted(reached, t)) for t in (0.025, 0.975))
    return Excess(
        result("common_advantages", observed),
        mean,
        result("common_advantages_excess", observed - mean, (observed - high, observed - low)),
        float(distribution[int(observed) :].sum()),
        float(reached[int(observed)]),
    )


def similarity_excess(
    panel: Panel, a: str, b: str, *, measure: str = "structure_similarity", draws: int = 0, seed: int | None = None
) -> Excess:
    """A similarity of two structures beside the same measure in random worlds that keep all totals.

    Args:
        measure: `structure_similarity`, `krugman_pair` or `finger_kreinin`. For the distance an excess above zero means
            less alike than chance.
        draws, seed: of the sample; the settings by default. Two runs agree to the last digit.

    Raises:
        KeyError: another measure, or a region that the panel does not have.
    """
    formula = _FORMULAS[measure]
    x, known = _matrix(panel)
    i, j = _index(panel, a), _index(panel, b)
    common = known[i] & known[j]
    x = np.where(known & common[None, :], x, 0.0)
    reason: Reason = _reason(x, known, i, j)
    times = draws or settings().draws

    def result(name: str, value: float | None, interval: tuple[float, float] | None = None) -> Result:
        return Result(
            name, (a, b), value, "index", f"null model keeps totals, {times} draws", panel.level, panel.period,
            max(1, int(common.sum())), "segments", float(common.mean()) if common.size else 0.0, "panel", interval,
            panel.statements(panel.regions), reason if value is None else "",
        )  # fmt: skip

    if reason:
        return Excess(result(measure, None), None, result(measure + "_excess", None), None, None)
    observed = float(formula(x[i][None, :], x[j][None, :])[0])
    mean = _mean(x.tobytes(), x.shape)
    one, other = _chances(settings().seed if seed is None else seed, (times, x.shape[1]))
    chance = formula(one * mean[i], other * mean[j])
    middle = float(chance.mean())
    low, high = (float(q) for q in np.quantile(chance, (0.025, 0.975)))
    return Excess(
        result(measure, observed),
        middle,
        result(measure + "_excess", observed - middle, (observed - high, observed - low)),
        float((1 + (chance >= observed).sum()) / (times + 1)),
        float((1 + (chance <= observed).sum()) / (times + 1)),
    )


@lru_cache(maxsize=8)
def _mean(values: bytes, shape: tuple[int, int]) -> Array:
    """`expected_amounts`, once for all pairs of one panel."""
    return expected_amounts(np.frombuffer(values).reshape(shape))


@lru_cache(maxsize=2)
def _chances(seed: int, shape: tuple[int, int]) -> tuple[Array, Array]:
    """Two samples of draws with mean 1: the same for all pairs of one panel."""
    rng = np.random.default_rng(seed)
    return rng.exponential(size=shape), rng.exponential(size=shape)


def _shares(x: Array) -> Array:
    return np.asarray(x / x.sum(1, keepdims=True))


def _cosine(x: Array, y: Array) -> Array:
    return np.asarray((x * y).sum(1) / np.sqrt((x * x).sum(1) * (y * y).sum(1)))


def _distance(x: Array, y: Array) -> Array:
    return np.asarray(np.abs(_shares(x) - _shares(y)).sum(1))


def _overlap(x: Array, y: Array) -> Array:
    return np.asarray(1 - _distance(x, y) / 2)


_FORMULAS: dict[str, Callable[[Array, Array], Array]] = {
    "structure_similarity": _cosine,
    "krugman_pair": _distance,
    "finger_kreinin": _overlap,
}


def _matrix(panel: Panel) -> tuple[Array, NDArray[np.bool_]]:
    """Values, unknown cells as zero, and which are known."""
    rows, shape = [panel.row(r) for r in panel.regions], (len(panel.regions), len(panel.segments))
    values = np.array([[row.get(s, np.nan) for s in panel.segments] for row in rows], dtype=float).reshape(shape)
    known = ~np.isnan(values)
    return np.where(known, values, 0.0), known


def _index(panel: Panel, region: str) -> int:
    if region not in panel.regions:
        raise KeyError(f"{region}：面板里没有这个地区 / the panel has no such region")
    return panel.regions.index(region)


def _reason(x: Array, known: NDArray[np.bool_], i: int, j: int) -> Reason:
    if not (known[i].any() and known[j].any()):
        return "no_data"
    return "" if x[i].sum() > 0 and x[j].sum() > 0 else "empty_row"


def _poisson_binomial(p: Array) -> Array:
    """Distribution of the number of successes of independent draws, by convolution."""
    found = np.ones(1)
    for q in p[p > 0]:
        found = np.convolve(found, (1 - q, q))
    return found
