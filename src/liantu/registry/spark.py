"""The registry as Spark reads it: the same expressions and the same Python functions, over a cluster where one is configured.

Executors read the version's Parquet files by their paths, so these must lead to the same files everywhere, and liantu must be installed
there. Results come back in parts, so that what Python makes of a national registry never lies in one memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from liantu.bulk.spark import SparkMissingError, check_spark, last_word, start_context
from liantu.bulk.work import EngineError

from .counting import Rows
from .shelf import BATCH, EMPTY, TABLES

if TYPE_CHECKING:
    from ibis.expr.types import Table

T = TypeVar("T")
_PARTITIONS_PER_CORE = 2
"""Partitions of which the results are fetched at a time, for each core."""


class SparkAtlas:
    """A version of the registry, read only, counted by Spark; the Spark of this machine where no other is configured.

    Raises:
        SparkMissingError: PySpark or what Ibis needs with it, or Java, is not installed.
        EngineError: Spark failed, here and in every method.
    """

    def __init__(self, version: Path, workers: int = 2) -> None:
        check_spark()
        if not all(map(find_spec, ("packaging", "pandas", "pyarrow", "pyarrow_hotfix"))):
            raise SparkMissingError("pyspark")
        from pyspark.sql import SparkSession
        from pyspark.sql.functions import lit

        self.version = version
        with _told():
            self._context = start_context(workers, "liantu registry")
            self._session = SparkSession(self._context)
            for table in TABLES:
                file = (version / f"{table}.parquet").absolute().as_posix()
                # Not `as_uri`: Hadoop takes the name as it is, percent signs and all.
                rows = self._session.read.parquet(f"file:///{file.lstrip('/')}")
                if table == "firms":
                    rows = rows.withColumns(
                        {name: lit(empty) for name, empty in EMPTY.items() if name not in rows.columns}
                    )
                rows.createOrReplaceTempView(table)

    def rows(self, expression: Table) -> Rows:
        """The rows of an expression (`liantu.registry.counting`)."""
        import ibis

        with _told():
            return list(map(tuple, self._session.sql(ibis.pyspark.compile(expression)).collect()))

    def batches(self, columns: Sequence[str], work: Callable[[Rows], T], provinces: Sequence[str] = ()) -> Iterator[T]:
        """What `work` makes of the firms (of some provinces), on the executors, so many rows at a time."""
        with _told():
            firms = self._session.table("firms")
            if provinces:
                firms = firms.where(firms.province_code.isin(list(provinces)))
            made = firms.select(*columns).rdd.mapPartitions(_Each(work))
            together = self._context.defaultParallelism * _PARTITIONS_PER_CORE
            for first in range(0, made.getNumPartitions(), together):
                part = range(first, min(first + together, made.getNumPartitions()))
                yield from self._context.runJob(made, _as_they_are, part)

    def close(self) -> None:
        """Ends the application."""
        from py4j.protocol import Py4JError

        with suppress(Py4JError, OSError):  # its Java may be gone
            self._session.stop()

    def __enter__(self) -> SparkAtlas:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def _told() -> Iterator[None]:
    """Spark's failures as one sentence."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        raise EngineError(last_word(error)) from error


class _Each:
    """Runs on an executor: `work` over the rows of a partition."""

    def __init__(self, work: Callable[[Rows], Any]) -> None:
        self._work = work

    def __call__(self, rows: Iterable[Sequence[Any]]) -> Iterator[Any]:
        left = map(tuple, rows)
        while batch := list(islice(left, BATCH)):
            yield self._work(batch)


def _as_they_are(results: Iterable[T]) -> Iterable[T]:
    return results
