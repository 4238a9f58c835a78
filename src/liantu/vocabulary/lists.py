"""The 12 kinds of list: their columns, what identifies a row, how often they are kept, and the words their cells hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args

from .tables import VocabularyError, read_table, split
from .work_words import WorkWord, work_words

CellType = Literal[
    "text", "long", "whole", "number", "money", "percent", "readiness", "when", "region", "chain", "word", "uscc"
]
"""`when`: a year, a month or a day; `readiness`: 1 to 9."""
FILLS = frozenset({"enterprises", "projects", "chain_gaps", "project_problems", "factor_needs", "zones"})
"""What a list may be filled from: views and records of the ledger, and the gazetteer of zones."""
COMMON = "*"
WORDS_OF_THEIR_OWN = frozenset({"stage"})
"""Sets of words that have a table of their own."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list: what its cells hold, and `source_field`, where a fill takes it from (`project.stage`)."""

    key: str
    type: CellType
    words: str
    unit: str
    zh: str
    en: str
    required: bool
    headers: tuple[str, ...]
    width: float
    source_field: str
    source: str


@dataclass(frozen=True, slots=True)
class ListKind:
    """One of the 12 kinds of list, with its names in use and the columns of a row.

    `key` names the columns that tell one row from the others, `title` the one a row is called by; `counter` is the word rows
    are counted in (户, 项); `rhythm` and `owner_role` are what a new list begins with.
    """

    value: str
    order: int
    name_zh: str
    name_en: str
    names: tuple[str, ...]
    own_columns: tuple[ListColumn, ...]
    key: tuple[str, ...]
    title: str
    rhythm: str
    owner_role: str
    counter_zh: str
    counter_en: str
    fills_from: str
    source: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Its own columns' keys."""
        return tuple(column.key for column in self.own_columns)

    @property
    def all_columns(self) -> tuple[ListColumn, ...]:
        """Its own columns and those that rows of every kind carry."""
        return (*self.own_columns, *common_columns())

    def column(self, key: str) -> ListColumn:
        """The column with this key. Raises KeyError."""
        for column in self.all_columns:
            if column.key == key:
                return column
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a list is to be confirmed: days after which it is due, and stale. None: there is no rhythm."""

    value: str
    name_zh: str
    name_en: str
    due_after: int | None
    stale_after: int | None
    source: str

    def freshness(self, days: int | None) -> str:
        """`fresh`, `due`, `stale` of a list confirmed so many days ago; `never` when nobody has; `open` without a rhythm."""
        if self.due_after is None or self.stale_after is None:
            return "open"
        if days is None:
            return "never"
        return "stale" if days > self.stale_after else "due" if days > self.due_after else "fresh"


@cache
def _columns() -> dict[str, tuple[ListColumn, ...]]:
    head = "list,column,type,words,unit,zh,en,required,headers,width,from,source"
    table = read_table("list_columns.csv", tuple(head.split(",")))
    table.require_unique("list", "column")
    table.require_known("type", get_args(CellType))
    table.require_known("words", {*list_words(), *WORDS_OF_THEIR_OWN})
    found: dict[str, list[ListColumn]] = {}
    for line, r in table.rows:
        if (r["type"] == "word") != bool(r["words"]):
            raise table.error(
                line, "词语列（word）须写明 words，其他列不写", "a word column names its words, no other does"
            )
        if r["required"] not in {"", "yes"}:
            raise table.error(line, "required 只写 yes 或留空", "required is yes or empty")
        column = ListColumn(
            r["column"],
            r["type"],  # type: ignore[arg-type]
            r["words"],
            r["unit"],
            r["zh"],
            r["en"],
            bool(r["required"]),
            split(r["headers"]),
            float(r["width"]),
            r["from"],
            r["source"],
        )
        found.setdefault(r["list"], []).append(column)
    return {kind: tuple(columns) for kind, columns in found.items()}


@cache
def common_columns() -> tuple[ListColumn, ...]:
    """The columns that rows of every kind carry: owner, state, data date, basis."""
    return _columns()[COMMON]


@cache
def list_kinds() -> MappingProxyType[str, ListKind]:
    """The list kinds by value, in order. Raises VocabularyError for data that breaks its own rules."""
    head = "kind,order,name_zh,name_en,names,key,title,rhythm,owner_role,counter_zh,counter_en,fills_from,source"
    table = read_table("list_kinds.csv", tuple(head.split(",")))
    table.require_unique("kind")
    table.require_known("rhythm", rhythms())
    table.require_known("fills_from", FILLS)
    columns, found = _columns(), {}
    for line, r in table.rows:
        own, key = columns.get(r["kind"], ()), split(r["key"])
        known = {column.key for column in own}
        if not key or not {*key, r["title"]} <= known or r["title"] not in key:
            raise table.error(
                line,
                f"key 与 title 须是 list_columns.csv 里“{r['kind']}”的栏目，title 须在 key 之中",
                f"key and title must be columns of {r['kind']} in list_columns.csv, and title one of key",
            )
        if clash := known & {column.key for column in columns[COMMON]}:
            raise table.error(line, f"栏目 {min(clash)} 与通用栏目重名", f"{min(clash)} is a common column already")
        found[r["kind"]] = ListKind(
            r["kind"], int(r["order"]), r["name_zh"], r["name_en"], split(r["names"]), own, key, r["title"],
            r["rhythm"], r["owner_role"], r["counter_zh"], r["counter_en"], r["fills_from"], r["source"],
        )  # fmt: skip
    unknown = columns.keys() - found.keys() - {COMMON}
    if unknown:
        raise VocabularyError(
            "list_columns.csv", 1, f"清单种类“{min(unknown)}”没有定义", f"unknown list kind {min(unknown)}"
        )
    return MappingProxyType(found)


@cache
def rhythms() -> MappingProxyType[str, Rhythm]:
    """How often lists are kept, by value, in order."""
    table = read_table(
        "list_rhythms.csv", ("rhythm", "order", "name_zh", "name_en", "due_after", "stale_after", "source")
    )
    table.require_unique("rhythm")
    found = {}
    for line, r in table.rows:
        due, stale = (int(r[c]) if r[c] else None for c in ("due_after", "stale_after"))
        if (due is None) != (stale is None) or (due is not None and stale is not None and stale < due):
            raise table.error(line, "过期天数须不早于到期天数", "stale_after must not lie before due_after")
        found[r["rhythm"]] = Rhythm(r["rhythm"], r["name_zh"], r["name_en"], due, stale, r["source"])
    return MappingProxyType(found)


@cache
def list_words() -> MappingProxyType[str, MappingProxyType[str, WorkWord]]:
    """The sets of words that cells of lists hold, by set and code: those of lists, then those of project records."""
    table = read_table("list_words.csv", ("set", "order", "code", "name_zh", "name_en", "source"))
    table.require_unique("set", "code")
    found: dict[str, dict[str, WorkWord]] = {}
    for _, r in table.rows:
        found.setdefault(r["set"], {})[r["code"]] = WorkWord(r["code"], r["name_zh"], r["name_en"], r["source"])
    own = {name: MappingProxyType(words) for name, words in found.items()}
    return MappingProxyType({**work_words(), **own})
