"""Criteria: the sets that hold on a day, one with its candidates, one thing held against one set, and an office's own sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from liantu.ledger import services
from liantu.ledger.models import Entity, FigureView, OfficeRules, Profile
from liantu.ledger.rights import Action
from liantu.ledger.standing import batches
from liantu.ledger.work.criteria_values import all_sets, candidates_for, known_of, sets_for, subject_of
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.tracking.criteria import CriterionSet, SetResult, criterion_fields, evaluate, shipped_sets
from liantu.workbench import labels
from liantu.workbench.cached import per_revision, revision
from liantu.workbench.correcting import in_language
from liantu.workbench.criteria_pages import figures_of, known_words, rows_of, rule_words, set_name, standings_of
from liantu.workbench.deciding import by_whom
from liantu.workbench.facets import region_choices
from liantu.workbench.filters import chosen, region_q, whole
from liantu.workbench.formatting import region_name
from liantu.workbench.listing import PAGE_SIZE, Listing
from liantu.workbench.opened import Told, met
from liantu.workbench.record_forms import day as day_of
from liantu.workbench.rights import everywhere, needs
from liantu.workbench.views.answers import answer, file_answer
from liantu.workbench.views.records import record_form


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing held against a set."""

    pk: int
    name: str
    place: str
    kind: str
    result: SetResult


def day_asked(request: HttpRequest) -> date:
    """The day of the address, today when there is none or it cannot be read."""
    try:
        return day_of(request.GET["on"]) if request.GET.get("on") else timezone.localdate()
    except ValueError:
        return timezone.localdate()


@needs(Action.READ)
@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """The sets that hold on a day, by the kind of subject."""
    day = day_asked(request)
    groups = [(kind, sets_for(kind, day)) for kind in labels.SUBJECT]
    own = set(OfficeRules.objects.filter(rule_kind="criteria", removed_at=None).values_list("key", flat=True))
    later = [s for s in all_sets().values() if s not in [x for _kind, found in groups for x in found]]
    context = {"groups": groups, "day": day, "own": own, "later": sorted(later, key=lambda s: s.id)}
    return answer(request, "workbench/criteria.html", "workbench/criteria.html", "", context)


def _set(key: str) -> CriterionSet:
    found = all_sets().get(key)
    if found is None:
        raise Http404(_("没有这套认定标准。"))
    return found


def candidates_of(criteria: CriterionSet, params: QueryDict) -> list[Candidate]:
    """The things of which anything is known, held against a set: what is met first."""
    region = chosen(params, "region")

    def compute() -> list[Candidate]:
        known = candidates_for(criteria.subject, region_q(region))
        found = []
        for part in batches(known):
            for row in Profile.objects.filter(pk__in=part):
                place = region_name(row.region_code or row.city_code)
                found.append(Candidate(row.pk, row.name, place, row.kind, evaluate(criteria, known[row.pk])))
        order = ("met", "one_short", "no_data", "not_met")
        found.sort(key=lambda c: (order.index(c.result.verdict), -c.result.n_known, c.result.whole.lacking, c.name))
        return [c for c in found if c.result.n_known]

    found = per_revision(f"candidates:{criteria!r}:{region}", compute)
    if state := chosen(params, "state", labels.VERDICT_OF_SET):
        found = [c for c in found if c.result.verdict == state]
    words = chosen(params, "q")
    return [c for c in found if words in c.name] if words else found


