"""What bulletins print, measured: each indicator by groups, with the rows that were counted.

Only what is not confidential counts: a bulletin goes to many. What nobody reported is missing, never zero; a count of events
is zero only where the group has projects at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from liantu.ledger.bulletins.groups import Counted, counted, names_of
from liantu.ledger.models import (
    EnterpriseView,
    FigureView,
    MonthlyReport,
    ProjectProblem,
    Source,
    StageEntry,
    Statement,
    YearPlan,
)
from liantu.ledger.periods import bounds
from liantu.ledger.standing import standing
from liantu.ledger.work.money import to_date
from liantu.ledger.work.rate_lines import MonthSums, Plan
from liantu.tracking import event_stages, implied_by
from liantu.tracking.bulletins import Definition, Measured, Period, RowRef, Section, indicators, months_of
from liantu.tracking.rates import rate
from liantu.vocabulary.stages import stages

HOME = Coalesce("project__canonical_id", "project_id")
Pair = tuple[float | None, float | None]
Groups = dict[str, Measured]


def measure(
    definition: Definition, period: Period, region: str, chain: str
) -> tuple[dict[str, Groups], dict[str, str]]:
    """Everything a bulletin of this kind prints: section id → group → what was measured; and the groups' names."""
    books = Books(period, region, chain)
    found: dict[str, Groups] = {}
    names: dict[str, str] = {}
    for section in definition.sections:
        found[section.id] = MEASURES[section.indicator](books, section)
        names |= names_of(section.group, set(found[section.id]) - {""})
    return found, names


@dataclass(slots=True)
class Books:
    """What was entered and said up to the end of a period, read once."""

    period: Period
    region: str
    chain: str
    _projects: list[Counted] | None = None
    _cache: dict[str, Any] | None = None

    @property
    def projects(self) -> list[Counted]:
        """The projects that count."""
        if self._projects is None:
            self._projects = counted(self.region, self.chain, self.period.end)
        return self._projects

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """`make()`, worked out once."""
        if self._cache is None:
            self._cache = {}
        if name not in self._cache:
            self._cache[name] = make()
        return self._cache[name]

    def plans(self, year: int) -> dict[int, Decimal]:
        """Planned investment of a year by project."""
        rows = YearPlan.objects.filter(removed_at=None, year=year, invest__isnull=False).annotate(home=HOME)
        return self.once(f"plans{year}", lambda: dict(rows.values_list("home", "invest")))  # type: ignore[no-any-return]

    def months(self, year: int) -> dict[int, dict[int, Decimal | None]]:
        """Completed investment of a year's months by project; a month reported without a sum is None."""

        def make() -> dict[int, dict[int, Decimal | None]]:
            found: dict[int, dict[int, Decimal | None]] = defaultdict(dict)
            rows = MonthlyReport.objects.filter(removed_at=None, year=year).annotate(home=HOME)
            for home, month, completed in rows.values_list("home", "month", "completed"):
                found[home][month] = completed
            return found

        return self.once(f"months{year}", make)  # type: ignore[no-any-return]

    def days(self, stage: str) -> dict[int, date]:
        """The first day on which each project reached a stage, as entered or as an event tells."""
        return self.once(f"days{stage}", lambda: _days(stage))  # type: ignore[no-any-return]


def _days(stage: str) -> dict[int, date]:
    found: dict[int, date] = {}
    entries = StageEntry.objects.filter(removed_at=None, stage=stage, planned=False, phase="", on__isnull=False)
    told = list(entries.annotate(home=HOME).values_list("home", "on"))
    names = [event for event, reached in event_stages().items() if reached == stage]
    events = standing().filter(
        kind="event", property__in=names, status="actual", period_start__isnull=False, period_start=F("period_end")
    )
    home = Coalesce("subject__canonical_id", "subject_id")
    told += events.filter(subject__isnull=False).annotate(home=home).values_list("home", "period_start")
    for pk, on in told:
        if on is not None:
            found[pk] = min(found.get(pk, on), on)
    return found


