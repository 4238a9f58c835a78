"""The cascade from the loss of a firm: time of one question in made networks of growing size, beside a plain implementation.

    python benchmarks/cascade.py [--size N]... [--questions K] [--plain K] [--epsilon E] [--json]

Networks are made (one seed): N firms in 616 markets with about 11 links each; buyers and sellers are drawn with heavy tails, 30 % of
output leaves the network. Asked is what follows when one firm stops, all inputs essential (the costlier of the two bounds), for K
firms drawn at random and for the 20 largest. `plain` is a vectorised implementation of the same formulas with SciPy's sparse
matrices that steps the whole network each round, as a user would write it; it serves as a check and as a measure. The
official engine (GLcascade/fastcascade, R, GPL-3) is not run here: it is no Python package; docs/diagnosis.md says what is known of it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from typing import Any

ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "NUMBA")}
MARKETS = 616


def made(n: int, seed: int = 20240101) -> Any:
    """A network of n firms."""
    import numpy as np

    from liantu.diagnosis.supply import network_of_arrays

    rng = np.random.default_rng(seed)
    market = rng.integers(0, MARKETS, n)
    weight = rng.pareto(1.3, n) + 1
    start = np.cumsum(weight) / weight.sum()
    m = 11 * n
    supplier = np.searchsorted(start, rng.random(m))
    buyer = np.searchsorted(start, rng.random(m) * 0.5 + rng.random(m) * 0.5)
    keep = supplier != buyer
    pairs = np.unique(supplier[keep] * n + buyer[keep])
    supplier, buyer = pairs // n, pairs % n
    amount = rng.lognormal(3, 1.5, pairs.size)
    sold = np.bincount(supplier, weights=amount, minlength=n)
    return network_of_arrays(
        tuple(map(str, range(n))), tuple(map(str, range(MARKETS))), market, supplier, buyer, amount,
        output=sold / 0.7 + rng.lognormal(3, 1, n),
    )  # fmt: skip


class Plain:
    """All firms at once with sparse matrices, every round the whole network; all inputs essential."""

    def __init__(self, net: Any, epsilon: float) -> None:
        import numpy as np
        from scipy.sparse import csr_array

        self.net, self.epsilon = net, epsilon
        n, k = len(net.firms), len(net.markets)
        key = net.buyer * k + net.market[net.supplier]
        distinct, group = np.unique(key, return_inverse=True)
        bought = np.bincount(group, weights=net.amount)
        self.owner = distinct // k
        self.into = csr_array((net.amount / bought[group], (group, net.supplier)), shape=(distinct.size, n))
        self.orders = csr_array((net.amount / net.output[net.supplier], (net.supplier, net.buyer)), shape=(n, n))

    def shock(self, place: int) -> tuple[float, int]:
        """(risk, rounds)."""
        import numpy as np

        net = self.net
        n, k = len(net.firms), len(net.markets)
        left = np.ones(n)
        left[place] = 0.0
        down, up = np.ones(n), np.ones(n)
        for t in range(1000):
            capacity = np.bincount(net.market, weights=down * net.output, minlength=k)[net.market]
            sigma = np.minimum(1.0, np.divide(net.output, capacity, out=np.ones(n), where=capacity > 0))
            missing = self.into @ (sigma * (1 - down))
            new_down = left.copy()
            np.minimum.at(new_down, self.owner, 1 - missing)
            np.maximum(new_down, 0, out=new_down)
            new_up = np.clip(np.minimum(left, 1 - self.orders @ (1 - up)), 0, 1)
            change = max(np.abs(new_down - down).max(), np.abs(new_up - up).max())
            down, up = new_down, new_up
            if t and change <= self.epsilon:
                break
        return float(net.output @ (1 - np.minimum(down, up)) / net.output.sum()), t + 1


def measure(n: int, questions: int, plain: int, epsilon: float) -> dict[str, Any]:
    """One size."""
    import numpy as np

    from liantu.diagnosis.supply.cascade import Cascade

    net = made(n)
    started = time.perf_counter()
    cascade = Cascade(net, "all", epsilon=epsilon)
    prepare = time.perf_counter() - started
    cascade.shock_places(np.array([0]), np.zeros(1))  # compiled before anything is timed
    rng = np.random.default_rng(1)
    drawn = rng.choice(n, questions, replace=False)
    largest = np.argsort(-net.output)[:20]

    def asked(places: Any, clock: Any) -> list[float]:
        spent = []
        for place in places:
            started = clock()
            cascade.shock_places(np.array([place]), np.zeros(1))
            spent.append((clock() - started) * 1e3)
        return sorted(spent)

    times, largest_times = asked(drawn, time.perf_counter), asked(largest, time.perf_counter)
    busy = asked(drawn, time.process_time)
    cpu = sum(busy) / questions / 1e3
    slow = Plain(net, epsilon)
    both, plain_cpu, worst = list(drawn[: max(plain - 2, 1)]) + list(largest[:2]), 0.0, 0.0
    drawn_plain = 0.0
    for number, place in enumerate(both):
        begun = time.process_time()
        risk, _ = slow.shock(int(place))
        spent = time.process_time() - begun
        plain_cpu += spent
        if number < len(both) - 2:
            drawn_plain += spent
        ours = cascade.shock_places(np.array([place]), np.zeros(1)).risk
        worst = max(worst, abs(ours - risk))
    drawn_plain /= len(both) - 2
    return {
        "firms": n,
        "links": int(net.amount.size),
        "epsilon": epsilon,
        "prepare_s": prepare,
        "p50_ms": statistics.median(times),
        "p95_ms": times[int(0.95 * len(times))],
        "max_ms": times[-1],
        "p50_cpu_ms": statistics.median(busy),
        "p95_cpu_ms": busy[int(0.95 * len(busy))],
        "largest20_max_ms": max(largest_times),
        "cpu_ms": cpu * 1e3,
        "plain_cpu_ms": drawn_plain * 1e3,
        "ratio_to_plain": drawn_plain / cpu,
        "difference": worst,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, action="append")
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--plain", type=int, default=12)
    parser.add_argument("--epsilon", type=float, default=1e-2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if any(os.environ.get(k) != v for k, v in ONE_THREAD.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ONE_THREAD)
    found = [
        measure(n, min(options.questions, n), options.plain, options.epsilon)
        for n in options.size or (10_000, 50_000, 200_000)
    ]
    if options.json:
        print(json.dumps(found, indent=1))
        return
    for name in found[0]:
        print(f"{name:18}" + "".join(f"{row[name]:>14,.6g}" for row in found))


if __name__ == "__main__":
    main()
