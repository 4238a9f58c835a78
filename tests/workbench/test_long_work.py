"""Reading everything again, and asking a language model, from the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from tests.proposing.standin import StandIn, running

from liantu.extraction import extract
from liantu.ledger import services
from liantu.ledger.models import EnterpriseView, Job, Source
from liantu.reading import read_document

SENTENCE = "“一泓清水入黄河”工程惠及两岸群众，和顺示例广场等你来。"
FIRM = {"kind": "enterprise", "sentence": SENTENCE, "name": "和顺示例广场", "role": None}


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A stand-in server that the environment names."""
    with running() as stand_in:
        monkeypatch.setenv("LIANTU_LLM_ADDRESS", stand_in.address)
        monkeypatch.setenv("LIANTU_LLM_MODEL", "示例模型")
        monkeypatch.setenv("LIANTU_LLM_KEY", "geheim-123")
        yield stand_in


@pytest.fixture
def source(db: None) -> Source:
    document = read_document(f"晋中打好五张牌\n\n2024年10月5日 来源：晋中日报\n\n{SENTENCE}\n".encode(), "晋中.txt")
    return services.add_findings(document, extract(document)).source


def test_everything_is_read_again_from_the_page(
    clerk: Client, page: Callable[..., str], filled: dict[str, Source]
) -> None:
    assert "全部重读" in page("/documents") and "重读旧的" not in page("/documents")
    response = clerk.post("/documents/reread")
    job = Job.objects.get(kind="reread")
    assert response["Location"] == f"/documents/jobs/{job.pk}"
    assert "排队等待" in page(f"/documents/jobs/{job.pk}") and "停止" in page(f"/documents/jobs/{job.pk}/state")
    assert f"/documents/jobs/{job.pk}/state" in page("/documents") and "全部重读" not in page("/documents")
    services.run_waiting()
    assert "重读完了：4 份" in page(f"/documents/jobs/{job.pk}/state")


def test_what_an_older_reader_read_is_counted(
    clerk: Client, page: Callable[..., str], filled: dict[str, Source]
) -> None:
    Source.objects.filter(pk=filled["daily"].pk).update(reader_version="old")
    assert "重读旧的 1 份" in page("/documents")
    clerk.post("/documents/reread", {"outdated": "1"})
    services.run_waiting()
    job = Job.objects.get(kind="reread")
    assert (job.done, job.total) == (1, 1)


def test_a_job_is_stopped_from_the_page(clerk: Client, page: Callable[..., str], filled: dict[str, Source]) -> None:
    clerk.post("/documents/reread")
    job = Job.objects.get(kind="reread")
    said = clerk.post(f"/documents/jobs/{job.pk}/stop", headers={"HX-Request": "true"}).content.decode()
    assert "已停止" in said and services.run_waiting() == 0
    assert clerk.get(f"/documents/jobs/{job.pk + 1}").status_code == 404


def test_without_a_model_nothing_speaks_of_one(clerk: Client, page: Callable[..., str], source: Source) -> None:
    assert "请模型提议" not in page(f"/documents/{source.pk}")
    assert clerk.get(f"/documents/{source.pk}/propose").status_code == 404
    assert clerk.post(f"/documents/{source.pk}/propose").status_code == 404
    assert not Job.objects.exists()


def test_the_page_says_what_leaves_before_it_leaves(
    clerk: Client, page: Callable[..., str], source: Source, model: StandIn
) -> None:
    assert "请模型提议" in page(f"/documents/{source.pk}")
    told = page(f"/documents/{source.pk}/propose")
    assert model.address in told and "示例模型" in told and "涉密" in told and "geheim" not in told
    assert model.asked == []
    model.says(FIRM, FIRM | {"name": "虚构公司"})
    job = Job.objects.get(pk=int(clerk.post(f"/documents/{source.pk}/propose")["Location"].rsplit("/", 1)[1]))
    services.run_waiting()
    assert "模型新提议 1 条；另有 1 条" in page(f"/documents/jobs/{job.pk}/state")
    assert len(model.asked) == 1


def test_a_server_that_fails_is_named_on_the_page(
    clerk: Client, page: Callable[..., str], source: Source, model: StandIn
) -> None:
    model.status = 401
    clerk.post(f"/documents/{source.pk}/propose")
    services.run_waiting()
    assert "拒绝了密钥（401）" in page(f"/documents/jobs/{Job.objects.get().pk}/state")


def test_a_proposal_is_decided_on(clerk: Client, page: Callable[..., str], source: Source, model: StandIn) -> None:
    model.says(FIRM)
    clerk.post(f"/documents/{source.pk}/propose")
    services.run_waiting()
    row = services.waiting_proposals().get()
    assert clerk.post(f"/review/proposals/{row.pk}", {"verdict": "perhaps"}).status_code == 404
    clerk.post(f"/review/proposals/{row.pk}", {"verdict": "refused"})
    assert not services.waiting_proposals().exists()
    services.undo_refusal(row.pk, "clerk")
    said = clerk.post(f"/review/proposals/{row.pk}", {"verdict": "accepted"}, headers={"HX-Request": "true"})
    assert "采信" in said.content.decode()
    firm = EnterpriseView.objects.get(name="和顺示例广场")
    assert "示例模型" in page(f"/statements/{firm.entity.statements.get().pk}")
