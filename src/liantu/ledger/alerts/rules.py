"""The rules in force: the shipped ones, and the office's own in their place or beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from io import StringIO

from liantu.ledger.models import OwnAlertRule
from liantu.ledger.work.recording import add_record, change_record
from liantu.ledger.writing import writing
from liantu.tracking.alerts import Rule, RuleProblem, read_rules, shipped_rules
from liantu.tracking.alerts.rules import RULE_COLUMNS, make_rule
from liantu.vocabulary.tables import VocabularyError

VERSION = "version"
"""Column of a table of rules that goes out: the office's version of a rule, 0 for a shipped one."""


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A rule with where it comes from. `own` is the office's record of it; a rule that is `off` does not run."""

    rule: Rule
    own: OwnAlertRule | None
    off: bool


def all_rules() -> list[RuleInForce]:
    """Every rule, the shipped ones in their order, then those that are the office's alone."""
    own = {row.rule: row for row in OwnAlertRule.objects.filter(removed_at=None).order_by("pk")}
    found: list[RuleInForce] = []
    for name, rule in shipped_rules().items():
        row = own.pop(name, None)
        made = made_of(row) if row is not None else None
        found.append(RuleInForce(made or rule, row, row is not None and row.off))
    for row in own.values():
        made = made_of(row)
        if made is not None:
            found.append(RuleInForce(made, row, row.off))
    return found


def rules_in_force() -> list[Rule]:
    """The rules that run."""
    return [each.rule for each in all_rules() if not each.off]


def made_of(row: OwnAlertRule) -> Rule | None:
    """The rule that a record says; None when a later version of the product no longer knows one of its columns."""
    made, _wrong = make_rule(cells_of(row))
    return made


def cells_of(row: OwnAlertRule) -> dict[str, str]:
    """A record's cells as `make_rule` takes them."""
    return {name: str(getattr(row, name)) for name in RULE_COLUMNS}


def digest_of(rules: Iterable[Rule], registry: str = "") -> str:
    """Tells whether the rules, and the counts of the registry that some of them look at, are the same as in an earlier run."""
    told = "\0".join(
        f"{r.id}|{r.watch}|{r.when}|{r.measure}|{r.falling}|{sorted(r.thresholds.items())}|{r.since}|{r.text_zh}|{r.text_en}"
        f"|{r.fix_zh}|{r.fix_en}"
        for r in rules
    )
    return blake2b(f"{told}\0{registry}".encode(), digest_size=16).hexdigest()


def bring_rules(text: str, by: str, reason: str = "") -> tuple[int, list[RuleProblem]]:
    """Take the office's rules out of a table with the columns of the shipped one (CSV, or cells pasted from a sheet).

    All of it or nothing: gives how many rules were added or changed, or every problem by line.
    """
    text, versions = _without_versions(as_csv(text))
    try:
        rules, problems = read_rules("预警规则", text)
    except VocabularyError as error:
        chinese, _, english = str(error).partition(" / ")
        return 0, [RuleProblem(error.line, "", chinese, english)]
    if problems:
        return 0, problems
    if not rules:
        return 0, [RuleProblem(1, "", "表里没有规则", "the table has no rules")]
    changed = 0
    rows = {line["rule"].strip(): line for line in csv.DictReader(StringIO(text))}
    with writing():
        if stale := list(_stale(rows, versions)):
            return 0, stale
        for name in rules:
            cells = {column: rows[name][column].strip() for column in RULE_COLUMNS}
            before = OwnAlertRule.objects.filter(rule=name, removed_at=None).first()
            if before is None:
                if name in shipped_rules() and make_rule(cells)[0] == shipped_rules()[name]:
                    continue
                add_record("alert_rule", cells, by, reason)
                changed += 1
            elif cells_of(before) != cells:
                change_record("alert_rule", before.pk, before.version, cells, by, reason)
                changed += 1
    return changed, []


def _without_versions(table: str) -> tuple[str, dict[str, str]]:
    """A table of rules without its last column, if that says which version of a rule a line was, and the versions by rule."""
    lines = list(csv.reader(StringIO(table)))
    if not lines or lines[0][-1:] != [VERSION]:
        return table, {}
    width = len(lines[0]) - 1
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(line[:width] for line in lines)
    return out.getvalue(), {line[0].strip(): line[width].strip() for line in lines[1:] if len(line) > width}


def _stale(rows: Mapping[str, Mapping[str, str]], versions: Mapping[str, str]) -> Iterator[RuleProblem]:
    """Rows that would overwrite what somebody made of a rule after the table was taken out: both versions are told."""
    own = {row.rule: row for row in OwnAlertRule.objects.filter(rule__in=list(rows), removed_at=None)}
    for line, (name, told) in enumerate(rows.items(), start=2):
        row = own.get(name)
        if row is None or versions.get(name) == str(row.version):
            continue
        now = cells_of(row)
        moved = [column for column in RULE_COLUMNS if (told.get(column) or "").strip() != now[column]]
        if moved:
            both = "；".join(f"{column}：现在“{now[column]}”，表里“{(told[column] or '').strip()}”" for column in moved)
            english = "; ".join(
                f"{column}: now {now[column]!r}, here {(told[column] or '').strip()!r}" for column in moved
            )
            yield RuleProblem(
                line,
                VERSION,
                f"这条规则现在是第 {row.version} 版，表里不是：{both}。看过后把版本写成 {row.version} 再粘贴",
                f"the rule is at version {row.version}, not here: {english}. Look at both, write {row.version} as version and paste again",
            )


def as_csv(text: str) -> str:
    """Cells copied from a sheet are parted by tabs; a CSV file may begin with a byte-order mark."""
    text = text.removeprefix("\ufeff").strip("\n")
    first = text.split("\n", 1)[0]
    if "\t" not in first:
        return text
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows(_padded(list(csv.reader(StringIO(text), delimiter="\t")), len(first.split("\t"))))
    return out.getvalue()


def _padded(rows: list[list[str]], width: int) -> Sequence[Sequence[str]]:
    return [row + [""] * (width - len(row)) for row in rows if any(cell.strip() for cell in row)]
