"""The characters of a text that a copy keeps: script, marks, spaces and strewn signs set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

from liantu.reading.model import BODY_KINDS, Document
from liantu.reading.script import is_traditional, to_simplified

_KEPT = re.compile("[\u4e00-\u9fff0-9]+")
_DROPPED = re.compile("[^\u4e00-\u9fff0-9]+")
_WORD = re.compile(r"\w+")
_NARROW = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)}
_WIDE_DIGIT = re.compile("[０-９]")
_CHINESE_SHARE = 0.25
_FIRST, _CHARACTERS = 0x4E00, 0x5200


def body_text(document: Document) -> str:
    """The clean body of a document, a line a block: without navigation, bylines, captions and advertisements."""
    clean = document.text.clean
    return "\n".join(clean[b.start : b.end] for b in document.blocks if b.kind in BODY_KINDS)


def key_of(text: str) -> str:
    """The Chinese characters and digits of `text`, Simplified.

    A text with few Chinese characters gives one character for each of its words instead, so that its words are compared
    and not its letters.
    """
    text = _narrowed(text)
    key = _DROPPED.sub("", text)
    if len(key) < _CHINESE_SHARE * len(text):
        return "".join(map(_word_character, _WORD.findall(text)))
    return to_simplified(key) if is_traditional(key) else key


def places_of(text: str, key: str) -> Sequence[tuple[int, int]]:
    """For each character of `key`, the key of `text`, its [start, end) in `text`."""
    kept = [at for m in _KEPT.finditer(_narrowed(text)) for at in range(m.start(), m.end())]
    if len(kept) == len(key) and len(kept) >= _CHINESE_SHARE * len(text):
        return [(at, at + 1) for at in kept]
    return [m.span() for m in _WORD.finditer(text)]


def _narrowed(text: str) -> str:
    """Full-width digits in half width; one for one, so that places stay."""
    return text.translate(_NARROW) if _WIDE_DIGIT.search(text) else text


def _word_character(word: str) -> str:
    return chr(_FIRST + crc32(word.casefold().encode()) % _CHARACTERS)
