"""Running the rules: findings against the alerts that are there, in one transaction, the same result however often it is run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple

from django.db.models import F
from django.utils import timezone

from liantu.ledger.alerts import dated_rows, duty_rows, fact_rows, project_rows, record_rows, supply_rows
from liantu.ledger.alerts.rules import digest_of, rules_in_force
from liantu.ledger.inserting import insert, keys, made
from liantu.ledger.models import Alert, AlertEvent, AlertRun, Revision
from liantu.ledger.registry_counts import registry_state
from liantu.ledger.rights import unrestricted
from liantu.ledger.standing import batches
from liantu.ledger.writing import writing
from liantu.tracking.alerts import LEVELS, Finding, Row, Rule, Standing, evaluate, said, seen
from liantu.tracking.alerts.evaluate import finding_id

WATCHES: dict[str, Callable[[date], Iterable[Row]]] = {
    "project": project_rows.project_rows,
    "permit": lambda _today: record_rows.record_rows("permit"),
    "factor": lambda _today: record_rows.record_rows("factor"),
    "problem": lambda _today: record_rows.record_rows("problem"),
    "conflict": fact_rows.conflict_rows,
    "source": fact_rows.source_rows,
    "figure": fact_rows.figure_rows,
    "segment": fact_rows.segment_rows,
    "supply": supply_rows.supply_rows,
    "target": fact_rows.target_rows,
    "duty": duty_rows.duty_rows,
    "certificate": dated_rows.certificate_rows,
    "window": dated_rows.window_rows,
}
"""What rules may watch, and where its rows come from."""
_KEPT_RUNS = 400
_COLUMNS = (
    "rule", "watch", "row_key", "name", "level", "gravity", "measure", "threshold", "numbers", "evidence", "text", "text_en",
    "fix", "fix_en", "stage", "region_code", "city_code", "chain", "owner", "project_id", "due", "since", "state", "until",
    "answered", "first_on", "last_on", "mark", "secrecy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run found and changed. `skipped` when nothing had changed since the last one of the day."""

    on: date
    found: int
    raised: int
    worsened: int
    resolved: int
    rows: int
    seconds: float
    skipped: bool = False


def run_alerts(today: date, *, force: bool = False) -> RunReport:
    """Evaluate every rule in force as of `today` and bring the alerts up to date.

    Skips when neither ledger, rules, registry nor day changed since the last run, unless `force`.
    """
    with unrestricted():  # alerts are made of all rows, whoever sets it off
        return _run(today, force)


def _run(today: date, force: bool) -> RunReport:
    rules = rules_in_force()
    digest = digest_of(rules, registry_state())
    last = AlertRun.objects.first()
    number = Revision.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    if last is not None and not force and (last.on, last.revision, last.rules) == (today, number, digest):
        return RunReport(today, last.found, 0, 0, 0, last.rows, 0.0, skipped=True)
    began = time.monotonic()
    counted = _Counted()
    found = {finding.id: finding for finding in _findings(rules, today, counted)}
    changes = _Changes(today)
    if _differs(found, changes):
        with writing():
            # Looked at again under the lock: a person may have answered one meanwhile.
            changes = _Changes(today)
            _differs(found, changes)
            changes.write()
            number = (Revision.objects.filter(pk=1).values_list("number", flat=True).first() or 0) + 1
    AlertRun.objects.create(
        on=today, at=timezone.now(), revision=number, rules=digest, rows=counted.rows, found=len(found),
        changed=len(changes.events), seconds=round(time.monotonic() - began, 3),
    )  # fmt: skip
    old = AlertRun.objects.values_list("pk", flat=True)[_KEPT_RUNS:]
    AlertRun.objects.filter(pk__in=list(old)).delete()
    told = [event.action for _key, event in changes.events]
    return RunReport(
        today,
        len(found),
        told.count("raised") + told.count("returned"),
        told.count("worsened"),
        told.count("resolved"),
        counted.rows,
        time.monotonic() - began,
    )


