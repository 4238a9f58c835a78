"""Segments of the chains that somebody leads, at the place where it is led, as the loaded registry counts them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from liantu.diagnosis.reports import BasisError, diagnose_chain
from liantu.diagnosis.reports.chain import ChainDiagnosis
from liantu.ledger.alerts.row_parts import city_of, refs_of
from liantu.ledger.models import ChainProgramme
from liantu.ledger.registry_counts import counts_now
from liantu.tracking.alerts import Ref, Row, Value
from liantu.vocabulary import regions


def supply_rows(today: date) -> Iterator[Row]:
    """One row a segment of each chain programme in force. None without a registry: what documents happen to name is no count."""
    counts = counts_now()
    if counts is None:
        return
    led: dict[tuple[str, str], tuple[int, int]] = {}
    programmes = ChainProgramme.objects.filter(Q(until=None) | Q(until__gte=today), removed_at=None)
    for region, chain, *programme in programmes.order_by("-secrecy", "pk").values_list(
        "region_code", "chain", "pk", "secrecy"
    ):
        led[region, chain] = programme[0], programme[1]  # of several the most open one, and of those the newest
    for (region, chain), (pk, secrecy) in led.items():
        try:
            found = diagnose_chain(counts.basis, chain, region)
        except BasisError:  # a chain without segments in the dictionary, a place that no list covers
            continue
        yield from _rows(found, region, pk, secrecy)


def _rows(found: ChainDiagnosis, region: str, programme: int, secrecy: int) -> Iterator[Row]:
    place = regions().by_code(region).name
    evidence = refs_of(Ref("programme", str(programme)), Ref("map", f"{region}:{found.chain}"))
    for segment in found.segments:
        name = segment.link.name
        values: dict[str, Value] = {
            "chain": found.chain, "place": place, "segment": name, "status": segment.line.status, "firms": segment.firms,
            "next_to": segment.next_to,
            "elsewhere": "、".join(f"{regions().by_code(code).name} {n}" for code, n in segment.elsewhere) or "—",
        }  # fmt: skip
        yield Row(
            f"supply:{region}:{found.chain}:{name}"[:64], f"{place} · {found.chain} · {name}"[:255], values, region,
            city_of(region), found.chain, secrecy=secrecy, evidence=evidence,
        )  # fmt: skip
