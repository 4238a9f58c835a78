"""Comparisons inside documents: kept with every reading, weighed, and what people said of them held."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from django.utils import timezone

from liantu.extraction.checks import CheckResult
from liantu.ledger.attention import importance
from liantu.ledger.ids import row_id
from liantu.ledger.models import Check, CheckWord, Source
from liantu.ledger.standing import batches
from liantu.ledger.storable import storable
from liantu.ledger.writing import writing

ANY = "*"


@cache
def _weights() -> dict[tuple[str, str], float]:
    """Weight of a rule and verdict (`data/check_weights.csv`). Raises ValueError for a row without source."""
    found = {}
    with (files("liantu.ledger") / "data" / "check_weights.csv").open(encoding="utf-8") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            if not row["source"] or row["verdict"] not in {Check.Verdict.DIFFERS, Check.Verdict.SUSPICIOUS}:
                raise ValueError(f"check_weights.csv:{line}: {row}")
            found[row["rule"], row["verdict"]] = float(row["weight"])
    return found


def weight_of(check: Check) -> int:
    """How much a comparison asks for a person's eye: what the rule weighs, times how large the figure is; 0 where it fits."""
    if check.verdict == Check.Verdict.OK:
        return 0
    weights = _weights()
    base = weights.get((check.rule, check.verdict), weights[ANY, check.verdict])
    factor, _reasons = importance(check.stated, check.unit, "level", "actual")
    return max(1, round(base * factor))


def place_of(result: CheckResult, raw: str) -> str:
    """What was compared, in words: the rule, the sentence, and the number it states. Equal in every reprint."""
    start, end = result.spans[-1]
    sentence = "".join(result.evidence.text.split())
    at = result.evidence.text.count(raw[start:end], 0, max(0, start - result.evidence.start))
    return row_id(result.rule, sentence, raw[start:end], at)


def keep_checks(source: Source, results: Sequence[CheckResult], raw: str) -> None:
    """Keep the comparisons of the present reading in place of those of earlier ones. `raw` is the text they count in."""
    rows: dict[str, Check] = {}
    for result in results:
        row = Check(
            source=source,
            rule=result.rule,
            verdict=result.verdict,
            place=place_of(result, raw),
            spans=[list(span) for span in result.spans],
            computed=result.computed,
            stated=result.stated,
            unit=result.unit[:32],
            tolerance=result.tolerance,
            message_zh=storable(result.message_zh),
            message_en=storable(result.message_en),
            sentence=storable(result.evidence.text),
            evidence_start=result.evidence.start,
            evidence_end=result.evidence.end,
            locator=storable(result.evidence.locator)[:255],
        )
        row.id = row_id(source.digest, row.place, row.spans)
        rows[row.id] = row
    settled = _settled({row.place for row in rows.values()})
    for row in rows.values():
        row.weight = 0 if row.place in settled else weight_of(row)
    Check.objects.filter(source=source).delete()
    Check.objects.bulk_create(rows.values(), batch_size=300)


def dismiss_check(check_id: str, by: str, reason: str = "") -> CheckWord:
    """Say that a comparison needs no further look, wherever the same sentence stands. Raises Check.DoesNotExist."""
    with writing():
        check = Check.objects.get(pk=check_id)
        word = CheckWord.objects.filter(place=check.place, undone_at=None).first()
        if word is None:
            word = CheckWord.objects.create(
                source_id=check.source_id,
                place=check.place,
                message_zh=check.message_zh,
                message_en=check.message_en,
                by=by,
                reason=reason,
                at=timezone.now(),
            )
            Check.objects.filter(place=check.place).update(weight=0)
        return word


def undo_dismissal(word_id: int, by: str) -> CheckWord:
    """Take that word back: the comparison asks again. Raises CheckWord.DoesNotExist."""
    with writing():
        word = CheckWord.objects.get(pk=word_id)
        if word.undone_at is None:
            word.undone_at, word.undone_by = timezone.now(), by
            word.save(update_fields=["undone_at", "undone_by"])
            if not _settled({word.place}):
                for check in Check.objects.filter(place=word.place):
                    check.weight = weight_of(check)
                    check.save(update_fields=["weight"])
        return word


def _settled(places: Iterable[str]) -> set[str]:
    """Those places of which a person said that they need no further look."""
    found: set[str] = set()
    for part in batches(sorted(places)):
        found.update(CheckWord.objects.filter(place__in=part, undone_at=None).values_list("place", flat=True))
    return found