@needs(Action.READ)
@require_safe
def criteria_set(request: HttpRequest, key: str) -> HttpResponse:
    """One set with its clauses and its candidates."""
    made = _set(key)
    found = candidates_of(made, request.GET)
    page = min(max(whole(request.GET, "page") or 1, 1), max(1, -(-len(found) // PAGE_SIZE)))
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    context = {
        "set": made,
        "name": set_name(made),
        "rows": rows_of(made.root, None, {}),
        "listing": Listing(shown, len(found), False, page, len(found) > page * PAGE_SIZE, ""),
        "states": labels.VERDICT_OF_SET,
        "regions": region_choices(FigureView, revision()),
        "shipped": made.id in shipped_sets(),
        "versions": sorted((s for s in all_sets().values() if s.scheme == made.scheme), key=lambda s: s.id),
        "params": request.GET,
    }
    return answer(request, "workbench/criteria_set.html", "workbench/parts/candidate_rows.html", "results", context)


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The candidates of a set as a file: for each clause the value and the result."""
    made = _set(key)
    found = candidates_of(made, request.GET)
    columns = [Column(_("名称"), 36), Column(_("地区"), 14), Column(_("结论"), 12), Column(_("缺的条件"), 50)]
    for clause in made.clauses():
        columns += [
            Column(f"{clause.text}（{rule_words(clause)}）", 22),
            Column(_("%(clause)s：结果") % {"clause": clause.text}, 10),
        ]
    notes = [f"{set_name(made)} · {made.origin}", _("“无数据”不等于不满足。")]
    return file_answer(form, set_name(made), columns, _cells(found), notes)


def _cells(found: Sequence[Candidate]) -> Iterator[list[Cell]]:
    for one in found:
        row: list[Cell] = [one.name, one.place, labels.word(labels.VERDICT_OF_SET, one.result.verdict)]
        row.append("；".join(leaf.clause.text for leaf in one.result.missing))
        for leaf in one.result.clause_results():
            row += [known_words(leaf.known, leaf.clause), labels.word(labels.CLAUSE_RESULT, leaf.result)]
        yield row


@needs(Action.READ, on=Entity)
@require_safe
def held_against(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One thing against one set, clause by clause, each with its sentence."""
    entity = get_object_or_404(Entity, pk=pk)
    if entity.canonical_id and entity.canonical_id != pk:
        return redirect("criteria-of", pk=entity.canonical_id, key=key)
    made, subject = _set(key), subject_of(entity)
    if subject != made.subject:
        raise Http404(_("这套标准不适用于它。"))
    result = evaluate(made, known_of([pk], subject).get(pk, {}))
    context = {
        "entity": entity,
        "set": made,
        "name": set_name(made),
        "result": result,
        "rows": rows_of(made.root, result.whole, figures_of([result])),
        "others": standings_of(entity, day_asked(request)),
    }
    return answer(request, "workbench/criteria_of.html", "workbench/criteria_of.html", "", context)


@needs(Action.EDIT, on=Entity)
@require_http_methods(["GET", "POST"])
def add_known(request: HttpRequest, pk: int) -> HttpResponse:
    """A value that an office knows of a thing."""
    entity = get_object_or_404(Entity, pk=pk)
    field = criterion_fields().get(request.GET.get("field") or request.POST.get("field") or "")
    if field is None or subject_of(entity) not in field.subjects:
        raise Http404(_("没有这个字段。"))
    home = reverse("entity", args=[entity.canonical_id or pk])
    back = request.GET.get("set", "")
    if back in all_sets():
        home = reverse("criteria-of", args=[entity.canonical_id or pk, back])
    return record_form(request, "known", "entity", entity.pk, f"{entity} · {field.name_zh}", home)


@needs(Action.READ, post=Action.EDIT, on=everywhere)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The text of a set: an own one is changed, a shipped one becomes an own one under another id."""
    own = OfficeRules.objects.filter(rule_kind="criteria", key=key, removed_at=None).first()
    if own is None and key not in shipped_sets():
        raise Http404(_("没有这套认定标准。"))
    text = own.text if own is not None else shipped_sets()[key][1].replace(f"id: {key}", f"id: own_{key}", 1)
    return edit_rules(request, "criteria", own, text, reverse("criteria-set", args=[key]), "criteria-set")


def edit_rules(
    request: HttpRequest, kind: str, own: OfficeRules | None, text: str, home: str, page: str
) -> HttpResponse:
    """The form of an own text of rules: what is wrong is told by its line, nothing is kept before it is right."""
    context: dict[str, Any] = {
        "kind": kind,
        "own": own,
        "text": text,
        "home": home,
        "version": own.version if own else 0,
    }
    if request.method == "POST":
        said = request.POST.get("text", "").replace("\r\n", "\n")
        values, by = {"rule_kind": kind, "text": said, "key": own.key if own else "-"}, request.user.get_username()
        reason = request.POST.get("reason", "").strip()[:500]
        try:
            if own is None:
                change = services.add_record("rules", values, by, reason)
            else:
                version = whole(request.POST, "version") or 0
                change = services.change_record("rules", own.pk, version, values, by, reason)
        except services.StaleEditError as stale:
            now: Any = stale.current
            base = str(stale.base["text"])
            if base == now.text:  # a version that never was: show both rather than drop what was written
                base = ""
            last = by_whom(stale.since[0] if stale.since else None)
            both = [Told("text", "YAML", now.text, said, base)]
            met_page = met(request, now.key, home, both, carried={"version": str(now.version)}, since=last)
            return met_page or redirect(page, key=now.key)  # none: they wrote the same
        except ValueError as error:
            told = in_language(error).replace("；第", "\n第").replace("; line", "\nline").split("\n")
            context |= {"text": said, "errors": told}
            return render(request, "workbench/rules_edit.html", context, status=422)
        messages.success(request, _("已保存，可在改动记录中撤回。"))
        return redirect(page, key=OfficeRules.objects.get(pk=change.row).key)
    return render(request, "workbench/rules_edit.html", context)


def entity_standings(entity: Entity, request: HttpRequest) -> dict[str, Any]:
    """What the page of a thing shows of criteria."""
    found = standings_of(entity, day_asked(request))
    return {"standings": [(r, set_name(r.set)) for r in found]}
