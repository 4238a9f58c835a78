"""Chain maps out of outlines, with the firms and projects that are said to be on their segments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import cast

from django.utils.translation import gettext as _

from liantu.ledger import services
from liantu.ledger.outlines.edges import Edges
from liantu.ledger.outlines.members import on_segments
from liantu.ledger.outlines.tree import Tree, path_of, paths_of, subtree
from liantu.reporting import ChainMap, Edge, Segment, chain_map_of
from liantu.reporting.chain_outline import EdgeKind
from liantu.workbench.cached import per_revision

NAMED = 6
LOOKED_AT = 5_000


def chain_map_for(name: str) -> ChainMap | None:
    """The map of the chain `name` with its firms and projects placed, or None when there is no outline."""

    def compute() -> tuple[ChainMap | None]:
        now = services.outline_now(name)
        rows = paths_of(now.tree)
        if not any(len(path) > 1 for path in rows):
            return (None,)
        drawn = chain_map_of(name, rows, drawn_edges(now.tree, now.edges))
        return (_placed(drawn, services.former_names(name)),)

    return per_revision(f"chain-map:{name}", compute)[0]


def cut_of(tree: Tree) -> int:
    """Levels above the columns: one when the whole outline hangs on one word, as `chain_map_of` has it."""
    return 1 if sum(not node.parent for node in tree.values()) == 1 else 0


def drawn_edges(tree: Tree, edges: Edges) -> list[Edge]:
    """Edges between the finest segments, by key: one of a wider segment is one of each of its parts."""
    inner = {node.parent for node in tree.values()}
    cut = cut_of(tree)

    @cache
    def keys(pk: str) -> list[str]:
        below = [pk] if pk not in inner else subtree(tree, pk)
        return ["/".join(path_of(tree, leaf)[cut:]) for leaf in below if leaf not in inner]

    return [
        Edge(tail, head, cast(EdgeKind, edge.kind))
        for edge in edges.values()
        for tail in keys(edge.tail)
        for head in keys(edge.head)
    ]


def _placed(drawn: ChainMap, former: Mapping[str, tuple[str, ...]]) -> ChainMap:
    """`drawn` with each segment's firms and projects counted.

    A segment with someone on it is 有, one without is 未知: nobody having been named is no proof that it is missing.
    Who is said to be on a wider segment (组件) is told at its heading: nobody said on which of its parts.
    Who is said to be on a name that a segment had before a hand edit (`former`) is on that segment.
    """
    words = {part for segment in drawn.segments for part in segment.path[1:] or segment.path}
    firms: dict[str, set[str]] = defaultdict(set)
    projects: dict[str, set[str]] = defaultdict(set)
    now = {word: name for name, earlier in former.items() if name in words for word in earlier}
    for word, kind, who in on_segments(words | now.keys(), "subject__kind", "subject_name", most=LOOKED_AT):
        (projects if kind == "project" else firms)[now.get(word, word)].add(who)
    under: dict[tuple[str, ...], int] = defaultdict(int)
    for segment in drawn.segments:
        for depth in range(1, len(segment.path) + 1):
            under[segment.path[:depth]] += 1
    segments, notes = [], {}
    for segment in drawn.segments:
        own = {p[-1] for p in _prefixes(segment.path) if under[p] == 1} | {segment.name}
        segments.append(_segment(segment, {w for o in own for w in firms[o]}, {w for o in own for w in projects[o]}))
        for prefix in _prefixes(segment.path[:-1]):
            count = len(firms[prefix[-1]] | projects[prefix[-1]])
            if count and under[prefix] > 1:
                notes[prefix] = _("%(n)s 家（个）在此，未说到细环节") % {"n": count}
    return replace(drawn, segments=tuple(segments), group_notes=notes)


def _prefixes(path: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Every way down to a part of `path` below its column: a workbook may name a segment by any of them."""
    return [path[:depth] for depth in range(2, len(path) + 1)]


def _segment(segment: Segment, firms: set[str], projects: set[str]) -> Segment:
    if not firms and not projects:
        return replace(segment, note=_("账本里还没有人说过谁在这个环节"))
    parts = []
    if firms:
        parts.append(_("企业：") + "、".join(sorted(firms)[:NAMED]))
    if projects:
        parts.append(_("项目：") + "、".join(sorted(projects)[:NAMED]))
    return replace(segment, status="present", note="；".join(parts), firms=len(firms), projects=len(projects))
