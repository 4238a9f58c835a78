"""Where a thing lies, as far as its name tells."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.making import document, figure, findings

from liantu.ledger.periods import bounds, comparable, may_be_one
from liantu.ledger.places import document_region, place_of_code, place_of_enterprise, place_of_name
from liantu.ledger.publishers import grade_of, publisher_key


@pytest.mark.parametrize(
    ("name", "region", "city"),
    [
        ("晋中市", "140700", "140700"),
        ("寿阳县", "140725", "140700"),
        ("太原市杏花岭区", "140107", "140100"),
        ("太原中北高新区", "140108", "140100"),
        ("山西综改示范区", "140000", ""),
        ("山西省", "140000", ""),
        ("某个地方", "", ""),
    ],
)
def test_places_from_names(name: str, region: str, city: str) -> None:
    place = place_of_name(name)
    assert (place.region_code, place.city_code) == (region, city)


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("一道新能源科技（忻州）有限公司", "140900"),
        ("宇泽半导体(云南)有限公司", "530000"),
        ("和顺玉晶", "140723"),
        ("泰山玻纤", ""),
        ("吉利集团", ""),
    ],
)
def test_a_short_name_in_front_counts_at_home_only(name: str, region: str) -> None:
    assert place_of_enterprise(name, "140000").region_code == region


def test_a_group_within_one_city_lies_in_it() -> None:
    assert place_of_code("G:lishi-liulin-zhongyang-fangshan").city_code == "141100"
    assert place_of_code("999999").region_code == ""


def test_a_document_is_about_the_region_of_most_of_its_figures() -> None:
    text = "5、6、7"
    made = document(text, name="工作通报")
    rows = [figure(text, "5", 5, "个", "项目", "晋中市"), figure(text, "6", 6, "个", "项目", "晋中市")]
    assert document_region(findings(made, [*rows, figure(text, "7", 7, "个", "项目", "忻州市")])) == "140700"
    assert document_region(findings(document(text, name="忻州市工作通报"), rows)) == "140700"
    assert document_region(findings(document(text, name="忻州市工作通报"))) == "140900"


@pytest.mark.parametrize(
    ("period", "first", "last", "same"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("2024-01/2024-12", date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        ("../2024-10", None, date(2024, 10, 31), "..2024-10"),
        ("../2024-10-05", None, date(2024, 10, 5), "..2024-10"),
        ("2021/2025", date(2021, 1, 1), date(2025, 12, 31), "2021/2025"),
        ("2024-13", None, None, "2024-13"),
        (None, None, None, ""),
    ],
)
def test_periods(period: str | None, first: date | None, last: date | None, same: str) -> None:
    assert bounds(period) == (first, last)
    assert comparable(period) == same


def test_a_cumulative_figure_and_one_of_the_year_may_end_together() -> None:
    assert may_be_one("..2024-12", "2024") and may_be_one("", "2024") and not may_be_one("2023", "2024")


@given(st.text(max_size=20))
def test_no_period_stops_the_ledger(text: str) -> None:
    first, last = bounds(text)
    assert comparable(text) is not None and (first is None or last is None or isinstance(first, date))


@pytest.mark.parametrize(
    ("publisher", "key", "grade"),
    [
        ("晋中日报社", "晋中日报", "b"),
        ("晋中日报客户端", "晋中日报", "b"),
        ("山西省人民政府", "山西省人民政府", "a"),
        ("忻州市工业和信息化局", "忻州市工业和信息化局", "a"),
        ("某某产业观察", "某某产业观察", "c"),
        ("", "", "d"),
    ],
)
def test_publishers_have_one_spelling_and_a_grade(publisher: str, key: str, grade: str) -> None:
    assert (publisher_key(publisher), grade_of(publisher)) == (key, grade)
