"""What the reader missed, marked in the text by a person: evidence and all, like any other finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from liantu.extraction import READER_VERSION
from liantu.extraction.evidence import evidence_at
from liantu.extraction.figures.numbers import find_quantities
from liantu.ledger.carrying import carry
from liantu.ledger.content import with_clean
from liantu.ledger.corrections import COLUMNS_OF, FIGURE_COLUMNS, IN_PAYLOAD, check, finished_by, named
from liantu.ledger.models import Review, Source, Statement
from liantu.ledger.packing import document_of
from liantu.ledger.places import place_of_code
from liantu.ledger.refresh import Changes
from liantu.ledger.standing import standing
from liantu.ledger.writing import writing
from liantu.reading.model import Document
from liantu.vocabulary.regions import regions

ADDABLE = ("figure", "project", "enterprise")
_BEFORE = {
    "近": "≈",
    "约": "≈",
    "超过": ">",
    "超": ">",
    "突破": ">",
    "逾": ">",
    "不低于": ">=",
    "不少于": ">=",
    "不超过": "<=",
}
_AFTER = {"以上": ">=", "左右": "≈", "上下": "≈", "多": ">", "以内": "<=", "以下": "<="}
_INSIDE = frozenset("余多过")


@dataclass(frozen=True, slots=True)
class Marked:
    """Characters that a person marked, in raw offsets, with what the reader would make of the number in them."""

    start: int
    end: int
    text: str  # clean
    sentence: str  # clean
    number_start: int
    number_end: int
    number: str
    columns: dict[str, Any]  # suggestions for the form
    known: tuple[Statement, ...]  # figures that stand at the same number already


def marked(source: Source, start: int, end: int, kind: str, *, clean: bool = True) -> Marked:
    """What can be said of the marked characters before a person says more.

    Args:
        start, end: where they stand; offsets in clean text, or raw ones when `clean` is False.
        kind: one of `ADDABLE`.

    Raises ValueError for an empty or an impossible stretch, or another kind; SourceText.DoesNotExist for a source without text.
    """
    document = document_of(source)
    text = document.text
    if not clean and 0 <= start < end <= len(text.raw):
        start, end = text.clean_span(start, end)
    if kind not in ADDABLE or not 0 <= start < end <= len(text.clean) or not text.clean[start:end].strip():
        raise ValueError("请先在正文里选中一段文字 / mark some text of the document first")
    while text.clean[start].isspace():
        start += 1
    while text.clean[end - 1].isspace():
        end -= 1
    said = text.clean[start:end]
    evidence = evidence_at(document, start, end)
    first, last = start, end
    columns: dict[str, Any] = {}
    if kind == "figure":
        first, last, columns = _number(document, start, end)
        columns |= _beside(source, document, first)
    else:
        columns["subject_name"] = said
    raw_first, raw_last = text.raw_span(first, last)
    known = (
        standing().filter(source=source, number_start__lt=raw_last, number_end__gt=raw_first).exclude(figure_kind="")
    )
    return Marked(
        *text.raw_span(start, end),
        said,
        text.clean[slice(*text.clean_span(evidence.start, evidence.end))],
        raw_first,
        raw_last,
        text.clean[first:last],
        columns,
        tuple(known) if kind == "figure" else (),
    )


def _number(document: Document, start: int, end: int) -> tuple[int, int, dict[str, Any]]:
    """The number among the marked characters, as the reader's own scanner finds it; all of them when it finds none."""
    clean = document.text.clean
    around = evidence_window(document, start, end)
    found = [q for q in find_quantities(clean, *around) if q.start < end and q.stop > start]
    if not found:
        return start, end, {"bound": "=", "figure_kind": "level", "status": "actual", "text_value": clean[start:end]}
    q = max(found, key=lambda q: (min(q.end, end) - max(q.start, start), -q.start))
    bound = next((_AFTER[word] for word in _AFTER if q.after.startswith(word)), "")
    bound = bound or (">" if set(q.vague) & _INSIDE else "")
    before = clean[max(around[0], q.start - 3) : q.start]
    bound = bound or next((b for word, b in _BEFORE.items() if before.endswith(word)), "=")
    value = int(q.value) if float(q.value).is_integer() else q.value
    kind = {"rank": "rank", "fraction": "share", "tenths": "share", "half": "share", "ratio": "share"}.get(
        q.form, "level"
    )
    head = clean[end : q.start] if end < q.start else clean[start : q.start]
    return (
        q.start,
        q.end,
        {
            "value": value,
            "unit": q.unit,
            "bound": bound,
            "figure_kind": kind,
            "status": "actual",
            "text_value": clean[q.start : q.end],
            "property": head.strip(" ，。；：、了达约近超")[-24:],
        },
    )


