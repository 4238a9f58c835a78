"""How much a figure asks for a person's eye, and why. The weights are data (`data/attention.csv`)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from liantu.ledger.grouping.measures import measure
from liantu.ledger.models import FigureView

RULES = frozenset({"doubt", "money", "large", "target", "several"})


@dataclass(frozen=True, slots=True)
class Weight:
    """One rule: from `least` on, the weight counts."""

    rule: str
    least: float
    weight: float


@cache
def weights() -> tuple[Weight, ...]:
    """The rules, heaviest first. Raises ValueError for an unknown rule or a row without source."""
    found = []
    with (files("liantu.ledger") / "data" / "attention.csv").open(encoding="utf-8") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            if row["rule"] not in RULES or not row["source"]:
                raise ValueError(f"attention.csv:{line}: {row}")
            found.append(Weight(row["rule"], float(row["least"]), float(row["weight"])))
    return tuple(sorted(found, key=lambda w: (-w.weight, w.rule)))


@cache
def _doubt() -> Weight:
    return next(w for w in weights() if w.rule == "doubt")


def low_confidence() -> float:
    """Confidence below which a figure is put before a person."""
    return _doubt().least


def importance(
    value: float | None, unit: str, figure_kind: str, status: str, sources: int = 1
) -> tuple[float, list[str]]:
    """How large and visible a figure is: a factor of 1 and more, and the rules that gave it.

    Of each rule the heaviest row counts; the factors of several rules multiply.
    """
    dimension, factor = measure(unit, figure_kind)
    amount = abs(value or 0.0) * factor
    tested = {
        "money": amount if dimension == "yuan" and figure_kind in {"level", "change"} else -1.0,
        "large": amount if dimension != "yuan" and figure_kind == "level" else -1.0,
        "target": 0.0 if status == "target" else -1.0,
        "several": float(sources),
    }
    product, reasons = 1.0, []
    for weight in weights():
        if weight.rule in tested and weight.rule not in reasons and tested[weight.rule] >= weight.least:
            product *= weight.weight
            reasons.append(weight.rule)
    return product, reasons


def attention(row: FigureView) -> int:
    """How much a figure that nobody has reviewed asks for a person's eye; 0 when the reader was sure enough."""
    if row.review or row.confidence >= _doubt().least:
        return 0
    factor, _ = importance(row.value, row.unit, row.figure_kind, row.status)
    return max(1, round(_doubt().weight * (1.0 - row.confidence) * factor))
