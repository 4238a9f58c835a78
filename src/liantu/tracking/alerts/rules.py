"""Rules of alerts: what is watched, the condition, the measure with its thresholds for blue, yellow and red, the words.

Nobody has published what triggers an alert of which colour, so the shipped thresholds (`data/alert_rules.csv`) are starting points, each
saying so; an office puts its own rules, in the same columns, in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType

from liantu.vocabulary.tables import Table, VocabularyError, parse_table

from .expressions import Column, Condition, ExpressionError, Measure, columns, condition, measure

LEVELS = ("blue", "yellow", "red")
"""From the mildest on."""
RULE_COLUMNS = (
    "rule", "watch", "when", "measure", "compare", "blue", "yellow", "red", "unit", "since", "title_zh", "title_en",
    "text_zh", "text_en", "fix_zh", "fix_en", "source",
)  # fmt: skip
UNITS = ("days", "points", "percent", "count", "money", "months", "number")
_ID = re.compile(r"[a-z][a-z0-9_]{1,47}$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. It alerts for rows that `holds` lets through and whose measure reaches a threshold; `shown` are all columns
    that it takes, the numbers that an alert tells."""

    id: str
    watch: str
    when: str
    measure: str
    falling: bool  # thresholds are passed from above: the smaller, the worse
    thresholds: Mapping[str, float]  # by level, those that are set
    unit: str
    since: str  # the column that tells since when; empty: since it was first seen
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    fix_zh: str
    fix_en: str
    source: str
    holds: Condition
    measured: Measure
    shown: tuple[str, ...]

    def level_of(self, value: float) -> str:
        """The gravest level whose threshold `value` reaches; empty when it reaches none."""
        for level in reversed(LEVELS):
            line = self.thresholds.get(level)
            if line is not None and (value <= line if self.falling else value >= line):
                return level
        return ""


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """What is wrong with one line of a table of rules."""

    line: int
    column: str
    zh: str
    en: str


@cache
def shipped_rules() -> MappingProxyType[str, Rule]:
    """The rules that come with the product, by id.

    Raises:
        VocabularyError: the file breaks its own rules.
    """
    file = "alert_rules.csv"
    text = files("liantu.tracking").joinpath("data", file).read_text(encoding="utf-8")
    rules, problems = read_rules(file, text)
    if problems:
        first = problems[0]
        raise VocabularyError(file, first.line, f"{first.column}：{first.zh}", f"{first.column}: {first.en}")
    return MappingProxyType(rules)


def read_rules(file: str, text: str) -> tuple[dict[str, Rule], list[RuleProblem]]:
    """The rules of a table, and everything that is wrong with it, line by line. With a problem anywhere, trust none.

    Raises:
        VocabularyError: the table is none, or a row has no source.
    """
    table: Table = parse_table(file, text, RULE_COLUMNS)
    found: dict[str, Rule] = {}
    problems: list[RuleProblem] = []
    seen: set[str] = set()
    for line, row in table.rows:
        rule, wrong = make_rule(row)
        if row["rule"].strip() in seen:
            wrong.append(("rule", "代号重复", "this id stands twice"))
        seen.add(row["rule"].strip())
        problems += [RuleProblem(line, *each) for each in wrong]
        if rule is not None:
            found.setdefault(rule.id, rule)
    return found, problems


Problem = tuple[str, str, str]
"""Column, and what is wrong in both languages."""


