"""Reads a few sentences as a document and gives what the extractors find."""

from __future__ import annotations

from dataclasses import dataclass

from liantu.extraction import extract
from liantu.extraction.chains import find_chains
from liantu.extraction.enterprises import find_enterprises
from liantu.extraction.events import find_events
from liantu.extraction.model import Chain, Enterprise, Event, Figure, Project, Relation
from liantu.extraction.names import find_mentions
from liantu.extraction.projects import find_projects
from liantu.extraction.relations import find_relations
from liantu.reading import read_document
from liantu.reading.model import Document


@dataclass(frozen=True)
class Found:
    document: Document
    projects: tuple[Project, ...]
    enterprises: tuple[Enterprise, ...]
    chains: tuple[Chain, ...]
    relations: tuple[Relation, ...]
    events: tuple[Event, ...]

    def project(self, name: str) -> Project:
        return next(p for p in self.projects if name in (p.name, *p.aliases))

    def triples(self) -> set[tuple[str, str, str]]:
        return {(r.head, r.relation, r.tail) for r in self.relations}


def found_in(text: str, name: str = "试.txt") -> Found:
    document = read_document(text.encode(), name)
    mentions = find_mentions(document)
    projects = find_projects(document, mentions)
    enterprises = find_enterprises(document, mentions)
    chains = find_chains(document, mentions)
    relations = find_relations(document, mentions, projects, enterprises, chains)
    return Found(document, projects, enterprises, chains, relations, find_events(document, mentions, projects))


def figures_in(text: str, name: str = "样例.txt") -> dict[str, Figure]:
    """The figures of a short text by their number, the last one where a number stands twice."""
    return {f.number: f for f in extract(read_document(text.encode(), name)).figures}
