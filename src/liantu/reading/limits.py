"""How much of this machine one file may take; every limit is a setting."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of reading one file. A file beyond one of them is refused with a message that names the limit."""

    file_bytes: int = 200 * _MB
    text_bytes: int = 20 * _MB  # txt, md, html, csv
    characters: int = 1_000_000  # of a document, blanks aside: some 1,500 pages. Workbooks have sheet_cells
    unpacked_bytes: int = 300 * _MB  # all entries of a docx or xlsx together
    zip_ratio: int = 200  # unpacked to packed, looked at above 10 MB unpacked
    zip_entries: int = 20_000
    sheet_cells: int = 5_000_000  # rows times columns of a sheet's used area
    pdf_pages: int = 3_000
    scanned_pages: int = 500  # of one file, whose text has to be recognised
    picture_pixels: int = 120_000_000
    page_dots: float = 6_000.0  # of a pdf page's longer side, drawn to be recognised
    seconds: float = 120.0  # per file in the sandbox, per page of a scan
    memory_bytes: int = 2048 * _MB  # address space of the sandbox


DEFAULT_LIMITS = Limits()
