"""Numbers of firms on segments out of the loaded registry, for chain maps: those that the pages of diagnosis rest on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from liantu.diagnosis.panel import Panel
from liantu.diagnosis.reports import Basis
from liantu.diagnosis.reports.registry_basis import SEPARATOR
from liantu.ledger.registry_counts import counts_now
from liantu.registry import SegmentDictionary
from liantu.registry.kept import largest_on
from liantu.workbench.diagnosing import atlas_now
from liantu.workbench.registry_rows import seen


@dataclass(frozen=True)
class RegistryCounts:
    """Firms placed on segments: `basis` has them by place, `dictionary` says which segments there are."""

    version: Path
    basis: Basis
    dictionary: SegmentDictionary

    @property
    def as_of(self) -> str:
        """The date of the newest list."""
        return self.basis.period

    def peers(self, places: list[str]) -> Panel | None:
        """The counts of all places of the level and the provinces of `places`, to be compared with each other.

        A place of which the registry lists no firm on any segment is not among them: nobody counted there.
        """
        if not places:
            return None
        level = "city" if places[0].endswith("00") else "county"
        provinces = {code[:2] for code in places}
        inside = sorted(code for code in self.basis.places(level) if code[:2] in provinces)
        return self.basis.panel(inside, self.basis.parents) if inside else None

    def key(self, chain: str, *names: str) -> str:
        """The panel's key of a segment, by the first of its names that is one; empty when it is counted nowhere."""
        for name in names:
            own = (chain, name)
            key = SEPARATOR.join(self.dictionary.borrowed.get(own, own))
            if key in self.basis.parents:
                return key
        return ""


def registry_counts() -> RegistryCounts | None:
    """The counts of the loaded registry, None while none is loaded."""
    counts = counts_now()
    return RegistryCounts(counts.version, counts.basis, counts.dictionary) if counts is not None else None


def firms_there(key: str, places: list[str], limit: int = 8) -> dict[str, list[tuple[str, str, float | None]]]:
    """Firms of the registry on a segment by place, those that the reader may see: name, the word that put it there, registered
    capital in yuan; largest first."""
    atlas = atlas_now()
    if atlas is None or not key:
        return {}
    chain, _, segment = key.partition(SEPARATOR)
    return largest_on(atlas, chain, segment, places, limit, *seen())
