"""Pages as pictures, to show what stands on them: of a pdf drawn, of a picture as it is."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from liantu.reading.bundle import member_bytes
from liantu.reading.limits import DEFAULT_LIMITS, Limits
from liantu.reading.member import Member
from liantu.reading.pictures import pictures_in
from liantu.reading.problems import unreadable
from liantu.reading.sniff import media_of, translate

if TYPE_CHECKING:
    from PIL.Image import Image

TASK = f"{__name__}:page_image"
WIDTH = 1_240  # pixels: small print can be read, a page takes some 200 kB
_QUALITY = 82  # of JPEG


@dataclass(frozen=True, slots=True)
class PageOf(Member):
    """A page of a document, from 1."""

    page: int = 1


def page_image(asked: PageOf, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """A page as JPEG. Raises `UnreadableError` when the file is gone, broken, or has no such page."""
    source = name or PurePath(asked.path).name
    data = member_bytes(asked, source, limits)
    with translate(source):
        picture = _drawn(data, asked.page) if media_of(data, source) == "pdf" else _taken(data, asked.page, limits)
    if picture is None:
        raise unreadable("missing", source)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _drawn(data: bytes, page: int) -> Image | None:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        if not 1 <= page <= len(pdf):
            return None
        drawn = pdf[page - 1]
        width, height = drawn.get_size()
        picture: Image = drawn.render(scale=min(WIDTH / max(width, 1), 4 * WIDTH / max(height, 1))).to_pil()
        return picture.convert("RGB")
    finally:
        pdf.close()


def _taken(data: bytes, page: int, limits: Limits) -> Image | None:
    for number, picture in enumerate(pictures_in(data, replace(limits)), 1):
        if number == page:
            picture.thumbnail((WIDTH, 4 * WIDTH))
            return picture
    return None
