"""Things that happened to projects, zones and enterprises: signed, started, commissioned, unveiled, certified, moved in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from liantu.extraction.evidence import evidence_at
from liantu.extraction.figures.times import day_told
from liantu.extraction.model import Event, Mention, Project
from liantu.extraction.names import Scene, scene_of
from liantu.extraction.names.lexicon import read_filled
from liantu.extraction.names.work_base import PRICED
from liantu.reading.model import Document

_DATE = re.compile(r"(?:(20\d\d)年)?(?:(今年|去年|当年|同年))?(\d{1,2})月(?:(\d{1,2})日)?")
_FAR = 160  # characters of a sentence that are looked through for a date
_FAR_BACK = 400  # characters before a sentence that goes on telling of one occasion
_GOES_ON = re.compile(r"[“\s]*(?:其中|此次|本次|这次|这批|现场|会上|仪式上|活动中|随后|当中)")
_NEAR_DAY = re.compile(r"[今昨][日天](?!年|后|的)")
_BARE_DAY = re.compile(r"(?<![\d月])(\d{1,2})日(?!报|均|产|期|处|内|前|后|以|之|游|龄|照|量)")
_THAT_DAY = re.compile(r"当日|当天|同日|同一天")
_LISTED = re.compile(rf"(?:项目)?(?:、|和|与|及|以及)(?:{PRICED.pattern})?")
_COMING = re.compile(r"抓|促|推进|将|计划|预计|拟|力争|争取|确保|即将|有望|要|待|未|前$|目标")


@cache
def _cues() -> tuple[tuple[re.Pattern[str], str], ...]:
    """(pattern of all cues, kind) for every kind of event, from `event_cues.csv`."""
    patterns: dict[str, list[str]] = {}
    for _, row in read_filled("event_cues.csv", ("pattern", "kind", "source")).rows:
        patterns.setdefault(row["kind"], []).append(row["pattern"])
    return tuple((re.compile("|".join(found)), kind) for kind, found in patterns.items())


def find_events(
    document: Document, mentions: tuple[Mention, ...], projects: tuple[Project, ...] = ()
) -> tuple[Event, ...]:
    """Every reported step whose bearer is named in the same sentence; `date` is YYYY-MM-DD, YYYY-MM or None.

    `projects` tells where a project lies; without it, and for others, the place the words are about is taken. A step told twice
    keeps the telling that dates it.
    """
    scene = scene_of(document)
    works = {name: p for p in projects for name in (*p.aliases, p.name)}
    published = document.published.isoformat() if document.published is not None else None
    found: dict[tuple[str, str], Event] = {}
    for kind, bearer, at, end in (*_told(document, mentions), *_told_of_rows(scene)):
        work = works.get(bearer.key) if bearer.kind == "project" else None
        subject = work.name if work is not None else bearer.key  # one work under two wordings takes one step
        known = found.get((kind, subject))
        if known is not None and known.date is not None:
            continue
        date = _date(document, document.text.clean, at)
        if known is not None and date is None:
            continue
        if date is not None and published is not None and date > published[: len(date)]:
            continue  # 2026年3月实现投产 in a text of 2025
        topic = scene.topics.at(bearer.start)
        place = _came_to(scene, end) if kind == "moved_in" else None
        place = place or (work.place if work is not None else None) or (topic[0] if topic is not None else None)
        found[kind, subject] = Event(kind, subject, date, place, evidence_at(document, at, end), 0.7)
    return tuple(found.values())


_NOT_OF_ZONES = frozenset({"moved_in", "commissioned", "at_capacity"})  # 园区已落地某企业: the firm moved in
_OF_THE_LOT = re.compile(r"等[^，。；]{0,20}，")  # 该产业聚集A、B等一批企业，入选…: the industry is on the list


def _came_to(scene: Scene, end: int) -> str | None:
    """X落户Y: the place right behind the cue."""
    return next((a.key for a in scene.topics.every_between(end, end + 8) if a.start - end <= 1), None)


Told = tuple[str, Mention, int, int]  # kind, bearer, clean start and end of the cue


def _told(document: Document, mentions: tuple[Mention, ...]) -> Iterator[Told]:
    """Steps told behind the names of those that take them."""
    text = document.text.clean
    bearers = [m for m in mentions if m.kind in ("project", "enterprise", "zone")]
    starts = [m.start for m in bearers]
    for sentence in document.sentences:
        low = bisect_left(starts, sentence.start)
        here = bearers[low : bisect_left(starts, sentence.end, low)]
        if not here:
            continue
        ends = [m.end for m in here]
        said = text[sentence.start : sentence.end]
        for pattern, kind in _cues():
            for match in pattern.finditer(said):
                at = sentence.start + match.start()
                apart = text.rfind("；", sentence.start, at)
                before = here[bisect_right(ends, apart) : bisect_right(ends, at)]
                if not before or at - before[-1].end > 30:
                    continue
                if len(before) > 1 and before[-1].kind == "zone" and text[before[-1].start - 1] in "在于":
                    before.pop()  # X项目在Y工业园开工: the project, not where it lies
                end = at + len(match.group())
                if _COMING.search(text[before[-1].end : at]) or _NO_STEP.match(text, end):
                    continue
                if before[-1].kind == "zone" and kind in _NOT_OF_ZONES:
                    continue
                if kind == "certified" and _OF_THE_LOT.match(text, before[-1].end, at):
                    continue
                for bearer in _row(text, before):
                    yield kind, bearer, at, end


def _told_of_rows(scene: Scene) -> Iterator[Told]:
    """开工项目有A、B、C: the step told before a row of works."""
    text = scene.tokens.text
    for work in scene.works:
        if work.row is None:
            continue
        begin = work.row[0]
        lead = text[max(0, begin - 40) : begin]
        match = _LEADS_ROW.search(lead)
        if match is None or _COMING.search(lead[max(0, match.start() - 8) : match.end()]):
            continue
        kind = next((kind for pattern, kind in _cues() if pattern.fullmatch(match.group("step"))), None)
        if kind is not None:
            start, end = scene.span(work.first, work.last)
            at = begin - len(lead) + match.start("step")
            yield kind, Mention("project", work.name, start, end), at, at + len(match.group("step"))


# 新开工的重大项目有10个，包括A、B
_LEADS_ROW = re.compile(
    r"(?P<step>签约|开工|动工|竣工|投产|投用)(?:建设)?的?(?:重大|重点)?(?:项目|工程)[^。；]{0,12}?(?:有|包括|是|为|：)：?$"
)
# 入驻企业, 签约后, 投产率: no step is told.
_NO_STEP = re.compile(
    r"在即|投资\d|\d+(?:余|多)?[家个项]|后|率|条件|目标|企业|商户|仪式上|前|(?:的)?(?:项目|企业)(?:共|达|总|数|\d)"
)


def _row(text: str, named: list[Mention]) -> list[Mention]:
    """The last name and those that only list commas part from it: 甲、乙和丙项目开工 tells of all three."""
    row = [named[-1]]
    for mention in reversed(named[:-1]):
        if mention.kind != row[0].kind or not _LISTED.fullmatch(text[mention.end : row[0].start]):
            break
        row.insert(0, mention)
    return row


def _date(document: Document, text: str, at: int) -> str | None:
    """The nearest date before `at` in the sentence, its year from the publication where the text leaves it out.

    当日 and 当天 mean the date told last in the sentence before; so does a sentence that goes on telling of one occasion
    (其中, 此次, 会上), as far back as three sentences. 今天 and 昨天 count from the publication, and so does a bare day (27日).
    """
    sentences = re.split(r"[。\n]", text[max(0, at - _FAR) : at])
    matches = list(_DATE.finditer(sentences[-1]))
    if not matches and len(sentences) > 1 and _THAT_DAY.search(sentences[-1]):
        matches = list(_DATE.finditer(sentences[-2]))
    if not matches and _GOES_ON.match(sentences[-1]):
        earlier = re.split(r"[。\n]+", text[max(0, at - _FAR_BACK) : at])[-4:-1]
        matches = next((found for s in reversed(earlier) if (found := list(_DATE.finditer(s)))), [])
    if not matches:
        return _from_publication(document, sentences[-1])
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


def _from_publication(document: Document, sentence: str) -> str | None:
    """The day that 今天, 昨日 or a bare 27日 means in a text with a date of its own."""
    published = document.published
    if published is None:
        return None
    told = _NEAR_DAY.findall(sentence)
    if told:
        return (published - timedelta(days=1 if told[-1][0] == "昨" else 0)).isoformat()
    bare = [day for day in map(int, _BARE_DAY.findall(sentence)) if 1 <= day <= 31]
    return day_told(bare[-1], published) if bare else None
