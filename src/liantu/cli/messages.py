"""What the command line says: notes go to standard error, results to standard output."""

from __future__ import annotations

from typing import NoReturn

import click


def note(chinese: str, english: str) -> None:
    """One line for the person at the terminal, never mixed into results."""
    click.echo(f"{chinese} / {english}", err=True)


def stop(chinese: str, english: str, code: int = 1) -> NoReturn:
    """Says why and ends the command with exit code `code`."""
    note(chinese, english)
    raise SystemExit(code)
