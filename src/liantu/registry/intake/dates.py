"""Dates of registration as lists write them, and those that stand for no date."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

_DATE = re.compile(r"(?P<y>(?:18|19|20)\d{2})[-/.年]?(?P<m>\d{1,2})[-/.月]?(?P<d>\d{1,2})日?(?:[ T].*)?")
_SERIAL = re.compile(r"(?P<days>[1-6]\d{4})(?:\.\d+)?")
_SERIAL_ORIGIN = date(1899, 12, 30)
"""Day 0 of spreadsheets as dates from March 1900 on count."""
_PLACEHOLDER_YEAR = 1900
"""Databases write 1900-01-01 and spreadsheets 1899-12-30 for a blank; no registry goes back that far."""
_LAST = date(2100, 1, 1)


@lru_cache(maxsize=262_144)
def parse_date(text: str) -> tuple[date | None, str]:
    """(date, "") of a cell, or (None, code of the problem): `bad_date`, or `placeholder_date` for 1900 and before."""
    if serial := _SERIAL.fullmatch(text):
        found: date | None = _SERIAL_ORIGIN + timedelta(days=int(serial["days"]))
    else:
        found = _written(text)
    if found is None or found >= _LAST:
        return None, "bad_date"
    if found.year <= _PLACEHOLDER_YEAR:
        return None, "placeholder_date"
    return found, ""


def _written(text: str) -> date | None:
    written = _DATE.fullmatch(text)
    if written is None:
        return None
    try:
        return date(int(written["y"]), int(written["m"]), int(written["d"]))
    except ValueError:  # 2011-02-30
        return None
