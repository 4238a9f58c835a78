"""OFD, the fixed-layout format of Chinese offices (GB/T 33190-2016): the text of its pages with its places."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from liantu.reading.printed import TooManyPages, lay_out_pages
from liantu.reading.printed_line import CELL_GAP, PrintedLine
from liantu.reading.source_lines import Parsed

_POINTS = 72 / 25.4  # to a millimetre, the unit of OFD
_TALLEST = 20_000.0  # points; places are turned to point upwards from here
_SAME_BASE = 0.5  # of a character's height: fragments on one base line
_WORD_GAP = 0.3  # in ems, between Latin words
_DOUBLED = 0.4  # millimetres: a shadow of the same text, drawn again to make it bold


@dataclass(slots=True)
class _Fragment:
    """A stretch of text on one base line; lengths in millimetres, `base` downwards from the page's head."""

    text: str
    left: float
    right: float
    base: float
    size: float


class OfdError(ValueError):
    """A package that names parts it does not hold, or holds parts that are no OFD."""


def parse_ofd(data: bytes, most_pages: int = 3_000) -> Parsed:
    """Parse an OFD package.

    Raises `OfdError`, `NoTextLayer` for a scan, `TooManyPages`, and what zipfile and lxml raise on a broken package.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = _Parts(archive)
        root = parts.read("OFD.xml")
        pages: list[list[PrintedLine]] = []
        title = None
        for body in _named(root, "DocBody"):
            title = title or _text_of(body, "Title")
            location = _text_of(body, "DocRoot")
            if location is None:
                raise OfdError("no DocRoot")
            for page in parts.pages(posixpath.normpath(location.lstrip("/"))):
                pages.append(_lines(page, len(pages) + 1))
                if len(pages) > most_pages:
                    raise TooManyPages(f"{len(pages)}+")
    parsed = lay_out_pages(pages)
    parsed.meta.title = title
    return parsed


class _Parts:
    """The parts of a package, read by their place in it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {name.lstrip("/"): name for name in archive.namelist()}

    def read(self, place: str) -> Any:
        """Root element of the part at `place`, without entities or any look beyond the package."""
        from lxml import etree

        if place not in self.names:
            raise OfdError(f"no part {place}")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(self.archive.read(self.names[place]), parser)

    def pages(self, place: str) -> Iterator[list[Any]]:
        """Roots of each page's parts: its own content, behind that of the templates it stands on."""
        document = self.read(place)
        folder = posixpath.dirname(place)
        templates = {t.get("ID"): t.get("BaseLoc") for t in _named(document, "TemplatePage")}
        for page in _named(document, "Page"):
            location = page.get("BaseLoc")
            if location is None:
                continue
            own = self.read(_resolved(folder, location))
            below = [templates.get(t.get("TemplateID")) for t in _named(own, "Template")]
            yield [*(self.read(_resolved(folder, t)) for t in below if t), own]


def _resolved(folder: str, location: str) -> str:
    """A part's place: from the package's root when it begins with a stroke, else from the folder of what names it."""
    return posixpath.normpath(location.lstrip("/") if location.startswith("/") else posixpath.join(folder, location))


def _named(element: Any, name: str) -> Iterator[Any]:
    """Descendants of that name in whichever namespace; writers use several."""
    return (e for e in element.iter() if isinstance(e.tag, str) and e.tag.rpartition("}")[2] == name)


def _text_of(element: Any, name: str) -> str | None:
    found = next(_named(element, name), None)
    return found.text.strip() or None if found is not None and found.text else None


def _lines(parts: list[Any], page: int) -> list[PrintedLine]:
    """Lines of a page from top to bottom."""
    fragments: list[_Fragment] = []
    for part in parts:
        for drawn in _named(part, "TextObject"):
            if drawn.get("Visible") != "false":
                fragments.extend(_fragments(drawn))
    fragments.sort(key=lambda f: (f.base, f.left))
    rows: list[list[_Fragment]] = []
    for fragment in fragments:
        if rows and abs(rows[-1][0].base - fragment.base) < _SAME_BASE * min(rows[-1][0].size, fragment.size):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [line for row in rows if (line := _line(row, page)).text.strip()]


def _fragments(drawn: Any) -> Iterator[_Fragment]:
    """The text codes of an object (sections 11.2 and 11.3): Boundary and CTM place them on the page."""
    left, top, *_ = (*_numbers(drawn.get("Boundary")), 0.0, 0.0)
    a, b, c, d, e, f = (_numbers(drawn.get("CTM")) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0])[:6]
    size = float(drawn.get("Size") or 0) or 1.0
    x = y = 0.0
    for code in _named(drawn, "TextCode"):
        text = code.text or ""
        x = float(code.get("X") or x)
        y = float(code.get("Y") or y)
        if not text.strip():
            continue
        steps = _steps(code.get("DeltaX"))
        falls = _steps(code.get("DeltaY"))
        parts, width = _spread(text, steps, size)
        if any(falls) and not any(steps):  # written downwards: a character a line
            at = y
            for i, char in enumerate(text):
                begin = left + a * x + c * at + e
                yield _Fragment(char, begin, begin + abs(a) * size, top + d * at + f, size * abs(d))
                at += falls[i] if i < len(falls) else size
            continue
        begin = left + a * x + c * y + e
        yield _Fragment(parts, begin, begin + abs(a) * width, top + b * x + d * y + f, size * abs(d) or size)


def _spread(text: str, steps: list[float], size: float) -> tuple[str, float]:
    """The text with wide gaps between its characters as cell gaps, and its width."""
    parts: list[str] = []
    width = 0.0
    for i, char in enumerate(text):
        own = size if char > "\x7f" else size / 2
        parts.append(char)
        if i == len(text) - 1:
            width += own
            break
        step = steps[i] if i < len(steps) else own
        if step - own > CELL_GAP * size:
            parts.append("    ")
        width += step
    return "".join(parts), width


def _line(row: list[_Fragment], page: int) -> PrintedLine:
    row.sort(key=lambda f: f.left)
    text, right = "", row[0].left
    before: _Fragment | None = None
    for fragment in row:
        if before is not None and before.text == fragment.text and abs(before.left - fragment.left) < _DOUBLED:
            continue
        gap = fragment.left - right
        if before is not None:
            latin = before.text[-1:].isascii() and fragment.text[:1].isascii()
            text += (
                "    " if gap > CELL_GAP * fragment.size else " " if latin and gap > _WORD_GAP * fragment.size else ""
            )
        text += fragment.text
        right = max(right, fragment.right)
        before = fragment
    size = max(f.size for f in row) * _POINTS
    bottom = _TALLEST - row[0].base * _POINTS
    return PrintedLine(text.strip(), page, row[0].left * _POINTS, right * _POINTS, bottom, bottom + size, size)


def _numbers(text: str | None) -> list[float]:
    return [float(part) for part in (text or "").split()]


def _steps(text: str | None) -> list[float]:
    """Steps from character to character; `g 3 5.6` stands for three of 5.6."""
    found: list[float] = []
    parts = (text or "").split()
    i = 0
    while i < len(parts):
        if parts[i] == "g" and i + 2 < len(parts):
            found.extend([float(parts[i + 2])] * min(int(parts[i + 1]), 10_000))
            i += 3
        else:
            found.append(float(parts[i]))
            i += 1
    return found
