"""The cascade from the loss of a firm: time of one question in made networks of growing size, beside two plain implementations.

    python benchmarks/cascade.py [--size N]... [--questions K] [--plain K] [--epsilon E] [--json]

Networks are made (one seed): N firms in 616 markets with about 11 links each; buyers and sellers are drawn with heavy tails, 30 % of
output leaves the network. Asked is what follows when one firm stops, for K firms drawn at random and for the 20 largest, in two
cases: `all` inputs essential (the costlier of the two bounds), and a `drawn` matrix of essentiality of markets (a tenth of pairs
essential, four tenths other, the rest negligible). Both plain implementations do what the published formulas say, in the
same run, on the same questions, and every value is compared:

* `sparse`: SciPy's sparse matrices, the whole network every round, as a user would write it; for `all` only;
* `dense`: every round a whole matrix of firms by inputs, for any essentiality: the shape in which the article states the
  algorithm, and that of the official engine (GLcascade/fastcascade, R and C++, GPL-3).

The official engine itself is not run: it is no Python package and lies in no registry that we install from, so no ratio to it is claimed.
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
DENSE_UP_TO = 50_000
"""Firms above which nothing is compared: a matrix of firms by inputs would take gigabytes."""


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


class Rounds:
    """The published rounds over the whole network, until nothing changes; a class says how supplies and orders are handed on."""

    def __init__(self, net: Any, epsilon: float) -> None:
        self.net, self.epsilon = net, epsilon

    def produced(self, short: Any, left: Any) -> Any:
        """What each firm can make, given what each supplier is short of (a share of its output) and what is `left` of the firm."""
        raise NotImplementedError

    def lost(self, up: Any) -> Any:
        """The orders each firm loses, as a share of its output."""
        raise NotImplementedError

    def shock(self, place: int) -> float:
        """The risk."""
        import numpy as np

        net = self.net
        n, k = len(net.firms), len(net.markets)
        left = np.ones(n)
        left[place] = 0.0
        down, up = np.ones(n), np.ones(n)
        for t in range(1000):
            capacity = np.bincount(net.market, weights=down * net.output, minlength=k)[net.market]
            sigma = np.minimum(1.0, np.divide(net.output, capacity, out=np.ones(n), where=capacity > 0))
            new_down = self.produced(sigma * (1 - down), left)
            new_up = np.clip(np.minimum(left, 1 - self.lost(up)), 0, 1)
            change = max(np.abs(new_down - down).max(), np.abs(new_up - up).max())
            down, up = new_down, new_up
            if t and change <= self.epsilon:
                break
        return float(net.output @ (1 - np.minimum(down, up)) / net.output.sum())


class Plain(Rounds):
    """All firms at once with sparse matrices; all inputs essential."""

    def __init__(self, net: Any, epsilon: float) -> None:
        import numpy as np
        from scipy.sparse import csr_array

        super().__init__(net, epsilon)
        n, k = len(net.firms), len(net.markets)
        key = net.buyer * k + net.market[net.supplier]
        distinct, group = np.unique(key, return_inverse=True)
        bought = np.bincount(group, weights=net.amount)
        self.owner = distinct // k
        self.into = csr_array((net.amount / bought[group], (group, net.supplier)), shape=(distinct.size, n))
        self.orders = csr_array((net.amount / net.output[net.supplier], (net.supplier, net.buyer)), shape=(n, n))

    def produced(self, short: Any, left: Any) -> Any:
        """The least of what its inputs allow."""
        import numpy as np

        made = left.copy()
        np.minimum.at(made, self.owner, 1 - self.into @ short)
        return np.maximum(made, 0, out=made)

    def lost(self, up: Any) -> Any:
        """Orders by a sparse product."""
        return self.orders @ (1 - up)


class Dense(Rounds):
    """The formulas as published, every round over a matrix of firms by inputs."""

    def __init__(self, net: Any, codes: Any, epsilon: float) -> None:
        import numpy as np

        super().__init__(net, epsilon)
        n, k = len(net.firms), len(net.markets)
        kind = codes[net.market[net.buyer], net.market[net.supplier]]
        self.cell = net.buyer * k + net.market[net.supplier]
        per_input = np.bincount(self.cell, weights=net.amount, minlength=n * k)[self.cell]
        bought = np.bincount(net.buyer, weights=net.amount, minlength=n)[net.buyer]
        self.share = np.where(kind == 2, net.amount / per_input, np.where(kind == 1, net.amount / bought, 0.0))
        self.essential = codes[net.market] == 2
        self.ordered = net.amount / net.output[net.supplier]

    def produced(self, short: Any, left: Any) -> Any:
        """The worst of the essential inputs, or all others together."""
        import numpy as np

        net = self.net
        n, k = len(net.firms), len(net.markets)
        sent = self.share * short[net.supplier]
        missing = np.bincount(self.cell, weights=sent, minlength=n * k).reshape(n, k)
        worst = np.where(self.essential, missing, 0.0).max(1)
        others = np.where(self.essential, 0.0, missing).sum(1)
        return np.maximum(0, np.minimum(left, 1 - np.maximum(worst, others)))

    def lost(self, up: Any) -> Any:
        """Orders link by link."""
        import numpy as np

        net = self.net
        return np.bincount(net.supplier, weights=self.ordered * (1 - up)[net.buyer], minlength=len(net.firms))


def essentiality(seed: int = 5) -> Any:
    """Codes of markets by markets: a tenth essential, four tenths other, the rest negligible."""
    import numpy as np

    return np.random.default_rng(seed).choice([2, 1, 0], p=[0.1, 0.4, 0.5], size=(MARKETS, MARKETS))


def measure(n: int, essential: str, questions: int, plain: int, epsilon: float) -> dict[str, Any]:
    """One size and case."""
    import numpy as np

    from liantu.diagnosis.supply.cascade import Cascade

    net = made(n)
    codes = np.full((MARKETS, MARKETS), 2) if essential == "all" else essentiality()
    started = time.perf_counter()
    cascade = Cascade(net, "all" if essential == "all" else codes, epsilon=epsilon)
    prepare = time.perf_counter() - started
    cascade.shock_places(np.array([0]), np.zeros(1))  # compiled before anything is timed
    drawn = np.random.default_rng(1).choice(n, questions, replace=False)
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
    found = {
        "firms": n,
        "essential": essential,
        "links": int(net.amount.size),
        "epsilon": epsilon,
        "prepare_s": prepare,
        "p50_ms": statistics.median(times),
        "p95_ms": times[int(0.95 * len(times))],
        "max_ms": times[-1],
        "p50_cpu_ms": statistics.median(busy),
        "p95_cpu_ms": busy[int(0.95 * len(busy))],
        "largest20_max_ms": max(largest_times),
        "cpu_ms": sum(busy) / questions,
    }
    # The same firms are asked of both sides in turn; the two largest are compared as well, but not timed.
    if not plain:
        return found
    peers = {"dense": Dense(net, codes, epsilon)} | ({"sparse": Plain(net, epsilon)} if essential == "all" else {})
    for name, peer in peers.items():
        spent = {"peer": 0.0, "ours": 0.0}
        worst = 0.0
        for number, place in enumerate([*drawn[:plain], *largest[:2]]):
            begun = time.process_time()
            risk = peer.shock(int(place))
            between = time.process_time()
            ours = cascade.shock_places(np.array([place]), np.zeros(1)).risk
            if number < plain:
                spent["peer"] += between - begun
                spent["ours"] += time.process_time() - between
            worst = max(worst, abs(ours - risk))
        found |= {
            f"{name}_cpu_ms": spent["peer"] / plain * 1e3,
            f"ratio_to_{name}": spent["peer"] / spent["ours"],
            f"difference_{name}": worst,
        }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, action="append")
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--plain", type=int, default=8, help="questions asked of the plain implementations too")
    parser.add_argument("--epsilon", type=float, default=1e-2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if any(os.environ.get(k) != v for k, v in ONE_THREAD.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ONE_THREAD)
    found = [
        measure(n, essential, min(options.questions, n), options.plain if n <= DENSE_UP_TO else 0, options.epsilon)
        for n in options.size or (10_000, 50_000, 200_000)
        for essential in ("all", "drawn")
    ]
    if options.json:
        print(json.dumps(found, indent=1))
        return
    for name in found[0]:
        cells = (row.get(name, "—") for row in found)
        print(f"{name:18}" + "".join(f"{c:>14,.6g}" if isinstance(c, float | int) else f"{c:>14}" for c in cells))


if __name__ == "__main__":
    main()
