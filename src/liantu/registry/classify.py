"""Which chains a business scope speaks of, by the words of the vocabulary, each kept as the reason.

A word counts with what the enterprise does with the thing: a shop that sells 光伏设备 is on the chain of 光伏 otherwise than its
maker. The verb of the clause tells it. Words inside brackets that take something out (不含…, 除外) do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import ahocorasick

from liantu.vocabulary import chains, generic_chains
from liantu.vocabulary.tables import read_table

Activity = Literal["make", "sell", "serve", "unstated"]
ACTIVITIES: tuple[Activity, ...] = ("make", "sell", "serve", "unstated")
"""In the order in which they count: a clause that makes and sells is one that makes."""
Where = Literal["scope", "name", "products"]

_CLAUSE = re.compile(r"[^；;。\n]+")
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Match:
    """A word that puts an enterprise on a chain (or whatever the lexicon's labels are)."""

    label: str
    word: str
    where: Where
    start: int  # of the word, in the text it was found in
    activity: Activity


class Lexicon:
    """Words and the labels they mean, found in one pass over a text, the longest word first."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        """`words`: label → its words. A word of two labels means both."""
        labels: dict[str, list[str]] = {}
        for label, forms in words.items():
            for form in dict.fromkeys(forms):
                if form:
                    labels.setdefault(form, []).append(label)
        self._automaton = ahocorasick.Automaton()
        for form, found in labels.items():
            self._automaton.add_word(form, (form, tuple(found)))
        self._filled = bool(labels)
        if self._filled:
            self._automaton.make_automaton()

    def find(self, text: str) -> list[tuple[int, str, tuple[str, ...]]]:
        """(start, word, labels) of the words in `text`, none inside another, from the left."""
        if not self._filled:
            return []
        return [(end - len(form) + 1, form, labels) for end, (form, labels) in self._automaton.iter_long(text)]


@cache
def chain_lexicon() -> Lexicon:
    """The chains of the vocabulary by all their forms; class words that name no industry are left out.

    A longer word that holds the word of a published key chain is on that chain as well: 光伏组件 is an industry of its own and
    part of 光伏.
    """
    generic = generic_chains()
    words = {term.name: [f for f in term.forms if f not in generic] for term in chains()}
    every = [form for forms in words.values() for form in forms]
    for term in chains():
        if term.level:
            own = words[term.name]
            words[term.name] = [*own, *(w for w in every if w not in own and any(f in w for f in own))]
    return Lexicon(words)


@cache
def _verbs() -> Mapping[str, re.Pattern[str]]:
    """Activity → what tells it in a clause; `except` → what makes a bracket take things out."""
    table = read_table("activities.csv", ("word", "activity", "source"), package=__package__)
    table.require_unique("word")
    table.require_known("activity", (*ACTIVITIES, "except"))
    found: dict[str, list[str]] = {}
    for _, row in table.rows:
        found.setdefault(row["activity"], []).append(re.escape(row["word"]))
    return {activity: re.compile("|".join(words)) for activity, words in found.items()}


def classify(name: str, scope: str, lexicon: Lexicon | None = None, *, products: str = "") -> tuple[Match, ...]:
    """The labels that the name, the business scope and the list's word on products speak of, each once for each of them.

    Of several words for one label in the scope the one with the strongest activity stands, then the longest, then the first.
    A product named as such is made.
    """
    words = lexicon or chain_lexicon()
    found = [
        *_in_scope(scope, words),
        *_once(name, "name", "unstated", words),
        *_once(products, "products", "make", words),
    ]
    return tuple(sorted(found, key=lambda m: (m.label, m.where)))


def _in_scope(scope: str, words: Lexicon) -> list[Match]:
    best: dict[str, tuple[tuple[int, int, int], Match]] = {}
    text = _without_exceptions(scope)
    clauses: list[tuple[int, int, Activity]] | None = None
    for start, word, labels in words.find(text):
        if clauses is None:
            clauses = [(c.start(), c.end(), _activity(c.group())) for c in _CLAUSE.finditer(text)]
        activity: Activity = next((a for first, last, a in clauses if first <= start < last), "unstated")
        rank = (ACTIVITIES.index(activity), -len(word), start)
        for label in labels:
            if label not in best or rank < best[label][0]:
                best[label] = (rank, Match(label, word, "scope", start, activity))
    return [match for _, match in best.values()]


def _once(text: str, where: Where, activity: Activity, words: Lexicon) -> list[Match]:
    """The first word of each label in a text that has no verbs."""
    found: dict[str, Match] = {}
    for start, word, labels in words.find(text):
        for label in labels:
            found.setdefault(label, Match(label, word, where, start, activity))
    return list(found.values())


def _activity(clause: str) -> Activity:
    verbs = _verbs()
    return next((a for a in ACTIVITIES if a in verbs and verbs[a].search(clause)), "unstated")


def _without_exceptions(scope: str) -> str:
    """`scope` with the brackets that take something out blanked, every other character in its place."""
    if "(" not in scope and "（" not in scope:
        return scope
    exception = _verbs()["except"]

    def blank(found: re.Match[str]) -> str:
        inside = found.group()
        return " " * len(inside) if exception.search(inside) else inside

    return _BRACKET.sub(blank, scope)
