"""A scope as a filter on each model: the one place that says which columns of a table a right looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from liantu.ledger import models as tables
from liantu.ledger.models.records import PAGED, GradedRecord, WorkRecord
from liantu.ledger.rights.scopes import Cell, Scope
from liantu.ledger.search.groups import span_of
from liantu.vocabulary.access import highest_level
from liantu.vocabulary.regions import regions

M = TypeVar("M", bound=models.Model)
Rule = Callable[[Scope], Q]
NOBODY = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table says what its rows concern. An empty name: it has no such column."""

    region: str = ""
    city: str = ""
    chain: str = ""
    chains: str = ""  # several between bars
    level: str = ""

    def under(self, path: str) -> Columns:
        """The same columns, reached through a relation."""
        names = (getattr(self, name) for name in ("region", "city", "chain", "chains", "level"))
        return Columns(*(f"{path}__{name}" if name else "" for name in names))


VIEW = Columns("region_code", "city_code", "chain_name", "", "level")
PROFILE = VIEW
SOURCE = Columns("region_code", "", "", "", "level")


def region_rows(code: str, columns: Columns) -> Q:
    """Rows at the region `code` or below it; a group stands for its members. Ranges walk an index on both engines."""
    region, city = columns.region, columns.city
    gazetteer = regions()
    if code in gazetteer and gazetteer.by_code(code).is_group:
        found = Q(**{region: code})
        cities = [m for m in gazetteer.by_code(code).members if m.endswith("00") and not m.endswith("0000")]
        if city and cities:
            found |= Q(**{f"{city}__in": cities})
        for member in gazetteer.by_code(code).members:
            if not city or member not in cities:
                found |= region_rows(member, columns)
        return found
    if not code.isdigit() or len(code) != 6:
        return Q(**{region: code})
    if code.endswith("0000"):
        return Q(**{f"{region}__gte": code, f"{region}__lt": f"{int(code[:2]) + 1:02d}0000"})
    if code.endswith("00"):
        if city:
            return Q(**{city: code})
        return Q(**{f"{region}__gte": code, f"{region}__lt": f"{int(code[:4]) + 1:04d}00"})
    return Q(**{region: code})


def region_test(code: str) -> Callable[[str, str], bool]:
    """Whether a row of a prefecture and a region is one of `region_rows(code, VIEW)`."""
    gazetteer = regions()
    if code in gazetteer and gazetteer.by_code(code).is_group:
        members = [region_test(member) for member in gazetteer.by_code(code).members]
        return lambda city, region: region == code or any(member(city, region) for member in members)
    if code.isdigit() and len(code) == 6 and code.endswith("0000"):
        after = f"{int(code[:2]) + 1:02d}0000"
        return lambda city, region: code <= region < after
    if code.isdigit() and len(code) == 6 and code.endswith("00"):
        return lambda city, region: city == code
    return lambda city, region: region == code


def cell_test(cell: Cell) -> Callable[[str, str, str, int], bool]:
    """Whether a cell opens rows of a prefecture, a region, a chain and a level: `cell_q` for rows counted in groups."""
    inside = region_test(cell.region) if cell.region else None

    def is_open(city: str, region: str, chain: str, level: int) -> bool:
        return (
            (inside is None or inside(city, region))
            and (cell.chains is None or chain in cell.chains)
            and (cell.level >= highest_level() or level <= cell.level)
        )

    return is_open


def cell_q(cell: Cell, columns: Columns) -> Q:
    """Rows that a cell opens in a table with these columns."""
    found = Q()
    if cell.region:
        found &= region_rows(cell.region, columns) if columns.region else NOBODY
    if cell.chains is not None:
        if columns.chain:
            found &= Q(**{f"{columns.chain}__in": list(cell.chains)})
        elif columns.chains:
            found &= reduce(or_, (Q(**{f"{columns.chains}__contains": f"|{name}|"}) for name in cell.chains))
        else:
            found &= NOBODY
    if columns.level and cell.level < highest_level():
        found &= Q(**{f"{columns.level}__lte": cell.level})
    return found


