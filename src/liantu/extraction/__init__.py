"""Sentences to findings: figures, projects, enterprises, chains, relations, events; each with its evidence."""

from __future__ import annotations

from liantu.extraction.figures import find_figures
from liantu.extraction.model import Chain, Enterprise, Event, Evidence, Figure, Findings, Mention, Project, Relation
from liantu.reading.model import Document

__all__ = [
    "READER_VERSION",
    "Chain",
    "Enterprise",
    "Event",
    "Evidence",
    "Figure",
    "Findings",
    "Mention",
    "Project",
    "Relation",
    "extract",
]

READER_VERSION = "1"
"""Changes whenever the same document may give other findings; the ledger reads again what an older reader read."""

_PRODUCING = frozenset({"in_production", "at_capacity"})
_NOT_YET = frozenset({"idea", "signed", "approved", "started", "building"})


def extract(document: Document) -> Findings:
    """Everything found in a document that has been read."""
    from liantu.extraction.chains import find_chains
    from liantu.extraction.enterprises import find_enterprises
    from liantu.extraction.events import find_events
    from liantu.extraction.names import find_mentions, scene_of
    from liantu.extraction.projects import find_projects
    from liantu.extraction.relations import find_relations

    mentions = find_mentions(document)
    projects = find_projects(document, mentions)
    enterprises = find_enterprises(document, mentions)
    chains = find_chains(document, mentions)
    home = scene_of(document).home
    producing = {name: p.stage in _PRODUCING for p in projects if p.stage for name in (p.name, *p.aliases)}
    return Findings(
        source=document.source,
        title=document.title,
        publisher=document.publisher,
        published=document.published.isoformat() if document.published else None,
        figures=find_figures(document, mentions, home.name if home else None, producing),
        projects=projects,
        enterprises=enterprises,
        chains=chains,
        relations=find_relations(document, mentions, projects, enterprises, chains),
        events=find_events(document, mentions),
        mentions=mentions,
    )
