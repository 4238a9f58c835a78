"""How confidential a record is: as it was given, and never less than what it names.

A task of a meeting, an order for a task, a duty to keep a list current name what they come from; so does what rests on a sentence of a
document. Each is kept at the level of those at least. It is raised when it is entered and whenever one of them is raised later, with a
change of its own in the history, and so a page or file that shows a row may show all that it names. Nothing is ever lowered by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from django.db.models import Exists, F, ForeignKey, Model, OuterRef, Q

from liantu.ledger.models import Alert, Entity, Escalation, Source, Statement, TargetRecord, WorkChange
from liantu.ledger.models.records import EvidenceField, GradedRecord, WorkRecord
from liantu.ledger.rights import Action, Place, Viewer, current_viewer, may
from liantu.ledger.rights.deciding import place_of
from liantu.ledger.standing import batches
from liantu.ledger.work.kinds import KINDS
from liantu.vocabulary.access import confidentiality, highest_level

LATE = ("task", "problem", "order", "duty")
"""What an escalation can be about: its `subject`, whose number is its `row`."""
OF_ENTITY = "canonical__profile__level"
NOT_THERE = (
    "所属或所引的内容没有找到，请重新打开表单 / what it belongs to or rests on was not found: open the form again"
)
"""Told alike of what is not there and of what whoever asks may not see."""


@cache
def graded() -> dict[str, type[GradedRecord]]:
    """The kinds of records that have a level of their own."""
    return {kind: model for kind, model in KINDS.items() if issubclass(model, GradedRecord)}


@cache
def level_path(model: type[Model]) -> str:
    """Where the level of a model's rows stands, as queries write it; empty for what is open to all who may read."""
    if issubclass(model, GradedRecord):
        return "secrecy"
    if model is Entity:
        return OF_ENTITY
    if issubclass(model, WorkRecord) and model.PARENT:
        parent: Any = model._meta.get_field(model.PARENT)
        path = level_path(parent.related_model)
        return f"{model.PARENT}__{path}" if path else ""
    return ""


@cache
def links_of(model: type[GradedRecord]) -> dict[str, str]:
    """The links of a model to what has a level, each with the path from there to it."""
    links = (field for field in model._meta.concrete_fields if isinstance(field, ForeignKey))
    found = {link.name: level_path(link.related_model) for link in links}
    return {name: path for name, path in found.items() if path}


def floor_of(row: GradedRecord) -> int:
    """The highest level of all that a record names, whoever asks; 0 when it names nothing that has one. Raises ValueError for a link
    that leads nowhere."""
    return max(_named(row), default=0)


def _named(row: GradedRecord) -> Iterator[int]:
    for name, path in links_of(type(row)).items():
        field: Any = row._meta.get_field(name)
        yield from _level(field.related_model, getattr(row, field.attname), path)
    if isinstance(row, Escalation) and row.subject in LATE:
        model = KINDS[row.subject]
        yield from _level(model, row.row, level_path(model))
    yield from (level_of_evidence(text) for text in _evidence(row))


def _level(model: type[Model], pk: int | None, path: str) -> Iterator[int]:
    if pk is None:
        return
    found = list(model._base_manager.filter(pk=pk).values_list(path, flat=True))
    if not found:
        raise ValueError(NOT_THERE)
    yield found[0] or 0


def _evidence(row: WorkRecord) -> list[str]:
    told = [getattr(row, field.name) for field in row._meta.concrete_fields if isinstance(field, EvidenceField)]
    if isinstance(row, TargetRecord) and row.statement:
        told.append(f"statement:{row.statement}")
    return [text for text in told if text]


def level_of_evidence(text: str) -> int:
    """The level of the document that an evidence column names; 0 for one that is not there any more."""
    kind, _, where = text.partition(":")
    if kind == "statement":
        return Statement._base_manager.filter(pk=where).values_list("source__level", flat=True).first() or 0
    number = where.partition(":")[0]
    if not number.isdecimal():
        return 0
    return Source._base_manager.filter(pk=int(number)).values_list("level", flat=True).first() or 0