def any_of(filters: list[Q]) -> Q:
    """Rows that one of the filters lets through; none without a filter."""
    return reduce(or_, filters) if filters else NOBODY


def by(columns: Columns) -> Rule:
    """The rule of a table that says itself what its rows concern."""
    return lambda scope: any_of([cell_q(cell, columns) for cell in scope.cells])


def through(path: str, model: type[models.Model]) -> Rule:
    """The rule of a table whose rows are as open as the row of another table that they belong to."""

    def rule(scope: Scope) -> Q:
        other = model._base_manager.filter(rule_of(model)(scope), pk=OuterRef(f"{path}_id")).order_by()
        return Q(Exists(other))

    return rule


def both(path: str, other: str, model: type[models.Model]) -> Rule:
    """The rule of a table that lays two rows of another side by side: both must be open."""
    return lambda scope: through(path, model)(scope) & through(other, model)(scope)


def open_to_readers(scope: Scope) -> Q:
    """Words and settings of the whole installation: whoever may read anything may read them."""
    return Q() if scope.cells else NOBODY


def own(column: str) -> Rule:
    """Rows of a person's own doing: the person's, and nobody else's who does not see everything."""
    return lambda scope: Q(**{column: scope.username}) if scope.username and scope.cells else NOBODY


def _sources(scope: Scope) -> Q:
    """Documents: of the region, or of the reader's own office; a grant for some chains alone opens no whole document."""
    whole = [cell for cell in scope.cells if cell.chains is None]
    found = [cell_q(cell, SOURCE) for cell in whole]
    if scope.office is not None and scope.cells:
        found.append(Q(office_id=scope.office, level__lte=max(cell.level for cell in scope.cells)))
    return any_of(found)


def _entities(scope: Scope) -> Q:
    """Things: as their profile under the name that counts."""
    profile = tables.Profile._base_manager.filter(by(PROFILE)(scope), pk=OuterRef("canonical_id")).order_by()
    return Q(Exists(profile))


def _names(scope: Scope) -> Q:
    """Names of things: as the thing, and none that only a document of a higher level says."""
    most = max((cell.level for cell in scope.cells), default=-1)
    source = tables.Source._base_manager.filter(pk=OuterRef("source_id"), level__lte=most).order_by()
    return through("entity", tables.Entity)(scope) & (Q(source=None) | Q(Exists(source)))


def _statements(scope: Scope) -> Q:
    """Statements: of a figure that is open, of a thing that is, or of a document that may be read whole; and never above the
    level of the source."""
    found = []
    for cell in scope.cells:
        one = Scope((cell,))
        figure = tables.FigureView._base_manager.filter(cell_q(cell, VIEW), pk=OuterRef("pk")).order_by()
        thing = tables.Profile._base_manager.filter(
            cell_q(cell, PROFILE), pk=OuterRef("subject__canonical_id")
        ).order_by()
        source = tables.Source._base_manager.filter(level__lte=cell.level, pk=OuterRef("source_id")).order_by()
        open_source = Q(Exists(source))
        about = Q(Exists(figure)) | Q(Exists(thing))
        if cell.region or cell.chains is not None:
            whole = tables.Source._base_manager.filter(_sources(one), pk=OuterRef("source_id")).order_by()
            open_source &= about | Q(Exists(whole))
        # What a person wrote has no source: it is as open as the thing it is about.
        found.append(open_source | (Q(source=None) & about))
    if scope.office is not None and scope.cells:
        most = max(cell.level for cell in scope.cells)
        found.append(Q(source__office_id=scope.office, source__level__lte=most))
    return any_of(found)


def _memberships(scope: Scope) -> Q:
    return any_of([cell_q(cell, VIEW) for cell in scope.cells])


