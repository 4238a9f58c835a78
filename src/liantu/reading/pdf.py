"""Portable documents: the text layer of their pages, and the text recognised in those that are pictures."""

from __future__ import annotations

from typing import Any

from liantu.reading.limits import DEFAULT_LIMITS, Limits
from liantu.reading.pdf_lines import page_lines, shown_at
from liantu.reading.printed import TooManyPages, lay_out_pages
from liantu.reading.printed_line import PrintedLine
from liantu.reading.source_lines import Parsed

_FEW = 16  # characters: a page of pictures may have a stamp or a folio as text
_PICTURE = 0.25  # of a page's area that pictures cover, from which on it is one
_STROKES = 100  # drawn lines, from which on they may be characters
_DOTS = 200.0  # an inch: small print is 25 dots high then


def parse_pdf(data: bytes, limits: Limits = DEFAULT_LIMITS, scans: list[int] | None = None) -> Parsed:
    """Parse a pdf; `scans` takes the numbers of the pages that are pictures of text.

    These are recognised where the extra for it is installed, else left out.
    Raises `NoTextLayer` for nothing but such pages left out, `TooManyPages`, and what pypdfium2 raises on a broken or
    locked file.
    """
    import pypdfium2

    scans = [] if scans is None else scans
    pdf = pypdfium2.PdfDocument(data)
    try:
        if len(pdf) > limits.pdf_pages:
            raise TooManyPages(str(len(pdf)))
        pages: list[list[PrintedLine]] = []
        for number in range(1, len(pdf) + 1):
            page = pdf[number - 1]
            textpage = page.get_textpage()
            lines = page_lines(textpage, number, shown_at(page))
            if sum(len(line.text) for line in lines) < _FEW and _is_drawn(page):
                scans.append(number)
                lines = _recognised(page, number, len(scans), limits) or lines
            pages.append(lines)
            textpage.close()
            page.close()
    finally:
        pdf.close()
    return lay_out_pages(pages)


def _is_drawn(page: Any) -> bool:
    """Whether a page without text may show some: as a picture, or drawn stroke by stroke."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_PATH

    width, height = page.get_size()
    covered = 0.0
    for thing in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    if covered > _PICTURE * width * height:
        return True
    strokes = page.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=3)
    return sum(1 for _ in zip(strokes, range(_STROKES + 1), strict=False)) > _STROKES


def _recognised(page: Any, number: int, scanned: int, limits: Limits) -> list[PrintedLine]:
    """Lines of a page that is a picture; none where nothing can recognise them."""
    from liantu.reading.scans import POINTS, can_recognise, scanned_lines

    if not can_recognise():
        return []
    if scanned > limits.scanned_pages:
        raise TooManyPages(f"{scanned}+")
    width, height = page.get_size()
    dots = min(_DOTS, limits.page_dots * POINTS / max(width, height, 1.0))
    picture = page.render(scale=dots / POINTS).to_pil()
    return scanned_lines(picture, number, dots)
