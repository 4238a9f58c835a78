"""Answers about how things stand: targets against actuals, bulletins, scorecards, criteria."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.urls import reverse
from django.utils import timezone

from liantu.api.filters import Page, as_params
from liantu.api.office_filters import BulletinFilters, CandidateFilters, TargetFilters
from liantu.api.office_schemas import (
    ActualOut,
    BulletinFigureOut,
    BulletinOut,
    BulletinRowOut,
    BulletinWholeOut,
    CandidateOut,
    CardOut,
    ClauseOut,
    CriteriaOut,
    ItemScoreOut,
    ScoresOut,
    TargetOut,
    UnitScoreOut,
)
from liantu.api.queries import UnknownSortError, columns_of, page_of
from liantu.api.resting import statements_told
from liantu.api.schemas import EvidenceOut, ListOut
from liantu.ledger.models import Bulletin
from liantu.ledger.work.criteria_values import all_sets
from liantu.ledger.work.score_sources import all_cards
from liantu.ledger.work.target_lines import Actual, Line
from liantu.tracking.criteria import ClauseResult, CriterionSet
from liantu.tracking.scoring import ItemScore, Scorecard
from liantu.workbench import target_pages
from liantu.workbench.cached import revision
from liantu.workbench.score_pages import computed, usual_period
from liantu.workbench.views import bulletins as bulletin_pages
from liantu.workbench.views.criteria import Candidate, candidates_of

T = TypeVar("T")


def _part(found: Sequence[T], asked: Page) -> tuple[list[T], ListOut[Any]]:
    """The rows of one page out of all, and the list that will hold what is answered of them."""
    start = (asked.page - 1) * asked.per_page
    shown = list(found[start : start + asked.per_page])
    whole: ListOut[Any] = ListOut(
        count=len(found),
        more_than_counted=False,
        page=asked.page,
        per_page=asked.per_page,
        has_next=start + len(shown) < len(found),
        items=[],
    )
    return shown, whole


def targets(filters: TargetFilters) -> ListOut[TargetOut]:
    """Targets of the register and of documents, each with where it stands."""
    if filters.sort and filters.sort.removeprefix("-") not in target_pages.SORTS:
        raise UnknownSortError(filters.sort, {key: key for key in target_pages.SORTS})
    params = as_params(filters)
    if filters.sort:
        params["sort"] = filters.sort
    today, start = timezone.localdate(), (filters.page - 1) * filters.per_page
    found = target_pages.whole_of(params, today, revision())
    shown = target_pages.part_of(found, params, today, start, filters.per_page)
    said = statements_told(
        figure.pk
        for line in shown
        for figure in (line.figure, line.actual.figure if line.actual else None)
        if figure is not None
    )
    return ListOut(
        count=found.n,
        more_than_counted=found.more_than_counted or found.is_cut,
        page=filters.page,
        per_page=filters.per_page,
        has_next=start + len(shown) < found.n or (found.more_than_counted and len(shown) == filters.per_page),
        items=[_target(line, said) for line in shown],
    )


def _target(line: Line, said: dict[str, EvidenceOut]) -> TargetOut:
    page = ("target", line.record.pk) if line.record is not None else ("target-said", line.key)
    return TargetOut(
        **{name: getattr(line, name) for name in _OF_LINE},
        id=line.record.pk if line.record is not None else None,
        reason=line.course.reason,
        secrecy=line.record.secrecy if line.record is not None else line.figure.level if line.figure is not None else 0,
        elapsed=line.course.elapsed,
        actual=_actual(line.actual, said) if line.actual is not None else None,
        evidence=said.get(line.figure.pk) if line.figure is not None else None,
        page=reverse(page[0], args=[page[1]]),
    )


_OF_LINE = (
    "indicator", "subject_name", "region_code", "chain", "value", "upper", "bound", "unit", "kind", "start", "due", "issuer",
    "issued_on", "state", "percent", "revised", "replaced",
)  # fmt: skip


def _actual(actual: Actual, said: dict[str, EvidenceOut]) -> ActualOut:
    return ActualOut(
        value=actual.value,
        on=actual.on,
        bound=actual.bound,
        decided=bool(actual.decided),
        evidence=said.get(actual.figure.pk) if actual.figure is not None else None,
    )


def bulletins(filters: BulletinFilters) -> ListOut[BulletinOut]:
    """Bulletins, the newest period first."""
    where = bulletin_pages.bulletins_q(as_params(filters))
    return page_of(
        "bulletins", Bulletin.objects.defer("body", "prose"), where, filters, "-period", "-id",
        lambda batch: [BulletinOut(**_issue(row)) for row in batch], bulletin_pages.SORTS,
    )  # fmt: skip


def bulletin(pk: int) -> BulletinWholeOut | None:
    """One issue with every number and the rows behind it; None when there is none."""
    row = Bulletin.objects.filter(pk=pk).first()
    if row is None:
        return None
    figures = [
        BulletinFigureOut(
            **columns_of(BulletinFigureOut, figure, without={"numerator", "denominator", "rows"}),
            numerator=figure.top,
            denominator=figure.bottom,
            rows=[
                BulletinRowOut(kind=kind, id=str(key), name=name, numerator=top, denominator=bottom)
                for kind, key, name, top, bottom in figure.rows
            ],
        )
        for figure in row.figures.order_by("pk")
    ]
    return BulletinWholeOut(**_issue(row), body=row.body, prose=row.prose, figures=figures)


def _issue(row: Bulletin) -> dict[str, Any]:
    return columns_of(BulletinOut, row, without={"page"}) | {"page": reverse("bulletin", args=[row.pk])}


def cards() -> list[CardOut]:
    """The scorecards there are: shipped ones and the office's own."""
    return [_card(card) for card, _text in all_cards().values()]


