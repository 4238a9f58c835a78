"""Which enterprise supplies or fits out which other, as the text states it: 向Y供应, 为Y配套, 直供Y, 交付Y装车."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liantu.extraction.model import RelationName
from liantu.extraction.names import Scene
from liantu.extraction.names.firm_book import FirmSpan
from liantu.extraction.products import goods_of_list

Supply = tuple[str, RelationName, str, int, int]  # supplier, relation, customer or goods, clean start, clean end

_GIVES = r"(?:配套|供应|供货|直供|提供|交付|代工|送货|输送)"
# What stands right before the customer: 向, 为太原的, 直供, 首批已交付.
_TO = re.compile(r"(?:^|[^作成行认因称名列较])(?:向|为|给)(?:[\u4e00-\u9fff]{2,5}的)?$")
_DIRECT = re.compile(r"(?:直供|供货给|供应给|供货|配套给|交付给?|卖给|销往|送往|送到|供给)(?:了|到|至)?$")
# What stands right behind it.
_GIVEN = re.compile(
    r"(?:[^，。；、]{0,4}?)(?:就近|稳定|直接|独家|批量|长期|专门|每年|提供)*"
    + _GIVES
    + r"(?!政策|资金|贷款|服务保障|支持|土地|融资|金融|便利)"
)
_SUPPLIER = re.compile(r"(?:等企业)?的(?:[^，。；的]{0,6}?)(?:供应商|配套商|配套企业|供货商|合作伙伴)")
# 引来X做合作伙伴, 把X请来做合伙人
_FETCHED = re.compile(r"(?:引来|请来|引入|找来|拉来|把|将)(?:[\u4e00-\u9fff]{2,5}的)?$")
_AS_PARTNER = re.compile(
    r"(?:请来|引来|拉来|找来)?(?:做|当|作为|成为)(?:了)?[“]?(?:合作伙伴|合伙人|伙伴|战略投资者|股东)"
)
_MADE = re.compile(r"(?:成为|是|作为|进入|跻身)(?:了)?(?:[\u4e00-\u9fff]{2,5}的)?$")
_LISTED = re.compile(r"(?:等企业)?(?:的)?(?:供应链|供应商名录|供应体系|配套体系|采购目录)")
_WISHED = re.compile(r"力争|争取|鼓励|支持|引导|推动|希望|拟|有望|洽谈")
_SPOKEN_TO = re.compile(r"(?:[与同向为给对]|直供|交付|供货|销往)$")
_JOINED = ("、", "和", "与", "及", "以及")
# 为其配套的Z: Z fits out the firm last spoken of.
_FOR_IT = re.compile(r"(?:为|给|向)(?:其|它|该公司|该企业|这家企业)[^，。；]{0,4}(?:配套|供应|供货)的$")


def find_suppliers(scene: Scene) -> Iterator[Supply]:
    """Every stated supply between two enterprises, and its goods; the supplier is whom the clause is about."""
    text, starts, ends = scene.tokens.text, scene.tokens.starts, scene.tokens.ends
    spans = sorted((s for s in scene.book.spans if s.first not in scene.work_words), key=lambda s: s.first)
    for number, span in enumerate(spans):
        at = starts[span.first]
        before = text[max(0, at - 12) : at]
        if _FOR_IT.search(before):
            customer = firm_spoken_of(scene, at)
            if customer is not None and customer != span.key:
                yield span.key, "partners_with", customer, at, ends[span.last]
            continue
        row = _row(scene, spans, number)
        behind = re.split(r"[，。；\n]", text[ends[row[-1].last] :][:30])[0]
        if not _supplied(before, behind) or _WISHED.search(re.split(r"[，。；\n]", text[max(0, at - 24) : at])[-1]):
            continue
        supplier = firm_spoken_of(scene, at)
        if supplier is None:
            continue
        for one in row:
            if supplier != one.key:
                yield supplier, "partners_with", one.key, at, ends[one.last]
        for goods in goods_supplied(behind):
            yield supplier, "produces", goods, at, ends[row[-1].last] + len(behind)


# 为Y配套高纯石英坩埚, 向Y供应转向节和支架
_WHAT = re.compile(_GIVES + r"(?:了|的)?(?P<goods>[A-Za-z0-9.\-\u4e00-\u9fff、]{2,24})$")


def goods_supplied(behind: str) -> Iterator[str]:
    """The goods in what stands behind a customer: 配套高纯石英坩埚, 供应转向节和支架42万件."""
    match = _WHAT.search(behind)
    if match is not None:
        yield from goods_of_list(match.group("goods"))


def _supplied(before: str, behind: str) -> bool:
    """Whether what stands around a firm says that it is somebody's customer."""
    return (
        (_TO.search(before) is not None and _GIVEN.match(behind) is not None)
        or _DIRECT.search(before) is not None
        or (_FETCHED.search(before) is not None and _AS_PARTNER.match(behind) is not None)
        or (_MADE.search(before) is not None and (_SUPPLIER.match(behind) or _LISTED.match(behind)) is not None)
    )


LONGEST_ROW = 60


def _row(scene: Scene, spans: list[FirmSpan], number: int) -> list[FirmSpan]:
    """The firms that stand in one row from the span at `number` on: 向A、B供货."""
    row = [spans[number]]
    for span in spans[number + 1 : number + LONGEST_ROW]:
        if scene.tokens.text[scene.tokens.ends[row[-1].last] : scene.tokens.starts[span.first]] not in _JOINED:
            break
        row.append(span)
    return row


def firm_spoken_of(scene: Scene, at: int) -> str | None:
    """The enterprise that the words before clean `at` are about: the one last named in the paragraph and not spoken to."""
    text, starts = scene.tokens.text, scene.tokens.starts
    block = scene.document.blocks[scene.topics.block_at(at)]
    inside = scene.work_words
    named = [(starts[s.first], s.key) for s in scene.firm_spans_between(block.start, at) if s.first not in inside]
    named += [(starts[s.at], s.key) for s in scene.stands_between("enterprise", block.start, at)]
    for begin, key in sorted(named, reverse=True):
        if not _SPOKEN_TO.search(text[max(0, begin - 2) : begin]):
            return key
    return None
