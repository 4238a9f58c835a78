"""`liantu read` over folders: with several processes, or as a Spark job."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from liantu.cli.engines import stop_without_spark
from liantu.cli.messages import note, stop

if TYPE_CHECKING:
    from liantu.bulk import Engine, Entry, Report

_LINE_SECONDS = 10.0  # between two lines of progress where there is no terminal to redraw


def read_bulk(paths: Sequence[Path], output: Path | None, jobs: int | None, engine: str | None) -> None:
    """Reads everything in `paths` into `output` (standard output unless named); ends the command with its exit code."""
    from liantu.bulk import BusyError, EngineError, journal_path, read_folders

    is_file = output is not None and (output.is_file() or not output.exists())
    display = BulkDisplay(Console(stderr=True, highlight=False))
    try:
        chosen = _engine(engine, jobs or usable_cores())
        if output is None:
            report = read_folders(paths, sys.stdout.buffer, chosen, display.tell)
            sys.stdout.buffer.flush()
        elif is_file:
            report = read_folders(paths, output, chosen, display.tell)
        else:  # a pipe or a device: nothing to come back to
            with output.open("wb") as stream:
                report = read_folders(paths, stream, chosen, display.tell)
    except BusyError:
        stop(
            f"另一个 liantu read 正在写 {output}：请等它结束，或换一个文件名",
            f"another liantu read is writing {output}: wait for it, or choose another name",
        )
    except EngineError as error:
        stop(
            f"读取没有完成：{error}；再运行同一命令会接着读",
            f"reading was not finished: {error}; the same command goes on from here",
        )
    except BrokenPipeError:
        raise
    except OSError as error:
        stop(
            f"写不了 {output}：{error.strerror or error}，请换一个位置；再运行同一命令会接着读",
            f"cannot write {output}: {error.strerror or error}; choose another place, the same command goes on",
        )
    except KeyboardInterrupt:
        again = ("；再运行同一命令会接着读", "; the same command goes on from here") if is_file else ("", "")
        stop(f"已停止{again[0]}", f"stopped{again[1]}", code=130)
    finally:
        display.close()
    for folder in report.unlisted:
        note(f"打不开文件夹 {folder}，其中的文件没有读", f"folder {folder} may not be opened; its files were not read")
    _sum_up(report, journal_path(output) if is_file and output else None)
    if report.failed or report.unlisted:
        raise SystemExit(1)


def usable_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _engine(name: str | None, jobs: int) -> Engine:
    from liantu.bulk import LocalEngine

    if name != "spark":
        return LocalEngine(jobs)
    from liantu.bulk.spark import SparkEngine, SparkMissingError

    try:
        return SparkEngine(jobs)
    except SparkMissingError as error:
        stop_without_spark(error)


def _sum_up(report: Report, journal: Path | None) -> None:
    kept = (f"，其中 {report.kept:,} 个先前已读", f", {report.kept:,} of them before") if report.kept else ("", "")
    failed = (f"；未能读取 {report.failed:,} 个", f"; {report.failed:,} failed") if report.failed else ("", "")
    where = (f"；逐个文件的情况见 {journal}", f"; each file is listed in {journal}") if journal else ("", "")
    note(
        f"读完 {report.done:,} 个文件{kept[0]}，{report.documents:,} 份材料、{report.characters:,} 字{failed[0]}{where[0]}",
        f"read {report.done:,} files{kept[1]}: {report.documents:,} documents, {report.characters:,} characters"
        f"{failed[1]}{where[1]}",
    )


class BulkDisplay:
    """How far a run is: a moving bar on a terminal, a line now and then anywhere else; what failed, at once."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = Progress(
            TextColumn("读取 / reading"), BarColumn(bar_width=30), TextColumn("{task.description}"), console=console
        )
        self._task: TaskID | None = None
        self._has_begun = False
        self._line_at = 0.0

    def tell(self, report: Report, entry: Entry | None) -> None:
        """Shows the state of the run."""
        if not self._has_begun:
            self._has_begun = True
            self._begin(report)
        elif entry is not None and entry.failed:
            for problem in entry.problems:
                if problem["fatal"]:
                    self._console.print(escape(f"{entry.path}：{problem['zh']} / {problem['en']}"), soft_wrap=True)
        if self._task is not None:
            self._bar.update(self._task, completed=report.done, description=state_line(report))
        elif entry is not None and time.monotonic() > self._line_at + _LINE_SECONDS:
            self._line_at = time.monotonic()
            self._console.print(state_line(report), soft_wrap=True)

    def close(self) -> None:
        """Takes the bar away."""
        if self._task is not None:
            self._bar.stop()

    def _begin(self, report: Report) -> None:
        self._line_at = time.monotonic()
        self._console.print(f"共 {report.total:,} 个文件 / {report.total:,} files", soft_wrap=True)
        if self._console.is_terminal:
            self._task = self._bar.add_task("", total=report.total)
            self._bar.start()


def state_line(report: Report) -> str:
    """Files done, speed, time left, in one line."""
    left = report.seconds_left
    parts = [
        f"{report.done:,}/{report.total:,} 个文件 files",
        f"{report.characters_per_second:,.0f} 字/秒 characters/s",
        "剩余 left " + ("…" if left is None else duration(left)),
    ]
    if report.failed:
        parts.append(f"未能读取 failed {report.failed:,}")
    return " · ".join(parts)


def duration(seconds: float) -> str:
    """`1:02:03`, or `2:03` below an hour."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
