"""Chains, clusters and specialty towns, with holder and role."""

from __future__ import annotations

import pytest
from tests.extraction.reading_of import found_in


def chains(text: str, title: str = "四川省德阳市产业观察") -> dict[str, tuple[str, str | None]]:
    return {c.name: (c.holder, c.role) for c in found_in(title + "\n\n" + text).chains}


def test_a_counted_list_gives_each_member() -> None:
    found = chains("德阳市聚焦清洁能源装备、航空航天、生物医药等3条重点产业链。")
    assert set(found) == {"清洁能源装备", "航空航天", "生物医药"}
    assert {holder for holder, _ in found.values()} == {"德阳市"}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("装备制造是全市的支柱产业。", "装备制造", "strong"),
        ("该市培育壮大低空经济。", "低空经济", "growing"),
        ("德阳前瞻布局氢能、人工智能。", "氢能", "planned"),
    ],
)
def test_role_follows_the_nearest_cue(text: str, name: str, role: str) -> None:
    assert chains(text)[name] == ("德阳市", role)


def test_the_zone_or_county_of_the_clause_holds_the_chain() -> None:
    found = chains("广汉市加快发展通用航空产业，什邡市以食品饮料为主导产业；德阳经开区做强储能产业。")
    assert found["通用航空"][0] == "广汉市"
    assert found["储能"][0] == "德阳经开区"


@pytest.mark.parametrize(
    "text", ["推动传统产业转型升级。", "培育战略性新兴产业。", "打造现代化产业体系。", "产业链供应链更加稳定。"]
)
def test_generic_classes_are_left_out(text: str) -> None:
    assert chains(text) == {}


def test_a_partner_does_not_hold_it() -> None:
    assert chains("德阳与成都、绵阳共同发展航空航天产业。")["航空航天"][0] == "德阳市"


def test_a_specialty_town_is_held_by_its_region() -> None:
    found = found_in("山西省运城市通报\n\n盐湖区水泵专业镇产值48.6亿元。").chains
    assert [(c.kind, c.holder) for c in found] == [("town", "盐湖区")]
