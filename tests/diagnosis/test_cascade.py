"""The cascade: small networks by hand, the formulas written out with dense matrices, and the identities between the bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liantu.diagnosis.supply import Link, NetworkError, SupplyNetwork, network_of_arrays, supply_network
from liantu.diagnosis.supply.cascade import ESSENTIAL, NEGLIGIBLE, OTHER, Cascade, risk_bounds


def made(n: int, markets: int, links: int, seed: int, final: float = 0.3) -> SupplyNetwork:
    """A random network; `final` is the share of output that goes to final demand."""
    rng = np.random.default_rng(seed)
    pairs = rng.integers(0, n, (links, 2))
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    amount = rng.lognormal(1, 1, len(pairs))
    sold = np.bincount(pairs[:, 0], weights=amount, minlength=n)
    return network_of_arrays(
        tuple(f"F{i}" for i in range(n)), tuple(f"M{k}" for k in range(markets)), rng.integers(0, markets, n),
        pairs[:, 0], pairs[:, 1], amount, output=sold / (1 - final) + 0.5,
    )  # fmt: skip


def written_out(
    net: SupplyNetwork, kinds: np.ndarray, left: np.ndarray, epsilon: float
) -> tuple[np.ndarray, np.ndarray]:
    """h^d and h^u by the formulas as they are printed, with dense arrays, all firms stepping together."""
    n, k = len(net.firms), len(net.markets)
    w = np.zeros((n, n))
    w[net.supplier, net.buyer] = net.amount
    down, up = np.ones(n), np.ones(n)
    for t in range(10_000):
        capacity = np.array([down[net.market == m] @ net.output[net.market == m] for m in range(k)])[net.market]
        sigma = np.minimum(1, np.divide(net.output, capacity, out=np.ones(n), where=capacity > 0))
        new_down, new_up = np.ones(n), np.ones(n)
        for j in range(n):
            worst, others = 1.0, 0.0
            for m in range(k):
                sellers = net.market == m
                bought = w[sellers, j].sum()
                if bought == 0:
                    continue
                kind = kinds[net.market[j], m]
                whole = bought if kind == ESSENTIAL else w[:, j].sum()
                missing = (w[sellers, j] / whole * sigma[sellers] * (1 - down[sellers])).sum()
                if kind == ESSENTIAL:
                    worst = min(worst, 1 - missing)
                elif kind == OTHER:
                    others += missing
            new_down[j] = max(0.0, min(left[j], worst, 1 - others))
            orders = (w[j] / net.output[j] * (1 - up)).sum() if net.output[j] > 0 else 0.0
            new_up[j] = max(0.0, min(left[j], 1 - orders))
        change = max(np.abs(new_down - down).max(), np.abs(new_up - up).max())
        down, up = new_down, new_up
        if t and change <= epsilon:
            break
    return down, up


def full(found_places: np.ndarray, values: np.ndarray, n: int) -> np.ndarray:
    whole = np.ones(n)
    whole[found_places] = values
    return whole


def chain() -> SupplyNetwork:
    """矿 → 钢 → 车, and 铝 → 车: 100 each, all sold inside but the cars."""
    firms = [("矿厂", "采矿"), ("钢厂", "钢铁"), ("铝厂", "铝"), ("车厂", "汽车")]
    links = [Link("矿厂", "钢厂", 100.0), Link("钢厂", "车厂", 300.0), Link("铝厂", "车厂", 100.0)]
    return supply_network(firms, links, output=[100.0, 300.0, 100.0, 500.0])


def test_a_chain_stops_whole_when_everything_is_essential() -> None:
    shock = Cascade(chain(), "all", epsilon=1e-9).shock(["矿厂"])
    assert shock.risk == pytest.approx(1 - 100 / 1000), "only 铝厂 is left: it sells to a car maker that still orders"
    assert shock.settled


def test_shares_count_when_nothing_is_essential() -> None:
    found = Cascade(chain(), "none", epsilon=1e-9).shock(["铝厂"])
    remaining = full(found.places, found.down, 4)
    assert remaining == pytest.approx([1, 1, 0, 0.75]), "a quarter of what the car maker buys is missing"
    assert found.risk == pytest.approx((100 + 0.25 * 500) / 1000)


def test_orders_that_fail_go_upstream() -> None:
    found = Cascade(chain(), "all", epsilon=1e-9).shock(["车厂"])
    assert full(found.places, found.up, 4) == pytest.approx([0, 0, 0, 0])
    assert full(found.places, found.down, 4) == pytest.approx([1, 1, 1, 0])


def test_a_rival_in_the_market_takes_over_in_part() -> None:
    firms = [("甲", "轴承"), ("乙", "轴承"), ("丙", "电机")]
    net = supply_network(firms, [Link("甲", "丙", 50.0), Link("乙", "丙", 50.0)], output=[50.0, 50.0, 200.0])
    found = Cascade(net, "all", epsilon=1e-9).shock({"甲": 0.5})
    # σ = min(1, 50/(0.5·50 + 50)) = 2/3 of 甲's shortfall of a half cannot be had elsewhere: 1 - 0.5·2/3·0.5.
    assert full(found.places, found.down, 3) == pytest.approx([0.5, 1, 1 - 1 / 6])


def test_half_a_shock_leaves_half() -> None:
    found = Cascade(chain(), "all", epsilon=1e-9).shock({"矿厂": 0.5})
    assert full(found.places, found.down, 4) == pytest.approx([0.5, 0.5, 1, 0.5])
    with pytest.raises(ValueError, match="0到1"):
        Cascade(chain()).shock({"矿厂": 1.5})
    with pytest.raises(KeyError, match="没有这家企业"):
        Cascade(chain()).shock(["不在"])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("epsilon", [1e-2, 1e-8])
@pytest.mark.parametrize("mode", ["all", "none", "mixed"])
def test_the_engine_is_the_formulas(seed: int, epsilon: float, mode: str) -> None:
    net = made(30, 6, 150, seed)
    kinds = {
        "all": np.full((6, 6), ESSENTIAL),
        "none": np.full((6, 6), OTHER),
        "mixed": np.random.default_rng(seed).choice([ESSENTIAL, OTHER, NEGLIGIBLE], (6, 6)),
    }[mode]
    cascade = Cascade(net, kinds if mode == "mixed" else mode, epsilon=epsilon)  # type: ignore[arg-type]
    for firm in range(0, 30, 3):
        left = np.ones(30)
        left[firm], left[(firm + 7) % 30] = 0.0, 0.4
        found = cascade.shock({f"F{firm}": 0.0, f"F{(firm + 7) % 30}": 0.4})
        down, up = written_out(net, kinds, left, epsilon)
        assert full(found.places, found.down, 30) == pytest.approx(down, abs=1e-10)
        assert full(found.places, found.up, 30) == pytest.approx(up, abs=1e-10)
        risk = net.output @ (1 - np.minimum(down, up)) / net.output.sum()
        assert found.risk == pytest.approx(risk, abs=1e-12)


def test_asking_leaves_no_trace() -> None:
    cascade = Cascade(made(40, 5, 200, 1), "all", epsilon=1e-6)
    first = cascade.shock(["F3"])
    for i in range(40):
        cascade.shock([f"F{i}"])
    again = cascade.shock(["F3"])
    assert (first.down == again.down).all() and (first.up == again.up).all() and first.risk == again.risk
    assert cascade.risks()[3] == pytest.approx(first.risk)
    assert cascade.risks(np.array([3, 5])).shape == (2,)


networks = st.builds(made, st.integers(3, 25), st.integers(1, 5), st.integers(5, 120), st.integers(0, 999))


@given(networks, st.data())
@settings(deadline=None, max_examples=40)
def test_bounds_and_identities(net: SupplyNetwork, data: st.DataObject) -> None:
    n = len(net.firms)
    firm = data.draw(st.integers(0, n - 1))
    kinds = np.random.default_rng(n).choice([ESSENTIAL, OTHER], (len(net.markets),) * 2)
    linear, mixed, leontief = (Cascade(net, mode, epsilon=1e-12) for mode in ("none", kinds, "all"))  # type: ignore[arg-type]
    low, middle, high = (c.shock([f"F{firm}"]) for c in (linear, mixed, leontief))
    assert max(low.risk, middle.risk) <= high.risk + 1e-9, "nothing is worse than when everything is essential"
    own = net.output[firm] / net.output.sum()
    assert own - 1e-12 <= low.risk <= high.risk + 1e-9 <= 1 + 2e-9, "at least the firm itself, at most everything"
    assert ((high.remaining >= 0) & (high.remaining <= 1)).all()
    assert leontief.shock({f"F{firm}": 1.0}).risk == 0, "no shock, no loss"
    half = leontief.shock({f"F{firm}": 0.5})
    assert half.risk <= high.risk + 1e-9, "a smaller shock does not cost more"
    assert high.lost(net.output) == pytest.approx(high.risk * net.output.sum())
    other = (firm + 1) % n
    both = leontief.shock([f"F{firm}", f"F{other}"]) if other != firm else high
    assert both.risk >= high.risk - 1e-9, "two failures cost no less than one"


@given(networks)
@settings(deadline=None, max_examples=20)
def test_units_do_not_matter(net: SupplyNetwork) -> None:
    larger = network_of_arrays(
        net.firms, net.markets, net.market, net.supplier, net.buyer, net.amount * 1e4, output=net.output * 1e4
    )
    assert Cascade(larger, epsilon=1e-9).risks() == pytest.approx(Cascade(net, epsilon=1e-9).risks(), abs=1e-8)


def test_both_bounds_are_reported_never_one() -> None:
    found = risk_bounds(chain(), ["铝厂"], period="2024", coverage=0.4)
    assert found.lower.value is not None and found.upper.value is not None
    assert found.lower.value < found.upper.value
    assert found.lower.interval == found.upper.interval == (found.lower.value, found.upper.value)
    assert found.lower.n == 4 and found.lower.coverage == 0.4 and "epsilon 0.01" in found.upper.convention


class TestNetwork:
    def test_links_without_amounts_count_alike_and_say_so(self) -> None:
        net = supply_network([("甲", "a"), ("乙", "b")], [Link("甲", "乙")])
        assert net.assumed and net.amount.tolist() == [1.0]
        assert "assumed" in risk_bounds(net, ["甲"]).upper.convention

    def test_a_link_to_itself_is_left_out_and_noted(self) -> None:
        net = supply_network([("甲", "a"), ("乙", "b")], [Link("甲", "甲", 5.0, "第2行"), Link("甲", "乙", 1.0)])
        assert net.amount.size == 1 and "第2行" in net.notes[0]

    @pytest.mark.parametrize(
        ("links", "message"),
        [
            ([Link("甲", "丁", 1.0, "第2行")], "第2行.*丁不在企业名单"),
            ([Link("甲", "乙", 1.0, "第2行"), Link("甲", "乙", 2.0, "第3行")], "第3行.*与第2行重复"),
            ([Link("甲", "乙", -1.0, "第2行")], "第2行.*应为正数"),
            ([Link("甲", "乙", 1.0), Link("乙", "甲", None, "第3行")], "第3行.*不能混用"),
        ],
    )
    def test_rows_that_cannot_be_used_are_refused(self, links: list[Link], message: str) -> None:
        with pytest.raises(NetworkError, match=message):
            supply_network([("甲", "a"), ("乙", "b")], links)

    def test_firms_twice_and_outputs_too_small_are_refused(self) -> None:
        with pytest.raises(NetworkError, match="甲出现两次"):
            supply_network([("甲", "a"), ("甲", "b")], [])
        with pytest.raises(NetworkError, match="甲的总产出"):
            supply_network([("甲", "a"), ("乙", "b")], [Link("甲", "乙", 9.0)], output=[5.0, 5.0])
        with pytest.raises(ValueError, match="2×2"):
            Cascade(chain().__class__(*_two()), np.ones((3, 3)))


def _two() -> tuple[object, ...]:
    net = supply_network([("甲", "a"), ("乙", "b")], [Link("甲", "乙", 9.0)])
    return (net.firms, net.markets, net.market, net.output, net.supplier, net.buyer, net.amount)
