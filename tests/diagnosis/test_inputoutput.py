"""Input–output: a three-sector economy by hand, laws for any economy, tables that are refused, and Shanxi's real table."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from liantu.diagnosis.inputoutput import (
    IOTable,
    ModelError,
    TableError,
    checked_table,
    coefficients,
    domestic_coefficients,
    estimate,
    extraction_by_loop,
    leontief,
    local_coefficients,
    read_provincial_tables,
    regional_coefficients,
    sector_gaps,
    sector_loss,
    sector_loss_estimated,
    sector_names,
    summed,
)
from liantu.diagnosis.settings import settings

DATA = Path(os.environ.get("LIANTU_DATA", Path(__file__).parents[3] / "shared" / "data")) / "io"
SECTORS = ("煤炭", "钢铁", "机械")
FLOWS = np.array([[10.0, 40, 5], [5, 20, 30], [5, 10, 10]])
OUTPUT = np.array([100.0, 120, 80])
INFLOW = np.array([0.0, 15, 40])
OUTFLOW = np.array([40.0, 60, 5])
FINAL = OUTPUT - FLOWS.sum(1) - OUTFLOW + INFLOW

economies = arrays.arrays(np.float64, st.integers(2, 6).map(lambda n: (n, n)), elements=st.floats(0, 1)).map(
    lambda a: a / (a.sum(0).max() + 0.25)
)


def table(**changed: object) -> IOTable:
    parts: dict[str, object] = {
        "area": "甲市", "year": 2017, "unit": "万元", "sectors": SECTORS, "flows": FLOWS, "output": OUTPUT,
        "local_final": FINAL, "outflow": OUTFLOW, "inflow": INFLOW, "exports": OUTFLOW * 0.1, "imports": INFLOW * 0.1,
        "value_added": OUTPUT - FLOWS.sum(0),
    }  # fmt: skip
    return checked_table(**(parts | changed))  # type: ignore[arg-type]


def test_multipliers_by_hand() -> None:
    found = leontief(np.array([[0.0, 0.5], [0.2, 0.0]]))
    # L = 1/0.9 · [[1, 0.5], [0.2, 1]].
    assert found.output_multipliers == pytest.approx([1.2 / 0.9, 1.5 / 0.9])
    assert found.weighted_multipliers(np.array([2.0, 0.0])) == pytest.approx([2 / 0.9, 1 / 0.9])
    assert found.output_of(np.array([9.0, 0])) == pytest.approx([10, 2])


def test_losing_a_sector_by_hand() -> None:
    a, x = np.array([[0.0, 0.5], [0.2, 0.0]]), np.array([100.0, 100.0])
    # f = (50, 80). Without sector 1 nothing but f₂ = 80 remains: 120 lost; without sector 2, f₁ = 50 remains: 150 lost.
    assert leontief(a).extraction_losses(x) == pytest.approx([120, 150])
    assert extraction_by_loop(a, x) == pytest.approx([120, 150])
    assert leontief(a).extraction_profile(x, 0) == pytest.approx([100, 20])


@given(economies, st.integers(0, 9))
def test_the_formula_is_the_loop_for_any_economy(a: np.ndarray, seed: int) -> None:
    model = leontief(a)
    x = model.output_of(np.random.default_rng(seed).uniform(1, 100, len(a)))
    losses = model.extraction_losses(x)
    assert losses == pytest.approx(extraction_by_loop(a, x), rel=1e-9)
    assert (losses >= x * (1 - 1e-12)).all() and (losses <= x.sum() * (1 + 1e-12)).all()
    assert model.output_multipliers.min() >= 1 - 1e-12
    for j in range(len(a)):
        assert model.extraction_profile(x, j).sum() == pytest.approx(losses[j])


@given(economies)
def test_value_added_multipliers_of_a_closed_table_are_one(a: np.ndarray) -> None:
    """What is not bought is value added: each yuan of final demand is somebody's income, whatever the sectors."""
    assert leontief(a).weighted_multipliers(1 - a.sum(0)) == pytest.approx(np.ones(len(a)))


def test_an_economy_that_eats_more_than_it_makes_is_refused() -> None:
    with pytest.raises(ModelError, match="里昂惕夫逆"):
        leontief(np.array([[0.9, 0.5], [0.4, 0.8]]))
    with pytest.raises(ModelError, match="第1行第2列"):
        leontief(np.array([[0.1, -0.5], [0.4, 0.1]]))


