"""Chains and towns: the published lists are whole, and a name leads to its industry whatever its ending."""

import pytest

from liantu.vocabulary import chain_kind, chains, find_chain, find_town, regions, towns


def test_the_published_lists_are_whole() -> None:
    provincial = [c for c in chains() if c.level == "provincial"]
    taiyuan = [c for c in chains() if c.level == "city" and c.region == "140100"]
    assert (len(provincial), len(taiyuan)) == (16, 9)
    assert len(chains()) > 200


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("特钢材料产业链", "特钢材料"),
        ("特钢", "特钢材料"),
        ("省级新能源汽车", None),
        ("新能源汽车产业集群", "新能源汽车"),
        ("装备制造业", "装备制造"),
        ("光伏产业链", "光伏"),
        ("第三代半导体", "第三代半导体"),
        ("传统产业", None),
        ("战略性新兴产业", None),
    ],
)
def test_a_name_leads_to_its_industry(said: str, meant: str | None) -> None:
    found = find_chain(said)
    assert (found.name if found else None) == meant


def test_the_ending_tells_the_kind() -> None:
    assert chain_kind("光伏产业链") == "chain"
    assert chain_kind("定襄法兰专业镇") == "town"
    assert chain_kind("合成生物产业集群") == "cluster"
    assert chain_kind("光伏") == ""


def test_towns_stand_in_their_county_and_live_on_a_known_trade() -> None:
    for town in towns():
        assert town.region in regions()
        assert find_chain(town.trade) is not None, town.trade
    found = find_town("定襄法兰专业镇")
    assert found is not None and found.tier == "provincial" and found.region == "140921"


def test_what_is_not_published_is_left_open() -> None:
    open_rows = [t for t in towns() if t.status == "unconfirmed"]
    assert open_rows and all(t.tier == "" and t.batch == "" for t in open_rows)
