"""Publishing a scorecard's results: from then on they stay as they were, whatever becomes of the figures and of the card."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.utils import timezone

from liantu.ledger.models import PublishedScores
from liantu.ledger.work.score_sources import Unit, figures_of
from liantu.ledger.writing import writing
from liantu.tracking.scoring import Raw, Scorecard, UnitScore


def frozen(units: Sequence[Unit], scores: Sequence[UnitScore], raws: dict[str, dict[str, Raw]]) -> list[dict[str, Any]]:
    """Results as plain values: every item with its raw value, formula, points and the sentences it rests on."""
    figures = figures_of(raws)
    names = {unit.key: unit.name for unit in units}
    return [
        {
            "unit": one.unit,
            "name": names[one.unit],
            "low": one.low,
            "high": one.high,
            "vetoed": one.vetoed,
            "first": one.first,
            "last": one.last,
            "items": [
                {
                    "id": i.item.id,
                    "name": i.item.name,
                    "weight": i.item.weight,
                    "method": i.item.method,
                    "value": i.raw.value if i.raw is not None else None,
                    "unit": i.raw.unit if i.raw is not None else "",
                    "target": i.raw.target if i.raw is not None else None,
                    "basis": i.raw.basis if i.raw is not None else "",
                    "formula": i.formula,
                    "low": i.low,
                    "high": i.high,
                    "reason": i.reason,
                    "evidence": [
                        {"statement": pk, "sentence": figures[pk].statement.sentence if pk in figures else ""}
                        for pk in (i.raw.statements if i.raw is not None else ())
                    ],
                }
                for i in one.items
            ],
        }
        for one in scores
    ]


def digest_of(text: str, rows: Sequence[dict[str, Any]]) -> str:
    """SHA-256 of a card's text and the results."""
    return sha256(json.dumps([text, list(rows)], ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def secrecy_of(raws: Mapping[str, Mapping[str, Raw]]) -> int:
    """How confidential results are: as the most confidential of what they were made from."""
    return max((raw.secrecy for items in raws.values() for raw in items.values()), default=0)


def publish_scores(
    card: Scorecard,
    text: str,
    period: str,
    region: str,
    rows: list[dict[str, Any]],
    by: str,
    note: str = "",
    secrecy: int = 0,
) -> PublishedScores:
    """Freeze results, at a level of confidentiality. Raises ValueError when there is nothing to publish."""
    if not rows:
        raise ValueError("没有被考核单位，不能发布 / there is no unit to publish results of")
    with writing():
        return PublishedScores.objects.create(
            card=card.id,
            title=card.name_zh,
            period=period,
            region_code=region,
            text=text,
            rows=rows,
            digest=digest_of(text, rows),
            note=note,
            secrecy=secrecy,
            by=by,
            at=timezone.now(),
        )
