"""Lists out of files: a YAML file that names them, and the tables of their versions, imported and published one after the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from liantu.ledger.chain_names import chain_label
from liantu.ledger.exchange import importing
from liantu.ledger.likeness import fold
from liantu.ledger.lists.publishing import publish
from liantu.ledger.lists.table import PREFIX
from liantu.ledger.models import ChainList, Import
from liantu.ledger.work.recording import add_record, remove_record
from liantu.ledger.writing import writing
from liantu.vocabulary import list_kinds, regions

MOST_BYTES = 1_000_000
FIELDS = frozenset(
    {"title", "kind", "region", "chain", "owner_unit", "owner_person", "rhythm", "fill_role", "note", "versions"}
)
VERSION_FIELDS = frozenset({"file", "published_on", "note", "leave"})


class CannotLoadError(ValueError):
    """A file of lists that cannot be loaded; says which list and why, in both languages."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one list; no version: it was there already."""

    title: str
    n_versions: int
    n_rows: int


def load_lists(path: Path, by: str) -> Iterator[Loaded]:
    """Load the lists that a file names; each list as a whole, or not at all. Raises CannotLoadError."""
    for told in _told(path):
        with writing():
            yield _load(path.parent, told, by)


def _told(path: Path) -> list[Mapping[str, Any]]:
    if path.stat().st_size > MOST_BYTES:
        raise CannotLoadError(f"{path.name} 太大 / {path.name} is too large")
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise CannotLoadError(f"{path.name} 第{line}行不是 YAML / {path.name}, line {line}, is not YAML") from None
    lists = content.get("lists") if isinstance(content, dict) else None
    if not isinstance(lists, list) or not all(isinstance(one, dict) for one in lists):
        raise CannotLoadError(f"{path.name} 里没有 lists 一节 / {path.name} has no section lists")
    for one in lists:
        strange = set(one) - FIELDS
        for version in one.get("versions") or ():
            strange |= set(version) - VERSION_FIELDS if isinstance(version, dict) else {str(version)}
        if strange or not one.get("title") or one.get("kind") not in list_kinds():
            what = "、".join(sorted(map(str, strange))) or "title / kind"
            raise CannotLoadError(f"“{one.get('title')}”：看不懂 {what} / {one.get('title')}: {what} is not understood")
    return lists


def _load(folder: Path, told: Mapping[str, Any], by: str) -> Loaded:
    title, kind = str(told["title"]), list_kinds()[str(told["kind"])]
    try:
        region = regions().code_of(str(told["region"])) if told.get("region") else ""
        chain = chain_label(str(told["chain"])) if told.get("chain") else ""
        same = {"title": title, "list_kind": kind.value, "region_code": region, "chain": chain}
        if ChainList.objects.filter(**same, removed_at=None).exists():
            return Loaded(title, 0, 0)
        beside = {key: str(told[key]) for key in ("owner_unit", "owner_person", "fill_role", "note") if told.get(key)}
        values = same | beside | {"rhythm": str(told.get("rhythm") or kind.rhythm)}
        made = ChainList.objects.get(pk=add_record("list", values, by, "装入清单文件").row)
        for version in told.get("versions") or ():
            _version(folder, made, version, by)
    except (ValueError, OSError) as error:
        zh, _, en = str(error).partition(" / ")
        raise CannotLoadError(f"“{title}”：{zh} / {title}: {en or zh}") from error
    return Loaded(title, len(told.get("versions") or ()), made.rows.filter(removed_at=None).count())


def _version(folder: Path, made: ChainList, told: Mapping[str, Any], by: str) -> None:
    if told.get("file"):
        _import(folder / str(told["file"]), made, by)
    for name in told.get("leave") or ():
        row = (
            made.rows.filter(removed_at=None, key=fold(str(name))).first()
            or made.rows.filter(removed_at=None, name=str(name)).first()
        )
        if row is None:
            raise ValueError(f"要退出的“{name}”不在清单里 / {name}, which is to leave, is not on the list")
        remove_record("listrow", row.pk, row.version, by, str(told.get("note") or ""))
    on = told.get("published_on")
    if on is not None and not isinstance(on, date):
        raise ValueError(f"发布日期写作 2025-03-31，现在是“{on}” / write the day as 2025-03-31, not {on}")
    publish(made.pk, by, str(told.get("note") or ""), on)


def _import(path: Path, made: ChainList, by: str) -> None:
    kept = Path(settings.SPACE) / "imports" / f"list-{made.pk}" / path.name
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(path, kept)
    batch = importing.compare(importing.start_import(f"{PREFIX}{made.pk}", kept, path.name, by).pk)
    if batch.state == Import.State.REFUSED:
        raise ValueError(f"{path.name}：{batch.problems[0]['zh']} / {path.name}: {batch.problems[0]['en']}")
    wrong = batch.rows.filter(action="error").first()
    if wrong is not None:
        said = wrong.problems[0]
        raise ValueError(f"{path.name} {said['column']}：{said['zh']} / {path.name} {said['column']}: {said['en']}")
    importing.write(batch.pk, by)
