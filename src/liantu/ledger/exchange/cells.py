"""Cells of an office's lists: numbers, shares, times, words and credit codes, read from what a clerk wrote."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date

from liantu.ledger.exchange.unusable import Unusable
from liantu.resolution.uscc import clean_uscc, is_uscc

NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?")
WHEN = re.compile(
    r"((?:19|20|21)\d{2})(?:[年./-]([01]?\d))?(?:(?<=\d)[月./-]([0-3]?\d))?[年月日号]?(?:底|末)?(?:之?前|以前)?"
)
YEARS = (1949, 2100)
LARGEST = 1e15


def number(text: str, unit: str = "") -> float:
    """A number; its own unit may stand behind it. Raises Unusable."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if unit:
        plain = plain.removesuffix(unicodedata.normalize("NFKC", unit))
    found = NUMBER.fullmatch(plain)
    value = float(plain.replace(",", "")) if found else math.nan
    if not math.isfinite(value) or abs(value) > LARGEST:
        unit_zh, unit_en = (f"（{unit}）", f" ({unit})") if unit else ("", "")
        raise Unusable(f"不是数，请写数字{unit_zh}，如 12.5", f"not a number{unit_en}; write one such as 12.5")
    return value


def whole(text: str, unit: str = "") -> int:
    """A whole number from 0. Raises Unusable."""
    value = number(text, unit)
    if value != int(value) or value < 0:
        raise Unusable("要写不小于 0 的整数", "must be a whole number from 0")
    return int(value)


def readiness(text: str, _unit: str = "") -> int:
    """A readiness level. Raises Unusable."""
    plain = unicodedata.normalize("NFKC", text).upper().removeprefix("TRL").removesuffix("级").strip()
    value = "一二三四五六七八九".find(plain) + 1 if len(plain) == 1 and not plain.isdigit() else 0
    value = value or (int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 3 else 0)
    if not 1 <= value <= 9:
        raise Unusable("成熟度写 1 到 9", "the readiness level is 1 to 9")
    return value


def percent(text: str, _unit: str = "") -> float:
    """A share in per cent: `21.5` and `21.5%` are one. Raises Unusable."""
    value = number(unicodedata.normalize("NFKC", text), "%")
    if not 0 <= value <= 1000:
        raise Unusable("要写 0 到 1000 之间的百分数，如 21.5", "must be a percentage from 0 to 1000, such as 21.5")
    return value


def when(text: str, _unit: str = "") -> str:
    """A year, a month or a day as `2025`, `2025-06`, `2025-06-30`; 2025年6月底前 is June. Raises Unusable."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).removesuffix("00:00:00")
    found = WHEN.fullmatch(plain)
    try:
        if found is None:
            raise ValueError
        year, month, day = found.groups()
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise Unusable(
            "时间请写作 2025、2025-06 或 2025-06-30", "write the time as 2025, 2025-06 or 2025-06-30"
        ) from None
    parts = [year, *(f"{int(part):02d}" for part in (month, day) if part)]
    if not YEARS[0] <= int(year) <= YEARS[1]:
        raise Unusable(f"年份不对：{year}", f"the year cannot be {year}")
    return "-".join(parts)


def day(text: str, _unit: str = "") -> str:
    """A day as `2025-06-30`. Raises Unusable."""
    found = when(text)
    if len(found) < len("2025-06-30"):
        raise Unusable("要写到哪一天，如 2025-06-30", "name the day, as in 2025-06-30")
    return found


def credit_code(text: str, _unit: str = "") -> str:
    """A unified social credit code whose check character is right. Raises Unusable."""
    code = clean_uscc(unicodedata.normalize("NFKC", text))
    if len(code) != 18:
        raise Unusable(
            f"统一社会信用代码是 18 位，现在是 {len(code)} 位", f"a credit code has 18 characters, not {len(code)}"
        )
    if not is_uscc(code):
        raise Unusable(
            "统一社会信用代码的校验位不对，请核对是否抄错",
            "the credit code's check character is wrong; look for a slip",
        )
    return code
