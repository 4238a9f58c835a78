"""Reading untrusted files in a child process with limits on memory and time.

A parser that aborts the interpreter, hangs, or eats memory takes the child with it, never the server; the file gets one
clear message and the next file a fresh child.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from liantu.reading.limits import DEFAULT_LIMITS, Limits
from liantu.reading.member import Contents, Member
from liantu.reading.model import Document, UnreadableError
from liantu.reading.names import safe_name
from liantu.reading.problems import unreadable
from liantu.reading.sniff import check_size
from liantu.reading.worker import CONTENTS, TASK, receive, send

_START = "from liantu.reading.worker import main; main()"
_FILES_PER_CHILD = 500  # a fresh one then, so that what libraries leak stays small
_START_SECONDS = 60.0
# Libraries that set memory aside for every core would take a large machine's limit before the first file.
_MODEST = {"MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "2"}


class WorkerError(RuntimeError):
    """The worker could not be started, or the task itself is at fault; carries what the worker said."""


class SafeReader:
    """A warm child process that runs `task(path, name)` for one file after another.

    `task` is written `package.module:function`; the function takes a path (or bytes, or a `Member` if it is ever given
    one) and a name and returns something that can be pickled. If it has a parameter `limits`, it is given the reader's. Safe to share between threads, which
    then wait for each other.

    >>> with SafeReader() as reader:            # doctest: +SKIP
    ...     document = reader.read("通报.docx")
    """

    def __init__(
        self,
        task: str = "liantu.reading.document:read_document",
        limits: Limits = DEFAULT_LIMITS,
        files_per_child: int = _FILES_PER_CHILD,
    ) -> None:
        self.task = task
        self.limits = limits
        self.files_per_child = files_per_child
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._jobs = 0
        self._lock = threading.Lock()

    def __enter__(self) -> SafeReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._stop()

    def cancel(self) -> None:
        """End the child at once, from any thread; a file that it is reading counts as unreadable."""
        process = self._process
        if process is not None:
            process.kill()

    def read(self, path: str | Path | bytes | Member, name: str | None = None) -> Any:
        """Result of the task for one file, or for one document inside a file. Raises `UnreadableError` with the message
        for the clerk."""
        if isinstance(path, Member):
            with self._lock:
                return self._run(TASK, path, name, name or Path(path.path).name)
        given = name or ("document.txt" if isinstance(path, bytes) else Path(path).name)
        source = safe_name(given)
        if isinstance(path, bytes):
            check_size(len(path), None, source, self.limits)
        with self._lock:
            return self._run(TASK, path if isinstance(path, bytes) else str(path), name, source)

    def contents(self, path: str | Path, name: str | None = None) -> Contents:
        """What an archive or an e-mail holds; any other file holds itself. Raises `UnreadableError`."""
        with self._lock:
            contents: Contents = self._run(CONTENTS, str(path), name, safe_name(name or Path(path).name))
            return contents

    def _run(self, job: str, path: str | bytes | Member, name: str | None, source: str) -> Any:
        if self._jobs >= self.files_per_child:
            self._stop()
        if self._process is None or self._process.poll() is not None:
            self._start()
        self._jobs += 1
        answer, late = self._exchange((job, path, name), self.limits.seconds)
        if answer is None:
            raise self._post_mortem(source, late)
        verdict, result = answer
        if verdict == "done":
            return result
        if verdict == "problem":
            raise UnreadableError(result)
        self._stop()  # its heap, or the state of its libraries, is not to be trusted any more
        if verdict == "memory":
            raise self._too_much_memory(source)
        raise unreadable("crashed", source) from WorkerError(result)

    def _start(self) -> None:
        self._stop()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        paths = os.pathsep.join(p for p in sys.path if p)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env={**_MODEST, **os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
        )
        self._jobs = 0
        answer, _ = self._exchange((self.task, self.limits), _START_SECONDS)
        if answer is None or answer[0] != "ready":
            said = self._last_words() if answer is None else answer[1]
            self._stop()
            raise WorkerError(f"the reader's worker did not start: {said}")

    def _exchange(self, message: object, seconds: float) -> tuple[tuple[str, Any] | None, bool]:
        """Send a message and wait; (None, whether time ran out) when the child dies over it."""
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        late = threading.Event()

        def stop_it() -> None:
            late.set()
            process.kill()

        try:
            timer = _started(seconds, stop_it)
            try:
                send(process.stdin, message)  # type: ignore[arg-type]
                while (answer := receive(process.stdout))[0] == "going_on":  # type: ignore[arg-type]
                    timer.cancel()
                    timer = _started(seconds, stop_it)
                return answer, False
            finally:
                timer.cancel()
        except (EOFError, OSError):
            return None, late.is_set()

    def _post_mortem(self, source: str, late: bool) -> UnreadableError:
        assert self._process is not None
        code = self._process.wait()
        words = self._last_words()
        self._stop()
        if late:
            return unreadable("timeout", source, seconds=f"{self.limits.seconds:g}")
        # Rust aborts on a failed allocation; -9 without our doing is the system's own memory watch.
        if code == -9 or "memory allocation" in words or "MemoryError" in words or "bad_alloc" in words:
            return self._too_much_memory(source)
        return unreadable("crashed", source)

    def _too_much_memory(self, source: str) -> UnreadableError:
        return unreadable("memory", source, limit=f"{self.limits.memory_bytes / 1048576:.0f}")

    def _last_words(self) -> str:
        if self._said is None:
            return ""
        self._said.seek(0, os.SEEK_END)
        self._said.seek(max(0, self._said.tell() - 4000))
        return self._said.read().decode("utf-8", "replace")

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):  # it may have died with a message half sent
                        pipe.close()
            try:
                process.wait(1)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._said is not None:
            self._said.close()
            self._said = None


def _started(seconds: float, then: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(seconds, then)
    timer.daemon = True
    timer.start()
    return timer


def read_safely(path: str | Path | bytes, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Document:
    """`read_document` in a child process of its own. For many files keep one `SafeReader`."""
    with SafeReader(limits=limits) as reader:
        document: Document = reader.read(path, name)
        return document


def read_through(reader: SafeReader, path: str | Path, name: str | None = None) -> Iterator[tuple[str, Any]]:
    """(name, result or `Problem`) of a file, or of each document in it if it is an archive or an e-mail.

    The documents of an archive are read one by one, each within the reader's limits. Raises `UnreadableError` when the
    file itself cannot be read.
    """
    from liantu.reading.bundle import may_hold_documents

    if not may_hold_documents(path):
        yield safe_name(name or Path(path).name), reader.read(path, name)
        return
    for leaf in reader.contents(path, name).leaves:
        try:
            if leaf.problem is not None:
                yield leaf.source, leaf.problem
            else:
                yield leaf.source, reader.read(Member(str(path), leaf.at), leaf.source)
        except UnreadableError as error:
            if not leaf.at:
                raise
            yield leaf.source, error.problem
