"""An office's own kinds of bulletins: written beside what they would print, kept as every other text of rules."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liantu.ledger.bulletins.measuring import measure
from liantu.ledger.models import OfficeRules
from liantu.ledger.rights import Action
from liantu.tracking.bulletins import Definition, Period, compose, period_of, read_definition, shipped_kinds
from liantu.workbench.correcting import in_language
from liantu.workbench.labels import Words
from liantu.workbench.rights import everywhere, needs
from liantu.workbench.views.criteria import edit_rules


@needs(Action.READ, post=Action.EDIT, on=everywhere)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The text of a kind: an own one is changed, a shipped one becomes an own one under another id. `look` shows what a text would
    print for a period, and keeps nothing."""
    own = OfficeRules.objects.filter(rule_kind="bulletin", key=key, removed_at=None).first()
    if own is None and key not in shipped_kinds():
        raise Http404(_("没有这一种通报。"))
    text = own.text if own is not None else shipped_kinds()[key][1].replace(f'id = "{key}"', f'id = "own_{key}"', 1)
    if request.method == "POST" and "look" in request.POST:
        return _look(request, own)
    return edit_rules(request, "bulletin", own, text, reverse("bulletins"), "bulletin-kind")


def _look(request: HttpRequest, own: OfficeRules | None) -> HttpResponse:
    text = request.POST.get("text", "").replace("\r\n", "\n")
    asked, version = request.POST.get("period", "").strip(), request.POST.get("version", "0")
    context: dict[str, Any] = {
        "kind": "bulletin", "own": own, "text": text, "home": reverse("bulletins"), "version": version, "period": asked,
    }  # fmt: skip
    try:
        made = read_definition("TOML", text)
        period = period_of(asked) if asked else _last(made)
        if period.kind != made.period:
            raise ValueError(_("这一种的期别不是 %(period)s") % {"period": asked})
        context |= {"period": period.code, "made": made, "preview": _preview(made, period)}
    except ValueError as error:
        context["errors"] = [in_language(error)]
        return render(request, "workbench/rules_edit.html", context, status=422)
    messages.info(request, _("下面是这一期会印出的样子，没有保存。"))
    return render(request, "workbench/rules_edit.html", context)


def _last(made: Definition) -> Period:
    """The period before this one."""
    today = timezone.localdate()
    months = today.year * 12 + today.month - 2
    if made.period == "month":
        return period_of(f"{months // 12}-{months % 12 + 1:02d}")
    quarters = today.year * 4 + (today.month - 1) // 3 - 1
    return period_of(f"{quarters // 4}Q{quarters % 4 + 1}")


def _preview(made: Definition, period: Period) -> list[tuple[str, str, str, int]]:
    """Title, words, note on the definition and number of lines of each section; a section without data says so by its number."""
    measured, names = measure(made, period, "", "")
    composed = compose(made, period, measured, names)
    figures: Words = dict(composed.figures)
    full = {each.section.id: each for each in composed.sections}
    found = []
    for section in made.sections:
        each = full.get(section.id)
        words = re.sub(r"\{([^{}]+)\}", lambda m: str(figures.get(m[1], m[0])), each.prose) if each is not None else ""
        found.append(
            (section.title, words, each.note if each is not None else "", len(each.lines) if each is not None else 0)
        )
    return found
