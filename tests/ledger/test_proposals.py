"""What a model proposes counts nowhere until a person accepts it, and then stands like what a person marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.making import snapshot
from tests.proposing.standin import StandIn, running

from liantu.extraction import extract
from liantu.ledger import services
from liantu.ledger.jobs import ask_to_propose
from liantu.ledger.models import ChainView, EnterpriseView, FigureView, Job, Proposal, Review, Source, Statement
from liantu.ledger.proposals import propose_for
from liantu.proposing import Endpoint, ProposingError
from liantu.reading import read_document

SENTENCE = "“一泓清水入黄河”工程惠及两岸群众，和顺示例广场等你来，绿道连起二百余里。"
TEXT = f"晋中打好五张牌\n\n2024年10月5日 来源：晋中日报\n\n晋中市推广甲醇汽车5623辆。\n\n{SENTENCE}\n"
FIRM = {"kind": "enterprise", "sentence": SENTENCE, "name": "和顺示例广场", "role": "supporting"}
CHAIN = {"kind": "chain", "sentence": SENTENCE, "name": "绿道", "holder": "晋中市", "role": "planned"}
RELATION = {"kind": "relation", "sentence": SENTENCE, "head": "和顺示例广场", "relation": "belongs_to", "tail": "绿道"}


@pytest.fixture
def model() -> Iterator[StandIn]:
    with running() as stand_in:
        yield stand_in


@pytest.fixture
def source(ledger: str) -> Source:
    """The document, of which the reader has found everything but what is in `SENTENCE`."""
    document = read_document(TEXT.encode(), "晋中.txt")
    return services.add_findings(document, extract(document)).source


def proposed(model: StandIn, source: Source, *findings: dict[str, Any]) -> list[Proposal]:
    model.says(*findings)
    propose_for(source.pk, Endpoint(model.address, "示例模型"))
    return list(services.waiting_proposals())


def test_a_proposal_counts_nowhere(model: StandIn, source: Source) -> None:
    before, statements = snapshot(), Statement.objects.count()
    rows = proposed(model, source, FIRM, CHAIN, RELATION)
    assert sorted((row.kind, row.origin) for row in rows) == [
        (k, "示例模型") for k in ("chain", "enterprise", "relation")
    ]
    assert snapshot() == before and Statement.objects.count() == statements
    services.rebuild_views()
    assert snapshot() == before
    assert all(TEXT[row.evidence_start : row.evidence_end] == row.sentence for row in rows)


def test_what_is_accepted_stands_with_the_person_as_its_origin(model: StandIn, source: Source) -> None:
    rows = {row.kind: row for row in proposed(model, source, FIRM, CHAIN, RELATION)}
    reviews = [services.accept_proposal(row.pk, "张三", "核对过") for row in rows.values()]
    assert not services.waiting_proposals().exists()
    assert {(r.by, r.verdict, r.statement.by, r.statement.payload["proposed_by"]) for r in reviews} == {
        ("张三", "added", "张三", "示例模型")
    }
    firm = EnterpriseView.objects.get(name="和顺示例广场")
    assert firm.role == "supporting" and ChainView.objects.filter(name__contains="绿道").exists()
    statement = Statement.objects.get(kind="enterprise", subject_name="和顺示例广场")
    assert TEXT[statement.evidence_start : statement.evidence_end] == statement.sentence == SENTENCE
    before = snapshot()
    services.rebuild_views()
    assert snapshot() == before


def test_taking_an_acceptance_back_lets_it_wait_again(model: StandIn, source: Source) -> None:
    [row] = proposed(model, source, FIRM)
    review = services.accept_proposal(row.pk, "张三")
    assert services.accept_proposal(row.pk, "李四").pk == review.pk
    services.undo_review(review.pk, "张三")
    assert not EnterpriseView.objects.filter(name="和顺示例广场").exists()
    assert [p.pk for p in services.waiting_proposals()] == [row.pk]
    assert services.accept_proposal(row.pk, "张三").undone_at is None


def test_what_is_refused_does_not_come_back_by_itself(model: StandIn, source: Source) -> None:
    [row] = proposed(model, source, FIRM)
    services.refuse_proposal(row.pk, "张三")
    assert proposed(model, source, FIRM) == []
    services.undo_refusal(row.pk, "张三")
    assert [p.pk for p in services.waiting_proposals()] == [row.pk]


def test_a_figure_is_read_again_when_it_is_accepted(model: StandIn, source: Source) -> None:
    Statement.objects.filter(source=source).delete()
    services.rebuild_views()
    start = TEXT.index("5623")
    row = Proposal.objects.create(
        id="a", source=source, origin="示例模型", kind="figure", start=start, end=start + 4,
        columns={"subject_name": "晋中市", "property": "推广甲醇汽车", "value": 9999, "unit": "辆"},
        evidence_start=start, evidence_end=start + 5, sentence=TEXT[start : start + 5], at=source.read_at,
    )  # fmt: skip
    with pytest.raises(ValueError, match="与原文不符"):
        services.accept_proposal(row.pk, "张三")
    assert not FigureView.objects.exists() and not Review.objects.exists()
    Proposal.objects.update(columns=row.columns | {"value": 5623})
    services.accept_proposal(row.pk, "张三")
    assert FigureView.objects.get().value == 5623


def test_a_rejected_figure_is_not_proposed_anew(model: StandIn, source: Source) -> None:
    services.review_statement(FigureView.objects.get(number="5623").pk, "rejected", "张三")
    figure = {"kind": "figure", "sentence": "晋中市推广甲醇汽车5623辆。", "number": "5623", "subject": "晋中市", "indicator": "推广甲醇汽车", "status": "actual"}  # fmt: skip
    assert proposed(model, source, figure) == []


def test_a_sentence_that_is_gone_cannot_be_accepted(model: StandIn, source: Source) -> None:
    [row] = proposed(model, source, FIRM)
    Proposal.objects.update(sentence="另一句话。")
    with pytest.raises(ValueError, match="没有这句话"):
        services.accept_proposal(row.pk, "张三")
    assert not Review.objects.exists()


def test_a_job_asks_the_model_that_the_environment_names(
    model: StandIn, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ProposingError, match="LIANTU_LLM_ADDRESS"):
        ask_to_propose(source.pk, "张三")
    monkeypatch.setenv("LIANTU_LLM_ADDRESS", model.address)
    monkeypatch.setenv("LIANTU_LLM_MODEL", "示例模型")
    model.says(FIRM)
    job = ask_to_propose(source.pk, "张三")
    assert ask_to_propose(source.pk, "李四").pk == job.pk
    assert services.run_waiting() == 1
    job.refresh_from_db()
    assert (job.state, job.failed, services.waiting_proposals().count()) == ("done", 0, 1)
    model.status = 500
    ask_to_propose(source.pk, "张三")
    services.run_waiting()
    failed = Job.objects.latest("pk")
    assert failed.failed == 1 and "没有回答" in failed.items.get().problems[0]["zh"]


def test_a_stopped_job_sends_nothing_more(model: StandIn, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANTU_LLM_ADDRESS", model.address)
    monkeypatch.setenv("LIANTU_LLM_MODEL", "示例模型")
    job = ask_to_propose(source.pk, "张三")
    services.stop_job(job.pk)
    assert services.run_waiting() == 0 and model.asked == []


def test_a_moved_file_keeps_what_was_accepted(model: StandIn, ledger: str, tmp_path: Path) -> None:
    path = tmp_path / "晋中.txt"

    def keep(text: str) -> Source:
        path.write_text(text, encoding="utf-8")
        document = read_document(path)
        return services.add_findings(document, extract(document), path=path).source

    source = keep(TEXT)
    [row] = proposed(model, source, FIRM)
    services.accept_proposal(row.pk, "张三")
    keep(TEXT + "\n又添一句。\n")
    statement = Statement.objects.get(source__state="ready", kind="enterprise", subject_name="和顺示例广场")
    assert (statement.by, statement.payload["proposed_by"]) == ("张三", "示例模型")
    assert services.left_behind() == []
