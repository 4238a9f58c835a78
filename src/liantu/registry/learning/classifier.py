"""A linear classifier of firms: one plane a class, found by minimising squared hinge losses; every answer has its reasons."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize

from ..industries import default_industry_words, industry_name
from .features import (
    SHARES,
    Matrix,
    Vocabulary,
    plain_name,
    plain_scope,
    rarity_of,
    runs_matrix,
    vocabulary_of,
    votes_matrix,
)
from .labelled import Labelled, LabelledError
from .senses import Senses

STRENGTH = 0.5
STRENGTH_WITH_SENSES = 0.25
"""What a wrong answer costs against the length of the planes; less where more is known of each firm."""
FOLDS = 5
FEWEST = 5
"""Firms that a class needs to be learned."""
COVERAGES = (1.0, 0.8, 0.6)
REASONS = 3
_IDLE = frozenset("的及和与兼等")
"""Characters of runs that are no word: 法兰的 is passed over for 法兰."""
_BATCH = 20_000
_LAYOUT = 2
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Learned:
    """The class of one firm: `score` is the chance that it is right, as far as trials tell; `words` are what told most."""

    label: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """How well a classifier did on firms that it had not seen, each fifth told by the other four.

    Attributes:
        firms: labelled firms used; those of classes with fewer than `FEWEST` are left out.
        left_out: class → firms, of classes too small.
        accuracy: share of right answers.
        macro_f1: the mean of the classes' F1.
        at_coverage: share of firms answered, the surest first → share of right answers among them.
        of_class: class → (firms, share found, share of the answers right).
    """

    firms: int
    left_out: dict[str, int]
    accuracy: float
    macro_f1: float
    at_coverage: dict[float, float]
    of_class: dict[str, tuple[int, float, float]]


class Classifier:
    """Classes of one scheme, ready to be told of any firm."""

    def __init__(
        self, scheme: str, labels: Sequence[str], scope: Vocabulary, name: Vocabulary, codes: Sequence[str],
        rarity: Floats, planes: Floats, offsets: Floats, sharpness: float, senses: Senses | None = None,
    ) -> None:  # fmt: skip
        self.scheme = scheme
        self.labels = tuple(labels)
        self.sharpness = sharpness
        self._scope, self._name, self._codes, self._rarity = scope, name, tuple(codes), rarity
        self._planes, self._offsets, self._senses = planes, offsets, senses

    @classmethod
    def fit(
        cls, scheme: str, rows: Sequence[Labelled], sharpness: float = 1.0, senses: Senses | None = None
    ) -> Classifier:
        """Learns from `rows`, with the `senses` of words that a register has shown, where there is one."""
        names, scopes = [plain_name(row.name) for row in rows], [plain_scope(row.scope) for row in rows]
        scope, name = vocabulary_of(scopes, fading=True), vocabulary_of(names, fading=False)
        words = default_industry_words()
        codes = sorted({code[:digits] for code in words.codes for digits in (2, 3, 4) if len(code) >= digits})
        rarity = rarity_of(votes_matrix([row.name for row in rows], [row.scope for row in rows], codes))
        labels = sorted({row.label for row in rows})
        number = {label: at for at, label in enumerate(labels)}
        made = cls(scheme, labels, scope, name, codes, rarity, np.zeros((0, 0)), np.zeros(0), sharpness, senses)
        matrix = made._matrix([row.name for row in rows], [row.scope for row in rows])
        answers = np.array([number[row.label] for row in rows])
        strength = STRENGTH if senses is None else STRENGTH_WITH_SENSES
        made._planes, made._offsets = _planes(matrix, answers, len(labels), strength)
        return made

    def margins(self, names: Sequence[str], scopes: Sequence[str]) -> Floats:
        """Firm × class: how far on the class's side of its plane the firm lies."""
        found: Floats = self._matrix(names, scopes) @ self._planes + self._offsets
        return found

    def classify(self, names: Sequence[str], scopes: Sequence[str]) -> list[Learned]:
        """The class of each firm, with its score and what told it."""
        found: list[Learned] = []
        for first in range(0, len(names), _BATCH):
            matrix = self._matrix(names[first : first + _BATCH], scopes[first : first + _BATCH])
            margins = matrix @ self._planes + self._offsets
            chances = _chances(margins, self.sharpness)
            best = margins.argmax(axis=1)
            for row, label in enumerate(best.tolist()):
                found.append(
                    Learned(self.labels[label], round(float(chances[row, label]), 3), self._reasons(matrix, row, label))
                )
        return found

    def _matrix(self, names: Sequence[str], scopes: Sequence[str]) -> Matrix:
        scope = runs_matrix([plain_scope(text) for text in scopes], self._scope, fading=True)
        name = runs_matrix([plain_name(text) for text in names], self._name, fading=False)
        votes = votes_matrix(names, scopes, self._codes, self._rarity)
        blocks = [block * share for block, share in zip((scope, name, votes), SHARES, strict=True)]
        if self._senses is not None:
            blocks.append(self._senses.matrix(names, scopes))
        return sp.hstack(blocks).tocsr()

    def _reasons(self, matrix: Matrix, row: int, label: int) -> tuple[str, ...]:
        """What speaks most for the class: runs of characters, none that overlaps another, and industries."""
        at = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
        weight = matrix.data[matrix.indptr[row] : matrix.indptr[row + 1]] * self._planes[at, label]
        said: list[str] = []
        for place in np.argsort(-weight):
            if weight[place] <= 0 or len(said) == REASONS:
                break
            word = self._written(int(at[place]))
            pairs = {word[i : i + 2] for i in range(len(word) - 1)}
            if pairs and not _IDLE & set(word) and not any(pair in other for other in said for pair in pairs):
                said.append(word)
        return tuple(said)

    def _written(self, column: int) -> str:
        if column < len(self._scope.written):
            return self._scope.written[column]
        column -= len(self._scope.written)
        if column < len(self._name.written):
            return self._name.written[column].strip("^$")
        column -= len(self._name.written)
        # A number of a word's sense has no name.
        return industry_name(self._codes[column]) if column < len(self._codes) else ""

    def save(self, file: Path) -> None:
        """Writes the classifier; one file, read again by `load`."""
        told: dict[str, Any] = {
            "layout": _LAYOUT, "scheme": self.scheme, "labels": self.labels, "codes": self._codes,
            "scope": self._scope.written, "name": self._name.written, "sharpness": self.sharpness,
        }  # fmt: skip
        senses: dict[str, Any] = {}
        if self._senses is not None:
            told["words"] = self._senses.words
            senses = {
                "of_words": self._senses.of_words.astype(np.float16),
                "word_rarity": self._senses.rarity,
                "runs": self._senses.runs,
                "of_runs": self._senses.of_runs.astype(np.float16),
            }
        with file.open("wb") as target:
            np.savez_compressed(
                target,
                **senses,
                told=np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), np.uint8),
                scope_hashes=self._scope.hashes,
                scope_rarity=self._scope.rarity,
                name_hashes=self._name.hashes,
                name_rarity=self._name.rarity,
                rarity=self._rarity,
                planes=self._planes.astype(np.float32),
                offsets=self._offsets,
            )

    @classmethod
    def load(cls, file: Path) -> Classifier:
        """The classifier that `save` wrote.

        Raises:
            LabelledError: the file is none.
        """
        try:
            with np.load(file, allow_pickle=False) as parts:
                told = json.loads(bytes(parts["told"]).decode())
                if told["layout"] != _LAYOUT:
                    raise KeyError("layout")
                return cls(
                    told["scheme"],
                    told["labels"],
                    Vocabulary(parts["scope_hashes"], tuple(told["scope"]), parts["scope_rarity"]),
                    Vocabulary(parts["name_hashes"], tuple(told["name"]), parts["name_rarity"]),
                    told["codes"],
                    parts["rarity"],
                    parts["planes"].astype(np.float64),
                    parts["offsets"],
                    told["sharpness"],
                    _senses_of(told, parts),
                )
        except (OSError, ValueError, KeyError) as error:
            raise LabelledError(
                f"{file.name} 不是学好的分类器，请重新运行 liantu registry learn-classes / "
                f"{file.name} is no learned classifier; run liantu registry learn-classes again"
            ) from error


