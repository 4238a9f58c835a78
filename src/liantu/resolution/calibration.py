"""From raw scores to probabilities, and from probabilities to bands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from liantu.vocabulary.tables import read_toml

from .model import Band


@dataclass(frozen=True, slots=True)
class Bands:
    """Editable thresholds on a calibrated score: see `data/bands.toml`."""

    auto: float = 0.80
    review: float = 0.50
    margin: float = 0.08

    def of(self, score: float, lead: float) -> Band:
        """The band of a best candidate with `score` that leads the second by `lead`."""
        if score >= self.auto and lead >= self.margin:
            return "auto"
        return "review" if score >= self.review else "new"


@cache
def default_bands() -> Bands:
    """The bands of the data file."""
    data = read_toml("bands.toml", package=__package__)
    return Bands(float(data["auto"]), float(data["review"]), float(data["margin"]))


@cache
def _coefficients(model: str) -> dict[str, float]:
    return {key: float(value) for key, value in read_toml("calibration.toml", package=__package__)[model].items()}


def probability_of_pair(matched: float, cosine: float, leftover: float) -> float:
    """How likely a short name means the long one, nothing else being known.

    `matched` is the share of the short name's weight found in order in the long one, `cosine` their likeness by characters,
    `leftover` the share of the long name's own weight that the short one does not use.
    """
    c = _coefficients("pair")
    return _logistic(c["intercept"] + c["matched"] * matched + c["cosine"] * cosine + c["leftover"] * leftover)


def probability_of_best(matched: float, leftover: float, margin: float) -> float:
    """The same for one of many candidates, `margin` ahead of the best rival in raw score (below 0: behind it)."""
    c = _coefficients("best")
    lead = max(-c["margin_cap"], min(margin, c["margin_cap"]))
    return _logistic(c["intercept"] + c["matched"] * matched + c["leftover"] * leftover + c["margin"] * lead)


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, x))))
