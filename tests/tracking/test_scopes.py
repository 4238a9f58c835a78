"""Value changed or scope changed: what sentences say they cover, and which figures may be held against a target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.tracking.linking import Candidate, link
from liantu.tracking.parts import Part, check_sum
from liantu.tracking.revising import Said, compare
from liantu.tracking.scope_words import Covered, covered, differences

OLD = "到2025年，10条省级重点链的产业链营业收入要达到8400亿元，其中6条超千亿。"
NEW = "范围扩大到16条产业链，2025年营业收入目标定为8000亿元。"
NOTHING = Covered({}, {})


def said(value: float | None, words: Covered, unit: str = "元", **more: object) -> Said:
    columns: dict[str, object] = {"place": "140000", "chain": "", "due": date(2025, 12, 31)} | more
    return Said("营业收入", value, unit, covered=words, **columns)  # type: ignore[arg-type]


def test_8400_on_ten_chains_to_8000_on_sixteen_is_a_change_of_scope() -> None:
    found = compare(said(8.4e11, covered(OLD, "8400")), said(8e11, covered(NEW, "8000")))
    assert found.kind == "scope" and found.change is None
    assert ("count", "产业链", "10", "16") in {(d.sign, d.what, d.first, d.second) for d in found.reasons}


def test_towns_in_stock_and_towns_newly_recognised_are_two_scopes() -> None:
    stock = covered("全市累计有市级专业镇10个。", "10", "市级专业镇")
    newly = covered("年内认定市级专业镇5个以上。", "5", "认定市级专业镇")
    assert compare(said(10, stock, "个"), said(5, newly, "个")).kind == "scope"


def test_a_sign_that_only_one_gives_leaves_it_open() -> None:
    found = compare(said(10, covered("有市级专业镇10个。", "10", "专业镇"), "个"), said(5, NOTHING, "个"))
    assert found.kind == "unsure" and found.change is None


def test_a_changed_value_a_changed_day_and_the_same_again() -> None:
    assert compare(said(80, NOTHING), said(60, NOTHING)).change == pytest.approx(-25)
    assert compare(said(80, NOTHING), said(80, NOTHING, due=date(2026, 12, 31))).kind == "date"
    assert compare(said(80, NOTHING), said(80, NOTHING)).kind == "same"
    # another value for another day is no percentage
    assert compare(said(80, NOTHING), said(60, NOTHING, due=date(2026, 12, 31))).change is None


def test_another_place_or_definition_is_another_scope_and_another_unit_no_version() -> None:
    assert compare(said(80, NOTHING), said(80, NOTHING, place="140100")).kind == "scope"
    assert compare(said(80, NOTHING, definition="规上"), said(60, NOTHING, definition="全口径")).kind == "scope"
    with pytest.raises(ValueError, match="不能换算"):
        compare(said(80, NOTHING, "户"), said(60, NOTHING, "元"))


def candidate(words: str, sentence: str = "", number: str = "", kind: str = "level", **more: object) -> Candidate:
    columns: dict[str, object] = {
        "place": "1",
        "chain": "",
        "start": date(2025, 1, 1),
        "end": date(2025, 12, 31),
    } | more
    return Candidate(words, "户", kind, covered=covered(sentence, number, words), **columns)  # type: ignore[arg-type]


def test_which_figures_are_offered_for_a_target() -> None:
    target = candidate("链上企业")
    assert link(target, candidate("链上企业"), 1.0).fit == "fits"
    assert link(target, candidate("培育链上企业"), 0.8).fit == "perhaps"
    assert link(target, candidate("链上企业", end=date(2024, 12, 31)), 1.0).fit == "other"
    assert link(target, candidate("链上企业", kind="change"), 1.0).fit == "other"
    assert link(target, candidate("链上企业", place="2"), 1.0).fit == "other"
    ten, sixteen = (candidate("收入", f"{n}条产业链收入达到9户", "9") for n in (10, 16))
    assert link(ten, sixteen, 1.0).fit == "scope_differs"


def test_local_supply_rates_of_the_province_and_of_the_place_are_not_averaged() -> None:
    provincial = candidate("省内配套率", "零部件省内配套率5%左右", "5")
    local = candidate("本地配套率", "本地配套率22.3%", "22.3")
    assert link(provincial, local, 0.9).fit == "scope_differs"


@given(st.text(max_size=60), st.text(max_size=4), st.text(max_size=12))
def test_nothing_differs_from_itself(sentence: str, number: str, indicator: str) -> None:
    found = covered(sentence, number, indicator)
    assert differences(found, found) == ()


@given(st.integers(1, 9999))
def test_numbers_in_words_and_digits_are_one(number: int) -> None:
    assert covered(f"全省{number}条产业链").counts == {"产业链": number}
    assert covered("全省十六条产业链").counts == {"产业链": 16}


def part(name: str, value: str, unit: str = "元") -> Part:
    return Part(name, "", Decimal(value), unit)


def test_parts_add_up_or_are_told_not_to() -> None:
    whole = Decimal(100)
    assert check_sum(whole, "户", "=", [part("a", "60", "户"), part("b", "40", "户")]).state == "equal"
    assert check_sum(whole, "户", "=", [part("a", "60", "户")]).difference == Decimal(-40)
    assert check_sum(whole, "户", ">=", [part("a", "160", "户")]).state == "equal"
    assert check_sum(whole, "户", "<=", [part("a", "160", "户")]).state == "over"
    assert check_sum(Decimal(8), "%", ">=", [part("a", "8", "%"), part("b", "9", "%")]).state == "not_additive"
    assert check_sum(whole, "户", "=", []).state == "empty"
    with pytest.raises(ValueError, match="b的单位"):
        check_sum(whole, "户", "=", [part("b", "1", "亩")])


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=9))
def test_a_whole_made_of_its_parts_is_equal(values: list[Decimal]) -> None:
    parts = [part(str(n), str(value)) for n, value in enumerate(values)]
    assert check_sum(sum(values, Decimal(0)), "元", "=", parts).state == "equal"
