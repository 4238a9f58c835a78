"""Bar charts drawn by Altair and turned into SVG on the server: no browser, no script, no request."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from liantu.reporting.palette import FONT, INK, LINE, MUTED, SEQUENTIAL, fit

_BAR, _REST = "#4f86b5", "#d6dee7"
LINK = re.compile(r'<a (?:xlink:)?href="https://vega\.github\.io/vega-datasets/([^"]*)">')
"""The renderer takes an address without a host for one of its sample data sets; the page means its own."""
_LONGEST_LABEL = 118.0  # pixels kept for the words on the left


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its value, the part of it that is done (for a two-tone bar), and what a click opens."""

    name: str
    value: float
    done: float | None = None
    href: str = ""


def bar_chart(bars: Sequence[Bar], *, width: int = 420, step: int = 26, unit: str = "") -> str:
    """Horizontal bars in the order given, each with its value at its end, as an SVG string.

    Args:
        bars: what to draw; none gives an empty string, for the page says in words that nothing is known.
        width: pixels of the plotting area, labels on the left not counted.
        step: pixels from one bar to the next.
        unit: written after each value.
    """
    if not bars:
        return ""
    rows = tuple((b.name, float(b.value), -1.0 if b.done is None else float(b.done), b.href) for b in bars)
    return _render(rows, width, step, unit)


@lru_cache(maxsize=256)
def _render(rows: tuple[tuple[str, float, float, str], ...], width: int, step: int, unit: str) -> str:
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(json.dumps(_specification(rows, width, step, unit)), allowed_base_urls=[])
    return LINK.sub(lambda found: f'<a href="{found[1]}">' if found[1] != "undefined" else "<a>", svg)


def _specification(rows: tuple[tuple[str, float, float, str], ...], width: int, step: int, unit: str) -> dict[str, Any]:
    import altair as alt

    values = [
        {
            "at": index,
            "name": "".join(fit(name, 12, _LONGEST_LABEL)),
            "value": value,
            "done": max(done, 0.0),
            "shown": f"{value:,.6g}{unit}",
            **({"href": href} if href else {}),
        }
        for index, (name, value, done, href) in enumerate(rows)
    ]
    two_tone = any(done >= 0 for _, _, done, _ in rows)
    base = alt.Chart(alt.InlineData(values=values))
    # Names may repeat after shortening: place by position, write the name as the label.
    names = [v["name"] for v in values]
    place = alt.Y(
        "at:O",
        axis=alt.Axis(
            labelExpr=f"{json.dumps(names, ensure_ascii=False)}[datum.value]",
            title=None,
            ticks=False,
            domain=False,
            labelPadding=8,
        ),
    )
    reach = alt.Scale(domain=[0, max(value for _, value, _, _ in rows) * 1.18 or 1])
    length = alt.X("value:Q", axis=None, scale=reach)
    link = alt.Href("href:N") if any(href for *_, href in rows) else alt.Undefined
    layers = [
        base.mark_bar(color=_REST if two_tone else _BAR, cornerRadiusEnd=2, height={"band": 0.62}).encode(
            x=length, y=place, href=link
        ),
    ]
    if two_tone:
        done = alt.X("done:Q", axis=None, scale=reach)
        layers.append(
            base.mark_bar(color=SEQUENTIAL[-1], cornerRadiusEnd=2, height={"band": 0.62}).encode(
                x=done, y=place, href=link
            )
        )
    layers.append(
        base.mark_text(align="left", dx=5, color=INK, fontSize=12, font=FONT).encode(x=length, y=place, text="shown:N")
    )
    chart = (
        alt.layer(*layers)
        .properties(width=width, height=alt.Step(step), background="transparent")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=12, labelFont=FONT, labelColor=MUTED, gridColor=LINE, labelLimit=200)
    )
    specification: dict[str, Any] = chart.to_dict()
    return specification


def warm_up() -> None:
    """Starts the renderer, which takes a third of a second once, before the first page needs it."""
    bar_chart([Bar("1", 1)], width=10)
