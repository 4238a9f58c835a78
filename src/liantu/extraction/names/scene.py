"""All names of one document together, and who is spoken of where."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from liantu.extraction.model import Mention, MentionKind, Project
from liantu.reading.model import Document
from liantu.vocabulary.regions import Region

from .deixis import Stand, resolve
from .firm_book import FirmBook, FirmSpan
from .firms import (
    drop_clusters,
    drop_products,
    find_bases,
    find_brands,
    find_by_form,
    find_introduced,
    find_leaders,
    join_subsidiaries,
)
from .firms_context import find_aliases, find_beside, find_by_context, join_short_and_full
from .firms_scored import find_by_score
from .home import home_of
from .industries import find_chains
from .industry_reader import ChainName
from .lexicon import Lexicon, lexicon
from .organisations import find_organisations
from .places import Place, find_regions, find_zones, region_hits
from .seat import further_places, seat_of
from .tokens import Tokens, cut
from .topics import Topics
from .townships import with_townships
from .work_base import Work, is_joint
from .works import WorkFinder

# Where two names overlap, the kind that comes first keeps the place.
PRIORITY: tuple[MentionKind, ...] = ("project", "organisation", "enterprise", "town", "zone", "chain", "region")


T = TypeVar("T")


class Row(Generic[T]):
    """Things in text order, found by place."""

    def __init__(self, placed: list[tuple[int, T]]) -> None:
        placed.sort(key=lambda p: p[0])
        self._starts = [start for start, _ in placed]
        self._things = [thing for _, thing in placed]

    def between(self, start: int, end: int) -> list[T]:
        return self._things[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, offset: int) -> T | None:
        k = bisect_left(self._starts, offset)
        return self._things[k - 1] if k else None


@dataclass(slots=True)
class Scene:
    """The names of one document before overlaps are settled; all indices are words of `tokens`."""

    document: Document
    tokens: Tokens
    lex: Lexicon
    home: Region | None  # the region the document is about
    seat: Place | None  # the township, village or zone it is about, where it is about no more
    places: list[Place]  # regions, zones and towns
    organisations: list[Place]
    book: FirmBook
    works: list[Work]
    chains: list[ChainName]
    stands: list[Stand]  # words that stand for a name
    topics: Topics
    _mentions: tuple[Mention, ...] | None = None
    _row_heads: list[int] | None = None
    _firms: Row[FirmSpan] = field(init=False)
    _works: Row[Work] = field(init=False)
    _chains: Row[ChainName] = field(init=False)
    _stands: Row[Stand] = field(init=False)
    work_words: frozenset[int] = field(init=False)  # words that lie inside the name of a work
    firm_words: frozenset[int] = field(init=False)  # words that lie inside the name of an enterprise
    works_named: dict[str, list[Work]] = field(init=False)  # works by their name
    places_beginning: dict[int, list[Place]] = field(init=False)  # places by their first word
    places_ending: dict[int, list[Place]] = field(init=False)  # places by their last word

    def __post_init__(self) -> None:
        starts = self.tokens.starts
        self._firms = Row([(starts[s.first], s) for s in self.book.spans])
        self._works = Row([(starts[w.first], w) for w in self.works])
        self._chains = Row([(c.start, c) for c in self.chains])
        self._stands = Row([(starts[s.at], s) for s in self.stands])
        self.work_words = frozenset(k for w in self.works for k in range(w.first, w.last + 1))
        self.firm_words = frozenset(k for s in self.book.spans for k in range(s.first, s.last + 1))
        self.works_named, self.places_beginning, self.places_ending = {}, {}, {}
        for work in self.works:
            self.works_named.setdefault(work.name, []).append(work)
        for place in self.places:
            self.places_beginning.setdefault(place.first, []).append(place)
            self.places_ending.setdefault(place.last, []).append(place)

    def mentions(self) -> tuple[Mention, ...]:
        """Names without overlap, in text order."""
        if self._mentions is None:
            self._mentions = _settle(self)
        return self._mentions

    def firm_spans_between(self, start: int, end: int) -> list[FirmSpan]:
        """Spans of enterprises that begin in clean [start, end), in text order."""
        return self._firms.between(start, end)

    def works_between(self, start: int, end: int) -> list[Work]:
        """Works named from clean `start` on and before `end`, in text order."""
        return self._works.between(start, end)

    def row_head(self, number: int) -> Work:
        """The first of the row (A、B、C) that work `number` stands in; the work itself where it stands alone."""
        if self._row_heads is None:
            text = self.tokens.text
            heads: list[int] = []
            for at, work in enumerate(self.works):
                last_end = self.tokens.ends[self.works[at - 1].last] if at else 0
                joined = at > 0 and is_joint(text[last_end : self.tokens.starts[work.first]])
                heads.append(heads[-1] if joined else at)
            self._row_heads = heads
        return self.works[self._row_heads[number]]

    def works_of(self, project: Project) -> list[Work]:
        """Every place where a project is named, in text order."""
        names = {project.name, *project.aliases}
        return sorted((w for name in names for w in self.works_named.get(name, ())), key=lambda w: w.first)

    def chains_between(self, start: int, end: int) -> list[ChainName]:
        """Industries named in clean [start, end), in text order."""
        return self._chains.between(start, end)

    def stands_between(self, kind: MentionKind, start: int, end: int) -> list[Stand]:
        """Words in clean [start, end) that stand for a name of `kind`, in text order."""
        return [s for s in self._stands.between(start, end) if s.kind == kind]

    @property
    def title_firm(self) -> str | None:
        """The one enterprise that the title names: a text about it means its works."""
        titles = [b for b in self.document.blocks if b.kind == "title"]
        named = {s.key for b in titles for s in self.firm_spans_between(b.start, b.end)}
        return named.pop() if len(named) == 1 else None

    def chain_above(self, offset: int) -> str | None:
        """The industry last named before clean `offset` in the same or the preceding block."""
        before = self._chains.before(offset)
        if before is None or self.topics.block_at(offset) - self.topics.block_at(before.start) > 1:
            return None
        return before.name

    def span(self, first: int, last: int) -> tuple[int, int]:
        return self.tokens.starts[first], self.tokens.ends[last]


def read_scene(document: Document) -> Scene:
    """Find all names of `document`."""
    lex = lexicon()
    tokens = cut(document, lex)
    hits = region_hits(tokens, lex)
    first_guess = home_of(document, tokens, lex, find_regions(tokens, hits))
    regional = find_regions(tokens, hits, (first_guess,) if first_guess is not None else ())
    home = home_of(document, tokens, lex, regional)
    regional = with_townships(tokens, regional)
    zones = find_zones(tokens, lex, regional)
    seat = seat_of(document, tokens, [*regional, *zones])
    if seat is not None:
        regional = sorted([*regional, *further_places(tokens, seat, [*regional, *zones])], key=lambda p: p.first)
    organisations = find_organisations(tokens, lex, regional)
    book = FirmBook()
    find_by_form(tokens, lex, regional, book)
    find_introduced(tokens, lex, book)
    find_aliases(tokens, lex, book)
    find_leaders(tokens, book)
    find_brands(tokens, lex, book)
    join_subsidiaries(tokens, book)
    find_bases(tokens, {p.last: p for p in regional}, book)
    places = sorted([*regional, *zones], key=lambda p: (p.first, -p.last))
    find_by_context(tokens, lex, places, book)
    find_by_score(tokens, lex, places, organisations, book)
    find_beside(tokens, lex, places, book)
    drop_products(tokens, book)
    drop_clusters(tokens, regional, book)
    find_aliases(tokens, lex, book)
    join_short_and_full(book)
    _drop_organisations(book, organisations, zones)
    works = WorkFinder(tokens, lex, places, book).find()
    find_aliases(tokens, lex, book)
    book.drop_unseen()
    chains = find_chains(tokens, lex, places, book, works)
    stands = resolve(tokens, lex, home, seat, places, book, works)
    topics = Topics(document, tokens, home, seat, places, organisations, book, works, stands)
    return Scene(document, tokens, lex, home, seat, places, organisations, book, works, chains, stands, topics)


# 1GWh sizes a work; what is made so many of a year is none, either.
_NO_FIRM = re.compile(r"^[\d.]+[万亿]?(?:[A-Za-z%]{0,4}|吨|千瓦时?|兆瓦时?)$|年产|年加工|(?:政府|管委会|管理委员会)$")


def _drop_organisations(book: FirmBook, organisations: list[Place], zones: list[Place]) -> None:
    """What is a bureau, a university or a zone is no enterprise."""
    held = {k for o in (*organisations, *zones) for k in range(o.first, o.last + 1) if o.kind != "town"}
    # 杏花村白酒专业镇 bears the name of a brand.
    towns = (z for z in zones if z.kind == "town" and z.key.endswith("专业镇"))
    held |= {k for z in towns for k in range(z.first, z.last)}
    kept: list[FirmSpan] = [s for s in book.spans if s.last not in held and not _NO_FIRM.search(s.key)]
    book.spans = kept
    book.drop_unseen()


_last: tuple[Document, Scene] | None = None


def scene_of(document: Document) -> Scene:
    """The scene of `document`; the latest one is kept, since every extractor asks for it in turn."""
    global _last
    held = _last
    if held is not None and held[0] is document:
        return held[1]
    scene = read_scene(document)
    _last = (document, scene)
    return scene


def _settle(scene: Scene) -> tuple[Mention, ...]:
    tokens, book = scene.tokens, scene.book
    candidates: list[tuple[int, Mention]] = []

    def offer(kind: MentionKind, key: str, start: int, end: int, aliases: tuple[str, ...]) -> None:
        candidates.append((PRIORITY.index(kind), Mention(kind, key, start, end, aliases)))

    for place in (*scene.places, *scene.organisations):
        offer(place.kind, place.key, *scene.span(place.first, place.last), place.aliases)
    for span in book.spans:
        firm = book.firms.get(span.key)
        if firm is not None:
            offer("enterprise", firm.key, *scene.span(span.first, span.last), tuple(sorted(firm.aliases)))
    for work in scene.works:
        offer("project", work.name, *scene.span(work.first, work.last), tuple(sorted(work.aliases)))
    for chain in scene.chains:
        offer("chain", chain.name, chain.start, chain.end, chain.aliases)
    for stand in scene.stands:
        offer(stand.kind, stand.key, *scene.span(stand.at, stand.at), ())
    candidates.sort(key=lambda c: (c[0], c[1].start - c[1].end, c[1].start))
    taken: list[tuple[int, int]] = []
    kept: list[Mention] = []
    occupied = bytearray(len(tokens.text) + 1)
    for _, mention in candidates:
        if mention.end <= mention.start or 1 in occupied[mention.start : mention.end]:
            continue
        occupied[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
        taken.append((mention.start, mention.end))
        kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.start))
