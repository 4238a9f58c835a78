"""Projects of a document, with investment, stage, place and owner."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal  # noqa: F401

from liantu.extraction.evidence import evidence_at
from liantu.extraction.model import Mention, Project, Stage
from liantu.extraction.names import Scene, scene_of
from liantu.extraction.names.work_base import Work
from liantu.extraction.project_rows import ProjectRow, project_rows
from liantu.extraction.steps import ORDER, investment_of, stage_of
from liantu.reading.model import Document

_GOES_ON = re.compile(
    r"^(?:[“]?(?:该|本|这一|这个|整个|此)?(?:项目|工程|基地|产业园|园区)|总投资|计划投资|投资|设备|目前|现|其中|[一二三]期|首期|建成|达产|投产|全部|预计|由|占地|规划|设计|年度|第[一二]条|[一1]—|\d+月|截至|受|全长|届时|如今|今年|去年)"
)
_PLANNING_HEADING = re.compile(r"目标|任务|下一步|下步|打算|安排|部署|展望|规划|要求|明年|今后")
_FIELD_PLACE = re.compile(r"(?:建设地点|项目地点|建设地址|选址|地点)：([^\s，。；]{2,16})")
_FIELD_OWNER = re.compile(
    r"(?:依托单位|建设单位|投资方|投资单位|实施单位|业主单位|承建单位|项目单位)：([^\s，。；]{2,24})"
)
_BUILDS = re.compile(r"[^，。；基]{0,6}(?:建设|实施|投资|出资|承建|投建|牵头|开发|负责|筹建|打造|运营|建)|$")
_INTENDS = re.compile(r"推动|推进|确保|加快|实现|力争|抓好|促进|支持|争取|谋划|建设|实施|启动|开工|要|将")
_BUILT_BY = re.compile(r"由(?:[^，。；由]{0,8}?旗下的?)?$")


@dataclass(slots=True)
class _Draft:
    works: list[Work]
    names: set[str]
    stage: Stage | None = None
    investment: float | None = None
    owner: str | None = None
    place: str | None = None
    near: str = ""
    said_place: str | None = None
    spots: list[tuple[int, int]] = field(default_factory=list)


def find_projects(document: Document, mentions: tuple[Mention, ...]) -> tuple[Project, ...]:
    """Every named work with a step of investment or construction, each once, in text order.

    `investment` is in yuan, `stage` the furthest the text reports, `place` and `owner` names as in `mentions`.
    """
    del mentions  # the scene holds the same names with their parts
    scene = scene_of(document)
    drafts = _group(scene)
    for draft in drafts:
        for work in draft.works:
            _read_around(scene, draft, work)
        _locate(scene, draft)
    projects = [_finish(scene, draft) for draft in drafts]
    for row in project_rows(document):
        _take_row(scene, row, drafts, projects)
    return tuple(projects)


def _take_row(scene: Scene, row: ProjectRow, drafts: list[_Draft], projects: list[Project]) -> None:
    """Let a table's row speak for its project; enter the project where its name was not known as one."""
    spot = next((k for k, d in enumerate(drafts) if any(row.start <= a < row.end for a, _ in d.spots)), None)
    place = row.place
    inner = next((p for p in scene.places if place is not None and place in (p.key, *p.aliases)), None)
    place = inner.key if inner is not None else place
    known = projects[spot] if spot is not None else None
    owner = row.owner or (known.owner if known is not None else None)
    if owner is None:
        owner = next((s.key for s in scene.firm_spans_between(row.start, row.start + 1)), None)
    aliases = {row.name, *(known.aliases if known is not None else ()), *((known.name,) if known is not None else ())}
    if owner is not None and row.name.startswith(owner) and len(row.name) - len(owner) >= 4:
        aliases.add(row.name[len(owner) :])
    project = Project(
        row.name,
        tuple(sorted(aliases - {row.name})),
        evidence_at(scene.document, row.start, row.end),
        row.investment if row.investment is not None else known.investment if known is not None else None,
        row.stage or (known.stage if known is not None else None),
        place or (known.place if known is not None else None),
        owner,
        None,
        0.9,
    )
    if spot is None:
        projects.append(project)
    else:
        projects[spot] = project


def _plain(name: str) -> str:
    return re.sub(r"[“”‘’（）()\s—\-]|(?:项目|工程)$", "", name)


def _group(scene: Scene) -> list[_Draft]:
    """Mentions of one work together: same name, or one name ending or beginning with the other."""
    drafts: list[_Draft] = []
    for work in scene.works:
        forms = {_plain(f) for f in (work.name, *work.aliases)}
        forms = {f for f in forms if len(f) >= 3}
        home = next((d for d in drafts if _same(d, work, forms)), None)
        if home is None:
            home = _Draft([], set())
            drafts.append(home)
        home.works.append(work)
        home.names |= forms
    return drafts


