"""A small ledger for the pages: three papers on Jinzhong's methanol cars, a project, a firm, a chain and its outline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from tests.ledger.making import document, figure, findings

from liantu.extraction.model import Chain, Enterprise, Evidence, Project, Relation
from liantu.ledger import services
from liantu.ledger.models import Source
from liantu.reporting import Column, xlsx_bytes

PASSWORD = "a-long-pass-phrase"
DAILY = "晋中市累计推广甲醇汽车5623辆，建成甲醇加注站58座。"
BULLETIN = "截至9月底，全市建成甲醇加注站56座，推广甲醇汽车5623辆，力争年内达到70座。"
PROJECT = "晶科能源年产56GW垂直一体化大基地项目落户山西综改示范区，总投资560亿元，一期已经投产。"
OUTLINE = (
    ("level1", "level2", "level3"),
    ("甲醇经济", "制醇", "焦炉煤气制甲醇"),
    ("甲醇经济", "加注", "甲醇加注站"),
    ("甲醇经济", "整车", "甲醇重卡"),
)


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    """What one test remembers of the ledger is not the next one's."""
    cache.clear()


def add_daily() -> Source:
    """The paper of 5 October: 5,623 cars and 58 stations."""
    made = document(DAILY, "晋中日报.txt", "晋中日报", date(2024, 10, 5))
    said = [
        figure(DAILY, "5623", 5623, "辆", "推广甲醇汽车", period="../2024-10", reasons=("累计→截至",), confidence=0.93),
        figure(DAILY, "58", 58, "座", "甲醇加注站", period="../2024-10", confidence=0.5),
    ]
    whole = Evidence(DAILY, 0, len(DAILY))
    chain = Chain("甲醇经济", ("甲醇",), "晋中市", "strong", whole)
    return services.add_findings(made, findings(made, said, chains=(chain,))).source


def add_bulletin() -> Source:
    """The bulletin of 12 October: the same cars, 56 stations, and a target of 70."""
    made = document(BULLETIN, "调度通报.txt", "晋中市链长办", date(2024, 10, 12))
    said = [
        figure(BULLETIN, "5623", 5623, "辆", "累计推广甲醇汽车", period="../2024-10"),
        figure(BULLETIN, "56", 56, "座", "建成甲醇加注站", period="../2024-10"),
        figure(BULLETIN, "70", 70, "座", "甲醇加注站", period="2024", status="target"),
    ]
    return services.add_findings(made, findings(made, said)).source


def add_project() -> Source:
    """A project, its owner and its place, in a paper without a date."""
    made = document(PROJECT, "综改区.txt", "山西经济网", None)
    whole = Evidence(PROJECT, 0, len(PROJECT))
    name = "晶科能源年产56GW垂直一体化大基地项目"
    project = Project(
        name, ("56GW垂直一体化大基地",), whole, 56e9, "in_production", "山西综改示范区", "晶科能源", "光伏"
    )
    said = [
        figure(PROJECT, "560", 56e9, "元", "总投资", subject=name, subject_kind="project", status="plan", period=None),
        figure(PROJECT, "56", 56, "GW", "年产能", subject=name, subject_kind="project", status="plan", period=None),
    ]
    firm = Enterprise("晶科能源", (), whole, "chain_master")
    relation = Relation("晶科能源", "owns", name, whole)
    return services.add_findings(made, findings(made, said, [project], [firm], [relation])).source


def add_outline(folder: Path) -> Source:
    """An outline workbook of the methanol chain."""
    path = folder / "大纲.xlsx"
    heads = [Column(head) for head in OUTLINE[0]]
    path.write_bytes(xlsx_bytes("图谱", heads, OUTLINE[1:]))
    return services.add_workbook(path).source


@pytest.fixture
def filled(db: None, tmp_path: Path) -> dict[str, Source]:
    """The whole small ledger, by name."""
    return {
        "daily": add_daily(),
        "bulletin": add_bulletin(),
        "project": add_project(),
        "outline": add_outline(tmp_path),
    }


@pytest.fixture
def user(db: None) -> object:
    """The administrator."""
    return get_user_model().objects.create_superuser("clerk", "", PASSWORD)


@pytest.fixture
def clerk(client: Client, user: object) -> Client:
    """A browser in which the administrator is logged in."""
    client.force_login(user)
    return client


@pytest.fixture
def page(clerk: Client) -> Callable[..., str]:
    """Text of a page that answers 200."""

    def get(address: str, **params: str) -> str:
        response = clerk.get(address, params)
        assert response.status_code == 200, (address, response.status_code)
        return response.content.decode()

    return get
