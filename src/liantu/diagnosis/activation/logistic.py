"""Logistic regression with a ridge: the default for panels too small for forests. And the measures of a ranking."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from ..complexity.matrix import Array, Flags

RIDGES = (1.0, 3.0, 10.0, 30.0, 100.0)


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights of standardised features. `ridge` was chosen within the training data."""

    mean: Array
    scale: Array
    intercept: float
    weights: Array
    ridge: float

    def parts(self, x: Array) -> Array:
        """Contribution of each feature to the log-odds, … × F."""
        return np.asarray((x - self.mean) / self.scale * self.weights)

    def score(self, x: Array) -> Array:
        """Log-odds."""
        return np.asarray(self.parts(x).sum(-1) + self.intercept)

    def probability(self, x: Array) -> Array:
        return np.asarray(1.0 / (1.0 + np.exp(-self.score(x))))


def fit(x: Array, y: Flags, groups: Array, ridges: tuple[float, ...] = RIDGES) -> Logistic:
    """Fit to rows of features.

    Args:
        groups: of each row (its region). The ridge with the least log-loss over five parts of the groups is taken, so
            that a place is never judged by a model that saw it.

    Raises:
        ValueError: nothing or everything happened: there is nothing to learn from.
    """
    if not 0 < y.sum() < y.size:
        raise ValueError(
            "训练期内没有（或全是）新增优势，无从学习 / nothing to learn from: no row, or every row, became specialised"
        )
    chosen = ridges[0]
    if len(ridges) > 1:
        fold = np.unique(groups, return_inverse=True)[1] % 5
        losses = [sum(_loss(x, y, fold == k, ridge) for k in range(5)) for ridge in ridges]
        chosen = ridges[int(np.argmin(losses))]
    return _fit(x, y, chosen)


def _loss(x: Array, y: Flags, held: Flags, ridge: float) -> float:
    if not held.any() or not 0 < y[~held].sum() < (~held).sum():
        return 0.0
    score = _fit(x[~held], y[~held], ridge).score(x[held])
    return float(np.logaddexp(0.0, np.where(y[held], -score, score)).sum())


def _fit(x: Array, y: Flags, ridge: float) -> Logistic:
    """Newton's method; the intercept is not drawn to zero."""
    mean, scale = x.mean(0), x.std(0)
    scale = np.where(scale > 0, scale, 1.0)
    a = np.column_stack([np.ones(len(x)), (x - mean) / scale])
    penalty = np.diag([0.0] + [ridge] * x.shape[1])
    b = np.zeros(a.shape[1])
    for _ in range(100):
        p = 1.0 / (1.0 + np.exp(-np.clip(a @ b, -30, 30)))
        step = np.linalg.solve(
            (a * (p * (1 - p))[:, None]).T @ a + penalty + 1e-12 * np.eye(b.size), a.T @ (p - y) + penalty @ b
        )
        # Steps are bounded, so that data which separate perfectly do not run away.
        b -= step * min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-300))
        if np.abs(step).max() < 1e-10:
            break
    return Logistic(mean, scale, float(b[0]), b[1:], ridge)


def auc(score: Array, y: Flags) -> float:
    """Chance that a row that happened has the higher score (ties count half). NaN with only one kind of row."""
    happened = int(y.sum())
    if not 0 < happened < y.size:
        return float("nan")
    ranks = rankdata(score)
    return float((ranks[y].sum() - happened * (happened + 1) / 2) / (happened * (y.size - happened)))


def average_precision(score: Array, y: Flags) -> float:
    """Mean precision at each row that happened, equals taken together (the area under the precision–recall steps)."""
    if not y.any():
        return float("nan")
    order = np.argsort(-score, kind="stable")
    hits, ranked = np.cumsum(y[order]), score[order]
    last = np.append(ranked[1:] != ranked[:-1], True)
    recall = hits[last] / hits[-1]
    precision = hits[last] / (np.flatnonzero(last) + 1)
    return float((np.diff(recall, prepend=0.0) * precision).sum())


def calibration_slope(score: Array, y: Flags) -> float:
    """Slope of the outcome on the log-odds: 1 when probabilities mean what they say, below 1 when they are too sure."""
    found = _fit(score[:, None], y, 0.0)
    return float(found.weights[0] / found.scale[0])
