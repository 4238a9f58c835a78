"""Enumerations against the count that announces or closes them: A、B、C等4市, 8条产业链."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liantu.extraction.evidence import evidence_at
from liantu.extraction.figures.numerals import chinese_number

from .model import CheckResult
from .settings import one_of
from .sheet import Sheet

_CLOSING = re.compile(
    r"(?P<open>等)?(?P<num>(?<![\d.一二两三四五六七八九十百A-Za-z])(?:\d{1,2}|[二两三四五六七八九十]{1,2}))"
    r"(?P<unit>大(?!概|约)|个(?!月|百分点|小时|方面|环节)|家(?!庭|电|居|具)|户(?!均)|条(?!件)|类|项|种(?!植|业|子)|座|市(?!场|民|区)|县(?!域|级)|区(?!域)|地(?!区|方)|所|款)"
)
_ITEM = 18
_NEAR = 2  # by how much a miscount may be off
_FARTHEST = 240
_BOUNDARY = re.compile(r"[，。；：！？（\n]")
_COUNTED = re.compile(r"\d[\d.,]*(?:[万亿千百])?[一-鿿%‰]?$|^\d|[一二三四五六七八九十]+(?:是|、)")
_JOINED = re.compile(r"以及|和|与|及")
_CLASS = re.compile(r"(?:项目|企业|产品|岗位|课题|标准|基地)$")  # 背板、胶膜项目10个: as many projects, not kinds
_JOINED_FIRST = re.compile(r"^(?:以及|及|和|与)")
_BRACKETS = re.compile(r"（[^（）]*）")


def check_lists(sheet: Sheet) -> Iterator[CheckResult]:
    """Every list that is closed by its count: the count against the members named.

    A count far from the number of members counts something else (清徐县、小店区各29户); only a near miss is said to differ.
    """
    verbs = re.compile(one_of("not_listed"))
    for _, text, offset in sheet.body_blocks():
        if "、" not in text:
            continue
        for m in _CLOSING.finditer(text):
            if m.start() == 0 or text[m.start() - 1] in "、，。；：（第前近超达共约有到了为各“‘":
                continue
            found = _members_before(text, m.start(), verbs)
            if found is None:
                continue
            start, fewest, most = found
            stated = int(m["num"]) if m["num"].isdigit() else int(chinese_number(m["num"]) or 0)
            is_open = bool(m["open"])
            fits = fewest <= stated <= most or (is_open and stated >= fewest)
            listed = min(max(stated, fewest), most)
            if fits or abs(listed - stated) <= _NEAR:
                words = m["num"] + m["unit"]
                place = offset + start, offset + m.start("num"), offset + m.end("num")
                yield _result(sheet, place, listed, stated, fits, is_open, words)


def _members_before(text: str, end: int, verbs: re.Pattern[str]) -> tuple[int, int, int] | None:
    """(start, fewest, most members) of the enumeration that ends at `end`; None where there is none.

    The fewest are what 、 parts and 和 joins at the end; names may hold a 和 themselves, hence the most.
    """
    clause = text[max(0, end - _FARTHEST) : end]
    masked = _BRACKETS.sub(lambda m: "　" * len(m[0]), clause)
    boundary = 0
    for m in _BOUNDARY.finditer(masked):
        boundary = m.end()
    items = _JOINED_FIRST.sub("", masked[boundary:]).split("、")
    if len(items) < 2:
        return None
    last = items[-1]
    if _unclosed(masked[boundary:]):
        return None
    if any(len(item.replace("　", "")) > _ITEM for item in items[1:]) or not all(item.strip("　 ") for item in items):
        return None
    if verbs.search(last) or _CLASS.search(last) or any(_COUNTED.search(item.strip("　”’")) for item in items):
        return None
    joined = sum(len(_JOINED.findall(item)) for item in items)
    return end - len(clause) + boundary, len(items), len(items) + joined


def _result(
    sheet: Sheet, place: tuple[int, int, int], listed: int, stated: int, fits: bool, is_open: bool, words: str
) -> CheckResult:
    start, at, end = place
    if fits and is_open:
        zh, en = f"列出{listed}个，在“等{words}”之内", f"{listed} of {stated} are listed"
    elif fits:
        zh, en = f"列出{listed}个，与“{words}”相符", f"{listed} are listed, as the text says"
    else:
        zh = f"列出{listed}个，文中写作“{words}”，请核对"
        en = f"{listed} are listed, the text says {stated}; please check"
    span = sheet.document.text.raw_span
    return CheckResult(
        "list_count",
        "ok" if fits else "differs",
        (span(start, at), span(at, end)),
        float(listed),
        float(stated),
        "个",
        0.0,
        zh,
        en,
        evidence_at(sheet.document, at, end),
    )


def _unclosed(words: str) -> bool:
    """Whether a quotation begins in `words` and does not end, other than right at their end."""
    inner = words.rstrip("“‘")
    return inner.rfind("“") > inner.rfind("”") or inner.rfind("‘") > inner.rfind("’")
