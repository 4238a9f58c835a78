"""The enterprise registry in columns: load lists, place firms on the map and on chains, count them.

Millions of firms are kept in a folder on disk and grow with every list:

>>> load_lists(["企业名单.csv"], "登记库").firms
>>> with open_atlas("登记库") as atlas:
...     atlas.query("SELECT segment, count(*) FROM placements WHERE chain = '特钢材料' GROUP BY ALL")

A single list of an office is held in memory:

>>> registry = load_registry("企业名单.xlsx")
>>> registry.problems            # rows that are not right, each with its number and what to do
>>> count_firms(registry)        # firms by city and chain
"""

from .capital import parse_capital
from .classify import Activity, Lexicon, Match, chain_lexicon, classify
from .counts import Count, count_firms, count_industries
from .loading import Loaded, LoadReport, Step, load_lists
from .model import Capital, Enterprise, RegistryError, Row, RowProblem
from .places import locate, region_of_address
from .rows import rows_of
from .segments import Placement, SegmentDictionary, default_dictionary, explain, place, read_dictionary
from .shelf import Atlas, BusyError, Shelf, open_atlas
from .store import Registry, load_registry, load_rows

__all__ = [
    "Activity",
    "Atlas",
    "BusyError",
    "Capital",
    "Count",
    "Enterprise",
    "Lexicon",
    "LoadReport",
    "Loaded",
    "Match",
    "Placement",
    "Registry",
    "RegistryError",
    "Row",
    "RowProblem",
    "SegmentDictionary",
    "Shelf",
    "Step",
    "chain_lexicon",
    "classify",
    "count_firms",
    "count_industries",
    "default_dictionary",
    "explain",
    "load_lists",
    "load_registry",
    "load_rows",
    "locate",
    "open_atlas",
    "parse_capital",
    "place",
    "read_dictionary",
    "region_of_address",
    "rows_of",
]
