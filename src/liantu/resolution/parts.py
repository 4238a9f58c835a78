"""Which parts of two firms' names agree, for people who decide whether they are one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from .enterprise import by_length, parse
from .enterprise_name import EnterpriseName
from .places import places_agree

Agreement = Literal["same", "omitted", "within", "differs"]
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of two names. `omitted`: one of them leaves it out; `within`: the shorter lies in order inside the longer."""

    part: Literal["place", "core", "branch", "form"]
    asked: str
    found: str
    state: Agreement


def name_parts(asked: str, found: str) -> tuple[Part, ...]:
    """The parts of two names, those that neither has left out.

    >>> [(p.part, p.state) for p in name_parts("太原示例晶体", "太原示例晶体有限公司")]
    [('place', 'same'), ('core', 'same'), ('form', 'omitted')]
    """
    a, b = parse(asked), parse(found)
    parts = (
        Part("place", a.place, b.place, _place(a.place, b.place)),
        Part("core", a.core, b.core, _core(a, b)),
        Part("branch", a.branch or a.other, b.branch or b.other, _plain(a.branch or a.other, b.branch or b.other)),
        Part("form", _form(a), _form(b), _plain(_form(a), _form(b))),
    )
    return tuple(part for part in parts if part.asked or part.found)


def shared(asked: str, found: str) -> tuple[tuple[str, bool], ...]:
    """`found` cut into pieces, each with whether its characters stand in `asked`, in order."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for block in SequenceMatcher(None, asked, found, autojunk=False).get_matching_blocks():
        if block.b > end:
            pieces.append((found[end : block.b], False))
        if block.size:
            pieces.append((found[block.b : block.b + block.size], True))
        end = block.b + block.size
    return tuple(pieces)


def _plain(a: str, b: str) -> Agreement:
    if a == b:
        return "same"
    return "differs" if a and b else "omitted"


def _place(a: str, b: str) -> Agreement:
    if a and b and a != b and places_agree(a, b):
        return "within"
    return _plain(a, b)


def _core(a: EnterpriseName, b: EnterpriseName) -> Agreement:
    if a.core == b.core:
        return "same"
    short, long = by_length(a, b)
    if a.is_full and b.is_full:
        return "differs"
    rest = iter(long.text + long.other)
    return "within" if all(char in rest for char in short.core) else "differs"


def _form(name: EnterpriseName) -> str:
    """The legal form as it is written (有限公司)."""
    return _BRACKETS.sub("", name.folded)[len(name.text) :] if name.form else ""
