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


def test_what_is_foreseen_is_an_industry_even_if_nobody_has_heard_of_it() -> None:
    assert set(chains("德阳前瞻布局脑机接口、可控核聚变，争取尽早落子。")) == {"脑机接口", "可控核聚变"}
    assert chains("德阳谋划布局一批充电站项目。") == {}


def test_fields_that_projects_are_spread_over() -> None:
    found = chains("德阳市36个项目涉及现代渔业、新材料、全民健身等多个领域。")
    assert {"现代渔业", "新材料"} <= set(found)
    assert "全民健身" not in found


def test_projects_sorted_by_industry() -> None:
    found = chains("德阳此次开工装备制造类项目21个、基础设施类项目7个。")
    assert set(found) == {"装备制造"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("德阳把白酒这一支柱产业做得更厚实。", "白酒"),
        ("德阳是全国重要的中药材生产基地。", "中药材"),
        ("作为“首位产业”的汽车，产值增长两成。", "汽车"),
        ("煤炭仍是德阳第一支柱。", "煤炭"),
        ("德阳的氢能则尚在谋划。", "氢能"),
    ],
)
def test_sentences_that_tell_an_industry_by_their_shape(text: str, name: str) -> None:
    assert chains(text)[name][0] == "德阳市"


@pytest.mark.parametrize(
    "text",
    [
        "德阳制造业投资增长7%。",
        "生物健康被誉为“钻石产业”。",
        "德阳企业产品涵盖保健食品、检测试剂等领域。",
        "德阳推行产业链链长制。",
    ],
)
def test_statistics_comparisons_and_goods_name_no_industry(text: str) -> None:
    assert chains(text) == {}


def test_the_local_industry_belongs_to_the_place_just_named() -> None:
    assert chains("我们在什邡走了几趟，看中的是当地完整的烟叶产业链。")["烟叶"][0] == "什邡市"


def test_those_a_document_is_sent_to_hold_nothing() -> None:
    found = chains("各县（市、区）人民政府，德阳经开区管委会：\n\n为做强氢能这一优势产业，现通知如下。")
    assert found["氢能"][0] == "德阳市"


def test_a_city_elsewhere_named_in_passing_does_not_hold_what_follows() -> None:
    found = chains("11月，深圳会展中心座无虚席，推介会在这里举行。\n\n市长介绍，全市是全国重要的中药材生产基地。")
    assert found["中药材"][0] == "德阳市"


def test_a_firms_own_branches_are_held_by_the_firm() -> None:
    found = chains("煤炭板块收入占比降到六成，化工板块亏损收窄。", "蜀源能源集团公布年报")
    assert {name: holder for name, (holder, _) in found.items()} == {"煤炭": "蜀源能源集团", "化工": "蜀源能源集团"}


def test_a_list_closed_by_a_class_may_hold_industries_nobody_has_heard_of() -> None:
    assert {"陶瓷", "医药食品", "人工宝石"} <= set(chains("德阳市陶瓷、医药食品、人工宝石等传统产业完成产值328亿元。"))


def test_clusters_told_each_with_its_county() -> None:
    found = chains("德阳市成功创建什邡化工新材料、绵竹绿色食品加工、广汉装备制造3个省级产业集群。")
    assert {name: holder for name, (holder, _) in found.items()} == {
        "化工新材料": "什邡市",
        "绿色食品加工": "绵竹市",
        "装备制造": "广汉市",
    }


@pytest.mark.parametrize(
    "text",
    ["来自储能电池、电子信息等行业的160名企业家到会。", "德阳优势特色产业提质。", "德阳数字经济园区达6个。"],
)
def test_guests_classes_and_parks_are_no_industry_of_the_place(text: str) -> None:
    assert chains(text) == {}


def test_a_zone_named_after_a_firm_holds_its_industry() -> None:
    found = chains("福星工业园依托福星集团，突出金属制品，吸引关联企业。", "湖北省汉川市园区经济观察")
    assert found["金属制品"][0] == "福星工业园"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("德阳竞速动力电池产业，配套新能源商用车产业。", {"动力电池", "新能源商用车"}),
        ("全市服装产业产值达30亿元，该集团氢能产业起步。", {"服装", "氢能"}),
        ("德阳形成多条细分产业链，树立一个地标产业。", set()),
        ("工信部发布（第四批）中小企业特色产业集群名单。", set()),
        ("德阳“1+N”动力电池产业链加快建设。", {"动力电池"}),
    ],
)
def test_words_before_an_industry_are_no_part_of_it(text: str, expected: set[str]) -> None:
    assert set(chains(text)) == expected


def test_a_place_and_its_trade_in_a_row_of_clusters_are_no_firm() -> None:
    found = found_in("四川省德阳市产业观察\n\n广汉家具、什邡食品、绵竹轴承等46个特色产业集群带动全市增长。")
    assert found.enterprises == ()
    assert ("什邡市", "食品") in {(c.holder, c.name) for c in found.chains}


def test_towns_founded_for_a_trade() -> None:
    text = "浙江省绍兴市通报\n\n柯桥蓝岸时尚小镇升级为省级特色小镇创建类小镇，小镇主营业务收入40亿元。"
    assert ("town", "柯桥蓝岸时尚小镇", "柯桥区") in {(c.kind, c.name, c.holder) for c in found_in(text).chains}
    assert chains("浙江省特色小镇建设现场会召开。") == {}


def test_a_list_before_growing_into_clusters_is_read_past_a_last_member_that_is_none() -> None:
    found = found_in(
        "山东省菏泽市产业\n\n单县大力培育产业集群，食品加工、机电装备、木材加工、芍药生产等产业集群化发展。"
    )
    assert {"食品加工", "机电装备", "木材加工"} <= {c.name for c in found.chains if c.holder == "单县"}
