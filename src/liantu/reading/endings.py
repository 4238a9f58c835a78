"""Endings of file names: what they promise, and which of them a folder's documents have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from liantu.reading.tables import line_words, rows

MEDIA = frozenset(
    ("txt", "md", "html", "docx", "doc", "pdf", "xlsx", "xls", "ods", "csv", "ofd", "eml", "zip", "picture")
)
"""What is read."""

OLD = "old"
"""Documents that their own programs can save in a form that is read."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What an ending promises: one of `MEDIA`, `OLD`, or nothing that is a document; and its kind in words."""

    media: str
    zh: str
    en: str


@cache
def endings() -> dict[str, Ending]:
    """Endings in lower case without the dot, from `endings.csv` (columns ending, media, zh, en, source)."""
    found: dict[str, Ending] = {}
    for row in rows("endings.csv", ("ending", "media", "zh", "en")):
        if row["ending"] in found or row["media"] not in (*MEDIA, OLD, ""):
            raise ValueError(f"endings.csv: {row['ending']} is there twice or its medium is unknown: {row['media']!r}")
        found[row["ending"]] = Ending(row["media"], row["zh"], row["en"])
    return found


def ending_of(name: str) -> str:
    """A file name's ending in lower case without the dot."""
    return PurePosixPath(name.lower()).suffix.lstrip(".")


def is_document_name(name: str) -> bool:
    """Whether a file of a folder is meant as a document, told by its bare name alone.

    Documents that must first be saved in another format (.rtf, .ppt) are meant as such: reading them says what to do.
    Pictures are, where their text can be recognised. Left out are hidden and temporary files, programs' own data, and
    files about the folder (README, LICENSE).
    """
    if name.startswith((".", "~")):
        return False
    if name.lower().split(".")[0].split("-")[0] in line_words("about_the_folder"):
        return False
    ending = endings().get(ending_of(name))
    if ending is not None and ending.media == "picture":
        from liantu.reading.scans import can_recognise

        return can_recognise()
    return ending is not None and ending.media != ""
