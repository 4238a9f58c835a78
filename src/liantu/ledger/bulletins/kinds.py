"""The kinds of bulletins to choose from: those that come with the program, and an office's own."""

from __future__ import annotations

from collections.abc import Mapping

from liantu.ledger.models import OfficeRules
from liantu.tracking.bulletins import Definition, definitions, read_definition
from liantu.vocabulary.tables import VocabularyError


def bulletin_kinds() -> Mapping[str, Definition]:
    """All kinds that a bulletin can be drafted of, by id: the office's own after those shipped. An own text that a newer program can
    no longer read is left out."""
    return {**definitions(), **_own(OfficeRules.objects.filter(rule_kind="bulletin", removed_at=None).order_by("key"))}


def kind_named(key: str) -> Definition:
    """The kind of this id, also one that the office has taken off since: its drafts are still there. Raises KeyError."""
    if key in definitions():
        return definitions()[key]
    return _own(OfficeRules._base_manager.filter(rule_kind="bulletin", key=key).order_by("-removed_at", "pk"))[key]


def _own(rows: object) -> dict[str, Definition]:
    found = {}
    for row in rows:  # type: ignore[attr-defined]
        try:
            made = read_definition(row.key, row.text)
        except VocabularyError:
            continue
        found[made.id] = made
    return found
