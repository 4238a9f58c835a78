"""What the head of a page says of itself: title, publisher, host, date of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from liantu.reading.model import BlockKind
from liantu.reading.structure import is_prose

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)日?")
_WRITTEN = re.compile(
    r"([一二][〇○零ОO0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○ОO0", 0)
# Labels that name the day of publication, best first; a line's own date counts when no label is there.
_PUBLISHED = re.compile(r"(?:发布(?:时间|日期)|发稿时间|发表时间|印发日期|公开日期)[：:\s]*$")
_MADE = re.compile(r"成文日期[：:\s]*$")
_FOOTNOTE = re.compile(r"\[\d{1,2}\]$")
_MEDIUM = r"[\u4e00-\u9fffA-Za-z]{1,12}?(?:日报|晚报|早报|晨报|时报|商报|经济报|工人报|青年报|农民报|法制报|导报|周刊|周报|新闻网|经济网|网|社|电视台|广播电台|客户端|发布|新闻)"
_SOURCE = re.compile(r"(?:文章|信息|稿件|新闻)?来源[：:]\s*[《“]?([^\s：:《》“”（）()|]{2,30})")
_AGENCY = re.compile(r"发文机关[：:]\s*(\S{2,30})")
_PAPER = re.compile(r"^《?([^\s，。：\d]{2,12}(?:报|周刊))》?(?:\s*\d{4}[-年]|$)")
_PLACE = "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
_DAY = r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
# A date line's other word: the account or site it stands on (behind the date WeChat shows a place as well).
_AFTER_DATE = re.compile(
    rf"^{_DAY}\s+(?:\d\d?:\d\d(?::\d\d)?\s+)?(?!(?:{_PLACE})(?:\s|$)|浏览|阅读|点击|作者|编辑|字[体号]|星期|周)([^\s：，。（()）\d]{{2,14}})(?:[\s（(]|$)"
)
_ACCOUNT = re.compile(rf"^(?:[^。，：\d]{{0,24}}\s)?(?!文摘|原创|转载)([^\s，。：:\d]{{2,20}})\s+{_DAY}")
_OF_TITLE = re.compile(r"^(.{3,30}?(?:人民政府|政府办公厅|办公厅|办公室|委员会|局|厅|部))关于")
_REPRINT = re.compile(r"(?:公众号)?转载(?:自)?[《“]?(\S{2,12}?(?:日报|晚报|报|网|社))[》”]?(?:稿件|文章|报道)")
_REPORTER = re.compile(rf"^[（(]?({_MEDIUM})(?:全媒体|融媒体)?(?:首席)?(?:记者|通讯员)")
_IN_TEXT_REPORTER = re.compile(rf"[（(]({_MEDIUM})\s?(?:全媒体|融媒体)?(?:首席)?记者[^（）()]{{2,40}}[）)]$")
_WIRE = re.compile(
    r"^[（(]?(新华社|中新社|中新网|人民网|央视网|新华网|中国经济网)[^，。\s]{0,8}\d{1,2}月\d{1,2}日[电讯]"
)
_TITLE_FIELD = re.compile(r"标题：\s*(\S.{3,100}?)(?:\s(?:发文|文号|发布|成文|主题|索引)|$)")
_NOTICE = re.compile(r"凡?本网(?:未)?注明[“\"]?(?:来源[：:])?([^”\"，。（）()]{2,20})")
_CRUMB = re.compile(r"(?:位置[：:\s]*)?([\u4e00-\u9fffA-Za-z]{2,14}(?:网|在线|门户|频道))\s*(?:>>?|›|»|\|)")
_OWN = re.compile(r"^本[报网刊台社]")
_NOTE_OF_ISSUE = re.compile(r"^.{2,40}关于印发《?(.{4,60}?)》?的通知$")


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
    publisher, account = _publisher(lines, kinds)
    host = _host(lines, kinds) or account
    published, span = _published(lines, starts, kinds)
    return Head(title, publisher or host, None if publisher in (None, host) else host, published, span)


def _title(lines: Sequence[str], kinds: Sequence[BlockKind]) -> str | None:
    parts = [_FOOTNOTE.sub("", line) for line, kind in zip(lines, kinds, strict=True) if kind == "title"]
    if not parts:
        fields = (_TITLE_FIELD.search(line) for line, kind in zip(lines, kinds, strict=True) if kind == "dateline")
        return next((field[1] for field in fields if field), None)
    if len(parts) > 1 and parts[1].startswith("关于"):
        parts[:2] = [parts[0] + parts[1]]
    notice = _NOTE_OF_ISSUE.match(parts[0])
    if notice and notice[1] in lines:
        return notice[1]
    if len(parts) > 1 and parts[1].startswith("（"):
        issue = re.match(r"（([^\s）]+)", parts[1])
        parts[1] = f"（{issue[1]}）" if issue else ""
    return "".join(parts)


def _publisher(lines: Sequence[str], kinds: Sequence[BlockKind]) -> tuple[str | None, str | None]:
    """The original publisher, and the account or site whose name stands with the date."""
    head = _of_kind(lines, kinds, "dateline")
    below = _of_kind(lines, kinds, "byline")
    prose = [line for line, kind in zip(lines, kinds, strict=True) if kind == "paragraph"]
    own = _first((_AFTER_DATE, _ACCOUNT), head)
    named = (
        _first((_SOURCE, _PAPER, _AGENCY), head)
        or _first((_SOURCE,), below)
        or _first((_REPRINT,), _of_kind(lines, kinds, "boilerplate"))
        or _first((_WIRE,), prose)
        or own
        or _first((_REPORTER,), below)
        or _first((_IN_TEXT_REPORTER,), [line for line in prose if line[-1] in "）)"])
        or _first((_OF_TITLE,), ["".join(_of_kind(lines, kinds, "title"))])
    )
    if named:
        return named, own
    for line in head:
        issuer = _DATE.split(line)[0].strip("（( ")
        if 3 < len(issuer) <= 40 and not re.search(r"[：:，。〔〕]|第?\d+号$", issuer):
            return issuer, own
    return None, own


def _of_kind(lines: Sequence[str], kinds: Sequence[BlockKind], kind: BlockKind) -> list[str]:
    return [line for line, own in zip(lines, kinds, strict=True) if own == kind]


def _first(patterns: Sequence[re.Pattern[str]], lines: Sequence[str]) -> str | None:
    for pattern in patterns:
        for line in lines:
            found = pattern.search(line)
            if found and not _OWN.match(found[1]):
                return found[1].rstrip("，。；、")
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
        for day, begin, end in _days(line):
            before = line[:begin]
            rank = 0 if _PUBLISHED.search(before) else 2 if _MADE.search(before) else 1
            if i > prose:
                rank = 3
            found.append((rank, i, day, (starts[i] + begin, starts[i] + end)))
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
        days = list(_days(lines[i]))
        if len(days) != 1:
            return None
        day, begin, end = days[0]
        alone = not re.search(r"[。，；：]", lines[i]) and len(lines[i]) - (end - begin) <= 36
        ends = re.fullmatch(r"[）)\s]*(?:印发)?", lines[i][end:])
        return (day, (starts[i] + begin, starts[i] + end)) if alone and ends else None
    return None


def _days(line: str) -> Iterator[tuple[date, int, int]]:
    """Days a line names, in figures or written out (二〇二四年八月十二日), with their place in it."""
    for match in _DATE.finditer(line):
        if (day := _day(int(match[1]), int(match[2]), int(match[3]))) is not None:
            yield day, match.start(), match.end()
    for match in _WRITTEN.finditer(line):
        year = int("".join(str(_DIGITS[c]) for c in match[1]))
        if (day := _day(year, _number(match[2]), _number(match[3]))) is not None:
            yield day, match.start(), match.end()


def _number(text: str) -> int:
    """1 to 99 written out: 八, 十二, 二十, 二十九."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0) if len(text) == 1 else 0
    return 10 * (_DIGITS.get(tens, 0) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
