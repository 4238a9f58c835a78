"""Who published a text first, and on whose page it was found."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from liantu.reading.days import days
from liantu.reading.model import BlockKind
from liantu.reading.tables import line_words, one_of

_DAY = r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_CLOCK = r"(?:\d\d?:\d\d(?::\d\d)?\s*)?"
_REPORTER = r"(?:全媒体|融媒体)?(?:首席|见习)?(?:记者|通讯员)"
_NOTICE = re.compile(r"凡?本网(?:未)?注明[“\"]?(?:来源[：:])?([^”\"，。（）()]{2,20})")
_CRUMB = re.compile(r"(?:位置[：:\s]*)?([\u4e00-\u9fffA-Za-z]{2,14}(?:网|在线|门户|频道))\s*(?:>>?|›|»|\|)")
_OWN = re.compile(r"^本[报网刊台社]")
_ISSUE_NOTE = re.compile(rf"^[（(]\s*《?([^，。：；\s《》]{{2,16}})》?\s+(?={_DAY})")
_ISSUER_OF_TITLE = re.compile(
    r"^(.{3,30}?(?:人民政府|政府办公厅|办公厅|办公室|委员会|局|厅|部))(?:关于|(?:19|20)\d\d年.{0,12}(?:工作)?(?:总结|要点|计划|报告|情况)$)"
)
_CONTRIBUTED = re.compile(r"[\s（(]([^\s，。：（(]{3,24})(?:供稿|提供)[）)]?$")
_TAKEN_FROM = re.compile(r"^(?:本文)?(?:转自|选自|摘自|载)[《“]?")
_NO_ISSUER = re.compile(r"[：:，。〔〕]|第?\d+[号期]$|^原创|^转载")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Expressions for a publisher's name, built from the word lists."""

    source: re.Pattern[str]
    paper: re.Pattern[str]
    issuer: re.Pattern[str]
    original: re.Pattern[str]
    reprint: re.Pattern[str]
    wire: re.Pattern[str]
    opening: re.Pattern[str]
    after_date: re.Pattern[str]
    account: re.Pattern[str]
    reporter: re.Pattern[str]
    reporter_in_text: re.Pattern[str]
    label: re.Pattern[str]
    issued: re.Pattern[str]
    issued_by: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    medium = rf"[\u4e00-\u9fffA-Za-z]{{1,12}}?(?:{one_of('medium')})"
    return _Patterns(
        source=re.compile(rf"(?:{one_of('source_label')})[：:]\s*[《“]?([^\s：:，《》“”（）()【】|]{{2,30}})"),
        paper=re.compile(
            rf"^(?:转自|选自|摘自)?《?([^\s，。：《\d]{{1,10}}(?:{one_of('paper')}))》?(?:\s*\d{{4}}[-年]|$)"
        ),
        issuer=re.compile(rf"(?:{one_of('issuer_label')})[：:]\s*(\S{{2,30}})"),
        original=re.compile(rf"(?:{one_of('original')})[：:]?\s?(?:于\s?)?(?:{_DAY})?[《“]([^》”，。]{{2,20}})[》”]"),
        reprint=re.compile(
            rf"(?:公众号)?转载(?:自)?[《“]?(\S{{1,10}}?(?:{one_of('paper')}|报|网|社))[》”]?(?:稿件|文章|报道)"
        ),
        wire=re.compile(rf"^[（(]?({one_of('agency')})[^，。\s]{{0,8}}\d{{1,2}}月\d{{1,2}}日[电讯]"),
        opening=re.compile(rf"^({medium})[^，。\s（(]{{0,6}}讯\s?(?:[（(](?:{_REPORTER}|实习生)|\d)"),
        # A date line's other word: the account or site it stands on (behind the date WeChat shows a place as well).
        after_date=re.compile(
            rf"^{_DAY}\s+{_CLOCK}(?:\|\s*)?(?!(?:{one_of('province')})(?:\s|$)|{one_of('no_account')})([^\s：，。（()）\d|]{{2,14}})(?:[\s（(|]|$)"
        ),
        account=re.compile(rf"^(?:[^。，：\d]{{0,24}}\s)?(?!文摘|原创|转载)([^\s，。：:\d]{{2,20}})\s+{_DAY}"),
        reporter=re.compile(rf"^[（(□■●◇]?\s?({medium})\s?{_REPORTER}"),
        reporter_in_text=re.compile(rf"[（(]({medium})\s?{_REPORTER}[^（）()]{{2,40}}[）)]$"),
        label=re.compile(rf"\s*(?:{one_of('published')}|{one_of('updated')}|{one_of('made')})[：:]?\s*$"),
        issued=re.compile(rf"(?:{one_of('issuer')})$"),
        issued_by=re.compile(rf"(?<=(?:{'|'.join(_last_characters())}))\s?(?:{one_of('issued_by')})$"),
    )