def evidence_window(document: Document, start: int, end: int) -> tuple[int, int]:
    """Clean [start, end) of the sentences that hold a stretch."""
    held = [s for s in document.sentences if s.start < end and s.end > start]
    return (min(start, held[0].start), max(end, held[-1].end)) if held else (start, end)


def _beside(source: Source, document: Document, at: int) -> dict[str, Any]:
    """Subject and period of the figure that stands nearest in the text; the document's own region where there is none."""
    raw_at = document.text.raw_span(at, at + 1)[0]
    near = standing().filter(source=source, number_start__isnull=False).exclude(figure_kind="")
    rows = list(
        near.only(
            "subject_name", "period", "status", "number_start", "evidence_start", "evidence_end", "source", "payload"
        )
    )
    nearest = min(rows, key=lambda s: (abs((s.number_start or 0) - raw_at), s.pk), default=None)
    if nearest is None:
        code = place_of_code(source.region_code).region_code
        return {"subject_name": regions().by_code(code).name if code else "", "period": ""}
    inside = (nearest.evidence_start or 0) <= raw_at < (nearest.evidence_end or 0)
    return {"subject_name": nearest.subject_name, "period": nearest.period if inside else ""}


def add_missed(
    source_id: int,
    start: int,
    end: int,
    kind: str,
    columns: Mapping[str, Any],
    by: str,
    reason: str = "",
    *,
    clean: bool = True,
) -> Review:
    """Add what the reader missed at the marked characters. It stands like any finding, with the person as its origin.

    Args:
        start, end, kind, clean: as in `marked`.
        columns: what is said: of a figure `FIGURE_COLUMNS`, of a project or an enterprise what `COLUMNS_OF` names.

    Gives the review that records who, when and why; `undo_review` takes it back. Raises ValueError for what cannot be said.
    """
    with writing():
        source = Source.objects.get(pk=source_id)
        place = marked(source, start, end, kind, clean=clean)
        document = document_of(source)
        known = {"bound": "=", "figure_kind": "level", "status": "actual", "period": ""} if kind == "figure" else {}
        told = {**known, **columns}
        allowed = FIGURE_COLUMNS if kind == "figure" else COLUMNS_OF[kind]
        if not told.keys() <= {*allowed, "text_value"}:
            raise ValueError("有不能填写的栏目 / a column cannot be given")
        if kind == "figure":
            told = {"property": "", "subject_name": "", "value": None, "unit": ""} | told
        else:
            told = {"subject_name": place.text, "property": kind} | told
        check(kind == "figure", told)
        row = Statement(
            source=source,
            kind=kind,
            sentence="",
            confidence=1.0,
            reader_version=READER_VERSION,
            payload={"missed": True, "marked": [place.start, place.end]},
            **{name: value for name, value in told.items() if name not in IN_PAYLOAD},
        )
        row.payload |= {name: told[name] for name in IN_PAYLOAD & told.keys() if told[name]}
        if kind == "figure":
            row.text_value = place.number
            row.number_start, row.number_end = place.number_start, place.number_end
        elif kind == "project" and row.value is not None:
            row.unit = "元"
        evidence = evidence_at(document, *document.text.clean_span(place.start, place.end))
        row.evidence_start, row.evidence_end = min(evidence.start, place.start), max(evidence.end, place.end)
        row.sentence = document.text.raw[row.evidence_start : row.evidence_end]
        row.locator = evidence.locator
        changes = Changes()
        changes.moved(named(row, None, {"subject_name": row.subject_name, "object_name": row.object_name}))
        row = finished_by(with_clean(row, document.text), by, f"{source.digest} {place.start}")
        review = Review.objects.create(
            statement=row, verdict=Review.Verdict.ADDED, by=by, reason=reason, at=timezone.now()
        )
        changes.add([row, *carry(source).touched])
        changes.apply()
        return review
