"""同构与错位: symmetry, ranges, K/2 + FK = 1, and anchors by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.diagnosis import (
    Cell,
    Panel,
    compare_structures,
    finger_kreinin,
    krugman_pair,
    structure_similarity,
)

amounts = st.floats(0, 1e12, allow_nan=False, allow_subnormal=False)
structures = st.lists(st.tuples(amounts, amounts), min_size=1, max_size=8)


def output(rows: list[tuple[float | None, float | None]], complete: bool = False) -> Panel:
    """Output of 太原 and 晋中 by segment, in yuan."""
    cells = [
        Cell(region, f"环节{i}", value)
        for i, pair in enumerate(rows)
        for region, value in zip(("140100", "140700"), pair, strict=True)
        if value is not None
    ]
    segments = [f"环节{i}" for i in range(len(rows))]
    return Panel.of(
        cells, quantity="output", unit="元", level="2位", period="2024", complete=complete, segments=segments
    )


def test_equal_structures_of_cities_of_any_size_are_copies() -> None:
    panel = output([(10, 100), (30, 300), (60, 600)])
    assert structure_similarity(panel, "140100", "140700").value == pytest.approx(1)
    assert krugman_pair(panel, "140100", "140700").value == pytest.approx(0)
    assert finger_kreinin(panel, "140100", "140700").value == pytest.approx(1)


def test_nothing_in_common() -> None:
    panel = output([(10, 0), (0, 5)])
    assert structure_similarity(panel, "140100", "140700").value == 0
    assert krugman_pair(panel, "140100", "140700").value == 2
    assert finger_kreinin(panel, "140100", "140700").value == 0


def test_anchors_by_hand() -> None:
    panel = output([(50, 20), (30, 30), (20, 50)])
    # Σab = 0.10 + 0.09 + 0.10 = 0.29; Σa² = Σb² = 0.38; |a-b| = 0.3 + 0 + 0.3; min = 0.2 + 0.3 + 0.2.
    assert structure_similarity(panel, "140100", "140700").value == pytest.approx(0.29 / 0.38)
    assert krugman_pair(panel, "140100", "140700").value == pytest.approx(0.6)
    assert finger_kreinin(panel, "140100", "140700").value == pytest.approx(0.7)


def test_coal_hides_everything_in_the_cosine_and_leaving_it_out_shows_it() -> None:
    panel = output([(900, 900), (100, 0), (0, 100)])
    found = compare_structures(panel, "140100", "140700")
    assert found.structure_similarity.value is not None and found.structure_similarity.value > 0.98
    assert found.top_segment == "环节0"
    similarity, distance, overlap = found.without_top
    assert (similarity.value, distance.value, overlap.value) == (0, 2, 0)


def test_segments_that_one_city_does_not_report_are_left_out_and_lower_the_coverage() -> None:
    found = krugman_pair(output([(1, 1), (3, 3), (5, None)]), "140100", "140700")
    assert found.value == pytest.approx(0) and found.coverage == pytest.approx(2 / 3) and found.n == 2


def test_no_common_segment_gives_a_reason_instead_of_a_number() -> None:
    found = structure_similarity(output([(1, None), (None, 1)]), "140100", "140700")
    assert (found.value, found.reason) == (None, "no_data")
    assert compare_structures(output([(0, 1)]), "140100", "140700").krugman_pair.reason == "empty_row"


@given(structures)
def test_ranges_symmetry_and_the_law_between_the_two_distances(rows: list[tuple[float, float]]) -> None:
    panel = output(list(rows))
    pairs = [
        (measure(panel, "140100", "140700"), measure(panel, "140700", "140100"))
        for measure in (structure_similarity, krugman_pair, finger_kreinin)
    ]
    (s, s2), (k, k2), (fk, fk2) = [(x.value, y.value) for x, y in pairs]
    if s is None:
        assert {x.reason for x, _ in pairs} == {"empty_row"}
        return
    assert s2 is not None and k is not None and k2 is not None and fk is not None and fk2 is not None
    assert (s, k, fk) == pytest.approx((s2, k2, fk2))
    assert 0 <= s <= 1 and 0 <= k <= 2 + 1e-12 and 0 <= fk <= 1 + 1e-12
    assert k / 2 + fk == pytest.approx(1)
