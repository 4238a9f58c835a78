"""Scorecards: the cards, one computed over its units, an own one edited, values entered, results published and frozen."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.models import FigureView, OfficeRules, PublishedScores
from liantu.ledger.rights import Action, Place, ensure
from liantu.ledger.work.publishing_scores import frozen, secrecy_of
from liantu.ledger.work.score_sources import all_cards, figures_of
from liantu.ledger.work.target_rules import plain_period
from liantu.reporting import Column
from liantu.reporting.score_document import score_docx
from liantu.reporting.tables import Cell
from liantu.tracking.scoring import shipped_cards
from liantu.vocabulary import regions
from liantu.workbench import score_pages
from liantu.workbench.cached import revision
from liantu.workbench.correcting import in_language
from liantu.workbench.facets import region_choices
from liantu.workbench.formatting import number, period, region_name
from liantu.workbench.rights import everywhere, needs
from liantu.workbench.score_pages import Computed, computed, detail_heads, detail_rows
from liantu.workbench.views.answers import answer, file_answer
from liantu.workbench.views.criteria import edit_rules
from liantu.workbench.views.records import record_form

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@needs(Action.READ)
@require_safe
def scorecards(request: HttpRequest) -> HttpResponse:
    """All cards, and what was published."""
    own = set(OfficeRules.objects.filter(rule_kind="scorecard", removed_at=None).values_list("key", flat=True))
    context = {
        "cards": [card for card, _text in all_cards().values()],
        "own": own,
        "published": PublishedScores.objects.defer("rows", "text")[:50],
    }
    return answer(request, "workbench/scorecards.html", "workbench/scorecards.html", "", context)


def _computed(request: HttpRequest, key: str, given: Any = None) -> Computed:
    """The card that an address asks for: `region` and `period` as given, else a province that occurs and the last period."""
    params = given if given is not None else request.GET
    if key not in all_cards():
        raise Http404(_("没有这张考核表。"))
    today = timezone.localdate()
    region = params.get("region", "")
    if region not in regions() or regions().by_code(region).is_group:
        known = [c.value for c in region_choices(FigureView, revision()) if c.value.endswith("0000")]
        region = known[0] if known else "140000"
    asked = params.get("period", "")
    try:
        return computed(key, region, plain_period(asked) or score_pages.usual_period(all_cards()[key][0], today), today)
    except ValueError:
        return computed(key, region, score_pages.usual_period(all_cards()[key][0], today), today)


@needs(Action.READ)
@require_safe
def scorecard(request: HttpRequest, key: str) -> HttpResponse:
    """One card over its units; with `unit` also the items of that one."""
    made = _computed(request, key)
    figures = figures_of(made.raws)
    chosen = next((line for line in made.lines if line[0].key == request.GET.get("unit")), None)
    context = {
        "made": made,
        "card": made.card,
        "own": OfficeRules.objects.filter(rule_kind="scorecard", key=key, removed_at=None).exists(),
        "chosen": chosen,
        "figures": figures,
        "regions": [c for c in region_choices(FigureView, revision()) if c.value.endswith("00")],
        "periods": list(dict.fromkeys([*score_pages.periods_of(made.card, timezone.localdate()), made.period])),
        "params": request.GET,
        "missing": sum(score.missing for _unit, score in made.lines),
        "published": PublishedScores.objects.filter(card=key).defer("rows", "text")[:10],
    }
    return answer(request, "workbench/scorecard.html", "workbench/scorecard.html", "", context)


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The results as a workbook, a CSV file or a Word document."""
    made = _computed(request, key)
    name = f"{made.card.name_zh}-{made.period.replace('/', '_')}"
    if form == "docx":
        return _document(made, name)
    columns = [
        Column(_("单位"), 20),
        Column(_("考核项"), 24),
        Column(_("分值"), 8),
        Column(_("数值"), 16, "#,##0.####"),
    ]
    columns += [Column(_("计量单位"), 10), Column(_("目标"), 14, "#,##0.####"), Column(_("算式"), 44)]
    columns += [
        Column(_("最低得分"), 10, "0.00"),
        Column(_("最高得分"), 10, "0.00"),
        Column(_("说明"), 16),
        Column(_("依据"), 60),
    ]
    return file_answer(form, name, columns, _cells(made), [made.card.origin, made.card.note, _missing_note()])


def _missing_note() -> str:
    return _("没有数据的考核项不计零分：总分写成最低到最高的区间，区间有重叠的单位不分先后。")


def _cells(made: Computed) -> list[list[Cell]]:
    figures = figures_of(made.raws)
    rows: list[list[Cell]] = []
    for unit, one in made.lines:
        for item, words in zip(one.items, detail_rows(one, figures), strict=True):
            raw = item.raw
            rows.append(
                [
                    unit.name,
                    item.item.name,
                    item.item.weight,
                    raw.value if raw else None,
                    raw.unit if raw else "",
                    raw.target if raw else None,
                    item.formula,
                    item.low,
                    item.high,
                    score_pages.reason_words(item),
                    words[-1],
                ]
            )
        note = score_pages.total_words(one) if one.vetoed else score_pages.place_words(one)
        rows.append([unit.name, _("总分"), made.card.total, None, "", None, "", one.low, one.high, note, ""])
    return rows


