"""Projects of a document, with investment, stage, place and owner."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from decimal import Decimal  # noqa: F401

from liantu.extraction.ceremonies import stage_of_ceremony
from liantu.extraction.evidence import evidence_at
from liantu.extraction.model import Mention, Project, Stage
from liantu.extraction.names import Scene, scene_of
from liantu.extraction.names.work_base import Work
from liantu.extraction.project_context import (
    Headings,
    batch_stage,
    builder,
    portrayed,
    spoken_of_again,
    subject_firm,
    sum_before,
    windows,
)
from liantu.extraction.project_forms import ProjectForm, project_forms
from liantu.extraction.project_rows import ProjectRow, project_rows
from liantu.extraction.steps import ORDER, further, investment_of, steps_told
from liantu.reading.model import Document
from liantu.vocabulary.regions import regions

_FIELD_PLACE = re.compile(r"(?:建设地点|项目地点|建设地址|选址|地点)：([^\s，。；]{2,16})")
_FIELD_OWNER = re.compile(
    r"(?:依托单位|建设单位|投资方|投资单位|实施单位|业主单位|承建单位|项目单位)：([^\s，。；]{2,24})"
)
_INTENDS = re.compile(r"推动|推进|确保|加快|实现|力争|抓好|促进|支持|争取|谋划|建设|实施|启动|开工|要|将")


# What a ceremony's text says is still being thought of has no part in the ceremony.
_ONLY_MEANT = re.compile(r"谋划|储备|争取|推介|洽谈|前期")


@dataclass(slots=True)
class _Draft:
    number: int  # its place among the drafts
    works: list[Work]
    plain: list[tuple[str, str | None]]  # plain name and owner of each different wording
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
    ceremony, headings = stage_of_ceremony(scene), Headings(scene)
    for draft in drafts:
        for work in draft.works:
            _read_around(scene, draft, work, ceremony, headings)
        _locate(scene, draft)
    forms = list(project_forms(scene))
    ends = [form.end for form in forms]
    drafts = [d for d in drafts if not _inside(d, forms, ends)]
    projects = [_finish(scene, draft) for draft in drafts]
    if forms:
        drafts, projects = _take_forms(scene, forms, drafts, projects)
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


def _inside(draft: _Draft, forms: list[ProjectForm], ends: list[int]) -> bool:
    """Whether a work is named among the lines of one form alone, as a part of what the form's project builds.

    `ends` are the rising ends of the forms' names.
    """
    k = bisect_right(ends, draft.spots[0][0]) - 1
    return k >= 0 and all(ends[k] <= start < forms[k].until for start, _ in draft.spots)


def _take_forms(
    scene: Scene, forms: list[ProjectForm], drafts: list[_Draft], projects: list[Project]
) -> tuple[list[_Draft], list[Project]]:
    """The drafts and projects with each form's project behind the others, for all that named it so far."""
    told = dict(enumerate(zip(drafts, projects, strict=True)))
    by_plain: dict[str, list[int]] = {}  # plain name → numbers in `told`
    for number, draft in enumerate(drafts):
        for plain, _ in draft.plain:
            by_plain.setdefault(plain, []).append(number)
    spots = sorted((start, number) for number, draft in enumerate(drafts) for start, _ in draft.spots)
    for number, form in enumerate(forms, len(drafts)):
        mine = _plain(form.name)
        named = spots[bisect_left(spots, (form.start, 0)) : bisect_left(spots, (form.end, 0))]
        alike = (mine, *(mine[k:] for k in range(1, len(mine) - 4)))  # itself and its ends of five characters and more
        found = {k for _, k in named} | {k for plain in alike for k in by_plain.get(plain, ())}
        known = [told.pop(k)[1] for k in sorted(found & told.keys())]
        draft = _Draft(number, [], [(mine, form.owner)], spots=[(form.start, form.end)])
        told[number] = draft, _of_form(scene, form, known)
        by_plain.setdefault(mine, []).append(number)
    return [draft for draft, _ in told.values()], [project for _, project in told.values()]


def _of_form(scene: Scene, form: ProjectForm, known: list[Project]) -> Project:
    """The project that a form tells of; what the text tells of it elsewhere fills in what the form leaves out."""
    return Project(
        form.name,
        tuple(sorted({n for p in known for n in (p.name, *p.aliases)} - {form.name})),
        evidence_at(scene.document, form.start, form.end),
        form.investment or next((p.investment for p in known if p.investment is not None), None),
        form.stage or next((p.stage for p in known if p.stage is not None), None),
        form.place or next((p.place for p in known if p.place is not None), None),
        form.owner or next((p.owner for p in known if p.owner is not None), None),
        None,
        0.9,
    )


