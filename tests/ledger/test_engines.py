"""Both engines carry the ledger's tables, and the settings say which one is served."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from liantu.ledger.home import secret_key, space_name
from liantu.ledger.models import Source
from liantu.workbench.settings import postgresql


def test_the_ledger_lives_on_the_engine_asked_for(ledger: str) -> None:
    assert connection.vendor == ledger


def test_a_source_is_one_content(ledger: str) -> None:
    Source.objects.create(digest="a" * 64, name="甲.txt", media="txt", read_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.create(digest="a" * 64, name="乙.txt", media="txt", read_at=timezone.now())


def test_sqlite_waits_for_its_turn(db: None) -> None:
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] >= 30_000
    assert connection.transaction_mode == "IMMEDIATE"


def test_database_url_is_taken_apart() -> None:
    settings = postgresql("postgres://me:p%40ss@db.example:5433/liantu")
    assert settings["PASSWORD"] == "p@ss"
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db.example", "5433", "liantu")


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgres://a@b/"])
def test_another_database_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL"):
        postgresql(url)


def test_the_secret_key_is_made_once(tmp_path) -> None:
    first = secret_key(tmp_path)
    assert secret_key(tmp_path) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_two_folders_of_one_name_are_two_spaces(tmp_path) -> None:
    assert space_name(tmp_path / "a" / "资料") != space_name(tmp_path / "b" / "资料")
    assert space_name(tmp_path / "a" / "资料").startswith("资料-")
