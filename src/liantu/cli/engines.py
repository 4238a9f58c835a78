"""`--engine`: where the registry is counted, and what to do when Spark cannot run here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click

from liantu.cli.messages import stop

if TYPE_CHECKING:
    from liantu.bulk.spark import SparkMissingError

ENGINE = click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="在本机用 DuckDB 统计，或作为 Spark 任务 / count the registry on this machine, or as a Spark job",
)


def stop_without_spark(error: SparkMissingError) -> NoReturn:
    """Says what is missing and how to get it, and ends."""
    if error.what == "java":
        stop(
            "Spark 需要 Java 17 或更高版本，本机没有：请先安装（如 apt-get install openjdk-17-jre-headless）",
            "Spark needs Java 17 or later, which is not here: install it (such as openjdk-17-jre-headless)",
        )
    stop(
        '没有安装 PySpark：请运行 pip install "liantu[spark]"，或去掉 --engine spark 在本机运行',
        'PySpark is not installed: run pip install "liantu[spark]", or run here without --engine spark',
    )


@contextmanager
def spark_explained() -> Iterator[None]:
    """Ends the command with one sentence when Spark cannot run here or did not finish."""
    from liantu.bulk.spark import SparkMissingError
    from liantu.bulk.work import EngineError

    try:
        yield
    except SparkMissingError as missing:
        stop_without_spark(missing)
    except EngineError as failed:
        stop(f"Spark 没有完成：{failed}", f"Spark did not finish: {failed}")
