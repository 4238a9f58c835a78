"""Lists that an office keeps: all of them with their freshness, one with its rows, and the rows entered by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.chain_names import chain_label
from liantu.ledger.lists.cells import exchange_columns
from liantu.ledger.lists.publishing import compared, freshness_q, latest, next_position
from liantu.ledger.models import ChainList, Entity, ListRow, WorkChange
from liantu.ledger.rights import Action, Place, ensure
from liantu.ledger.standing import batches
from liantu.reporting import Column
from liantu.reporting.tables import Cell
from liantu.vocabulary import regions
from liantu.vocabulary.lists import list_kinds, rhythms
from liantu.workbench import labels
from liantu.workbench.cached import per_revision, revision
from liantu.workbench.correcting import in_language
from liantu.workbench.facets import Choice
from liantu.workbench.filters import WITHOUT, chosen, kept_region_q, whole, words_q
from liantu.workbench.formatting import chinese, region_name
from liantu.workbench.list_pages import (
    cells_for,
    counter_word,
    given_cells,
    headings,
    kind_word,
    lines_of,
    net_words,
    row_fields,
)
from liantu.workbench.listing import listing
from liantu.workbench.offering import place_to_enter
from liantu.workbench.project_records import changes
from liantu.workbench.record_forms import fields_for, given, region_text
from liantu.workbench.rights import needs
from liantu.workbench.rights_words import level_words
from liantu.workbench.views.answers import answer, file_answer

SORTS = {"title": "title", "confirmed": "confirmed_on", "kind": "list_kind"}
CHANGES_SHOWN = 200
SHOWN_COLUMNS = 8  # own columns in the table of a list; the others are on the row's page and in every export


def lists_q(params: QueryDict) -> Q:
    """The lists a page address asks for."""
    found = Q(removed_at=None) & words_q(chosen(params, "q"), "title", "chain", "owner_unit", "owner_person")
    if kind := chosen(params, "kind", list_kinds()):
        found &= Q(list_kind=kind)
    if state := chosen(params, "fresh", labels.FRESHNESS):
        found &= freshness_q(state, timezone.localdate())
    if chain := chosen(params, "chain"):
        found &= Q(chain="" if chain == WITHOUT else chain)
    found &= kept_region_q(chosen(params, "region"))
    if owner := chosen(params, "owner"):
        found &= Q(owner_unit="" if owner == WITHOUT else owner)
    return found


@needs(Action.READ)
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """All lists: kind, place, who keeps them, how fresh they are, what the last version brought."""
    at, today = revision(), timezone.localdate()
    page = listing(
        request, ChainList.objects.all(), lists_q(request.GET), name="lists", sorts=SORTS, default="title",
        last="id", at=at,
    )  # fmt: skip
    everything = ChainList.objects.filter(removed_at=None)
    told = list(everything.values_list("region_code", "chain", "owner_unit").distinct())
    context = {
        "listing": page,
        "lines": lines_of(page.rows, today),
        "kinds": [(kind.value, kind_word(kind)) for kind in list_kinds().values()],
        "freshness": labels.FRESHNESS,
        "states": [
            (state, word, everything.filter(freshness_q(state, today)).count())
            for state, word in labels.FRESHNESS.items()
        ],
        "bare": ListRow.objects.filter(list__removed_at=None, removed_at=None, has_owner=False).count(),
        "regions": [Choice(code, region_name(code)) for code in sorted({row[0] for row in told} - {""})],
        "chains": [Choice(name, name) for name in sorted({row[1] for row in told} - {""})],
        "owners": sorted({row[2] for row in told} - {""}),
        "rhythms": [r for r in rhythms().values() if r.due_after is not None],
        "params": request.GET,
        "today": today,
    }
    return answer(request, "workbench/lists.html", "workbench/parts/list_lines.html", "results", context)


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The lists that the filters let through, as a file."""
    columns = [
        Column(_("清单名称"), 32), Column(_("清单种类"), 14), Column(_("地区"), 14), Column(_("产业链"), 16),
        Column(_("责任单位"), 24), Column(_("责任人"), 12), Column(_("更新周期"), 10), Column(_("最近确认"), 12),
        Column(_("新旧"), 10), Column(_("行数"), 8), Column(_("无责任人的行"), 12), Column(_("最新版本"), 10),
        Column(_("发布日期"), 12), Column(_("净变化"), 12), Column(_("密级"), 8),
    ]  # fmt: skip

    def rows() -> Iterator[list[Cell]]:
        found = ChainList.objects.filter(lists_q(request.GET)).order_by("title", "pk")
        for part in batches(found.iterator(chunk_size=500), 500):
            for line in lines_of(part, timezone.localdate()):
                yield [
                    line.row.title, line.kind, line.region, line.row.chain, line.row.owner_unit, line.row.owner_person,
                    line.rhythm, line.row.confirmed_on, str(labels.FRESHNESS[line.freshness]), line.n_rows,
                    line.n_without_owner, line.latest.number if line.latest else None,
                    line.latest.published_on if line.latest else None, line.net, level_words(line.row.secrecy),
                ]  # fmt: skip

    return file_answer(form, _("清单"), columns, rows(), [])


