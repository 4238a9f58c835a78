"""What breaks if a firm stops: the economic systemic risk index (Diem et al. 2022, Sci. Rep. 12:7719), as bounds.

With W_ij what i sells to j, σ_i = min(1, out_i / Σ_{l in i's market} h^d_l out_l) how hard i is to replace, ψ what a shock leaves:

* downstream, for each input k of j: Π_jk = 1 - Σ_{i in k} Λ_ij σ_i (1 - h^d_i), Λ_ij = W_ij / (what j buys of k) if k is essential
  to j, W_ij / (all that j buys) if not, 0 if negligible; h^d_j = max(0, min(ψ_j, min_{k essential} Π_jk, 1 - Σ_{k other} (1 - Π_jk)));
* upstream: h^u_i = max(0, min(ψ_i, 1 - Σ_j (W_ij/out_i)(1 - h^u_j)));
* risk = Σ_j (out_j / Σ out)(1 - min(h^d_j, h^u_j)), all firms stepping together until no output changes by more than ε.

Which inputs are essential is rarely known here: `risk_bounds` runs all essential (Leontief) and none (linear) and gives both.
Nothing known of single inputs can make the loss larger than the first. It can make it a little smaller than the second, since
the formula takes the worse of essential and other inputs where the linear case adds all: a convention of its authors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ..result import Result
from ..settings import settings
from . import engine
from .network import Array, Places, SupplyNetwork

Essentiality = Literal["all", "none"]
ESSENTIAL, OTHER, NEGLIGIBLE = 2, 1, 0
"""Codes of a matrix of essentiality: row, market of the buyer; column, market of the input."""


@dataclass(frozen=True, slots=True)
class Shock:
    """What a shock leaves, for the firms that felt it.

    Attributes:
        places: of the firms touched. down, up: what remains of their output by each channel. remaining: the lesser.
        risk: share of all output at risk. rounds: used. change: largest change in the last round; `settled`: not above ε.
    """

    places: Places
    down: Array
    up: Array
    risk: float
    rounds: int
    change: float
    settled: bool

    @property
    def remaining(self) -> Array:
        """min(h^d, h^u)."""
        return np.asarray(np.minimum(self.down, self.up))

    def lost(self, amounts: Array) -> float:
        """Σ amount_j · (1 - remaining_j): of jobs, tax, value added."""
        return float(amounts[self.places] @ (1.0 - self.remaining))


class Cascade:
    """A network made ready for questions under one assumption on essential inputs. One thread at a time."""

    def __init__(
        self,
        network: SupplyNetwork,
        essential: Essentiality | np.ndarray[Any, Any] = "all",
        *,
        epsilon: float | None = None,
        rounds: int = 1000,
    ) -> None:
        """
        Args:
            essential: `all`, `none`, or codes (ESSENTIAL, OTHER, NEGLIGIBLE) by market of buyer and of input, K × K.
            epsilon: the round in which nothing changes by more is the last; the setting by default. The value depends on it.

        Raises:
            ValueError: a matrix of another shape or with other codes.
        """
        self.network = network
        self.epsilon = settings().cascade_epsilon if epsilon is None else epsilon
        self.rounds = rounds
        self._prepare(_codes(network, essential))

    def shock(self, left: Mapping[str, float] | Sequence[str]) -> Shock:
        """What follows when firms keep only a share of their capacity (0 when names alone are given).

        Raises:
            KeyError: a firm that is not there. ValueError: a share outside [0, 1].
        """
        shares = dict(left) if isinstance(left, Mapping) else dict.fromkeys(left, 0.0)
        if bad := [f for f, s in shares.items() if not 0.0 <= s <= 1.0]:
            raise ValueError(f"{bad[0]}的剩余产能应在0到1之间 / the capacity left must be from 0 to 1")
        places = np.array([self.network.place(f) for f in shares], dtype=np.int64)
        return self.shock_places(places, np.array(list(shares.values()), dtype=float))

    def shock_places(self, places: Places, left: Array) -> Shock:
        """The same for firms by their places, each once."""
        n, used, change = engine.run(places, left, self.epsilon, self.rounds, *self._data, *self._work)
        down, up, listed = self._work[0], self._work[1], self._work[2]
        touched = listed[:n].astype(np.int64)
        found = Shock(touched, down[touched], up[touched], 0.0, int(used), float(change), bool(change <= self.epsilon))
        down[touched] = 1.0
        up[touched] = 1.0
        total = self.network.output.sum()
        risk = found.lost(self.network.output) / total if total > 0 else 0.0
        return Shock(touched, found.down, found.up, risk, found.rounds, found.change, found.settled)

    def risks(self, places: Places | None = None) -> Array:
        """Share of all output at risk when each firm alone stops; of all firms, or of those at `places`."""
        asked = np.arange(len(self.network.firms)) if places is None else np.asarray(places, dtype=np.int64)
        found: Array = engine.all_risks(asked, self.epsilon, self.rounds, np.zeros(asked.size), self._data, self._work)
        return found

    def _prepare(self, codes: np.ndarray[Any, Any] | int) -> None:
        net = self.network
        n, m, k = len(net.firms), net.amount.size, len(net.markets)
        kind = (
            np.full(m, codes, dtype=np.int64)
            if isinstance(codes, int)
            else codes[net.market[net.buyer], net.market[net.supplier]].astype(np.int64)
        )
        bought = np.bincount(net.buyer, weights=net.amount, minlength=n)
        # One accumulator for each essential input of a buyer, and one for all its other inputs together.
        key = net.buyer * (k + 1) + np.where(kind == ESSENTIAL, net.market[net.supplier], k)
        used = kind != NEGLIGIBLE
        distinct, group = np.unique(key[used], return_inverse=True)
        per_group = np.bincount(group, weights=net.amount[used], minlength=distinct.size)
        out_group = np.full(m, -1, dtype=np.int64)
        out_group[used] = group
        share = np.zeros(m)
        whole = np.where(kind[used] == ESSENTIAL, per_group[group], bought[net.buyer[used]])
        share[used] = net.amount[used] / whole
        sells = np.where(net.output > 0, net.output, 1.0)
        by_buyer = np.lexsort((net.supplier, net.buyer))
        by_group = np.flatnonzero(used)[np.argsort(group, kind="stable")]
        g = distinct.size
        self._data = (
            net.output,
            net.market.astype(np.int32),
            np.bincount(net.market, weights=net.output, minlength=k),
            np.searchsorted(net.supplier, np.arange(n + 1)),
            net.buyer.astype(np.int32),
            out_group.astype(np.int32),
            share,
            net.amount / sells[net.supplier],
            np.searchsorted(net.buyer[by_buyer], np.arange(n + 1)),
            net.supplier[by_buyer].astype(np.int32),
            (net.amount / sells[net.supplier])[by_buyer],
            np.searchsorted(out_group[by_group], np.arange(g + 1)),
            net.supplier[by_group].astype(np.int32),
            share[by_group],
            (distinct // (k + 1)).astype(np.int32),
        )

        def places(size: int) -> NDArray[np.int32]:
            return np.zeros(size, dtype=np.int32)

        def marks(size: int) -> NDArray[np.int8]:
            return np.zeros(size, dtype=np.int8)

        self._work = (
            np.ones(n), np.ones(n), places(n),
            np.zeros(n), np.zeros(n), np.ones(n), np.ones(n), marks(n), places(n), marks(n),
            places(n), np.zeros(n), places(n), np.zeros(n), places(n), np.zeros(n), places(n),
            np.zeros(g), marks(g), places(g),
            self._data[2].copy(), np.full(k, -1, dtype=np.int32), marks(k), places(k), marks(k), places(k),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RiskBounds:
    """Share of all output at risk: `lower` if no input is essential, `upper` if all are. Never one without the other."""

    lower: Result
    upper: Result
    lower_shock: Shock
    upper_shock: Shock


def risk_bounds(
    network: SupplyNetwork,
    firms: Sequence[str],
    *,
    period: str = "",
    coverage: float | None = None,
    cascades: tuple[Cascade, Cascade] | None = None,
) -> RiskBounds:
    """Both bounds of what is at risk when `firms` stop.

    Args:
        coverage: share of the firms' known purchases that the network holds; a network of news and statements knows few.
        cascades: of (`none`, `all`) made before, for many questions to one network.

    Raises:
        KeyError: a firm that is not there.
    """
    linear, leontief = cascades or (Cascade(network, "none"), Cascade(network, "all"))
    low, high = linear.shock(firms), leontief.shock(firms)
    # The two stop within ε of their limits, not at them: the order of the bounds is kept.
    values = (min(low.risk, high.risk), max(low.risk, high.risk))

    def result(value: float, convention: str, shock: Shock) -> Result:
        return Result(
            "output_at_risk", tuple(firms), value, "share", f"{convention}, epsilon {linear.epsilon:g}"
            + (", amounts assumed equal" if network.assumed else ""), "企业", period, len(network.firms), "firms",
            coverage if coverage is not None else 1.0, "supply network", values,
        )  # fmt: skip

    return RiskBounds(
        result(values[0], "no input essential", low), result(values[1], "every input essential", high), low, high
    )


def _codes(network: SupplyNetwork, essential: Essentiality | np.ndarray[Any, Any]) -> np.ndarray[Any, Any] | int:
    if isinstance(essential, str):
        if essential not in ("all", "none"):
            raise ValueError(f"{essential!r}: all, none or a matrix")
        return ESSENTIAL if essential == "all" else OTHER
    k = len(network.markets)
    if essential.shape != (k, k) or not np.isin(essential, (ESSENTIAL, OTHER, NEGLIGIBLE)).all():
        raise ValueError(f"必需性矩阵应为{k}×{k}，取值0、1、2 / the matrix must be {k} × {k} of 0, 1 and 2")
    return essential
