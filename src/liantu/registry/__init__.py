"""The enterprise registry in columns: load a list, class it by business scope, count by place and chain.

>>> registry = load_registry("企业名单.xlsx")
>>> registry.problems            # rows that are not right, each with its number and what to do
>>> count_firms(registry)        # firms by city and chain
"""

from .capital import parse_capital
from .classify import Activity, Lexicon, Match, chain_lexicon, classify
from .counts import Count, count_firms
from .model import Capital, Enterprise, RegistryError, Row, RowProblem
from .places import locate, region_of_address
from .rows import rows_of
from .store import Registry, load_registry, load_rows

__all__ = [
    "Activity",
    "Capital",
    "Count",
    "Enterprise",
    "Lexicon",
    "Match",
    "Registry",
    "RegistryError",
    "Row",
    "RowProblem",
    "chain_lexicon",
    "classify",
    "count_firms",
    "load_registry",
    "load_rows",
    "locate",
    "parse_capital",
    "region_of_address",
    "rows_of",
]
