"""Likeness of firms and what is learned from it: against the formulas written out."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from numpy.typing import NDArray
from tests.registry.test_learning import rows

from liantu.registry.learning import Classifier, classifier
from liantu.registry.learning.likeness import Evidence, distances, likeness
from liantu.registry.learning.regression import SMOOTHING, fitted

WEIGHTS = (2.0, 1.0)


def evidence(firms: int, seed: int) -> Evidence:
    """Made-up firms with a sparse and a full kind of evidence; the first is not known at all."""
    dice = np.random.default_rng(seed)
    counted = dice.random((firms, 12)) * (dice.random((firms, 12)) < 0.4)
    sensed = dice.normal(size=(firms, 4))
    counted[0], sensed[0] = 0, 0
    unit = [kind / np.maximum(np.linalg.norm(kind, axis=1, keepdims=True), 1e-12) for kind in (counted, sensed)]
    return Evidence((sp.csr_matrix(unit[0]),), (unit[1].astype(np.float32),))


def plainly(some: Evidence, others: Evidence) -> NDArray[np.float64]:
    one, other = ([side.counted[0].toarray(), side.sensed[0].astype(float)] for side in (some, others))
    apart = [((a[:, None, :] - b[None, :, :]) ** 2).sum(axis=2) / 2 for a, b in zip(one, other, strict=True)]
    share = np.array(WEIGHTS) / sum(WEIGHTS)
    told = [
        (sum(s * np.exp(-d / reach) for s, d in zip(share, apart, strict=True)))
        + np.exp(-sum(s * d for s, d in zip(share, apart, strict=True)) / reach)
        for reach in (1.0, 0.5)
    ]
    return np.asarray(sum(told) / 4)


def test_likeness_is_the_mean_over_kinds_and_reaches() -> None:
    some, others = evidence(7, 1), evidence(5, 2)
    near = likeness(distances(some, others), WEIGHTS)
    assert near == pytest.approx(plainly(some, others), abs=1e-5)
    own = likeness(distances(some, some), WEIGHTS)
    assert np.diag(own) == pytest.approx(1.0, abs=1e-5) and own == pytest.approx(own.T, abs=1e-6)
    assert np.linalg.eigvalsh(own.astype(float)).min() > -1e-5


@pytest.mark.parametrize("speaking", [24, 15])
def test_leaving_one_out_in_closed_form_is_learning_without_it(speaking: int) -> None:
    firms = evidence(24, 3)
    answers = np.array([0] * 12 + [1] * 8 + [2] * 4)
    spoken = np.arange(speaking)
    near = likeness(distances(firms, firms.take(spoken)), WEIGHTS).astype(float)
    own = near[spoken]
    doubt = np.sqrt(np.bincount(answers)[answers] / 8)
    sides = np.where(answers[:, None] == np.arange(3), 1.0, -1.0)
    for strength, found in zip(
        SMOOTHING, fitted(near.astype(np.float32), own.astype(np.float32), answers, 3), strict=True
    ):
        right = 0
        for firm in range(24):
            seen = np.delete(np.arange(24), firm)
            part = near[seen].T / doubt[seen]
            voices = np.linalg.solve(part @ near[seen] + strength * own + 1e-9 * np.eye(speaking), part @ sides[seen])
            right += int((near[firm] @ voices).argmax() == answers[firm])
        assert found.right == pytest.approx(right / 24)


@pytest.mark.parametrize("teachers", [35, 1000])
def test_of_very_many_labelled_firms_some_speak_and_teach(monkeypatch: pytest.MonkeyPatch, teachers: int) -> None:
    monkeypatch.setattr(classifier, "SPEAKERS", 21)
    monkeypatch.setattr(classifier, "TEACHERS", teachers)
    known = Classifier.fit("三类", rows(40))
    assert len(known._speakers) == 21
    asked = rows(15, seed=9)
    told = known.classify([row.name for row in asked], [row.scope for row in asked])
    assert np.mean([one.label == row.label for one, row in zip(told, asked, strict=True)]) > 0.95