def _work_changes(scope: Scope) -> Q:
    """Changes follow what they changed: a project, a campaign, or the place that was noted with the change."""
    found = through("project", tables.Entity)(scope)
    campaign = tables.BatchEvent._base_manager.filter(rule_of(tables.BatchEvent)(scope), pk=OuterRef("campaign"))
    found |= Q(project=None) & Q(Exists(campaign.order_by()))
    for kind, model in _ROOTS.items():
        root = model._base_manager.filter(rule_of(model)(scope), pk=OuterRef("root_id")).order_by()
        found |= Q(root_kind=kind) & Q(Exists(root))
    for kind, model in OF_ALONE.items():
        row = model._base_manager.filter(rule_of(model)(scope), pk=OuterRef("row")).order_by()
        found |= Q(kind=kind) & Q(Exists(row))
    return found | (Q(project=None, campaign=None) & Q(kind__in=["bucket", "outline", "rung", "dayoff", "alert_rule"]))


_ROOTS: dict[str, type[models.Model]] = {
    "entity": tables.Entity,  # what an office knows of a thing is shown on its page
    **{kind: model for model in tables.WORK_ROOTS if (kind := PAGED.get(model.__name__))},
}


def _owed(scope: Scope) -> Q:
    """Tasks, orders and duties: of one's region and chain, and those that one answers for, up to the highest level one may see."""
    here = by(Columns("region_code", "", "chain", "", "secrecy"))(scope)
    if not scope.cells or not scope.username:
        return here
    people = tables.PersonAccount._base_manager.filter(account=scope.username, removed_at=None)
    most = max(cell.level for cell in scope.cells)
    return here | Q(owner_id__in=people.values("person_id"), secrecy__lte=most)


def _searched(scope: Scope) -> Q:
    """What can be searched is as open as what it leads to."""
    low, _ = span_of("sentence")
    _, high = span_of("sentence")
    statement = tables.Statement._base_manager.filter(_statements(scope)).order_by()
    here = statement.filter(source=OuterRef("source"), evidence_start=OuterRef("place"))
    lost = statement.filter(pk=OuterRef("ref"))
    source = tables.Source._base_manager.filter(_sources(scope), pk=OuterRef("source")).order_by()
    named = tables.OfficialAssignment._base_manager.filter(
        rule_of(tables.OfficialAssignment)(scope), name=OuterRef("ref"), removed_at=None
    )
    listed = tables.Person._base_manager.filter(rule_of(tables.Person)(scope), name=OuterRef("ref"), removed_at=None)
    chain = any_of([Q() if cell.chains is None else Q(chain_name__in=list(cell.chains)) for cell in scope.cells])
    return (
        (Q(pk__lt=low) & ~Q(kind__in=["person", "segment"]) & by(VIEW)(scope))
        | (Q(kind="person") & (Q(Exists(named.order_by())) | Q(Exists(listed.order_by()))))
        | (Q(kind="segment") & chain)
        | (Q(kind="sentence") & (Q(place__isnull=False) & Q(Exists(here)) | Q(place=None) & Q(Exists(lost))))
        | (Q(pk__gte=high) & Q(Exists(source)))
    )


OF_ALONE: dict[str, type[WorkRecord]] = {"kit": tables.InstalledKit, "ownkit": tables.OwnKit}
"""Kinds of records without a root whose changes are as open as the record itself."""


def _bulletins(scope: Scope) -> Q:
    """Published bulletins go to all who may read; drafts are of those whose region they are about."""
    return open_to_readers(scope) & Q(state="published") | by(Columns("region_code", "", "chain"))(scope)


def _standings(scope: Scope) -> Q:
    return through("entity", tables.Entity)(scope)


