"""The small language in which a rule says what it looks for: comparisons joined by `and`, and one measure.

`stage_order < 8 and side == "" and known(start_planned)` · `days_since(start_planned)` · `year_elapsed - year_done`

What is unknown makes a comparison untrue and a measure none: a rule never raises an alert out of what nobody has said. Python's
own parser reads the text; only the forms below are accepted, and nothing is ever executed.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from types import MappingProxyType

from liantu.vocabulary.tables import read_table

Value = str | float | date | None
Values = Mapping[str, Value]
Condition = Callable[[Values, date], bool]
Measure = Callable[[Values, date], float | None]

KINDS = ("text", "date", "number", "count", "money", "percent", "days", "flag")
LONGEST = 400
_COMPARE: Mapping[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_ARITHMETIC: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class ExpressionError(ValueError):
    """An expression that is none, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


@dataclass(frozen=True, slots=True)
class Column:
    """Something that rows of one watch tell, and rules may ask for."""

    watch: str
    name: str
    kind: str
    name_zh: str
    name_en: str
    source: str


@cache
def columns() -> MappingProxyType[str, MappingProxyType[str, Column]]:
    """What the rows of each watch tell: watch → column name → column."""
    table = read_table(
        "alert_columns.csv", ("watch", "column", "kind", "name_zh", "name_en", "source"), package="liantu.tracking"
    )
    table.require_unique("watch", "column")
    table.require_known("kind", KINDS)
    found: dict[str, dict[str, Column]] = {}
    for _, r in table.rows:
        column = Column(r["watch"], r["column"], r["kind"], r["name_zh"], r["name_en"], r["source"])
        found.setdefault(r["watch"], {})[r["column"]] = column
    return MappingProxyType({watch: MappingProxyType(known) for watch, known in found.items()})


def condition(text: str, known: Mapping[str, Column]) -> tuple[Condition, frozenset[str]]:
    """The condition that `text` says, and the columns it asks for. An empty text lets every row through.

    Raises:
        ExpressionError: another form, an unknown column, or sides that cannot be compared.
    """
    if not text.strip():
        return _always, frozenset()
    tree = _parsed(text)
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    used: set[str] = set()
    tests = [_test(part, known, used) for part in parts]

    return reduce(_both, tests), frozenset(used)


def _both(first: Condition, second: Condition) -> Condition:
    """One call a condition: every rule asks this of every row."""
    return lambda values, today: first(values, today) and second(values, today)


def measure(text: str, known: Mapping[str, Column]) -> tuple[Measure, frozenset[str]]:
    """The number that `text` works out, and the columns it takes. Raises ExpressionError as `condition` does."""
    used: set[str] = set()
    found, kind = _term(_parsed(text), known, used)
    if kind != "number":
        raise ExpressionError("要算出一个数，日期请用 days_since(…)", "a number is wanted; for days use days_since(…)")

    def number(values: Values, today: date) -> float | None:
        value = found(values, today)
        return value if isinstance(value, int | float) else None

    return number, frozenset(used)


def _always(_values: Values, _today: date) -> bool:
    return True


