"""Who owns, leads, makes and lies where, as the text states it."""

from __future__ import annotations

import re
from bisect import bisect_right

from liantu.extraction.evidence import evidence_at
from liantu.extraction.model import Chain, Enterprise, Mention, Project, Relation, RelationName
from liantu.extraction.names import Scene, scene_of
from liantu.extraction.names.firm_book import FirmSpan
from liantu.extraction.partners import find_partners
from liantu.extraction.products import product_held, product_of_project, products_in
from liantu.extraction.siting import sites_of_firms, sites_of_project
from liantu.reading.model import Document

_LEADER = re.compile(r"链主|龙头(?!产业)")


class Said:
    """Collects relations, each once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: dict[tuple[str, RelationName, str], Relation] = {}

    def add(
        self, head: str | None, relation: RelationName, tail: str | None, start: int, end: int, sure: float = 0.8
    ) -> None:
        if head and tail and head != tail:
            self.found.setdefault(
                (head, relation, tail), Relation(head, relation, tail, evidence_at(self.document, start, end), sure)
            )


def find_relations(
    document: Document,
    mentions: tuple[Mention, ...],
    projects: tuple[Project, ...],
    enterprises: tuple[Enterprise, ...],
    chains: tuple[Chain, ...],
) -> tuple[Relation, ...]:
    """Relations the text states; names as in `projects`, `enterprises` and `chains`."""
    del mentions, chains
    scene = scene_of(document)
    said = Said(document)
    named = {e.name for e in enterprises}
    spans = sorted((s for s in scene.book.spans if s.key in named), key=lambda s: s.first)
    for project in projects:
        _of_project(scene, said, project, named)
    for firm, place, start, end, sure in sites_of_firms(scene, spans):
        said.add(firm, "located_in", place, start, end, sure)
    _makers(scene, said, spans, projects)
    _leaders(scene, said, named)
    _on_chain(scene, said, spans, projects)
    _under_heading(scene, said, projects)
    for head, tail, start, end in find_partners(scene):
        said.add(head, "partners_with", tail, start, end)
    return tuple(said.found.values())


def _of_project(scene: Scene, said: Said, project: Project, named: set[str]) -> None:
    start, end = scene.document.text.clean_span(project.evidence.start, project.evidence.end)
    if project.owner is not None and project.owner in named:
        said.add(project.owner, "owns", _short(project), start, end, 0.9)
        product = product_of_project(scene, project)
        if product is not None:
            said.add(project.owner, "produces", product, start, end, 0.7)
    for _, place, low, high, sure in sites_of_project(scene, project):
        said.add(_short(project), "located_in", place, low, high, sure)


def _short(project: Project) -> str:
    """A project's name without the full legal name of its owner, where enough remains to know it by."""
    owner = project.owner or ""
    rest = project.name.removeprefix(owner)
    return rest if owner.endswith(("公司", "集团", "厂", "股份")) and len(rest) >= 8 else project.name


def _makers(scene: Scene, said: Said, spans: list[FirmSpan], projects: tuple[Project, ...]) -> None:
    """X生产Y, X…年产N吨Y: the goods go to the firm that the clause is about, or to the owner of the work it is about."""
    text, starts, ends = scene.tokens.text, scene.tokens.starts, scene.tokens.ends
    owner_of: dict[str, str] = {}
    for project in projects:
        if project.owner is not None:
            for name in (project.name, *project.aliases):
                owner_of.setdefault(name, project.owner)
    subjects: list[tuple[int, int, str]] = [(starts[s.first], ends[s.last], s.key) for s in spans]
    subjects += [(starts[s.at], ends[s.at], s.key) for s in scene.stands if s.kind == "enterprise"]
    for work in scene.works:
        owner = owner_of.get(work.name)
        if owner is not None:
            subjects.append((starts[work.first], ends[work.last], owner))
    for stand in scene.stands:
        if stand.kind == "project" and stand.key in owner_of:
            subjects.append((starts[stand.at], ends[stand.at], owner_of[stand.key]))
    subjects.sort()
    at_starts = [s[0] for s in subjects]
    for number, (start, end, key) in enumerate(subjects):
        if re.search(r"(?:与|和|为|向|给|对|同)$", text[max(0, start - 1) : start]):
            continue
        following = at_starts[number + 1] if number + 1 < len(subjects) else len(text)
        stop = re.search(r"[。\n]", text[end : end + 160])
        limit = min(following, end + (stop.start() if stop else 160))
        if limit <= end:
            continue
        stretch = text[end:limit]
        place = next((a for a in scene.topics.between(end, limit) if a.opens and text[a.start - 1] != "在"), None)
        if place is not None:
            stretch = text[end : place.start]
        for goods in products_in(stretch):
            said.add(key, "produces", goods, start, limit)
        held = product_held(stretch)
        if held is not None:
            said.add(key, "produces", held, start, limit)


