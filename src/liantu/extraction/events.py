"""Things that happened to projects, zones and enterprises: signed, started, commissioned, unveiled, certified, moved in."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from liantu.extraction.evidence import evidence_at
from liantu.extraction.model import Event, Mention
from liantu.extraction.names import scene_of
from liantu.extraction.names.lexicon import read_filled
from liantu.extraction.names.work_base import PRICED
from liantu.reading.model import Document

_DATE = re.compile(r"(?:(20\d\d)年)?(?:(今年|去年|当年|同年))?(\d{1,2})月(?:(\d{1,2})日)?")
_LISTED = re.compile(rf"(?:项目)?(?:、|和|与|及|以及)(?:{PRICED.pattern})?")
_COMING = re.compile(r"抓|促|推进|将|计划|预计|拟|力争|争取|确保|即将|有望|要|待|未|前$|目标")


@cache
def _cues() -> tuple[tuple[re.Pattern[str], str], ...]:
    """(pattern of all cues, kind) for every kind of event, from `event_cues.csv`."""
    patterns: dict[str, list[str]] = {}
    for _, row in read_filled("event_cues.csv", ("pattern", "kind", "source")).rows:
        patterns.setdefault(row["kind"], []).append(row["pattern"])
    return tuple((re.compile("|".join(found)), kind) for kind, found in patterns.items())


def find_events(document: Document, mentions: tuple[Mention, ...]) -> tuple[Event, ...]:
    """Every reported step whose bearer is named in the same sentence; `date` is YYYY-MM-DD, YYYY-MM or None."""
    scene = scene_of(document)
    text = document.text.clean
    bearers = [m for m in mentions if m.kind in ("project", "enterprise", "zone")]
    starts = [m.start for m in bearers]
    found: dict[tuple[str, str], Event] = {}
    for sentence in document.sentences:
        low = bisect_left(starts, sentence.start)
        here = bearers[low : bisect_left(starts, sentence.end, low)]
        if not here:
            continue
        said = text[sentence.start : sentence.end]
        for pattern, kind in _cues():
            for match in pattern.finditer(said):
                at = sentence.start + match.start()
                before = [m for m in here if m.end <= at and "；" not in text[m.end : at]]
                if not before or at - before[-1].end > 30:
                    continue
                if len(before) > 1 and before[-1].kind == "zone" and text[before[-1].start - 1] in "在于":
                    before.pop()  # X项目在Y工业园开工: the project, not where it lies
                between = text[before[-1].end : at]
                if _COMING.search(between) or re.match(r"后|率|条件|目标", text[at + len(match.group()) :]):
                    continue
                for bearer in _row(text, before):
                    topic = scene.topics.at(bearer.start)
                    found.setdefault(
                        (kind, bearer.key),
                        Event(
                            kind,
                            bearer.key,
                            _date(document, text, at),
                            topic[0] if topic is not None else None,
                            evidence_at(document, at, at + len(match.group())),
                            0.7,
                        ),
                    )
    return tuple(found.values())


def _row(text: str, named: list[Mention]) -> list[Mention]:
    """The last name and those that only list commas part from it: 甲、乙和丙项目开工 tells of all three."""
    row = [named[-1]]
    for mention in reversed(named[:-1]):
        if mention.kind != row[0].kind or not _LISTED.fullmatch(text[mention.end : row[0].start]):
            break
        row.insert(0, mention)
    return row


def _date(document: Document, text: str, at: int) -> str | None:
    """The nearest date before `at` in the sentence, its year from the publication where the text leaves it out."""
    clause = re.split(r"[。\n]", text[max(0, at - 40) : at])[-1]
    matches = list(_DATE.finditer(clause))
    if not matches:
        return None
    year_said, word, month, day = matches[-1].groups()
    if not 1 <= int(month) <= 12:
        return None
    if year_said is not None:
        year = int(year_said)
    elif document.published is not None:
        year = document.published.year - (1 if word == "去年" else 0)
    else:
        return None
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day and 1 <= int(day) <= 31 else "")
