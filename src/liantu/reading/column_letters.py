"""Spreadsheet columns: from their place to their letters and back."""

from __future__ import annotations


def letters(column: int) -> str:
    """Spreadsheet letters of a column counted from 0: 0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """The column, counted from 0, that capital letters name: A → 0, AA → 26."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1
