"""Files that hold several documents: zip archives and e-mails with attachments."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from liantu.reading.document import document_of, named
from liantu.reading.endings import is_document_name
from liantu.reading.limits import DEFAULT_LIMITS, Limits
from liantu.reading.model import Document, Problem, UnreadableError
from liantu.reading.names import safe_name
from liantu.reading.problems import unreadable
from liantu.reading.sniff import check_package, check_size, media_of, read_bytes, translate

if TYPE_CHECKING:
    from liantu.reading.mail import Attachment

_DEEPEST = 3  # an archive in a message in a message


@dataclass(slots=True)
class Bundle:
    """The documents of one file, and what became of its other parts.

    `problems` says why a part could not be read (each fatal for that part alone); `skipped` counts the parts that are
    no documents: pictures, programs' data, hidden files.
    """

    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: int = 0


def read_documents(path: str | Path | bytes, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Bundle:
    """Read a file and all documents in it; any other file than an archive or an e-mail gives itself.

    A document inside is called after the file that holds it: `材料.zip/5月/通报.txt`.
    Raises `UnreadableError` when the file itself cannot be read, or holds nothing that is meant as a document.
    """
    source, problems = named(path, name)
    data = path if isinstance(path, bytes) else read_bytes(Path(path), source, limits)
    bundle = Bundle()
    known_path = None if isinstance(path, bytes) else str(path)
    for document in _read(data, source, limits, (), bundle):
        bundle.documents.append(replace(document, path=known_path, problems=(*problems, *document.problems)))
    if not bundle.documents and not bundle.problems:
        raise unreadable("empty_archive", source, count=bundle.skipped)
    return bundle


def _read(data: bytes, source: str, limits: Limits, inside: tuple[str, ...], bundle: Bundle) -> Iterator[Document]:
    """Documents of one file; `inside` holds the media of the files around it."""
    media = media_of(data, source) if data.strip() else "txt"
    if media not in ("zip", "eml"):
        yield document_of(data, source, limits)
        return
    if len(inside) >= _DEEPEST or (media == "zip" and "zip" in inside):
        raise unreadable("nested_archive", source)
    if media == "eml":
        attached: list[Attachment] = []
        yield document_of(data, source, limits, attached)
        yield from _members(((a.name, a.data) for a in attached), source, limits, (*inside, media), bundle)
        return
    with translate(source):
        check_package(data, source, media, limits)
        archive = zipfile.ZipFile(io.BytesIO(data))
    with archive:
        yield from _members(_unpacked(archive, source, limits, bundle), source, limits, (*inside, media), bundle)


def _members(
    members: Iterable[tuple[str, bytes]], source: str, limits: Limits, inside: tuple[str, ...], bundle: Bundle
) -> Iterator[Document]:
    for name, data in members:
        parts = [safe_name(part) for part in name.split("/") if part.strip(". ")]
        if not parts or not is_document_name(parts[-1]):
            bundle.skipped += 1
            continue
        try:
            yield from _read(data, f"{source}/{'/'.join(parts)}", limits, inside, bundle)
        except UnreadableError as error:
            bundle.problems.append(error.problem)


def _unpacked(archive: zipfile.ZipFile, source: str, limits: Limits, bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """Members in the archive's order with their names and bytes; folders and what a Mac adds are left out."""
    for entry in archive.infolist():
        name = member_name(entry)
        if entry.is_dir() or name.startswith("__MACOSX/"):
            continue
        if not is_document_name(name.rpartition("/")[2]):
            bundle.skipped += 1
            continue
        try:
            check_size(entry.file_size, None, f"{source}/{name}", limits)
            with translate(f"{source}/{name}"):
                data = archive.read(entry)
        except UnreadableError as error:
            bundle.problems.append(error.problem)
            continue
        yield name, data


def member_name(entry: zipfile.ZipInfo) -> str:
    """A member's name: utf-8 where the archive says so or the bytes are, else gbk, as Chinese systems write it."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        for encoding in ("utf-8", "gb18030"):
            with contextlib.suppress(UnicodeError):
                name = name.encode("cp437").decode(encoding)
                break
    return name.replace("\\", "/")
