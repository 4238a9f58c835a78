"""Days as a line names them, in figures or written out, with their place in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_DATE = re.compile(r"(?<![\d.])((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)日?")
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{2})\.(\d{2})\.((?:19|20)\d\d)(?![\d.])")  # 26.04.2018
_WRITTEN = re.compile(
    r"([一二][〇○零ОO0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○ОO0", 0)


def days(line: str) -> Iterator[tuple[date, int, int]]:
    """Days of a line (2024-03-05, 2024年3月5日, 二〇二四年三月五日) as (day, start, end); impossible ones are left out."""
    for match in _DATE.finditer(line):
        if (day := _day(int(match[1]), int(match[2]), int(match[3]))) is not None:
            yield day, match.start(), match.end()
    for match in _DAY_FIRST.finditer(line):
        if (day := _day(int(match[3]), int(match[2]), int(match[1]))) is not None:
            yield day, match.start(), match.end()
    for match in _WRITTEN.finditer(line):
        year = int("".join(str(_DIGITS[c]) for c in match[1]))
        if (day := _day(year, _number(match[2]), _number(match[3]))) is not None:
            yield day, match.start(), match.end()


def _number(text: str) -> int:
    """1 to 99 written out: 八, 十二, 二十, 二十九."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0) if len(text) == 1 else 0
    return 10 * (_DIGITS.get(tens, 0) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
