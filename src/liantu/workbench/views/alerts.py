"""Alerts: the list, one with its numbers and evidence, what people answer, the digest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.alerts.digest import GROUPS, PARTS, digest
from liantu.ledger.models import Alert, AlertRun
from liantu.ledger.rights import Action
from liantu.ledger.writing import alone
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.tracking.alerts import LEVELS
from liantu.workbench import labels
from liantu.workbench.alert_digest import digest_file, group_name, headline, part_word
from liantu.workbench.alert_words import (
    Wording,
    alerts_q,
    counts_of,
    day_or_none,
    evidence_of,
    measure_of,
    numbers_of,
    title_of_rule,
)
from liantu.workbench.cached import per_tables, revision
from liantu.workbench.correcting import in_language
from liantu.workbench.deciding import told_of_alert
from liantu.workbench.facets import chain_choices, distinct_values, region_choices
from liantu.workbench.filters import chosen, whole
from liantu.workbench.formatting import region_name
from liantu.workbench.listing import listing, ordering
from liantu.workbench.opened import met
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer, document_answer, file_answer

SORTS = {"level": "gravity", "since": "since", "owner": "owner", "name": "name", "due": "due"}
DEFAULT_SORT = "-level"
CHASES_SHOWN = 200


@needs(Action.READ)
@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """The alerts that the filters let through, the gravest first; how many stand at each level."""
    at = revision()
    where = alerts_q(request.GET)
    page = listing(
        request, Alert.objects.all(), where, name="alerts", sorts=SORTS, default=DEFAULT_SORT, last="since", at=at
    )
    wording = Wording()
    rules = wording.rules
    params = request.GET.copy()
    params.pop("level", None)

    def count() -> dict[str, int]:
        rows = Alert.objects.filter(alerts_q(params)).values_list("level").annotate(n=Count("pk")).order_by()
        return dict(counts_of(rows))

    context: dict[str, Any] = {
        "listing": page,
        "rows": [
            (row, wording.text(row), wording.fix(row), title_of_rule(rules.get(row.rule), row.rule))
            for row in page.rows
        ],
        "counts": per_tables(f"alert-levels:{alerts_q(params)!r}", count, at),
        "rules": [(rule.id, title_of_rule(rule, "")) for rule in rules.values()],
        "states": [*Alert.State.choices, ("all", _("全部"))],
        "state": chosen(request.GET, "state") or Alert.State.OPEN,
        "levels": [(level, labels.word(labels.ALERT_LEVEL, level)) for level in reversed(LEVELS)],
        "owners": per_tables("alert-owners", lambda: sorted(distinct_values(Alert, "owner")), at),
        "regions": region_choices(Alert, at),
        "chains": chain_choices(Alert, at, "chain"),
        "run": AlertRun.objects.first(),
        "today": timezone.localdate(),
        "params": request.GET,
    }
    return answer(request, "workbench/alerts.html", "workbench/parts/alert_rows.html", "results", context)


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same rows as a file."""
    wording = Wording()
    rules = wording.rules
    columns = [
        Column(_("级别"), 8), Column(_("规则"), 18), Column(_("预警"), 70), Column(_("对象"), 36), Column(_("地区"), 14),
        Column(_("产业链"), 16), Column(_("责任人或单位"), 22), Column(_("起始"), 12), Column(_("期限"), 12),
        Column(_("量值"), 12, "#,##0.##"), Column(_("阈值"), 10, "#,##0.##"), Column(_("状态"), 12), Column(_("缓办到"), 12),
        Column(_("建议措施"), 40), Column(_("用到的数"), 60),
    ]  # fmt: skip
    _sort, order = ordering(request.GET.get("sort", ""), SORTS, DEFAULT_SORT, "since")
    found = Alert.objects.filter(alerts_q(request.GET)).order_by(*order, "pk")

    def rows() -> Iterator[list[Cell]]:
        for row in found.iterator(chunk_size=1000):
            yield [
                labels.word(labels.ALERT_LEVEL, row.level), title_of_rule(rules.get(row.rule), row.rule), wording.text(row), row.name,
                region_name(row.region_code) or region_name(row.city_code), row.chain, row.owner, row.since, row.due,
                wording.measure(row), row.threshold, row.get_state_display(), row.until, wording.fix(row),
                "；".join(f"{told.label} {told.value}" for told in numbers_of(row)),
            ]  # fmt: skip

    return file_answer(form, _("预警"), columns, rows(), [_("预警由规则核对台账得出；阈值见预警规则。")])


