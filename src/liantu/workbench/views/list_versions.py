"""Published versions of a list: publishing, one version with what it changed, two versions side by side, and as a document."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.lists.publishing import compared, former, is_untouched, latest
from liantu.ledger.models import ChainList, ListVersion
from liantu.ledger.rights import Action
from liantu.reporting.list_documents import FormalList, list_docx, list_xlsx
from liantu.workbench.correcting import in_language
from liantu.workbench.filters import whole
from liantu.workbench.formatting import chinese, region_name
from liantu.workbench.list_pages import cells_for, headings, net_words, told_difference
from liantu.workbench.record_forms import day
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import document_answer

PAGE = 100
TYPES = ("xlsx", "docx")


@needs(Action.APPROVE, on=ChainList)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Freezes the list as it stands."""
    try:
        text = request.POST.get("published_on", "").strip()
        version = services.publish_list(
            pk, request.user.get_username(), request.POST.get("note", "").strip(), day(text) if text else None
        )
    except ValueError as error:
        messages.error(request, in_language(error))
        return redirect("list", pk=pk)
    messages.success(
        request,
        _("已发布第 %(n)s 版：新增 %(a)s，退出 %(r)s，变更 %(c)s。")
        % {"n": version.number, "a": version.n_added, "r": version.n_removed, "c": version.n_changed},
    )
    return redirect("list-version", pk=version.pk)


@needs(Action.READ, on=ChainList)
@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """What the list as it stands would change against the last published version."""
    found = get_object_or_404(ChainList, pk=pk, removed_at=None)
    newest = latest(found)
    context = {
        "list": found,
        "before": newest,
        "after": None,
        "told": told_difference(found.list_kind, compared(found, newest, None)),
    }
    return render(request, "workbench/list_draft.html", context)


def _filled(found: ListVersion) -> list[str]:
    """The columns of a version in which some row says something."""
    said = {key for cells in found.rows.values_list("cells", flat=True).iterator(chunk_size=2000) for key in cells}
    return [key for key in found.columns if key in said]


@needs(Action.READ, on=ListVersion)
@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its head, what changed against an earlier one (`from`, else the one before), and its rows."""
    found = get_object_or_404(ListVersion.objects.select_related("list"), pk=pk)
    earlier = found.list.versions.filter(number__lt=found.number).order_by("-number")
    number = whole(request.GET, "from")
    before = earlier.filter(number=number).first() if number is not None else former(found)
    change = compared(found.list, before, found)
    page = Paginator(found.rows.order_by("position"), PAGE).get_page(request.GET.get("page"))
    columns = _filled(found)
    context: dict[str, Any] = {
        "version": found,
        "list": found.list,
        "before": before,
        "earlier": earlier,
        "told": told_difference(found.list_kind, change),
        "page": page,
        "heads": headings(found.list_kind, columns),
        "rows": [(row, cells_for(found.list_kind, columns, row.cells)) for row in page],
        "untouched": is_untouched(found),
        "region": region_name(found.region_code),
    }
    return render(request, "workbench/list_version.html", context)


@needs(Action.READ, on=ListVersion)
@require_safe
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """A version as a workbook or a document, with title, number, date and a line for the signature."""
    if form not in TYPES:
        raise Http404(_("只能导出 xlsx 或 docx。"))
    found = get_object_or_404(ListVersion.objects.select_related("list"), pk=pk)
    columns = _filled(found)
    heads = headings(found.list_kind, columns)
    place = " · ".join(part for part in (region_name(found.region_code), found.chain) if part)
    net = net_words(found.kind, found.net)
    counts = _("共 %(n)s 行；新增 %(a)s，退出 %(r)s，变更 %(c)s，%(net)s") % {
        "n": found.n_rows, "a": found.n_added, "r": found.n_removed, "c": found.n_changed, "net": net,
    }  # fmt: skip
    formal = FormalList(
        title=found.title,
        subtitle=" · ".join(
            part for part in (place, _("第 %(n)s 版") % {"n": found.number}, found.published_on.isoformat()) if part
        ),
        counts=counts,
        note=found.note,
        heads=[_("序号"), *(word for _key, word, _css in heads)],
        rows=[
            [str(row.position), *(words for _word, words, _css in cells_for(found.list_kind, columns, row.cells))]
            for row in found.rows.order_by("position")
        ],
        signature=[
            _("责任单位：%(unit)s") % {"unit": found.owner_unit or "＿＿＿＿＿＿"},
            _("责任人：%(name)s") % {"name": found.owner_person or "＿＿＿＿"},
            _("签字：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿"),
        ],
        print_mark=_("指纹 %(digest)s") % {"digest": found.digest[:16]},
    )
    content = list_xlsx(formal) if form == "xlsx" else list_docx(formal, chinese=chinese())
    file = f"{found.title}-第{found.number}版-{found.published_on.isoformat()}.{form}"
    return document_answer(form, "", content, file)
