"""The names of the loaded registry, present and former, as an index beside its version: made once, opened in a moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from liantu.resolution.frozen import FirmName, FrozenNames, freeze, is_frozen

from .shelf import Atlas, Shelf, version_in

FOLDER = "names"
LONGEST = 255
"""Characters of a name or key that can be linked to; what is longer is no firm's name."""
_BATCH = 20_000


def names_of(folder: Path | str) -> tuple[FrozenNames, str]:
    """The names of the registry kept in `folder`, and which state of it they are of (`state_of`).

    The first time after a load they are written beside the version: some twenty seconds for half a million firms.

    Raises:
        RegistryError: nothing is loaded there.
    """
    version = version_in(folder)
    state = state_of(folder)
    index = version / FOLDER
    if not is_frozen(index):
        with Atlas(version) as atlas:
            freeze(index, _names(atlas))
    return FrozenNames(index), state


def state_of(folder: Path | str) -> str:
    """Changes whenever the registry does: the version that counts and when it was written; empty while none is loaded."""
    shelf = Shelf(Path(folder))
    version = shelf.version
    return "" if version is None else f"{version.name} {shelf.facts.get('written', '')}".strip()


def _names(atlas: Atlas) -> Iterator[FirmName]:
    rows = atlas.connection.cursor().execute(
        f"""
        SELECT firm, name, region_code FROM (
            SELECT firm, name, region_code, 0 AS former, NULL AS until FROM firms
            UNION ALL
            SELECT n.firm, n.name, '', 1, n.until FROM former_names n JOIN firms USING (firm)
        ) WHERE length(name) BETWEEN 2 AND {LONGEST} AND length(firm) <= {LONGEST}
        ORDER BY firm, former, until DESC, name
        """
    )
    while batch := rows.fetchmany(_BATCH):
        yield from (FirmName(*row) for row in batch)