def grouped(
    section: Section, projects: Iterable[Counted], amounts: Mapping[int, Pair], expected: Iterable[int] = ()
) -> Groups:
    """A rate of sums by groups and over all: projects of which one side is unknown are left out and counted as such.

    Groups of which no project has both sides are missing. `expected` are projects whose groups are listed even so.
    """
    indicator = indicators()[section.indicator]
    wanted = set(expected)
    rows: dict[str, list[RowRef]] = defaultdict(list)
    left: dict[str, int] = defaultdict(int)
    for project in projects:
        if project.pk not in amounts and project.pk not in wanted:
            continue
        top, bottom = amounts.get(project.pk, (None, None))
        for key in {project.key(section.group), ""}:
            if top is None or bottom is None:
                left[key] += 1
            else:
                rows[key].append(RowRef("project", str(project.pk), project.name, top, bottom))
        if not project.key(section.group):
            left["-"] += 0
    found: Groups = {}
    for key in {*rows, *left} - {"-"}:
        told = rows.get(key, [])
        top, bottom = sum(r.top or 0.0 for r in told), sum(r.bottom or 0.0 for r in told)
        if not told or not bottom:
            found[key] = Measured(None, left_out=left[key], reason="no_data")
            continue
        value = 100 * top / bottom
        if indicator.rate:
            # The one way in which rates are worked out, definitions included.
            made = rate(indicator.rate, _exact(top), _exact(bottom))
            value = float(made.value) if made.value is not None else value
        found[key] = Measured(value, top, bottom, tuple(told), left[key])
    return found


def _exact(value: float) -> Decimal:
    whole = Decimal(str(value))
    return whole.to_integral_value() if whole == whole.to_integral_value() else whole


def summed(
    section: Section,
    projects: Iterable[Counted],
    amounts: Mapping[int, float | None],
    base: Mapping[int, float | None] | None = None,
) -> Groups:
    """A sum by groups and over all, with the sum of the same projects a year before as its base.

    Comparable are projects told both times: the base of a group is known only when every project that counts now was told then.
    """
    rows: dict[str, list[RowRef]] = defaultdict(list)
    known: dict[str, list[bool]] = defaultdict(list)
    before: dict[str, float] = defaultdict(float)
    for project in projects:
        amount = amounts.get(project.pk)
        if amount is None:
            continue
        former = base.get(project.pk) if base is not None else None
        for key in {project.key(section.group), ""}:
            rows[key].append(RowRef("project", str(project.pk), project.name, amount, None))
            known[key].append(former is not None)
            before[key] += former or 0.0
    return {
        key: Measured(
            sum(r.top or 0.0 for r in told),
            rows=tuple(told),
            base=before[key] if all(known[key]) else None,
        )
        for key, told in rows.items()
    }


def invest_year(books: Books, section: Section) -> Groups:
    """This year's completed investment up to the period's end over the year's plan."""
    last = books.period.months[1]
    plans, months = books.plans(books.period.year), books.months(books.period.year)
    amounts: dict[int, Pair] = {}
    for pk, planned in plans.items():
        told = [s for month, s in months.get(pk, {}).items() if month <= last and s is not None]
        amounts[pk] = (float(sum(told)) if told else None, float(planned))
    return grouped(section, books.projects, amounts)


def invest_period(books: Books, section: Section) -> Groups:
    """Completed investment of the period's months, beside that of the year before."""
    return summed(
        section, books.projects, _in_period(books, books.period), _in_period(books, books.period.year_before())
    )


def _in_period(books: Books, period: Period) -> dict[int, float | None]:
    found: dict[int, float | None] = {}
    wanted = [month for _year, month in months_of(period)]
    for pk, months in books.months(period.year).items():
        told = [months[m] for m in wanted if months.get(m) is not None]
        # A quarter of which one month is missing is not a quarter.
        found[pk] = float(sum(s for s in told if s is not None)) if len(told) == len(wanted) else None
    return found


