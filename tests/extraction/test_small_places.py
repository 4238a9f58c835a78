"""Portraits of townships, villages and zones: whom 全镇, 该村, 园区 and sentences without a name are about."""

from __future__ import annotations

import pytest
from tests.extraction.reading_of import figures_in, found_in

TOWN = """一把伞撑开一座镇
——来自崇仁县白露镇的调查

白露镇的晴好伞业有限公司里，工人正在装箱。去年，公司卖出雨伞320万箱。
这个面积61平方公里的小镇，聚集着伞企84家。白露伞卖到了21个国家。
全镇从业人员7200人，前三季度产值6.4亿元。镇里还办起了伞博物馆，该镇计划明年再建厂房3万平方米。
（原载2024年10月30日《临川观察》第2版）
"""
ZONE = """一座园区的十年

宜昌承接产业转移集中示范园区规划面积18平方公里。
园区去年完成产值46亿元，投产企业52家。
今年一季度，全区税收1.9亿元，同比增长7.2%。
"""


def subjects(text: str) -> dict[str, str]:
    """Whom each number is about."""
    return {number: f.subject for number, f in figures_in(text).items()}


def test_a_portrait_of_a_township_is_about_the_township() -> None:
    told = subjects(TOWN)
    assert {told[n] for n in ("61", "84", "21", "7200", "6.4亿", "3万")} == {"白露镇"}
    assert told["320万"] == "晴好伞业有限公司"


def test_a_township_written_with_its_county_is_one_place() -> None:
    told = subjects(
        "江口县云浦镇农民主要种茶。\n2023年，江口县云浦镇茶园面积1.3万亩，排名全县第2。\n全镇茶农4100户。\n"
    )
    assert set(told.values()) == {"云浦镇"}


def test_a_township_and_its_trade_are_no_firm() -> None:
    found = found_in("丰城市三溪镇家纺一年卖出上亿元\n\n三溪镇家纺远销海外。三溪镇新增规上企业12家。\n")
    assert not found.enterprises


def test_a_firm_is_named_without_its_township() -> None:
    assert {e.name for e in found_in("阳曲县柳泉镇晋裕泉酒业的车间里，灌装线已经开动。\n").enterprises} == {
        "晋裕泉酒业"
    }


def test_a_township_only_visited_does_not_take_over_a_text_about_its_county() -> None:
    told = subjects("石门县柑橘丰收\n\n在石门县白云乡，果农正在装车。全县柑橘45万亩。今年，我县出口柑橘3.2万吨。\n")
    assert told["45万"] == told["3.2万"] == "石门县"


def test_our_township_is_none_that_the_text_does_not_name() -> None:
    assert subjects("今年我镇完成工业产值12亿元，同比增长6%。\n")["12亿"] == ""


def test_a_village_that_is_spoken_of_as_one() -> None:
    text = "走进青禾村\n\n青禾村过去靠种粮为生，村民收入不高。如今全村建起大棚310座。该村去年集体收入96万元。\n"
    assert set(subjects(text).values()) == {"青禾村"}


def test_a_zone_whose_name_holds_what_it_does() -> None:
    assert set(subjects(ZONE).values()) == {"宜昌承接产业转移集中示范园区"}


@pytest.mark.parametrize("word", ["园区", "全园"])
def test_a_zone_named_after_two_cities(word: str) -> None:
    told = subjects(
        f"中山（河源）产业转移园近况\n\n到上月，中山（河源）产业转移园落户企业91家。\n\n{word}用工8600人。\n"
    )
    assert set(told.values()) == {"中山（河源）产业转移园"}


def test_kinds_of_towns_and_streets_are_no_places() -> None:
    told = subjects("云浦镇简介\n\n镇村企业36家，其中厂镇协作企业32家。农贸市场8个，达标街道10条。\n")
    assert set(told.values()) == {"云浦镇"}
