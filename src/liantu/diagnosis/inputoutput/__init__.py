"""Input–output: needs and gaps in money, multipliers, the loss of a sector, and places that have no table of their own."""

from .gap import SectorGap, sector_gaps
from .loss import sector_loss, sector_loss_estimated
from .model import (
    Leontief,
    ModelError,
    coefficients,
    extraction_by_loop,
    leontief,
    local_coefficients,
)
from .regional import Estimate, Method, domestic_coefficients, estimate, regional_coefficients
from .table import IOTable, TableError, checked_table, read_provincial_tables, sector_names, summed

__all__ = [
    "Estimate",
    "IOTable",
    "Leontief",
    "Method",
    "ModelError",
    "SectorGap",
    "TableError",
    "checked_table",
    "coefficients",
    "domestic_coefficients",
    "estimate",
    "extraction_by_loop",
    "leontief",
    "local_coefficients",
    "read_provincial_tables",
    "regional_coefficients",
    "sector_gaps",
    "sector_loss",
    "sector_loss_estimated",
    "sector_names",
    "summed",
]