def _same(draft: _Draft, work: Work, forms: set[str]) -> bool:
    if forms & draft.names:
        return True
    mine = _plain(work.name)
    for other in draft.works:
        theirs = _plain(other.name)
        short, long = sorted((mine, theirs), key=len)
        if len(short) >= 5 and long.endswith(short) and work.owner in (None, other.owner):
            return True
        if len(short) >= 4 and long.startswith(short) and re.fullmatch(r"[一二三四]期|.{2,4}段", long[len(short) :]):
            return True
    return False


def _read_around(scene: Scene, draft: _Draft, work: Work) -> None:
    document, text = scene.document, scene.tokens.text
    start, end = scene.span(work.first, work.last)
    draft.spots.append((start, end))
    before, after = _windows(scene, work, start, end)
    after += _spoken_of_again(scene, work)
    planning = _is_planning(scene, start)
    # Under a heading of tasks 开工建设X is an intention; X竣工 reports all the same.
    stage = stage_of(before, planning)
    reported = stage_of(after, planning and (stage is not None or bool(_INTENDS.search(before))))
    if reported is not None and (stage is None or ORDER.index(reported) > ORDER.index(stage)):
        stage = reported
    if stage is None and (
        re.search(r"(?:建设|打造|建成|启动|新建)(?:的|了)?[“]?$", before)
        or re.match(r"(?:等[^，。；]{0,14})?(?:建设|启动)", after)
    ):
        stage = "idea" if planning or re.search(r"将|要|拟|计划|积极|力争|规划", before) else "building"
    listed_under = _listed_under(scene, start)
    if listed_under is not None and (stage is None or ORDER.index(listed_under) > ORDER.index(stage)):
        stage = listed_under
    if stage is not None and (draft.stage is None or ORDER.index(stage) > ORDER.index(draft.stage)):
        draft.stage = stage
    if draft.investment is None:
        draft.investment = investment_of(after) or investment_of(before)
    field = _FIELD_PLACE.search(after)
    if field is not None:
        draft.said_place = field.group(1)
    field = _FIELD_OWNER.search(after)
    if field is not None and draft.owner is None:
        draft.owner = scene.book.names.get(field.group(1))
    if draft.owner is None:
        draft.owner = (
            work.owner or _builder(scene, end, after) or _subject_firm(scene, start, before) or _portrayed(scene, start)
        )
    del document, text


def _windows(scene: Scene, work: Work, start: int, end: int) -> tuple[str, str]:
    """What is said of a work: its own clause before it, and what follows until another work is named."""
    document, text = scene.document, scene.tokens.text
    topics = scene.topics
    block = document.blocks[topics.block_at(start)]
    number = work.number
    next_start, followed = block.end, False
    later = scene.works_between(end, block.end)
    if later:
        next_start, followed = scene.tokens.starts[later[0].first], True
    previous_end = block.start
    if number > 0 and text[scene.tokens.ends[scene.works[number - 1].last] : start] in _JOINTS and not work.listed:
        # B in A、B、C: what leads to A leads to B.
        first_in_row = number
        while first_in_row > 0 and (
            text[
                scene.tokens.ends[scene.works[first_in_row - 1].last] : scene.tokens.starts[
                    scene.works[first_in_row].first
                ]
            ]
            in _JOINTS
        ):
            first_in_row -= 1
        lead_start, lead_end = scene.span(scene.works[first_in_row].first, scene.works[first_in_row].last)
        lead_before, lead_after = _windows(scene, scene.works[first_in_row], lead_start, lead_end)
        stop = re.search(r"[，。；]", text[end : block.end])
        return lead_before, text[end : end + stop.start()] if stop else lead_after
    if number > 0:
        previous_end = max(previous_end, min(start, scene.tokens.ends[scene.works[number - 1].last]))
    before = re.split(r"[。；]", text[max(previous_end, start - 60) : start])[-1]
    if work.listed:
        before = re.split(r"[。；]", text[max(block.start, start - 80) : start])[-1]
    else:
        # 签约项目中，A投资12亿元；投产项目中，B…: the batch is told once, before its members.
        batch = _BATCH.findall(re.split(r"[。；]", text[max(block.start, start - 60) : start])[-1])
        clauses = before.split("，")
        lead = clauses[-2] + "，" if len(clauses) > 1 and re.match(r"要|拟|将|计划", clauses[-1]) else ""
        before = (batch[-1].removesuffix("项目") + "，" if batch else "") + lead + clauses[-1]
    if work.listed:
        stop = re.search(r"[。；]", text[end : block.end])
        tail = text[end : end + stop.start()] if stop else text[end : block.end]
        return before, tail
    index = topics.sentence_at(start)
    sentence = document.sentences[index] if document.sentences else None
    limit = min(next_start, sentence.end if sentence is not None else block.end)
    after = text[end:limit]
    if (next_start > limit or not followed) and sentence is not None:
        whole_block = bool(re.fullmatch(r"(?:（[^）]{1,12}）)?[。：”\s]{0,2}", text[end : sentence.end]))
        if block.end - end <= 1:
            after += _lines_below(scene, topics.block_at(start))
        for following in document.sentences[index + 1 : index + 5]:
            if following.start >= next_start or following.block != sentence.block:
                break
            said = text[following.start : min(following.end, next_start)]
            if not (whole_block or _GOES_ON.match(said.lstrip("“ "))):
                break
            after += said
    elif next_start <= limit:
        # The clause that leads to the next work belongs to that work.
        if text[end:next_start] in _JOINTS:
            # A、B、C加快推进: what follows the last member is said of all.
            stop = re.search(r"[，。；]", text[next_start : block.end])
            after = text[next_start : next_start + stop.start()] if stop else text[next_start : block.end]
        else:
            after = re.sub(r"[，；。、][^，；。、]*$", "", after) if re.search(r"[，；。、]", after) else ""
    # After a semicolon somebody else is spoken of, unless the work's own phases are.
    parts = after.split("；")
    kept = parts[:1]
    for part in parts[1:]:
        if not _GOES_ON.match(part) or _BATCH.match(part + "中"):
            break
        kept.append(part)
    return before, "；".join(kept)


