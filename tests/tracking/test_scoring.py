"""Scorecards: each method's points and bounds, totals as ranges, places, texts with mistakes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.tracking.lined import RulesError
from liantu.tracking.scoring import Band, Item, Raw, Scorecard, Source, load_card, methods, score, shipped_cards

MANUAL = Source("manual")
FINITE = st.floats(-1e6, 1e6)


def item(method: str, weight: float = 20.0, **more: object) -> Item:
    return Item("i1", "项", weight, method, MANUAL, **more)  # type: ignore[arg-type]


def card(*items: Item) -> Scorecard:
    total = sum(i.weight for i in items if not i.bonus)
    return Scorecard("c1", "卡", "card", "region", "yearly", None, None, "x", "", total, (), items)


def alone(one: Item, value: float, elapsed: float = 1.0, target: float | None = None) -> float:
    (found,) = score(card(one), ["u"], {"u": {"i1": Raw(value, target=target)}}, elapsed)
    assert found.exact
    return found.low


@pytest.mark.parametrize(
    ("one", "value", "points"),
    [
        (item("completion_ratio", 30, target=12.0), 6, 15),
        (item("completion_ratio", 30, target=12.0), 24, 30),
        (item("completion_ratio", 30, target=12.0, cap=1.2), 24, 36),
        (item("efficacy", floor=60.0, ceiling=100.0), 80, 16),  # (60 + 40 × 0.5) % of 20
        (item("efficacy", floor=60.0, ceiling=100.0), 20, 12),
        (item("efficacy", floor=60.0, ceiling=100.0, base=0.0, span=100.0), 80, 10),
        (item("efficacy", floor=60.0, ceiling=100.0, less_is_better=True), 60, 20),
        (item("step", bands=(Band(0, 0), Band(50, 10), Band(80, 20))), 79.9, 10),
        (item("per_unit_capped", 6, per=2.0), 2, 4),
        (item("per_unit_capped", 6, per=2.0), 9, 6),
        (item("per_unit_capped", 10, per=2.0, above=3.0), 5.9, 4),
        (item("per_unit_capped", 3, per=0.5), 4, 2),
        (item("peer_rating", 15), 90, 13.5),
        (item("manual", 5), 7, 5),
    ],
)
def test_the_points_of_a_method(one: Item, value: float, points: float) -> None:
    assert alone(one, value) == pytest.approx(points)


def test_a_target_is_held_against_the_time_gone_by() -> None:
    one = item("completion_ratio", 30, target=12.0, prorate=True)
    assert alone(one, 3, elapsed=0.5) == pytest.approx(15)
    (early,) = score(card(one), ["u"], {"u": {"i1": Raw(3)}}, 0.0)
    assert early.items[0].reason == "no_target"  # nothing is due yet: nothing can be divided by


MAKERS: dict[str, Callable[[], Item]] = {
    "completion_ratio": lambda: item("completion_ratio", target=50.0),
    "efficacy": lambda: item("efficacy", floor=-10.0, ceiling=70.0),
    "step": lambda: item("step", bands=(Band(-5, 1), Band(0, 10), Band(80, 20))),
    "per_unit_capped": lambda: item("per_unit_capped", per=1.5, each=7.0),
    "peer_rating": lambda: item("peer_rating"),
    "manual": lambda: item("manual"),
}


@given(st.sampled_from(sorted(MAKERS)), FINITE, FINITE)
def test_points_stay_within_the_weight_and_more_is_never_less(method: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    few, many = alone(MAKERS[method](), low), alone(MAKERS[method](), high)
    assert 0 <= few <= many <= 20


@given(FINITE, FINITE, st.floats(0.001, 1e6))
def test_efficacy_turned_round_is_its_mirror(value: float, floor: float, width: float) -> None:
    up = methods.efficacy_points(item("efficacy", base=0.0, span=100.0), value, floor, floor + width)
    down = methods.efficacy_points(
        item("efficacy", base=0.0, span=100.0, less_is_better=True), value, floor, floor + width
    )
    assert up + down == pytest.approx(20)


CARD = card(
    Item("a1", "比", 30, "completion_ratio", MANUAL, target=10.0),
    Item("b1", "名", 20, "rank", MANUAL, places=(20.0, 15.0), rest=5.0),
    Item("c1", "效", 40, "efficacy", MANUAL),
    Item("d1", "档", 10, "step", MANUAL, bands=(Band(0, 4), Band(5, 10))),
)
VALUES = st.one_of(st.none(), st.floats(0, 20))
SHEET = st.lists(st.tuples(VALUES, VALUES, VALUES, VALUES), min_size=1, max_size=5)


def sheet(rows: list[tuple[float | None, ...]]) -> dict[str, dict[str, Raw]]:
    return {
        f"u{n}": {i.id: Raw(v) for i, v in zip(CARD.items, row, strict=True) if v is not None}
        for n, row in enumerate(rows)
    }


@given(SHEET, st.lists(st.floats(0, 20), min_size=20, max_size=20))
def test_a_range_holds_whatever_the_missing_turn_out_to_be(
    rows: list[tuple[float | None, ...]], fill: list[float]
) -> None:
    units = [f"u{n}" for n in range(len(rows))]
    before = score(CARD, units, sheet(rows))
    left = iter(fill)
    full: list[tuple[float | None, ...]] = [tuple(next(left) if v is None else v for v in row) for row in rows]
    for now, then in zip(score(CARD, units, sheet(full)), before, strict=True):
        assert now.exact
        assert then.low - 1e-6 <= now.low <= then.high + 1e-6
        assert then.first <= now.first and now.last <= then.last


def test_no_data_is_never_zero() -> None:
    (one,) = score(CARD, ["u0"], {})
    assert (one.low, one.high, one.missing) == (0, 100, 4)
    assert all(i.raw is None and i.reason == "no_value" for i in one.items)


def test_a_veto_voids_and_an_unknown_one_leaves_it_open() -> None:
    veto = Item("v1", "否", 0, "veto", MANUAL)
    made = card(Item("a1", "评", 100, "manual", MANUAL), veto)
    raws = {"x": {"a1": Raw(90), "v1": Raw(1)}, "y": {"a1": Raw(80), "v1": Raw(0)}, "z": {"a1": Raw(70)}}
    x, y, z = score(made, ["x", "y", "z"], raws)
    assert (x.low, x.high, x.vetoed) == (0, 0, True)
    assert (y.low, y.vetoed, y.first, y.last) == (80, False, 1, 1)
    assert (z.low, z.high, z.vetoed) == (0, 70, None)
    presumed = card(Item("a1", "评", 100, "manual", MANUAL), Item("v1", "否", 0, "veto", MANUAL, presumed_no=True))
    (z,) = score(presumed, ["z"], {"z": {"a1": Raw(70)}})
    assert (z.low, z.high, z.vetoed) == (70, 70, False)


def test_equal_totals_share_a_place() -> None:
    made = card(Item("a1", "评", 100, "manual", MANUAL))
    found = score(made, ["x", "y", "z"], {u: {"a1": Raw(v)} for u, v in (("x", 90), ("y", 90), ("z", 10))})
    assert [(s.first, s.last) for s in found] == [(1, 1), (1, 1), (3, 3)]


TEXT = """id: own_card
name_zh: 本市考核
name_en: Our card
unit_kind: region
cadence: yearly
origin: 市里的办法
total: 100
items:
  - {id: a1, name: 投资, weight: 60, method: efficacy, figure: 完成投资, unit: 元}
  - {id: b1, name: 开工, weight: 40, method: step, bands: [{from: 0, points: 0}, {from: 80, points: 40}]}