def _last_characters() -> list[str]:
    """Last characters of the words that an issuer's name ends in."""
    return sorted({word[-1] for word in line_words("issuer")})


def find_publisher(lines: Sequence[str], kinds: Sequence[BlockKind]) -> tuple[str | None, str | None]:
    """(original publisher, account or site whose name stands with the date), None where nobody is named."""
    p = _patterns()
    head = _with_labels(_of_kind(lines, kinds, "dateline"))
    below = _of_kind(lines, kinds, "byline")
    prose = _of_kind(lines, kinds, "paragraph")
    own = _first(
        (p.after_date, p.account), [line for line in head if line[0] not in "（(" and not p.original.search(line)]
    )
    own = own and p.issued_by.sub("", own)
    named = (
        _first((p.original, _ISSUE_NOTE), [*head, *below])
        or _first((p.source, p.paper, p.issuer), head)
        or _first((p.source,), below)
        or _first((p.reprint,), _of_kind(lines, kinds, "boilerplate"))
        or _first((p.wire,), prose)
        or own
        or _account_above(head)
        or _first((_CONTRIBUTED,), [*head, *below])
        or _first((p.reporter,), below)
        or _first((p.opening,), prose[:2])
        or _first((p.reporter_in_text,), [line for line in prose if line[-1] in "）)"])
        or _first((_ISSUER_OF_TITLE,), ["".join(_of_kind(lines, kinds, "title"))])
    )
    return (named or _issuer(head)), own


def _with_labels(head: Sequence[str]) -> list[str]:
    """The lines, a label on its own joined with the value below it."""
    labels = line_words("issuer_label")
    return [
        f"{line.rstrip('： ')}：{head[i + 1]}" if line.rstrip("： ") in labels and i + 1 < len(head) else line
        for i, line in enumerate(head)
    ]


def _account_above(head: Sequence[str]) -> str | None:
    """The account whose name stands on the line above the date: 原创 某人 太原发布."""
    for line, below in itertools.pairwise(head):
        words = line.split()
        known = words[0] in ("原创", "转载", "文摘") or words[-1].endswith(line_words("medium"))
        if len(words) <= 3 and known and re.match(_DAY, below) and 2 <= len(words[-1]) <= 20 and "：" not in line:
            return words[-1]
    return None


def _issuer(head: Iterable[str]) -> str | None:
    """The name right before a date: 孝义市统计局 2025年4月28日."""
    p = _patterns()
    for line in head:
        named = next(iter(days(line)), None)
        if named is None and not p.issued.search(line):
            continue
        before = p.label.sub("", line[: named[1]] if named else line).strip("（(《》【 ")
        before = p.issued_by.sub("", _TAKEN_FROM.sub("", before))
        if 3 < len(before) <= 40 and not _NO_ISSUER.search(before):
            return before
    return None


def find_host(lines: Sequence[str], kinds: Sequence[BlockKind]) -> str | None:
    """The site whose name stands in a breadcrumb or a copyright notice."""
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "boilerplate" and ((found := _CRUMB.search(line)) or (found := _NOTICE.search(line))):
            return found[1]
    return None


def _of_kind(lines: Sequence[str], kinds: Sequence[BlockKind], kind: BlockKind) -> list[str]:
    return [line for line, own in zip(lines, kinds, strict=True) if own == kind]


def _first(patterns: Sequence[re.Pattern[str]], lines: Sequence[str]) -> str | None:
    for pattern in patterns:
        for line in lines:
            found = pattern.search(line)
            if found and not _OWN.match(found[1]):
                return re.sub(f"{_DAY}$", "", found[1].rstrip("，。；、"))
    return None
