"""What a chain's page shows of its outline for editing: the indented tree, the chosen segment's forms, the edits so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liantu.ledger import services
from liantu.ledger.models import WorkChange
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
    "undo": _("撤回"),
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
        }
    return context


def _choices(tree: Tree, depths: dict[str, int], pks: list[str]) -> list[Choice]:
    return [Choice(pk, "　" * (depths[pk] - 1) + tree[pk].name) for pk in pks]
