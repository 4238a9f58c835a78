"""Who signs, cooperates or is matched with whom."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise, takewhile

from liantu.extraction.model import MentionKind
from liantu.extraction.names import Scene
from liantu.extraction.names.places import key_of
from liantu.extraction.names.spans import is_proper
from liantu.vocabulary.regions import regions

_ACT = re.compile(
    r"签订|签署|签约|签了|签下|战略合作|合作|共建|联合(?!举办|主办|召开|发布|印发|举行|承办)|飞地|结对|携手|协议|通办|联手|合资|合建|共同(?:投资|出资|建设|打造)|签了|牵手|结成"
)
_INTENT = re.compile(r"积极|拟|将|加强|寻求|洽谈|有望|力争|争取|鼓励|支持|推动$")
_OFFICE = re.compile(r"(?:人民政府|市政府|县政府|区政府|省政府|政府|管委会|管理委员会)$")

# 推动A与B共建: what a government wants of others has not come about.
_WISHED = re.compile(r"推动|支持|鼓励|引导|促成|希望|争取|力争|拟|将(?!原)")
# 它跟…, 这家企业与…: the firm last named before.
_IT = re.compile(
    r"(?:^|[，。；：、])(?:它|其|该企业|该公司|这家企业|这家公司|公司|企业|集团)(?:还|也|已|又|再|今年|去年|随后)*$"
)
_EACH = re.compile(r"分别(?:都|也)?$")
_OPENED = re.compile(r"^[^，。；]{0,14}$|，$")
# 中国科学院大连化学物理研究所: the institute of a larger body, which signs for itself.
_WITHIN = re.compile(r"(?:[^，。；、与和的签共合联]{2,14})(?:研究所|研究院|分院)")
_MOST_TOGETHER = 12  # parties of one agreement; more are guests of one ceremony
Party = tuple[int, int, str, str]  # clean start, end, name, kind


def _parties(scene: Scene) -> list[Party]:
    """Places, organisations and firms in text order; a name inside another is left out, a government is its region."""
    found: list[Party] = []
    for place in scene.places:
        if place.kind in ("region", "zone"):
            found.append((*scene.span(place.first, place.last), place.key, place.kind))
    for office in scene.organisations:
        start, end = scene.span(office.first, office.last)
        key, kind = office.key, "organisation"
        if _OFFICE.search(key):
            inner = next(iter(scene.places_beginning.get(office.first, ())), None)
            if inner is not None:
                key, kind = inner.key, inner.kind
        within = _WITHIN.match(scene.tokens.text, end) if kind == "organisation" else None
        if within is not None:
            end, key = within.end(), key + within.group()
        found.append((start, end, key, kind))
    for span in scene.book.spans:
        found.append((*scene.span(span.first, span.last), span.key, "enterprise"))
    for stand in scene.stands:
        if stand.kind in ("region", "enterprise", "zone"):
            found.append((*scene.span(stand.at, stand.at), stand.key, stand.kind))
    found.sort(key=lambda p: (p[0], -p[1]))
    kept: list[Party] = []
    for party in found:
        if not kept or party[0] >= kept[-1][1]:
            kept.append(party)
    return kept


def find_partners(scene: Scene) -> Iterator[tuple[str, str, int, int]]:
    """(head, tail, clean start, clean end) of every stated partnership; an enterprise stands first."""
    text = scene.tokens.text
    parties = _parties(scene)
    starts = [p[0] for p in parties]
    for sentence in scene.document.sentences:
        said = text[sentence.start : sentence.end]
        if not _ACT.search(said):
            continue
        low = bisect_left(starts, sentence.start)
        here = parties[low : bisect_left(starts, sentence.end, low)]
        yield from _with(scene, here, sentence.start, sentence.end)
        yield from _together(text, here)


def _with(scene: Scene, here: list[Party], low: int, high: int) -> Iterator[tuple[str, str, int, int]]:
    """A与B、C签订协议; without a stated A, whoever the clause is about."""
    text = scene.tokens.text
    met: set[Party] = set()  # those already told as somebody's partner
    for match in _WITH.finditer(text, low, high):
        at = match.end() - 1
        if match.start() not in scene.tokens.starts_set:
            continue
        clause = re.split(r"[，。；\n]", text[at : min(high, at + 60)])[0]
        act = _ACT.search(clause)
        joined = match.group() in _JOINING
        if (act is None and not joined) or _INTENT.search(text[max(low, match.start() - 4) : match.start()]):
            continue
        limit = at + act.start() if act is not None and not joined else at + len(clause)
        rights = [p for p in _row([p for p in here if at < p[0] < limit], at + 1) if not _only_where(scene, p)]
        if not rights:
            continue
        at = match.start()
        opened = max(low, *(text.rfind(mark, low, at) + 1 for mark in "；。"))
        if _WISHED.search(text[max(opened, text.rfind("，", low, at) + 1) : at]):
            continue
        lefts = [p for p in here if opened <= p[0] and p[1] <= at and p not in met]
        apart = next((p for p in lefts if _is_apart(p, rights)), None)
        near = lefts[-1] if lefts and lefts[-1][1] >= at - 3 else None
        if near is not None and re.search("[，。；]", text[near[1] : at]):
            near = None
        each = _EACH.search(text[max(0, at - 4) : at]) is not None
        it = _last_firm(scene, at) if _IT.search(text[max(0, at - 10) : at]) else None
        if joined and (near is None or near[1] != at):
            continue
        # Beyond a semicolon only an enterprise that opened the sentence is still spoken of.
        subject = next(
            (
                p
                for p in takewhile(lambda p: p[0] - low <= 14, here)
                if p[1] <= at and (p[3] == "enterprise" or (p in lefts and _is_apart(p, rights)))
            ),
            None,
        )
        left: Party
        office = _home_office(scene, text[max(0, at - 6) : at], at)
        if office is not None:
            left = (at, at, *office)
        elif near is not None:
            left = near
        elif it is not None:
            left = it
        elif apart is not None and _OPENED.search(text[opened : apart[0]]):
            left = apart
        elif subject is not None:
            left = subject
        else:
            topic = scene.topics.at(at)
            if topic is None:
                continue
            left = (at, at, topic[0], topic[1])
        met.update(rights)
        row = _row_before(text, lefts) if each else [left]
        for one in row:
            for right in rights:
                yield from _pair(one, right, at)


def _only_where(scene: Scene, party: Party) -> bool:
    """与离石区的学校, 与唐山旭华科技: a place that only tells where the other party is."""
    if party[3] not in ("region", "zone"):
        return False
    behind = scene.tokens.at(party[1])
    return scene.tokens.text[party[1] : party[1] + 1] == "的" or (
        scene.tokens.starts[behind] == party[1] and is_proper(scene.tokens, behind, scene.lex)
    )


_JOINING = ("联手", "携手", "牵手", "联合")
_WITH = re.compile("[与和同跟]|" + "|".join(_JOINING))


def _last_firm(scene: Scene, at: int) -> Party | None:
    """The enterprise last named before clean `at` in the same block."""
    block = scene.document.blocks[scene.topics.block_at(at)]
    before = scene.firm_spans_between(block.start, at)
    return (*scene.span(before[-1].first, before[-1].last), before[-1].key, "enterprise") if before else None


def _row_before(text: str, lefts: list[Party]) -> list[Party]:
    """A、B、C分别与…: the row of parties that ends last."""
    row = lefts[-1:]
    for party in reversed(lefts[:-1]):
        if text[party[1] : row[0][0]] not in ("、", "和", "与", "及"):
            break
        row.insert(0, party)
    return row


_HOME_OFFICE = re.compile(r"(?:^|[，。；：、])(?P<level>[县市区州])(?:政府|委|里)$")


def _home_office(scene: Scene, before: str, at: int) -> tuple[str, MentionKind] | None:
    """县政府与X签订…: the county or city the text is about, else the one last named."""
    match = _HOME_OFFICE.search(before)
    if match is None:
        return None
    level = match.group("level")
    home = scene.home
    city = regions().city_of(home.code) if home is not None else None
    for region in (home, city):
        if region is not None and region.name.endswith(level):
            return key_of(region), "region"
    named = [a for a in scene.topics.every if a.start < at and a.kind == "region" and a.key.endswith(level)]
    return (named[-1].key, "region") if named else None


def _row(parties: list[Party], at: int) -> list[Party]:
    """The parties that follow `at` one after another, parted by 、 or 和."""
    row: list[Party] = []
    for party in parties:
        if party[0] - at > (6 if not row else 1):
            break
        row.append(party)
        at = party[1]
    return row


def _together(text: str, here: list[Party]) -> Iterator[tuple[str, str, int, int]]:
    """A、B、C签订框架协议: each with each."""
    for number in range(len(here)):
        row = _row(here[number:], here[number][0])
        if (
            not 2 <= len(row) <= _MOST_TOGETHER
            or text[max(0, row[0][0] - 1) : row[0][0]] in ("与", "和", "同", "跟", "、")
            or (number and here[number][0] - here[number - 1][1] <= 1)
        ):
            continue
        if any(text[a[1] : b[0]] not in ("、", "和", "，") for a, b in pairwise(row)):
            continue
        if re.match(
            r"(?:[两三四五]?[地市县方])?(?:共同|正式|联合)?(?:签订|签署|签约|携手)", text[row[-1][1] : row[-1][1] + 8]
        ):
            for a, b in combinations(row, 2):
                yield from _pair(a, b, a[0])


_ZONE = re.compile(r"(?:示范区|开发区|高新区|经开区|新区|园区)$")


def _pair(left: Party, right: Party, at: int) -> Iterator[tuple[str, str, int, int]]:
    if left[2] == right[2] or _one_holds_other(left[2], right[2]):
        return
    if right[3] == "enterprise" and (left[3] == "zone" or _ZONE.search(left[2])):
        left, right = right, left
    yield left[2], right[2], min(left[0], at), max(right[1], left[1])


def _is_apart(party: Party, others: list[Party]) -> bool:
    return not any(_one_holds_other(party[2], other[2]) for other in others)


@lru_cache(maxsize=4096)
def _one_holds_other(a: str, b: str) -> bool:
    gazetteer = regions()
    first, second = gazetteer.by_name(a), gazetteer.by_name(b)
    if first is None or second is None:
        return False
    return gazetteer.is_within(first.code, second.code) or gazetteer.is_within(second.code, first.code)
