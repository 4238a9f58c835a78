"""What rows of several sorts of records have in common for the rules that look at them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from liantu.ledger.models import Person
from liantu.ledger.places import place_of_code
from liantu.tracking.alerts import Ref


def refs_of(*refs: Ref) -> Callable[[str], Sequence[Ref]]:
    """Evidence that is the same whatever column a rule looks at: it is given for the row as a whole."""
    return lambda column: refs if column == "" else ()


def city_of(region: str) -> str:
    """The prefecture of a record's region; empty above one."""
    return place_of_code(region).city_code


def owner_of(person: Person | None, unit: str) -> str:
    """Who answers for a record: its unit, else the person."""
    return unit or (person.name if person is not None else "")
