"""Where lists can be filled from: enterprises and projects of the ledger, problems and factors that officials keep, zones of the
gazetteer, and segments of a chain on which nobody is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from liantu.ledger.lists.cells import cell_words
from liantu.ledger.models import (
    ChainList,
    EnterpriseView,
    Entity,
    FactorNeed,
    Profile,
    ProjectProblem,
    ProjectView,
    Statement,
)
from liantu.ledger.outlines.keeping import chain_outline, former_names
from liantu.ledger.outlines.members import on_segments
from liantu.ledger.rights.filters import Columns, region_rows
from liantu.ledger.standing import batches, recency
from liantu.resolution.uscc import is_uscc
from liantu.vocabulary import regions
from liantu.vocabulary.zones import zones

MOST = 2_000  # found for one list at most
NAMED = 3
VIEW = Columns("region_code", "city_code")
ZONE_LEVELS = {"national": "国家级", "provincial": "省级"}
PROBLEM_STATES = {"open": "in_progress", "solved": "verifying", "closed": "closed"}


@dataclass(frozen=True, slots=True)
class Found:
    """Something that belongs on a list: its cells, the reason, its evidence. `moving`: cells that follow the ledger later."""

    cells: Mapping[str, Any]
    reason: str
    entity: int | None = None
    statement: str = ""
    moving: frozenset[str] = field(default_factory=frozenset)
    is_thing: bool = False  # the row is about the entity itself


def _place_q(chain_list: ChainList) -> Q:
    return region_rows(chain_list.region_code, VIEW) if chain_list.region_code else Q()


def enterprises(chain_list: ChainList) -> Iterator[Found]:
    """Enterprises of the list's place and chain, of the role it takes."""
    where = _place_q(chain_list)
    if chain_list.chain:
        where &= Q(chains__contains=f"|{chain_list.chain}|")
    if chain_list.fill_role:
        where &= Q(role=chain_list.fill_role)
    rows = list(EnterpriseView.objects.filter(where).order_by("name", "entity")[:MOST])
    said, known = _newest([row.pk for row in rows], "enterprise"), Entity.objects.in_bulk([row.pk for row in rows])
    for row in rows:
        code = str((known[row.pk].context or {}).get("uscc") or "") if row.pk in known else ""
        cells = {
            "name": row.name,
            "uscc": code if is_uscc(code) else "",
            "enterprise_role": row.role,
            "region": row.region_code or row.city_code,
        }
        role = cell_words("enterprise", "enterprise_role", row.role)
        what = "、".join(part for part in (role, *row.chain_names[:NAMED]) if part)
        reason = _("台账中的企业（%(what)s），%(n)s 个来源") % {"what": what or _("未注明角色"), "n": row.n_sources}
        yield Found(
            _filled(cells), reason, row.pk, said.get(row.pk, ""), frozenset({"uscc", "enterprise_role", "region"}), True
        )


def projects(chain_list: ChainList) -> Iterator[Found]:
    """Projects of the list's place and chain."""
    rows = list(_projects_of(chain_list).order_by("-investment", "entity")[:MOST])
    said, known = _newest([row.pk for row in rows], "project"), Entity.objects.in_bulk([row.pk for row in rows])
    for row in rows:
        cells = {
            "name": row.name,
            "project_code": str((known[row.pk].context or {}).get("project_code") or "") if row.pk in known else "",
            "stage": row.stage,
            "owner": row.owner,
            "region": row.region_code or row.city_code,
            "zone": row.place,
            "chain": row.chain_name,
            "total_investment": row.investment,
        }
        stage = cell_words("project", "stage", row.stage)
        reason = _("台账中的项目（%(what)s），%(n)s 个来源") % {"what": stage or _("阶段不明"), "n": row.n_sources}
        yield Found(
            _filled(cells), reason, row.pk, said.get(row.pk, ""),
            frozenset({"project_code", "stage", "owner", "region", "total_investment", "chain"}), True,
        )  # fmt: skip


def _projects_of(chain_list: ChainList) -> QuerySet[ProjectView]:
    where = _place_q(chain_list)
    if chain_list.chain:
        where &= Q(chain_name=chain_list.chain)
    return ProjectView.objects.filter(where)


R = TypeVar("R", ProjectProblem, FactorNeed)


def _with_projects(chain_list: ChainList, rows: QuerySet[R]) -> Iterator[tuple[R, ProjectView]]:
    """Records of the projects of the list's place and chain, the most urgent first, each with its project."""
    here = _projects_of(chain_list)
    kept = rows.filter(removed_at=None, project__canonical__in=here.order_by().values("pk")).select_related("project")
    kept_now = list(kept.order_by("due", "pk")[:MOST])
    views: dict[int, ProjectView] = {}
    for part in batches({row.project.canonical_id or row.project_id for row in kept_now}):
        views |= here.in_bulk(part)
    for row in kept_now:
        yield row, views[row.project.canonical_id or row.project_id]


