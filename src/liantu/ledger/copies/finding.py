"""What one document repeats of earlier ones, passage by passage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from liantu.ledger.copies.bodies import Body, Shelf
from liantu.ledger.copies.candidates import Entry
from liantu.resolution.duplicates import CopyKind, Overlap, compare

WHOLE = 0.75  # share of a text in common passages with one original, from which no further ones are sought
NEW = 60  # characters that a further original must add to what the earlier ones already account for
GAP = 40  # characters between two passages (a reworded phrase, a caption) that still belong to the copy


@dataclass(frozen=True, slots=True)
class Found:
    """An original and the passages taken from it, in raw offsets: [start, end) in the copy, [start, end) in the original."""

    original: int
    kind: CopyKind
    share: float
    original_share: float
    passages: tuple[tuple[int, int, int, int], ...]


def originals_of(source: int, earlier: Iterable[Entry], shelf: Shelf) -> list[Found]:
    """The documents that `source` repeats, the earliest first.

    Args:
        source: the later document.
        earlier: the documents worth comparing that come before it (`Entry.order`), the earliest first.
        shelf: where bodies are taken from.

    A later original counts only for passages that no earlier one has: of an article reprinted ten times, all point at
    the first. What is given depends on the texts and dates alone, not on when the documents came in.
    """
    body = shelf.body(source)
    taken = bytearray(len(body.prepared.text))
    found: list[Found] = []
    for entry in earlier:
        other = shelf.body(entry.source)
        overlap = compare(body.prepared, other.prepared)
        if overlap is None:
            continue
        if found and _added(taken, overlap) < NEW:
            continue
        for passage in overlap.passages:
            start, end = passage.left
            taken[start:end] = b"\1" * (end - start)
        found.append(_found(entry.source, overlap, body, other))
        if overlap.left_share >= WHOLE:
            break
    return found


def repeats(later: int, earlier: int, shelf: Shelf) -> bool:
    """Whether one document has passages of another."""
    return compare(shelf.body(later).prepared, shelf.body(earlier).prepared) is not None


def _added(taken: bytearray, overlap: Overlap) -> int:
    """How many characters of the passages are not marked yet."""
    return sum(p.left[1] - p.left[0] - taken.count(1, *p.left) for p in overlap.passages)


def _found(original: int, overlap: Overlap, body: Body, other: Body) -> Found:
    passages = []
    spans = [(*p.left, *p.right) for p in overlap.passages]
    for at, (start, end, there, there_end) in enumerate(spans):
        following = spans[at + 1][0] if at + 1 < len(spans) else len(body.prepared.text)
        if end < following <= end + GAP:
            end = following
        passages.append((*body.raw_span(start, end), *other.raw_span(there, there_end)))
    return Found(original, overlap.kind, overlap.left_share, overlap.right_share, tuple(passages))
