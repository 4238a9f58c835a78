"""The loop of the cascade, compiled. Arrays only; `cascade` is its door.

All firms step together: remaining outputs of one round follow from those of the round before. While few firms have changed, only
they are looked at: what a firm newly fails to send goes to its buyers' accumulators as the difference to before (push). Once
that would touch more than a fraction of all links, the accumulators are computed anew in the order in which they lie in memory
(pull), which costs less a link. Only what was touched is reset for the next question.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

PUSH_COST = 4
"""How many links a sweep in order passes in the time of one push: measured, and no more than a matter of speed."""


def _cascade(
    shocked: Any,
    left: Any,
    epsilon: float,
    rounds: int,
    output: Any,
    market: Any,
    capacity0: Any,
    out_start: Any,
    out_buyer: Any,
    out_group: Any,
    out_share: Any,
    out_order: Any,
    in_start: Any,
    in_supplier: Any,
    in_order: Any,
    group_start: Any,
    group_supplier: Any,
    group_share: Any,
    group_buyer: Any,
    down: Any,
    up: Any,
    firm_list: Any,
    sent: Any,
    lost: Any,
    down_new: Any,
    up_new: Any,
    touched: Any,
    pending: Any,
    pending_mark: Any,
    down_list: Any,
    down_old: Any,
    up_list: Any,
    up_old: Any,
    send_list: Any,
    send_more: Any,
    next_impaired: Any,
    short: Any,
    group_mark: Any,
    group_list: Any,
    capacity: Any,
    first_impaired: Any,
    market_mark: Any,
    market_list: Any,
    market_seen: Any,
    market_all: Any,
) -> Any:
    """One shock. Returns (firms touched, rounds used, last change); `down`, `up` hold what remains, for `firm_list`."""
    n = output.size
    links = out_buyer.size
    n_touched = n_down = n_up = n_groups = n_markets_all = 0
    swept = False
    change = 0.0
    for s in range(shocked.size):
        i = shocked[s]
        touched[i] = 1
        firm_list[n_touched] = i
        n_touched += 1
        if left[s] < 1.0:
            down_list[n_down] = i
            down_old[n_down] = 1.0
            n_down += 1
            up_list[n_up] = i
            up_old[n_up] = 1.0
            n_up += 1
            down[i] = up[i] = down_new[i] = up_new[i] = left[s]
            change = max(change, 1.0 - left[s])
    used = 1
    while change > epsilon and used < rounds:
        used += 1
        change = 0.0
        # Downstream: capacities of the markets first, then what the impaired firms of these markets newly fail to send.
        n_markets = 0
        for s in range(n_down):
            i = down_list[s]
            k = market[i]
            capacity[k] -= (down_old[s] - down[i]) * output[i]
            if market_mark[k] == 0:
                market_mark[k] = 1
                market_list[n_markets] = k
                n_markets += 1
                if market_seen[k] == 0:
                    market_seen[k] = 1
                    market_all[n_markets_all] = k
                    n_markets_all += 1
            if down_old[s] == 1.0:
                next_impaired[i] = first_impaired[k]
                first_impaired[k] = i
        n_send = 0
        cost = 0
        for s in range(n_markets):
            k = market_list[s]
            market_mark[k] = 0
            i = first_impaired[k]
            while i >= 0:
                now = 1.0 - down[i]
                if capacity[k] > output[i]:
                    now *= output[i] / capacity[k]
                if now > sent[i]:
                    send_list[n_send] = i
                    send_more[n_send] = now - sent[i]
                    n_send += 1
                    cost += out_start[i + 1] - out_start[i]
                    sent[i] = now
                i = next_impaired[i]
        n_pending = 0
        if cost * PUSH_COST > links:
            swept = True
            for g in range(group_buyer.size):
                total = 0.0
                for e in range(group_start[g], group_start[g + 1]):
                    total += group_share[e] * sent[group_supplier[e]]
                if total > 0.0:
                    short[g] = total
                    j = group_buyer[g]
                    value = max(0.0, 1.0 - total)
                    if value < down_new[j]:
                        down_new[j] = value
                        if pending_mark[j] == 0:
                            pending_mark[j] = 1
                            pending[n_pending] = j
                            n_pending += 1
        else:
            for s in range(n_send):
                i = send_list[s]
                for e in range(out_start[i], out_start[i + 1]):
                    g = out_group[e]
                    if g < 0:
                        continue
                    if not swept and group_mark[g] == 0:
                        group_mark[g] = 1
                        group_list[n_groups] = g
                        n_groups += 1
                    short[g] += out_share[e] * send_more[s]
                    j = out_buyer[e]
                    value = max(0.0, 1.0 - short[g])
                    if value < down_new[j]:
                        down_new[j] = value
                        if pending_mark[j] == 0:
                            pending_mark[j] = 1
                            pending[n_pending] = j
                            n_pending += 1
        n_down = 0
        for s in range(n_pending):
            j = pending[s]
            pending_mark[j] = 0
            down_list[n_down] = j
            down_old[n_down] = down[j]
            n_down += 1  # noqa: SIM113
            change = max(change, down[j] - down_new[j])
            down[j] = down_new[j]
            if touched[j] == 0:
                touched[j] = 1
                firm_list[n_touched] = j
                n_touched += 1
        # Upstream: what buyers no longer order.
        cost = 0
        for s in range(n_up):
            cost += in_start[up_list[s] + 1] - in_start[up_list[s]]
        n_pending = 0
        if cost * PUSH_COST > links:
            for i in range(n):
                total = 0.0
                for e in range(out_start[i], out_start[i + 1]):
                    total += out_order[e] * (1.0 - up[out_buyer[e]])
                if total > 0.0:
                    lost[i] = total
                    if touched[i] == 0:
                        touched[i] = 1
                        firm_list[n_touched] = i
                        n_touched += 1
                    value = max(0.0, 1.0 - total)
                    if value < up_new[i]:
                        up_new[i] = value
                        pending[n_pending] = i
                        n_pending += 1
        else:
            for s in range(n_up):
                j = up_list[s]
                difference = up_old[s] - up[j]
                for e in range(in_start[j], in_start[j + 1]):
                    i = in_supplier[e]
                    if touched[i] == 0:
                        touched[i] = 1
                        firm_list[n_touched] = i
                        n_touched += 1
                    lost[i] += in_order[e] * difference
                    value = max(0.0, 1.0 - lost[i])
                    if value < up_new[i]:
                        up_new[i] = value
                        if pending_mark[i] == 0:
                            pending_mark[i] = 1
                            pending[n_pending] = i
                            n_pending += 1
        n_up = 0
        for s in range(n_pending):
            i = pending[s]
            pending_mark[i] = 0
            up_list[n_up] = i
            up_old[n_up] = up[i]
            n_up += 1  # noqa: SIM113
            change = max(change, up[i] - up_new[i])
            up[i] = up_new[i]
    # What the next question finds as if nothing had been asked; `down` and `up` of firm_list are reset by the caller.
    if swept:
        short[:] = 0.0
    for s in range(n_groups):
        short[group_list[s]] = 0.0
        group_mark[group_list[s]] = 0
    for s in range(n_markets_all):
        k = market_all[s]
        capacity[k] = capacity0[k]
        market_seen[k] = 0
        i = first_impaired[k]
        while i >= 0:
            sent[i] = 0.0
            i = next_impaired[i]
        first_impaired[k] = -1
    for s in range(n_touched):
        i = firm_list[s]
        touched[i] = 0
        lost[i] = 0.0
        down_new[i] = 1.0
        up_new[i] = 1.0
    return n_touched, used, change


run: Any = numba.njit(cache=True, nogil=True)(_cascade)
"""`_cascade`, compiled at first use (some seconds; kept on disk where that may be written)."""


def _all_risks(firms: Any, epsilon: float, rounds: int, risks: Any, data: Any, work: Any) -> Any:
    shocked = np.empty(1, dtype=np.int64)
    left = np.zeros(1)
    output = data[0]
    down, up, touched = work[0], work[1], work[2]
    total = output.sum()
    for q in range(firms.size):
        shocked[0] = firms[q]
        n, _, _ = run(shocked, left, epsilon, rounds, *data, *work)
        loss = 0.0
        for s in range(n):
            i = touched[s]
            loss += output[i] * (1.0 - min(down[i], up[i]))
            down[i] = 1.0
            up[i] = 1.0
        risks[q] = loss / total
    return risks


all_risks: Any = numba.njit(cache=True, nogil=True)(_all_risks)
"""Share of all output at risk when each of `firms` alone stops."""
