"""`liantu read` over folders: what it says, how it ends."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from bulk.conftest import Run
from bulk.material import document, write
from liantu.bulk import Entry, LocalEngine, Report, journal_path, read_folders
from liantu.cli import main
from liantu.cli.bulk import BulkDisplay, duration, state_line


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["read", *map(str, words)])


def test_a_folder_into_a_file_of_json_is_read_in_parallel(undisturbed: Run, tmp_path: Path) -> None:
    output = tmp_path / "findings.jsonl"
    result = run(undisturbed.folder, "--format", "jsonl", "-o", output)
    assert result.exit_code == 1
    assert output.read_bytes() == undisturbed.findings
    assert journal_path(output).exists()
    assert "read 30 files: " in result.stderr
    for name in ("断5.docx", "空9.txt"):
        assert name in result.stderr


def test_without_a_file_the_lines_go_to_standard_output(undisturbed: Run) -> None:
    assert run(undisturbed.folder, "--jobs", "2").stdout_bytes == undisturbed.findings


def test_a_folder_in_which_all_is_well(tmp_path: Path) -> None:
    folder = write(tmp_path / "材料", {"通报.txt": document(1).encode()})
    result = run(folder, "-j", "1", "-o", tmp_path / "findings.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "读完 1 个文件，1 份材料" in result.stderr


def test_an_empty_folder(tmp_path: Path) -> None:
    result = run(tmp_path, "-j", "2", "-o", tmp_path / "findings.jsonl")
    assert result.exit_code == 0
    assert (tmp_path / "findings.jsonl").read_bytes() == b""


def test_tables_are_for_few_files(tmp_path: Path) -> None:
    result = run(tmp_path, "--jobs", "2", "--format", "table")
    assert result.exit_code == 2
    assert "表格" in result.stderr


def test_findings_into_a_pipe_leave_no_journal(undisturbed: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        run(undisturbed.folder, "-j", "2", "-o", pipe)
        assert reader.communicate()[0] == undisturbed.findings
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    result = run(tmp_path, "-j", "2", "-o", tmp_path / "没有" / "findings.jsonl")
    assert result.exit_code == 1
    assert "写不了" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal")
def test_ctrl_c_ends_the_run_and_marks_no_file_as_bad(tmp_path: Path) -> None:
    folder = write(tmp_path / "材料", {f"{n:03}.txt": document(n).encode() for n in range(400)})
    output, anew = tmp_path / "findings.jsonl", tmp_path / "anew.jsonl"
    command = [sys.executable, "-m", "liantu", "read", str(folder), "-j", "2", "-o", str(output)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while process.poll() is None and (not output.exists() or not output.stat().st_size):
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the readers too
    _, said = process.communicate()
    assert process.returncode == 130, said
    assert "再运行同一命令会接着读" in said
    report = read_folders([folder], output, LocalEngine(2))
    assert 0 < report.kept < 400
    assert report.failed == 0
    read_folders([folder], anew, LocalEngine(2))
    assert output.read_bytes() == anew.read_bytes()


def entry(size: int, characters: int) -> Entry:
    return Entry(0, "通报.txt", size, 0, 1, characters, 0, 0, False, ())


def test_how_far_a_run_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Report, "seconds", property(lambda _report: 100.0))
    report = Report(total=4, total_bytes=4_000)
    report.add(entry(1_000, 300), is_kept=True)
    assert "剩余 left …" in state_line(report)
    report.add(entry(1_000, 50_000), is_kept=False)
    assert report.seconds_left == pytest.approx(200)
    assert state_line(report) == "2/4 个文件 files · 500 字/秒 characters/s · 剩余 left 3:20"


@pytest.mark.parametrize(
    ("seconds", "written"), [(0.2, "0:00"), (61, "1:01"), (3600, "1:00:00"), (359_999, "99:59:59")]
)
def test_durations(seconds: float, written: str) -> None:
    assert duration(seconds) == written


def test_a_terminal_shows_one_moving_line() -> None:
    console = Console(force_terminal=True, width=120, record=True, file=io.StringIO())
    display, report = BulkDisplay(console), Report(total=2, total_bytes=2_000)
    display.tell(report, None)
    for _ in range(2):
        row = entry(1_000, 100)
        report.add(row, is_kept=False)
        display.tell(report, row)
    display.close()
    shown = console.export_text()
    assert "共 2 个文件" in shown
    assert "2/2 个文件 files" in shown
