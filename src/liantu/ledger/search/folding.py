"""Text as it is searched: half width, lower case, Simplified, without spaces; and its grams, which the index keeps.

A gram is one character or two neighbours, as a number of 32 bits. Text of which all grams of a word are known may still not
hold the word (the grams may lie apart): whoever asks the index looks at the text itself, too.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable

from liantu.reading.script import to_simplified

NAME, OTHER, END, WORDS = "\x02", "\x04", "\x03", "\x05"
"""Marks in folded text: a name begins, another name begins, either ends; what follows is no name."""

WORDS_A_QUERY = 6
LONGEST_QUERY = 200


class _Folds(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", chr(code)).casefold())
        folded = "".join(to_simplified(c) if len(to_simplified(c)) == 1 else c for c in folded)
        self[code] = "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf"})
        return self[code]


_FOLDS = _Folds()


def fold(text: str) -> str:
    """`text` folded, character by character: folding a part of a text gives a part of the folded text."""
    return text.translate(_FOLDS)


def place_in(text: str, word: str) -> tuple[int, int] | None:
    """Where a folded word first stands in a text that is not folded, as [start, end); None when it does not."""
    at = fold(text).find(word) if word else -1
    return (_before(text, at), _through(text, at + len(word))) if at >= 0 else None


def _before(text: str, length: int) -> int:
    """The character of `text` whose fold holds the folded character at `length`."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        if len(fold(text[: middle + 1])) <= length:
            low = middle + 1
        else:
            high = middle
    return low


def _through(text: str, length: int) -> int:
    """The shortest beginning of `text` that folds to at least `length` characters."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        if len(fold(text[:middle])) < length:
            low = middle + 1
        else:
            high = middle
    return low


_QUOTED = re.compile(r'["“”「『]([^"“”「」『』]+)["“”」』]|(\S+)')


def words_of(query: str) -> list[str]:
    """The folded words of a query, each to be found somewhere; what stands in quotation marks is one word."""
    found = (fold(quoted or word) for quoted, word in _QUOTED.findall(query[:LONGEST_QUERY]))
    return list(dict.fromkeys(word for word in found if word))[:WORDS_A_QUERY]


def grams(folded: str) -> set[int]:
    """Every character and every pair of neighbours of a folded text."""
    codes = [_code(c) for c in folded]
    return {*codes, *(a << 16 | b for a, b in itertools.pairwise(codes))}


def grams_of_word(word: str) -> list[int]:
    """Grams that a text holding `word` has: pairs that together cover it, at most six; of one character itself."""
    codes = [_code(c) for c in word]
    if len(codes) == 1:
        return codes
    pairs = [a << 16 | b for a, b in itertools.pairwise(codes)]
    covering = [*pairs[::2], pairs[-1]]
    step = max(1, -(-len(covering) // 6))
    return list(dict.fromkeys(covering[::step]))


def place_grams(region: str, city: str) -> list[int]:
    """Grams that no text has, which say where a thing lies: its province, prefecture and county."""
    codes = {code for code in (region, city) if code.isascii() and code.isdigit() and len(code) == 6}
    return sorted({place_gram(level) for code in codes for level in (code[:2] + "0000", code[:4] + "00", code)})


def place_gram(code: str) -> int:
    """The gram that everything in a region has."""
    return _PLACE + int(code)


def office_gram(office: int) -> int:
    """The gram that everything has which comes from a paper of an office."""
    return _PLACE + 0x1000000 + office % 0x1000000


_PLACE = 0xD8000000  # halves of surrogate pairs begin here: no text holds them


def _code(character: str) -> int:
    """A character in 16 bits; those beyond share numbers of the private area, which the look at the text puts right."""
    code = ord(character)
    return code if code < 0x10000 else 0xE000 + code % 0x1900


def signed(numbers: Iterable[int]) -> list[int]:
    """Grams as the signed numbers that PostgreSQL keeps."""
    return [n - (1 << 32) if n >= 1 << 31 else n for n in numbers]
