"""What the ledger suggests for a list, each with its reason and evidence; a person follows it or not."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.lists.filling import suggestions
from liantu.ledger.models import ChainList, FillWord
from liantu.ledger.rights import Action
from liantu.workbench.correcting import in_language
from liantu.workbench.list_pages import row_change_lines
from liantu.workbench.rights import needs

PAGE = 200


@needs(Action.EDIT, on=ChainList)
@require_safe
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Additions, removals and changes that the ledger suggests."""
    found = get_object_or_404(ChainList, pk=pk, removed_at=None)
    told = suggestions(found)
    page = Paginator(told, PAGE).get_page(request.GET.get("page"))
    context = {
        "list": found,
        "page": page,
        "rows": [(one, row_change_lines(found.list_kind, one.before, one.cells)) for one in page],
        "total": len(told),
        "refused": FillWord.objects.filter(list=found, undone_at=None).order_by("-pk")[:PAGE],
    }
    return render(request, "workbench/list_fill.html", context)


@needs(Action.EDIT, on=ChainList)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Follows the suggestions that were ticked (`how=follow`), or notes that they are not to be followed."""
    get_object_or_404(ChainList, pk=pk, removed_at=None)
    chosen, by = request.POST.getlist("suggestion"), request.user.get_username()
    if not chosen:
        messages.error(request, _("没有勾选任何一条。"))
        return redirect("list-fill", pk=pk)
    try:
        if request.POST.get("how") == "follow":
            done, gone = services.follow_suggestions(pk, chosen, by)
            messages.success(request, _("已采纳 %(n)s 条，可在改动记录中逐条撤回。") % {"n": done})
            if gone:
                messages.warning(request, _("有 %(n)s 条在您看的时候已经变了，请再看一遍。") % {"n": gone})
        else:
            done = services.refuse_suggestions(pk, chosen, by, request.POST.get("reason", "").strip())
            messages.success(request, _("已记下不采纳 %(n)s 条，不再提示。") % {"n": done})
    except ValueError as error:
        messages.error(request, in_language(error))
    return redirect("list-fill", pk=pk)


def _list_of_word(pk: int) -> ChainList | None:
    word = FillWord._base_manager.filter(pk=pk).select_related("list").first()
    return word.list if word is not None else None


@needs(Action.EDIT, on=_list_of_word)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets a suggestion be made again."""
    word = get_object_or_404(FillWord, pk=pk, undone_at=None)
    services.suggest_again(pk, request.user.get_username())
    messages.success(request, _("以后会再提示这一条。"))
    return redirect("list-fill", pk=word.list_id)