_BATCH = re.compile(r"(?:新?开工|投产|签约|竣工|在建|续建|储备|谋划)项目(?=中|里|有|包括|为)")
_JOINTS = ("、", "和", "与", "及", "以及", "+")


def _lines_below(scene: Scene, number: int) -> str:
    """The lines of a list item whose first line is the work's name alone, up to the next item or heading."""
    document, text = scene.document, scene.tokens.text
    said = ""
    for block in document.blocks[number + 1 : number + 5]:
        line = text[block.start : block.end]
        named = scene.works_between(block.start, block.end)
        if (
            block.kind in ("heading", "title")
            or named
            or re.match(r"[\d一二三四五六七八九十]+[.、]|（[\d一二三四五六七八九十]+）", line)
        ):
            break
        said += "。" + line
    return said


def _spoken_of_again(scene: Scene, work: Work) -> str:
    """Clauses that 该项目, 项目 open further on in the text, up to their full stop."""
    text = scene.tokens.text
    said = ""
    end = scene.tokens.ends[work.last]
    for stand in scene.stands_between("project", end, end + 3000):
        if stand.key == work.name:
            at = scene.tokens.ends[stand.at]
            said += "；" + re.split(r"[。\n]", text[at : at + 160])[0]
    return said


def _is_planning(scene: Scene, offset: int) -> bool:
    document = scene.document
    block = scene.topics.block_at(offset)
    for number in range(block, -1, -1):
        candidate = document.blocks[number]
        if candidate.kind == "heading":
            return bool(_PLANNING_HEADING.search(scene.tokens.text[candidate.start : candidate.end]))
    return False


def _listed_under(scene: Scene, offset: int) -> Stage | None:
    """The stage that the heading above gives its list: 推介项目, ◆签约项目选登, 投产一批."""
    document = scene.document
    for number in range(scene.topics.block_at(offset) - 1, -1, -1):
        block = document.blocks[number]
        line = scene.tokens.text[block.start : block.end]
        marked = line.startswith(("【", "◆", "●", "■", "▲")) and len(line) < 20
        numbered = re.match(r"\d|（", line) or "：" in line
        if marked or (block.kind in ("heading", "title") and len(line) < 40 and not numbered):
            found = _LIST_HEADING.search(line) if marked or len(line) < 16 else None
            return _LIST_STAGES[found.group(1)] if found is not None else None
    return None


_LIST_HEADING = re.compile(r"(推介|招商|谋划|储备|拟建|签约|新?开工|投产|竣工)(?:项目|一批)")
_LIST_STAGES: dict[str, Stage] = {
    "推介": "idea",
    "招商": "idea",
    "谋划": "idea",
    "储备": "idea",
    "拟建": "idea",
    "签约": "signed",
    "开工": "started",
    "新开工": "started",
    "投产": "in_production",
    "竣工": "in_production",
}


