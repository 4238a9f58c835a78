"""Targets with where they stand: those that the office keeps, and those that documents give and nobody has taken up.

Everything is computed from the records and figures of the day. The queries are few and do not grow with the number of targets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

from django.db.models import Q, QuerySet

from liantu.ledger.grouping.indicators import fold, likeness
from liantu.ledger.models import Entity, FigureView, TargetActual, TargetRecord, TargetRevision
from liantu.ledger.standing import batches
from liantu.ledger.work.said_targets import said_targets
from liantu.tracking import Measured, Scope, Target
from liantu.tracking.course import Course, course
from liantu.tracking.linking import LIKE, Candidate, Link, link
from liantu.tracking.profiles import USUAL, profiles, usual_profile
from liantu.tracking.scope_words import Covered, covered
from liantu.tracking.targets import Bound
from liantu.vocabulary import regions
from liantu.vocabulary.units import comparable, convert

SAID_AT_MOST = 2_000
"""Targets of documents looked at in one list; a filter by region, chain or year brings further ones."""
FIGURES_AT_MOST = 20_000
BASE_DAYS = 400
"""How long before its beginning a target's opening level may have been measured."""


@dataclass(frozen=True, slots=True)
class Actual:
    """A figure offered or decided for a target.

    `decided` is `counts`, `other` (a person says it does not) or empty; `figure` is what a document says, `record` what a
    person says of it, or entered. `value` is in the unit of the target.
    """

    value: float
    on: date | None
    bound: str
    link: Link
    figure: FigureView | None = None
    record: TargetActual | None = None

    @property
    def decided(self) -> str:
        return self.record.verdict if self.record is not None else ""

    @property
    def counts(self) -> bool:
        """Whether it is used: by a person's word, or because nothing speaks against it."""
        return self.decided == "counts" or (not self.decided and self.link.fit == "fits")


@dataclass(slots=True)
class Line:
    """One target with where it stands. `record` is None for one that only documents give; then `figure` is set."""

    indicator: str
    subject_name: str
    value: float | None
    upper: float | None
    bound: str
    unit: str
    kind: str
    start: date | None
    due: date | None
    profile: str
    base: float | None
    region_code: str
    chain: str
    issuer: str
    issued_on: date | None
    record: TargetRecord | None
    figure: FigureView | None
    covered: Covered
    subjects: frozenset[int] = frozenset()
    course: Course = field(default_factory=lambda: Course("no_data", "no_actual"))
    actual: Actual | None = None
    base_from: Actual | None = None
    actuals: list[Actual] = field(default_factory=list)
    revised: str = ""  # the kind of the newest confirmed revision, of this one or by a later one
    replaced: bool = False  # a later target took its place

    @property
    def key(self) -> str:
        """Tells lines apart in addresses: the record's number, or the statement's id."""
        return str(self.record.pk) if self.record is not None else str(self.figure.pk if self.figure else "")

    @property
    def provisional(self) -> bool:
        """Whether the state rests on a figure that no person has decided on."""
        return self.actual is not None and not self.actual.decided

    @property
    def state(self) -> str:
        if self.record is not None and self.value is None:
            return str(self.record.state) or "no_data"
        return self.course.state

    @property
    def percent(self) -> float | None:
        return None if self.course.share is None else 100 * self.course.share

    @property
    def words(self) -> str:
        return fold(self.indicator, (self.subject_name,))

    def candidate(self) -> Candidate:
        """What linking asks of it."""
        return Candidate(
            self.words, self.unit, self.kind, self.region_code, self.chain, self.start, self.due, self.covered
        )

    def target(self) -> Target | None:
        """The target as the tracking room knows it; None for one without a number."""
        if self.value is None:
            return None
        bound = cast(Bound, self.bound)
        goal = Measured(self.words, self.value, self.unit, _ONE, self.due, bound, "", self.upper)
        base = self.base if self.base is not None else self.base_from.value if self.base_from is not None else None
        return Target(goal, self.start, base, profiles().get(self.profile))