def settle(row: WorkRecord, before: int | None = None, *, own: bool = False) -> None:
    """Bring a record to the level of what it names, and refuse one that whoever is being answered may not give.

    Args:
        before: the level that it has had; None for a new one.
        own: the level is the one that the same person raised it from.

    Raises ValueError, in both languages.
    """
    if not isinstance(row, GradedRecord):
        _refuse_above_whole(row)
        return
    if row.secrecy not in confidentiality():
        raise ValueError("没有这一密级，请从列表中选择 / there is no such level: choose one of the list")
    floor, viewer = floor_of(row), current_viewer()
    if viewer is not None and floor > max(_highest(viewer), before or 0):
        raise ValueError(NOT_THERE)
    if row.secrecy < floor:
        if before is not None and row.secrecy < before:
            raise ValueError(too_low(floor))
        row.secrecy = floor
    if viewer is not None:
        _refuse_giving(viewer, row, floor, before, own)


def _refuse_giving(viewer: Viewer, row: GradedRecord, floor: int, before: int | None, own: bool) -> None:
    if row.secrecy > max(_highest(viewer, place_of(row)), before or 0, floor):
        raise ValueError(
            f"“{_zh(row.secrecy)}”高于您能看的密级，保存后您自己也看不到；请换一级，或请有权的人登记 / "
            f"{_en(row.secrecy)} is above what you may see: choose another level, or ask somebody who may"
        )
    if before is not None and row.secrecy < before and not own and not may(viewer, Action.APPROVE, row).allowed:
        raise ValueError(
            f"从“{_zh(before)}”降到“{_zh(row.secrecy)}”要有核定权限，请有权的人来改 / "
            f"lowering it from {_en(before)} to {_en(row.secrecy)} needs the right to settle: ask somebody who has it"
        )


def too_low(floor: int) -> str:
    """Says that a record cannot be more open than the level of what it names."""
    return (
        f"它所属或所引的内容是“{_zh(floor)}”，密级不能更低；请先改那一项的密级 / "
        f"what it belongs to or rests on is {_en(floor)}: it cannot be lower; change the level of that first"
    )


def _refuse_above_whole(row: WorkRecord) -> None:
    """A part that tells what a document says is read by all who may read the record that it is a part of."""
    whole = getattr(row, row.PARENT) if row.PARENT else None
    if not isinstance(whole, GradedRecord):
        return
    said = max((level_of_evidence(text) for text in _evidence(row)), default=0)
    if said > whole.secrecy:
        name = whole._meta.verbose_name
        raise ValueError(
            f"出处的文件是“{_zh(said)}”，而“{name}”是“{_zh(whole.secrecy)}”；请先提高“{name}”的密级 / the document it rests on is "
            f"{_en(said)}, the {name} is {_en(whole.secrecy)}: raise the level of the {name} first"
        )


def _zh(level: int) -> str:
    return confidentiality()[level].name_zh


def _en(level: int) -> str:
    return confidentiality()[level].name_en


def _highest(viewer: Viewer, place: Place | None = None) -> int:
    """The highest level that somebody may enter at a place; of a record of theirs elsewhere, or without a place, anywhere."""
    cells = viewer.scope(Action.EDIT).cells
    here = [cell for cell in cells if place is not None and not set(cell.missing(place)) - {"level"}]
    return min(max((cell.level for cell in here or cells), default=0), highest_level())


def levels_given(viewer: Viewer | None) -> tuple[int, ...]:
    """The levels that a form offers: those that whoever fills it in may enter somewhere."""
    most = _highest(viewer) if viewer is not None else highest_level()
    return tuple(level for level in confidentiality() if level <= most)


def raise_what_names(by: str, *, things: Collection[int] = (), sources: Collection[int] = ()) -> None:
    """Raise every record that is more open than what it names. To be called where something was raised, inside `writing()`.

    Args:
        things: look first among what names these entities (canonical ids) alone; with neither, look everywhere.
        sources: or among what rests on these documents alone.
    """
    first = True
    while True:
        if first and sources:
            below = [found for source in sources for found in _below_source(source)]
        else:
            below = list(_below(things if first else ()))
        if not below:
            return
        _raise(below, by)
        first = False


