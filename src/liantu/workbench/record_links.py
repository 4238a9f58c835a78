"""What the links of a record's form offer: people and chain programmes; and the names of key chains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import ForeignKey, Model

from liantu.ledger.models import ChainProgramme, Person
from liantu.ledger.work.kinds import KINDS, field_of
from liantu.vocabulary.chains import chains

OFFERED = 500


def link_choices(kind: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Choices of every link of a form, by column; links that a form carries along unseen have none."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for column in KINDS[kind].COLUMNS:
        field = field_of(kind, column)
        if isinstance(field, ForeignKey) and field.related_model in CHOICES:
            found[column] = CHOICES[field.related_model]()
    return found


def chain_names(kind: str) -> tuple[str, ...]:
    """The published key chains, offered where a form asks for a chain."""
    if "chain" not in KINDS[kind].COLUMNS:
        return ()
    return tuple(dict.fromkeys(term.name for term in chains() if term.level))


def _people() -> tuple[tuple[str, str], ...]:
    rows = Person.objects.filter(removed_at=None).order_by("unit", "name", "pk")[:OFFERED]
    return tuple((str(row.pk), str(row)) for row in rows)


def _programmes() -> tuple[tuple[str, str], ...]:
    rows = ChainProgramme.objects.filter(removed_at=None).order_by("region_code", "chain", "pk")[:OFFERED]
    return tuple((str(row.pk), str(row)) for row in rows)


CHOICES: Mapping[type[Model], Any] = {Person: _people, ChainProgramme: _programmes}
