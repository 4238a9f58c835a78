"""Registered capital in the many spellings of lists: 1,500(万), 205万人民币, 103万人民币元, （万元(港币)） …"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from liantu.vocabulary.tables import read_table

from .model import Capital

_NUMBER = re.compile(r"(?P<before>[^\d.]*)(?P<number>\d+(?:\.\d*)?|\.\d+)(?P<after>[^\d]*)")
_MAGNITUDES = {"": 1.0, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8}
_MAGNITUDE = re.compile("(?:十|百|千)?万|千|亿|")
# Brackets and spaces stand anywhere between number and unit: 100(万元(人民币)).
_NOISE = str.maketrans("", "", "() ,")


@cache
def _currencies() -> dict[str, str]:
    table = read_table("currencies.csv", ("word", "currency", "source"), package=__package__)
    table.require_unique("word")
    return {r["word"]: r["currency"] for _, r in table.rows}


@lru_cache(maxsize=65_536)
def parse_capital(text: str, unit: str = "") -> Capital | None:
    """The sum that `text` means, else None.

    Args:
        text: a cell of the capital column.
        unit: what the column's heading adds (注册资本(万元) → 万元), used where the cell is a bare number.

    A number without any unit, there or in the heading, is not understood: 100 may be 100 yuan or a million. Without the name of
    a currency the sum is in yuan, as registration in China is.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_NOISE).upper()
    found = _NUMBER.fullmatch(plain)
    if found is None:
        return None
    words = found["before"] + found["after"]
    if not words:
        words = unicodedata.normalize("NFKC", unit).translate(_NOISE).upper()
        if not words:
            return None
    currency = "CNY"
    for word in sorted(_currencies(), key=len, reverse=True):
        if word in words:
            currency = _currencies()[word]
            words = words.replace(word, "", 1)
            break
    magnitude = _MAGNITUDE.match(words)
    size = magnitude.group() if magnitude else ""
    # What may remain is the plain unit, before or behind the currency: 万元美元, 万人民币元.
    if words[len(size) :] not in ("", "元", "圆"):
        return None
    return Capital(text, float(found["number"]) * _MAGNITUDES[size], currency)
