"""E-mails (RFC 5322, MIME): their text as a document, and what is attached to them."""

from __future__ import annotations

import email.policy
import mimetypes
import re
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from liantu.reading.decode import DecodeError, decode
from liantu.reading.source_lines import Meta, Page, Parsed, SourceLine

_REPLY = re.compile(r"^(?:(?:re|fw|fwd|回复|答复|转发)\s?[:：]\s*)+", re.I)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message, under the name it was given."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A message: its text laid out, and its attachments (pictures shown in the text are left out)."""

    parsed: Parsed
    attachments: tuple[Attachment, ...]


def parse_mail(data: bytes) -> Mail:
    """Parse a message. Raises `DecodeError` when its text fits no encoding."""
    message = BytesParser(_class=EmailMessage, policy=email.policy.default).parsebytes(data)
    headers = _headers(message)
    body = message.get_body(preferencelist=("html", "plain"))
    attachments = tuple(_attachment(part, i) for i, part in enumerate(_attached(message, body), 1))
    head, meta = _head(headers)
    text, is_html = _body_text(body)
    return Mail(_with_html(head, meta, text) if is_html else _with_plain(head, meta, text), attachments)


def _headers(message: EmailMessage) -> dict[str, str]:
    """The first header of each name, decoded; raw bytes in them are utf-8 or gbk."""
    found: dict[str, str] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), _decoded(str(value)))
    return found


def _decoded(value: str) -> str:
    raw = value.encode("utf-8", "surrogateescape")
    try:
        parts = decode_header(decode(raw)[0] if raw else "")
    except (HeaderParseError, DecodeError):
        return " ".join(value.encode("ascii", "ignore").decode().split())
    words = []
    for part, charset in parts:
        try:
            words.append(part if isinstance(part, str) else decode(part, charset)[0])
        except DecodeError:
            words.append(part.decode("ascii", "ignore"))
    return " ".join("".join(words).split())


def _head(headers: dict[str, str]) -> tuple[Page, Meta]:
    """Subject, sender and time as the lines above the text."""
    head, meta = Page(), Meta()
    if subject := _REPLY.sub("", headers.get("subject", "")):
        head.add(subject, "title")
    sender, address = parseaddr(headers.get("from", ""))
    if sender or address:
        head.add(f"发件人：{sender} {address}" if sender else f"发件人：{address}", "dateline")
        meta.publisher = sender if sender and "@" not in sender else None
    if (sent := _sent(headers.get("date", ""))) is not None:
        head.add(f"发送时间：{sent:%Y-%m-%d %H:%M}", "dateline")
    return head, meta


def _sent(value: str) -> datetime | None:
    try:
        return parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None


def _body_text(body: MIMEPart | None) -> tuple[str, bool]:
    if body is None:
        return "", False
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    return decode(data, body.get_content_charset())[0], body.get_content_subtype() == "html"


def _with_plain(head: Page, meta: Meta, text: str) -> Parsed:
    for line in text.splitlines():
        head.add_wide(line)
    parsed = head.finish(meta)
    parsed.cells_known = False
    return parsed


def _with_html(head: Page, meta: Meta, source: str) -> Parsed:
    """The page behind the head lines; its offsets move on by what stands above it."""
    from liantu.reading.html import parse_html

    page = parse_html(source)
    above = head.finish(meta)
    shift = len(above.raw) + 1 if above.raw else 0
    for line in page.lines:
        pieces = [(text, start + shift, end + shift) for text, start, end in line.pieces]
        kind = "heading" if line.kind == "title" and above.lines and above.lines[0].kind == "title" else line.kind
        above.lines.append(SourceLine(pieces, kind, line.level, line.locator, line.row))
    above.raw = f"{above.raw}\n{source}" if above.raw else source
    above.tables = page.tables
    return above


def _attached(message: EmailMessage, body: MIMEPart | None) -> list[EmailMessage]:
    found: list[EmailMessage] = []
    for part in message.walk():
        if part is body or (part.is_multipart() and part.get_content_type() != "message/rfc822"):
            continue
        shown = part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment"
        named = part.get_filename() or part.get_content_type() == "message/rfc822"
        if named and not shown and isinstance(part, EmailMessage) and not _inside_attached(found, part):
            found.append(part)
    return found


def _inside_attached(found: list[EmailMessage], part: EmailMessage) -> bool:
    """Whether a part belongs to a message that is itself attached."""
    return any(part is inner for outer in found for inner in outer.walk() if inner is not outer)


def _attachment(part: EmailMessage, number: int) -> Attachment:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0)
        data = inner.as_bytes() if isinstance(inner, EmailMessage) else b""
        subject = _headers(inner).get("subject", "") if isinstance(inner, EmailMessage) else ""
        return Attachment(f"{subject or f'转发邮件{number}'}.eml", data)
    payload = part.get_payload(decode=True)
    name = _decoded(part.get_filename() or "")
    return Attachment(
        name or f"附件{number}{mimetypes.guess_extension(part.get_content_type()) or ''}",
        payload if isinstance(payload, bytes) else b"",
    )
