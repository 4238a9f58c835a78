"""A card over its units: points with the formula filled in, no data where there is none, totals as ranges.

Nothing that is missing counts as zero. A total is what it can be at least and at most; places are told as far as they are
certain, and two units whose ranges overlap are not ranked against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from . import methods
from .card import Item, Scorecard

Reason = Literal["", "no_value", "no_target", "peers_missing"]


@dataclass(frozen=True, slots=True)
class Raw:
    """What is known for one item of one unit. `target` where the item is a ratio; `statements` and `basis` say from where, `secrecy`
    how confidential that is."""

    value: float
    unit: str = ""
    target: float | None = None
    statements: tuple[str, ...] = ()
    basis: str = ""
    secrecy: int = 0


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item of one unit. `low` and `high` are equal when the points are known; `formula` has the numbers put in."""

    item: Item
    raw: Raw | None
    low: float
    high: float
    formula: str
    reason: Reason = ""

    @property
    def known(self) -> bool:
        return not self.reason


@dataclass(frozen=True, slots=True)
class UnitScore:
    """One unit. `vetoed` is None when nobody knows; `first` and `last` are the places it can have."""

    unit: str
    items: tuple[ItemScore, ...]
    low: float
    high: float
    vetoed: bool | None
    missing: int
    first: int = 1
    last: int = 1

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(slots=True)
class _Field:
    """The raw values of one item over all units."""

    item: Item
    raws: dict[str, Raw]
    units: Sequence[str]
    values: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.values = {unit: raw.value for unit, raw in self.raws.items()}

    @property
    def whole(self) -> bool:
        return len(self.values) == len(self.units)


def score(
    card: Scorecard, units: Sequence[str], raws: Mapping[str, Mapping[str, Raw]], elapsed: float = 1.0
) -> list[UnitScore]:
    """Score every unit.

    Args:
        raws: by unit and item id; what is missing is missing.
        elapsed: the part of the period gone by, 0 to 1, for items that are held against the time-proportional target.
    """
    fields = {i.id: _Field(i, {u: raws[u][i.id] for u in units if i.id in raws.get(u, {})}, units) for i in card.items}
    scored = [_unit(unit, [_item(fields[item.id], unit, elapsed) for item in card.items]) for unit in units]
    return [_placed(one, scored) for one in scored]


def _unit(unit: str, items: Sequence[ItemScore]) -> UnitScore:
    low, high = sum(i.low for i in items), sum(i.high for i in items)
    vetoes = [i for i in items if i.item.method == "veto"]
    vetoed: bool | None = False
    if any(i.raw is not None and i.raw.value > 0 for i in vetoes):
        vetoed, low, high = True, 0.0, 0.0
    elif any(not i.known for i in vetoes):
        vetoed, low = None, 0.0
    return UnitScore(unit, tuple(items), round(low, 6), round(high, 6), vetoed, sum(not i.known for i in items))


def _placed(one: UnitScore, scored: Sequence[UnitScore]) -> UnitScore:
    others = [other for other in scored if other is not one]
    above = sum(other.low > one.high for other in others)
    perhaps = sum(other.high > one.low for other in others)
    return UnitScore(one.unit, one.items, one.low, one.high, one.vetoed, one.missing, above + 1, perhaps + 1)


def _item(of: _Field, unit: str, elapsed: float) -> ItemScore:
    item, raw = of.item, of.raws.get(unit)
    if raw is None:
        presumed = item.method == "veto" and item.presumed_no
        return ItemScore(item, None, 0.0, _most(item), "", "" if presumed else "no_value")
    if item.method == "rank":
        return _rank(of, unit, raw)
    if item.method == "efficacy" and (item.floor is None or item.ceiling is None) and not of.whole:
        return ItemScore(item, raw, *_efficacy_range(item), "", "peers_missing")
    made = _SCORED[item.method](of, raw, elapsed)
    if made is None:
        return ItemScore(item, raw, 0.0, _most(item), "", "no_target")
    points, formula = made
    return ItemScore(item, raw, points, points, f"{formula} = {_n(points)}")


def _most(item: Item) -> float:
    """The most that an item can give."""
    if item.method == "completion_ratio":
        return item.weight * item.cap
    if item.method == "step":
        return max((band.points for band in item.bands), default=0.0)
    if item.method == "rank":
        return max((*item.places, item.rest))
    return 0.0 if item.method == "veto" else item.weight


