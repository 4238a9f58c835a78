"""Each named convention gives what the package of that name gives, to 1e-9. Skipped where `make peers` was not run.

EconGeo is an R package under the GPL: it is not installed, and its convention is tested by hand in test_complexity.py.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from tests.diagnosis.peers import peer
from tests.diagnosis.worlds import matrix_of, nested

from liantu.diagnosis.complexity import Matrix, complexity, fitness_of, presence_of, project, rca_of

pytestmark = pytest.mark.slow
SHAPES = [(40, 60, 3), (60, 40, 4), (90, 130, 5)]


@pytest.fixture(scope="module", params=SHAPES, ids=str)
def world(request: pytest.FixtureRequest) -> tuple[np.ndarray, Matrix]:
    x = nested(*request.param)
    return x, matrix_of(x)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def near(ours: np.ndarray, theirs: Any) -> None:
    theirs = np.asarray(theirs, dtype=float)
    assert not np.isnan(theirs).any() and not np.isnan(ours).any()
    assert np.abs(ours - theirs).max() <= 1e-9


def test_growthlab(world: tuple[np.ndarray, Matrix]) -> None:
    package, frames = peer("ecomplexity", "ecomplexity", "0.5.3"), peer("pandas", "pandas", "3.1.1")
    x, matrix = world
    i, j = np.indices(x.shape).reshape(2, -1)
    frame = frames.DataFrame({"t": 2024, "c": i, "p": j, "v": x.ravel()})
    with contextlib.redirect_stdout(io.StringIO()):
        theirs = package.ecomplexity(
            frame, {"time": "t", "loc": "c", "prod": "p", "val": "v"}, check_logsupermodularity=False, verbose=False
        )
    theirs = theirs.sort_values(["c", "p"])
    ours = complexity(matrix, "growthlab")
    for name in ("rca", "density", "cog"):
        near(getattr(ours, name), theirs[name].to_numpy().reshape(x.shape))
    for name in ("eci", "coi"):
        near(getattr(ours, name), theirs[name].to_numpy().reshape(x.shape)[:, 0])
    near(ours.pci, theirs["pci"].to_numpy().reshape(x.shape)[0])


def test_econcomplex(world: tuple[np.ndarray, Matrix]) -> None:
    package, frames = peer("econcomplex", "econcomplex", "1.0.1"), peer("pandas", "pandas", "3.1.1")
    x, matrix = world
    frame = frames.DataFrame(x)
    ours = complexity(matrix, "econcomplex")
    eci, pci = package.eci_pci(frame)
    near(ours.rca, package.rca(frame))
    near(ours.eci, eci)
    near(ours.pci, pci)
    near(ours.proximity, package.proximity(frame)["product"])
    near(ours.density, package.relatedness_density(frame))
    near(ours.coi, package.complexity_outlook_index(frame, pci.to_numpy()))
    near(ours.cog, package.complexity_outlook_gain(frame, pci.to_numpy()))
    fit = fitness_of(presence_of(rca_of(x)), order="new", rounds=40)
    fitness, quality = package.fitness_complexity(frame, iterations=fit.rounds)
    near(fit.regions, fitness)
    near(fit.segments, quality)


def test_econcomplex_projection(world: tuple[np.ndarray, Matrix]) -> None:
    package, frames = peer("econcomplex", "econcomplex", "1.0.1"), peer("pandas", "pandas", "3.1.1")
    x, matrix = world
    base = complexity(matrix, "econcomplex")
    theirs, _ = package.subnational_eci(
        frames.DataFrame(rca_of(x)), base.pci, use_rca=False, threshold=1.0, standardize=False
    )
    near(project(base, matrix).eci, theirs)


def test_datawheel(world: tuple[np.ndarray, Matrix]) -> None:
    package, frames = peer("economic_complexity", "economic-complexity", "0.3.0"), peer("pandas", "pandas", "3.1.1")
    x, matrix = world
    ours = complexity(matrix, "datawheel")
    rca = package.rca(frames.DataFrame(x))
    eci, pci = package.complexity(rca)
    near(ours.rca, rca)
    near(ours.eci, eci)
    near(ours.pci, pci)
    try:
        proximities = package.proximity(rca)
    except (
        ValueError
    ):  # the package writes into a frame that pandas 3 hands out read-only (D7); its formula, written out:
        m = (rca >= 1).astype(float)
        ubiquity = m.sum(axis=0).to_numpy()
        proximities = m.T.dot(m) / np.maximum.outer(ubiquity, ubiquity)
        proximities = frames.DataFrame(proximities.to_numpy() * (1 - np.eye(x.shape[1])))
    near(ours.proximity, proximities)
    near(ours.density, package.relatedness(rca, proximities=proximities))
    near(ours.cog, package.opportunity_gain(rca, pci=pci, proximities=proximities))
