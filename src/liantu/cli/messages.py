"""What the command line says: notes go to standard error, results to standard output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

import click


def note(chinese: str, english: str) -> None:
    """One line for the person at the terminal, never mixed into results."""
    click.echo(f"{chinese} / {english}", err=True)


def stop(chinese: str, english: str, code: int = 1) -> NoReturn:
    """Says why and ends the command with exit code `code`."""
    note(chinese, english)
    raise SystemExit(code)


def show_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints `rows` under `headings`, as a result."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, justify="left", overflow="fold")
    for row in rows:
        table.add_row(*map(escape, row))
    Console(highlight=False).print(table)
