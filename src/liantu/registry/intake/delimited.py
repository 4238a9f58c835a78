"""Rows of a csv file as offices have them: a byte order mark or none, UTF-8 or GBK or both in one file, commas or tabs."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from ..model import RegistryError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",\t;|"
_CELL_LIMIT = 1_000_000


def delimited_rows(path: Path) -> tuple[Iterator[tuple[int, list[str]]], list[tuple[int, str, str, int]]]:
    """(row number, cells) of the file, and a list that fills with problems while the rows are taken.

    Lines are decoded one by one, so that a file glued together from two systems is read as a whole; lines in the rarer
    encoding are told.
    """
    notes: list[tuple[int, str, str, int]] = []
    return _rows(path, notes), notes


def _rows(path: Path, notes: list[tuple[int, str, str, int]]) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_CELL_LIMIT)
    try:
        with path.open("rb") as file:
            head = file.read(65_536)
    except OSError as error:
        raise RegistryError(
            path.name, f"打不开（{error.strerror}）。", f"cannot be opened ({error.strerror})."
        ) from error
    mark = next((encoding for bom, encoding in _MARKS if head.startswith(bom)), "")
    lines = _marked(path, mark) if mark == "utf-16" else _mixed(path, notes)
    first = head.decode("utf-16" if mark == "utf-16" else "latin-1", "replace").splitlines()[:5]
    delimiter = max(_DELIMITERS, key=lambda char: sum(line.count(char) for line in first))
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise RegistryError(
                path.name,
                f"第{reader.line_num}行附近的引号不成对，读不下去；请改好或另存为 xlsx。",
                f"the quotes near line {reader.line_num} do not pair ({error}); mend them or save it as xlsx.",
            ) from error
        yield reader.line_num, [cell.strip() for cell in cells]


def _marked(path: Path, encoding: str) -> Iterator[str]:
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        yield from file


def _mixed(path: Path, notes: list[tuple[int, str, str, int]]) -> Iterator[str]:
    """Lines in UTF-8 or, where that fails, GB 18030. What the file mixes is told with the first row in the rarer one."""
    counts = {"utf-8": 0, "gb18030": 0}
    first = {"utf-8": 0, "gb18030": 0}
    told = False
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            if number == 1 and raw.startswith(codecs.BOM_UTF8):
                raw = raw[3:]
            try:
                line, encoding = raw.decode("utf-8"), "utf-8"
            except UnicodeDecodeError:
                line, encoding = raw.decode("gb18030", "replace"), "gb18030"
                if "\ufffd" in line:
                    notes.append((number, "broken_text", line.strip()[:40], 0))
            if not raw.isascii():
                counts[encoding] += 1
                first[encoding] = first[encoding] or number
                if not told and all(counts.values()):
                    told = True
                    notes.append((number, "mixed_encoding", "GBK" if encoding == "gb18030" else "UTF-8", 0))
            yield line.replace("\0", "")
