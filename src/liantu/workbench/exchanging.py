"""What the pages of imports show: differences with the words of their columns, and files that were received."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from liantu.ledger.exchange.lists import list_of
from liantu.ledger.exchange.tables import CITY, KEY, REASON, VERSION
from liantu.ledger.models import Import
from liantu.reading import safe_name
from liantu.workbench.formatting import chinese

PASTED = "粘贴的表.csv"


def column_words(kind: str) -> dict[str, str]:
    """The headings of a list's columns in the page's language."""
    return {column.key: column.zh if chinese() else column.en for column in list_of(kind).columns}


def differences(
    kind: str, before: Mapping[str, str], after: Mapping[str, str], clashes: tuple[str, ...] | list[str] = ()
) -> list[dict[str, Any]]:
    """Column, before, after of a row, in the order of the list; of an added row the filled columns."""
    return [
        {
            "column": word,
            "before": before.get(key, ""),
            "after": after.get(key, ""),
            "clash": key in clashes,
        }
        for key, word in column_words(kind).items()
        if (key in after or key in before) and (before.get(key) or after.get(key))
    ]


def meanings(kind: str) -> list[tuple[str, str]]:
    """What a header can mean, for a person to choose from."""
    city = [(CITY, _("所在市（与区县合成地区）"))] if list_of(kind).by_name else []
    return [("", _("不用这一栏")), *column_words(kind).items(), *city]


def unknown_headers(batch: Import) -> list[dict[str, str]]:
    """Headers that nobody has said the meaning of."""
    ours = {KEY, VERSION, REASON}
    return [h for h in batch.headers if h["column"] is None and h["header"] and h["header"] not in ours]


def keep_upload(file: UploadedFile[bytes]) -> tuple[Path, str]:
    """Keeps a file under a folder named by its digest; gives where, and its name."""
    hasher = hashlib.sha256()
    for chunk in file.chunks():
        hasher.update(chunk)
    name = safe_name(file.name or "")
    path = _folder(hasher.hexdigest()) / name
    with path.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    return path, name


def keep_text(text: str) -> tuple[Path, str]:
    """Keeps a pasted table."""
    content = text.replace("\r\n", "\n").encode("utf-8", "replace")
    path = _folder(hashlib.sha256(content).hexdigest()) / PASTED
    path.write_bytes(content)
    return path, PASTED


def keep_copy(path: Path, name: str) -> tuple[Path, str]:
    """Keeps a file as it is now, whatever becomes of it where it lies. Raises OSError."""
    content = path.read_bytes()
    kept = _folder(hashlib.sha256(content).hexdigest()) / safe_name(name)
    kept.write_bytes(content)
    return kept, name


def _folder(digest: str) -> Path:
    folder = Path(settings.SPACE) / "imports" / digest[:16]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
