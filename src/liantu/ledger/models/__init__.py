"""Tables of the ledger: facts (append only), views over them, and work in progress. Shapes: `docs/contracts.md`."""

from liantu.ledger.models.alerts import Alert, AlertEvent, AlertRun, OwnAlertRule
from liantu.ledger.models.bulletins import Bulletin, BulletinEvent, BulletinFigure
from liantu.ledger.models.campaigns import BatchEvent, BatchTotal, ProjectBatchItem, StageBucket
from liantu.ledger.models.checks import Check, CheckWord
from liantu.ledger.models.copies import Copy, CopyWord, Fingerprint, TextKey
from liantu.ledger.models.duties import (
    DayOff,
    Duty,
    DutyDelivery,
    Escalation,
    LadderRung,
    Meeting,
    MeetingAttendee,
    MeetingDecision,
    OrderReply,
    SupervisionOrder,
    Task,
    TaskNote,
)
from liantu.ledger.models.exchange import ChangeSet, HeaderMeaning, Import, ImportRow, RowChange
from liantu.ledger.models.facts import Entity, EntityName, Judgement, Pairing, Review, Statement
from liantu.ledger.models.outlines import ChainOutline
from liantu.ledger.models.people import Account, AuditEntry, Grant, Invitation, LoginFailure, Office, Role
from liantu.ledger.models.phrases import PhraseView
from liantu.ledger.models.programmes import (
    ChainProgramme,
    Person,
    PersonAccount,
    PostRefusal,
    ProgrammeMember,
    ProgrammePart,
)
from liantu.ledger.models.project_work import (
    FactorNeed,
    MonthlyReport,
    OfficialAssignment,
    Permit,
    ProjectDetail,
    ProjectPhase,
    ProjectProblem,
    ProjectStanding,
    StageEntry,
    YearPlan,
)
from liantu.ledger.models.proposals import Proposal
from liantu.ledger.models.records import WorkChange
from liantu.ledger.models.rules_kept import KnownValue, OfficeRules, PublishedScores, ScoreEntry
from liantu.ledger.models.search import SearchEntry
from liantu.ledger.models.sources import Source, SourcePath, SourceText
from liantu.ledger.models.targets import TargetActual, TargetPart, TargetRecord, TargetRevision
from liantu.ledger.models.views import (
    ChainView,
    EnterpriseView,
    Fact,
    FigureView,
    Membership,
    Pair,
    Profile,
    ProjectView,
)
from liantu.ledger.models.work import IngestItem, Job, Revision

WORK_ROOTS = (
    Person,
    ChainProgramme,
    Meeting,
    Task,
    SupervisionOrder,
    Duty,
    Escalation,
    TargetRecord,
    OfficeRules,
    ScoreEntry,
)
"""Records that have a page, whose changes and children are shown there."""

__all__ = [
    "WORK_ROOTS",
    "Account",
    "Alert",
    "AlertEvent",
    "AlertRun",
    "AuditEntry",
    "BatchEvent",
    "BatchTotal",
    "Bulletin",
    "BulletinEvent",
    "BulletinFigure",
    "ChainOutline",
    "ChainProgramme",
    "ChainView",
    "ChangeSet",
    "Check",
    "CheckWord",
    "Copy",
    "CopyWord",
    "DayOff",
    "Duty",
    "DutyDelivery",
    "EnterpriseView",
    "Entity",
    "EntityName",
    "Escalation",
    "Fact",
    "FactorNeed",
    "FigureView",
    "Fingerprint",
    "Grant",
    "HeaderMeaning",
    "Import",
    "ImportRow",
    "IngestItem",
    "Invitation",
    "Job",
    "Judgement",
    "KnownValue",
    "LadderRung",
    "LoginFailure",
    "Meeting",
    "MeetingAttendee",
    "MeetingDecision",
    "Membership",
    "MonthlyReport",
    "Office",
    "OfficeRules",
    "OfficialAssignment",
    "OrderReply",
    "OwnAlertRule",
    "Pair",
    "Pairing",
    "Permit",
    "Person",
    "PersonAccount",
    "PhraseView",
    "PostRefusal",
    "Profile",
    "ProgrammeMember",
    "ProgrammePart",
    "ProjectBatchItem",
    "ProjectDetail",
    "ProjectPhase",
    "ProjectProblem",
    "ProjectStanding",
    "ProjectView",
    "Proposal",
    "PublishedScores",
    "Review",
    "Revision",
    "Role",
    "RowChange",
    "ScoreEntry",
    "SearchEntry",
    "Source",
    "SourcePath",
    "SourceText",
    "StageBucket",
    "StageEntry",
    "Statement",
    "SupervisionOrder",
    "TargetActual",
    "TargetPart",
    "TargetRecord",
    "TargetRevision",
    "Task",
    "TaskNote",
    "TextKey",
    "WorkChange",
    "YearPlan",
]
