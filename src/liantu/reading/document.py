"""One way in: any supported file to a `Document`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from liantu.reading.assemble import check_length, parsed_document, text_document
from liantu.reading.decode import BROKEN, DecodeError, decode
from liantu.reading.limits import DEFAULT_LIMITS, Limits
from liantu.reading.member import Member
from liantu.reading.model import Document, Problem
from liantu.reading.names import safe_name
from liantu.reading.problems import problem, unreadable
from liantu.reading.sniff import (
    SHEET_MEDIA,
    TEXT_MEDIA,
    check_package,
    check_size,
    ending_problem,
    media_of,
    old_format,
    read_bytes,
    translate,
)
from liantu.reading.source_lines import Parsed

if TYPE_CHECKING:
    from liantu.reading.mail import Attachment, Mail


def read_document(
    path: str | Path | bytes | Member, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Document:
    """Read a file, bytes called `name`, or one document inside a file. Raises `UnreadableError` with a message for the
    clerk.

    An e-mail gives its own text and a note of its attachments, an archive is refused: `read_documents` reads both whole.
    """
    if isinstance(path, Member):
        from liantu.reading.bundle import member_bytes

        source = name or Path(path.path).name
        return replace(document_of(member_bytes(path, source, limits), source, limits, []), path=path.path)
    source, problems = named(path, name)
    data = path if isinstance(path, bytes) else read_bytes(Path(path), source, limits)
    document = document_of(data, source, limits)
    if problems:
        document = replace(document, problems=(*problems, *document.problems))
    return document if isinstance(path, bytes) else replace(document, path=str(path))


def named(path: str | Path | bytes, name: str | None) -> tuple[str, tuple[Problem, ...]]:
    """The name a file is known by, and the note that it had to be changed."""
    given = name or ("document.txt" if isinstance(path, bytes) else Path(path).name)
    source = safe_name(given)
    return source, () if source == given else (problem("unsafe_name", source),)


def document_of(data: bytes, source: str, limits: Limits, attached: list[Attachment] | None = None) -> Document:
    """The document of the bytes of a file; `attached` takes in what an e-mail brings along, to be read beside it."""
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise unreadable("empty", source)
    media = media_of(data, source)
    check_size(len(data), media, source, limits)
    note = ending_problem(source, media)
    problems = (note,) if note else ()
    digest = hashlib.sha256(data).hexdigest()
    if media == "txt":
        text = _text(data, source)
        _check_amount([text], source, limits)
        problems = (*problems, *_damage(text, source))
        return text_document(text, source=source, digest=digest, media=media, problems=problems)
    if media == "eml":
        mail = mail_of(data, source)
        parsed = mail.parsed
        if attached is not None:
            attached += mail.attachments
        elif mail.attachments:
            problems = (*problems, problem("attachments", source, count=len(mail.attachments)))
    else:
        noted: list[Problem] = []
        parsed = _parsed(data, media, source, limits, noted)
        problems = (*problems, *noted)
    if media not in SHEET_MEDIA:
        _check_amount((line.text for line in parsed.lines), source, limits)
    if media in TEXT_MEDIA:
        problems = (*problems, *_damage(parsed.raw, source))
    return parsed_document(parsed, source=source, digest=digest, media=media, problems=problems)


def _check_amount(texts: Iterable[str], source: str, limits: Limits) -> None:
    """Refuse a text with more characters, blanks aside, than one document has: finding what it says takes time and memory
    for each."""
    characters = sum(len(word) for text in texts for word in text.split())
    if characters > limits.characters:
        raise unreadable("too_long", source, size=f"{characters:,}", limit=f"{limits.characters:,}")


def _damage(raw: str, source: str) -> tuple[Problem, ...]:
    """The note that some bytes of a text were no characters."""
    count = raw.count(BROKEN)
    return (problem("damaged_characters", source, count=count),) if count else ()


def _text(data: bytes, source: str, declared: str | None = None) -> str:
    try:
        return decode(data, declared)[0]
    except DecodeError:
        raise unreadable("garbled", source) from None


def mail_of(data: bytes, source: str) -> Mail:
    """A message with what is attached to it. Raises `UnreadableError`."""
    from liantu.reading.mail import parse_mail

    with translate(source):
        try:
            return parse_mail(data)
        except DecodeError:
            raise unreadable("garbled", source) from None


def _parsed(data: bytes, media: str, source: str, limits: Limits, noted: list[Problem]) -> Parsed:
    """Parsers are imported when first needed: reading plain text should not wait for them."""
    if media == "html":
        from liantu.reading.html import parse_html
        from liantu.reading.html_tokens import declared_encoding

        return parse_html(_text(data, source, declared_encoding(data)))
    if media == "md":
        from liantu.reading.markdown import parse_markdown

        return parse_markdown(_text(data, source))
    if media not in TEXT_MEDIA:
        with translate(source):
            check_package(data, source, media, limits)
    if media == "zip":
        raise unreadable("archive", source, count=_count(data))
    if media == "docx":
        from liantu.reading.docx import parse_docx

        with translate(source):
            return parse_docx(data)
    if media == "doc":
        return _old_word(data, source)
    if media in ("pdf", "ofd", "picture"):
        return _pages(data, media, source, limits, noted)
    from liantu.reading.sheets import parse_sheets

    if media == "csv":
        check_length(max(map(len, data.split(b"\n"))) // 3, source)  # bytes, three to a character
    with translate(source):
        try:
            return parse_sheets(data, media, source, limits)
        except DecodeError:  # of a csv
            raise unreadable("garbled", source) from None


def _old_word(data: bytes, source: str) -> Parsed:
    from liantu.reading.doc import parse_doc
    from liantu.reading.doc_file import EncryptedDocError, TooOldDocError

    with translate(source):
        try:
            return parse_doc(data)
        except EncryptedDocError:
            raise unreadable("encrypted", source) from None
        except TooOldDocError:
            raise old_format("doc", source) from None


def _pages(data: bytes, media: str, source: str, limits: Limits, noted: list[Problem]) -> Parsed:
    """The pages of a pdf, an OFD or a picture; `noted` takes what is to be said of those that were recognised."""
    from liantu.reading.ofd import parse_ofd
    from liantu.reading.pdf import parse_pdf
    from liantu.reading.pictures import TooLargePicture, parse_picture
    from liantu.reading.printed import NoTextLayer, TooManyPages
    from liantu.reading.scans import can_recognise

    if media == "picture" and not can_recognise():
        raise unreadable("picture", source)
    scans: list[int] = []
    with translate(source):
        try:
            if media == "picture":
                parsed, scans = parse_picture(data, limits), [1]
            elif media == "pdf":
                parsed = parse_pdf(data, limits, scans)
            else:
                parsed = parse_ofd(data, limits.pdf_pages)
        except NoTextLayer as pages:
            if media == "ofd":
                raise unreadable("scanned_ofd", source, pages=pages) from None
            code = "scanned" if scans and not can_recognise() else "no_text_found"
            raise unreadable(code, source, pages=pages) from None
        except TooManyPages as pages:
            limit = limits.scanned_pages if scans or media == "picture" else limits.pdf_pages
            raise unreadable("too_many_pages", source, pages=pages, limit=limit) from None
        except TooLargePicture as pixels:
            limit = limits.picture_pixels // 1_000_000
            raise unreadable("picture_too_large", source, size=pixels, limit=limit) from None
    if scans:
        noted.append(_of_scans(source, media, scans, parsed.doubts, can_recognise()))
    return parsed


def _of_scans(source: str, media: str, scans: list[int], doubts: Sequence[object], recognised: bool) -> Problem:
    shown = "、".join(map(str, scans[:12])) + ("…" if len(scans) > 12 else "")
    if not recognised:
        return problem("scanned_pages", source, pages=shown, count=len(scans))
    if media == "picture":
        return problem("recognised_picture", source, doubts=len(doubts))
    return problem("recognised_pages", source, pages=shown, count=len(scans), doubts=len(doubts))


def _count(data: bytes) -> int:
    """Files in an archive, folders not counted."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(not entry.filename.endswith("/") for entry in archive.infolist())
