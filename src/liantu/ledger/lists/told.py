"""What a file says of lists: their heads and the tables of their versions, out of YAML or out of a workbook with a sheet 清单目录."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from liantu.ledger.chain_names import chain_label
from liantu.ledger.exchange.grids import Grid
from liantu.ledger.workbooks.amounts import shown
from liantu.ledger.workbooks.columns import plain
from liantu.ledger.workbooks.list_sheets import DIRECTORY, kind_of_name
from liantu.vocabulary import list_kinds, regions
from liantu.vocabulary.access import level_named
from liantu.vocabulary.lists import list_words, rhythms
from liantu.vocabulary.tables import read_table, split

MOST_BYTES = 1_000_000
FIELDS = frozenset(
    {
        "title", "kind", "region", "chain", "level", "kit", "owner_unit", "owner_person", "rhythm", "fill_role", "note",
        "versions",
    }
)  # fmt: skip
VERSION_FIELDS = frozenset({"file", "published_on", "note", "leave"})
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")


class CannotLoadError(ValueError):
    """Lists that cannot be loaded; says which list and why, in both languages."""


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """One version: the table it is read from (`sheet` names one of a workbook), the day it was published (None: it was not),
    and the names of rows that leave with it."""

    file: str = ""
    sheet: str = ""
    published_on: date | None = None
    note: str = ""
    leave: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldList:
    """One list: `head` holds the columns of its record, `kit` the kit that it belongs to."""

    head: Mapping[str, str]
    versions: tuple[ToldVersion, ...]
    kit: str = ""
    secrecy: int = 0

    @property
    def title(self) -> str:
        """What it is called."""
        return self.head["title"]

    @property
    def same(self) -> dict[str, str]:
        """What makes it one list: two that agree in these are one."""
        return {key: self.head[key] for key in ("title", "list_kind", "region_code", "chain")}


def told_in_yaml(path: Path) -> list[ToldList]:
    """The lists that a YAML file names. Raises CannotLoadError."""
    if path.stat().st_size > MOST_BYTES:
        raise CannotLoadError(f"{path.name} 太大 / {path.name} is too large")
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise CannotLoadError(f"{path.name} 第{line}行不是 YAML / {path.name}, line {line}, is not YAML") from None
    lists = content.get("lists") if isinstance(content, dict) else None
    if not isinstance(lists, list) or not all(isinstance(one, dict) for one in lists):
        raise CannotLoadError(f"{path.name} 里没有 lists 一节 / {path.name} has no section lists")
    return [_of_yaml(one) for one in lists]


def _of_yaml(one: Mapping[str, Any]) -> ToldList:
    strange, versions = set(one) - FIELDS, one.get("versions") or ()
    for version in versions:
        strange |= set(version) - VERSION_FIELDS if isinstance(version, dict) else {str(version)}
    if strange or not one.get("title") or one.get("kind") not in list_kinds():
        what = "、".join(sorted(map(str, strange))) or "title / kind"
        raise CannotLoadError(f"“{one.get('title')}”：看不懂 {what} / {one.get('title')}: {what} is not understood")
    told = []
    for version in versions:
        on = version.get("published_on", timezone.localdate())
        if not isinstance(on, date):
            zh, en = f"发布日期写作 2025-03-31，现在是“{on}”", f"write the day as 2025-03-31, not {on}"
            raise CannotLoadError(f"“{one['title']}”：{zh} / {one['title']}: {en}")
        leave = tuple(str(name) for name in version.get("leave") or ())
        told.append(ToldVersion(str(version.get("file") or ""), "", on, str(version.get("note") or ""), leave))
    return _list(one, tuple(told))


def told_in_book(grids: Sequence[Grid], name: str) -> list[ToldList] | None:
    """The lists that a workbook's sheet 清单目录 names; None when it has no such sheet. Raises CannotLoadError.

    Each of its rows is one version of a list, or the list as it stands when it says no day; rows of one list come one after the
    other in the order of their days. `name` is the workbook's own name.
    """
    sheets = {grid.name.strip(): grid for grid in grids if not grid.hidden}
    if (directory := sheets.get(DIRECTORY)) is None:
        return None
    heads: dict[tuple[str, ...], Mapping[str, Any]] = {}
    versions: dict[tuple[str, ...], list[ToldVersion]] = {}
    for number, row in _rows(directory):
        where = f"{DIRECTORY} 第{number}行"
        if not row.get("title"):
            raise CannotLoadError(f"{where}：缺清单名称 / {DIRECTORY}, row {number}: the list has no name")
        sheet = row.get("sheet") or row["title"]
        if sheet not in sheets:
            raise CannotLoadError(
                f"{where}：没有工作表“{sheet}” / {DIRECTORY}, row {number}: there is no sheet {sheet}"
            )
        key = tuple(row.get(column, "") for column in ("title", "kind", "region", "chain"))
        heads.setdefault(key, row)
        leave = tuple(part.strip() for part in re.split("[；;]", row.get("leave", "")) if part.strip())
        on = _day(row.get("published_on", ""), where)
        versions.setdefault(key, []).append(ToldVersion(name, sheet, on, row.get("version_note", ""), leave))
    return [_list(head, tuple(versions[key])) for key, head in heads.items()]


def _rows(directory: Grid) -> list[tuple[int, dict[str, str]]]:
    known = {plain(header): column for column, headers in _columns().items() for header in headers}
    strange = [header for header in directory.headers if header and plain(header) not in known]
    if directory.header_row is None or strange:
        said = "、".join(headers[0] for headers in _columns().values())
        what = "、".join(strange)
        raise CannotLoadError(
            f"{DIRECTORY} 的表头{f'“{what}”不认得' if what else '没有找到'}，应是：{said} / "
            f"{DIRECTORY}: {f'unknown header {what}' if what else 'no header row'}; the headers are: {said}"
        )
    columns = [known.get(plain(header), "") for header in directory.headers]
    return [
        (number, {c: shown(value).strip() for c, value in zip(columns, values, strict=True) if c and value is not None})
        for number, values in directory.rows
    ]


@cache
def _columns() -> dict[str, tuple[str, ...]]:
    table = read_table("list_book_columns.csv", ("column", "headers", "source"), "liantu.ledger")
    table.require_unique("column")
    return {row["column"]: split(row["headers"]) for _, row in table.rows}


def _day(text: str, where: str) -> date | None:
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        if found is not None:
            return date(*(int(part) for part in found.groups()))
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise CannotLoadError(f"{where}：发布日期写作 2025-03-31 / {where}: write the day as 2025-03-31") from None


def _list(told: Mapping[str, Any], versions: tuple[ToldVersion, ...]) -> ToldList:
    title = str(told["title"])
    try:
        kind = list_kinds()[kind_called(str(told.get("kind") or title))]
        head = {
            "title": title,
            "list_kind": kind.value,
            "region_code": regions().code_of(str(told["region"])) if told.get("region") else "",
            "chain": chain_label(str(told["chain"])) if told.get("chain") else "",
            "rhythm": _code("更新周期", rhythms(), str(told["rhythm"])) if told.get("rhythm") else kind.rhythm,
        }
        if told.get("fill_role"):
            head["fill_role"] = _code("企业角色", list_words()["enterprise_role"], str(told["fill_role"]))
        secrecy = level_named(str(told["level"])) if told.get("level") not in (None, "") else 0
    except ValueError as error:
        zh, _, en = str(error).partition(" / ")
        raise CannotLoadError(f"“{title}”：{zh} / {title}: {en or zh}") from error
    head |= {key: str(told[key]) for key in ("owner_unit", "owner_person", "note") if told.get(key)}
    return ToldList(head, versions, str(told.get("kit") or ""), secrecy)


def kind_called(name: str) -> str:
    """The kind of list of a value, a name in use or the title of a list that ends in one (光伏链问题清单). Raises ValueError."""
    found = kind_of_name(name)
    if found is None:
        said = "、".join(kind.name_zh for kind in list_kinds().values())
        raise ValueError(
            f"看不出“{name}”是哪一种清单，请写种类：{said} / {name!r} is no kind of list; say which: {said}"
        )
    return found


def _code(what: str, words: Mapping[str, Any], text: str) -> str:
    for code, word in words.items():
        if text in (code, word.name_zh, word.name_en):
            return code
    said = "、".join(word.name_zh for word in words.values())
    raise ValueError(f"{what}没有“{text}”，可填：{said} / {text!r} is no choice; use one of: {said}")
