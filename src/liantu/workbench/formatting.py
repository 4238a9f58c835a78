"""Numbers, periods and confidence as people read them."""

from __future__ import annotations

import re

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from liantu.vocabulary import regions
from liantu.workbench.labels import BOUND, HIGH_CONFIDENCE, LOW_CONFIDENCE, word

_MAGNITUDES_ZH = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))
_MAGNITUDES_EN = ((1e12, " tn"), (1e9, " bn"), (1e6, " m"))
_PLAIN_UNITS = frozenset({"%", "百分点", "位", "年", "倍", "‰"})
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


def chinese() -> bool:
    """Whether the page being made is in Chinese."""
    return (get_language() or "zh").startswith("zh")


def number(value: float | None, digits: int = 2) -> str:
    """`value` with thousands commas and at most `digits` decimals; `—` when there is none."""
    if value is None:
        return "—"
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def magnitude(value: float | None, unit: str = "") -> tuple[str, str]:
    """`value` and `unit` with 万, 亿 (or m, bn) where they make the number short: 23653000 元 → `2,365.3`, `万元`."""
    if value is None:
        return "—", ""
    if unit not in _PLAIN_UNITS:
        for size, name in _MAGNITUDES_ZH if chinese() else _MAGNITUDES_EN:
            if abs(value) >= size and (size > 1e4 or abs(value) >= 1e5 or unit == "元"):
                return number(value / size), name + unit
    return number(value, 4 if abs(value) < 1 else 2), unit


def day_count(n: int, count: str) -> str:
    """`8 个工作日`, `8 天`: days as a rung of the ladder counts them, `working` or `calendar`."""
    return (_("%(n)s 个工作日") if count == "working" else _("%(n)s 天")) % {"n": n}


def quantity(value: float | None, unit: str = "", bound: str = "=", kind: str = "level") -> str:
    """A figure as one phrase: `约2,000亿元`, `+17.38%`, `第1位`."""
    digits, counter = magnitude(value, unit)
    if kind == "rank":
        return _("第%(rank)s位") % {"rank": digits}
    if kind == "change" and value is not None and value > 0:
        digits = "+" + digits
    if not chinese() and unit and unit != "%":
        counter = f"{counter.removesuffix(unit)} {unit}"
    return f"{word(BOUND, bound)}{digits}{counter}"


def _day(text: str) -> str:
    found = _DATE.match(text)
    if not found:
        return text
    if not chinese():
        return text
    year, month, day = found.groups()
    out = f"{year}年"
    if month:
        out += f"{int(month)}月"
    if day:
        out += f"{int(day)}日"
    return out


def period(text: str | None) -> str:
    """A period as words: `../2024-10` → 截至2024年10月; `2024-01/2024-09` → 2024年1—9月."""
    if not text:
        return ""
    start, slash, end = text.partition("/")
    if not slash:
        return _day(text)
    if start == "..":
        return _("截至%(end)s") % {"end": _day(end)}
    if not chinese():
        return f"{start} – {end}"
    if len(start) == len(end) == 7 and start[:4] == end[:4]:
        return f"{start[:4]}年{int(start[5:])}—{int(end[5:])}月"
    if len(start) == len(end) == 4:
        return f"{start}—{end}年"
    return f"{_day(start)}—{_day(end)}"


def confidence_class(value: float | None) -> str:
    """`high`, `middle` or `low`."""
    if value is None or value >= HIGH_CONFIDENCE:
        return "high"
    return "low" if value < LOW_CONFIDENCE else "middle"


def confidence_word(value: float | None) -> str:
    """The word for a confidence, shown beside the percentage so that colour is never alone."""
    return {"high": _("把握大"), "middle": _("把握中等"), "low": _("把握小")}[confidence_class(value)]


def region_name(code: str | None) -> str:
    """A region's name by its code; nothing for a code that is unknown or none."""
    gazetteer = regions()
    return gazetteer.by_code(code).name if code and code in gazetteer else ""


def sources(count: int) -> str:
    """`2 个来源`."""
    return ngettext("%(count)d 个来源", "%(count)d 个来源", count) % {"count": count}
