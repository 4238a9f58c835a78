"""Who supplies whom, as arrays; built from rows and checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.int64]


class NetworkError(ValueError):
    """A network that cannot be used: says which row, and what to do."""


@dataclass(frozen=True, slots=True)
class Link:
    """One supply relation. `amount` is in the network's unit and None where only the relation is known."""

    supplier: str
    buyer: str
    amount: float | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class SupplyNetwork:
    """n firms and m links between them, sorted by supplier.

    Attributes:
        firms: ids. market: n, which market (segment, class of industry) a firm sells in, by place in `markets`.
        output: n, a firm's whole output, at least what it sells inside the network.
        supplier, buyer: m, places of the ends. amount: m.
        assumed: whether amounts were missing everywhere and every link counts as one unit.
        notes: what was put right, in words.
    """

    firms: tuple[str, ...]
    markets: tuple[str, ...]
    market: Places
    output: Array
    supplier: Places
    buyer: Places
    amount: Array
    assumed: bool = False
    notes: tuple[str, ...] = field(default=())

    def place(self, firm: str) -> int:
        """Raises KeyError for a firm that is not there."""
        try:
            return self.firms.index(firm)
        except ValueError:
            raise KeyError(f"{firm}：供应网络里没有这家企业 / the network has no such firm") from None


def supply_network(
    firms: Sequence[tuple[str, str]], links: Iterable[Link], *, output: Sequence[float] | None = None
) -> SupplyNetwork:
    """A network of rows.

    Args:
        firms: (id, market) of every firm.
        links: amounts are given for all links or for none; a link to itself is left out and noted.
        output: whole output of each firm; what it sells inside the network by default.

    Raises:
        NetworkError: a firm or a link twice, an unknown end, an amount that is none, some amounts missing, or an output
            smaller than the sales inside the network, each with its row.
    """
    at = {firm: i for i, (firm, _) in enumerate(firms)}
    if len(at) != len(firms):
        ids = [firm for firm, _ in firms]
        twice = next(f for f in ids if ids.count(f) > 1)
        raise NetworkError(f"企业{twice}出现两次，请只留一行 / firm {twice} is there twice")
    names = tuple(sorted({market for _, market in firms}))
    number = {name: k for k, name in enumerate(names)}
    seen: dict[tuple[int, int], Link] = {}
    notes = []
    for link in links:
        where = f"{link.where}：" if link.where else ""
        for end in (link.supplier, link.buyer):
            if end not in at:
                raise NetworkError(f"{where}企业{end}不在企业名单里，请补上 / firm {end} is not in the list")
        if link.supplier == link.buyer:
            notes.append(f"{where}{link.supplier}自己供应自己，未计 / a link to itself was left out")
            continue
        if link.amount is not None and not (np.isfinite(link.amount) and link.amount > 0):
            raise NetworkError(f"{where}金额{link.amount}应为正数 / the amount must be above zero")
        key = (at[link.supplier], at[link.buyer])
        if key in seen:
            raise NetworkError(
                f"{where}{link.supplier}→{link.buyer}与{seen[key].where or '另一行'}重复，请合并 / the link is there twice"
            )
        seen[key] = link
    known = [link.amount is not None for link in seen.values()]
    if any(known) and not all(known):
        missing = next(link for link in seen.values() if link.amount is None)
        raise NetworkError(
            f"{missing.where or missing.supplier + '→' + missing.buyer}：有的链接有金额、有的没有，不能混用 / "
            "some links have amounts and some have none"
        )
    ends = np.array(list(seen), dtype=np.int64).reshape(-1, 2)
    amounts = np.array([1.0 if link.amount is None else link.amount for link in seen.values()])
    return network_of_arrays(
        tuple(at),
        names,
        np.array([number[m] for _, m in firms], dtype=np.int64),
        ends[:, 0],
        ends[:, 1],
        amounts,
        output=None if output is None else np.asarray(output, dtype=float),
        assumed=bool(known) and not any(known),
        notes=tuple(notes),
    )


def network_of_arrays(
    firms: tuple[str, ...],
    markets: tuple[str, ...],
    market: Places,
    supplier: Places,
    buyer: Places,
    amount: Array,
    *,
    output: Array | None = None,
    assumed: bool = False,
    notes: tuple[str, ...] = (),
) -> SupplyNetwork:
    """A network of arrays that are clean already: no link twice, none to itself.

    Raises:
        NetworkError: an output smaller than the sales inside the network, with the firm.
    """
    n = len(firms)
    sold = np.bincount(supplier, weights=amount, minlength=n)
    whole = sold if output is None else output
    if (bad := np.flatnonzero(whole < sold * (1 - 1e-9))).size:
        i = int(bad[0])
        raise NetworkError(
            f"{firms[i]}的总产出{whole[i]:g}小于网络内销售{sold[i]:g}，请核对 / its output is less than what it sells here"
        )
    order = np.lexsort((buyer, supplier))
    return SupplyNetwork(
        firms, markets, market, np.maximum(whole, sold), supplier[order], buyer[order], amount[order], assumed, notes
    )
