"""What every operation does with what it is asked: errors that a program can read."""

from __future__ import annotations

from typing import TypeVar

from ninja.errors import HttpError

from liantu.api.schemas import ErrorOut
from liantu.vocabulary import regions

T = TypeVar("T")
ERRORS = {401: ErrorOut, 404: ErrorOut, 422: ErrorOut}


def known_region(code: str) -> None:
    """Refuses (422) a region that is none."""
    if code and code != "-" and code not in regions():
        raise HttpError(
            422,
            f"没有这个地区代码：{code}，请用 GB/T 2260 六位代码，如 140700 / "
            f"no such region code: {code}; use a six-digit code of GB/T 2260, such as 140700",
        )


def found(answer: T | None, pk: str) -> T:
    """The answer; 404 when there is none."""
    if answer is None:
        raise HttpError(404, f"没有编号为 {pk} 的记录 / nothing has the id {pk}")
    return answer
