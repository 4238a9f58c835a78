"""A small ledger, and somebody who is logged in."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.ledger.making import document, figure, findings, says
from tests.ledger.people import account

from liantu.extraction.model import Chain, Enterprise, Evidence, Project
from liantu.ledger.services import add_findings

PROJECT = "太原示例公司投资12亿元的光伏组件项目在太原市开工。"


@pytest.fixture
def filled(ledger: str) -> str:
    """Two sources that agree, one that differs, and a document with a project, a firm and a chain."""
    add_findings(*says("5623", 5623, "辆", "推广甲醇汽车", publisher="甲报", on=date(2024, 11, 1)))
    add_findings(*says("5623", 5623, "辆", "推广甲醇汽车", publisher="乙报", on=date(2024, 11, 3)))
    add_findings(*says("58", 58, "座", "甲醇加注站", publisher="甲报", on=date(2024, 11, 2)))
    add_findings(*says("60", 60, "座", "甲醇加注站", publisher="乙报", on=date(2024, 11, 4)))
    add_findings(
        *says("100", 100, "座", "甲醇加注站", publisher="甲报", on=date(2024, 11, 5), status="target", period="2025")
    )
    made = document(PROJECT, name="开工.txt", publisher="丙报", published=date(2024, 12, 1))
    evidence = Evidence(PROJECT, 0, len(PROJECT))
    add_findings(
        made,
        findings(
            made,
            [figure(PROJECT, "12", 12e8, "元", "投资", subject="太原市")],
            [Project("光伏组件项目", (), evidence, 12e8, "started", "太原市", "太原示例公司", "光伏")],
            [Enterprise("太原示例公司", (), evidence, "leading")],
            chains=(Chain("光伏", (), "太原市", "growing", evidence),),
        ),
    )
    return ledger


@pytest.fixture
def client(filled: str) -> Client:
    """Somebody at the workbench."""
    account("clerk", "reader", password="a long enough word")
    client = Client()
    assert client.login(username="clerk", password="a long enough word")
    return client
