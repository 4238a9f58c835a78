"""Pages of a document as pictures: drawn in a child process with limits, kept beside the ledger, boxes laid over them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from liantu.ledger.models import Source, SourceText, Statement
from liantu.ledger.packing import unpack_places
from liantu.reading import Document, Limits, Member, SafeReader
from liantu.reading.page_images import TASK, PageOf
from liantu.reading.pages import Box, PageBox, boxes_of
from liantu.workbench.marking import Span

PAGED = frozenset({"pdf", "picture"})
"""Formats whose pages can be shown."""
_KEPT = 3_000  # pictures of pages, some 600 MB
_SECONDS = 30.0  # to draw one page
_ROUND = 0.05  # of a page shown above and below a sentence
_BESIDE = 0.03
_NARROWEST = 0.5
_FINE = 1_000  # parts of a page in which strips are cut
_WHOLE = (0, 0, _FINE, _FINE)

_warm: list[SafeReader] = []


def page_image(source: Source, page: int) -> bytes | None:
    """A page of a source as JPEG; None when its file is gone. Raises `UnreadableError` when it cannot be drawn."""
    kept = Path(settings.PAGE_IMAGES) / source.digest[:16] / f"{page}.jpg"
    if kept.is_file():
        return kept.read_bytes()
    member = _where(source)
    if member is None:
        return None
    drawn: bytes = _reader().read(PageOf(member.path, member.at, page), source.name)
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept.write_bytes(drawn)
    _forget_oldest(Path(settings.PAGE_IMAGES))
    return drawn


def strip(image: bytes, left: int, top: int, right: int, bottom: int) -> bytes:
    """A part of a page, in thousandths of its width and height."""
    from PIL import Image

    with Image.open(io.BytesIO(image), formats=("JPEG",)) as page:
        first, high = round(page.width * left / _FINE), round(page.height * top / _FINE)
        last, low = round(page.width * right / _FINE), round(page.height * bottom / _FINE)
        part = page.crop((first, high, max(first + 1, last), max(high + 1, low)))
    out = io.BytesIO()
    part.save(out, "JPEG", quality=85)
    return out.getvalue()


def has_pages(source: Source) -> bool:
    """Whether the pages of a source can be shown: its format has some, and its file is there."""
    return source.media in PAGED and _where(source) is not None


def _where(source: Source) -> Member | None:
    """A file of the source that is there as it was when read."""
    for place in source.paths.filter(missing=False).order_by("pk"):
        path = Path(place.container or place.path)
        try:
            status = path.stat()
        except OSError:
            continue
        if not place.container:
            if (place.size, place.mtime_ns) == (status.st_size, status.st_mtime_ns):
                return Member(str(path), ())
            continue
        leaves = _reader().contents(path).leaves
        at = next((leaf.at for leaf in leaves if leaf.digest == source.digest), None)
        if at is not None:
            return Member(str(path), at)
    return None


def _reader() -> SafeReader:
    if not _warm:
        _warm.append(SafeReader(TASK, Limits(seconds=_SECONDS)))
    return _warm[0]


def _forget_oldest(folder: Path) -> None:
    files = sorted(folder.glob("*/*.jpg"), key=lambda file: file.stat().st_mtime)
    for file in files[: max(0, len(files) - _KEPT)]:
        file.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Mark:
    """A box over a page, in thousandths of the part that is shown."""

    kind: str  # classes: sentence, found, figure …
    x: int
    y: int
    width: int
    height: int
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page, or a strip of it, with its marks."""

    number: int
    marks: tuple[Mark, ...]
    part: tuple[int, int, int, int] = _WHOLE  # left, top, right, bottom

    @property
    def query(self) -> str:
        """What asks for this part."""
        return "" if self.part == _WHOLE else "?part=" + "-".join(map(str, self.part))


def evidence_strips(found: Statement) -> list[ShownPage]:
    """The parts of pages on which a statement's sentence stands, the sentence and its number marked."""
    if found.source is None or found.evidence_start is None or found.evidence_end is None:
        return []
    text = SourceText.objects.filter(source=found.source_id).only("raw", "places").first()
    if text is None or not text.places or not has_pages(found.source):
        return []
    places, _doubts = unpack_places(bytes(text.places))
    said = boxes_of(places, text.raw, found.evidence_start, found.evidence_end)
    number: Sequence[PageBox] = ()
    if found.number_start is not None and found.number_end is not None:
        number = boxes_of(places, text.raw, found.number_start, found.number_end)
    strips = []
    for page in dict.fromkeys(each.page for each in said):
        lines = [each.box for each in said if each.page == page]
        part = _part(lines)
        marks = [mark_of("sentence", box, part) for box in lines]
        marks += [mark_of("found", each.box, part) for each in number if each.page == page]
        strips.append(ShownPage(page, tuple(marks), part))
    return strips


def _part(boxes: Sequence[Box]) -> tuple[int, int, int, int]:
    """The part of a page around boxes, in thousandths."""
    left, top = min(box[0] for box in boxes) - _BESIDE, min(box[1] for box in boxes) - _ROUND
    right, bottom = max(box[2] for box in boxes) + _BESIDE, max(box[3] for box in boxes) + _ROUND
    right = max(right, left + _NARROWEST)
    ends = (left, top, right, bottom)
    return tuple(min(_FINE, max(0, round(end * _FINE))) for end in ends)  # type: ignore[return-value]


def mark_of(kind: str, box: Box, part: tuple[int, int, int, int] = _WHOLE, url: str = "", label: str = "") -> Mark:
    """A box of a page as a mark over a part of it."""
    left, top, right, bottom = part
    across, down = max(1, right - left) / _FINE, max(1, bottom - top) / _FINE
    x, y = round((box[0] * _FINE - left) / across), round((box[1] * _FINE - top) / down)
    width, height = round((box[2] - box[0]) * _FINE / across), round((box[3] - box[1]) * _FINE / down)
    return Mark(kind, x, y, max(2, width), max(2, height), url, label)


def document_pages(
    source: Source, document: Document, window: tuple[int, int], spans: Iterable[Span], asked: Statement | None
) -> tuple[ShownPage, ...]:
    """The pages of raw [start, end) with the marks of its figures, and those of the statement a deep link asks for."""
    start, end = window
    numbers = sorted({place.page for place in document.places if place.start < end and place.end > start})
    if not numbers or not has_pages(source):
        return ()
    marks: dict[int, list[Mark]] = {number: [] for number in numbers}

    def put(kind: str, first: int, last: int, url: str = "", label: str = "") -> None:
        for each in document.boxes(first, last):
            marks.setdefault(each.page, []).append(mark_of(kind, each.box, url=url, label=label))

    if asked is not None and asked.evidence_start is not None and asked.evidence_end is not None:
        put("sentence", asked.evidence_start, asked.evidence_end)
    for span in spans:
        if span.kind == "figure":
            found = " found" if asked is not None and span.id == asked.pk else ""
            put(f"m figure{found}{' low' if span.low else ''}", span.start, span.end, span.url, span.label)
    return tuple(ShownPage(number, tuple(marks[number])) for number in numbers)
