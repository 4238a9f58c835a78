"""Single sources, substitutes, chokepoints and weak points: by hand, and against plain search for any network."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
import rustworkx
from hypothesis import given, settings
from hypothesis import strategies as st

from liantu.diagnosis.supply import (
    Link,
    Purchase,
    Substitutes,
    SupplyNetwork,
    betweenness,
    chokepoint,
    cut_to_master,
    input_risks,
    substitutes,
    supply_network,
    survival,
    weak_points,
)


def risks(*purchases: Purchase, coverage: float | None = 0.9):  # type: ignore[no-untyped-def]
    key = (purchases[0].buyer, purchases[0].input)
    return input_risks(purchases, coverage={} if coverage is None else {key: coverage}, period="2024")


def test_shares_by_hand() -> None:
    (found,) = risks(
        Purchase("车厂", "钢材", "甲钢", 60.0, "太原市", "cluster", ("s1",)),
        Purchase("车厂", "钢材", "乙钢", 30.0, "邯郸市", "nation", ("s2",)),
        Purchase("车厂", "钢材", "丙钢", 10.0, "日本", "abroad"),
    )
    assert found.top_share.value == pytest.approx(0.6) and found.hhi.value == pytest.approx(0.46)
    assert found.beyond_cluster.value == pytest.approx(0.4) and found.outside.value == pytest.approx(0.1)
    assert found.flags == ("dominant_supplier",) and found.hhi.statements == ("s1", "s2") and found.hhi.n == 3


def test_a_single_supplier_from_abroad() -> None:
    (found,) = risks(Purchase("车厂", "芯片", "某公司", 5.0, "日本", "abroad"))
    assert found.flags == ("single_supplier", "one_place", "abroad_only") and found.one_place == "日本"


@pytest.mark.parametrize("coverage", [None, 0.1])
def test_one_known_supplier_of_few_known_is_no_single_supplier(coverage: float | None) -> None:
    (found,) = risks(Purchase("车厂", "芯片", "某公司", 5.0, "日本", "abroad"), coverage=coverage)
    assert found.flags == () and found.top_share.value == 1 and found.top_share.coverage == (coverage or 0.0)
    assert "不等于单一来源" in found.warning
    assert input_risks([]) == ()


def test_suppliers_without_amounts_count_alike_and_say_so() -> None:
    (found,) = risks(Purchase("车厂", "钢材", "甲钢"), Purchase("车厂", "钢材", "乙钢"))
    assert found.assumed and found.hhi.value == 0.5 and "alike" in found.hhi.convention
    assert found.outside.reason == "no_data", "nobody has said where they are"


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (Purchase("车厂", "钢材", "甲钢", 3.0), "甲钢出现两次"),
        (Purchase("车厂", "钢材", "乙钢", -3.0), "应为正数"),
        (Purchase("车厂", "钢材", "乙钢"), "有的没有"),
    ],
)
def test_purchases_that_contradict_are_refused(second: Purchase, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        risks(Purchase("车厂", "钢材", "甲钢", 6.0), second)


def test_stock_against_recovery() -> None:
    assert survival("车厂", "芯片", 30, 90).light == "red"
    assert survival("车厂", "芯片", 90, 90).light == "green"
    assert survival("车厂", "芯片", 30, 90).margin.value == -60
    for unknown in (survival("车厂", "芯片", None, 90), survival("车厂", "芯片", 30, None)):
        assert unknown.light == "no_data" and unknown.margin.reason == "no_data"
    with pytest.raises(ValueError, match="不得为负"):
        survival("车厂", "芯片", -1, 90)


def others(*makers: tuple[str, str, bool | None]) -> Substitutes:
    return substitutes("芯片", makers, instead_of=["某公司"])  # type: ignore[arg-type]


def test_substitutes_ring_by_ring() -> None:
    found = others(
        ("某公司", "abroad", True), ("甲芯", "province", None), ("乙芯", "province", True), ("丙芯", "nation", False)
    )
    assert found.able["province"] == ("乙芯", "甲芯") and found.spare["province"] == ("乙芯",)
    assert found.nearest == "province" and found.able["abroad"] == ()
    assert others().nearest is None


def test_a_chokepoint_needs_all_four_and_unknown_stays_open() -> None:
    (chip,) = risks(Purchase("车厂", "芯片", "某公司", 5.0, "日本", "abroad"))
    none, some = others(("外芯", "abroad", True)), others(("甲芯", "nation", True))
    assert chokepoint(chip, essential=True, others=none, time_to_recover=400).verdict == "yes"
    assert chokepoint(chip, essential=True, others=some, time_to_recover=400).verdict == "no"
    assert chokepoint(chip, essential=None, others=none, time_to_recover=400).verdict == "no_data"
    assert chokepoint(chip, essential=None, others=some, time_to_recover=None).verdict == "no", (
        "one that is false decides"
    )
    assert chokepoint(chip, essential=True, others=None, time_to_recover=400).conditions["no_substitute"] is None


def net(*pairs: tuple[str, str]) -> SupplyNetwork:
    firms = sorted({f for p in pairs for f in p})
    return supply_network([(f, "a") for f in firms], [Link(a, b) for a, b in pairs])


def test_the_firm_on_which_a_chain_hangs() -> None:
    found = weak_points(net(("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("d", "e")))
    assert found.articulation == ("c", "d") and found.parts == {"c": 2, "d": 1}
    assert found.bridges == (("c", "d"), ("d", "e")) and found.components == 1


def test_fewest_firms_between_a_supplier_and_the_master() -> None:
    found = net(("s", "a"), ("s", "b"), ("a", "c"), ("b", "c"), ("c", "m"), ("x", "m"))
    assert cut_to_master(found, "s", "m") == ("c",)
    assert cut_to_master(found, "m", "s") == ()
    assert cut_to_master(found, "x", "m") is None
    with pytest.raises(ValueError, match="同一家"):
        cut_to_master(found, "s", "s")


pairs = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda p: p[0] != p[1]), min_size=1, max_size=14)


def reaches(links: set[tuple[str, str]], a: str, b: str) -> bool:
    seen, waiting = {a}, [a]
    for u in waiting:
        for x, y in links:
            if x == u and y not in seen:
                seen.add(y)
                waiting.append(y)
    return b in seen


@given(pairs)
@settings(deadline=None)
def test_cuts_are_cuts_and_none_is_smaller(drawn: set[tuple[int, int]]) -> None:
    links = {(f"F{a}", f"F{b}") for a, b in drawn}
    network = net(*links)
    firms = network.firms
    a, b = firms[0], firms[-1]
    cut = cut_to_master(network, a, b)
    if cut is None:
        assert (a, b) in links
        return
    between = [f for f in firms if f not in (a, b)]

    def cuts(gone: tuple[str, ...]) -> bool:
        return not reaches({p for p in links if not set(p) & set(gone)}, a, b)

    assert cuts(cut)
    assert not any(cuts(smaller) for k in range(len(cut)) for smaller in combinations(between, k))


@given(pairs)
@settings(deadline=None)
def test_articulation_firms_are_those_that_cut(drawn: set[tuple[int, int]]) -> None:
    links = {(f"F{a}", f"F{b}") for a, b in drawn}
    both = links | {(b, a) for a, b in links}
    network = net(*links)
    found = weak_points(network)

    def islands(gone: str) -> int:
        left = [f for f in network.firms if f != gone]
        inside = {p for p in both if gone not in p}
        return len({frozenset(g for g in left if reaches(inside, f, g)) for f in left})

    expected = {f for f in network.firms if islands(f) > found.components - (not any(f in p for p in links))}
    assert set(found.articulation) == expected
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(network.firms)))
    graph.add_edges_from_no_data(list(zip(network.supplier.tolist(), network.buyer.tolist(), strict=True)))
    assert {network.firms.index(f) for f in found.articulation} == set(rustworkx.articulation_points(graph))
    bridges = {frozenset(network.firms[i] for i in pair) for pair in rustworkx.bridges(graph)}
    assert {frozenset(pair) for pair in found.bridges} == bridges
    for firm, fallen in found.parts.items():
        left = [f for f in network.firms if f != firm and reaches(both, firm, f)]
        inside = {p for p in both if firm not in p}
        assert fallen == len(left) - max(sum(reaches(inside, f, g) for g in left) for f in left)


@given(pairs)
@settings(deadline=None)
def test_betweenness_of_a_full_sample_is_exact(drawn: set[tuple[int, int]]) -> None:
    network = net(*{(f"F{a}", f"F{b}") for a, b in drawn})
    exact = betweenness(network)
    from liantu.diagnosis.supply.structure import _dependencies

    start = np.searchsorted(network.supplier, np.arange(len(network.firms) + 1))
    added = sum(_dependencies(i, start, network.buyer, len(network.firms)) for i in range(len(network.firms)))
    assert list(exact.values.values()) == pytest.approx(list(added)) and exact.sampled is None
    part = betweenness(network, sources=1, seed=4)
    assert part.sampled == (1 if len(network.firms) > 1 else None) and betweenness(network, sources=1, seed=4) == part
