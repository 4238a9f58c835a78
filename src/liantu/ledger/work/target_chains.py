"""Targets over time: which one took another's place, and which ones may have. Taking up what a document says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from liantu.ledger.grouping.indicators import likeness, stem
from liantu.ledger.models import FigureView, TargetActual, TargetPart, TargetRecord, TargetRevision, WorkChange
from liantu.ledger.work.recording import add_record, change_record
from liantu.ledger.work.target_lines import Line, kept_lines, line_of, said_lines
from liantu.ledger.writing import writing
from liantu.tracking.parts import Part, SumCheck, check_sum
from liantu.tracking.revising import Proposal, Said, compare
from liantu.vocabulary.units import comparable

LIKE = 0.5
"""Likeness of indicators from which an earlier target is offered: lower than for figures, for a revision often words it anew."""
OFFERED = 8


@dataclass(frozen=True, slots=True)
class Step:
    """One target of a chain and how it came out of the one before it; None for the first."""

    record: TargetRecord
    revision: TargetRevision | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A target that may be an earlier version, and what would have changed."""

    line: Line
    proposal: Proposal


def chain_of(record: TargetRecord) -> list[Step]:
    """The versions of a target, first to last, by what people confirmed."""
    links = list(
        TargetRevision.objects.filter(removed_at=None, earlier__removed_at=None, target__removed_at=None)
        .exclude(kind="unrelated")
        .values_list("pk", "target_id", "earlier_id")
    )
    came = {target: (pk, earlier) for pk, target, earlier in links}
    went = {earlier: target for _pk, target, earlier in links}
    first, seen = record.pk, {record.pk}
    while first in came and came[first][1] not in seen:
        first = came[first][1]
        seen.add(first)
    order = [first]
    while order[-1] in went and went[order[-1]] not in order:
        order.append(went[order[-1]])
    rows = TargetRecord.objects.in_bulk(order)
    made = TargetRevision.objects.in_bulk([came[pk][0] for pk in order if pk in came])
    return [Step(rows[pk], made[came[pk][0]] if at else None) for at, pk in enumerate(order)]


def earlier_ones(line: Line, limit: int = OFFERED) -> list[Earlier]:
    """Targets of the same subject and a like indicator, said no later: each with what would have changed, likest first."""
    record = line.record
    decided = set()
    if record is not None:
        decided = set(TargetRevision.objects.filter(target=record, removed_at=None).values_list("earlier", flat=True))
        decided |= {step.record.pk for step in chain_of(record)}
    same = Q(subject_name=line.subject_name) | (Q(region_code=line.region_code) if line.region_code else Q())
    kept = kept_lines(TargetRecord.objects.filter(same, removed_at=None).exclude(pk__in=decided).order_by("pk"))
    figures = Q(subject_name=line.subject_name)
    if line.figure is not None and line.figure.subject_id is not None:
        figures |= Q(subject=line.figure.subject_id)
    said, _more = said_lines(figures)
    found: list[tuple[float, Earlier]] = []
    for other in [*kept, *said]:
        if other.key == line.key or other.value is None or line.value is None:
            continue
        like = 1.0 if stem(other.words) == stem(line.words) else likeness(stem(other.words), stem(line.words))
        later = (other.issued_on is not None and line.issued_on is not None and other.issued_on > line.issued_on) or (
            # Of two in one document the one told first is the earlier one.
            other.issued_on == line.issued_on and _place(other) > _place(line)
        )
        if like < LIKE or later or other.kind != line.kind or not comparable(other.unit, line.unit):
            continue
        found.append((like, Earlier(other, compare(said_of(other), said_of(line)))))
    found.sort(key=lambda pair: (-pair[0], pair[1].line.key))
    return [earlier for _like, earlier in found[:limit]]


def _place(line: Line) -> int:
    if line.figure is None or line.figure.statement.number_start is None:
        return 0
    return int(line.figure.statement.number_start)


def said_of(line: Line) -> Said:
    """A target as comparing two versions asks of it."""
    definition = line.record.definition.strip() if line.record is not None else ""
    return Said(
        line.indicator, line.value, line.unit, line.region_code, line.chain, line.due, line.covered, line.issued_on,
        definition,
    )  # fmt: skip


def take_up(statement: str, by: str, reason: str = "") -> WorkChange:
    """A target that a document gives becomes one that the office keeps. Raises ValueError when it is kept already or is none."""
    row = FigureView.objects.select_related("statement", "source").filter(pk=statement, status="target").first()
    if row is None:
        raise ValueError("这句话现在不是目标，请刷新页面 / the sentence is no target now: open the page again")
    return add_record("target", values_of(line_of(row)), by, reason)


def values_of(line: Line) -> dict[str, Any]:
    """The columns of a record for a target that a document gives."""
    figure = line.figure
    return {
        "indicator": line.indicator, "subject_name": line.subject_name, "value": line.value, "bound": line.bound,
        "unit": line.unit, "figure_kind": line.kind, "start": line.start, "due": line.due, "profile": line.profile,
        "issuer": line.issuer[:128], "issued_on": line.issued_on, "region_code": line.region_code, "chain": line.chain,
        "statement": figure.pk if figure is not None else "", "subject_id": figure.subject_id if figure else None,
    }  # fmt: skip


def take_up_all(lines: Sequence[Line], by: str, reason: str = "") -> int:
    """Take up all targets of documents among `lines`, or none."""
    with writing():
        waiting = [line for line in lines if line.record is None]
        for line in waiting:
            add_record("target", values_of(line), by, reason)
    return len(waiting)


def decide_actual(target: int, statement: str, verdict: str, by: str, note: str = "") -> WorkChange:
    """A person's word that a figure counts for a target (`counts`) or does not (`other`); a new word changes the old one."""
    with writing():
        row = TargetActual.objects.filter(target=target, statement=statement, removed_at=None).first()
        if row is None:
            values = {"target_id": target, "statement": statement, "verdict": verdict, "note": note}
            return add_record("actual", values, by, note)
        return change_record("actual", row.pk, row.version, {"verdict": verdict, "note": note}, by, note)


def confirm_revision(target: int, earlier: str, kind: str, by: str, note: str = "") -> WorkChange:
    """A person's word on an earlier target: a record's number, or the id of a statement, which is taken up first."""
    with writing():
        number = int(earlier) if earlier.isdecimal() and len(earlier) < 12 else take_up(earlier, by).row
        if not TargetRecord.objects.filter(pk=number, removed_at=None).exists():
            raise ValueError("原目标已不在，请刷新页面 / the earlier target is gone: open the page again")
        values = {"target_id": target, "earlier_id": number, "kind": kind, "note": note}
        return add_record("revision", values, by, note)


def sums_of(record: TargetRecord, parts: Sequence[TargetPart]) -> list[SumCheck]:
    """For each period of a target's parts whether they add up to the whole.

    A part of the whole is held against the target's value. Months and quarters have no whole of their own: of what accrues
    all of them together are held against it, of what stands at the end each one alone says nothing.
    """
    if record.value is None:
        return []
    by_period: dict[str, list[Part]] = {}
    for row in parts:
        by_period.setdefault(row.period, []).append(Part(row.unit_name, row.period, row.value, row.unit))
    checks = []
    whole = by_period.pop("", [])
    if whole:
        checks.append(check_sum(record.value, record.unit, record.bound, whole))
    within = [part for found in by_period.values() for part in found]
    if within and (record.profile or "accrual") not in ("stock", "growth", "at_end"):
        check = check_sum(record.value, record.unit, record.bound, within)
        checks.append(SumCheck("+", check.state, check.total, check.whole, check.difference, check.parts))
    return checks
