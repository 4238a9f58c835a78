"""Tables of the ledger: facts (append only), views over them, and work in progress. Shapes: `docs/contracts.md`."""

from liantu.ledger.models.campaigns import BatchEvent, BatchTotal, ProjectBatchItem, StageBucket
from liantu.ledger.models.checks import Check, CheckWord
from liantu.ledger.models.copies import Copy, CopyWord, Fingerprint, TextKey
from liantu.ledger.models.exchange import ChangeSet, HeaderMeaning, Import, ImportRow, RowChange
from liantu.ledger.models.facts import Entity, EntityName, Judgement, Pairing, Review, Statement
from liantu.ledger.models.outlines import ChainOutline
from liantu.ledger.models.people import Account, AuditEntry, Grant, Invitation, LoginFailure, Office, Role
from liantu.ledger.models.phrases import PhraseView
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
from liantu.ledger.models.sources import Source, SourcePath, SourceText
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

__all__ = [
    "Account",
    "AuditEntry",
    "BatchEvent",
    "BatchTotal",
    "ChainOutline",
    "ChainView",
    "ChangeSet",
    "Check",
    "CheckWord",
    "Copy",
    "CopyWord",
    "EnterpriseView",
    "Entity",
    "EntityName",
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
    "LoginFailure",
    "Membership",
    "MonthlyReport",
    "Office",
    "OfficialAssignment",
    "Pair",
    "Pairing",
    "Permit",
    "PhraseView",
    "Profile",
    "ProjectBatchItem",
    "ProjectDetail",
    "ProjectPhase",
    "ProjectProblem",
    "ProjectStanding",
    "ProjectView",
    "Proposal",
    "Review",
    "Revision",
    "Role",
    "RowChange",
    "Source",
    "SourcePath",
    "SourceText",
    "StageBucket",
    "StageEntry",
    "Statement",
    "TextKey",
    "WorkChange",
    "YearPlan",
]
