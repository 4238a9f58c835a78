"""The loaded registry as a basis: firms that stand on a segment, by county; the shipped segments and the office's own."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import lru_cache
from pathlib import Path

from liantu.registry import Atlas, SegmentDictionary, default_dictionary, open_atlas

from ..settings import settings
from .basis import Basis, Count, Link

SEPARATOR = " · "


def basis_of_registry(folder: Path | str, on: date | None = None, dictionary: SegmentDictionary | None = None) -> Basis:
    """Counts of the registry kept in `folder`.

    A firm on two segments counts on both. Firms that wait for review of their segment are left out. Segments that one chain borrows from
    another are counted once, under the chain that has them.

    Args:
        on: firms founded later are left out; by default the date of the newest list.
        dictionary: the segments by which firms were placed; the shipped ones by default.

    Raises:
        RegistryError: nothing is loaded there.
    """
    with open_atlas(folder) as atlas:
        return _basis(atlas, on, dictionary or default_dictionary())


@lru_cache(maxsize=4)
def kept_basis(version: Path, on: date | None, digest: str, dictionary: SegmentDictionary) -> Basis:
    """The same for a version on disk, which never changes: pages ask again and again."""
    with Atlas(version) as atlas:
        return _basis(atlas, on, dictionary)


def _basis(atlas: Atlas, on: date | None, dictionary: SegmentDictionary) -> Basis:
    if on is None:
        [(on,)] = atlas.query("SELECT max(as_of) FROM loads")
    on = on or date.today()
    since = _years_before(on, settings().entry_years)
    rows = atlas.query(
        """
        SELECT region_code, chain, segment, count(*), count(established), count(*) FILTER (established > ?)
        FROM placements JOIN firms USING (firm)
        WHERE state = 'placed' AND (established IS NULL OR established <= ?)
        GROUP BY ALL
        """,
        [since, on],
    )
    chains: dict[str, list[Link]] = defaultdict(list)
    parents: dict[str, str] = {}
    for segment in dictionary.segments:
        own = (segment.chain, segment.segment)
        chain, name = dictionary.borrowed.get(own, own)
        key = f"{chain}{SEPARATOR}{name}"
        chains[segment.chain].append(Link(segment.segment, key, segment.stream))
        parents[key] = chain
    counts = {
        (code, f"{chain}{SEPARATOR}{segment}"): Count(firms, dated, recent)
        for code, chain, segment, firms, dated, recent in rows
        if code and f"{chain}{SEPARATOR}{segment}" in parents
    }
    total = atlas.count()
    return Basis(
        "registry",
        f"企业登记库（{total:,} 家，名单截至 {on}）",
        f"registry of enterprises ({total:,} firms, lists up to {on})",
        str(on),
        "环节",
        "产业链",
        counts,
        parents,
        {name: tuple(links) for name, links in chains.items()},
        on,
        since,
    )


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - years, day=28)
