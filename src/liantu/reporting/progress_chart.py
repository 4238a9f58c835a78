"""A target over time: what is expected by its profile, what was reached, where it is to end. Drawn by Altair, turned into SVG."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from liantu.reporting.charts import LINK
from liantu.reporting.palette import FONT, INK, LINE, MUTED

_EXPECTED, _ACTUAL, _GOAL = "#9aa7b4", "#1f5f99", "#b3261e"


@dataclass(frozen=True, slots=True)
class Point:
    """One figure: its day, its value as drawn, the words for it, and what a click opens."""

    on: date
    value: float
    shown: str
    href: str = ""


def progress_chart(
    expected: Sequence[tuple[date, float]], actuals: Sequence[Point], goal: Point | None, *, width: int = 520
) -> str:
    """The expected way as a grey line, figures as dots that open their sentences, the target as a diamond at its day.

    Values are all in one unit. Returns an SVG string, empty when there is nothing to draw.
    """
    if goal is None and not actuals:
        return ""
    return _render(tuple(expected), tuple(actuals), goal, width)


@lru_cache(maxsize=128)
def _render(
    expected: tuple[tuple[date, float], ...], actuals: tuple[Point, ...], goal: Point | None, width: int
) -> str:
    import vl_convert

    specification = json.dumps(_specification(expected, actuals, goal, width))
    svg: str = vl_convert.vegalite_to_svg(specification, allowed_base_urls=[])
    return LINK.sub(lambda found: f'<a href="{found[1]}">' if found[1] != "undefined" else "<a>", svg)


def _specification(
    expected: Sequence[tuple[date, float]], actuals: Sequence[Point], goal: Point | None, width: int
) -> dict[str, Any]:
    import altair as alt

    days = [on for on, _ in expected] + [p.on for p in actuals] + ([goal.on] if goal else [])
    span = [min(days).isoformat(), max(days).isoformat()]
    one_day = span[0] == span[1]
    x = alt.X(
        "on:T",
        scale=alt.Undefined if one_day else alt.Scale(domain=span, padding=26),
        axis=alt.Axis(title=None, format="%Y-%m-%d", tickCount=4, grid=False, domainColor=LINE, tickColor=LINE),
    )
    y = alt.Y("value:Q", scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(title=None, tickCount=4, domain=False))
    layers: list[Any] = []
    if len(expected) > 1:
        rows = alt.InlineData(values=[{"on": on.isoformat(), "value": value} for on, value in expected])
        layers.append(alt.Chart(rows).mark_line(color=_EXPECTED, strokeDash=[5, 4]).encode(x=x, y=y))
    if actuals:
        rows = alt.InlineData(
            values=[
                {"on": p.on.isoformat(), "value": p.value, "shown": p.shown, **({"href": p.href} if p.href else {})}
                for p in actuals
            ]
        )
        base = alt.Chart(rows)
        layers.append(base.mark_line(color=_ACTUAL).encode(x=x, y=y))
        link = alt.Href("href:N") if any(p.href for p in actuals) else alt.Undefined
        layers.append(base.mark_point(color=_ACTUAL, filled=True, size=70, opacity=1).encode(x=x, y=y, href=link))
        layers.append(base.mark_text(dy=-12, color=INK, fontSize=12, font=FONT).encode(x=x, y=y, text="shown:N"))
    if goal is not None:
        rows = alt.InlineData(values=[{"on": goal.on.isoformat(), "value": goal.value, "shown": goal.shown}])
        base = alt.Chart(rows)
        layers.append(base.mark_point(color=_GOAL, shape="diamond", filled=True, size=110, opacity=1).encode(x=x, y=y))
        layers.append(
            base.mark_text(dy=-14, align="right", color=_GOAL, fontSize=12, font=FONT).encode(x=x, y=y, text="shown:N")
        )
    chart = (
        alt.layer(*layers)
        .properties(width=width, height=190, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=11, labelFont=FONT, labelColor=MUTED, gridColor=LINE)
    )
    specification: dict[str, Any] = chart.to_dict()
    return specification
