"""Portable documents: the text layer of their pages."""

from __future__ import annotations

from liantu.reading.pdf_lines import page_lines
from liantu.reading.printed import PrintedLine, TooManyPages, lay_out_pages
from liantu.reading.source_lines import Parsed


def parse_pdf(data: bytes, most_pages: int = 3_000) -> Parsed:
    """Parse a pdf.

    Raises `NoTextLayer` for a scan, `TooManyPages`, and what pypdfium2 raises on a broken or locked file.
    """
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        if len(pdf) > most_pages:
            raise TooManyPages(str(len(pdf)))
        pages: list[list[PrintedLine]] = []
        for number in range(len(pdf)):
            page = pdf[number]
            textpage = page.get_textpage()
            pages.append(page_lines(textpage, number + 1))
            textpage.close()
            page.close()
    finally:
        pdf.close()
    return lay_out_pages(pages)
