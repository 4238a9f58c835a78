"""The lists of the office's work: which columns each shows, how it is filtered, sorted and searched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liantu.ledger.duties.escalating import LATE_TASKS
from liantu.ledger.models import TaskNote
from liantu.ledger.work.choosing import Chosen
from liantu.ledger.work.kinds import KINDS, codes_of, field_of
from liantu.vocabulary import regions
from liantu.workbench.facets import Choice, regions_above
from liantu.workbench.filters import WITHOUT, chosen, kept_region_q, whole, words_q
from liantu.workbench.record_forms import code_word

OPEN_STATES: Mapping[str, tuple[str, ...]] = {
    "task": (*LATE_TASKS, "verifying"),
    "order": ("issued", "replied", "verifying"),
}
"""States in which something is still to be done."""
CHASED: Mapping[str, tuple[str, ...]] = {"task": LATE_TASKS, "order": ("issued",)}
"""States in which a day gone by is a day too late."""
UNITS_OFFERED = 200


@dataclass(frozen=True, slots=True)
class WorkList:
    """One list. `columns` are shown, and leave in files; `related` are joined in; `coded` are columns of codes offered as filters."""

    kind: str
    title: Promise
    about: Promise
    new: Promise
    columns: tuple[str, ...]
    sorts: Mapping[str, str]
    default: str
    search: tuple[str, ...]
    related: tuple[str, ...] = ()
    coded: tuple[str, ...] = ()
    links: tuple[tuple[str, Promise], ...] = field(default=())


LISTS: Mapping[str, WorkList] = {
    "programmes": WorkList(
        "programme", _("链长工作"),
        _("一个地区的一条重点产业链：谁任链长、谁牵头、专班有谁，该配的各项有没有。"), _("新建一条链"),
        ("region_code", "chain", "since", "until", "kit", "aim"),
        {"place": "region_code", "chain": "chain", "since": "since"}, "place", ("chain", "aim", "note"),
    ),
    "meetings": WorkList(
        "meeting", _("会议"), _("开过的会、议定的事；议定事项一键转为任务。"), _("登记会议"),
        ("held_on", "kind", "title", "chair", "region_code", "chain", "venue"),
        {"day": "held_on", "title": "title"}, "-day", ("title", "minutes", "venue", "decisions__text"), ("chair",), ("kind",),
    ),
    "tasks": WorkList(
        "task", pgettext_lazy("page", "任务"), _("谁、在哪天之前、办什么、依据什么；办结要由另一个人核验才销号。"), _("交办任务"),
        ("title", "owner", "owner_unit", "due", "state", "region_code", "chain"),
        {"due": "due", "title": "title", "state": "state", "unit": "owner_unit"}, "due",
        ("title", "aim", "owner_unit", "support_units", "owner__name"), ("owner",), ("state",),
    ),
    "orders": WorkList(
        "order", _("督办"), _("正式督办的事项：下给谁、哪天前答复、答复了没有、办结是否核验。"), _("下督办单"),
        ("number", "title", "rank", "owner_unit", "owner", "issued_on", "due", "state", "region_code", "chain"),
        {"due": "due", "number": "number", "issued": "issued_on", "state": "state"}, "due",
        ("number", "title", "requirement", "owner_unit", "owner__name"), ("owner",), ("state", "rank"),
    ),
    "duties": WorkList(
        "duty", _("周期职责"), _("按日、周、旬、月、季、半年、年重复的事：谁报给谁、哪天到期。"), _("新建职责"),
        ("title", "cadence", "rule", "number", "owner", "owner_unit", "to_whom", "since", "until", "region_code", "chain"),
        {"title": "title", "cadence": "cadence", "unit": "owner_unit"}, "unit",
        ("title", "owner_unit", "to_whom", "owner__name"), ("owner",), ("cadence",),
        (("duty-calendar", _("月历")),),
    ),
    "certificates": WorkList(
        "certificate", _("称号与证书"), _("企业的认定和证书、到哪天有效、复核到哪一步；快到期和过期的自动预警。"), _("登记一项"),
        ("title", "holder", "level", "issued_on", "valid_until", "renewal", "owner_unit", "region_code", "chain"),
        {"until": "valid_until", "holder": "holder", "issued": "issued_on"}, "until",
        ("title", "holder", "number", "issuer"), ("owner",), ("level", "renewal"),
    ),
    "windows": WorkList(
        "window", _("政策申报窗口"), _("政策从哪天到哪天可以申报、本地组织申报没有；快截止和错过的自动预警。"), _("登记一次申报"),
        ("title", "department", "opens_on", "closes_on", "applied_on", "who", "owner_unit", "region_code", "chain"),
        {"closes": "closes_on", "opens": "opens_on", "title": "title"}, "closes",
        ("title", "document_number", "department", "who"), ("owner",),
    ),
    "people": WorkList(
        "person", _("人员"), _("任职、办事、核验的人；管理员在这里把人和登录账号对应起来。"), _("登记人员"),
        ("name", "unit", "post", "telephone", "region_code"),
        {"unit": "unit", "name": "name"}, "unit", ("name", "unit", "post"),
    ),
}  # fmt: skip
"""By the name of its page."""


def rows_of(page: str) -> QuerySet[Any]:
    """All rows of a list with what its table needs; tasks with the percentage that was noted last."""
    spec = LISTS[page]
    rows = KINDS[spec.kind]._default_manager.select_related(*spec.related)
    if spec.kind != "task":
        return rows
    notes = TaskNote.objects.filter(task=OuterRef("pk"), removed_at=None, percent__isnull=False).order_by("-on", "-pk")
    return rows.annotate(percent=Subquery(notes.values("percent")[:1]))


def where_of(page: str, params: QueryDict, today: date) -> Q:
    """The rows a page address asks for; what cannot be read is not applied."""
    spec = LISTS[page]
    model, found = KINDS[spec.kind], Q(removed_at=None)
    columns = {f.name for f in model._meta.concrete_fields}
    found &= kept_region_q(chosen(params, "region"))
    if "chain" in columns and (chain := chosen(params, "chain")):
        found &= Q(chain="" if chain == WITHOUT else chain)
    for column in spec.coded:
        if value := chosen(params, column, {*codes_of(field_of(spec.kind, column)), "unfinished"}):
            found &= Q(state__in=OPEN_STATES[spec.kind]) if value == "unfinished" else Q(**{column: value})
    if "owner" in columns and (owner := whole(params, "owner")) is not None:
        found &= Q(owner=owner)
    if "owner_unit" in columns and (unit := chosen(params, "unit")):
        found &= Q(owner_unit=unit)
    if "programme" in columns and (programme := whole(params, "programme")) is not None:
        found &= Q(programme=programme)
    if spec.kind in CHASED and params.get("late"):
        found &= Q(due__lt=today, state__in=CHASED[spec.kind])
    if "due" in columns and (until := _day(params.get("until", ""))) is not None:
        found &= Q(due__lte=until)
    words = words_q(chosen(params, "q"), *spec.search)
    if any("__" in name and not name.startswith("owner__") for name in spec.search) and words:
        return found & Q(pk__in=Chosen(model._default_manager.filter(words).values("pk"), repr(words)))
    return found & words


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def choices_of(page: str) -> dict[str, Any]:
    """What the filters of a list offer: regions, chains, owners and units that occur, and the codes."""
    spec = LISTS[page]
    model = KINDS[spec.kind]
    columns = {f.name for f in model._meta.concrete_fields}
    found: dict[str, Any] = {"regions": regions_above({c for c in _distinct(model, "region_code") if c in regions()})}
    if "chain" in columns:
        found["chains"] = [Choice(name, name) for name in _distinct(model, "chain")]
    if "owner_unit" in columns:
        found["units"] = _distinct(model, "owner_unit")[:UNITS_OFFERED]
    if "owner" in columns:
        rows: QuerySet[Any] = model._default_manager.all()
        held = rows.filter(removed_at=None, owner__isnull=False).order_by("owner__name", "owner")
        found["owners"] = list(held.values_list("owner", "owner__name").distinct())
    coded: list[tuple[str, str, Sequence[tuple[str, str]]]] = []
    for column in spec.coded:
        target = field_of(spec.kind, column)
        coded.append((column, str(target.verbose_name), [(code, code_word(target, code)) for code in codes_of(target)]))
    found["coded"] = coded
    return found


def _distinct(model: type[Model], column: str) -> list[str]:
    rows = model._default_manager.filter(removed_at=None).exclude(**{column: ""})
    return list(rows.order_by(column).values_list(column, flat=True).distinct())


def is_late(kind: str, row: Any, today: date) -> bool:
    """Whether a row is past its day and still owed."""
    return kind in CHASED and row.due is not None and row.due < today and row.state in CHASED[kind]
