"""Which segment next: the back-test on the real employment panel, the parts by hand, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.diagnosis.worlds import matrix_of, nested

from liantu.diagnosis import PanelError
from liantu.diagnosis.activation import (
    Series,
    auc,
    average_precision,
    back_test,
    calibration_slope,
    rank_segments,
    read_series,
    reasons_zh,
    series_of,
    train,
)
from liantu.diagnosis.activation.logistic import fit

DATA = Path(os.environ.get("LIANTU_DATA", Path(__file__).parents[3] / "shared" / "data")) / "panels"


def drifting(regions: int = 34, segments: int = 25, years: int = 9, seed: int = 1) -> Series:
    """A made panel in which a place's share in a segment drifts, so that today's level tells much of tomorrow's."""
    rng = np.random.default_rng(seed)
    x = np.log(nested(regions, segments, seed) + 0.5)
    found = {}
    for year in range(2010, 2010 + years):
        x = x + rng.normal(0, 0.25, x.shape)
        found[year] = matrix_of(np.exp(x))
    return series_of(found)


def test_auc_by_hand() -> None:
    y = np.array([True, False, True, False])
    assert auc(np.array([4.0, 3, 2, 1]), y) == 0.75 and auc(np.ones(4), y) == 0.5
    assert np.isnan(auc(np.ones(2), np.array([True, True])))
    assert average_precision(np.array([4.0, 3, 2, 1]), y) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(np.ones(4), y) == 0.5, "without an order the base rate is all there is"


@given(st.integers(0, 99))
def test_auc_is_the_share_of_pairs_in_the_right_order(seed: int) -> None:
    rng = np.random.default_rng(seed)
    score, y = rng.integers(0, 6, 30).astype(float), rng.random(30) < 0.4
    if 0 < y.sum() < 30:
        wins = score[y][:, None] - score[~y][None, :]
        assert auc(score, y) == pytest.approx((wins > 0).mean() + 0.5 * (wins == 0).mean())
        assert auc(-score, y) == pytest.approx(1 - auc(score, y))


def test_the_regression_finds_what_made_the_data() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(20_000, 2)) * [1.0, 5.0] + [2.0, -1.0]
    y = rng.random(20_000) < 1 / (1 + np.exp(-(0.5 + 1.5 * x[:, 0] - 0.4 * x[:, 1])))
    found = fit(x, y, np.arange(20_000) % 31.0, ridges=(1.0,))
    assert found.weights / found.scale == pytest.approx([1.5, -0.4], abs=0.08)
    assert calibration_slope(found.score(x), y) == pytest.approx(1, abs=0.02)
    assert calibration_slope(3 * found.score(x), y) == pytest.approx(1 / 3, abs=0.02), "too sure by three"
    assert found.parts(x).sum(1) + found.intercept == pytest.approx(found.score(x))
    with pytest.raises(ValueError, match="无从学习"):
        fit(x, np.zeros(20_000, dtype=bool), np.zeros(20_000))


def test_a_ranking_carries_its_reasons_and_the_naive_bars() -> None:
    series = drifting()
    found = rank_segments(series, "R0004")
    chances = [c.probability.value for c in found.candidates]
    assert chances == sorted(chances, reverse=True) and all(0 < (p or 0) < 1 for p in chances)
    best = found.candidates[0]
    assert best.probability.n == 34 and best.probability.coverage == 1.0 and best.check_fairness
    assert set(best.naive) == {"rca", "density", "density_continuous", "ubiquity"}
    assert sorted(c.naive["rca"][1] for c in found.candidates) == list(range(1, len(found.candidates) + 1))
    assert {*found.held, *(c.segment for c in found.candidates), *found.not_judged} == set(series.segments)
    assert "（" in reasons_zh(best) and len(best.reasons) == 9


def test_the_future_is_not_used_to_learn() -> None:
    series = drifting()
    changed = dict(series.years)
    changed[2018] = matrix_of(np.random.default_rng(9).lognormal(size=(34, 25)))
    other = Series(changed, series.steadiness)
    assert (train(series, 2015).weights == train(other, 2015).weights).all()
    assert train(series, 2015).ridge in (1.0, 3.0, 10.0, 30.0, 100.0)
    origins = back_test(series, 3)
    assert all(a + 2 <= o.year for o in origins for a in o.trained_on)
    with pytest.raises(ValueError, match="2013年以前"):
        train(series, 2013)


def test_two_runs_agree() -> None:
    assert back_test(drifting(), 3) == back_test(drifting(), 3)


def test_segments_without_data_are_not_judged() -> None:
    years = {y: m.values.copy() for y, m in drifting().years.items()}
    for values in years.values():
        values[:, 7] = 0.0
    found = rank_segments(series_of({y: matrix_of(v) for y, v in years.items()}), "R0004")
    assert found.not_judged == ("S0007",)


def test_too_few_regions_are_not_ranked() -> None:
    with pytest.raises(ValueError, match="不足30个"):
        rank_segments(drifting(regions=12), "R0004")


class TestSeries:
    def test_slipped_columns_are_found_by_region_and_year(self) -> None:
        years = {y: m.values.copy() for y, m in drifting().years.items()}
        years[2014][5] = np.roll(years[2014][5], 9)
        with pytest.raises(PanelError, match=r"R0005 2013→2014年.*列错位"):
            series_of({y: matrix_of(v) for y, v in years.items()})

    def test_a_row_of_zeros_and_another_list_are_refused(self) -> None:
        years = {y: m.values.copy() for y, m in drifting().years.items()}
        years[2012][3] = 0.0
        with pytest.raises(PanelError, match=r"2012年 R0003.*整行为零"):
            series_of({y: matrix_of(v) for y, v in years.items()})
        with pytest.raises(PanelError, match=r"2011年.*与首年不同"):
            series_of({2010: matrix_of(nested(5, 6, 1) + 1), 2011: matrix_of(nested(5, 7, 1) + 1)})

    def test_a_file_with_an_unknown_number_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "panel.csv"
        path.write_text("province,year,煤炭,钢铁\n山西,2010,5,6\n山西,2011,约七,6\n", encoding="utf-8")
        with pytest.raises(PanelError, match=r"第3行 煤炭.*约七"):
            read_series(path)


@pytest.fixture(scope="module")
def employment() -> Series:
    path = DATA / "province_industry_employment.csv"
    if not path.exists():
        pytest.skip(f"no real data at {DATA}; set LIANTU_DATA")
    return read_series(path, unit="人", level="大类")


class TestEmployment:
    """Goal G8, on 31 provinces and 38 industries, 2005–2016."""

    def test_the_panel_is_steady(self, employment: Series) -> None:
        assert (len(employment.regions), len(employment.segments), len(employment.years)) == (31, 38, 12)
        assert min(employment.steadiness.values()) > 0.6

    def test_better_than_the_naive_bar_at_every_origin(self, employment: Series) -> None:
        origins = back_test(employment)
        assert [o.year for o in origins] == [2010, 2011]
        for origin in origins:
            assert origin.naive[0].name == "rca" and origin.naive[0].auc == pytest.approx(0.762, abs=0.005)
            assert origin.gain >= 0.02
            assert origin.model.p_at_5 >= 0.29
            assert 0.8 <= origin.slope <= 1.2
            assert origin.naive[1].auc < origin.naive[0].auc, "density alone loses to the level"
            assert 0.02 < origin.noise < 0.04

    def test_shanxi_next(self, employment: Series) -> None:
        found = rank_segments(employment, "山西")
        assert "煤炭开采和洗选业" in found.held and found.year == 2016
        assert len(found.candidates) > 20
