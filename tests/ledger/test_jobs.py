"""Long work that a page asks for: it can be stopped, and goes on where it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.ledger.making import snapshot

from liantu.extraction import extract
from liantu.ledger import jobs, rereading, services
from liantu.ledger.models import IngestItem, Job, Source
from liantu.reading import read_document

TEXTS = [f"晋中日报 2024年10月{day}日\n2024年，晋中市推广甲醇汽车{5600 + day}辆。" for day in range(1, 6)]


@pytest.fixture
def filled(ledger: str) -> None:
    for n, text in enumerate(TEXTS):
        made = read_document(text.encode(), f"{n}.txt")
        services.add_findings(made, extract(made))


def test_everything_is_read_again(filled: None) -> None:
    before = snapshot()
    Source.objects.update(reader_version="old")
    job = services.ask_to_reread("张三")
    assert services.ask_to_reread("李四").pk == job.pk
    assert services.run_waiting() == 1
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.failed) == ("done", 5, 5, 0)
    assert not Source.objects.filter(reader_version="old").exists() and snapshot() == before


def test_only_what_an_older_reader_read(filled: None) -> None:
    Source.objects.filter(name__in=["0.txt", "3.txt"]).update(reader_version="old")
    job = services.ask_to_reread("张三", outdated=True)
    services.run_waiting()
    job.refresh_from_db()
    assert (job.done, job.total) == (2, 2)


def test_a_stopped_job_ends_with_the_file_at_hand(filled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    job = services.ask_to_reread("张三")
    read = rereading._reread

    def stop_after_two(source: Source, *rest: object) -> object:
        if source.name == "1.txt":
            services.stop_job(job.pk)
        return read(source, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(rereading, "_reread", stop_after_two)
    services.run_waiting()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("stopped", 2, 5) and job.finished_at is not None


@pytest.mark.parametrize("crashed", [True, False])
def test_a_job_that_was_cut_off_goes_on(filled: None, crashed: bool) -> None:
    job = services.ask_to_reread("张三")
    asked: list[int] = []

    def is_ending() -> bool:
        asked.append(1)
        return len(asked) > 3

    services.run_waiting(is_ending)
    job.refresh_from_db()
    assert job.state == "waiting" and 0 < job.done < 5
    done = job.done
    if crashed:
        Job.objects.update(state="running")
        services.take_up_again()
    services.run_waiting()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 5, 5) and done < 5


def test_a_file_that_is_gone_is_named(filled: None) -> None:
    gone = Source.objects.get(name="2.txt")
    gone.text.delete()
    job = services.ask_to_reread("张三")
    services.run_waiting()
    job.refresh_from_db()
    item = IngestItem.objects.get(job=job)
    assert (job.failed, item.source_id, item.state) == (1, gone.pk, "failed") and "没能重读" in item.problems[0]["zh"]


def test_a_job_that_fails_ends_and_the_next_one_runs(filled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("磁盘已满")

    monkeypatch.setattr(jobs, "reread", fail)
    first = services.ask_to_reread("张三")
    assert services.run_waiting() == 1
    first.refresh_from_db()
    assert first.state == "failed" and "磁盘已满" in first.message


def test_reading_again_leaves_out_what_was_read_since(filled: None, tmp_path: Path) -> None:
    middle = Source.objects.order_by("read_at")[2].read_at
    assert services.reread(since=middle).sources == 2
