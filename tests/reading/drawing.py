"""Pages drawn as pictures, to be recognised: with a Chinese font of this machine, noise, blur and tilt as scans have them."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from liantu.reading.scans import can_recognise

needs_recognition = pytest.mark.skipif(
    not can_recognise(), reason="needs the reader of scans (the extra `ocr`: make ocr, or pip install liantu[ocr])"
)


@cache
def font_file() -> str:
    """A Chinese font; skips the test where there is none."""
    if shutil.which("fc-list"):
        command = ["fc-list", ":lang=zh-cn", "file"]
        listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        files = sorted(line.strip().rstrip(":") for line in listed.splitlines())
        chosen = [file for file in files if "Regular" in file or file.endswith((".ttf", ".otf"))] or files
        if chosen:
            return chosen[0]
    pytest.skip("needs a Chinese font (Debian: fonts-noto-cjk)")


def page(lines: Sequence[str], size: int = 32, width: int = 1654, height: int = 1200) -> Any:
    """Lines below each other, black on white; four spaces part the columns of a table, 300 pixels each."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(font_file(), size)
    for number, line in enumerate(lines):
        for column, cell in enumerate(line.split("    ")):
            draw.text((120 + 300 * column, 100 + number * 2 * size), cell, font=font, fill="black")
    return picture


def worn(picture: Any, tilt: float = 0.0, noise: float = 0.0, blur: float = 0.0) -> Any:
    """The picture as a scanner may give it: tilted by degrees, blurred, with noise of a standard deviation in grey levels."""
    import numpy
    from PIL import Image, ImageFilter

    picture = picture.rotate(tilt, fillcolor="white", resample=Image.Resampling.BICUBIC)
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    if noise:
        grain = numpy.random.default_rng(7).normal(0, noise, (picture.height, picture.width, 3))
        picture = Image.fromarray((numpy.asarray(picture) + grain).clip(0, 255).astype("uint8"))
    return picture


def saved(picture: Any, form: str = "PNG", **options: Any) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()
