"""One way in: any supported file to a `Document`."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from liantu.reading.assemble import parsed_document, text_document
from liantu.reading.decode import DecodeError, decode
from liantu.reading.limits import DEFAULT_LIMITS, Limits
from liantu.reading.model import Document, Problem
from liantu.reading.names import safe_name
from liantu.reading.problems import problem, unreadable
from liantu.reading.sniff import TEXT_MEDIA, check_package, check_size, ending_problem, media_of, read_bytes, translate
from liantu.reading.source_lines import Parsed


def read_document(path: str | Path | bytes, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a file, or bytes called `name`. Raises `UnreadableError` with a message for the clerk."""
    given = name or ("document.txt" if isinstance(path, bytes) else Path(path).name)
    source = safe_name(given)
    problems: tuple[Problem, ...] = () if source == given else (problem("unsafe_name", source),)
    data = path if isinstance(path, bytes) else read_bytes(Path(path), source, limits)
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise unreadable("empty", source)
    media = media_of(data, source)
    check_size(len(data), media, source, limits)
    if note := ending_problem(source, media):
        problems = (*problems, note)
    digest = hashlib.sha256(data).hexdigest()
    if media == "txt":
        document = text_document(_text(data, source), source=source, digest=digest, media=media, problems=problems)
    else:
        parsed = _parsed(data, media, source, limits)
        document = parsed_document(parsed, source=source, digest=digest, media=media, problems=problems)
    return document if isinstance(path, bytes) else replace(document, path=str(path))


def _text(data: bytes, source: str, declared: str | None = None) -> str:
    try:
        return decode(data, declared)[0]
    except DecodeError:
        raise unreadable("garbled", source) from None


def _parsed(data: bytes, media: str, source: str, limits: Limits) -> Parsed:
    """Parsers are imported when first needed: reading plain text should not wait for them."""
    if media == "html":
        from liantu.reading.html import parse_html
        from liantu.reading.html_tokens import declared_encoding

        return parse_html(_text(data, source, declared_encoding(data)))
    if media == "md":
        from liantu.reading.markdown import parse_markdown

        return parse_markdown(_text(data, source))
    if media not in TEXT_MEDIA:
        with translate(source, media):
            check_package(data, source, media, limits)
    if media == "docx":
        from liantu.reading.docx import parse_docx

        with translate(source, media):
            return parse_docx(data)
    if media == "pdf":
        from liantu.reading.pdf import NoTextLayer, TooManyPages, parse_pdf

        with translate(source, media):
            try:
                return parse_pdf(data, limits.pdf_pages)
            except NoTextLayer as scan:
                raise unreadable("scanned", source, pages=scan) from None
            except TooManyPages as pages:
                raise unreadable("too_many_pages", source, pages=pages, limit=limits.pdf_pages) from None
    from liantu.reading.sheets import parse_sheets

    if media == "csv":
        _text(data, source)  # names the encoding as what is wrong, if it is
    with translate(source, media):
        return parse_sheets(data, media, source, limits)
