"""A ledger is backed up, brought back, and moved to PostgreSQL; damage on the way is noticed."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, connections
from tests.ledger.exchange.making import three_projects
from tests.ledger.making import snapshot as views
from tests.postgresql import empty_database

from liantu.ledger import services
from liantu.ledger.ingest import ingest_folder
from liantu.ledger.models import Job, ProjectView, Review, Source, Statement
from liantu.server.safekeeping.backup import write_backup
from liantu.server.safekeeping.manifests import BackupError, verify
from liantu.server.safekeeping.move import move_to
from liantu.server.safekeeping.restore import restore_backup
from liantu.server.safekeeping.tables import models_of, sum_of


@pytest.fixture
def office(shared_ledger: str, tmp_path: Path) -> tuple[Path, Path]:
    """A ledger with documents, people's words and a file that was given to it; its own folder and that of the documents."""
    space, folder = tmp_path / "space", tmp_path / "材料"
    (space / "uploads" / "ab").mkdir(parents=True)
    (space / "uploads" / "ab" / "上传.txt").write_text("晋中市推广甲醇汽车5623辆。", encoding="utf-8")
    folder.mkdir()
    (folder / "通讯.txt").write_text("晋中日报 2024年10月5日\n晋中市累计推广甲醇汽车5623辆。\n", encoding="utf-8")
    ingest_folder(folder)
    three_projects()
    get_user_model().objects.create_superuser("clerk", "", "a-long-pass-phrase")
    figure = Statement.objects.exclude(figure_kind="").first()
    assert figure is not None
    services.review_statement(figure.pk, "accepted", "clerk", "核对过")
    return space, folder


def sums() -> dict[str, object]:
    return {model._meta.db_table: sum_of(model, "default") for model in models_of(apps)}


def test_a_backup_holds_every_row_and_every_document(office: tuple[Path, Path], tmp_path: Path) -> None:
    space, folder = office
    manifest = write_backup(space, folder, tmp_path / "b.zip")
    assert verify(tmp_path / "b.zip") == manifest and not list(tmp_path.glob("*.part"))
    assert {t["name"]: t["rows"] for t in manifest["tables"]}["ledger_statement"] == Statement.objects.count()
    assert {f["name"] for f in manifest["files"]} == {"files/uploads/ab/上传.txt", "documents/通讯.txt"}
    assert not list(space.glob("snapshot-*"))


def test_what_is_lost_comes_back_the_same(
    office: tuple[Path, Path], tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    space, folder = office
    if engine == "sqlite":  # the test session's own database file is not to be swapped
        monkeypatch.setattr("liantu.server.safekeeping.restore.connections", OnPostgreSQL())
    before, told = sums(), views()
    write_backup(space, folder, tmp_path / "b.zip")
    Review.objects.all().delete()
    ProjectView.objects.all().delete()
    shutil.rmtree(space / "uploads")
    (folder / "通讯.txt").unlink()
    with pytest.raises(BackupError, match="--force"):
        restore_backup(tmp_path / "b.zip", space, folder, force=False)
    manifest = restore_backup(tmp_path / "b.zip", space, folder, force=True)
    assert sums() == before and views() == told and manifest["skipped"] == []
    assert (space / "uploads" / "ab" / "上传.txt").exists() and (folder / "通讯.txt").exists()
    assert Job.objects.create(kind="folder").pk, "numbers go on after the highest"


class OnPostgreSQL:
    """Connections that say they are PostgreSQL's, so that a restore fills the database in place."""

    def __getitem__(self, alias: str) -> object:
        class Named:
            vendor = "postgresql"

            def __getattr__(self, name: str) -> object:
                return getattr(connections[alias], name)

        return Named()


def test_documents_that_changed_are_left_alone(
    office: tuple[Path, Path], tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    space, folder = office
    if engine == "sqlite":
        monkeypatch.setattr("liantu.server.safekeeping.restore.connections", OnPostgreSQL())
    write_backup(space, folder, tmp_path / "b.zip")
    (folder / "通讯.txt").write_text("新的内容", encoding="utf-8")
    manifest = restore_backup(tmp_path / "b.zip", space, folder, force=True)
    assert manifest["skipped"] == [str(folder / "通讯.txt")]
    assert (folder / "通讯.txt").read_text(encoding="utf-8") == "新的内容"


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A copy of a backup with members changed, or left out."""
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda name, data: data[:-40] if name == "tables/ledger_statement.jsonl" else data, "ledger_statement"),
        (lambda name, data: None if name == "documents/通讯.txt" else data, "不完整"),
        (lambda name, data: data + b"x" if name == "documents/通讯.txt" else data, "通讯.txt"),
        (lambda name, data: b"{}" if name == "manifest.json" else data, "不是链图的备份"),
        (lambda name, data: data.replace(b'"form": 1', b'"form": 9') if name == "manifest.json" else data, "升级"),
        (
            lambda name, data: data.replace(b"0001_initial", b"9999_later") if name == "manifest.json" else data,
            "更新版本",
        ),
    ],
)
def test_a_damaged_backup_changes_nothing(
    office: tuple[Path, Path], tmp_path: Path, change: Callable[[str, bytes], bytes | None], said: str
) -> None:
    space, folder = office
    write_backup(space, folder, tmp_path / "b.zip")
    before = sums()
    with pytest.raises(BackupError, match=said):
        restore_backup(rewritten(tmp_path / "b.zip", change), space, folder, force=True)
    assert sums() == before


def test_a_file_cut_off_is_no_backup(office: tuple[Path, Path], tmp_path: Path) -> None:
    space, folder = office
    path = tmp_path / "b.zip"
    write_backup(space, folder, path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(BackupError, match="不完整"):
        verify(path)


def test_a_name_that_leads_elsewhere_is_refused(
    office: tuple[Path, Path], tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    space, folder = office
    if engine == "sqlite":
        monkeypatch.setattr("liantu.server.safekeeping.restore.connections", OnPostgreSQL())
    write_backup(space, folder, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as old, zipfile.ZipFile(tmp_path / "evil.zip", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                manifest = json.loads(data)
                for file in manifest["files"]:
                    file["name"] = file["name"].replace("documents/", "documents/../../")
                data = json.dumps(manifest).encode()
            new.writestr(name.replace("documents/", "documents/../../"), data)
    with pytest.raises(BackupError, match="不安全"):
        restore_backup(tmp_path / "evil.zip", space, folder, force=True)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_ledger_moves_to_postgresql_and_every_table_is_the_same(
    postgresql_settings: dict[str, object], tmp_path: Path
) -> None:
    three_projects()
    get_user_model().objects.create_superuser("clerk", "", "a-long-pass-phrase")
    url = empty_database(postgresql_settings, "moved")
    moved = move_to(url, tmp_path)
    by_table = {m.table: m for m in moved}
    assert all(m.is_same for m in moved)
    assert by_table["ledger_projectview"].rows == 3 and by_table["auth_user"].rows == 1
    with pytest.raises(BackupError, match="--force"):
        move_to(url, tmp_path)
    ProjectView.objects.filter(name__contains="平遥").delete()
    again = {m.table: m.rows for m in move_to(url, tmp_path, force=True)}
    assert again["ledger_projectview"] == 2 and Source.objects.count() == 3
    assert connection.vendor == "sqlite"