def invest_total(books: Books, section: Section) -> Groups:
    """Completed investment to date over the total, by months and what the last plan carries over."""
    end = books.period
    plans: dict[int, list[Plan]] = defaultdict(list)
    rows = YearPlan.objects.filter(removed_at=None, year__lte=end.year).annotate(home=HOME).order_by("pk")
    for home, *columns in rows.values_list("home", *Plan._fields):
        plans[home].append(Plan._make(columns))
    months: dict[int, list[MonthSums]] = defaultdict(list)
    until = Q(year__lt=end.year) | Q(year=end.year, month__lte=end.months[1])
    sums = MonthlyReport.objects.filter(until, removed_at=None).annotate(home=HOME).order_by().values("home", "year")
    for home, year, done in sums.annotate(done=Sum("completed")).values_list("home", "year", "done"):
        months[home].append(MonthSums(year, done, None, None, None))
    amounts: dict[int, Pair] = {}
    for project in books.projects:
        if project.pk in plans or project.pk in months:
            done = to_date(plans.get(project.pk, ()), months.get(project.pk, ()), "completed")
            amounts[project.pk] = (float(done) if done is not None else None, project.investment)
    return grouped(section, books.projects, amounts)


def invest_total_ledger(books: Books, section: Section) -> Groups:
    """The same as the newest project ledger of the period tells it: one workbook, so that all rows are of one scope and day."""
    source = _newest_list(books, "累计完成投资", "project")
    if source is None:
        return {}
    cells = Statement.objects.filter(
        kind="cell", retired=False, source=source, property__in=("累计完成投资", "总投资"), subject__isnull=False
    ).annotate(home=Coalesce("subject__canonical_id", "subject_id"))
    done: dict[int, float] = {}
    total: dict[int, float] = {}
    refs: dict[int, str] = {}
    for pk, home, column, value in cells.order_by("pk").values_list("pk", "home", "property", "value"):
        if value is None or home is None:
            continue
        if column == "总投资":
            total[home] = value
        else:
            done[home], refs[home] = value, pk
    amounts: dict[int, Pair] = {home: (done.get(home), total.get(home)) for home in {*done, *total}}
    found = grouped(section, books.projects, amounts)
    return {key: _cited(each, refs) for key, each in found.items()}


def _cited(each: Measured, refs: Mapping[int, str]) -> Measured:
    """Rows that open the cell rather than the project."""
    rows = tuple(
        RowRef("statement", refs[int(r.id)], r.name, r.top, r.bottom) if int(r.id) in refs else r for r in each.rows
    )
    return Measured(each.value, each.top, each.bottom, rows, each.left_out, each.base, each.growth, each.reason)


def _newest_list(books: Books, column: str, kind: str) -> int | None:
    """The newest workbook of the period that has a column."""
    rows = Statement.objects.filter(
        kind="cell", property=column, retired=False, subject__kind=kind, source__state=Source.State.READY,
        source__level=0, source__published__gte=books.period.start, source__published__lte=books.period.end,
    )  # fmt: skip
    return rows.order_by("-source__published", "-source_id").values_list("source_id", flat=True).first()


def report_rate(books: Books, section: Section) -> Groups:
    """Months reported of those owed in the period, by projects under way with a plan of the year."""
    plans, months = books.plans(books.period.year), books.months(books.period.year)
    started, produced = books.days("started"), books.days("in_production")
    order = {stage.value: stage.order for stage in stages().values()}
    amounts: dict[int, Pair] = {}
    for project in books.projects:
        begun = order.get(project.stage, 0) >= order["started"] or project.pk in started
        if project.pk not in plans or not begun:
            continue
        over = produced.get(project.pk)
        owed = [m for year, m in months_of(books.period) if over is None or (over.year, over.month) >= (year, m)]
        if owed:
            told = [m for m in owed if m in months.get(project.pk, {})]
            amounts[project.pk] = (float(len(told)), float(len(owed)))
    return grouped(section, books.projects, amounts)


def start_rate(books: Books, section: Section) -> Groups:
    """Projects started of all that were known by the end of the period."""
    known = books.once("reached", lambda: _reached(books.period.end))
    passed = {stage for stage in stages() if stage == "started" or "started" in implied_by(stage)}
    amounts: dict[int, Pair] = {
        project.pk: (1.0 if known[project.pk] & passed else 0.0, 1.0)
        for project in books.projects
        if project.pk in known
    }
    return grouped(section, books.projects, amounts)


