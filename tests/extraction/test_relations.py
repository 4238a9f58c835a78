"""Relations that the text states, and none that it does not."""

from __future__ import annotations

import pytest
from tests.extraction.reading_of import found_in


def triples(text: str, title: str = "湖北省襄阳市动态") -> set[tuple[str, str, str]]:
    return found_in(title + "\n\n" + text).triples()


def test_owner_place_and_product_of_a_project() -> None:
    said = triples("襄阳高新区的骆华能源年产8万吨磷酸铁锂项目开工。")
    project = "骆华能源年产8万吨磷酸铁锂项目"
    assert ("骆华能源", "owns", project) in said
    assert ("骆华能源", "produces", "磷酸铁锂") in said
    assert (project, "located_in", "襄阳高新区") in said


def test_the_chain_master_leads_its_chain() -> None:
    said = triples("鄂驰集团是襄阳市新能源汽车产业链“链主”。")
    assert ("鄂驰集团", "leads", "新能源汽车") in said


def test_a_project_on_a_chain_belongs_to_it() -> None:
    assert any(r == "belongs_to" and t == "光伏" for _, r, t in triples("光伏产业链上的汉曜光能5GW组件项目投产。"))


def test_goods_that_a_firm_is_said_to_make() -> None:
    assert ("襄阳汉轴精工有限公司", "produces", "主轴轴承") in triples("襄阳汉轴精工有限公司主要生产主轴轴承。")
    assert ("襄阳汉轴精工有限公司", "produces", "刮板机") in triples("襄阳汉轴精工有限公司年产刮板机600台。")


def test_cities_that_sign_are_partners() -> None:
    said = triples("襄阳市与十堰市、随州市签订合作协议。")
    assert {("襄阳市", "partners_with", "十堰市"), ("襄阳市", "partners_with", "随州市")} <= said


def test_several_that_sign_together_are_partners_each_with_each() -> None:
    said = triples("谷城县、保康县、南漳县签订协同发展框架协议。")
    assert len([t for t in said if t[1] == "partners_with"]) == 3


def test_intentions_are_no_partnership() -> None:
    assert not [t for t in triples("襄阳市拟与南阳市签订合作协议。") if t[1] == "partners_with"]


def sited(text: str, title: str = "湖北省襄阳市动态") -> set[tuple[str, str]]:
    return {(head, tail) for head, relation, tail in triples(text, title) if relation == "located_in"}


def test_a_works_own_clauses_tell_where_it_lies() -> None:
    said = sited("汉曜光能年产5GW组件项目总投资30亿元，分两期实施，落户谷城经济开发区，10月投产。")
    assert ("汉曜光能年产5GW组件项目", "谷城经济开发区") in said


def test_a_county_in_a_works_name_is_its_place() -> None:
    assert ("保康县储能电站", "保康县") in sited("襄阳市重点项目提速。骆华能源保康县储能电站开工。")


def test_the_city_a_text_is_about_is_not_told_as_the_place_of_every_work() -> None:
    assert not sited("今年以来，襄阳市加快转型。骆华能源年产8万吨磷酸铁锂项目开工。")


def test_a_firm_behind_a_zone_or_a_place_lies_there() -> None:
    assert ("骆华能源", "谷城经济开发区") in sited("比如，谷城经济开发区的骆华能源去年营收3亿元。")


def test_firms_in_a_row_lie_where_the_first_does() -> None:
    said = sited("襄阳高新区引进骆华能源、汉曜光能等企业。")
    assert {("骆华能源", "襄阳高新区"), ("汉曜光能", "襄阳高新区")} <= said


def test_whoever_signs_with_a_zone_does_not_lie_in_it() -> None:
    assert not sited("去年12月，襄阳高新区与骆华集团签订合作协议。")


def links(text: str, relation: str, title: str = "湖北省襄阳市动态") -> set[tuple[str, str]]:
    return {(head, tail) for head, said, tail in triples(text, title) if said == relation}


def test_firms_of_a_paragraph_that_opens_with_a_chain_belong_to_it() -> None:
    text = "整车这头，汽车产业链聚集企业190家，去年产值540亿元。鄂驰集团今年出口3万辆。"
    assert ("鄂驰集团", "汽车") in links(text, "belongs_to")


