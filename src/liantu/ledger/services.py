"""The ledger's one door: everything that other rooms do with facts goes through these names."""

from liantu.ledger.additions import AddResult, add_failure, add_findings
from liantu.ledger.dating import set_published
from liantu.ledger.ingest import IngestReport, Progress, folder_files, ingest_folder, ingest_upload
from liantu.ledger.judging import JudgementResult, judge, pair_figures, undo_judgement, undo_pairing
from liantu.ledger.packing import document_of
from liantu.ledger.refresh import rebuild_views
from liantu.ledger.removal import RemovalReport, remove_source
from liantu.ledger.reviewing import CORRECTABLE, review_statement, undo_review
from liantu.ledger.workbooks.additions import add_sheets, add_workbook, chain_outline
from liantu.ledger.writing import revision

__all__ = [
    "CORRECTABLE",
    "AddResult",
    "IngestReport",
    "JudgementResult",
    "Progress",
    "RemovalReport",
    "add_failure",
    "add_findings",
    "add_sheets",
    "add_workbook",
    "chain_outline",
    "document_of",
    "folder_files",
    "ingest_folder",
    "ingest_upload",
    "judge",
    "pair_figures",
    "rebuild_views",
    "remove_source",
    "review_statement",
    "revision",
    "set_published",
    "undo_judgement",
    "undo_pairing",
    "undo_review",
]
