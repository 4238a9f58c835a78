"""Thresholds of the measures, from `data/settings.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from liantu.vocabulary.tables import read_toml


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds, each with its source in the data file.

    Attributes:
        minimum_firms: cells with fewer firms are withheld.
        pseudo_firms: the k of the shrunk location quotient.
        minimum_regions: smallest panel whose eigenvectors may be called complexity.
        draws, seed: of samples from a null model.
        io_tolerance: share of a row's or column's total that an input–output table may leave unexplained.
        flq_delta: exponent of the size factor in regionalisation.
        multiplier_error: factors on an estimated multiplier between which nine tenths of the truths lay.
        minimum_correlation: of a region's structure between neighbouring years, below which a panel is refused.
        activation_years: how far ahead the next segment is asked for.
        supply_coverage: share of purchases that must be known before a single source is flagged.
        dominant_share: of one supplier, from which on it is flagged. long_recovery_days: from which on a recovery is long.
        cascade_epsilon: a cascade ends with the round in which no output changes by more.
    """

    minimum_firms: int
    pseudo_firms: float
    minimum_regions: int
    draws: int
    seed: int
    io_tolerance: float
    flq_delta: float
    multiplier_error: tuple[float, float]
    cascade_epsilon: float
    minimum_correlation: float
    activation_years: int
    supply_coverage: float
    dominant_share: float
    long_recovery_days: float


@cache
def settings() -> Settings:
    """The settings of the data file.

    Raises:
        ValueError: a setting without its source.
    """
    data = read_toml("settings.toml", package=__package__)
    for name, section in data.items():
        if not section.get("source"):
            raise ValueError(f"settings.toml [{name}]：缺少 source，请写明出处 / say where the setting comes from")
    return Settings(
        int(data["small_cells"]["minimum_firms"]),
        float(data["shrinkage"]["pseudo_firms"]),
        int(data["complexity"]["minimum_regions"]),
        int(data["null_model"]["draws"]),
        int(data["null_model"]["seed"]),
        float(data["input_output"]["tolerance"]),
        float(data["regionalisation"]["delta"]),
        (float(data["regionalisation"]["error_low"]), float(data["regionalisation"]["error_high"])),
        float(data["cascade"]["epsilon"]),
        float(data["activation"]["minimum_correlation"]),
        int(data["activation"]["years"]),
        float(data["supply"]["coverage"]),
        float(data["supply"]["dominant_share"]),
        float(data["supply"]["long_recovery_days"]),
    )
