"""Who is said to be on the segments of chains: by the cells of workbooks, and by texts that say what somebody makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from liantu.ledger.models import Statement
from liantu.ledger.standing import batches, standing


def listed() -> QuerySet[Statement]:
    """Cells of workbooks that put a thing on a segment, whose name is their text."""
    return standing().filter(kind="cell", property="环节")


def on_segments(words: Iterable[str], *columns: str, most: int | None = None, **who: Any) -> Iterator[tuple[Any, ...]]:
    """(the segment's word, then `columns`) of every statement that puts a thing on a segment called by one of `words`.

    Args:
        most: how many are looked at of either sort in each batch of words.
        who: what the things have to be, as the columns of a filter (`subject__kind`).
    """
    for part in batches(sorted(set(words))):
        yield from listed().filter(text_value__in=part, **who).values_list("text_value", *columns)[:most]
        made = standing().filter(kind="relation", property="produces", object_name__in=part, **who)
        yield from made.values_list("object_name", *columns)[:most]
