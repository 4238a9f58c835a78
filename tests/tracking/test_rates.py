"""Rates with numerator, denominator and definition: the worked examples, and what is flagged."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.tracking import (
    StageEvent,
    change_of_share,
    cohort_rate,
    definitions,
    points_between,
    progress,
    rate,
)


def test_start_and_production_rates_of_taiyuan_2021() -> None:
    started = rate("start_rate_signed", 40, 68, published="58.82")
    producing = rate("production_rate_started", 17, 57, published="29.82")
    assert (started.shown, producing.shown) == ("58.82%", "29.82%")
    assert started.flags == producing.flags == ()
    assert (started.numerator, started.denominator) == (40, 68)


def test_two_rates_of_one_report_have_two_bases_and_are_not_compared() -> None:
    with pytest.raises(ValueError, match="口径不同"):
        points_between(rate("start_rate_signed", 40, 68), rate("production_rate_started", 17, 57))


def test_a_published_rate_that_rounding_explains_is_shown_beside_ours() -> None:
    found = rate("target_rate_output", "301.7", "418.12", published="72.17")
    assert found.shown == "72.16%（公布 72.17%）"
    assert found.flags == ("rounding_difference",)


def test_the_match_shows_that_the_rate_is_of_output_and_not_of_projects() -> None:
    other = rate("target_rate_count", 12, 17, published="72.17")
    assert set(other.flags) == {"definition_unconfirmed", "differs_from_published"}


def test_completion_above_one_hundred_is_kept_and_flagged() -> None:
    found = rate("invest_completion_total", "22600", "22000")
    assert found.value is not None and found.value > 100 and found.flags == ("over_100",)


def test_nothing_to_divide_by_gives_no_number() -> None:
    found = rate("start_rate_all", 0, 0)
    assert (found.value, found.shown) == (None, "—")


def test_points_are_not_percent() -> None:
    points, relative = change_of_share("11.3", "22.3")
    assert points == Decimal("11.0") and relative is not None and round(relative) == 97
    assert change_of_share(0, 5) == (5, None)


def test_cohort_rates_count_what_was_reached_or_implied() -> None:
    cohort = [
        progress([StageEvent("signed", None), StageEvent("started", None)]),
        progress([StageEvent("signed", None), StageEvent("in_production", None)]),
        progress([StageEvent("signed", None)]),
    ]
    found = cohort_rate("start_rate_signed", cohort, "started")
    assert (found.numerator, found.denominator, found.shown) == (2, 3, "66.67%")
    with pytest.raises(ValueError, match="does not count projects"):
        cohort_rate("payment_rate", cohort, "started")


@pytest.mark.parametrize(("top", "bottom"), [(-1, 5), (1.5, 5), ("很多", 5), ("NaN", 5)])
def test_counts_that_are_none_are_refused(top: object, bottom: object) -> None:
    with pytest.raises(ValueError):
        rate("start_rate_all", top, bottom)  # type: ignore[arg-type]


def test_every_definition_says_where_it_comes_from_and_how_sure_it_is() -> None:
    assert len(definitions()) == 14
    unsure = {d.id for d in definitions().values() if d.state != "entered"}
    assert unsure == {
        "target_rate_count", "funds_rate_contract", "local_content_value", "local_content_count", "collab_supply_rate",
    }  # fmt: skip


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_the_value_lies_within_what_the_printed_numbers_can_mean(top: int, bottom: int) -> None:
    for definition in ("start_rate_all", "payment_rate"):
        found = rate(definition, top, bottom)
        assert found.low is not None and found.high is not None and found.value is not None
        assert found.low <= found.value <= found.high
        assert ("over_100" in found.flags) == (top > bottom)


@given(st.decimals(0, 10_000, places=1), st.decimals(1, 10_000, places=2))
def test_a_rate_published_from_the_unrounded_numbers_never_looks_wrong(top: Decimal, bottom: Decimal) -> None:
    # The office divides what it knows exactly and prints one and two decimals: our check must allow for that.
    exact = (100 * (top + Decimal("0.04")) / (bottom + Decimal("0.004"))).quantize(Decimal("0.01"))
    assert "differs_from_published" not in rate("payment_rate", top, bottom, published=exact).flags
