"""Two texts against each other: is one a copy of the other, and of what sort?"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from .key import key_of, places_of
from .model import CopyKind, Overlap, Passage
from .passages import SEED, Chain, Marked, chains, covered, likely, number_agreement, seeds_of

SHORTEST = 40
"""Characters below which a text can only be identical to another."""

_LEAST = 0.5  # share of the shorter text that must lie in common passages
_FEWEST = 60  # characters in common passages
_WHOLE = 0.75  # share of both texts from which the pair is one article
_SEEDS = 0.22  # share of common seeds below which the passages cannot reach _LEAST
_IN_ORDER = 0.85  # share of the passages that keep their order; below it the text was shuffled
_EXACT = 0.93  # share of unchanged characters within the passages; below it the text was reworded
_AGREEING = 0.7  # share of equal numbers in the passages; below it two texts only share a template
_FEW_NUMBERS = 3


@dataclass
class Prepared:
    """A text with its key, and what comparing needs once it is needed."""

    text: str

    @cached_property
    def key(self) -> str:
        return key_of(self.text)

    @cached_property
    def seeds(self) -> dict[str, list[int]]:
        return seeds_of(self.marked.text)

    @cached_property
    def marked(self) -> Marked:
        return Marked(self.key)


def compare(left: Prepared, right: Prepared) -> Overlap | None:
    """The overlap of two texts, None where neither copies the other."""
    if left.key == right.key and left.key:
        passage = Passage((0, len(left.text)), (0, len(right.text)))
        return Overlap("identical", 1.0, 1.0, (passage,))
    ours, theirs = left.marked, right.marked
    shorter = min(len(ours.text), len(theirs.text))
    if shorter < SHORTEST or not likely(left.seeds, theirs.text, _SEEDS):
        return None
    found = chains(ours.text, left.seeds, theirs.text)
    left_covered = covered([c.spans[:2] for c in found])
    right_covered = covered([c.spans[2:] for c in found])
    left_share, right_share = left_covered / len(ours.text), right_covered / len(theirs.text)
    if max(left_share, right_share) < _LEAST or min(left_covered, right_covered) < min(_FEWEST, 0.8 * shorter):
        return None
    found = _principal(found, len(ours.text), len(theirs.text))
    agreeing, numbers = number_agreement(ours, theirs, found)
    if agreeing < _AGREEING * numbers and (numbers > _FEW_NUMBERS or (not agreeing and numbers > 1)):
        return None
    kind = _kind(left_share, right_share, found)
    return Overlap(kind, round(left_share, 4), round(right_share, 4), _passages(left, right, found))


def compare_texts(left: str, right: str) -> Overlap | None:
    """The overlap of two clean body texts, None where neither copies the other."""
    return compare(Prepared(left), Prepared(right))


def _kind(left_share: float, right_share: float, found: list[Chain]) -> CopyKind:
    left = sum(c.spans[1] - c.spans[0] for c in found)
    right = sum(c.spans[3] - c.spans[2] for c in found)
    # Strewn characters stretch one side only; rewording changes both.
    unchanged = max(sum(c.left_exact for c in found) / left, sum(c.right_exact for c in found) / right)
    if unchanged < _EXACT or _in_order(found) < _IN_ORDER:
        return "spun"
    return "repost" if min(left_share, right_share) >= _WHOLE else "excerpt"


def _in_order(found: list[Chain]) -> float:
    """Share of the shared characters in the longest run of passages that both texts have in the same order."""
    places: list[int] = []  # ascending; where in the left text a run may end …
    lengths: list[int] = []  # … and the most characters of a run that ends there or before, ascending
    total = 0
    for chain in found:
        length = chain.right_last - chain.right + SEED
        total += length
        at = bisect_right(places, chain.left)
        reached = (lengths[at - 1] if at else 0) + length
        end = at
        while end < len(lengths) and lengths[end] <= reached:
            end += 1
        places[at:end] = [chain.left]
        lengths[at:end] = [reached]
    return lengths[-1] / total if total else 1.0


def _principal(found: list[Chain], left: int, right: int) -> list[Chain]:
    """The passages without those that lie mostly within longer ones, on either side: set phrases that recur."""
    kept: list[Chain] = []
    ours, theirs = bytearray(left), bytearray(right)  # 1 where a kept passage lies
    for chain in sorted(found, key=lambda c: (c.right - c.right_last, c.left, c.right)):
        a, b, c, d = chain.spans
        if 2 * ours.count(1, a, b) < b - a and 2 * theirs.count(1, c, d) < d - c:
            kept.append(chain)
            ours[a:b] = bytes([1]) * (b - a)
            theirs[c:d] = bytes([1]) * (d - c)
    return sorted(kept, key=lambda c: c.right)


def _passages(left: Prepared, right: Prepared, found: list[Chain]) -> tuple[Passage, ...]:
    """Passages as places in the texts as they were given, in the order of the left one."""
    ours = left.marked.places(places_of(left.text, left.key))
    theirs = right.marked.places(places_of(right.text, right.key))
    spans = sorted(chain.spans for chain in found)
    return tuple(Passage((ours[a][0], ours[b - 1][1]), (theirs[c][0], theirs[d - 1][1])) for a, b, c, d in spans)