def test_gaps_in_money() -> None:
    found = {g.sector: g for g in sector_gaps(table())}
    assert next(iter(found)) == "机械", "the largest gap first"
    machines = found["机械"]
    assert machines.need.value == pytest.approx(25 + FINAL[2]) and machines.need.unit == "万元"
    assert machines.gap.value == pytest.approx(INFLOW[2] - OUTFLOW[2]), "what is missing is what flows in, net"
    assert machines.net_outflow.value == pytest.approx(-35) and machines.lq.reason == "no_data"
    assert machines.self_sufficiency.value == pytest.approx(80 / (25 + FINAL[2]))


def test_quotients_of_output_join_by_name() -> None:
    nation = replace(table(), area="全国", sectors=("机械", "钢铁", "煤炭"), output=np.array([800.0, 1200, 1000]))
    found = {g.sector: g.lq for g in sector_gaps(table(), nation)}
    assert found["煤炭"].value == pytest.approx((100 / 300) / (1000 / 3000)) and found["煤炭"].reference == "全国"
    other = replace(nation, sectors=("机械", "钢铁", "煤炭采选"))
    assert {g.sector: g.lq for g in sector_gaps(table(), other)}["煤炭"].reason == "no_data"


def test_local_shares_take_inflow_as_spread_over_all_users() -> None:
    assert table().local_share == pytest.approx([1.0, 60 / 75, 75 / 115])
    assert local_coefficients(table())[2, 0] == pytest.approx(5 / 100 * 75 / 115)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"output": OUTPUT + np.array([0, 7, 0])}, "第2行“钢铁”.*不平衡"),
        ({"value_added": OUTPUT - FLOWS.sum(0) + np.array([0, 0, 5])}, "第3列“机械”.*不平衡"),
        ({"sectors": ("煤炭", "煤炭", "机械")}, "煤炭.*两次"),
        ({"output": np.array([100.0, float("nan"), 80])}, "钢铁.*不是数字"),
        ({"inflow": np.zeros(2)}, "应有3个数"),
        ({"flows": FLOWS[:2]}, "3×3"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_row(changed: dict[str, object], message: str) -> None:
    with pytest.raises(TableError, match=message):
        table(**changed)


def test_an_imbalance_that_the_table_books_itself_is_accepted() -> None:
    assert table(output=OUTPUT, local_final=FINAL - 5, error=np.full(3, 5.0)).closed == 0
    assert table(local_final=FINAL * 1.001).closed < settings().io_tolerance, "small ones are kept and told"


def test_losing_a_sector_is_a_range() -> None:
    found = sector_loss(table(), "钢铁", jobs=np.array([50.0, 30, 20]))
    for measure, own in (("output", 120.0), ("value_added", 120 - 70.0), ("jobs", 30.0)):
        result = found[measure]
        assert result.value is not None and result.interval is not None
        assert result.interval[0] <= result.value <= result.interval[1]
        assert result.interval[0] == pytest.approx(own) and result.value > own
    assert sector_loss(table(), "钢铁")["jobs"].reason == "no_data"
    with pytest.raises(KeyError, match="煤炭"):
        sector_loss(table(), "光伏")


def test_regional_coefficients_by_hand() -> None:
    national = np.array([[0.2, 0.4], [0.1, 0.3]])
    region, nation = np.array([20.0, 20]), np.array([100.0, 300.0])
    # SLQ = (0.5/0.25, 0.5/0.75) = (2, 2/3); λ = log₂(1.1)^δ.
    lam = np.log2(1.1) ** 0.1
    assert regional_coefficients(national, region, nation, "slq") == pytest.approx(national * [[1, 1], [2 / 3, 2 / 3]])
    assert regional_coefficients(national, region, nation, "cilq") == pytest.approx(national * [[1, 1], [1 / 3, 2 / 3]])
    flq = np.minimum(np.array([[2, 3], [1 / 3, 2 / 3]]) * lam, 1)
    assert regional_coefficients(national, region, nation, "flq") == pytest.approx(national * flq)
    aflq = np.minimum(np.array([[2, 3], [1 / 3, 2 / 3]]) * lam * [[np.log2(3), 1]], 1)
    assert regional_coefficients(national, region, nation, "aflq") == pytest.approx(national * aflq)
    sized = np.minimum(np.array([[2, 2], [2 / 3, 2 / 3]]) * lam, 1)
    assert regional_coefficients(national, region, nation, "slq_size") == pytest.approx(national * sized)
    assert (regional_coefficients(national, nation, nation, "slq_size") == national).all(), "the nation is itself"


def test_a_region_larger_than_the_nation_means_other_units() -> None:
    with pytest.raises(ValueError, match="核对单位"):
        regional_coefficients(np.eye(2) / 4, np.array([500.0, 1]), np.array([100.0, 300]))
    with pytest.raises(ValueError, match="没有产出"):
        regional_coefficients(np.eye(2) / 4, np.zeros(2), np.array([100.0, 300]))


@given(economies, st.integers(0, 99))
def test_estimates_never_exceed_the_nation_and_ranges_hold_them(a: np.ndarray, seed: int) -> None:
    rng = np.random.default_rng(seed)
    nation = rng.uniform(10, 100, len(a))
    region = nation * rng.uniform(0, 0.5, len(a))
    for method in ("slq_size", "slq", "cilq", "flq", "aflq"):
        found = regional_coefficients(a, region, nation, method)  # type: ignore[arg-type]
        assert (found >= 0).all() and (found <= a + 1e-15).all()


@pytest.fixture(scope="module")
def real() -> dict[int, dict[str, IOTable]]:
    if not (DATA / "io2017_provinces.csv").exists():
        pytest.skip(f"no real data at {DATA}; set LIANTU_DATA")
    names = DATA / "sector_names_by_year.csv"
    return {
        year: read_provincial_tables(DATA / f"io{year}_provinces.csv", sector_names(names, year), year)
        for year in (2012, 2017)
    }


class TestShanxi:
    """Anchors of the published table of 2017, in 亿元 (the file's unit is 万元)."""

    def test_quotients_and_flows(self, real: dict[int, dict[str, IOTable]]) -> None:
        nation = summed(real[2017], "全国")
        found = {g.sector: g for g in sector_gaps(real[2017]["山西"], nation)}
        for sector, lq in (
            ("煤炭采选产品", 17.1), ("燃气生产和供应", 2.0), ("石油、炼焦产品和核燃料加工品", 1.9),
        ):  # fmt: skip
            assert found[sector].lq.value == pytest.approx(lq, abs=0.06), sector
        for sector, lq in (
            ("纺织服装鞋帽皮革羽绒及其制品", 0.04),
            ("纺织品", 0.05),
            ("电气机械和器材", 0.16),
            ("通用设备", 0.17),
        ):
            assert found[sector].lq.value == pytest.approx(lq, abs=0.006), sector
        for sector, flow in (("煤炭采选产品", 4141), ("食品和烟草", -944), ("交通运输设备", -416)):
            assert (found[sector].net_outflow.value or 0) / 1e4 == pytest.approx(flow, abs=1), sector

    def test_every_table_adds_up(self, real: dict[int, dict[str, IOTable]]) -> None:
        assert [len(tables) for tables in real.values()] == [31, 31]
        assert max(t.closed for tables in real.values() for t in tables.values()) < 1e-3

    def test_losing_coal_costs_more_than_coal(self, real: dict[int, dict[str, IOTable]]) -> None:
        shanxi = real[2017]["山西"]
        loss = sector_loss(shanxi, "煤炭采选产品")["output"]
        own = shanxi.output[shanxi.index("煤炭采选产品")]
        assert loss.value is not None and loss.interval is not None
        assert own < loss.value < loss.interval[1] < shanxi.output.sum()

    def test_the_formula_is_the_loop_on_every_province(self, real: dict[int, dict[str, IOTable]]) -> None:
        for area in ("山西", "广东", "西藏"):
            a = local_coefficients(real[2017][area])
            x = real[2017][area].output
            gap = leontief(a).extraction_losses(x) - extraction_by_loop(a, x)
            assert np.abs(gap).max() <= 1e-10 * x.sum(), (
                "the loop subtracts two totals, so its rounding is of their size"
            )


def test_names_of_one_year_are_not_lent_to_another(real: dict[int, dict[str, IOTable]], tmp_path: Path) -> None:
    assert real[2012]["山西"].sectors != real[2017]["山西"].sectors
    assert real[2012]["山西"].sectors[22] == "废品废料" and real[2017]["山西"].sectors[23].startswith("电力")
    with pytest.raises(TableError, match="没有2020年的部门名称"):
        sector_names(DATA / "sector_names_by_year.csv", 2020)
    with pytest.raises(TableError, match="部门"):
        summed({"甲": real[2012]["山西"], "乙": real[2017]["山西"]}, "两省")


def test_a_changed_cell_is_found_in_the_file(real: dict[int, dict[str, IOTable]], tmp_path: Path) -> None:
    lines = (DATA / "io2017_provinces.csv").read_text(encoding="utf-8-sig").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("山西,sec05,"))
    cells = lines[at].split(",")
    names = sector_names(DATA / "sector_names_by_year.csv", 2017)
    cells[-1] = str(float(cells[-1]) * 1.5)
    path = tmp_path / "io.csv"
    path.write_text("\n".join([*lines[:at], ",".join(cells), *lines[at + 1 :]]), encoding="utf-8")
    with pytest.raises(TableError, match="山西2017年 第5行“非金属矿和其他矿采选产品”"):
        read_provincial_tables(path, names, 2017)
    cells[5] = "约三万"
    path.write_text("\n".join([*lines[:at], ",".join(cells), *lines[at + 1 :]]), encoding="utf-8")
    with pytest.raises(TableError, match="约三万"):
        read_provincial_tables(path, names, 2017)


