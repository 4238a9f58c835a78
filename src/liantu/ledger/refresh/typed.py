"""What people wrote into the columns of a list: it holds before whatever files say.

A stage and a sum go on changing: what is published after the day of the word, and read after it, holds before the word.
"""

from __future__ import annotations

from collections.abc import Iterable

from liantu.ledger.models import Statement
from liantu.ledger.refresh.dossiers import Dossier
from liantu.ledger.standing import said_on


def typed_columns(statement: Statement) -> tuple[str, ...]:
    """The columns of its list that a statement fills by a person's word; none for what was read."""
    return tuple(statement.payload.get("typed", ()))


def word_on(dossier: Dossier, column: str, later: Iterable[Statement] = ()) -> Statement | None:
    """The newest word of a person on a column of the list; None when there is none.

    Args:
        later: statements of the same column that overrule the word when they came after it.
    """
    words = [s for s in dossier.said if column in typed_columns(s)]
    word = max(words, key=lambda s: (s.at, s.pk), default=None)
    if word is None:
        return None
    for s in later:
        day = said_on(s)
        if not typed_columns(s) and day is not None and day > word.at.date() and s.at > word.at:
            return None
    return word


def is_withdrawn(dossier: Dossier) -> bool:
    """Whether a person took the thing off its list."""
    word = word_on(dossier, "withdrawn")
    return word is not None and bool(word.payload.get("withdrawn"))
