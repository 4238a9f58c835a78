"""Random worlds that keep the margins, and similarity beside them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from liantu.diagnosis import Cell, Panel
from liantu.diagnosis.nullmodel import common_advantages, expected_amounts, presence_probabilities, similarity_excess

presences = arrays.arrays(np.int8, st.tuples(st.integers(1, 7), st.integers(1, 9)), elements=st.integers(0, 1))
amounts = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 6), st.integers(1, 8)),
    elements=st.sampled_from([0.0, 1.0, 2.0, 7.0, 50.0, 1e4]),
)


def panel_of(x: np.ndarray) -> Panel:
    cells = [Cell(f"R{i}", f"S{j}", float(v)) for i, row in enumerate(x) for j, v in enumerate(row)]
    return Panel.of(cells, quantity="output", unit="元", level="2位", period="2024", complete=True)


@settings(deadline=None)
@given(presences)
def test_the_random_world_of_presences_keeps_both_margins(m: np.ndarray) -> None:
    p = presence_probabilities(m)
    assert (p >= 0).all() and (p <= 1).all()
    assert p.sum(1) == pytest.approx(m.sum(1), abs=1e-5)
    assert p.sum(0) == pytest.approx(m.sum(0), abs=1e-5)


@settings(deadline=None)
@given(amounts)
def test_the_random_world_of_amounts_keeps_both_totals(x: np.ndarray) -> None:
    mean = expected_amounts(x)
    assert mean.sum(1) == pytest.approx(x.sum(1), rel=1e-5)
    assert mean.sum(0) == pytest.approx(x.sum(0), rel=1e-5)
    assert ((mean > 0) == ((x.sum(1) > 0)[:, None] & (x.sum(0) > 0)[None, :])).all()


def test_equal_margins_leave_nothing_but_chance() -> None:
    assert presence_probabilities(np.eye(4)) == pytest.approx(np.full((4, 4), 0.25))
    assert expected_amounts(np.eye(3) * 6) == pytest.approx(np.full((3, 3), 2.0))


def test_full_and_empty_lines_are_certain() -> None:
    p = presence_probabilities(np.array([[1, 1, 1], [1, 0, 0], [0, 0, 0]]))
    assert p == pytest.approx(np.array([[1, 1, 1], [1, 0, 0], [0, 0, 0]]))


def test_twins_share_more_than_their_sizes_explain_and_strangers_less() -> None:
    x = np.ones((12, 12))
    for i in range(12):
        x[i, (i // 2 * 2) % 12 : (i // 2 * 2) % 12 + 2] = 40
    panel = panel_of(x)
    twins, strangers = common_advantages(panel, "R0", "R1"), common_advantages(panel, "R0", "R5")
    assert twins.observed.value == 2 and twins.expected == pytest.approx(12 * (2 / 12) ** 2)
    assert twins.p_more is not None and twins.p_more < 0.05
    # Twelve independent draws of (1/6)² each: at least two with probability 1 - (35/36)^12 - 12·(1/36)·(35/36)^11.
    assert twins.p_more == pytest.approx(1 - (35 / 36) ** 12 - 12 / 36 * (35 / 36) ** 11)
    assert strangers.observed.value == 0 and (strangers.excess.value or 0) < 0
    alike = similarity_excess(panel, "R0", "R1")
    unlike = similarity_excess(panel, "R0", "R5")
    assert alike.excess.value is not None and unlike.excess.value is not None
    assert alike.excess.value > 0 > unlike.excess.value
    assert alike.excess.interval is not None and alike.excess.interval[0] > 0


def test_two_runs_agree_to_the_last_digit_and_another_seed_does_not() -> None:
    panel = panel_of(np.random.default_rng(1).lognormal(size=(8, 10)))
    one, two = similarity_excess(panel, "R0", "R1"), similarity_excess(panel, "R0", "R1")
    assert one == two
    assert similarity_excess(panel, "R0", "R1", seed=5).expected != one.expected


def test_all_three_measures_and_the_law_between_the_distances() -> None:
    panel = panel_of(np.random.default_rng(2).lognormal(size=(8, 10)))
    k = similarity_excess(panel, "R0", "R1", measure="krugman_pair")
    f = similarity_excess(panel, "R0", "R1", measure="finger_kreinin")
    assert k.expected is not None and f.expected is not None
    assert k.expected / 2 + f.expected == pytest.approx(1)
    with pytest.raises(KeyError):
        similarity_excess(panel, "R0", "没有")


def test_an_empty_place_has_a_reason_and_no_number() -> None:
    panel = panel_of(np.array([[0.0, 0.0], [1.0, 2.0]]))
    assert similarity_excess(panel, "R0", "R1").excess.reason == "empty_row"
    assert common_advantages(panel, "R0", "R1").observed.reason == "empty_row"
