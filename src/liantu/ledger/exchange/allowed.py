"""Which rows of an import its person may write: a row of the ledger outside the right, or one that would come to lie outside
it, is an error of that row, told without saying what the ledger has there."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db.models import Model

from liantu.ledger.exchange.lists import ExchangeList
from liantu.ledger.exchange.tables import as_came, problem
from liantu.ledger.models import ImportRow
from liantu.ledger.rights import Action, Place, Viewer, may, unrestricted
from liantu.ledger.rights.deciding import place_of
from liantu.ledger.rights.filters import narrowed

WRITES = (ImportRow.Action.ADDED, ImportRow.Action.CHANGED, ImportRow.Action.CLASH, ImportRow.Action.REMOVED)
OUTSIDE = (
    "这一行不在您可以登记的地区、产业链或密级内，请找管理员授权，或从表里删去",
    "this row lies outside the regions, chains or level you may edit: ask for a grant, or take it off the file",
)


def limits_of(username: str) -> Viewer | None:
    """The account whose rights bind an import; None where nothing does: the command line, and whoever may edit everything."""
    user = get_user_model().objects.filter(username=username).first() if username else None
    if user is None:
        return None
    viewer = Viewer(user)
    return None if viewer.scope(Action.EDIT).everything else viewer


def held_back(list_: ExchangeList, rows: list[ImportRow], viewer: Viewer) -> list[ImportRow]:
    """The rows that the account may not write."""
    if (whole := list_.whole) is not None:
        return [] if may(viewer, Action.EDIT, whole).allowed else list(rows)
    scope = viewer.scope(Action.EDIT)
    known = [pk for row in rows if (pk := list_.pin_of(row)) is not None]
    with unrestricted():
        views = {view.pk: view for view in list_.view._default_manager.filter(pk__in=known)}
        mine = set(narrowed(list_.view._default_manager.filter(pk__in=known), scope).values_list("pk", flat=True))
    out = []
    for row in rows:
        pk = list_.pin_of(row)
        view = views.get(pk) if pk is not None else None
        outside = view is not None and (view.pk not in mine or _lowers(row, view, viewer))
        if outside or not any(not cell.missing(_place(row, view)) for cell in scope.cells):
            out.append(row)
    return out


def _place(row: ImportRow, view: Model | None) -> Place:
    """Where a row would lie once it is written."""
    here = place_of(view) if view is not None else Place()
    chains = here.chains
    if "chain" in row.told:
        told = row.told["chain"]
        chains = tuple(told) if isinstance(told, list | tuple) else (told,) if told else ()
    return Place(row.told.get("region", here.region_code) or "", chains, int(row.told.get("secrecy", here.level)))


def _lowers(row: ImportRow, view: Model, viewer: Viewer) -> bool:
    """Whether a row would make a record more open than it is, which needs the right to settle, as on its form."""
    if "secrecy" not in row.told or int(row.told["secrecy"]) >= place_of(view).level:
        return False
    return not may(viewer, Action.APPROVE, view).allowed


def refuse(list_: ExchangeList, rows: list[ImportRow], viewer: Viewer) -> list[ImportRow]:
    """The rows with those that may not be written turned into errors; what left the file and is none of theirs stays out."""
    asked = [row for row in rows if row.action in WRITES or list_.pin_of(row) is not None]
    outside = {id(row) for row in held_back(list_, asked, viewer)}
    kept = []
    for row in rows:
        if id(row) not in outside:
            kept.append(row)
        elif row.action != ImportRow.Action.REMOVED:
            if list_.pin_of(row) is not None:  # the ledger's name and earlier problems tell of what is there
                row.name, row.problems = row.called, []
            row.cells = as_came(row.came)
            row.action, row.entity_id, row.record, row.seen = ImportRow.Action.ERROR, None, None, ""
            row.told, row.before, row.after, row.clashes = {}, {}, {}, []
            row.problems = [*row.problems, problem(*OUTSIDE, sheet=row.sheet, row=row.number, value=row.name)]
            kept.append(row)
    return kept
