"""What a sentence says its number covers: how many of what (10条产业链), newly or in stock, of which level or kind.

Two numbers of one indicator may differ because the thing changed or because something else was counted. The signs that
something else was counted are looked for here; a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from liantu.vocabulary.tables import alternatives, read_table

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_COUNTERS = "条个家户项类大市县区"
_STOP = re.compile(r"[。；！？\n]")


@dataclass(frozen=True, slots=True)
class Covered:
    """Signs of what a number covers: `counts` by noun (产业链: 10), and the word of each `group` (stock: 累计)."""

    counts: Mapping[str, int]
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One sign on which two differ. `sign` is `count` or a group of `scope_words.csv`; one side may be silent (empty)."""

    sign: str
    what: str
    first: str
    second: str


@cache
def _table() -> Mapping[str, tuple[tuple[str, str], ...]]:
    table = read_table("scope_words.csv", ("group", "value", "word", "source"), __package__)
    table.require_unique("group", "word")
    found: dict[str, list[tuple[str, str]]] = {}
    for _, row in table.rows:
        found.setdefault(row["group"], []).append((row["word"], row["value"]))
    return {g: tuple(sorted(words, key=lambda w: (-len(w[0]), w[0]))) for g, words in found.items()}


@cache
def _counted() -> re.Pattern[str]:
    nouns = alternatives(word for word, _ in _table()["noun"])
    return re.compile(
        rf"(?<![\d.第])(\d{{1,4}}|[一二两三四五六七八九十]{{1,3}})([{_COUNTERS}])([^\d，。；、：（）()“”]{{0,8}}?)({nouns})"
    )


def covered(sentence: str, number: str = "", indicator: str = "") -> Covered:
    """The signs in `sentence` that hold for `number`: those before it in its own sentence, else those of its clause.

    `indicator` is looked at first: what stands in it holds without doubt.
    """
    lead, clause = _lead(sentence, number)
    nouns = dict(_table()["noun"])
    counts: dict[str, int] = {}
    for text in (lead, indicator):
        for found in _counted().finditer(text):
            counts[nouns[found[4]]] = _number(found[1])
    groups: dict[str, str] = {}
    for group, words in _table().items():
        if group == "noun":
            continue
        for text in (indicator, clause):
            value = next((value for word, value in words if word in text), "")
            if value:
                groups[group] = value
                break
    return Covered(counts, groups)


def _lead(sentence: str, number: str) -> tuple[str, str]:
    """What stands before the number in its sentence, and its clause."""
    at = sentence.find(number) if number else -1
    if at < 0:
        return sentence, sentence
    start = max((m.end() for m in _STOP.finditer(sentence, 0, at)), default=0)
    left = max(sentence.rfind(mark, start, at) for mark in "，。；：") + 1
    right = min((i for i in (sentence.find(m, at) for m in "，。；") if i >= 0), default=len(sentence))
    return sentence[start:at], sentence[max(left, start) : right]


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[c]) for c in text))
    return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)


def differences(first: Covered, second: Covered) -> tuple[Difference, ...]:
    """The signs on which two differ for certain: both speak, and say different things."""
    found = [
        Difference("count", noun, str(first.counts[noun]), str(second.counts[noun]))
        for noun in sorted(first.counts.keys() & second.counts.keys())
        if first.counts[noun] != second.counts[noun]
    ]
    found += [
        Difference(group, "", first.groups[group], second.groups[group])
        for group in sorted(first.groups.keys() & second.groups.keys())
        if first.groups[group] != second.groups[group]
    ]
    return tuple(found)


def silences(first: Covered, second: Covered) -> tuple[Difference, ...]:
    """Signs that only one of the two gives: nothing follows from them, but a person should look."""
    found = [
        Difference("count", noun, str(first.counts.get(noun, "")), str(second.counts.get(noun, "")))
        for noun in sorted(first.counts.keys() ^ second.counts.keys())
    ]
    found += [
        Difference(group, "", first.groups.get(group, ""), second.groups.get(group, ""))
        for group in sorted(first.groups.keys() ^ second.groups.keys())
    ]
    return tuple(found)
