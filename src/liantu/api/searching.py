"""The search for programs and assistants: the hits of the page, in the order of the page."""

from __future__ import annotations

from liantu.api.filters import SearchFilters
from liantu.api.schemas import HitOut, HitsOut, SearchOut
from liantu.ledger.services import Query, find
from liantu.workbench.searching import Result, results
from liantu.workbench.views.search import COUNTED


def search(filters: SearchFilters) -> SearchOut:
    """What was found: one kind page by page, or the first of every kind."""
    query = Query.of(filters.q, filters.region)
    found = find(query, [filters.kind]) if filters.kind else find(query, most=COUNTED)
    first = (filters.page - 1) * filters.per_page
    return SearchOut(
        words=list(query.words),
        groups=[
            HitsOut(
                kind=each.group,
                total=len(each.hits),
                more=each.more,
                hits=[_hit(row) for row in results(each.hits[first : first + filters.per_page], query)],
            )
            for each in found
        ],
    )


def _hit(row: Result) -> HitOut:
    return HitOut(
        kind=row.kind,
        id=row.ref,
        title=row.title_text,
        excerpt=row.excerpt_text,
        region_code=row.region_code,
        chain=row.chain,
        source=row.source,
        published=row.published,
        page=row.url,
    )
