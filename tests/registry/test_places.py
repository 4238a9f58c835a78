"""From addresses and credit codes to region codes."""

from __future__ import annotations

import pytest

from liantu.registry import locate, region_of_address
from liantu.resolution.uscc import check_character

NO_COLUMNS = ("", "", "", "")


def code_issued_in(region: str) -> str:
    """A credit code whose registration authority is that of `region`; the firm is made up."""
    body = f"91{region}MA0EXAMPL"
    return body + check_character(body)


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("山西省晋中市寿阳县北大街西399号", "140725"),
        ("芮城县西大街", "140830"),
        ("太原市尖草坪区选煤街4号", "140108"),
        ("太原市小店区亲贤北街88号", "140105"),
        ("大同市鲁南区某路", "140200"),
        ("山西省忻州原平市新原乡", "140981"),
        ("山西省长治县南宋乡", "140404"),  # now 上党区
        ("上海市浦东新区世纪大道1号", "310115"),
    ],
)
def test_names_are_followed_from_the_left(address: str, region: str) -> None:
    assert region_of_address(address) == region


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("太原市迎泽大街229号", "140100"),
        ("太原市大同路12号", "140100"),
        ("晋中市太原路5号", "140700"),
        ("长治路3号", ""),
    ],
)
def test_a_street_named_after_a_place_is_not_the_place(address: str, region: str) -> None:
    assert region_of_address(address) == region


def test_the_city_column_bounds_the_address() -> None:
    # 郊区 alone is no name; the city tells whose.
    assert region_of_address("郊区荫营镇", "140300") == "140311"
    assert locate("城区上站西路", ("山西", "阳泉", "", ""), "") == ("140302", "address")


def test_columns_may_name_a_zone_instead_of_a_county() -> None:
    assert locate("", ("", "晋中市", "和顺县", ""), "") == ("140723", "place")
    assert locate("", ("", "太原市", "没有这个区", ""), "") == ("140100", "place")


def test_the_digits_of_the_code_tell_what_the_address_does_not() -> None:
    assert locate("运城市解放南路56号", NO_COLUMNS, "140802") == ("140802", "code")
    assert locate("", NO_COLUMNS, "140802") == ("140802", "code")


def test_digits_that_contradict_the_address_are_ignored() -> None:
    assert locate("太原市小店区平阳路1号", NO_COLUMNS, "140802") == ("140105", "address")


def test_digits_of_a_district_that_is_no_more_tell_what_took_its_place_or_still_the_city() -> None:
    assert locate("", NO_COLUMNS, "140411") == ("140403", "code")  # 长治市郊区, now part of 潞州区
    assert locate("", NO_COLUMNS, "140211") == ("140200", "code")  # 大同市南郊区, split between two


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("忻州原平楼板寨", "140981"),
        ("运城新绛108国道", "140825"),
        ("大同市城区清远街41号", "140213"),  # now 平城区
        ("太原市古交路3号", "140100"),  # a street named after a county
    ],
)
def test_short_and_former_names_of_counties_stand_behind_their_city(address: str, region: str) -> None:
    assert region_of_address(address) == region


def test_the_firms_own_name_tells_the_county_that_the_address_leaves_open() -> None:
    assert locate("猗氏镇某村", NO_COLUMNS, "", "临猗县示例合作社") == ("140821", "name")
    assert locate("运城市某路", NO_COLUMNS, "", "某某石油有限公司闻喜加油站") == ("140823", "name")
    assert locate("太原市迎泽区某街", NO_COLUMNS, "", "临猗县示例商贸有限公司") == ("140106", "address")


def test_nothing_known_is_nothing_said() -> None:
    assert locate("段柳乡樊村", NO_COLUMNS, "") == ("", "")
