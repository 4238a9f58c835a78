"""Firms for matching out of the registry."""

from __future__ import annotations

from collections.abc import Iterator

from liantu.registry import Registry

from .model import Firm, Said


def firms_of(registry: Registry) -> Iterator[Firm]:
    """Every enterprise of the registry that counts, with its name, scope and products; `reference` is list and row."""
    rows = registry.query(
        "SELECT row, name, region_code, scope, products FROM enterprises WHERE repeats IS NULL ORDER BY row"
    )
    for row, name, region, scope, products in rows:
        reference = f"{registry.source}#{row}"
        said = [Said("name", name, reference)]
        if scope:
            said.append(Said("scope", scope, reference))
        if products:
            said.append(Said("product", products, reference))
        yield Firm(reference, name, region, tuple(said))
