"""The standing statements of one source as an annotation of its raw text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, get_args

import rjieba

from liantu.extraction.model import Stage
from liantu.ledger.gold.anchors import anchor_of
from liantu.ledger.grouping.indicators import words
from liantu.ledger.models import EntityName, Source, Statement
from liantu.vocabulary.regions import regions
from liantu.vocabulary.stages import stages

MUST = 2  # strings that an indicator is held to at most
READER_STAGES = get_args(Stage)


class Annotator:
    """Annotates one source."""

    def __init__(self, source: Source, raw: str) -> None:
        self.source, self.raw = source, raw
        self.names: dict[int, list[str]] = defaultdict(list)
        for entity, name in EntityName.objects.filter(source=source).order_by("pk").values_list("entity", "name"):
            self.names[entity].append(name)

    def annotation(self, statements: Sequence[Statement]) -> dict[str, Any]:
        """The annotation that says what the statements say, in the order of the text."""
        source = self.source
        placed = sorted(statements, key=lambda s: (s.number_start or s.evidence_start or 0, s.pk))
        figures = [s for s in placed if s.figure_kind and s.number_start is not None and s.number_end is not None]
        plain = [s for s in placed if not s.figure_kind]
        return {
            "title": source.title or None,
            "published": source.published.isoformat() if source.published else None,
            "figures": [self.figure(s) for s in _once_a_place(figures)],
            "projects": [self.project(s) for s in _once(plain, "project")],
            "enterprises": [self.called(s) for s in _once(plain, "enterprise")],
            "chains": [self.chain(s) for s in _once(plain, "chain")],
            "relations": [self.relation(s) for s in _once(plain, "relation")],
        }

    def figure(self, s: Statement) -> dict[str, Any]:
        """One number."""
        start, end = s.number_start or 0, s.number_end or 0
        anchor = anchor_of(self.raw, start, end)
        value = s.value or 0.0
        row: dict[str, Any] = {"anchor": anchor.text}
        if anchor.nth > 1 or self.raw.count(anchor.text) > 1:
            row["nth"] = anchor.nth
        return row | {
            "number": self.raw[start:end],
            "value": int(value) if value.is_integer() else value,
            "unit": s.unit,
            "bound": s.bound or "=",
            "kind": s.figure_kind,
            "status": s.status,
            "indicator": s.property,
            "must": must_of(s.property),
            "subject": self.called(s) or self.about(),
            "period": s.period or None,
        }

    def called(self, s: Statement) -> list[str]:
        """The names of the one a statement is about, as the statement calls it first."""
        return self._names(s.subject_name, s.subject_id, s.payload.get("aliases", ()))

    def about(self) -> list[str]:
        """Where nothing is named, a figure is about the region its document is about."""
        code = self.source.region_code
        name = regions().by_code(code).name if code in regions() else self.source.title or self.source.name
        return self._names(name, None)

    def _names(self, name: str, entity: int | None, more: Iterable[str] = ()) -> list[str]:
        known = self.names.get(entity or 0, ())
        region = regions().by_name(name)
        forms = (region.name, region.short) if region is not None and not region.is_group else ()
        return [n for n in dict.fromkeys((name, *more, *known, *forms)) if n]

    def project(self, s: Statement) -> dict[str, Any]:
        """One project."""
        place = s.payload.get("place")
        return {
            "name": self.called(s),
            "investment": _number(s.value),
            "stage": reader_stage(s.text_value),
            "place": [place] if place else None,
            "owner": self._names(s.object_name, s.object_id) if s.object_name else None,
        }

    def chain(self, s: Statement) -> dict[str, Any]:
        """One chain at its holder."""
        return {
            "name": self.called(s),
            "holder": self._names(s.object_name, s.object_id),
            "role": s.text_value or None,
        }

    def relation(self, s: Statement) -> dict[str, Any]:
        """Two things and how they stand to each other."""
        return {
            "head": self.called(s),
            "relation": s.property,
            "tail": self._names(s.object_name, s.object_id),
        }


def _once_a_place(figures: list[Statement]) -> list[Statement]:
    """One figure for each number and kind; of several at one place what a person made."""
    kept: dict[tuple[int | None, int | None, str], Statement] = {}
    for s in sorted(figures, key=lambda s: (-s.confidence, s.pk)):
        kept.setdefault((s.number_start, s.number_end, s.figure_kind), s)
    chosen = {s.pk for s in kept.values()}
    return [s for s in figures if s.pk in chosen]


def _once(statements: list[Statement], kind: str) -> list[Statement]:
    kept: dict[tuple[str, str, str], Statement] = {}
    for s in statements:
        if s.kind == kind:
            tail = s.object_name if kind in {"chain", "relation"} else ""
            kept.setdefault((s.subject_name, s.property, tail), s)
    return list(kept.values())


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value


def reader_stage(stage: str) -> str | None:
    """The furthest of the reader's stages that a canonical stage has reached: 竣工 → building. None for no stage."""
    known = stages()
    if stage not in known:
        return None
    passed = [s for s in READER_STAGES if known[s].order <= known[stage].order]
    return passed[-1] if passed else None


def must_of(indicator: str) -> list[str]:
    """The one or two words that any right answer for an indicator has to contain: its last words that carry meaning."""
    idle = {*words("drop"), *words("drop_start"), *words("drop_end"), *words("scope")}
    parts = [word for word in rjieba.cut(indicator) if len(word) > 1 and word not in idle and word.isalnum()]
    return parts[-MUST:] or [indicator]
