"""Figures: whose a number is where a sentence names several places, ports, firms or the whole country."""

from __future__ import annotations

import pytest
from tests.extraction.reading_of import figures_in, found_in

from liantu.extraction import Figure

HEAD = "湘潭市外贸与物流\n\n2024-10-16 09:30　来源：湘潭日报\n\n"


def figures(body: str, head: str = HEAD) -> dict[str, Figure]:
    """The figures of a short text by their number."""
    return figures_in(head + body)


@pytest.mark.parametrize(
    ("sentence", "number", "subject"),
    [
        ("四川的612家景区共接待游客120万人次。", "612", "四川省"),
        ("四川的612家景区共接待游客120万人次。", "120万", "四川省"),
        ("湘潭粮食产量占四川的3.5%。", "3.5%", "湘潭市"),
        ("形成了雨湖、岳塘、湘乡3个产业集群。", "3", "湘潭市"),
        ("前三季度，全国规模以上工业增加值增长5.1%，全市增长6.4%。", "5.1%", "全国"),
        ("前三季度，全国规模以上工业增加值增长5.1%，全市增长6.4%。", "6.4%", "湘潭市"),
        ("全国首个氢能港项目落户我市，占地320亩。", "320", "湘潭市"),
        ("建成娄底至双峰、湘乡至韶山等4条公路。", "4", "湘潭市"),
    ],
)
def test_places_that_a_sentence_names(sentence: str, number: str, subject: str) -> None:
    assert figures(sentence)[number].subject == subject


def test_a_text_of_the_nation_is_about_the_nation() -> None:
    found = figures("前三季度，我国货物进出口增长3.7%。其中，出口7.2万亿元。", "我国外贸平稳增长\n2024-10-16\n")
    assert {f.subject for f in found.values()} == {"全国"}


def test_the_whole_province_is_the_one_its_paragraph_speaks_of() -> None:
    found = figures(
        "湖北省开局良好，全省接待游客231万人次。", "多省文旅开门红\n2024-05-02\n\n辽宁省接待游客90万人次。\n"
    )
    assert found["231万"].subject == "湖北省"


def test_ports_have_figures_of_their_own() -> None:
    text = "其中，太仓港集装箱吞吐量完成703万标箱，增长35%。南通港不断扩能，完成集装箱吞吐量202万标箱。"
    found = figures(text, "江苏港口\n2024-10-16\n")
    assert (found["703万"].subject, found["35%"].subject, found["202万"].subject) == ("太仓港", "太仓港", "南通港")
    assert found["703万"].indicator == "集装箱吞吐量"


def test_a_port_does_not_trade_online() -> None:
    text = "我市开放提速：南通港完成吞吐量9000万吨；跨境电商交易额达到31亿元。樟树港辣椒综合产值2亿元。"
    found = figures(text, "南通市外贸\n2024-10-16\n")
    assert (found["31亿"].subject, found["2亿"].subject) == ("南通市", "南通市")


def test_zones_and_firms_named_after_ports_stay_what_they_are() -> None:
    found = found_in("太仓\n\n太仓港区有泊位9个。南京港集团投资5亿元。天津港诚远物流有限公司用船3艘。")
    assert [e.name for e in found.enterprises] == ["南京港集团", "天津港诚远物流有限公司"]


def test_whoever_builds_a_row_of_roads_is_no_member_of_it() -> None:
    text = "湖南交通投资集团有限公司承建高速公路。今年湖南交投共建成安仁至慈利、平江至益阳等5条高速公路。"
    assert figures(text)["5"].subject == "湖南交通投资集团有限公司"


def test_firms_of_investment_are_named_in_full() -> None:
    found = found_in("湘潭\n\n湘潭鼎和玛煤电投资有限责任公司相关负责人说，好。")
    assert [e.name for e in found.enterprises] == ["湘潭鼎和玛煤电投资有限责任公司"]


def test_crops_of_a_season_and_trades_of_a_place_are_no_firms() -> None:
    text = "小春粮油增产，小春粮食产量12万吨。湖南茶业综合产值达到980亿元。煤矿远景储量40亿吨。"
    assert not found_in(HEAD + text).enterprises
    assert {f.subject for f in figures(text).values()} <= {"湘潭市", "湖南省"}


