"""Indicators folded for comparison. The words that do not count are data (`data/indicator_words.csv`)."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

NAME_END = 5  # characters of a name's end that mark it as the name
USES = frozenset({"drop", "drop_start", "drop_end", "scope"})
NOISE = re.compile(r"[\s“”‘’\"'《》〈〉（）()\[\]【】、，。：；·—\-_/]+")
COUNTED = re.compile(r"(?:第?[一二两三四五六七八九十百\d]+)(?:条|个|家|户|项|批|大)")


@cache
def words(use: str) -> tuple[str, ...]:
    """Words of one use, longest first. Raises ValueError for a row without source or with an unknown use."""
    found = []
    with (files("liantu.ledger") / "data" / "indicator_words.csv").open(encoding="utf-8") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            if row["use"] not in USES or not row["source"] or not row["word"]:
                raise ValueError(f"indicator_words.csv:{line}: {row}")
            if row["use"] == use:
                found.append(row["word"])
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def _dropped(use: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words(use)))


@lru_cache(maxsize=100_000)
def fold(indicator: str, subject: tuple[str, ...] = ()) -> str:
    """An indicator without its subject's name and without words that other columns already say.

    `subject` holds the names of the one the figure is about. Where nothing would be left, the indicator stays whole.
    """
    plain = NOISE.sub("", unicodedata.normalize("NFKC", indicator)).lower()
    text = _without_subject(plain, subject)
    text = _dropped("drop").sub("", text)
    for word in words("drop_start"):
        text = text.removeprefix(word)
    for word in words("drop_end"):
        if len(text) > len(word) + 1:
            text = text.removesuffix(word)
    text = text.strip("的之")
    return text or plain


def _without_subject(text: str, names: tuple[str, ...]) -> str:
    """An indicator without the name, or the end of the name, that it begins with: 玻璃纤维项目总投资 → 总投资."""
    for name in sorted((NOISE.sub("", unicodedata.normalize("NFKC", n)).lower() for n in names), key=len, reverse=True):
        if len(name) >= 2 and text.startswith(name) and text != name:
            return text.removeprefix(name)
        for length in range(min(len(name), len(text) - 2), NAME_END - 1, -1):
            if name.endswith(text[:length]):
                return text[length:]
    return text


@lru_cache(maxsize=100_000)
def stem(folded: str) -> str:
    """A folded indicator without words of scope (培育认定, 新增, 第一批): what two readings of it have in common."""
    text = _dropped("scope").sub("", COUNTED.sub("", folded))
    return text if len(text) >= 2 else folded


def pieces(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})


def likeness(first: str, second: str) -> float:
    """Share of the shorter text's character pairs that the longer one has too, 0 to 1; 1 where one holds the other."""
    if not first or not second:
        return 0.0
    if first in second or second in first:
        return 1.0
    a, b = pieces(first), pieces(second)
    return len(a & b) / min(len(a), len(b))
