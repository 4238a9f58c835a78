"""Which texts have a fingerprint: a hash table in flat arrays, 16 bytes an entry."""

from __future__ import annotations

from array import array
from zlib import crc32

SHINGLE = 5
"""Characters of a fingerprint."""

_EVERY = 10  # one shingle in ten is a fingerprint: the same one in every text that has it
_LIMIT = 2**32 // _EVERY
_WIDTH = 2 * SHINGLE
MOST = 64
"""Texts noted for one fingerprint. One that more texts share is a set phrase and tells nothing."""


def fingerprints(key: str) -> list[int]:
    """The sampled shingles of a key as 32-bit hashes, each once. The sample depends on the shingle alone."""
    data = key.encode("utf-16-le")
    shingles = [data[i : i + _WIDTH] for i in range(0, len(data) - _WIDTH + 1, 2)]
    return list({value for value in map(crc32, shingles) if value < _LIMIT})


class Postings:
    """Fingerprints to text numbers. Grows; nothing is ever taken out."""

    def __init__(self) -> None:
        self._heads = array("I", bytes(4 << 16))
        self._hashes = array("I", [0])  # entry 0 ends every chain
        self._texts = array("I", [0])
        self._next = array("I", [0])

    def __len__(self) -> int:
        return len(self._texts) - 1

    def exchange(self, found: list[int], text: int | None) -> dict[int, int]:
        """How many of the fingerprints each earlier text has; notes them for `text` unless that is None."""
        counts: dict[int, int] = {}
        heads, hashes, texts, following = self._heads, self._hashes, self._texts, self._next
        mask = len(heads) - 1
        for value in found:
            at = heads[value & mask]
            same = 0
            while at:
                if hashes[at] == value:
                    same += 1
                    other = texts[at]
                    counts[other] = counts.get(other, 0) + 1
                at = following[at]
            if text is not None and same < MOST:
                hashes.append(value)
                texts.append(text)
                following.append(heads[value & mask])
                heads[value & mask] = len(texts) - 1
        if len(self) > len(heads):
            self._grow()
        return counts

    def _grow(self) -> None:
        heads = array("I", bytes(4 * 2 * len(self._heads)))
        mask = len(heads) - 1
        following = self._next
        for at in range(1, len(self._texts)):
            bucket = self._hashes[at] & mask
            following[at] = heads[bucket]
            heads[bucket] = at
        self._heads = heads
