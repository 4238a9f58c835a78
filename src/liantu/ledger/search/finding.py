"""Asking: which entries hold all words of a query, the best first.

An exact name comes before names that begin with the words, these before names that hold them, these before other names and
texts; among equals the newest comes first. Every hit was looked at: the index only proposes. What the reader being answered
may not see is not found: the manager of the entries narrows them (`rights.filters`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from liantu.ledger.models import SearchEntry
from liantu.ledger.rights import current_scope
from liantu.ledger.search import index
from liantu.ledger.search.folding import END, NAME, OTHER, WORDS, grams_of_word, office_gram, place_gram, words_of
from liantu.ledger.search.groups import GROUPS, span_of
from liantu.vocabulary import regions

NAMED = tuple(group for group in GROUPS if group not in {"sentence", "document"})
HEAD = 600  # characters of an entry that hold its names
MOST = 500
"""Hits of a group that are ranked; when there are more, the exact names and the newest of them are."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: folded words, all of which are to be found, and where."""

    words: tuple[str, ...]
    region: str = ""  # six digits: that region and all below it

    @classmethod
    def of(cls, text: str, region: str = "") -> Query:
        """The query that a person typed."""
        return cls(tuple(words_of(text)), region)

    @property
    def joined(self) -> str:
        """The words without what is between them: what a name is compared with."""
        return "".join(self.words)


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """An entry that was found. Lower is better; `rank` is 0 for an exact name … 5 for text."""

    rank: int
    newest: int  # the id with its sign turned
    kind: str
    ref: str

    @property
    def entry(self) -> int:
        """The id of the entry."""
        return -self.newest


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one group, best first."""

    group: str
    hits: tuple[Hit, ...]
    more: bool  # there are more than these


def find(query: Query, groups: Iterable[str] = tuple(GROUPS), *, most: int = MOST) -> list[Found]:
    """The hits of each group, those with none left out.

    Args:
        most: hits a group; of more the exact names and the newest are given.
    """
    if not query.words:
        return []
    found = (_found(query, group, most) for group in groups)
    return [each for each in found if each.hits]


def _found(query: Query, group: str, most: int) -> Found:
    hits = _hits(query, query.words, group, most + 1)
    more = len(hits) > most
    if more and group != "sentence":
        for begin in (NAME, OTHER):
            hits += _hits(query, [f"{begin}{query.joined}{END}"], group, most)
        hits += _hits(query, [f"{NAME}{query.joined}"], group, most)
    return Found(group, tuple(sorted(set(hits))[:most]), more)


def _hits(query: Query, words: Sequence[str], group: str, most: int) -> list[Hit]:
    found: list[Hit] = []
    for part in _entries(query, words, group, most):
        rows = part.annotate(head=Substr("folded", 1, HEAD)).values_list("pk", "kind", "ref", "head")
        found += sorted(Hit(_rank(query, head, group), -pk, kind, ref) for pk, kind, ref, head in rows)
        if len(found) >= most:
            break
    return sorted(found, key=lambda hit: hit.newest)[:most]


def _entries(query: Query, words: Sequence[str], group: str, most: int) -> Iterator[QuerySet[SearchEntry]]:
    """The entries of a group that hold the words, newest first, some at a time."""
    low, high = span_of(group)
    wanted = list(dict.fromkeys(gram for word in words for gram in grams_of_word(word)))
    where = _place_q(query.region)
    if len(query.region) == 6 and query.region.isdigit():
        wanted.append(place_gram(query.region))
    asked = index.Asked(low, high, tuple(wanted), () if group in {"person", "segment"} else _open_places())
    for ids in index.ids(asked, words, most):
        rows = SearchEntry.objects.filter(where, pk__in=ids)
        held = {f"held{at}": StrIndex("folded", Value(word)) for at, word in enumerate(words)}
        yield rows.alias(**held).filter(**{f"{name}__gt": 0 for name in held})


def _open_places() -> tuple[int, ...]:
    """Grams one of which all has that the reader may see; none when that is no matter of places.

    The manager of the entries decides; this only spares it to look at half a million of them for a county's reader.
    """
    scope = current_scope()
    if scope is None or scope.everything:
        return ()
    found = [office_gram(scope.office)] if scope.office is not None else []
    for cell in scope.cells:
        codes = [cell.region]
        if cell.region in regions() and regions().by_code(cell.region).is_group:
            codes = list(regions().by_code(cell.region).members)
        if not all(len(code) == 6 and code.isdigit() for code in codes):
            return ()
        found += [place_gram(code) for code in codes]
    return tuple(found)


def _place_q(region: str) -> Q:
    if not region:
        return Q()
    if region.endswith("0000"):
        return Q(region_code__startswith=region[:2]) | Q(city_code__startswith=region[:2])
    return Q(city_code=region) | Q(region_code=region) if region.endswith("00") else Q(region_code=region)


def _rank(query: Query, head: str, group: str) -> int:
    whole = query.joined
    if f"{NAME}{whole}{END}" in head:
        return 0
    if f"{OTHER}{whole}{END}" in head:
        return 1
    if f"{NAME}{whole}" in head:
        return 2
    if group == "sentence":
        return 5
    name = head.split(END, 1)[0]
    if all(word in name for word in query.words):
        return 3
    names = head.split(WORDS, 1)[0]
    return 4 if all(word in names for word in query.words) else 5
