"""`liantu read`: what files say, as tables for eyes or as one JSON object a line for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from liantu.cli.messages import stop

if TYPE_CHECKING:
    from liantu.extraction.model import Findings


@click.command("read")
@click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="table 供人看，jsonl 每个文件一行 JSON / tables to look at, or one JSON object a file",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="写入文件而不是屏幕 / write to a file")
def command(paths: tuple[Path, ...], form: str, output: Path | None) -> None:
    """读出文件（或文件夹）里的数字、项目、企业、产业链和关系，每条带原句和位置。

    Prints the figures, projects, enterprises, chains and relations that FILEs (or folders) state, each with its
    sentence and place. A file that cannot be read is named on standard error with what to do; the others are read
    all the same, and the exit code is 1.
    """
    failures: list[str] = []
    with _opened(output) as out:
        write = write_jsonl if form == "jsonl" else write_tables
        write(out, _read_all(paths, failures))
    if failures:
        raise SystemExit(1)


def write_jsonl(out: TextIO, findings: Iterable[Findings]) -> None:
    """One JSON object a document, in the published format (`docs/reader-format.md`)."""
    for found in findings:
        out.write(json.dumps(found.to_dict(), ensure_ascii=False) + "\n")
        out.flush()


def write_tables(out: TextIO, findings: Iterable[Findings]) -> None:
    """One group of tables a document."""
    from rich.console import Console

    from liantu.cli.tables import findings_tables

    console = Console(file=out, width=None if out.isatty() else 140, highlight=False)
    for found in findings:
        for part in findings_tables(found):
            console.print(part)


def _read_all(paths: Iterable[Path], failures: list[str]) -> Iterator[Findings]:
    """The findings of every file that can be read; the names of the others go to `failures`."""
    from liantu.cli.inputs import expand
    from liantu.extraction import extract
    from liantu.reading import UnreadableError
    from liantu.reading.sandbox import SafeReader

    # A file that brings its parser down must not take the others with it.
    with SafeReader("liantu.reading.bundle:read_documents") as reader:
        for path in expand(paths):
            try:
                bundle = reader.read(path)
            except UnreadableError as error:
                click.echo(str(error), err=True)
                failures.append(str(path))
                continue
            for problem in bundle.problems:
                click.echo(str(problem), err=True)
                failures.append(problem.source)
            for document in bundle.documents:
                for problem in document.problems:
                    click.echo(str(problem), err=True)
                yield extract(document)


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        # Terminals and pipes of other encodings must not stop a Chinese sentence half-way.
        if isinstance(sys.stdout, TextIO) or hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
        yield sys.stdout
        return
    try:
        with output.open("w", encoding="utf-8") as out:
            yield out
    except OSError as error:
        stop(
            f"写不了 {output}：{error.strerror}，请换一个位置",
            f"cannot write {output}: {error.strerror}; choose another place",
        )
