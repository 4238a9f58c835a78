"""All names of one document together, and who is spoken of where."""

from __future__ import annotations

from dataclasses import dataclass

from liantu.extraction.model import Mention, MentionKind
from liantu.reading.model import Document
from liantu.vocabulary.regions import Region, regions

from .deixis import Stand, resolve
from .firms import FirmBook, FirmSpan, find_bases, find_brands, find_by_form, find_introduced
from .firms_context import find_aliases, find_by_context, join_short_and_full
from .home import home_of
from .industries import ChainName, find_chains
from .lexicon import Lexicon, lexicon
from .organisations import find_organisations
from .places import Place, find_regions, find_zones, region_hits
from .tokens import Tokens, cut
from .topics import Topics
from .works import Work, WorkFinder

# Where two names overlap, the kind that comes first keeps the place.
PRIORITY: tuple[MentionKind, ...] = ("project", "organisation", "enterprise", "town", "zone", "chain", "region")


@dataclass(slots=True)
class Scene:
    """The names of one document before overlaps are settled; all indices are words of `tokens`."""

    document: Document
    tokens: Tokens
    lex: Lexicon
    home: Region | None  # the region the document is about
    places: list[Place]  # regions, zones and towns
    organisations: list[Place]
    book: FirmBook
    works: list[Work]
    chains: list[ChainName]
    stands: list[Stand]  # words that stand for a name
    topics: Topics
    _mentions: tuple[Mention, ...] | None = None

    def mentions(self) -> tuple[Mention, ...]:
        """Names without overlap, in text order."""
        if self._mentions is None:
            self._mentions = _settle(self)
        return self._mentions

    def firm_spans_between(self, start: int, end: int) -> list[FirmSpan]:
        """Spans of enterprises that begin in clean [start, end), in text order."""
        starts = self.tokens.starts
        return sorted((s for s in self.book.spans if start <= starts[s.first] < end), key=lambda s: s.first)

    @property
    def title_firm(self) -> str | None:
        """The one enterprise that the title names: a text about it means its works."""
        titles = [b for b in self.document.blocks if b.kind == "title"]
        named = {s.key for b in titles for s in self.firm_spans_between(b.start, b.end)}
        return named.pop() if len(named) == 1 else None

    def chain_above(self, offset: int) -> str | None:
        """The industry last named before clean `offset` in the same or the preceding block."""
        block = self.topics.block_at(offset)
        for chain in reversed(self.chains):
            if chain.start < offset:
                return chain.name if block - self.topics.block_at(chain.start) <= 1 else None
        return None

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
    zones = find_zones(tokens, lex, regional)
    organisations = find_organisations(tokens, lex, regional)
    book = FirmBook()
    find_by_form(tokens, lex, regional, book)
    find_introduced(tokens, lex, book)
    find_aliases(tokens, lex, book)
    find_brands(tokens, lex, book)
    find_bases(tokens, {p.last: p for p in regional}, book)
    places = sorted([*regional, *zones], key=lambda p: (p.first, -p.last))
    find_by_context(tokens, lex, places, book)
    find_aliases(tokens, lex, book)
    join_short_and_full(book)
    _drop_organisations(book, organisations, zones)
    works = WorkFinder(tokens, lex, places, book).find()
    find_aliases(tokens, lex, book)
    book.drop_unseen()
    chains = find_chains(tokens, lex, places, book, works)
    stands = resolve(document, tokens, lex, home, places, book, works)
    topics = Topics(document, tokens, home, places, organisations, book, works, stands)
    return Scene(document, tokens, lex, home, places, organisations, book, works, chains, stands, topics)


def _drop_organisations(book: FirmBook, organisations: list[Place], zones: list[Place]) -> None:
    """What is a bureau, a university or a zone is no enterprise."""
    held = {k for o in (*organisations, *zones) for k in range(o.first, o.last + 1) if o.kind != "town"}
    kept: list[FirmSpan] = [s for s in book.spans if s.last not in held]
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


def within(inner: str, outer: str) -> bool:
    """Whether the region named `inner` lies in the one named `outer`."""
    gazetteer = regions()
    a, b = gazetteer.by_name(inner), gazetteer.by_name(outer)
    return a is not None and b is not None and gazetteer.is_within(a.code, b.code)
