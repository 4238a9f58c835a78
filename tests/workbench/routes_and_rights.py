"""What every address is expected to need, written down by hand: the tests hold the pages against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from tests.workbench.worlds import CHAINS, World

READ, EDIT, APPROVE, ADMINISTER, EVERYBODY, ANYBODY = "read", "edit", "approve", "administer", "everybody", "anybody"
REFUSED = ""
"""The method is not answered (405)."""

Arguments = Callable[[World], list[dict[str, Any]]]


class Route(NamedTuple):
    """What GET and POST need; the arguments that lead to rows of a world; whether a row of another world is kept from sight; whether
    a right for a region is enough to come in."""

    get: str
    post: str
    arguments: Arguments = lambda world: [{}]
    row: bool = False
    partly: bool = False


def each(row: str, argument: str = "pk", /, **more: Any) -> Arguments:
    return lambda world: [{argument: pk, **more} for pk in world.rows.get(row, [])]


def forms(**more: Any) -> Arguments:
    return lambda world: [{"form": form, **more} for form in ("csv", "xlsx")]


def named(**more: Any) -> Arguments:
    return lambda world: [{"name": CHAINS[world.name], **more}]


def records(world: World) -> list[dict[str, Any]]:
    return [
        {"kind": kind.partition(":")[2], "pk": pk}
        for kind, pks in world.rows.items()
        if kind.startswith("record:")
        for pk in pks
    ]


def decisions(world: World) -> list[dict[str, Any]]:
    kinds = {"judgement": "judgement", "review": "review", "pairing": "pairing", "own": "own", "check": "check_word"}
    return [{"kind": kind, "pk": pk} for kind, key in kinds.items() for pk in world.rows.get(key, [])]


WORK = ("programmes", "meetings", "tasks", "orders", "duties", "certificates", "windows")
LISTED = ("problem", "permit", "factor", "month", "plan", "stage", "official", "detail")

ROUTES: dict[str, Route] = {
    "lists": Route(READ, REFUSED),
    "lists-export": Route(READ, REFUSED, forms()),
    "list-new": Route(EDIT, EDIT),
    "list": Route(READ, REFUSED, each("list"), row=True),
    "list-export": Route(READ, REFUSED, each("list", form="csv"), row=True),
    "list-edit": Route(EDIT, EDIT, each("list"), row=True),
    "list-confirm": Route(REFUSED, EDIT, each("list"), row=True),
    "list-changes": Route(READ, REFUSED, each("list"), row=True),
    "list-row": Route(READ, EDIT, each("listrow"), row=True),
    "list-row-add": Route(EDIT, EDIT, each("list"), row=True),
    "list-draft": Route(READ, REFUSED, each("list"), row=True),
    "list-publish": Route(REFUSED, APPROVE, each("list"), row=True),
    "list-version": Route(READ, REFUSED, each("listversion"), row=True),
    "list-version-export": Route(READ, REFUSED, each("listversion", form="xlsx"), row=True),
    "list-fill": Route(EDIT, REFUSED, each("list"), row=True),
    "list-fill-decide": Route(REFUSED, EDIT, each("list"), row=True),
    "list-fill-again": Route(REFUSED, EDIT, each("fillword"), row=True),
    "kits": Route(READ, REFUSED),
    "kit": Route(READ, REFUSED, lambda world: [{"kit_id": "hunan_5_5"}]),
    "kit-duties": Route(READ, EDIT, each("installedkit"), row=True),
    "kit-duties-back": Route(REFUSED, EDIT, each("installedkit"), row=True),
    "kit-install": Route(REFUSED, EDIT, lambda world: [{"kit_id": "hunan_5_5"}]),
    "kit-keep": Route(REFUSED, EDIT),
    "bulletins": Route(READ, REFUSED),
    "bulletin-make": Route(REFUSED, EDIT),
    "bulletin": Route(READ, REFUSED, each("bulletin"), row=True),
    "bulletin-export": Route(READ, REFUSED, each("bulletin", form="docx"), row=True),
    "bulletin-edit": Route(EDIT, REFUSED, each("bulletin"), row=True),
    "bulletin-save": Route(REFUSED, EDIT, each("bulletin"), row=True),
    "bulletin-recompute": Route(REFUSED, EDIT, each("bulletin"), row=True),
    "bulletin-publish": Route(REFUSED, APPROVE, each("bulletin"), row=True),
    "bulletin-drop": Route(REFUSED, EDIT, each("bulletin"), row=True),
    "bulletin-figure": Route(READ, REFUSED, each("bulletin", figure="x"), row=True),
    "week": Route(READ, REFUSED),
    "programmes": Route(READ, REFUSED),
    "programme": Route(READ, REFUSED, each("programme"), row=True),
    "posts": Route(READ, REFUSED, each("programme"), row=True),
    "post-decide": Route(REFUSED, EDIT, each("programme"), row=True),
    "meetings": Route(READ, REFUSED),
    "meeting": Route(READ, REFUSED, each("meeting"), row=True),
    "meeting-docx": Route(READ, REFUSED, each("meeting"), row=True),
    "tasks": Route(READ, REFUSED),
    "task": Route(READ, REFUSED, each("task"), row=True),
    "orders": Route(READ, REFUSED),
    "order": Route(READ, REFUSED, each("order"), row=True),
    "order-docx": Route(READ, REFUSED, each("order"), row=True),
    "escalations": Route(READ, EDIT),
    "ladder-own": Route(REFUSED, EDIT, lambda world: [{"subject": "order"}]),
    "duties": Route(READ, REFUSED),
    "duty-calendar": Route(READ, REFUSED),
    "duty": Route(READ, REFUSED, each("duty"), row=True),
    "certificates": Route(READ, REFUSED),
    "certificate": Route(READ, REFUSED, each("certificate"), row=True),
    "windows": Route(READ, REFUSED),
    "window": Route(READ, REFUSED, each("window"), row=True),
    "people": Route(READ, REFUSED),
    "person": Route(READ, REFUSED, lambda world: [{"pk": 0}]),
    "work-export": Route(READ, REFUSED, lambda world: [{"page": page, "form": "csv"} for page in WORK]),
    "work-step": Route(REFUSED, READ, each("task", kind="task"), row=True),
    "record-under": Route(EDIT, EDIT, each("task", parent="task", kind="task_note"), row=True),
    "accounts": Route(ADMINISTER, REFUSED, partly=True),
    "account-add": Route(REFUSED, ADMINISTER, partly=True),
    "account": Route(ADMINISTER, ADMINISTER, lambda world: [{"pk": 1}], partly=True),
    "account-active": Route(REFUSED, ADMINISTER, lambda world: [{"pk": 1}], partly=True),
    "account-invite": Route(REFUSED, ADMINISTER, lambda world: [{"pk": 1}], partly=True),
    "office": Route(ADMINISTER, ADMINISTER, lambda world: [{"pk": 1}], partly=True),
    "office-add": Route(ADMINISTER, ADMINISTER, partly=True),
    "role": Route(REFUSED, ADMINISTER),
    "grant": Route(REFUSED, ADMINISTER, partly=True),
    "grant-end": Route(REFUSED, ADMINISTER, lambda world: [{"pk": 1}], partly=True),
    "audit": Route(ADMINISTER, REFUSED),
    "audit-export": Route(ADMINISTER, REFUSED, forms()),
    "rights": Route(EVERYBODY, REFUSED),
    "password": Route(EVERYBODY, EVERYBODY),
    "invitation": Route(ANYBODY, ANYBODY, lambda world: [{"token": "x"}]),
    "document-level": Route(REFUSED, APPROVE, each("document"), row=True),
    "overview": Route(READ, READ),
    "login": Route(ANYBODY, ANYBODY),
    "logout": Route(REFUSED, EVERYBODY),
    "language": Route(REFUSED, ANYBODY),
    "documents": Route(READ, REFUSED),
    "upload": Route(REFUSED, EDIT),
    "documents-reread": Route(REFUSED, ADMINISTER),
    "job-page": Route(READ, REFUSED, each("job"), row=True),
    "job": Route(READ, REFUSED, each("job"), row=True),
    "job-stop": Route(REFUSED, EDIT, each("job"), row=True),
    "document": Route(READ, REFUSED, each("document"), row=True),
    "document-page": Route(READ, REFUSED, each("document", number=1), row=True),
    "document-date": Route(REFUSED, EDIT, each("document"), row=True),
    "document-remove": Route(APPROVE, APPROVE, each("document"), row=True),
    "document-own": Route(REFUSED, APPROVE, each("document"), row=True),
    "document-mark": Route(EDIT, EDIT, each("document"), row=True),
    "document-reread": Route(REFUSED, EDIT, each("document"), row=True),
    "document-propose": Route(EDIT, EDIT, each("document"), row=True),
    "document-gold": Route(READ, REFUSED, each("document"), row=True),
    "figures": Route(READ, REFUSED),
    "figures-export": Route(READ, REFUSED, forms()),
    "criteria": Route(READ, REFUSED),
    "criteria-set": Route(READ, REFUSED, lambda world: [{"key": "little_giant_2022"}]),
    "criteria-export": Route(READ, REFUSED, forms(key="little_giant_2022")),
    "criteria-edit": Route(READ, EDIT, lambda world: [{"key": "little_giant_2022"}]),
    "criteria-of": Route(READ, REFUSED, each("enterprise", key="little_giant_2022"), row=True),
    "known-add": Route(EDIT, EDIT, each("enterprise"), row=True),
    "scorecards": Route(READ, REFUSED),
    "scorecard": Route(READ, REFUSED, lambda world: [{"key": "region_dispatch"}]),
    "scorecard-export": Route(
        READ, REFUSED, lambda world: [{"key": "region_dispatch", "form": form} for form in ("csv", "docx")]
    ),
    "bulletin-kind": Route(READ, EDIT, lambda world: [{"key": "monthly_dispatch"}]),
    "scorecard-edit": Route(READ, EDIT, lambda world: [{"key": "region_dispatch"}]),
    "score-enter": Route(EDIT, EDIT, lambda world: [{"key": "region_dispatch"}]),
    "scores-publish": Route(REFUSED, APPROVE, lambda world: [{"key": "region_dispatch"}]),
    "scores-published": Route(READ, REFUSED, each("scores"), row=True),
    "scores-published-export": Route(READ, REFUSED, each("scores", form="csv"), row=True),
    "targets": Route(READ, REFUSED),
    "targets-export": Route(READ, REFUSED, forms()),
    "targets-take": Route(REFUSED, EDIT),
    "target": Route(READ, REFUSED, each("target"), row=True),
    "target-said": Route(READ, REFUSED, each("aim"), row=True),
    "target-actual": Route(REFUSED, EDIT, each("target"), row=True),
    "target-revision": Route(REFUSED, EDIT, each("target"), row=True),
    "target-parts": Route(REFUSED, EDIT, each("target"), row=True),
    "target-parts-export": Route(READ, REFUSED, each("target", form="csv"), row=True),
    "target-changes": Route(READ, REFUSED, each("target"), row=True),
    "target-add": Route(EDIT, EDIT, each("target", kind="target_part"), row=True),
    "alerts": Route(READ, REFUSED),
    "alerts-export": Route(READ, REFUSED, forms()),
    "alerts-run": Route(REFUSED, EDIT),
    "alert-digest": Route(READ, REFUSED),
    "alert-digest-export": Route(READ, REFUSED, lambda world: [{"form": "xlsx"}]),
    "alert-rules": Route(READ, REFUSED),
    "alert-rules-export": Route(READ, REFUSED, lambda world: [{"form": "csv"}]),
    "alert-rules-bring": Route(REFUSED, ADMINISTER),
    "alert-rule-switch": Route(REFUSED, ADMINISTER, lambda world: [{"rule": "x"}]),
    "alert": Route(READ, REFUSED, each("alert"), row=True),
    "alert-answer": Route(REFUSED, EDIT, each("alert"), row=True),
    "search": Route(READ, REFUSED),
    "search-export": Route(READ, REFUSED, forms()),
    "statement": Route(READ, REFUSED, each("statement"), row=True),
    "statement-review": Route(REFUSED, APPROVE, each("statement"), row=True),
    "statement-correct": Route(EDIT, REFUSED, each("statement"), row=True),
    "check": Route(READ, REFUSED, each("check"), row=True),
    "check-dismiss": Route(REFUSED, APPROVE, each("check"), row=True),
    "fact": Route(READ, REFUSED, each("fact"), row=True),
    "conflicts": Route(READ, REFUSED),
    "projects": Route(READ, REFUSED),
    "projects-export": Route(READ, REFUSED, forms()),
    "project": Route(READ, REFUSED, each("project"), row=True),
    "project-investment": Route(READ, REFUSED, each("project"), row=True),
    "record-add": Route(EDIT, EDIT, each("project", kind="problem"), row=True),
    "project-changes": Route(READ, REFUSED, each("project"), row=True),
    "records-export": Route(READ, REFUSED, lambda world: [{"kind": kind, "form": "csv"} for kind in LISTED]),
    "records": Route(READ, REFUSED, lambda world: [{"kind": kind} for kind in LISTED]),
    "record-new": Route(EDIT, EDIT, lambda world: [{"kind": "campaign"}]),
    "record": Route(READ, EDIT, records, row=True),
    "record-remove": Route(REFUSED, EDIT, records, row=True),
    "change-undo": Route(REFUSED, EDIT, each("change"), row=True),
    "campaigns": Route(READ, REFUSED),
    "campaigns-export": Route(READ, REFUSED, forms()),
    "campaign": Route(READ, REFUSED, each("campaign"), row=True),
    "campaign-export": Route(READ, REFUSED, each("campaign", form="csv"), row=True),
    "campaign-paste": Route(REFUSED, EDIT, each("campaign"), row=True),
    "campaign-changes": Route(READ, REFUSED, each("campaign"), row=True),
    "campaign-add": Route(EDIT, EDIT, each("campaign", kind="total"), row=True),
    "rates": Route(READ, REFUSED),
    "rates-export": Route(READ, REFUSED, forms()),
    "rate": Route(READ, REFUSED, lambda world: [{"definition": "signed_to_start_rate"}]),
    "schemes": Route(READ, REFUSED),
    "scheme-own": Route(REFUSED, EDIT, lambda world: [{"scheme": "x"}]),
    "enterprises": Route(READ, REFUSED),
    "enterprises-export": Route(READ, REFUSED, forms()),
    "enterprise": Route(READ, REFUSED, each("enterprise"), row=True),
    "entity": Route(READ, REFUSED, each("enterprise"), row=True),
    "registry": Route(READ, REFUSED),
    "registry-export": Route(READ, REFUSED, forms()),
    "registry-resolve": Route(REFUSED, EDIT),
    "registry-review": Route(READ, REFUSED),
    "registry-find": Route(READ, REFUSED, each("enterprise"), row=True),
    "registry-decide": Route(REFUSED, APPROVE, each("enterprise"), row=True),
    "registry-undo": Route(REFUSED, APPROVE, each("linkchange"), row=True),
    "chains": Route(READ, REFUSED),
    "phrases": Route(READ, REFUSED),
    "phrases-export": Route(READ, REFUSED, forms()),
    "phrase": Route(READ, REFUSED, each("phrase"), row=True),
    "zones": Route(READ, REFUSED),
    "chain": Route(READ, REFUSED, named()),
    "chain-map": Route(READ, REFUSED, named()),
    "chain-map-export": Route(READ, REFUSED, named(form="csv")),
    "outline-versions": Route(READ, REFUSED, named()),
    "outline-edit": Route(REFUSED, EDIT, named()),
    "outline-export": Route(READ, REFUSED, named(form="csv")),
    "outline-undo": Route(REFUSED, EDIT, named(pk=1)),
    "review": Route(READ, REFUSED),
    "judge-pair": Route(REFUSED, APPROVE, each("judgement"), row=True),
    "judge-facts": Route(REFUSED, APPROVE, each("pair"), row=True),
    "settle-conflict": Route(REFUSED, APPROVE, each("fact"), row=True),
    "proposal-decide": Route(REFUSED, APPROVE, each("proposal"), row=True),
    "proposal-undo": Route(REFUSED, APPROVE, each("proposal"), row=True),
    "word-drop": Route(REFUSED, APPROVE, each("review", kind="review"), row=True),
    "gold": Route(READ, REFUSED),
    "history": Route(READ, REFUSED),
    "undo": Route(REFUSED, APPROVE, decisions, row=True),
    "exchange": Route(EDIT, REFUSED),
    "exchange-upload": Route(REFUSED, EDIT),
    "exchange-export": Route(
        READ,
        REFUSED,
        lambda world: [{"kind": k, "form": "csv"} for k in ("project", "enterprise", "certificate", "window")],
    ),
    "exchange-preview": Route(EDIT, REFUSED, each("import"), row=True),
    "exchange-state": Route(EDIT, REFUSED, each("import"), row=True),
    "exchange-headers": Route(REFUSED, EDIT, each("import"), row=True),
    "exchange-side": Route(REFUSED, EDIT, each("import"), row=True),
    "exchange-again": Route(REFUSED, EDIT, each("import"), row=True),
    "exchange-write": Route(REFUSED, EDIT, each("import"), row=True),
    "exchange-stop": Route(REFUSED, EDIT, each("import"), row=True),
    "exchange-returned": Route(EDIT, REFUSED, each("import"), row=True),
    "list-book": Route(EDIT, REFUSED, each("listbook"), row=True),
    "list-book-take-in": Route(REFUSED, EDIT, each("listbook"), row=True),
    "list-book-write": Route(REFUSED, EDIT, each("listbook"), row=True),
    "list-book-of": Route(REFUSED, EDIT, each("document"), row=True),
    "row-changes": Route(READ, REFUSED, each("changeset"), row=True),
    "row-changes-undo": Route(REFUSED, EDIT, each("changeset"), row=True),
    "diagnosis-places": Route(READ, REFUSED),
    "diagnosis-place": Route(READ, REFUSED, lambda world: [{"code": "140100"}]),
    "diagnosis-place-export": Route(READ, REFUSED, lambda world: []),
    "diagnosis-chains": Route(READ, REFUSED),
    "diagnosis-chain": Route(READ, REFUSED, lambda world: []),
    "diagnosis-chain-export": Route(READ, REFUSED, lambda world: []),
    "diagnosis-compare": Route(READ, REFUSED),
    "diagnosis-compare-export": Route(READ, REFUSED, forms()),
    "diagnosis-firms": Route(READ, REFUSED),
    "diagnosis-firms-export": Route(READ, REFUSED, lambda world: []),
    "api:openapi-json": Route(READ, REFUSED),
    "api:api-root": Route(READ, REFUSED),
    "api:overview": Route(READ, REFUSED),
    "api:figures": Route(READ, REFUSED),
    "api:search": Route(READ, REFUSED),
    "api:fact": Route(READ, REFUSED, each("fact"), row=True),
    "api:statement": Route(READ, REFUSED, each("statement"), row=True),
    "api:projects": Route(READ, REFUSED),
    "api:project": Route(READ, REFUSED, each("project", "entity"), row=True),
    "api:project_records": Route(READ, REFUSED, each("project", "entity"), row=True),
    "api:campaigns": Route(READ, REFUSED),
    "api:rates": Route(READ, REFUSED),
    "api:enterprises": Route(READ, REFUSED),
    "api:registry_links": Route(READ, REFUSED),
    "api:chains": Route(READ, REFUSED),
    "api:phrases": Route(READ, REFUSED),
    "api:checks": Route(READ, REFUSED),
    "api:documents": Route(READ, REFUSED),
    "api:programmes": Route(READ, REFUSED),
    "api:meetings": Route(READ, REFUSED),
    "api:tasks": Route(READ, REFUSED),
    "api:orders": Route(READ, REFUSED),
    "api:duties": Route(READ, REFUSED),
    "api:alerts": Route(READ, REFUSED),
    "api:lists": Route(READ, REFUSED),
    "api:list_rows": Route(READ, REFUSED, each("list"), row=True),
    "api:targets": Route(READ, REFUSED),
    "api:bulletins": Route(READ, REFUSED),
    "api:bulletin": Route(READ, REFUSED, each("bulletin"), row=True),
    "api:scorecards": Route(READ, REFUSED),
    "api:scores": Route(READ, REFUSED, lambda world: [{"key": "region_dispatch"}]),
    "api:criteria": Route(READ, REFUSED),
    "api:candidates": Route(READ, REFUSED, lambda world: [{"key": "little_giant_2022"}]),
}


def addresses() -> Iterator[tuple[str, Any]]:
    """The name of every address that is answered, and its view."""
    yield from _of(get_resolver().url_patterns, ())


def _of(patterns: Any, spaces: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _of(pattern.url_patterns, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*spaces, pattern.name or str(pattern.pattern))), pattern.callback