RULES: dict[type[models.Model], Rule] = {
    tables.FigureView: by(VIEW),
    tables.Fact: by(VIEW),
    tables.ProjectView: by(VIEW),
    tables.EnterpriseView: by(Columns("region_code", "city_code", "", "chains", "level")),
    tables.ChainView: by(Columns("region_code", "city_code", "name", "", "level")),
    tables.Membership: _memberships,
    tables.Profile: by(PROFILE),
    tables.PhraseView: by(Columns("region_code", "city_code", "", "", "level")),
    tables.Pair: both("left", "right", tables.FigureView),
    tables.Source: _sources,
    tables.SourceText: through("source", tables.Source),
    tables.SourcePath: through("source", tables.Source),
    tables.Check: through("source", tables.Source),
    tables.CheckWord: through("source", tables.Source),
    tables.Copy: both("source", "original", tables.Source),
    tables.CopyWord: through("source", tables.Source),
    tables.Proposal: through("source", tables.Source),
    tables.Statement: _statements,
    tables.Entity: _entities,
    tables.EntityName: _names,
    tables.Judgement: both("left", "right", tables.Entity),
    tables.Pairing: both("left", "right", tables.Statement),
    tables.Review: through("statement", tables.Statement),
    tables.SearchEntry: _searched,
    tables.ProjectStanding: _standings,
    tables.RegistryMatch: _standings,
    tables.WorkChange: _work_changes,
    tables.StageBucket: open_to_readers,
    tables.Bulletin: _bulletins,
    tables.BulletinFigure: through("bulletin", tables.Bulletin),
    tables.BulletinEvent: through("bulletin", tables.Bulletin),
    tables.Alert: by(Columns("region_code", "city_code", "chain", "", "secrecy")),
    tables.AlertEvent: through("alert", tables.Alert),
    tables.AlertRun: open_to_readers,
    tables.OwnAlertRule: open_to_readers,
    tables.OfficeRules: open_to_readers,
    tables.PublishedScores: by(Columns("region_code", "", "", "", "secrecy")),
    tables.Person: open_to_readers,
    tables.LadderRung: open_to_readers,
    tables.DayOff: open_to_readers,
    tables.Task: _owed,
    tables.SupervisionOrder: _owed,
    tables.Duty: _owed,
    tables.PostRefusal: through("programme", tables.ChainProgramme),
    tables.OwnKit: open_to_readers,
    tables.ListVersion: through("list", tables.ChainList),
    tables.ListVersionRow: through("version", tables.ListVersion),
    tables.FillWord: through("list", tables.ChainList),
    tables.ChainOutline: lambda scope: any_of(
        [Q() if cell.chains is None else Q(chain__in=list(cell.chains)) for cell in scope.cells]
    ),
    tables.ChangeSet: own("by"),
    tables.RowChange: through("changes", tables.ChangeSet),
    tables.Import: own("by"),
    tables.ImportRow: through("batch", tables.Import),
    tables.Job: own("by"),
    tables.IngestItem: through("job", tables.Job),
}


@cache
def rule_of(model: type[models.Model]) -> Rule:
    """The rule of a model. Records of work need no entry of their own: their parent, or their columns, say what they concern.

    Raises:
        LookupError: for a model that has no rule and none can be found: it must not be shown before it has one.
    """
    if model in RULES:
        return RULES[model]
    if issubclass(model, WorkRecord):
        if model.PARENT:
            parent: Any = model._meta.get_field(model.PARENT)
            return through(model.PARENT, parent.related_model)
        names = {field.name for field in model._meta.concrete_fields}
        chain = next((name for name in ("chain_name", "chain") if name in names), "")
        if "region_code" in names or chain:
            has_region, has_city = "region_code" in names, "city_code" in names
            return by(
                Columns(
                    "region_code" if has_region else "",
                    "city_code" if has_city else "",
                    chain,
                    "",
                    "secrecy" if issubclass(model, GradedRecord) else "",
                )
            )
    raise LookupError(f"{model.__name__} has no rule in ledger/rights/filters.py")


def narrowed(rows: QuerySet[M], scope: Scope) -> QuerySet[M]:
    """The rows that a scope opens."""
    return rows if scope.everything else rows.filter(rule_of(rows.model)(scope))


__all__ = ["RULES", "Columns", "F", "narrowed", "region_rows", "rule_of"]