@needs(Action.READ, on=Alert)
@require_safe
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """One alert: rule, numbers, evidence, what happened to it, and the answers it may be given."""
    row = get_object_or_404(Alert, pk=pk)
    wording = Wording()
    rule, today = wording.rules.get(row.rule), wording.today
    events = list(row.events.order_by("-pk"))
    context = {
        "alert": row,
        "text": wording.text(row),
        "fix": wording.fix(row),
        "rule": rule,
        "rule_title": title_of_rule(rule, row.rule),
        "measure": measure_of(wording.measure(row), rule),
        "threshold": measure_of(row.threshold, rule),
        "numbers": numbers_of(row),
        "evidence": evidence_of(row),
        "events": events,
        "seen_answer": next((event.pk for event in events if event.by), ""),
        "days": (today - row.since).days,
        "region": region_name(row.region_code) or region_name(row.city_code),
        "today": today,
    }
    return answer(request, "workbench/alert.html", "workbench/alert.html", "", context)


@needs(Action.EDIT, on=Alert)
@require_POST
def answer_one(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's answer to an alert."""
    row = get_object_or_404(Alert, pk=pk)
    done = request.POST.get("answer", "")
    try:
        with alone():
            told, since = told_of_alert(row, done)
            if (met_page := met(request, row.name, reverse("alert", args=[pk]), told, since=since)) is not None:
                return met_page
            services.answer_alert(
                pk,
                done,
                request.user.get_username(),
                timezone.localdate(),
                why=request.POST.get("why", "")[:2000],
                until=day_or_none(request.POST.get("until", "")),
            )
    except ValueError as error:
        messages.error(request, in_language(error))
    else:
        said = {"snooze": _("已缓办。"), "close": _("已关闭。"), "reopen": _("已重新打开。"), "note": _("已记下。")}
        messages.success(request, said[done])
    return redirect("alert", pk=pk)


@needs(Action.EDIT)
@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Runs the rules now."""
    try:
        made = services.run_alerts(timezone.localdate(), force=True)
    except ValueError as error:  # a word of the office's own breaks a rule
        messages.error(request, in_language(error))
        return redirect("alerts")
    told = {"found": made.found, "new": made.raised, "worse": made.worsened, "gone": made.resolved}
    messages.success(request, _("已核对：%(found)s 条预警，新出现 %(new)s，加重 %(worse)s，解除 %(gone)s。") % told)
    return redirect("alerts")


@needs(Action.READ)
@require_safe
def digest_page(request: HttpRequest) -> HttpResponse:
    """The digest on screen."""
    made, params = _digest(request)
    wording = Wording(made.last)
    context = {
        "made": made,
        "headline": headline(made),
        "chases": services.chases(made.last)[:CHASES_SHOWN],
        "groups": [
            (
                group_name(made, group),
                group,
                counts_of(group.standing.items()),
                [
                    (part_word(part), [(row, wording.text(row)) for row in getattr(group, part)])
                    for part in PARTS
                    if getattr(group, part)
                ],
            )
            for group in made.groups
        ],
        "by": made.by,
        "ways": [("region", _("按地区")), ("chain", _("按产业链")), ("owner", _("按责任单位"))],
        "spans": [(1, _("一天")), (7, _("一周")), (31, _("一月"))],
        "params": params,
    }
    return answer(request, "workbench/alert_digest.html", "workbench/parts/alert_digest.html", "results", context)


@needs(Action.READ)
@require_safe
def digest_export(request: HttpRequest, form: str) -> HttpResponse:
    """The digest as a paper or a workbook."""
    if form not in ("docx", "xlsx"):
        raise Http404(_("只能导出 docx 或 xlsx。"))
    made, _params = _digest(request)
    return document_answer(form, _("预警摘要"), digest_file(made, form, services.chases(made.last)))


def _digest(request: HttpRequest) -> tuple[Any, dict[str, Any]]:
    by = chosen(request.GET, "by", GROUPS) or "region"
    days = min(max(whole(request.GET, "days") or 7, 1), 366)
    last = day_or_none(request.GET.get("date", "")) or timezone.localdate()
    return digest(last, days, by), {"by": by, "days": days, "date": last.isoformat()}
