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
    ],
)
def test_stage_of_words(words: str, stage: str | None) -> None:
    assert stage_of(words) == stage


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
