"""Units stated over a table (单位：亿元、%、户), and which of them is a column's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liantu.vocabulary.units import is_unit, units, without_magnitude

_UNIT_ABOVE = re.compile(r"单位[：:]\s*(?P<unit>[^\s，。；）)]{1,24})")
_COUNT = re.compile(r"(?:企业|项目|单位|人员|职工|户|家|人|个|项)数?(?:量)?$")
_PEOPLE = re.compile(r"人|职工")
_RATE = re.compile(r"(?:率|比重|占比|比例)$")


def units_above(words: str) -> tuple[str, ...]:
    """The units that a line states, in order."""
    m = _UNIT_ABOVE.search(words)
    return tuple(u for u in m["unit"].split("、") if is_unit(u)) if m else ()


def unit_stated(told: Sequence[str], what: str) -> str | None:
    """Which of the units stated over a table (亿元、%、户) is that of `what`; None where none can be (企业数 in 亿元)."""
    known = units()
    classes = {u: known[base].kind if (base := without_magnitude(u)[1]) in known else "physical" for u in told}
    counted = [u for u in told if classes[u] in ("counter", "person")]
    if _COUNT.search(what):
        people = [u for u in counted if classes[u] == "person"]
        return next(iter(people if _PEOPLE.search(what) and people else counted), None)
    if _RATE.search(what) and "money" in classes.values():
        return "%"
    measured = [u for u in told if u not in ("%", "％") and u not in counted]
    return next(iter((*measured, *told)), None)
