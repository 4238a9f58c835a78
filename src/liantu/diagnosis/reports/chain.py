"""Diagnosis of a chain in a place: every segment strong, present, weak, missing or at risk, with the rule and the numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from liantu.vocabulary.tables import read_table

from ..gaps import Node, chain_gaps
from ..settings import settings
from .basis import NEIGHBOURS, Basis, BasisError, Link
from .tidy import Line


@dataclass(frozen=True, slots=True)
class RiskRule:
    """A line of `data/risk_rules.csv`: at most so many firms, and (`neighbour`) firms on a segment next to it."""

    id: str
    max_firms: int
    neighbour: bool
    zh: str
    en: str
    source: str


SAID = (
    "said",
    "有人说起过这里的企业；不是全数，不判强弱",
    "somebody named a firm here; no full count, so neither strong nor weak",
    "本项目约定：没有全数不判强弱",
)
"""What a segment is called on which the ledger knows a firm: rule, words, source."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of the chain at the place: its status with the rule in words, and who else has it. `next_to`: firms there on the
    segments of the neighbouring streams, which deliver to it or take from it."""

    link: Link
    line: Line
    firms: int | None
    rule_zh: str
    rule_en: str
    source: str
    elsewhere: tuple[tuple[str, int], ...]
    next_to: int


@dataclass(frozen=True, slots=True)
class ChainDiagnosis:
    """A chain at a place. `coverage`: share of its segments that anybody counted; `lines` as tidy lines."""

    chain: str
    region: str
    basis: Basis
    reference: str
    segments: tuple[Segment, ...]
    coverage: float

    @property
    def lines(self) -> tuple[Line, ...]:
        """One line a segment."""
        return tuple(segment.line for segment in self.segments)

    def tally(self) -> dict[str, int]:
        """How many segments have each status, in the order strong … no_data."""
        order = ("strong", "present", "weak", "missing", "at_risk", "no_data")
        return {status: sum(s.line.status == status for s in self.segments) for status in order}


@cache
def risk_rules() -> tuple[RiskRule, ...]:
    """The rules in the order in which they are tried."""
    table = read_table(
        "risk_rules.csv", ("rule", "max_firms", "neighbour", "zh", "en", "source"), package="liantu.diagnosis"
    )
    table.require_unique("rule")
    table.require_known("neighbour", ("yes", "no"))
    return tuple(
        RiskRule(r["rule"], int(r["max_firms"]), r["neighbour"] == "yes", r["zh"], r["en"], r["source"])
        for _, r in table.rows
    )


def diagnose_chain(basis: Basis, chain: str, region: str) -> ChainDiagnosis:
    """Status of every segment of `chain` at `region`.

    From counts alone a segment is at risk when firms next to it in the chain depend on a single one there; a distant supplier or one
    in trouble is seen by nobody who only counts.

    Raises:
        BasisError: an unknown chain or place, or nothing counted at the place.
    """
    links = basis.segments_of(chain)
    reference, peers = basis.peers(region) if basis.complete else _said_peers(basis, region)
    panel = basis.panel(peers, [*basis.parents, *(link.key for link in links)])
    gaps = chain_gaps(panel, region, [link.key for link in links], reference=reference)
    streams: dict[str, int] = {}
    for link, node in zip(links, gaps.nodes, strict=True):
        streams[link.stream] = streams.get(link.stream, 0) + (node.firms or 0)
    found = []
    for link, node in zip(links, gaps.nodes, strict=True):
        status, rule_id, zh, en, source = node.status, node.rule.id, node.rule.zh, node.rule.en, node.rule.source
        next_to = sum(streams.get(stream, 0) for stream in NEIGHBOURS.get(link.stream, ()))
        risk = _risk(node, next_to) if basis.complete else None
        if node.firms and not basis.complete:
            status, (rule_id, zh, en, source) = "present", SAID
        if risk is not None:
            status, rule_id, zh, en, source = "at_risk", risk.id, risk.zh, risk.en, risk.source  # type: ignore[assignment]
        lq = node.lq
        if node.firms is not None and 0 < node.firms < settings().minimum_firms:
            lq = replace(lq, value=None, interval=None, reason="suppressed")
        line = Line("chain", lq, region, segment=link.name, status=status, rule=rule_id,
                    note="" if node.firms is None else str(node.firms))  # fmt: skip
        others = sorted(((panel.firms(r, link.key) or 0, r) for r in panel.regions if r != region), reverse=True)
        beside = tuple((r, n) for n, r in others[:3] if n > 0)
        found.append(Segment(link, line, node.firms, zh, en, source, beside, next_to))
    return ChainDiagnosis(chain, region, basis, reference, tuple(found), gaps.coverage)


def _said_peers(basis: Basis, region: str) -> tuple[str, tuple[str, ...]]:
    """Of a place of which nobody has said anything every segment is `no_data`, which is an answer."""
    try:
        return basis.peers(region)
    except BasisError:
        from liantu.vocabulary import regions

        if region not in regions() or regions().by_code(region).is_group:
            raise
        return "", (region,)


def _risk(node: Node, next_to: int) -> RiskRule | None:
    """The first rule that holds; who is alone on a segment that nothing depends on is merely weak."""
    if not node.firms:
        return None
    return next((r for r in risk_rules() if node.firms <= r.max_firms and (next_to or not r.neighbour)), None)


__all__ = ["ChainDiagnosis", "RiskRule", "Segment", "diagnose_chain", "risk_rules"]
