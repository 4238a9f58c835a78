"""What every full page shows in its head: groups of pages in the first line, the pages of the group shown now below it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liantu.ledger.models import Alert, RegistryMatch
from liantu.ledger.rights import Viewer
from liantu.workbench.cached import per_tables, revision
from liantu.workbench.review_queue import waiting
from liantu.workbench.rights import lets_in, need_of

GROUPS = (
    (_("总览"), (("overview", _("总览")),)),
    (
        _("文件与数字"),
        (
            ("documents", _("文件")),
            ("figures", _("数字")),
            ("phrases", _("提法")),
            ("conflicts", _("分歧")),
        ),
    ),
    (
        _("核实"),
        (
            ("review", _("核实")),
            ("history", _("核实记录")),
        ),
    ),
    (
        _("项目与企业"),
        (
            ("projects", _("项目")),
            ("campaigns", _("三个一批")),
            ("rates", _("比率")),
            ("enterprises", _("企业")),
            ("registry", _("企业对照登记")),
            ("exchange", _("Excel 往返")),
        ),
    ),
    (
        _("产业链"),
        (
            ("chains", _("产业链")),
            ("zones", _("园区和专业镇")),
        ),
    ),
    (
        _("诊断"),
        (
            ("diagnosis-places", _("地方诊断")),
            ("diagnosis-chains", _("链上诊断")),
            ("diagnosis-compare", _("各地比较")),
            ("diagnosis-firms", _("登记库企业")),
        ),
    ),
    (
        _("工作"),
        (
            # One page a line.
            ("week", _("本周")),
            ("programmes", _("链长工作")),
            ("tasks", pgettext_lazy("page", "任务")),
            ("orders", _("督办")),
            ("escalations", _("催办")),
            ("meetings", _("会议")),
            ("duties", _("周期职责")),
            ("certificates", _("称号与证书")),
            ("windows", _("政策申报窗口")),
            ("people", pgettext_lazy("page", "人员")),
        ),
    ),
    (
        _("目标与考评"),
        (
            # One page a line.
            ("alerts", _("预警")),
            ("alert-digest", _("预警摘要")),
            ("targets", _("目标")),
            ("scorecards", _("考核")),
            ("criteria", _("认定标准")),
            ("bulletins", _("通报")),
            ("lists", pgettext_lazy("pages", "清单")),
            ("kits", _("成套模板")),
        ),
    ),
)
"""The groups of the head line, each with its pages: the name of a page's address and its label."""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The groups of the head line and the pages of the group shown now, with how many things wait for a person."""
    if not request.user.is_authenticated or getattr(request, "htmx", False):
        return {}
    at = revision()
    counts = {"review": waiting(at).total, "alerts": grave_alerts(at), "registry": unknown_firms(at)}
    here = request.resolver_match.url_name if request.resolver_match else ""
    section = SECTIONS.get(here or "", here)
    viewer = getattr(request, "viewer", None) or Viewer(request.user)
    groups, pages = [], []
    for label, all_members in (*GROUPS, ADMINISTRATION):
        members = [member for member in all_members if _opens(viewer, member[0])]
        if not members:
            continue
        linked = [
            {"url": reverse(name), "label": word, "count": counts.get(name, 0), "here": name == section}
            for name, word in members
        ]
        inside = any(page["here"] for page in linked)
        count = sum(counts.get(name, 0) for name, _word in members)
        groups.append({"url": linked[0]["url"], "label": label, "count": count, "here": inside})
        if inside and len(linked) > 1:
            pages = linked
    return {"navigation": groups, "navigation_pages": pages}


ADMINISTRATION = (_("管理"), (("accounts", _("账号与权限")), ("audit", _("审计日志"))))


def _opens(viewer: Viewer, name: str) -> bool:
    """Whether a page of the head line opens to the reader: one that would only refuse is not offered."""
    need = need_of(resolve(reverse(name)).func)
    return need.action is None or lets_in(viewer, need, need.action).allowed


def grave_alerts(at: int) -> int:
    """Open alerts that are red: the number in the head line."""
    return per_tables("red-alerts", lambda: Alert.objects.filter(state="open", level="red").count(), at)


def unknown_firms(at: int) -> int:
    """Enterprises of which a person is to say which firm of the registry they are."""
    waits = RegistryMatch.objects.filter(band=RegistryMatch.Band.REVIEW)
    return per_tables("registry-review", lambda: waits.order_by().count(), at)


SECTIONS = {
    "account": "accounts",
    "account-invite": "accounts",
    "office": "accounts",
    "list": "lists",
    "list-new": "lists",
    "list-edit": "lists",
    "list-row": "lists",
    "list-row-add": "lists",
    "list-changes": "lists",
    "list-draft": "lists",
    "list-fill": "lists",
    "kit": "kits",
    "kit-duties": "kits",
    "list-book": "exchange",
    "list-version": "lists",
    "document": "documents",
    "document-remove": "documents",
    "document-page": "documents",
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
    "campaign": "campaigns",
    "campaign-add": "campaigns",
    "campaign-changes": "campaigns",
    "rate": "rates",
    "schemes": "projects",
    "criteria-set": "criteria",
    "criteria-edit": "criteria",
    "criteria-of": "criteria",
    "known-add": "criteria",
    "scorecard": "scorecards",
    "scorecard-edit": "scorecards",
    "score-enter": "scorecards",
    "scores-published": "scorecards",
    "target": "targets",
    "target-said": "targets",
    "target-add": "targets",
    "target-parts": "targets",
    "target-changes": "targets",
    "exchange-preview": "exchange",
    "row-changes": "exchange",
    "enterprise": "enterprises",
    "registry-review": "registry",
    "registry-find": "registry",
    "chain": "chains",
    "chain-map": "chains",
    "outline-versions": "chains",
    "phrase": "phrases",
    "diagnosis-place": "diagnosis-places",
    "diagnosis-chain": "diagnosis-chains",
    "check": "review",
    "alert": "alerts",
    "bulletin": "bulletins",
    "bulletin-edit": "bulletins",
    "bulletin-kind": "bulletins",
    "bulletin-save": "bulletins",
    "bulletin-figure": "bulletins",
    "alert-rules": "alerts",
    "alert-rules-bring": "alerts",
    "programme": "programmes",
    "posts": "programmes",
    "meeting": "meetings",
    "task": "tasks",
    "order": "orders",
    "duty": "duties",
    "certificate": "certificates",
    "window": "windows",
    "duty-calendar": "duties",
    "person": "people",
    "record-under": "tasks",
}
"""Pages below the ones of the head."""
