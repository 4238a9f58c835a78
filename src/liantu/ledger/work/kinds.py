"""The kinds of records by name, their columns, and the codes that a column may hold."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from django.db import models

from liantu.ledger.models import (
    BatchEvent,
    BatchTotal,
    Certificate,
    ChainList,
    ChainProgramme,
    DayOff,
    Duty,
    DutyDelivery,
    Escalation,
    FactorNeed,
    InstalledKit,
    KnownValue,
    LadderRung,
    ListRow,
    Meeting,
    MeetingAttendee,
    MeetingDecision,
    MonthlyReport,
    OfficeRules,
    OfficialAssignment,
    OrderReply,
    OwnAlertRule,
    OwnKit,
    Permit,
    Person,
    PersonAccount,
    PolicyWindow,
    ProgrammeMember,
    ProgrammePart,
    ProjectBatchItem,
    ProjectDetail,
    ProjectPhase,
    ProjectProblem,
    RegistryLink,
    ScoreEntry,
    StageBucket,
    StageEntry,
    SupervisionOrder,
    TargetActual,
    TargetPart,
    TargetRecord,
    TargetRevision,
    Task,
    TaskNote,
    YearPlan,
)
from liantu.ledger.models.records import CodeField, WorkRecord
from liantu.tracking.profiles import profiles
from liantu.vocabulary.lists import list_kinds, list_words, rhythms
from liantu.vocabulary.programmes import programme_kits
from liantu.vocabulary.stages import plan_buckets, side_states, stages
from liantu.vocabulary.work_words import work_words

KINDS: MappingProxyType[str, type[WorkRecord]] = MappingProxyType(
    {
        "detail": ProjectDetail,
        "stage": StageEntry,
        "phase": ProjectPhase,
        "plan": YearPlan,
        "month": MonthlyReport,
        "official": OfficialAssignment,
        "factor": FactorNeed,
        "problem": ProjectProblem,
        "permit": Permit,
        "campaign": BatchEvent,
        "total": BatchTotal,
        "item": ProjectBatchItem,
        "bucket": StageBucket,
        "person": Person,
        "account": PersonAccount,
        "programme": ChainProgramme,
        "member": ProgrammeMember,
        "part": ProgrammePart,
        "meeting": Meeting,
        "attendee": MeetingAttendee,
        "decision": MeetingDecision,
        "task": Task,
        "note": TaskNote,
        "order": SupervisionOrder,
        "reply": OrderReply,
        "escalation": Escalation,
        "rung": LadderRung,
        "duty": Duty,
        "delivery": DutyDelivery,
        "dayoff": DayOff,
        "certificate": Certificate,
        "window": PolicyWindow,
        "alert_rule": OwnAlertRule,
        "target": TargetRecord,
        "revision": TargetRevision,
        "actual": TargetActual,
        "portion": TargetPart,
        "rules": OfficeRules,
        "known": KnownValue,
        "score": ScoreEntry,
        "link": RegistryLink,
        "list": ChainList,
        "listrow": ListRow,
        "kit": InstalledKit,
        "ownkit": OwnKit,
    }
)


def field_of(kind: str, column: str) -> models.Field[Any, Any]:
    """The field of a column. Raises KeyError for an unknown kind, FieldDoesNotExist for an unknown column."""
    return KINDS[kind]._meta.get_field(column)  # type: ignore[return-value]


def codes_of(field: models.Field[Any, Any]) -> tuple[str, ...]:
    """The codes that a column may hold, in order; none when it is not a matter of codes."""
    words = field.words if isinstance(field, CodeField) else ""
    if words == "stage":
        return (*stages(), *(state.value for state in side_states()))
    if words == "canonical_stage":
        return tuple(stages())
    if words == "plan_bucket":
        return tuple(bucket.value for bucket in plan_buckets())
    if words == "programme_kit":
        return tuple(programme_kits())
    if words == "progress_profile":
        return tuple(profiles())
    if words == "list_kind":
        return tuple(list_kinds())
    if words == "rhythm":
        return tuple(rhythms())
    if words == "enterprise_role":
        return tuple(list_words()[words])
    return tuple(work_words()[words]) if words else ()
