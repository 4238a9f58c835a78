"""Documents and findings for tests of the ledger, written as short as the sentence they stand for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models

from liantu.extraction.model import Enterprise, Evidence, Figure, Findings, Project, Relation
from liantu.ledger import models as ledger
from liantu.reading.model import Block, Document, Sentence, Text

VIEWS = (
    ledger.Profile, ledger.FigureView, ledger.Fact, ledger.Pair, ledger.ProjectView, ledger.EnterpriseView,
    ledger.ChainView, ledger.Membership, ledger.TextKey, ledger.Fingerprint, ledger.PhraseView, ledger.SearchEntry,
)  # fmt: skip


def document(text: str, name: str = "报道.txt", publisher: str = "", published: date | None = None) -> Document:
    """A plain document of one paragraph."""
    return Document(
        source=name,
        digest=hashlib.sha256(f"{name}{text}{publisher}{published}".encode()).hexdigest(),
        media="txt",
        text=Text.identity(text),
        blocks=(Block("paragraph", 0, len(text)),),
        sentences=(Sentence(0, len(text), 0),),
        title=name,
        publisher=publisher or None,
        published=published,
    )


def figure(
    text: str, number: str, value: float, unit: str, indicator: str, subject: str = "晋中市", **columns: Any
) -> Figure:
    """A figure whose number stands in `text`."""
    at = text.index(number)
    columns = {"bound": "=", "kind": "level", "status": "actual", "period": "2024", "subject_kind": "region"} | columns
    return Figure(
        span=(at, at + len(number)), number=number, value=value, unit=unit, indicator=indicator, subject=subject,
        evidence=Evidence(text, 0, len(text)), **columns,
    )  # fmt: skip


def findings(
    made: Document,
    figures: Sequence[Figure] = (),
    projects: Sequence[Project] = (),
    enterprises: Sequence[Enterprise] = (),
    relations: Sequence[Relation] = (),
    **more: Any,
) -> Findings:
    """Findings in a document."""
    return Findings(
        source=made.source,
        title=made.title,
        publisher=made.publisher,
        published=made.published.isoformat() if made.published else None,
        figures=tuple(figures),
        projects=tuple(projects),
        enterprises=tuple(enterprises),
        relations=tuple(relations),
        **more,
    )


def says(
    number: str, value: float, unit: str, indicator: str, *, publisher: str = "", on: date | None = None, **columns: Any
) -> tuple[Document, Findings]:
    """A document with one sentence and its one figure."""
    subject = columns.setdefault("subject", "晋中市")
    text = f"{subject}{indicator}{number}{unit}。"
    made = document(text, name=f"{publisher or '某报'}{on or ''}.txt", publisher=publisher, published=on)
    return made, findings(made, [figure(text, number, value, unit, indicator, **columns)])


def snapshot() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every view, comparable between an updated and a rebuilt ledger."""
    return {model.__name__: sorted(map(repr, _rows(model))) for model in VIEWS}


def _rows(model: type[models.Model]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in model._default_manager.values_list()]
