"""Loss of every sector at once by the closed form, beside solving the remaining economy anew for each sector.

    python benchmarks/extraction.py [--sectors N] [--loop K] [--json]

The economy is made (one seed): N sectors, of which each buys from about a third; column sums between 0.3 and 0.7. The loop is what
input–output packages leave to their users (pymrio 0.7.0 has no extraction in its mathematics): K sectors are solved and the
rest of the time is reckoned from them, as the table says. Both start from coefficients and output; the closed form is timed with
its inverse (`with inverse`) and, where the inverse is there already because multipliers were asked for, without. One BLAS thread.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time

ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sectors", type=int, default=1302)
    parser.add_argument("--loop", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if any(os.environ.get(k) != v for k, v in ONE_THREAD.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ONE_THREAD)

    import numpy as np

    from liantu.diagnosis.inputoutput import extraction_by_loop, leontief

    n = options.sectors
    rng = np.random.default_rng(20240101)
    a = rng.lognormal(0, 1.5, (n, n)) * (rng.random((n, n)) < 0.33)
    a *= rng.uniform(0.3, 0.7, n) / a.sum(0)
    output = np.linalg.solve(np.eye(n) - a, rng.lognormal(5, 1, n))

    started = time.perf_counter()
    model = leontief(a)
    inverse = time.perf_counter() - started
    spent = []
    for _ in range(9):
        started = time.perf_counter()
        losses = model.extraction_losses(output)
        spent.append(time.perf_counter() - started)
    closed = statistics.median(spent)
    asked = range(min(options.loop, n))
    started = time.perf_counter()
    looped = extraction_by_loop(a, output, asked)
    loop = (time.perf_counter() - started) * n / len(asked)
    found = {
        "sectors": n,
        "closed_form_ms": closed * 1e3,
        "with_inverse_ms": (inverse + closed) * 1e3,
        "loop_s": loop,
        "loop_reckoned_from": len(asked),
        "ratio": loop / closed,
        "ratio_with_inverse": loop / (inverse + closed),
        "relative_difference": float(np.abs(losses[: len(asked)] - looped).max() / output.sum()),
    }
    if options.json:
        print(json.dumps(found, indent=1))
        return
    for name, value in found.items():
        print(f"{name:22} {value:,.6g}")


if __name__ == "__main__":
    main()
