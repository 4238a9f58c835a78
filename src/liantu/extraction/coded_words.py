"""The small words by which coded phrases and their members are told (`data/coded_words.csv`)."""

from __future__ import annotations

from functools import cache

from liantu.vocabulary.tables import alternatives, words_by_role


@cache
def words(role: str) -> frozenset[str]:
    """The words of one role.

    Raises:
        KeyError: no such role.
        VocabularyError: a row without source, or a word twice in one role.
    """
    return frozenset(words_by_role("coded_words.csv", "liantu.extraction")[role])


@cache
def alternation(role: str) -> str:
    """The words of one role as a regular-expression alternation, longest first."""
    return f"(?:{alternatives(words(role))})"
