"""Changes against both levels: 由A增加到B，净增d、增长x%、翻一番; B，比A再增d; growth on a small base."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from liantu.extraction.figures.numerals import chinese_number
from liantu.vocabulary.units import units

from .interval import Interval
from .model import CheckResult
from .settings import one_of, thresholds
from .sheet import Sheet, Spot, show, verdict_of

_FROM = re.compile(r"(?:由|从|自)[^，。；由从]{0,24}$")
_COMPARED = re.compile(r"(?:比|较|前一版|上一版|原定|原先)[^，。；]{0,24}$")
_OTHER_BASE = re.compile(r"同比|环比|年均|平均|上年|去年|每年|当年|全省|全国|全市|位|拉动|贡献")
_YEAR = re.compile(r"(20\d\d)年")
_SPAN = re.compile(r"，([两二三四五六七八九十\d]{1,2})年(?:间|来)?[^，。；]{1,5}$")
_MULTIPLE = re.compile(r"的$")  # 是创业时的300倍: a multiple since long ago, no yearly growth


@cache
def _turn() -> re.Pattern[str]:
    return re.compile(
        rf"^[^，。；]{{0,8}}?(?P<verb>{one_of('up', 'down', 'neutral')})(?:了)?(?P<at>到|至|为|成)[^，。；]{{0,8}}$"
    )


@cache
def _attached() -> re.Pattern[str]:
    """What may stand between the new level and the change: ，四年净增. A new noun means another measure (，用工却减少)."""
    return re.compile(
        r"^(?:以上|左右|多)?[，（]?(?:[两二三四五六七八九十\d]{1,2}年(?:间|来)?)?(?:几乎|净|共|累计|总共|整整|又|再|已|实际|足足|将)*"
        rf"(?:{one_of('up', 'down')}|增幅|降幅|翻)(?:为|达|达到|了|近|约|超过|超|上)*$"
    )


def check_growth(sheet: Sheet) -> Iterator[CheckResult]:
    """Every change whose two levels stand in the same sentence, and growth that only a tiny base explains."""
    turn, attached = _turn(), _attached()
    for spots in sheet.by_sentence.values():
        if sheet.is_row(spots[0].block):
            continue
        for at in range(len(spots) - 1):
            yield from _from_to(sheet, spots, at, turn, attached)
            yield from _compared(sheet, spots, at)
            yield from _years(sheet, spots, at)
    for spot in sheet.spots:
        yield from _small_base(sheet, spot)


def _same_unit(left: Spot, right: Spot) -> bool:
    return (
        left.unit == right.unit and left.figure.kind in ("level", "share") and right.figure.kind in ("level", "share")
    )


def _from_to(
    sheet: Sheet, spots: list[Spot], at: int, turn: re.Pattern[str], attached: re.Pattern[str]
) -> Iterator[CheckResult]:
    before, after = spots[at], spots[at + 1]
    turned = turn.match(_past_unit(sheet.between(before, after), before.unit))
    if turned is None or not _same_unit(before, after) or not _FROM.search(before.lead):
        return
    yield from _direction(sheet, before, after, turned["verb"])
    for change in spots[at + 2 : at + 4]:
        if _same_unit(after, change):
            return
        words = _past_unit(sheet.between(after, change), after.unit)
        if _OTHER_BASE.search(words) or not attached.match(words):
            return
        result = _change(sheet, before, after, change)
        if result is not None:
            yield result


def _past_unit(words: str, unit: str) -> str:
    """The words between two numbers without the unit of the first."""
    return words.removeprefix("个百分点" if unit == "百分点" else unit).removeprefix("多").removeprefix("余")


def _direction(sheet: Sheet, before: Spot, after: Spot, verb: str) -> Iterator[CheckResult]:
    rises = bool(re.fullmatch(one_of("up"), verb))
    falls = bool(re.fullmatch(one_of("down"), verb))
    if re.fullmatch(one_of("revise"), verb):
        return  # the check of targets tells
    if rises == falls or (rises and after.value >= before.value) or (falls and after.value <= before.value):
        return
    yield sheet.result(
        "direction",
        "differs",
        [before, after],
        None,
        after.value,
        after.unit,
        0.0,
        f"文中说“{verb}”，数却由{before}变为{after}，请核对",
        f"The text says {verb}, but the figure goes from {before} to {after}; please check",
    )


def _change(sheet: Sheet, before: Spot, after: Spot, change: Spot) -> CheckResult | None:
    """`change` as the difference, the growth or the multiple of two levels; None where it is none of these."""
    low, high = before.stated, after.stated
    if before.figure.bound in (">", ">=", "<", "<="):
        low = before.written
    if after.figure.bound in (">", ">=", "<", "<="):
        high = after.written
    lead = change.lead
    words = one_of("up", "down")
    computed: float
    span: Interval
    kind = change.unit
    if (kind in ("百分点",) and before.unit == "%") or (
        kind == before.unit and kind != "%" and re.search(rf"(?:{words}|加码|多|少)(?:了|约|近|到账)?$", lead)
    ):
        computed, span = after.value - before.value, high - low
    elif before.unit == "%" or before.value <= 0:
        return None
    elif kind == "%" and re.search(rf"(?:{words}|增幅(?:为|达|达到)?|降幅(?:为|达|达到)?)(?:了|约|近|超过|超)?$", lead):
        if re.search(one_of("real"), before.figure.indicator + after.figure.indicator + lead):
            return None
        computed = 100 * (after.value / before.value - 1)
        ratio = high.over(low, 100)
        span = Interval(ratio.low - 100, ratio.high - 100)
    elif kind == "番":
        computed = after.value / before.value
        span = high.over(low)
        return _told(sheet, before, after, change, abs(computed), span, _doubled(change), "倍")
    else:
        return None
    if computed < 0:
        computed, span = -computed, Interval(-span.high, -span.low)
    return _told(sheet, before, after, change, computed, span, change.stated, "百分点" if kind == "百分点" else kind)


def _doubled(change: Spot) -> Interval:
    """翻一番 is twice, 翻两番 four times; spoken so, within a tenth or so."""
    times = 2.0**change.value
    slack = thresholds()["spoken_times"] * times
    return Interval(times - slack, times + slack)


def _told(
    sheet: Sheet, before: Spot, after: Spot, change: Spot, computed: float, span: Interval, written: Interval, unit: str
) -> CheckResult:
    verdict = verdict_of(span, written)
    value = show(computed, unit)
    if verdict == "ok":
        zh, en = (
            f"由{before}到{after}，变化{value}，与文中{change}相符",
            f"From {before} to {after}: {value}, as the text says",
        )
    else:
        zh = f"由{before}到{after}，变化应为{value}，文中写作{change}，请核对"
        en = f"From {before} to {after} is {value}, the text says {change}; please check"
    tolerance = span.half + written.half
    return sheet.result(
        "change_levels", verdict, [before, after, change], computed, abs(change.value), unit, tolerance, zh, en
    )


def _compared(sheet: Sheet, spots: list[Spot], at: int) -> Iterator[CheckResult]:
    """提高到3000亿元，比原规划的2800亿元再加码200亿元: the new level, the old one, the difference."""
    after, before = spots[at], spots[at + 1]
    if at + 2 >= len(spots) or not _same_unit(before, after) or not _COMPARED.search(before.lead):
        return
    change = spots[at + 2]
    words = _past_unit(sheet.between(before, change), before.unit)
    said = re.match(
        rf"^(?:目标|的目标|左右)?(?:，(?:此番|此次|这次|本次|现))?(?:再|又|还)?(?P<verb>{one_of('up', 'down')}|加码|多|少|高|低)(?:了|出|近|约)?$",
        words,
    )
    if said is None:
        return
    result = _change(sheet, before, after, change) or _fraction(sheet, before, after, change)
    if result is not None:
        yield result


def _years(sheet: Sheet, spots: list[Spot], at: int) -> Iterator[CheckResult]:
    """2022年只有11.3%；到2024年变成22.3%，两年抬升11个百分点: two years named, as many apart as the change says."""
    if at + 2 >= len(spots):
        return
    before, after, change = spots[at : at + 3]
    span = _SPAN.search(change.lead)
    if span is None or not _same_unit(before, after) or _OTHER_BASE.search(change.lead):
        return
    first, second = _YEAR.search(before.lead), _YEAR.search(after.lead)
    years = int(span[1]) if span[1].isdigit() else int(chinese_number(span[1]) or 0)
    if first and second and int(second[1]) - int(first[1]) == years:
        result = _change(sheet, before, after, change)
        if result is not None:
            yield result


def _fraction(sheet: Sheet, before: Spot, after: Spot, change: Spot) -> CheckResult | None:
    """上调五分之一, 增加近一半: the share of the old level by which the new one is higher."""
    if change.unit != "%" or before.unit == "%" or before.value <= 0:
        return None
    ratio = after.written.over(before.written, 100)
    computed = 100 * (after.value / before.value - 1)
    span = Interval(ratio.low - 100, ratio.high - 100)
    return _told(sheet, before, after, change, computed, span, change.stated, "%")


def _small_base(sheet: Sheet, spot: Spot) -> Iterator[CheckResult]:
    """Growth beyond all measure: kept, but marked, with its base where the level is given."""
    limits = thresholds()
    if spot.figure.kind != "change":
        return
    percent = spot.unit == "%" and spot.value >= limits["small_base_percent"]
    times = spot.unit == "倍" and spot.value >= limits["small_base_times"]
    if (not percent and not times) or _MULTIPLE.search(spot.lead):
        return
    growth = spot.value / 100 if percent else spot.value
    level = next((s for s in sheet.before(spot, 40) if s.level and s.sentence == spot.sentence), None)
    known = level is not None and units().get(level.unit) is not None
    base = level.value / (1 + growth) if known and level is not None else None
    zh = f"增幅{spot}，基数过小，不宜参加增速排名"
    en = f"Growth of {spot} is on a small base; leave it out of growth rankings"
    if base is not None and level is not None:
        zh += f"；推算基数约{show(base, level.unit)}"
        en += f" (base about {show(base, level.unit)})"
    spots = [level, spot] if base is not None and level is not None else [spot]
    yield sheet.result("small_base", "suspicious", spots, base, spot.value, spot.unit, 0.0, zh, en)