def test_firms_of_a_section_headed_by_a_chain_belong_to_it() -> None:
    text = "一、主导产业：动力电池\n\n骆华集团去年营收3亿元。\n\n二、要素保障\n\n鄂驰集团用电便宜。"
    said = links(text, "belongs_to")
    assert ("骆华集团", "动力电池") in said
    assert "鄂驰集团" not in {head for head, _ in said}


def test_firms_called_links_of_the_chain_belong_to_the_texts_chain() -> None:
    said = links("骆华集团、鄂驰集团等链上企业作了汇报。", "belongs_to", "襄阳市召开氢能产业链链长会议")
    assert said == {("骆华集团", "氢能"), ("鄂驰集团", "氢能")}


def test_firms_counted_with_their_kind_belong_to_that_industry() -> None:
    said = links("襄阳高新区引进了骆华集团、鄂驰集团等10家大型物流企业。", "belongs_to")
    assert said == {("骆华集团", "物流"), ("鄂驰集团", "物流")}


def test_whoever_leads_is_not_entered_as_a_member_too() -> None:
    said = triples("氢能产业链产值增长两成。链主骆华集团产值翻番。")
    assert ("骆华集团", "leads", "氢能") in said
    assert ("骆华集团", "belongs_to", "氢能") not in said


def test_the_industry_right_before_the_leader_is_its_chain() -> None:
    said = links("作为襄阳高新区风电装备这一首位产业的链主，骆华集团带着企业出海。", "leads")
    assert said == {("骆华集团", "风电装备")}


def test_a_list_of_leading_firms_leads_no_chain_that_is_not_named() -> None:
    assert not links("襄阳市引入骆华集团、鄂驰集团等一批龙头企业。", "leads")


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("骆华集团专做机器人谐波减速器，去年销售3.8亿元。", {"机器人谐波减速器"}),
        ("骆华集团自主研制的50兆瓦重型燃气轮机已交付6台。", {"重型燃气轮机"}),
        ("骆华集团主要生产充换电设备和柔性直流装置，产值80亿元。", {"充换电设备", "柔性直流装置"}),
        ("骆华集团的己内酰胺产量20.3万吨。", {"己内酰胺"}),
        ("骆华集团投资3亿元，浓缩果汁年产能由5万吨扩大到8万吨。", {"浓缩果汁"}),
        ("骆华集团产品包括风电叶片、主轴轴承等。", {"风电叶片", "主轴轴承"}),
        ("骆华集团一期10万吨镁合金生产线进入调试。", {"镁合金"}),
        ("骆华集团分两期建设。一期去年投产，年产高强螺栓15万吨。", {"高强螺栓"}),
    ],
)
def test_the_many_ways_of_saying_what_is_made(text: str, goods: set[str]) -> None:
    assert {tail for _, tail in links(text, "produces")} == goods


@pytest.mark.parametrize(
    "text",
    [
        "骆华集团产值8亿元，服务企业43户。",
        "骆华集团供应12家下游企业。",
        "骆华集团年产值将超500亿元。",
        "骆华集团光伏发电项目并网。",
    ],
)
def test_what_is_no_goods(text: str) -> None:
    assert not links(text, "produces")


def test_goods_told_twice_are_kept_as_told_in_full() -> None:
    said = links("骆华能源镁合金车架项目投产，年产车架120万套。", "produces")
    assert {tail for _, tail in said} == {"镁合金车架"}


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("襄阳市重点项目如下。\n\n1.谷城储能电站（谷城县）。由骆华集团投资建设，总投资3亿元。", {"骆华集团"}),
        ("襄阳市重点项目如下。\n\n1.谷城储能电站。业主为骆华集团，首批3月并网。", {"骆华集团"}),
        ("襄阳市谷城储能电站项目由骆华集团与鄂驰集团合资兴建，年底投产。", {"骆华集团", "鄂驰集团"}),
        ("由骆华集团和鄂驰集团共同投资的谷城储能电站项目开工。", {"骆华集团", "鄂驰集团"}),
        ("骆华集团去年销售3亿元。它在建的谷城储能电站总投资7亿元。", {"骆华集团"}),
        ("谷城储能电站由鄂驰集团的全资子公司骆华集团负责建设。", {"骆华集团"}),
    ],
)
def test_owners_told_around_a_project(text: str, owners: set[str]) -> None:
    assert {head for head, _ in links(text, "owns")} == owners


