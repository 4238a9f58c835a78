"""What every operation does with what it is asked: errors that a program can read."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpRequest
from ninja import Schema
from ninja.errors import HttpError

from liantu.api.schemas import ErrorOut
from liantu.vocabulary import regions

T = TypeVar("T")
ERRORS = {401: ErrorOut, 404: ErrorOut, 422: ErrorOut}


def check(request: HttpRequest, filters: Schema) -> None:
    """Refuses (422) an address with a parameter that this list does not have, naming those it has, or with a region that is none."""
    known = type(filters).model_fields
    unknown = sorted(set(request.GET) - set(known))
    if unknown:
        raise HttpError(
            422,
            f"没有这个筛选条件：{'、'.join(unknown)}；可用的有：{'、'.join(known)} / "
            f"no such parameter: {', '.join(unknown)}; there are: {', '.join(known)}",
        )
    known_region(getattr(filters, "region", ""))


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
