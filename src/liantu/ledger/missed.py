"""What the reader missed, marked in the text by a person: evidence and all, like any other finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from liantu.extraction import READER_VERSION
from liantu.extraction.evidence import evidence_at
from liantu.extraction.figures.at_place import number_at
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

ADDABLE = ("figure", "project", "enterprise")  # on pages
KINDS = (*ADDABLE, "chain", "relation")


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
        kind: one of `KINDS`.

    Raises ValueError for an empty or an impossible stretch, or another kind; SourceText.DoesNotExist for a source without text.
    """
    document = document_of(source)
    text = document.text
    if not clean and 0 <= start < end <= len(text.raw):
        start, end = text.clean_span(start, end)
    if kind not in KINDS or not 0 <= start < end <= len(text.clean) or not text.clean[start:end].strip():
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
    q = number_at(document, start, end)
    if q is None:
        return start, end, {"bound": "=", "figure_kind": "level", "status": "actual", "text_value": clean[start:end]}
    head = clean[end : q.start] if end < q.start else clean[start : q.start]
    columns = {"value": q.value, "unit": q.unit, "bound": q.bound, "figure_kind": q.kind, "status": "actual"}
    return q.start, q.end, columns | {"text_value": q.text, "property": head.strip(" ，。；：、了达约近超")[-24:]}


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


def _read(place: Marked) -> tuple[Any, Any]:
    """Value and unit of a marked number as the reader reads it."""
    return place.columns.get("value"), place.columns.get("unit")


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
    proposed_by: str = "",
) -> Review:
    """Add what the reader missed at the marked characters. It stands like any finding, with the person as its origin.

    Args:
        start, end, kind, clean: as in `marked`.
        columns: what is said: of a figure `FIGURE_COLUMNS`, of other kinds what `COLUMNS_OF` names.
        proposed_by: the model whose proposal the person accepts. Its value must then be what the number in the text says.

    Gives the review that records who, when and why; `undo_review` takes it back. Raises ValueError for what cannot be said.
    """
    if kind not in ADDABLE and not proposed_by:
        raise ValueError("这一类不能手工补录 / what is of this kind cannot be added by hand")
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
        if proposed_by and kind == "figure" and (told["value"], told["unit"]) != _read(place):
            raise ValueError("数值或单位与原文不符 / value or unit is not what the text says")
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
        row.payload |= {"proposed_by": proposed_by} if proposed_by else {}
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
