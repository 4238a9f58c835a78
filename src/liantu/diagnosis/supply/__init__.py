"""Who depends on whom. `cascade` (what breaks if a firm stops) is compiled and asked for by its own name."""

from .dependence import (
    Chokepoint,
    InputRisk,
    Purchase,
    Substitutes,
    Survival,
    chokepoint,
    input_risks,
    substitutes,
    survival,
)
from .network import Link, NetworkError, SupplyNetwork, network_of_arrays, supply_network
from .structure import Betweenness, Weak, betweenness, cut_to_master, weak_points

__all__ = [
    "Betweenness",
    "Chokepoint",
    "InputRisk",
    "Link",
    "NetworkError",
    "Purchase",
    "Substitutes",
    "SupplyNetwork",
    "Survival",
    "Weak",
    "betweenness",
    "chokepoint",
    "cut_to_master",
    "input_risks",
    "network_of_arrays",
    "substitutes",
    "supply_network",
    "survival",
    "weak_points",
]
