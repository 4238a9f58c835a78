"""Zones: one zone however its name is shortened, and no zone out of a bare ending."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.vocabulary import find_zone, parse_zone, zone_aliases, zones

ALL = zones()
DATA_FOLDER = Path(os.environ.get("LIANTU_DATA", Path(__file__).parents[3] / "shared" / "data"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("山西综改示范区", "山西转型综合改革示范区"),
        ("山西转型综改示范区", "山西转型综合改革示范区"),
        ("综改示范区", "山西转型综合改革示范区"),
        ("省综改区", "山西转型综合改革示范区"),
        ("中北高新技术产业开发区", "太原中北高新技术产业开发区"),
        ("中北高新区", "太原中北高新技术产业开发区"),
        ("太原中北高新区", "太原中北高新技术产业开发区"),
        ("中北经济开发区", "太原中北高新技术产业开发区"),
        ("清徐经济开发区", "山西清徐经济开发区"),
        ("清徐经开区", "山西清徐经济开发区"),
        ("阳曲产业园区", "山西转型综合改革示范区阳曲产业园区"),
    ],
)
def test_a_short_form_leads_to_its_zone(said: str, meant: str) -> None:
    zone = find_zone(said)
    assert zone is not None and zone.name == meant


def test_the_programme_is_not_the_zone() -> None:
    assert find_zone("太忻经济一体化发展") is None
    assert find_zone("太忻经济区") is not None


def test_forms_follow_for_any_zone_of_china() -> None:
    assert "苏州工业园" in zone_aliases("苏州工业园区")
    assert {"合肥高新区", "合肥高新技术开发区"} <= set(zone_aliases("合肥高新技术产业开发区"))
    assert "武宿综保区" in zone_aliases("太原武宿综合保税区")
    inner = parse_zone("山西转型综改示范区阳曲产业园区")
    assert inner is not None and inner.within == "山西转型综改示范区" and inner.places == ("阳曲",)


def test_a_trade_alone_names_no_zone() -> None:
    assert "不锈钢产业园区" not in zone_aliases("太原不锈钢产业园区")
    assert zone_aliases("太原市人民政府") == ("太原市人民政府",)


def test_no_form_belongs_to_two_zones() -> None:
    forms = [form for zone in ALL for form in (zone.name, *zone.aliases)]
    assert len(forms) == len(set(forms))


@given(st.sampled_from(ALL))
def test_a_form_always_keeps_something_besides_the_ending(zone: object) -> None:
    name = zone.name  # type: ignore[attr-defined]
    for form in zone_aliases(name):
        parsed = parse_zone(form)
        assert parsed is not None
        assert parsed.within or parsed.province or parsed.places or parsed.core


def test_the_shanxi_zones_of_the_standard_are_all_there() -> None:
    file = DATA_FOLDER / "zones" / "gbt37028_2018_zones.csv"
    if not file.is_file():
        pytest.skip(f"no real data at {DATA_FOLDER}; set LIANTU_DATA")
    rows = [r for r in csv.DictReader(file.open(encoding="utf-8")) if r["province_code"] == "14"]
    ours = {zone.code: zone.name for zone in ALL}
    assert rows and {r["code"]: r["zone"] for r in rows}.items() <= ours.items()
