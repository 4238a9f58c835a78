"""Counts over all documents, and from them precision, recall and F1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from liantu.evaluation.figures import TIERS, align
from liantu.evaluation.gold import GoldDocument, GoldFigure
from liantu.evaluation.sets import LIKENESS, match

PROJECT_FIELDS = ("investment", "stage")


@dataclass(slots=True)
class Tally:
    """How many answers were right, given and wanted."""

    hit: int = 0
    said: int = 0
    true: int = 0

    @property
    def precision(self) -> float:
        """Right answers among those given; 0 when none was given."""
        return self.hit / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """Right answers among those wanted; 0 when none was wanted."""
        return self.hit / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hit / (self.said + self.true) if self.said + self.true else 0.0

    def add(self, other: Tally) -> None:
        """Counts `other` in."""
        self.hit += other.hit
        self.said += other.said
        self.true += other.true

    def to_dict(self) -> dict[str, float]:
        """`{p, r, f1, hit, said, true}`, ratios to four places."""
        ratios = {"p": round(self.precision, 4), "r": round(self.recall, 4), "f1": round(self.f1, 4)}
        return {**ratios, "hit": self.hit, "said": self.said, "true": self.true}


@dataclass(frozen=True, slots=True)
class Miss:
    """An annotated figure that was not answered completely (`said` is None when it was not found at all),
    or an answer that nothing was annotated for (`gold` is None)."""

    gold: GoldFigure | None
    said: Mapping[str, Any] | None
    tier: int


@dataclass(slots=True)
class DocumentScore:
    """One document's counts and, for those who mend the reader, what went wrong in it."""

    name: str
    figures: dict[str, Tally]
    sets: dict[str, Tally]
    project_fields: dict[str, Tally]
    misses: list[Miss] = field(default_factory=list)


@dataclass(slots=True)
class Score:
    """The sum over all documents."""

    documents: list[DocumentScore] = field(default_factory=list)

    def total(self, part: str, key: str) -> Tally:
        """Sum of one count: `total("figures", "found")`, `total("sets", "chains")`, `total("project_fields", "stage")`."""
        tally = Tally()
        for document in self.documents:
            tally.add(getattr(document, part)[key])
        return tally

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types."""
        fields = {key: self.total("project_fields", key) for key in PROJECT_FIELDS}
        return {
            "documents": len(self.documents),
            "figures": {tier: self.total("figures", tier).to_dict() for tier in TIERS},
            **{key: self.total("sets", key).to_dict() for key in LIKENESS},
            "project_fields": {key: {"right": t.hit, "of": t.true} for key, t in fields.items()},
        }


def score_documents(pairs: Iterable[tuple[GoldDocument, Mapping[str, Any]]]) -> Score:
    """The score of answers in the reader's published format, one for each annotated document."""
    return Score([score_document(gold, said) for gold, said in pairs])


def score_document(gold: GoldDocument, said: Mapping[str, Any]) -> DocumentScore:
    """The score of one document."""
    answers = list(said.get("figures", []))
    pairs = align(gold.figures, answers)
    figures = {
        name: Tally(sum(reached >= number for *_, reached in pairs), len(answers), len(gold.figures))
        for number, name in enumerate(TIERS, start=1)
    }
    sets: dict[str, Tally] = {}
    fields = {key: Tally() for key in PROJECT_FIELDS}
    for key, alike in LIKENESS.items():
        wanted, given = getattr(gold, key), list(said.get(key, []))
        hits = match(wanted, given, alike)
        sets[key] = Tally(len(hits), len(given), len(wanted))
        if key == "projects":
            _score_fields(fields, [(wanted[g], given[s]) for g, s in hits])
    return DocumentScore(gold.name, figures, sets, fields, _misses(gold, answers, pairs))


def _score_fields(fields: dict[str, Tally], pairs: list[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> None:
    """Stage and investment are only counted on projects that were found and that the text says them of."""
    for gold, said in pairs:
        for key, tally in fields.items():
            if gold.get(key) is not None:
                right = int(gold[key] == said.get(key))
                tally.add(Tally(right, int(said.get(key) is not None), 1))


def _misses(gold: GoldDocument, answers: list[Mapping[str, Any]], pairs: list[tuple[int, int, int]]) -> list[Miss]:
    answered = {g: (s, reached) for g, s, reached in pairs}
    misses = []
    for index, figure in enumerate(gold.figures):
        said, reached = answered.get(index, (None, 0))
        if reached < len(TIERS):
            misses.append(Miss(figure, None if said is None else answers[said], reached))
    used = {s for _, s, _ in pairs}
    misses += [Miss(None, answer, 0) for index, answer in enumerate(answers) if index not in used]
    return misses
