"""Scorecards: items with weights and methods, scored over units and a period, with ranges where data are missing."""

from .card import Band, Item, Scorecard, Source
from .compute import ItemScore, Raw, UnitScore, score
from .loading import load_card, shipped_cards

__all__ = [
    "Band",
    "Item",
    "ItemScore",
    "Raw",
    "Scorecard",
    "Source",
    "UnitScore",
    "load_card",
    "score",
    "shipped_cards",
]
