"""Classes from likeness: every labelled firm speaks for its class as far as others are like it, by regularised least squares.

What is chosen (how strongly to smooth, what the kinds of evidence count) is chosen by leaving out each labelled firm in turn and
telling it from all others, which least squares give in closed form. A firm outside of these has no part in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, eigh, solve_triangular

from .likeness import Near

Floats = NDArray[np.float64]
SMOOTHING = (0.4, 0.2, 0.1)
"""Strengths of smoothing that are tried, the strongest first."""
_JITTER = 1e-6
"""Added to the likeness of a firm to itself, so that firms of the same words do not make the equations singular."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """`voices`: firm spoken from × class; `right`: share of the labelled firms told right by the others."""

    voices: Floats
    right: float


def fitted(near: Near, own: Near, answers: NDArray[np.int_], classes: int) -> Iterator[Fitted]:
    """One for each of `SMOOTHING`.

    Args:
        near: likeness of the labelled firms to those that speak, who are some or all of them.
        own: likeness among those that speak.
        answers: the class of each labelled firm. What it may be told wrong by is smaller in a small class, by the root of its size.
        classes: how many there are.
    """
    sizes = np.bincount(answers, minlength=classes)
    doubt = (sizes[answers] / sizes[sizes > 0].mean()) ** 0.25
    sides = np.where(answers[:, None] == np.arange(classes)[None, :], 1.0, -1.0) / doubt[:, None]
    root = cholesky(own.astype(np.float64) + _JITTER * np.eye(len(own)), lower=True)
    columns = solve_triangular(root, near.T.astype(np.float64), lower=True).T / doubt[:, None]
    values, vectors = eigh(columns.T @ columns)
    turned = columns @ vectors
    told = turned.T @ sides
    for strength in SMOOTHING:
        damped = 1 / (np.maximum(values, 0) + strength)
        pull = ((turned * turned) * damped).sum(axis=1, keepdims=True)
        left_out = (turned @ (told * damped[:, None]) - pull * sides) / np.maximum(1 - pull, 1e-9)
        voices = solve_triangular(root, vectors @ (told * damped[:, None]), lower=True, trans="T")
        yield Fitted(voices, float((left_out.argmax(axis=1) == answers).mean()))