class _Counted:
    def __init__(self) -> None:
        self.rows = 0

    def of(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self.rows += 1
            yield row


def _findings(rules: list[Rule], today: date, counted: _Counted) -> Iterator[Finding]:
    for watch, rows in WATCHES.items():
        chosen = [rule for rule in rules if rule.watch == watch]
        if chosen:
            yield from evaluate(chosen, counted.of(rows(today)), today)


class _Changes:
    """What a run has to write: rows as they are to stand, and what happened to them."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.rows: list[Alert] = []
        self.events: list[tuple[str, Any]] = []

    def write(self) -> None:
        """Write them. To be used inside `writing()`."""
        known = [row for row in self.rows if row.pk is not None]
        new = [row for row in self.rows if row.pk is None]
        for row, pk in zip(new, keys(Alert, len(new)), strict=True):
            row.pk = pk
        insert(new)
        for part in batches(known, 400):
            Alert.objects.bulk_create(
                part,
                update_conflicts=True,
                unique_fields=["key"],
                update_fields=[c.removesuffix("_id") for c in _COLUMNS],
            )
        ids = {row.key: row.pk for row in self.rows}
        now = timezone.now()
        insert(
            made(
                AlertEvent,
                alert_id=ids[key],
                action=event.action,
                before=event.before,
                after=event.after,
                on=self.today,
                at=now,
            )
            for key, event in self.events
        )


def _differs(found: dict[str, Finding], changes: _Changes) -> bool:
    """Compares what was found with what is there; gives whether anything is to be written.

    What is there is read as a few columns, and words are made only for what changed: of a hundred thousand alerts most stay
    as they are from one day to the next.
    """
    _follow_merged()
    there = {
        before.key: before
        for before in map(
            _Before._make, Alert.objects.exclude(state="resolved").values_list(*_Before._fields).iterator()
        )
    }
    for part in batches(found.keys() - there.keys()):
        rows = Alert.objects.filter(key__in=part).values_list(*_Before._fields)
        there |= {before.key: before for before in map(_Before._make, rows)}
    for key, finding in found.items():
        before = there.get(key)
        standing, events = seen(before.standing if before else None, finding.level, finding.since, changes.today)
        assert standing is not None
        mark = _mark(finding)
        if events or before is None or mark != before.mark or standing != before.standing:
            changes.rows.append(_row(before, finding, standing, mark, changes.today))
        changes.events += [(key, event) for event in events]
    gone = {}
    for key in sorted(there.keys() - found.keys()):
        standing, events = seen(there[key].standing, "", None, changes.today)
        if standing is not None and events:
            gone[key] = standing
            changes.events += [(key, event) for event in events]
    for part in batches(sorted(gone)):
        for row in Alert.objects.filter(key__in=part):
            row.state, row.until, row.answered = gone[row.key].state, gone[row.key].until, gone[row.key].answered
            changes.rows.append(row)
    return bool(changes.rows)


class _Before(NamedTuple):
    """What a run needs of an alert that is there."""

    key: str
    pk: int
    state: str
    level: str
    since: date
    until: date | None
    answered: str
    first_on: date
    mark: str

    @property
    def standing(self) -> Standing:
        return Standing(self.state, self.level, self.since, self.until, self.answered)  # type: ignore[arg-type]


def _mark(finding: Finding) -> str:
    """Tells whether an alert says what it said. The measure is not in it: it follows from the numbers and the day."""
    row, rule = finding.row, finding.rule
    told = (
        rule.text_zh, rule.text_en, rule.fix_zh, rule.fix_en, rule.watch, finding.level, finding.threshold, row.key, row.name,
        row.region_code, row.city_code, row.chain, row.owner, row.stage, row.due, row.project, row.secrecy,
        sorted(finding.numbers.items()), finding.evidence,
    )  # fmt: skip
    return blake2b(repr(told).encode(), digest_size=16).hexdigest()


def _row(before: _Before | None, finding: Finding, standing: Standing, mark: str, today: date) -> Alert:
    thing = finding.row
    text, fix = said(finding)
    text_en, fix_en = said(finding, "en")
    return made(
        Alert,
        id=before.pk if before is not None else None,
        key=finding.id,
        rule=finding.rule.id,
        watch=finding.rule.watch,
        row_key=thing.key,
        name=thing.name[:255],
        level=finding.level,
        gravity=LEVELS.index(finding.level) + 1,
        measure=round(finding.measure, 4),
        threshold=finding.threshold,
        numbers={name: _plain(value) for name, value in finding.numbers.items()},
        evidence=[list(ref) for ref in finding.evidence],
        text=text,
        text_en=text_en,
        fix=fix,
        fix_en=fix_en,
        stage=thing.stage,
        region_code=thing.region_code,
        city_code=thing.city_code,
        chain=thing.chain[:64],
        owner=thing.owner[:128],
        project_id=thing.project,
        due=thing.due,
        since=standing.since,
        state=standing.state,
        until=standing.until,
        answered=standing.answered,
        first_on=before.first_on if before is not None else today,
        last_on=today,
        mark=mark,
        secrecy=thing.secrecy,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    return value.isoformat() if isinstance(value, date) else value


def _follow_merged() -> None:
    """Alerts of a project that was merged into another go with it, so that their notes are not left behind."""
    moved = Alert.objects.filter(watch="project", project__canonical__isnull=False).exclude(
        project__canonical=F("project")
    )
    for row in moved.select_related("project"):
        assert row.project is not None
        home = row.project.canonical_id
        key = finding_id(row.rule, f"project:{home}")
        if home is not None and not Alert.objects.filter(key=key).exists():
            Alert.objects.filter(pk=row.pk).update(key=key, row_key=f"project:{home}", project_id=home)
