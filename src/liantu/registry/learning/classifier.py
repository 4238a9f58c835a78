"""A classifier of firms: labelled firms speak for their classes as far as others are like them; every answer has its reasons."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from ..industries import default_industry_words, industry_name
from .features import (
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
from .likeness import WEIGHTS, Evidence, Near, distances, likeness
from .regression import fitted
from .senses import Senses

SPEAKERS = 3_000
"""Labelled firms that speak; of more of them so many, evenly from every class."""
TEACHERS = 6_000
"""Labelled firms that teach what these say, as evenly; each takes about 200 kB while it does."""
FOLDS = 5
FEWEST = 5
"""Firms that a class needs to be learned."""
COVERAGES = (1.0, 0.8, 0.6)
REASONS = 3
_IDLE = frozenset("的及和与兼等")
"""Characters of runs that are no word: 法兰的 is passed over for 法兰."""
_HEARD = 10
"""Labelled firms that speak most for an answer: what is shared with them are its reasons."""
_BATCH = 2_000
_LAYOUT = 3
_SPARSE = ("data", "indices", "indptr")
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
        rarity: Floats, sharpness: float, senses: Senses | None = None,
    ) -> None:  # fmt: skip
        self.scheme = scheme
        self.labels = tuple(labels)
        self.sharpness = sharpness
        self._scope, self._name, self._codes, self._rarity = scope, name, tuple(codes), rarity
        self._senses = senses
        self._speakers = Evidence((), ())
        self._voices: Near = np.zeros((0, 0), np.float32)
        self._weights: tuple[float, ...] = ()

    @classmethod
    def fit(
        cls, scheme: str, rows: Sequence[Labelled], sharpness: float = 1.0, senses: Senses | None = None
    ) -> Classifier:
        """Learns from `rows`, with the `senses` of words that a register has shown, where there is one."""
        if len(rows) > TEACHERS:
            rows = [rows[i] for i in _evenly(np.unique([row.label for row in rows], return_inverse=True)[1], TEACHERS)]
        names, scopes = [row.name for row in rows], [row.scope for row in rows]
        scope = vocabulary_of([plain_scope(text) for text in scopes], fading=True)
        name = vocabulary_of([plain_name(text) for text in names], fading=False)
        words = default_industry_words()
        codes = sorted({code[:digits] for code in words.codes for digits in (2, 3, 4) if len(code) >= digits})
        rarity = rarity_of(votes_matrix(names, scopes, codes))
        labels = sorted({row.label for row in rows})
        number = {label: at for at, label in enumerate(labels)}
        made = cls(scheme, labels, scope, name, codes, rarity, sharpness, senses)
        answers = np.array([number[row.label] for row in rows])
        evidence = made._evidence(names, scopes)
        speaking = _evenly(answers, SPEAKERS)
        made._speakers = evidence.take(speaking)
        apart = distances(evidence, made._speakers)
        best = -1.0
        for weights in WEIGHTS[evidence.kinds]:
            near = likeness(apart, weights)
            for found in fitted(near, near[speaking], answers, len(labels)):
                if found.right > best:
                    best, made._weights, made._voices = found.right, weights, found.voices.astype(np.float32)
        return made

    def margins(self, names: Sequence[str], scopes: Sequence[str]) -> Floats:
        """Firm × class: how much speaks for the class."""
        near = likeness(distances(self._evidence(names, scopes), self._speakers), self._weights)
        found: Floats = (near @ self._voices).astype(np.float64)
        return found

    def classify(self, names: Sequence[str], scopes: Sequence[str]) -> list[Learned]:
        """The class of each firm, with its score and what told it."""
        found: list[Learned] = []
        for first in range(0, len(names), _BATCH):
            evidence = self._evidence(names[first : first + _BATCH], scopes[first : first + _BATCH])
            near = likeness(distances(evidence, self._speakers), self._weights)
            margins = (near @ self._voices).astype(np.float64)
            chances = _chances(margins, self.sharpness)
            best = margins.argmax(axis=1)
            said = self._shared(evidence, near * self._voices.T[best])
            for row, label in enumerate(best.tolist()):
                found.append(
                    Learned(self.labels[label], round(float(chances[row, label]), 3), self._reasons(said, row))
                )
        return found

    def _evidence(self, names: Sequence[str], scopes: Sequence[str]) -> Evidence:
        scope = runs_matrix([plain_scope(text) for text in scopes], self._scope, fading=True)
        name = runs_matrix([plain_name(text) for text in names], self._name, fading=False)
        votes = votes_matrix(names, scopes, self._codes, self._rarity)
        sensed = self._senses.vectors(names, scopes) if self._senses is not None else ()
        return Evidence((scope, name, votes), sensed)

    def _shared(self, evidence: Evidence, spoken: Near) -> Matrix:
        """Firm × run or industry: how much of what was `spoken` for it by those heard most rests on it, beyond what all firms share."""
        heard = min(_HEARD, spoken.shape[1])
        most = np.argpartition(-spoken, heard - 1, axis=1)[:, :heard]
        weight = np.maximum(np.take_along_axis(spoken, most, axis=1), 0).ravel()
        starts = np.arange(0, most.size + 1, heard)
        voices = sp.csr_matrix((weight, most.ravel(), starts), shape=spoken.shape)
        own, theirs = (
            sp.hstack([kind * weight for kind, weight in zip(side.counted, self._weights, strict=False)]).tocsr()
            for side in (evidence, self._speakers)
        )
        usual = sp.diags(np.asarray(voices.sum(axis=1)).ravel()) @ own.multiply(np.asarray(theirs.mean(axis=0)))
        return sp.csr_matrix((voices @ theirs).multiply(own) - usual)

    def _reasons(self, said: Matrix, row: int) -> tuple[str, ...]:
        """What speaks most for the class: runs of characters, none that overlaps another, and industries."""
        at = said.indices[said.indptr[row] : said.indptr[row + 1]]
        weight = said.data[said.indptr[row] : said.indptr[row + 1]]
        told: list[str] = []
        for place in np.argsort(-weight):
            if weight[place] <= 0 or len(told) == REASONS:
                break
            word = self._written(int(at[place]))
            pairs = {word[i : i + 2] for i in range(len(word) - 1)}
            if pairs and not _IDLE & set(word) and not any(pair in other for other in told for pair in pairs):
                told.append(word)
        return tuple(told)

    def _written(self, column: int) -> str:
        if column < len(self._scope.written):
            return self._scope.written[column]
        column -= len(self._scope.written)
        if column < len(self._name.written):
            return self._name.written[column].strip("^$")
        column -= len(self._name.written)
        return industry_name(self._codes[column])

    def save(self, file: Path) -> None:
        """Writes the classifier; one file, read again by `load`."""
        told: dict[str, Any] = {
            "layout": _LAYOUT, "scheme": self.scheme, "labels": self.labels, "codes": self._codes,
            "scope": self._scope.written, "name": self._name.written, "sharpness": self.sharpness,
            "weights": self._weights, "shapes": [kind.shape for kind in self._speakers.counted],
        }  # fmt: skip
        speakers: dict[str, Any] = {f"sensed_{at}": kind for at, kind in enumerate(self._speakers.sensed)}
        for at, kind in enumerate(self._speakers.counted):
            speakers |= {f"counted_{at}_{part}": getattr(kind, part) for part in _SPARSE}
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
                **speakers,
                told=np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), np.uint8),
                scope_hashes=self._scope.hashes,
                scope_rarity=self._scope.rarity,
                name_hashes=self._name.hashes,
                name_rarity=self._name.rarity,
                rarity=self._rarity,
                voices=self._voices,
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
                found = cls(
                    told["scheme"],
                    told["labels"],
                    Vocabulary(parts["scope_hashes"], tuple(told["scope"]), parts["scope_rarity"]),
                    Vocabulary(parts["name_hashes"], tuple(told["name"]), parts["name_rarity"]),
                    told["codes"],
                    parts["rarity"],
                    told["sharpness"],
                    _senses_of(told, parts),
                )
                found._speakers = _speakers_of(told["shapes"], parts)
                found._voices, found._weights = parts["voices"], tuple(told["weights"])
                return found
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


def _speakers_of(shapes: Sequence[Sequence[int]], parts: Mapping[str, NDArray[Any]]) -> Evidence:
    counted = [
        sp.csr_matrix(tuple(parts[f"counted_{at}_{part}"] for part in _SPARSE), shape=tuple(shape))
        for at, shape in enumerate(shapes)
    ]
    return Evidence(tuple(counted), tuple(parts[f"sensed_{at}"] for at in range(3) if f"sensed_{at}" in parts))


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
    ranked = _by_class(answers, seed)
    return [np.sort(ranked[part::count]) for part in range(count)]


def _evenly(answers: NDArray[np.int_], most: int) -> NDArray[np.int_]:
    """Numbers of `most` rows, from every class in proportion; of all where there are no more."""
    ranked = _by_class(answers)
    return np.sort(ranked[np.linspace(0, len(ranked) - 1, min(len(ranked), most)).astype(int)])


def _by_class(answers: NDArray[np.int_], seed: int = 0) -> NDArray[np.int_]:
    """Numbers of the rows, class by class, those of each class in random order."""
    order = np.random.default_rng(seed).permutation(len(answers))
    return order[np.argsort(answers[order], kind="stable")]


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
