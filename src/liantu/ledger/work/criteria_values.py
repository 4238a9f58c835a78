"""What is known of firms, towns and zones for the fields of criteria: figures of documents, roles, and what people entered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache, reduce
from operator import or_

from django.db.models import Q

from liantu.ledger.grouping.indicators import fold
from liantu.ledger.models import Entity, FigureView, KnownValue, OfficeRules
from liantu.ledger.standing import batches
from liantu.tracking import Measured, Scope
from liantu.tracking.criteria import (
    CriterionField,
    CriterionSet,
    Known,
    criterion_fields,
    load_set,
    set_on,
    shipped_sets,
)
from liantu.tracking.lined import RulesError
from liantu.tracking.targets import Bound
from liantu.vocabulary.units import comparable, convert

KINDS = {"enterprise": ("enterprise",), "town": ("town",), "zone": ("zone",)}
FIGURES_AT_MOST = 100_000
LONG = 6  # characters of a field's word that may end a longer indicator


def all_sets() -> dict[str, CriterionSet]:
    """The sets that come with the program and the office's own, by id. An own text that no longer fits is left out."""
    found = {key: made for key, (made, _text) in shipped_sets().items()}
    for key, text in OfficeRules.objects.filter(rule_kind="criteria", removed_at=None).values_list("key", "text"):
        try:
            found[key] = load_set(text)
        except RulesError:
            continue
    return found


@cache
def _by_word() -> Mapping[tuple[str, str], tuple[CriterionField, ...]]:
    """Fields by the kind of figure and the folded words under which it says them."""
    found: dict[tuple[str, str], list[CriterionField]] = defaultdict(list)
    for field in criterion_fields().values():
        for word in field.indicators:
            found[field.figure_kind, fold(word)].append(field)
    return {key: tuple(fields) for key, fields in found.items()}


def fields_said(row: FigureView, subject: str) -> list[CriterionField]:
    """The fields that a figure speaks of: its indicator without the subject's name is one of the field's words."""
    words = fold(row.indicator, (row.subject_name,))
    found = _by_word().get((row.figure_kind, words), ())
    if not found:  # 围绕它的上下游配套企业: a long word at the end is enough, a short one (企业) may be another thing's
        ends = [
            key for key in _by_word() if key[0] == row.figure_kind and len(key[1]) >= LONG and words.endswith(key[1])
        ]
        found = _by_word()[max(ends, key=lambda key: len(key[1]))] if ends else ()
    return [f for f in found if subject in f.subjects and comparable(row.unit, f.unit)]


def known_of(entities: Collection[int], subject: str) -> dict[int, dict[str, Known]]:
    """What is known of things, by canonical id and field. What people entered goes before what documents say."""
    figures: dict[tuple[int, str], list[FigureView]] = defaultdict(list)
    wanted = reduce(or_, (Q(indicator__endswith=w) for f in criterion_fields().values() for w in f.indicators[:6]))
    for part in batches(entities):
        rows = FigureView.objects.filter(wanted, subject__in=part, status="actual", repeats=False)
        for row in rows.select_related("subject").order_by("-recency")[:FIGURES_AT_MOST]:
            if row.subject is not None:
                for field in fields_said(row, subject):
                    figures[row.subject.canonical_id or row.subject.pk, field.id].append(row)
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    for (entity, name), said in figures.items():
        found[entity][name] = _newest(said, criterion_fields()[name].unit)
    for part in batches(entities):
        kept = KnownValue.objects.filter(entity__canonical__in=part, removed_at=None).select_related("entity")
        for record in kept.order_by("on", "pk"):
            found[record.entity.canonical_id or record.entity.pk][record.field] = _entered(record)
    return dict(found)


def _newest(rows: list[FigureView], unit: str) -> Known:
    """The figures of the newest day as one value; where they differ, all that they may mean."""
    day = max((r.period_end for r in rows if r.period_end is not None), default=None)
    newest = [r for r in rows if r.period_end == day]
    ranges = []
    for row in newest:
        bound: Bound = row.bound if row.bound in ("=", "≈", ">", ">=", "<", "<=") else "="  # type: ignore[assignment]
        low, high = Measured("", row.value, row.unit, Scope(""), bound=bound).range
        ranges.append((_to(low, row.unit, unit), _to(high, row.unit, unit)))
    low, high = min(r[0] for r in ranges), max(r[1] for r in ranges)
    return Known(low, high, unit, on=day, statements=tuple(r.pk for r in newest), differs=len(set(ranges)) > 1)


def _to(value: float, source: str, target: str) -> float:
    return value if source == target or abs(value) == float("inf") else convert(value, source, target)


def _entered(record: KnownValue) -> Known:
    value = None if record.value is None else float(record.value)
    yes = None if not record.yes else record.yes == "yes"
    return Known(value, value, record.unit, record.word, yes, record.on, (), True)


def candidates_for(subject: str, region: Q) -> dict[int, dict[str, Known]]:
    """Things of a kind of which at least one field is known, by canonical id."""
    wanted = reduce(or_, (Q(indicator__endswith=w) for f in _fields(subject) for w in f.indicators))
    kinds = KINDS[subject]
    rows = FigureView.objects.filter(wanted, region, subject_kind__in=kinds, status="actual", repeats=False)
    ids = set(rows.order_by().values_list("subject__canonical", flat=True).distinct()[:FIGURES_AT_MOST])
    kept = KnownValue.objects.filter(removed_at=None, entity__kind__in=kinds)
    ids |= set(kept.values_list("entity__canonical", flat=True))
    return known_of([pk for pk in ids if pk is not None], subject)


def _fields(subject: str) -> Iterable[CriterionField]:
    return [f for f in criterion_fields().values() if subject in f.subjects and f.indicators]


def subject_of(entity: Entity) -> str:
    """The kind of subject that a thing is for criteria; empty for none."""
    return next((subject for subject, kinds in KINDS.items() if entity.kind in kinds), "")


def sets_for(subject: str, day: date) -> list[CriterionSet]:
    """For each scheme of a kind of subject the set that holds on a day."""
    sets = [s for s in all_sets().values() if s.subject == subject]
    found = [set_on(sets, scheme, day) for scheme in sorted({s.scheme for s in sets})]
    return [s for s in found if s is not None]
