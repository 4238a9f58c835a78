"""Prose with linked numbers: `{年度投资进度·太原市}` stands for a figure of the bulletin, and prints as it does.

People edit everything between the braces' figures; a number that they write by hand is kept, and told as what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_TOKEN = re.compile(r"\{([^{}\n]{1,120})\}")
_NUMBER = re.compile(
    r"\d[\d,]*(?:\.\d+)?\s*(?:%|个百分点|百分点|万亿元|亿元|万元|元|个|家|户|项|名|位|次|倍|亩|万吨|吨|万千瓦|公里|人)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of prose: text, or (`name` filled) a linked figure with what it prints."""

    text: str
    name: str = ""


def tokens_in(prose: str) -> list[str]:
    """The names of the figures that a prose links to, in order."""
    return [match[1].strip() for match in _TOKEN.finditer(prose)]


def read_prose(prose: str, shown: Mapping[str, str]) -> list[Token]:
    """The pieces of a prose. `shown` is what each figure prints.

    Raises:
        ValueError: naming the line and the name of a figure that there is not, or braces that do not match.
    """
    wrong: list[str] = []
    for number, line in enumerate(prose.split("\n"), start=1):
        for name in tokens_in(line):
            if name not in shown:
                wrong.append(f"第{number}行：没有“{{{name}}}”这个数 / line {number}: there is no figure {{{name}}}")
        rest = _TOKEN.sub("", line)
        if "{" in rest or "}" in rest:
            wrong.append(f"第{number}行：花括号不成对 / line {number}: the braces do not match")
    if wrong:
        raise ValueError("\n".join(wrong))
    found: list[Token] = []
    at = 0
    for match in _TOKEN.finditer(prose):
        if match.start() > at:
            found.append(Token(prose[at : match.start()]))
        name = match[1].strip()
        found.append(Token(shown[name], name))
        at = match.end()
    if at < len(prose):
        found.append(Token(prose[at:]))
    return found


def loose_numbers(prose: str) -> list[str]:
    """Numbers with a unit that stand in a prose by hand, linked to nothing. Dates and issues are none."""
    return [match[0] for match in _NUMBER.finditer(_TOKEN.sub("\0", prose))]
