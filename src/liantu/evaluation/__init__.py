"""How good is the reader: its findings against documents annotated by hand.

The measure keeps its own rules for likeness of names and units, so that a change in the product's resolution
never moves the yardstick. `docs/evaluation.md` states the definitions.
"""

from liantu.evaluation.figures import TIERS
from liantu.evaluation.gold import GoldDocument, GoldError, GoldFigure, load_gold
from liantu.evaluation.score import DocumentScore, Score, Tally, score_documents

__all__ = [
    "TIERS",
    "DocumentScore",
    "GoldDocument",
    "GoldError",
    "GoldFigure",
    "Score",
    "Tally",
    "load_gold",
    "score_documents",
]
