"""Measures of a region, a chain, a pair of cities.

Every measure returns a `Result`: the value with its unit, convention, reference, level, period, n, coverage and interval, or
the reason why there is none.
"""

from .gaps import ChainGaps, Node, Rule, chain_gaps, gap_filled_by, node_rules
from .panel import Cell, Panel, PanelError
from .registry_panel import panel_of_counts
from .result import Reason, Result
from .similarity import Comparison, compare_structures, finger_kreinin, krugman_pair, structure_similarity
from .specialisation import herfindahl, location_quotient, wilson_interval

__all__ = [
    "Cell",
    "ChainGaps",
    "Comparison",
    "Node",
    "Panel",
    "PanelError",
    "Reason",
    "Result",
    "Rule",
    "chain_gaps",
    "compare_structures",
    "finger_kreinin",
    "gap_filled_by",
    "herfindahl",
    "krugman_pair",
    "location_quotient",
    "node_rules",
    "panel_of_counts",
    "structure_similarity",
    "wilson_interval",
]
