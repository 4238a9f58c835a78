"""Shares by themselves: above the whole, and several that should make up a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .interval import Interval
from .model import CheckResult, Verdict
from .settings import one_of, words
from .sheet import Sheet, Spot

_SECTORS = re.compile(r"三次产业|一二三产|[第一]、?二、?三次?产业|三产结构")
_TOGETHER = re.compile(r"分别(?:占|为|是)|各占|比重为|结构(?:为|由|调整为|优化为|是)|之比为|占比(?:分别)?为")
_LIST = re.compile(r"^%?(?:、|和|与|及|以及|，|:|%、|%和|%与|%及|%，)$")


def check_shares(sheet: Sheet) -> Iterator[CheckResult]:
    """Shares above 100 %, and the sums of shares of one whole."""
    for spot in sheet.spots:
        if spot.figure.kind == "share" and spot.unit == "%" and spot.value > 100 and spot.figure.bound != ">":
            yield from _over_whole(sheet, spot)
    for spots in sheet.by_sentence.values():
        shares = [s for s in spots if s.figure.kind == "share" and s.unit == "%"]
        yield from _sums(sheet, shares)


def _over_whole(sheet: Sheet, spot: Spot) -> Iterator[CheckResult]:
    words_before = spot.lead[-14:] + spot.figure.indicator
    if re.search(r"(?:计划|目标|任务|时序|预期)", spot.lead[-14:]):
        return  # 占年度计划的118.2%: more than planned
    verdict: Verdict
    if any(word in words_before for word in words("outcome")):
        verdict = "suspicious"
        zh, en = f"进度率{spot}超过100%，请核对分子分母口径", f"The rate {spot} is above 100 %; check what it divides"
    elif any(word in words_before for word in words("whole")) or re.search(r"占[^，。；]{1,16}$", spot.lead):
        verdict = "differs"
        zh, en = f"占比{spot}超过100%，请核对", f"The share {spot} is above 100 %; please check"
    else:
        return
    yield sheet.result("share_over_whole", verdict, [spot], None, spot.value, "%", spot.written.half, zh, en)


def _sums(sheet: Sheet, shares: list[Spot]) -> Iterator[CheckResult]:
    run: list[Spot] = []
    for spot in [*shares, None]:
        if spot is not None and run and _LIST.match(sheet.between(run[-1], spot)):
            run.append(spot)
            continue
        if len(run) >= 3:
            yield from _sum(sheet, run)
        run = [spot] if spot is not None else []


def _sum(sheet: Sheet, run: list[Spot]) -> Iterator[CheckResult]:
    before = sheet.text[max(0, run[0].start - 60) : run[0].start]
    before = re.split("[。；]", before)[-1]
    sectors = len(run) == 3 and bool(_SECTORS.search(before))
    if not sectors and not _TOGETHER.search(before):
        return
    if re.search(one_of("outcome") + "|增长|下降|增速|完成率|率(?:分别|依次)", before):
        return
    total = run[0].written
    for spot in run[1:]:
        total += spot.written
    computed = sum(s.value for s in run)
    verdict: Verdict = "ok" if total.meets(Interval(100, 100)) else "differs"
    terms = " + ".join(str(s) for s in run)
    if verdict == "differs" and not sectors:
        if computed <= 100:
            return  # only some of the parts are named
        verdict = "suspicious"
    value = f"{round(computed, 2):g}%"
    if verdict == "ok":
        zh, en = f"各项占比之和为100%：{terms}", f"The shares add up to 100 %: {terms}"
    else:
        zh, en = (
            f"各项占比之和为{value}，不是100%：{terms}，请核对",
            f"The shares add up to {value}, not 100 %: {terms}",
        )
    yield sheet.result("share_sum", verdict, run, computed, 100.0, "%", total.half, zh, en)
