"""Lists of enterprises as files: read in batches of columns, mended or refused row by row, cleaned."""

from .batches import Batch, batches_of, count_rows
from .clean import Cleaned, Cleaner

__all__ = ["Batch", "Cleaned", "Cleaner", "batches_of", "count_rows"]
