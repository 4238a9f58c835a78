"""`liantu read`: what files say, as tables for eyes or as one JSON object a line for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

import click
from click.core import ParameterSource

from liantu.cli.messages import stop

if TYPE_CHECKING:
    from liantu.cli.proposals import Asker
    from liantu.extraction.model import Findings
    from liantu.proposing import Proposals


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
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="用 N 个进程同时读，输出 JSON（默认每个处理器核一个）/ read with N processes, as JSON (default: one a core)",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    help="在本机读，或作为 Spark 任务读 / read on this machine, or as a Spark job",
)
@click.option(
    "--llm",
    is_flag=True,
    help="另请语言模型提议，正文会发往所给地址 / also ask a language model; the text is sent to its address",
)
@click.option("--llm-address", metavar="URL", help="模型地址，如 http://127.0.0.1:8080/v1 / where the model is served")
@click.option("--llm-model", metavar="NAME", help="模型名称 / its name")
@click.option(
    "--llm-key", metavar="KEY", help="密钥，宜改用 LIANTU_LLM_KEY / its key; the variable LIANTU_LLM_KEY is safer"
)
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    form: str,
    output: Path | None,
    jobs: int | None,
    engine: str | None,
    llm: bool,
    llm_address: str | None,
    llm_model: str | None,
    llm_key: str | None,
) -> None:
    """读出文件（或文件夹）里的数字、项目、企业、产业链和关系，每条带原句和位置。

    Prints the figures, projects, enterprises, chains and relations that FILEs (or folders) state, each with its
    sentence and place. A file that cannot be read is named on standard error with what to do; the others are read
    all the same, and the exit code is 1.

    Folders written as JSON to a file are read in parallel, and a run that was cut off goes on where it was: see
    docs/bulk-reading.md.

    With --llm a language model proposes what the reader may have missed; proposals are shown apart, see docs/language-model.md.
    """
    asks = None
    if llm:
        from liantu.cli.proposals import asker

        if jobs or engine:
            stop("--llm 不能与 --jobs、--engine 同用", "--llm does not go with --jobs or --engine", code=2)
        asks = asker(llm_address, llm_model, llm_key)
    elif llm_address or llm_model or llm_key:
        stop(
            "给出了模型却没有 --llm；没有加 --llm 就不会发送任何内容",
            "a model is named without --llm; without it nothing is sent",
            code=2,
        )
    of_folders = form == "jsonl" and output is not None and any(path.is_dir() for path in paths)
    if jobs or engine or (of_folders and asks is None):
        from liantu.cli.bulk import read_bulk

        if form == "table" and context.get_parameter_source("form") is ParameterSource.COMMANDLINE:
            stop("表格不能与 --jobs、--engine 同用", "tables do not go with --jobs or --engine", code=2)
        read_bulk(paths, output, jobs, engine)
        return
    failures: list[str] = []
    with _opened(output) as out:
        write = write_jsonl if form == "jsonl" else write_tables
        write(out, _read_all(paths, failures, asks))
    if failures or (asks is not None and asks.failed):
        raise SystemExit(1)


class Result(NamedTuple):
    """What one document says, and what a model proposes beside it, where one was asked."""

    findings: Findings
    proposals: Proposals | None = None


def write_jsonl(out: TextIO, results: Iterable[Result]) -> None:
    """One JSON object a document, in the published format (`docs/reader-format.md`)."""
    from liantu.bulk.outcome import json_line

    for findings, proposals in results:
        told = {"proposals": proposals.to_dict()} if proposals is not None else {}
        out.write(json_line(findings.to_dict() | told).decode())
        out.flush()


def write_tables(out: TextIO, results: Iterable[Result]) -> None:
    """One group of tables a document."""
    from rich.console import Console

    from liantu.cli.tables import Lines, findings_tables

    console = Console(file=out, width=None if out.isatty() else 140, highlight=False)
    for findings, proposals in results:
        parts = [findings_tables(findings)]
        if proposals is not None:
            from liantu.cli.proposals import proposal_tables

            parts.append(proposal_tables(proposals))
        for part in chain.from_iterable(parts):
            if isinstance(part, Lines):
                out.writelines(f"{line}\n" for line in part.lines)
            else:
                console.print(part)


def _read_all(paths: Iterable[Path], failures: list[str], asks: Asker | None) -> Iterator[Result]:
    """The findings (and proposals) of every file that can be read; the names of the others go to `failures`."""
    from liantu.cli.inputs import expand
    from liantu.extraction import extract
    from liantu.reading import Problem, SafeReader, UnreadableError, read_through

    # A file that brings its parser down must not take the others with it, nor a document in an archive its neighbours.
    with SafeReader() as reader:
        for path in expand(paths):
            try:
                for source, document in read_through(reader, path):
                    if isinstance(document, Problem):
                        click.echo(str(document), err=True)
                        failures.append(source)
                        continue
                    for problem in document.problems:
                        click.echo(str(problem), err=True)
                    found = extract(document)
                    yield Result(found, asks(document, found) if asks is not None else None)
            except UnreadableError as error:
                click.echo(str(error), err=True)
                failures.append(str(path))


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
