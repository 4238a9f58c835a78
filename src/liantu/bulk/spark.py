"""Reading as a Spark job: the same reader on every executor, results in the order of the files.

Executors open the files by their paths, so these must lead to the same files everywhere (shared storage), and liantu
must be installed there. Where nothing else is configured, Spark runs inside this machine.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from liantu.bulk.outcome import Outcome, new_reader, read_file
from liantu.bulk.work import EngineError, Work
from liantu.reading import SafeReader

if TYPE_CHECKING:
    from pyspark import SparkContext

_FILES_PER_SLICE = 16
_SLICES_PER_CORE = 4
_MOST_FILES = 4_096  # of a batch, so that its results fit the driver's memory on the largest cluster
_MOST_BYTES = 64 * 1024 * 1024  # of the files of a batch
_BATCHES = 2  # under way: the second one keeps the cores busy while the last files of the first are read


class SparkMissingError(RuntimeError):
    """Spark cannot run here: `what` is `pyspark` or `java`."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class SparkEngine:
    """A Spark application that reads batch after batch; `workers` cores of this machine unless a master is configured."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        check_spark()

    def read(self, works: Iterable[Work]) -> Generator[tuple[Work, Outcome | None], None, None]:
        """Each work with its outcome, in the order given; None for one that is done already."""
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            context = start_context(self._workers)
            try:
                yield from _read_batches(context, works)
            finally:
                with suppress(Py4JError, OSError):  # its Java may be gone
                    context.stop()
        except (Py4JError, PySparkException) as error:
            raise EngineError(last_word(error)) from error


def _read_batches(context: SparkContext, works: Iterable[Work]) -> Iterator[tuple[Work, Outcome | None]]:
    batches = _batches(works, min(_MOST_FILES, context.defaultParallelism * _SLICES_PER_CORE * _FILES_PER_SLICE))
    waiting: deque[tuple[list[Work], Future[list[Outcome]]]] = deque()
    pool = ThreadPoolExecutor(_BATCHES)
    try:
        while True:
            while len(waiting) < _BATCHES and (batch := next(batches, None)):
                waiting.append((batch, pool.submit(_read_batch, context, batch)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            outcomes = iter(future.result())
            for work in batch:
                yield work, None if work.kept else next(outcomes)
    finally:
        with suppress(Exception):  # what stopped the run is told already
            context.cancelAllJobs()
        pool.shutdown(wait=True, cancel_futures=True)


def check_spark() -> None:
    """Raises `SparkMissingError` when the extra or Java is not installed."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        raise SparkMissingError("pyspark") from None
    home = os.environ.get("JAVA_HOME")
    if not shutil.which(os.path.join(home, "bin", "java") if home else "java"):
        raise SparkMissingError("java")


def start_context(workers: int, name: str = "liantu read") -> SparkContext:
    """A Spark context called `name`: what the environment configures (spark-submit, spark-defaults.conf), else one of this machine."""
    from pyspark import SparkConf, SparkContext

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = SparkConf().setIfMissing("spark.app.name", name).setIfMissing("spark.log.level", "ERROR")
    conf.setIfMissing("spark.master", f"local[{workers}]").setIfMissing("spark.ui.enabled", "false")
    conf.setIfMissing("spark.ui.showConsoleProgress", "false")
    if str(conf.get("spark.master")).startswith("local"):  # nobody else has to reach it
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        conf.setIfMissing("spark.driver.host", "127.0.0.1").setIfMissing("spark.driver.bindAddress", "127.0.0.1")
    return SparkContext(conf=conf)


def _read_batch(context: SparkContext, batch: list[Work]) -> list[Outcome]:
    """Outcomes of the works of a batch that are not done already, in order."""
    paths = [(number, work.file.path) for number, work in enumerate(work for work in batch if not work.kept)]
    if not paths:
        return []
    slices = -(-len(paths) // _FILES_PER_SLICE)
    read = context.parallelize(paths, slices).mapPartitions(_read_partition).collect()
    return [outcome for _, outcome in sorted(read, key=lambda pair: pair[0])]


def _read_partition(paths: Iterable[tuple[int, str]]) -> Iterator[tuple[int, Outcome]]:
    """Runs on an executor."""
    reader = _reader()
    return ((number, read_file(reader, path)) for number, path in paths)


@cache
def _reader() -> SafeReader:
    """The child process of this executor's Python, which outlives the partition."""
    reader = new_reader()
    atexit.register(reader.close)
    return reader


def _batches(works: Iterable[Work], most: int) -> Iterator[list[Work]]:
    batch: list[Work] = []
    size = 0
    for work in works:
        batch.append(work)
        size += 0 if work.kept else work.file.size
        if len(batch) >= most or size >= _MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def last_word(error: Any) -> str:
    """What a failure of Spark says in the end: the line that names the cause."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    causes = [line for line in lines if "Error" in line or "Exception" in line]
    return (causes or lines or [type(error).__name__])[-1][:300]
