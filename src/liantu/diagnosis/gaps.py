"""Which links of a chain a place has, and which it lacks: node status by shown rules.

`missing` is said only of what was counted and not found. What nobody has counted is `no_data`: the absence of a report is
not the absence of an industry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from liantu.vocabulary.tables import Table, read_table

from .panel import Panel
from .result import Result
from .settings import settings
from .specialisation import location_quotient

Status = Literal["strong", "present", "weak", "missing", "no_data"]
"""`at_risk` is not told from counts: it needs a reason of its own (a single supplier, a firm moving out)."""
GAPS: frozenset[str] = frozenset({"missing", "weak"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of `data/node_rules.csv`: the first whose conditions hold decides. None means no condition.

    `min_lq` is reached at equality, `max_lq` is not.
    """

    id: str
    status: Status
    counted: bool
    min_firms: int | None
    max_firms: int | None
    min_lq: float | None
    max_lq: float | None
    zh: str
    en: str
    source: str

    def holds(self, firms: int | None, lq: float | None) -> bool:
        """Whether the rule applies; an unknown quotient meets no condition on it."""
        if self.counted != (firms is not None):
            return False
        if firms is not None:
            if self.min_firms is not None and firms < self.min_firms:
                return False
            if self.max_firms is not None and firms > self.max_firms:
                return False
        if self.min_lq is not None and (lq is None or lq < self.min_lq):
            return False
        return self.max_lq is None or (lq is not None and lq < self.max_lq)


@dataclass(frozen=True, slots=True)
class Node:
    """The status of one segment at one place, with the rule and the numbers that gave it."""

    segment: str
    status: Status
    rule: Rule
    firms: int | None
    lq: Result
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainGaps:
    """A chain at a place, node by node in the order of its outline.

    `coverage` is the share of segments for which there is data at all.
    """

    region: str
    nodes: tuple[Node, ...]
    coverage: float


@cache
def node_rules() -> tuple[Rule, ...]:
    """The rules in the order in which they are tried."""
    columns = (
        "rule", "order", "status", "counted", "min_firms", "max_firms", "min_lq", "max_lq", "zh", "en", "source",
    )  # fmt: skip
    table = read_table("node_rules.csv", columns, package=__package__)
    table.require_unique("rule")
    table.require_unique("order")
    table.require_known("status", get_args(Status))
    table.require_known("counted", ("yes", "no"))
    found = [(int(row["order"]), _rule(table, line, row)) for line, row in table.rows]
    return tuple(rule for _, rule in sorted(found, key=lambda pair: pair[0]))


def chain_gaps(
    panel: Panel, region: str, segments: Sequence[str], *, reference: str = "", rules: Iterable[Rule] = ()
) -> ChainGaps:
    """Status of every segment of a chain at `region`.

    Args:
        panel: numbers of firms by region and segment; its regions are the reference area of the quotient.
        region: code of the place.
        segments: of the chain, in its order; one that the panel does not know is `no_data`.
        reference: name of the reference area.
        rules: other rules than those of the data file.

    Raises:
        ValueError: the panel does not count firms, or no rule fits (the rules have a hole).
    """
    if panel.quantity != "firms":
        raise ValueError("判断环节强弱要用企业数 / the status of a segment is told from numbers of firms")
    tried = tuple(rules) or node_rules()
    nodes = tuple(_node(panel, region, segment, reference, tried) for segment in segments)
    known = sum(1 for n in nodes if n.firms is not None)
    return ChainGaps(region, nodes, known / len(nodes) if nodes else 0.0)


def gap_filled_by(needing: ChainGaps, offering: ChainGaps) -> tuple[Result, tuple[str, ...]]:
    """互补: the share of `needing`'s missing and weak nodes that are strong at `offering`, and which they are.

    In [0, 1]; directional. n is the number of gaps, coverage the share of them for which the other place has data.
    """
    gaps = [n.segment for n in needing.nodes if n.status in GAPS]
    there = {n.segment: n.status for n in offering.nodes}
    filled = tuple(s for s in gaps if there.get(s) == "strong")
    known = sum(1 for s in gaps if there.get(s, "no_data") != "no_data")
    source = needing.nodes[0].lq if needing.nodes else None
    statements = {i for g in (needing, offering) for n in g.nodes if n.segment in gaps for i in n.statements}
    result = Result(
        "gap_filled_by",
        (needing.region, offering.region),
        len(filled) / len(gaps) if known else None,
        "share",
        "missing or weak here, strong there",
        source.level if source else "",
        source.period if source else "",
        len(gaps),
        "segments",
        known / len(gaps) if gaps else 0.0,
        statements=tuple(sorted(statements)),
        reason="" if known else "no_data",
    )
    return result, filled


def _node(panel: Panel, region: str, segment: str, reference: str, rules: tuple[Rule, ...]) -> Node:
    firms = panel.firms(region, segment) if segment in panel.segments else None
    lq = location_quotient(
        panel, region, segment, reference=reference, pseudo_firms=settings().pseudo_firms, minimum_firms=0
    )
    rule = next((r for r in rules if r.holds(firms, lq.value)), None)
    if rule is None:
        raise ValueError(
            f"没有规则适用于“{segment}”（企业数 {firms}，区位商 {lq.value}），请补全 node_rules.csv / "
            f"no rule fits {segment!r} (firms {firms}, quotient {lq.value}); complete node_rules.csv"
        )
    return Node(segment, rule.status, rule, firms, lq, panel.statements([region], [segment]))


def _rule(table: Table, line: int, row: dict[str, str]) -> Rule:
    def number(column: str) -> float | None:
        try:
            return float(row[column]) if row[column] else None
        except ValueError:
            raise table.error(line, f"{column} 应为数字", f"{column} must be a number") from None

    firms = [None if (n := number(c)) is None else int(n) for c in ("min_firms", "max_firms")]
    return Rule(
        row["rule"],
        cast(Status, row["status"]),
        row["counted"] == "yes",
        firms[0],
        firms[1],
        number("min_lq"),
        number("max_lq"),
        row["zh"],
        row["en"],
        row["source"],
    )
