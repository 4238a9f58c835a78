"""Showing how far the reader is: a moving bar on a terminal, a few lines anywhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from liantu.server.events import Event

STATES = {
    "added": ("新增", "added"),
    "changed": ("更新", "changed"),
    "duplicate": ("与已有文件相同", "same as another"),
    "unchanged": ("未变", "unchanged"),
    "missing": ("已不在原处", "gone"),
    "failed": ("未能读取", "failed"),
}


class ProgressDisplay:
    """Shows the reader's events on `console`; counts what became of the files of the latest pass."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = Progress(
            TextColumn("读取 / reading"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TextColumn("剩余 / left"),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[name]}"),
            console=console,
            transient=True,
        )
        self._task: TaskID | None = None
        self._passes = 0
        self.counts: Counter[str] = Counter()

    def show_all(self, events: Iterable[Event]) -> None:
        """Shows each event as it comes."""
        try:
            for event in events:
                self.show(event)
        finally:
            self._bar.stop()

    def show(self, event: Event) -> None:
        """Shows one event."""
        if event.kind == "begin":
            self.counts.clear()
            self._passes += 1
            self._begin(event.total)
        elif event.kind == "file":
            self.counts[event.state] += 1
            self._file(event)
        elif event.kind == "end":
            self.counts["unchanged"] += event.unchanged
            self.counts["missing"] += event.missing
            self._end()
        elif event.kind == "note":
            self._console.print(f"[dim]{escape(event.name)}[/dim]", soft_wrap=True)
        elif event.kind == "following":
            self._console.print(
                "[dim]正在关注文件夹，放入的文件会自动读入；按 Ctrl-C 停止 / watching the folder; Ctrl-C stops[/dim]",
                soft_wrap=True,
            )

    def _begin(self, total: int) -> None:
        if self._is_first and total:
            self._console.print(f"正在读 {total} 个文件 / reading {total} files")
        if self._is_first and total and self._console.is_terminal:
            self._task = self._bar.add_task("", total=total, name="")
            self._bar.start()

    def _file(self, event: Event) -> None:
        if self._task is not None:
            self._bar.update(self._task, completed=event.done, name=escape(_short(event.name)))
        if not self._is_first and event.state != "unchanged":
            chinese, english = STATES[event.state]
            self._console.print(f"{escape(event.name)}  {chinese} / {english}")
        if event.state != "unchanged":
            style = "red" if event.state == "failed" else "yellow"
            for problem in event.problems:
                self._console.print(f"  [{style}]![/{style}] {escape(problem)}", soft_wrap=True)

    def _end(self) -> None:
        if self._task is not None:
            self._bar.stop()
            self._bar.remove_task(self._task)
            self._task = None
        if self._is_first:
            said = [f"{n} {STATES[s][0]} / {n} {STATES[s][1]}" for s in STATES if (n := self.counts[s])]
            total = sum(self.counts.values())
            head = f"{total} 个文件 / {total} files："
            self._console.print(
                head + "；".join(said) if said else "文件夹里没有可读的文件 / no documents in the folder"
            )

    @property
    def _is_first(self) -> bool:
        """The first pass over the folder is shown as a whole, later ones file by file."""
        return self._passes <= 1


def _short(name: str, limit: int = 36) -> str:
    return name if len(name) <= limit else f"…{name[-limit + 1 :]}"
