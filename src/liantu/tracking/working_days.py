"""Which days offices work: weekends, public holidays, and the weekends worked in exchange for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from liantu.vocabulary.tables import Table, parse_table, read_table

DayKind = Literal["off", "work"]
COLUMNS = ("first", "last", "kind", "name_zh", "source")
_DAY = timedelta(days=1)
OFFICE_TIME: tzinfo = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that a notice makes free (`off`) or working (`work`), first and last included."""

    first: date
    last: date
    kind: DayKind
    name: str
    source: str


class WorkingCalendar:
    """Working days by the stretches of notices; where none is known, Monday to Friday.

    Of two stretches that speak of one day the later given holds, so that an office's own rows follow the shipped ones.
    """

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self._kinds: dict[date, Stretch] = {}
        for stretch in stretches:
            for day in days(stretch.first, stretch.last):
                self._kinds[day] = stretch
        self.years: frozenset[int] = frozenset(day.year for day in self._kinds)
        """Years that some notice speaks of. In any other, public holidays are not known."""

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        told = self._kinds.get(day)
        return told.kind == "work" if told is not None else day.weekday() < 5

    def told(self, day: date) -> Stretch | None:
        """The stretch that a notice tells for `day`, if any."""
        return self._kinds.get(day)

    def knows(self, day: date) -> bool:
        """Whether the holidays of the year are known."""
        return day.year in self.years

    def on_or_before(self, day: date) -> date:
        """The last working day up to `day`."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The first working day from `day` on."""
        while not self.is_working(day):
            day += _DAY
        return day

    def shifted(self, day: date, working_days: int) -> date:
        """The nth working day after `day` (before it when negative); `day` itself when 0, working or not."""
        step = _DAY if working_days > 0 else -_DAY
        for _ in range(abs(working_days)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def between(self, earlier: date, later: date) -> int:
        """Working days after `earlier` up to and with `later`; 0 when `later` is not later."""
        return sum(1 for day in days(earlier + _DAY, later) if self.is_working(day))


def days(first: date, last: date) -> Iterator[date]:
    """All days from `first` to `last`; none when `last` is earlier."""
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)


def stretches_of(table: Table) -> tuple[Stretch, ...]:
    """The stretches of a table. Raises VocabularyError for days that are none, or that end before they begin."""
    table.require_known("kind", ("off", "work"))
    found = []
    for line, r in table.rows:
        try:
            first, last = date.fromisoformat(r["first"]), date.fromisoformat(r["last"])
        except ValueError:
            raise table.error(line, "日期请写作 2026-01-01", "write days as 2026-01-01") from None
        if last < first:
            raise table.error(line, "末日早于首日", "the last day is before the first")
        kind: DayKind = "work" if r["kind"] == "work" else "off"
        found.append(Stretch(first, last, kind, r["name_zh"], r["source"]))
    return tuple(found)


def parse_stretches(file: str, text: str) -> tuple[Stretch, ...]:
    """The stretches of a CSV text with the columns of `data/holidays.csv`."""
    return stretches_of(parse_table(file, text, COLUMNS))


@cache
def public_holidays() -> tuple[Stretch, ...]:
    """The holidays that the State Council's yearly notices give, for the years shipped."""
    return stretches_of(read_table("holidays.csv", COLUMNS, package=__package__))


@cache
def shipped_calendar() -> WorkingCalendar:
    """The calendar of the notices shipped."""
    return WorkingCalendar(public_holidays())


def office_day(moment: datetime) -> date:
    """The day that it is in Chinese offices at a moment. Raises ValueError for a moment without time zone."""
    if moment.tzinfo is None:
        raise ValueError("时间没有时区 / the moment has no time zone")
    return moment.astimezone(OFFICE_TIME).date()
