"""Tables of the ledger: facts (append only), views over them, and work in progress. Shapes: `docs/contracts.md`."""

from liantu.ledger.models.facts import Entity, EntityName, Judgement, Pairing, Review, Statement
from liantu.ledger.models.proposals import Proposal
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
    "ChainView",
    "EnterpriseView",
    "Entity",
    "EntityName",
    "Fact",
    "FigureView",
    "IngestItem",
    "Job",
    "Judgement",
    "Membership",
    "Pair",
    "Pairing",
    "Profile",
    "ProjectView",
    "Proposal",
    "Review",
    "Revision",
    "Source",
    "SourcePath",
    "SourceText",
    "Statement",
]
