"""Names in sentences of any province: regions, zones, enterprises, projects, and the words that stand for them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liantu.extraction.model import Mention
from liantu.extraction.names import find_mentions, scene_of
from liantu.reading import read_document


def mentions_of(text: str, kind: str | None = None) -> list[Mention]:
    document = read_document(text.encode(), "试.txt")
    return [m for m in find_mentions(document) if kind is None or m.kind == kind]


def keys(text: str, kind: str) -> list[str]:
    return [m.key for m in mentions_of(text, kind)]


def test_regions_of_all_china_by_full_and_short_name() -> None:
    text = "湖北省襄阳市与浙江宁波对接。襄阳去年工业增加值增长7%，枣阳市增长8%。"
    assert keys(text, "region")[:2] == ["襄阳市", "宁波市"]
    assert "枣阳市" in keys(text, "region")


def test_a_county_without_suffix_needs_its_province_spoken_of() -> None:
    assert "长兴县" in keys("浙江省湖州市召开会议，长兴加快建设电池基地。", "region")
    assert keys("这项改革长兴不衰。", "region") == []


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("襄阳高新技术产业开发区去年完成产值3000亿元。", "襄阳高新技术产业开发区"),
        ("走进宁波经开区，塔吊林立。", "宁波经开区"),
        ("德阳经济技术开发区聚集装备企业200家。", "德阳经济技术开发区"),
    ],
)
def test_zones_by_their_ending(text: str, zone: str) -> None:
    assert zone in keys(text, "zone")


def test_zones_of_a_province_are_no_zone() -> None:
    assert keys("四川省开发区去年完成投资3000亿元。", "zone") == []


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("位于绵阳的四川九洲光电子技术有限公司扩大生产。", "四川九洲光电子技术有限公司"),
        ("昨日，佛山海盈精密机械股份有限公司投资3亿元建设新厂。", "佛山海盈精密机械股份有限公司"),
        ("由骏驰集团牵头建设。", "骏驰集团"),
        ("位于自贡的骏驰重工新增产值3亿元。", "骏驰重工"),
    ],
)
def test_enterprises_by_form_and_by_what_is_said(text: str, firm: str) -> None:
    assert firm in keys(text, "enterprise")


def test_a_full_name_introduces_its_short_forms() -> None:
    text = "湖北骆驰新能源科技有限公司落户宜昌。今年，骆驰新能源产值增长三成。"
    found = mentions_of(text, "enterprise")
    assert [m.key for m in found] == ["湖北骆驰新能源科技有限公司"] * 2


@pytest.mark.parametrize(
    "text", ["宜昌市工业和信息化局负责解释。", "三峡大学与企业共建实验室。", "中国工商银行宜昌分行发放贷款。"]
)
def test_bureaux_universities_and_banks_are_no_enterprises(text: str) -> None:
    assert keys(text, "enterprise") == []


def said_by(text: str, word: str) -> list[tuple[str, str]]:
    """Kind and key of every mention that reads `word`."""
    document = read_document(("四川省自贡市观察\n\n" + text).encode(), "试.txt")
    clean = document.text.clean
    return [(m.kind, m.key) for m in find_mentions(document) if clean[m.start : m.end] == word]


@pytest.mark.parametrize(
    ("text", "word", "kind", "key"),
    [
        ("骏驰重工扩产。这家企业2017年落户。", "企业", "enterprise", "骏驰重工"),
        ("恒拓集团发布年报。集团全年实现营业收入12亿元。", "集团", "enterprise", "恒拓集团"),
        ("骏驰重工与盒马签下协议，公司今年出口增长两成。", "公司", "enterprise", "骏驰重工"),
        ("骏驰重工订单饱满；其投资3亿元的研发中心封顶。", "其", "enterprise", "骏驰重工"),
        ("自贡花木产业园开工。园区规划总投资3亿元。", "园区", "project", "自贡花木产业园"),
        ("自贡电机扩产项目开工，一期已于6月投用。", "一期", "project", "自贡电机扩产项目"),
        ("自贡电机扩产项目开工。这个总投资3亿元的项目用地20亩。", "项目", "project", "自贡电机扩产项目"),
    ],
)
def test_words_that_stand_for_a_firm_or_a_work(text: str, word: str, kind: str, key: str) -> None:
    assert said_by(text, word) == [(kind, key)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("骏驰重工扩产。规上企业达到30户，企业效益好转。", "企业"),
        ("自贡花木产业园开工。自贡高新区招商活跃，园区产值增长。", "一期"),
        ("自贡电机扩产项目开工，一期9万台已投产。", "一期"),
    ],
)
def test_the_same_words_stand_for_nothing_elsewhere(text: str, word: str) -> None:
    assert said_by(text, word) == []


def test_deictic_words_stand_for_names() -> None:
    text = "德阳市今年发力。该市工业投资增长9%。四川恒拓装备有限公司扩产，该公司新增产线3条。"
    assert keys(text, "region")[1] == "德阳市"
    assert keys(text, "enterprise") == ["四川恒拓装备有限公司"] * 2


def test_mentions_lie_in_order_without_overlap() -> None:
    text = "荆门市京山经开区的湖北瑞控装备有限公司年产5万台伺服电机项目投产，总投资6亿元。"
    found = mentions_of(text)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="宜昌市高新区的有限公司年产10万吨项目、，。（）“”投资开工X等企业产业链和", max_size=60))
def test_any_text_gives_ordered_mentions_inside_it(text: str) -> None:
    document = read_document(("宜昌" + text).encode(), "试.txt")
    found = find_mentions(document)
    assert all(0 <= m.start < m.end <= len(document.text.clean) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("issuer", "code"),
    [("光明日报", None), ("新民晚报", None), ("东方新闻网", None), ("安康新闻网", "610900"), ("光明政府网", "440311")],
)
def test_a_paper_tells_a_place_only_where_it_bears_its_name(issuer: str, code: str | None) -> None:
    home = scene_of(read_document(f"企业动态\n来源：{issuer}　2024-05-20\n\n企业积极生产。".encode(), "试.txt")).home
    assert (home.code if home is not None else None) == code
