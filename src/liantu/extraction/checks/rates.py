"""Rates and shares against the figures they divide: 完成率, 开工率 with its counts, 占…的…%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .interval import Interval
from .model import CheckResult
from .sheet import Sheet, Spot, same_measure, show

_REACH = 150
_AROUND = 300  # figures on either side among which a named whole is looked for
_LIMIT = re.compile(
    r"(?:以上|以下|及以上|及以下)?的"
)  # 完成率在75%以上的项目16个: the limit of a class, no rate of the whole
_COMPLETION = re.compile(r"完成率|占(?:全年|年度)?(?:投资)?计划的?$|完成(?:全年|年度)(?:投资)?(?:计划|任务)的?")
_DONE = re.compile(r"完成")
_PLANNED = re.compile(r"计划")
_OF_TOTAL = re.compile(r"占总投资的?$")
_TOTAL = re.compile(r"总投资|投资总额")
_RATE = re.compile(r"([一-鿿]{1,8})率(?:为|达|达到|是|约|仅)?$")
_DUE = re.compile(r"应[一-鿿]{1,4}$")
_ALREADY = re.compile(r"已[一-鿿]{1,4}$|实际[一-鿿]{1,4}$")
_SOME_OF = re.compile(r"^.{0,14}(?:其中|已有|已)[^，。；]{0,6}$")
_SHARE_OF = re.compile(
    r"占(?:到|了)?(?:全部|整个)?([^，。；占]{2,18}?)(?:的比重|比重|的)?(?:达到|达|为|约|超过|近|是)?$"
)
_SHARE_ALONE = re.compile(r"占比(?:达到|达|为|约|是)?$")
_ELSEWHERE = re.compile(r"^(?:全省|全国|全球|世界|国内|省内|山西省|我省)")


def check_rates(sheet: Sheet) -> Iterator[CheckResult]:
    """Each rate or share for which the text gives numerator and denominator."""
    for spot in sheet.spots:
        if spot.unit != "%" or spot.figure.kind != "share" or spot.figure.status != "actual":
            continue
        if spot.figure.number[:1] in "百第" or _LIMIT.match(sheet.text, spot.end):
            continue
        lead = spot.lead.rstrip()
        if sheet.is_row(spot.block):
            result = _row(sheet, spot)
        elif _COMPLETION.search(lead[-16:]):
            result = _completion(sheet, spot, _DONE, _PLANNED)
        elif _OF_TOTAL.search(lead):
            result = _completion(sheet, spot, _DONE, _TOTAL)
        elif _RATE.search(lead):
            result = _due(sheet, spot) or _some_of(sheet, spot)
        else:
            result = _share(sheet, spot)
        if result is not None:
            yield result


def _row(sheet: Sheet, rate: Spot) -> CheckResult | None:
    """完成率 in a table row that has 完成投资 and 计划投资."""
    if "完成率" not in rate.figure.indicator:
        return None
    row = [s for s in sheet.by_block[rate.block] if s.level]
    planned = [s for s in row if "计划" in s.figure.indicator]
    done = [s for s in row if "完成" in s.figure.indicator and s not in planned]
    if len(planned) != 1 or len(done) != 1 or planned[0].unit != done[0].unit:
        return None
    return _ratio(sheet, "rate_parts", done[0], planned[0], rate)


def _completion(sheet: Sheet, rate: Spot, done: re.Pattern[str], whole: re.Pattern[str]) -> CheckResult | None:
    """The nearest sum completed and the nearest sum planned, close before the rate."""
    numerator = denominator = None
    for spot in sheet.before(rate, _REACH):
        if not spot.level or spot.unit != "元":
            continue
        lead = re.split("[。；，、]", spot.lead)[-1]
        if numerator is None:
            # The sum completed must be the money nearest to the rate, else the rate is of something else.
            if not done.search(lead):
                return None
            numerator = spot
        elif whole.search(lead) and spot.figure.status != "actual":
            denominator = spot
            break
        elif done.search(lead) or re.search("完成率|占", sheet.between(spot, rate)[: rate.start - numerator.end]):
            break
    if numerator is None or denominator is None or _parted(sheet, denominator, numerator):
        return None
    return _ratio(sheet, "rate_parts", numerator, denominator, rate)


def _parted(sheet: Sheet, left: Spot, right: Spot) -> bool:
    """Whether another rate stands between two figures: each rate has its own parts."""
    between = sheet.by_block[left.block][sheet.place(left) : sheet.place(right)]
    return any(s.figure.kind == "share" for s in between)


def _due(sheet: Sheet, rate: Spot) -> CheckResult | None:
    """开工率94.1%（应开工51项，已开工48项）, the brackets on either side."""
    spots = sheet.by_block[rate.block]
    at = sheet.place(rate)
    for due, done in ((at + 1, at + 2), (at - 2, at - 1)):
        if due < 0 or done >= len(spots):
            continue
        whole, part = spots[due], spots[done]
        if whole.sentence != rate.sentence or not same_measure(whole, part):
            continue
        if _DUE.search(whole.lead) and _ALREADY.search(part.lead):
            return _ratio(sheet, "rate_parts", part, whole, rate)
    if at + 1 < len(spots) and at >= 1:
        # 续建项目84项，复工率98.8%（已复工83项）
        whole, part = spots[at - 1], spots[at + 1]
        bracket = re.search(r"[（(]已[一-鿿]{1,4}$", part.lead)
        if bracket and same_measure(whole, part) and whole.sentence == rate.sentence:
            return _ratio(sheet, "rate_parts", part, whole, rate)
    return None


def _some_of(sheet: Sheet, rate: Spot) -> CheckResult | None:
    """投产项目61个，其中54个已经达效，达效率88.5%: the two counts just before the rate."""
    named = _RATE.search(rate.lead)
    counts = [s for s in sheet.before(rate, 80) if s.level and s.sentence == rate.sentence][:2]
    if named is None or len(counts) < 2:
        return None
    part, whole = counts
    if not same_measure(part, whole) or part.unit == "元" or part.value > whole.value:
        return None
    act = named[1][-2:]
    words = sheet.between(whole, part) + sheet.text[part.end : rate.start - 1]
    if not _SOME_OF.match(sheet.between(whole, part)) or act[-1] not in words.replace(named[0], ""):
        return None
    return _ratio(sheet, "rate_parts", part, whole, rate)


def _share(sheet: Sheet, share: Spot) -> CheckResult | None:
    """X，占Y的p%, with Y given elsewhere in the document; 其中X，占比p%, with what 其中 divides."""
    spots = sheet.by_block[share.block]
    at = sheet.place(share)
    if at == 0:
        return None
    part = spots[at - 1]
    if not part.level or part.sentence != share.sentence or "。" in sheet.between(part, share):
        return None
    if part.figure.status != "actual":
        return None
    if _SHARE_ALONE.search(share.lead) and at >= 2:
        whole = spots[at - 2]
        if "其中" in sheet.between(whole, part) and same_measure(whole, part) and whole.sentence == share.sentence:
            return _ratio(sheet, "share_parts", part, whole, share)
        return None
    named = _SHARE_OF.search(share.lead)
    if named is None or _ELSEWHERE.match(named[1]):
        return None
    return _of_named(sheet, part, named[1], share)


def _of_named(sheet: Sheet, part: Spot, name: str, share: Spot) -> CheckResult | None:
    bare = re.sub("^(?:全部|全市|全县|全区|我市|该市)|的$", "", name)
    if len(bare) < 2:
        return None
    wholes = [
        s
        for s in sheet.around(part, _AROUND)
        if s is not part
        and same_measure(s, part)
        and bare in s.figure.indicator
        and s.figure.status == part.figure.status
    ]
    agreeing = [s for s in wholes if _meets(part, s, share)]
    if agreeing:
        return _ratio(sheet, "share_parts", part, min(agreeing, key=lambda s: abs(s.start - part.start)), share)
    # A mismatch is said only of a whole that stands close by under exactly this name.
    close = [s for s in wholes if s.block == part.block and s.end <= part.start and s.lead.endswith(name)]
    if len(close) == 1 and len(wholes) == 1 and part.figure.period == close[0].figure.period:
        return _ratio(sheet, "share_parts", part, close[0], share)
    return None


def _meets(part: Spot, whole: Spot, share: Spot) -> bool:
    return whole.value > 0 and part.stated.over(whole.stated, 100).meets(share.stated)


def _ratio(sheet: Sheet, rule: str, part: Spot, whole: Spot, rate: Spot) -> CheckResult | None:
    if whole.value <= 0 or "<" in part.figure.bound + whole.figure.bound:
        return None
    computed = 100 * part.value / whole.value
    span: Interval = part.stated.over(whole.stated, 100)
    agrees = span.meets(rate.stated)
    value = show(computed, "%")
    if agrees:
        zh, en = f"{part} ÷ {whole} = {value}，与文中{rate}相符", f"{part} / {whole} = {value}, as the text says"
    else:
        zh = f"{part} ÷ {whole} = {value}，文中写作{rate}，请核对"
        en = f"{part} / {whole} = {value}, the text says {rate}; please check"
    return sheet.result(
        rule,
        "ok" if agrees else "differs",
        [part, whole, rate],
        computed,
        rate.value,
        "%",
        span.half + rate.stated.half,
        zh,
        en,
    )
