"""Who owns, leads, makes and lies where, as the text states it."""

from __future__ import annotations

from liantu.extraction.evidence import evidence_at
from liantu.extraction.makers import makers
from liantu.extraction.membership import leaders, members
from liantu.extraction.model import Chain, Enterprise, Mention, Project, Relation, RelationName
from liantu.extraction.names import Scene, scene_of
from liantu.extraction.owners import owners_of
from liantu.extraction.partners import find_partners
from liantu.extraction.products import products_of_project
from liantu.extraction.siting import sites_of_firms, sites_of_project
from liantu.extraction.suppliers import find_suppliers
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
    for maker, goods, start, end in makers(scene, spans, projects):
        said.add(maker, "produces", goods, start, end)
    leading: set[str] = set()
    for firm, chain, start, end, sure in leaders(scene, named):
        leading.add(firm)
        said.add(firm, "leads", chain, start, end, sure)
    called = {name: _short(p) for p in projects for name in (*p.aliases, p.name)}
    for member, chain, start, end, sure in members(scene, spans, projects, called, leading):
        said.add(member, "belongs_to", chain, start, end, sure)
    for head, tail, start, end in find_partners(scene):
        if (tail, "partners_with", head) not in said.found:
            said.add(head, "partners_with", tail, start, end)
    for supplier, relation, what, start, end in find_suppliers(scene):
        known = supplier in named and (relation == "produces" or what in named)
        if known and (what, relation, supplier) not in said.found:
            said.add(supplier, relation, what, start, end, 0.7)
    return _most_specific(said)


def _most_specific(said: Said) -> tuple[Relation, ...]:
    """Without goods that are another of the same firm's goods told shorter: 车架 beside 镁合金车架."""
    goods: dict[str, list[str]] = {}
    for head, relation, tail in said.found:
        if relation == "produces":
            goods.setdefault(head, []).append(tail)
    return tuple(
        r
        for r in said.found.values()
        if r.relation != "produces" or not any(g != r.tail and g.endswith(r.tail) for g in goods[r.head])
    )


def _of_project(scene: Scene, said: Said, project: Project, named: set[str]) -> None:
    start, end = scene.document.text.clean_span(project.evidence.start, project.evidence.end)
    owners = list(owners_of(scene, project, named))
    for owner in owners:
        name = _short(project)
        # A list of projects may tell one by its firm alone: 丰山农化、恒生中央广场等项目.
        said.add(owner, "owns", name if name != owner else name + "项目", start, end, 0.9)
    # The firm a project's name begins with makes what the name goes on to tell.
    by_name = project.owner in named and _is_named_after(scene, project)
    for product in products_of_project(scene, project) if owners else ():
        for maker in (project.owner,) if by_name else owners:
            said.add(maker, "produces", product, start, end, 0.7)
    for _, place, low, high, sure in sites_of_project(scene, project):
        said.add(_short(project), "located_in", place, low, high, sure)


def _is_named_after(scene: Scene, project: Project) -> bool:
    firm = scene.book.firms.get(project.owner or "")
    forms = (project.owner or "", *(firm.aliases if firm is not None else ()))
    return any(form and project.name.startswith(form) for form in forms)


def _short(project: Project) -> str:
    """A project's name without the full legal name of its owner, where enough remains to know it by."""
    owner = project.owner or ""
    rest = project.name.removeprefix(owner)
    return rest if owner.endswith(("公司", "集团", "厂", "股份")) and len(rest) >= 8 else project.name
