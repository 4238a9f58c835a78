"""Cells of list rows as the ledger stores them, and what a row must satisfy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from liantu.ledger.exchange.lists import Column
from liantu.ledger.exchange.unusable import Unusable
from liantu.ledger.exchange.values import as_text, choices_of, parsed, shown
from liantu.ledger.likeness import fold
from liantu.vocabulary.lists import ListColumn, ListKind, list_kinds

KEY_LENGTH = 200
FORMATS = {"money": "#,##0.####", "number": "#,##0.####", "percent": "0.##", "whole": "#,##0"}
OWNERS = ("owner_unit", "owner_person", "lead")
"""Columns any of which says who answers for a row."""


@cache
def exchange_columns(kind: str) -> dict[str, Column]:
    """The columns of a kind of list by key, in order, as cells are read and written."""
    return {column.key: _exchange(column) for column in list_kinds()[kind].all_columns}


def _exchange(column: ListColumn) -> Column:
    def titled(name: str) -> str:
        return f"{name}（{column.unit}）" if column.unit else name

    return Column(
        column.key,
        column.type,
        titled(column.zh),
        f"{column.en} ({column.unit})" if column.unit else column.en,
        column.headers,
        column.width,
        FORMATS.get(column.type, ""),
        column.words,
        column.unit,
        column.required,
    )


def read_cell(kind: str, key: str, text: Any) -> Any:
    """What a person wrote into a column, as it is stored. Raises Unusable."""
    column = exchange_columns(kind)[key]
    return parsed(column, text, column.unit if column.type == "money" else "")


def cell_words(kind: str, key: str, value: Any, *, english: bool = False) -> str:
    """A stored cell as people read it, without its unit."""
    if value in (None, ""):
        return ""
    said = shown(exchange_columns(kind)[key], value, english=english)
    if isinstance(said, int | float):
        return f"{said:,.4f}".rstrip("0").rstrip(".")
    return "" if said is None else str(said)


def told_cell(kind: str, key: str, value: Any) -> str:
    """A stored cell as history tells it, its unit included."""
    column = exchange_columns(kind).get(key)
    return str(value or "") if column is None else as_text(column, value)


def key_of(kind: ListKind, cells: Mapping[str, Any]) -> str:
    """What identifies a row within its list: its key columns, without width, case and brackets."""
    text = "|".join(fold(str(cells.get(column) or "")) for column in kind.key)
    if len(text) <= KEY_LENGTH:
        return text
    return f"{text[: KEY_LENGTH - 17]}#{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"


def name_of(kind: ListKind, cells: Mapping[str, Any]) -> str:
    """What a row is called."""
    return cell_words(kind.value, kind.title, cells.get(kind.title))[:255]


def has_owner(cells: Mapping[str, Any]) -> bool:
    """Whether somebody answers for a row."""
    return any(str(cells.get(column) or "").strip() for column in OWNERS)


def problems_of(kind: ListKind, cells: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What is wrong with a row's cells: column, and the sentence in both languages."""
    found = []
    for column in exchange_columns(kind.value).values():
        value = cells.get(column.key)
        if value in (None, ""):
            if column.required:
                found.append((column.key, f"缺{column.zh}，请补上", f"{column.en} is missing; fill it in"))
            continue
        if choices := choices_of(column):
            if value not in choices:
                found.append(
                    (column.key, f"“{column.zh}”没有“{value}”这一项", f"{value!r} is no choice of {column.en}")
                )
            continue
        try:
            parsed(column, shown(column, value), column.unit if column.type == "money" else "")
        except Unusable as error:
            found.append((column.key, f"{column.zh}：{error.zh}", f"{column.en}: {error.en}"))
    return found


def unknown_columns(kind: ListKind, keys: Iterable[str]) -> list[str]:
    """Keys that are no columns of a kind."""
    return [key for key in keys if key not in exchange_columns(kind.value)]
