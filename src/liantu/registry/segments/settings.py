"""The weights of placing, from `data/placing.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from liantu.vocabulary.tables import read_toml


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a word counts by where it stands and what the firm does: see the comments of the file."""

    fits: float
    open_maker: float
    open_plain: float
    open_trader: float
    other: float
    name_maker: float
    name_plain: float
    name_trader: float
    products: float
    weak: float
    made_open: float
    second: float
    late_from: int
    late: float
    later_from: int
    later: float
    trader_makes: float
    placed: float
    review: float


@cache
def weights() -> Weights:
    """The weights of the data file."""
    data = read_toml("placing.toml", package="liantu.registry")
    return Weights(**{name: data[name] for name in Weights.__slots__})
