"""Complexity of whole panels beside the best-known packages: time, peak memory, and how far the numbers differ.

    python benchmarks/complexity.py [--case cities|counties|toy]... [--repeat N] [--json]

`cities` is 330 regions × 1,400 segments × 10 years, `counties` 3,000 × 1,400 × 3 (goals G1 and G2 in docs/diagnosis.md),
`toy` is small. The panels are made (nested, one seed), since no open panel of cities has this size. Each run is a process of
its own with one BLAS thread: ours, then each package, in turn, N times over; the median counts. Memory is the peak of
the process less what it held before the work; the made columns are there before in both. What is timed starts from columns
in memory and ends with tidy tables of every cell, place and segment, because the packages return one table; the measures alone
are given beside it. Ours works in double precision.

ecomplexity computes the panel in one call; econcomplex is called for one year (its pipeline has no other speed) and its time is
multiplied by the years, which the row says. The packages are the group `peers` of pyproject.toml; a missing one is said to be.

What-if (goal G4): on one year of `cities`, one segment added to one place: exact (everything anew) and preview.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")}
CASES = {"cities": (330, 1400, 10), "counties": (3000, 1400, 3), "toy": (60, 90, 3)}
PEERS = {"ecomplexity": "0.5.3", "econcomplex": "1.0.1"}
FOLDER = Path(sys.prefix) / "peers"
CHECKED = ("rca", "density", "cog", "eci", "pci", "coi")


@dataclass(frozen=True, slots=True)
class Row:
    """One way through one case. Seconds are medians; `difference` is the largest absolute one against ours."""

    case: str
    method: str
    wall: float
    cpu: float
    measures_only: float | None
    peak_mb: float
    ratio: float | None
    difference: float | None
    note: str


def made(regions: int, segments: int, years: int) -> dict[str, Any]:
    """Long columns of a nested panel, positive cells only."""
    import numpy as np

    rng = np.random.default_rng(20240101)
    able, asked = rng.uniform(0, 1, regions), rng.uniform(0, 1, segments)
    columns: dict[str, list[Any]] = {"year": [], "region": [], "segment": [], "value": []}
    for year in range(years):
        chance = 1 / (1 + np.exp(-9 * (able[:, None] - asked[None, :] - 0.15)))
        i, j = np.nonzero(rng.random((regions, segments)) < chance)
        # Every region and segment stays in the panel, so that all methods see one shape.
        i, j = np.concatenate([i, np.arange(regions)]), np.concatenate([j, np.arange(regions) % segments])
        i, j = np.concatenate([i, np.arange(segments) % regions]), np.concatenate([j, np.arange(segments)])
        flat = np.unique(i * segments + j)
        columns["year"].append(np.full(flat.size, 2010 + year))
        columns["region"].append(flat // segments)
        columns["segment"].append(flat % segments)
        columns["value"].append(rng.lognormal(3, 1, flat.size))
    return {name: np.concatenate(parts) for name, parts in columns.items()}


def held() -> float:
    """Memory of this process now, in MB."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


def run_ours(columns: dict[str, Any], convention: str) -> tuple[list[dict[str, Any]], float]:
    """The tables of every year, and the seconds of the measures alone."""
    import numpy as np

    from liantu.diagnosis.complexity import complexity, matrix_of_columns

    tables, spent = [], 0.0
    for year in np.unique(columns["year"]):
        started = time.perf_counter()
        at = columns["year"] == year
        matrix = matrix_of_columns(*(columns[name][at] for name in ("region", "segment", "value")), period=str(year))
        found = complexity(matrix, convention)
        spent += time.perf_counter() - started
        tables.append({"year": int(year), **found.tables()})
        del found
    return tables, spent


def widened(tables: dict[str, Any]) -> dict[str, Any]:
    """A year's three tables as one, outside the timing: what is compared with the packages."""
    cells, regions, segments = tables["cells"], tables["regions"], tables["segments"]
    i, j = cells["region"], cells["segment"]
    names = {"region": regions["region"].astype(int)[i], "segment": segments["segment"].astype(int)[j]}
    wide = {k: regions[k][i] for k in ("eci", "coi")} | {"pci": segments["pci"][j]}
    return names | wide | {k: cells[k] for k in ("rca", "density", "cog")}


