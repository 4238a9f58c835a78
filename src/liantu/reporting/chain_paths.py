"""Which segments a segment hangs on and which hang on it: supply followed to both ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from liantu.reporting.chain_outline import Edge


@dataclass(frozen=True, slots=True)
class SupplyPaths:
    """Keys of segments `up` (that supply it, at any distance) and `down`; `beside`: joined to it by another kind of edge.

    `edges` are those on the way. In a ring of supply a segment is up and down at once.
    """

    up: frozenset[str]
    down: frozenset[str]
    beside: frozenset[str]
    edges: frozenset[Edge]

    @property
    def near(self) -> frozenset[str]:
        """All of them."""
        return self.up | self.down | self.beside


def supply_paths(edges: Iterable[Edge], key: str) -> SupplyPaths:
    """The supply paths through the segment `key`."""
    listed = list(edges)
    onward: dict[str, list[Edge]] = defaultdict(list)
    back: dict[str, list[Edge]] = defaultdict(list)
    beside: set[str] = set()
    passed: set[Edge] = set()
    for edge in listed:
        if edge.kind == "supply":
            onward[edge.tail].append(edge)
            back[edge.head].append(edge)
        elif key in (edge.tail, edge.head):
            beside.add(edge.head if edge.tail == key else edge.tail)
            passed.add(edge)
    up = _reached(back, key, forward=False, passed=passed)
    down = _reached(onward, key, forward=True, passed=passed)
    return SupplyPaths(frozenset(up), frozenset(down), frozenset(beside), frozenset(passed))


def _reached(steps: dict[str, list[Edge]], start: str, *, forward: bool, passed: set[Edge]) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for edge in steps.get(waiting.pop(), ()):
            passed.add(edge)
            to = edge.head if forward else edge.tail
            if to not in seen:
                seen.add(to)
                waiting.append(to)
    return seen - {start}
