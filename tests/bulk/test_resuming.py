"""A run that was cut off goes on where it was; one that is repeated reads only what has changed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulk.conftest import Run
from bulk.material import document, write
from liantu.bulk import BusyError, LocalEngine, Outcome, Work, journal_path, read_folders
from liantu.bulk import journal as journal_module
from liantu.bulk.output import Output


class Plain:
    """Reads by turning a file's bytes into one line, and remembers which files it was asked for."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.asked: list[str] = []
        self._stop_after = stop_after

    def read(self, works: Iterable[Work]) -> Generator[tuple[Work, Outcome | None], None, None]:
        for work in works:
            if work.kept:
                yield work, None
                continue
            if len(self.asked) == self._stop_after:
                raise KeyboardInterrupt
            self.asked.append(Path(work.file.path).name)
            lines = json.dumps(Path(work.file.path).read_text(encoding="utf-8")).encode() + b"\n"
            yield work, Outcome(lines * 2, 2, 5)


def files(count: int) -> dict[str, bytes]:
    return {f"{number:02}.txt": f"第{number}号".encode() for number in range(count)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "材料", files(12))


def read(folder: Path, output: Path, stop_after: int | None = None) -> list[str]:
    """Runs, and gives the names of the files that were read."""
    engine = Plain(stop_after)
    if stop_after is None:
        read_folders([folder], output, engine)
    else:
        with pytest.raises(KeyboardInterrupt):
            read_folders([folder], output, engine)
    return engine.asked


def fresh(folder: Path, beside: Path) -> tuple[bytes, bytes]:
    """Findings and journal of a run from nothing."""
    output = beside / "anew" / "findings.jsonl"
    output.parent.mkdir(exist_ok=True)
    output.unlink(missing_ok=True)
    journal_path(output).unlink(missing_ok=True)
    read(folder, output)
    return output.read_bytes(), journal_path(output).read_bytes()


def assert_as_fresh(folder: Path, output: Path) -> None:
    assert (output.read_bytes(), journal_path(output).read_bytes()) == fresh(folder, output.parent)
    assert sorted(path.name for path in output.parent.glob("findings*")) == ["findings.files.jsonl", "findings.jsonl"]


def test_a_killed_run_goes_on_and_gives_the_same_bytes(undisturbed: Run, tmp_path: Path) -> None:
    output = tmp_path / "findings.jsonl"
    command = [sys.executable, "-m", "liantu", "read", str(undisturbed.folder), "-j", "2", "-o", str(output)]
    killed = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while killed.poll() is None and (not output.exists() or output.read_bytes().count(b"\n") < 3):
        time.sleep(0.005)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    told: list[int] = []
    read_folders([undisturbed.folder], output, LocalEngine(4), lambda report, _: told.append(report.kept))
    assert told[0] >= 2
    assert output.read_bytes() == undisturbed.findings
    assert journal_path(output).read_bytes() == undisturbed.journal


