"""The chart of a target, and the rule by which it is judged in words."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from liantu.ledger.work.target_lines import Line
from liantu.reporting.progress_chart import Point, progress_chart
from liantu.tracking.profiles import profiles
from liantu.workbench.formatting import chinese, number, quantity

_STEPS = 24


def drawing_of(line: Line) -> str:
    """The target over time as SVG: only figures that count; empty when there is no day to draw it at."""
    target = line.target()
    if target is None or line.value is None:
        return ""
    size, name = _scale(line)
    expected: list[tuple[date, float]] = []
    if line.start is not None and line.due is not None and line.start < line.due:
        days = (line.due - line.start).days
        for step in range(_STEPS + 1):
            on = line.start + timedelta(days=days * step // _STEPS)
            value = target.expected(on)
            if value is not None:
                expected.append((on, value / size))
    points = [
        Point(
            a.on,
            a.value / size,
            f"{number(a.value / size)}{name}",
            reverse("statement", args=[a.figure.pk]) if a.figure else "",
        )
        for a in sorted((a for a in line.actuals if a.counts and a.on is not None), key=lambda a: a.on or date.min)
        if a.on is not None
    ]
    goal = (
        Point(line.due, line.value / size, quantity(line.value, line.unit, line.bound, line.kind)) if line.due else None
    )
    return progress_chart(expected, points, goal)


def _scale(line: Line) -> tuple[float, str]:
    top = abs(line.value or 0)
    if line.unit == "元" and top >= 1e8:
        return 1e8, "亿元" if chinese() else "00 m yuan"
    if top >= 1e6:
        return 1e4, f"万{line.unit}" if chinese() else "0k"
    return 1.0, line.unit


def rule_of(line: Line) -> str:
    """The rule in words, with the numbers put in."""
    if line.value is None:
        return _("没有数字的目标由人判断，写明依据。")
    profile = profiles()[line.profile]
    name = profile.name_zh if chinese() else profile.name_en
    whole = quantity(line.value, line.unit, "=", "level")
    if profile.starts == "whole":
        return _("%(profile)s：任何时候都与 %(goal)s 比较。") % {"profile": name, "goal": whole}
    if profile.starts == "none":
        return _("%(profile)s：期限之前不判断快慢。") % {"profile": name}
    base = line.base if line.base is not None else line.base_from.value if line.base_from is not None else None
    if profile.starts == "zero":
        base = 0.0
    if base is None:
        return _("%(profile)s：没有期初值，只能比较期末数。请补填期初值。") % {"profile": name}
    told = {"profile": name, "goal": whole, "base": quantity(base, line.unit, "=", "level")}
    if line.start is None or line.due is None:
        return _("%(profile)s：没有起算日或期限，只能比较期末数。") % told
    course = line.course
    if course.expected is None or course.elapsed is None:
        return _("%(profile)s：应到 = %(base)s +（%(goal)s − %(base)s）× 已过的时间。") % told
    told |= {"share": f"{100 * course.elapsed:.1f}%", "expected": quantity(course.expected, line.unit, "=", "level")}
    if profile.points:
        return _("%(profile)s：时间过了 %(share)s，按曲线应到 %(expected)s。") % told
    return _("%(profile)s：应到 %(expected)s = %(base)s +（%(goal)s − %(base)s）× 已过的时间 %(share)s。") % told
