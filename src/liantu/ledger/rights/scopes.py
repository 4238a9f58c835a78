"""What the grants of one account come to, for one action: the only thing that filters are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db.models import Q
from django.utils import timezone

from liantu.ledger.rights.actions import Action
from liantu.vocabulary.access import highest_level
from liantu.vocabulary.regions import regions


@dataclass(frozen=True, slots=True)
class Place:
    """What a row concerns. `level` None says that the row is not confidential by itself."""

    region_code: str = ""
    chains: tuple[str, ...] = ()
    level: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What one grant opens: a region with all below it, some chains (None: every one), levels up to one."""

    region: str = ""
    chains: tuple[str, ...] | None = None
    level: int = 0

    @property
    def everything(self) -> bool:
        """Whether it leaves nothing out."""
        return not self.region and self.chains is None and self.level >= highest_level()

    def covers(self, other: Cell) -> bool:
        """Whether it opens all that another one opens."""
        return (
            holds_region(self.region, other.region)
            and (self.chains is None or (other.chains is not None and set(other.chains) <= set(self.chains)))
            and self.level >= other.level
        )

    def missing(self, place: Place) -> tuple[str, ...]:
        """What of `region`, `chain`, `level` keeps a row out; empty when it is let in."""
        out = []
        if not holds_region(self.region, place.region_code):
            out.append("region")
        if self.chains is not None and not set(self.chains) & set(place.chains):
            out.append("chain")
        if place.level > self.level:
            out.append("level")
        return tuple(out)


@dataclass(frozen=True)
class Scope:
    """All cells of an account for one action, none of them inside another. No cell: nothing is open."""

    cells: tuple[Cell, ...] = ()
    username: str = ""
    office: int | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is left out: no filter is needed then."""
        return any(cell.everything for cell in self.cells)

    @cached_property
    def key(self) -> str:
        """Tells scopes apart in memories of what was computed; empty for everything, so that all such accounts share them."""
        if self.everything:
            return ""
        told = repr((self.cells, self.username, self.office))
        return sha256(told.encode()).hexdigest()[:24]


EVERYTHING = Scope((Cell(level=9),))
NOTHING = Scope()


def holds_region(granted: str, code: str) -> bool:
    """Whether a grant on `granted` covers what lies at `code`; without a code only a grant for everywhere does."""
    if not granted:
        return True
    return bool(code) and regions().is_within(code, granted)


def compact(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """The cells without those that lie inside another."""
    kept: list[Cell] = []
    for cell in sorted(set(cells), key=lambda c: (c.region, c.chains is not None, c.chains or (), -c.level)):
        if not any(other.covers(cell) for other in kept):
            kept = [other for other in kept if not cell.covers(other)]
            kept.append(cell)
    return tuple(kept)


def cell_of(grant: Any) -> Cell:
    """What a grant opens."""
    return Cell(grant.region_code, tuple(sorted(grant.chains)) or None, grant.level)


def grants_of(user: Any) -> list[Any]:
    """The grants in force of an account, its office's among them; none of one that is shut."""
    from liantu.ledger.models import Account, Grant

    if not user.is_active or user.pk is None:
        return []
    office = Account.objects.filter(user_id=user.pk, office__closed_at=None).values("office_id")
    held = Q(user_id=user.pk) | Q(office_id__in=office)
    in_force = Q(until=None) | Q(until__gte=timezone.localdate())
    return list(Grant.objects.filter(held, in_force, ended_at=None).select_related("role", "office").order_by("pk"))


class Viewer:
    """An account with its scopes, read from the database once."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self._grants: list[Any] | None = None
        self._office: int | None = None
        self._scopes: dict[Action, Scope] = {}

    @property
    def grants(self) -> list[Any]:
        """The grants in force."""
        if self._grants is None:
            self._grants = grants_of(self.user) if getattr(self.user, "is_authenticated", False) else []
        return self._grants

    def scope(self, action: Action = Action.READ) -> Scope:
        """What the account may do one thing with. The first administrator (a superuser) is asked for no grant."""
        if action not in self._scopes:
            self._scopes[action] = self._compiled(action)
        return self._scopes[action]

    def _compiled(self, action: Action) -> Scope:
        user = self.user
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return NOTHING
        if user.is_superuser:
            return EVERYTHING
        from liantu.ledger.models import Account

        cells = compact(cell_of(grant) for grant in self.grants if action in grant.role.allowed)
        if not cells:
            return Scope((), user.get_username())
        if any(cell.everything for cell in cells):
            return Scope(tuple(cell for cell in cells if cell.everything), user.get_username())
        office = Account.objects.filter(user_id=user.pk).values_list("office_id", flat=True).first()
        return Scope(cells, user.get_username(), office)
