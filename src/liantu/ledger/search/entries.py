"""Entries as they are kept: their ids, their marked parts, and writing those that differ from what is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from liantu.ledger.inserting import insert
from liantu.ledger.models import SearchEntry
from liantu.ledger.search import index
from liantu.ledger.search.folding import END, NAME, OTHER, WORDS, fold
from liantu.ledger.search.groups import OWN_BITS
from liantu.ledger.standing import batches

_SENTENCE_BITS = 20
SIGNS = {"name": NAME, "other": OTHER, "words": WORDS}
COLUMNS = (
    "kind", "about", "ref", "folded", "shown", "statements", "region_code", "city_code", "chain_name", "level", "source_id",
    "office", "place",
)  # fmt: skip


def own_of_sentence(source: int, number: int) -> int:
    """The own number of a sentence: a million of them in each of four million documents."""
    return source << _SENTENCE_BITS | min(number, (1 << _SENTENCE_BITS) - 1)


def own_of_words(*words: str) -> int:
    """The own number of a thing that has none: of its words."""
    return int.from_bytes(blake2b("\0".join(words).encode(), digest_size=6).digest()) >> (48 - OWN_BITS)


def folded_parts(parts: Iterable[tuple[str, str]]) -> str:
    """Texts as one folded text; each is `name`, `other` (another name) or `words`."""
    return "".join(f"{SIGNS[part]}{fold(text)}{END}" for part, text in parts if text)


def write(about: Iterable[str], entries: Sequence[SearchEntry]) -> None:
    """Let the entries made of `about` be these: those that differ are written, those that are no longer are taken out."""
    new = {entry.pk: entry for entry in entries}
    gone: list[SearchEntry] = []
    for part in batches(sorted(set(about))):
        for old in SearchEntry.objects.filter(about__among=part):
            now = new.get(old.pk)
            if now is not None and all(getattr(now, c) == getattr(old, c) for c in COLUMNS):
                del new[old.pk]
            else:
                gone.append(old)
    for some in batches(gone, 500):
        index.take(some)
        SearchEntry.objects.filter(pk__in=[entry.pk for entry in some]).delete()
    add(new.values())


def add(entries: Iterable[SearchEntry]) -> None:
    """Write entries that are not there yet."""
    for some in batches(entries, 500):
        insert(some)
        index.put(some)
