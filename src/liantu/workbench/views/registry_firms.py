"""The firms of the loaded registry: all of them, or those behind a number of a diagnosis."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liantu.ledger.models import RegistryLink
from liantu.ledger.models.registry_links import STANDING
from liantu.ledger.rights import Action
from liantu.reporting import Column
from liantu.workbench.diagnosing import basis_now, has_registry, places_of
from liantu.workbench.filters import whole
from liantu.workbench.formatting import region_name
from liantu.workbench.listing import LAST_PAGE, PAGE_SIZE, Listing
from liantu.workbench.registry_firms import Wanted, registry_firms
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import answer, file_answer

EXPORTED = 100_000


@needs(Action.READ)
@require_safe
def firms(request: HttpRequest) -> HttpResponse:
    """The firms the filters let through, each with its place, zone and industry and the words that told."""
    if not has_registry():
        context: dict[str, Any] = {"name": _("登记库企业"), "error": _("先载入企业登记：liantu registry load 文件。")}
        return answer(request, "workbench/diagnosis_none.html", "workbench/diagnosis_none.html", "", context)
    wanted = Wanted.of(request.GET)
    page = min(max(1, whole(request.GET, "page") or 1), LAST_PAGE)
    found = registry_firms(wanted, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    keys = [row["firm"] for row in found.rows]
    linked = RegistryLink.objects.filter(firm__in=keys, how__in=STANDING, removed_at=None)
    known = dict(linked.values_list("firm", "entity__canonical"))
    for row in found.rows:
        row["known"] = known.get(row["firm"])
    context = {
        "firms": found,
        "hidden": found.total - found.listed,
        "wanted": wanted,
        "name": region_name(wanted.region) if wanted.region else "",
        "chain": wanted.segment.split(" · ")[0],
        "places": [(code, name) for code, name, _n in places_of(basis_now()[0])],
        "listing": Listing(
            found.rows, found.listed, False, page, page < LAST_PAGE and page * PAGE_SIZE < found.listed, wanted.sort
        ),
        "params": request.GET,
    }
    return answer(request, "workbench/diagnosis_firms.html", "workbench/parts/firm_rows.html", "results", context)


@needs(Action.READ)
@require_safe
def firms_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """All of them as a file."""
    if not has_registry():
        raise Http404(_("还没有载入企业登记；请先运行 liantu registry load 文件。"))
    wanted = Wanted.of(request.GET)
    columns = [
        Column(_("企业"), 36), Column(_("统一社会信用代码"), 22), Column(_("地区"), 14), Column(_("乡镇、街道"), 14),
        Column(_("开发区"), 24), Column(_("行业（GB/T 4754）"), 26), Column(_("成立日期"), 12), Column(_("注册资本"), 16),
        Column(_("判断依据的词"), 14), Column(_("出处"), 10), Column(_("得分"), 8),
    ]  # fmt: skip
    cells = (
        "name", "uscc", "place", "town", "zone", "industry", "established", "capital", "word", "found_in", "score",
    )  # fmt: skip
    told = ([row[cell] for cell in cells] for row in registry_firms(wanted, EXPORTED).rows)
    title = "-".join(
        filter(None, (region_name(wanted.region) if wanted.region else "", wanted.segment.split(" · ")[-1]))
    )
    return file_answer(form, title or _("登记库企业"), columns, told, [wanted.segment] if wanted.segment else [])
