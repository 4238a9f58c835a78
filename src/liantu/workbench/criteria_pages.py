"""What pages show of criteria: a set's clauses in words, a subject's results with values and evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from liantu.ledger.models import Entity, FigureView
from liantu.ledger.standing import batches
from liantu.ledger.work.criteria_values import known_of, sets_for, subject_of
from liantu.tracking.criteria import (
    Clause,
    ClauseResult,
    CriterionSet,
    Group,
    GroupResult,
    Known,
    SetResult,
    criterion_fields,
    evaluate,
)
from liantu.workbench.formatting import chinese, quantity

SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "="}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a set: a clause with its result, or a group with its rule. `depth` says how far it is indented."""

    depth: int
    text: str
    rule: str
    cite: str
    clause: Clause | None
    result: ClauseResult | GroupResult | None
    figures: tuple[FigureView, ...] = ()

    @property
    def state(self) -> str:
        return self.result.result if self.result is not None else ""


def rule_words(clause: Clause) -> str:
    """A clause's rule: ≥ 15户; a threshold nobody knows is said to be so."""
    field = criterion_fields()[clause.field]
    if clause.state == "not_published":
        return _("门槛未公布")
    if clause.state == "not_at_hand":
        return _("门槛未见原文")
    if field.kind == "yes_no":
        return _("是")
    if field.kind == "word":
        return "、".join(clause.words)
    return f"{SIGNS.get(clause.operator, '')} {quantity(clause.value, clause.unit)}"


def group_words(group: Group) -> str:
    """What a group asks for."""
    if group.least == len(group.parts):
        return _("以下都要满足")
    return _("以下 %(n)s 项中至少 %(k)s 项") % {"n": len(group.parts), "k": group.least}


def known_words(known: Known | None, clause: Clause) -> str:
    """A value as people read it."""
    if known is None:
        return "—"
    kind = criterion_fields()[clause.field].kind
    if kind == "yes_no":
        return "—" if known.yes is None else _("是") if known.yes else _("否")
    if kind == "word":
        return known.word or "—"
    if known.low is None or known.high is None:
        return "—"
    if known.low == known.high:
        return quantity(known.low, known.unit)
    if known.high == float("inf"):
        return quantity(known.low, known.unit, ">")
    if known.low == float("-inf"):
        return quantity(known.high, known.unit, "<")
    return f"{quantity(known.low, known.unit)} – {quantity(known.high, known.unit)}"


def rows_of(group: Group, result: GroupResult | None, figures: Mapping[str, FigureView], depth: int = 0) -> list[Row]:
    """A set as lines, in the order of its text."""
    found: list[Row] = []
    parts: Sequence[ClauseResult | GroupResult | None] = (
        result.parts if result is not None else [None] * len(group.parts)
    )
    for part, each in zip(group.parts, parts, strict=True):
        if isinstance(part, Group):
            inner = each if isinstance(each, GroupResult) else None
            found.append(Row(depth, part.text or group_words(part), group_words(part), part.cite, None, each))
            found += rows_of(part, inner, figures, depth + 1)
        else:
            leaf = each if isinstance(each, ClauseResult) else None
            said = leaf.known.statements if leaf is not None and leaf.known is not None else ()
            shown = tuple(figures[pk] for pk in said if pk in figures)
            found.append(Row(depth, part.text, rule_words(part), part.cite, part, leaf, shown))
    return found


def figures_of(results: Sequence[SetResult]) -> dict[str, FigureView]:
    """The figures that results rest on, by the id of their statements."""
    ids = {pk for r in results for leaf in r.clause_results() if leaf.known is not None for pk in leaf.known.statements}
    found: dict[str, FigureView] = {}
    for part in batches(ids):
        found |= {f.pk: f for f in FigureView.objects.filter(pk__in=part).select_related("statement", "source")}
    return found


def standings_of(entity: Entity, day: date) -> list[SetResult]:
    """What a thing meets of the sets that hold on a day, what it meets first."""
    subject = subject_of(entity)
    if not subject:
        return []
    home = entity.canonical_id or entity.pk
    known = known_of([home], subject).get(home, {})
    results = [evaluate(s, known) for s in sets_for(subject, day)]
    order = ("met", "one_short", "no_data", "not_met")
    return sorted(results, key=lambda r: (order.index(r.verdict), -r.n_known, r.set.id))


def set_name(criteria: CriterionSet) -> str:
    """Its name in the page's language."""
    return criteria.name_zh if chinese() else criteria.name_en
