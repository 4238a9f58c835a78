"""The key and the version that each row takes along: which row it is, and how each of its cells read when it went out.

With a mark for each cell it can be told who changed what: a cell that differs from its mark was changed in the file, a
value of the ledger that differs from it was changed here meanwhile.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from typing import Any

from liantu.ledger.exchange.lists import Column, ExchangeList, Known
from liantu.ledger.exchange.values import NUMBERS, plain

FORM = "v1"
WIDTH = 6  # characters of a mark: 36 bits


def mark(column: Column, value: Any) -> str:
    """Six characters that tell a stored value from others; sums are told to ten digits."""
    if column.type == "money" or column.type in NUMBERS:
        said = "" if value in (None, "") else f"{value:.10g}"
    else:
        said = "|".join(value) if isinstance(value, tuple) else plain(value or "")
    return urlsafe_b64encode(hashlib.blake2b(said.encode(), digest_size=6).digest()).decode()[:WIDTH]


def version_of(list_: ExchangeList, known: Known) -> str:
    """The version of a row: a mark for each of its columns."""
    return FORM + "".join(mark(column, known.values[column.key]) for column in list_.columns)


def marks_of(list_: ExchangeList, version: str) -> dict[str, str] | None:
    """The marks of a version by column; None for what is no version of this list."""
    version = version.strip()
    if not version.startswith(FORM) or len(version) != len(FORM) + WIDTH * len(list_.columns):
        return None
    said = version[len(FORM) :]
    return {column.key: said[at * WIDTH : (at + 1) * WIDTH] for at, column in enumerate(list_.columns)}


def key_of(list_: ExchangeList, known: Known) -> str:
    """The key of a row, which no row of another ledger shares."""
    return f"{list_.letter}{known.entity}-{_check(list_.kind, known.identity)}"


def entity_of(key: str) -> tuple[int, str] | None:
    """The entity that a key names and the check that goes with it; None for what is no key."""
    number, dash, check = key.strip()[1:].partition("-")
    return (int(number), check) if dash and number.isascii() and number.isdigit() and len(number) < 18 else None


def is_of(list_: ExchangeList, check: str, identity: tuple[str, str]) -> bool:
    """Whether a key's check fits the entity it names: it does not when the file was made by another ledger."""
    return _check(list_.kind, identity) == check


def _check(kind: str, identity: tuple[str, str]) -> str:
    return hashlib.blake2b("\0".join((kind, *identity)).encode(), digest_size=3).hexdigest()
