"""Ledgers kept in workbooks: project ledgers, enterprise lists and chain outlines, read cell by cell."""

from liantu.ledger.workbooks.columns import Layout, layouts, recognise

__all__ = ["Layout", "layouts", "recognise"]
