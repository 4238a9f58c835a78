"""What people confirmed, as annotated documents: gold that `liantu evaluate` scores the reader on."""

from liantu.ledger.gold.exporting import GoldReport, export_gold

__all__ = ["GoldReport", "export_gold"]
