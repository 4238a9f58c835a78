"""A line of print: its text, its place, and the places of its pieces."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from liantu.reading.pages import Box

CELL_GAP = 1.4  # in ems; a wider gap on one base line parts two cells


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line's text, [start, end), and its box on the page."""

    start: int
    end: int
    box: Box


@dataclass(slots=True)
class PrintedLine:
    """One line of print; lengths in points, y upwards from the page's foot."""

    text: str  # cells parted by four spaces
    page: int
    left: float
    right: float
    bottom: float
    top: float
    size: float  # height of its characters
    segments: list[Segment] = field(default_factory=list)  # in order; empty where the page is never shown
    doubts: list[tuple[int, int]] = field(default_factory=list)  # characters that were hard to recognise
    column: int = 0  # of two on a page, from 1 on; 0 for a line across the page

    @property
    def is_row(self) -> bool:
        return "    " in self.text

    def join(self, line: PrintedLine, gap: str) -> None:
        """Append a line on the same base, to the right."""
        shift = len(self.text) + len(gap)
        self.text += gap + line.text
        self.right = line.right
        self.segments += [replace(s, start=s.start + shift, end=s.end + shift) for s in line.segments]
        self.doubts += [(start + shift, end + shift) for start, end in line.doubts]
