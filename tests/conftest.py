"""Fixtures of the whole session: the ledger on SQLite and on a real PostgreSQL.

A test that asks for `ledger` runs once on each engine; `db` and `transactional_db` of pytest-django are SQLite.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.postgresql import find_binaries, running_server

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Every test begins in Chinese: a page asked for in English leaves its thread in English."""
    from django.utils import translation

    with translation.override("zh-hans"):
        yield


@pytest.fixture(scope="session")
def postgresql_settings(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[dict[str, object]]:
    """Connection settings of a migrated database on a server started for this session."""
    from django.core.management import call_command
    from django.db import connections

    from liantu.workbench.settings import postgresql

    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed here: no initdb under /usr/lib/postgresql or on the PATH")
    with running_server(binaries) as url:
        connections.settings["postgresql"] = postgresql(url) | {"CONN_MAX_AGE": 0}
        connections.configure_settings(connections.settings)
        with django_db_blocker.unblock():
            settings = connections["postgresql"].settings_dict
            connections["postgresql"].creation.create_test_db(verbosity=0, autoclobber=True)
            call_command("migrate", database="postgresql", verbosity=0, skip_checks=True)
            connections["postgresql"].close()
        yield settings


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """Name of the engine behind Django's default connection while the test runs."""
    from django.db import connections

    if request.param == "sqlite":
        yield "sqlite"
        return
    settings = request.getfixturevalue("postgresql_settings")
    before = connections.settings["default"]
    connections["default"].close()
    connections.settings["default"] = settings
    del connections["default"]
    try:
        yield "postgresql"
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        del connections["default"]


@pytest.fixture
def ledger(engine: str, db: None) -> str:
    """An empty ledger on each engine in turn, rolled back after the test; gives the engine's name."""
    return engine


@pytest.fixture
def shared_ledger(engine: str, transactional_db: None) -> str:
    """The same with real commits, for tests in which several threads write; emptied after the test."""
    return engine
