"""Which documents repeat which: found as they come in, the same in whatever order they come, counted as one voice."""

from liantu.ledger.copies.keeping import bring_up_to_date, find_all
from liantu.ledger.copies.origins import Origins

__all__ = ["Origins", "bring_up_to_date", "find_all"]
