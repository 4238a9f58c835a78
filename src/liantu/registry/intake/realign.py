"""Rows whose cells stand in the wrong columns: put right where the credit code shows how, refused where nothing does."""

from __future__ import annotations

import re

from liantu.resolution import is_uscc

from ..capital import parse_capital
from .dates import parse_date
from .headings import Headings

_CODE = re.compile(r"[0-9A-Za-z]{18}")


def realign(
    number: int, cells: list[str], headings: Headings, notes: list[tuple[int, str, str, int]]
) -> list[str] | None:
    """The cells of row `number` under their headings; None for a blank row, a repeated heading line and a refused row.

    A row of the right width whose credit code is where it should be passes at once. A row with cells too many is mended when
    joining the surplus of the business scope (a comma without quotes) puts the rest in place; a row moved as a whole when its
    credit code tells by how many columns. Both are told, and so is what is refused.
    """
    width = headings.width
    if not any(cells):
        return None
    if len(cells) != width:
        surplus = len(cells) - width
        if surplus < 0 or not any(cells[width:]):
            cells = (cells + [""] * width)[:width]
        else:
            mended = _spilled(cells, surplus, headings) or _moved(cells, headings)
            return _told(number, cells, mended, notes)
    if tuple(cells) == headings.cells:
        notes.append((number, "header_again", "", 0))
        return None
    at = next((column for column, field in headings.fields.items() if field == "uscc"), None)
    if at is None or not cells[at] or _CODE.fullmatch(cells[at]):
        return cells
    if not any(_CODE.fullmatch(cell) and is_uscc(cell) for cell in cells):
        return cells  # a bad code, told later
    return _told(number, cells, _moved(cells, headings), notes)


def _told(
    number: int, cells: list[str], mended: list[str] | None, notes: list[tuple[int, str, str, int]]
) -> list[str] | None:
    said = "，".join(cell for cell in cells if cell)
    notes.append((number, "shifted_mended" if mended else "shifted", said, 0))
    return mended


def _spilled(cells: list[str], surplus: int, headings: Headings) -> list[str] | None:
    """The surplus cells joined into one of the long columns, where the others then hold what they should."""
    for field in ("scope", "products", "address"):
        at = next((column for column, name in headings.fields.items() if name == field), None)
        if at is None:
            continue
        joined = [*cells[:at], "，".join(cells[at : at + surplus + 1]), *cells[at + surplus + 1 :]]
        if _fits(joined, headings):
            return joined
    return None


def _moved(cells: list[str], headings: Headings) -> list[str] | None:
    at = next((column for column, field in headings.fields.items() if field == "uscc"), None)
    stands = next((n for n, cell in enumerate(cells) if _CODE.fullmatch(cell) and is_uscc(cell)), None)
    if at is None or stands is None:
        return None
    by = stands - at
    moved = cells[by:] if by > 0 else [""] * -by + cells
    moved = (moved + [""] * headings.width)[: headings.width]
    # What falls off must be blank, and every column must then hold what it should.
    lost = [*cells[: max(by, 0)], *cells[headings.width + by :]]
    return moved if not any(lost) and _fits(moved, headings) else None


def _fits(cells: list[str], headings: Headings) -> bool:
    """Whether the columns whose content can be told hold it, and at least one of them does."""
    seen = 0
    for at, field in headings.fields.items():
        text = cells[at]
        if not text:
            if field == "name":
                return False
            continue
        if field == "uscc":
            good = bool(_CODE.fullmatch(text))
        elif field == "established":
            good = parse_date(text)[1] != "bad_date"
        elif field == "capital":
            good = parse_capital(text, headings.unit or "万元") is not None
        elif field == "name":
            good = not text[0].isdigit() and len(text) >= 4
            seen -= good
        else:
            continue
        if not good:
            return False
        seen += 1
    return seen > 0
