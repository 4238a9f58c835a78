"""The words of a document, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from liantu.reading.model import Document

from .lexicon import FINDERS, Lexicon, lexicon

_FUNCTION = frozenset("由与在将向对被把让内等及和以随据有是为")
_SMALL_PLACES = frozenset("镇乡村")
_NEVER_NAMES = frozenset("由将被把让以据是为")
_ASCII = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
SKIPPED = frozenset({"boilerplate", "byline", "caption"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """The clean text cut into words; `starts[i]` and `ends[i]` are clean offsets, `known[i]` tells dictionary words."""

    text: str
    words: list[str]
    tags: list[str]
    starts: list[int]
    ends: list[int]
    spots: dict[str, list[int]]  # finder → indices of the words it starts from, in order
    starts_set: frozenset[int] = frozenset()
    townships: frozenset[str] = (
        frozenset()
    )  # what stands before 镇, 乡, 街道 anywhere in the text: names of places, not of firms

    def at(self, offset: int) -> int:
        """Index of the word that holds the clean `offset`."""
        return max(0, bisect_right(self.starts, offset) - 1)


def cut(document: Document, lex: Lexicon | None = None) -> Tokens:
    """Words of the body text of `document`; the rest (navigation, bylines, captions) yields none."""
    lex = lex or lexicon()
    clean = document.text.clean
    words: list[str] = []
    tags: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    plain = lex.plain
    if len(plain) > _REMEMBERED:
        plain.clear()
    for block in document.blocks:
        if block.kind in SKIPPED:
            continue
        begun = len(words)
        for word, tag in lex.jieba.tag(clean[block.start : block.end]):
            as_is = plain.get(word)
            if as_is is None:
                as_is = plain[word] = _is_plain(word, lex)
            if as_is:
                words.append(word)
                tags.append(tag)
            else:
                _mend(word, tag, words, tags, begun, lex)
        # A block's end is a wall that no name crosses.
        at = list(accumulate(map(len, words[begun:]), initial=block.start))
        starts += at
        ends += at[1:]
        ends.append(at[-1])
        words.append("\n")
        tags.append("x")
    return Tokens(clean, words, tags, starts, ends, _spots(words, lex), frozenset(starts), _townships(clean))


_REMEMBERED = 200_000
"""Words the lexicon remembers to be plain before it begins anew, so that a long-running reader stays small."""


def _is_plain(word: str, lex: Lexicon) -> bool:
    """Whether the segmenter's word may stand as it is, wherever it stands."""
    if word[0] in _ASCII or word[-2:] == "出口" or _is_works(word, lex):
        return False
    odd = (
        (word[0] in _SMALL_PLACES and len(word) > 1)
        or (word[0] in _FUNCTION and len(word) > (1 if word[0] in _NEVER_NAMES else 2))
        or (word[-1] == "等" and len(word) > 2)
    )
    return not odd or bool(lex.jieba.has_word(word))


def _is_works(word: str, lex: Lexicon) -> bool:
    """Whether the segmenter runs what is done and 工程 together (扩建工程), which names of works part."""
    return len(word) == 4 and word.endswith("工程") and word[:2] in lex.words["work_word"]


def _mend(word: str, tag: str, words: list[str], tags: list[str], begun: int, lex: Lexicon) -> None:
    """Cut or join what the segmenter's guess at unknown words got wrong; `begun` is where the block began."""
    if word[0] in _ASCII:
        if len(words) > begun and words[-1][-1] in _ASCII:
            words[-1] += word  # 56GW comes as 5, 6G, W
        else:
            words.append(word)
            tags.append(tag)
        return
    if _is_works(word, lex):
        words.append(word[:2])
        tags.append("vn")
        word, tag = word[2:], "n"
    known = lex.jieba.has_word(word)
    if word[0] in _SMALL_PLACES and 1 < len(word) <= 4 and not known and len(words) > begun:
        words.append(word[0])  # 丰田|镇保林|村伟兴: what closes a place opens no word
        tags.append("n")
        word = word[1:]
        known = lex.jieba.has_word(word)
    if word[0] in _FUNCTION and len(word) > (1 if word[0] in _NEVER_NAMES else 2) and not known:
        words.append(word[0])  # 由骏驰, 内太锅
        tags.append("p")
        word = word[1:]
    rest = ""
    if word[-1] == "等" and len(word) > 2 and not known:
        word, rest = word[:-1], "等"  # 海鸿等 is a name and what closes its list
    unknown_before = len(words) > begun and len(words[-1]) in (2, 3) and not lex.jieba.has_word(words[-1])
    if word[-2:] == "出口" and len(word) == 4 and unknown_before:
        # 江驰|汽车出口: behind an unknown word the trade is the firm's and the export its doing.
        words.append(word[:2])
        tags.append("n")
        word, tag = word[2:], "v"
    words.append(word)
    tags.append(tag)
    if rest:
        words.append(rest)
        tags.append("u")


_TOWNSHIP = re.compile(r"(?=([\u4e00-\u9fff]{2,3})(?:镇|街道|乡(?!村)))")


def _townships(text: str) -> frozenset[str]:
    if "镇" not in text and "街道" not in text and "乡" not in text:
        return frozenset()
    names = {m.group(1) for m in _TOWNSHIP.finditer(text)} - {"专业", "特色"}
    return frozenset(names | {n[-2:] for n in names})


def _spots(words: list[str], lex: Lexicon) -> dict[str, list[int]]:
    spots: dict[str, list[int]] = {finder: [] for finder in (*FINDERS, "region")}
    started_by = lex.started_by
    if len(started_by) > _REMEMBERED:
        started_by.clear()
    for i, word in enumerate(words):
        found = started_by.get(word)
        if found is None:
            whole, ended = lex.finders.get(word, ()), lex.ending_finders.get(word[-1], ())
            found = started_by[word] = (*whole, *(f for f in ended if f not in whole))
        for finder in found:
            spots[finder].append(i)
    return spots
