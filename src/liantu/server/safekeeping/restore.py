"""`liantu restore`: a backup becomes a ledger again, and is compared with its manifest before it counts."""

from __future__ import annotations

import os
import shutil
import zipfile
from contextlib import nullcontext
from dataclasses import asdict
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps import apps
from django.db import connections, transaction

from liantu.ledger.intake import digest_of
from liantu.ledger.models import Import, IngestItem, Source, SourcePath, Statement
from liantu.server.safekeeping.manifests import BackupError, Step, text_lines, verify
from liantu.server.safekeeping.snapshots import second_database
from liantu.server.safekeeping.tables import (
    Models,
    apps_at,
    emptied,
    load,
    migrations_of,
    models_of,
    reset_sequences,
    sum_of,
    unknown_migrations,
)


def is_in_use() -> bool:
    """Whether the ledger that is open holds anything."""
    return Source.objects.exists() or Statement.objects.exists()


def restore_backup(
    path: Path, space: Path, folder: Path | None, *, force: bool, step: Step = lambda name: None
) -> dict[str, Any]:
    """Put a backup in the place of the open ledger, which must be empty unless `force`.

    On SQLite a new database is made beside the old one, compared, and put in its place; the old one is kept under another
    name. On PostgreSQL all of it is one transaction. Documents that lie in the folder already are left alone.

    Gives the manifest, with `kept` naming the old database. Raises BackupError, OSError.
    """
    manifest = verify(path, step)
    later = unknown_migrations(manifest["migrations"])
    if later:
        raise BackupError(
            f"备份出自更新版本的链图（{later[0]}），请先升级程序 / the backup was made by a later version ({later[0]}); "
            "update the program first"
        )
    if is_in_use() and not force:
        raise BackupError(
            "这里已有台账，为免覆盖没有恢复；确要覆盖请加 --force / there is a ledger here already; add --force to replace it"
        )
    with zipfile.ZipFile(path) as archive:
        if connections["default"].vendor == "sqlite":
            manifest["kept"] = _restore_sqlite(archive, manifest, step, is_kept=is_in_use())
        else:
            _restore_in_place(archive, manifest, step)
        _relocate(manifest, space, folder)
        manifest["skipped"] = _unpack(archive, manifest, space, folder, step)
    return manifest


def _restore_sqlite(archive: zipfile.ZipFile, manifest: dict[str, Any], step: Step, *, is_kept: bool) -> str:
    from django.core.management import call_command

    from liantu.workbench.settings import sqlite

    own = Path(connections["default"].settings_dict["NAME"])
    new = own.with_name(f"{own.name}.restoring")
    _remove(new)
    try:
        with second_database(sqlite(new)) as alias:
            models = models_of(apps_at(alias, manifest["migrations"]))
            with transaction.atomic(using=alias):
                _load(archive, manifest, models, alias, step)
            call_command("migrate", database=alias, verbosity=0, interactive=False)
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except BaseException:
        _remove(new)
        raise
    connections["default"].close()
    kept = ""
    if not is_kept:
        _remove(own)
    if own.exists():
        old = own.with_name(f"{own.name}.before-{datetime.now():%Y%m%d-%H%M%S}")
        for ending in ("", "-wal", "-shm"):
            if own.with_name(own.name + ending).exists():
                os.replace(own.with_name(own.name + ending), old.with_name(old.name + ending))
        kept = str(old)
    for ending in ("-wal", "-shm"):
        new.with_name(new.name + ending).unlink(missing_ok=True)
    os.replace(new, own)
    return kept


def _remove(database: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _restore_in_place(archive: zipfile.ZipFile, manifest: dict[str, Any], step: Step) -> None:
    taken = migrations_of("default")
    if any(names != taken.get(app) for app, names in manifest["migrations"].items()):
        raise BackupError(
            "备份与现在的程序版本不同，不能直接恢复到 PostgreSQL：请先恢复到 SQLite，再用 liantu move 移过去 / "
            "the backup is of another version: restore it to SQLite first, then liantu move"
        )
    models = models_of(apps)
    with transaction.atomic():
        emptied(models, "default")
        _load(archive, manifest, models, "default", step)


def _load(archive: zipfile.ZipFile, manifest: dict[str, Any], models: Models, alias: str, step: Step) -> None:
    by_table = {model._meta.db_table: model for model in models}
    for table in manifest["tables"]:
        step(table["name"])
        with archive.open(f"tables/{table['name']}.jsonl") as lines:
            load(by_table[table["name"]], text_lines(lines), alias)
    connections[alias].check_constraints()
    reset_sequences(models, alias)
    for table in manifest["tables"]:
        step(table["name"])
        found = sum_of(by_table[table["name"]], alias)
        if asdict(found) != table:
            raise BackupError(
                f"恢复后的表 {table['name']} 与备份不符（{found.rows} 行，应为 {table['rows']} 行），没有恢复 / "
                f"table {table['name']} is not what the backup says after loading; nothing was restored"
            )


def _relocate(manifest: dict[str, Any], space: Path, folder: Path | None) -> None:
    """Let paths of the ledger begin where it lies now."""
    moves = [(manifest["space_path"], str(space))]
    if folder is not None and manifest["folder"]:
        moves.append((manifest["folder"], str(folder)))
    with transaction.atomic() if any(old != new for old, new in moves) else nullcontext():
        for old, new in moves:
            if old == new:
                continue
            for model, columns in ((SourcePath, ("path", "container")), (IngestItem, ("path",)), (Import, ("path",))):
                for column in columns:
                    rows = model._base_manager.filter(**{f"{column}__startswith": old}).values_list("pk", column)
                    for pk, text in list(rows):
                        if PurePosixPath(text).is_relative_to(old):
                            model._base_manager.filter(pk=pk).update(**{column: new + text[len(old) :]})


def _unpack(
    archive: zipfile.ZipFile, manifest: dict[str, Any], space: Path, folder: Path | None, step: Step
) -> list[str]:
    """Put files where they lay; gives those that lie there already with other content, which are left alone."""
    skipped = []
    for file in manifest["files"]:
        kind, _, inner = file["name"].partition("/")
        base = space if kind == "files" else folder
        if base is None:
            continue
        target = _inside(base, inner)
        if target.exists():
            if target.stat().st_size != file["size"] or digest_of(target) != file["sha256"]:
                skipped.append(str(target))
            continue
        step(file["name"])
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(file["name"]) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out)
    return skipped


def _inside(base: Path, name: str) -> Path:
    target = (base / name).resolve()
    if not target.is_relative_to(base.resolve()):
        raise BackupError(f"备份里的文件名不安全：{name} / unsafe name in the backup: {name}")
    return target
