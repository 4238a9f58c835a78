"""Chinese and Arabic numerals to numbers."""

from __future__ import annotations

from decimal import Decimal

from liantu.vocabulary.units import MAGNITUDES

DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}


def magnitude(text: str) -> int:
    """The factor of a run of magnitude characters: `万亿` is 10**12, the empty string 1."""
    factor = 1
    for char in text:
        factor *= MAGNITUDES[char]
    return factor


def chinese_number(text: str) -> float | None:
    """The value of a numeral in Chinese characters, None where it is none.

    A bare magnitude counts as one of it (`百` 100, `千亿` 10**11); digits without magnitudes are read one by one
    (`二〇二四` 2024).
    """
    if not text:
        return None
    if all(c in DIGITS for c in text):
        if len(text) > 1 and text[0] in "两":
            return None
        return float("".join(str(DIGITS[c]) for c in text))
    if all(c in MAGNITUDES for c in text):
        return float(magnitude(text))
    total = section = 0.0
    digit: float | None = None
    for i, char in enumerate(text):
        if char in DIGITS:
            digit = float(DIGITS[char])
            continue
        factor = MAGNITUDES.get(char)
        if factor is None:
            return None
        if factor >= 10**4:
            section += digit or 0.0
            if not section and i == 0:
                section = 1.0
            total = (total + section) * factor if factor > 10**4 or not total else total + section * factor
            section, digit = 0.0, None
        else:
            section += (1.0 if digit is None else digit) * factor
            digit = None
    return total + section + (digit or 0.0)


def arabic_number(text: str) -> float:
    """The value of an Arabic numeral with optional thousands commas."""
    return float(text.replace(",", "").replace("，", ""))


def scaled(text: str, factor: int) -> float:
    """An Arabic numeral times a magnitude, exactly: `518.3` and 10**8 give 51830000000."""
    return float(Decimal(text.replace(",", "")) * factor)
