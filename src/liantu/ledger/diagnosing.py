"""What the ledger has been told, as a basis for a diagnosis: firms that somebody put on a chain or a segment, by place.

Rows go through the managers, so that a reader's diagnosis rests on what the reader may see.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from liantu.diagnosis.reports import Basis, Count, Link
from liantu.ledger import services
from liantu.ledger.models import ChainView, EnterpriseView, Membership
from liantu.ledger.outlines.members import on_segments
from liantu.ledger.outlines.shipped import STREAMS
from liantu.ledger.outlines.tree import DEEPEST
from liantu.ledger.standing import batches
from liantu.vocabulary import regions

LOOKED_AT = 50_000


def basis_of_ledger(on: date, chain: str = "") -> Basis:
    """Firms of the ledger by place and chain; with `chain`, by the segments of its outline as well.

    A firm counts once at a place and chain. Its place is that of its profile.
    """
    told: dict[tuple[str, str], set[int]] = defaultdict(set)
    rows = Membership.objects.filter(kind="enterprise").order_by().values_list(
        "chain_name", "entity_id", "region_code", "city_code"
    )  # fmt: skip
    for name, entity, region, city in rows[:LOOKED_AT]:
        if region or city:
            told[region or city, name].add(entity)
    parents = dict.fromkeys({name for _, name in told}, "产业链")
    links: dict[str, tuple[Link, ...]] = {}
    if chain:
        segments = outline_segments(chain)
        for place, segment, entity in _on_segments({name for name, _ in segments}):
            told[place, f"{chain} · {segment}"].add(entity)
        if segments:
            links[chain] = tuple(Link(name, f"{chain} · {name}", stream) for name, stream in segments)
    counts = {key: Count(len(who)) for key, who in told.items() if key[0] in regions()}
    return Basis(
        "ledger",
        f"台账里说起过的企业（{len({e for who in told.values() for e in who}):,} 家，非全数）",
        f"firms that the ledger's documents name ({len({e for who in told.values() for e in who}):,}, not a full count)",
        str(on),
        "产业链",
        "",
        counts,
        parents,
        links,
        on,
    )


def outline_segments(chain: str) -> list[tuple[str, str]]:
    """The finest segments of a chain's outline with the heading that they stand under, which may be a stream."""
    streams = {heading: stream for stream, heading in STREAMS.items()}
    found: dict[str, str] = {}
    for path in services.chain_outline(chain):
        if len(path) > 1:
            found.setdefault(path[:DEEPEST][-1], streams.get(path[1][:2], ""))
    return list(found.items())


def stated_chains(places: list[str]) -> dict[str, list[ChainView]]:
    """The chains that documents say each place has, strong ones first."""
    order = {"strong": 0, "growing": 1, "planned": 2}
    found: dict[str, list[ChainView]] = {place: [] for place in places}
    for place in places:
        level = regions().by_code(place).level
        held = ChainView.objects.filter(**({"city_code": place} if level == "city" else {"region_code": place}))
        own = [row for row in held.order_by("name", "pk")[:300] if row.region_code in (place, "") or level != "city"]
        seen: dict[str, ChainView] = {}
        for row in sorted(own, key=lambda row: (order.get(row.role, 3), -row.n_sources, row.name)):
            seen.setdefault(row.name, row)
        found[place] = list(seen.values())
    return found


def _on_segments(words: set[str]) -> list[tuple[str, str, int]]:
    """(place, segment, firm) of everything that a workbook or a text puts on one of `words`."""
    about = ("subject__canonical_id", "subject_id")
    said = list(on_segments(words, *about, most=LOOKED_AT, subject__kind="enterprise"))
    where: dict[int, str] = {}
    for batch in batches({canonical or own for _, canonical, own in said}):
        found = EnterpriseView.objects.filter(pk__in=batch).values_list("pk", "region_code", "city_code")
        where |= {pk: region or city for pk, region, city in found}
    return [
        (where[canonical or own], word, canonical or own)
        for word, canonical, own in said
        if where.get(canonical or own)
    ]
