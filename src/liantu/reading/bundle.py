"""Files that hold several documents: zip archives and e-mails with attachments."""

from __future__ import annotations

import contextlib
import hashlib
import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from liantu.reading.document import document_of, named
from liantu.reading.endings import ending_of, is_document_name
from liantu.reading.limits import DEFAULT_LIMITS, Limits
from liantu.reading.member import WITHIN, Contents, Leaf, Member
from liantu.reading.model import Document, Problem, UnreadableError
from liantu.reading.names import safe_name
from liantu.reading.problems import unreadable
from liantu.reading.sniff import HEAD_BYTES, check_package, check_size, looks_like_mail, media_of, read_bytes, translate

_DEEPEST = 3  # an archive in a message in a message
_UNICODE_NAME = 0x7075  # of an extra field (APPNOTE 4.6.9): the name in utf-8 beside one in a system's own encoding


@dataclass(slots=True)
class Bundle:
    """The documents of one file, and what became of its other parts.

    `problems` says why a part could not be read (each fatal for that part alone); `skipped` counts the parts that are
    no documents: pictures, programs' data, hidden files.
    """

    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a container: its name as given, its bytes on demand."""

    name: str
    read: Callable[[], bytes]
    size: int
    is_document: bool


def read_documents(path: str | Path | bytes, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Bundle:
    """Read a file and all documents in it; any other file than an archive or an e-mail gives itself.

    A document inside is called after the file that holds it: `材料.zip!5月/通报.txt`.
    Raises `UnreadableError` when the file itself cannot be read, or holds nothing that is meant as a document.
    """
    source, problems = named(path, name)
    data = path if isinstance(path, bytes) else read_bytes(Path(path), source, limits)
    bundle = Bundle()
    known_path = None if isinstance(path, bytes) else str(path)
    contents = Contents()
    for leaf, content in _walk(data, source, limits, contents):
        if leaf.problem is not None:
            bundle.problems.append(leaf.problem)
            continue
        try:
            document = document_of(content, leaf.source, limits, [])
        except UnreadableError as error:
            if not leaf.at:
                raise
            bundle.problems.append(error.problem)
            continue
        bundle.documents.append(replace(document, path=known_path, problems=(*problems, *document.problems)))
    bundle.skipped = contents.skipped
    _check_any(contents, source, bool(bundle.documents or bundle.problems))
    return bundle


def contents_of(path: str | Path | bytes, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Contents:
    """What a file holds, told without parsing any of it; any other file than an archive or an e-mail holds itself.

    Raises `UnreadableError` when the file itself cannot be opened, or holds nothing that is meant as a document.
    """
    source, _ = named(path, name)
    data = path if isinstance(path, bytes) else read_bytes(Path(path), source, limits)
    contents = Contents()
    for leaf, _ in _walk(data, source, limits, contents):
        contents.leaves.append(leaf)
    _check_any(contents, source, bool(contents.leaves))
    return contents


def member_bytes(member: Member, name: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Bytes of one document inside a file. Raises `UnreadableError` when the file has changed and holds it no longer."""
    data, holder = read_bytes(Path(member.path), name, limits), Path(member.path).name
    for number in member.at:
        parts = _parts(data, media_of(data, holder), name, limits)
        if number >= len(parts):
            raise unreadable("missing", name)
        with translate(name):
            data, holder = parts[number].read(), _clean_path(parts[number].name)
    return data


def may_hold_documents(path: str | Path) -> bool:
    """Whether a file may be an archive or an e-mail, told by its first bytes alone."""
    try:
        with open(path, "rb") as handle:
            head = handle.read(HEAD_BYTES)
    except OSError:
        return False
    if head[:2] == b"PK":
        return ending_of(str(path)) in ("zip", "")
    return looks_like_mail(head, str(path))


def _check_any(contents: Contents, source: str, found: bool) -> None:
    if not found:
        raise unreadable("empty_archive", source, count=contents.skipped)


