"""Rules over rows: which row alerts, at which level, with which numbers and which evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from .expressions import Value, columns
from .rules import Rule


class Ref(NamedTuple):
    """What a number rests on: a `statement`, `fact`, `source`, or a `record` of office work (`permit:12`)."""

    kind: str
    id: str


Evidence = Callable[[str], Sequence[Ref]]
"""What a column of a row rests on; asked only for rows that alert."""


def no_evidence(_column: str) -> Sequence[Ref]:
    """Of rows that speak for themselves."""
    return ()


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is watched, with what is known of it. `key` names it for ever: `project:12`, `permit:7`."""

    key: str
    name: str
    values: Mapping[str, Value]
    region_code: str = ""
    city_code: str = ""
    chain: str = ""
    owner: str = ""
    stage: str = ""
    due: date | None = None
    project: int | None = None
    secrecy: int = 0
    evidence: Evidence = no_evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a row meets. `numbers` are the values that went into it, by column."""

    id: str
    rule: Rule
    row: Row
    level: str
    measure: float
    threshold: float
    since: date | None
    numbers: Mapping[str, Value]
    evidence: tuple[Ref, ...]


def finding_id(rule: str, key: str) -> str:
    """The identity of an alert: the rule and the thing, whatever the numbers."""
    return blake2b(f"{rule}\0{key}".encode(), digest_size=16).hexdigest()


def evaluate(rules: Iterable[Rule], rows: Iterable[Row], today: date) -> Iterator[Finding]:
    """All alerts of the rules over rows of one watch, as of `today`. The order of the rows does not matter."""
    chosen = [(rule, rule.holds, rule.measured) for rule in rules]
    for row in rows:
        values = row.values
        for rule, holds, measured in chosen:
            if not holds(values, today):
                continue
            value = measured(values, today)
            level = rule.level_of(value) if value is not None else ""
            if value is None or not level:
                continue
            yield _finding(rule, row, level, value)


def _finding(rule: Rule, row: Row, level: str, value: float) -> Finding:
    since = row.values.get(rule.since) if rule.since else None
    refs = dict.fromkeys(ref for column in (*rule.shown, "") for ref in row.evidence(column))
    return Finding(
        finding_id(rule.id, row.key),
        rule,
        row,
        level,
        value,
        rule.thresholds[level],
        since if isinstance(since, date) else None,
        {column: row.values.get(column) for column in rule.shown},
        tuple(refs),
    )


def said(finding: Finding, language: str = "zh") -> tuple[str, str]:
    """The alert's sentence and its proposed fix, with the row's own numbers in them."""
    return sentence(finding.rule, finding.row.name, finding.numbers, finding.measure, finding.threshold, language)


def sentence(
    rule: Rule, name: str, numbers: Mapping[str, Value], measure: float, threshold: float, language: str = "zh"
) -> tuple[str, str]:
    """What a rule says of a thing with these numbers: the sentence and the proposed fix."""
    chinese = language == "zh"
    known = columns()[rule.watch]
    words = {
        column: _worded(value, known[column].kind, chinese) for column, value in numbers.items() if column in known
    }
    unit = {"money": "money", "percent": "percent", "points": "number"}.get(rule.unit, "number")
    words |= {
        "name": name,
        "measure": _worded(measure, unit, chinese),
        "threshold": _worded(threshold, unit, chinese),
    }
    text = rule.text_zh if chinese else rule.text_en
    fix = rule.fix_zh if chinese else rule.fix_en
    return text.format_map(words), fix.format_map(words)


def read_numbers(rule: Rule, told: Mapping[str, object]) -> dict[str, Value]:
    """Numbers that were kept as JSON, with their days as days again; columns that the rule no longer knows are left out."""
    known = columns()[rule.watch]
    found: dict[str, Value] = {}
    for name, value in told.items():
        if name not in known:
            continue
        if known[name].kind == "date" and isinstance(value, str) and value:
            found[name] = date.fromisoformat(value)
        else:
            found[name] = value if isinstance(value, str | int | float) or value is None else str(value)
    return found


def _worded(value: Value, kind: str, chinese: bool) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    if kind == "flag":
        return ("是" if value else "否") if chinese else ("yes" if value else "no")
    if kind == "money":
        size, word = (1e8, "亿元") if abs(value) >= 1e8 else (1e4, "万元")
        return f"{_plain(value / size)}{word}" if chinese else f"{_plain(value / 1e6)} m yuan"
    return f"{_plain(value)}%" if kind == "percent" else _plain(value)


def _plain(value: float) -> str:
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")
