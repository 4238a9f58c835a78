"""Traditional to Simplified characters, one for one, so that offsets stay exact."""

from __future__ import annotations

import re
from functools import cache

from opencc_pyo3 import OpenCC

# A Traditional text has a Traditional form in about every third character; a Simplified one only in a few names.
_TRADITIONAL_SHARE = 0.12

# 著 is its own Simplified form in these words; elsewhere in a converted text it is the particle 着.
_ZHU = re.compile("(?<![显卓昭名专论原编巨译土遗合拙所])著(?![名作称者书录述有])")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _tables() -> tuple[re.Pattern[str], dict[int, str]]:
    """Pattern of the Traditional-only characters of the basic block, and their Simplified forms."""
    source = [chr(c) for c in range(0x4E00, 0xA000)]
    target = _converter().convert("\n".join(source)).split("\n")
    table = {ord(a): b for a, b in zip(source, target, strict=True) if a != b and len(b) == 1}
    return re.compile("[" + "".join(map(chr, table)) + "]"), table


def is_traditional(text: str) -> bool:
    """Whether a text is written in Traditional characters throughout, not merely quoting a few."""
    pattern, _ = _tables()
    return len(pattern.findall(text)) > _TRADITIONAL_SHARE * max(1, len(text) - text.count(" "))


def to_simplified(text: str) -> str:
    """Simplified form of the same length: by phrase where a line keeps its length, else by character."""
    whole: str = _converter().convert(text)
    if len(whole) != len(text):
        _, table = _tables()
        lines = []
        for line in text.split("\n"):
            converted: str = _converter().convert(line)
            lines.append(converted if len(converted) == len(line) else line.translate(table))
        whole = "\n".join(lines)
    return _ZHU.sub("着", whole)
