"""Words on old versions of files for which the new version has no place: kept and listed until a person has seen them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from liantu.ledger.models import Pairing, Review, Source, Statement
from liantu.ledger.standing import batches
from liantu.ledger.writing import writing


@dataclass(frozen=True, slots=True)
class Left:
    """A word on an old version of a file that the new version gave no place for."""

    kind: str  # review, pairing
    word: Review | Pairing
    statement: Statement  # of the old version
    source: Source  # the new version


def left_behind(most: int | None = None) -> list[Left]:
    """What people said of old versions and could not be moved, and nobody has looked at yet; newest first."""
    versions = _Versions()
    reviews = _reviews_left(versions)
    pairings = _pairings_left(versions)
    rows = [
        *((at, pk, "review") for pk, (at, _) in reviews.items()),
        *((at, pk, "pairing") for pk, (at, _) in pairings.items()),
    ]
    rows.sort(reverse=True)
    rows = rows[:most]
    said = Review.objects.select_related("statement__source", "replacement")
    said_by_pk = said.in_bulk([pk for _at, pk, kind in rows if kind == "review"])
    compared = Pairing.objects.select_related("left__source", "right__source")
    compared_by_pk = compared.in_bulk([pk for _at, pk, kind in rows if kind == "pairing"])
    sources = Source.objects.in_bulk({after for found in (reviews, pairings) for _at, after in found.values()})
    found: list[Left] = []
    for _at, pk, kind in rows:
        if kind == "review":
            word = said_by_pk[pk]
            found.append(Left(kind, word, word.statement, sources[reviews[pk][1]]))
        else:
            pair = compared_by_pk[pk]
            old = next(s for s in (pair.left, pair.right) if s.source and s.source.state == Source.State.SUPERSEDED)
            found.append(Left(kind, pair, old, sources[pairings[pk][1]]))
    return found


def count_left() -> int:
    """How many words are left behind."""
    versions = _Versions()
    return len(_reviews_left(versions)) + len(_pairings_left(versions))


class _Versions:
    """Which version of a file is in force instead of an old one, for all files in two queries."""

    def __init__(self) -> None:
        old = Source.objects.filter(state=Source.State.SUPERSEDED)
        rows = old.values_list("pk", "replaced_by")
        self._after: dict[int, int] = {pk: after for pk, after in rows if after is not None}
        heads = set(self._after.values()) - self._after.keys()
        live = Source.objects.filter(pk__in=heads, state__in=[Source.State.READY, Source.State.FAILED])
        self._live = set(live.values_list("pk", flat=True))

    def instead_of(self, source: int | None) -> int | None:
        """The version in force instead of an old one; None for one that is in force, or when the newest was removed."""
        if source not in self._after:
            return None
        seen: set[int] = set()
        while source in self._after and source not in seen:
            seen.add(source)
            source = self._after[source]
        return source if source in self._live else None


def _reviews_left(versions: _Versions) -> dict[int, tuple[datetime, int]]:
    """Reviews without a place, by id: when they were given, and the version in force. Of one statement the last counts."""
    in_force = Review.objects.filter(undone_at=None, carried_from=None)
    later = in_force.filter(statement=OuterRef("statement"), pk__gt=OuterRef("pk"))
    rows = (
        in_force.filter(dropped_at=None, moved=None, statement__source__state=Source.State.SUPERSEDED)
        .exclude(statement__payload__has_key="corrects")
        .exclude(Exists(later))
        .values_list("pk", "at", "statement__source")
    )
    return {pk: (at, after) for pk, at, old in rows if (after := versions.instead_of(old)) is not None}


def _pairings_left(versions: _Versions) -> dict[int, tuple[datetime, int]]:
    # People compare hundreds of figures, not hundreds of thousands: their comparisons are looked at, then their statements.
    rows = list(Pairing.objects.filter(undone_at=None, dropped_at=None).values_list("pk", "at", "left", "right"))
    sources: dict[str, int | None] = {}
    for part in batches({statement for _pk, _at, *both in rows for statement in both}):
        sources.update(Statement.objects.filter(pk__in=part).values_list("pk", "source"))
    found = {}
    for pk, at, left, right in rows:
        after = next(filter(None, (versions.instead_of(sources[side]) for side in (left, right))), None)
        if after is not None:
            found[pk] = (at, after)
    return found


def drop_word(kind: str, pk: int, by: str) -> None:
    """Note that a person has seen a word that could not be moved: it is listed no longer, and stays in the history.

    Raises Review.DoesNotExist or Pairing.DoesNotExist, or ValueError for another kind.
    """
    with writing():
        word: Review | Pairing
        if kind == "review":
            word = Review.objects.get(pk=pk)
        elif kind == "pairing":
            word = Pairing.objects.get(pk=pk)
        else:
            raise ValueError(f"没有这一类结论：{kind} / no such kind of word: {kind}")
        lay_aside(word, by)


def lay_aside(word: Review | Pairing, by: str) -> None:
    """Note that a word on an old version needs no place in the new one."""
    if word.dropped_at is None:
        word.dropped_at, word.dropped_by = timezone.now(), by
        word.save(update_fields=["dropped_at", "dropped_by"])
