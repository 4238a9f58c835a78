"""Entries as they are kept: their ids, their marked parts, and writing those that differ from what is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import blake2b

from liantu.ledger.models import SearchEntry
from liantu.ledger.search import index
from liantu.ledger.search.folding import END, NAME, OTHER, WORDS, fold
from liantu.ledger.standing import batches

GROUPS = {
    "enterprise": 1,
    "project": 2,
    "chain": 3,
    "segment": 4,
    "zone": 5,
    "town": 6,
    "person": 7,
    "region": 8,
    "organisation": 9,
    "other": 10,
    "sentence": 11,
    "document": 12,
}
"""Kinds that are searched, by the number with which their ids begin. Never give a number to another kind: it is in the ids."""

_KINDS = frozenset(GROUPS)
_FIRST_DAY = date(1900, 1, 1).toordinal()
_DAY_BITS, _OWN_BITS = 17, 42
_SENTENCE_BITS = 20
SIGNS = {"name": NAME, "other": OTHER, "words": WORDS}
COLUMNS = ("kind", "about", "ref", "folded", "shown", "statements", "region_code", "city_code", "chain_name")


def group_of(kind: str) -> str:
    """The group in which a kind of entity is found."""
    return kind if kind in _KINDS else "other"


def span_of(group: str) -> tuple[int, int]:
    """The ids of a group, as [low, high)."""
    first = GROUPS[group] << (_DAY_BITS + _OWN_BITS)
    return first, first + (1 << (_DAY_BITS + _OWN_BITS))


def entry_id(group: str, recency: int, own: int) -> int:
    """An id out of the group, the day (`recency`, yyyymmdd or 0) and a number of the thing's own."""
    days = 0
    if recency:
        year, month, day = recency // 10000, recency // 100 % 100, recency % 100
        days = min(max(date(year, month, day).toordinal() - _FIRST_DAY, 0), (1 << _DAY_BITS) - 1)
    return span_of(group)[0] | days << _OWN_BITS | own % (1 << _OWN_BITS)


def own_of_sentence(source: int, number: int) -> int:
    """The own number of a sentence: a million of them in each of four million documents."""
    return source << _SENTENCE_BITS | min(number, (1 << _SENTENCE_BITS) - 1)


def own_of_words(*words: str) -> int:
    """The own number of a thing that has none: of its words."""
    return int.from_bytes(blake2b("\0".join(words).encode(), digest_size=6).digest()) >> (48 - _OWN_BITS)


def folded_parts(parts: Iterable[tuple[str, str]]) -> str:
    """Texts as one folded text; each is `name`, `other` (another name) or `words`."""
    return "".join(f"{SIGNS[part]}{fold(text)}{END}" for part, text in parts if text)


def write(about: Iterable[str], entries: Sequence[SearchEntry]) -> None:
    """Let the entries made of `about` be these: those that differ are written, those that are no longer are taken out."""
    new = {entry.pk: entry for entry in entries}
    gone: list[SearchEntry] = []
    for part in batches(sorted(set(about))):
        for old in SearchEntry.objects.filter(about__in=part):
            now = new.get(old.pk)
            if now is not None and all(getattr(now, c) == getattr(old, c) for c in COLUMNS):
                del new[old.pk]
            else:
                gone.append(old)
    for some in batches(gone, 500):
        index.take(some)
        SearchEntry.objects.filter(pk__in=[entry.pk for entry in some]).delete()
    for some in batches(new.values(), 500):
        SearchEntry.objects.bulk_create(some, batch_size=90)
        index.put(some)
