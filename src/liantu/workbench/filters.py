"""What a list is asked to show, read from the address of the page; anything unreadable is simply not applied."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from liantu.ledger.duties.places import region_prefix_q
from liantu.ledger.models import Source
from liantu.ledger.rights.filters import region_test as of_region
from liantu.ledger.work.choosing import bucket_q, work_q
from liantu.vocabulary import regions
from liantu.workbench.labels import (
    FIGURE_KIND,
    LOW_CONFIDENCE,
    PHRASE_KIND,
    PHRASE_STATE,
    PLAN_BUCKET,
    STAGE,
    STATE,
    STATUS,
    WORK,
)

WITHOUT = "-"
"""Chosen in a list of regions or chains: rows that have none."""


def region_q(code: str) -> Q:
    """Rows of the region `code` and of all below it; a virtual region stands for its members."""
    if not code:
        return Q()
    if code == WITHOUT:
        return Q(region_code="", city_code="")
    gazetteer = regions()
    if code in gazetteer and gazetteer.by_code(code).is_group:
        found = Q(region_code=code)
        for member in gazetteer.by_code(code).members:
            found |= region_q(member)
        return found
    if code.endswith("0000"):
        # A range of codes walks an index; a prefix match does not on every database.
        return Q(region_code__gte=code, region_code__lt=f"{int(code[:2]) + 1:02d}0000") if code.isdigit() else Q()
    if code.endswith("00"):
        return Q(city_code=code)
    return Q(region_code=code)


def kept_region_q(code: str) -> Q:
    """The same of records that people keep; they have no column for the city."""
    if not code:
        return Q()
    return Q(region_code="") if code == WITHOUT else region_prefix_q(code)


def region_test(code: str) -> Callable[[str, str], bool]:
    """Whether rows of a prefecture and a region are those of `region_q(code)`."""
    if not code:
        return lambda city, region: True
    if code == WITHOUT:
        return lambda city, region: not region and not city
    return of_region(code)


def chosen(params: QueryDict, name: str, allowed: object = None) -> str:
    """The value of `name` if it is one of `allowed` (any non-empty when None), else an empty string."""
    value = params.get(name, "").strip()
    return value if allowed is None or value in allowed else ""  # type: ignore[operator]


LARGEST = 10**15


def whole(params: QueryDict, name: str) -> int | None:
    """A whole number, or None; none for one that no database keeps."""
    try:
        value = int(params.get(name, "")[:40])
    except ValueError:
        return None
    return value if abs(value) < LARGEST else None


def decimal(params: QueryDict, name: str) -> float | None:
    """A number, or None."""
    try:
        value = float(params.get(name, "").replace(",", ""))
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def words_q(text: str, *fields: str) -> Q:
    """Rows in which every word of `text` occurs in one of `fields`."""
    found = Q()
    for word in text.split()[:6]:
        one = Q()
        for field in fields:
            one |= Q(**{f"{field}__icontains": word})
        found &= one
    return found


def year_q(year: int | None) -> Q:
    """Figures whose period touches `year`; up-to periods (截至…) count in the year they end in."""
    if year is None or not 1900 <= year <= 2200:
        return Q()
    first, last = date(year, 1, 1), date(year, 12, 31)
    open_start = Q(period_start__isnull=True, period_end__lte=last)
    return Q(period_end__gte=first) & (Q(period_start__lte=last) | open_start)


def figures_q(params: QueryDict) -> Q:
    """The figures a page address asks for."""
    found = region_q(chosen(params, "region"))
    if chain := chosen(params, "chain"):
        found &= Q(chain_name="" if chain == WITHOUT else chain)
    if status := chosen(params, "status", STATUS):
        found &= Q(status=status)
    if kind := chosen(params, "kind", FIGURE_KIND):
        found &= Q(figure_kind=kind)
    if state := chosen(params, "state", STATE):
        found &= Q(fact__state=state)
    if subject := whole(params, "subject"):
        found &= Q(subject_id=subject)
    if source := whole(params, "source"):
        found &= Q(source_id=source)
    elif not params.get("copies"):
        found &= Q(repeats=False)  # what was reprinted is counted once; a document's own list shows all that it says
    if params.get("low"):
        found &= Q(confidence__lt=LOW_CONFIDENCE)
    found &= year_q(whole(params, "year"))
    return found & words_q(chosen(params, "q"), "indicator", "subject_name")


def projects_q(params: QueryDict) -> Q:
    """The projects a page address asks for; `least` and `most` are in 亿元, `bucket` is of the plan `year`."""
    found = region_q(chosen(params, "region"))
    if chain := chosen(params, "chain"):
        found &= Q(chain_name="" if chain == WITHOUT else chain)
    if stage := chosen(params, "stage", {**STAGE, WITHOUT: ""}):
        found &= Q(stage="" if stage == WITHOUT else stage)
    if (least := decimal(params, "least")) is not None:
        found &= Q(investment__gte=least * 1e8)
    if (most := decimal(params, "most")) is not None:
        found &= Q(investment__lte=most * 1e8)
    if params.get("conflict"):
        found &= ~Q(conflict="")
    if work := chosen(params, "work", WORK):
        found &= work_q(work, timezone.localdate())
    if bucket := chosen(params, "bucket", PLAN_BUCKET):
        found &= bucket_q(bucket, whole(params, "year") or timezone.localdate().year)
    return found & words_q(chosen(params, "q"), "name", "owner", "place")


def enterprises_q(params: QueryDict) -> Q:
    """The enterprises a page address asks for."""
    found = region_q(chosen(params, "region"))
    if chain := chosen(params, "chain"):
        found &= Q(chains="") if chain == WITHOUT else Q(chains__contains=f"|{chain}|")
    if role := chosen(params, "role"):
        found &= Q(role="" if role == WITHOUT else role)
    return found & words_q(chosen(params, "q"), "name")


def documents_q(params: QueryDict) -> Q:
    """The documents a page address asks for; without a state those read and those that failed."""
    state = chosen(params, "state", {*Source.State.values, "undated", "problems"})
    found = words_q(chosen(params, "q"), "title", "name", "publisher")
    if state == "undated":
        found &= Q(state=Source.State.READY, published__isnull=True)
    elif state == "problems":
        found &= Q(state=Source.State.READY) & ~Q(problems=[])
    elif state:
        found &= Q(state=state)
    else:
        found &= Q(state__in=[Source.State.READY, Source.State.FAILED])
    if media := chosen(params, "media"):
        found &= Q(media=media)
    return found


def chains_q(params: QueryDict) -> Q:
    """The chains a page address asks for."""
    found = region_q(chosen(params, "region"))
    if role := chosen(params, "role"):
        found &= Q(role="" if role == WITHOUT else role)
    return found & words_q(chosen(params, "q"), "name", "holder_name")


def phrases_q(params: QueryDict) -> Q:
    """The coded phrases a page address asks for."""
    found = region_q(chosen(params, "region"))
    if state := chosen(params, "state", PHRASE_STATE):
        found &= Q(state=state)
    if kind := chosen(params, "kind", PHRASE_KIND):
        found &= Q(kind=kind)
    return found & words_q(chosen(params, "q"), "label", "counted")