def run_ecomplexity(columns: dict[str, Any]) -> dict[str, Any]:
    import pandas
    from ecomplexity import ecomplexity

    frame = pandas.DataFrame(columns)
    names = {"time": "year", "loc": "region", "prod": "segment", "val": "value"}
    found = ecomplexity(frame, names, check_logsupermodularity=False, verbose=False)
    return {name: found[name].to_numpy() for name in found.columns}


def run_econcomplex(columns: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    import pandas
    from econcomplex import compute_complexity

    first = columns["year"] == columns["year"][0]
    frame = pandas.DataFrame({name: np.asarray(column)[first] for name, column in columns.items()})
    found = compute_complexity(frame, {"loc": "region", "act": "segment", "val": "value"})
    return {name: found[name].to_numpy() for name in found.columns}


def child(method: str, case: str, out: Path) -> None:
    """One measured run; writes its figures and, for comparison, the sums that identify its numbers."""
    import warnings

    import numpy as np

    warnings.simplefilter("ignore")
    columns = made(*CASES[case])
    if method in PEERS:
        sys.path.append(str(FOLDER))
        __import__(method)
    else:
        __import__("liantu.diagnosis.complexity")
    before = held()
    wall, cpu, only = time.perf_counter(), time.process_time(), None
    tables: list[dict[str, Any]] = []
    found: dict[str, Any] = {}
    if method == "ecomplexity":
        found = run_ecomplexity(columns)
    elif method == "econcomplex":
        found = run_econcomplex(columns)
    else:
        tables, only = run_ours(columns, method.removeprefix("ours:"))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3 - before
    found = found or widened(tables[0])
    region, segment = (found[name].astype(np.int64) for name in ("region", "segment"))
    year = found["year"].astype(np.int64) if "year" in found else np.full(region.size, 2010)
    keep = year == 2010
    order = np.lexsort((segment[keep], region[keep]))
    np.savez(
        out,
        region=region[keep][order],
        segment=segment[keep][order],
        **{name: found[name][keep][order].astype(float) for name in CHECKED if name in found},
    )
    print(json.dumps({"wall": wall, "cpu": cpu, "only": only, "peak": peak}))


def measured(method: str, case: str, out: Path) -> dict[str, Any] | str:
    """The figures of a run, or why there are none."""
    if method in PEERS and not (FOLDER / method).is_dir():
        return f"{method} {PEERS[method]} is not installed: make peers"
    command = [sys.executable, __file__, "--child", method, "--case", case, "--out", str(out)]
    done = subprocess.run(command, env=os.environ | ONE_THREAD, capture_output=True, text=True)
    if done.returncode:
        return done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"ended with {done.returncode}"
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def difference(ours: Path, theirs: Path) -> float:
    """Largest absolute difference over the cells of the first year that both have."""
    import numpy as np

    a, b = np.load(ours), np.load(theirs)
    width = int(max(a["segment"].max(), b["segment"].max())) + 1
    at = {k: i for i, k in enumerate((a["region"] * width + a["segment"]).tolist())}
    place = np.array([at[k] for k in (b["region"] * width + b["segment"]).tolist()])
    worst = 0.0
    for name in CHECKED:
        gap = np.abs(a[name][place] - b[name])
        if np.isnan(gap).any():
            return float("nan")
        worst = max(worst, float(gap.max()))
    return worst


def compare(case: str, repeat: int, folder: Path) -> list[Row]:
    """Ours under each convention beside the package of that convention, run in turn."""
    rows = []
    for peer, convention in (("ecomplexity", "growthlab"), ("econcomplex", "econcomplex")):
        ours, theirs = Way("ours:" + convention, folder / "ours.npz"), Way(peer, folder / f"{peer}.npz")
        for _ in range(repeat):
            for way in (ours, theirs):
                way.run(case)
        apart = difference(ours.out, theirs.out) if ours.runs and theirs.runs else None
        m = ours.median
        rows.append(
            Row(case, f"liantu ({convention})", m["wall"], m["cpu"], m["only"], m["peak"], None, apart, ours.problem)
        )
        if not theirs.runs:
            rows.append(Row(case, peer, 0.0, 0.0, None, 0.0, None, None, theirs.problem))
            continue
        t, factor = theirs.median, CASES[case][2] if peer == "econcomplex" else 1
        wall, note = t["wall"] * factor, f"one year x {factor}" if factor > 1 else ""
        ratio = wall / m["wall"]
        rows.append(Row(case, f"{peer} {PEERS[peer]}", wall, t["cpu"] * factor, None, t["peak"], ratio, None, note))
    return rows


class Way:
    """One way of computing, with the figures of its runs so far."""

    def __init__(self, method: str, out: Path) -> None:
        self.method, self.out, self.problem = method, out, ""
        self.runs: list[dict[str, Any]] = []

    def run(self, case: str) -> None:
        figures = measured(self.method, case, self.out)
        if isinstance(figures, str):
            self.problem = figures
        else:
            self.runs.append(figures)

    @property
    def median(self) -> dict[str, Any]:
        """Of every figure; raises SystemExit with the reason when ours did not run."""
        if not self.runs:
            raise SystemExit(f"{self.method}: {self.problem}")
        keys = self.runs[0]
        return {k: None if keys[k] is None else statistics.median(run[k] for run in self.runs) for k in keys}


def what_if() -> dict[str, float]:
    """Milliseconds: exact and preview at 330 × 1,400, medians of 9 and 200."""
    import numpy as np

    from liantu.diagnosis.complexity import WhatIf, complexity, matrix_of_columns

    columns = made(330, 1400, 1)
    base = complexity(matrix_of_columns(columns["region"], columns["segment"], columns["value"]))
    what = WhatIf(base)
    rng = np.random.default_rng(1)
    absent = np.argwhere(~base.presence)
    picked = [absent[k] for k in rng.integers(0, len(absent), 200)]
    names = [(base.matrix.regions[i], base.matrix.segments[j]) for i, j in picked]

    def timed(ask: Any, times: int) -> list[float]:
        spent = []
        for region, segment in names[:times]:
            started = time.perf_counter()
            ask(region, add=[segment])
            spent.append((time.perf_counter() - started) * 1e3)
        return sorted(spent)

    exact, preview = timed(what.exact, 9), timed(what.preview, 200)
    return {
        "exact_ms": statistics.median(exact),
        "exact_worst_ms": exact[-1],
        "preview_ms": statistics.median(preview),
        "preview_p95_ms": preview[189],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", action="append", choices=list(CASES))
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child == "what-if":
        print(json.dumps(what_if()))
        return
    if options.child:
        child(options.child, options.case[0], options.out)
        return
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for case in options.case or ["cities", "counties"]:
            rows += compare(case, options.repeat, Path(folder))
    asked = subprocess.run(
        [sys.executable, __file__, "--child", "what-if"], env=os.environ | ONE_THREAD, capture_output=True, text=True
    )
    supposed = json.loads(asked.stdout.strip().splitlines()[-1]) if asked.returncode == 0 else {"error": asked.stderr}
    if options.json:
        print(json.dumps({"rows": [asdict(row) for row in rows], "what_if": supposed}, ensure_ascii=False, indent=1))
        return
    print(
        f"{'case':9} {'method':26} {'wall s':>8} {'cpu s':>8} {'measures':>8} {'peak MB':>8} {'ratio':>7} {'difference':>10}"
    )
    for row in rows:
        only = f"{row.measures_only:8.2f}" if row.measures_only is not None else " " * 8
        ratio = f"{row.ratio:6.1f}x" if row.ratio else " " * 7
        apart = f"{row.difference:10.1e}" if row.difference is not None else " " * 10
        print(
            f"{row.case:9} {row.method:26} {row.wall:8.2f} {row.cpu:8.2f} {only} {row.peak_mb:8.0f} {ratio} {apart}  {row.note}"
        )
    print(
        "what-if at 330 × 1,400: "
        + ", ".join(f"{k} {v:.3f}" if isinstance(v, float) else str(v) for k, v in supposed.items())
    )


if __name__ == "__main__":
    main()