def test_a_supplier_behind_a_project_does_not_own_it() -> None:
    assert not links("谷城储能电站开工，骆华集团供应电芯。", "owns")


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("骆华集团去年销售3亿元。这家企业与武汉理工大学共建实验室。", ("骆华集团", "武汉理工大学")),
        ("骆华集团营收翻番，研发投入增长；与鄂驰集团联合攻关轴承。", ("骆华集团", "鄂驰集团")),
        ("骆华集团联手鄂驰集团打造酒店群。", ("骆华集团", "鄂驰集团")),
        ("储能电站由骆华集团与鄂驰集团合资兴建。", ("骆华集团", "鄂驰集团")),
    ],
)
def test_partners_told_in_other_ways(text: str, pair: tuple[str, str]) -> None:
    assert pair in links(text, "partners_with")


def test_what_is_wished_of_others_is_no_partnership() -> None:
    assert not links("推动谷城县与武汉理工大学共建研究院。", "partners_with")


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("县政府与鄂驰集团签订合作协议。", {("谷城县", "鄂驰集团")}),
        ("骆华集团、汉曜集团分别与鄂驰集团签订配套协议。", {("骆华集团", "鄂驰集团"), ("汉曜集团", "鄂驰集团")}),
        ("谷城县先后与十堰市、随州市签订合作协议。", {("谷城县", "十堰市"), ("谷城县", "随州市")}),
    ],
)
def test_who_stands_on_which_side_of_an_agreement(text: str, pairs: set[tuple[str, str]]) -> None:
    assert links(text, "partners_with", "湖北省襄阳市谷城县动态") == pairs


def test_a_road_between_two_places_lies_in_neither() -> None:
    assert not sited("今年，谷城县至保康县高速公路开工建设，总投资90亿元。")


def test_places_in_brackets_behind_a_work_are_all_its_places() -> None:
    said = sited("重点项目如下。\n\n1.汉江储能电站（谷城县、保康县）。总投资9亿元，年内开工。")
    assert {place for _, place in said} == {"谷城县", "保康县"}


def test_a_firm_that_came_to_a_place_lies_there() -> None:
    assert ("骆华集团", "谷城县") in sited("骆华集团2021年落户谷城县，去年实现产值5亿元。")
    said = sited("骆华集团、鄂驰集团等头部企业纷纷落户谷城县。")
    assert {("骆华集团", "谷城县"), ("鄂驰集团", "谷城县")} <= said


def test_goods_told_before_a_firm_are_its_own() -> None:
    assert ("骆华集团", "铝塑膜") in links("在谷城县，专做铝塑膜的骆华集团忙着调试新线。", "produces")


def test_what_a_group_of_firms_makes_is_not_laid_to_the_last_of_them() -> None:
    assert not links("园区集聚了骆华集团、鄂驰集团等一批企业，产品涵盖风电叶片、主轴轴承。", "produces")


def test_firms_of_a_chain_meeting_belong_to_the_chain() -> None:
    text = (
        "9月26日，新能源汽车产业链链长调度会召开。\n\n今年新能源汽车产业链新增企业6户。新能源汽车产业链营收增长。\n\n"
        "（一）供需配套。会上，骆华集团提出新上两条线束产线。"
    )
    assert ("骆华集团", "新能源汽车") in links(text, "belongs_to")


def test_a_road_named_after_a_firms_plant_is_not_the_firms() -> None:
    assert not links("骆华集团总投资3亿元的储能项目投产，谷城县至保康县城际铁路开工。", "owns") & {
        ("骆华集团", "谷城县至保康县城际铁路")
    }


def test_a_project_told_by_its_firm_alone_is_owned_by_it() -> None:
    said = links("骆华能源去年营收3亿元。今年，骆华能源、汉曜光能等一批项目相继签约落地。", "owns")
    assert ("骆华能源", "骆华能源项目") in said


def test_goods_of_a_works_name_without_any_further_word() -> None:
    assert ("骆华能源", "再生铝型材") in links("推进骆华能源再生铝型材项目、汉曜光能光伏玻璃项目建设。", "produces")


SUPPLIES = [
    ("襄阳汉轴精工有限公司每年向鄂驰汽车有限公司供应转向节和减震支架42万件。", {"转向节", "减震支架"}),
    ("襄阳汉轴精工有限公司为武汉的鄂驰汽车有限公司配套主轴轴承，年供货3万套。", {"主轴轴承"}),
    ("襄阳汉轴精工有限公司的产品七成直供鄂驰汽车有限公司。", set[str]()),
    ("襄阳汉轴精工有限公司去年成为鄂驰汽车有限公司的一级供应商。", set[str]()),
    ("襄阳汉轴精工有限公司请来鄂驰汽车有限公司做合伙人。", set[str]()),
]


