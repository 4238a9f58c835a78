"""Following a folder by looking again and again: works on every disk, shared drives included."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

State = tuple[int, int]  # size in bytes, time of last change in nanoseconds


class FolderWatch:
    """Tells which files of a folder are new or changed and no longer being written.

    A file is settled when two looks in a row find it with the same size and time; until then it is left alone.
    """

    def __init__(self, list_files: Callable[[], Iterable[Path]]) -> None:
        self._list_files = list_files
        self._seen: dict[Path, State] = {}
        self._told: dict[Path, State] = {}
        self.is_busy = False
        """Whether the last look found files that are still being written."""

    def look(self) -> tuple[list[Path], list[Path]]:
        """(files settled since they were last told of, files told of that have gone), each by path."""
        now = self._states()
        settled = sorted(path for path, state in now.items() if self._is_news(path, state))
        self.is_busy = any(self._seen.get(path) != state for path, state in now.items())
        gone = sorted(path for path in self._told if path not in now)
        self._seen = now
        self._told.update((path, now[path]) for path in settled)
        for path in gone:
            del self._told[path]
        return settled, gone

    def remember(self) -> None:
        """Takes the folder as it is now for known: `look` tells of what changes after this."""
        self._seen = self._states()
        self._told = dict(self._seen)

    def _is_news(self, path: Path, state: State) -> bool:
        return self._seen.get(path) == state and self._told.get(path) != state

    def _states(self) -> dict[Path, State]:
        found = {}
        for path in self._list_files():
            try:
                stat = os.stat(path)
            except OSError:  # gone, or not ours to see, since the folder was listed
                continue
            found[path] = (stat.st_size, stat.st_mtime_ns)
        return found
