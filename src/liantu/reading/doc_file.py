"""The parts of a Word 97-2003 file (MS-DOC): its text by pieces, and the properties of paragraphs, characters and styles.

Numbers in brackets are sections of the published specification [MS-DOC].
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

_WORD_97 = 0xA5EC  # the file's mark; Word 6 and 95 have another
_OLDEST = 0x00C1  # nFib of Word 97 [2.5.1]
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200  # flags of FibBase [2.5.1]
_PAGE = 512  # bytes of a formatted disk page [2.9.33]
_PIECES, _CHARACTERS, _PARAGRAPHS, _STYLES = 33, 12, 13, 1  # numbers of pairs in FibRgFcLcb97 [2.5.6]
_TEXT, _BOXES = 3, 9  # places in FibRgLw97 of the lengths of the main text and of the text boxes [2.5.4]
_SPRM_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of an operand by its class; 0: its first byte tells [2.6.1]
_TABLE_DEFINITION, _TABS = 0xD608, 0xC615  # operands with lengths of their own
_MOST_RUNS = 2_000_000


class DocError(ValueError):
    """A file that is no Word 97-2003 document, or a broken one."""


class EncryptedDocError(DocError):
    """A document under a password."""


class TooOldDocError(DocError):
    """A document of Word 6 or 95."""


@dataclass(frozen=True, slots=True)
class Run:
    """Properties from one byte of the document stream on: a style's number and single properties by their code."""

    style: int = 0
    properties: dict[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: its characters and where they lie in the document stream."""

    text: str
    start: int  # byte
    width: int  # bytes a character


class DocFile:
    """A Word 97-2003 document, opened. Raises `DocError`, and what olefile raises on a broken container."""

    def __init__(self, data: bytes) -> None:
        import olefile

        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            self._main: bytes = ole.openstream("WordDocument").read()
            mark, version = self._number("<H", 0), self._number("<H", 2)
            if mark != _WORD_97 or version < _OLDEST:
                raise TooOldDocError(f"{mark:04x} {version}")
            flags = self._number("<H", 0x0A)
            if flags & _ENCRYPTED:
                raise EncryptedDocError("encrypted")
            self._table: bytes = ole.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
        words = self._number("<H", 32)
        self._longs_at = 34 + 2 * words + 2
        longs = self._number("<H", self._longs_at - 2)
        self._pairs_at = self._longs_at + 4 * longs + 2
        self.pieces = list(self._pieces())
        self._paragraphs = self._runs(_PARAGRAPHS, is_paragraph=True)
        self._characters = self._runs(_CHARACTERS, is_paragraph=False)

    def text_length(self) -> int:
        """Characters of the main text."""
        return max(0, self._number("<i", self._longs_at + 4 * _TEXT))

    def boxes(self) -> tuple[int, int]:
        """[start, end) of the text boxes among all characters: they follow five other parts."""
        lengths = [max(0, self._number("<i", self._longs_at + 4 * i)) for i in range(_TEXT, _BOXES + 1)]
        lengths.pop(3)  # reserved
        return sum(lengths[:-1]), sum(lengths)

    def paragraph(self, at: int) -> Run:
        """Properties of the paragraph whose mark lies at byte `at`."""
        return _run_at(self._paragraphs, at)

    def is_hidden(self, at: int) -> bool:
        """Whether the character at byte `at` is deleted or hidden (sprmCFRMarkDel, sprmCFVanish)."""
        properties = _run_at(self._characters, at).properties
        return any(properties.get(code, b"\0")[:1] not in (b"\0", b"\x80") for code in (0x0800, 0x083C))

    def has_hidden(self) -> bool:
        """Whether any character is."""
        return any(code in run.properties for run in self._characters[1] for code in (0x0800, 0x083C))

    def heading_styles(self) -> dict[int, int]:
        """Style number → heading level; 0 for the title's style (sti 1 to 9, and 62) [2.9.271]."""
        data = self._part(_STYLES)
        if len(data) < 4:
            return {}
        header, count = struct.unpack_from("<HH", data, 0)
        at, found = 2 + header, {}
        for number in range(count):
            if at + 4 > len(data):
                break
            size, first = struct.unpack_from("<HH", data, at)
            kind = first & 0x0FFF
            if size and (1 <= kind <= 9 or kind == 62):
                found[number] = 0 if kind == 62 else kind
            at += 2 + size + size % 2
        return found

    def _number(self, form: str, at: int) -> int:
        try:
            return int(struct.unpack_from(form, self._main, at)[0])
        except struct.error:
            raise DocError("cut off") from None

    def _part(self, number: int) -> bytes:
        at = self._pairs_at + 8 * number
        start, length = self._number("<I", at), self._number("<I", at + 4)
        return self._table[start : start + length]

    def _pieces(self) -> Iterator[Piece]:
        """The piece table [2.8.35]: behind any changes of properties, which begin with 1."""
        data, at = self._part(_PIECES), 0
        while at + 3 <= len(data) and data[at] == 1:
            at += 3 + int(struct.unpack_from("<H", data, at + 1)[0])
        if at + 5 > len(data) or data[at] != 2:
            raise DocError("no piece table")
        size = int(struct.unpack_from("<I", data, at + 1)[0])
        table = data[at + 5 : at + 5 + size]
        count = (len(table) - 4) // 12
        left = len(self._main)  # overlapping pieces must not make a small file a large text
        for i in range(count):
            first, last = struct.unpack_from("<II", table, 4 * i)
            place = int(struct.unpack_from("<I", table, 4 * (count + 1) + 8 * i + 2)[0])
            length = max(0, last - first)
            narrow = bool(place & 0x40000000)
            start = (place & 0x3FFFFFFF) // (2 if narrow else 1)
            width = 1 if narrow else 2
            chunk = self._main[start : start + min(length * width, left)]
            left -= len(chunk)
            text = chunk.decode("cp1252" if narrow else "utf-16-le", errors="replace")
            if len(text) * width < len(chunk) - 1:  # a pair of half characters counts as two positions
                text = "".join(chr(code) for code in struct.unpack(f"<{len(chunk) // 2}H", chunk[: len(chunk) & ~1]))
            yield Piece(text, start, width)

    def _runs(self, number: int, is_paragraph: bool) -> tuple[list[int], list[Run]]:
        """Properties by the byte they begin at, from the pages that hold them [2.8.25, 2.8.5]."""
        data = self._part(number)
        count = (len(data) - 4) // 8
        found: dict[int, Run] = {}
        for i in range(max(0, count)):
            page = struct.unpack_from("<I", data, 4 * (count + 1) + 4 * i)[0] & 0x3FFFFF
            content = self._main[page * _PAGE : (page + 1) * _PAGE]
            if len(content) == _PAGE and len(found) < _MOST_RUNS:
                found.update(_page_of_paragraphs(content) if is_paragraph else _page_of_characters(content))
        starts = sorted(found)
        return starts, [found[start] for start in starts]


def _run_at(runs: tuple[list[int], list[Run]], at: int) -> Run:
    number = bisect_right(runs[0], at) - 1
    return runs[1][number] if number >= 0 else Run()


def _page_of_paragraphs(page: bytes) -> Iterator[tuple[int, Run]]:
    count = page[-1]
    if 4 * (count + 1) + 13 * count >= _PAGE:
        return
    for i in range(count):
        start = struct.unpack_from("<I", page, 4 * i)[0]
        at = 2 * page[4 * (count + 1) + 13 * i]
        run = Run()
        if 0 < at < _PAGE - 2:
            size = 2 * page[at] - 1 if page[at] else 2 * page[at + 1]
            at += 1 if page[at] else 2
            content = page[at : min(at + size, _PAGE - 1)]
            if len(content) >= 2:
                run = Run(struct.unpack_from("<H", content)[0], _properties(content[2:]))
        yield start, run


def _page_of_characters(page: bytes) -> Iterator[tuple[int, Run]]:
    count = page[-1]
    if 5 * count + 4 >= _PAGE:
        return
    for i in range(count):
        start = struct.unpack_from("<I", page, 4 * i)[0]
        at = 2 * page[4 * (count + 1) + i]
        run = Run()
        if 0 < at < _PAGE - 1:
            run = Run(0, _properties(page[at + 1 : min(at + 1 + page[at], _PAGE - 1)]))
        yield start, run


def _properties(data: bytes) -> dict[int, bytes]:
    """Single properties by their code [2.2.5]; of a table's definition, the bytes behind its own length."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 3 <= len(data):
        code = int(struct.unpack_from("<H", data, at)[0])
        at += 2
        size = _SPRM_SIZES[code >> 13]
        if code == _TABLE_DEFINITION:
            size = max(0, int(struct.unpack_from("<H", data, at)[0]) - 1) if at + 2 <= len(data) else 0
            at += 2
        elif not size:
            size = data[at]
            at += 1
            if code == _TABS and size == 255:
                break
        found[code] = data[at : at + size]
        at += size
    return found