_ONE = Scope("")  # scopes are told apart before a figure counts; what counts is of the target's own scope


def targets_of(where_kept: Q, where_said: Q, today: date) -> tuple[list[Line], bool]:
    """The targets that the filters let through, and whether documents give more than were looked at."""
    kept = kept_lines(TargetRecord.objects.filter(where_kept, removed_at=None).order_by("pk"))
    said, more = said_lines(where_said)
    lines = [*kept, *said]
    evaluate(lines, today)
    return lines, more


def kept_lines(rows: Iterable[TargetRecord]) -> list[Line]:
    """Lines of records, each with the words of its sentence."""
    records = list(rows)
    figures = _figures([r.statement for r in records if r.statement])
    links = list(
        TargetRevision.objects.filter(removed_at=None).exclude(kind="unrelated").values("target", "earlier", "kind")
    )
    kinds = {pair["target"]: pair["kind"] for pair in links}
    replaced = {pair["earlier"] for pair in links}
    lines = []
    for r in records:
        figure = figures.get(r.statement)
        said = _covered(figure, r.indicator) if figure is not None else covered(r.definition, "", r.indicator)
        lines.append(
            Line(
                r.indicator,
                r.subject_name,
                _float(r.value),
                _float(r.upper),
                r.bound,
                r.unit,
                r.figure_kind,
                r.start,
                r.due,
                r.profile or usual_profile(r.indicator, r.unit, r.figure_kind),
                _float(r.base),
                r.region_code,
                r.chain,
                r.issuer,
                r.issued_on,
                r,
                figure,
                said,
                revised=kinds.get(r.pk, ""),
                replaced=r.pk in replaced,
            )
        )
    return lines


def said_lines(where: Q) -> tuple[list[Line], bool]:
    """Targets that documents give and nobody keeps, the newest first, and whether there are more."""
    rows = list(_whole_rows(said_targets(where))[: SAID_AT_MOST + 1])
    return [line_of(row) for row in rows[:SAID_AT_MOST]], len(rows) > SAID_AT_MOST


Key = int | str
"""Of a target: the number of a record, or the statement of a document."""


def key_of(line: Line) -> Key:
    """The key of a line."""
    return line.record.pk if line.record is not None else line.key


def lines_by(keys: Sequence[Key], today: date) -> list[Line]:
    """The targets of these keys in their order, each with where it stands; what has gone meanwhile is left out."""
    numbers = [key for key in keys if isinstance(key, int)]
    found = kept_lines(TargetRecord.objects.filter(pk__in=numbers, removed_at=None))
    said = FigureView.objects.filter(pk__in=[key for key in keys if isinstance(key, str)])
    lines: dict[Key, Line] = {key_of(line): line for line in (*found, *map(line_of, _whole_rows(said)))}
    shown = [lines[key] for key in keys if key in lines]
    evaluate(shown, today)
    return shown


def _whole_rows(rows: QuerySet[FigureView]) -> QuerySet[FigureView]:
    return rows.select_related("statement", "source").defer("source__problems", "source__digest")


def line_of(row: FigureView) -> Line:
    """A target as a document gives it."""
    profile = usual_profile(row.indicator, row.unit, row.figure_kind)
    return Line(
        row.indicator, row.subject_name, row.value, None, row.bound, row.unit, row.figure_kind, beginning(row, profile),
        row.period_end, profile, None, row.region_code or row.city_code, row.chain_name,
        (row.source.publisher or "") if row.source else "", row.published, None, row, _covered(row, row.indicator),
    )  # fmt: skip


def beginning(row: FigureView, profile: str) -> date | None:
    """When a target's time begins: with its period, or, of what stands at the end of a later year, when it was published."""
    if row.period_end is None:
        return None
    if (
        profile == USUAL
        and row.published is not None
        and row.period_start is not None
        and row.published < row.period_start
    ):
        return row.published
    if row.period_start is None or row.period_start >= row.period_end:
        return row.published if row.published is not None and row.published < row.period_end else None
    return row.period_start


