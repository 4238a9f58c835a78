"""The targets that an address asks for, a page of them at a time: for the page of targets, its exports and the answers to programs.

Those of the register come first, by where they stand; then what documents give and nobody has taken up, the newest first. Where
something stands is found out for what is shown; for all only where the list is narrowed or ordered by it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from heapq import merge
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Collate
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from liantu.ledger.models import FigureView, TargetRecord
from liantu.ledger.work.said_targets import said_targets
from liantu.ledger.work.target_lines import Key, Line, evaluate, kept_lines, key_of, lines_by, targets_of
from liantu.workbench import labels
from liantu.workbench.cached import COUNT_LIMIT, count_of, per_tables
from liantu.workbench.filters import WITHOUT, chosen, kept_region_q, region_q, whole, words_q
from liantu.workbench.listing import walked

KEPT = {"kept": gettext_lazy("已纳入台账"), "said": gettext_lazy("只见于文件")}
STORED = {
    "indicator": ("indicator", "indicator"),
    "due": ("due", "period_end"),
    "value": ("value", "value"),
    "issued": ("issued_on", "published"),
}
"""Sorts by what is stored: the column of a record, and of what a document says."""
SORTS = (*STORED, "percent", "state")
URGENT_FIRST = ("late", "behind", "no_data", "on_course", "reached")


TAKEN = 500
"""Targets of documents taken up at once."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What is said of a whole list, and the state of the ledger at which it was asked for.

    `order` holds the keys of the register's targets, or of all (`is_ranked`) where it takes their states to choose or order them;
    `n_further` is how many of documents follow, counted up to a limit. `n_kept` and `n_said` count both sorts, `counts` how many of the register stand
    how. `is_cut`: documents give more than were looked at.
    """

    at: int
    order: tuple[Key, ...]
    is_ranked: bool
    n_further: int
    n_kept: int
    n_said: int
    counts: dict[str, int]
    is_cut: bool

    @property
    def n(self) -> int:
        """How many targets the list has, exact up to a limit."""
        return len(self.order) + min(self.n_further, COUNT_LIMIT)

    @property
    def more_than_counted(self) -> bool:
        """Whether there are more than were counted."""
        return self.n_further > COUNT_LIMIT


def filters_of(params: QueryDict) -> tuple[Q, Q]:
    """What a page address asks of the targets kept, and of those that documents give."""
    region, chain = chosen(params, "region"), chosen(params, "chain")
    kept, said = kept_region_q(region), region_q(region)
    if chain:
        kept &= Q(chain="" if chain == WITHOUT else chain)
        said &= Q(chain_name="" if chain == WITHOUT else chain)
    if (year := whole(params, "year")) is not None:
        kept &= Q(due__year=year)
        said &= Q(period_end__year=year)
    if issuer := chosen(params, "issuer"):
        kept &= Q(issuer=issuer)
        said &= Q(source__publisher=issuer)
    words = chosen(params, "q")
    kept &= words_q(words, "indicator", "subject_name", "definition")
    said &= words_q(words, "indicator", "subject_name")
    only = chosen(params, "kept", KEPT)
    return (kept & Q(pk=-1) if only == "said" else kept), (said & Q(pk="") if only == "kept" else said)


def whole_of(params: QueryDict, today: date, at: int) -> Whole:
    """What is said of the whole list. `at` is the ledger's state, `cached.revision()`."""
    name = _name(params, today)
    return replace(per_tables(name, lambda: _whole(params, today, at, name), at), at=at)


def part_of(found: Whole, params: QueryDict, today: date, start: int, size: int) -> list[Line]:
    """`size` targets of a list from `start` on, each with where it stands."""
    keys = slice(start, start + size)
    name = f"{_name(params, today)}:{start}:{size}"
    return per_tables(name, lambda: lines_by(_keys(params, found, keys), today), found.at, may_lag=False)


def _name(params: QueryDict, today: date) -> str:
    asked = sorted((key, values) for key, values in params.lists() if key not in ("page", "per_page"))
    return f"targets:{today}:{asked!r}"


