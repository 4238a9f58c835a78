"""The product space: three places and three segments by hand, laws that hold for any panel, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.diagnosis.worlds import matrix_of, nested

from liantu.diagnosis import Cell, Panel, PanelError
from liantu.diagnosis.complexity import (
    Complexity,
    Matrix,
    WhatIf,
    complexity,
    complexity_of_presence,
    continuous_proximity,
    convention_named,
    conventions,
    density_of,
    fitness_of,
    formulas,
    matrix_of_columns,
    matrix_of_panel,
    presence_of,
    project,
    proximity_of,
    rca_of,
    similarities,
)

STAIRS = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]], dtype=bool)
"""Place 0 has all three segments, place 2 the commonest only. kc = (2, -1, -4), kp = (-4, 2, 8), eigenvalue 1/4."""
ROOT6 = math.sqrt(6)
small = arrays.arrays(bool, st.tuples(st.integers(3, 8), st.integers(3, 9)))


def stairs(convention: str = "liantu") -> Complexity:
    matrix = Matrix(("甲", "乙", "丙"), ("p", "q", "r"), STAIRS * 1.0, np.ones((3, 3), dtype=bool), "2位", "2024")
    return complexity_of_presence(matrix, STAIRS * 1.0, STAIRS, convention_named(convention), minimum_regions=3)


def test_complexity_of_the_stairs() -> None:
    found = stairs()
    assert found.eci == pytest.approx(np.array([3, 0, -3]) / ROOT6)
    assert found.pci == pytest.approx(np.array([-3, 3, 9]) / ROOT6), "the mean over a basket is the place's own"
    assert found.pci_z == pytest.approx(np.array([-6, 0, 6]) / math.sqrt(24))
    assert found.proximity == pytest.approx(np.array([[0, 2 / 3, 1 / 3], [2 / 3, 0, 1 / 2], [1 / 3, 1 / 2, 0]]))
    assert found.density[2] == pytest.approx([0, 4 / 7, 2 / 5])
    assert found.coi_raw[2] == pytest.approx((4 / 7 * 3 + 2 / 5 * 9) / ROOT6)
    # What 丙 would open by 乙's second segment: 3/5 of r's weight comes from it, less what density already gives.
    assert found.cog[2, 1] == pytest.approx((27 / 5 - 12 / 7) / ROOT6)
    assert found.reason("cog", "丙", "p") == "already_present" and np.isnan(found.cog[2, 0])


def test_the_growth_labs_form_counts_a_places_own_presence() -> None:
    found = stairs("growthlab")
    assert found.density[2] == pytest.approx([1 / 2, (2 / 3) / (13 / 6), (1 / 3) / (11 / 6)])
    assert found.cog[2, 1] == pytest.approx((6 / 13 * 2 + 3 / 11 * 8) / ROOT6)
    assert found.cog[2, 0] == 0


def test_econcomplex_divides_by_the_targets_row() -> None:
    found = stairs("econcomplex")
    assert found.density[2, 1] == pytest.approx(400 / 7)
    assert found.pci == pytest.approx(found.pci_z)
    assert found.cog[2, 1] == pytest.approx(3 / 7 * 6 / math.sqrt(24))
    assert found.coi == pytest.approx(found.coi_raw)


def test_datawheel_reflects_and_standardises_with_the_samples_deviation() -> None:
    kc, kp = [3.0, 2.0, 1.0], [3.0, 2.0, 1.0]
    for i in range(1, 20):
        before = list(kp)
        kp = [(sum(kc[c] for c in range(3 - p))) / (3 - p) for p in range(3)]
        if i < 19:
            kc = [sum(before[p] for p in range(3 - c)) / (3 - c) for c in range(3)]
    found = stairs("datawheel")
    assert found.eci == pytest.approx((np.array(kc) - np.mean(kc)) / np.std(kc, ddof=1))
    assert found.pci == pytest.approx((np.array(kp) - np.mean(kp)) / np.std(kp, ddof=1))
    assert found.reason("coi", "甲") == "undefined"


def test_econgeo_rounds_before_it_asks_and_scales_shares() -> None:
    found = stairs("econgeo")
    # Association: c_pq/(s_p·s_q) with s = (3, 3, 2): 2/9, 1/6, 1/6; densities in per cent with two digits.
    assert found.density[2] == pytest.approx([0, 57.14, 50.0])
    assert found.eci.sum() == pytest.approx(1) and found.reason("pci", segment="p") == "undefined"
    rounded = np.array([[0.994, 0.996, 1.0]])
    assert presence_of(rounded, digits=2).tolist() == [[False, True, True]]
    assert presence_of(rounded).tolist() == [[False, False, True]]


def test_the_five_conventions_say_where_they_come_from() -> None:
    assert list(conventions()) == ["liantu", "growthlab", "econcomplex", "datawheel", "econgeo"]
    assert all(c.source for c in conventions().values())
    with pytest.raises(ValueError, match="growthlab"):
        convention_named("atlas")


def test_quotients_by_hand() -> None:
    x = np.array([[30.0, 70.0], [10.0, 290.0]])
    assert rca_of(x)[0] == pytest.approx([3.0, (70 / 100) / (360 / 400)])
    assert rca_of(x, np.array([1.0, 1.0]))[0] == pytest.approx([0.6, 1.4]), "against another area's shares"


def test_continuous_density_has_no_cliff() -> None:
    x = nested(40, 12, 3)
    rca = np.nan_to_num(rca_of(x))
    kappa = continuous_proximity(rca)
    y = np.log1p(rca)
    expected = np.clip(np.corrcoef(y.T), 0, 1)
    np.fill_diagonal(expected, 0)
    assert kappa == pytest.approx(expected)
    density = density_of(np.minimum(rca, 1), kappa)
    assert density[3, 5] == pytest.approx((kappa[5] * np.minimum(rca[3], 1)).sum() / kappa[5].sum())


def test_fitness_of_the_stairs_is_a_fixed_point() -> None:
    found = fitness_of(np.array([[1, 1], [1, 0]], dtype=bool), rounds=3)
    f, q = np.ones(2), np.ones(2)
    m = np.array([[1.0, 1], [1, 0]])
    for _ in range(3):
        f, q = m @ q, 1 / (m.T @ (1 / f))
        f, q = f / f.mean(), q / q.mean()
    assert found.regions == pytest.approx(f) and found.segments == pytest.approx(q)
    assert found.rounds == 3 and found.change > 0, "this shape never settles, and the result says so"
    settled = fitness_of(presence_of(rca_of(nested(40, 60, 3))))
    assert settled.change < 1e-10 and settled.rounds < 1000


def test_fitness_leaves_empty_lines_without_a_number() -> None:
    found = fitness_of(np.array([[1, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=bool), rounds=5)
    assert np.isnan(found.regions[2]) and np.isnan(found.segments[2]) and not np.isnan(found.regions[:2]).any()


@pytest.fixture(scope="module")
def panel() -> Matrix:
    return matrix_of(nested(40, 60, 3))


def test_second_vectors_against_a_full_eigenproblem(panel: Matrix) -> None:
    found = complexity(panel)
    m = found.presence.astype(float)
    square = (m / m.sum(1)[:, None]) @ (m / m.sum(0)[None, :]).T
    values, vectors = np.linalg.eig(square)
    second = np.real(vectors[:, np.argsort(-values.real)[1]])
    second *= np.sign(np.corrcoef(second, m.sum(1))[0, 1])
    assert found.eci == pytest.approx((second - second.mean()) / second.std(), abs=1e-10)


@pytest.mark.parametrize("shape", [(40, 60), (60, 40)])
def test_many_places_take_another_way_to_the_same_vectors(
    shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    matrix = matrix_of(nested(*shape, 5))
    dense = complexity(matrix)
    monkeypatch.setattr(formulas, "DENSE_SIDE", 10)
    lanczos = complexity(matrix)
    assert lanczos.eci == pytest.approx(dense.eci, abs=1e-10) and lanczos.pci == pytest.approx(dense.pci, abs=1e-10)


def test_a_places_complexity_is_the_mean_of_its_basket(panel: Matrix) -> None:
    for name in ("liantu", "growthlab"):
        found = complexity(panel, name)
        basket = [found.pci[row].mean() for row in found.presence]
        assert found.eci == pytest.approx(np.array(basket), abs=1e-12)
        assert np.corrcoef(found.eci, found.diversity)[0, 1] > 0


def test_units_and_order_do_not_matter(panel: Matrix) -> None:
    found = complexity(panel)
    assert complexity(matrix_of(panel.values * 1e4)).cog == pytest.approx(found.cog, nan_ok=True)
    rows, columns = np.random.default_rng(1).permutation(40), np.random.default_rng(2).permutation(60)
    turned = complexity(matrix_of(panel.values[rows][:, columns]))
    assert turned.eci == pytest.approx(found.eci[rows], abs=1e-9)
    assert turned.density == pytest.approx(found.density[rows][:, columns])


@given(small)
@settings(deadline=None)
def test_densities_are_shares_and_proximities_symmetric(presence: np.ndarray) -> None:
    for kind, diagonal in (("minimum", "zero"), ("minimum", "own"), ("association", "zero")):
        phi = proximity_of(presence, kind, diagonal)  # type: ignore[arg-type]
        assert phi == pytest.approx(phi.T) and (phi >= 0).all() and (phi <= 1).all()
        for density in (density_of(presence * 1.0, phi), density_of(presence * 1.0, phi, neighbours=2)):
            there = density[~np.isnan(density)]
            assert ((there >= -1e-12) & (there <= 1 + 1e-12)).all()


@given(small)
@settings(deadline=None)
def test_no_number_without_a_reason_for_its_absence(presence: np.ndarray) -> None:
    r, p = presence.shape
    matrix = Matrix(
        tuple(f"R{i}" for i in range(r)), tuple(f"S{j}" for j in range(p)), presence * 1.0, np.ones((r, p), dtype=bool)
    )
    for name in conventions():
        found = complexity_of_presence(matrix, presence * 1.0, presence, convention_named(name), minimum_regions=3)
        for region in matrix.regions:
            for measure in ("eci", "coi"):
                assert bool(found.reason(measure, region)) == bool(
                    np.isnan(found._value(measure, found._row(region), None))
                )
                found.result(measure, region)
            for segment in matrix.segments:
                found.result("density", region, segment)
                found.result("cog", region, segment)


def test_every_value_says_on_what_it_rests(panel: Matrix) -> None:
    found = complexity(panel, reference="全国40个地级市")
    result = found.result("density", "R0003", "S0007")
    assert (result.n, result.n_of, result.coverage, result.convention) == (40, "regions", 1.0, "liantu")
    assert (result.level, result.period, result.reference, result.unit) == ("4位", "2024", "全国40个地级市", "share")
    with pytest.raises(KeyError, match="地区"):
        found.result("eci", "没有")
    with pytest.raises(KeyError):
        found.result("eci")


def test_five_cities_are_refused_and_projected() -> None:
    nation = complexity(matrix_of(nested(40, 60, 3)), reference="全国")
    five = matrix_of(nested(40, 60, 3)[:5])
    alone = complexity(five)
    assert alone.result("eci", "R0000").reason == "not_enough_regions"
    assert alone.result("density", "R0000", "S0001").reason == "not_enough_regions"
    assert alone.result("rca", "R0000", "S0001").value is not None
    with pytest.raises(ValueError, match="地区数不够"):
        WhatIf(alone)
    placed = project(nation, five)
    assert placed.eci == pytest.approx(nation.eci[:5]), "places of the panel itself keep what the panel gave them"
    assert placed.density == pytest.approx(nation.density[:5])
    assert placed.coi_raw == pytest.approx(nation.coi_raw[:5])
    result = placed.result("eci", "R0002")
    assert (result.convention, result.reference, result.coverage) == ("liantu, projected", "全国", 1.0)


def test_projecting_reports_what_the_nation_does_not_have() -> None:
    nation = complexity(matrix_of(nested(40, 60, 3)))
    place = matrix_of_columns(["晋中市"] * 3, ["S0001", "S0002", "地方特产"], [30.0, 20.0, 50.0])
    found = project(nation, place)
    assert found.unplaced == ("地方特产",) and found.result("eci", "晋中市").coverage == pytest.approx(0.5)
    with pytest.raises(ValueError, match="没有共同的环节"):
        project(nation, matrix_of_columns(["晋中市"], ["地方特产"], [1.0]))
    with pytest.raises(ValueError, match="分类层级不同"):
        project(nation, matrix_of_columns(["晋中市"], ["S0001"], [1.0], level="2位"))


def test_two_worlds_that_share_nothing_are_not_ranked_against_each_other() -> None:
    x = np.zeros((45, 40))
    x[:40, :30] = nested(40, 30, 7)
    x[40:, 30:] = nested(5, 10, 8) + 1
    found = complexity(matrix_of(x))
    assert found.parts == 2 and found.result("eci", "R0042").reason == "disconnected"
    # The quotients move with the nation's total, so compare on the same presences.
    core = complexity_of_presence(
        matrix_of(x[:40, :30]), found.rca[:40, :30], found.presence[:40, :30], convention_named("liantu")
    )
    assert found.eci[:40] == pytest.approx(core.eci, nan_ok=True) and (~np.isnan(core.eci)).sum() > 30


def test_a_panel_becomes_a_matrix_that_knows_what_is_unknown() -> None:
    cells = [Cell("140100", "光伏", 5.0), Cell("140700", "氢能", None)]
    panel = Panel.of(cells, quantity="output", unit="元", level="环节", period="2024")
    found = matrix_of_panel(panel)
    assert found.values.tolist() == [[5.0, 0.0], [0.0, 0.0]] and found.coverage == 0.25


def test_a_cell_twice_is_refused_with_its_line() -> None:
    with pytest.raises(PanelError, match=r"产值\.csv 第4行.*第2行"):
        matrix_of_columns(["a", "b", "a"], ["p", "p", "p"], [1.0, 2.0, 3.0], source="产值.csv")
    with pytest.raises(PanelError, match=r"第3行.*不是非负数"):
        matrix_of_columns(["a", "b"], ["p", "p"], [1.0, -2.0])


def test_whole_numbers_and_names_make_the_same_matrix() -> None:
    rng = np.random.default_rng(4)
    i, j = np.indices((12, 9)).reshape(2, -1)
    order = rng.permutation(i.size)
    values = rng.random(i.size)
    coded = matrix_of_columns(i[order] + 140000, j[order], values[order])
    named = matrix_of_columns([str(140000 + k) for k in i[order]], [str(k) for k in j[order]], values[order])
    assert (coded.values == named.values).all() and coded.regions == named.regions and coded.segments == named.segments


class TestWhatIf:
    def test_a_preview_is_the_formula_with_everything_else_frozen(self, panel: Matrix) -> None:
        base = complexity(panel)
        region = base.matrix.regions[5]
        absent = [s for s, there in zip(base.matrix.segments, base.presence[5], strict=True) if not there][:3]
        found = WhatIf(base).preview(region, add=absent)
        m = base.presence[5].copy()
        m[[base.matrix.segments.index(s) for s in absent]] = True
        assert found.density == pytest.approx(m @ base.proximity / base.proximity.sum(0))
        assert found.eci == pytest.approx(base.pci[m].mean()) and "frozen" in found.label

    def test_adding_and_removing_leaves_no_trace(self, panel: Matrix) -> None:
        base = complexity(panel, "econcomplex")
        what = WhatIf(base)
        region = base.matrix.regions[5]
        j = int(np.flatnonzero(~base.presence[5])[0])
        found = what.preview(region, add=[base.matrix.segments[j]], remove=[base.matrix.segments[j]])
        assert found.density == pytest.approx(base.density[5])
        assert found.coi_raw == pytest.approx(base.coi_raw[5])

    def test_exact_is_the_whole_panel_anew(self, panel: Matrix) -> None:
        base = complexity(panel)
        j = int(np.flatnonzero(~base.presence[5])[0])
        found, whole = WhatIf(base).exact("R0005", add=[base.matrix.segments[j]])
        changed = base.presence.copy()
        changed[5, j] = True
        again = complexity_of_presence(panel, base.rca, changed, base.convention)
        assert (whole.eci == again.eci).all() and found.eci == again.eci[5] and "exact" in found.label
        assert not base.presence[5, j], "asking changes nothing"


def test_similarities_of_all_pairs_at_once() -> None:
    x = nested(6, 9, 1)
    found = similarities(complexity(matrix_of(x), minimum_regions=3))
    a, b = x[1] / x[1].sum(), x[4] / x[4].sum()
    assert found[1, 4] == pytest.approx((a * b).sum() / math.sqrt((a * a).sum() * (b * b).sum()))
