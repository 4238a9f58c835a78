"""A folder is read file by file: only what is new or changed, none stopping the others, nothing half-read."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.making import says, snapshot

from liantu.ledger import services
from liantu.ledger.ingest import known_under
from liantu.ledger.models import FigureView, IngestItem, Job, Source, SourcePath, Statement

REPORT = (
    "晋中市产业链工作通报\n\n2024-10-05 来源：晋中日报\n\n今年以来，晋中市累计推广甲醇汽车{}辆、建成甲醇加注站58座。\n"
)


def write(folder: Path, name: str, text: str) -> Path:
    """A text file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a report."""
    place = tmp_path / "资料"
    place.mkdir()
    write(place, "通报.txt", REPORT.format(5623))
    return place


def test_a_second_look_reads_nothing(ledger: str, folder: Path) -> None:
    first = services.ingest_folder(folder)
    assert [Path(p).name for p in first.added] == ["通报.txt"]
    assert FigureView.objects.filter(value=5623, city_code="140700").exists()
    before = snapshot()
    second = services.ingest_folder(folder)
    assert (second.added, second.unchanged) == ([], 1)
    assert snapshot() == before


def test_a_touched_file_with_the_same_bytes_adds_nothing(ledger: str, folder: Path) -> None:
    services.ingest_folder(folder)
    statements = Statement.objects.count()
    os.utime(folder / "通报.txt", ns=(1, 1))
    assert services.ingest_folder(folder).unchanged == 1
    assert services.ingest_folder(folder).unchanged == 1
    assert (Source.objects.count(), Statement.objects.count()) == (1, statements)


def test_a_changed_file_replaces_what_it_said(ledger: str, folder: Path) -> None:
    services.ingest_folder(folder)
    write(folder, "通报.txt", REPORT.format(6000) + "\n")
    report = services.ingest_folder(folder)
    assert len(report.changed) == 1
    values = set(FigureView.objects.values_list("value", flat=True))
    assert 6000 in values and 5623 not in values


def test_a_copy_is_a_second_path(ledger: str, folder: Path) -> None:
    write(folder, "副本.txt", REPORT.format(5623))
    report = services.ingest_folder(folder)
    assert (len(report.added), len(report.duplicate)) == (1, 1)
    assert (Source.objects.count(), SourcePath.objects.count()) == (1, 2)


def test_a_vanished_file_is_reported_and_kept(ledger: str, folder: Path) -> None:
    path = write(folder, "另一份.txt", REPORT.format(100))
    services.ingest_folder(folder)
    path.unlink()
    report = services.ingest_folder(folder)
    assert [Path(p).name for p in report.missing] == ["另一份.txt"]
    assert FigureView.objects.filter(value=100).exists()
    assert IngestItem.objects.filter(state="missing").count() == 1


def test_a_removed_source_does_not_come_back_by_itself(ledger: str, folder: Path) -> None:
    services.ingest_folder(folder)
    services.remove_source(Source.objects.get().pk, "张三")
    services.ingest_folder(folder)
    os.utime(folder / "通报.txt", ns=(1, 1))
    services.ingest_folder(folder)
    assert Source.objects.get().state == "removed"
    assert not FigureView.objects.exists()


def test_bad_files_are_told_and_stop_nobody(ledger: str, folder: Path) -> None:
    write(folder, "空.txt", "")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 this is no package")
    (folder / "噪声.pdf").write_bytes(bytes(range(256)) * 20)
    write(folder, "README.md", "这个文件夹放各市通报。")
    write(folder, "缓存.json", "{}")
    told = []
    report = services.ingest_folder(folder, told.append)
    assert sorted(Path(p).name for p in report.failed) == ["噪声.pdf", "坏.docx", "空.txt"]
    assert [Path(p).name for p in report.added] == ["通报.txt"]
    for source in Source.objects.filter(state="failed"):
        assert source.problems[0]["zh"] and source.problems[0]["en"] and source.name in source.problems[0]["zh"]
        assert not source.statements.exists()
    assert (told[-1].done, told[-1].total, told[-1].failed) == (4, 4, 3)
    job = Job.objects.get()
    assert (job.state, job.done, job.failed) == ("done", 4, 3)


def test_a_repaired_file_is_read(ledger: str, folder: Path) -> None:
    path = write(folder, "空.txt", "")
    services.ingest_folder(folder)
    path.write_text(REPORT.format(77), encoding="utf-8")
    report = services.ingest_folder(folder)
    assert len(report.added) + len(report.changed) == 1
    assert FigureView.objects.filter(value=77).exists()


def test_an_upload_says_what_became_of_it(ledger: str, folder: Path) -> None:
    item = services.ingest_upload(folder / "通报.txt", "../通报.txt", "张三")
    assert (item.state, item.job.state, item.source.name if item.source else "") == ("added", "done", "通报.txt")
    assert services.ingest_upload(folder / "通报.txt", "通报.txt", "张三").state == "unchanged"


def test_a_folder_that_is_not_there_is_said(ledger: str, tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match="没有这个文件夹"):
        services.ingest_folder(tmp_path / "没有")


def test_hidden_and_half_copied_files_and_links_outwards_are_left_alone(tmp_path: Path) -> None:
    inside, outside = tmp_path / "内", tmp_path / "外.txt"
    (inside / ".git").mkdir(parents=True)
    write(inside / ".git", "config.txt", "x")
    for name in ("~$锁.docx", ".隐藏.txt", "下载.crdownload", "文.txt"):
        write(inside, name, "x")
    write(tmp_path, "外.txt", "x")
    (inside / "链接.txt").symlink_to(outside)
    assert [path.name for path in services.folder_files(inside)] == ["文.txt"]


def test_eight_writers_wait_for_their_turn(shared_ledger: str) -> None:
    errors: list[BaseException] = []
    barrier = threading.Barrier(8)

    def work(number: int) -> None:
        try:
            barrier.wait(30)
            for turn in range(4):
                # All of them name the same new city and indicator: one entity and one fact must come of it.
                made = says(
                    str(1000 + turn),
                    1000 + turn,
                    "辆",
                    "推广甲醇汽车",
                    publisher=f"第{number}报",
                    period=f"20{turn + 10}",
                )
                services.add_findings(*made)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not errors
    assert connection.vendor == shared_ledger
    assert (Source.objects.count(), FigureView.objects.count()) == (32, 32)
    assert set(FigureView.objects.values_list("fact__n_sources", "fact__state")) == {(8, "agreed")}
    before = snapshot()
    services.rebuild_views()
    assert snapshot() == before
    assert services.revision() == 33


def test_names_that_no_database_can_store_are_shown_and_known_again(ledger: str, folder: Path) -> None:
    for name in (b"\xff\xfe.txt", "通报\n\t二.txt".encode()):
        with open(os.path.join(os.fsencode(folder), name), "w", encoding="utf-8") as out:
            out.write(REPORT.format(len(name)))
    assert len(services.ingest_folder(folder).added) == 3
    again = services.ingest_folder(folder)
    assert (again.added, again.unchanged, again.missing) == ([], 3, [])


def test_a_file_that_comes_back_as_it_was_counts_again(ledger: str, folder: Path) -> None:
    services.ingest_folder(folder)
    write(folder, "通报.txt", REPORT.format(6000) + "\n")
    services.ingest_folder(folder)
    write(folder, "通报.txt", REPORT.format(5623))
    services.ingest_folder(folder)
    assert FigureView.objects.filter(value=5623).exists() and not FigureView.objects.filter(value=6000).exists()
    first = Source.objects.order_by("pk").first()
    assert first is not None and (first.state, first.replaced_by) == ("ready", None)


def test_a_run_that_was_cut_off_is_taken_up(ledger: str, folder: Path) -> None:
    Job.objects.create(kind="folder", folder=str(folder.resolve()), state="running")
    services.ingest_folder(folder)
    assert list(Job.objects.order_by("pk").values_list("state", flat=True)) == ["failed", "done"]


NAMES = st.text(alphabet="aAbB%_文", min_size=1, max_size=3)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.lists(NAMES, min_size=2, max_size=3).map("/".join), min_size=1, max_size=12), NAMES)
def test_what_lies_under_a_folder_is_told_apart_by_case(ledger: str, paths: set[str], folder: str) -> None:
    with transaction.atomic():
        source = Source.objects.create(digest="0" * 64, name="文", media="txt", read_at=timezone.now())
        rows = [SourcePath(path=f"/资料/{path}", source=source, seen_at=timezone.now()) for path in paths]
        SourcePath.objects.bulk_create(rows)
        assert set(known_under(Path("/资料", folder))) == {
            row.path for row in rows if row.path.startswith(f"/资料/{folder}/")
        }
        transaction.set_rollback(True)
