"""Who a user is: the person behind an account, and what that person answers for."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from liantu.ledger.models import Duty, Person, PersonAccount, ProgrammeMember, SupervisionOrder, Task

LEADING = frozenset(
    {"general_chain_leader", "chain_leader", "deputy_chain_leader", "chain_office", "lead_agency", "team_head"}
)
"""Roles whose holders answer for a programme as a whole: what is late on it is theirs to see."""


def person_of(account: str) -> Person | None:
    """The person who logs in with an account, if somebody said so."""
    link = (
        PersonAccount.objects.filter(account=account, removed_at=None, person__removed_at=None)
        .select_related("person")
        .first()
    )
    return link.person if link is not None else None


def current_q(today: date) -> Q:
    """Members of programmes who hold their post on a day."""
    started = Q(since=None) | Q(since__lte=today)
    return Q(removed_at=None, programme__removed_at=None) & started & (Q(until=None) | Q(until__gte=today))


def posts_of(person: Person, today: date) -> list[ProgrammeMember]:
    """The posts that a person holds on a day, with their programmes."""
    rows = ProgrammeMember.objects.filter(current_q(today), person=person).select_related("programme")
    return list(rows.order_by("programme_id", "pk"))


def has_duties(account: str, today: date) -> bool:
    """Whether a user is linked to a person who has a post, a task, an order or a duty."""
    person = person_of(account)
    if person is None:
        return False
    mine = {"owner": person, "removed_at": None}
    return (
        ProgrammeMember.objects.filter(current_q(today), person=person).exists()
        or Task.objects.filter(**mine).exists()
        or SupervisionOrder.objects.filter(**mine).exists()
        or Duty.objects.filter(**mine).exists()
    )
