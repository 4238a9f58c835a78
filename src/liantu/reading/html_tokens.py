"""html source to lines that keep their source offsets, with what the tags say of each."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from liantu.reading.draft import Piece
from liantu.reading.tables import any_word, html_names


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _words(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 head header hr html li main menu nav ol p pre section summary table tbody "
    "td tfoot th thead title tr ul"
)
_VOID = _words("area base br col embed hr img input link meta param source track wbr")
_HIDDEN = _words("script style noscript template svg select button textarea iframe object audio video canvas map")
_FURNITURE = frozenset(("nav", "footer", "aside", "menu"))
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CLOSED_BY_BLOCK = frozenset(("p",))


@cache
def _furniture_name() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[-_ ])(?:{any_word(html_names('furniture'))})(?:$|[-_ \d])", re.I)


@cache
def _article_name() -> re.Pattern[str]:
    return re.compile(any_word(html_names("article")), re.I)


@dataclass(slots=True)
class HtmlLine:
    """One line as a browser would break it."""

    pieces: list[Piece] = field(default_factory=list)
    tag: str = ""  # nearest block tag: p, h1, li, td …
    linked: int = 0  # characters inside links
    furniture: bool = False  # inside nav, footer or something named so
    article: bool = False  # inside article, main or something named so
    cell: tuple[int, int, int] | None = None  # table, row, index in row

    @property
    def text(self) -> str:
        return "".join(p[0] for p in self.pieces)


@dataclass(slots=True)
class HtmlTable:
    """Cells of a table: (columns, rows) spanned, by row."""

    rows: list[list[tuple[int, int]]] = field(default_factory=list)
    nested: bool = False


@dataclass(slots=True)
class _Open:
    tag: str
    furniture: bool
    article: bool
    hidden: bool
    link: bool
    pre: bool
    block: str  # nearest block tag
    table: int | None  # innermost table


def _readable(source: str) -> int:
    """Where a comment begins that never ends: all behind it is comment, as browsers have it (WHATWG HTML 13.2.5.43)."""
    opened = source.find("<!--", source.rfind("-->") + 1)
    return len(source) if opened < 0 else opened


class Tokens(HTMLParser):
    """Lines, tables, `<title>` and meta tags of a page; read `lines` after `finish`."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.lines: list[HtmlLine] = []
        self.tables: list[HtmlTable] = []
        self.title: str = ""
        self.metas: list[tuple[str, str, tuple[int, int]]] = []
        self._line_starts = [0, *(m.end() for m in re.finditer("\n", source))]
        self._open: list[_Open] = []
        self._line = HtmlLine()
        self._in_title = False

    def finish(self) -> Tokens:
        """Read the whole page."""
        page = self.source[: _readable(self.source)]
        tagged = page.rfind(">") + 1
        self.feed(page[:tagged] + page[tagged:].replace("<", " "))  # what never closes is no tag
        self.close()
        self._end_line()
        return self

    def _at(self) -> int:
        line, column = self.getpos()
        return self._line_starts[min(line, len(self._line_starts)) - 1] + column

    # Tags -----------------------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {k: v or "" for k, v in attrs}
        if tag == "meta":
            self._meta(values)
            return
        if tag == "title" and not self.title:
            self._in_title = True
        if tag in _BLOCKS:
            self._end_line()
            if self._open and self._open[-1].tag in _CLOSED_BY_BLOCK and tag != "br":
                self._open.pop()
        if tag == "table":
            if (outer := self._table()) is not None:
                self.tables[outer].nested = True
            self.tables.append(HtmlTable())
        elif tag in ("tr", "td", "th"):
            self._cell(tag, values)
        if tag in _VOID:
            return
        names = f"{values.get('class', '')} {values.get('id', '')}"
        up = self._open[-1] if self._open else _Open("", False, False, False, False, False, "", None)
        article = up.article or tag in ("article", "main") or bool(_article_name().search(names))
        named = (
            tag not in ("html", "body") and bool(_furniture_name().search(names)) and not _article_name().search(names)
        )
        self._open.append(
            _Open(
                tag,
                up.furniture or tag in _FURNITURE or named,
                article,
                up.hidden or tag in _HIDDEN or bool(_HIDDEN_STYLE.search(values.get("style", ""))),
                up.link or tag == "a",
                up.pre or tag == "pre",
                tag if tag in _BLOCKS else up.block,
                len(self.tables) - 1 if tag == "table" else up.table,
            )
        )

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if tag in _BLOCKS:
            self._end_line()
        for depth in range(len(self._open) - 1, max(-1, len(self._open) - 40), -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                break

    def _meta(self, values: dict[str, str]) -> None:
        name = (values.get("name") or values.get("property") or values.get("itemprop") or "").lower()
        content = values.get("content", "").strip()
        if name and content:
            at = self._at()
            raw = self.get_starttag_text() or ""
            begin = raw.find(content)
            span = (at + begin, at + begin + len(content)) if begin >= 0 else (at, at + len(raw))
            self.metas.append((name, html.unescape(content), span))

    def _cell(self, tag: str, values: dict[str, str]) -> None:
        table = self._table()
        if table is None:
            return
        rows = self.tables[table].rows
        if tag == "tr" or not rows:
            rows.append([])
        if tag != "tr":
            rows[-1].append((_span(values.get("colspan")), _span(values.get("rowspan"))))

    def _table(self) -> int | None:
        return self._open[-1].table if self._open else None

    # Text -----------------------------------------------------------------------------------------------------------

    def handle_data(self, data: str) -> None:
        at = self._at()
        self._add(data, at, at + len(data))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        at = self._at()
        end = at + len(written)
        if self.source[end : end + 1] == ";":
            end += 1
        self._add(html.unescape(self.source[at:end]), at, end)

    def _add(self, text: str, start: int, end: int) -> None:
        if self._in_title:
            self.title += text
            return
        up = self._open[-1] if self._open else None
        if up and up.hidden:
            return
        if up and up.pre and "\n" in text and len(text) == end - start:
            for i, part in enumerate(text.split("\n")):
                if i:
                    self._end_line()
                self._put(part, start, start + len(part), up)
                start += len(part) + 1
            return
        self._put(text.translate(_TO_SPACE) if len(text) == end - start else re.sub(r"\s", " ", text), start, end, up)

    def _put(self, text: str, start: int, end: int, up: _Open | None) -> None:
        line = self._line
        if not text or (not line.pieces and not text.strip()):
            return
        if up is not None and not line.pieces:
            line.tag = up.block
            line.furniture, line.article = up.furniture, up.article
            table = self._table()
            if table is not None and (rows := self.tables[table].rows) and rows[-1]:
                line.cell = (table, len(rows) - 1, len(rows[-1]) - 1)
        line.pieces.append((text, start, end))
        if up is not None and up.link:
            line.linked += len(text.strip())

    def _end_line(self) -> None:
        if self._line.pieces:
            self.lines.append(self._line)
            self._line = HtmlLine()


_TO_SPACE = dict.fromkeys(map(ord, "\n\r\t\x0b\x0c"), " ")


def _span(value: str | None) -> int:
    try:
        return max(1, min(200, int(value or 1)))
    except ValueError:
        return 1


def declared_encoding(data: bytes) -> str | None:
    """The label of a page's meta tag or XML declaration."""
    found = re.search(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", data[:4096], re.I)
    return found[1].decode("ascii") if found else None


__all__ = ["HtmlLine", "HtmlTable", "Tokens", "declared_encoding"]
