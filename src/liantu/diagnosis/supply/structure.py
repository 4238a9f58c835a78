"""Where a chain hangs on one firm: articulation points, bridges, betweenness, and the fewest firms between it and its master."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import rustworkx as rx

from .network import SupplyNetwork


@dataclass(frozen=True, slots=True)
class Weak:
    """Firms and links whose loss would cut the network of known links in two.

    `parts`: for each articulation firm how many firms fall off the largest rest when it goes.
    """

    articulation: tuple[str, ...]
    parts: dict[str, int]
    bridges: tuple[tuple[str, str], ...]
    components: int


def weak_points(network: SupplyNetwork) -> Weak:
    """Articulation points and bridges of the links without their direction (Tarjan 1972; linear in firms and links)."""
    n = len(network.firms)
    near: list[set[int]] = [set() for _ in range(n)]
    for i, j in zip(network.supplier.tolist(), network.buyer.tolist(), strict=True):
        near[i].add(j)
        near[j].add(i)
    seen = [-1] * n  # when a firm was reached first
    low = [0] * n  # the earliest firm that it or what hangs on it touches
    size = [1] * n  # firms that hang on it, itself among them
    pieces: dict[int, list[int]] = {}
    bridges, components, clock = [], 0, 0
    for root in range(n):
        if seen[root] >= 0:
            continue
        components += 1
        seen[root] = low[root] = clock
        clock += 1
        path, reached = [(root, -1, iter(near[root]))], [root]
        while path:
            v, parent, others = path[-1]
            w = next(others, None)
            if w is None:
                path.pop()
                if parent < 0:
                    continue
                low[parent] = min(low[parent], low[v])
                size[parent] += size[v]
                if low[v] > seen[parent]:
                    bridges.append((min(v, parent), max(v, parent)))
                if low[v] >= seen[parent]:
                    pieces.setdefault(parent, []).append(size[v])
            elif seen[w] < 0:
                seen[w] = low[w] = clock
                clock += 1
                reached.append(w)
                path.append((w, v, iter(near[w])))
            elif w != parent:
                low[v] = min(low[v], seen[w])
        for v in reached:
            if v in pieces:
                rest = len(reached) - 1 - sum(pieces[v])
                pieces[v] = [p for p in (*pieces[v], rest) if p]
    cut = sorted(v for v, parts in pieces.items() if len(parts) > 1)
    return Weak(
        tuple(network.firms[v] for v in cut),
        {network.firms[v]: sum(pieces[v]) - max(pieces[v]) for v in cut},
        tuple(sorted((network.firms[a], network.firms[b]) for a, b in bridges)),
        components,
    )


@dataclass(frozen=True, slots=True)
class Betweenness:
    """Share of shortest supply paths that pass through a firm; `sampled` from so many sources when not of all."""

    values: dict[str, float]
    sampled: int | None


def betweenness(network: SupplyNetwork, *, sources: int | None = None, seed: int = 0) -> Betweenness:
    """Brandes' algorithm on directed links; with `sources` from a seeded sample of firms, scaled up, and labelled so.

    Unscaled by the number of pairs: paths counted once for each (supplier, buyer) pair.
    """
    n = len(network.firms)
    if sources is None or sources >= n:
        graph = rx.PyDiGraph()
        graph.add_nodes_from(range(n))
        graph.add_edges_from_no_data(list(zip(network.supplier.tolist(), network.buyer.tolist(), strict=True)))
        exact = rx.digraph_betweenness_centrality(graph, normalized=False)
        return Betweenness({network.firms[i]: float(exact[i]) for i in range(n)}, None)
    start = np.searchsorted(network.supplier, np.arange(n + 1))
    total = np.zeros(n)
    picked = np.random.default_rng(seed).choice(n, sources, replace=False)
    for source in picked:
        total += _dependencies(int(source), start, network.buyer, n)
    return Betweenness({network.firms[i]: float(total[i] * n / sources) for i in range(n)}, sources)


def _dependencies(source: int, start: np.ndarray, buyers: np.ndarray, n: int) -> np.ndarray:
    """What one source adds to the betweenness of every firm."""
    distance = np.full(n, -1)
    paths = np.zeros(n)
    distance[source], paths[source] = 0, 1.0
    order, frontier = [], [source]
    while frontier:
        order.append(frontier)
        following: dict[int, None] = {}
        for i in frontier:
            for j in buyers[start[i] : start[i + 1]].tolist():
                if distance[j] < 0:
                    distance[j] = distance[i] + 1
                    following[j] = None
                if distance[j] == distance[i] + 1:
                    paths[j] += paths[i]
        frontier = list(following)
    added = np.zeros(n)
    for level in reversed(order):
        for i in level:
            for j in buyers[start[i] : start[i + 1]].tolist():
                if distance[j] == distance[i] + 1:
                    added[i] += paths[i] / paths[j] * (1 + added[j])
    added[source] = 0.0
    return added


def cut_to_master(network: SupplyNetwork, supplier: str, master: str) -> tuple[str, ...] | None:
    """The fewest firms whose loss leaves no supply path from `supplier` to the chain's master (Menger's theorem).

    Returns:
        Their names; empty when there is no path at all; None when the two are linked directly, so that no firm is between.

    Raises:
        KeyError: a firm that is not there. ValueError: one and the same firm.
    """
    a, b = network.place(supplier), network.place(master)
    if a == b:
        raise ValueError("起点与链主是同一家企业 / one and the same firm")
    n = len(network.firms)
    links = set(zip(network.supplier.tolist(), network.buyer.tolist(), strict=True))
    if (a, b) in links:
        return None
    # Each firm becomes an entry and an exit with room for one path; the cut goes through firms, not through links.
    onward: dict[int, dict[int, int]] = {v: {} for v in range(2 * n)}
    for i in range(n):
        onward[2 * i][2 * i + 1] = n if i in (a, b) else 1
    for i, j in links:
        onward[2 * i + 1][2 * j] = n
        onward[2 * j].setdefault(2 * i + 1, 0)
    for i in range(n):
        onward[2 * i + 1].setdefault(2 * i, 0)
    while True:
        before = _reach(onward, 2 * a)
        if 2 * b not in before:
            break
        v = 2 * b
        while v != 2 * a:
            u = before[v]
            onward[u][v] -= 1
            onward[v][u] = onward[v].get(u, 0) + 1
            v = u
    return tuple(network.firms[i] for i in range(n) if 2 * i in before and 2 * i + 1 not in before)


def _reach(onward: dict[int, dict[int, int]], source: int) -> dict[int, int]:
    """What can still be reached, each with where it was reached from."""
    before = {source: source}
    waiting = [source]
    for u in waiting:
        for v, room in onward[u].items():
            if room > 0 and v not in before:
                before[v] = u
                waiting.append(v)
    return before
