"""What a room with tables of its own keeps of a text to find its copies later; the same whatever came in before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from zlib import crc32

from .compare import SHORTEST
from .index import worth_comparing
from .key import key_of
from .postings import fingerprints

MOST = 8_000
"""Fingerprints kept of one text: all of one with 80,000 characters. Of a longer one the smallest, the same in every text."""
_TELLING = re.compile(r"\d{3,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERS = 2**32  # numbers lie above the fingerprints, so that one table may hold both
_FEW_NUMBERS = 4
_NUMBERS_SHARED = 0.1  # of the telling numbers of the text that has fewer


@dataclass(frozen=True, slots=True)
class Signature:
    """A text as the search for copies knows it.

    `digest` is equal for texts that differ in script and marks alone; `shingles` are sampled runs of five characters
    (below 2**32), `numbers` the numbers of three digits and more that are no years (above).
    """

    digest: str
    length: int
    shingles: tuple[int, ...]
    numbers: tuple[int, ...]


def signature(text: str) -> Signature | None:
    """The signature of a clean body text; None for one too short to be told from a sentence that two have in common."""
    key = key_of(text)
    if len(key) < SHORTEST:
        return None
    digest = blake2b(key.encode("utf-16-le"), digest_size=16).hexdigest()
    numbers = {n for n in _TELLING.findall(key) if not _YEAR.fullmatch(n)}
    return Signature(
        digest,
        len(key),
        tuple(sorted(fingerprints(key))[:MOST]),
        tuple(sorted({_NUMBERS + crc32(n.encode()) for n in numbers})[:MOST]),
    )


def may_be_copies(shingles: tuple[int, int, int], numbers: tuple[int, int, int]) -> bool:
    """Whether two texts are worth comparing; each argument is how many both have, the left one has, the right one has.

    Two texts on one template share their words and none of their numbers: those are told apart here already, or every
    month's bulletin would be compared with every other.
    """
    shared, left, right = numbers
    fewer = min(left, right)
    if fewer >= _FEW_NUMBERS and shared < max(1, _NUMBERS_SHARED * fewer):
        return False
    return worth_comparing(*shingles)