def rows_q(chain_list: ChainList, params: QueryDict) -> Q:
    """The rows of a list that a page address asks for."""
    found = Q(list_id=chain_list.pk, removed_at=None)
    if params.get("bare"):
        found &= Q(has_owner=False)
    if state := chosen(params, "state", _states()):
        found &= Q(cells__row_state=state)
    for word in chosen(params, "q").split()[:6]:
        one = Q(name__icontains=word)
        for key in chain_list.columns:
            if exchange_columns(chain_list.list_kind)[key].type in {"text", "long", "chain", "uscc"}:
                one |= Q(**{f"cells__{key}__icontains": word})
        found &= one
    return found


def _states() -> dict[str, str]:
    from liantu.vocabulary.lists import list_words

    return {w.code: w.name_zh if chinese() else w.name_en for w in list_words()["row_state"].values()}


def sorts_of(chain_list: ChainList) -> dict[str, str]:
    """The orders of the rows of a list: by its columns."""
    return {"order": "position", "name": "name"} | {key: f"cells__{key}" for key in chain_list.columns}


def sorted_rows(chain_list: ChainList, request: HttpRequest) -> QuerySet[ListRow]:
    """The rows that the address asks for, in the order that it asks for."""
    sort = request.GET.get("sort", "order")
    key = sorts_of(chain_list).get(sort.removeprefix("-"), "position")
    by = F(key).desc(nulls_last=True) if sort.startswith("-") else F(key).asc(nulls_last=True)
    return ListRow.objects.filter(rows_q(chain_list, request.GET)).order_by(by, "pk")


@needs(Action.READ, on=ChainList)
@require_safe
def chain_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: its rows, who keeps it, its versions, and how it differs from the last published one."""
    found = get_object_or_404(ChainList, pk=pk, removed_at=None)
    page = listing(
        request, ListRow.objects.select_related("entity"), rows_q(found, request.GET), name=f"list:{pk}",
        sorts=sorts_of(found), default="order", last="id", at=revision(),
    )  # fmt: skip
    shown_columns = _shown(found, page.rows)
    newest = latest(found)

    def counted() -> dict[str, int]:
        change = compared(found, newest, None)
        kinds = {"added": change.added, "removed": change.removed, "changed": change.changed}
        return {"net": change.net} | {kind: len(rows) for kind, rows in kinds.items()}

    context = {
        "list": found,
        "line": lines_of([found], timezone.localdate())[0],
        "listing": page,
        "heads": headings(found.list_kind, shown_columns),
        "rows": [(row, cells_for(found.list_kind, shown_columns, row.cells)) for row in page.rows],
        "states": _states(),
        "versions": [
            (version, net_words(version.kind, version.net)) for version in found.versions.order_by("-number")[:12]
        ],
        "newest": newest,
        "change": per_revision(f"list-change:{pk}", counted),
        "counter": counter_word(found.kind),
        "params": request.GET,
        "fills": bool(found.kind.fills_from),
        "table": f"list-{found.pk}",
    }
    return answer(request, "workbench/list.html", "workbench/parts/list_rows.html", "results", context)


def _shown(chain_list: ChainList, rows: Sequence[ListRow]) -> list[str]:
    """The columns of the table: the first of those in which some row says something, and who answers for it."""
    own = [key for key in chain_list.columns if key in chain_list.kind.columns]
    filled = [key for key in own if any(row.cells.get(key) not in (None, "") for row in rows)] or own
    first = [chain_list.kind.title, *(key for key in filled if key != chain_list.kind.title)]
    return [*first[:SHOWN_COLUMNS], "owner_unit", "owner_person"]


@needs(Action.READ, on=ChainList)
@require_safe
def export_rows(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The rows that the page shows, as a file to read."""
    found = get_object_or_404(ChainList, pk=pk, removed_at=None)
    known = exchange_columns(found.list_kind)
    columns = [
        Column(word, known[key].width, known[key].format)
        for key, word, _css in headings(found.list_kind, found.columns)
    ]

    def rows() -> Iterator[list[Cell]]:
        from liantu.ledger.exchange.values import shown

        for cells in sorted_rows(found, request).values_list("cells", flat=True).iterator(chunk_size=1000):
            yield [shown(known[key], cells.get(key), english=not chinese()) for key in found.columns]

    return file_answer(form, found.title, columns, rows(), [])


