"""The rows of tables in a document, as tests name them."""

from __future__ import annotations

from liantu.reading.model import Document


def rows_of(document: Document) -> list[list[str]]:
    """The cells of every row of a table, in the order of the text."""
    return [document.text.clean[b.start : b.end].split("\t") for b in document.blocks if b.kind == "table_row"]
