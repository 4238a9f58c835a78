"""Folding: names that differ in writing only become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.resolution import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("一道新能源科技（忻州）有限公司", "一道新能源科技(忻州)有限公司"),
        ("“五馆一院”", "五馆一院"),
        ("TOPCon4.0 光伏", "ＴＯＰＣＯＮ４．０光伏"),
        ("太原—雄安高速", "太原-雄安高速"),
        ("华为 大数据", "华为大数据"),
        ("【综改示范区】", "〔综改示范区〕"),
    ],
)
def test_two_ways_of_writing_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_brackets_stay_because_a_branch_stands_in_them() -> None:
    assert fold("一道新能源科技（忻州）有限公司") != fold("一道新能源科技有限公司")


@given(st.text("示例锻造ab1()（）Ａ１［ﬁ㈱Ⅲ", max_size=12))
def test_a_plain_name_folds_as_one_with_something_to_drop_does(name: str) -> None:
    assert fold(name) == fold(name + "·")
