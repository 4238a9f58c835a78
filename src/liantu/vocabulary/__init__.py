"""Words of the field as data, each row with its source."""

from .regions import Gazetteer, Region, region_traps, regions

__all__ = ["Gazetteer", "Region", "region_traps", "regions"]
