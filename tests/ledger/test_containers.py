"""Archives and e-mails in a folder: every document in them is a source of its own, known by its place."""

from __future__ import annotations

import os
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.ledger.making import snapshot

from liantu.ledger import services
from liantu.ledger.models import FigureView, IngestItem, Job, Source, SourcePath

REPORT = (
    "晋中市产业链工作通报\n\n2024-10-05 来源：晋中日报\n\n今年以来，晋中市累计推广甲醇汽车{}辆、建成甲醇加注站58座。\n"
)


def pack(path: Path, members: dict[str, bytes | str]) -> Path:
    """An archive of `members`, as a newer file than the one it replaces."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    os.utime(path, ns=(before + 10**9, before + 10**9))
    return path


def mail(*attachments: tuple[str, str]) -> bytes:
    """A message about 700 vehicles, with attached texts."""
    message = EmailMessage()
    message["Subject"], message["From"] = "产业链工作通报", "晋中市工信局 <gxj@example.cn>"
    message["Date"] = "Sat, 05 Oct 2024 09:12:00 +0800"
    message.set_content("今年以来，晋中市累计推广甲醇汽车700辆。\n")
    for name, text in attachments:
        message.add_attachment(text.encode(), maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def values() -> set[float]:
    return set(FigureView.objects.filter(unit="辆").values_list("value", flat=True))


def names(state: str) -> list[str]:
    return sorted(Source.objects.filter(state=state).values_list("name", flat=True))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "资料"
    place.mkdir()
    pack(
        place / "材料.zip",
        {
            "十月/通报.txt": REPORT.format(5623),
            "来信.eml": mail(("附件.txt", REPORT.format(800))),
            "坏.docx": b"PK\x03\x04",
            "图.gif": b"GIF89a",
        },
    )
    return place


def test_every_document_in_an_archive_is_a_source_with_its_place(ledger: str, folder: Path) -> None:
    report = services.ingest_folder(folder)
    assert names("ready") == ["材料.zip!十月/通报.txt", "材料.zip!来信.eml", "材料.zip!来信.eml!附件.txt"]
    assert names("unpacked") == ["材料.zip"]
    assert names("failed") == ["材料.zip!坏.docx"]
    [bad] = Source.objects.filter(state="failed")
    assert "材料.zip!坏.docx" in bad.problems[0]["zh"]
    assert values() == {5623, 700, 800}
    assert [Path(path).name for path in report.failed] == ["材料.zip!坏.docx"]
    archive = str(folder / "材料.zip")
    assert set(SourcePath.objects.values_list("container", flat=True)) == {"", archive}
    assert SourcePath.objects.filter(container=archive, path__startswith=f"{archive}!").count() == 4
    job = Job.objects.get()
    assert (job.total, job.done, job.failed) == (5, 5, 1)


def test_a_second_look_opens_nothing_and_a_touched_archive_adds_nothing(ledger: str, folder: Path) -> None:
    services.ingest_folder(folder)
    before = snapshot()
    second = services.ingest_folder(folder)
    assert (second.added, second.failed, second.missing, second.unchanged) == ([], [], [], 1)
    os.utime(folder / "材料.zip", ns=(1, 1))
    third = services.ingest_folder(folder)
    assert (third.added, third.changed, third.unchanged) == ([], [], 4)
    assert snapshot() == before


def test_a_new_version_of_an_archive_replaces_what_it_said(ledger: str, folder: Path) -> None:
    services.ingest_folder(folder)
    pack(folder / "材料.zip", {"十月/通报.txt": REPORT.format(6000)})
    report = services.ingest_folder(folder)
    assert 6000 in values() and 5623 not in values()
    assert names("unpacked") == ["材料.zip"] and names("superseded").count("材料.zip") == 1
    # What is in the archive no longer is told, as a file gone from its folder is, and kept.
    assert sorted(path.split("!", 1)[1] for path in report.missing) == ["坏.docx", "来信.eml", "来信.eml!附件.txt"]
    assert {700, 800} <= values()
    assert IngestItem.objects.filter(state="missing").count() == 3
    assert services.ingest_folder(folder).missing == []


def test_an_archive_that_goes_takes_its_documents_with_it_and_brings_them_back(ledger: str, folder: Path) -> None:
    services.ingest_folder(folder)
    data = (folder / "材料.zip").read_bytes()
    (folder / "材料.zip").unlink()
    report = services.ingest_folder(folder)
    assert len(report.missing) == 5
    assert SourcePath.objects.filter(missing=True).count() == 5
    (folder / "材料.zip").write_bytes(data)
    services.ingest_folder(folder)
    assert not SourcePath.objects.filter(missing=True).exists()


def test_removing_an_archive_removes_what_lies_in_it_alone(ledger: str, folder: Path) -> None:
    (folder / "副本.txt").write_text(REPORT.format(800), encoding="utf-8")
    services.ingest_folder(folder)
    report = services.remove_source(Source.objects.get(state="unpacked").pk, "张三")
    assert report.statements > 0
    assert values() == {800}
    os.utime(folder / "材料.zip", ns=(1, 1))
    services.ingest_folder(folder)
    assert values() == {800}
    assert not Source.objects.filter(state="unpacked").exists()


def test_a_run_that_ended_inside_an_archive_is_taken_up(ledger: str, folder: Path) -> None:
    class CutError(Exception):
        pass

    def stop(progress: services.Progress) -> None:
        if progress.done == 2:
            raise CutError

    with pytest.raises(CutError):
        services.ingest_folder(folder, stop)
    assert not Source.objects.filter(state="unpacked").exists()
    services.ingest_folder(folder)
    assert values() == {5623, 700, 800}


def test_a_document_in_an_archive_is_read_again_from_it(ledger: str, folder: Path) -> None:
    services.ingest_folder(folder)
    source = Source.objects.get(name="材料.zip!来信.eml!附件.txt")
    before = snapshot()
    report = services.reread(source.pk)
    assert (report.sources, report.unread) == (1, [])
    assert snapshot() == before


def test_a_copy_beside_its_archive_is_a_second_path(ledger: str, folder: Path) -> None:
    services.ingest_folder(folder)
    (folder / "通报.txt").write_text(REPORT.format(5623), encoding="utf-8")
    assert len(services.ingest_folder(folder).duplicate) == 1
    assert Source.objects.get(name="材料.zip!十月/通报.txt").paths.count() == 2


@pytest.mark.parametrize("kind", ["locked", "bomb", "empty"])
def test_an_archive_that_cannot_be_opened_says_why(ledger: str, tmp_path: Path, kind: str) -> None:
    path = pack(tmp_path / "包.zip", {"a.txt": b"0" * 30_000_000 if kind == "bomb" else "x"})
    data = bytearray(path.read_bytes())
    if kind == "locked":
        data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    if kind == "bomb":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", b"0" * 30_000_000)
    if kind == "empty":
        pack(path, {"图.gif": b"GIF89a"})
    services.ingest_folder(tmp_path)
    [source] = Source.objects.all()
    wanted = {"locked": "encrypted", "bomb": "zip_bomb", "empty": "empty_archive"}[kind]
    assert (source.state, source.problems[0]["code"]) == ("failed", wanted)


def test_an_uploaded_archive_gives_an_item_for_each_document(ledger: str, folder: Path) -> None:
    item = services.ingest_upload(folder / "材料.zip", "材料.zip", "张三")
    assert item.source is not None and item.source.name == "材料.zip"
    states = list(item.job.items.order_by("pk").values_list("source__name", "state"))
    assert states == [
        ("材料.zip!十月/通报.txt", "added"),
        ("材料.zip!来信.eml", "added"),
        ("材料.zip!来信.eml!附件.txt", "added"),
        ("材料.zip!坏.docx", "failed"),
        ("材料.zip", "added"),
    ]
    assert (item.job.state, item.job.total, item.job.done) == ("done", 5, 5)
