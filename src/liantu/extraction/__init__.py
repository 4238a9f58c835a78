"""Sentences to findings: figures, projects, enterprises, chains, relations, events; each with its evidence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from liantu.extraction.broken import flag_broken
from liantu.extraction.figures import Observer, find_figures
from liantu.extraction.model import Chain, Enterprise, Event, Evidence, Figure, Findings, Mention, Project, Relation
from liantu.extraction.pages import on_pages
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

READER_VERSION = "10"
"""Changes whenever the same document may give other findings; the ledger reads again what an older reader read."""

_PRODUCING = frozenset({"in_production", "at_capacity"})


# 一期投入运营、二期设备进场: the whole does not yet produce what its name promises.
_LATER_PHASE = re.compile(
    r"分[两二三四]期|[二三四]期[^。；]{0,14}(?:设备进场|进场|在建|建设|开工|启动|施工|推进|安装|调试|计划|拟|将|预计)"
)


def _still_growing(document: Document, mentions: tuple[Mention, ...]) -> set[str]:
    """Keys of the projects of which a later phase is told to be under way."""
    clean = document.text.clean
    return {
        m.key
        for m in mentions
        if m.kind == "project" and _LATER_PHASE.search(clean, m.end, m.end + 120) and "期" not in clean[m.start : m.end]
    }


def _with_own_money(projects: tuple[Project, ...], figures: tuple[Figure, ...]) -> tuple[Project, ...]:
    """The projects without an investment that is another's: the sum of a list of them, or the next project's."""
    claims = Counter(p.investment for p in projects if p.investment is not None)
    subjects: dict[float, set[str]] = {}
    for figure in figures:
        if figure.unit == "元" and figure.value in claims:
            subjects.setdefault(figure.value, set()).add(figure.subject)
    every = {name for p in projects for name in (p.name, *p.aliases)}
    totals: dict[str, set[float]] = {}
    for figure in figures:
        if (
            figure.unit == "元"
            and figure.kind == "level"
            and figure.subject in every
            and _IS_TOTAL.search(figure.indicator)
        ):
            totals.setdefault(figure.subject, set()).add(float(figure.value))
    kept = []
    for project in projects:
        told = subjects.get(project.investment, set()) if project.investment is not None else set()
        own = told & {project.name, *project.aliases, project.owner or project.name}
        stated = set().union(*(totals.get(name, set()) for name in (project.name, *project.aliases)))
        shared = project.investment is not None and claims[project.investment] > 1
        if len(stated) == 1 and (project.investment is None or (told and not own)):
            kept.append(replace(project, investment=next(iter(stated))))
        else:
            alone = told and not own and (shared or told <= every)
            kept.append(replace(project, investment=None) if alone else project)
    return tuple(kept)


# What a project costs as a whole, by the name of a figure said of it.
_IS_TOTAL = re.compile(
    r"(?<!年度)(?<!年度计划)(?<!完成)(?<!资产)(?<!到位)(?<!期)(?<!期总)(?<!研发)(?<!设备)(?<!累计)(?<!新增)(?:总投资额?|投资总额|投资额?|计划投资)$"
)


_LEGAL = re.compile(r"^.{2,30}?(?:有限(?:责任)?公司|集团公司|股份公司|集团|公司)(?=.{6,})")


def _without_owner(projects: tuple[Project, ...]) -> dict[str, str]:
    """By full name, the name of a project without the firm that owns it, where the text's names for it hold that form.

    金州大成能源有限公司年产3万吨电解液项目 is told of as 年产3万吨电解液项目; its owner is kept beside it.
    """
    short: dict[str, str] = {}
    for project in projects:
        owned = _LEGAL.match(project.name)
        rest = project.name[owned.end() :] if owned else ""
        if project.owner and rest in project.aliases:
            short[project.name] = rest
    taken = Counter(short.values())
    return {name: rest for name, rest in short.items() if taken[rest] == 1}


def extract(document: Document, observe: Observer | None = None) -> Findings:
    """Everything found in a document that has been read; `observe` sees each number's situation (for training)."""
    from liantu.extraction.chains import find_chains
    from liantu.extraction.enterprises import find_enterprises
    from liantu.extraction.events import find_events
    from liantu.extraction.names import find_mentions, scene_of
    from liantu.extraction.names.home import of_nameless_county
    from liantu.extraction.projects import find_projects
    from liantu.extraction.relations import find_relations

    mentions = find_mentions(document)
    projects = find_projects(document, mentions)
    enterprises = find_enterprises(document, mentions)
    chains = find_chains(document, mentions)
    scene = scene_of(document)
    default = scene.home.name if scene.home else "" if of_nameless_county(document, scene.places) else None
    seat = (scene.seat.key, scene.seat.kind) if scene.seat is not None else None
    growing = _still_growing(document, mentions)
    producing = {
        name: p.stage in _PRODUCING and not growing & {p.name, *p.aliases}
        for p in projects
        if p.stage
        for name in (p.name, *p.aliases)
    }
    figures = find_figures(document, mentions, default, producing, observe, seat)
    figures = flag_broken(document, figures)
    projects = _with_own_money(projects, figures)
    short = _without_owner(projects)
    figures = tuple(replace(f, subject=short[f.subject]) if f.subject in short else f for f in figures)
    relations = tuple(
        replace(r, head=short.get(r.head, r.head), tail=short.get(r.tail, r.tail))
        for r in find_relations(document, mentions, projects, enterprises, chains)
    )
    found = Findings(
        source=document.source,
        title=document.title,
        publisher=document.publisher,
        published=document.published.isoformat() if document.published else None,
        figures=figures,
        projects=projects,
        enterprises=enterprises,
        chains=chains,
        relations=relations,
        events=find_events(document, mentions, projects),
        mentions=mentions,
    )
    return on_pages(document, found)
