"""No pattern of the reader takes forever: words that fit a repeated group in several ways are the classic trap."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

TIMES = 60  # of a word in a row: two ways to read each would be 2**60
LONGEST = 5.0  # seconds; a pattern without the trap needs milliseconds
WAYS = 100  # through a group: as many are tried in pairs
MANY = 8  # a group that may repeat as often is attacked
OTHER = "甲"  # what classes that only exclude let in
ENDS = ("", "，", "☠", "。☠，")  # what stands behind the row and keeps a pattern from its end

COLLECT = """
import ast, importlib, json, pkgutil, re, sys
from pathlib import Path

patterns = {}
compile_ = re.compile

def noting(pattern, flags=0):
    if isinstance(pattern, str) and sys._getframe(1).f_globals.get("__name__", "").startswith("liantu"):
        patterns[pattern] = sys._getframe(1).f_globals["__name__"]
    return compile_(pattern, flags)

re.compile = noting
import liantu

root = Path(liantu.__path__[0])
for room in ("vocabulary", "reading", "extraction", "resolution", "registry", "matching", "tracking"):
    for module in pkgutil.walk_packages([str(root / room)], f"liantu.{room}."):
        if "spark" not in module.name and "ner" not in module.name.split("."):
            importlib.import_module(module.name)
    for file in (root / room).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name("re")), args=[ast.Constant(str(said)), *_]):
                    patterns[said] = str(file.relative_to(root))

from liantu.extraction import extract
from liantu.reading import read_document

for file in map(Path, sys.argv[1:]):
    extract(read_document(file.read_bytes(), file.name))  # patterns out of data are made at their first use
print(json.dumps(patterns))
"""


def collected() -> dict[str, str]:
    """Every pattern of the plain rooms → where it stands."""
    files = sorted((Path(__file__).parents[1] / "gold" / "develop").glob("*.txt"))[:12]
    run = subprocess.run([sys.executable, "-c", COLLECT, *map(str, files)], capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(run.stdout)
    return found


def of_class(members: list[tuple[Any, Any]]) -> Iterator[str]:
    """A character for each part of a class, and one that is in none."""
    for kind, value in members:
        if kind is op.LITERAL:
            yield chr(value)
        elif kind is op.RANGE:
            yield chr(value[0])
        elif kind is op.CATEGORY:
            yield {op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " "}.get(value, OTHER)
    yield OTHER


def inner(kind: Any, value: Any) -> list[Any]:
    """The parts that a part of a pattern holds."""
    if kind is op.BRANCH:
        return list(value[1])
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        return [value[2]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    return [value[1]] if kind in (op.ASSERT, op.ASSERT_NOT) else []


def words_of(tree: Any) -> set[str]:
    """The characters and the runs of them that a pattern names."""
    words, run = set(), ""
    for kind, value in tree:
        if kind is op.LITERAL:
            run += chr(value)
            words.add(chr(value))
            continue
        words.add(run)
        run = ""
        if kind is op.IN:
            words.update(of_class(value))
        for part in inner(kind, value):
            words |= words_of(part)
    return (words | {run, OTHER}) - {""}


def shortest(tree: Any) -> str:
    """Something that fits, as short as can be told without trying."""
    said = ""
    for kind, value in tree:
        if kind is op.LITERAL:
            said += chr(value)
        elif kind is op.IN:
            said += OTHER if value[0][0] is op.NEGATE else next(of_class(value))
        elif kind in (op.NOT_LITERAL, op.ANY):
            said += OTHER
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            said += shortest(value[2]) * value[0]
        elif kind in (op.BRANCH, op.SUBPATTERN, op.ATOMIC_GROUP):
            said += shortest(inner(kind, value)[0])
    return said


def repeated(tree: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """(what fits the pattern up to it, its inside) for every group that may repeat often."""
    for part in tree:
        kind, value = part
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[1] >= MANY:
            yield before, value[2]
        for one in inner(kind, value):
            yield from repeated(one, before)
        before += shortest([part])


def ways(tree: Any) -> list[str]:
    """What fits, once for each way through the branches, every repeated part as seldom as may be."""
    return ["".join(way) for way in islice(product(*(of_part(*part) for part in tree)), WAYS)]


def of_part(kind: Any, value: Any) -> list[str]:
    if kind is op.LITERAL:
        return [chr(value)]
    if kind is op.IN:
        return [OTHER] if value[0][0] is op.NEGATE else list(of_class(value))[:-1]
    if kind in (op.NOT_LITERAL, op.ANY):
        return [OTHER]
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        once = ways(value[2])
        return [way * value[0] for way in once] if value[0] else ["", *once] if value[1] == 1 else [""]
    if kind in (op.BRANCH, op.SUBPATTERN, op.ATOMIC_GROUP):
        return [way for one in inner(kind, value) for way in ways(one)]
    return [""]


def torn_pairs(group: Any) -> Iterator[str]:
    """Two words of a repeated group that together can be read as other words of it, or as one: 排名列 as 排名+列 and 排+名列."""
    least, most = group.getwidth()
    if least == most:
        return
    fits = compiler.compile(group).fullmatch
    words = [word for word in dict.fromkeys(ways(group)) if word and fits(word)]
    for one, other in product(words, words):
        both = one + other
        if any(fits(both[:k]) and (k == len(both) or fits(both[k:])) for k in range(1, len(both) + 1) if k != len(one)):
            yield both


def attacks(pattern: str) -> set[str]:
    """Rows of every word inside a repeated group, and of such pairs, with what keeps the pattern from matching behind them."""
    return {
        before + word * TIMES + end
        for before, group in repeated(parser.parse(pattern))
        for word in {*words_of(group), *torn_pairs(group)}
        for end in ENDS
    }


class TooLongError(Exception):
    """A pattern did not come to an end."""


def first_trap(pattern: str, seconds: float = LONGEST) -> str:
    """The first text that the pattern does not come to an end with; `""` for none."""

    def stop(*_: object) -> None:
        raise TooLongError

    made = re.compile(pattern)
    before = signal.signal(signal.SIGALRM, stop)
    try:
        for text in sorted(attacks(pattern)):
            signal.setitimer(signal.ITIMER_REAL, seconds)
            try:
                made.search(text)
                made.fullmatch(text)
            except TooLongError:
                return text
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.signal(signal.SIGALRM, before)
    return ""


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:仅|仅仅|就)*$",
        r"^(?:[^，]{0,8}：|做)*[^，]{0,4}$",
        r"总(?:约|[^，]{0,3})*?\d",
        r"(?:名列|排名|居|列|排)*$",
        r"(?:今年|截至[^，截]{2,10}|，)*全国",
        r"^(?:[^，：]{0,8}：|做[大强]+|发展)*[^，：]{0,4}$",
    ],
)
def test_a_trap_is_found(pattern: str) -> None:
    assert first_trap(pattern, 0.2)


@pytest.mark.slow
def test_no_pattern_of_the_reader_is_a_trap() -> None:
    patterns = collected()
    assert len(patterns) > 500
    traps = {f"{where}: {pattern}": text for pattern, where in patterns.items() if (text := first_trap(pattern))}
    assert not traps