class TestRegionalisation:
    """G7: the error of estimated multipliers on 31 provinces, in a year whose errors were not used to set the range."""

    def errors(self, tables: dict[str, IOTable], method: str, delta: float = 0.1) -> dict[str, np.ndarray]:
        """log(truth / estimate) of every sector's multiplier; the truth is the province's own table with local shares."""
        nation = summed(tables, "全国")
        national = domestic_coefficients(nation)
        found = {}
        for area, own in tables.items():
            made = own.output > 0
            guess = leontief(regional_coefficients(national, own.output, nation.output, method, delta))  # type: ignore[arg-type]
            truth = leontief(local_coefficients(own))
            found[area] = np.log(truth.output_multipliers[made] / guess.output_multipliers[made])
        return found

    def test_better_than_any_single_published_method_in_both_years(self, real: dict[int, dict[str, IOTable]]) -> None:
        for year, published in ((2012, 0.153), (2017, 0.171)):
            flq, ours = (
                np.mean([np.abs(np.exp(-e) - 1).mean() for e in self.errors(real[year], m).values()])
                for m in ("flq", "slq_size")
            )
            assert flq == pytest.approx(published, abs=0.001), "the published method reproduces"
            assert ours <= 0.165 and ours < flq

    def test_the_range_of_one_year_holds_the_truth_of_the_other(self, real: dict[int, dict[str, IOTable]]) -> None:
        for fitted, asked in ((2012, 2017), (2017, 2012)):
            known = np.concatenate(list(self.errors(real[fitted], "slq_size").values()))
            low, high = np.quantile(known, (0.05, 0.95))
            inside = {
                p: float(((e >= low) & (e <= high)).mean()) for p, e in self.errors(real[asked], "slq_size").items()
            }
            assert np.mean(list(inside.values())) >= 0.85
            mean_inside = sum(low <= e.mean() <= high for e in self.errors(real[asked], "slq_size").values())
            assert mean_inside >= 0.8 * 31

    def test_the_shipped_range_is_what_was_measured(self, real: dict[int, dict[str, IOTable]]) -> None:
        known = np.concatenate([e for t in real.values() for e in self.errors(t, "slq_size").values()])
        assert settings().multiplier_error == pytest.approx(np.exp(np.quantile(known, (0.05, 0.95))), abs=0.005)

    def test_a_city_gets_a_range_and_never_a_number_alone(self, real: dict[int, dict[str, IOTable]]) -> None:
        nation = summed(real[2017], "全国")
        found = estimate(nation, "某市", real[2017]["山西"].output * 0.1)
        result = found.result("煤炭采选产品")
        assert result.value is not None and result.interval is not None
        assert 1 <= result.interval[0] <= result.value <= result.interval[1]
        assert set(found.by_method) == {"slq_size", "slq", "flq"}
        loss = sector_loss_estimated(found, "煤炭采选产品")
        assert loss["output"].interval is not None and loss["jobs"].reason == "no_data"
        assert coefficients(nation.flows, nation.output).shape == (42, 42)