def project_problems(chain_list: ChainList) -> Iterator[Found]:
    """Problems that officials keep of the projects of the list's place and chain, until they are closed."""
    for row, project in _with_projects(chain_list, ProjectProblem.objects.filter(verified_on=None)):
        cells = {
            "description": row.text,
            "affected": project.name,
            "problem_kind": row.blocker,
            "level": row.level,
            "lead": row.owner,
            "raised_on": row.raised_on.isoformat() if row.raised_on else "",
            "due": row.due.isoformat() if row.due else "",
            "result": row.solution,
            "problem_status": PROBLEM_STATES[row.state],
        }
        moving = frozenset({"problem_kind", "level", "lead", "due", "result", "problem_status"})
        yield Found(_filled(cells), _("项目台账里登记的问题，还没有销号"), row.project.canonical_id, "", moving)


def factor_needs(chain_list: ChainList) -> Iterator[Found]:
    """Factors that projects of the list's place and chain still need."""
    for row, project in _with_projects(chain_list, FactorNeed.objects.filter(met_on=None)):
        gap = row.needed - row.met if row.needed is not None and row.met is not None else None

        def amount(value: Any, unit: str = row.unit) -> str:
            return "" if value is None else f"{value.normalize():f}{unit}"

        cells = {
            "factor": row.factor,
            "subject": project.name,
            "need": amount(row.needed),
            "status": amount(row.met),
            "gap": amount(gap),
            "advice": row.note,
            "owner_unit": row.owner,
        }
        yield Found(
            _filled(cells), _("项目台账里登记的要素需求，还没有保障到位"), row.project.canonical_id, "",
            frozenset({"need", "status", "gap", "owner_unit"}),
        )  # fmt: skip


def zones_of(chain_list: ChainList) -> Iterator[Found]:
    """Development zones of the gazetteer in the list's place."""
    gazetteer = regions()
    for zone in zones():
        if chain_list.region_code and not gazetteer.is_within(zone.region, chain_list.region_code):
            continue
        cells = {"name": zone.name, "level": ZONE_LEVELS.get(zone.level, ""), "region": zone.region}
        yield Found(
            _filled(cells), _("开发区名录：%(source)s") % {"source": zone.source}, None, "", frozenset({"level"})
        )


def chain_gaps(chain_list: ChainList) -> Iterator[Found]:
    """Segments of the chain's outline on which nobody of the list's place is known: no proof that it is missing, a question."""
    if not chain_list.chain:
        return
    paths = chain_outline(chain_list.chain)
    parents = {path[:-1] for path in paths}
    leaves = dict.fromkeys(path[-1] for path in paths if len(path) > 1 and path not in parents)
    former = former_names(chain_list.chain)
    now = {word: name for name, earlier in former.items() if name in leaves for word in earlier}
    here: dict[str, set[str]] = {}
    elsewhere: dict[str, set[str]] = {}
    told = list(on_segments(leaves.keys() | now.keys(), "subject__canonical_id", "subject_name"))
    inside = _inside({entity for _s, entity, _n in told if entity is not None}, chain_list.region_code)
    for segment, entity, name in told:
        side = here if not chain_list.region_code or entity in inside else elsewhere
        side.setdefault(now.get(segment, segment), set()).add(name)
    for segment in leaves:
        if segment in here:
            continue
        away = sorted(elsewhere.get(segment, ()))
        reason = _("“%(chain)s”图谱的这个环节，台账里本地还没有企业或项目；没有人说过不等于没有，请核实") % {
            "chain": chain_list.chain
        }
        if away:
            reason += "；" + _("外地有 %(n)s 家，如 %(names)s") % {"n": len(away), "names": "、".join(away[:NAMED])}
        yield Found({"gap_segment": segment, "reason": reason}, reason)


def _inside(things: set[int], region: str) -> set[int]:
    if not region:
        return things
    found: set[int] = set()
    for part in batches(sorted(things)):
        rows = Profile.objects.filter(region_rows(region, VIEW), pk__in=part)
        found |= set(rows.values_list("pk", flat=True))
    return found


def _newest(things: list[int], kind: str) -> dict[int, str]:
    """The newest statement that names each thing as one of its kind."""
    found: dict[int, tuple[int, str]] = {}
    for part in batches(things):
        rows = Statement.objects.filter(kind=kind, subject__canonical_id__in=part, retired=False)
        for pk, thing, published in rows.values_list("pk", "subject__canonical_id", "source__published"):
            assert thing is not None
            found[thing] = max(found.get(thing, (-1, "")), (recency(published), pk))
    return {thing: pk for thing, (_day, pk) in found.items()}


def _filled(cells: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in cells.items() if value not in (None, "")}


SOURCES: Mapping[str, Callable[[ChainList], Iterator[Found]]] = {
    "enterprises": enterprises,
    "projects": projects,
    "project_problems": project_problems,
    "factor_needs": factor_needs,
    "zones": zones_of,
    "chain_gaps": chain_gaps,
}


def found_for(chain_list: ChainList) -> tuple[list[Found], bool]:
    """What belongs on a list, as far as its kind is filled from the ledger, and whether that is all or there may be more."""
    source = SOURCES.get(chain_list.kind.fills_from)
    found = list(source(chain_list)) if source is not None else []
    return found, source is not None and len(found) < MOST