def lines_for(params: QueryDict, today: date) -> tuple[list[Line], bool]:
    """The targets that an address asks for, in its order, and whether documents give more than were looked at."""
    lines, more = targets_of(*filters_of(params), today)
    if state := chosen(params, "state", labels.COURSE):
        lines = [line for line in lines if line.state == state]
    if (key := _sort(params)) in SORTS:
        known = [line for line in lines if _value(line, key) is not None]
        known.sort(key=lambda line: (_value(line, key), line.key), reverse=_asked_sort(params).startswith("-"))
        return known + [line for line in lines if _value(line, key) is None], more
    kept = [line for line in lines if line.record is not None]
    return _most_urgent_first(kept) + [line for line in lines if line.record is None], more


def _sort(params: QueryDict) -> str:
    return _asked_sort(params).removeprefix("-")


def _asked_sort(params: QueryDict) -> str:
    return str(params.get("sort", ""))


def _most_urgent_first(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda x: (x.replaced, URGENT_FIRST.index(x.state), x.due or date.max, x.key))


def _value(line: Line, key: str) -> Any:
    return getattr(line, {"issued": "issued_on"}.get(key, key))


def _whole(params: QueryDict, today: date, at: int, name: str) -> Whole:
    where_kept, where_said = filters_of(params)
    is_ranked = bool(chosen(params, "state", labels.COURSE)) or _sort(params) in ("percent", "state")
    if is_ranked:
        lines, is_cut = lines_for(params, today)
        kept = [line for line in lines if line.record is not None]
        n_further, n_said = 0, len(lines) - len(kept)
    else:
        kept = kept_lines(TargetRecord.objects.filter(where_kept, removed_at=None).order_by("pk"))
        evaluate(kept, today)
        lines, is_cut = _most_urgent_first(kept), False
        n_further = n_said = count_of(said_targets(where_said), f"{name}:said", at)
    counts = {state: sum(line.state == state for line in kept) for state in labels.COURSE}
    return Whole(at, tuple(key_of(line) for line in lines), is_ranked, n_further, len(kept), n_said, counts, is_cut)


def _keys(params: QueryDict, found: Whole, part: slice) -> list[Key]:
    where_kept, where_said = filters_of(params)
    said = said_targets(walked(where_said) if found.more_than_counted else where_said)
    if not found.is_ranked and _sort(params) in STORED:
        return _merged(TargetRecord.objects.filter(where_kept, removed_at=None), said, _asked_sort(params), part.stop)[
            part
        ]
    further = part.stop - len(found.order)
    if not found.n_further or further <= 0:
        return list(found.order[part])
    return [*found.order[part], *said.values_list("pk", flat=True)[max(0, part.start - len(found.order)) : further]]


def _merged(kept: QuerySet[TargetRecord], said: QuerySet[FigureView], sort: str, most: int) -> list[Key]:
    """The first keys of both in the order of a stored column; those without a value come last."""
    falling = sort.startswith("-")
    of_kept, of_said = STORED[sort.removeprefix("-")]
    own = [(value, str(pk), pk) for value, pk in kept.values_list(of_kept, "pk")]
    by: Any = F(of_said)
    if of_said == "indicator":  # as Python orders texts, for the two are put together here
        by = Collate(by, "C" if connection.vendor == "postgresql" else "BINARY")
    order = [by.desc(nulls_last=True), "-statement"] if falling else [by.asc(nulls_last=True), "statement"]
    told = [(value, pk, pk) for value, pk in said.order_by(*order).values_list(of_said, "pk")[:most]]
    known = [sorted((row for row in own if row[0] is not None), key=_in_order, reverse=falling)]
    known.append([row for row in told if row[0] is not None])
    unknown = [*(row for row in own if row[0] is None), *(row for row in told if row[0] is None)]
    return [key for _value, _text, key in (*merge(*known, key=_in_order, reverse=falling), *unknown)][:most]


def _in_order(row: tuple[Any, str, Key]) -> tuple[Any, str]:
    return row[0], row[1]
