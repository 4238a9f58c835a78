"""How confidential a file is from its first moment on, and whose it is."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.conf import settings

from liantu.ledger.models import Account, Source, SourcePath
from liantu.ledger.rights import Action, Viewer
from liantu.vocabulary.access import confidentiality


def level_of_path(path: str) -> int:
    """The level that a folder's name gives the files in it: 内部, 敏感 (`confidentiality.csv`); the highest of several."""
    names = {each.name_zh: level for level, each in confidentiality().items()}
    return max((names.get(part, 0) for part in PurePath(path).parts[:-1]), default=0)


def folder_of_level(level: int) -> str:
    """The name of the folder that gives a level to the files in it; empty for what is public."""
    return confidentiality()[level].name_zh if level else ""


def level_at_upload(user: Any, asked: int | None) -> int:
    """The level that a file gets which somebody adds: as asked, else as the person's office has it.

    Raises ValueError for one that there is not, and for one above what the person may see: the file would be lost to sight.
    """
    account = Account.objects.filter(user=user, office__isnull=False).select_related("office").first()
    level = asked if asked is not None else account.office.level if account is not None and account.office else 0
    highest = highest_level_of(user)
    if level not in confidentiality():
        raise ValueError("没有这一密级，请从列表中选择 / there is no such level: choose one of the list")
    if level > highest:
        raise ValueError(
            f"“{confidentiality()[level].name_zh}”高于您能看的密级，上传后您自己也看不到；请换一级，或请有权的人上传 / "
            f"{confidentiality()[level].name_en} is above what you may see: choose another level, or ask somebody who may"
        )
    return level


def highest_level_of(user: Any) -> int:
    """The most confidential level that somebody may read."""
    return min(
        max(
            (cell.level for cell in (user if isinstance(user, Viewer) else Viewer(user)).scope(Action.READ).cells),
            default=0,
        ),
        max(confidentiality()),
    )


def take_openness(source: Source, path: str) -> None:
    """Give a source that is seen at `path` its level and its office.

    The level is never lowered here: the folder it lies in, the version of it that lay there before and the archive it came out
    of each may raise it, and so does the level that `liantu up --level` gives to all that lies in the folder it serves. The office
    is that of whoever added it.
    """
    before = source.level, source.office_id
    if not source.added_by:
        source.level = max(source.level, settings.FOLDER_LEVEL)
    if path:
        holders = [path, path.rsplit("!", 1)[0]] if "!" in path else [path]
        known = SourcePath.objects.filter(path__in=holders).values_list("source__level", flat=True)
        source.level = max(source.level, level_of_path(path), *known)
    if source.office_id is None and source.added_by:
        account = Account.objects.filter(user__username=source.added_by).values_list("office", flat=True)
        source.office_id = account.first()
    if (source.level, source.office_id) != before:
        source.save(update_fields=["level", "office"])
