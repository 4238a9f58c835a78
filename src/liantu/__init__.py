"""链图 (liantu): reads a region's documents and ledgers and keeps every figure with the sentence that says it.

    >>> import liantu
    >>> for figure in liantu.read("公报.txt").figures:
    ...     print(figure.indicator, figure.value, figure.unit, figure.evidence.text)

Importing the package loads nothing else; the rooms are loaded when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from os import PathLike
    from pathlib import Path
    from typing import Any

    from liantu.extraction.model import Findings

__all__ = ["__version__", "compare", "diagnose_chain", "diagnose_place", "read"]


def read(path: str | PathLike[str]) -> Findings:
    """Everything found in the file at `path`.

    Offsets in the findings are those of the file's own text. Raises `liantu.reading.UnreadableError`, whose message
    says in Chinese and English what is wrong and what to do, when the file cannot be read at all.
    """
    from pathlib import Path

    from liantu.extraction import extract
    from liantu.reading import read_document

    return extract(read_document(Path(path)))


def diagnose_place(
    place: str, *, registry: str | Path | None = None, ledger: str | Path | None = None, on: date | None = None
) -> list[dict[str, Any]]:
    """Diagnosis of a province, city or county as tidy rows, one dictionary a row with the same keys: ready for any frame library.

    Args:
        place: name or code.
        registry: folder of a loaded registry; that of this installation by default.
        ledger: a document folder that was read: its ledger is asked instead.
        on: firms founded later are left out.

    Raises:
        liantu.diagnosis.reports.BasisError: nothing to diagnose from, or no such place; says what to do.
    """
    rows: list[dict[str, Any]] = _asking().place_rows(place, registry=registry, on=on, ledger=ledger)
    return rows


def diagnose_chain(
    chain: str,
    region: str,
    *,
    registry: str | Path | None = None,
    ledger: str | Path | None = None,
    on: date | None = None,
) -> list[dict[str, Any]]:
    """Every segment of a chain in a place with its status, the rule and the numbers; arguments and rows as of `diagnose_place`."""
    rows: list[dict[str, Any]] = _asking().chain_rows(chain, region, registry=registry, on=on, ledger=ledger)
    return rows


def compare(
    places: Sequence[str],
    *,
    registry: str | Path | None = None,
    ledger: str | Path | None = None,
    on: date | None = None,
) -> list[dict[str, Any]]:
    """Places side by side: likeness at two levels, excess over chance, who feeds whom and who fills whose gaps; as `diagnose_place`."""
    rows: list[dict[str, Any]] = _asking().compared_rows(places, registry=registry, on=on, ledger=ledger)
    return rows


def _asking() -> Any:
    """What answers these questions, by its name: every room imports this package, and it stands above most of them."""
    from importlib import import_module

    return import_module("liantu.server.diagnosing")


def __getattr__(name: str) -> str:
    if name == "__version__":
        from importlib.metadata import version

        return version("liantu")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
