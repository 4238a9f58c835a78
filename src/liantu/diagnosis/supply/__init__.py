"""Who depends on whom. `cascade` (what breaks if a firm stops) is compiled and asked for by its own name."""

from .network import Link, NetworkError, SupplyNetwork, network_of_arrays, supply_network

__all__ = ["Link", "NetworkError", "SupplyNetwork", "network_of_arrays", "supply_network"]