def _efficacy_range(item: Item) -> tuple[float, float]:
    whole = item.base + item.span
    return (item.weight * item.base / whole if whole else 0.0), item.weight


def _completion(of: _Field, raw: Raw, elapsed: float) -> tuple[float, str] | None:
    item = of.item
    target = item.target if item.target is not None else raw.target
    due = None if target is None else target * elapsed if item.prorate else target
    if due is None or due <= 0:
        return None
    limit = f", ≤ {_n(item.weight * item.cap)}"
    return methods.completion_points(item, raw.value, due), f"{_n(raw.value)} ÷ {_n(due)} × {_n(item.weight)}{limit}"


def _efficacy(of: _Field, raw: Raw, _elapsed: float) -> tuple[float, str] | None:
    item = of.item
    floor = item.floor if item.floor is not None else min(of.values.values())
    ceiling = item.ceiling if item.ceiling is not None else max(of.values.values())
    points = methods.efficacy_points(item, raw.value, floor, ceiling)
    top, bottom = f"{_n(raw.value)} − {_n(floor)}", f"{_n(ceiling)} − {_n(floor)}"
    if item.less_is_better:
        top = f"{_n(ceiling)} − {_n(raw.value)}"
    whole = item.base + item.span
    return points, f"({_n(item.base)} + {_n(item.span)} × ({top}) ÷ ({bottom})) ÷ {_n(whole)} × {_n(item.weight)}"


def _step(of: _Field, raw: Raw, _elapsed: float) -> tuple[float, str] | None:
    points = methods.step_points(of.item.bands, raw.value)
    start = max((b.start for b in of.item.bands if raw.value >= b.start), default=None)
    return (
        points,
        f"{_n(raw.value)} ≥ {_n(start)}" if start is not None else f"{_n(raw.value)} < {_n(of.item.bands[0].start)}",
    )


def _per_unit(of: _Field, raw: Raw, _elapsed: float) -> tuple[float, str] | None:
    item = of.item
    above = f"({_n(raw.value)} − {_n(item.above)})" if item.above else _n(raw.value)
    each = f" ÷ {_n(item.each)}" if item.each != 1 else ""
    return methods.unit_points(item, raw.value), f"{above}{each} × {_n(item.per)}, ≤ {_n(item.weight)}"


def _rating(of: _Field, raw: Raw, _elapsed: float) -> tuple[float, str] | None:
    return methods.rating_points(of.item, raw.value), f"{_n(raw.value)} ÷ 100 × {_n(of.item.weight)}"


def _manual(of: _Field, raw: Raw, _elapsed: float) -> tuple[float, str] | None:
    return min(of.item.weight, max(0.0, raw.value)), f"{_n(raw.value)}, ≤ {_n(of.item.weight)}"


def _veto(of: _Field, raw: Raw, _elapsed: float) -> tuple[float, str] | None:
    return 0.0, f"{_n(raw.value)}"


_SCORED: dict[str, Callable[[_Field, Raw, float], tuple[float, str] | None]] = {
    "completion_ratio": _completion,
    "efficacy": _efficacy,
    "step": _step,
    "per_unit_capped": _per_unit,
    "peer_rating": _rating,
    "manual": _manual,
    "veto": _veto,
}


def _rank(of: _Field, unit: str, raw: Raw) -> ItemScore:
    """Points of the place among all units; where some are missing, of the places it can have."""
    sign = -1 if of.item.less_is_better else 1
    better = sum(sign * value > sign * raw.value for value in of.values.values())
    absent = len(of.units) - len(of.values)
    points = [methods.rank_points(of.item, place) for place in range(better + 1, better + absent + 2)]
    formula = f"#{better + 1}" if not absent else f"#{better + 1}–{better + absent + 1}"
    if min(points) != max(points):
        return ItemScore(of.item, raw, min(points), max(points), formula, "peers_missing")
    return ItemScore(of.item, raw, points[0], points[0], f"{formula} = {_n(points[0])}")


def _n(value: float | None) -> str:
    if value is None:
        return "—"
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return text if text not in ("", "-0") else "0"