def _builder(scene: Scene, end: int, after: str) -> str | None:
    """由X牵头建设, 由X实施."""
    for span in scene.firm_spans_between(end, end + len(after)):
        at = scene.tokens.starts[span.first]
        behind = scene.tokens.text[scene.tokens.ends[span.last] :][:12]
        if _BUILT_BY.search(scene.tokens.text[end:at]) and _BUILDS.match(behind):
            return span.key
        break
    return None


def _subject_firm(scene: Scene, start: int, before: str) -> str | None:
    """X投资N亿元(建设)的…, X的…: the firm that opens the clause, or the sentence the work stands in."""
    low = start - len(before)
    text, starts, ends = scene.tokens.text, scene.tokens.starts, scene.tokens.ends
    spans = scene.firm_spans_between(low, start)
    if spans:
        between = text[ends[spans[-1].last] : start]
        if re.search(r"投资|建设|的$|实施|新建|扩建|打造|启动|签约|布局|[“：]$", between) and not re.search(
            r"配套|合作|隔", between
        ):
            return spans[-1].key
    index = scene.topics.sentence_at(start)
    if not scene.document.sentences:
        return None
    sentence = scene.document.sentences[index]
    opened = max(sentence.start, text.rfind("；", sentence.start, start) + 1)
    inside = scene.work_words
    subjects = [(starts[s.first], s.key) for s in scene.firm_spans_between(opened, start) if s.first not in inside]
    subjects += [(starts[s.at], s.key) for s in scene.stands_between("enterprise", opened, start)]
    for at, key in sorted(subjects, reverse=True):
        lead = text[opened:at]
        if not lead or lead[-1] in "，：“”" or re.search(r"(?:上|中|在|日|月|下|里|，)$", lead):
            return key
    if start - sentence.start <= 2 and index > 0:
        previous = scene.document.sentences[index - 1]
        heads = scene.firm_spans_between(previous.start, previous.end)
        # A list's item headed by the firm alone: ◎ 正极：X有限公司。年产…项目…
        if previous.block == sentence.block and len(heads) == 1 and previous.end - ends[heads[0].last] <= 1:
            return heads[0].key
    return None


def _portrayed(scene: Scene, start: int) -> str | None:
    """In a text about one firm: the firm last named in the paragraph, else that firm."""
    if scene.title_firm is None:
        return None
    block = scene.document.blocks[scene.topics.block_at(start)]
    named = [s.key for s in scene.firm_spans_between(block.start, start) if s.first not in scene.work_words]
    return named[-1] if named else scene.title_firm


_PLACED_AFTER = re.compile(r"^[。：]?(?:[^，。；]{0,10}?(?:在|落户|落地|位于|坐落于?|选址)|（)$")


def _locate(scene: Scene, draft: _Draft) -> None:
    """The place a name holds, else the one said right behind it, else the one its clause is about."""
    text = scene.tokens.text
    for work in draft.works:
        if work.place is not None:
            draft.place, draft.near = work.place.key, "name"
    if draft.said_place is not None:
        inner = [
            p
            for p in scene.places
            if p.kind in ("zone", "region")
            and text[scene.tokens.starts[p.first] : scene.tokens.ends[p.last]] == draft.said_place
        ]
        draft.place, draft.near = inner[0].key if inner else draft.said_place, "said"
        return
    for _, end in draft.spots:
        for anchor in scene.topics.every_between(end, end + 18):
            if _PLACED_AFTER.match(text[end : anchor.start]):
                draft.place, draft.near = anchor.key, "said"
                return
    for start, _ in draft.spots:
        found = scene.topics.at(start)
        if found is None:
            continue
        key, kind, near = found
        if near == "sentence" and (draft.place is None or kind == "zone"):
            draft.place, draft.near = key, near
            return
        if draft.place is None:
            draft.place, draft.near = key, near
            if near != "home":
                return


def _finish(scene: Scene, draft: _Draft) -> Project:
    best = max(draft.works, key=lambda w: (w.owner is not None, len(w.name)))
    name = best.name
    aliases: set[str] = set()
    for work in draft.works:
        aliases |= work.aliases | {work.name}
    aliases.discard(name)
    start, end = draft.spots[0]
    return Project(
        name,
        tuple(sorted(aliases)),
        evidence_at(scene.document, start, end),
        draft.investment,
        draft.stage,
        draft.place if draft.near != "home" or scene.topics.home_zone == draft.place else None,
        draft.owner,
        None,
        0.9 if draft.stage else 0.7,
    )
