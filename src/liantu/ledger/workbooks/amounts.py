"""Numbers in cells: `9.6` under 总投资(亿元) is 960,000,000 元."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

MAGNITUDES = {"亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3, "百": 1e2}
NUMBER = re.compile(r"^\s*([-+]?\d[\d,]*(?:\.\d+)?)\s*(亿|千万|百万|万|千|百)?\s*(%|[^\d\s%]{0,4})\s*$")
DAY = re.compile(r"((?:19|20)\d{2})\s*[年.\-/]\s*(?:(\d{1,2})\s*(?:[月.\-/]\s*(?:(\d{1,2})\s*日?)?)?)?")


def split_unit(unit: str) -> tuple[float, str]:
    """Magnitude and unit: 亿元 → (100000000, 元)."""
    for word, factor in MAGNITUDES.items():
        if unit.startswith(word) and len(unit) > len(word):
            return factor, unit.removeprefix(word)
    return 1.0, unit


def amount(value: object, unit: str) -> tuple[float, str] | None:
    """A cell's value in base units and its unit, or None when the cell holds no number. The cell's own unit goes first."""
    factor, base = split_unit(unit)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) * factor, base
    found = NUMBER.match(unicodedata.normalize("NFKC", str(value)))
    if found is None:
        return None
    number = float(found[1].replace(",", ""))
    if found[2] or found[3]:
        factor, base = MAGNITUDES.get(found[2] or "", 1.0), found[3] or base
    return number * factor, base


def shown(value: object) -> str:
    """A cell's value as text, without the zero that spreadsheets add to whole numbers."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return (
            value.date().isoformat() if not value.time().replace(microsecond=0).isoformat().strip("0:") else str(value)
        )
    return str(value).strip()


def day(text: str) -> date | None:
    """The last day that `2025年5月31日` or `2025年5月` names, within text."""
    from liantu.ledger.periods import point

    found = DAY.search(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    parts = point("-".join(f"{int(part):02d}" for part in found.groups() if part))
    return parts[1] if parts else None
