"""What may be wrong with a file, said in Chinese and English: what, where, what to do."""

from __future__ import annotations

from functools import cache

from liantu.reading.model import Problem, UnreadableError
from liantu.reading.tables import rows


@cache
def _messages() -> dict[str, tuple[str, str, bool]]:
    found: dict[str, tuple[str, str, bool]] = {}
    for row in rows("problems.csv", ("code", "fatal", "zh", "en")):
        if row["code"] in found or row["fatal"] not in ("yes", "no"):
            raise ValueError(f"problems.csv: {row['code']} is there twice or its `fatal` is neither yes nor no")
        found[row["code"]] = (row["zh"], row["en"], row["fatal"] == "yes")
    return found


def problem(code: str, source: str, **details: object) -> Problem:
    """The problem `code` of the file `source`; `details` fill the places its message names."""
    zh, en, fatal = _messages()[code]
    return Problem(code, source, zh.format(source=source, **details), en.format(source=source, **details), fatal)


def unreadable(code: str, source: str, **details: object) -> UnreadableError:
    """The error to raise for a file that cannot be read at all."""
    return UnreadableError(problem(code, source, **details))