@pytest.mark.parametrize(("text", "goods"), SUPPLIES)
def test_who_supplies_whom_are_partners(text: str, goods: set[str]) -> None:
    said = triples(text)
    assert ("襄阳汉轴精工有限公司", "partners_with", "鄂驰汽车有限公司") in said
    assert {t for h, r, t in said if h == "襄阳汉轴精工有限公司" and r == "produces"} == goods


@pytest.mark.parametrize(
    "text",
    [
        "襄阳汉轴精工有限公司力争成为鄂驰汽车有限公司的供应商。",
        "银行向襄阳汉轴精工有限公司提供贷款，鄂驰汽车有限公司也获得支持。",
    ],
)
def test_wishes_and_services_are_no_supply(text: str) -> None:
    assert not [t for t in triples(text) if t[1] == "partners_with"]


def test_a_meeting_held_together_is_no_partnership() -> None:
    assert not [t for t in triples("由谷城县与保康县联合举办的对接会昨天举行。") if t[1] == "partners_with"]


def test_a_place_that_only_tells_where_a_school_is_signs_nothing() -> None:
    said = triples("襄阳市与谷城县的学校结成教育联合体并签订协议。")
    assert ("襄阳市", "partners_with", "谷城县") not in said


def test_a_project_is_the_companys_that_speaks_not_its_customers() -> None:
    said = triples(
        "襄阳汉轴精工有限公司去年向鄂驰汽车有限公司供应转向节。公司投资2.9亿元的年产80万件副车架项目8月封顶。"
    )
    assert {h for h, r, _ in said if r == "owns"} == {"襄阳汉轴精工有限公司"}


def test_each_of_the_goods_in_a_projects_name_is_its_owners() -> None:
    said = triples("襄阳汉轴精工有限公司投资11亿元的年产6万吨高导铜杆及漆包线项目开工。")
    assert {t for _, r, t in said if r == "produces"} == {"高导铜杆", "漆包线"}


def test_the_zone_before_a_works_name_is_no_part_of_its_goods() -> None:
    said = triples("一、制造业项目\n1. 谷城经济开发区高端铝板带箔项目。由襄阳汉轴精工有限公司建设，总投资8亿元。")
    assert {t.removeprefix("高端") for _, r, t in said if r == "produces"} == {"铝板带箔"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("走进位于汉水产业园的襄阳汉轴精工有限公司，3条生产线正满负荷运转。", "汉水产业园"),
        ("在谷城县的汉水产业合作园内，襄阳汉轴精工有限公司正满负荷运转。", "汉水产业合作园"),
    ],
)
def test_a_firm_lies_in_the_park_its_sentence_begins_with(text: str, place: str) -> None:
    assert ("襄阳汉轴精工有限公司", place) in sited(text)


def test_a_firm_named_after_another_city_lies_there_until_it_comes() -> None:
    text = "襄阳高新区引进企业8家，深圳云途智驾科技有限公司投资6亿元。"
    assert not [t for t in sited(text) if t[0] == "深圳云途智驾科技有限公司"]
    assert ("深圳云途智驾科技有限公司", "襄阳高新区") in sited("深圳云途智驾科技有限公司去年落户襄阳高新区。")


def test_a_joint_laboratory_lies_with_neither_party() -> None:
    said = sited("在谷城县，襄阳汉轴精工有限公司与武汉理工大学签约共建电驱桥联合实验室，首期投入1200万元。")
    assert not [t for t in said if t[0].endswith("实验室")]


@pytest.mark.parametrize(
    "text",
    [
        "（一）特钢材料产业链。储备项目15个。鄂驰新材年产8万吨不锈钢管项目去年投产。",
        "襄阳市重点培育的特钢材料产业再添新丁，鄂驰新材年产8万吨不锈钢管项目开工。",
    ],
)
def test_a_project_belongs_to_the_chain_its_paragraph_is_headed_by(text: str) -> None:
    said = triples(text)
    assert {t for h, r, t in said if r == "belongs_to" and h.endswith("项目")} == {"特钢材料"}
