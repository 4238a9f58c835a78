"""Targets that a document revises: 由80亿元下调为62亿元; 原先提出的…，…调减为…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .growth import _past_unit
from .model import CheckResult
from .settings import one_of
from .sheet import Sheet, Spot

_FROM = re.compile(r"(?:由|从|将|把)[^，。；]{0,24}$")
_REACH = 70
_MOST = 8  # figures before the new target among which the old one is looked for


def check_targets(sheet: Sheet) -> Iterator[CheckResult]:
    """Each goal that is given with its earlier value; the direction in words is checked against the values."""
    to = re.compile(rf"(?P<verb>{one_of('up', 'down', 'neutral', 'revise')})(?:了)?(?:到|至|为|成)(?:力争|争取)?$")
    goal, revise = re.compile(one_of("goal")), re.compile(one_of("revise"))
    for spots in sheet.by_sentence.values():
        if sheet.is_row(spots[0].block):
            continue
        for at in range(1, len(spots)):
            now = spots[at]
            turned = to.search(now.lead)
            if turned is None or now.figure.kind == "rank":
                continue
            before = next((s for s in reversed(spots[max(0, at - _MOST) : at]) if s.unit == now.unit), None)
            if before is None or now.start - before.end > _REACH:
                continue
            words = sheet.text[max(0, before.start - 30) : now.start]
            revised = revise.fullmatch(turned["verb"]) is not None
            near = spots[at - 1] is before and _FROM.search(before.lead) and turned["verb"] in words
            clause = sheet.between(before, now)
            if near and len(_past_unit(clause, before.unit)) <= 12:
                if not (revised or goal.search(before.lead[-16:])) or not goal.search(words):
                    continue
            elif not (revised and goal.search(before.lead + clause[:8])):
                continue
            yield _result(sheet, before, now, turned["verb"])


def _result(sheet: Sheet, before: Spot, now: Spot, verb: str) -> CheckResult:
    rises = verb in ("上调", "调增", "提高", "增加", "提升", "扩大")
    falls = verb in ("下调", "调减", "压减", "缩减", "减少", "降低")
    wrong = (rises and now.value < before.value) or (falls and now.value > before.value)
    if wrong:
        zh = f"文中说目标“{verb}”，数却由{before}变为{now}，请核对"
        en = f"The text says the target was changed ({verb}), but it goes from {before} to {now}; please check"
    else:
        zh, en = (
            f"目标由{before}改为{now}，以后者为准",
            f"The target was changed from {before} to {now}; the latter holds",
        )
    return sheet.result(
        "target_revised", "differs" if wrong else "ok", [before, now], None, now.value, now.unit, 0.0, zh, en
    )
