"""Alerts in words: their text in the page's language, the numbers behind it, and where each piece of evidence is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from liantu.ledger.alerts.rules import all_rules
from liantu.ledger.models import Alert, Entity, Fact, Source, Statement
from liantu.ledger.work.kinds import KINDS
from liantu.tracking.alerts import LEVELS, Rule, columns, read_numbers, sentence
from liantu.tracking.alerts import Column as RuleColumn
from liantu.workbench import labels
from liantu.workbench.filters import WITHOUT, chosen, region_q, words_q
from liantu.workbench.formatting import chinese, number, quantity, region_name
from liantu.workbench.record_forms import title_of

LIVE = (Alert.State.OPEN, Alert.State.SNOOZED)


def alerts_q(params: QueryDict) -> Q:
    """The alerts a page address asks for; without a state those that are open."""
    found = region_q(chosen(params, "region"))
    state = chosen(params, "state", {*Alert.State.values, "all"}) or Alert.State.OPEN
    if state != "all":
        found &= Q(state=state)
    if level := chosen(params, "level", LEVELS):
        found &= Q(level=level)
    if rule := chosen(params, "rule"):
        found &= Q(rule=rule)
    if watch := chosen(params, "watch", columns()):
        found &= Q(watch=watch)
    if chain := chosen(params, "chain"):
        found &= Q(chain="" if chain == WITHOUT else chain)
    if owner := chosen(params, "owner"):
        found &= Q(owner="" if owner == WITHOUT else owner)
    if project := chosen(params, "project"):
        found &= Q(project_id=int(project)) if project.isdecimal() else Q()
    return found & words_q(chosen(params, "q"), "text", "name", "owner")


class Wording:
    """Says alerts as of today: the days that a sentence counts go on while nothing else changes."""

    def __init__(self, today: date | None = None) -> None:
        self.today = today or timezone.localdate()
        self.rules: dict[str, Rule] = {each.rule.id: each.rule for each in all_rules()}

    def measure(self, alert: Alert) -> float:
        """The measure as of today; as it was last worked out of an alert that is over, or whose rule changed."""
        rule = self.rules.get(alert.rule)
        if rule is None or rule.watch != alert.watch or alert.state == Alert.State.RESOLVED:
            return alert.measure
        value = rule.measured(read_numbers(rule, alert.numbers), self.today)
        return alert.measure if value is None else value

    def text(self, alert: Alert) -> str:
        """What it says, in the page's language."""
        return self._said(alert)[0]

    def fix(self, alert: Alert) -> str:
        """The step it proposes, in the page's language."""
        return self._said(alert)[1]

    def _said(self, alert: Alert) -> tuple[str, str]:
        rule = self.rules.get(alert.rule)
        kept = (alert.text, alert.fix) if chinese() else (alert.text_en or alert.text, alert.fix_en or alert.fix)
        if rule is None or rule.watch != alert.watch:
            return kept
        numbers = read_numbers(rule, alert.numbers)
        try:
            language = "zh" if chinese() else "en"
            return sentence(rule, alert.name, numbers, self.measure(alert), alert.threshold, language)
        except (KeyError, IndexError):  # the rule's words changed since: the next run brings them in
            return kept


def title_of_rule(rule: Rule | None, fallback: str) -> str:
    """A rule's name; the id of one that is no more."""
    if rule is None:
        return fallback
    return rule.title_zh if chinese() else rule.title_en


@dataclass(frozen=True, slots=True)
class Told:
    """One number that went into a rule."""

    name: str
    label: str
    value: str


def numbers_of(alert: Alert) -> list[Told]:
    """The values that the rule took, in words."""
    known: Mapping[str, RuleColumn] = columns().get(alert.watch, {})
    found = []
    for name, value in alert.numbers.items():
        column = known.get(name)
        label = (column.name_zh if chinese() else column.name_en) if column is not None else name
        found.append(Told(name, label, _worded(value, column.kind if column is not None else "text")))
    return found


