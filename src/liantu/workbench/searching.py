"""Hits of a search as pages, programs and files show them: what it is, where it opens, and the words around the match."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from liantu.ledger.models import SearchEntry, Source, SourceText, Statement
from liantu.ledger.search.folding import place_in
from liantu.ledger.services import Hit, Query
from liantu.ledger.standing import batches
from liantu.workbench import labels
from liantu.workbench.formatting import region_name

AROUND = 36
"""Characters shown before and after the first match in a text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it is what was asked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One hit."""

    kind: str
    label: str  # the kind in words
    ref: str
    url: str
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...] = ()
    note: str = ""  # what the excerpt is: another name, the way down to a segment
    place: str = ""
    chain: str = ""
    source: str = ""
    published: date | None = None
    region_code: str = ""

    @property
    def title_text(self) -> str:
        """The title without marks."""
        return "".join(piece.text for piece in self.title)

    @property
    def excerpt_text(self) -> str:
        """The excerpt without marks."""
        return "".join(piece.text for piece in self.excerpt)


@dataclass(slots=True)
class _Texts:
    sentences: dict[int, Statement] = field(default_factory=dict)
    documents: dict[int, Source] = field(default_factory=dict)
    bodies: dict[int, str] = field(default_factory=dict)


def results(hits: Sequence[Hit], query: Query) -> list[Result]:
    """The hits with what they show, in the same order, in a fixed number of queries."""
    entries: dict[int, SearchEntry] = {}
    for part in batches([hit.entry for hit in hits]):
        # The folded text of a document is as long as the document.
        entries |= {row.pk: row for row in SearchEntry.objects.filter(pk__in=part).defer("folded")}
    texts = _Texts()
    # Of what a sentence says, the reader may see one statement and not another: its page is that of the first one seen.
    said = {pk: entry for entry, row in entries.items() for pk in row.statements.split()}
    for some in batches(said):
        for pk, statement in sorted(Statement.objects.select_related("source").in_bulk(some).items()):
            texts.sentences.setdefault(said[pk], statement)
    documents = [int(hit.ref) for hit in hits if hit.kind == "document"]
    for numbers in batches(documents):
        texts.documents |= Source.objects.in_bulk(numbers)
    inside = [int(hit.ref) for hit in hits if hit.kind == "document" and hit.rank > 3]
    for numbers in batches(inside, 100):
        texts.bodies |= dict(SourceText.objects.filter(pk__in=numbers).values_list("pk", "cleaned"))
    return [_result(hit, entries[hit.entry], query, texts) for hit in hits if hit.entry in entries]


def _result(hit: Hit, entry: SearchEntry, query: Query, texts: _Texts) -> Result:
    if hit.kind == "sentence":
        return _sentence(hit, entry, query, texts)
    parts = [(str(part), str(text)) for part, text in entry.shown]
    name = parts[0][1]
    excerpt: tuple[Piece, ...] = ()
    note = ""
    for part, text in parts[1:]:
        if part == "path":
            excerpt, note = excerpt or (Piece(text, False),), note or "path"
        elif any(place_in(text, w) and not place_in(name, w) for w in query.words):
            excerpt, note = marked(text, query.words), note or part
            break
    source = None
    if hit.kind == "document":
        source = texts.documents.get(int(hit.ref))
        body = texts.bodies.get(int(hit.ref), "")
        if body:
            excerpt, note = around(body, query.words), ""
    return Result(
        kind=hit.kind,
        label=labels.word(labels.SEARCH_KIND, hit.kind),
        ref=hit.ref,
        url=address(hit),
        title=marked(name, query.words),
        excerpt=excerpt,
        note={"other": _("又名"), "path": _("在")}.get(note, ""),
        place=region_name(entry.region_code or entry.city_code),
        chain=entry.chain_name if hit.kind not in {"chain", "segment"} else "",
        source=source.publisher if source is not None else "",
        published=source.published if source is not None else None,
        region_code=entry.region_code or entry.city_code,
    )


def _sentence(hit: Hit, entry: SearchEntry, query: Query, texts: _Texts) -> Result:
    statement = texts.sentences.get(hit.entry)
    sentence = (statement.clean_sentence or statement.sentence) if statement is not None else ""
    source = statement.source if statement is not None else None
    return Result(
        kind=hit.kind,
        label=labels.word(labels.SEARCH_KIND, hit.kind),
        ref=statement.pk if statement is not None else hit.ref,
        url=reverse("statement", args=[statement.pk]) if statement is not None else address(hit),
        title=around(sentence, query.words, 90),
        place=region_name(entry.region_code or entry.city_code),
        chain=entry.chain_name,
        source=(source.title or source.name) if source is not None else "",
        published=source.published if source is not None else None,
        region_code=entry.region_code or entry.city_code,
    )


def address(hit: Hit) -> str:
    """The page of what was found."""
    if hit.kind in {"enterprise", "project", "document"}:
        return reverse(hit.kind, args=[int(hit.ref)])
    if hit.kind in {"chain", "segment"}:
        return reverse("chain", args=[hit.ref])
    if hit.kind == "sentence":
        return reverse("statement", args=[hit.ref])
    if hit.kind == "person":
        return f"{reverse('records', args=['official'])}?{urlencode({'q': hit.ref})}"
    return reverse("entity", args=[int(hit.ref)])


def marked(text: str, words: Iterable[str]) -> tuple[Piece, ...]:
    """A text in pieces, the first place of each word marked."""
    spans = sorted(span for word in words if (span := place_in(text, word)) is not None)
    pieces: list[Piece] = []
    at = 0
    for start, end in spans:
        if start < at:
            start = at
        if start >= end:
            continue
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    pieces.append(Piece(text[at:], False))
    return tuple(piece for piece in pieces if piece.text)


def around(text: str, words: Sequence[str], width: int = AROUND) -> tuple[Piece, ...]:
    """The stretch around the first place of the first word that stands in a text, its words marked."""
    at = next((span for word in words if (span := place_in(text, word)) is not None), None)
    if at is None:
        return marked(text[: 2 * width] + ("…" if len(text) > 2 * width else ""), words)
    start, end = max(0, at[0] - width), min(len(text), at[1] + width)
    cut = " ".join(text[start:end].split())
    return marked(("…" if start else "") + cut + ("…" if end < len(text) else ""), words)
