"""What a later target changed of an earlier one: its value, its day, or what it covers. Proposed with reasons; a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from liantu.vocabulary.units import comparable, convert

from .scope_words import Covered, Difference, differences, silences

ChangeKind = Literal["value", "scope", "date", "same", "unsure"]
KINDS: tuple[ChangeKind, ...] = ("value", "scope", "date", "same", "unsure")


@dataclass(frozen=True, slots=True)
class Said:
    """A target as a document says it, or an office enters it.

    Attributes:
        place: the region it is of, six digits; empty when nobody says.
        chain: the chain it is of, empty for none.
        due: its last day.
        said_on: the day it was published.
        definition: what a person says that it counts; empty when nobody says.
    """

    indicator: str
    value: float | None
    unit: str
    place: str
    chain: str
    due: date | None
    covered: Covered
    said_on: date | None = None
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What changed, as far as the words tell. `change` in percent, only where the scope certainly stayed."""

    kind: ChangeKind
    reasons: tuple[Difference, ...]
    change: float | None = None


def compare(earlier: Said, later: Said) -> Proposal:
    """Propose what a later target changed.

    Another place, chain, number of things covered or definition makes another scope, whatever the values: a target over
    another scope is another target and no lowering of the first. A sign that only one of the two gives leaves it open.

    Raises:
        ValueError: units that do not convert: these are no two versions of one target.
    """
    if (earlier.unit or later.unit) and not comparable(earlier.unit, later.unit):
        raise ValueError(
            f"两个目标的单位不能换算：{earlier.unit}与{later.unit} / the units do not convert: {earlier.unit}, {later.unit}"
        )
    found = list(differences(earlier.covered, later.covered))
    for sign, first, second in (
        ("place", earlier.place, later.place),
        ("chain", earlier.chain, later.chain),
        ("definition", earlier.definition, later.definition),
    ):
        if first and second and first != second:
            found.append(Difference(sign, "", first, second))
    if found:
        return Proposal("scope", tuple(found))
    open_signs = silences(earlier.covered, later.covered)
    moved = (
        (Difference("due", "", str(earlier.due or ""), str(later.due or "")),)
        if earlier.due and later.due and earlier.due != later.due
        else ()
    )
    if earlier.value is None or later.value is None:
        return Proposal("unsure", (*open_signs, *moved))
    value = convert(earlier.value, earlier.unit, later.unit) if earlier.unit != later.unit else earlier.value
    if value != later.value and open_signs:
        return Proposal("unsure", (*open_signs, *moved))
    if value != later.value:
        return Proposal("value", moved, 100 * (later.value - value) / abs(value) if value and not moved else None)
    return Proposal("date", moved) if moved else Proposal("same", ())
