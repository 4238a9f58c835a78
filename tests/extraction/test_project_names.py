"""How far a project's name reaches, and what looks like one and is none."""

from __future__ import annotations

import pytest
from tests.extraction.reading_of import found_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("蔬菜清洗及净菜配送建设项目位于城南乡。项目总投资9600万元。", ["蔬菜清洗及净菜配送建设项目"]),
        ("南塘镇石桥社区美丽乡村建设项目，总投资8000万元，目前已开工。", ["南塘镇石桥社区美丽乡村建设项目"]),
        ("审议通过《关于建设年产2400万米高频高速绝缘布项目的议案》。", ["年产2400万米高频高速绝缘布项目"]),
        ("总投资0.4亿元的宝成高铁引道绿化、亮化建设项目已开工。", ["宝成高铁引道绿化、亮化建设项目"]),
        (
            "本次签约3个项目，其中包括激光产业聚集区战略合作项目、大型工业节水系统装备制造项目、护理用品及防护服生产项目等。",
            ["激光产业聚集区战略合作项目", "大型工业节水系统装备制造项目", "护理用品及防护服生产项目"],
        ),
        ("G70福银高速平凉至泾川段改扩建工程开工。", ["G70福银高速平凉至泾川段改扩建工程"]),
        ("湘江衡阳至永州河段航道整治工程加快推进。", ["湘江衡阳至永州河段航道整治工程"]),
        (
            "全年重点项目有县城至石泉快速通道工程、青龙河沿岸截污管网、餐厨垃圾处理等县级重点项目。",
            ["石泉快速通道工程", "青龙河沿岸截污管网", "餐厨垃圾处理"],
        ),
    ],
)
def test_all_of_the_name_and_nothing_before_it(text: str, names: list[str]) -> None:
    found = found_in("重点项目进展\n\n" + text)
    assert len(found.projects) == len(names)
    for name in names:
        assert found.project(name)


def test_every_member_of_rows_that_a_sort_closes() -> None:
    found = found_in(
        "安徽省宣城市项目进展\n\n总投资9亿元的禾润技术年产4万吨正极材料、总投资6亿元的康莱高科第6代显示器件等在谈项目推进签约。"
        "永兴集团轴承系列、方正圆智能装备制造、云泰高速包装设备等一批重大项目投产。"
        "园区先后引进了关联度较高的上锋电梯、逸源机电等一批投资额度大、前景好的项目。"
    )
    told = {p.name: (p.investment, p.stage) for p in found.projects}
    assert told["禾润技术年产4万吨正极材料"] == (9e8, "idea")
    assert told["康莱高科第6代显示器件"] == (6e8, "idea")
    assert {"永兴集团轴承系列", "方正圆智能装备制造", "云泰高速包装设备"} <= set(told)
    assert {"上锋电梯", "逸源机电"} <= set(told)


def test_what_a_project_is_to_build_is_a_part_of_it() -> None:
    found = found_in(
        "陕西省商洛市签约\n\n山阳县与陕西恒岳矿业有限公司签订的东岭钼产业园项目合同书，总投资16亿元，"
        "项目主要开发钼及伴生矿，建设板材、带材、箔材等钼制品深加工产业园。商南县与西安晶宏科技有限公司签订的硅材料产业园项目合同书，"
        "总投资12亿元，项目将购置电弧炉等设备60台，建设年产2000吨多晶硅生产线。"
    )
    assert [(p.name, p.investment) for p in found.projects] == [
        ("东岭钼产业园项目", 1.6e9),
        ("硅材料产业园项目", 1.2e9),
    ]


def test_a_famous_brand_and_its_trade_before_a_project_mean_the_group() -> None:
    found = found_in("明光市签约\n\n我市与华能集团签约风电开发协议。其中，华能风电项目，总投资约5亿元。")
    assert found.project("华能风电项目").owner == "华能集团"
    assert "华能风电" not in {e.name for e in found.enterprises}
    assert ("明光市", "partners_with", "华能集团") in found.triples()


@pytest.mark.parametrize(
    "text",
    [
        "当地大力发展分布式光伏项目。",
        "河西经济区产业项目集中签约活动举行。",
        "6大项目共签约投资19亿元。",
        "集中开工项目共6个，总投资52亿元，全部为先进制造业项目。",
        "上半年新开工高速公路和普通国省道项目近160个。",
        "参加活动的人在滨湖公园入口处集中开工。",
    ],
)
def test_sorts_counts_and_venues_are_no_projects(text: str) -> None:
    assert found_in("项目调度\n\n" + text).projects == ()


def test_what_one_work_consists_of_is_no_row_of_works() -> None:
    found = found_in(
        "陕西省商洛市项目\n\n云岭精品景区配套设施项目总投资2.2亿元，包括云岭客运索道、听松酒店等8个子项目。"
    )
    assert [(p.name, p.owner) for p in found.projects] == [("云岭精品景区配套设施项目", None)]


