"""A workbook of several lists: which sheet is which list, making what is not there, every sheet's differences, writing them at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.exchange import importing
from liantu.ledger.lists import books
from liantu.ledger.lists.kits import offered
from liantu.ledger.lists.table import PREFIX
from liantu.ledger.lists.told import CannotLoadError
from liantu.ledger.models import ChainList, Import, Source
from liantu.ledger.rights import Action
from liantu.vocabulary import list_kinds
from liantu.workbench.correcting import in_language
from liantu.workbench.exchanging import keep_copy
from liantu.workbench.formatting import region_name
from liantu.workbench.list_pages import chains_offered, kind_word, place_given
from liantu.workbench.rights import needs


@needs(Action.EDIT)
@require_safe
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Before: its lists, with what would become of each. After: the differences of each sheet."""
    batch = get_object_or_404(Import, pk=pk, kind=books.BOOK)
    context: dict[str, Any] = {"batch": batch}
    parts = list(batch.sheets.order_by("pk"))
    if parts:
        numbers = [int(part.kind.removeprefix(PREFIX)) for part in parts]
        lists = ChainList.objects.in_bulk(numbers)
        context["parts"] = [
            (part, lists.get(number), importing.counts(part)) for part, number in zip(parts, numbers, strict=True)
        ]
        context["waiting"] = any(part.state == Import.State.CHECKED for part in parts)
    elif batch.state == Import.State.CHECKED:
        try:
            context |= _offer(request, batch)
        except (CannotLoadError, ValueError) as error:
            messages.error(request, in_language(error))
    return render(request, "workbench/list_book.html", context)


def _offer(request: HttpRequest, batch: Import) -> dict[str, Any]:
    region, chain = place_given(request.GET.get("region", ""), request.GET.get("chain", ""))
    opened = books.opened(batch)
    sheets, directory = opened.sheets(region, chain), opened.told is not None
    titles = {sheet.title for sheet in sheets}
    kits = [offer.kit for offer in offered() if titles & {item.title for item in offer.kit.lists}]
    return {
        "sheets": [(s, kind_word(list_kinds()[s.kind]), region_name(s.region)) for s in sheets],
        "directory": directory,
        "kits": kits,
        "kit": request.GET.get("kit", books.kit_for(sheets)),
        "given": request.GET,
        "chains": [] if directory else chains_offered(),
    }


@needs(Action.EDIT)
@require_POST
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes the lists that are not there and compares the sheets; `leave` names sheets that are not wanted."""
    batch = get_object_or_404(Import, pk=pk, kind=books.BOOK)
    try:
        region, chain = place_given(request.POST.get("region", ""), request.POST.get("chain", ""))
        done = services.take_in_book(
            batch,
            request.user.get_username(),
            region=region,
            chain=chain,
            kit=request.POST.get("kit", ""),
            owner_unit=request.POST.get("owner_unit", "").strip()[:128],
            leave_out=request.POST.getlist("leave"),
        )
    except (CannotLoadError, importing.NotImportable, ValueError) as error:
        messages.error(request, in_language(error))
    else:
        if not done:
            messages.success(request, _("清单已全部装入。"))
            return redirect("lists")
    return redirect("list-book", pk=pk)


@needs(Action.EDIT)
@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes all sheets, or none."""
    batch = get_object_or_404(Import, pk=pk, kind=books.BOOK)
    try:
        n = services.write_book(batch, request.user.get_username())
    except importing.NotImportable as error:
        messages.error(request, in_language(error))
    else:
        messages.success(request, _("已写入，%(n)s 份清单有变动。") % {"n": n})
    return redirect("list-book", pk=pk)


@needs(Action.EDIT, on=Source)
@require_POST
def of_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins with the file of a document that is a workbook of lists."""
    source = get_object_or_404(Source, pk=pk)
    for place in source.paths.filter(missing=False, container="").order_by("pk"):
        try:
            path, name = keep_copy(Path(place.path), source.name)
        except OSError:
            continue
        return redirect("list-book", pk=services.start_book(path, name, request.user.get_username()).pk)
    messages.error(request, _("原文件已不在原处，请在“Excel 往返”页重新选文件导入。"))
    return redirect("exchange")
