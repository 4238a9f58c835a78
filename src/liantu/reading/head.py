"""What the head of a page says of itself: title, publisher, host, date of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from liantu.reading.model import BlockKind
from liantu.reading.published import DATED_TITLE, find_published
from liantu.reading.publisher import find_host, find_publisher
from liantu.reading.structure import is_prose
from liantu.reading.tables import one_of

_FOOTNOTE = re.compile(r"\[\d{1,2}\]$")
_TITLE_FIELD = re.compile(r"标题：\s*(\S.{3,100}?)(?:\s(?:发文|文号|发布|成文|主题|索引)|$)")
_NOTE_OF_ISSUE = re.compile(r"^.{2,40}关于印发《?(.{4,60}?)》?的通知$")
_SPOKEN_AT = re.compile(r"^（(?:19|20)\d\d年\d{1,2}月\d{1,2}日")
_SUBTITLE = ("——", "—", "--", "－")


@dataclass(frozen=True, slots=True)
class Head:
    """The head as read; `published_span` is in clean offsets.

    `is_event_day`: `published` is the day of what the text tells, for want of a day of publication.
    """

    title: str | None
    publisher: str | None
    host: str | None
    published: date | None
    published_span: tuple[int, int] | None
    is_event_day: bool = False


def read_head(lines: Sequence[str], starts: Sequence[int], kinds: Sequence[BlockKind]) -> Head:
    """Read the head from classified lines; `starts` holds each line's clean offset."""
    publisher, account = find_publisher(lines, kinds)
    host = find_host(lines, kinds) or account
    prose = next((i for i, line in enumerate(lines) if kinds[i] == "paragraph" and is_prose(line)), len(lines))
    published = find_published(lines, starts, kinds, prose)
    return Head(
        _title(lines, kinds),
        publisher or host,
        None if publisher in (None, host) else host,
        published.day if published else None,
        published.span if published else None,
        published is not None and published.is_event,
    )


def _title(lines: Sequence[str], kinds: Sequence[BlockKind]) -> str | None:
    """The headline: a line above it parted by a space, a subtitle behind its dash, the number of an issue in brackets."""
    parts = [_undated(_FOOTNOTE.sub("", line)) for line, kind in zip(lines, kinds, strict=True) if kind == "title"]
    if not parts:
        fields = (_TITLE_FIELD.search(line) for line, kind in zip(lines, kinds, strict=True) if kind == "dateline")
        return next((field[1] for field in fields if field), None)
    if len(parts) > 1 and parts[1].startswith("关于"):
        parts[:2] = [parts[0] + parts[1]]
    notice = _NOTE_OF_ISSUE.match(parts[0])
    if notice and notice[1] in lines:
        return notice[1]
    title = _unmarked(parts[0])
    for part in map(_unmarked, parts[1:]):
        if re.match("(?:(?:19|20)[0-9]{2}年)?第", part) and part.endswith(("期", "期）")):
            title += f"（{part.split(' ')[0]}）"
        elif part.startswith("（"):
            issue = re.match(r"（([^\s）]+)", part)
            title += f"（{issue[1]}）" if issue and not _SPOKEN_AT.match(part) else ""
        else:
            title += part.replace("--", "——", 1) if part.startswith(_SUBTITLE) else f" {part}"
    return title


def _undated(line: str) -> str:
    """A headline without the day in brackets at its end."""
    dated = DATED_TITLE.fullmatch(line)
    return dated["title"] if dated else line


def _unmarked(part: str) -> str:
    """A line of a headline without the mark that some digital papers put before it; （副题） becomes its dash."""
    found = re.match(rf"（({one_of('title_mark')})）", part)
    if not found:
        return part
    return ("——" if found[1] == "副题" else "") + part[found.end() :].strip()
