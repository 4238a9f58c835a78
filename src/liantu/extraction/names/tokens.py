"""The words of a document, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from liantu.reading.model import Document

from .lexicon import FINDERS, Lexicon, lexicon

_FUNCTION = frozenset("由与在将向对被把让内等及和以随据")
_NEVER_NAMES = frozenset("由将被把让以据")
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
    for block in document.blocks:
        if block.kind in SKIPPED:
            continue
        at = block.start
        for word, tag in lex.jieba.tag(clean[block.start : block.end]):
            if (
                word[0] in _FUNCTION
                and len(word) > (1 if word[0] in _NEVER_NAMES else 2)
                and not lex.jieba.has_word(word)
            ):
                # The segmenter's guess at unknown words takes 由骏驰, 内太锅 for one word.
                words.append(word[0])
                tags.append("p")
                starts.append(at)
                at += 1
                ends.append(at)
                word = word[1:]
            rest = ""
            if word[-1] == "等" and len(word) > 2 and not lex.jieba.has_word(word):
                word, rest = word[:-1], "等"  # 海鸿等 is a name and what closes its list
            if word[0] in _ASCII and words and ends[-1] == at and words[-1][-1] in _ASCII:
                # 56GW comes as 5, 6G, W.
                words[-1] += word
                at += len(word)
                ends[-1] = at
                continue
            if (
                word[-2:] == "出口"
                and len(word) == 4
                and words
                and len(words[-1]) in (2, 3)
                and not lex.jieba.has_word(words[-1])
            ):
                # 江驰|汽车出口: behind an unknown word the trade is the firm's and the export its doing.
                words.append(word[:2])
                tags.append("n")
                starts.append(at)
                at += 2
                ends.append(at)
                word, tag = word[2:], "v"
            words.append(word)
            tags.append(tag)
            starts.append(at)
            at += len(word)
            ends.append(at)
            if rest:
                words.append(rest)
                tags.append("u")
                starts.append(at)
                at += 1
                ends.append(at)
        # A block's end is a wall that no name crosses.
        words.append("\n")
        tags.append("x")
        starts.append(at)
        ends.append(at)
    return Tokens(clean, words, tags, starts, ends, _spots(words, lex), frozenset(starts), _townships(clean))


_TOWNSHIP = re.compile(r"(?=([\u4e00-\u9fff]{2,3})(?:镇|街道|乡(?!村)))")


def _townships(text: str) -> frozenset[str]:
    if "镇" not in text and "街道" not in text and "乡" not in text:
        return frozenset()
    names = {m.group(1) for m in _TOWNSHIP.finditer(text)} - {"专业", "特色"}
    return frozenset(names | {n[-2:] for n in names})


def _spots(words: list[str], lex: Lexicon) -> dict[str, list[int]]:
    spots: dict[str, list[int]] = {finder: [] for finder in (*FINDERS, "region")}
    by_word, by_ending = lex.finders, lex.ending_finders
    for i, word in enumerate(words):
        whole, ended = by_word.get(word), by_ending.get(word[-1])
        if whole is not None:
            for finder in whole:
                spots[finder].append(i)
        if ended is not None:
            for finder in ended:
                if whole is None or finder not in whole:
                    spots[finder].append(i)
    return spots
