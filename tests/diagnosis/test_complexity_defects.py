"""What goes wrong in well-known packages, each as a case that must not go wrong here. Numbers D1 … are of the list in docs/diagnosis.md."""

from __future__ import annotations

import numpy as np
import pytest
from tests.diagnosis.worlds import matrix_of, nested

from liantu.diagnosis.complexity import (
    Complexity,
    Matrix,
    complexity,
    complexity_of_presence,
    convention_named,
    conventions,
    density_of,
    matrix_of_columns,
)

VECTORS = ("eci", "pci", "coi", "coi_raw")


@pytest.fixture(scope="module")
def values() -> np.ndarray:
    return nested(40, 60, 3)


@pytest.mark.parametrize("name", list(conventions()))
@pytest.mark.parametrize("empty", [1, 3])
def test_d1_empty_places_and_segments_change_nothing_else(values: np.ndarray, name: str, empty: int) -> None:
    before = complexity(matrix_of(values), name)
    larger = np.zeros((40 + empty, 60 + empty))
    larger[:40, :60] = values
    after = complexity(matrix_of(larger), name)
    _same(before, after)
    assert after.result("density", "R0000", "S0060").reason == "empty_column"
    assert after.result("eci", "R0040").reason == "empty_row"


@pytest.mark.parametrize("empty", [1, 3])
def test_d1_also_when_presences_are_given(values: np.ndarray, empty: int) -> None:
    """A place may trade and yet have no presence: then its row of values is not empty, but its row of presences is."""
    convention = convention_named("growthlab")
    before = complexity(matrix_of(values), "growthlab")
    presence, rca = np.zeros((40 + empty, 60 + empty), dtype=bool), np.ones((40 + empty, 60 + empty)) * 0.5
    presence[:40, :60], rca[:40, :60] = before.presence, before.rca
    matrix = matrix_of(np.ones(presence.shape))
    after = complexity_of_presence(matrix, rca, presence, convention)
    _same(before, after)
    assert after.result("eci", "R0040").reason == "empty_row"


def test_d2_density_of_the_nearest_keeps_its_weights() -> None:
    phi = np.array([[0, 0.9, 0.5, 0.1], [0.9, 0, 0.4, 0.2], [0.5, 0.4, 0, 0.3], [0.1, 0.2, 0.3, 0]])
    m = np.array([[0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1]], dtype=float)
    found = density_of(m, phi, neighbours=2)
    assert found[0] == pytest.approx([0.9 / 1.4, 0, 0.4 / 0.9, 0.2 / 0.5])
    assert found[3] == pytest.approx([1, 1, 1, 1])
    assert ((found > 0) & (found < 1)).any()


def test_d3_two_runs_are_bit_identical(values: np.ndarray) -> None:
    for name in conventions():
        one, two = complexity(matrix_of(values), name), complexity(matrix_of(values), name)
        for part in (*VECTORS, "density", "cog", "proximity"):
            assert getattr(one, part).tobytes() == getattr(two, part).tobytes(), part


def test_d4_none_and_nan_are_unknown_and_reach_no_other_cell(values: np.ndarray) -> None:
    i, j = np.indices(values.shape).reshape(2, -1)
    holes = values.copy()
    holes[3, 4] = holes[7, 8] = 0.0
    clean = complexity(matrix_of(holes))
    listed: list[float | None] = [float(v) for v in values.ravel()]
    listed[3 * 60 + 4], listed[7 * 60 + 8] = None, float("nan")
    matrix = matrix_of_columns([f"R{k:04d}" for k in i], [f"S{k:04d}" for k in j], listed)
    found = complexity(matrix)
    _same(clean, found)
    assert not matrix.known[3, 4] and not matrix.known[7, 8] and matrix.coverage == pytest.approx(1 - 2 / 2400)
    assert found.result("eci", "R0000").coverage == matrix.coverage


def test_d6_densities_never_exceed_one(values: np.ndarray) -> None:
    for name, convention in conventions().items():
        density = complexity(matrix_of(values), name).density
        assert np.nanmin(density) >= 0 and np.nanmax(density) <= convention.density_scale * (1 + 1e-12)


@pytest.mark.parametrize("read_only", [True, False])
def test_d7_arrays_that_may_not_be_written_are_read(values: np.ndarray, read_only: bool) -> None:
    kept = values.copy()
    kept.setflags(write=not read_only)
    matrix = Matrix(
        tuple(f"R{i}" for i in range(40)), tuple(f"S{j}" for j in range(60)), kept, np.ones(kept.shape, dtype=bool)
    )
    for name in conventions():
        complexity(matrix, name)
    assert (kept == values).all()


def test_d8_trimming_touches_only_the_trimmed(values: np.ndarray) -> None:
    """At a threshold of 4 some segments are nobody's; the outlook of the others is as if they were not there."""
    whole = complexity(matrix_of(values), "econcomplex", threshold=4.0)
    empty = whole.ubiquity == 0
    assert 0 < empty.sum() < 60 and (whole.diversity > 0).sum() > 30
    assert not np.isnan(whole.coi[whole.inside_regions]).any()
    assert not np.isnan(whole.cog[whole.inside_regions][:, whole.inside_segments]).any()
    assert np.isnan(whole.cog[:, empty]).all()
    part = complexity_of_presence(
        matrix_of(values[:, ~empty]), whole.rca[:, ~empty], whole.presence[:, ~empty], convention_named("econcomplex")
    )
    assert part.coi == pytest.approx(whole.coi, nan_ok=True)
    assert part.cog == pytest.approx(whole.cog[:, ~empty], nan_ok=True)


def _same(before: Complexity, after: Complexity) -> None:
    r, p = before.presence.shape
    for part in VECTORS:
        old, new = getattr(before, part), getattr(after, part)
        assert new[: len(old)] == pytest.approx(old, abs=1e-9, nan_ok=True), part
    for part in ("rca", "density", "cog"):
        assert getattr(after, part)[:r, :p] == pytest.approx(getattr(before, part), abs=1e-9, nan_ok=True), part
