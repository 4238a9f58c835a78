"""What joins the segments of a chain: who supplies whom, what can stand in for what, what rests on which technology.

Edges belong to the outline and are kept with it: an edit of the tree carries its edges along, and one history has both.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Any

from liantu.ledger.outlines.tree import Tree, path_of, subtree

KINDS: dict[str, tuple[str, ...]] = {
    "supply": ("供应", "供给", "供需", "配套", "supply"),
    "substitute": ("替代", "可替代", "substitute"),
    "tech_depends": ("技术依赖", "技术", "技术关联", "technology", "tech_depends"),
}
"""Kinds of edges with the words that workbooks use for them, ours first."""
LONGEST_NOTE = 300
_BETWEEN = re.compile(r"\s*(?:›|>|＞|→|/|／)\s*")


@dataclass(frozen=True, slots=True)
class Edge:
    """`tail` supplies, can stand in for, or is the technology of `head`; both are ids of segments."""

    tail: str
    head: str
    kind: str = "supply"
    note: str = ""

    def same(self, other: Edge) -> bool:
        """Whether both say the same: which way round does not matter for a substitute."""
        ends = {(self.tail, self.head)} | ({(self.head, self.tail)} if self.kind == "substitute" else set())
        return self.kind == other.kind and (other.tail, other.head) in ends


Edges = dict[str, Edge]
"""Edges by id."""


@dataclass(frozen=True, slots=True)
class ToldEdge:
    """An edge as a sheet or a data file writes it: names of segments, or the way down to them."""

    tail: str
    head: str
    kind: str
    note: str = ""


def join(tree: Tree, edges: Edges, edge: Edge) -> tuple[Edges, str]:
    """One more edge, and its id. Raises ValueError for one that cannot be or is there already."""
    refuse(tree, edges, edge)
    pk = token_hex(4)
    return edges | {pk: replace(edge, note=edge.note.strip()[:LONGEST_NOTE])}, pk


def refuse(tree: Tree, edges: Edges, edge: Edge) -> None:
    """Raises ValueError saying why an edge cannot be: to itself or a part of itself, an unknown segment or kind, said already."""
    if edge.kind not in KINDS:
        raise ValueError(
            f"没有“{edge.kind}”这种关系，请填：{_kinds()} / no relation “{edge.kind}”: it is one of {', '.join(KINDS)}"
        )
    for pk in (edge.tail, edge.head):
        if pk not in tree:
            raise ValueError("请选大纲里有的环节 / choose a segment of the outline")
        if not tree[pk].parent:
            raise ValueError("关系画在环节之间，不画在产业链本身上 / relations join segments, not the chain as a whole")
    name, other = tree[edge.tail].name, tree[edge.head].name
    if edge.tail == edge.head:
        raise ValueError(f"“{name}”不能和它自己相连 / “{name}” cannot be joined to itself")
    if edge.head in subtree(tree, edge.tail) or edge.tail in subtree(tree, edge.head):
        raise ValueError(
            f"“{name}”和“{other}”一个包含另一个，不能相连 / one of “{name}” and “{other}” is part of the other: they cannot be joined"
        )
    if any(edge.same(known) for known in edges.values()):
        raise ValueError(
            f"“{name}”与“{other}”的这种关系已经有了 / “{name}” and “{other}” are joined in this way already"
        )


def of_told(tree: Tree, told: Iterable[ToldEdge]) -> Edges:
    """The edges among `told` that the tree can hold; ids are running numbers, the same for the same list.

    The others were named when their list was read (`refused`), or their segment is gone since.
    """
    edges: Edges = {}
    for number, one in enumerate(told, start=1):
        try:
            edge = Edge(find(tree, one.tail), find(tree, one.head), kind_of(one.kind), one.note[:LONGEST_NOTE])
            refuse(tree, edges, edge)
        except ValueError:
            continue
        edges[f"e{number}"] = edge
    return edges


def find(tree: Tree, words: str) -> str:
    """The segment that `words` name: its name, or the way down to it (上游 / 制氢), from any level.

    Raises ValueError when there is none, or several.
    """
    way = tuple(part for part in _BETWEEN.split(words.strip()) if part)
    found = [pk for pk, node in tree.items() if way and node.name in (way[-1], words.strip())]
    if len(found) > 1 or (found and len(way) > 1):
        ends = [pk for pk in found if path_of(tree, pk)[-len(way) :] == way or tree[pk].name == words.strip()]
        found = ends or ([] if len(way) > 1 else found)
    if not found:
        raise ValueError(f"大纲里没有环节“{words}” / the outline has no segment “{words}”")
    if len(found) > 1:
        ways = "；".join(" / ".join(path_of(tree, pk)) for pk in found[:4])
        raise ValueError(
            f"有{len(found)}个环节叫“{words}”，请连上级一起写，如：{ways} / "
            f"{len(found)} segments are called “{words}”: write the level above too, like {ways}"
        )
    return found[0]


def kind_of(word: str) -> str:
    """The kind that a word means; supply when nothing is said. Raises ValueError for an unknown word."""
    plain = word.strip().lower()
    if not plain:
        return "supply"
    for kind, words in KINDS.items():
        if plain in words:
            return kind
    raise ValueError(
        f"不认得关系“{word}”，请填：{_kinds()} / unknown relation “{word}”: write one of {', '.join(KINDS)}"
    )


def _kinds() -> str:
    return "、".join(words[0] for words in KINDS.values())


def carried(before: Tree, after: Tree, edges: Edges, gone: str = "", into: str = "") -> Edges:
    """The edges after an edit of the tree: those of removed segments go, those of what was merged go over to what took it in."""
    heirs = _heirs(before, after, gone, into) if gone else {}
    kept: Edges = {}
    for pk, edge in edges.items():
        moved = replace(edge, tail=heirs.get(edge.tail, edge.tail), head=heirs.get(edge.head, edge.head))
        try:
            refuse(after, kept, moved)
        except ValueError:
            continue  # an end is gone, both became one, or it is said by another edge now
        kept[pk] = moved
    return kept


def _heirs(before: Tree, after: Tree, gone: str, into: str) -> dict[str, str]:
    """Segments lost in a merger → those of the same name, at the same place, that took them in."""
    top, by_path = len(path_of(before, gone)), {path_of(after, pk): pk for pk in subtree(after, into)}
    stem = path_of(after, into)
    found = {}
    for pk in subtree(before, gone):
        heir = by_path.get(stem + path_of(before, pk)[top:])
        if pk not in after and heir is not None:
            found[pk] = heir
    return found


def supply_cycles(edges: Collection[Edge]) -> list[list[str]]:
    """Segments that supply one another in a ring, each ring once: allowed, for scrap does come back, but worth a second look."""
    onward: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge.kind == "supply":
            onward[edge.tail].append(edge.head)
    rings: list[list[str]] = []
    placed: set[str] = set()
    for start in sorted(onward):
        if start not in placed and (way := _way_back(onward, start)):
            rings.append(way)
            placed.update(way)
    return rings


def _way_back(onward: Mapping[str, Sequence[str]], start: str) -> list[str]:
    """The shortest way from a segment along supply back to itself, without the return; empty when there is none."""
    came: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        at = waiting.popleft()
        for head in onward.get(at, ()):
            if head == start:
                way = [at]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return way[::-1]
            if head not in came:
                came[head] = at
                waiting.append(head)
    return []


def edges_to_json(edges: Mapping[str, Edge]) -> dict[str, list[str]]:
    """Edges as lists, for the database."""
    return {pk: [edge.tail, edge.head, edge.kind, edge.note] for pk, edge in edges.items()}


def edges_of_json(told: Mapping[str, Sequence[Any]]) -> Edges:
    """What `edges_to_json` wrote."""
    return {pk: Edge(str(tail), str(head), str(kind), str(note)) for pk, (tail, head, kind, note) in told.items()}


def edges_differing(before: Edges, after: Edges) -> tuple[Edges, Edges]:
    """The edges that differ, as they were and as they are."""
    changed = [pk for pk in before | after if before.get(pk) != after.get(pk)]
    return {pk: before[pk] for pk in changed if pk in before}, {pk: after[pk] for pk in changed if pk in after}


def told_edge(tree: Tree, edge: Edge) -> str:
    """What people read of an edge."""
    names = [tree[pk].name if pk in tree else "…" for pk in (edge.tail, edge.head)]
    note = f"：{edge.note}" if edge.note else ""
    return f"{names[0]} → {names[1]}（{KINDS[edge.kind][0]}）{note}"
