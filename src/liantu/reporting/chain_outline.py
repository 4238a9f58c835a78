"""The indented outline in which offices draw a chain: columns level1 … level6, and the chain map made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

NodeStatus = Literal["strong", "present", "weak", "missing", "at_risk", "unknown"]
STATUSES: tuple[NodeStatus, ...] = ("strong", "present", "weak", "missing", "at_risk", "unknown")
EdgeKind = Literal["supply", "substitute", "tech_depends"]
LEVELS = tuple(f"level{n}" for n in range(1, 7))


@dataclass(frozen=True, slots=True)
class StatusCell:
    """The status of a segment at one of several places: `letter` stands for the place, `note` is told on pointing at it."""

    letter: str
    status: NodeStatus
    note: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One node of a chain map. `path` is the way to it from the column down; its last part is the name.

    With `cells`, one a place, the segment itself has no status of its own.
    """

    path: tuple[str, ...]
    status: NodeStatus = "unknown"
    note: str = ""  # what a reader should see on pointing at it: firms, projects, the reason of the status
    href: str = ""
    firms: int = 0
    projects: int = 0
    cells: tuple[StatusCell, ...] = ()

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def key(self) -> str:
        return "/".join(self.path)


@dataclass(frozen=True, slots=True)
class Edge:
    """`tail` supplies, replaces or technically depends on `head`; both are segment keys."""

    tail: str
    head: str
    kind: EdgeKind = "supply"


@dataclass(frozen=True, slots=True)
class ChainMap:
    """One chain as columns of segments, upstream first."""

    title: str
    segments: tuple[Segment, ...]
    edges: tuple[Edge, ...] = ()
    columns: tuple[str, ...] = field(default=())
    group_notes: Mapping[tuple[str, ...], str] = field(default_factory=dict)  # written behind the heading of a group

    def column(self, name: str) -> tuple[Segment, ...]:
        """The segments of one column in outline order."""
        return tuple(s for s in self.segments if s.path[0] == name)

    def marked(self, marks: Mapping[str, Segment]) -> ChainMap:
        """The same map with the segments named in `marks` (by key) replaced."""
        return replace(self, segments=tuple(marks.get(s.key, s) for s in self.segments))


def fill_down(rows: Iterable[Sequence[str | None]]) -> list[tuple[str, ...]]:
    """Full paths of an indented outline, in which an empty cell before the first word repeats the cell above.

    Rows without any word are skipped. Raises ValueError, naming the row (1-based), when a level is skipped
    for which nothing stands above.
    """
    above: list[str] = []
    paths: list[tuple[str, ...]] = []
    for number, row in enumerate(rows, start=1):
        cells = [(cell or "").strip() for cell in row][: len(LEVELS)]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        path: list[str] = []
        for depth, cell in enumerate(cells):
            if not cell and (path == above[:depth]) and depth < len(above):
                cell = above[depth]
            if not cell:
                raise ValueError(
                    f"第{number}行第{depth + 1}级是空的，上面也没有可沿用的名称，请补上。"
                    f" / Row {number}: level {depth + 1} is empty and nothing above it can be repeated; fill it in."
                )
            path.append(cell)
        above = path
        paths.append(tuple(path))
    return paths


def chain_map_of(title: str, rows: Iterable[Sequence[str | None]], edges: Iterable[Edge] = ()) -> ChainMap:
    """The chain map of an outline.

    When the whole outline hangs on one level-1 word, that word is the chain and level 2 gives the columns; else
    level 1 does. Every leaf becomes a segment; inner rows become headings above their leaves.
    """
    paths = list(dict.fromkeys(fill_down(rows)))
    if len({path[0] for path in paths}) == 1 and any(len(path) > 1 for path in paths):
        title = title or paths[0][0]
        paths = [path[1:] for path in paths if len(path) > 1]
    inner = {path[:depth] for path in paths for depth in range(1, len(path))}
    leaves = [path for path in paths if path not in inner]
    return ChainMap(
        title=title,
        segments=tuple(Segment(path) for path in leaves),
        edges=tuple(edges),
        columns=tuple(dict.fromkeys(path[0] for path in leaves)),
    )


def outline_rows(chain_map: ChainMap) -> list[list[str]]:
    """The outline of a map, one row a segment, every level written out: `chain_map_of` reads it back as it was."""
    return [list(segment.path) for segment in chain_map.segments]