def _industry_before(scene: Scene, offset: int) -> str | None:
    """The industry whose 链主 or 龙头 is spoken of: the industry words right before the cue."""
    tokens, k = scene.tokens, scene.tokens.at(offset) - 1
    while k >= 0 and tokens.words[k] in _BEFORE_CUE:
        k -= 1
    last = k
    while k >= 0 and (tokens.words[k] in scene.lex.industries or tokens.words[k] in ("（", "）", "甲醇")):
        k -= 1
    return tokens.text[tokens.starts[k + 1] : tokens.ends[last]] if k < last else None


_BEFORE_CUE = frozenset(
    {"“", "”", "产业链", "产业", "的", "省级", "市级", "国家级", "全链", "行业", "企业", "重点", "链", "条"}
)


def _leaders(scene: Scene, said: Said, named: set[str]) -> None:
    """X是Y产业链“链主”, 以X为“链主”的Y产业链, Y产业链“链主”X."""
    text, starts = scene.tokens.text, scene.tokens.starts
    for cue in _LEADER.finditer(text):
        at = cue.start()
        sentence = scene.document.sentences[scene.topics.sentence_at(at)]
        if not sentence.start <= at < sentence.end or re.match(r"企业?项目|企业等", text[cue.end() : cue.end() + 4]):
            continue
        near = [
            s
            for s in scene.firm_spans_between(sentence.start, sentence.end)
            if s.key in named
            and abs(starts[s.first] - at) <= 44
            and not re.search(r"[。；，]", text[min(starts[s.first], at) : max(starts[s.first], at)])
        ]
        stands = scene.stands_between("enterprise", sentence.start, at)
        keys = [s.key for s in near] or [s.key for s in stands[-1:]]
        if not keys or (not near and cue.group() == "龙头"):
            continue
        name = _industry_before(scene, at)
        if name is None:
            inside = scene.chains_between(sentence.start, sentence.end)
            follow = [c for c in inside if 0 <= c.start - at <= 14]
            name = follow[0].name if follow else inside[0].name if inside else None
        if name is None and cue.group() == "链主":
            name = scene.chain_above(sentence.start)
        for key in keys:
            said.add(key, "leads", name, sentence.start, sentence.end)


def _on_chain(scene: Scene, said: Said, spans: list[FirmSpan], projects: tuple[Project, ...]) -> None:
    """Y产业链上的X; a sentence or an item that opens with an industry tells of its firms."""
    text, starts = scene.tokens.text, scene.tokens.starts
    document = scene.document
    span_starts = [starts[s.first] for s in spans]
    called = {name: _short(p) for p in projects for name in (*p.aliases, p.name)}
    for chain in scene.chains:
        match = re.match(r"(?:产业链|产业|专业镇)?(?:链)?上的?(?:企业)?", text[chain.end : chain.end + 12])
        if match is not None and match.group():
            at = chain.end + match.end()
            work = next(iter(scene.works_between(at, at + 1)), None)
            if work is not None:
                name = called.get(work.name, work.name)
                said.add(name, "belongs_to", chain.name, chain.start, at)
                continue
            for span in scene.firm_spans_between(at, at + 1):
                said.add(span.key, "belongs_to", chain.name, chain.start, at)
        sentence = document.sentences[scene.topics.sentence_at(chain.start)] if document.sentences else None
        if sentence is None or not _OPENS_ITEM.match(text[sentence.start : chain.start]):
            continue
        k = bisect_right(span_starts, chain.end)
        for span in spans[k:]:
            if starts[span.first] >= sentence.end:
                break
            if not scene.chains_between(chain.start + 1, starts[span.first]):
                said.add(span.key, "belongs_to", chain.name, chain.start, scene.tokens.ends[span.last], 0.6)


def _under_heading(scene: Scene, said: Said, projects: tuple[Project, ...]) -> None:
    """Projects of a text, or of a section, whose title names one chain belong to it."""
    document = scene.document
    text = scene.tokens.text
    title = [c for b in document.blocks if b.kind == "title" for c in scene.chains_between(b.start, b.end)]
    title = [
        c for c in title if re.search(r"链", text[c.start : c.end + 3])
    ]  # a text on 钛产业链, not on an industry at large
    of_title = title[0].name if title and len({c.name for c in title}) == 1 else None
    for project in projects:
        start, end = document.text.clean_span(project.evidence.start, project.evidence.end)
        at = scene.topics.block_at(start)
        heading = scene.topics.heading_of(at)
        inside = scene.chains_between(heading.start, heading.end) if heading is not None else []
        name = inside[0].name if len({c.name for c in inside}) == 1 else of_title
        said.add(_short(project), "belongs_to", name, start, end, 0.6)


_OPENS_ITEM = re.compile(r"^[\s“—■◎·（）()【】\d.、一二三四五六七八九十是]*(?:[^，。；、]{0,6}的?)?$")
