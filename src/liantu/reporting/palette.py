"""Colours and small SVG helpers that every drawing shares.

Drawings use presentation attributes only (`fill="…"`), never `style`: a page whose Content-Security-Policy
allows no inline styles can then hold them, and so can Word and a printer.
"""

from __future__ import annotations

from html import escape
from unicodedata import east_asian_width

INK = "#1b2733"
MUTED = "#5d6b7a"
LINE = "#dde3ea"
PAPER = "#ffffff"
ACCENT = "#b5472a"
NO_DATA = "#e9ebee"

SEQUENTIAL = ("#e1ecf6", "#bfd5e9", "#8fb3d4", "#4f86b5", "#1f4e79")
"""Five steps from little to much, one hue; the last two carry white text."""

FONT = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"


def text_width(text: str, size: float) -> float:
    """Width of `text` in pixels at font `size`: 1 em for a wide character, 0.56 em for a narrow one."""
    return sum(1.0 if east_asian_width(char) in "WFA" else 0.56 for char in text) * size


def fit(text: str, size: float, width: float, lines: int = 1) -> tuple[str, ...]:
    """`text` broken into at most `lines` lines of `width` pixels; what is left over becomes `…`."""
    out: list[str] = []
    rest = text
    while rest and len(out) < lines:
        taken = rest
        while len(taken) > 1 and text_width(taken, size) > width:
            taken = taken[:-1]
        rest = rest[len(taken) :]
        if rest and len(out) == lines - 1:
            taken = taken[:-1] + "…"
        out.append(taken)
    return tuple(out)


def tag(name: str, body: str = "", /, **attributes: object) -> str:
    """One SVG element. `class_` becomes `class`, `data_x` becomes `data-x`; None leaves an attribute out; values are escaped."""
    parts = []
    for key, value in attributes.items():
        if value is None:
            continue
        if isinstance(value, float):
            value = f"{value:.1f}".removesuffix(".0")
        parts.append(f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"')
    return f"<{name}{''.join(parts)}>{body}</{name}>" if body else f"<{name}{''.join(parts)}/>"


def label(text: str, x: float, y: float, /, **attributes: object) -> str:
    """A text element with its content escaped."""
    return tag("text", escape(text), x=x, y=y, **attributes)
