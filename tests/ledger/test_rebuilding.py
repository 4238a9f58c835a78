"""Whatever was added, removed, judged and taken back, in whatever order: rebuilt views are the views."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.making import document, figure, findings, snapshot

from liantu.extraction.model import Chain, Enterprise, Evidence, Findings, Project, Relation
from liantu.ledger import services
from liantu.ledger.models import Entity, FigureView, Judgement, Pairing, Review, Source, Statement
from liantu.reading.model import Document

PUBLISHERS = ["晋中日报", "山西日报", ""]
SUBJECTS = ["晋中市", "忻州市", "太原中北高新区", "晶科能源", "56GW基地项目"]
KINDS = dict(zip(SUBJECTS, ["region", "region", "zone", "enterprise", "project"], strict=True))
INDICATORS = [
    "推广甲醇汽车",
    "累计推广甲醇汽车",
    "市级专业镇",
    "培育认定市级专业镇",
    "服务事项跨市通办",
    "服务事项跨域通办",
]


@st.composite
def readings(draw: st.DrawFn) -> tuple[Document, Findings]:
    """A small document with figures, a project, its owner and a chain."""
    number = draw(st.integers(0, 10_000))
    text = f"第{number}号：通报各地进展，100、5623、58、6000。"
    made = document(
        text,
        name=f"{number}.txt",
        publisher=draw(st.sampled_from(PUBLISHERS)),
        published=draw(st.sampled_from([None, date(2024, 10, 5), date(2025, 3, 1)])),
    )
    evidence = Evidence(text, 0, len(text))
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        subject = draw(st.sampled_from(SUBJECTS))
        value = draw(st.sampled_from([100, 5623, 58, 6000]))
        rows.append(
            figure(
                text,
                str(value),
                value,
                draw(st.sampled_from(["个", "项", "元"])),
                draw(st.sampled_from(INDICATORS)),
                subject,
                subject_kind=KINDS[subject],
                status=draw(st.sampled_from(["actual", "target", "plan"])),
                period=draw(st.sampled_from([None, "2024", "../2024-10"])),
            )
        )
    name = draw(st.sampled_from(["56GW基地项目", "晶科能源56GW基地项目", "寿阳光伏项目"]))
    project = Project(
        name,
        (),
        evidence,
        investment=draw(st.sampled_from([None, 1e9, 2e9])),
        stage=draw(st.sampled_from([None, "started", "in_production"])),
        owner=draw(st.sampled_from([None, "晶科能源", "晶科能源股份有限公司"])),
        chain=draw(st.sampled_from([None, "光伏"])),
    )
    firm = draw(st.sampled_from(["晶科能源", "晶科能源股份有限公司", "美锦氢能"]))
    return made, findings(
        made,
        rows,
        [project],
        [Enterprise(firm, ("晶科能源",) if firm.startswith("晶科") else (), evidence)],
        [
            Relation(firm, "leads", "光伏产业链", evidence),
            Relation(name, "located_in", draw(st.sampled_from(["太原市", "寿阳县"])), evidence),
        ],
        chains=(Chain("光伏产业", (), draw(st.sampled_from(["晋中市", "太原市"])), "strong", evidence),),
    )


steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), readings()),
        st.tuples(
            st.sampled_from(["remove", "judge", "undo", "review", "unreview", "pair", "unpair"]), st.integers(0, 99)
        ),
    ),
    min_size=1,
    max_size=9,
)


def take(step: str, argument: Any) -> None:
    """One thing a person or the reader does, to whatever row the number happens to name."""
    match step:
        case "add":
            services.add_findings(*argument)
        case "remove":
            if source := pick(Source, argument):
                services.remove_source(source.pk, "张三")
        case "judge":
            rows = list(Entity.objects.filter(kind="enterprise").order_by("pk"))
            if len(rows) > 1:
                left, right = rows[argument % len(rows)], rows[(argument // 7) % len(rows)]
                if left != right:
                    services.judge(left.pk, right.pk, ["same", "different", "unsure"][argument % 3], "张三")
        case "undo":
            if judgement := pick(Judgement, argument):
                services.undo_judgement(judgement.pk, "张三")
        case "review":
            if statement := pick(Statement, argument):
                verdict = ["accepted", "rejected", "corrected"][argument % 3]
                changed = {"value": 77.0, "text_value": "77"} if verdict == "corrected" else None
                services.review_statement(statement.pk, verdict, "张三", corrections=changed)
        case "unreview":
            if review := pick(Review, argument):
                services.undo_review(review.pk, "张三")
        case "pair":
            rows = list(FigureView.objects.order_by("pk").values_list("pk", flat=True))
            left, right = (rows[argument % len(rows)], rows[(argument // 7) % len(rows)]) if rows else (0, 0)
            if left != right:
                services.pair_figures(left, right, ["same", "different"][argument % 2], "张三")
        case "unpair":
            if pairing := pick(Pairing, argument):
                services.undo_pairing(pairing.pk, "张三")


def pick(model: Any, number: int) -> Any:
    """The row that a number falls on."""
    rows = list(model.objects.order_by("pk"))
    return rows[number % len(rows)] if rows else None


class Undone(Exception):
    """Ends an example: what it did is rolled back."""


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(taken=steps)
def test_rebuilt_views_are_the_views(ledger: str, taken: list[tuple[str, Any]]) -> None:
    with pytest.raises(Undone), transaction.atomic():
        for step, argument in taken:
            take(step, argument)
        before = snapshot()
        services.rebuild_views()
        assert snapshot() == before
        raise Undone


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=st.lists(readings(), min_size=1, max_size=4))
def test_adding_everything_twice_adds_nothing(ledger: str, made: list[tuple[Document, Findings]]) -> None:
    with pytest.raises(Undone), transaction.atomic():
        for document_, found in made:
            services.add_findings(document_, found)
        counts = [model.objects.count() for model in (Source, Statement, Entity)]
        before = snapshot()
        for document_, found in made:
            services.add_findings(document_, found)
        assert [model.objects.count() for model in (Source, Statement, Entity)] == counts
        assert snapshot() == before
        raise Undone


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=readings(), second=readings())
def test_removing_a_source_leaves_what_was_there_before(ledger: str, first: Any, second: Any) -> None:
    with pytest.raises(Undone), transaction.atomic():
        services.add_findings(*first)
        before = {name: rows for name, rows in snapshot().items() if name != "Profile"}
        added = services.add_findings(*second)
        # A name that the second document made one with another stays so: judgements outlive their occasion.
        merged = Judgement.objects.filter(verdict="same").exists()
        if added.state == "added" and not merged:
            services.remove_source(added.source.pk, "张三")
            assert {name: rows for name, rows in snapshot().items() if name != "Profile"} == before
        raise Undone
