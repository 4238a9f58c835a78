"""What a file really is, whatever its name says, and whether it is safe to open."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from liantu.reading.column_letters import column_of
from liantu.reading.endings import OLD, Ending, ending_of, endings
from liantu.reading.limits import DEFAULT_LIMITS, Limits
from liantu.reading.model import Problem, UnreadableError
from liantu.reading.problems import problem, unreadable

TEXT_MEDIA = frozenset(("txt", "md", "html", "csv"))
SHEET_MEDIA = frozenset(("csv", "xlsx", "xls", "ods"))
_KIN = (TEXT_MEDIA, {"xlsx", "xls", "ods"}, {"doc", "docx"})  # formats that programs save under each other's ending
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<table[\s>]|<meta\s", re.I)
_MAIL = re.compile(rb"[A-Za-z][A-Za-z-]{1,40}:[ \t]?[^\r\n]")
_MAIL_FIELD = re.compile(rb"^(?:From|To|Date|Subject|MIME-Version|Received|Message-ID|Content-Type):", re.M | re.I)
HEAD_BYTES = 2048
"""Of a file's beginning, in which its kind shows."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Openings of pictures, whose text may be recognised.
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"BM", b"II*\x00", b"MM\x00*")
# Openings of formats that clerks upload and that hold nothing we can read, with their names.
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"GIF8", "图片", "picture"),
    (b"Rar!", "压缩包", "archive"),
    (b"7z\xbc\xaf", "压缩包", "archive"),
    (b"\x1f\x8b", "压缩包", "archive"),
    (b"\x7fELF", "程序", "program"),
    (b"MZ", "程序", "program"),
)
_NO_MEMORY = (
    "bad_alloc",
    "bad alloc",
    "failed to allocate",
    "out of memory",
    "insufficient memory",
)  # of C++ libraries
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"')
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s+ref="[A-Z]+\d+:([A-Z]{1,3})(\d{1,7})"')


def media_of(data: bytes, name: str) -> str:
    """Media of a file by its content, by its name where the content leaves it open.

    Raises `UnreadableError` for what cannot be read.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:2] == b"PK" and data[2:4] in (b"\x03\x04", b"\x05\x06", b"\x07\x08"):
        return _zip_media(data, name)
    if data.startswith(_OLE):
        return _ole_media(data, name)
    named = endings().get(ending_of(name))
    is_text = named is not None and named.media in TEXT_MEDIA and not _is_binary(data)
    if any(data.startswith(magic) and not (len(magic) == 2 and is_text) for magic in _PICTURES):
        return "picture"
    for magic, zh, en in _OTHERS:
        if data.startswith(magic) and not (len(magic) == 2 and is_text):
            raise unreadable("unsupported", name, kind_zh=zh, kind_en=en)
    if data.startswith(b"{\\rtf"):
        raise old_format("rtf", name)
    _check_ending(name, named)
    if _is_binary(data):
        raise unreadable("binary", name)
    return _text_media(data, name, named.media if named else "")


def _check_ending(name: str, named: Ending | None) -> None:
    """Refuse text that is no document by its name: programs' own data, and endings nobody knows (`.xyz`)."""
    if named is not None and not named.media:
        raise unreadable("unsupported", name, kind_zh=named.zh, kind_en=named.en)
    ending = ending_of(name)
    if named is None and re.fullmatch(r"[a-z][a-z0-9_]{0,9}", ending):
        raise unreadable(
            "unsupported", name, kind_zh=f"不认识的格式（.{ending}）", kind_en=f"unknown format, .{ending}"
        )


def _text_media(data: bytes, name: str, named: str) -> str:
    head = _head(data)
    if named == "eml" or (named not in ("md", "csv") and _opens_like_mail(head)):
        if ending_of(name) in ("mht", "mhtml"):
            raise old_format("mht", name)
        return "eml"
    if _HTML.search(head):
        return "html" if named != "md" else "md"
    if named == OLD and head.startswith(b"<?xml"):
        raise old_format(ending_of(name), name)
    return named if named in TEXT_MEDIA else "txt"


def looks_like_mail(data: bytes, name: str) -> bool:
    """Whether a file is an e-mail by its name or its first bytes."""
    named = endings().get(ending_of(name))
    if named is not None and named.media == "eml":
        return True
    return (named is None or named.media in ("txt", "html")) and _opens_like_mail(_head(data))


def _head(data: bytes) -> bytes:
    return data[:HEAD_BYTES].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t")


def _opens_like_mail(head: bytes) -> bool:
    return len(set(_MAIL_FIELD.findall(head))) >= 2 and _MAIL.match(head) is not None


def old_format(ending: str, name: str) -> UnreadableError:
    """The refusal of a document that its own program can save in a form that is read."""
    kind = endings()[ending]
    return unreadable("old_format", name, kind_zh=kind.zh, kind_en=kind.en)


def ending_problem(name: str, media: str) -> Problem | None:
    """The note for a file whose ending promises another format than its content keeps."""
    promised = endings().get(ending_of(name))
    named = promised.media if promised else None
    if named in (None, media) or any({named, media} <= kin for kin in _KIN):
        return None
    return problem("wrong_extension", name, ending=ending_of(name), media=media)


