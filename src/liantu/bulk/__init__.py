"""Many documents at once: folders in, one line of findings a document out, on this machine or as a Spark job."""

from liantu.bulk.files import File, walk
from liantu.bulk.journal import Entry, journal_path
from liantu.bulk.local import LocalEngine
from liantu.bulk.outcome import Outcome, findings_line
from liantu.bulk.output import BusyError
from liantu.bulk.run import Report, read_folders
from liantu.bulk.work import Engine, EngineError, Work

__all__ = [
    "BusyError",
    "Engine",
    "EngineError",
    "Entry",
    "File",
    "LocalEngine",
    "Outcome",
    "Report",
    "Work",
    "findings_line",
    "journal_path",
    "read_folders",
    "walk",
]
