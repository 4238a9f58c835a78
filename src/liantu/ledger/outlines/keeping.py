"""Editing a chain's outline: every edit kept with who, when, before, after and why, and taken back by a further one.

An outline that was edited stands in place of what workbooks say, whatever is imported or read again later; a person may take
the newest workbook's over instead, which is an edit like any other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from secrets import token_hex
from typing import Any

from django.utils import timezone

from liantu.ledger.chain_names import chain_label
from liantu.ledger.models import ChainOutline, WorkChange
from liantu.ledger.outlines.edges import (
    Edge,
    Edges,
    ToldEdge,
    carried,
    edges_differing,
    edges_of_json,
    edges_to_json,
    join,
    of_told,
    told_edge,
)
from liantu.ledger.outlines.shipped import shipped_edges, shipped_paths
from liantu.ledger.outlines.tree import (
    Tree,
    add,
    checked,
    children,
    cleaned,
    differing,
    merge,
    move,
    of_json,
    of_paths,
    path_of,
    paths_of,
    remove,
    rename,
    shift,
    subtree,
    to_json,
)
from liantu.ledger.search.keeping import index_outlines
from liantu.ledger.workbooks.additions import imported_edges, imported_outlines
from liantu.ledger.writing import writing

KIND = "outline"
Action = WorkChange.Action
ACTIONS = {
    "under": Action.ADDED,
    "after": Action.ADDED,
    "join": Action.ADDED,
    "remove": Action.REMOVED,
    "unjoin": Action.REMOVED,
}
EDITS = ("under", "after", "rename", "move", "up", "down", "merge", "remove", "adopt", "join", "unjoin")


class StaleOutlineError(ValueError):
    """Somebody changed a segment that an edit is about after the page was opened. `since` are those changes, newest first."""

    def __init__(self, since: Sequence[WorkChange] = ()) -> None:
        self.since = list(since)
        who = f"（{self.since[0].by}）" if self.since else ""
        by = f" ({self.since[0].by})" if self.since else ""
        super().__init__(
            f"这个环节刚被别人改过{who}，这次改动没有保存：请看现在的大纲，需要的话再改一次 / "
            f"somebody{by} has just changed this segment, your edit was not saved: look at the outline now and edit again"
        )


@dataclass(frozen=True, slots=True)
class OutlineNow:
    """A chain's outline as it stands. `version` is 0 while nobody edited it; `basis` is the digest of what it begins from.

    `ours`: nobody imported or edited one, this is the one that the program brings along.
    """

    chain: str
    tree: Tree
    version: int
    basis: str
    pk: int | None
    newest: str  # name of the newest workbook with an outline of the chain
    newest_paths: list[tuple[str, ...]]
    imported_since: bool  # something else was imported after the outline was first edited or taken over
    edges: Edges
    newest_edges: tuple[ToldEdge, ...]
    ours: bool = False

    @property
    def edited(self) -> bool:
        """Whether it was edited by hand."""
        return self.pk is not None

    @property
    def differs(self) -> bool:
        """Whether the newest workbook says something else."""
        if not (self.edited and self.newest_paths):
            return False
        tree = of_paths(self.newest_paths)
        if paths_of(tree) != paths_of(self.tree):
            return True
        said = {_by_path(tree, edge) for edge in of_told(tree, self.newest_edges).values()}
        return bool(said) and said != {_by_path(self.tree, edge) for edge in self.edges.values()}


def _by_path(tree: Tree, edge: Edge) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    return path_of(tree, edge.tail), path_of(tree, edge.head), edge.kind


def outline_now(chain_name: str) -> OutlineNow:
    """The outline of a chain: as edited, else as imported, else as the program brings it along, else the chain alone."""
    chain = chain_label(chain_name)
    row = ChainOutline.objects.filter(chain=chain).first()
    books, sheets = imported_outlines(chain), imported_edges(chain)
    paths = list(dict.fromkeys(path for _name, said in books for path in said))
    told = list(dict.fromkeys(edge for _name, said in sheets for edge in said))
    ours = not paths
    if ours:
        paths, told = shipped_paths(chain), [*shipped_edges(chain), *told]
    parts: list[Any] = [paths, [[e.tail, e.head, e.kind] for e in told]] if told else paths
    basis = sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]
    newest, newest_paths = books[-1] if books else ("", [])
    newest_edges = tuple(edge for name, said in sheets if name == newest for edge in said)
    if row is None:
        tree = of_paths(paths or [(chain,)])
        ours = ours and bool(paths)
        return OutlineNow(
            chain, tree, 0, basis, None, newest, newest_paths, False, of_told(tree, told), newest_edges, ours
        )
    since = basis != row.basis and bool(newest_paths)
    edges = edges_of_json(row.edges)
    return OutlineNow(
        chain, of_json(row.nodes), row.version, basis, row.pk, newest, newest_paths, since, edges, newest_edges
    )


def chain_outline(chain_name: str) -> list[tuple[str, ...]]:
    """Paths of a chain's outline, from the chain down, in order: as edited, else as workbooks have them.

    What the program brings along is not among them: nobody here has said it.
    """
    row = ChainOutline.objects.filter(chain=chain_label(chain_name)).first()
    if row is not None:
        return paths_of(of_json(row.nodes))
    return list(dict.fromkeys(path for _name, said in imported_outlines(chain_name) for path in said))


def former_names(chain_name: str) -> dict[str, tuple[str, ...]]:
    """By name of a segment of an edited outline: the names that it had before, or took in, and that no segment bears now."""
    row = ChainOutline.objects.filter(chain=chain_label(chain_name)).first()
    tree = of_json(row.nodes) if row is not None else {}
    borne = {node.name for node in tree.values()}
    found: dict[str, tuple[str, ...]] = {}
    for node in tree.values():
        words = tuple(word for word in node.former if word not in borne)
        if words:
            found[node.name] = (*found.get(node.name, ()), *words)
    return found


def edit_outline(
    chain_name: str, version: int, basis: str, edit: dict[str, str], by: str, reason: str = ""
) -> WorkChange:
    """One edit of an outline that was opened at `version` (0: as imported, with the digest `basis`).

    `edit` says what it `does` (one of `EDITS`), to which `node`, with `name`, `parent`, `into` or `below` (`yes`: what is below
    goes too). Raises StaleOutlineError when what it is about was changed meanwhile, ValueError, in both languages, for
    what an outline cannot be.
    """
    with writing():
        now = outline_now(chain_name)
        _refuse_stale(now, version, basis, edit)
        after, edges, focus = _edited(now, edit)
        if after == now.tree and edges == now.edges:
            raise ValueError("没有改动任何环节 / nothing was changed")
        row = _row(now)
        if edit["does"] == "adopt":
            row.basis = now.basis
        return _keep(row, (now.tree, now.edges), (after, edges), edit["does"], focus, by, reason)


def undo_outline_change(chain_name: str, change_id: int, by: str) -> WorkChange:
    """Take one edit back by a further one. Raises ValueError when it was already, or when a later edit stands on it."""
    with writing():
        row = ChainOutline.objects.get(chain=chain_label(chain_name))
        change = WorkChange.objects.get(pk=change_id, kind=KIND, row=row.pk)
        if change.undone_at is not None:
            raise ValueError("这处改动已经撤回过 / this change was taken back already")
        tree, edges = of_json(row.nodes), edges_of_json(row.edges)
        old, new = of_json(change.before["nodes"]), of_json(change.after["nodes"])
        was, became = edges_of_json(change.before.get("edges", {})), edges_of_json(change.after.get("edges", {}))
        if any(tree.get(pk) != new.get(pk) for pk in old | new) or any(
            edges.get(pk) != became.get(pk) for pk in was | became
        ):
            raise _stands_on()
        back = {pk: node for pk, node in tree.items() if pk not in new} | old
        joined = {pk: edge for pk, edge in edges.items() if pk not in became} | was
        if any(node.parent and node.parent not in back for node in back.values()) or any(
            end not in back for edge in joined.values() for end in (edge.tail, edge.head)
        ):
            raise _stands_on()
        made = _keep(row, (tree, edges), (checked(back), joined), "undo", list(old | new), by, "", change)
        change.take_back(by)
        return made


def _stands_on() -> ValueError:
    return ValueError(
        "这些环节后来又改过，请先撤回后面的改动 / these segments were changed again later: take the later change back first"
    )


def outline_changes(now: OutlineNow, limit: int = 50) -> list[WorkChange]:
    """The edits of an outline, newest first."""
    return list(WorkChange.objects.filter(kind=KIND, row=now.pk).order_by("-id")[:limit]) if now.pk is not None else []


def _refuse_stale(now: OutlineNow, version: int, basis: str, edit: dict[str, str]) -> None:
    row = ChainOutline.objects.get(pk=now.pk) if now.pk is not None else None
    if version == 0 and basis != (row.basis if row is not None else now.basis):
        raise StaleOutlineError  # what the page showed was an import that is no longer it
    about = {edit.get(name, "") for name in ("node", "parent", "into", "other")} - {""}
    if edit["does"] in ("remove", "merge") and edit.get("node") in now.tree:
        about |= set(subtree(now.tree, edit["node"]))
    later = WorkChange.objects.filter(kind=KIND, row=row.pk, version__gt=version).order_by("-id") if row else ()
    since = [
        change
        for change in later
        if edit["does"] == "adopt" or about & (change.before["nodes"].keys() | change.after["nodes"].keys())
    ]
    if edit["does"] == "unjoin" and edit.get("edge") not in now.edges:
        raise StaleOutlineError(list(later)[:1])
    if since or not about <= now.tree.keys():
        raise StaleOutlineError(since)


def _edited(now: OutlineNow, edit: dict[str, str]) -> tuple[Tree, Edges, list[str]]:
    """The tree and the edges after an edit, and the nodes it is about."""
    does, pk = edit["does"], edit.get("node", "")
    if does == "join":
        said = Edge(pk, edit.get("other", ""), edit.get("kind") or "supply", edit.get("note", ""))
        edges, _made = join(now.tree, now.edges, said)
        return now.tree, edges, []
    if does == "unjoin":
        return now.tree, {key: edge for key, edge in now.edges.items() if key != edit.get("edge")}, []
    tree, focus = _replanted(now, edit)
    edges = carried(now.tree, tree, now.edges, *((pk, edit["into"]) if does == "merge" else ()))
    if does == "adopt" and now.newest_edges:
        edges = _taken_over(tree, edges, of_told(tree, now.newest_edges))
    return tree, edges, focus


def _taken_over(tree: Tree, mine: Edges, theirs: Edges) -> Edges:
    """The edges of a workbook, those that were there already under their old id."""
    known = {_by_path(tree, edge): (pk, edge) for pk, edge in mine.items()}
    found = {}
    for edge in theirs.values():
        pk, kept = known.get(_by_path(tree, edge), (token_hex(4), edge))
        found[pk] = replace(kept, note=edge.note or kept.note)
    return found


def _replanted(now: OutlineNow, edit: dict[str, str]) -> tuple[Tree, list[str]]:
    """The tree after an edit of it, and the nodes it is about."""
    tree, does, pk = now.tree, edit["does"], edit.get("node", "")
    if does == "adopt":
        if not now.newest_paths:
            raise ValueError("还没有导入过这条链的大纲 / no outline of this chain was imported")
        known = {path_of(tree, node): node for node in tree}
        return checked(of_paths(now.newest_paths, known)), []
    if pk not in tree or does not in EDITS:
        raise ValueError("请先选一个环节 / choose a segment first")
    if does in ("under", "after"):
        parent = pk if does == "under" else tree[pk].parent
        if not parent:
            raise ValueError("第一级是产业链本身，请在它下面加 / level 1 is the chain itself: add below it")
        made, new = add(tree, edit.get("name", ""), parent, pk if does == "after" else "")
        return made, [new]
    if does == "rename":
        if not tree[pk].parent and chain_label(cleaned(edit.get("name", ""))) != now.chain:
            raise ValueError(
                f"第一级须是“{now.chain}”这条链的名称 / level 1 has to be a name of the chain “{now.chain}”"
            )
        return rename(tree, pk, edit.get("name", "")), [pk]
    if does == "remove":
        return remove(tree, pk, edit.get("below") == "yes"), [pk]
    if does in ("up", "down"):
        return shift(tree, pk, -1 if does == "up" else 1), [pk]
    other = edit.get("parent" if does == "move" else "into", "")
    if other not in tree:
        raise ValueError("请选另一个环节 / choose another segment")
    return (move(tree, pk, other), [pk]) if does == "move" else (merge(tree, pk, other), [pk, other])


def _row(now: OutlineNow) -> ChainOutline:
    if now.pk is not None:
        return ChainOutline.objects.get(pk=now.pk)
    return ChainOutline.objects.create(
        chain=now.chain, nodes=to_json(now.tree), edges=edges_to_json(now.edges), basis=now.basis
    )


def _keep(
    row: ChainOutline,
    old: tuple[Tree, Edges],
    new: tuple[Tree, Edges],
    does: str,
    focus: list[str],
    by: str,
    reason: str,
    undoes: WorkChange | None = None,
) -> WorkChange:
    before, after = differing(old[0], new[0])
    was, became = edges_differing(old[1], new[1])
    row.nodes, row.edges = to_json(new[0]), edges_to_json(new[1])
    row.version += 1
    row.save()
    index_outlines([row.chain])
    return WorkChange.objects.create(
        kind=KIND,
        row=row.pk,
        version=row.version,
        action=ACTIONS.get(does, Action.CHANGED),
        before=_side(does, old[0], focus, before, was),
        after=_side(does, new[0], focus, after, became),
        by=by,
        at=timezone.now(),
        reason=reason,
        undoes=undoes,
    )


def _side(does: str, tree: Tree, focus: list[str], nodes: Tree, edges: Edges) -> dict[str, Any]:
    paths = [*_told(tree, focus), *(told_edge(tree, edge) for edge in list(edges.values())[:20])]
    return {"does": does, "paths": paths, "nodes": to_json(nodes), "edges": edges_to_json(edges)}


def _told(tree: Tree, focus: list[str]) -> list[str]:
    """What people read of the nodes an edit is about: the way down to each, its place, and how many are below it."""
    below = children(tree)
    told: list[str] = []
    for pk in focus[:20]:
        if pk in tree:
            row: list[Any] = below[tree[pk].parent]
            under = len(subtree(tree, pk)) - 1
            told.append(
                " › ".join(path_of(tree, pk)) + f" [{row.index(pk) + 1}/{len(row)}]" + (f" +{under}" if under else "")
            )
    return told