def _is_binary(data: bytes) -> bool:
    """More control bytes than any text holds; utf-16 and utf-32 have zero bytes in a regular place."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    sample = data[:4096] + data[len(data) // 2 :][:4096]
    zeros = sample.count(0)
    if zeros:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if max(even, odd) > 4 * min(even, odd) and max(even, odd) * 50 > len(sample):
            return False
    control = len(sample) - len(sample.translate(None, bytes([*range(9), 11, *range(14, 27), *range(28, 32), 127])))
    return control * 50 > len(sample)


def _zip_media(data: bytes, name: str) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise unreadable("truncated", name) from None
    if "word/document.xml" in names or (any(n.startswith("word/") for n in names) and "[Content_Types].xml" in names):
        return "docx"
    if any(n.startswith("xl/") for n in names):
        return "xlsx"
    if {"content.xml", "mimetype"} <= names:
        with translate(name), zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo("mimetype").file_size < 200 and b"spreadsheet" in archive.read("mimetype"):
                return "ods"
    if "OFD.xml" in names:
        return "ofd"
    if any(n.startswith("ppt/") for n in names):
        raise old_format("pptx", name)
    if ending_of(name) in ("zip", ""):
        return "zip"
    raise unreadable("unsupported", name, kind_zh="压缩包", kind_en="archive")


def _ole_media(data: bytes, name: str) -> str:
    parts = _ole_parts(data, name)
    if "encryptedpackage" in parts:
        raise unreadable("encrypted", name)
    if "worddocument" in parts:  # before workbooks: a document may hold one
        return "doc"
    if parts & {"workbook", "book"}:
        return "xls"
    if "powerpoint document" in parts:
        raise old_format("ppt", name)
    if any(part.startswith(("__substg1.0_", "__properties_version1.0")) for part in parts):
        raise old_format("msg", name)
    if not parts:
        raise unreadable("truncated", name)
    raise unreadable("unsupported", name, kind_zh="旧版 Office 文件", kind_en="old Office file")


def _ole_parts(data: bytes, name: str) -> set[str]:
    """Names of the outermost parts of a compound file in lower case; of a broken one, those that show in its bytes."""
    import olefile

    with translate(name):
        try:
            with olefile.OleFileIO(io.BytesIO(data)) as ole:
                return {path[0].lower() for path in ole.listdir()}
        except (OSError, ValueError, IndexError):
            telling = ("EncryptedPackage", "WordDocument", "Workbook", "PowerPoint Document")
            return {part.lower() for part in telling if part.encode("utf-16-le") in data}


def check_size(size: int, media: str | None, name: str, limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse what is larger than the limits allow; `media` None before the content is known."""
    limit = limits.text_bytes if media in TEXT_MEDIA else limits.file_bytes
    if size > limit:
        raise unreadable("too_large", name, size=f"{size / 1048576:.0f}", limit=f"{limit / 1048576:.0f}")


def read_bytes(path: Path, name: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Bytes of a file that is there, may be read, and is not beyond the limit."""
    try:
        check_size(path.stat().st_size, None, name, limits)
        return path.read_bytes()
    except OSError:
        raise unreadable("missing", name) from None


def check_package(data: bytes, name: str, media: str, limits: Limits = DEFAULT_LIMITS) -> None:
    """Look at a zip package's directory, and at a workbook's used areas, before any parser unpacks it."""
    if media not in ("docx", "xlsx", "ods", "ofd", "zip"):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise unreadable("encrypted", name)
        unpacked = sum(entry.file_size for entry in entries)
        packed = max(1, sum(entry.compress_size for entry in entries))
        bomb = unpacked > 10 * 1024 * 1024 and unpacked > limits.zip_ratio * packed
        if bomb or unpacked > limits.unpacked_bytes or len(entries) > limits.zip_entries:
            raise unreadable(
                "zip_bomb", name, size=f"{unpacked / 1048576:.0f}", limit=f"{limits.unpacked_bytes / 1048576:.0f}"
            )
        if media == "xlsx":
            for entry in entries:
                if re.match(r"xl/worksheets/[^/]+\.xml$", entry.filename):
                    _scan_area(archive, entry, name, limits)


def check_area(name: str, sheet: str, rows: int, columns: int, limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse a sheet whose used area is beyond the limit."""
    if rows * columns > limits.sheet_cells:
        raise unreadable("sparse_sheet", name, sheet=sheet, rows=rows, columns=columns, limit=limits.sheet_cells)


def _scan_area(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    """A sheet's used area: parsers lay it out whole, so two far cells cost as much as all between them."""
    rows = columns = 0
    left = limits.unpacked_bytes
    rest = b""
    with archive.open(entry) as handle:
        while left > 0 and (chunk := handle.read(1 << 20)):
            left -= len(chunk)
            text = rest + chunk
            for column, row in (*_DIMENSION.findall(text), *_CELL.findall(text)) if not rows else _CELL.findall(text):
                rows = max(rows, int(row))
                columns = max(columns, column_of(column.decode("ascii")) + 1)
            check_area(name, PurePosixPath(entry.filename).stem, rows, columns, limits)
            rest = text[-200:]


@contextmanager
def translate(name: str) -> Iterator[None]:
    """Turn whatever a parser raises on a damaged or locked file into an `UnreadableError`."""
    try:
        yield
    except (UnreadableError, MemoryError):
        raise
    except BaseException as error:
        # A parser in Rust that panics raises a `PanicException`, which is no `Exception`.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        said = f"{type(error).__name__} {error}".lower()
        if any(words in said for words in _NO_MEMORY):
            raise MemoryError(said) from error
        locked = "password" in said or "encrypt" in said
        raise unreadable("encrypted" if locked else "truncated", name) from error
