"""Text in pictures: recognised on this machine by RapidOCR, whose models come inside its package (the extra `ocr`)."""

from __future__ import annotations

import importlib.util
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from liantu.reading.newspaper import in_columns
from liantu.reading.pages import Box, cuts
from liantu.reading.printed_line import CELL_GAP, PrintedLine, Segment
from liantu.reading.ticking import tick

if TYPE_CHECKING:
    from PIL.Image import Image

SURE = 0.9
"""A character recognised with less is doubtful (`benchmarks/ocr.py` prints how many wrong digits that catches)."""

POINTS = 72.0
_EM = 0.8  # of a found line's height: it reaches above and below its characters
_UPRIGHT = 0.75  # mean certainty below which a page may stand on its head or lie on its side
_SIDEWAYS = 0.5  # share of lines higher than wide, of a page that lies on its side
_LONG = 1.6  # times as long as high: such a line shows its direction
_MOST_THREADS = 2  # so that several readers share a machine
_LONGEST_SIDE = 1_600  # pixels that lines are looked for in; characters are read from the picture as it is


Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A line as the engine found it: corners in pixels from the upper left one on, clockwise."""

    text: str
    corners: Corners
    certainty: tuple[float, ...]  # of each character
    places: tuple[Corners, ...] = ()  # of each character; none where the engine does not tell them all


@cache
def can_recognise() -> bool:
    """Whether the extra `ocr` is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    threads = max(1, min(_MOST_THREADS, os.cpu_count() or 1))
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,  # a page that stands on its head is turned whole
            "Global.max_side_len": _LONGEST_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def scanned_lines(picture: Image, page: int, dots_per_inch: float = 200.0) -> list[PrintedLine]:
    """Lines of a picture in reading order, column by column; neighbours on one base line become cells of one line.

    Lengths are in points, places in fractions of the picture. Needs the extra (`can_recognise`).
    """
    import numpy

    pixels = numpy.asarray(picture.convert("RGB"))[:, :, ::-1]
    turns, found = _upright(pixels)
    tick()
    height, width = pixels.shape[:2]
    tilt = _tilt(found)
    turned_height = width if turns % 2 else height
    lines = [_printed(each, page, tilt, turned_height, POINTS / dots_per_inch) for each in found]
    for line, each in zip(lines, found, strict=True):
        line.segments = _segments(each, turns, width, height)
    return [row for group in in_columns(lines) for row in _rows(group)]


def _upright(pixels: Any) -> tuple[int, list[_Found]]:
    """The quarter turns (counter-clockwise) that set a page upright, and what is found in it then."""
    import numpy

    found = _recognise(pixels)
    best = (_worth(found), 0, found)
    if not found or (_worth(found) >= _UPRIGHT and not _lies(found)):
        return 0, found
    for turns in (1, 3) if _lies(found) else (2,):
        turned = _recognise(numpy.ascontiguousarray(numpy.rot90(pixels, turns)))
        if not _lies(turned):
            best = max(best, (_worth(turned), turns, turned), key=lambda each: each[0])
    return best[1], best[2]


def _worth(found: Sequence[_Found]) -> float:
    """Mean certainty of all characters; text on its side is worth nothing."""
    count = sum(len(each.text) for each in found)
    return 0.0 if _lies(found) else sum(sum(each.certainty) for each in found) / max(1, count)


def _lies(found: Sequence[_Found]) -> bool:
    """Whether the text runs up or down the page."""
    extents = [(_extent(each, 0), _extent(each, 1)) for each in found]
    long = [(across, down) for across, down in extents if max(across, down) > _LONG * min(across, down)]
    return sum(down > across for across, down in long) > _SIDEWAYS * len(long)


def _recognise(pixels: Any) -> list[_Found]:
    result = _engine()(pixels, return_word_box=True, return_single_char_box=True)
    if result.txts is None or result.boxes is None:
        return []
    words = result.word_results if len(result.word_results) == len(result.txts) else [()] * len(result.txts)
    found = []
    for text, corners, score, parts in zip(result.txts, result.boxes, result.scores, words, strict=True):
        if text.strip():
            told = _told(text, parts)
            certainty = tuple(each[0] for each in told) or (float(score),) * len(text)
            found.append(_Found(_paired(text), _corners(corners), certainty, tuple(each[1] for each in told)))
    return found


