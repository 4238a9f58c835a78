"""Pictures of text (png, jpeg, tiff, bmp): photographs, scans and screenshots; a tiff may hold several pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from liantu.reading.limits import DEFAULT_LIMITS, Limits
from liantu.reading.printed import TooManyPages, lay_out_pages
from liantu.reading.source_lines import Parsed

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
_A4 = 11.7  # inches: what the longer side of a picture is taken for, so that lengths are near those of print


class TooLargePicture(ValueError):
    """A picture of more pixels than allowed; carries their number in millions."""


def parse_picture(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Parsed:
    """Recognise the text of a picture. Needs the extra `ocr`.

    Raises `NoTextLayer` where there is none, `TooLargePicture`, `TooManyPages`, and what Pillow raises on a broken file.
    """
    from liantu.reading.scans import scanned_lines

    pages = []
    for number, picture in enumerate(pictures_in(data, limits), 1):
        pages.append(scanned_lines(picture, number, max(picture.size) / _A4))
    return lay_out_pages(pages)


def pictures_in(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Iterator[Image]:
    """The pages of a picture, each the way up that the camera noted, on white where it is transparent."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=FORMATS) as file:
        pages = getattr(file, "n_frames", 1)
        if pages > limits.scanned_pages:
            raise TooManyPages(str(pages))
        for number in range(pages):
            file.seek(number)
            if file.width * file.height > limits.picture_pixels:
                raise TooLargePicture(f"{file.width * file.height / 1e6:.0f}")
            picture = ImageOps.exif_transpose(file)
            if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
                layer = picture.convert("RGBA")
                picture = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
            yield picture.convert("RGB")