"""


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("weight: 60", "weight: 50", "第7行：各项分值合计 90，与 total 100 不符"),
        ("unit: 元", "unit: 亿元", "第9行：没有单位“亿元”"),
        ("method: efficacy", "method: guess", "第9行：“method”没有“guess”"),
        ("id: b1", "id: a1", "第10行：考核项“a1”重复"),
        ("points: 40}", "points: 50}", "第10行：最高一档多于本项分值"),
        ("{from: 80", "{from: -1", "第10行：各档的 from 要依次增大"),
        (", bands: [{from: 0, points: 0}, {from: 80, points: 40}]", "", "第10行：step 要有 bands"),
        ("unit_kind: region", "unit_kind: office", "要用 units 列出"),
        (
            "method: efficacy, figure: 完成投资",
            "method: completion_ratio, figure: 完成投资",
            "第9行：完成比例要有 target",
        ),
    ],
)
def test_a_mistake_is_told_by_its_line(before: str, after: str, told: str) -> None:
    assert load_card(TEXT).items[1].bands[1].points == 40
    with pytest.raises(RulesError) as caught:
        load_card(TEXT.replace(before, after, 1))
    assert told in str(caught.value)


def test_the_shipped_cards_sum_to_what_they_declare() -> None:
    for made, _text in shipped_cards().values():
        weights = [i.weight for i in made.items if not i.bonus and i.method != "veto"]
        assert sum(weights) == made.total == 100 and made.origin
