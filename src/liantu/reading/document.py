"""One way in: any supported file to a `Document`."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from liantu.reading.assemble import text_document
from liantu.reading.decode import DecodeError, decode
from liantu.reading.model import Document
from liantu.reading.problems import unreadable


def read_document(path: str | Path | bytes, name: str | None = None) -> Document:
    """Read a file, or bytes called `name`. Raises `UnreadableError` with a message for the clerk."""
    if isinstance(path, bytes):
        data, where = path, None
    else:
        data, where = Path(path).read_bytes(), str(path)
    source = name or (Path(where).name if where else "document.txt")
    digest = hashlib.sha256(data).hexdigest()
    if not data.strip():
        raise unreadable("empty", source)
    try:
        raw, _ = decode(data)
    except DecodeError:
        raise unreadable("garbled", source) from None
    document = text_document(raw, source=source, digest=digest, media="txt")
    return replace(document, path=where) if where else document
