"""The loaded registry as a basis: firms that stand on a segment, by county; the shipped segments and the office's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from functools import lru_cache
from pathlib import Path

from liantu.registry import Atlas, SegmentDictionary, default_dictionary
from liantu.registry.counting import Counted
from liantu.registry.kept import cells_of
from liantu.registry.shelf import version_in

from .basis import Basis, Count, Link

SEPARATOR = " · "


def basis_of_registry(
    folder: Path | str,
    on: date | None = None,
    dictionary: SegmentDictionary | None = None,
    engine: Callable[[Path], AbstractContextManager[Counted]] = Atlas,
) -> Basis:
    """Counts of the registry kept in `folder`.

    A firm on two segments counts on both. Firms that wait for review of their segment are left out. Segments that one chain borrows from
    another are counted once, under the chain that has them.

    Args:
        on: firms founded later are left out; by default the date of the newest list.
        dictionary: the segments by which firms were placed; the shipped ones by default.
        engine: opens the version and counts: DuckDB on this machine by default, `liantu.registry.spark.SparkAtlas` on a cluster.

    Raises:
        RegistryError: nothing is loaded there.
    """
    with engine(version_in(folder)) as registry:
        return _basis(registry, on, dictionary or default_dictionary())


@lru_cache(maxsize=4)
def kept_basis(version: Path, on: date | None, digest: str, dictionary: SegmentDictionary) -> Basis:
    """The same for a version on disk, which never changes: pages ask again and again."""
    with Atlas(version) as atlas:
        return _basis(atlas, on, dictionary)


def _basis(registry: Counted, on: date | None, dictionary: SegmentDictionary) -> Basis:
    kept = cells_of(registry, on)
    chains: dict[str, list[Link]] = defaultdict(list)
    parents: dict[str, str] = {}
    for segment in dictionary.segments:
        own = (segment.chain, segment.segment)
        chain, name = dictionary.borrowed.get(own, own)
        key = f"{chain}{SEPARATOR}{name}"
        chains[segment.chain].append(Link(segment.segment, key, segment.stream))
        parents[key] = chain
    keys = {tuple(key.split(SEPARATOR, 1)): key for key in parents}
    counts = {
        (code, keys[chain, segment]): Count(firms, dated, recent)
        for code, chain, segment, firms, dated, recent, _capital, _with_capital in kept.rows
        if code and (chain, segment) in keys
    }
    return Basis(
        "registry",
        f"企业登记库（{kept.firms:,} 家，名单截至 {kept.on}）",
        f"registry of enterprises ({kept.firms:,} firms, lists up to {kept.on})",
        str(kept.on),
        "环节",
        "产业链",
        counts,
        parents,
        {name: tuple(links) for name, links in chains.items()},
        kept.on,
        kept.since,
    )