def _list_values(post: Any) -> dict[str, Any]:
    """What the form of a list gives back; a place is written by name or code, a chain as people call it."""
    told = post.copy()
    place = told.get("region_code", "").strip()
    told["region_code"] = regions().code_of(place) if place else ""
    told["chain"] = chain_label(told["chain"].strip()) if told.get("chain", "").strip() else ""
    return given("list", told)


def _list_form(
    request: HttpRequest, values: Any, context: dict[str, Any], status: int = 200, stale: Any = None
) -> HttpResponse:
    context |= {
        "fields": fields_for("list", values, (), stale),
        "kind": "list",
        "title": _("清单"),
        "reason": request.POST.get("reason", ""),
        "hint": _("地区写名称或代码，如 晋中市、140700；留空表示不分地区。"),
    }
    return render(request, "workbench/record.html", context, status=status)


@needs(Action.EDIT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new list."""
    home = reverse("lists")
    kind = chosen(request.GET, "kind", list_kinds()) or "enterprise"
    here = place_to_enter(request)
    place = {"region_code": region_text(here.region_code), "chain": "".join(here.chains)}
    begun = place | {
        "list_kind": kind,
        "title": f"{list_kinds()[kind].name_zh}清单",
        "rhythm": list_kinds()[kind].rhythm,
    }
    if request.method == "POST":
        try:
            values = _list_values(request.POST)
            ensure(Action.EDIT, _place(values))
            change = services.add_record("list", values, request.user.get_username(), _reason(request))
        except ValueError as error:
            context = {"home": home, "name": _("清单"), "errors": in_language(error).split("\n")}
            return _list_form(request, request.POST, context, 422)
        messages.success(request, _("已建立清单，可以填行，也可以从 Excel 粘贴。"))
        return redirect("list", pk=change.row)
    return _list_form(request, begun, {"home": home, "name": _("清单")})


def _place(values: dict[str, Any]) -> Place:
    return Place(values.get("region_code") or "", (values["chain"],) if values.get("chain") else ())


@needs(Action.EDIT, on=ChainList)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Who keeps a list, how often, for what; its kind while it is empty."""
    found = get_object_or_404(ChainList, pk=pk, removed_at=None)
    home = reverse("list", args=[pk])
    context: dict[str, Any] = {
        "home": home,
        "name": found.title,
        "row": found,
        "version": found.version,
        "changes": changes(services.history_of("list", pk)),
    }
    if request.method == "POST":
        version = whole(request.POST, "version") or 0
        try:
            values = _list_values(request.POST)
            ensure(Action.EDIT, _place(values))
            services.change_record("list", pk, version, values, request.user.get_username(), _reason(request))
        except services.StaleEditError as stale:
            context |= {"stale": stale, "version": stale.current.version, "errors": [in_language(stale)]}
            return _list_form(request, request.POST, context, 409, stale)
        except ValueError as error:
            context |= {"errors": in_language(error).split("\n"), "version": version}
            return _list_form(request, request.POST, context, 422)
        messages.success(request, _("已保存，可在改动记录中撤回。"))
        return redirect(home)
    values = {column: getattr(found, column) for column in found.COLUMNS}
    values["region_code"] = region_text(found.region_code)
    return _list_form(request, values, context)


@needs(Action.EDIT, on=ChainList)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has looked through the list and found it right."""
    try:
        services.confirm_list(pk, request.user.get_username())
        messages.success(request, _("已记下：今天确认过，没有变化。"))
    except ValueError as error:
        messages.error(request, in_language(error))
    return redirect("list", pk=pk)


@needs(Action.EDIT, on=ChainList)
@require_http_methods(["GET", "POST"])
def add_row(request: HttpRequest, pk: int) -> HttpResponse:
    """A new row."""
    found = get_object_or_404(ChainList, pk=pk, removed_at=None)
    context: dict[str, Any] = {
        "title": _("新增一行"),
        "name": found.title,
        "home": reverse("list", args=[pk]),
        "kind": "listrow",
    }
    if request.method == "POST":
        try:
            values = given_cells(found, request.POST) | {"list_id": pk, "position": next_position(found)}
            services.add_record("listrow", values, request.user.get_username(), _reason(request))
        except ValueError as error:
            context |= {
                "errors": in_language(error).split("\n"),
                "fields": row_fields(found, request.POST, posted=True),
                "reason": request.POST.get("reason", ""),
            }
            return render(request, "workbench/record.html", context, status=422)
        messages.success(request, _("已记下，可在改动记录中撤回。"))
        return redirect("list", pk=pk)
    begun = {"owner_unit": found.owner_unit, "owner_person": found.owner_person, "row_state": "listed"}
    context["fields"] = row_fields(found, begun)
    return render(request, "workbench/record.html", context)


def _row(pk: int, **_rest: Any) -> ListRow | None:
    return ListRow._base_manager.filter(pk=pk).first()


@needs(Action.READ, post=Action.EDIT, on=_row)
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row: its cells to be changed, its evidence, its history."""
    found = get_object_or_404(ListRow.objects.select_related("list", "entity"), pk=pk, removed_at=None)
    chain_list, home = found.list, reverse("list", args=[found.list_id])
    context: dict[str, Any] = {
        "title": found.name, "name": chain_list.title, "home": home, "kind": "listrow", "row": found,
        "version": found.version, "changes": changes(services.history_of("listrow", pk)),
        "evidence": _evidence(found),
    }  # fmt: skip
    if request.method == "POST":
        version = whole(request.POST, "version") or 0
        by = request.user.get_username()
        try:
            services.change_record("listrow", pk, version, given_cells(chain_list, request.POST), by, _reason(request))
        except services.StaleEditError as stale:
            context |= {
                "stale": stale, "version": stale.current.version, "errors": [in_language(stale)],
                "fields": row_fields(chain_list, request.POST, posted=True, stale=stale),
            }  # fmt: skip
            return render(request, "workbench/record.html", context, status=409)
        except ValueError as error:
            context |= {
                "errors": in_language(error).split("\n"), "version": version,
                "fields": row_fields(chain_list, request.POST, posted=True),
            }  # fmt: skip
            return render(request, "workbench/record.html", context, status=422)
        messages.success(request, _("已保存，可在改动记录中撤回。"))
        return redirect(home)
    context["fields"] = row_fields(chain_list, found.cells)
    return render(request, "workbench/record.html", context)


def _evidence(found: ListRow) -> list[tuple[str, str]]:
    """Pages that say why a row is on the list: the thing it is about, and the statement."""
    told = []
    if found.entity_id is not None and found.entity is not None:
        home: Entity = found.entity
        told.append((reverse("entity", args=[home.canonical_id or home.pk]), home.name))
    if found.statement:
        told.append((reverse("statement", args=[found.statement]), _("说它的那句话")))
    return told


@needs(Action.READ, on=ChainList)
@require_safe
def list_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """All changes of a list and its rows, newest first."""
    found = get_object_or_404(ChainList, pk=pk)
    rows = WorkChange.objects.filter(root_kind="list", root_id=pk).order_by("-id")[:CHANGES_SHOWN]
    context = {"name": found.title, "home": reverse("list", args=[pk]), "changes": changes(rows)}
    return render(request, "workbench/changes.html", context)


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()[:500]
