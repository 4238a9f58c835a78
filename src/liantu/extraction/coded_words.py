"""The small words by which coded phrases and their members are told (`data/coded_words.csv`)."""

from __future__ import annotations

import re
from functools import cache

from liantu.vocabulary.tables import read_table


@cache
def words(role: str) -> frozenset[str]:
    """The words of one role.

    Raises:
        KeyError: no such role.
        VocabularyError: a row without source, or a word twice in one role.
    """
    table = read_table("coded_words.csv", ("role", "word", "source"), "liantu.extraction")
    table.require_unique("role", "word")
    found = frozenset(row["word"] for _, row in table.rows if row["role"] == role)
    if not found:
        raise KeyError(role)
    return found


@cache
def alternation(role: str) -> str:
    """The words of one role as a regular-expression alternation, longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words(role), key=lambda w: (-len(w), w)))) + ")"
