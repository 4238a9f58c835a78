"""Counts of the registry that is loaded now, by the segments of the shipped words and the office's own."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from liantu.diagnosis.panel import Panel
from liantu.diagnosis.reports import Basis, kept_basis
from liantu.diagnosis.reports.registry_basis import SEPARATOR
from liantu.ledger.home import registry_folder
from liantu.registry import SegmentDictionary, Shelf, read_dictionary


class Counts(NamedTuple):
    """A version of the registry, the words that say which segments there are, and the firms on them by place."""

    version: Path
    dictionary: SegmentDictionary
    basis: Basis

    @property
    def state(self) -> str:
        """Changes whenever the counts do."""
        return _state(self.version, self.dictionary)

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


@lru_cache(maxsize=4)
def _dictionary(files: tuple[tuple[Path, int, int], ...]) -> SegmentDictionary:
    return read_dictionary([path for path, _time, _size in files])


def own_dictionary() -> SegmentDictionary:
    """The shipped words with the office's own; read again when a file changes."""
    files = sorted((registry_folder() / "dictionary").glob("*.csv"))
    return _dictionary(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files))


def counts_now() -> Counts | None:
    """The counts of the loaded registry, kept from one question to the next; None while none is loaded."""
    version = Shelf(registry_folder()).version
    if version is None:
        return None
    dictionary = own_dictionary()
    return Counts(version, dictionary, kept_basis(version, None, dictionary.digest, dictionary))


def registry_state() -> str:
    """What `counts_now` would be of, without counting; empty while no registry is loaded."""
    version = Shelf(registry_folder()).version
    return _state(version, own_dictionary()) if version is not None else ""


def _state(version: Path, dictionary: SegmentDictionary) -> str:
    return f"{version.name}:{dictionary.digest}"
