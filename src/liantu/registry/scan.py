"""Finding thousands of words in millions of characters at once, with array operations instead of a loop over texts.

A text becomes an array of character codes; pairs of neighbouring characters that begin no word are passed over, and at the few
places left the hashes of the next two, three, four … characters are looked up among the hashes of the words, as far as words of that
length begin so. On one core this reads about fifty million characters a second, and so several hundred thousand business scopes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint16]
Ints = NDArray[np.int64]

SEPARATOR = "\n"
"""Stands between two texts of a `Texts`; no word holds it."""
_PLANE = 1 << 16
_BITS = 18
_MARKS = np.uint64(64 - _BITS)
_LAST_BIT = 31
_BASE = np.uint64(0x9E3779B97F4A7C15)


@cache
def _plain() -> Codes:
    """Character → what it is compared as: full width as half width, small letters as capitals."""
    table = np.arange(_PLANE, dtype=np.uint16)
    for code in [*range(0x21, 0x7F), *range(0xFF01, 0xFF5F), 0x3000, 0x3014, 0x3015, 0x3010, 0x3011]:
        char = unicodedata.normalize("NFKC", chr(code)).upper()
        table[code] = ord({"〔": "(", "〕": ")", "【": "(", "】": ")"}.get(char, char))
    return table


class Chars:
    """A set of single characters, looked for in many at once by a table of all there are."""

    def __init__(self, chars: str) -> None:
        self._among = np.zeros(_PLANE, np.bool_)
        self._among[codes_of(chars)] = True

    def among(self, codes: Codes) -> NDArray[np.bool_]:
        """For each of `codes` whether it is one of these characters."""
        found: NDArray[np.bool_] = self._among[codes]
        return found


def codes_of(text: str) -> Codes:
    """The characters of `text` as they are compared, one number each, positions kept."""
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    narrow = np.where(wide < _PLANE, wide, 0xFFFD).astype(np.uint16)
    plain: Codes = _plain()[narrow]
    return plain


class Texts:
    """Many texts as one array of characters; `starts` says where each begins."""

    def __init__(self, texts: Sequence[str]) -> None:
        joined = SEPARATOR.join(texts) + SEPARATOR
        self.codes = codes_of(joined)
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        self.starts: Ints = np.zeros(len(texts), np.int64)
        np.cumsum(lengths[:-1] + 1, out=self.starts[1:])
        self.lengths = lengths

    @cached_property
    def pairs(self) -> NDArray[np.uint32]:
        """Hashes of all pairs of neighbouring characters, which every `Scanner` begins with."""
        return _pair_hash(self.codes)

    @cached_property
    def _owner(self) -> NDArray[np.int32]:
        return np.repeat(np.arange(len(self), dtype=np.int32), self.lengths + 1)

    def __len__(self) -> int:
        return len(self.starts)

    def text_of(self, positions: Ints) -> Ints:
        """For each position the number of the text that it lies in."""
        return self._owner[positions].astype(np.int64)


def texts_of(texts: Sequence[str] | Texts) -> Texts:
    """`texts` joined, as far as they are not: several questions about the same texts join them once."""
    return texts if isinstance(texts, Texts) else Texts(texts)


@dataclass(frozen=True, slots=True)
class Hits:
    """Words found: `start` and `end` in the array of characters, `word` the number of the word; ordered by `start`."""

    start: Ints
    end: Ints
    word: Ints

    def __len__(self) -> int:
        return len(self.start)

    def take(self, mask: NDArray[np.bool_]) -> Hits:
        return Hits(self.start[mask], self.end[mask], self.word[mask])


class Scanner:
    """Finds `words` (each of two characters or more): of words that begin at one place the longest, none inside another."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        found: list[tuple[int, int, int, int]] = []  # length, pair of characters at the beginning, hash, number
        for number, word in enumerate(self.words):
            codes = codes_of(word)
            if len(codes) < 2 or SEPARATOR in word:
                raise ValueError(
                    f"词“{word}”不足两个字或含换行 / {word!r} is shorter than two characters or holds a line break"
                )
            found.append((len(codes), int(_pair_hash(codes)[0]), int(_hash(codes)), number))
        lengths = sorted({length for length, *_ in found})
        # For each pair of characters a bit for every length of the words that begin with it.
        self._begins = np.zeros(1 << _BITS, np.uint32)
        self._tables = []
        for bit, length in enumerate(lengths):
            own = np.uint32(1 << min(bit, _LAST_BIT))
            rows = [row for row in found if row[0] == length]
            self._begins[[pair for _, pair, _, _ in rows]] |= own
            numbers = sorted({hashed: number for _, _, hashed, number in reversed(rows)}.items())
            known = np.array([hashed for hashed, _ in numbers], np.uint64)
            marks = np.zeros(1 << _BITS, np.bool_)  # most texts are no word: a look at a bit is cheaper than a search
            marks[known * _BASE >> _MARKS] = True
            self._tables.append((length, own, known, np.array([number for _, number in numbers], np.int64), marks))

    def find(self, text: Texts) -> Hits:
        """The words in `text`."""
        codes = text.codes
        if len(codes) < 2 or not self.words:
            return _no_hits()
        begins = self._begins[text.pairs]
        at = np.flatnonzero(begins)
        begins = begins[at]
        best_word = np.full(len(at), -1, np.int64)
        best_length = np.zeros(len(at), np.int64)
        for length, own, known, numbers, marks in self._tables:
            inside = np.flatnonzero(begins & own)
            inside = inside[: np.searchsorted(at[inside], len(codes) - length, side="right")]
            start = at[inside]
            hashes = codes[start].astype(np.uint64)
            for offset in range(1, length):
                hashes = hashes * _BASE + codes[start + offset]
            likely = np.flatnonzero(marks[hashes * _BASE >> _MARKS])
            hashes = hashes[likely]
            place = np.searchsorted(known, hashes)
            place[place == len(known)] = 0
            hit = known[place] == hashes
            found = inside[likely[hit]]
            best_word[found] = numbers[place[hit]]
            best_length[found] = length
        hit = best_word >= 0
        start, end, word = at[hit], (at + best_length)[hit], best_word[hit]
        if len(start) > 1:
            reach = np.maximum.accumulate(end)
            outside = np.concatenate(([True], end[1:] > reach[:-1]))
            start, end, word = start[outside], end[outside], word[outside]
        return Hits(start, end, word)


def _no_hits() -> Hits:
    empty = np.zeros(0, np.int64)
    return Hits(empty, empty, empty)


def _pair_hash(codes: Codes) -> NDArray[np.uint32]:
    mixed = codes[:-1].astype(np.uint32)
    mixed *= np.uint32(2654435761)
    mixed += codes[1:].astype(np.uint32) * np.uint32(40503 * 65537 & 0xFFFFFFFF)
    mixed >>= np.uint32(32 - _BITS)
    return mixed


def _hash(codes: Codes) -> np.uint64:
    hashes = codes[:1].astype(np.uint64)
    for code in codes[1:]:
        hashes = hashes * _BASE + code
    return np.uint64(hashes[0])
