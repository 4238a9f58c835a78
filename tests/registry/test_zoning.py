"""Zones and townships out of addresses: how people write them, and what only looks like one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.registry.test_labels import found_rows, hashed

from liantu.registry import locate
from liantu.registry.zoning import town_of, zones_of
from liantu.vocabulary import zones

LABELS = Path(__file__).parent / "labels" / "addresses.csv"


def zone(address: str, *, name: str = "", place: str = "", city: str = "") -> tuple[str, str]:
    codes, told = zones_of([address], [place], [name], [city])
    names = {one.code: one.name for one in zones()}
    return names.get(codes[0], ""), told[0]


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("太原高新区长治路226号", "太原高新技术产业开发区"),
        ("太原市高新技术开发区晋阳街", "太原高新技术产业开发区"),
        ("大同市开发区", "大同经济技术开发区"),
        ("阳泉市经济技术开发区大连路54号", "山西阳泉经济开发区"),
        ("山西综改示范区太原学府园区科技街9号", "山西转型综合改革示范区"),
        ("山西综改示范区太原阳曲园区五龙口街", "山西转型综合改革示范区阳曲产业园区"),
        ("山西综改示范区太原唐槐园区武宿综合保税区B座", "太原武宿综合保税区"),
        ("运城市盐湖区工业园卫兵路1号", "山西运城盐湖工业园区"),
    ],
)
def test_a_zone_is_known_under_the_forms_people_write(address: str, named: str) -> None:
    assert zone(address) == (named, "address")


@pytest.mark.parametrize(
    "address",
    [
        "忻州定襄县后营工业区",
        "平陆县茅津经济开发区",
        "大同市开发区路8号",
        "太原市学府街开发区省创业中心",
        "晋中市太原路5号",
    ],
)
def test_parks_on_no_list_and_streets_named_after_a_zone_are_none(address: str) -> None:
    assert zone(address) == ("", "")


def test_a_zone_of_another_city_is_not_the_firms() -> None:
    assert zone("太原高新区驻运城办事处", city="140800") == ("", "")
    assert zone("山西综改示范区", city="140700")[0] == "山西转型综合改革示范区"  # it reaches into 晋中


def test_the_name_and_the_column_of_the_place_tell_what_the_address_does_not() -> None:
    name = "侯马经济技术开发区示例商贸有限公司"
    assert zone("文明路1号", name=name) == ("山西侯马经济开发区", "name")
    assert zone("", place="临汾经济开发区", name=name) == ("山西临汾经济开发区", "place")
    assert zone("大同市开发区1号", place="临汾经济开发区", name=name)[1] == "address"


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("山西省临汾市尧都区吴村镇王曲村大运路20号", "吴村镇"),
        ("忻州原平市新原乡", "新原乡"),
        ("天镇县逯家湾镇石佛寺村", "逯家湾镇"),
        ("太原市小店区龙城街道办事处新营社区", "龙城街道办事处"),
        ("大同市南郊区马军营乡下皇庄村", "马军营乡"),
        ("太原市阳曲县(某某物流园)青龙镇", "青龙镇"),
        ("长治高新区大辛庄镇张村", "大辛庄镇"),
        ("大交镇续鲁村", "大交镇"),
        ("武乡县", ""),
        ("天镇县县城西街", ""),
        ("临汾市尧都区鼓楼东大街40号", ""),
        ("运城市盐湖区城镇路5号", ""),
    ],
)
def test_the_township_stands_behind_the_county(address: str, town: str) -> None:
    assert town_of(address) == town


def labelled(half: str) -> Iterator[tuple[dict[str, str], str, str, str]]:
    """(label, zone, town, address) of the labelled firms of one half."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = {row["firm"]: row for row in csv.DictReader(file) if row["half"] == half}
    firms = found_rows(frozenset(rows), "uscc, name, address, city")
    located = [locate(address, ("山西", city or "", "", ""), "", name)[0] for _, name, address, city in firms]
    codes, _told = zones_of(
        [firm[2] for firm in firms],
        [""] * len(firms),
        [firm[1] for firm in firms],
        [code[:4] + "00" for code in located],
    )
    for (uscc, _name, address, _city), code in zip(firms, codes, strict=True):
        yield rows[hashed(uscc)], str(code), town_of(address), address


@pytest.mark.parametrize("half", ["develop", "judge"])
def test_zones_and_towns_of_labelled_addresses(half: str) -> None:
    rows = list(labelled(half))
    assert len(rows) == 200
    wrong = [(address, row["zone"], zone) for row, zone, _town, address in rows if zone not in ("", row["zone"])]
    found = sum(zone == row["zone"] for row, zone, _town, _address in rows)
    towns = sum(town == row["town"] for row, _zone, town, _address in rows)
    assert not wrong
    assert found >= 195 and towns >= 195