def make_rule(row: Mapping[str, str]) -> tuple[Rule | None, list[Problem]]:
    """A rule out of the cells of one row, and what is wrong with them; None where something is."""
    cells = {name: row.get(name, "").strip() for name in RULE_COLUMNS}
    wrong: list[Problem] = []
    if not _ID.match(cells["rule"]):
        wrong.append(("rule", "代号用小写字母、数字和下划线", "an id is lower-case letters, digits and _"))
    for name in ("title_zh", "text_zh", "source"):
        if not cells[name]:
            wrong.append((name, "不能空着", "must be filled"))
    watches = columns()
    if cells["watch"] not in watches:
        told = "、".join(watches)
        wrong.append(("watch", f"没有“{cells['watch']}”，可用：{told}", f"unknown; there are {', '.join(watches)}"))
        return None, wrong
    known = watches[cells["watch"]]
    if cells["unit"] not in UNITS:
        wrong.append(("unit", f"可用：{'、'.join(UNITS)}", f"one of {', '.join(UNITS)}"))
    if cells["compare"] not in (">=", "<="):
        wrong.append(("compare", "写 >= 或 <=", "write >= or <="))
    thresholds = _thresholds(cells, wrong)
    used: list[str] = []
    holds, measured = _expressions(cells, known, used, wrong)
    if cells["since"] and (cells["since"] not in known or known[cells["since"]].kind != "date"):
        wrong.append(("since", "要写一个日期列", "must be a column of days"))
    for name in ("text_zh", "text_en", "fix_zh", "fix_en"):
        used += _placeholders(cells, name, known, wrong)
    if wrong or holds is None or measured is None:
        return None, wrong
    # The columns that its words name and the one it counts from are told with the alert, too.
    extra = [cells["since"]] if cells["since"] else []
    shown = tuple(dict.fromkeys([*used, *extra]))
    made = Rule(
        cells["rule"], cells["watch"], cells["when"], cells["measure"], cells["compare"] == "<=", thresholds,
        cells["unit"], cells["since"], cells["title_zh"], cells["title_en"] or cells["title_zh"], cells["text_zh"],
        cells["text_en"] or cells["text_zh"], cells["fix_zh"], cells["fix_en"] or cells["fix_zh"], cells["source"],
        holds, measured, shown,
    )  # fmt: skip
    return made, wrong


def _thresholds(cells: Mapping[str, str], wrong: list[Problem]) -> dict[str, float]:
    found: dict[str, float] = {}
    for level in LEVELS:
        if not cells[level]:
            continue
        try:
            found[level] = float(cells[level])
        except ValueError:
            wrong.append((level, f"“{cells[level]}”不是数", f"{cells[level]!r} is no number"))
    if not found and not any(cells[level] for level in LEVELS):
        wrong.append(("blue", "红黄蓝至少写一个阈值", "set at least one threshold"))
    lines = [found[level] for level in LEVELS if level in found]
    if cells["compare"] in (">=", "<=") and lines != sorted(lines, reverse=cells["compare"] == "<="):
        wrong.append(("red", "阈值要从蓝到红越来越重", "thresholds must grow worse from blue to red"))
    return found


def _expressions(
    cells: Mapping[str, str], known: Mapping[str, Column], used: list[str], wrong: list[Problem]
) -> tuple[Condition | None, Measure | None]:
    holds: Condition | None = None
    measured: Measure | None = None
    try:
        holds, asked = condition(cells["when"], known)
        used += sorted(asked)
    except ExpressionError as error:
        wrong.append(("when", error.zh, error.en))
    try:
        measured, asked = measure(cells["measure"], known)
        used += sorted(asked)
    except ExpressionError as error:
        wrong.append(("measure", error.zh, error.en))
    return holds, measured


def _placeholders(
    cells: Mapping[str, str], name: str, known: Mapping[str, Column], wrong: list[Problem]
) -> Sequence[str]:
    """The columns that a text names in braces; besides them it may name `name`, `measure` and `threshold`."""
    try:
        named = [field for _text, field, _spec, _conversion in Formatter().parse(cells[name]) if field is not None]
    except ValueError:
        wrong.append((name, "花括号不成对", "the braces do not match"))
        return []
    for field in named:
        if field not in known and field not in ("name", "measure", "threshold"):
            wrong.append((name, f"没有“{field}”这一列", f"no column {field!r}"))
    return [field for field in named if field in known]


def rule_lines(rules: Iterable[Rule]) -> list[list[str]]:
    """Rules as rows of the table they are read from, header first: what an office takes out, changes and brings back."""

    def number(value: float | None) -> str:
        return "" if value is None else f"{value:g}"

    lines = [list(RULE_COLUMNS)]
    for r in rules:
        lines.append(
            [
                r.id,
                r.watch,
                r.when,
                r.measure,
                "<=" if r.falling else ">=",
                *(number(r.thresholds.get(x)) for x in LEVELS),
                r.unit,
                r.since,
                r.title_zh,
                r.title_en,
                r.text_zh,
                r.text_en,
                r.fix_zh,
                r.fix_en,
                r.source,
            ]
        )
    return lines
