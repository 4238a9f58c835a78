"""Reading the vocabulary's data files, and refusing the ones that are wrong."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


class VocabularyError(ValueError):
    """A vocabulary data file breaks its own rules: says which file, which line and what to do."""

    def __init__(self, file: str, line: int, zh: str, en: str) -> None:
        super().__init__(f"词表 {file} 第{line}行：{zh} / vocabulary {file}, line {line}: {en}")
        self.file = file
        self.line = line


class Table:
    """The rows of one CSV file, each with the line it stands on."""

    def __init__(self, file: str, rows: Sequence[tuple[int, dict[str, str]]]) -> None:
        self.file = file
        self.rows = rows

    def error(self, line: int, zh: str, en: str) -> VocabularyError:
        return VocabularyError(self.file, line, zh, en)

    def require_unique(self, *columns: str) -> None:
        """Refuse two rows with the same values in `columns`."""
        seen: dict[tuple[str, ...], int] = {}
        for line, row in self.rows:
            key = tuple(row[c] for c in columns)
            if key in seen:
                said = "、".join(key)
                raise self.error(
                    line, f"“{said}”与第{seen[key]}行重复，请删去一行", f"{said} repeats line {seen[key]}; drop one"
                )
            seen[key] = line

    def require_known(self, column: str, known: Iterable[str], *, many: bool = False) -> None:
        """Refuse a value of `column` (or one of its `|`-separated values) that is not in `known`; empty passes."""
        allowed = frozenset(known)
        for line, row in self.rows:
            for value in split(row[column]) if many else [row[column]]:
                if value and value not in allowed:
                    raise self.error(
                        line,
                        f"{column} 列的“{value}”没有定义，请先补上或改正",
                        f"{column} {value!r} is not known; define or correct it",
                    )


def read_table(file: str, columns: Sequence[str], package: str = __package__) -> Table:
    """The CSV `file` in the data folder of `package`. Every row must fill `source`, and the header must be exactly `columns`."""
    text = files(package).joinpath("data", file).read_text(encoding="utf-8")
    return parse_table(file, text, columns)


def parse_table(file: str, text: str, columns: Sequence[str]) -> Table:
    """`text` as the CSV table `file`; see `read_table`."""
    reader = csv.DictReader(text.splitlines())
    if reader.fieldnames is None or list(reader.fieldnames) != list(columns):
        found = ",".join(reader.fieldnames or [])
        raise VocabularyError(
            file, 1, f"表头应为 {','.join(columns)}，实为 {found}", f"header must be {','.join(columns)}, is {found}"
        )
    rows: list[tuple[int, dict[str, str]]] = []
    for row in reader:
        line = reader.line_num
        if None in row or any(v is None for v in row.values()):
            raise VocabularyError(
                file,
                line,
                "列数与表头不符，请检查逗号",
                "the row has not as many cells as the header; check the commas",
            )
        if "source" in columns and not row["source"].strip():
            raise VocabularyError(
                file, line, "来源（source）为空，请填写出处", "source is blank; say where the row comes from"
            )
        rows.append((line, row))
    return Table(file, rows)


@cache
def words_by_role(file: str, package: str) -> MappingProxyType[str, tuple[str, ...]]:
    """Role to its words, longest first, from a CSV `file` of roles and words in the data folder of `package`.

    Raises:
        VocabularyError: a row without source, or a word twice in one role.
    """
    table = read_table(file, ("role", "word", "source"), package)
    table.require_unique("role", "word")
    found: dict[str, list[str]] = {}
    for _, row in table.rows:
        found.setdefault(row["role"], []).append(row["word"])
    return MappingProxyType({role: longest_first(members) for role, members in found.items()})


def longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """`words` by length and then by character: in a regular expression the longer of two must come first."""
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


def alternatives(words: Iterable[str]) -> str:
    """`words` as alternatives of a regular expression, longest first, without a group around them."""
    return "|".join(map(re.escape, longest_first(words)))


def read_toml(*path: str, package: str = __package__) -> dict[str, Any]:
    """The TOML file at `path` inside the data folder of `package`."""
    return tomllib.loads(files(package).joinpath("data", *path).read_text(encoding="utf-8"))


def yaml_texts(*path: str, package: str = __package__) -> Iterator[tuple[str, str]]:
    """Name and text of every YAML file in a folder of the data folder of `package`, by name."""
    folder = files(package).joinpath("data", *path)
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".yaml"):
            yield entry.name, entry.read_text(encoding="utf-8")


def split(cell: str) -> tuple[str, ...]:
    """The `|`-separated parts of a cell, blanks dropped."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
