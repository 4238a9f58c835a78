"""What the parsers of formats with structure hand to assembly: lines that know their raw place and their kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from liantu.reading.draft import Piece
from liantu.reading.model import BlockKind
from liantu.reading.pages import Place

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """Membership of a line in a table: which table, and (columns, rows) spanned by each of its cells."""

    table: int
    spans: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class SourceLine:
    """One line in raw order. The pieces of a table row hold one tab between two cells and no other."""

    pieces: list[Piece]
    kind: BlockKind | None = None  # None: the classifier decides
    level: int = 0
    locator: str = ""
    row: Row | None = None

    @property
    def text(self) -> str:
        return "".join(piece[0] for piece in self.pieces)


@dataclass(slots=True)
class TableNote:
    """What a parser knows of a table beside its rows."""

    caption: str = ""
    locator: str = ""


@dataclass(slots=True)
class Meta:
    """What a file says of itself outside its text; the text's own head goes first."""

    title: str | None = None
    publisher: str | None = None
    host: str | None = None
    published: date | None = None
    published_span: tuple[int, int] | None = None  # raw


@dataclass(slots=True)
class Parsed:
    """A parsed file: raw text, its lines, its tables, its meta data."""

    raw: str
    lines: list[SourceLine]
    tables: list[TableNote] = field(default_factory=list)
    meta: Meta = field(default_factory=Meta)
    cells_known: bool = True  # tabs part the cells of real tables, and there are no other tables
    places: list[Place] = field(default_factory=list)  # on pages, in raw order
    doubts: list[tuple[int, int]] = field(default_factory=list)  # raw spans that were hard to recognise


class Page:
    """Lays out the text of a packaged file (docx, pdf, xlsx), which becomes the document's raw text."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.lines: list[SourceLine] = []
        self.tables: list[TableNote] = []
        self.places: list[Place] = []
        self.doubts: list[tuple[int, int]] = []
        self._at = 0

    def add(self, text: str, kind: BlockKind | None = None, level: int = 0, locator: str = "") -> None:
        """One line of text; white space within it becomes single spaces; an empty one is left out."""
        self._append(_SPACE.sub(" ", text).strip(), kind, level, locator, None)

    def add_wide(self, text: str, locator: str = "") -> int | None:
        """One line whose runs of spaces may part cells; the layout decides. Gives the raw offset it begins at."""
        self._append(text.strip(), None, 0, locator, None)
        return self._at - len(text.strip()) if text.strip() else None

    def add_row(
        self, table: int, cells: list[str], spans: tuple[tuple[int, int], ...] | None = None, locator: str = ""
    ) -> int | None:
        """One row of table number `table`; rows without any text are left out. Gives the raw offset it begins at."""
        clean = [_SPACE.sub(" ", cell).strip() for cell in cells]
        if not any(clean):
            return None
        text = "\t".join(clean)
        self._append(text, "table_row", 0, locator, Row(table, spans or ((1, 1),) * len(clean)))
        return self._at - len(text)

    def _append(self, text: str, kind: BlockKind | None, level: int, locator: str, row: Row | None) -> None:
        if not text.strip():
            return
        if self.parts:
            self.parts.append("\n")
            self._at += 1
        self.parts.append(text)
        self.lines.append(SourceLine([(text, self._at, self._at + len(text))], kind, level, locator, row))
        self._at += len(text)

    def finish(self, meta: Meta | None = None) -> Parsed:
        """The laid-out text and its lines."""
        return Parsed(
            "".join(self.parts), self.lines, self.tables, meta or Meta(), places=self.places, doubts=self.doubts
        )
