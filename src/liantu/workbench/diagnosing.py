"""What the pages of diagnosis show: lines of a diagnosis in words, each with the address of the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from liantu.diagnosis.reports import Basis, BasisError, Line, words
from liantu.ledger.diagnosing import basis_of_ledger
from liantu.ledger.home import registry_folder
from liantu.ledger.models import FigureView, Membership
from liantu.ledger.registry_counts import counts_now
from liantu.registry import Atlas, Shelf
from liantu.workbench import labels
from liantu.workbench.filters import region_q
from liantu.workbench.formatting import chinese, number, region_name

FIVE = ("140100", "140700", "140900", "141100", "140300")
"""The five cities of the cluster in the middle of Shanxi: what the comparison opens with."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line in words. `url` opens the rows behind the number, `title` says how it was reckoned."""

    region: str
    partner: str
    segment: str
    measure: str
    value: str
    number: float | None
    interval: str
    n: int
    coverage: str
    status: str
    status_word: str
    note: str
    reason: str
    title: str
    url: str


def basis_now(wanted: str = "", chain: str = "") -> tuple[Basis, str]:
    """What the page rests on, and a name for it that changes with its content.

    The registry where one is loaded, it is not the ledger that was `wanted`, and it knows the chain; else the ledger.
    """
    counts = counts_now() if wanted != "ledger" else None
    if counts is not None and (not chain or chain in counts.basis.chains):
        return counts.basis, counts.state
    return basis_of_ledger(timezone.localdate(), chain), f"ledger:{timezone.localdate()}"


@lru_cache(maxsize=2)
def _atlas(version: Path) -> Atlas:
    return Atlas(version)


def atlas_now() -> Atlas | None:
    """The registry that is loaded now, kept open; None while none is."""
    version = Shelf(registry_folder()).version
    return _atlas(version) if version is not None else None


def has_registry() -> bool:
    """Whether a registry is loaded."""
    return Shelf(registry_folder()).version is not None


def words_of(code: str) -> str:
    """The name of a measure, step or state in the page's language."""
    zh, en = words().get(code, (code, code))
    return zh if chinese() else en


def in_words(basis: Basis, lines: Iterable[Line]) -> list[Shown]:
    """Lines as the pages show them."""
    return [_shown(basis, line) for line in lines]


def _shown(basis: Basis, line: Line) -> Shown:
    r = line.result
    where = line.partner if r.measure == "firms_elsewhere" else line.region
    low, high = r.interval or (0.0, 0.0)
    coverage = "" if r.coverage is None else f"{r.coverage:.0%}"
    parts = [r.convention, r.level, r.period]
    if r.reference:
        parts.insert(0, _("参照：%(area)s") % {"area": r.reference})
    return Shown(
        line.region,
        line.partner,
        line.segment,
        words_of(r.measure),
        "—" if r.value is None else _number(r.value, r.unit),
        r.value,
        f"[{_number(low, r.unit)}, {_number(high, r.unit)}]" if r.interval else "",
        r.n,
        coverage,
        line.status,
        words_of(line.status) if line.status else "",
        line.note,
        _reason(r.reason),
        " · ".join(filter(None, parts)),
        rows_url(basis, where, line.segment) if line.segment else "",
    )


def _number(value: float, unit: str) -> str:
    if unit == "share":
        return f"{number(100 * value, 1)}%"
    return number(value, 0) if unit == "firms" else _plain(value)


def _plain(value: float) -> str:
    return number(round(value, 2) + 0.0)  # no minus zero


def _reason(reason: str) -> str:
    return str(labels.DIAGNOSIS_REASON[reason]) if reason else ""


def rows_url(basis: Basis, region: str, key: str) -> str:
    """The page of the firms behind a cell."""
    if basis.kind == "registry":
        return f"{reverse('diagnosis-firms')}?{urlencode({'region': region, 'segment': key})}"
    chain = key.split(" · ")[0]
    return f"{reverse('enterprises')}?{urlencode({'region': region, 'chain': chain})}"


def local_sourcing(chain: str, region: str) -> list[FigureView]:
    """What documents say of how much is bought nearby: the only source for it, as nobody counts purchases."""
    where = Q(indicator__contains="配套率") | Q(indicator__contains="本地采购")
    members = Membership.objects.filter(chain_name=chain).order_by().values("entity_id")
    own = Q(chain_name=chain) | Q(subject__in=members)
    found = FigureView.objects.filter(where, own, region_q(region), repeats=False)
    return list(found.select_related("source", "fact").order_by("-recency", "statement")[:8])


def places_of(basis: Basis) -> list[tuple[str, str, int]]:
    """(code, name, placements) of the cities and counties that have any, in the order of their codes."""

    def add_up() -> dict[str, int]:
        found: dict[str, int] = {}
        for level in ("city", "county"):
            for (code, key), count in basis.at_level(level).items():
                if key in basis.parents:
                    found[code] = found.get(code, 0) + count.firms
        return found

    found: dict[str, int] = basis.kept(("placements",), add_up)
    return [(code, region_name(code), found[code]) for code in sorted(found)]


__all__ = [
    "FIVE",
    "BasisError",
    "Shown",
    "atlas_now",
    "basis_now",
    "has_registry",
    "in_words",
    "local_sourcing",
    "places_of",
    "rows_url",
    "words_of",
]
