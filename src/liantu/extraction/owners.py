"""Whose projects they are, beyond the one owner a project's name or clause gives: those told behind it, and co-owners."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liantu.extraction.model import Project
from liantu.extraction.names import Scene
from liantu.extraction.names.firm_book import FirmSpan
from liantu.extraction.names.work_base import Work
from liantu.extraction.suppliers import firm_spoken_of

_JOINED = ("、", "和", "与", "及", "以及")
_STATED = r"(?:业主|投资方|投资主体|投资商|建设单位|依托单位|实施单位|实施主体|建设主体)(?:单位)?(?:为|是|：)"
_BY = r"由(?:[^，。；由]{0,12}?(?:与|和|旗下的?|子公司))?"
# What may stand between a project's name and the firm that is told as its owner.
_TO_OWNER = re.compile(r"(?:（[^）]{1,14}）)?[，。：:.—\-\s]*(?:项目)?(?P<cue>" + _STATED + r"|" + _BY + r")?$")
_OWNS = re.compile(
    r"(?:负责|共同|联合|牵头|合作|合资|现场|全额|独家|计划|拟)*(?:投资|建设|牵头|实施|出资|独资|合资|合作|兴建|投建|开发|打造|共建|负责|签约|实施)"
)
# 磷能科技（贵州）有限公司, of which only the front was taken for the name.
_REST_OF_NAME = re.compile(r"（[^）]{2,6}）(?:股份)?(?:有限)?(?:责任)?公司")
_OF_ANOTHER = re.compile(r"的?(?:全资|控股|下属)?子公司|旗下|的(?:全资|控股)")
_PUBLIC = re.compile(
    r"(?:铁路|高铁|高速|高速公路|公路|大桥|机场|地铁|城际|快速路|大道|学校|医院|水利枢纽|干线|枢纽|段)(?:前期)?(?:工程|项目|[一二三]期)*$"
)
# 其投资16.5亿元的…, 它在建的…, 这家企业与X共建的…
_ITS = re.compile(r"(?:^|[，。；：])(?:其|它|该企业|该公司|这家企业|这家公司|企业|公司)(?P<way>[^，。；]{0,26})$")
_ITS_WAY = re.compile(r"^(?:(?:在建|正在建设|拟建|新建|建设|投资|总投资|计划投资|与)[^，。；]{0,24})?的?$")


def owners_of(scene: Scene, project: Project, named: set[str]) -> Iterator[str]:
    """Every enterprise of `named` that the text tells as the project's owner."""
    works = scene.works_of(project)
    told: list[str] = []
    for work in works:
        told = _told_behind(scene, work) or _told_by_pronoun(scene, work)
        if told:
            break
    owners = told or ([project.owner] if project.owner is not None else [])
    if not told and owners and _PUBLIC.search(project.name) and not project.name.startswith(owners[0][:2]):
        return  # a road next to a firm's plant is not the firm's
    if not told and project.owner is not None:
        owners = [*owners, *(key for work in works for key in _beside_owner(scene, work, project.owner))]
    for key in dict.fromkeys(owners):
        if key in named:
            yield key


def _row(scene: Scene, spans: list[FirmSpan], at: int) -> list[FirmSpan]:
    """The firms of a row that begins with the span at number `at`: A、B和C."""
    row = [spans[at]]
    for span in spans[at + 1 :]:
        between = scene.tokens.text[scene.tokens.ends[row[-1].last] : scene.tokens.starts[span.first]]
        if between not in _JOINED:
            break
        row.append(span)
    return row


def _told_behind(scene: Scene, work: Work) -> list[str]:
    """P，由A与B合作建设; P（曲沃县）。由A投资建设; P——A投资N亿元; P。业主为A."""
    text, starts, ends = scene.tokens.text, scene.tokens.starts, scene.tokens.ends
    end = ends[work.last]
    block = scene.document.blocks[scene.topics.block_at(end)]
    spans = scene.firm_spans_between(end, min(block.end, end + 60))
    for number, span in enumerate(spans):
        lead = _TO_OWNER.match(text[end : starts[span.first]])
        if lead is None:
            if number >= 1:
                return []
            continue
        row = _row(scene, spans, number)
        rest = _REST_OF_NAME.match(text, ends[row[-1].last])
        after = rest.end() if rest is not None else ends[row[-1].last]
        if _OF_ANOTHER.match(text, after):
            continue  # 由A的全资子公司B负责
        clause = after + len(re.split(r"[，。；\n]", text[after : after + 40])[0])
        if (lead.group("cue") or "").endswith(("为", "是", "：")):
            return [s.key for s in row]
        if _OWNS.match(text, after, clause) and not scene.works_between(after, clause):
            return [s.key for s in row]
        return []
    return []


def _told_by_pronoun(scene: Scene, work: Work) -> list[str]:
    """A…。它在建的P: the firm last named before in the same paragraph."""
    text = scene.tokens.text
    start = scene.tokens.starts[work.first]
    block = scene.document.blocks[scene.topics.block_at(start)]
    match = _ITS.search(text, max(block.start, start - 32), start)
    if match is None or not _ITS_WAY.match(match.group("way")):
        return []
    # 公司 is the firm the paragraph is about, not one that was supplied or signed with since.
    stands = scene.stands_between("enterprise", match.start(), start)
    if stands:
        return [stands[0].key]
    spoken_of = firm_spoken_of(scene, match.start() + 1)
    return [spoken_of] if spoken_of is not None else []


def _beside_owner(scene: Scene, work: Work, owner: str) -> Iterator[str]:
    """A和B共同投资的P: whoever stands in one row with the owner."""
    text, starts, ends = scene.tokens.text, scene.tokens.starts, scene.tokens.ends
    start = starts[work.first]
    spans = scene.firm_spans_between(max(0, start - 60), start)
    for number in range(len(spans)):
        row = _row(scene, spans, number)
        if len(row) > 1 and owner in {s.key for s in row}:
            behind = text[ends[row[-1].last] : start]
            if re.match(r"(?:共同|联合|合作|合资|分别)?(?:投资|出资|建设|打造|兴建|实施|共建|合建)", behind):
                yield from (s.key for s in row)
