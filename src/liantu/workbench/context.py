"""What every full page shows in its head."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from liantu.workbench.cached import revision
from liantu.workbench.review_queue import waiting


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The pages of the head line with the one shown now, and how many things wait for a person."""
    if not request.user.is_authenticated or getattr(request, "htmx", False):
        return {}
    at = revision()
    pages = [
        ("overview", _("总览"), 0),
        ("documents", _("文件"), 0),
        ("figures", _("数字"), 0),
        ("targets", _("目标"), 0),
        ("projects", _("项目"), 0),
        ("enterprises", _("企业"), 0),
        ("chains", _("产业链"), 0),
        ("phrases", _("提法"), 0),
        ("conflicts", _("分歧"), 0),
        ("review", _("核实"), waiting(at).total),
    ]
    here = request.resolver_match.url_name if request.resolver_match else ""
    section = SECTIONS.get(here or "", here)
    return {
        "navigation": [
            {"url": reverse(name), "label": label, "count": count, "here": name == section}
            for name, label, count in pages
        ]
    }


SECTIONS = {
    "document": "documents",
    "document-remove": "documents",
    "document-mark": "documents",
    "document-propose": "documents",
    "job-page": "documents",
    "statement": "figures",
    "statement-correct": "figures",
    "fact": "figures",
    "project": "projects",
    "project-investment": "projects",
    "record": "projects",
    "records": "projects",
    "record-add": "projects",
    "record-new": "projects",
    "project-changes": "projects",
    "campaigns": "projects",
    "campaign": "projects",
    "campaign-add": "projects",
    "campaign-changes": "projects",
    "rates": "projects",
    "rate": "projects",
    "schemes": "projects",
    "exchange": "projects",
    "exchange-preview": "projects",
    "row-changes": "projects",
    "enterprise": "enterprises",
    "chain": "chains",
    "zones": "chains",
    "phrase": "phrases",
    "check": "review",
    "history": "review",
}
"""Pages below the ones of the head line."""
