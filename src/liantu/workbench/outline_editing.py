"""What a chain's page shows of its outline for editing: the indented tree, the chosen segment's forms, the edits so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liantu.ledger import services
from liantu.ledger.models import WorkChange
from liantu.ledger.outlines.edges import Edge, supply_cycles
from liantu.ledger.outlines.keeping import OutlineNow
from liantu.ledger.outlines.tree import DEEPEST, Node, Tree, path_of, subtree, walk

DOES: dict[str, Promise] = {
    "under": _("加下级"),
    "after": _("加同级"),
    "rename": _("改名"),
    "move": _("移到别处"),
    "up": _("上移"),
    "down": _("下移"),
    "merge": _("合并"),
    "remove": _("删除"),
    "adopt": _("改用导入的大纲"),
    "join": _("加关系"),
    "unjoin": _("删关系"),
    "undo": _("撤回"),
}

EDGE_KIND: dict[str, Promise] = {
    "supply": pgettext_lazy("edge", "供应"),
    "substitute": pgettext_lazy("edge", "替代"),
    "tech_depends": pgettext_lazy("edge", "技术依赖"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A segment of the indented outline."""

    pk: str
    node: Node
    depth: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A segment that another one may go to."""

    pk: str
    label: str


@dataclass(frozen=True, slots=True)
class Join:
    """A relation of the chosen segment, or of any: `pk` is the edge's, `other` the segment at the other end."""

    pk: str
    edge: Edge
    tail: str
    head: str
    kind: str | Promise


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit with its words, and the texts before and after."""

    row: WorkChange
    does: str | Promise
    before: list[str]
    after: list[str]


def editing(name: str, chosen: str = "") -> dict[str, Any]:
    """The context of `parts/outline.html`."""
    now = services.outline_now(name)
    depths = {pk: len(path_of(now.tree, pk)) for pk in walk(now.tree)}
    context: dict[str, Any] = {
        "outline": now,
        "lines": [Line(pk, now.tree[pk], depth, pk == chosen) for pk, depth in depths.items()],
        "edits": [
            Edit(row, DOES.get(row.before["does"], ""), row.before["paths"], row.after["paths"])
            for row in services.outline_changes(now)
        ],
    }
    context["rings"] = [
        " → ".join(now.tree[pk].name for pk in (*ring, ring[0])) for ring in supply_cycles(now.edges.values())
    ]
    context["kinds"] = list(EDGE_KIND.items())
    context["joins"] = joins_of(now)
    if chosen in now.tree:
        inside = subtree(now.tree, chosen)
        height = max(depths[pk] for pk in inside) - depths[chosen]
        others = [pk for pk in depths if pk not in set(inside)]
        context["chosen"] = {
            "pk": chosen,
            "node": now.tree[chosen],
            "is_root": not now.tree[chosen].parent,
            "deepest": depths[chosen] >= DEEPEST,
            "below": len(inside) - 1,
            "parents": _choices(
                now.tree,
                depths,
                [pk for pk in others if depths[pk] + 1 + height <= DEEPEST and pk != now.tree[chosen].parent],
            ),
            "others": _choices(now.tree, depths, others),
            "joins": joins_of(now, chosen),
            "ends": _choices(now.tree, depths, _apart(now.tree, chosen, others)),
        }
    return context


def joins_of(now: OutlineNow, chosen: str = "") -> list[Join]:
    """The relations of a chain, or of one segment of it."""
    return [
        Join(pk, edge, now.tree[edge.tail].name, now.tree[edge.head].name, EDGE_KIND[edge.kind])
        for pk, edge in now.edges.items()
        if not chosen or chosen in (edge.tail, edge.head)
    ]


def _apart(tree: Tree, chosen: str, others: list[str]) -> list[str]:
    """Segments that are neither the chain itself nor above the chosen one."""
    above = set()
    pk = chosen
    while pk:
        above.add(pk)
        pk = tree[pk].parent
    return [pk for pk in others if tree[pk].parent and pk not in above]


def _choices(tree: Tree, depths: dict[str, int], pks: list[str]) -> list[Choice]:
    return [Choice(pk, "　" * (depths[pk] - 1) + tree[pk].name) for pk in pks]
