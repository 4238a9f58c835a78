"""How confidential a file is from its first moment on, and whose it is."""

from __future__ import annotations

from pathlib import PurePath

from liantu.ledger.models import Account, Source, SourcePath
from liantu.vocabulary.access import confidentiality


def level_of_path(path: str) -> int:
    """The level that a folder's name gives the files in it: 内部, 敏感 (`confidentiality.csv`); the highest of several."""
    names = {each.name_zh: level for level, each in confidentiality().items()}
    return max((names.get(part, 0) for part in PurePath(path).parts[:-1]), default=0)


def take_openness(source: Source, path: str) -> None:
    """Give a source that is seen at `path` its level and its office.

    The level is never lowered here: the folder it lies in, the version of it that lay there before and the archive it came out
    of each may raise it. The office is that of whoever added it.
    """
    before = source.level, source.office_id
    if path:
        holders = [path, path.rsplit("!", 1)[0]] if "!" in path else [path]
        known = SourcePath.objects.filter(path__in=holders).values_list("source__level", flat=True)
        source.level = max(source.level, level_of_path(path), *known)
    if source.office_id is None and source.added_by:
        account = Account.objects.filter(user__username=source.added_by).values_list("office", flat=True)
        source.office_id = account.first()
    if (source.level, source.office_id) != before:
        source.save(update_fields=["level", "office"])
