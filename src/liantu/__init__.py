"""链图 (liantu): reads a region's documents and ledgers and keeps every figure with the sentence that says it.

    >>> import liantu
    >>> for figure in liantu.read("公报.txt").figures:
    ...     print(figure.indicator, figure.value, figure.unit, figure.evidence.text)

Importing the package loads nothing else; the rooms are loaded when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from liantu.extraction.model import Findings

__all__ = ["__version__", "read"]


def read(path: str | PathLike[str]) -> Findings:
    """Everything found in the file at `path`.

    Offsets in the findings are those of the file's own text. Raises `liantu.reading.UnreadableError`, whose message
    says in Chinese and English what is wrong and what to do, when the file cannot be read at all.
    """
    from pathlib import Path

    from liantu.extraction import extract
    from liantu.reading import read_document

    return extract(read_document(Path(path)))


def __getattr__(name: str) -> str:
    if name == "__version__":
        from importlib.metadata import version

        return version("liantu")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
