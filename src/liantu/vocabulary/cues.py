"""Cue words: the small words that say how a number is meant. Data in `data/cues_figures.csv`."""

from __future__ import annotations

from functools import lru_cache

from .tables import read_table


@lru_cache(maxsize=1)
def cue_table() -> dict[str, dict[str, str]]:
    """Role to {cue: value}.

    Raises:
        VocabularyError: a row without source, or the same cue twice in one role.
    """
    rows = read_table("cues_figures.csv", ("role", "cue", "value", "source"))
    rows.require_unique("role", "cue")
    table: dict[str, dict[str, str]] = {}
    for _, row in rows.rows:
        table.setdefault(row["role"], {})[row["cue"]] = row["value"]
    return table


def cues(role: str) -> dict[str, str]:
    """Cues of one role.

    Raises:
        KeyError: no such role.
    """
    return cue_table()[role]


@lru_cache(maxsize=16)
def longest_at_end(role: str) -> tuple[dict[str, str], tuple[int, ...]]:
    """The cues of a role and their lengths, longest first: for testing the end of a text without a regular expression."""
    words = cues(role)
    return words, tuple(sorted({len(w) for w in words}, reverse=True))


def cue_at_end(role: str, text: str) -> str | None:
    """The longest cue of the role with which `text` ends."""
    words, lengths = longest_at_end(role)
    for length in lengths:
        if text[-length:] in words and len(text) >= length:
            return text[-length:]
    return None


def cue_at_start(role: str, text: str) -> str | None:
    """The longest cue of the role with which `text` begins."""
    words, lengths = longest_at_end(role)
    for length in lengths:
        if text[:length] in words and len(text) >= length:
            return text[:length]
    return None