def _worded(value: Any, kind: str) -> str:
    if value in (None, ""):
        return "—"
    if kind == "money":
        return quantity(float(value), "元")
    if kind == "percent":
        return f"{number(float(value))}%"
    if kind == "flag":
        return _("是") if value else _("否")
    if kind == "text" and value in labels.STAGE:
        return labels.word(labels.STAGE, value)
    if kind == "text" and value in labels.SIDE:
        return labels.word(labels.SIDE, value)
    return number(value) if isinstance(value, int | float) else str(value)


def measure_of(value: float, rule: Rule | None) -> str:
    """The measure with its unit: 92 天, 15 个百分点."""
    unit = rule.unit if rule is not None else "number"
    text = number(value)
    if unit == "days":
        return _("%(n)s 天") % {"n": text}
    if unit == "points":
        return _("%(n)s 个百分点") % {"n": text}
    if unit == "percent":
        return f"{text}%"
    if unit == "money":
        return quantity(value, "元")
    return text


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: what it is, what it says, its address; `panel` when it opens beside the page."""

    kind: str
    text: str
    url: str
    panel: bool = False


_PAGED = ("programme", "task", "order", "duty", "target", "certificate", "window")
"""Records with a page of their own."""
_RECORDS = ("stage", "plan", "permit", "factor", "problem", "detail", "item")


def evidence_of(alert: Alert) -> list[Piece]:
    """What an alert rests on. Something that is not there any more is said to be gone."""
    by_kind: dict[str, list[str]] = {}
    for kind, pk in alert.evidence:
        by_kind.setdefault(kind, []).append(pk)
    found: list[Piece] = []
    for kind, ids in by_kind.items():
        found += _pieces(kind, ids)
    return found


def _pieces(kind: str, ids: list[str]) -> Iterable[Piece]:
    if kind == "statement":
        rows = Statement.objects.select_related("source").in_bulk(ids)
        for pk in ids:
            row = rows.get(pk)
            if row is None:
                yield Piece(_("原句"), _("这句话已不在台账里，下次核对时更新"), "")
            else:
                where = row.source.title or row.source.name if row.source is not None else ""
                yield Piece(
                    _("原句"), f"{row.sentence[:120]}（{where} {row.locator}）", reverse("statement", args=[pk]), True
                )
    elif kind == "fact":
        facts = Fact.objects.in_bulk(ids)
        for pk in ids:
            fact = facts.get(pk)
            text = f"{fact.subject_name} · {fact.indicator}" if fact is not None else _("这件事实已不在台账里")
            yield Piece(_("事实"), text, reverse("fact", args=[pk]) if fact is not None else "")
    elif kind == "source":
        sources = Source.objects.in_bulk([int(pk) for pk in ids])
        for source in sources.values():
            yield Piece(_("文件"), source.title or source.name, reverse("document", args=[source.pk]))
    elif kind == "check":
        for pk in ids:
            yield Piece(_("文内核对"), _("各数怎样比较"), reverse("check", args=[pk]), True)
    elif kind in ("project", "months"):
        things = Entity.objects.select_related("canonical").in_bulk([int(pk) for pk in ids])
        for thing in things.values():
            home = thing.canonical_id or thing.pk
            part = "#month" if kind == "months" else ""
            yield Piece(_("月报") if part else _("项目"), str(thing), reverse("project", args=[home]) + part)
    elif kind == "map":
        for region, _colon, chain in (pk.partition(":") for pk in ids):
            url = f"{reverse('chain-map', args=[chain])}?{urlencode({'region': region})}"
            yield Piece(_("链谱"), f"{region_name(region)} · {chain}", url)
    elif kind in _PAGED:
        for record in KINDS[kind]._default_manager.filter(pk__in=ids):
            yield Piece(title_of(record), str(record), reverse(kind, args=[record.pk]))
    elif kind in _RECORDS:
        for record in KINDS[kind]._default_manager.filter(pk__in=ids):
            yield Piece(title_of(record), str(record), reverse("record", args=[kind, record.pk]))


def day_or_none(text: str) -> date | None:
    """A day as a form gives it back; None for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def counts_of(rows: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    """Counts by level, all three of them, red first."""
    found = dict(rows)
    return {level: found.get(level, 0) for level in reversed(LEVELS)}
