"""Thresholds of the measures, from `data/settings.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from liantu.vocabulary.tables import read_toml


@dataclass(frozen=True, slots=True)
class Settings:
    """`minimum_firms`: cells with fewer firms are withheld. `pseudo_firms`: the k of the shrunk location quotient."""

    minimum_firms: int
    pseudo_firms: float


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
    return Settings(int(data["small_cells"]["minimum_firms"]), float(data["shrinkage"]["pseudo_firms"]))
