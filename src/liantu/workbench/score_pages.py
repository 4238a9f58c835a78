"""What pages and files show of scores: points, totals and places in words, a card computed over its units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from liantu.ledger.periods import bounds
from liantu.ledger.work.score_sources import Unit, all_cards, raws_of, units_of
from liantu.tracking.scoring import ItemScore, Raw, Scorecard, UnitScore, score
from liantu.workbench import labels
from liantu.workbench.formatting import number, quantity


@dataclass(frozen=True, slots=True)
class Computed:
    """A card over its units and a period."""

    card: Scorecard
    text: str
    period: str
    region: str
    units: list[Unit]
    raws: dict[str, dict[str, Raw]]
    scores: list[UnitScore]

    @property
    def lines(self) -> list[tuple[Unit, UnitScore]]:
        """The units in order of what they can have at most; the order is that of the page, places say what is certain."""
        names = {unit.key: unit for unit in self.units}
        order = sorted(self.scores, key=lambda s: (s.first, s.last, -s.high, names[s.unit].name))
        return [(names[s.unit], s) for s in order]


def computed(key: str, region: str, period: str, today: date) -> Computed:
    """A card computed now. Raises KeyError for an unknown card, ValueError for a period that cannot be read."""
    card, text = all_cards()[key]
    units = units_of(card, region)
    raws = raws_of(card, units, period)
    return Computed(
        card, text, period, region, units, raws, score(card, [u.key for u in units], raws, elapsed(period, today))
    )


def elapsed(period: str, today: date) -> float:
    """The part of a period that has gone by."""
    start, end = bounds(period)
    if start is None or end is None or today >= end:
        return 1.0
    return max(0.0, (today - start).days / max(1, (end - start).days))


def usual_period(card: Scorecard, today: date) -> str:
    """The last period that is over."""
    if card.cadence == "quarterly":
        year, quarter = (today.year - 1, 4) if today.month <= 3 else (today.year, (today.month - 1) // 3)
        return quarter_of(year, quarter)
    if card.cadence == "monthly":
        return f"{today.year - 1}-12" if today.month == 1 else f"{today.year}-{today.month - 1:02d}"
    if card.cadence == "half_yearly":
        return f"{today.year - 1}-07/{today.year - 1}-12" if today.month <= 6 else f"{today.year}-01/{today.year}-06"
    return str(today.year - 1)


def quarter_of(year: int, quarter: int) -> str:
    """The months of a quarter as the ledger writes them."""
    return f"{year}-{3 * quarter - 2:02d}/{year}-{3 * quarter:02d}"


def periods_of(card: Scorecard, today: date) -> list[str]:
    """The periods that a card may be computed for: those of its cadence in the last four years, newest first."""
    found = []
    for year in range(today.year, today.year - 4, -1):
        if card.cadence == "quarterly":
            found += [quarter_of(year, quarter) for quarter in (4, 3, 2, 1)]
        elif card.cadence == "monthly":
            found += [f"{year}-{month:02d}" for month in range(12, 0, -1)]
        elif card.cadence == "half_yearly":
            found += [f"{year}-07/{year}-12", f"{year}-01/{year}-06"]
        else:
            found.append(str(year))
    return [p for p in found if (bounds(p)[0] or date.max) <= today]


def range_words(low: float, high: float) -> str:
    """76.5, or 60–90 where data are missing."""
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def place_words(one: UnitScore) -> str:
    """The place, or the places it can have; nothing for the only unit."""
    return str(one.first) if one.first == one.last else f"{one.first}–{one.last}"


def raw_words(item: ItemScore) -> str:
    """The raw value with its unit, and its target where it has one."""
    if item.raw is None:
        return "—"
    words = quantity(item.raw.value, item.raw.unit)
    return f"{words} / {quantity(item.raw.target, item.raw.unit)}" if item.raw.target is not None else words


def reason_words(item: ItemScore) -> str:
    """Why an item has no points."""
    return labels.word(labels.SCORE_REASON, item.reason)


def total_words(one: UnitScore) -> str:
    """The total; a veto is said."""
    if one.vetoed:
        return _("一票否决")
    return range_words(one.low, one.high)


def detail_rows(one: UnitScore, sentences: dict[str, Any]) -> list[list[str]]:
    """A unit's items for a document: item, weight, raw value, formula, points, evidence."""
    found = []
    for item in one.items:
        said = "；".join(
            sentences[pk].statement.sentence for pk in (item.raw.statements if item.raw else ()) if pk in sentences
        )
        basis = said or (item.raw.basis if item.raw else "")
        points = range_words(item.low, item.high) if item.item.method != "veto" else ""
        shown = item.formula or reason_words(item)
        found.append([item.item.name, number(item.item.weight), raw_words(item), shown, points, basis])
    return found


def detail_heads() -> Sequence[str]:
    """Headings of `detail_rows`."""
    return (_("考核项"), _("分值"), _("数值"), _("算式"), _("得分"), _("依据"))