@given(st.integers(0, 12), st.integers(0, 400), st.integers(0, 400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_wherever_the_files_were_cut(
    tmp_path_factory: pytest.TempPathFactory, done: int, lost: int, lost_of_journal: int
) -> None:
    desk = tmp_path_factory.mktemp("cut")
    folder, output = write(desk / "材料", files(12)), desk / "findings.jsonl"
    read(folder, output, done if done < 12 else None)
    for path, cut in ((output, lost), (journal_path(output), lost_of_journal)):
        os.truncate(path, max(0, path.stat().st_size - cut))
    asked = read(folder, output)
    assert asked == sorted(files(12))[12 - len(asked) :]
    if not lost and not lost_of_journal:
        assert len(asked) == 12 - done
    assert_as_fresh(folder, output)


def test_a_finished_run_reads_nothing_again(folder: Path, tmp_path: Path) -> None:
    read(folder, tmp_path / "findings.jsonl")
    assert read(folder, tmp_path / "findings.jsonl") == []
    assert_as_fresh(folder, tmp_path / "findings.jsonl")


Change = st.tuples(st.sampled_from(["add", "change", "remove"]), st.integers(0, 14))


@given(st.lists(st.tuples(st.lists(Change, max_size=5), st.none() | st.integers(0, 4)), min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
def test_whatever_happens_between_runs(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[tuple[list[tuple[str, int]], int | None]]
) -> None:
    """Files come, change and go, runs are cut off: the last whole run gives what a first run would."""
    desk = tmp_path_factory.mktemp("rounds")
    folder, output = write(desk / "材料", files(12)), desk / "findings.jsonl"
    read(folder, output)
    for number, (changes, stop_after) in enumerate(rounds):
        for change, at in changes:
            name = f"{at:02}{'新' if change == 'add' else ''}.txt"
            if change == "remove":
                (folder / name).unlink(missing_ok=True)
            else:
                write(folder, {name: f"{change}{number}{'长' * (number + at)}".encode()})
        engine = Plain(stop_after)
        try:
            read_folders([folder], output, engine)
        except KeyboardInterrupt:
            continue
        assert_as_fresh(folder, output)
    read(folder, output)
    assert_as_fresh(folder, output)


def test_only_what_is_new_or_changed_is_read(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "findings.jsonl"
    read(folder, output)
    write(folder, {"03.txt": "改过的三号".encode(), "05新.txt": "新来的".encode()})
    (folder / "08.txt").unlink()
    assert read(folder, output) == ["03.txt", "05新.txt"]
    assert_as_fresh(folder, output)


def test_a_repeated_run_that_is_cut_off_loses_nothing(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "findings.jsonl"
    read(folder, output)
    write(folder, {"00.txt": "改过的".encode(), "06.txt": "也改过".encode()})
    assert read(folder, output, stop_after=1) == ["00.txt"]
    assert read(folder, output) == ["06.txt"]
    assert_as_fresh(folder, output)


def test_findings_that_were_tampered_with_are_read_again(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "findings.jsonl"
    read(folder, output)
    content = bytearray(output.read_bytes())
    content[len(content) // 2] ^= 1
    output.write_bytes(content)
    assert len(read(folder, output)) == 1
    assert_as_fresh(folder, output)


def test_another_reader_reads_everything_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(folder, tmp_path / "findings.jsonl")
    monkeypatch.setattr(journal_module, "reader_digest", lambda: "another")
    assert len(read(folder, tmp_path / "findings.jsonl")) == 12


def test_findings_without_a_journal_are_written_anew(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "findings.jsonl"
    output.write_text("什么都不是\n" * 1000, encoding="utf-8")
    assert len(read(folder, output)) == 12
    assert_as_fresh(folder, output)


def test_the_run_does_not_read_what_it_writes(folder: Path) -> None:
    output = folder / "结果.txt"
    assert read(folder, output) == sorted(files(12))
    assert read(folder, output) == []


@pytest.mark.skipif(os.name == "nt", reason="no such locks")
def test_two_runs_do_not_write_the_same_findings(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "findings.jsonl"
    with Output(output, [folder]), pytest.raises(BusyError):
        read(folder, output)
    assert len(read(folder, output)) == 12


def test_a_document_is_not_read_again_by_the_real_reader(tmp_path: Path) -> None:
    folder = write(tmp_path / "材料", {f"{n}.txt": document(n).encode() for n in range(5)})
    output = tmp_path / "findings.jsonl"
    read_folders([folder], output, LocalEngine(2))
    write(folder, {"2.txt": document(77).encode()})
    report = read_folders([folder], output, LocalEngine(2))
    assert (report.done, report.kept) == (5, 4)
    anew = tmp_path / "anew.jsonl"
    read_folders([folder], anew, LocalEngine(1))
    assert anew.read_bytes() == output.read_bytes()
