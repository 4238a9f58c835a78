"""Who owns, leads, makes and lies where, as the text states it."""

from __future__ import annotations

import re

from liantu.extraction.evidence import evidence_at
from liantu.extraction.membership import leaders, members
from liantu.extraction.model import Chain, Enterprise, Mention, Project, Relation, RelationName
from liantu.extraction.names import Scene, scene_of
from liantu.extraction.names.firm_book import FirmSpan
from liantu.extraction.partners import find_partners
from liantu.extraction.products import product_held, product_of_project, products_in
from liantu.extraction.siting import sites_of_firms, sites_of_project
from liantu.reading.model import Document


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
    leading: set[str] = set()
    for firm, chain, start, end, sure in leaders(scene, named):
        leading.add(firm)
        said.add(firm, "leads", chain, start, end, sure)
    called = {name: _short(p) for p in projects for name in (*p.aliases, p.name)}
    for member, chain, start, end, sure in members(scene, spans, projects, called, leading):
        said.add(member, "belongs_to", chain, start, end, sure)
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
