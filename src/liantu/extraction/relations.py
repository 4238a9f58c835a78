"""Who owns, leads, makes and lies where, as the text states it."""

from __future__ import annotations

import re

from liantu.extraction.evidence import evidence_at
from liantu.extraction.model import Chain, Enterprise, Mention, Project, Relation, RelationName
from liantu.extraction.names import Scene, scene_of
from liantu.extraction.names.firms import FirmSpan
from liantu.extraction.products import product_of_project, products_said
from liantu.reading.model import Document
from liantu.vocabulary.regions import regions

_LEADER = re.compile(r"链主|龙头")
_PARTNER = re.compile(r"签订|签署|签约|战略合作|合作|共建|联合|飞地|结对|携手|协议|对接合作|通办|联手")
_PARTNER_NOT = re.compile(r"积极与|拟与|将与|加强与|深化与|寻求|洽谈|有望|力争|争取")


class _Said:
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
    del mentions
    scene = scene_of(document)
    said = _Said(document)
    named = {e.name for e in enterprises}
    for project in projects:
        _of_project(scene, said, project, named)
    spans = sorted((s for s in scene.book.spans if s.key in named), key=lambda s: s.first)
    for span in spans:
        _place_of_firm(scene, said, span)
        for product in products_said(scene, span):
            said.add(span.key, "produces", product, *scene.span(span.first, span.last))
    _leaders(scene, said, spans)
    _on_chain(scene, said, spans, projects)
    _partners(scene, said)
    del chains
    return tuple(said.found.values())


def _of_project(scene: Scene, said: _Said, project: Project, named: set[str]) -> None:
    start, end = scene.document.text.clean_span(project.evidence.start, project.evidence.end)
    if project.owner is not None and project.owner in named:
        said.add(project.owner, "owns", project.name, start, end, 0.9)
        product = product_of_project(scene, project)
        if product is not None:
            said.add(project.owner, "produces", product, start, end, 0.7)
    if project.place is not None:
        said.add(project.name, "located_in", project.place, start, end)


def _place_of_firm(scene: Scene, said: _Said, span: FirmSpan) -> None:
    """A firm lies in the county or city its name begins with, or in the zone or place the sentence puts it in."""
    start, end = scene.span(span.first, span.last)
    place = next((p for p in scene.places if p.kind == "region" and p.first == span.first), None)
    found = scene.topics.at(start)
    if (
        found is not None
        and found[2] in ("sentence", "block")
        and _LOCATING.search(scene.tokens.text[max(0, start - 30) : start])
    ):
        said.add(span.key, "located_in", found[0], start, end)
    elif (
        place is not None
        and place.region is not None
        and place.region.level in ("city", "county")
        and "公司" in span.key
    ):
        said.add(span.key, "located_in", place.key, start, end)
    elif found is not None and found[1] == "zone" and found[2] in ("sentence", "block"):
        said.add(span.key, "located_in", found[0], start, end)


_LOCATING = re.compile(r"(?:的|在|位于|落户|入驻|走进|园区内|境内|辖区|当地|本地)[^，。；]{0,4}$")


def _leaders(scene: Scene, said: _Said, spans: list[FirmSpan]) -> None:
    """X是Y产业链“链主”, 以X为“链主”的Y产业链, 龙头X."""
    text = scene.tokens.text
    for sentence in scene.document.sentences:
        said_here = text[sentence.start : sentence.end]
        if not _LEADER.search(said_here):
            continue
        firms = [s for s in spans if sentence.start <= scene.tokens.starts[s.first] < sentence.end]
        chains = [c for c in scene.chains if sentence.start <= c.start < sentence.end]
        if not firms:
            continue
        for cue in _LEADER.finditer(said_here):
            at = sentence.start + cue.start()
            near = [
                s
                for s in firms
                if abs(scene.tokens.starts[s.first] - at) <= 40 and _clause(text, scene.tokens.starts[s.first], at)
            ]
            if not near:
                continue
            chain = min(chains, key=lambda c: abs(c.start - at), default=None)
            name = chain.name if chain is not None else scene.chain_above(sentence.start)
            for span in near:
                said.add(span.key, "leads", name, sentence.start, sentence.end)


def _clause(text: str, a: int, b: int) -> bool:
    low, high = min(a, b), max(a, b)
    return not re.search(r"[。；\n]", text[low:high]) and text[low:high].count("，") <= 1


def _on_chain(scene: Scene, said: _Said, spans: list[FirmSpan], projects: tuple[Project, ...]) -> None:
    """Y产业链上的X."""
    text = scene.tokens.text
    for chain in scene.chains:
        match = re.match(r"(?:产业链|产业|专业镇)?(?:链)?上的?(?:企业)?", text[chain.end : chain.end + 12])
        if match is None or not match.group():
            continue
        at = chain.end + match.end()
        for work in scene.works:
            if scene.tokens.starts[work.first] == at:
                name = next((p.name for p in projects if work.name == p.name or work.name in p.aliases), work.name)
                said.add(name, "belongs_to", chain.name, chain.start, at)
        for span in spans:
            if scene.tokens.starts[span.first] == at and not any(w.first == span.first for w in scene.works):
                said.add(span.key, "belongs_to", chain.name, chain.start, at)


def _partners(scene: Scene, said: _Said) -> None:
    """X与Y签订合作协议; X和Y共建."""
    tokens, text = scene.tokens, scene.tokens.text
    parties = sorted(
        [
            *((*scene.span(p.first, p.last), p.key, p.kind) for p in scene.places if p.kind in ("region", "zone")),
            *((*scene.span(o.first, o.last), o.key, o.kind) for o in scene.organisations),
            *((*scene.span(s.first, s.last), s.key, "enterprise") for s in scene.book.spans),
            *(
                (*scene.span(s.at, s.at), s.key, s.kind)
                for s in scene.stands
                if s.kind in ("region", "enterprise", "zone")
            ),
        ]
    )
    for match in re.finditer(r"[与和同]", text):
        at = match.start()
        if at not in tokens.starts_set:
            continue
        clause = re.split(r"[。；\n]", text[at : at + 60])[0]
        clause = re.split(r"，", clause)[0]
        act = _PARTNER.search(clause)
        if act is None or _PARTNER_NOT.search(text[max(0, at - 2) : at + 1]):
            continue
        rights = [p for p in parties if at < p[0] < at + act.start()]
        if not rights or rights[0][0] - at > 6:
            continue
        low = max(text.rfind("。", 0, at), text.rfind("\n", 0, at), text.rfind("；", 0, at)) + 1
        lefts = [p for p in parties if low <= p[0] and p[1] <= at]
        left: str | None = None
        if lefts:
            left = lefts[-1][2]
        else:
            topic = scene.topics.at(at)
            left = topic[0] if topic is not None else None
        for right in rights:
            if left is not None and not _one_holds_other(left, right[2]):
                said.add(left, "partners_with", right[2], at, right[1])


def _one_holds_other(a: str, b: str) -> bool:
    first, second = regions().by_name(a), regions().by_name(b)
    if first is None or second is None:
        return False
    return regions().is_within(first.code, second.code) or regions().is_within(second.code, first.code)
