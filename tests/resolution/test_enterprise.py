"""Firms: short and full names, and the rules that stand above any likeness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.resolution import Named, compare
from liantu.resolution.enterprise_name import parse_enterprise
from liantu.resolution.uscc import ALPHABET, check_character

BODIES = st.text(alphabet=ALPHABET, min_size=17, max_size=17)


def score(a: str, b: str) -> float:
    return compare("enterprise", Named(a), Named(b)).score


@pytest.mark.parametrize(
    ("name", "place", "core", "form", "branch"),
    [
        ("太原太钢大明金属科技有限公司", "太原", "太钢大明金属科技", "limited", ""),
        ("一道新能源科技（忻州）有限公司", "", "一道新能源科技", "limited", "忻州"),
        ("江西沐邦高科技股份有限公司", "江西", "沐邦高科技", "joint_stock", ""),
        ("鞍山合成(集团)股份有限公司", "鞍山", "合成", "group_joint_stock", ""),
        ("太钢集团", "", "太钢", "group", ""),
        ("晶科", "", "晶科", "", ""),
    ],
)
def test_a_name_in_its_parts(name: str, place: str, core: str, form: str, branch: str) -> None:
    parsed = parse_enterprise(name)
    assert (parsed.place, parsed.core, parsed.form, parsed.branch) == (place, core, form, branch)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("太钢大明", "太原太钢大明金属科技有限公司"),
        ("一道新能", "一道新能源科技（忻州）有限公司"),
        ("沐邦高科", "江西沐邦高科技股份有限公司"),
        ("宇泽半导体", "宇泽半导体(云南)有限公司"),
        ("烁科晶体", "山西烁科晶体有限公司"),
        ("管家营法兰", "定襄县管家营法兰锻造集团有限公司"),
        ("鹏飞", "鹏飞集团"),
        ("晶科", "晶科能源"),
        ("*ST比特", "比特科技控股股份有限公司"),
        ("渝农商行", "重庆农村商业银行股份有限公司"),
        ("安可瑞(山西)生物细胞公司", "安可瑞（山西）生物细胞有限公司"),
    ],
)
def test_a_short_name_means_its_full_one(short: str, full: str) -> None:
    assert score(short, full) >= 0.8


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("一道新能源科技股份有限公司", "一道新能源科技(忻州)有限公司"),  # a place in brackets makes a branch
        ("太原重型机械集团有限公司", "太原重型机械有限公司"),  # a group and its member
        ("山西沐邦高科", "江西沐邦高科技股份有限公司"),  # another province
        ("宝武镁业", "五台云海镁业有限公司"),  # only the trade in common
        ("大运汽车", "大运集团"),
        ("太钢", "太钢大明"),
        ("新疆众和股份有限公司", "新疆天业股份有限公司"),
    ],
)
def test_two_firms_stay_two(one: str, other: str) -> None:
    assert score(one, other) < 0.5


def test_a_converted_firm_is_for_a_person() -> None:
    assert 0.5 <= score("山西日盛达太阳能科技有限公司", "山西日盛达太阳能科技股份有限公司") < 0.8


def test_words_of_trade_alone_never_merge() -> None:
    assert score("新能源科技", "一道新能源科技(忻州)有限公司") < 0.8


@given(BODIES, BODIES)
def test_two_valid_codes_decide_whatever_the_names_say(one: str, other: str) -> None:
    left = Named("美锦能源", context={"uscc": one + check_character(one)})
    right = Named("美锦能源", context={"uscc": other + check_character(other)})
    compared = compare("enterprise", left, right)
    assert compared.verdict == ("same" if one == other else "different")
    assert compared.score == (1.0 if one == other else 0.0)


def test_a_wrong_code_decides_nothing() -> None:
    left = Named("美锦能源", context={"uscc": "91140000000000000X"})
    assert compare("enterprise", left, Named("美锦能源", context={"uscc": "9114000000000000XX"})).score > 0.8


def test_one_name_in_two_cities_is_for_a_person() -> None:
    here, there = Named("宏源公司", context={"region": "140100"}), Named("宏源公司", context={"region": "140900"})
    assert 0.5 <= compare("enterprise", here, there).score < 0.8
    assert compare("enterprise", here, Named("宏源公司", context={"region": "140108"})).score >= 0.8


NAMES = st.sampled_from(
    [
        "太钢",
        "太钢集团",
        "太钢大明",
        "太原太钢大明金属科技有限公司",
        "一道新能",
        "一道新能源科技(忻州)有限公司",
        "山西中来",
        "中来股份",
        "",
        "公司",
        "ＳＴ",
    ]
)


@given(NAMES, NAMES)
def test_comparing_is_symmetric_and_stays_within_bounds(a: str, b: str) -> None:
    there, back = compare("enterprise", Named(a), Named(b)), compare("enterprise", Named(b), Named(a))
    assert there.score == pytest.approx(back.score)
    assert 0.0 <= there.score <= 1.0
    assert there.reason_zh and there.reason_en


@given(st.text(max_size=25))
def test_no_text_breaks_the_parser(name: str) -> None:
    parsed = parse_enterprise(name)
    assert parsed.folded.startswith(parsed.place)
