"""Certified towns rediscovered: the measure on made-up counties, and the real registry where it is at hand."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.registry.test_loading import HEADER, code

from liantu.registry import load_lists, open_atlas
from liantu.registry.rediscovery import LEAST_FIRMS, certified_towns, rediscover, score_counties, trade_words
from liantu.vocabulary.towns import find_town

DATA = Path(os.environ.get("LIANTU_DATA", Path(__file__).parents[3] / "shared" / "data"))


def test_one_firm_in_a_small_county_is_no_speciality() -> None:
    everyone = Counter({"大县": 1000, "小县": 5})
    makers = [("大县", 1.0)] * 40 + [("小县", 1.0)] * (LEAST_FIRMS - 1)
    assert [score.region_code for score in score_counties(makers, everyone)] == ["大县"]


def test_the_quotient_is_that_of_the_formula() -> None:
    [first, second] = score_counties([("甲", 2.0)] * 3 + [("乙", 1.0)] * 4, Counter({"甲": 10, "乙": 90}))
    prior = 4 * 10 / 7
    assert first.region_code == "甲" and first.quotient == pytest.approx((6 + prior) / (10 * 0.1 + prior))
    assert second.quotient == pytest.approx((4 + prior) / (10 * 0.9 + prior)) and second.share == pytest.approx(0.4)


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.floats(1, 100)), max_size=40))
def test_one_more_maker_never_lowers_its_county(makers: list[tuple[str, float]]) -> None:
    everyone = Counter({"甲": 50, "乙": 60, "丙": 70})
    more = [*makers, ("甲", 10.0)]
    before = {s.region_code: s.firms for s in score_counties(makers, everyone)}
    after = {s.region_code: s.firms for s in score_counties(more, everyone)}
    assert after.get("甲", 0) >= before.get("甲", 0)
    assert all(s.quotient > 0 and 0 <= s.share <= 1 for s in score_counties(more, everyone))


def test_a_town_whose_makers_are_there_comes_first_and_shops_do_not_count(tmp_path: Path) -> None:
    rows = [f"定襄县示例{n}法兰厂,{code(n)},2011-05-07,500,法兰、锻件加工,定襄县晋昌镇" for n in range(5)]
    rows += [f"太原示例{n}商贸有限公司,{code(n, '140105')},2011-05-07,500,法兰销售,太原市小店区" for n in range(10, 40)]
    path = tmp_path / "名单.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    load_lists([path], tmp_path / "库")
    town = find_town("定襄法兰")
    assert town is not None
    with open_atlas(tmp_path / "库") as atlas:
        [found] = rediscover(atlas, [town])
    assert (found.rank, found.makers) == (1, 5)
    assert [c.region_code for c in found.counties] == ["140921"]


def test_every_certified_town_has_words_of_its_trade() -> None:
    assert len(certified_towns()) >= 9
    assert {town.trade for town in certified_towns()} <= set(trade_words())


@pytest.mark.slow
def test_most_certified_towns_come_out_of_the_real_registry(tmp_path: Path) -> None:
    file = DATA / "registry" / "shanxi.parquet"
    if not file.is_file():
        pytest.skip(f"no registry at {file}; set LIANTU_DATA to the folder of real data")
    load_lists([file], tmp_path / "库")
    with open_atlas(tmp_path / "库") as atlas:
        found = rediscover(atlas)
    first = [one.town.name for one in found if one.rank == 1]
    assert len(first) >= 11, [(one.town.name, one.rank) for one in found]
    assert all(one.rank is not None and one.rank <= 5 for one in found)
