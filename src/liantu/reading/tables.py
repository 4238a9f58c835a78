"""Loaders of this room's data files; each checks what it loads."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


def rows(name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Rows of `data/<name>`; raises ValueError when a column is missing or a row has no source."""
    with files("liantu.reading").joinpath("data", name).open(encoding="utf-8") as handle:
        reader = csv.DictReader(handle)
        missing = {*columns, "source"} - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{name}: no column {', '.join(sorted(missing))}")
        for line, row in enumerate(reader, 2):
            if not row["source"] or None in row:
                raise ValueError(f"{name}, line {line}: every row needs a source and no surplus cells")
            yield row


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled cue expressions of one kind: `start` is matched at a line's beginning, `inside` searched in it."""

    start: re.Pattern[str] | None
    inside: re.Pattern[str] | None

    def fits(self, line: str) -> bool:
        """Whether the line shows one of the cues."""
        return bool((self.start and self.start.match(line)) or (self.inside and self.inside.search(line)))


CUE_KINDS = ("navigation", "tail", "links", "boilerplate", "byline", "caption", "dateline", "origin")


@cache
def line_cues() -> dict[str, Cues]:
    """Cues by kind from `line_cues.csv` (columns kind, where, pattern, source); patterns fit clean text."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows("line_cues.csv", ("kind", "where", "pattern")):
        if row["kind"] not in CUE_KINDS or row["where"] not in ("start", "inside"):
            raise ValueError(f"line_cues.csv: unknown kind or place in {row}")
        re.compile(row["pattern"])
        found.setdefault((row["kind"], row["where"]), []).append(row["pattern"])

    def joined(kind: str, where: str) -> re.Pattern[str] | None:
        patterns = found.get((kind, where))
        return re.compile("|".join(f"(?:{p})" for p in patterns)) if patterns else None

    return {kind: Cues(joined(kind, "start"), joined(kind, "inside")) for kind in CUE_KINDS}


@cache
def look_alikes() -> dict[int, str]:
    """Code point → the character it stands for, from `look_alikes.csv`."""
    table: dict[int, str] = {}
    for row in rows("look_alikes.csv", ("character", "stands_for")):
        if len(row["character"]) != 1 or len(row["stands_for"]) != 1:
            raise ValueError(f"look_alikes.csv: one character for one, not {row}")
        table[ord(row["character"])] = row["stands_for"]
    return table


@cache
def _word_lists(name: str) -> dict[str, tuple[str, ...]]:
    """Lists of a file of columns list, word, source, each in the file's order."""
    found: dict[str, list[str]] = {}
    for row in rows(name, ("list", "word")):
        if not row["word"] or row["word"] in found.setdefault(row["list"], []):
            raise ValueError(f"{name}: {row['list']} has an empty word, or {row['word']} twice")
        found[row["list"]].append(row["word"])
    return {kind: tuple(words) for kind, words in found.items()}


def line_words(kind: str) -> tuple[str, ...]:
    """Words of one list of `line_words.csv`; KeyError for no such list."""
    return _word_lists("line_words.csv")[kind]


def html_names(kind: str) -> tuple[str, ...]:
    """Names of one list of `html_names.csv` (of meta tags, ids and classes), in lower case, the surest first; KeyError for
    no such list."""
    return _word_lists("html_names.csv")[kind]


def one_of(kind: str) -> str:
    """An expression for any word of a list of `line_words.csv`, the longest first, without a group around it."""
    return any_word(line_words(kind))


def any_word(words: Iterable[str]) -> str:
    """An expression for any of these words, the longest first, without a group around it."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