def _plain(name: str) -> str:
    bare = re.sub(r"[“”‘’（）()\s—\-]", "", name)
    return re.sub(r"(?:(?:重点|重大)?(?:项目|工程|建设))+(?=(?:[一二三四五六]期)?$)", "", bare)


def _group(scene: Scene) -> list[_Draft]:
    """Mentions of one work together: same name, or one name ending or beginning with the other."""
    drafts: list[_Draft] = []
    by_form: dict[str, _Draft] = {}
    by_mark: dict[str, list[int]] = {}  # what two names of one work must share → numbers of drafts, rising
    for work in scene.works:
        forms = {_plain(f) for f in (work.name, *work.aliases)}
        forms = {f for f in forms if len(f) >= 3}
        home = next((by_form[f] for f in sorted(forms) if f in by_form), None)
        mine = _plain(work.name)
        marks = _marks(mine, work.owner)
        if home is None:
            near = sorted({number for mark in marks for number in by_mark.get(mark, ())})
            home = next((drafts[number] for number in near if _same(drafts[number], work, mine)), None)
        if home is None and drafts and _in_bracket_behind(scene, work, drafts[-1].works[-1]):
            home = drafts[-1]
        if home is None:
            home = _Draft(len(drafts), [], [])
            drafts.append(home)
        if not any(w.name == work.name for w in home.works):
            home.plain.append((mine, work.owner))
            for mark in marks:
                by_mark.setdefault(mark, []).append(home.number)
        home.works.append(work)
        for form in forms:
            by_form.setdefault(form, home)
    return drafts


def _in_bracket_behind(scene: Scene, work: Work, last: Work) -> bool:
    """X项目（Y项目）: what the bracket right behind a name holds is another name of the same work."""
    text, tokens = scene.tokens.text, scene.tokens
    between = text[tokens.ends[last.last] : tokens.starts[work.first]]
    return between == "（" and text[tokens.ends[work.last] : tokens.ends[work.last] + 1] == "）"


_TO_PHASE = re.compile(r"(?=(.{3}期))")


def _marks(plain: str, owner: str | None) -> set[str]:
    """What a name shares with any other that `_same` takes for the same work: its end, its beginning, the words to a phase.

    Four characters at the end are enough for two works of one owner.
    """
    marks = {"<" + plain[:4], ">" + plain[-5:], *_TO_PHASE.findall(plain)}
    return marks if owner is None else {*marks, f">{plain[-4:]}|{owner}"}


def _same(draft: _Draft, work: Work, mine: str) -> bool:
    """Whether one of the names ends with the other (数据流量谷), or goes on with a phase or a section only.

    `mine` is the plain name of `work`.
    """
    for theirs, owner in draft.plain:
        short, long = sorted((mine, theirs), key=len)
        same_owner = work.owner is not None and work.owner == owner
        one_owner = same_owner or work.owner is None or (owner is None and len(short) >= 6 and short == mine)
        if len(short) >= 5 - same_owner and long.endswith(short) and one_owner:
            return True
        if len(short) >= 6 and short.endswith("期") and short in long:
            return True  # 钦州电厂三期, 国投钦州电厂三期4×66万千瓦燃煤发电
        if len(short) >= 4 and long.startswith(short) and re.fullmatch(r"[一二三四]期|.{2,4}段", long[len(short) :]):
            return True
    return False


_PHASE_NAMED = re.compile(r"[一二三四五六]期")


def _of_own_phase(name: str, told: str) -> str:
    """What is told without the clauses that speak of other phases than the one in the name (三期项目: 一期、二期已投产)."""
    own = _PHASE_NAMED.search(name)
    if own is None or len(set(_PHASE_NAMED.findall(told)) - {own.group()}) == 0:
        return told
    kept, of_another = [], False
    for clause in re.split(r"(?<=[，。；])", told):
        if _PHASE_NAMED.search(clause):
            of_another = own.group() not in clause
        if not of_another:
            kept.append(clause)
        of_another = of_another and not clause.endswith(("。", "；"))  # 一期去年动工，当年投产。
    return "".join(kept)


def _stage_around(before: str, after: str, planning: bool, ceremony: Stage | None) -> Stage | None:
    """The furthest step told before and behind a name; a ceremony speaks where only steps to come are told."""
    taken, coming = steps_told(before, planning)
    intended = planning and (taken is not None or coming is not None or bool(_INTENDS.search(before)))
    taken_after, coming_after = steps_told(after, intended)
    if ceremony is not None and {taken, taken_after} <= {None, "idea"} and not _ONLY_MEANT.search(before + after):
        return ceremony
    told, told_after = taken or coming, taken_after or coming_after
    return told if told_after is None else further(told, told_after)


