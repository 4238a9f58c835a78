"""Kits: the ready ones and the office's own, and installing one for a chain in a region."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.lists.kits import NoKitError, kit_named, offered
from liantu.ledger.models import ChainList, Duty, InstalledKit
from liantu.ledger.rights import Action, Place, ensure, may
from liantu.vocabulary import chart_kinds, governance_roles, list_kinds
from liantu.vocabulary.kit_files import LONGEST, Kit
from liantu.workbench.correcting import in_language
from liantu.workbench.formatting import chinese, region_name
from liantu.workbench.list_pages import chains_offered, kind_word, place_given, rhythm_word
from liantu.workbench.offering import place_to_enter
from liantu.workbench.record_forms import region_text
from liantu.workbench.rights import everywhere, needs

STATUS = {
    "complete": gettext_lazy("名称完整"),
    "partial": gettext_lazy("部分名称未取得"),
    "provisional": gettext_lazy("名称未公布，暂定"),
    "skeleton": gettext_lazy("只有框架"),
}


@needs(Action.READ)
@require_safe
def kits(request: HttpRequest) -> HttpResponse:
    """All kits, and where which one is in use."""
    return render(request, "workbench/kits.html", _context())


def _context(**more: Any) -> dict[str, Any]:
    installed = InstalledKit.objects.filter(removed_at=None).order_by("-pk")
    return {
        "offers": [(offer, STATUS[offer.kit.status]) for offer in offered()],
        "installed": [(row, region_name(row.region_code)) for row in installed[:100]],
        "text": "",
        "problems": [],
    } | more


@needs(Action.READ)
@require_safe
def kit(request: HttpRequest, kit_id: str) -> HttpResponse:
    """One kit: its charts, lists, views and duties; and installing it."""
    try:
        offer = kit_named(kit_id)
    except KeyError:
        raise Http404(_("没有这个模板。")) from None
    here = place_to_enter(request)
    begun = {"region": region_text(here.region_code), "chain": "".join(here.chains)} | request.GET.dict()
    return render(request, "workbench/kit.html", _one(offer.kit, own=offer.own) | {"given": begun})


def role_word(value: str) -> str:
    """What a role of the chain-leader system is called."""
    role = governance_roles()[value]
    return role.name_zh if chinese() else role.name_en


def _one(found: Kit, own: Any = None) -> dict[str, Any]:
    in_use = InstalledKit.objects.filter(kit_id=found.id, removed_at=None).order_by("-pk")
    lists = ChainList.objects.filter(kit__in=in_use, removed_at=None).order_by("pk")
    by_kit: dict[int, list[ChainList]] = {}
    for row in lists:
        by_kit.setdefault(row.kit_id or 0, []).append(row)
    kinds = {k.value: k.name_zh if chinese() else k.name_en for k in chart_kinds().values()}
    return {
        "kit": found,
        "own": own,
        "status": STATUS[found.status],
        "charts": [(chart, kinds[chart.kind]) for chart in found.charts],
        "lists": [
            (
                item,
                kind_word(list_kinds()[item.kind]),
                role_word(item.owner_role),
                rhythm_word(item.rhythm or list_kinds()[item.kind].rhythm),
            )
            for item in found.lists
        ],
        "duties": [(duty, rhythm_word(duty.rhythm), role_word(duty.role)) for duty in found.duties],
        "chains": chains_offered(),
        "in_use": [(row, region_name(row.region_code), by_kit.get(row.pk, [])) for row in in_use[:100]],
    }


@needs(Action.EDIT)
@require_POST
def install(request: HttpRequest, kit_id: str) -> HttpResponse:
    """Makes the lists of a kit for a chain in a region."""
    try:
        region, chain = place_given(request.POST.get("region", ""), request.POST.get("chain", ""))
        ensure(Action.EDIT, Place(region, (chain,) if chain else ()))
        done = services.install_kit(
            kit_id, region, chain, request.user.get_username(), request.POST.get("owner_unit", "").strip()[:128]
        )
    except KeyError:
        raise Http404(_("没有这个模板。")) from None
    except ValueError as error:
        messages.error(request, in_language(error))
        return redirect("kit", kit_id=kit_id)
    messages.success(
        request,
        _("已建立 %(n)s 份清单。") % {"n": len(done.made)}
        + (_("原来就有的没有动：%(names)s。") % {"names": "、".join(done.there)} if done.there else ""),
    )
    return redirect("kit", kit_id=kit_id)


@needs(Action.READ, post=Action.EDIT, on=InstalledKit)
@require_http_methods(["GET", "POST"])
def duties(request: HttpRequest, pk: int) -> HttpResponse:
    """The duties that an installed kit asks for: which there are, which would be made, who would owe them. POST makes them."""
    installed, today = get_object_or_404(InstalledKit, pk=pk, removed_at=None), timezone.localdate()
    if request.method == "POST":
        made = services.make_duties(pk, request.user.get_username(), today)
        messages.success(request, _("已建立 %(n)s 项职责。") % {"n": len(made)})
        return redirect("kit-duties", pk=pk)
    found = services.planned(installed, today)
    context = {
        "installed": installed,
        "region": region_name(installed.region_code),
        "planned": [(one, rhythm_word(one.cadence) if one.cadence else "", role_word(one.role)) for one in found],
        "n_new": sum(1 for one in found if one.is_new),
        "n_made": Duty.objects.filter(kit=installed, removed_at=None).count(),
        "may_edit": may(request.user, Action.EDIT, installed).allowed,
    }
    return render(request, "workbench/kit_duties.html", context)


@needs(Action.EDIT, on=InstalledKit)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes off the duties that an installed kit brought and that nothing came of."""
    installed = get_object_or_404(InstalledKit, pk=pk, removed_at=None)
    n, stay = services.take_back_duties(installed.pk, request.user.get_username())
    messages.success(request, _("已撤回 %(n)s 项职责。") % {"n": n})
    if stay:
        messages.info(request, _("有 %(n)s 项已经改过或报过，留着；不要的请逐项删除。") % {"n": stay})
    return redirect("kit-duties", pk=pk)


@needs(Action.EDIT, on=everywhere)
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keeps an own kit, from a file or typed in; what is wrong is named by line and field."""
    file, text = request.FILES.get("file"), request.POST.get("text", "")
    if file is not None:
        if (file.size or 0) > LONGEST * 4:
            messages.error(request, _("文件过大，模板是一份不长的 YAML 文件。"))
            return redirect("kits")
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            messages.error(request, _("文件不是 UTF-8 编码，请另存为 UTF-8 再上传。"))
            return redirect("kits")
    try:
        row = services.keep_kit(text, request.user.get_username())
    except NoKitError as error:
        told = [(p.line, p.field, p.zh if chinese() else p.en) for p in error.problems]
        return render(request, "workbench/kits.html", _context(text=text, problems=told), status=422)
    except ValueError as error:
        told = [(1, "id", in_language(error))]
        return render(request, "workbench/kits.html", _context(text=text, problems=told), status=422)
    messages.success(request, _("已保存模板。"))
    return redirect("kit", kit_id=row.kit_id)
