"""A new ledger gets its tables at one stroke; they are the ones that older ledgers reached by every migration in turn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import DjangoDbBlocker
from tests.conftest import ENGINES
from tests.postgresql import empty_database

from liantu.server.safekeeping.snapshots import second_database
from liantu.server.safekeeping.tables import apps_at, migrations_of, models_of
from liantu.workbench.settings import postgresql, sqlite

Opened = Callable[[str], AbstractContextManager[str]]
HALFWAY = "0021_sheets_of_imports"
LAST_REPLACED = "0028_level_of_uploads"
STROKE = f"0001_squashed_{LAST_REPLACED}"


@pytest.fixture
def empty_sqlite(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Opened]:
    """Opens an empty SQLite database by name."""
    with django_db_blocker.unblock():
        yield lambda name: second_database(sqlite(tmp_path / name), name)


@pytest.fixture
def empty_postgresql(postgresql_settings: dict[str, object], django_db_blocker: DjangoDbBlocker) -> Iterator[Opened]:
    """Opens an empty PostgreSQL database by name."""

    def opened(name: str) -> AbstractContextManager[str]:
        url = empty_database(postgresql_settings, name)
        return second_database(postgresql(url) | {"CONN_MAX_AGE": 0, "OPTIONS": {}}, name)

    with django_db_blocker.unblock():
        yield opened


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest) -> Opened:
    """Opens an empty database by name, on each engine in turn."""
    opened: Opened = request.getfixturevalue(f"empty_{request.param}")
    return opened


def migrated(alias: str) -> set[str]:
    """Bring a database up to date; gives the ledger's migrations it has then."""
    call_command("migrate", database=alias, verbosity=0, interactive=False)
    return {name for app, name in MigrationRecorder(connections[alias]).applied_migrations() if app == "ledger"}


def migrated_step_by_step(alias: str, last: str) -> None:
    """Bring an empty database up to a migration, as programs did that knew no others."""
    executor = MigrationExecutor(connections[alias])
    executor.loader = MigrationLoader(connections[alias], replace_migrations=False)
    targets = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "ledger"]
    executor.migrate([*targets, ("ledger", last)])


def schema(alias: str) -> set[tuple[str, ...]]:
    """Every column, constraint and index of a database, whatever the order in which they were made."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT attrelid::regclass::text, attname::text, format_type(atttypid, atttypmod), attnotnull::text, "
                "attidentity::text, coalesce(pg_get_expr(adbin, adrelid), '') FROM pg_attribute "
                "JOIN pg_class ON pg_class.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum "
                "WHERE relkind IN ('r', 'S') AND relnamespace = 'public'::regnamespace AND attnum > 0 "
                "AND NOT attisdropped"
            )
            found = set(cursor.fetchall())
            cursor.execute(
                "SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE connamespace = 'public'::regnamespace"
            )
            found |= set(cursor.fetchall())
            cursor.execute("SELECT tablename::text, indexdef FROM pg_indexes WHERE schemaname = 'public'")
            return found | set(cursor.fetchall())
        cursor.execute("SELECT tbl_name, type, sql FROM sqlite_master WHERE sql IS NOT NULL")
        found = set()
        for table, kind, sql in cursor.fetchall():
            found |= {(table, kind, part) for part in (parts(sql) if kind == "table" else [sql])}
        return found


def parts(sql: str) -> list[str]:
    """Columns and constraints of a CREATE TABLE: what stands between its commas outside brackets."""
    inside = sql[sql.index("(") + 1 : sql.rindex(")")]
    depth, found = 0, [""]
    for piece in re.split(r"([(),])", inside):
        depth += (piece == "(") - (piece == ")")
        if piece == "," and depth == 0:
            found.append("")
        else:
            found[-1] += piece
    return [" ".join(part.split()) for part in found]


def test_a_new_ledger_has_the_tables_of_one_that_took_every_migration_in_turn(empty: Opened) -> None:
    with empty("at_one_stroke") as new, empty("step_by_step") as old:
        migrated_step_by_step(old, HALFWAY)
        halfway, taken = migrations_of(old)["ledger"], migrated(new)
        assert halfway[-1] == HALFWAY and STROKE in taken and schema(new) != schema(old)
        assert migrated(old) == taken and schema(new) == schema(old) and len(schema(new)) > 1000
        assert migrations_of(new) == migrations_of(old) and STROKE not in migrations_of(new)["ledger"]


@pytest.mark.parametrize("last", [HALFWAY, LAST_REPLACED])
def test_a_backup_of_any_version_finds_the_tables_it_was_made_of(empty_sqlite: Opened, last: str) -> None:
    with empty_sqlite("made_of") as made, empty_sqlite("as_then") as then:
        migrated_step_by_step(made, last)
        models = models_of(apps_at(then, migrations_of(made)))
        assert migrations_of(then) == migrations_of(made) and schema(then) == schema(made)
        assert {m._meta.db_table for m in models} <= set(connections[then].introspection.table_names())
