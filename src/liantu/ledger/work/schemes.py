"""Local words for stages: the shipped schemes, and what an office made of them or added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liantu.ledger.models import StageBucket
from liantu.ledger.work.recording import add_record
from liantu.ledger.writing import writing
from liantu.vocabulary.stages import SchemeBucket, stage_schemes, stages


@dataclass(frozen=True, slots=True)
class Scheme:
    """A local scheme. `own` when the office keeps its buckets itself; `rows` are then the records behind them."""

    id: str
    title: str
    buckets: tuple[SchemeBucket, ...]
    own: bool
    rows: tuple[StageBucket, ...] = ()

    def bucket_of(self, stage: str) -> str:
        """The local word for a canonical stage: that of the last bucket whose stage is reached by then; empty when none is."""
        order = {value: known.order for value, known in stages().items()}
        if stage not in order:
            return ""
        reached = [b for b in self.buckets if order[b.stage] <= order[stage]]
        return max(reached, key=lambda b: (order[b.stage], b.order)).bucket if reached else ""


def schemes() -> dict[str, Scheme]:
    """All schemes by id: the office's own buckets stand in place of the shipped ones of that id."""
    own: dict[str, list[StageBucket]] = {}
    for row in StageBucket.objects.filter(removed_at=None).order_by("scheme", "order", "pk"):
        own.setdefault(row.scheme, []).append(row)
    found = {
        name: Scheme(name, buckets[0].title, buckets, False)
        for name, buckets in stage_schemes().items()
        if name not in own
    }
    found |= {name: _own(name, rows) for name, rows in own.items()}
    return dict(sorted(found.items()))


def _own(name: str, rows: Sequence[StageBucket]) -> Scheme:
    buckets = tuple(SchemeBucket(name, r.title, r.order, r.bucket, r.stage, r.source) for r in rows)
    return Scheme(name, rows[0].title, buckets, True, tuple(rows))


def take_over(scheme: str, by: str) -> None:
    """Copy a shipped scheme into the office's own records, where it can be changed.

    Raises KeyError when no such scheme is shipped, ValueError when the office keeps it already.
    """
    shipped = stage_schemes()[scheme]
    with writing():
        if StageBucket.objects.filter(scheme=scheme, removed_at=None).exists():
            raise ValueError("这套叫法已经是本单位自己的了 / the office keeps this scheme already")
        for bucket in shipped:
            values = {
                "scheme": scheme, "title": bucket.title, "order": bucket.order, "bucket": bucket.bucket,
                "stage": bucket.stage, "source": bucket.source,
            }  # fmt: skip
            add_record("bucket", values, by)