def _senses_of(told: dict[str, Any], parts: Mapping[str, NDArray[Any]]) -> Senses | None:
    if "words" not in told:
        return None
    of_words, of_runs = (parts[name].astype(np.float32) for name in ("of_words", "of_runs"))
    return Senses(tuple(told["words"]), of_words, parts["word_rarity"], parts["runs"], of_runs)


def learn(
    rows: Sequence[Labelled], scheme: str, *, seed: int = 0, senses: Senses | None = None
) -> tuple[Trial, Classifier]:
    """Tries on each fifth of `rows` what the other four teach, then learns from all.

    Args:
        seed: of how they are parted.
        senses: of words, from a register (`learn_senses`).

    Raises:
        LabelledError: fewer than two classes have `FEWEST` firms.
    """
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.label] = counts.get(row.label, 0) + 1
    small = {label: n for label, n in counts.items() if n < FEWEST}
    kept = [row for row in rows if row.label not in small]
    if len(counts) - len(small) < 2:
        raise LabelledError(
            f"至少要有两个类别，每个类别不少于 {FEWEST} 家企业 / at least two classes with {FEWEST} firms each are needed"
        )
    labels = sorted({row.label for row in kept})
    answers = np.array([labels.index(row.label) for row in kept])
    margins = np.full((len(kept), len(labels)), -np.inf)
    for unseen in folds(answers, FOLDS, seed):
        seen = np.setdiff1d(np.arange(len(kept)), unseen)
        part = Classifier.fit(scheme, [kept[i] for i in seen], senses=senses)
        told = part.margins([kept[i].name for i in unseen], [kept[i].scope for i in unseen])
        columns = np.array([labels.index(label) for label in part.labels])
        margins[unseen[:, None], columns[None, :]] = told
    sharpness = _sharpness(margins, answers)
    return _trial(margins, answers, labels, small, sharpness), Classifier.fit(scheme, kept, sharpness, senses)


