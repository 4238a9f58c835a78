"""注册资本 in the spellings that lists use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.registry import parse_capital


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("46(万)", 460_000),
        ("45(万元)", 450_000),
        ("71,778(万元人民币)", 717_780_000),
        ("103万人民币元", 1_030_000),
        ("205万人民币", 2_050_000),
        ("16,057.0950(万)", 160_570_950),
        ("0.9万元人民币", 9_000),
        ("2.600000万", 26_000),
        ("2088.88（万元）", 20_888_800),
        ("100(万元(人民币))", 1_000_000),
        ("32( 万人民币元)", 320_000),
        ("1,000,000(人民币元)", 1_000_000),
        ("人民币3亿元", 300_000_000),
        ("５００万元", 5_000_000),
        ("0（万元）", 0),
    ],
)
def test_spellings_of_yuan(written: str, yuan: float) -> None:
    found = parse_capital(written)
    assert found is not None and found.yuan == pytest.approx(yuan)


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("160(万美元)", 1_600_000, "USD"),
        ("35,000(万香港元)", 350_000_000, "HKD"),
        ("600(万元(港币))", 6_000_000, "HKD"),
        ("25(万元美元)", 250_000, "USD"),
        ("5,000(万日元)", 50_000_000, "JPY"),
        ("608(万欧元)", 6_080_000, "EUR"),
    ],
)
def test_other_currencies_keep_their_own_and_are_not_converted(written: str, amount: float, currency: str) -> None:
    found = parse_capital(written)
    assert found is not None
    assert (found.amount, found.currency, found.yuan) == (pytest.approx(amount), currency, None)


@pytest.mark.parametrize("written", ["-", "", "40()", "1,000", "若干万元", "100万吨", "约100万元左右", "1.2.3万"])
def test_what_shows_no_sum_or_no_unit_is_not_guessed(written: str) -> None:
    assert parse_capital(written) is None


def test_a_bare_number_takes_the_unit_of_its_heading() -> None:
    found = parse_capital("18,650", "万元")
    assert found is not None and found.yuan == 186_500_000


@given(st.integers(0, 10**9), st.sampled_from(["{}万元", "{}(万)", "{}（万元人民币）", "人民币{}万元", "{:,}(万元)"]))
def test_any_sum_in_any_spelling(wan: int, spelling: str) -> None:
    found = parse_capital(spelling.format(wan))
    assert found is not None and found.yuan == wan * 10_000
