"""Criteria: three-valued results, one condition short, the set of the right day, texts with mistakes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.tracking.criteria import (
    Clause,
    CriterionSet,
    Group,
    GroupResult,
    Known,
    evaluate,
    load_set,
    set_on,
    shipped_sets,
)  # fmt: skip
from liantu.tracking.lined import RulesError

TEXT = """id: own_masters
scheme: own_masters
name_zh: 本市链主
name_en: Our masters
subject: enterprise
effective_from: 2024-01-01
origin: 市里的办法
all:
  - {field: revenue, value: 100000000, unit: 元}
  - at_least: 2
    of:
      - {field: rd_share, value: 3, unit: "%"}
      - {field: lead_plan}
      - {field: supporting_firms, value: 15, unit: 户}
"""
FIELDS = ("revenue", "rd_share", "lead_plan", "supporting_firms")


def number(value: float, unit: str) -> Known:
    return Known(value, value, unit)


def held(**known: Known) -> object:
    return evaluate(load_set(TEXT), known)


def test_clauses_are_met_not_met_or_without_data() -> None:
    found = evaluate(load_set(TEXT), {"revenue": number(12000, "元"), "rd_share": number(4, "%")})
    assert [r.result for r in found.clause_results()] == ["not_met", "met", "no_data", "no_data"]
    assert found.verdict == "not_met" and (found.n, found.n_known) == (4, 2)


def test_one_short_is_one_condition_known_not_to_be_met() -> None:
    known = {"rd_share": number(4, "%"), "lead_plan": Known(yes=True), "revenue": number(9e7, "元")}
    found = evaluate(load_set(TEXT), known)
    assert found.verdict == "one_short" and [m.clause.field for m in found.missing] == ["revenue"]
    # unknown instead of refused: no data, not one short
    del known["revenue"]
    assert evaluate(load_set(TEXT), known).verdict == "no_data"
    assert evaluate(load_set(TEXT), known | {"revenue": number(1e8, "元")}).verdict == "met"


def test_a_bound_may_leave_it_open() -> None:
    known = {"rd_share": number(4, "%"), "lead_plan": Known(yes=True)}
    for low, high, result in ((9e7, 1.1e8, "no_data"), (1e8, float("inf"), "met"), (0.0, 9e7, "not_met")):
        leaf = evaluate(load_set(TEXT), known | {"revenue": Known(low, high, "元")}).clause_results()[0]
        assert leaf.result == result
    differing = Known(9e7, 1.1e8, "元", differs=True)
    assert evaluate(load_set(TEXT), known | {"revenue": differing}).clause_results()[0].reason == "sources_differ"


def test_another_unit_is_an_error_and_one_that_converts_is_not() -> None:
    with pytest.raises(ValueError, match="不能换算"):
        evaluate(load_set(TEXT), {"revenue": number(5, "户")})
    text = TEXT.replace("field: revenue, value: 100000000, unit: 元", "field: area_x, value: 1, unit: 亩")
    with pytest.raises(RulesError):
        load_set(text)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("unit: 元}", "unit: 亩}", "第9行：单位“亩”与字段的单位“元”不能换算"),
        ("field: revenue", "field: nothing", "第9行：没有这个字段"),
        ("value: 100000000, ", "", "第9行：没有门槛值"),
        ("at_least: 2", "at_least: 4", "第10行：at_least 要在 1 到 3 之间"),
        ("origin: 市里的办法", "orign: x", "没有“orign”这一项"),
        ("effective_from: 2024-01-01", "effective_from: 2024年", "第6行：“effective_from”要写成"),
        ("subject: enterprise", "subject: town", "不是town的字段"),
        ("{field: lead_plan}", "{field: lead_plan, operator: '>='}", "第13行：这个字段用：yes"),
        ("all:\n", "all: &a\n", "不能用 & 和 * 引用"),
        ("all:\n", "all: [\n", "写法不对"),
    ],
)
def test_a_mistake_is_told_by_its_line(before: str, after: str, told: str) -> None:
    with pytest.raises(RulesError, match="第") as caught:
        load_set(TEXT.replace(before, after, 1))
    assert told in str(caught.value)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(RulesError) as caught:
        load_set(TEXT.replace("unit: 元", "unit: 亩").replace("at_least: 2", "at_least: 9"))
    assert [m.line for m in caught.value.mistakes] == [9, 10]


def test_the_shipped_sets_make_up_no_thresholds() -> None:
    sets = {key: made for key, (made, _text) in shipped_sets().items()}
    master = {c.field: c for c in sets["chain_master_shanxi_2023"].clauses()}
    assert master["chain_revenue"].state == "not_published" and master["chain_revenue"].value is None
    assert master["supporting_firms"].value == 15
    town = sets["specialty_town_shanxi"].clauses()
    assert {c.state for c in town if c.operator != "yes"} == {"not_published"}
    for made in sets.values():
        assert made.origin and all(c.value is None for c in made.clauses() if c.state.startswith("not_"))


def test_the_set_of_the_right_day_is_chosen() -> None:
    sets = [made for made, _text in shipped_sets().values()]
    for day, key in ((date(2022, 12, 1), "2022"), (date(2024, 1, 1), "2023")):
        chosen = set_on(sets, "chain_master_shanxi", day)
        assert chosen is not None and chosen.id.endswith(key)
    assert set_on(sets, "chain_master_shanxi", date(2020, 1, 1)) is None


@pytest.mark.parametrize(
    ("firms", "scale", "output", "people"),
    [(199, 38, 7e9, 45000), (243, 34, 2.11e9, 15000), (40, 15, 4.86e9, 3000)],
)
def test_profiles_of_towns_are_kept_without_a_verdict(firms: int, scale: int, output: float, people: int) -> None:
    known = {
        "firms": number(firms, "户"), "above_scale_firms": number(scale, "户"), "output": number(output, "元"),
        "employees": number(people, "人"),
    }  # fmt: skip
    found = evaluate(shipped_sets()["specialty_town_shanxi"][0], known)
    assert found.verdict == "no_data" and found.n_known == 4
    assert {r.reason for r in found.clause_results() if r.clause.field in known} == {"not_published"}


VALUES = st.sampled_from([None, True, False])


def tree(depth: int) -> st.SearchStrategy[Group]:
    leaf = st.integers(0, 4).map(lambda n: Clause(f"c{n}", "", FLAGS[n], "yes", None, "", (), "entered", ""))
    part = leaf if depth == 0 else st.one_of(leaf, tree(depth - 1))
    return st.lists(part, min_size=1, max_size=4).flatmap(
        lambda parts: st.integers(1, len(parts)).map(lambda k: Group("", k, tuple(parts)))
    )


FLAGS = ("on_key_chain", "market_share_proof", "lead_plan", "potential_master", "county_based")


def judged(root: Group, flags: list[bool | None]) -> GroupResult:
    made = CriterionSet("x", "x", "x", "x", "enterprise", None, None, "x", True, "", root)
    return evaluate(made, {f: Known(yes=v) for f, v in zip(FLAGS, flags, strict=True) if v is not None}).whole


@given(tree(2), st.lists(VALUES, min_size=5, max_size=5))
def test_what_is_decided_stays_decided_whatever_becomes_known(root: Group, flags: list[bool | None]) -> None:
    before = judged(root, flags)
    for filled in (True, False):
        after = judged(root, [filled if v is None else v for v in flags])
        if before.result != "no_data":
            assert after.result == before.result
        assert after.result != "no_data"
    if before.result == "no_data":  # open only when both ways lie open
        assert judged(root, [v is not False for v in flags]).result == "met"
        assert judged(root, [v is True for v in flags]).result == "not_met"


@given(tree(2), st.lists(VALUES, min_size=5, max_size=5))
def test_nothing_is_lacking_exactly_when_it_is_met(root: Group, flags: list[bool | None]) -> None:
    found = judged(root, flags)
    assert (found.lacking == 0) == (found.result == "met")


@given(st.lists(VALUES, min_size=5, max_size=5), st.integers(1, 5), st.permutations(range(5)))
def test_the_order_of_conditions_changes_nothing(flags: list[bool | None], least: int, order: list[int]) -> None:
    clauses = [Clause(f, "", f, "yes", None, "", (), "entered", "") for f in FLAGS]
    one = judged(Group("", least, tuple(clauses)), flags)
    other = judged(Group("", least, tuple(clauses[n] for n in order)), flags)
    assert (one.result, one.lacking) == (other.result, other.lacking)
