"""Names by the characters they are made of: grows one name at a time and gives the nearest ones back."""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from liantu.vocabulary.regions import regions

from .fold import fold
from .words import trade_words

if TYPE_CHECKING:
    from .compiled import CompiledGrams

_STALE = 1.3
"""Norms are computed anew once the index has grown by this factor."""
COMPILED_FROM = 20_000
"""From so many forms on they are frozen into arrays for searching; a smaller index is quicker as it is."""
_LOOSE = 5_000
"""Forms added since then, and looked at one by one; with more of them the arrays are made anew."""


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of an entity's name: `key` is what is compared."""

    entity_id: str
    name: str
    key: str


def grams(key: str) -> tuple[str, ...]:
    """The characters of `key` and its pairs of neighbours, each once."""
    return tuple(dict.fromkeys((*key, *map("".join, pairwise(key)))))


@cache
def _prior() -> tuple[int, MappingProxyType[str, int]]:
    """How many names the word lists stand for, and in how many of them a gram occurs.

    A young index has seen too few names to know that 科 and 技 say little; words of trade and places say so from the start.
    """
    counts: Counter[str] = Counter()
    for word in trade_words():
        counts.update(dict.fromkeys(grams(word), 3))
    for region in regions():
        if region.level in ("province", "city"):
            counts.update(grams(fold(region.short)))
    return 1200, MappingProxyType(counts)


def gram_weight(gram: str, seen: int, names: int) -> float:
    """Inverse document frequency of `gram`, at least 1: it occurs in `seen` of `names` names, and in the word lists."""
    known, counts = _prior()
    total = names + known
    return math.log((total + 1) / (min(seen + counts.get(gram, 0), total) + 1)) + 1


class GramIndex:
    """Forms of names, found again by shared characters; `weight` tells how much a character or pair distinguishes.

    Characters are weighted by inverse document frequency over the forms seen so far and the room's word lists, so that the
    first names are compared as soberly as the last.
    """

    def __init__(self) -> None:
        self._forms: list[Form | None] = []
        self._postings: dict[str, list[int]] = defaultdict(list)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._of_entity: dict[str, list[int]] = defaultdict(list)
        self._alive = 0
        self._norms: list[float] = []
        self._weights: dict[str, float] = {}
        self._weighed_at = 0
        self._compiled: CompiledGrams | None = None

    def __len__(self) -> int:
        return self._alive

    def __iter__(self) -> Iterator[Form]:
        return (form for form in self._forms if form is not None)

    def add(self, entity_id: str, name: str, key: str) -> None:
        """One more form of `entity_id`; the same form of the same entity is kept once."""
        if not key or any(self._form(i).entity_id == entity_id for i in self._by_key.get(key, ())):
            return
        number = len(self._forms)
        self._forms.append(Form(entity_id, name, key))
        self._by_key[key].append(number)
        self._of_entity[entity_id].append(number)
        for gram in grams(key):
            self._postings[gram].append(number)
        self._alive += 1
        if number >= self._weighed_at * _STALE:
            self._weighed_at = number + 1
            self._weights.clear()
            self._norms.clear()
            self._compiled = None

    def discard(self, entity_id: str) -> None:
        """Forget every form of `entity_id`."""
        for number in self._of_entity.pop(entity_id, []):
            form = self._form(number)
            self._by_key[form.key].remove(number)
            self._forms[number] = None
            self._alive -= 1

    def forms_of(self, entity_id: str) -> tuple[Form, ...]:
        return tuple(self._form(i) for i in self._of_entity.get(entity_id, ()))

    def exact(self, key: str) -> tuple[Form, ...]:
        """The forms with exactly this key."""
        return tuple(self._form(i) for i in self._by_key.get(key, ()))

    def weight(self, gram: str) -> float:
        """Inverse document frequency of `gram`, at least 1."""
        weight = self._weights.get(gram)
        if weight is None:
            seen = len(self._postings.get(gram, ()))
            weight = self._weights[gram] = gram_weight(gram, seen, len(self._forms))
        return weight

    def nearest(self, key: str, limit: int = 40) -> list[tuple[float, Form]]:
        """Up to `limit` forms that share characters with `key`, with their cosine (0 to 1), nearest first."""
        asked = grams(key)
        own = math.sqrt(sum(self.weight(gram) ** 2 for gram in asked))
        compiled = self._frozen()
        scored = self._nearest_since(compiled.size if compiled is not None else 0, asked, own)
        if compiled is not None:
            found = compiled.nearest(asked, own, limit * 2)
            scored += [(cosine, number) for cosine, number in found if self._forms[number] is not None]
        if len(scored) > limit * 4:
            # Sorting the few at the top is far cheaper than sorting all that share a common character.
            floor = heapq.nlargest(limit, [cosine for cosine, _ in scored])[-1]
            scored = [pair for pair in scored if pair[0] >= floor]
        return [(cosine, self._form(number)) for cosine, number in sorted(scored, key=lambda p: (-p[0], p[1]))[:limit]]

    def _frozen(self) -> CompiledGrams | None:
        """The arrays of a large index, made when they are first needed; None for a small one."""
        if len(self._forms) < COMPILED_FROM:
            return None
        if self._compiled is None or len(self._forms) - self._compiled.size > _LOOSE:
            from .compiled import CompiledGrams

            self._compiled = CompiledGrams.of(self._postings, len(self._forms), self.weight)
        return self._compiled

    def _nearest_since(self, first: int, asked: tuple[str, ...], own: float) -> list[tuple[float, int]]:
        """Cosine and number of the forms from `first` on that share characters."""
        shared: dict[int, float] = defaultdict(float)
        for gram in asked:
            squared = self.weight(gram) ** 2
            postings = self._postings.get(gram, [])
            for number in postings[bisect_left(postings, first) :] if first else postings:
                shared[number] += squared
        norms, forms = self._norms, self._forms
        if len(norms) < len(forms):
            norms.extend([0.0] * (len(forms) - len(norms)))
        return [(value / (own * (norms[n] or self._norm(n))), n) for n, value in shared.items() if forms[n] is not None]

    def _form(self, number: int) -> Form:
        form = self._forms[number]
        if form is None:
            raise LookupError(f"form {number} was discarded")
        return form

    def _norm(self, number: int) -> float:
        self._norms[number] = math.sqrt(sum(self.weight(gram) ** 2 for gram in grams(self._form(number).key)))
        return self._norms[number]
