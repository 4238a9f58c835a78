"""A chain's outline as a tree of named segments, and the edits that keep it one: at most six levels, no cycle, one root word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Any

DEEPEST = 6
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Node:
    """A segment. `parent` is empty for the chain itself; siblings stand by `rank`; `former` are names it had or took in."""

    parent: str
    name: str
    rank: float
    former: tuple[str, ...] = ()


Tree = dict[str, Node]
"""Nodes by id. An id is never given twice, so that a removed segment can come back."""


def of_paths(paths: Iterable[Sequence[str]], known: Mapping[tuple[str, ...], str] | None = None) -> Tree:
    """The tree of an outline's paths, cut below the sixth level as the drawing is.

    Ids are running numbers, the same for the same paths; with `known` (path → id) they are those, and new ones elsewhere.
    """
    tree: Tree = {}
    ids: dict[tuple[str, ...], str] = {(): ""}
    for path in paths:
        for depth in range(1, min(len(path), DEEPEST) + 1):
            at = tuple(path[:depth])
            if at not in ids:
                ids[at] = str(len(ids)) if known is None else known.get(at) or token_hex(4)
                tree[ids[at]] = Node(ids[at[:-1]], at[-1], float(len(ids)))
    return tree


def children(tree: Tree) -> dict[str, list[str]]:
    """Ids below each id, in order; the roots below the empty one."""
    below: dict[str, list[str]] = defaultdict(list)
    for pk in sorted(tree, key=lambda pk: (tree[pk].rank, pk)):
        below[tree[pk].parent].append(pk)
    return below


def walk(tree: Tree, top: str = "") -> Iterator[str]:
    """Ids below `top`, each before what is below it."""
    below = children(tree)
    waiting = below[top][::-1]
    while waiting:
        pk = waiting.pop()
        yield pk
        waiting += below[pk][::-1]


def path_of(tree: Tree, pk: str) -> tuple[str, ...]:
    """Names from the chain down to a node. Raises ValueError for a cycle."""
    names: list[str] = []
    while pk:
        if len(names) > len(tree):
            raise ValueError("环节不能放到它自己的下面 / a segment cannot be put below itself")
        names.append(tree[pk].name)
        pk = tree[pk].parent
    return tuple(reversed(names))


def paths_of(tree: Tree) -> list[tuple[str, ...]]:
    """The paths of all finest segments in order: `of_paths` reads the same outline back."""
    inner = {node.parent for node in tree.values()}
    return [path_of(tree, pk) for pk in walk(tree) if pk not in inner]


def subtree(tree: Tree, pk: str) -> list[str]:
    """A node and all below it."""
    return [pk, *walk(tree, pk)]


def checked(tree: Tree) -> Tree:
    """The tree, when it is one. Raises ValueError saying what is wrong: a lost parent, a cycle, a seventh level, twins."""
    seen: set[tuple[str, str]] = set()
    if any(node.parent and node.parent not in tree for node in tree.values()):
        raise ValueError("上一级环节已经不在了 / the segment above is no longer there")
    for pk, node in tree.items():
        path = path_of(tree, pk)
        if len(path) > DEEPEST:
            raise ValueError(
                f"大纲最多六级，“{node.name}”会到第{len(path)}级，请放高一些 / "
                f"an outline has six levels at most, “{node.name}” would be on level {len(path)}: put it higher"
            )
        if (node.parent, node.name) in seen:
            raise ValueError(
                f"同一级下已有“{node.name}”，请换个名称，或把两个合并 / "
                f"there is a “{node.name}” in the same place already: choose another name, or merge the two"
            )
        seen.add((node.parent, node.name))
    return tree


def cleaned(name: str) -> str:
    """A name without spare spaces. Raises ValueError for none or one too long."""
    name = re.sub(r"\s+", " ", name).strip()
    if not name:
        raise ValueError("请填写环节名称 / give the segment a name")
    if len(name) > LONGEST:
        raise ValueError(f"环节名称最多{LONGEST}个字 / a segment's name has {LONGEST} characters at most")
    return name


def add(tree: Tree, name: str, parent: str, after: str = "") -> tuple[Tree, str]:
    """A new segment below `parent`, behind the sibling `after` or last; and its id."""
    pk = token_hex(4)
    made = tree | {pk: Node(parent, cleaned(name), 0.0)}
    return checked(_placed(made, pk, after)), pk


def rename(tree: Tree, pk: str, name: str) -> Tree:
    """Another name; the old one is kept among the former ones, for those who are said to be on it."""
    node, name = tree[pk], cleaned(name)
    if name == node.name:
        raise ValueError("名称没有变 / the name is the same")
    former = tuple(dict.fromkeys(word for word in (*node.former, node.name) if word != name))
    return checked(tree | {pk: replace(node, name=name, former=former)})


def move(tree: Tree, pk: str, parent: str) -> Tree:
    """To the end of another segment. Raises ValueError for one below itself."""
    _refuse_root(tree, pk)
    if parent in subtree(tree, pk):
        raise ValueError(
            f"不能把“{tree[pk].name}”移到它自己或它的下级之下 / “{tree[pk].name}” cannot be moved below itself"
        )
    if parent == tree[pk].parent:
        raise ValueError("它已经在这个环节下面 / it is below this segment already")
    made = tree | {pk: replace(tree[pk], parent=parent)}
    return checked(_placed(made, pk, ""))


def shift(tree: Tree, pk: str, step: int) -> Tree:
    """One place up (-1) or down (+1) among its siblings."""
    row = children(tree)[tree[pk].parent]
    at = row.index(pk) + step
    if not 0 <= at < len(row):
        raise ValueError("已经在最前或最后 / it is the first or last one already")
    row.remove(pk)
    row.insert(at, pk)
    return _ranked(tree, row, pk)


def merge(tree: Tree, pk: str, into: str) -> Tree:
    """`pk` becomes part of `into`: what is below it goes there, those of one name become one, its names become former ones."""
    _refuse_root(tree, pk)
    if into in subtree(tree, pk):
        raise ValueError(
            f"不能把“{tree[pk].name}”并入它自己或它的下级 / “{tree[pk].name}” cannot be merged into itself or a part of it"
        )
    made = dict(tree)
    waiting = [(pk, into)]
    while waiting:
        gone, kept = waiting.pop()
        left = made.pop(gone)
        below = children(made)
        words = (*made[kept].former, left.name, *left.former)
        former = tuple(dict.fromkeys(word for word in words if word != made[kept].name))
        made[kept] = replace(made[kept], former=former)
        here = {made[child].name: child for child in below[kept]}
        for child in below[gone]:
            twin = here.get(made[child].name)
            if twin is not None:
                waiting.append((child, twin))
                # Until its turn comes it hangs beside its twin: what it hung on is gone.
                made[child] = replace(made[child], parent=kept)
            else:
                made = _placed(made | {child: replace(made[child], parent=kept)}, child, "")
    return checked(made)


def remove(tree: Tree, pk: str, with_below: bool) -> Tree:
    """Without a segment. What is below it goes with it only when that is said."""
    _refuse_root(tree, pk)
    gone = set(subtree(tree, pk))
    if len(gone) > 1 and not with_below:
        raise ValueError(
            f"“{tree[pk].name}”下面还有{len(gone) - 1}个环节，请勾选“连同下级一起删除”再删 / "
            f"there are {len(gone) - 1} segments below “{tree[pk].name}”: tick that they go with it, then remove it"
        )
    return {other: node for other, node in tree.items() if other not in gone}


def _refuse_root(tree: Tree, pk: str) -> None:
    if not tree[pk].parent and sum(not node.parent for node in tree.values()) == 1:
        raise ValueError("第一级是产业链本身，不能移动、并入或删除 / level 1 is the chain itself: it stays")


def _placed(tree: Tree, pk: str, after: str) -> Tree:
    row = [other for other in children(tree)[tree[pk].parent] if other != pk]
    row.insert(row.index(after) + 1 if after in row else len(row), pk)
    return _ranked(tree, row, pk)


def _ranked(tree: Tree, row: list[str], pk: str) -> Tree:
    """The tree with `pk` ranked as it stands in `row`; its siblings keep their ranks while there is room between them."""
    at = row.index(pk)
    low = tree[row[at - 1]].rank if at else (tree[row[1]].rank - 2 if len(row) > 1 else 0.0)
    high = tree[row[at + 1]].rank if at + 1 < len(row) else low + 2
    middle = (low + high) / 2
    if low < middle < high:
        return tree | {pk: replace(tree[pk], rank=middle)}
    return tree | {other: replace(tree[other], rank=float(n)) for n, other in enumerate(row, start=1)}


def to_json(tree: Mapping[str, Node]) -> dict[str, list[Any]]:
    """Nodes as lists, for the database."""
    return {pk: [node.parent, node.name, node.rank, list(node.former)] for pk, node in tree.items()}


def of_json(told: Mapping[str, Sequence[Any]]) -> Tree:
    """What `to_json` wrote."""
    return {pk: Node(str(p), str(name), float(rank), tuple(former)) for pk, (p, name, rank, former) in told.items()}


def differing(before: Tree, after: Tree) -> tuple[Tree, Tree]:
    """The nodes that differ, as they were and as they are; one that is missing on a side is in neither's."""
    changed = [pk for pk in before | after if before.get(pk) != after.get(pk)]
    return {pk: before[pk] for pk in changed if pk in before}, {pk: after[pk] for pk in changed if pk in after}
