"""The published schema: what clients rely on changes only on purpose, and its page loads nothing from elsewhere."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.test import Client

SNAPSHOT = Path(__file__).with_name("openapi.json")


def test_the_schema_is_the_one_in_the_repository(client: Client, engine: str) -> None:
    """After a change made on purpose: `LIANTU_WRITE_OPENAPI=1 pytest tests/api/test_schema.py`, then commit the file."""
    if engine != "sqlite":
        pytest.skip("the schema is the same on every engine")
    response = client.get("/api/openapi.json")
    assert response.status_code == 200
    schema = response.json()
    schema["info"]["version"] = ""
    if os.environ.get("LIANTU_WRITE_OPENAPI"):
        text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)
        SNAPSHOT.write_text(text + "\n", encoding="utf-8")
    assert schema == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_every_operation_reads_and_asks_for_a_session() -> None:
    schema = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert schema["components"]["securitySchemes"]["SessionAuth"]["in"] == "cookie"
    for operations in schema["paths"].values():
        assert set(operations) == {"get"}
        assert operations["get"]["security"] and operations["get"]["description"]


@pytest.mark.parametrize("path", ["/api/docs", "/api/redoc", "/api/"])
def test_no_page_of_it_loads_scripts_from_elsewhere(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404 and b"//cdn" not in response.content


def test_the_schema_needs_a_login(db: None) -> None:
    assert Client().get("/api/openapi.json").status_code == 302
