"""The day of publication: what the head, the tail or a label says, the surest first; never a day of the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache

from liantu.reading.days import days
from liantu.reading.model import BlockKind
from liantu.reading.tables import one_of


class Sureness(IntEnum):
    """What makes a day the day of publication, the surest first."""

    ORIGINAL = 0  # 原载《朔州日报》2024年10月22日: the words of the text were chosen on that day
    PUBLISHED = 1  # 发布时间：…
    PLAIN = 2  # a date under the headline
    UPDATED = 3
    SHOWN = 4  # alone above the headline: often the day on which the page was fetched
    MADE = 5  # 成文日期：…; a document may come out weeks later
    SIGNED = 6  # below the text
    EVENT = 7  # 时间：… of a press conference
    SPOKEN = 8  # （2024年1月10日在…会议上）


@dataclass(frozen=True, slots=True)
class Published:
    """A day of publication with its clean [start, end)."""

    sureness: Sureness
    line: int
    day: date
    span: tuple[int, int]

    @property
    def is_event(self) -> bool:
        """Whether it is only the day of what is told, taken for want of a better one."""
        return self.sureness >= Sureness.EVENT


@cache
def _labels() -> tuple[tuple[re.Pattern[str], Sureness | None], ...]:
    """Labels that end right before a day and what they make of it; None for days of something else."""

    def before(kind: str) -> re.Pattern[str]:
        return re.compile(rf"(?:{one_of(kind)})\s?[：:]?[\s：:（(]*(?:19|20)?$")

    return (
        (before("other"), None),
        (before("published"), Sureness.PUBLISHED),
        (before("updated"), Sureness.UPDATED),
        (before("made"), Sureness.MADE),
        (re.compile(rf"(?:^|[\s|（(])(?:{one_of('event')})\s?[：:]\s*$"), Sureness.EVENT),
    )


@cache
def _original() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of('original')})[：:]?\s?(?:于\s?)?[《“]?[^，。；：]{{0,30}}$")


_ALONE = re.compile(r"\s*(?:今天是)?[：:]?\s*(?:星期[一二三四五六日天])?\s*")
# 某县人民政府工作报告（2023年1月9日）: a headline that ends with the day it was spoken.
DATED_TITLE = re.compile(
    r"(?P<title>(?!.*(?:发布|时间|日期|来源|编辑|作者|记者|更新))[^，。：；\s]{4,60}(?:报告|公报|讲话|总结))"
    r"（(?:19|20)\d\d年\d{1,2}月\d{1,2}日）"
)
_SPOKEN_AT = re.compile(
    r"^[—（(\s]*(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:在.{2,60}上(?:的.{2,10})?|.{0,50}(?:会议|大会|审议|通过|批准|修订|修正))?[）)]?$"
)
_ISSUE = re.compile(r"^[（(]\s*《?[^，。：；]{2,16}》?\s?(?=(?:19|20)\d\d)")
_OPENS_PROSE = re.compile(r"^[（(]?[^，。\s]{2,14}(?=(?:19|20)\d\d年\d{1,2}月\d{1,2}日[电讯])")


def find_published(
    lines: Sequence[str], starts: Sequence[int], kinds: Sequence[BlockKind], first_prose: int
) -> Published | None:
    """The surest day, of equally sure ones the first; None when only the body names days."""
    found = [*_labelled(lines, starts, kinds, first_prose), *_told(lines, starts, kinds, first_prose)]
    if not any(one.sureness < Sureness.SIGNED for one in found):
        found += _signed(lines, starts, kinds)
    return min(found, key=lambda one: (one.sureness, one.line, one.span), default=None)


def _labelled(
    lines: Sequence[str], starts: Sequence[int], kinds: Sequence[BlockKind], first_prose: int
) -> Iterator[Published]:
    title = next((i for i, kind in enumerate(kinds) if kind == "title"), -1)
    for i, line in enumerate(lines):
        if kinds[i] != "dateline" and not (kinds[i] == "byline" and "20" in line):
            continue
        for day, begin, end in days(line):
            before = line[:begin]
            if (
                i and not before.strip("（( ") and kinds[i - 1] == "dateline"
            ):  # a portal's label stands on the line above
                before = f"{lines[i - 1].rstrip('： ')}："
            if _original().search(before):
                sureness: Sureness | None = Sureness.ORIGINAL
            else:
                sureness = next((how for label, how in _labels() if label.search(before)), Sureness.PLAIN)
            if sureness is None:
                continue
            if sureness is Sureness.PLAIN and i < title and _ALONE.fullmatch(line[:begin] + line[end:]):
                sureness = Sureness.SHOWN
            if i > first_prose and sureness is not Sureness.ORIGINAL:
                sureness = Sureness.ORIGINAL if _ISSUE.match(before) else Sureness.SIGNED
            yield Published(sureness, i, day, (starts[i] + begin, starts[i] + end))


def _told(
    lines: Sequence[str], starts: Sequence[int], kinds: Sequence[BlockKind], first_prose: int
) -> Iterator[Published]:
    """Days of a speech's subtitle and of a wire story's opening."""
    for i, line in enumerate(lines[: first_prose + 1]):
        if kinds[i] in ("title", "heading", "dateline") and (_SPOKEN_AT.match(line) or DATED_TITLE.fullmatch(line)):
            how = Sureness.SPOKEN
        elif kinds[i] == "paragraph" and _OPENS_PROSE.match(line):
            how = Sureness.EVENT
        else:
            continue
        for day, begin, end in days(line[:80]):
            yield Published(how, i, day, (starts[i] + begin, starts[i] + end))
            break


def _signed(lines: Sequence[str], starts: Sequence[int], kinds: Sequence[BlockKind]) -> Iterator[Published]:
    """A line that is only a date (with its issuer, perhaps) below the last line of an official document."""
    for i in range(len(lines) - 1, -1, -1):
        if kinds[i] in ("boilerplate", "byline", "caption"):
            continue
        line = lines[i]
        named = list(days(line))
        if len(named) == 1:
            day, begin, end = named[0]
            alone = not re.search(r"[。，；：]", line) and len(line) - (end - begin) <= 36
            if alone and re.fullmatch(r"[）)\s]*(?:印发)?", line[end:]):
                yield Published(Sureness.SIGNED, i, day, (starts[i] + begin, starts[i] + end))
        return
