"""Measures of a region, a chain, a pair of cities.

Every measure returns a `Result`: the value with its unit, convention, reference, level, period, n, coverage and interval, or
the reason why there is none.

Here is what reads a few cells at a time. What computes over whole panels loads NumPy and SciPy and is asked for by its own
name: `nullmodel`, `complexity`, `inputoutput`, `supply` (who depends on whom), `activation` (which segment next).
"""

from .complementarity import Feed, complementarity
from .concentration import herfindahl, shannon, theil
from .gaps import ChainGaps, Node, Rule, chain_gaps, gap_filled_by, node_rules
from .levels import TwoLevels, compare_at_two_levels
from .likeness import ellison_glaeser, hachman, hoover, krugman
from .panel import Cell, Panel, PanelError, Totals
from .registry_panel import panel_of_counts
from .result import Reason, Result
from .similarity import Comparison, compare_structures, finger_kreinin, krugman_pair, structure_similarity
from .specialisation import beta_interval, location_quotient, wilson_interval
from .suppression import Withheld, withhold

__all__ = [
    "Cell",
    "ChainGaps",
    "Comparison",
    "Feed",
    "Node",
    "Panel",
    "PanelError",
    "Reason",
    "Result",
    "Rule",
    "Totals",
    "TwoLevels",
    "Withheld",
    "beta_interval",
    "chain_gaps",
    "compare_at_two_levels",
    "compare_structures",
    "complementarity",
    "ellison_glaeser",
    "finger_kreinin",
    "gap_filled_by",
    "hachman",
    "herfindahl",
    "hoover",
    "krugman",
    "krugman_pair",
    "location_quotient",
    "node_rules",
    "panel_of_counts",
    "shannon",
    "structure_similarity",
    "theil",
    "wilson_interval",
    "withhold",
]
