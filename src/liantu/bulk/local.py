"""Reading with several child processes of this machine, results in the order of the files."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterable, Iterator

from liantu.bulk.outcome import Outcome, new_reader, read_file
from liantu.bulk.work import EngineError, Work
from liantu.reading import Limits, SafeReader, WorkerError
from liantu.reading.limits import DEFAULT_LIMITS

_AHEAD = 128  # files a reader may be ahead of the slowest one
_HELD_BYTES = 64 * 1024 * 1024  # of results that wait for an earlier file


class LocalEngine:
    """`workers` child processes, each fed by a thread.

    While one file takes long the others go on, but not without end: at most `ahead` files a worker, or `held_bytes`
    of results, wait for it. So the memory does not depend on the number of files.
    """

    def __init__(
        self, workers: int, limits: Limits = DEFAULT_LIMITS, ahead: int = _AHEAD, held_bytes: int = _HELD_BYTES
    ) -> None:
        if workers < 1:
            raise ValueError("at least one worker is needed")
        self._workers = workers
        self._limits = limits
        self._window = max(1, ahead * workers)
        self._held_bytes = held_bytes

    def read(self, works: Iterable[Work]) -> Generator[tuple[Work, Outcome | None], None, None]:
        """Each work with its outcome, in the order given; None for one that is done already."""
        queue = _Queue(iter(works), self._window, self._held_bytes)
        readers = [new_reader(self._limits) for _ in range(self._workers)]
        threads = [threading.Thread(target=_serve, args=(queue, reader), daemon=True) for reader in readers]
        for thread in threads:
            thread.start()
        try:
            yield from queue.results()
        finally:
            queue.stop()
            for reader in readers:
                reader.cancel()
            for thread in threads:
                thread.join()


class _Queue:
    """Hands out works and gathers outcomes in order. Works are asked for only when there is room for their outcome."""

    def __init__(self, works: Iterator[Work], window: int, held_bytes: int) -> None:
        self._works = works
        self._window = window
        self._held_limit = held_bytes
        self._changed = threading.Condition()
        self._taken = 0  # works handed out
        self._given = 0  # results passed on
        self._held = 0  # bytes of the results that wait
        self._waiting: dict[int, tuple[Work, Outcome | None]] = {}
        self._is_over = False  # no more works, or nobody wants them
        self._error: BaseException | None = None

    def take(self) -> tuple[int, Work] | None:
        """The next work with its number; None when there are no more."""
        with self._changed:
            # The file that everyone waits for has been handed out, so this wait always ends.
            while not self._is_over and (self._taken - self._given >= self._window or (self._held > self._held_limit)):
                self._changed.wait()
            work = None if self._is_over else next(self._works, None)
            if work is None:
                self._is_over = True
                self._changed.notify_all()
                return None
            number, self._taken = self._taken, self._taken + 1
            return number, work

    def put(self, number: int, work: Work, outcome: Outcome | None) -> None:
        """Hands in an outcome."""
        with self._changed:
            self._waiting[number] = (work, outcome)
            self._held += len(outcome.lines) if outcome else 0
            self._changed.notify_all()

    def fail(self, error: BaseException) -> None:
        """Ends the run: `results` raises `error`."""
        with self._changed:
            self._error = self._error or error
            self._is_over = True
            self._changed.notify_all()

    def stop(self) -> None:
        """No further works are handed out."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def results(self) -> Iterator[tuple[Work, Outcome | None]]:
        """Outcomes in order as they come, until the last."""
        while True:
            with self._changed:
                while self._given not in self._waiting and not self._error:
                    if self._is_over and self._given == self._taken:
                        return
                    self._changed.wait()
                if self._error:
                    raise self._error
                work, outcome = self._waiting.pop(self._given)
                self._given += 1
                self._held -= len(outcome.lines) if outcome else 0
                self._changed.notify_all()
            yield work, outcome


def _serve(queue: _Queue, reader: SafeReader) -> None:
    try:
        while (taken := queue.take()) is not None:
            number, work = taken
            queue.put(number, work, None if work.kept else read_file(reader, work.file.path))
    except WorkerError as error:
        queue.fail(EngineError(str(error)))
    except BaseException as error:  # whatever it is, the thread that waits must hear of it
        queue.fail(error)
    finally:
        reader.close()
