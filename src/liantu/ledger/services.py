"""The ledger's one door: everything that other rooms do with facts goes through these names."""

from liantu.ledger.additions import AddResult, add_failure, add_findings, set_level
from liantu.ledger.alerts.answering import answer_alert
from liantu.ledger.alerts.rules import bring_rules
from liantu.ledger.alerts.running import run_alerts
from liantu.ledger.alerts.watching import AlertWatch
from liantu.ledger.bulletins.keeping import drop as drop_bulletin
from liantu.ledger.bulletins.keeping import edit_prose, make_bulletin
from liantu.ledger.bulletins.keeping import publish as publish_bulletin
from liantu.ledger.bulletins.keeping import recompute as recompute_bulletin
from liantu.ledger.checking import dismiss_check, undo_dismissal
from liantu.ledger.copies.words import say_own, undo_own
from liantu.ledger.corrections import CORRECTABLE, columns_of
from liantu.ledger.dating import set_published
from liantu.ledger.duties.agenda import agenda
from liantu.ledger.duties.escalating import chases, escalate
from liantu.ledger.duties.kit_duties import make_duties, planned, take_back_duties
from liantu.ledger.duties.office_book import OfficeReport, has_no_project_work, has_no_work, load_office
from liantu.ledger.duties.people import has_duties, person_of
from liantu.ledger.duties.settings import take_over_ladder
from liantu.ledger.exchange.writing_rows import undo_changes
from liantu.ledger.gold import GoldReport, export_gold
from liantu.ledger.ingest import IngestReport, Progress, folder_files, ingest_folder, ingest_upload
from liantu.ledger.jobs import ask_to_propose, ask_to_reread, ask_to_resolve, run_waiting, stop_job, take_up_again
from liantu.ledger.judging import JudgementResult, judge, pair_figures, undo_judgement, undo_pairing
from liantu.ledger.left_words import Left, count_left, drop_word, left_behind
from liantu.ledger.lists.books import start_book, write_book
from liantu.ledger.lists.books import take_in as take_in_book
from liantu.ledger.lists.filling import follow as follow_suggestions
from liantu.ledger.lists.filling import refuse as refuse_suggestions
from liantu.ledger.lists.filling import suggest_again
from liantu.ledger.lists.kits import install as install_kit
from liantu.ledger.lists.kits import keep_kit
from liantu.ledger.lists.loading import CannotLoadError, has_no_lists, load_lists
from liantu.ledger.lists.publishing import confirm as confirm_list
from liantu.ledger.lists.publishing import publish as publish_list
from liantu.ledger.missed import ADDABLE, Marked, add_missed, marked
from liantu.ledger.moving import Moved
from liantu.ledger.openness import folder_of_level, highest_level_of, level_at_upload
from liantu.ledger.outlines.keeping import (
    OutlineNow,
    StaleOutlineError,
    chain_outline,
    edit_outline,
    former_names,
    outline_changes,
    outline_now,
    undo_outline_change,
)
from liantu.ledger.packing import document_of
from liantu.ledger.proposals import accept_proposal, refuse_proposal, undo_refusal, waiting_proposals
from liantu.ledger.refresh import rebuild_views
from liantu.ledger.removal import RemovalReport, remove_source
from liantu.ledger.rereading import RereadReport, reread
from liantu.ledger.reviewing import review_statement, settle_conflict, undo_review
from liantu.ledger.search.finding import Found, Hit, Query, find
from liantu.ledger.search.rebuilding import ensure_search, rebuild_search
from liantu.ledger.whois.deciding import confirm_link, links_of, refuse_link, say_unlisted
from liantu.ledger.whois.resolving import ResolveReport, resolve
from liantu.ledger.whois.watching import RegistryWatch
from liantu.ledger.work.publishing_scores import digest_of, publish_scores
from liantu.ledger.work.recording import (
    StaleEditError,
    add_record,
    change_record,
    history_of,
    remove_record,
    undo_change,
)
from liantu.ledger.work.schemes import take_over
from liantu.ledger.work.stepping import take_step
from liantu.ledger.work.target_chains import confirm_revision, decide_actual, take_up, take_up_all
from liantu.ledger.workbooks.additions import add_sheets, add_workbook
from liantu.ledger.writing import revision

__all__ = [
    "ADDABLE",
    "CORRECTABLE",
    "AddResult",
    "AlertWatch",
    "CannotLoadError",
    "Found",
    "GoldReport",
    "Hit",
    "IngestReport",
    "JudgementResult",
    "Left",
    "Marked",
    "Moved",
    "OfficeReport",
    "OutlineNow",
    "Progress",
    "Query",
    "RegistryWatch",
    "RemovalReport",
    "RereadReport",
    "ResolveReport",
    "StaleEditError",
    "StaleOutlineError",
    "accept_proposal",
    "add_failure",
    "add_findings",
    "add_missed",
    "add_record",
    "add_sheets",
    "add_workbook",
    "agenda",
    "answer_alert",
    "ask_to_propose",
    "ask_to_reread",
    "ask_to_resolve",
    "bring_rules",
    "chain_outline",
    "change_record",
    "chases",
    "columns_of",
    "confirm_link",
    "confirm_list",
    "confirm_revision",
    "count_left",
    "decide_actual",
    "digest_of",
    "dismiss_check",
    "document_of",
    "drop_bulletin",
    "drop_word",
    "edit_outline",
    "edit_prose",
    "ensure_search",
    "escalate",
    "export_gold",
    "find",
    "folder_files",
    "folder_of_level",
    "follow_suggestions",
    "former_names",
    "has_duties",
    "has_no_lists",
    "has_no_project_work",
    "has_no_work",
    "highest_level_of",
    "history_of",
    "ingest_folder",
    "ingest_upload",
    "install_kit",
    "judge",
    "keep_kit",
    "left_behind",
    "level_at_upload",
    "links_of",
    "load_lists",
    "load_office",
    "make_bulletin",
    "make_duties",
    "marked",
    "outline_changes",
    "outline_now",
    "pair_figures",
    "person_of",
    "planned",
    "publish_bulletin",
    "publish_list",
    "publish_scores",
    "rebuild_search",
    "rebuild_views",
    "recompute_bulletin",
    "refuse_link",
    "refuse_proposal",
    "refuse_suggestions",
    "remove_record",
    "remove_source",
    "reread",
    "resolve",
    "review_statement",
    "revision",
    "run_alerts",
    "run_waiting",
    "say_own",
    "say_unlisted",
    "set_level",
    "set_published",
    "settle_conflict",
    "start_book",
    "stop_job",
    "suggest_again",
    "take_back_duties",
    "take_in_book",
    "take_over",
    "take_over_ladder",
    "take_step",
    "take_up",
    "take_up_again",
    "take_up_all",
    "undo_change",
    "undo_changes",
    "undo_dismissal",
    "undo_judgement",
    "undo_outline_change",
    "undo_own",
    "undo_pairing",
    "undo_refusal",
    "undo_review",
    "waiting_proposals",
    "write_book",
]
