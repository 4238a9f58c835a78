"""Status of the segments of a chain at several places at once: what was counted there, what was said, what hangs on one firm.

Counts decide by the rules of `gaps`; the rules of `data/chain_node_rules.csv` come first, for what counts alone cannot know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from liantu.vocabulary.tables import read_table

from .gaps import Node, chain_gaps
from .panel import Panel
from .result import Result

NodeStatus = Literal["strong", "present", "weak", "missing", "at_risk", "no_data"]
_WHICH = {"yes": True, "no": False, "": None}


@dataclass(frozen=True, slots=True)
class Said:
    """What documents and lists say of a segment at a place. `investment`: yuan, of the `summed` projects that state it."""

    firms: int = 0
    projects: int = 0
    investment: float = 0.0
    summed: int = 0

    @property
    def things(self) -> int:
        return self.firms + self.projects


@dataclass(frozen=True, slots=True)
class NodeRule:
    """One line of the rules; None means no condition. `relied_on`: firms of the place stand on a segment supplied by this one."""

    id: str
    status: NodeStatus
    counted: bool | None
    min_firms: int | None
    max_firms: int | None
    said: bool | None
    relied_on: bool | None
    zh: str
    en: str
    source: str

    def holds(self, firms: int | None, said: Said, relied_on: bool) -> bool:
        """Whether the rule applies."""
        if self.counted is not None and self.counted != (firms is not None):
            return False
        if self.said is not None and self.said != (said.things > 0):
            return False
        if self.relied_on is not None and self.relied_on != relied_on:
            return False
        if firms is None:
            return self.min_firms is None and self.max_firms is None
        return (self.min_firms is None or firms >= self.min_firms) and (
            self.max_firms is None or firms <= self.max_firms
        )


@dataclass(frozen=True, slots=True)
class NodeState:
    """A segment at a place: its status, the rule in words, and every number that the rule looked at.

    `firms` is None where nobody counted; `relying` are the segments it supplies on which the place has firms.
    """

    region: str
    segment: str
    status: NodeStatus
    rule: str
    zh: str
    en: str
    source: str
    firms: int | None
    lq: Result | None
    said: Said
    relying: tuple[str, ...]


@cache
def chain_node_rules() -> tuple[NodeRule, ...]:
    """The rules in the order in which they are tried."""
    columns = (
        "rule", "order", "status", "counted", "min_firms", "max_firms", "said", "relied_on", "zh", "en", "source",
    )  # fmt: skip
    table = read_table("chain_node_rules.csv", columns, package=__package__)
    table.require_unique("rule")
    table.require_unique("order")
    table.require_known("status", get_args(NodeStatus))
    for column in ("counted", "said", "relied_on"):
        table.require_known(column, [word for word in _WHICH if word])
    found = []
    for line, row in table.rows:
        if not (row["min_firms"] + row["max_firms"]).isdigit() and row["min_firms"] + row["max_firms"]:
            raise table.error(line, "企业数应为整数", "numbers of firms are whole")
        rule = NodeRule(
            row["rule"],
            cast(NodeStatus, row["status"]),
            _WHICH[row["counted"]],
            int(row["min_firms"]) if row["min_firms"] else None,
            int(row["max_firms"]) if row["max_firms"] else None,
            _WHICH[row["said"]],
            _WHICH[row["relied_on"]],
            row["zh"],
            row["en"],
            row["source"],
        )
        found.append((int(row["order"]), rule))
    return tuple(rule for _, rule in sorted(found, key=lambda pair: pair[0]))


def chain_nodes(
    panel: Panel | None,
    regions: Sequence[str],
    segments: Mapping[str, str],
    *,
    said: Mapping[tuple[str, str], Said] | None = None,
    supplies: Mapping[str, Iterable[str]] | None = None,
    reference: str = "",
) -> dict[tuple[str, str], NodeState]:
    """Status of every segment at every place, by (region, segment).

    Args:
        panel: numbers of firms by region and key, or None when nothing was counted; a region it does not have is not counted.
        regions: codes of the places, as the panel has them.
        segments: segment → its key in the panel, empty when it is counted nowhere.
        said: what is said of a segment at a place, by (region, segment).
        supplies: segment → the segments it supplies.
        reference: name of the area compared with.

    Raises:
        ValueError: the panel does not count firms.
    """
    said, supplies = said or {}, supplies or {}
    keys = list(dict.fromkeys(key for key in segments.values() if key))
    found: dict[tuple[str, str], NodeState] = {}
    for region in regions:
        counted: dict[str, Node] = {}
        if panel is not None and region in panel.regions and keys:
            counted = {node.segment: node for node in chain_gaps(panel, region, keys, reference=reference).nodes}
        here = {name: counted.get(key) for name, key in segments.items()}
        there = {
            name
            for name, node in here.items()
            if (node is not None and node.firms) or said.get((region, name), Said()).firms
        }
        for name, node in here.items():
            relying = tuple(head for head in supplies.get(name, ()) if head in there)
            found[region, name] = _state(region, name, node, said.get((region, name), Said()), relying)
    return found


def coverage(states: Iterable[NodeState]) -> float:
    """Share of the segments of which anything is known."""
    listed = list(states)
    return sum(state.status != "no_data" for state in listed) / len(listed) if listed else 0.0


def _state(region: str, name: str, node: Node | None, said: Said, relying: tuple[str, ...]) -> NodeState:
    firms = node.firms if node is not None else None
    lq = node.lq if node is not None else None
    for rule in chain_node_rules():
        if rule.holds(firms, said, bool(relying)):
            return NodeState(
                region, name, rule.status, rule.id, rule.zh, rule.en, rule.source, firms, lq, said, relying
            )
    if node is None:
        raise ValueError(
            f"没有规则适用于“{name}”，请补全 chain_node_rules.csv / no rule fits {name!r}: complete the file"
        )
    kept = node.rule
    return NodeState(region, name, node.status, kept.id, kept.zh, kept.en, kept.source, firms, lq, said, relying)