def folds(answers: NDArray[np.int_], count: int, seed: int = 0) -> list[NDArray[np.int_]]:
    """Numbers of the rows in `count` parts, each class spread over them evenly."""
    order = np.random.default_rng(seed).permutation(len(answers))
    ranked = order[np.argsort(answers[order], kind="stable")]
    return [np.sort(ranked[part::count]) for part in range(count)]


def _planes(matrix: Matrix, answers: NDArray[np.int_], labels: int, strength: float) -> tuple[Floats, Floats]:
    """One plane a class by L-BFGS on squared hinge losses, all classes at once; the offset is one more column."""
    columns = matrix.shape[1]
    side = np.where(answers[:, None] == np.arange(labels)[None, :], 1.0, -1.0)
    turned = matrix.T.tocsr()

    def loss(flat: Floats) -> tuple[float, Floats]:
        planes = flat.reshape(columns + 1, labels)
        slack = np.maximum(0.0, 1.0 - side * (matrix @ planes[:-1] + planes[-1]))
        value = 0.5 * float((planes**2).sum()) + strength * float((slack**2).sum())
        pull = -2.0 * strength * side * slack
        slope = planes.copy()
        slope[:-1] += turned @ pull
        slope[-1] += pull.sum(axis=0)
        return value, slope.ravel()

    start = np.zeros((columns + 1) * labels)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200, "maxcor": 8, "ftol": 1e-7})
    planes = np.asarray(found.x).reshape(columns + 1, labels)
    return planes[:-1], planes[-1]


def _chances(margins: Floats, sharpness: float) -> Floats:
    powers: Floats = np.exp(sharpness * (margins - margins.max(axis=1, keepdims=True)))
    chances: Floats = powers / powers.sum(axis=1, keepdims=True)
    return chances


def _sharpness(margins: Floats, answers: NDArray[np.int_]) -> float:
    """The factor on margins under which the chances of the right classes are likeliest."""
    tried = np.geomspace(0.5, 16.0, 26)
    at = np.arange(len(answers))
    likely = [float(np.log(np.maximum(_chances(margins, factor)[at, answers], 1e-9)).mean()) for factor in tried]
    return float(tried[int(np.argmax(likely))])


def _trial(
    margins: Floats, answers: NDArray[np.int_], labels: Sequence[str], left_out: dict[str, int], sharpness: float
) -> Trial:
    told = margins.argmax(axis=1)
    right = told == answers
    surest = np.argsort(-_chances(margins, sharpness).max(axis=1), kind="stable")
    at_coverage = {share: float(right[surest[: max(1, round(share * len(right)))]].mean()) for share in COVERAGES}
    of_class, f1 = {}, []
    for number, label in enumerate(labels):
        hits = int((right & (answers == number)).sum())
        firms, said = int((answers == number).sum()), int((told == number).sum())
        of_class[label] = (firms, hits / firms, hits / said if said else 0.0)
        f1.append(2 * hits / (firms + said))
    return Trial(len(answers), left_out, float(right.mean()), float(np.mean(f1)), at_coverage, of_class)
