"""The model's answer by its schema: JSON of exactly the shape that was asked for, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, get_args

from liantu.extraction.model import RelationName, Role, Stage, Status
from liantu.proposing.model import ProposedKind, Refusal
from liantu.vocabulary.roles import enterprise_roles

MOST = 300  # findings taken from one answer
LONGEST = 2_000  # characters of a text in it
LARGEST = 1e18  # no figure of a region is larger, in whatever unit
ROLES = tuple(role.reader_role for role in enterprise_roles().values() if role.reader_role)

Item = dict[str, Any]
Check = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= LONGEST


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST


def _one_of(*values: str) -> Check:
    return lambda value: isinstance(value, str) and value in values


def _perhaps(check: Check) -> Check:
    return lambda value: value is None or check(value)


SCHEMAS: Mapping[ProposedKind, Mapping[str, Check]] = {
    "figure": {
        "sentence": _text,
        "number": _text,
        "value": _perhaps(_number),
        "unit": _perhaps(lambda value: isinstance(value, str) and len(value) <= 32),
        "subject": _text,
        "indicator": _text,
        "status": _one_of(*get_args(Status)),
        "change": _perhaps(lambda value: isinstance(value, bool)),
        "period": _perhaps(_text),
    },
    "project": {
        "sentence": _text,
        "name": _text,
        "investment": _perhaps(_text),
        "stage": _perhaps(_one_of(*get_args(Stage))),
        "place": _perhaps(_text),
        "owner": _perhaps(_text),
    },
    "enterprise": {"sentence": _text, "name": _text, "role": _perhaps(_one_of(*ROLES))},
    "chain": {"sentence": _text, "name": _text, "holder": _text, "role": _perhaps(_one_of(*get_args(Role)))},
    "relation": {"sentence": _text, "head": _text, "relation": _one_of(*get_args(RelationName)), "tail": _text},
}
"""The columns of each kind of finding; those that may be null may also be left out."""


def findings_of(answer: str) -> tuple[list[Item], list[Refusal]]:
    """The findings in an answer that have the shape asked for, and what was refused for not having it."""
    try:
        told = json.loads(answer, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return [], [refusal(answer)]
    if not isinstance(told, dict) or told.keys() != {"findings"} or not isinstance(told["findings"], list):
        return [], [refusal(answer)]
    good, bad = [], []
    for item in told["findings"][:MOST]:
        if _fits(item):
            good.append(item)
        else:
            bad.append(refusal(item))
    bad += [refusal(item) for item in told["findings"][MOST:][:1]]  # the first stands for the rest
    return good, bad


def _fits(item: Any) -> bool:
    if not isinstance(item, dict) or not isinstance(item.get("kind"), str) or item["kind"] not in SCHEMAS:
        return False
    schema = SCHEMAS[item["kind"]]
    return item.keys() <= schema.keys() | {"kind"} and all(check(item.get(name)) for name, check in schema.items())


def refusal(said: Any) -> Refusal:
    """A refusal for having the wrong shape."""
    return Refusal("schema", shortened(said))


def shortened(said: Any, most: int = 80) -> str:
    """The beginning of what was said, as one printable line."""
    text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False, default=str)
    return "".join(c if c.isprintable() else " " for c in text[:most])


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)