def _parsed(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise ExpressionError(
            f"条件太长（最多 {LONGEST} 字）", f"the expression is too long (at most {LONGEST} characters)"
        )
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ExpressionError(f"看不懂“{text}”", f"cannot read {text!r}") from None


def _test(node: ast.expr, known: Mapping[str, Column], used: set[str]) -> Condition:
    asked = _asked(node, known, used)
    if asked is not None:
        return asked
    if not isinstance(node, ast.Compare) or len(node.ops) != 1 or type(node.ops[0]) not in _COMPARE:
        raise ExpressionError(
            f'“{ast.unparse(node)}”不是比较：写作 列 < 数、列 == "词"、known(列) 或 missing(列)，用 and 连接',
            f'{ast.unparse(node)!r} is no comparison: column < number, column == "word", known(column), missing(column)',
        )
    left, left_kind = _term(node.left, known, used)
    right, right_kind = _term(node.comparators[0], known, used)
    compare = _COMPARE[type(node.ops[0])]
    if left_kind != right_kind or (left_kind == "text" and compare not in (operator.eq, operator.ne)):
        raise ExpressionError(
            f"“{ast.unparse(node)}”两边不能这样比", f"the sides of {ast.unparse(node)!r} do not compare"
        )

    if isinstance(node.left, ast.Name) and node.left.id != "today" and isinstance(node.comparators[0], ast.Constant):
        name, constant = node.left.id, right({}, date.min)

        def test_column(values: Values, _today: date) -> bool:
            value = values.get(name)
            return value is not None and compare(value, constant)  # type: ignore[arg-type]

        return test_column

    def test(values: Values, today: date) -> bool:
        one, other = left(values, today), right(values, today)
        return one is not None and other is not None and compare(one, other)  # type: ignore[arg-type]

    return test


def _asked(node: ast.expr, known: Mapping[str, Column], used: set[str]) -> Condition | None:
    """`known(column)` and `missing(column)`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("known", "missing")):
        return None
    if len(node.args) != 1 or node.keywords or not isinstance(node.args[0], ast.Name):
        raise ExpressionError(f"{node.func.id} 里写一列", f"{node.func.id} takes one column")
    name = _column(node.args[0].id, known, used).name
    if node.func.id == "known":
        return lambda values, _today: values.get(name) not in (None, "")
    return lambda values, _today: values.get(name) in (None, "")


def _term(node: ast.expr, known: Mapping[str, Column], used: set[str]) -> tuple[Callable[[Values, date], Value], str]:
    """A term and what it gives: `number`, `date` or `text`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        word = node.value
        return (lambda _values, _today: word), "text"
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        constant = float(node.value)
        return (lambda _values, _today: constant), "number"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner, kind = _term(node.operand, known, used)
        if kind == "number":
            return (lambda values, today: None if (v := inner(values, today)) is None else -float(v)), "number"  # type: ignore[arg-type]
    if isinstance(node, ast.Name):
        if node.id == "today":
            return (lambda _values, today: today), "date"
        column = _column(node.id, known, used)
        name = column.name
        kind = column.kind if column.kind in ("text", "date") else "number"
        return (lambda values, _today: values.get(name)), kind
    if isinstance(node, ast.Call):
        return _days(node, known, used), "number"
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        return _arithmetic(node, known, used), "number"
    raise ExpressionError(f"看不懂“{ast.unparse(node)}”", f"cannot read {ast.unparse(node)!r}")


def _days(node: ast.Call, known: Mapping[str, Column], used: set[str]) -> Callable[[Values, date], Value]:
    """`days_since(day)`, `days_until(day)`, `days_between(first, second)`."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    wanted = {"days_since": 1, "days_until": 1, "days_between": 2}
    if name not in wanted or node.keywords or len(node.args) != wanted[name]:
        raise ExpressionError(
            f"没有“{ast.unparse(node)}”这样的算法：可用 days_since、days_until、days_between",
            f"no such function: {ast.unparse(node)}; there are days_since, days_until, days_between",
        )
    terms = [_term(argument, known, used) for argument in node.args]
    if any(kind != "date" for _term_, kind in terms):
        raise ExpressionError(f"{name} 里写日期列", f"{name} takes columns of days")
    first = terms[0][0]

    def between(values: Values, today: date) -> Value:
        one = first(values, today)
        other = today if len(terms) == 1 else terms[1][0](values, today)
        if not isinstance(one, date) or not isinstance(other, date):
            return None
        return float((one - other).days if name == "days_until" else (other - one).days)

    return between


def _arithmetic(node: ast.BinOp, known: Mapping[str, Column], used: set[str]) -> Callable[[Values, date], Value]:
    left, left_kind = _term(node.left, known, used)
    right, right_kind = _term(node.right, known, used)
    if (left_kind, right_kind) != ("number", "number"):
        raise ExpressionError(
            f"“{ast.unparse(node)}”两边要是数", f"both sides of {ast.unparse(node)!r} must be numbers"
        )
    work = _ARITHMETIC[type(node.op)]

    def worked(values: Values, today: date) -> Value:
        one, other = left(values, today), right(values, today)
        if not isinstance(one, int | float) or not isinstance(other, int | float):
            return None
        if work is operator.truediv and other == 0:
            return None
        return work(one, other)

    return worked


def _column(name: str, known: Mapping[str, Column], used: set[str]) -> Column:
    if name not in known:
        told = "、".join(known)
        raise ExpressionError(f"没有“{name}”这一列，可用：{told}", f"no column {name!r}; there are {', '.join(known)}")
    used.add(name)
    return known[name]
