"""Editing a chain's outline by hand, taking an edit back, and the outline as a file that comes back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.models import ChainOutline, WorkChange
from liantu.ledger.outlines.edges import KINDS
from liantu.ledger.outlines.keeping import EDITS
from liantu.ledger.outlines.tree import path_of, paths_of
from liantu.ledger.rights import Action, Place
from liantu.reporting import Column, Sheet, book_bytes
from liantu.reporting.chain_outline import LEVELS
from liantu.workbench.correcting import in_language
from liantu.workbench.filters import whole
from liantu.workbench.outline_editing import DOES
from liantu.workbench.rights import gives_place, needs
from liantu.workbench.views.answers import document_answer, file_answer
from liantu.workbench.views.chains import chain_page

SAID = ("does", "node", "name", "parent", "into", "below", "other", "kind", "note", "edge")


@gives_place
def outline_of(name: str, **_rest: object) -> Place:
    """An outline is one for every region: only a grant for all of them opens it."""
    return Place("", (name,))


@needs(Action.EDIT, on=outline_of)
@require_POST
def edit(request: HttpRequest, name: str) -> HttpResponse:
    """One edit. One that cannot be, or that somebody else's came before, says so above the outline as it is now."""
    said = {key: request.POST.get(key, "") for key in SAID}
    if said["does"] not in EDITS:
        raise Http404(_("没有这一种改动。"))
    by, reason = request.user.get_username(), request.POST.get("reason", "").strip()[:500]
    version, basis = whole(request.POST, "version") or 0, request.POST.get("basis", "")
    try:
        change = services.edit_outline(name, version, basis, said, by, reason)
    except ValueError as error:
        status = 409 if isinstance(error, services.StaleOutlineError) else 422
        told = in_language(error)
        if status == 409:  # nothing of what was meant is lost: it is told beside the outline as it is now
            meant = " · ".join(filter(None, [str(DOES[said["does"]]), said["name"], reason]))
            told = _("%(told)s（您要做的：%(meant)s）") % {"told": told, "meant": meant}
        return chain_page(request, name, said["node"], told, status)
    messages.success(request, _("已保存，可在改动记录中撤回。"))
    kept = {"merge": said["into"], "under": said["node"]}.get(said["does"], next(iter(change.after["nodes"]), ""))
    if said["does"] in ("rename", "move", "up", "down", "join", "unjoin"):
        kept = said["node"]
    chosen = "" if said["does"] in ("remove", "adopt") or not kept else f"?node={kept}"
    return redirect(reverse("chain", args=[name]) + chosen + "#outline")


@needs(Action.EDIT, on=outline_of)
@require_POST
def undo(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Takes one edit back."""
    try:
        services.undo_outline_change(name, pk, request.user.get_username())
    except (ChainOutline.DoesNotExist, WorkChange.DoesNotExist):
        raise Http404(_("没有这处改动。")) from None
    except ValueError as error:
        messages.error(request, in_language(error))
    else:
        messages.success(request, _("已撤回这处改动。"))
    return redirect(reverse("chain", args=[name]) + "#outline")


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """The outline with a column a level, every level written out; a workbook has the relations on a second sheet.

    Imported again it is the same.
    """
    now = services.outline_now(name)
    paths = [] if now.version == 0 and not now.newest_paths and not now.ours else paths_of(now.tree)
    if not paths:
        raise Http404(_("还没有这条链的大纲"))
    columns = [Column(level, 20) for level in LEVELS]
    rows = [[*path, *[None] * (len(LEVELS) - len(path))] for path in (path[: len(LEVELS)] for path in paths)]
    title = _("%(name)s大纲") % {"name": name}
    if form != "xlsx":
        return file_answer(form, title, columns, rows, [])
    joins = [Column("起点环节", 30), Column("终点环节", 30), Column("关系", 12, choices=_KINDS), Column("说明", 40)]
    told = [
        [*(" / ".join(path_of(now.tree, pk)) for pk in (edge.tail, edge.head)), KINDS[edge.kind][0], edge.note]
        for edge in now.edges.values()
    ]
    book = book_bytes([Sheet(title[:31], columns, rows), Sheet("环节关系", joins, told)])
    return document_answer("xlsx", title, book)


_KINDS = tuple(words[0] for words in KINDS.values())