def _corners(corners: Any) -> Corners:
    return tuple((float(x), float(y)) for x, y in corners)


def _told(text: str, parts: Any) -> list[tuple[float, Corners]]:
    """Certainty and corners of each character; nothing where the engine's characters do not add up to the line."""
    told = [(str(part[0]), float(part[1]), part[2]) for part in parts or () if part and part[0]]
    found: list[tuple[float, Corners]] = []
    at = 0
    for char in text:
        if at < len(told) and told[at][0] == char and told[at][2] is not None:
            found.append((told[at][1], _corners(told[at][2])))
            at += 1
        elif char.isspace():
            found.append((1.0, ()))
        else:
            return []
    return found


def _paired(text: str) -> str:
    """The text with both brackets of a pair as wide as the first: a scan does not show which they are."""
    chars, opened = list(text), []
    for i, char in enumerate(text):
        if char in "（(":
            opened.append(char)
        elif char in "）)" and opened:
            chars[i] = "）" if opened.pop() == "（" else ")"
    return "".join(chars)


def _extent(found: _Found, axis: int) -> float:
    """How far a line reaches across the page (axis 0) or down it (1)."""
    ends = [corner[axis] for corner in found.corners]
    return max(ends) - min(ends)


def _tilt(found: Sequence[_Found]) -> float:
    """The angle by which a page's lines are turned, in radians: that of its longer lines."""
    angles = [
        math.atan2(each.corners[1][1] - each.corners[0][1], each.corners[1][0] - each.corners[0][0])
        for each in found
        if len(each.text) >= 6
    ]
    return median(angles) if angles else 0.0


def _printed(found: _Found, page: int, tilt: float, height: float, scale: float) -> PrintedLine:
    """The line in points, as it would stand on a page that is not tilted."""
    cos, sin = math.cos(-tilt), math.sin(-tilt)
    points = [(x * cos - y * sin, x * sin + y * cos) for x, y in found.corners]
    left, right = (points[0][0] + points[3][0]) / 2, (points[1][0] + points[2][0]) / 2
    top, bottom = (points[0][1] + points[1][1]) / 2, (points[2][1] + points[3][1]) / 2
    size = max(1.0, (bottom - top) * _EM) * scale
    line = PrintedLine(
        found.text, page, left * scale, right * scale, (height - bottom) * scale, (height - top) * scale, size
    )
    line.doubts = [(i, i + 1) for i, sure in enumerate(found.certainty) if sure < SURE]
    return line


def _segments(found: _Found, turns: int, width: float, height: float) -> list[Segment]:
    """The line cut around its numbers, each piece with its box on the picture as it was before it was turned."""
    if not found.places:
        return [Segment(0, len(found.text), _box(found.corners, turns, width, height))]
    pieces = []
    for low, high in pairwise(cuts(found.text)):
        corners = [corner for place in found.places[low:high] for corner in place]
        if corners:
            pieces.append(Segment(low, high, _box(corners, turns, width, height)))
    return pieces


def _box(corners: Sequence[tuple[float, float]], turns: int, width: float, height: float) -> Box:
    xs, ys = zip(*(_turned_back(x, y, turns, width, height) for x, y in corners), strict=True)
    return max(0.0, min(xs) / width), max(0.0, min(ys) / height), min(1.0, max(xs) / width), min(1.0, max(ys) / height)


def _turned_back(x: float, y: float, turns: int, width: float, height: float) -> tuple[float, float]:
    if turns == 1:
        return width - y, x
    if turns == 2:
        return width - x, height - y
    if turns == 3:
        return y, height - x
    return x, y


def _rows(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Lines from top to bottom; those on one base line are joined, apart by what a cell's gap is."""
    rows: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda line: -(line.top + line.bottom)):
        row = next((row for row in reversed(rows[-3:]) if _on_one_base(row[0], line)), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    joined = []
    for row in rows:
        row.sort(key=lambda line: line.left)
        first, *others = row
        for line in others:
            gap = line.left - first.right
            first.join(line, "    " if gap > CELL_GAP * first.size else "")
        joined.append(first)
    return joined


def _on_one_base(one: PrintedLine, other: PrintedLine) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return overlap > 0.5 * min(one.top - one.bottom, other.top - other.bottom)
