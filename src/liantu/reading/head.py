"""What the head of a page says of itself: title, publisher, host, date of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from liantu.reading.model import BlockKind
from liantu.reading.structure import is_prose

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)日?")
# Labels that name the day of publication, best first; a line's own date counts when no label is there.
_PUBLISHED = re.compile(r"(?:发布(?:时间|日期)|发稿时间|发表时间|印发日期|公开日期)[：:\s]*$")
_MADE = re.compile(r"成文日期[：:\s]*$")
_FOOTNOTE = re.compile(r"\[\d{1,2}\]$")
_MEDIUM = r"[\u4e00-\u9fffA-Za-z]{1,12}?(?:日报|晚报|早报|晨报|时报|商报|经济报|工人报|青年报|农民报|法制报|导报|周刊|周报|新闻网|经济网|网|社|电视台|广播电台|客户端|发布|新闻)"
_SOURCE = re.compile(r"(?:文章|信息|稿件|新闻)?来源[：:]\s*[《“]?([^\s：:《》“”（）()|]{2,30})")
_AGENCY = re.compile(r"发文机关[：:]\s*(\S{2,30})")
_PAPER = re.compile(rf"^[《]?({_MEDIUM}|\S{{2,12}}报)[》]?\s*\d{{4}}[-年]")
_AFTER_DATE = re.compile(
    rf"^(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?\s+(?:\d\d?:\d\d(?::\d\d)?\s+)?({_MEDIUM})(?:[\s（(]|$)"
)
_ACCOUNT = re.compile(r"^(?!文摘|原创|转载)([^\s，。：:\d]{2,20})\s+\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}")
_REPRINT = re.compile(r"(?:公众号)?转载(?:自)?[《“]?(\S{2,12}?(?:日报|晚报|报|网|社))[》”]?(?:稿件|文章|报道)")
_REPORTER = re.compile(rf"^[（(]?({_MEDIUM})(?:全媒体|融媒体)?(?:首席)?(?:记者|通讯员)")
_IN_TEXT_REPORTER = re.compile(rf"[（(]({_MEDIUM})\s?(?:全媒体|融媒体)?(?:首席)?记者[^（）()]{{2,40}}[）)]$")
_NOTICE = re.compile(r"凡?本网(?:未)?注明[“\"]?(?:来源[：:])?([^”\"，。（）()]{2,20})")
_CRUMB = re.compile(r"(?:位置[：:\s]*)?([\u4e00-\u9fffA-Za-z]{2,14}(?:网|在线|门户|频道))\s*(?:>>?|›|»|\|)")
_OWN = re.compile(r"^本[报网刊台社]")
_NOTE_OF_ISSUE = re.compile(r"^.{2,40}关于印发《(.{4,60})》的通知$")


@dataclass(frozen=True, slots=True)
class Head:
    """The head as read; `published_span` is in clean offsets."""

    title: str | None
    publisher: str | None
    host: str | None
    published: date | None
    published_span: tuple[int, int] | None


def read_head(lines: Sequence[str], starts: Sequence[int], kinds: Sequence[BlockKind]) -> Head:
    """Read the head from classified lines; `starts` holds each line's clean offset."""
    title = _title(lines, kinds)
    publisher = _publisher(lines, kinds)
    host = _host(lines, kinds)
    published, span = _published(lines, starts, kinds)
    return Head(title, publisher or host, None if publisher in (None, host) else host, published, span)


def _title(lines: Sequence[str], kinds: Sequence[BlockKind]) -> str | None:
    parts = [_FOOTNOTE.sub("", line) for line, kind in zip(lines, kinds, strict=True) if kind == "title"]
    if not parts:
        return None
    notice = _NOTE_OF_ISSUE.match(parts[0])
    if notice and notice[1] in lines:
        return notice[1]
    if len(parts) > 1 and parts[1].startswith("（"):
        issue = re.match(r"（([^\s）]+)", parts[1])
        parts[1] = f"（{issue[1]}）" if issue else ""
    return "".join(parts)


def _publisher(lines: Sequence[str], kinds: Sequence[BlockKind]) -> str | None:
    head = [line for line, kind in zip(lines, kinds, strict=True) if kind == "dateline"]
    for pattern in (_SOURCE, _PAPER, _AGENCY, _AFTER_DATE, _ACCOUNT):
        for line in head:
            found = pattern.search(line)
            if found and not _OWN.match(found[1]):
                return found[1].rstrip("，。；、")
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "boilerplate" and (found := _REPRINT.search(line)):
            return found[1]
    for line, kind in zip(lines, kinds, strict=True):
        found = (_REPORTER.match(line) if kind == "byline" else None) or (
            _IN_TEXT_REPORTER.search(line) if kind == "paragraph" and line.endswith(("）", ")")) else None
        )
        if found and not _OWN.match(found[1]):
            return found[1]
    for line in head:
        issuer = _DATE.split(line)[0].strip("（( ")
        if 3 < len(issuer) <= 40 and not re.search(r"[：:，。]|日报", issuer):
            return issuer
    return None


def _host(lines: Sequence[str], kinds: Sequence[BlockKind]) -> str | None:
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "boilerplate" and ((found := _CRUMB.search(line)) or (found := _NOTICE.search(line))):
            return found[1]
    return None


def _published(
    lines: Sequence[str], starts: Sequence[int], kinds: Sequence[BlockKind]
) -> tuple[date | None, tuple[int, int] | None]:
    """The day named in the head, else the one signed at the very end; never one from the body."""
    prose = next((i for i, line in enumerate(lines) if kinds[i] == "paragraph" and is_prose(line)), len(lines))
    found: list[tuple[int, int, date, tuple[int, int]]] = []
    for i, line in enumerate(lines):
        if kinds[i] != "dateline":
            continue
        for match in _DATE.finditer(line):
            day = _day(match)
            if day is None:
                continue
            before = line[: match.start()]
            rank = 0 if _PUBLISHED.search(before) else 2 if _MADE.search(before) else 1
            if i > prose:
                rank = 3
            at = starts[i] + match.start()
            found.append((rank, i, day, (at, at + match.end() - match.start())))
    if not found and (signed := _signed(lines, starts, kinds)):
        return signed
    if not found:
        return None, None
    best = min(found)
    return best[2], best[3]


def _signed(
    lines: Sequence[str], starts: Sequence[int], kinds: Sequence[BlockKind]
) -> tuple[date, tuple[int, int]] | None:
    """A line that is only a date (with its issuer, perhaps) below the last line of an official document."""
    for i in range(len(lines) - 1, -1, -1):
        if kinds[i] in ("boilerplate", "byline", "caption"):
            continue
        match = re.fullmatch(r"(?:[^。，；：]{0,30}\s)?[（(]?(" + _DATE.pattern + r")[）)]?(?:印发)?", lines[i])
        if match is None or (day := _day(match, 1)) is None:
            return None
        return day, (starts[i] + match.start(1), starts[i] + match.end(1))
    return None


def _day(match: re.Match[str], shift: int = 0) -> date | None:
    try:
        return date(*(int(match[k + shift]) for k in (1, 2, 3)))
    except ValueError:
        return None
