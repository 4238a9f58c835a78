"""What the off-the-shelf parts make of one document: tagged sentences, the places in it, when it was published."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

Span = tuple[date, date]

NOUNS = frozenset({"n", "nz", "nw", "nr", "ns", "nt", "vn", "an", "s", "f", "LOC", "ORG", "PER"})
ENDS = re.compile(r"[。！？；;!?\n]+")
COMMAS = re.compile(r"[，,：:、。；;！？!?\n（）()]")
DATE = re.compile(r"(20\d{2})\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})")
LEVELS = {"省": 0, "市": 1, "县": 2, "区": 2}
# A character's reading in brackets, as some hosts print behind characters: 產(chǎn).
READING = re.compile(r"(?<=[一-龥])[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+[）)]")


@dataclass(frozen=True, slots=True)
class Place:
    """A place where it is named, with its province, city and county as far down as its own level (empty where unknown)."""

    start: int
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.names[-1]


@dataclass(frozen=True, slots=True)
class Parts:
    """The packages, each as one function: words with tags, places, Chinese numerals, expressions of time, simplified characters."""

    tag: Callable[[str], list[tuple[str, str]]]
    places: Callable[[str], list[Place]]
    numeral: Callable[[str], float]
    dates: Callable[[str, date | None], Span | None]
    simplified: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, its tag and its place in the sentence."""

    start: int
    end: int
    text: str
    tag: str


@dataclass
class Sentence:
    """A sentence at its raw offset, with its words."""

    start: int
    text: str
    tokens: list[Token]
    paragraph: int  # where its paragraph begins

    @cached_property
    def commas(self) -> list[int]:
        return [m.start() for m in COMMAS.finditer(self.text) if not self._inside_number(m.start())]

    def clause(self, at: int) -> tuple[int, int]:
        """Where the clause around `at` begins and ends."""
        index = bisect_right(self.commas, at)
        before = self.commas[index - 1] + 1 if index else 0
        return before, self.commas[index] if index < len(self.commas) else len(self.text)

    def between(self, start: int, end: int) -> list[Token]:
        return [t for t in self.tokens if start <= t.start and t.end <= end]

    def _inside_number(self, at: int) -> bool:
        return self.text[at] == "," and self.text[at - 1 : at].isdigit() and self.text[at + 1 : at + 4].isdigit()


class Text:
    """A document as the parts see it."""

    def __init__(self, raw: str, parts: Parts) -> None:
        self.parts = parts
        self.raw, self._offsets = cleaned(raw, parts.simplified)
        self.places = parts.places(self.raw)
        self._starts = [place.start for place in self.places]
        self.published = published(self.raw)
        self.sentences = list(sentences(self.raw, parts.tag))
        counted: Counter[str] = Counter()
        for place in self.places:
            # A county also speaks for its city.
            counted.update({place.name: 2, **({place.names[1]: 1} if len(place.names) == 3 else {})})
        self.region = counted.most_common(1)[0][0] if counted else ""

    def region_of(self, word: str) -> str:
        """The 省, 市, 县 or 区 that is named or lies above what is named most often; the region of the document if there is none."""
        level = LEVELS[word]
        counted = Counter(place.names[level] for place in self.places if len(place.names) > level)
        return counted.most_common(1)[0][0] if counted else self.region

    def offset(self, at: int) -> int:
        """The offset in the document as it came of an offset in the cleaned text."""
        return self._offsets[at]

    def last_place(self, start: int, end: int) -> Place | None:
        """The last place named in `[start, end)` of the raw text."""
        index = bisect_right(self._starts, end - 1) - 1
        return self.places[index] if index >= 0 and self._starts[index] >= start else None


def cleaned(raw: str, simplified: Callable[[str], str]) -> tuple[str, list[int]]:
    """The text in simplified characters without readings in brackets, and where each of its characters came from."""
    plain = simplified(raw)
    plain = plain if len(plain) == len(raw) else raw
    offsets: list[int] = []
    at = 0
    for m in READING.finditer(plain):
        offsets += range(at, m.start())
        at = m.end()
    offsets += range(at, len(plain))
    return "".join(plain[i] for i in offsets), offsets


def published(raw: str) -> date | None:
    """The first whole date of the document."""
    for year, month, day in DATE.findall(raw):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def sentences(raw: str, tag: Callable[[str], list[tuple[str, str]]]) -> Iterator[Sentence]:
    """`raw` cut after its full stops and line ends, each piece tagged."""
    at = paragraph = 0
    for end in [m.end() for m in ENDS.finditer(raw)] + [len(raw)]:
        text = raw[at:end]
        if text.strip():
            yield Sentence(at, text, list(tokens(text, tag)), paragraph)
        at = end
        paragraph = at if text.endswith("\n") else paragraph


def tokens(text: str, tag: Callable[[str], list[tuple[str, str]]]) -> Iterator[Token]:
    """The tagged words of `text` with their places; words that the tagger rewrote are left out."""
    at = 0
    for word, kind in tag(text):
        found = text.find(word, at)
        if found >= 0:
            at = found + len(word)
            yield Token(found, at, word, kind)


def noun_run(words: list[Token], allowed: frozenset[str] = NOUNS) -> list[Token]:
    """The longest run of nouns at the end of `words`."""
    first = len(words)
    while first and words[first - 1].tag in allowed:
        first -= 1
    return words[first:]