def evaluate(lines: Sequence[Line], today: date) -> None:
    """Find the figures of each target and say where it stands."""
    _with_subjects(lines)
    decided: dict[int, list[TargetActual]] = defaultdict(list)
    kept = [line.record.pk for line in lines if line.record is not None]
    for part in batches(kept):
        for row in TargetActual.objects.filter(target__in=part, removed_at=None).order_by("pk"):
            decided[row.target_id].append(row)
    offered = _offered(lines)
    named = _figures([row.statement for rows in decided.values() for row in rows if row.statement])
    for at, line in enumerate(lines):
        words = decided[line.record.pk] if line.record is not None else []
        _stand(line, offered[at], words, named, today)


def _stand(
    line: Line,
    offered: list[tuple[FigureView, Link]],
    words: list[TargetActual],
    named: Mapping[str, FigureView],
    today: date,
) -> None:
    if line.value is None:
        return
    by_statement = {row.statement: row for row in words if row.statement}
    found: list[Actual] = []
    before: list[Actual] = []
    for row, fit in offered:
        actual = Actual(
            convert(row.value, row.unit, line.unit), row.period_end, row.bound, fit, row, by_statement.pop(row.pk, None)
        )
        early = line.start is not None and row.period_end is not None and row.period_end < line.start
        (before if early else found).append(actual)
    for statement, record in by_statement.items():
        figure = named.get(statement)
        if figure is not None and comparable(figure.unit, line.unit):
            value = convert(figure.value, figure.unit, line.unit)
            found.append(Actual(value, figure.period_end, figure.bound, Link("perhaps"), figure, record))
    for record in words:
        if not record.statement and record.value is not None:
            value = convert(float(record.value), record.unit, line.unit)
            found.append(Actual(value, record.on, "=", Link("fits"), None, record))
    line.actuals = sorted(found, key=_order)
    # A figure of a later period counts by a person's word alone: next year's revenue is none of this year's.
    line.actual, differ = _newest(
        [a for a in line.actuals if a.counts and (a.decided or line.due is None or (a.on or date.max) <= line.due)]
    )
    if line.base is None:
        near = [
            a for a in before
            if a.counts and a.on is not None and line.start is not None and (line.start - a.on) <= timedelta(days=BASE_DAYS)
        ]  # fmt: skip
        line.base_from, _differ = _newest(near)
    target = line.target()
    if target is None:
        return
    measured, used = None, line.actual
    if used is not None:
        measured = Measured(line.words, used.value, line.unit, _ONE, used.on, cast(Bound, used.bound))
    line.course = Course("no_data", "values_differ") if differ else course(target, measured, today)


def _newest(found: Sequence[Actual]) -> tuple[Actual | None, bool]:
    """The figure of the newest day; none, and True, where figures of that day differ: a person has to choose."""
    day = max((a.on for a in found if a.on is not None), default=None)
    newest = [a for a in found if a.on is not None and a.on == day]
    newest = [a for a in newest if a.decided] or newest
    if len({(a.value, a.bound) for a in newest}) > 1:
        return None, True
    return (newest[0], False) if newest else (None, False)


def _order(actual: Actual) -> tuple[object, ...]:
    rank = {"fits": 0, "perhaps": 1, "scope_differs": 2}
    return (not actual.counts, rank.get(actual.link.fit, 3), -(actual.on or date.min).toordinal())


