"""To whom a rung of the ladder goes: the post that the rung names, held in the programme of the matter's chain and region."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from liantu.ledger.duties.people import current_q
from liantu.ledger.models import Person, ProgrammeMember
from liantu.tracking import Rung
from liantu.vocabulary import regions


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is told. `role` is the post (`owner`, `owner_unit`, or one of a programme), empty where nobody is known: `label` then says
    what the ladder says."""

    label: str
    role: str = ""
    person: Person | None = None


class Addresses:
    """Who holds which post on a day. Two queries, however many are asked for."""

    def __init__(self, today: date, owners: Iterable[int]) -> None:
        self._owners = Person.objects.in_bulk(sorted(set(owners)))
        self._posts: dict[tuple[str, str, str], ProgrammeMember] = {}
        members = ProgrammeMember.objects.filter(current_q(today)).select_related("person", "programme")
        for member in members.order_by("pk"):
            self._posts.setdefault((member.programme.region_code, member.programme.chain, member.role), member)

    def of(self, rung: Rung, region: str, chain: str, owner_id: int | None, owner_unit: str) -> Addressee:
        """Who a rung goes to: `to`, else `else_to`. A chain without programme in a county is looked for in its city, then its province."""
        for role in (rung.to, rung.else_to):
            if role == "owner" and owner_id in self._owners:
                person = self._owners[owner_id]
                return Addressee(str(person), role, person)
            if role == "owner_unit" and owner_unit:
                return Addressee(owner_unit, role)
            member = self._post(role, region, chain)
            if member is not None:
                return Addressee(str(member.person) if member.person is not None else member.unit, role, member.person)
        return Addressee(rung.told)

    def _post(self, role: str, region: str, chain: str) -> ProgrammeMember | None:
        if not role or not region or not chain:
            return None
        places = [region, *(above.code for above in regions().parents(region))] if region in regions() else [region]
        return next((m for place in places if (m := self._posts.get((place, chain, role))) is not None), None)