def _below(things: Collection[int] = ()) -> Iterator[tuple[str, int, int]]:
    """What is more open than something that it names: kind, level, number. With `things`, of what names these entities."""
    for kind, model in graded().items():
        for name, path in links_of(model).items():
            for within in _within(f"{name}__{path}", things):
                lower = model._base_manager.filter(within, **{f"{name}__{path}__gt": F("secrecy")}).order_by("pk")
                yield from ((kind, level, pk) for level, pk in lower.values_list(f"{name}__{path}", "pk"))
    for subject in LATE:
        of = KINDS[subject]
        path = level_path(of)
        for within in _within(path, things):
            late = of._base_manager.filter(within, pk=OuterRef("row"), **{f"{path}__gt": OuterRef("secrecy")})
            for row in Escalation._base_manager.filter(Exists(late.order_by()), subject=subject):
                yield "escalation", floor_of(row), row.pk


def _within(path: str, things: Collection[int]) -> Iterator[Q]:
    """The rows whose level, at `path`, is that of one of the things; every row when there are none."""
    if not things:
        yield Q()
    elif path.endswith(OF_ENTITY):
        to_thing = path.removesuffix("__profile__level")
        yield from (Q(**{f"{to_thing}__in": part}) for part in batches(things))


def _below_source(source: int) -> Iterator[tuple[str, int, int]]:
    """What rests on a document and is more open than it; of a part of a record (a member of a programme) the record."""
    level = Source._base_manager.values_list("level", flat=True).get(pk=source)
    for kind, model in KINDS.items():
        columns = [field.name for field in model._meta.concrete_fields if isinstance(field, EvidenceField)]
        path = level_path(model)
        if not columns or not path.endswith("secrecy"):
            continue
        whole, number = (kind, "pk") if path == "secrecy" else (model.PARENT, f"{model.PARENT}_id")
        lower = model._base_manager.filter(**{f"{path}__lt": level})
        for column in columns:
            spans = lower.filter(**{f"{column}__startswith": f"source:{source}:"})
            yield from ((whole, level, pk) for pk in spans.values_list(number, flat=True))
            said = lower.filter(**{f"{column}__startswith": "statement:"}).values_list(number, column)
            yield from _resting(whole, level, source, [(pk, text.partition(":")[2]) for pk, text in said])
    targets = TargetRecord._base_manager.filter(secrecy__lt=level).exclude(statement="")
    yield from _resting("target", level, source, list(targets.values_list("pk", "statement")))


def _resting(kind: str, level: int, source: int, said: Sequence[tuple[int, str]]) -> Iterator[tuple[str, int, int]]:
    of: set[str] = set()
    for part in batches(sorted({statement for _pk, statement in said})):
        of.update(Statement._base_manager.filter(source=source, pk__in=part).values_list("pk", flat=True))
    yield from ((kind, level, pk) for pk, statement in said if statement in of)


def _raise(below: Iterable[tuple[str, int, int]], by: str) -> None:
    from liantu.ledger.work.recording import noted  # late: what is recorded is settled here first

    levels: dict[tuple[str, int], int] = {}
    for kind, level, pk in below:
        levels[kind, pk] = max(level, levels.get((kind, pk), 0))
    for (kind, pk), level in levels.items():
        row = graded()[kind]._base_manager.get(pk=pk)
        before, row.secrecy = row.secrecy, level
        why = "随所属、所引内容的密级提高"
        row.version += 1
        row.save()
        noted(kind, row, WorkChange.Action.CHANGED, {"secrecy": before}, {"secrecy": level}, by, why).save()
        hide_alerts(kind, row)


def hide_alerts(kind: str, row: GradedRecord) -> None:
    """Bring the alerts about a record to its level at once: the next run of the rules may be an hour away."""
    key = f"{kind}:{row.pk}"
    about = Q(row_key=key) | Q(row_key__startswith=f"{key}:")
    if kind == "programme":
        about |= Q(row_key__startswith=f"supply:{getattr(row, 'region_code', '')}:{getattr(row, 'chain', '')}:")
    # Without a mark the next run writes them anew, whatever the level is by then.
    Alert._base_manager.filter(about, secrecy__lt=row.secrecy).update(secrecy=row.secrecy, mark="")
