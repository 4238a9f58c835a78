"""Views brought up to date with the statements that changed, or made anew from all of them by the same code."""

from liantu.ledger.refresh.changes import Changes
from liantu.ledger.refresh.rebuild import rebuild_views

__all__ = ["Changes", "rebuild_views"]