def _document(made: Computed, name: str) -> HttpResponse:
    figures = figures_of(made.raws)
    totals = [
        [unit.name, score_pages.total_words(one), score_pages.place_words(one), str(one.missing)]
        for unit, one in made.lines
    ]
    units = [(unit.name, detail_heads(), detail_rows(one, figures)) for unit, one in made.lines]
    body = score_docx(
        made.card.name_zh,
        [f"{region_name(made.region)} · {period(made.period)}", made.card.origin],
        (_("单位"), _("总分"), _("位次"), _("缺数据的项")),
        totals,
        units,
        [made.card.note, _missing_note()],
        {"details": _("各单位得分"), "notes": _("说明")},
    )
    response = HttpResponse(body, content_type=_DOCX)
    stamp = timezone.localdate().isoformat()
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'链图-{name}-{stamp}.docx')}"
    return response


@needs(Action.EDIT)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """A value that a card asks a person for."""
    params = request.POST if request.method == "POST" else request.GET
    region = params.get("region_code", "")
    card = all_cards().get(key, (None, ""))[0]
    item = next((i for i in card.items if i.id == params.get("item")), None) if card is not None else None
    if card is None or item is None or params.get("card") != key:
        raise Http404(_("没有这个考核项。"))
    ensure(Action.EDIT, Place(region))
    home = f"{reverse('scorecard', args=[key])}?region={region}&period={params.get('period', '')}"
    home += f"&unit={quote(params.get('unit_key', ''))}"
    return record_form(request, "score", "", 0, f"{card.name_zh} · {item.name}", home)


@needs(Action.READ, post=Action.EDIT, on=everywhere)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The text of a card; saving a shipped one makes it the office's own under the same id."""
    own = OfficeRules.objects.filter(rule_kind="scorecard", key=key, removed_at=None).first()
    if own is None and key not in shipped_cards():
        raise Http404(_("没有这张考核表。"))
    text = own.text if own is not None else shipped_cards()[key][1]
    return edit_rules(request, "scorecard", own, text, reverse("scorecard", args=[key]), "scorecard")


@needs(Action.APPROVE)
@require_POST
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Freezes the results as they are now."""
    if request.POST.get("region", "") not in regions():
        messages.error(request, _("请先选地区和时期，再发布。"))
        return redirect("scorecard", key=key)
    made = _computed(request, key, request.POST)
    ensure(Action.APPROVE, Place(made.region))
    rows = frozen(made.units, made.scores, made.raws)
    note = request.POST.get("note", "").strip()[:500]
    try:
        kept = services.publish_scores(
            made.card,
            made.text,
            made.period,
            made.region,
            rows,
            request.user.get_username(),
            note,
            secrecy_of(made.raws),
        )
    except ValueError as error:
        messages.error(request, in_language(error))
        return redirect("scorecard", key=key)
    messages.success(request, _("已发布。以后数据和规则再变，这份结果不变。"))
    return redirect("scores-published", pk=kept.pk)


@needs(Action.READ, on=PublishedScores)
@require_safe
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """Results as they were published."""
    kept = get_object_or_404(PublishedScores, pk=pk)
    intact = services.digest_of(kept.text, kept.rows) == kept.digest
    rows = [
        row | {"items_kept": row["items"]}
        for row in sorted(kept.rows, key=lambda r: (r["first"], r["last"], -r["high"]))
    ]
    return answer(
        request, "workbench/scores_published.html", "workbench/scores_published.html", "", {"kept": kept, "rows": rows, "intact": intact}
    )  # fmt: skip


@needs(Action.READ, on=PublishedScores)
@require_safe
def export_published(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Published results as a file."""
    kept = get_object_or_404(PublishedScores, pk=pk)
    columns = [
        Column(_("单位"), 20),
        Column(_("考核项"), 24),
        Column(_("分值"), 8),
        Column(_("数值"), 16),
        Column(_("算式"), 44),
    ]
    columns += [Column(_("最低得分"), 10, "0.00"), Column(_("最高得分"), 10, "0.00"), Column(_("依据"), 60)]
    rows: list[list[Cell]] = []
    for unit in kept.rows:
        for item in unit["items"]:
            basis = "；".join(e["sentence"] for e in item["evidence"]) or item["basis"]
            value = "" if item["value"] is None else f"{number(item['value'], 4)}{item['unit']}"
            rows.append(
                [unit["name"], item["name"], item["weight"], value, item["formula"], item["low"], item["high"], basis]
            )
        rows.append([unit["name"], _("总分"), None, "", "", unit["low"], unit["high"], ""])
    return file_answer(
        form, kept.title, columns, rows, [f"SHA-256 {kept.digest}", f"{kept.by} {kept.at:%Y-%m-%d %H:%M}"]
    )