def test_a_zone_that_presents_itself_is_not_what_a_meeting_is_about() -> None:
    text = (
        "12日，煤炭产销对接会在湘潭市举办，来自各地的260余家单位参会，签订合作项目130项，大家对前景普遍看好，现场气氛热烈。\n"
        "会上，湘潭竹埠经济技术开发区负责人推介。湘潭竹埠经济技术开发区完成投资37亿元。园区公路里程达97公里。"
    )
    found = figures(text, "对接会在湘潭举行\n2024-11-12\n\n")
    assert (found["130"].subject, found["97"].subject) == ("湘潭市", "湘潭竹埠经济技术开发区")


def test_the_work_spoken_of_is_neither_its_venue_nor_its_parts() -> None:
    text = (
        "2月1日，鼎远氢能装备产业链项目在湘潭市岳塘风储总装基地开工。项目总投资1.5亿元，新上8条特种电解槽生产线。"
        "项目投产后可实现年销售6亿元，上缴税收2900万元。"
    )
    found = figures(text)
    assert {f.subject for f in found.values()} == {"鼎远氢能装备产业链项目"}


def test_a_place_in_brackets_before_the_name_of_a_work_is_part_of_it() -> None:
    text = (
        "湘潭（雨湖区）聚源生物科技生产线项目总投资4.6亿元，预计可年生产虾粉2万吨、虾膏500吨。投产后年销售额可达9亿元。"
    )
    assert {f.subject_kind for f in figures(text).values()} == {"project"}


def test_each_of_a_row_of_works_has_its_own_money() -> None:
    found = figures("总投资8亿元的恒和食品冷链基地项目、5.5亿元的翰元风电塔筒技改项目同日开工。")
    assert (found["8亿"].subject, found["5.5亿"].subject) == ("恒和食品冷链基地项目", "翰元风电塔筒技改项目")
    assert "总投资" in found["5.5亿"].indicator


def test_a_wider_region_where_something_is_first_is_not_whose_it_is() -> None:
    text = "全市在建新能源项目30个，在湖南省率先建成储能链条，“新三样”出口额1.3亿元。"
    assert figures(text)["1.3亿"].subject == "湘潭市"


def test_the_office_of_whoever_speaks_is_no_work() -> None:
    found = figures("据湖北铁恒建设有限公司工程部负责人介绍，沿江高铁武合段全长350公里。")
    assert all("工程" not in (f.subject or "") for f in found.values())


OF_YIYANG = "益阳产业观察\n\n2024-10-16 09:30　来源：益阳日报\n\n益阳市有三条新兴产业链。"


@pytest.mark.parametrize(
    ("text", "number", "subject"),
    [
        # what is measured of an industry is the place's, whichever firm the paragraph spoke of before
        ("湘沅重工集团年产塔筒9万吨。风电装备本地配套率从2020年的41%提高到66%。", "66%", "益阳市"),
        ("湘沅重工集团年产塔筒9万吨，本地配套率达到58%。", "58%", "湘沅重工集团"),
        # the office of the place
        ("湘沅重工集团年产塔筒9万吨。以这家企业为头雁，市财政每年拿出2600万元。", "2600万", "益阳市"),
        # where somebody is, then who
        ("在南县，专做网具的湖南渔丰网业有限公司正忙着调试。产能利用率达到93%。", "93%", "湖南渔丰网业有限公司"),
        # back to the whole behind places told of in between
        ("滞后项目有6个；南县、桃江县完成率分别为61%和64%；年初谋划的70个项目有22个开工。", "22", "益阳市"),
        # kinds of works in a look at the whole
        ("按领域分，新兴产业项目完成投资81亿元；传统产业升级项目完成投资46亿元。", "46亿", "益阳市"),
        # 这个…的园区: the park just named
        ("湘北智造产业园项目今年开工。这个占地110亩的产业园入驻企业34家。", "34", "湘北智造产业园"),
    ],
)
def test_whose_it_is_beside_others(text: str, number: str, subject: str) -> None:
    found = figures_in(OF_YIYANG + "\n" + text)
    assert found[number].subject.startswith(subject)


def test_our_city_is_the_county_level_city_of_a_text_that_names_no_other() -> None:
    text = "枝江市上半年投资情况\n\n2024-07-18\n\n元至6月，我市完成固定资产投资68亿元。"
    found = figures_in(text)["68亿"]
    assert (found.subject, found.period) == ("枝江市", "2024-01/2024-06")