def _walk(
    data: bytes,
    source: str,
    limits: Limits,
    contents: Contents,
    at: tuple[int, ...] = (),
    inside: tuple[str, ...] = (),
) -> Iterator[tuple[Leaf, bytes]]:
    """Documents of one file with their bytes; `inside` holds the media of the files around it.

    Raises what opening the outermost file raises; of a part that cannot be opened the leaf says why.
    """
    media = _container(data, source)
    if not media:
        yield _leaf(data, source, at), data
        return
    if len(inside) >= _DEEPEST or (media == "zip" and "zip" in inside):
        raise unreadable("nested_archive", source)
    if media == "eml":
        yield _leaf(data, source, at), data
    taken: set[str] = set()
    for number, part in enumerate(_parts(data, media, source, limits)):
        if not part.is_document:
            contents.skipped += 1
            continue
        where = (*at, number)
        name = _free_name(f"{source}{WITHIN}{_clean_path(part.name)}", taken)
        try:
            check_size(part.size, None, name, limits)
            with translate(name):
                content = part.read()
            yield from _walk(content, name, limits, contents, where, (*inside, media))
        except UnreadableError as error:
            told = hashlib.sha256(f"{hashlib.sha256(data).hexdigest()} {number}".encode()).hexdigest()
            yield Leaf(name, where, part.size, told, error.problem), b""


def _container(data: bytes, source: str) -> str:
    """`zip`, `eml`, or nothing for a file that is a document itself or cannot be read, which reading it will say."""
    try:
        media = media_of(data, source) if data.strip() else ""
    except UnreadableError:
        return ""
    return media if media in ("zip", "eml") else ""


def _leaf(data: bytes, source: str, at: tuple[int, ...]) -> Leaf:
    return Leaf(source, at, len(data), hashlib.sha256(data).hexdigest())


def _parts(data: bytes, media: str, source: str, limits: Limits) -> list[_Part]:
    """All parts in their order, so that a part is known by its number. What is no document is among them."""
    if media == "eml":
        from liantu.reading.document import mail_of

        attached = mail_of(data, source).attachments
        return [_Part(a.name, partial(bytes, a.data), len(a.data), _is_document(a.name)) for a in attached]
    if media != "zip":
        return []
    with translate(source):
        check_package(data, source, media, limits)
        archive = zipfile.ZipFile(io.BytesIO(data))
    return [
        _Part(name, partial(archive.read, entry), entry.file_size, _is_document(name))
        for entry in archive.infolist()
        if not entry.filename.endswith("/") and not (name := member_name(entry)).startswith("__MACOSX/")
    ]


def _is_document(name: str) -> bool:
    parts = _clean_path(name)
    return bool(parts) and is_document_name(parts.rpartition("/")[2])


def _clean_path(name: str) -> str:
    """A part's path inside its container, safe to show: no way out of it, no control characters."""
    return "/".join(safe_name(part) for part in name.split("/") if part.strip(". "))


def _free_name(name: str, taken: set[str]) -> str:
    """A name that no earlier part has: two parts may have been called the same."""
    free, number = name, 2
    while free in taken:
        stem, dot, ending = name.rpartition(".")
        free = f"{stem}（{number}）{dot}{ending}"
        number += 1
    taken.add(free)
    return free


def member_name(entry: zipfile.ZipInfo) -> str:
    """A member's name: utf-8 where the archive says so or the bytes are, else gbk, as Chinese systems write it."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        for encoding in ("utf-8", "gb18030"):
            with contextlib.suppress(UnicodeError):
                name = name.encode("cp437").decode(encoding)
                break
        name = _unicode_name(entry.extra) or name
    return name.replace("\\", "/")


def _unicode_name(extra: bytes) -> str:
    """The utf-8 name that an archive keeps beside one in another encoding; empty when it keeps none."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_NAME and size > 5:
            with contextlib.suppress(UnicodeError):
                return extra[at + 9 : at + 4 + size].decode("utf-8")
        at += 4 + size
    return ""
