"""The ledger as tools: a client starts `liantu mcp` and asks it over standard input and output."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters

ROOT = Path(__file__).resolve().parents[2]
FILL = """
from datetime import date
from liantu.server.space import migrate, open_space
open_space(None); migrate()
from tests.ledger.making import document, figure, findings, says
from liantu.extraction.model import Evidence, Project
from liantu.ledger.services import add_findings
add_findings(*says("5623", 5623, "辆", "推广甲醇汽车", publisher="甲报", on=date(2024, 11, 1)))
add_findings(*says("5700", 5700, "辆", "推广甲醇汽车", publisher="乙报", on=date(2024, 11, 3)))
text = "上文在此。光伏组件项目开工，投资12亿元。下文在此。"
made = document(text, name="开工.txt", publisher="丙报", published=date(2024, 12, 1))
said = Evidence("光伏组件项目开工，投资12亿元。", 5, 21)
project = Project("光伏组件项目", (), said, 12e8, "started", "太原市", None, "光伏")
add_findings(made, findings(made, projects=[project]))
"""


class Session:
    """A client that talks to a running `liantu mcp`, for tests that wait for each answer."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self.portal = portal
        self.client = client

    def tools(self) -> list[Any]:
        """The tools on offer."""
        return list(self.portal.call(self.client.list_tools).tools)

    def call(self, tool: str, **arguments: Any) -> Any:
        """The structured answer of one tool."""
        result = self.portal.call(self.client.call_tool, tool, arguments)
        assert not result.is_error, result.content
        return result.structured_content

    def refusal(self, tool: str, **arguments: Any) -> str:
        """What a tool says that cannot answer."""
        result = self.portal.call(self.client.call_tool, tool, arguments)
        assert result.is_error
        return str(result.content[0].text)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A server over a ledger of its own, on SQLite, with three documents."""
    left_out = {"DATABASE_URL", "LIANTU_SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    environment = {k: v for k, v in os.environ.items() if k not in left_out}
    environment |= {"LIANTU_HOME": str(tmp_path_factory.mktemp("home")), "LIANTU_SPACE": "tools"}
    subprocess.run([sys.executable, "-c", FILL], cwd=ROOT, env=environment | {"PYTHONPATH": str(ROOT)}, check=True)
    server = StdioServerParameters(command=sys.executable, args=["-m", "liantu", "mcp"], env=environment, cwd=ROOT)
    client = Client(server, read_timeout_seconds=60)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(client) as talking:
        yield Session(portal, talking)


def test_the_tools_say_what_they_do_and_that_they_only_read(session: Session) -> None:
    tools = session.tools()
    told = {"search", "search_figures", "open_evidence", "list_projects", "list_tasks", "list_targets", "list_alerts"}
    assert {tool.name for tool in tools} == told
    for tool in tools:
        assert tool.annotations.read_only_hint and " / " in tool.description


def test_a_figure_is_found_and_its_evidence_opened_with_what_others_say(session: Session) -> None:
    found = session.call("search_figures", words="甲醇汽车", region="晋中市")
    assert [row["number"] for row in found["items"]] == ["5700", "5623"]
    newest = found["items"][0]
    assert newest["state"] == "conflict" and newest["evidence"]["sentence"] == "晋中市推广甲醇汽车5700辆。"
    opened = session.call("open_evidence", statement=newest["statement"])
    assert opened["said"]["evidence"]["source"]["publisher"] == "乙报"
    assert [(row["number"], row["evidence"]["source"]["publisher"]) for row in opened["others"]] == [("5623", "甲报")]


def test_projects_lead_to_their_sentence_and_the_words_around_it(session: Session) -> None:
    [project] = session.call("list_projects", chain="光伏", stage="started", least=10)["items"]
    assert (project["name"], project["investment"]) == ("光伏组件项目", 12e8)
    opened = session.call("open_evidence", statement=project["evidence"]["statement"])
    assert (opened["before"], opened["after"]) == ("上文在此。", "下文在此。")
    assert session.call("list_projects", least=20)["items"] == []


def test_the_office_s_work_is_told_as_it_stands(session: Session) -> None:
    assert session.call("list_tasks", late=True)["count"] == session.call("list_alerts", level="red")["count"] == 0
    targets = session.call("list_targets", region="晋中市")["items"]
    assert all(row["id"] is None and row["evidence"]["sentence"] for row in targets)
    assert "state" in session.refusal("list_targets", state="dreaming")


def test_what_cannot_be_answered_is_said_in_words(session: Session) -> None:
    assert "没有编号" in session.refusal("open_evidence", statement="nobody")
    assert "朝阳区" in session.refusal("search_figures", region="朝阳区")
    assert "no region is called" in session.refusal("search_figures", region="不存在市")
    assert "stage" in session.refusal("list_projects", stage="dreaming")
