"""Marks in a text: spans that overlap and nest in any way, written as flat HTML that always closes.

The text is cut at every border of every span; each piece is written once, inside one `<mark>` that carries the
ids of all spans covering it. The innermost (shortest) span gives the colour and what a click opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

LAYERS = ("sentence", "check", "phrase", "chain", "enterprise", "project", "figure")
"""Kinds of mark; of two spans equally long the later one gives the colour."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch [start, end) of the text to mark. `url` is what a click opens in the side panel."""

    start: int
    end: int
    kind: str
    id: str
    url: str = ""
    label: str = ""
    low: bool = False  # the reader had little confidence


def marked(text: str, spans: Iterable[Span], start: int = 0, end: int | None = None, found: str = "") -> str:
    """`text[start:end]` as safe HTML with its marks.

    Args:
        text: the whole text that the spans count in.
        spans: marks; those outside [start, end) are left out, those across its borders are cut.
        start: first character written.
        end: one past the last character written, the end of the text by default.
        found: id of the span that a deep link asks for.
    """
    end = len(text) if end is None else end
    inside = [s for s in spans if s.start < end and s.end > start and s.start < s.end]
    borders = sorted({start, end, *(b for s in inside for b in (s.start, s.end) if start < b < end)})
    opening = sorted(inside, key=lambda s: s.start)
    live: list[Span] = []
    at = 0
    first_of: set[str] = set()
    out: list[str] = []
    for left, right in pairwise(borders):
        while at < len(opening) and opening[at].start <= left:
            live.append(opening[at])
            at += 1
        live = [s for s in live if s.end > left]
        piece = escape(text[left:right])
        if not live:
            out.append(piece)
            continue
        out.append(_mark(piece, live, first_of, found))
    return "".join(out)


def spans_of(stretches: Sequence[tuple[int, int]], spans: Iterable[Span]) -> list[list[Span]]:
    """The spans that touch each of `stretches`, which must lie in order: one sweep over both instead of one a stretch."""
    coming = sorted(spans, key=lambda s: s.start)
    live: list[Span] = []
    at = 0
    out = []
    for start, end in stretches:
        while at < len(coming) and coming[at].start < end:
            live.append(coming[at])
            at += 1
        live = [s for s in live if s.end > start]
        out.append(list(live))
    return out


def _mark(piece: str, live: Sequence[Span], first_of: set[str], found: str) -> str:
    top = min(live, key=lambda s: (s.end - s.start, -_layer(s.kind)))
    ids = list(dict.fromkeys(s.id for s in live if s.kind != "sentence"))
    classes = ["m", top.kind]
    if top.low:
        classes.append("low")
    if top.kind != "check" and any(s.kind == "check" for s in live):
        classes.append("checked")
    if found and found in ids:
        classes.append("found")
    attributes = f' class="{" ".join(classes)}"'
    if ids:
        attributes += f' data-ids="{escape(" ".join(ids))}"'
    if top.url:
        attributes += f' data-url="{escape(top.url)}"'
    if top.label:
        attributes += f' title="{escape(top.label)}"'
    if top.url and top.id not in first_of:  # one stop of the tab key for each mark, not for each piece of it
        first_of.add(top.id)
        attributes += ' tabindex="0"'
    return f"<mark{attributes}>{piece}</mark>"


def _layer(kind: str) -> int:
    return LAYERS.index(kind) if kind in LAYERS else -1


def name_spans(text: str, names: Iterable[tuple[str, Span]], greyed: Sequence[tuple[int, int]] = ()) -> list[Span]:
    """Every place where a name stands in `text`.

    Of names of one kind the longest is marked and its parts are not; a name of another kind inside it is (the firm
    in the name of its project).

    Args:
        text: the text to look in.
        names: (name, model span) pairs; the model's kind, id, url and label are kept.
        greyed: stretches that are page furniture and get no marks.
    """
    furniture = bytearray(len(text))
    for left, right in greyed:
        furniture[left:right] = b"\1" * (min(right, len(text)) - left)
    taken: dict[str, bytearray] = {}
    out: list[Span] = []
    for name, model in sorted(names, key=lambda pair: (-len(pair[0]), pair[0])):
        if len(name) < 2:
            continue
        used = taken.setdefault(model.kind, bytearray(furniture))
        at = text.find(name)
        while at >= 0:
            stop = at + len(name)
            if not any(used[at:stop]):
                used[at:stop] = b"\1" * len(name)
                out.append(Span(at, stop, model.kind, model.id, model.url, model.label, model.low))
            at = text.find(name, stop)
    return out