@pytest.mark.parametrize(
    "text",
    [
        "公司拟投资建设北岙生产基地项目（二期），计划总投资8亿元。北岙生产基地二期项目位于定海区。",
        "宏锻金属轴承锻件制造项目（宏锻中环不锈钢配件项目）位于城北工业区，总投资1.2亿元。",
        "在宏锻金属轴承锻件制造重点项目建设现场，机器轰鸣。宏锻金属轴承锻件制造项目总投资1.2亿元。",
    ],
)
def test_two_wordings_of_one_work(text: str) -> None:
    assert len(found_in("浙江省舟山市项目进展\n\n" + text).projects) == 1


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("年产3万吨木浆项目计划总投资8亿元，目前项目尚需股东大会审议，并履行能评、环评等审批程序。", "idea"),
        ("公司新建300MW光伏发电项目。本项目现正处于建设规划中。", "idea"),
        ("年产3万吨木浆项目2023年1月取得备案通知书，次年取得环评批复，目前未开工。", "approved"),
        ("兴隆新材产业园项目2月开工，目前一号厂房进入装修阶段，配电房达到投产要求。", "building"),
    ],
)
def test_what_is_still_to_be_done_is_no_step(text: str, stage: str) -> None:
    assert found_in("项目进展\n\n" + text).projects[0].stage == stage


@pytest.mark.parametrize(
    "text",
    [
        "康弘建材项目总投资1.5亿元，其中一期投资8000万元，建设两条30万平方米轻质墙板生产线。",
        "西屿防洪防潮项目总投资9亿元，该项目通过修建海堤、滞洪湖堤防、排洪渠等工程，提高防御能力。",
    ],
)
def test_lines_and_dykes_that_a_project_consists_of_are_parts(text: str) -> None:
    assert len(found_in("福建省平潭县项目进展\n\n" + text).projects) == 1


def test_a_count_closes_a_row_without_more_ado() -> None:
    found = found_in("四川省屏山县旅游\n\n签约滨江路特色商业街项目、万亩茶叶观光园和库区水上旅游三大项目。")
    assert [p.name for p in found.projects] == ["滨江路特色商业街项目", "万亩茶叶观光园", "库区水上旅游"]


def test_rows_in_brackets_behind_their_count_and_sort() -> None:
    found = found_in(
        "酒泉市重大项目名单\n\n全市入围的9个项目中，有续建项目3个（玉门水资源综合利用、兰酒铁路第二双线、玉门至敦煌快速通道公路），"
        "计划新建项目1个（金塔50兆瓦光热发电项目），预备项目2个（瓜州机场改扩建项目、甘电玉泉电厂）。"
    )
    told = {p.name: p.stage for p in found.projects}
    assert told == {
        "玉门水资源综合利用": "building",
        "兰酒铁路第二双线": "building",
        "玉门至敦煌快速通道公路": "building",
        "金塔50兆瓦光热发电项目": "idea",
        "瓜州机场改扩建项目": "idea",
        "甘电玉泉电厂": "idea",
    }


def test_rows_behind_a_count_and_the_sum_of_all() -> None:
    found = found_in(
        "四川省重大项目启动\n\n电网项目15个、总投资31.8亿元，包括绵阳南500千伏输变电工程、成绵铁路青义牵引站220千伏供电工程等；"
        "教育项目5个、总投资13.3亿元，包括四川音美学院艺术大楼、省体育学校新校区等。高新区签约1个先进制造项目、1个总部项目，"
        "分别为恒金集团西南总部及生产基地、华岭集团试制中心和创泰集团西部研发产业基地，投资总金额148亿元。"
    )
    names = {form for p in found.projects for form in (p.name, *p.aliases)}
    assert {
        "绵阳南500千伏输变电工程",
        "成绵铁路青义牵引站220千伏供电工程",
        "四川音美学院艺术大楼",
        "恒金集团西南总部及生产基地",
        "创泰集团西部研发产业基地",
    } <= names
    assert {p.investment for p in found.projects} == {None}


def test_what_a_project_builds_is_no_row_of_works_either() -> None:
    found = found_in(
        "四川省广元市旅游\n\n航旅一体化项目投资35亿元，由三方合作，在广元建设航校、航空维修、通用航空机场等项目，发展低空旅游。"
    )
    assert [(p.name, p.investment) for p in found.projects] == [("航旅一体化项目", 3.5e9)]


@pytest.mark.parametrize(
    "text", ["自由贸易港建设项目（第三批）集中开工。", "建成一条年产量600万盒口服液的生产线，解决就业。"]
)
def test_batches_and_capacities_name_neither_project_nor_firm(text: str) -> None:
    found = found_in("海南省项目\n\n" + text)
    assert (found.projects, found.enterprises) == ((), ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "此外，恒翔全球保税绿色汽车零部件再制造项目，拟联动多家企业，探索新模式。",
            "恒翔全球保税绿色汽车零部件再制造项目",
        ),
        ("此次开工的重庆寸岭国际邮轮中心项目，建成后将成为新窗口。", "重庆寸岭国际邮轮中心项目"),
        (
            "此次开工的渝沪国际铁路（果木港）多式联运枢纽项目（一期），将打造仓配平台。",
            "渝沪国际铁路（果木港）多式联运枢纽项目（一期）",
        ),
    ],
)
def test_what_opens_a_sentence_and_is_told_of_is_all_name(text: str, name: str) -> None:
    found = found_in("两江新区2023年第一批重大产业项目开工\n\n" + text)
    assert [(p.name, p.stage) for p in found.projects] == [(name, "started")]


@pytest.mark.parametrize(
    "text",
    [
        "涪陵区14个重大工业项目开工，涉及标准化厂房、科创产业园、研究中心等领域，计划总投资180亿元。",
        "该项目是集研发、制造于一体的综合性项目，投运后将服务整车企业。",
        "氢能、铝镁、白酒三大板块项目总投资260亿元。",
    ],
)
def test_fields_and_sorts_are_no_projects(text: str) -> None:
    assert found_in("重庆市项目进展\n\n" + text).projects == ()
