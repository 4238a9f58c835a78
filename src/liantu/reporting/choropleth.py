"""A map of regions shaded by a value, each with its name and its value written on it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from html import escape
from itertools import pairwise
from math import cos, floor, log10, radians

from liantu.reporting.boundaries import Boundary, BoundarySet
from liantu.reporting.palette import FONT, INK, MUTED, NO_DATA, PAPER, SEQUENTIAL, label, tag


def class_breaks(values: list[float], classes: int = 5) -> list[float]:
    """Lower bounds of the 2nd to last class: quantiles of the positive values, rounded to two leading digits.

    Fewer breaks come back when the values do not differ enough for `classes`.
    """
    ordered = sorted(v for v in values if v > 0)
    if len(ordered) < 2:
        return []
    breaks: list[float] = []
    for step in range(1, classes):
        bound = _rounded(ordered[min(len(ordered) - 1, len(ordered) * step // classes)])
        if bound > ordered[0] and (not breaks or bound > breaks[-1]):
            breaks.append(bound)
    return breaks


def _rounded(value: float) -> float:
    """`value` down to two leading digits, so that a bound reads well and the value stays above it."""
    unit = 10.0 ** (floor(log10(value)) - 1)
    if value < 10:
        return float(floor(value)) if value >= 1 else value
    return floor(value / unit) * unit


def shade(value: float | None, breaks: list[float]) -> str:
    """Fill of a value: no data, or one of the sequential steps, the last always the strongest."""
    if not value:
        return NO_DATA
    return SEQUENTIAL[len(SEQUENTIAL) - 1 - len(breaks) + bisect_right(breaks, value)]


def draw_choropleth(
    boundaries: BoundarySet,
    values: Mapping[str, float],
    *,
    title: str,
    note: str,
    no_data: str = "无",
    links: Callable[[str], str] | None = None,
    selected: str = "",
    width: float = 520.0,
    max_height: float = 640.0,
) -> str:
    """The map as an SVG string.

    Args:
        boundaries: outlines to draw.
        values: region code to a value ≥ 0; codes without one are drawn as having no data.
        title: what is shown, read by screen readers.
        note: written under the map when the boundaries are trial ones.
        no_data: the legend's word for a region without a value.
        links: region code to the address that a click opens.
        selected: code drawn with a strong outline.
    """
    regions = boundaries.regions
    if not regions:
        return tag(
            "svg",
            label(no_data, 16, 32, font_size=14, fill=MUTED),
            xmlns="http://www.w3.org/2000/svg",
            viewBox="0 0 320 60",
            class_="choropleth",
            role="img",
        )
    project, used_width, height = _projection(regions, width, max_height)
    breaks = class_breaks([values.get(r.code, 0.0) for r in regions])
    shapes, words = [], []
    for region in regions:
        value = values.get(region.code)
        fill = shade(value, breaks)
        shown = f"{value:,.6g}" if value else no_data
        outline = tag(
            "path",
            tag("title", escape(f"{region.name} {shown}")),
            d=_path(region, project),
            fill=fill,
            stroke=INK if region.code == selected else PAPER,
            stroke_width=2 if region.code == selected else 1,
            stroke_linejoin="round",
            data_code=region.code,
            class_="region",
        )
        shapes.append(
            tag("a", outline, href=links(region.code), aria_label=f"{region.name} {shown}") if links else outline
        )
        x, y = project(*region.inside)
        dark = fill in SEQUENTIAL[3:]
        common = {
            "text_anchor": "middle",
            "fill": "#ffffff" if dark else INK,
            "stroke": fill,
            "stroke_width": 3,
            "paint_order": "stroke",
            "stroke_linejoin": "round",
            "pointer_events": "none",
        }
        words.append(label(_short(region.name), x, y - 1, font_size=12, **common))
        if value:
            words.append(label(f"{value:,.6g}", x, y + 13, font_size=12, font_weight="600", **common))
    legend, legend_height = _legend(breaks, height + 12, no_data)
    foot = ""
    total = height + 12 + legend_height
    if boundaries.trial:
        total += 18
        foot = label(note, 8, total - 6, font_size=11, fill=MUTED)
    return tag(
        "svg",
        tag("title", escape(title)) + "".join(shapes) + "".join(words) + legend + foot,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {used_width:.0f} {total:.0f}",
        class_="choropleth",
        role="img",
        font_family=FONT,
    )


def _short(name: str) -> str:
    """A region's name without the last word of its kind, as maps print it: 晋中市 → 晋中, 阳曲县 → 阳曲."""
    return name[:-1] if len(name) > 2 and name[-1] in "市县区省" else name


def _projection(
    regions: tuple[Boundary, ...], width: float, max_height: float
) -> tuple[Callable[[float, float], tuple[float, float]], float, float]:
    """Plate carrée scaled by the cosine of the middle latitude: true enough for one province, and plain."""
    points = [p for region in regions for ring in region.rings for p in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = cos(radians((south + north) / 2))
    pad = 8.0
    scale = min((width - 2 * pad) / ((east - west) * squeeze), (max_height - 2 * pad) / (north - south))
    left = (width - (east - west) * squeeze * scale) / 2

    def project(longitude: float, latitude: float) -> tuple[float, float]:
        return left + (longitude - west) * squeeze * scale, pad + (north - latitude) * scale

    return project, width, (north - south) * scale + 2 * pad


def _path(region: Boundary, project: Callable[[float, float], tuple[float, float]]) -> str:
    out = []
    for ring in region.rings:
        placed = [project(*point) for point in ring]
        out.append("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in placed) + "Z")
    return "".join(out)


def _legend(breaks: list[float], y: float, no_data: str) -> tuple[str, float]:
    steps: list[tuple[str, str]] = []
    if breaks:
        fills = SEQUENTIAL[len(SEQUENTIAL) - 1 - len(breaks) :]
        names = [f"< {breaks[0]:,.6g}"]
        names += [f"{a:,.6g}–{b:,.6g}" for a, b in pairwise(breaks)]
        names.append(f"≥ {breaks[-1]:,.6g}")
        steps = list(zip(fills, names, strict=True))
    steps.insert(0, (NO_DATA, no_data))
    parts, x = [], 8.0
    for fill, name in steps:
        parts.append(tag("rect", x=x, y=y, width=14, height=10, rx=2, fill=fill, stroke="#c9d2dc", stroke_width=0.5))
        parts.append(label(name, x + 18, y + 9, font_size=11, fill=MUTED))
        x += 18 + 7.0 * len(name) + 14
    return "".join(parts), 18.0
