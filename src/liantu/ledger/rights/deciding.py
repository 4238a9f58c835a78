"""Whether an account may do a thing, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet

from liantu.ledger import models as tables
from liantu.ledger.models.records import WorkRecord
from liantu.ledger.rights.actions import Action
from liantu.ledger.rights.ambient import current_viewer, unrestricted
from liantu.ledger.rights.filters import narrowed
from liantu.ledger.rights.scopes import Place, Scope, Viewer, cell_of

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Tried:
    """One grant held against what was asked: what it lacks, of `action`, `region`, `chain`, `level`; nothing when it allows."""

    grant: Any
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether it may be done.

    `reason` is one of `administrator`, `granted`, `own` (the document of the reader's own office, or own work), `everyone`,
    and of `login`, `inactive`, `no_grant`, `missing` where it may not. `missing` then names what the nearest grant lacks.
    """

    allowed: bool
    reason: str
    action: Action
    place: Place | None = None
    missing: tuple[str, ...] = ()
    tried: tuple[Tried, ...] = field(default_factory=tuple)

    @property
    def grant(self) -> Any:
        """The grant that allows it, or the one that comes nearest; None without any."""
        return self.tried[0].grant if self.tried else None


class RefusedError(PermissionDenied):
    """Somebody wants to do what no grant of theirs allows."""

    def __init__(self, decision: Decision) -> None:
        what = {"read": "查看 / read", "edit": "登记或修改 / edit", "approve": "核定 / approve"}
        super().__init__(f"没有这项权限：{what.get(decision.action, '管理 / administer')}")
        self.decision = decision


def visible(user: Any, rows: QuerySet[M], action: Action = Action.READ) -> QuerySet[M]:
    """The rows that a user may see (or edit, approve). Costs nothing for whoever may see everything."""
    return narrowed(rows, _viewer_of(user).scope(action))


def may(user: Any, action: Action, on: models.Model | Place | None = None) -> Decision:
    """Whether a user may do something: at all (`on` None), with regard to a place, or with a row.

    A row is decided by the filter itself, so that this and what lists show never differ.
    """
    viewer = _viewer_of(user)
    account = viewer.user
    place = on if isinstance(on, Place) else place_of(on) if on is not None else None
    if not getattr(account, "is_authenticated", False):
        return Decision(False, "login", action, place)
    if not account.is_active:
        return Decision(False, "inactive", action, place)
    if account.is_superuser:
        return Decision(True, "administrator", action, place)
    tried = tuple(sorted((_tried(grant, action, place) for grant in viewer.grants), key=lambda t: len(t.missing)))
    if not tried:
        return Decision(False, "no_grant", action, place)
    scope = viewer.scope(action)
    if action == Action.ADMINISTER:  # accounts of the whole installation: by a grant without limits, or not at all
        allowed = scope.everything
    elif isinstance(on, models.Model) and on.pk is not None and not on._state.adding:
        allowed = _open(scope, on)
    else:
        allowed = any(not t.missing for t in tried)
    if allowed:
        return Decision(True, "granted" if not tried[0].missing else "own", action, place, (), tried)
    lacking = tried[0].missing or (("region",) if action == Action.ADMINISTER else ("row",))
    return Decision(False, "missing", action, place, lacking, tried)


def _open(scope: Scope, row: models.Model) -> bool:
    with unrestricted():
        return narrowed(type(row)._base_manager.filter(pk=row.pk), scope).exists()


def _tried(grant: Any, action: Action, place: Place | None) -> Tried:
    missing = () if action in grant.role.allowed else ("action",)
    return Tried(grant, missing + (cell_of(grant).missing(place) if place is not None else ()))


def _viewer_of(user: Any) -> Viewer:
    viewer = current_viewer()
    return viewer if viewer is not None and viewer.user == user else user if isinstance(user, Viewer) else Viewer(user)


def ensure(action: Action, on: models.Model | Place | None = None) -> None:
    """Raise RefusedError when the reader being answered may not do it. Nobody being answered (a command, the reader of
    files) may do all."""
    viewer = current_viewer()
    if viewer is not None and not (decision := may(viewer, action, on)).allowed:
        raise RefusedError(decision)


def place_of(row: models.Model) -> Place:
    """What a row concerns, for people to read; the filter has the last word."""
    with unrestricted():
        return _place_of(row)


def _place_of(row: models.Model) -> Place:
    if isinstance(row, tables.Entity):
        profile = tables.Profile.objects.filter(pk=row.canonical_id or row.pk).first()
        return _place_of(profile) if profile is not None else Place()
    if isinstance(row, tables.Statement):
        figure = tables.FigureView.objects.filter(pk=row.pk).first()
        thing = figure or (_profile(row.subject) if row.subject is not None else None)
        place = _place_of(thing) if thing is not None else Place()
        source = row.source
        if source is None:
            return place
        return Place(place.region_code or source.region_code, place.chains, source.level)
    if isinstance(row, WorkRecord) and row.PARENT:
        parent = getattr(row, row.PARENT)
        return _place_of(parent) if parent is not None else Place()
    names = {f.name for f in row._meta.concrete_fields}
    for relation in ("source", "project", "entity", "left", "statement"):
        if relation in names and "region_code" not in names and row._meta.get_field(relation).is_relation:
            other = getattr(row, relation)
            return _place_of(other) if other is not None else Place()
    chains = getattr(row, "chain_name", None) or getattr(row, "chain", None) or ""
    if isinstance(row, tables.EnterpriseView):
        told = tuple(row.chain_names)
    elif isinstance(row, tables.ChainView):
        told = (row.name,)
    else:
        told = (str(chains),) if chains else ()
    level = getattr(row, "secrecy", getattr(row, "level", 0))
    region = getattr(row, "region_code", "") or getattr(row, "city_code", "")
    return Place(region, told, level if isinstance(level, int) else 0)


def _profile(entity: Any) -> Any:
    return tables.Profile.objects.filter(pk=entity.canonical_id or entity.pk).first()
