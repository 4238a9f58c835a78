"""Giving a source its publication date, and reading it again in that light."""

from __future__ import annotations

from datetime import date

from liantu.extraction import extract
from liantu.ledger.additions import Origin, store
from liantu.ledger.checking import keep_checks
from liantu.ledger.content import StatementMaker
from liantu.ledger.models import Source
from liantu.ledger.naming import EntityFinder
from liantu.ledger.packing import document_of
from liantu.ledger.places import document_region
from liantu.ledger.refresh import Changes
from liantu.ledger.told import tell
from liantu.ledger.writing import writing


def set_published(source_id: int, published: date, by: str) -> Source:
    """Give a source its publication date and read it again: 今年 and 目前 now mean what they meant on that day.

    What people said of its statements holds for the new reading.
    """
    with writing():
        source = Source.objects.select_related("text").get(pk=source_id)
        source.published, source.published_by = published, by
        source.published_start = source.published_end = None
        source.save(update_fields=["published", "published_by", "published_start", "published_end"])
        if source.n_cells or not hasattr(source, "text"):
            changes = Changes()
            changes.sources([source])
            changes.apply()
            return source
        document = document_of(source)
        findings = extract(document)
        source.region_code = document_region(findings)
        source.problems = [p for p in source.problems if p.get("code") != "no_date"]
        source.save(update_fields=["region_code", "problems"])
        finder = EntityFinder.for_findings(findings, source, source.region_code)
        told = tell(document, findings)
        statements = list(StatementMaker(source, findings, finder, by, document.text, told.phrases))
        keep_checks(source, told.checks, document.text.raw)
        store(source, statements, finder.moved, Origin(), text=None)
        return source
