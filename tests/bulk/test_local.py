"""Many files on this machine: the same findings however many processes, and no more held than needed."""

from __future__ import annotations

import io
import json
import os
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulk.conftest import Run
from bulk.material import document, mixed, write
from liantu.bulk import EngineError, File, LocalEngine, Outcome, Work, journal_path, read_folders, walk
from liantu.bulk import local as local_module
from liantu.cli import main
from liantu.reading import documents_in


@pytest.mark.parametrize("workers", [2, 4])
def test_the_number_of_workers_changes_no_byte(undisturbed: Run, tmp_path: Path, workers: int) -> None:
    output = tmp_path / "findings.jsonl"
    report = read_folders([undisturbed.folder], output, LocalEngine(workers, ahead=2))
    assert output.read_bytes() == undisturbed.findings
    assert journal_path(output).read_bytes() == undisturbed.journal
    assert (report.done, report.kept) == (30, 0)


def test_the_findings_are_those_of_reading_file_by_file(undisturbed: Run) -> None:
    plain = CliRunner().invoke(main, ["read", str(undisturbed.folder), "--format", "jsonl"])
    assert plain.stdout_bytes == undisturbed.findings


def test_the_journal_tells_which_lines_are_of_which_file(undisturbed: Run) -> None:
    _, *rows = map(json.loads, undisturbed.journal.splitlines())
    assert [row["path"] for row in rows] == [str(path) for path in documents_in(undisturbed.folder)]
    lines = undisturbed.findings.splitlines(keepends=True)
    for row in rows:
        own, lines = lines[: row["documents"]], lines[row["documents"] :]
        assert sum(map(len, own)) == row["bytes"]
        assert all(json.loads(line)["source"].split("!")[0] == Path(row["path"]).name for line in own)
    assert not lines


def test_files_that_cannot_be_read_are_named_and_stop_nothing(undisturbed: Run) -> None:
    _, *rows = map(json.loads, undisturbed.journal.splitlines())
    failed = {Path(row["path"]).name: row["problems"] for row in rows if row["failed"]}
    bad = [Path(name).name for name in mixed(30) if Path(name).name.startswith(("断", "空"))]
    assert sorted(failed) == sorted(bad)
    for name, [problem] in failed.items():
        assert name in problem["zh"]
        assert name in problem["en"]


NAMES = st.sampled_from(
    ["通报.txt", "通.md", "a.txt", "a", "a.b", "B.txt", ".隐藏", "~$开.docx", "图.png", "__MACOSX", "c"]
)


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_the_walk_goes_in_the_order_of_the_folder(
    tmp_path_factory: pytest.TempPathFactory, paths: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("walk")
    for parts in paths:
        path = folder.joinpath(*parts)
        if not path.exists() and all(not parent.is_file() for parent in path.parents):
            write(folder, {"/".join(parts): b"x"})
    assert [file.path for file in walk([folder])] == [str(path) for path in documents_in(folder)]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "外", {"密.txt": b"x"})
    folder = write(tmp_path / "内", {"通报.txt": b"x"})
    (folder / "出.txt").symlink_to(outside / "密.txt")
    (folder / "出去").symlink_to(outside)
    (folder / "里.txt").symlink_to(folder / "通报.txt")
    assert [Path(file.path).name for file in walk([folder])] == ["通报.txt", "里.txt"]


@pytest.mark.skipif(os.name == "nt", reason="names without an encoding exist on POSIX only")
def test_a_name_in_no_encoding(tmp_path: Path) -> None:
    folder = write(tmp_path / "材料", {"通报.txt": document(1).encode()})
    (folder / os.fsdecode(b"\xbd\xfa\xd6\xd0.txt")).write_text(document(2), encoding="utf-8")
    output = tmp_path / "findings.jsonl"
    read_folders([folder], output, LocalEngine(1))
    again = read_folders([folder], output, LocalEngine(1))
    assert (again.done, again.kept, again.documents) == (2, 2, 2)


def test_a_file_named_by_hand_and_one_that_is_not_there(undisturbed: Run, tmp_path: Path) -> None:
    named = write(tmp_path, {"三号通报": document(3).encode()}) / "三号通报"
    target = io.BytesIO()
    report = read_folders([tmp_path / "没有.txt", named], target, LocalEngine(2))
    assert (report.done, report.failed) == (2, 1)


class Slow:
    """Stands for reading a file: the first one takes until `finish`, the others give 1,000 bytes at once."""

    def __init__(self) -> None:
        self.finish = threading.Event()
        self.read = 0

    def __call__(self, _reader: object, path: str) -> Outcome:
        self.read += 1
        if path == "0":
            assert self.finish.wait(30)
        return Outcome(b"x" * 1000, 1)


@pytest.mark.parametrize(
    ("ahead", "held_bytes", "most"),
    [(4, 10**9, 8), (10**6, 20_000, 22)],
    ids=["by their number", "by their size"],
)
def test_no_more_waits_for_a_slow_file_than_allowed(
    monkeypatch: pytest.MonkeyPatch, ahead: int, held_bytes: int, most: int
) -> None:
    slow = Slow()
    monkeypatch.setattr(local_module, "read_file", slow)
    asked = 0

    def works() -> object:
        nonlocal asked
        for number in range(500):
            asked += 1
            yield Work(File(0, str(number), 0, 0))

    results = LocalEngine(2, ahead=ahead, held_bytes=held_bytes).read(works())
    first: list[str] = []
    waiting = threading.Thread(target=lambda: first.append(next(results)[0].file.path))
    waiting.start()
    waiting.join(0.5)
    assert waiting.is_alive()
    assert 2 < asked <= most
    slow.finish.set()
    waiting.join(30)
    assert first + [work.file.path for work, _ in results] == [str(number) for number in range(500)]


def test_a_reader_that_cannot_start_ends_the_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("liantu.bulk.outcome._TASK", "liantu.no_such_room:read")
    folder = write(tmp_path / "材料", {"通报.txt": document(1).encode()})
    with pytest.raises(EngineError, match="no_such_room"):
        read_folders([folder], tmp_path / "findings.jsonl", LocalEngine(2))