def _reached(end: date) -> dict[int, set[str]]:
    """The stages that each project was said to be at by a day; projects without any stage are in it, empty-handed."""
    found: dict[int, set[str]] = defaultdict(set)
    home = Coalesce("subject__canonical_id", "subject_id")
    said = standing().filter(kind="project", subject__isnull=False, source__published__lte=end).annotate(home=home)
    for pk, stage in said.values_list("home", "text_value").iterator():
        found[pk] |= {stage} if stage in stages() else set()
    cells = standing().filter(kind="project", subject__isnull=False, source=None, at__date__lte=end).annotate(home=home)
    for pk, stage in cells.values_list("home", "text_value").iterator():
        found[pk] |= {stage} if stage in stages() else set()
    entries = StageEntry.objects.filter(removed_at=None, planned=False).annotate(home=HOME)
    for pk, stage in entries.filter(Q(on=None) | Q(on__lte=end)).values_list("home", "stage"):
        found[pk] |= {stage} if stage in stages() else set()
    for event, stage in event_stages().items():
        events = standing().filter(kind="event", property=event, status="actual", period_end__lte=end)
        for pk in events.filter(subject__isnull=False).annotate(home=home).values_list("home", flat=True):
            found[pk].add(stage)
    return found


def _new(stage: str) -> Callable[[Books, Section], Groups]:
    def counted_new(books: Books, section: Section) -> Groups:
        days, now, then = books.days(stage), books.period, books.period.year_before()

        def of(period: Period) -> dict[str, list[Counted]]:
            found: dict[str, list[Counted]] = defaultdict(list)
            for project in books.projects:
                day = days.get(project.pk)
                if day is not None and period.start <= day <= period.end:
                    for key in {project.key(section.group), ""}:
                        found[key].append(project)
            return found

        fresh, before = of(now), of(then)
        if not days:
            return {}  # nobody ever told a day: then zero would be a guess
        keys = {p.key(section.group) for p in books.projects} | {""}
        return {
            key: Measured(
                float(len(fresh.get(key, ()))),
                rows=tuple(RowRef("project", str(p.pk), p.name, 1.0) for p in fresh.get(key, ())),
                base=float(len(before[key])) if key in before else None,
            )
            for key in keys
            if key or section.group
        }

    return counted_new


def problems_late(books: Books, section: Section) -> Groups:
    """Problems past their deadline and not solved at the end of the period."""
    end = books.period.end
    late = ProjectProblem.objects.filter(removed_at=None, due__lt=end).filter(Q(solved_on=None) | Q(solved_on__gt=end))
    if not ProjectProblem.objects.filter(removed_at=None).exists():
        return {}  # none is kept: then none overdue says nothing
    by_project: dict[int, list[ProjectProblem]] = defaultdict(list)
    for problem in late.annotate(home=HOME).order_by("pk"):
        by_project[problem.home].append(problem)
    rows: dict[str, list[RowRef]] = defaultdict(list)
    for project in books.projects:
        for key in {project.key(section.group), ""}:
            rows[key] += [
                RowRef("problem", str(p.pk), f"{project.name}：{p.text[:60]}", 1.0) for p in by_project[project.pk]
            ]
    return {key: Measured(float(len(told)), rows=tuple(told)) for key, told in rows.items()}


def listed_revenue(books: Books, section: Section) -> Groups:
    """Revenue of the firms on the newest list of the period."""
    source = _newest_list(books, "营业收入", "enterprise")
    if source is None:
        return {}
    cells = Statement.objects.filter(
        kind="cell", property="营业收入", retired=False, source=source, value__isnull=False
    )
    told = cells.annotate(home=Coalesce("subject__canonical_id", "subject_id"))
    views = EnterpriseView.objects.filter(level=0).in_bulk(
        {home for home in told.values_list("home", flat=True) if home}
    )
    rows: dict[str, list[RowRef]] = defaultdict(list)
    for pk, home, value in told.order_by("pk").values_list("pk", "home", "value"):
        firm = views.get(home) if home is not None else None
        if (
            firm is None
            or value is None
            or (books.region and not _lies_in(firm.region_code or firm.city_code, books.region))
        ):
            continue
        county = firm.region_code if firm.region_code and not firm.region_code.endswith("00") else ""
        keys = {"city": [firm.city_code], "county": [county], "chain": firm.chain_names}.get(section.group, [])
        for key in {*[k for k in keys if k], ""}:
            rows[key].append(RowRef("statement", pk, firm.name, value))
    return {key: Measured(sum(r.top or 0.0 for r in told), rows=tuple(told)) for key, told in rows.items()}


