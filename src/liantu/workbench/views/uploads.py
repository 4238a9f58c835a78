"""Files dropped on the page: kept, read in a child process with limits, each with its result or one clear sentence."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liantu.ledger import services
from liantu.ledger.models import IngestItem
from liantu.ledger.rights import Action
from liantu.workbench.correcting import in_language
from liantu.workbench.filters import whole
from liantu.workbench.receiving import receive
from liantu.workbench.rights import needs


@needs(Action.EDIT)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Takes one or several files (field `files`) and answers with what became of each; `level` is their confidentiality."""
    files = request.FILES.getlist("files")
    problem = ""
    if not files:
        problem = _("没有收到文件，请选择一个或几个文件再试。")
    too_large = [f.name for f in files if f.size is not None and f.size > settings.UPLOAD_LIMIT_BYTES]
    if too_large:
        limit = settings.UPLOAD_LIMIT_BYTES // 1024 // 1024
        problem = _("文件过大（上限 %(limit)s MB）：%(names)s。请把它放进所服务的文件夹。") % {
            "limit": limit,
            "names": "、".join(str(name) for name in too_large),
        }
    items: list[IngestItem] = []
    if not problem:
        try:
            level = services.level_at_upload(request.user, whole(request.POST, "level"))
            items = receive(files, by=request.user.get_username(), level=level)
        except ValueError as error:
            problem = in_language(error)
    context = {"items": items, "problem": problem}
    status = 400 if problem else 200
    part = "workbench/parts/upload_results.html"
    page = "workbench/upload_done.html"
    response = render(request, part if request.headers.get("HX-Request") else page, context, status=status)
    response.headers["X-Liantu-Page"] = "upload"
    return response