def _with_subjects(lines: Sequence[Line]) -> None:
    """Every entity that a target's subject goes by: of the record, of the sentence, or of the name typed in."""
    names = {line.subject_name for line in lines if not _subject_id(line)}
    names |= {regions().by_code(line.region_code).name for line in lines if line.region_code in regions()}
    by_name: dict[str, set[int]] = defaultdict(set)
    ids = {pk for line in lines if (pk := _subject_id(line))}
    for part in batches(names):
        for pk, canonical, name in Entity.objects.filter(name__in=part).values_list("pk", "canonical_id", "name"):
            by_name[name] |= {pk, canonical or pk}
    home: dict[int, int] = {}
    for numbers in batches(ids):
        for pk, canonical in Entity.objects.filter(pk__in=numbers).values_list("pk", "canonical_id"):
            home[pk] = canonical or pk
    for line in lines:
        own = _subject_id(line)
        line.subjects = frozenset({home.get(own, own)} if own else by_name.get(line.subject_name, ()))


def _subject_id(line: Line) -> int | None:
    if line.figure is not None and line.figure.subject_id is not None:
        return line.figure.subject_id
    return line.record.subject_id if line.record is not None else None


def _offered(lines: Sequence[Line]) -> list[list[tuple[FigureView, Link]]]:
    """For each target the figures that may measure it, those of another scope with what speaks against them."""
    words = [line.words for line in lines]
    wanted: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))  # lines by subject and kind
    for at, line in enumerate(lines):
        if line.value is not None:
            for subject in line.subjects:
                wanted[subject][line.kind].append(at)
    starts = [line.start - timedelta(days=BASE_DAYS) for line in lines if line.start is not None]
    first = min(starts) if starts and len(starts) == len(lines) else None
    alike: dict[tuple[Any, ...], list[str]] = defaultdict(
        list
    )  # figures that say the same of the same, by what they say
    kinds = {kind for by_kind in wanted.values() for kind in by_kind}
    for part in batches(wanted):
        rows = FigureView.objects.filter(
            subject__in=part, status="actual", repeats=False, period_end__isnull=False, figure_kind__in=kinds
        )
        if first is not None:
            rows = rows.filter(period_end__gte=first)
        columns = ("pk", "subject_id", "subject_name", "indicator", "unit", "figure_kind")
        for pk, *about in rows.order_by("-recency").values_list(*columns)[:FIGURES_AT_MOST]:
            alike[tuple(about)].append(pk)
    near: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for (subject, name, indicator, unit, kind), pks in alike.items():
        for at in wanted[subject][kind]:
            if not comparable(lines[at].unit, unit):
                continue
            own = fold(indicator, (name,))
            like = 1.0 if own == words[at] else likeness(own, words[at])
            if like >= LIKE:
                for pk in pks:
                    near[pk].append((at, like))
    figures = _figures(list(near))
    found: list[list[tuple[FigureView, Link]]] = [[] for _ in lines]
    for pk in sorted(near, key=lambda pk: (-figures[pk].recency, pk)):
        row, hits = figures[pk], near[pk]
        for at, like in hits:
            line = lines[at]
            fit = link(_open_start(line), _candidate_of(row, line), like)
            if fit.fit != "other":
                found[at].append((row, fit))
    return found


def _open_start(line: Line) -> Candidate:
    """A target as linking asks, without its beginning: earlier figures may be its opening level."""
    c = line.candidate()
    return Candidate(c.words, c.unit, c.kind, "", c.chain, None, c.end, c.covered)


def _candidate_of(row: FigureView, line: Line) -> Candidate:
    # The subject is the same already; its place needs no second look.
    return Candidate(
        fold(row.indicator, (row.subject_name,)), row.unit, row.figure_kind, "", row.chain_name, row.period_start,
        row.period_end, _covered(row, row.indicator),
    )  # fmt: skip


def _figures(ids: Sequence[str]) -> dict[str, FigureView]:
    found: dict[str, FigureView] = {}
    for part in batches(ids):
        found |= {row.pk: row for row in _whole_rows(FigureView.objects.filter(pk__in=part))}
    return found


def _covered(row: FigureView, indicator: str) -> Covered:
    return covered(row.statement.clean_sentence or row.statement.sentence, row.number, indicator)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
