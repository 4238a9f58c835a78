"""Parts against their sum: 签约、开工、投产 against 推进项目, three sectors against GDP, 其中 against what it divides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import CheckResult
from .settings import Partition, one_of, partitions
from .sheet import Sheet, Spot, same_measure, show, verdict_of

_REACH = 160  # characters between a whole and its first part
_MOST = 40  # figures before or behind which a whole and its parts are looked for
_DIVIDES = re.compile(r"其中|分别|包括|包含|[（(]含|。|；|：")
_MEASURE = re.compile(r"投资|产值|收入|利润|税收|资金|销售|面积|产量|产能|装机|增加值|总额|金额")
_OTHER_MEMBERS = re.compile(r"同比|增长|下降|比上年|占|达到|力争|目标")
_PLACES = re.compile(r"([两二三四五六七八九十]|\d{1,2})(?:个)?(?:市|县|区|地|家|户|园区)(?:合计|共|一共|总共|累计)")
_NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


def check_parts(sheet: Sheet) -> Iterator[CheckResult]:
    """Every sum that the text lays out, once for each measure (项目数, 投资)."""
    for spots in sheet.by_block.values():
        if sheet.is_row(spots[0].block) or len(spots) < 2:
            continue
        used: set[Spot] = set()
        for partition in partitions():
            for result, parts in _partition(sheet, spots, partition):
                used.update(parts)
                yield result
        yield from _among(sheet, spots, used)


def _partition(sheet: Sheet, spots: list[Spot], partition: Partition) -> Iterator[tuple[CheckResult, list[Spot]]]:
    """The sums of a known partition whose parts stand one behind the other."""
    count = len(partition.parts)
    words = sheet.text[spots[0].start - len(spots[0].lead) : spots[-1].end]
    if not all(any(cue in words for cue in cues) for cues in partition.parts):
        return
    heads = [_part_named(spot, partition) if spot.level else -1 for spot in spots]
    at = 0
    while at < len(spots):
        if heads[at] < 0:
            at += 1
            continue
        groups: list[list[Spot]] = []
        members: list[int] = []
        end = at
        while end < min(len(spots), at + _MOST) and len(members) <= count:
            if heads[end] >= 0 and heads[end] != (members[-1] if members else -1):
                if heads[end] in members:
                    break
                members.append(heads[end])
                groups.append([])
            groups[-1].append(spots[end])
            end += 1
        if len(members) == count:
            yield from _sums(sheet, spots[max(0, at - _MOST) : at], groups, partition)
        at = end if len(members) == count else at + 1


def _sums(
    sheet: Sheet, earlier: list[Spot], groups: list[list[Spot]], partition: Partition
) -> Iterator[tuple[CheckResult, list[Spot]]]:
    firsts = [{s.unit: s for s in reversed(group) if s.level} for group in groups]
    for unit, first in firsts[0].items():
        parts = [by_unit[unit] for by_unit in firsts if unit in by_unit]
        if len(parts) < len(groups):
            continue
        whole = _whole(sheet, earlier, first, partition)
        if whole is not None:
            result = _sum(sheet, whole, parts)
            if result is not None and result.verdict != "ok":
                result = _with_more(sheet, whole, parts, groups[-1], result)
            if result is not None:
                yield result, parts


def _with_more(
    sheet: Sheet, whole: Spot, parts: list[Spot], last: list[Spot], result: CheckResult
) -> CheckResult | None:
    """The sum with the parts that the sentence adds to the known ones (…；前期项目104项), None where it stays open."""
    more = [
        s
        for s in last
        if s.start > parts[-1].start
        and s.unit == whole.unit
        and s.level
        and s.sentence == parts[-1].sentence
        and "；" in s.lead
    ]
    if not more or (result.computed or 0.0) > whole.value:
        return result
    sums = (_sum(sheet, whole, [*parts, *more[:n]]) for n in range(1, len(more) + 1))
    return next((found for found in sums if found is not None and found.verdict == "ok"), None)


def _whole(sheet: Sheet, earlier: list[Spot], first: Spot, partition: Partition) -> Spot | None:
    """The nearest figure before the first part in the same unit, where the words say that it is divided."""
    for spot in reversed(earlier):
        if first.start - spot.end > _REACH:
            return None
        if spot.sentence < first.sentence - 1:
            return None
        if same_measure(spot, first) and spot.figure.number[:1].isdigit():
            named = any(word in spot.lead + spot.figure.indicator + _after(sheet, spot) for word in partition.total)
            return spot if named and _DIVIDES.search(sheet.between(spot, first)) else None
    return None


def _after(sheet: Sheet, spot: Spot) -> str:
    """The few words behind a number: 186项重点工程."""
    return re.split("[，。；：、（）]", sheet.text[spot.end : spot.end + 12])[0]


def _part_named(spot: Spot, partition: Partition) -> int:
    """Which part of the partition the words before a figure name, -1 for none."""
    own = _own_words(spot.lead)
    return next((n for n, cues in enumerate(partition.parts) if any(cue in own for cue in cues)), -1)


def _own_words(lead: str) -> str:
    """The last clauses of a lead: 第一产业增加值, 城镇常住人口."""
    return re.split("[。；]", lead)[-1][-24:]


def _sum(sheet: Sheet, whole: Spot, parts: list[Spot]) -> CheckResult | None:
    if any(p.figure.bound in (">", ">=", "<", "<=") for p in parts):
        return None
    total = parts[0].written
    for part in parts[1:]:
        total += part.written
    computed = sum(p.value for p in parts)
    verdict = verdict_of(total, whole.stated)
    terms = " + ".join(str(p) for p in parts)
    value = show(computed, whole.unit)
    if verdict == "ok":
        zh, en = f"分项之和与总数相符：{terms} = {whole}", f"The parts add up: {terms} = {whole}"
    else:
        zh = f"分项之和为{value}，文中总数为{whole}：{terms}，请核对"
        en = f"The parts add up to {value}, the text says {whole}: {terms}; please check"
    tolerance = total.half + whole.stated.half
    return sheet.result("parts_sum", verdict, [*parts, whole], computed, whole.value, whole.unit, tolerance, zh, en)


def _among(sheet: Sheet, spots: list[Spot], used: set[Spot]) -> Iterator[CheckResult]:
    """其中 after a figure: what follows in the same unit and sentence."""
    for at, whole in enumerate(spots[:-1]):
        if not whole.level or whole.figure.status == "target":
            continue
        behind = [s for s in spots[at + 1 : at + _MOST] if s.sentence == whole.sentence]
        between = sheet.between(whole, behind[0]) if behind else ""
        if "其中" not in between or len(between) > 40:
            continue
        parts = _listed(whole, behind)
        if not parts or used.intersection(parts):
            continue
        if any(p.value > p.written.half + whole.stated.high for p in parts[:1]):
            yield _over(sheet, whole, parts[0])
        elif len(parts) >= 2:
            yield from _listed_sum(sheet, whole, parts)


def _listed(whole: Spot, behind: list[Spot]) -> list[Spot]:
    """The parts in the unit of the whole, up to the next sentence part that speaks of something else."""
    parts: list[Spot] = []
    for spot in behind:
        if parts and re.search("[；。]", spot.lead):
            break
        if same_measure(spot, whole):
            if spot.unit == "元" and not _same_money(whole, spot):
                break
            if _OTHER_MEMBERS.search(spot.lead):
                break
            parts.append(spot)
        elif spot.unit == "%" and spot.figure.kind == "share":
            break
    return parts


def _same_money(whole: Spot, part: Spot) -> bool:
    """Whether a sum of money may be part of another: no measure named anew, or the same one."""
    named = set(_MEASURE.findall(part.lead))
    return not named or bool(named & set(_MEASURE.findall(whole.lead + whole.figure.indicator)))


def _over(sheet: Sheet, whole: Spot, part: Spot) -> CheckResult:
    return sheet.result(
        "part_over_whole",
        "differs",
        [part, whole],
        part.value,
        whole.value,
        whole.unit,
        part.written.half + whole.stated.half,
        f"“其中”的{part}大于它所属的{whole}，请核对",
        f"{part} is given as a part of {whole}, which is less; please check",
    )


def _listed_sum(sheet: Sheet, whole: Spot, parts: list[Spot]) -> Iterator[CheckResult]:
    """A sum where the words say that the parts make up the whole; elsewhere only agreement, or parts above the whole."""
    result = _sum(sheet, whole, parts)
    if result is None:
        return
    for fewer in range(2, len(parts)):
        # 诉求67条，其中29条、14条、13条、11条，当场答复41条: what comes behind the full sum divides it anew.
        full = _sum(sheet, whole, parts[:fewer])
        if full is not None and full.verdict == "ok":
            result = full
    if result.verdict == "ok":
        yield result
        return
    named = _PLACES.search(sheet.text, max(0, whole.start - 30), whole.start)
    if named and (_NUMBERS.get(named[1]) or int(named[1] if named[1].isdigit() else 0)) == len(parts):
        yield result
        return
    leads = "".join(p.lead for p in parts)
    if result.computed is not None and result.computed > whole.stated.high + result.tolerance:
        if re.search(one_of("overlapping"), leads):
            return
        value = show(result.computed, whole.unit)
        yield sheet.result(
            "parts_sum",
            "suspicious",
            [*parts, whole],
            result.computed,
            whole.value,
            whole.unit,
            result.tolerance,
            f"“其中”各项合计{value}，超过所属的{whole}，请看是否有重复计入",
            f"The parts listed add up to {value}, more than the {whole} they belong to; see whether some overlap",
        )
