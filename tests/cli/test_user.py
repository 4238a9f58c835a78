"""Accounts from the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.conftest import environment_at, runner, write_region

pytestmark = pytest.mark.slow


def test_an_account_is_added_listed_shut_and_the_last_administrator_stays(tmp_path: Path) -> None:
    region = write_region(tmp_path / "region")
    environment = environment_at(tmp_path / "home") | {"LIANTU_SPACE": "office"}
    run = runner(environment, tmp_path)
    assert region.is_dir()
    added = run("user", "add", "zhangsan", "--role", "chain_office", "--region", "140700", "--chain", "光伏")
    assert added.returncode == 0 and re.search(r"/invitation/[\w-]{30,}", added.stdout), added.stderr
    assert "chain_office@140700:光伏:0" in run("user", "list").stdout
    assert run("user", "add", "zhangsan").returncode != 0
    assert run("user", "add", "other", "--role", "king").returncode == 2
    assert run("user", "deactivate", "nobody").returncode != 0
    assert run("user", "add", "chief", "--role", "administrator", "--level", "2").returncode == 0
    refused = run("user", "deactivate", "chief")
    assert refused.returncode != 0 and "最后一位管理员" in refused.stderr
    assert run("user", "deactivate", "zhangsan").returncode == 0
    assert "已停用" in run("user", "list").stdout
    assert run("audit", "prune", "--days", "30").returncode == 2
    assert "0 条" in run("audit", "prune").stdout
    assert run("mcp", "--user", "nobody").returncode == 2
