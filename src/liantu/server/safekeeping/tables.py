"""Tables as lines of text that read the same on both databases: written out, loaded, and told apart by a hash."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field, Model

from liantu.ledger.models import SearchEntry
from liantu.ledger.search.index import clear
from liantu.server.safekeeping.manifests import TableSum, summed

LEFT_OUT = frozenset({"django_session"})  # who was logged in; logging in again makes them anew
BATCH = 2000
Models = list[type[Model]]


def migrations_of(alias: str) -> dict[str, list[str]]:
    """The migrations that a database has taken, by app; not the ones that stand for several others, which are named."""
    loader = MigrationExecutor(connections[alias]).loader
    found: dict[str, list[str]] = {}
    for app, name in sorted(set(loader.applied_migrations) - set(loader.replacements)):
        found.setdefault(app, []).append(name)
    return found


def unknown_migrations(taken: dict[str, list[str]]) -> list[str]:
    """Migrations that this program does not know: it is older than what it is to read."""
    known = MigrationExecutor(connections["default"]).loader.disk_migrations
    return [f"{app}.{name}" for app, names in taken.items() for name in names if (app, name) not in known]


def apps_at(alias: str, taken: dict[str, list[str]]) -> Apps:
    """Bring an empty database to the state in which some migrations left another, and give the models of that state."""
    executor = MigrationExecutor(connections[alias])
    at_once = {migration.replaces[-1]: node for node, migration in executor.loader.replacements.items()}
    targets = [at_once.get((app, names[-1]), (app, names[-1])) for app, names in taken.items()]
    if any(target not in executor.loader.graph.nodes for target in targets):  # one of those that were made one
        executor.loader = MigrationLoader(connections[alias], replace_migrations=False)
    executor.migrate(targets)
    executor.loader.build_graph()
    return executor.loader.project_state(targets).apps


def models_of(apps: Any) -> Models:
    """The models whose tables hold the ledger, in the order of their names."""
    found = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return sorted((m for m in found if m._meta.db_table not in LEFT_OUT), key=lambda m: m._meta.db_table)


def fields_of(model: type[Model]) -> list[Field[Any, Any]]:
    """The fields that are columns of the table, by the names of the columns: their order in the model is no matter."""
    return sorted(model._meta.concrete_fields, key=lambda field: str(field.column))


def lines_of(model: type[Model], alias: str) -> Iterator[str]:
    """The rows of a table in the order of their keys, each as one line of JSON."""
    fields = fields_of(model)
    rows = model._base_manager.using(alias).order_by("pk").values_list(*(f.attname for f in fields))
    for row in rows.iterator(chunk_size=BATCH):
        yield json.dumps([_plain(value) for value in row], ensure_ascii=False, sort_keys=True)


def load(model: type[Model], lines: Iterable[str], alias: str) -> None:
    """Put rows into an empty table, every column as it was."""
    connection = connections[alias]
    fields = fields_of(model)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(f.column)) for f in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"
    with connection.cursor() as cursor:
        for batch in _batches(lines):
            cursor.executemany(
                sql,
                [
                    [f.get_db_prep_save(_value(f, value), connection) for f, value in zip(fields, row, strict=True)]
                    for row in batch
                ],
            )


def _batches(lines: Iterable[str]) -> Iterator[list[list[Any]]]:
    batch: list[list[Any]] = []
    for line in lines:
        batch.append(json.loads(line))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def sum_of(model: type[Model], alias: str) -> TableSum:
    """Count and hash a table of a database."""
    return summed(model._meta.db_table, lines_of(model, alias))


def emptied(models: Models, alias: str) -> None:
    """Delete every row. To be used in a transaction: constraints are looked at when it ends."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
            if model._meta.db_table == SearchEntry._meta.db_table:
                clear(alias)  # the index of the search, which the first start fills again


def reset_sequences(models: Models, alias: str) -> None:
    """Let numbers go on after the highest one that is there."""
    from django.core.management.color import no_style

    connection = connections[alias]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)


def _plain(value: Any) -> Any:
    """A value as JSON says it on both databases: PostgreSQL gives whole numbers inside JSON back without a fraction."""
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode("ascii")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _value(field: Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    kind = field.get_internal_type()
    if kind == "BinaryField":
        return b64decode(value)
    if kind == "FloatField":
        return float(value)
    return value if kind == "JSONField" else field.to_python(value)
