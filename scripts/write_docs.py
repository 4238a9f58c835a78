"""Writes the parts of the documentation that come from the program: the commands' help and the table of bad input.

    python scripts/write_docs.py

A test fails when what is written no longer matches the program.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click
from click.testing import CliRunner

from liantu.cli import COMMANDS, main

DOCS = Path(__file__).resolve().parents[1] / "docs"


def commands_page() -> str:
    """`docs/commands.md`: the help of every command, as it is printed."""
    runner = CliRunner()
    parts = ["# Commands\n\nAs `liantu --help` and `liantu COMMAND --help` print them.\n"]
    for words in ([], *commands_of(main)):
        printed = runner.invoke(main, [*words, "--help"], prog_name="liantu", terminal_width=110)
        body = "\n".join(line.rstrip() for line in printed.output.splitlines())
        parts.append(f"## {' '.join(['liantu', *words])}\n\n```\n{body}\n```\n")
    return "\n".join(parts)


def commands_of(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[list[str]]:
    """The words of every command in order, those below a group after it."""
    for name in COMMANDS if group is main else group.commands:
        yield [*before, name]
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from commands_of(command, (*before, name))


def bad_input_page() -> str:
    """`docs/bad-input.md`: what is said of each kind of problem, from the reader's own table."""
    text = files("liantu.reading").joinpath("data", "problems.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    lines = [
        "# Bad input",
        "",
        "Every file that cannot be read, or can be read but deserves a word, gets one sentence that names it and says what to do:",
        "on the page, and on standard error of the command line. The other files of the folder are read all the same; nothing of a",
        "file that was refused enters the ledger. With `liantu read` the exit code is 1 when a file was refused.",
        "",
        "Each file is looked at before it is opened (size, kind, what an archive would unpack to), and parsed in a child",
        "process with limits on memory and time wherever it came from outside.",
        "",
        "A document may have a million characters, some 1,500 pages: made-up prose of that length took 15 s of one processor and",
        "330 MB to read, findings included. 10 MB of paragraphs as txt, html or docx are refused within 2 s and 200 MB. Workbooks are",
        "limited by their cells, not by this.",
        "",
    ]
    for title, fatal in (("Refused", "yes"), ("Read, with a note", "no")):
        lines += [f"## {title}", "", "| code | 中文 | English |", "|---|---|---|"]
        lines += [
            f"| `{row['code']}` | {_cell(row['zh'])} | {_cell(row['en'])} |" for row in rows if row["fatal"] == fatal
        ]
        lines.append("")
    lines += [
        "Words in braces are filled in: `{source}` is the file's name. The sentences are kept in `src/liantu/reading/data/problems.csv`,",
        "and this page is made from them.",
        "",
    ]
    return "\n".join(lines)


PAGES = {"commands.md": commands_page, "bad-input.md": bad_input_page}


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")
