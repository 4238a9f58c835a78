"""Firms on segments out of the loaded registry, for chain maps."""

from __future__ import annotations

from liantu.diagnosis.reports.registry_basis import SEPARATOR
from liantu.registry.kept import largest_on
from liantu.workbench.diagnosing import atlas_now
from liantu.workbench.registry_rows import seen


def firms_there(key: str, places: list[str], limit: int = 8) -> dict[str, list[tuple[str, str, float | None]]]:
    """Firms of the registry on a segment by place, those that the reader may see: name, the word that put it there, registered
    capital in yuan; largest first."""
    atlas = atlas_now()
    if atlas is None or not key:
        return {}
    chain, _, segment = key.partition(SEPARATOR)
    return largest_on(atlas, chain, segment, places, limit, *seen())
