"""Diagnoses for programs and the command line: of the loaded registry, else of a ledger, and which of the two it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

from liantu.diagnosis.reports import (
    Basis,
    BasisError,
    basis_of_registry,
    compare,
    diagnose_chain,
    diagnose_place,
    rows_of,
)
from liantu.ledger.home import registry_folder
from liantu.registry import Atlas, Shelf, read_dictionary
from liantu.registry.counting import Counted
from liantu.vocabulary import regions

Rows = list[dict[str, Any]]


def basis(
    registry: Path | str | None = None,
    on: date | None = None,
    chain: str = "",
    *,
    ledger: Path | str | None = None,
    engine: str = "duckdb",
) -> Basis:
    """The registry in `registry` (of this installation by default) when one is loaded, else the ledger that is open.

    Args:
        ledger: a document folder: its ledger is opened and taken, whatever is loaded.
        engine: what counts the registry, `duckdb` or `spark`.

    Raises:
        BasisError: there is neither, or Spark is asked to count a ledger. DictionaryError: the office's own words break the
            rules. SparkMissingError: Spark cannot run here. EngineError: it did not finish.
    """
    folder = Path(registry) if registry is not None else registry_folder()
    if ledger is not None:
        from liantu.server.space import open_space

        open_space(Path(ledger))
    elif Shelf(folder).version is not None:
        words = read_dictionary(sorted((folder / "dictionary").glob("*.csv")))
        return basis_of_registry(folder, on, words, _engine(engine))
    from django.conf import settings

    if registry is not None or not (settings.configured or ledger is not None):
        raise BasisError(
            f"{folder} 里没有企业登记；请先运行 liantu registry load 文件",
            f"no registry is loaded in {folder}; run liantu registry load FILE first",
        )
    if engine != "duckdb":
        raise BasisError(
            "--engine spark 只统计企业登记库，台账不用它；请去掉 --engine，或先载入登记库",
            "--engine spark counts a registry, not a ledger: leave it out, or load a registry first",
        )
    from liantu.ledger.diagnosing import basis_of_ledger

    return basis_of_ledger(on or date.today(), chain)


def _engine(name: str) -> Callable[[Path], AbstractContextManager[Counted]]:
    if name != "spark":
        return Atlas
    from liantu.registry.spark import SparkAtlas

    return SparkAtlas


def code_of(place: str) -> str:
    """The code of a place given by name or code.

    Raises:
        BasisError: there is none, or several.
    """
    try:
        return regions().code_of(place)
    except ValueError as error:
        chinese, _, english = str(error).partition(" / ")
        raise BasisError(chinese, english or chinese) from None


def place_rows(
    place: str,
    *,
    registry: Path | str | None = None,
    on: date | None = None,
    ledger: Path | str | None = None,
    engine: str = "duckdb",
) -> Rows:
    """Diagnosis of a place as tidy rows (`liantu.diagnosis.reports.COLUMNS`)."""
    found = basis(registry, on, ledger=ledger, engine=engine)
    return rows_of(diagnose_place(found, code_of(place)).lines, found.name_zh)


def chain_rows(
    chain: str,
    region: str,
    *,
    registry: Path | str | None = None,
    on: date | None = None,
    ledger: Path | str | None = None,
    engine: str = "duckdb",
) -> Rows:
    """Diagnosis of a chain in a place as tidy rows."""
    found = basis(registry, on, chain, ledger=ledger, engine=engine)
    return rows_of(diagnose_chain(found, chain, code_of(region)).lines, found.name_zh)


def compared_rows(
    places: Sequence[str],
    *,
    registry: Path | str | None = None,
    on: date | None = None,
    ledger: Path | str | None = None,
    engine: str = "duckdb",
) -> Rows:
    """Places side by side as tidy rows."""
    found = basis(registry, on, ledger=ledger, engine=engine)
    return rows_of(compare(found, [code_of(place) for place in places]).lines, found.name_zh)
