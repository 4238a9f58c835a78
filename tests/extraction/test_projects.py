"""Projects in sentences of any province: name, sum, stage, place and owner."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extraction.reading_of import found_in

from liantu.extraction.steps import investment_of, stage_of


@pytest.mark.parametrize(
    ("text", "name", "owner", "sum_", "stage"),
    [
        (
            "襄阳高新区的骆华能源年产8万吨磷酸铁锂项目开工，总投资21.6亿元。",
            "骆华能源年产8万吨磷酸铁锂项目",
            "骆华能源",
            2.16e9,
            "started",
        ),
        (
            "浙江瓯驰智能装备有限公司投资3.2亿元建设的减速机智能工厂上月投产。",
            "减速机智能工厂",
            "浙江瓯驰智能装备有限公司",
            3.2e8,
            "in_production",
        ),
        (
            "总投资9亿元的佛山陶瓷检测中心二期将于12月投用，目前主体封顶。",
            "佛山陶瓷检测中心二期",
            None,
            9e8,
            "building",
        ),
        ("绵阳市正在谋划北川通用航空产业园，计划投资15亿元。", "北川通用航空产业园", None, 1.5e9, "idea"),
        ("宜昌至荆门高铁全线通车。", "荆门高铁", None, None, "in_production"),
        (
            "德力玻纤“年产10万吨高强玻璃纤维智能制造”项目达产。",
            "年产10万吨高强玻璃纤维智能制造项目",
            "德力玻纤",
            None,
            "at_capacity",
        ),
    ],
)
def test_name_owner_sum_and_stage(text: str, name: str, owner: str | None, sum_: float | None, stage: str) -> None:
    found = found_in("湖北省重点项目进展\n\n" + text)
    names = {form for p in found.projects for form in (p.name, *p.aliases)}
    assert name in names
    project = found.project(name)
    assert (project.owner, project.investment, project.stage) == (owner, sum_, stage)


@pytest.mark.parametrize(
    "text",
    [
        "全市签约项目42个，总投资366亿元。",
        "加快推进重点工程项目建设。",
        "对投资10亿元以上的先进制造业项目给予补助。",
        "实施“双百”工程。",
        "新建光伏项目7个、储能项目3个。",
    ],
)
def test_classes_counts_and_slogans_are_no_projects(text: str) -> None:
    assert found_in("四川省德阳市项目调度\n\n" + text).projects == ()


@pytest.mark.parametrize(
    ("text", "name", "owner", "sum_", "stage"),
    [
        (
            "1.荆锻江陵高强铆接件产业园（江陵县）。由江陵特钢投资建设，总投资22.6亿元。一期去年11月投产。",
            "荆锻江陵高强铆接件产业园",
            "江陵特钢",
            2.26e9,
            "in_production",
        ),
        ("3.远安香菇文化康养小镇，总投资6.8亿元。", "远安香菇文化康养小镇", None, 6.8e8, None),
        (
            "去年9月开街的沿江路北段民居修缮工程，总投资4.8亿元。",
            "沿江路北段民居修缮工程",
            None,
            4.8e8,
            "in_production",
        ),
        ("楚风飞檐沉浸式剧场投资2.6亿元，除夕试演。", "楚风飞檐沉浸式剧场", None, 2.6e8, "in_production"),
        ("总投资16亿元的楚大硅湾一期A区已投入使用。", "楚大硅湾一期A区", None, 1.6e9, "in_production"),
        ("荆能光电四期争取上半年落地，拟投资12.5亿元。", "荆能光电四期", "荆能光电", 1.25e9, "idea"),
        (
            "屈岭矿业年产400万吨露天矿9月取得核准，总投资34亿元。",
            "屈岭矿业年产400万吨露天矿",
            "屈岭矿业",
            3.4e9,
            "approved",
        ),
        (
            "总投资达15亿元的年产30万吨高强合金管、棒、型材生产线项目已签约。",
            "年产30万吨高强合金管、棒、型材生产线项目",
            None,
            1.5e9,
            "signed",
        ),
        ("远安至当阳输氢管道正在做可研。", "远安至当阳输氢管道", None, None, "idea"),
        ("荆江四桥建成通车。", "荆江四桥", None, None, "in_production"),
        ("荆州地铁2号线三期全长9.6公里，今年9月通车。", "荆州地铁2号线三期", None, None, "in_production"),
        (
            "楚水新能100MW/200MWh独立储能电站一次性并网成功。",
            "楚水新能100MW/200MWh独立储能电站",
            "楚水新能",
            None,
            "in_production",
        ),
        (
            "6.荆北采煤沉陷区新能源基地一期工程（荆州市）。规划建设风电300万千瓦，总投资168亿元，目前已核准。",
            "荆北采煤沉陷区新能源基地一期工程",
            None,
            1.68e10,
            "approved",
        ),
        ("横塘开发区污水处理厂扩建工程已开工，总投资2.1亿元。", "污水处理厂扩建工程", None, 2.1e8, "started"),
        ("加快推进远安抽水蓄能电站前期工作，总装机120万千瓦。", "远安抽水蓄能电站", None, None, "idea"),
    ],
)
def test_works_that_no_head_word_gives_away(
    text: str, name: str, owner: str | None, sum_: float | None, stage: str | None
) -> None:
    found = found_in("湖北省重点项目进展\n\n" + text)
    project = found.project(name)
    assert (project.owner, project.investment, project.stage) == (owner, sum_, stage)


@pytest.mark.parametrize(
    "text",
    [
        "固定资产投资完成38亿元，工业投资12亿元。",
        "（一）优环境。今年投资3亿元，开工道路5条。",
        "新能源汽车：总投资126亿元，在建项目12个。",
        "荆州市：总投资126亿元，开工9个项目。",
        "绿色建材生产多点开花。总投资12亿元，开工3家。",
        "重大项目招商引资项目推介会举行。",
        "高端化工产业依托荆州化工产业园向精细化迈进，产值增长两成。",
        "建成全国一流的高端装备制造基地。",
        "老旧小区改造总投资3.6亿元，惠及居民8600户。",
        "有序推动大中型灌区续建配套与现代化改造。",
        "聚焦项目为王，大抓项目热潮再起，开工9个。",
        "现代服务业、城市更新等项目11个，总投资421亿元。",
    ],
)
def test_sums_of_regions_and_branches_are_no_projects(text: str) -> None:
    assert found_in("湖北省荆州市项目调度\n\n" + text).projects == ()


@pytest.mark.parametrize(
    ("text", "projects", "owners", "stage"),
    [
        (
            "今年将争取新开工荆山农化、和丰中央广场等总投资57亿元的项目20个。",
            ["荆山农化", "和丰中央广场"],
            ["荆山农化", None],
            "idea",
        ),
        (
            "9个新开工项目中，液化空气中部电子材料和供应链中心、研众锂电池功能性助剂和材料生产基地等项目顺利开工。",
            ["液化空气中部电子材料和供应链中心", "研众锂电池功能性助剂和材料生产基地"],
            ["液化空气", "研众"],
            "started",
        ),
        (
            "集中竣工项目30个，包括霓洲紫菜现代园（田园综合体）、古城整体风貌改造工程、元晴幼儿园等，投资额49.7亿元。",
            ["霓洲紫菜现代园（田园综合体）", "古城整体风貌改造工程", "元晴幼儿园"],
            [None, None, None],
            "in_production",
        ),
    ],
)
def test_a_row_of_works_shares_its_step_but_not_its_sum(
    text: str, projects: list[str], owners: list[str | None], stage: str
) -> None:
    found = found_in("荆州市项目推进会\n\n" + text)
    assert [p.name for p in found.projects] == projects
    assert [p.owner for p in found.projects] == owners
    assert {(p.stage, p.investment) for p in found.projects} == {(stage, None)}


def test_each_member_of_a_list_is_a_project() -> None:
    found = found_in(
        "德阳市项目推进会\n\n截至目前，已谋划重点工程20项，包括广汉数控机床产业园、绵竹抽水蓄能电站、成德大道等一批标志性项目。"
    )
    assert [p.name for p in found.projects] == ["广汉数控机床产业园", "绵竹抽水蓄能电站", "成德大道"]
    assert {p.stage for p in found.projects} == {"idea"}


def test_two_mentions_are_one_project_at_its_furthest_stage() -> None:
    found = found_in("荆门动态\n\n荆楚锂电年产5万吨正极材料项目3月开工。\n\n记者看到，该项目一期已投产，总投资12亿元。")
    assert [(p.stage, p.investment) for p in found.projects] == [("in_production", 1.2e9)]


def test_yearly_and_completed_sums_are_not_the_total() -> None:
    assert investment_of("年度计划投资28亿元，1—8月完成投资21.3亿元") is None
    assert investment_of("设备投资9.8亿元，总投资56亿元") == 5.6e9


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("将于6月投产", "building"),
        ("达产后年产值20亿元", None),
        ("应开工而未开工", "idea"),
        ("取得核准批复", "approved"),
        ("已签约，预计明年开工", "signed"),
        ("控制性工程完工", "building"),
        ("正在安装设备", "building"),
        ("签约入驻企业27家", None),
        ("项目虽未竣工，一期机组已并网", "building"),
        ("装机60万千瓦，现已并网40万千瓦，剩余机组年底前并网", "building"),
        ("总装车间已建成，计划明年竣工", "building"),
        ("进场道路用地手续已取得批复", "approved"),
        ("路网运营里程达到60公里", None),
        ("路基工程完成七成", "building"),
        ("由两家单位合作推进，拟于明年3月动工", "idea"),
        ("已签约，计划今年8月开工、2026年底投产", "signed"),
        ("处于可行性研究阶段，争取年底前获得批复", "idea"),
        ("正在装修车间", "building"),
        ("等项目集中开竣工", "started"),
        ("顺利合龙", "building"),
    ],
)
def test_stage_of_words(words: str, stage: str | None) -> None:
    assert stage_of(words) == stage


CEREMONY = [
    ("曲水市举行一季度重大项目集中开工活动", "started"),
    ("曲水市举行招商项目集中签约仪式", "signed"),
    ("曲水市举行项目集中签约暨集中开工活动", "building"),
    ("曲水市工业经济运行平稳", "building"),
]


@pytest.mark.parametrize(("title", "stage"), CEREMONY)
def test_a_ceremony_is_the_step_of_the_projects_it_tells(title: str, stage: str) -> None:
    found = found_in(title + "\n\n海岳新材年产3万吨尼龙切片项目总投资18亿元，计划明年12月投产。")
    assert [p.stage for p in found.projects] == [stage]


def test_a_step_taken_since_outdoes_the_ceremony() -> None:
    found = found_in("曲水市举行招商项目集中签约仪式\n\n海岳新材年产3万吨尼龙切片项目一期已投产。")
    assert [p.stage for p in found.projects] == ["in_production"]


def test_rows_of_a_ledger_are_projects() -> None:
    found = found_in(
        "曲水市项目台账\n\n序号　项目　　所在地　　总投资（亿元）　　状态\n"
        "1　海岳新材年产3万吨尼龙切片项目　余姚市　18.5　在建\n2　慈溪智能家电检测中心　慈溪市　2.4　已签约\n"
    )
    assert [(p.name, p.investment, p.stage) for p in found.projects] == [
        ("海岳新材年产3万吨尼龙切片项目", 1.85e9, "building"),
        ("慈溪智能家电检测中心", 2.4e8, "signed"),
    ]


def test_evidence_is_the_sentence_in_the_raw_text() -> None:
    raw = "惠州动态\n\n前言。  惠湾电芯年产20GWh储能电池项目,总投资60亿元,昨日开工。后语。"
    found = found_in(raw)
    evidence = found.projects[0].evidence
    assert raw[evidence.start : evidence.end] == evidence.text
    assert "惠湾电芯年产20GWh" in evidence.text


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "襄阳市",
                "高新区",
                "骆华能源",
                "的",
                "年产",
                "8",
                "万吨",
                "磷酸铁锂",
                "项目",
                "工程",
                "产业园",
                "（二期）",
                "等",
                "、",
                "，",
                "。",
                "总投资",
                "21.6",
                "亿元",
                "开工",
                "由",
                "“",
                "”",
                "一期",
            ]
        ),
        max_size=24,
    )
)
def test_any_arrangement_gives_evidence_that_reproduces_the_text(parts: list[str]) -> None:
    raw = "湖北省襄阳市动态\n\n" + "".join(parts)
    found = found_in(raw)
    for item in (*found.projects, *found.enterprises, *found.chains, *found.relations):
        assert raw[item.evidence.start : item.evidence.end] == item.evidence.text


@pytest.mark.parametrize(
    ("text", "name", "owner"),
    [
        (
            "8月2日，在江西铄原电驱动桥总成项目建设现场，工人正在铺设地坪。",
            "江西铄原电驱动桥总成项目",
            None,
        ),
        (
            "走进绵州石墨烯复合导电浆料项目施工现场，吊车林立。",
            "绵州石墨烯复合导电浆料项目",
            None,
        ),
        (
            "位于衡阳高新区的衡钧涂膜基材项目工地上，钢结构吊装过半。",
            "衡钧涂膜基材项目",
            None,
        ),
        (
            "赣州钧拓机械有限公司的重型叉车、桩工机械项目正在安装设备。",
            "重型叉车、桩工机械项目",
            "赣州钧拓机械有限公司",
        ),
        (
            "开工项目有赣州钧拓电器有限公司消毒柜、干衣机项目、章江北路改造工程、老城区供水管网工程等。",
            "赣州钧拓电器有限公司消毒柜、干衣机项目",
            "赣州钧拓电器有限公司",
        ),
        (
            "襄州城区举行开工仪式，宁川大拓半导体与管委会签下了高端集成芯片封装测试项目。",
            "高端集成芯片封装测试项目",
            None,
        ),
    ],
)
def test_a_name_is_whole_behind_what_opens_it(text: str, name: str, owner: str | None) -> None:
    project = found_in(text).project(name)
    assert project.name == name
    if owner is not None:
        assert project.owner == owner


@pytest.mark.parametrize(
    "text",
    [
        "签约仪式在衡阳国际会展中心举行，共签约12个项目。",
        "记者在金桥光伏产业园看到，企业正在扩大在建规模。",
        "全部达产后，宜宾将成为世界级的锂电池制造基地。",
        "厂区内道路硬化、外墙装饰、冷却塔安装等工程已经完工。",
    ],
)
def test_where_something_is_held_and_the_trades_of_a_site_are_no_projects(text: str) -> None:
    assert found_in(text).projects == ()


def test_what_a_project_is_said_to_be_is_no_other_project() -> None:
    found = found_in("当日，总投资23亿元的衡阳机场快线项目开工，该项目是省里规划的重点市域铁路项目。")
    assert [p.name for p in found.projects] == ["衡阳机场快线项目"]


def test_the_phase_of_a_plant_told_twice_is_one_project() -> None:
    text = "临港电厂三期工程项目开工\n12月5日，总投资约90亿元的华投临港电厂三期2×66万千瓦燃煤发电项目开工。"
    (project,) = found_in(text).projects
    assert project.investment == 9e9


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("8月22日，襄州区政府与骏拓能源公司签约，合作建设年产20万吨绿色甲醇项目，计划投资36亿元。", "signed"),
        ("骏拓科技股份有限公司拟在襄阳高新区购置土地，建设汽车零部件生产基地项目。", "idea"),
        ("骏拓玻璃有限公司投资2.7亿元建起酒瓶智能化生产基地。", "in_production"),
        (
            "在襄州，骏拓新材料项目二期正在施工。负责人说：“项目一期去年3月动工，当年10月完成投产。项目二期今年2月开工。”",
            "building",
        ),
    ],
)
def test_stage_from_the_clause_before_and_from_its_own_phase(text: str, stage: str) -> None:
    assert [p.stage for p in found_in("湖北省襄阳市项目动态\n\n" + text).projects] == [stage]


def test_the_sum_that_leads_to_a_project_is_its_own_and_not_that_of_a_phase() -> None:
    text = "由骏拓光能股份有限公司投资117亿元建设的多晶硅电站项目开始实施，一期投资20亿元，二期、三期分别投资40亿元和57亿元。"
    (project,) = found_in("湖北省襄阳市项目动态\n\n" + text).projects
    assert project.investment == 1.17e10


def test_the_home_of_an_investor_is_not_the_place_of_its_project() -> None:
    text = "柳州市柳江区开工项目有中山市骏佳电气有限公司智能洗碗机项目、柳江区东二路工程等。"
    assert found_in("广西柳州市柳江区项目动态\n\n" + text).project("智能洗碗机项目").place == "柳江区"


def named(text: str) -> list[str]:
    return [p.name for p in found_in("湖北省襄阳市项目动态\n2024年6月3日\n\n" + text).projects]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "骏煤榆川化学180万吨/年乙二醇项目累计完成投资26亿元，进入收尾阶段。",
            ["骏煤榆川化学180万吨/年乙二醇项目"],
        ),
        (
            "开工项目1个，为总投资22.1亿元的骏鼎新能源热管理系统及铝箱体研发、生产、销售项目。",
            ["骏鼎新能源热管理系统及铝箱体研发、生产、销售项目"],
        ),
        (
            "签约的3个项目为襄州区新材料产业孵化基地项目、谷城骏东风塑料制品项目、樊城区年产5万吨特种油项目。",
            ["襄州区新材料产业孵化基地项目", "谷城骏东风塑料制品项目", "樊城区年产5万吨特种油项目"],
        ),
        ("樊城区第三季度招商引资项目集中签约。", []),
        ("大力引进高端化学品、化工新材料等重点中下游项目。", []),
        ("建设内容主要是金属新材料项目、非金属新材料产业项目、循环经济产业园项目以及产业配套项目等。", []),
        ("樊城骏力电池材料项目已签约，该项目将建设高端专用化学品生产基地。", ["樊城骏力电池材料项目"]),
        ("在骏卡特汽车零部件有限公司崭新车间内，设备已完成安装调试，部分生产线投产。", []),
    ],
)
def test_names_of_capacity_trade_and_lists(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_a_short_name_told_in_brackets_is_the_same_project() -> None:
    text = "骏海苯乙烯和聚醚多元醇项目（以下简称“SMPO项目”）总投资20亿元。5月14日，SMPO项目正式投产。"
    found = found_in("湖北省襄阳市项目动态\n2024年6月3日\n\n" + text).projects
    assert [(p.investment, p.stage) for p in found] == [(2e9, "in_production")]


def test_a_batch_told_before_gives_its_members_their_stage() -> None:
    text = (
        "此次集中签约项目共12个，总投资42.9亿元。其中10亿元以上项目2个，分别为总投资10.5亿元的骏格德智慧农业装备生产基地项目"
        "和总投资10.2亿元的骏通教育培训基地项目。"
    )
    found = found_in("湖北省襄阳市项目动态\n\n" + text).projects
    assert [(p.investment, p.stage) for p in found] == [(1.05e9, "signed"), (1.02e9, "signed")]


def test_the_next_row_does_not_take_the_step_of_the_row_before() -> None:
    text = "骏新顺酐、骏邦三期等项目竣工投产，骏信苯酚、骏仁四期等石化项目相继启动建设。"
    stages = {p.name: p.stage for p in found_in("湖北省襄阳市项目动态\n\n" + text).projects}
    assert stages["骏邦三期"] == "in_production"
    assert stages["骏仁四期"] == "started"


def test_the_unit_above_a_table_of_projects_is_that_of_its_sums() -> None:
    table = (
        "一季度重点项目进展\n\n单位：万元\n序号\t项目名称\t建设单位\t总投资\t目前进展\n"
        "1\t骏牛屠宰加工项目\t甘肃骏源牧业有限公司\t18600\t主体施工\n2\t骏果气调库建设项目\t灵台骏上果业有限公司\t9200\t设备安装\n"
    )
    found = found_in(table).projects
    assert {(p.name, p.investment) for p in found} == {("骏牛屠宰加工项目", 1.86e8), ("骏果气调库建设项目", 9.2e7)}
