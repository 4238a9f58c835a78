"""Quantities: what is one, what is not, and what it is worth."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.extraction.figures.numbers import find_quantities
from liantu.extraction.figures.numerals import chinese_number, magnitude


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("推广甲醇汽车5623辆", 5623, "辆"),
        ("播种面积399.6万亩", 3_996_000, "亩"),
        ("合同金额2365.3万元", 23_653_000, "元"),
        ("投资规模近2000亿元", 200_000_000_000, "元"),
        ("占全省的17.38%", 17.38, "%"),
        ("提高4.4个百分点", 4.4, "百分点"),
        ("装机1200万千瓦", 12_000_000, "千瓦"),
        ("年产56GW", 56, "GW"),
        ("浓度41微克/立方米", 41, "微克/立方米"),
        ("超过六成", 60, "%"),
        ("约三分之一", 100 / 3, "%"),
        ("完成了一半", 50, "%"),
        ("翻了两番", 2, "番"),
        ("增长1.8倍", 1.8, "倍"),
        ("居全省第三", 3, "位"),
        ("排名第12位", 12, "位"),
        ("企业百余家", 100, "家"),
        ("花费超千亿元", 100_000_000_000, "元"),
        ("方圆一百公里", 100, "公里"),
        ("连续五年增长", 5, "年"),
        ("百分之十二点五", 12.5, "%"),
        ("1,283.5万吨", 12_835_000, "吨"),
        ("120.5万人次", 1_205_000, "人次"),
    ],
)
def test_a_quantity_and_its_worth(text: str, value: float, unit: str) -> None:
    found = find_quantities(text)
    assert [(pytest.approx(q.value), q.unit) for q in found] == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "2024年10月5日上午10:28",
        "“156”战略举措和“22510”行动",
        "打造“5个3”项目格局",
        "五届八次全会精神",
        "国道207线和307线",
        "晋谷21号、神舟16号",
        "TOPCon4.0技术",
        "电话0351-4281485",
        "第三代半导体、第二产业、第一批项目、第十八场发布会",
        "八大行动、四条路径、三大板块",
        "一个百亿级产业集群",
        "亿元以上项目",
        "PM10和5A级景区",
        "近三年来",
    ],
)
def test_names_dates_and_slogans_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == []


def test_a_range_gives_its_two_ends() -> None:
    low, high = find_quantities("给予20万元至100万元资助")
    assert (low.value, low.edge, high.value, high.edge) == (200_000, "low", 1_000_000, "high")


def test_from_and_to_are_no_range() -> None:
    assert [q.edge for q in find_quantities("从3家企业到11家企业")] == ["", ""]


def test_the_three_sectors_are_three_shares() -> None:
    assert [(q.value, q.unit, q.form) for q in find_quantities("三次产业结构为4.5:68.9:26.6")] == [
        (4.5, "%", "ratio"),
        (68.9, "%", "ratio"),
        (26.6, "%", "ratio"),
    ]


@given(st.integers(1, 9999), st.sampled_from(["", "万", "亿", "万亿"]), st.sampled_from(["元", "家", "吨", "亩", "人"]))
def test_magnitudes_multiply_out(number: int, mag: str, unit: str) -> None:
    (found,) = find_quantities(f"合计{number}{mag}{unit}。")
    assert found.value == number * magnitude(mag)
    assert found.unit == unit


@given(st.text(alphabet="一二三四五六七八九十百千万亿0123456789.%元家第成分之年月日至—约近超", max_size=40))
def test_quantities_lie_in_order_and_do_not_overlap(text: str) -> None:
    found = find_quantities(text)
    assert all(0 <= q.start < q.end <= q.stop <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_read_back(number: int) -> None:
    assert chinese_number(_spell(number)) == number


def _spell(number: int) -> str:
    """A number in Chinese characters, written the long way."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return _spell(high) + "万" + (("零" if low < 1000 else "") + _spell(low) if low else "")
    digits, out, zero = "零一二三四五六七八九", "", False
    for factor, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, factor)
        if digit:
            out += ("零" if zero and out else "") + digits[digit] + name
            zero = False
        else:
            zero = True
    return out


@pytest.mark.parametrize("text", ["投资5\ufffd23亿元。", "增长\ufffd8.5%。", "二\ufffd五个项目。"])
def test_what_follows_a_damaged_character_may_be_the_tail_of_a_number(text: str) -> None:
    assert find_quantities(text) == []