def _agreed(scene: Scene, start: int, before: str) -> bool:
    """某县与某公司签订协议，合作建设P: the clause before tells an agreement, and nothing more has been done."""
    text = scene.tokens.text
    low = max(start - 80, *(text.rfind(mark, max(0, start - 80), start) for mark in "。；\n"))
    earlier = text[low + 1 : start - len(before.split("，")[-1])]
    return bool(re.search(r"签订|签署|签约|签了", earlier[-40:])) and "开工" not in earlier


def _read_around(scene: Scene, draft: _Draft, work: Work, ceremony: Stage | None, headings: Headings) -> None:
    text = scene.tokens.text
    start, end = scene.span(work.first, work.last)
    draft.spots.append((start, end))
    before, after = windows(scene, work, start, end)
    after += spoken_of_again(scene, work)
    planning = headings.is_planning(start)
    # Under a heading of tasks 开工建设X is an intention; X竣工 reports all the same.
    stage = _stage_around(before, _of_own_phase(work.name, after), planning, ceremony)
    if stage is None and (
        re.search(r"(?:建设|打造|建成|启动|新建)(?:的|了)?[“]?$", before)
        or re.match(r"(?:等[^，。；]{0,14})?(?:建设|启动)", after)
    ):
        stage = "idea" if planning or re.search(r"将|要|拟|计划|积极|力争|规划", before) else "building"
        if stage == "building" and _agreed(scene, start, before):
            stage = "signed"
    if stage is None and re.search(r"建起(?:了)?[“]?$", before):
        stage = "in_production"
    if stage is None:
        stage = batch_stage(scene, start)
    if re.match(r"(?:项目)?前期(?:工作|手续)?", after):
        stage = "idea"  # 加快推进X前期工作
    batch = headings.listed_under(start)
    if batch is not None and (stage is None or ORDER.index(batch) > ORDER.index(stage)):
        stage = batch
    if stage is not None and (draft.stage is None or ORDER.index(stage) > ORDER.index(draft.stage)):
        draft.stage = stage
    if draft.investment is None and work.row is not None:
        draft.investment = _sum_of_member(text, start, end)
    if draft.investment is None and work.row is None:
        priced = re.search(r"投资[^，。；]{2,14}元(?:建设|打造|实施|新建|兴建|投建)?的$", before)
        draft.investment = (
            investment_of(sum_before(text, 0, start))
            or (investment_of(before) if priced is not None else None)
            or investment_of(after)
            or investment_of(before)
        )
    field = _FIELD_PLACE.search(after)
    if field is not None:
        draft.said_place = field.group(1)
    field = _FIELD_OWNER.search(after)
    if field is not None and draft.owner is None:
        draft.owner = scene.book.names.get(field.group(1))
    if draft.owner is None:
        draft.owner = (
            work.owner or builder(scene, end, after) or subject_firm(scene, start, before) or portrayed(scene, start)
        )


_MEMBER_PRICED = re.compile(
    r"(?<![\d.])(\d[\d.,]*(?:余|多)?[万亿]?(?:余|多)?元)(?:建设|打造|实施|新建|兴建|投建)?的[“‘]?$"
)
_PRICE_BEHIND = re.compile(
    r"[”’]?（(?:计划|概算|预计)?(?:总投资|投资)(?:额|规模)?[：约达为]*(\d[\d.,]*(?:余|多)?[万亿]?元)）"
)


def _sum_of_member(text: str, start: int, end: int) -> float | None:
    """The sum that one member of a row bears itself: 总投资6亿元的A、4.9亿元的B, A（总投资6亿元）."""
    told = _MEMBER_PRICED.search(text, max(0, start - 20), start) or _PRICE_BEHIND.match(text, end)
    return investment_of("投资" + told.group(1)) if told is not None else None


_PLACED_AFTER = re.compile(r"^[。：]?(?:[^，。；]{0,10}?(?:在|落户|落地|位于|坐落于?|选址)|（)$")


def _locate(scene: Scene, draft: _Draft) -> None:
    """The place a name holds, else the one said right behind it, else the one its clause is about."""
    text = scene.tokens.text
    for work in draft.works:
        if work.place is not None and not _of_investor(scene, work):
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


def _of_investor(scene: Scene, work: Work) -> bool:
    """佛山某电器有限公司干衣机项目 in a text on 柳州: the place before a name belongs to a firm from elsewhere."""
    region, home = work.place.region if work.place is not None else None, scene.home
    if region is None or home is None or work.owner is None:
        return False
    city = regions().city_of(home.code) or home
    near = regions().is_within(region.code, city.code) or regions().is_within(city.code, region.code)
    return not near


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