def _lies_in(code: str, region: str) -> bool:
    from liantu.vocabulary import regions

    return bool(code) and regions().is_within(code, region)


_GROWN = ("营业收入比上年增长", "营业收入同比增长", "营业收入增长", "比上年增长")
"""How bulletins call the growth beside a chain's revenue; the last is a table's column without what grows."""


def chain_revenue(books: Books, section: Section) -> Groups:
    """What was published of chains for the year up to the period's end, with the growth that was published beside it."""
    from liantu.vocabulary.chains import chains

    known = [chain.name for chain in chains()]
    rows = _published(books, {f"{name}营业收入": name for name in known}, "level", "元")
    growths = _published(books, {f"{name}{grown}": name for name in known for grown in _GROWN}, "change", "%")
    return {
        name: Measured(
            row.value,
            rows=(RowRef("statement", row.pk, f"{row.subject_name}{row.indicator}", row.value),),
            growth=growths[name].value if name in growths else None,
        )
        for name, row in rows.items()
    }


def _published(books: Books, wanted: Mapping[str, str], kind: str, unit: str) -> dict[str, FigureView]:
    """The newest figure of each indicator for the year to the period's end, of the bulletin's region or the one it lies in."""
    found: dict[str, FigureView] = {}
    rows = FigureView.objects.filter(
        indicator__in=wanted, status="actual", figure_kind=kind, unit=unit, level=0, repeats=False
    ).order_by("recency", "pk")
    for row in rows:
        if (_same_period(row.period, books.period) and _told_after(row, books.period)) and (
            not books.region or row.region_code == books.region or row.city_code == books.region
        ):
            found[wanted[row.indicator]] = row
    return found


def _same_period(period: str, wanted: Period) -> bool:
    """Whether a figure is of the period, or of the year up to its end. `../…` is not: it may begin anywhere."""
    start, end = bounds(period)
    if start is None or end != wanted.end:
        return False
    return start in (wanted.start, date(wanted.year, 1, 1))


def _told_after(row: FigureView, wanted: Period) -> bool:
    """Whether it was published once the period was over: what is said of a year in October is not the year's result."""
    return row.published is not None and row.published >= wanted.end


def published_rate(books: Books, section: Section) -> Groups:
    """Completion as published by county or city, of the period alone: figures of other periods are not comparable."""
    found: Groups = {}
    rows = FigureView.objects.filter(
        indicator="完成率", status="actual", unit="%", level=0, repeats=False, subject_kind="region"
    ).order_by("recency", "pk")
    for row in rows:
        county = not row.region_code.endswith("00")
        key = row.region_code if (section.group == "county") == county else ""
        if not key or not _same_period(row.period, books.period) or not _told_after(row, books.period):
            continue
        if not books.region or _lies_in(row.region_code, books.region):
            found[key] = Measured(
                row.value, rows=(RowRef("statement", row.pk, f"{row.subject_name}{row.indicator}", row.value),)
            )
    return found


MEASURES: Mapping[str, Callable[[Books, Section], Groups]] = {
    "invest_year": invest_year,
    "invest_period": invest_period,
    "invest_total": invest_total,
    "invest_total_ledger": invest_total_ledger,
    "report_rate": report_rate,
    "start_rate": start_rate,
    "started_new": _new("started"),
    "produced_new": _new("in_production"),
    "problems_late": problems_late,
    "listed_revenue": listed_revenue,
    "chain_revenue": chain_revenue,
    "published_rate": published_rate,
}
"""How each indicator is measured."""
