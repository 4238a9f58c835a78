"""Two versions of a chain's outline, out of its history: what was added, removed, renamed, moved, merged, joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liantu.ledger.models import WorkChange
from liantu.ledger.outlines.edges import Edges, edges_of_json, told_edge
from liantu.ledger.outlines.keeping import KIND, OutlineNow, outline_now
from liantu.ledger.outlines.tree import Tree, children, of_json, path_of, walk

KINDS = ("added", "removed", "merged", "renamed", "moved", "joined", "unjoined")


@dataclass(frozen=True, slots=True)
class Version:
    """An outline as it stood: `number` 1 before the first edit; `change` is the edit that made it."""

    number: int
    tree: Tree
    edges: Edges
    change: WorkChange | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs, with the way down to it on either side; empty where it is not there."""

    kind: str
    node: str
    before: str
    after: str


def versions_of(chain_name: str) -> list[Version]:
    """Every version of an outline that was edited, newest first; none while nobody edited it."""
    now = outline_now(chain_name)
    return list(_backwards(now)) if now.pk is not None else []


def _backwards(now: OutlineNow) -> Iterator[Version]:
    """From the newest version back: each edit keeps what it changed as it was, which is put back."""
    tree, edges = dict(now.tree), dict(now.edges)
    for change in WorkChange.objects.filter(kind=KIND, row=now.pk or 0).order_by("-version", "-id"):
        yield Version(change.version, dict(tree), dict(edges), change)
        old, new = of_json(change.before["nodes"]), of_json(change.after["nodes"])
        tree = {pk: node for pk, node in tree.items() if pk not in new} | old
        was = edges_of_json(change.before.get("edges", {}))
        became = edges_of_json(change.after.get("edges", {}))
        edges = {pk: edge for pk, edge in edges.items() if pk not in became} | was
    yield Version(1, tree, edges, None)


def compared(old: Version, new: Version) -> list[Difference]:
    """What differs between two versions, in the order of the outline.

    A segment stays the same one through renaming and moving; one that another took in is merged, not removed. Moved is what
    hangs below another segment or stands elsewhere among its siblings; what only follows something above it is not told.
    """
    found: list[Difference] = []
    heirs = {word: pk for pk, node in new.tree.items() for word in node.former}
    now, were = children(new.tree), children(old.tree)
    shifted = {pk for parent in now.keys() & were.keys() for pk in _shifted(were[parent], now[parent])}
    for pk in walk(new.tree):
        after = new.tree[pk]
        if pk not in old.tree:
            found.append(Difference("added", pk, "", _way(new.tree, pk)))
            continue
        before = old.tree[pk]
        if before.name != after.name:
            found.append(Difference("renamed", pk, _way(old.tree, pk), _way(new.tree, pk)))
        if before.parent != after.parent or pk in shifted:
            found.append(Difference("moved", pk, _way(old.tree, pk), _way(new.tree, pk)))
    for pk in walk(old.tree):
        if pk not in new.tree:
            heir = heirs.get(old.tree[pk].name)
            kind, after_way = ("merged", _way(new.tree, heir)) if heir is not None else ("removed", "")
            found.append(Difference(kind, pk, _way(old.tree, pk), after_way))
    found += [
        Difference("joined", pk, "", told_edge(new.tree, e)) for pk, e in new.edges.items() if pk not in old.edges
    ]
    found += [
        Difference("unjoined", pk, told_edge(old.tree, e), "") for pk, e in old.edges.items() if pk not in new.edges
    ]
    return sorted(found, key=lambda difference: KINDS.index(difference.kind))


def _way(tree: Tree, pk: str) -> str:
    return " › ".join(path_of(tree, pk))


def _shifted(were: list[str], now: list[str]) -> set[str]:
    """The fewest of some siblings that must have moved: all but a longest run that kept its order."""
    rank = {pk: at for at, pk in enumerate(were)}
    stayed = [pk for pk in now if pk in rank]
    best: list[list[str]] = [[]]
    for pk in stayed:
        before = [run for run in best if not run or rank[run[-1]] < rank[pk]]
        best.append([*sorted(before, key=len)[-1], pk])
    kept = set(sorted(best, key=len)[-1])
    return {pk for pk in stayed if pk not in kept}
