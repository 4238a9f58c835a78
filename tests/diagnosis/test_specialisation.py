"""区位商与集中度: known answers by hand, ranges for any panel, and what is said when there is no answer."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from liantu.diagnosis import Cell, Panel, PanelError, Result, herfindahl, location_quotient, wilson_interval

counts = st.dictionaries(
    st.tuples(st.sampled_from(["140100", "140700", "140900"]), st.sampled_from(["光伏", "氢能", "煤炭"])),
    st.integers(0, 500),
    min_size=1,
)


def firms(rows: dict[tuple[str, str], int], **more: object) -> Panel:
    """A complete count of firms."""
    options = {"quantity": "firms", "unit": "家", "level": "产业链", "period": "2024", "complete": True} | more
    return Panel.of((Cell(r, s, n) for (r, s), n in rows.items()), **options)  # type: ignore[arg-type]


def two_cities() -> Panel:
    """太原 100 firms, 30 of them in 光伏; 晋中 300 firms, 10 in 光伏."""
    return firms({("140100", "光伏"): 30, ("140100", "煤炭"): 70, ("140700", "光伏"): 10, ("140700", "煤炭"): 290})


def test_a_place_with_three_times_the_share_of_the_reference_has_a_quotient_of_three() -> None:
    found = location_quotient(two_cities(), "140100", "光伏", reference="两市")
    assert found.value == pytest.approx((30 / 100) / (40 / 400)) == pytest.approx(3.0)
    assert (found.n, found.n_of, found.coverage, found.reference, found.level) == (100, "firms", 1.0, "两市", "产业链")


def test_the_interval_holds_the_value_and_is_wilsons() -> None:
    found = location_quotient(two_cities(), "140100", "光伏")
    assert found.interval is not None and found.value is not None
    # p = 0.3, n = 100: Wilson's 95 % interval is 0.2189 … 0.3958; the reference share is 0.1.
    assert found.interval == pytest.approx((2.189, 3.958), abs=1e-3)


def test_a_county_of_one_firm_does_not_lead_every_list() -> None:
    panel = firms({("140926", "光伏"): 1, ("140100", "光伏"): 19, ("140100", "煤炭"): 980})
    plain = location_quotient(panel, "140926", "光伏", minimum_firms=0)
    drawn = location_quotient(panel, "140926", "光伏", minimum_firms=0, pseudo_firms=20)
    assert plain.value == pytest.approx(50)
    assert drawn.value == pytest.approx((1 + 20 * 0.02) / (21 * 0.02))
    assert drawn.value < 4 and drawn.measure == "lq_shrunk" and "k=20" in drawn.convention


def test_one_or_two_firms_are_withheld_but_none_is_told() -> None:
    panel = firms({("140926", "光伏"): 2, ("140926", "煤炭"): 8, ("140100", "氢能"): 5})
    withheld = location_quotient(panel, "140926", "光伏")
    assert (withheld.value, withheld.reason) == (None, "suppressed")
    assert location_quotient(panel, "140926", "氢能").value == 0.0


def test_what_nobody_counted_is_no_data_and_never_zero() -> None:
    panel = firms({("140100", "光伏"): 9, ("140700", "氢能"): 9}, complete=False)
    found = location_quotient(panel, "140100", "氢能")
    assert (found.value, found.reason, found.reason_zh) == (None, "no_data", "没有数据")
    assert location_quotient(panel, "140100", "光伏").coverage == 0.5


def test_empty_rows_and_columns_say_so() -> None:
    panel = firms({("140100", "光伏"): 9}, regions=["140700"], segments=["氢能"])
    assert location_quotient(panel, "140700", "光伏").reason == "empty_row"
    assert location_quotient(panel, "140100", "氢能").reason == "empty_column"


def test_statements_behind_a_number_come_with_it() -> None:
    cells = [Cell("140100", "光伏", 5, statements=("b", "a")), Cell("140700", "光伏", 3, statements=("c",))]
    panel = Panel.of(cells, quantity="firms", unit="家", level="产业链", period="2024")
    assert location_quotient(panel, "140100", "光伏").statements == ("a", "b", "c")


def test_a_cell_twice_is_refused_with_its_place() -> None:
    cells = [Cell("140100", "光伏", 5, where="表一.csv 第2行"), Cell("140100", "光伏", 6, where="表一.csv 第9行")]
    with pytest.raises(PanelError, match=r"表一\.csv 第9行.*第2行"):
        Panel.of(cells, quantity="firms", unit="家", level="产业链", period="2024")


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf"), 2.5])
def test_a_number_of_firms_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(PanelError):
        Panel.of([Cell("140100", "光伏", value)], quantity="firms", unit="家", level="产业链", period="2024")


def test_a_value_without_n_or_coverage_cannot_be_returned() -> None:
    with pytest.raises(ValueError, match="coverage"):
        Result("lq", ("140100",), 1.0, "ratio", "plain", "产业链", "2024", 3, "firms", None)
    with pytest.raises(ValueError, match="reason"):
        Result("lq", ("140100",), None, "ratio", "plain", "产业链", "2024", 3, "firms", 1.0)


def test_concentration_by_hand() -> None:
    panel = firms({("140100", "光伏"): 50, ("140100", "氢能"): 30, ("140100", "煤炭"): 20})
    assert herfindahl(panel, "140100").value == pytest.approx(0.25 + 0.09 + 0.04)
    assert herfindahl(firms({("140100", "光伏"): 7}), "140100").value == 1.0


@given(counts, st.floats(0, 100))
def test_quotients_are_never_negative_and_shrinking_draws_to_one(rows: dict[tuple[str, str], int], k: float) -> None:
    panel = firms(rows)
    for region in panel.regions:
        for segment in panel.segments:
            plain = location_quotient(panel, region, segment, minimum_firms=0)
            drawn = location_quotient(panel, region, segment, minimum_firms=0, pseudo_firms=k)
            if plain.value is None or drawn.value is None:
                assert plain.reason == drawn.reason
                continue
            assert plain.value >= 0
            assert abs(drawn.value - 1) <= abs(plain.value - 1) + 1e-9
            assert plain.interval is not None and plain.interval[0] - 1e-9 <= plain.value <= plain.interval[1] + 1e-9


@given(counts)
def test_the_quotients_of_a_place_weighted_by_the_reference_add_up_to_one(rows: dict[tuple[str, str], int]) -> None:
    panel = firms(rows)
    total = sum(rows.values())
    assume(total)
    for region in panel.regions:
        found = [
            (location_quotient(panel, region, s, minimum_firms=0).value, sum(n for (_, x), n in rows.items() if x == s))
            for s in panel.segments
        ]
        known = [(lq, weight) for lq, weight in found if lq is not None]
        if known:
            assert sum(lq * weight / total for lq, weight in known) == pytest.approx(1.0)


@given(counts)
def test_concentration_lies_between_even_and_all_in_one(rows: dict[tuple[str, str], int]) -> None:
    panel = firms(rows)
    for region in panel.regions:
        found = herfindahl(panel, region)
        if found.value is not None:
            assert 1 / len(panel.segments) - 1e-12 <= found.value <= 1 + 1e-12


@given(st.integers(1, 10_000), st.data())
def test_wilsons_interval_is_a_share_around_the_share(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    low, high = wilson_interval(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
