"""What an administrator of some regions may do: to accounts, offices and grants that lie within the own grants, and no further.

Whoever administers everything is bound by nothing here. Others never give what they do not hold: each action of a role must be
theirs for the whole of the region, the chains and the level that are granted. An account that may do more than they may is not
theirs to shut, and not theirs to invite either: the link sets its password.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from liantu.ledger.models import Grant, Office, Role
from liantu.ledger.rights import Action, Cell, Decision, Place, RefusedError, Viewer, current_viewer
from liantu.ledger.rights.scopes import cell_of, holds_region


def everywhere(viewer: Viewer) -> bool:
    """Whether somebody administers the whole installation."""
    return viewer.scope(Action.ADMINISTER).everything


def holds(viewer: Viewer, actions: Iterable[str], cell: Cell) -> bool:
    """Whether somebody administers all of a cell, and may do each of these actions in all of it."""
    wanted = {Action.ADMINISTER, *(Action(action) for action in actions)}
    return all(any(own.covers(cell) for own in viewer.scope(action).cells) for action in wanted)


def holds_place(viewer: Viewer, region: str) -> bool:
    """Whether a region lies within one that somebody administers."""
    return any(holds_region(own.region, region) for own in viewer.scope(Action.ADMINISTER).cells)


def in_force() -> QuerySet[Grant]:
    """The grants that hold today."""
    running = Q(until=None) | Q(until__gte=timezone.localdate())
    return Grant.objects.filter(running, ended_at=None).select_related("role", "user", "office").order_by("pk")


def administered(viewer: Viewer, users: Iterable[Any]) -> list[Any]:
    """Those of the users (with `account__office` joined in) whom somebody administers; two queries, however many there are."""
    found = list(users)
    if everywhere(viewer):
        return found
    held: dict[tuple[str, int | None], list[Grant]] = {}
    for grant in in_force():
        held.setdefault(("user", grant.user_id) if grant.user_id else ("office", grant.office_id), []).append(grant)
    return [user for user in found if _within(viewer, user, held)]


def _within(viewer: Viewer, user: Any, held: dict[tuple[str, int | None], list[Grant]]) -> bool:
    office = getattr(getattr(user, "account", None), "office", None)
    grants = [*held.get(("user", user.pk), []), *(held.get(("office", office.pk), []) if office is not None else [])]
    if user.is_superuser or (office is None and not grants):
        return False
    if office is not None and not holds_place(viewer, office.region_code):
        return False
    return all(holds(viewer, grant.role.allowed, cell_of(grant)) for grant in grants)


def ensure_account(user: Any) -> None:
    """Raises RefusedError when the account is none that the reader being answered administers."""
    viewer = current_viewer()
    if viewer is not None and not administered(viewer, [_joined(user)]):
        raise refused()


def ensure_place(region: str) -> None:
    """Raises RefusedError when the reader being answered does not administer a region; an office without one is everybody's."""
    viewer = current_viewer()
    if viewer is not None and not everywhere(viewer) and not holds_place(viewer, region):
        raise refused(region)


def ensure_office(office: Office | None) -> None:
    """The same for an office; none at all is for those who administer everything."""
    ensure_place(office.region_code if office is not None else "")


def ensure_joining(office: Office | None) -> None:
    """The same, and for an office that holds more than the reader being answered may give: whoever joins it gets its grants."""
    ensure_office(office)
    viewer = current_viewer()
    if viewer is None or everywhere(viewer) or office is None:
        return
    if not all(holds(viewer, grant.role.allowed, cell_of(grant)) for grant in in_force().filter(office=office)):
        raise refused(office.region_code)


def ensure_grant(role: Role, holder: Model | None, cell: Cell) -> None:
    """Raises RefusedError when the reader being answered may not give, or take, such a grant: more than is theirs, or to somebody whom
    they do not administer."""
    viewer = current_viewer()
    if viewer is None or everywhere(viewer):
        return
    if isinstance(holder, Office):
        ensure_office(holder)
    else:
        ensure_account(holder)
    if not holds(viewer, role.allowed, cell):
        raise refused(cell.region, cell.level)


def ensure_lasting(role: Role, cell: Cell, until: date | None) -> None:
    """Raises ValueError for a grant that would outlast the right of the reader being answered to give it, or any right that it gives."""
    viewer = current_viewer()
    if viewer is None or everywhere(viewer):
        return
    lasting = []
    for action in {Action.ADMINISTER, *map(Action, role.allowed)}:
        ends = [g.until for g in viewer.grants if action in g.role.allowed and cell_of(g).covers(cell)]
        if None not in ends:
            lasting += [max(end for end in ends if end is not None)] if ends else []
    last = min(lasting, default=None)
    if last is not None and (until is None or until > last):
        raise ValueError(
            f"授权不能比您自己的管理权限更久，请填 {last} 或更早的日期 / "
            f"a grant cannot outlast your own: give {last} or an earlier day"
        )


def refused(region: str = "", level: int = 0) -> RefusedError:
    """What is said to whoever reaches beyond their own."""
    return RefusedError(Decision(False, "missing", Action.ADMINISTER, Place(region, (), level), ("region",)))


def _joined(user: Any) -> Any:
    """A user with its account and office, as the database has them now."""
    return get_user_model()._default_manager.select_related("account__office").get(pk=user.pk)
