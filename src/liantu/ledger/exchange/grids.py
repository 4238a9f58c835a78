"""A workbook as plain grids of values, read in a child process with limits."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from lxml import etree

from liantu.reading import read_workbook
from liantu.reading.column_letters import column_of
from liantu.reading.limits import Limits
from liantu.reading.sniff import read_bytes
from liantu.reading.workbook import Sheet, Value

TASK = f"{__name__}:read_grids"
LIMITS = Limits(text_bytes=64 * 1024 * 1024, seconds=180.0)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its header, and its filled rows below as (row number, values by position in the header)."""

    name: str
    hidden: bool
    header_row: int | None
    headers: list[str]
    letters: list[str]  # of the headers' columns
    rows: list[tuple[int, list[Value | None]]]
    uncomputed: set[str] = field(default_factory=set)  # cells with a formula whose result was never stored


def read_grids(path: str | Path | bytes, name: str | None = None, limits: Limits = LIMITS) -> list[Grid]:
    """The sheets of an xlsx, xls, ods or csv file. Raises `UnreadableError`."""
    data = path if isinstance(path, bytes) else read_bytes(Path(path), name or Path(path).name, limits)
    uncomputed = _uncomputed(data) if data[:2] == b"PK" else {}
    sheets = read_workbook(data, name, limits)
    return [_grid(sheet, uncomputed.get(sheet.name, set())) for sheet in sheets]


def _grid(sheet: Sheet, uncomputed: set[str]) -> Grid:
    letters = sorted(sheet.columns, key=column_of)
    at = {letter: position for position, letter in enumerate(letters)}
    rows: list[tuple[int, list[Value | None]]] = []
    for cells in sheet.rows:
        if sheet.header is not None and cells[0].row <= sheet.header:
            continue
        if sheet.header is None:  # no list; a sheet of notes is told by its first cells
            rows.append((cells[0].row, [cell.value for cell in cells]))
            continue
        values: list[Value | None] = [None] * len(letters)
        for cell in cells:
            if cell.column in at:
                values[at[cell.column]] = cell.value
        rows.append((cells[0].row, values))
    headers = [sheet.columns[letter] for letter in letters]
    return Grid(sheet.name, sheet.hidden, sheet.header, headers, letters, rows, uncomputed)


def _uncomputed(data: bytes) -> dict[str, set[str]]:
    """Cells by sheet that hold a formula without a result, as programs write them that do not compute: they would read as empty."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            if "xl/workbook.xml" not in names:
                return {}
            links = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), _safe())
            targets = {link.get("Id"): link.get("Target", "") for link in links}
            book = etree.fromstring(package.read("xl/workbook.xml"), _safe())
            found = {}
            for sheet in book.iter(f"{MAIN}sheet"):
                part = re.sub(r"^/?(?:xl/)?", "xl/", targets.get(sheet.get(RELATION), ""))
                if part in names and package.getinfo(part).file_size <= LIMITS.unpacked_bytes:
                    found[sheet.get("name", "")] = _without_result(package, part)
            return found
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, OSError, NotImplementedError, RuntimeError):
        return {}  # what is wrong with the file is said by the reader


def _safe() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _without_result(package: zipfile.ZipFile, part: str) -> set[str]:
    found: set[str] = set()
    if not _mentions(package, part, b"<f"):
        return found
    with package.open(part) as stream:
        for _event, cell in etree.iterparse(
            stream, tag=f"{MAIN}c", resolve_entities=False, no_network=True, load_dtd=False
        ):
            is_formula = cell.find(f"{MAIN}f") is not None and cell.get("t") != "str"
            if is_formula and not (cell.findtext(f"{MAIN}v") or "").strip():
                found.add(cell.get("r", ""))
            cell.clear()
            while cell.getprevious() is not None:
                del cell.getparent()[0]
    return found


def _mentions(package: zipfile.ZipFile, part: str, word: bytes) -> bool:
    before = b""
    with package.open(part) as stream:
        while chunk := stream.read(1 << 20):
            if word in before + chunk:
                return True
            before = chunk[-len(word) :]
    return False
