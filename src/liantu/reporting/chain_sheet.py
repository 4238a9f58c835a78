"""A chain map as a sheet of its own: title, date, what it rests on, the legend and the map, for A3 and for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from liantu.reporting.chain_drawing import CHINESE, Words, draw_chain_map, draw_legend, lay_out
from liantu.reporting.chain_outline import ChainMap
from liantu.reporting.palette import FONT, INK, MUTED, PAPER, fit, label, tag

A3 = (420.0, 297.0)
"""Millimetres, landscape."""
_HEAD = 74.0
_FOOT = 22.0


def draw_chain_sheet(
    chain_map: ChainMap, *, about: str, notes: Sequence[str] = (), selected: str | None = None, words: Words = CHINESE
) -> str:
    """The sheet as an SVG string, as wide as A3 lying; a long chain makes it taller than wide, never smaller than it can be read.

    Args:
        chain_map: what to draw. about: the line below the title: whose data, of which day, drawn when.
        notes: lines below the map. selected, words: as `draw_chain_map` takes them.
    """
    layout = lay_out(chain_map, 1560.0)
    foot = _FOOT * len(notes) + 14
    width, height = max(layout.width, 700.0), _HEAD + layout.height + foot
    parts = [
        tag("title", escape(chain_map.title)),
        tag("rect", x=0, y=0, width=width, height=height, fill=PAPER),
        label(fit(chain_map.title, 22, width - 32)[0], 16, 32, font_size=22, font_weight="700", fill=INK),
        label(fit(about, 12, width - 360)[0], 16, 58, font_size=12, fill=MUTED),
        tag("g", draw_legend(words), transform=f"translate({width - 340:.0f},42)"),
        tag(
            "g",
            draw_chain_map(chain_map, selected=selected, width=1560.0, words=words),
            transform=f"translate(0,{_HEAD:.0f})",
        ),
    ]
    for at, note in enumerate(notes):
        y = _HEAD + layout.height + 16 + _FOOT * at
        parts.append(label(fit(note, 11, width - 32)[0], 16, y, font_size=11, fill=MUTED))
    return tag(
        "svg",
        "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{A3[0] - 20:.0f}mm",
        height=f"{(A3[0] - 20) * height / width:.0f}mm",
        class_="chain-sheet",
        font_family=FONT,
    )