def _card(card: Scorecard) -> CardOut:
    return CardOut(
        id=card.id,
        name_zh=card.name_zh,
        name_en=card.name_en,
        cadence=card.cadence,
        origin=card.origin,
        items=[item.id for item in card.items],
    )


def scores(key: str, region: str, period: str) -> ScoresOut | None:
    """A card computed now over the units of a region; None for an unknown one. Raises ValueError for a period that is none."""
    if key not in all_cards():
        return None
    today = timezone.localdate()
    made = computed(key, region, period or usual_period(all_cards()[key][0], today), today)
    return ScoresOut(
        card=_card(made.card),
        region=region,
        period=made.period,
        units=[
            UnitScoreOut(
                unit=unit.key,
                name=unit.name,
                region_code=unit.region,
                chain=unit.chain,
                low=one.low,
                high=one.high,
                first=one.first,
                last=one.last,
                vetoed=one.vetoed,
                missing=one.missing,
                items=[_item(item) for item in one.items],
            )
            for unit, one in made.lines
        ],
    )


def _item(score: ItemScore) -> ItemScoreOut:
    raw = score.raw
    return ItemScoreOut(
        item=score.item.id,
        name=score.item.name,
        method=score.item.method,
        weight=score.item.weight,
        low=score.low,
        high=score.high,
        formula=score.formula,
        reason=score.reason,
        value=raw.value if raw else None,
        target=raw.target if raw else None,
        unit=raw.unit if raw else "",
        basis=raw.basis if raw else "",
        statements=list(raw.statements) if raw else [],
    )


def criteria(on: date | None) -> list[CriteriaOut]:
    """The sets that hold on a day; without one all there are."""
    return [
        _criteria(each)
        for each in all_sets().values()
        if on is None or ((each.effective_from or on) <= on <= (each.effective_to or on))
    ]


def _criteria(each: CriterionSet) -> CriteriaOut:
    names = set(CriteriaOut.model_fields) - {"clauses"}
    return CriteriaOut(**{name: getattr(each, name) for name in names}, clauses=len(each.clauses()))


def candidates(key: str, filters: CandidateFilters) -> ListOut[CandidateOut] | None:
    """The things of which anything is known, held against one set; None for an unknown one."""
    found = all_sets().get(key)
    if found is None:
        return None
    shown, whole = _part(candidates_of(found, as_params(filters)), filters)
    return whole.model_copy(update={"items": [_candidate(one) for one in shown]})


def _candidate(one: Candidate) -> CandidateOut:
    return CandidateOut(
        entity=one.pk,
        name=one.name,
        kind=one.kind,
        verdict=one.result.verdict,
        known=one.result.n_known,
        clauses=[_clause(leaf) for leaf in one.result.clause_results()],
        page=reverse("criteria-of", kwargs={"pk": one.pk, "key": one.result.set.id}),
    )


def _clause(leaf: ClauseResult) -> ClauseOut:
    known = leaf.known
    return ClauseOut(
        clause=leaf.clause.id,
        text=leaf.clause.text,
        result=leaf.result,
        reason=leaf.reason,
        low=known.low if known else None,
        high=known.high if known else None,
        unit=known.unit if known else "",
        word=known.word if known else "",
        yes=known.yes if known else None,
        by_hand=bool(known and known.by_hand),
        statements=list(known.statements) if known else [],
    )
