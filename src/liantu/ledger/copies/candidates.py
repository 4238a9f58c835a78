"""The index over all documents that stand, and which of them are worth comparing with one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from liantu.ledger.models import Fingerprint, Source, TextKey
from liantu.ledger.standing import batches
from liantu.resolution.duplicates import Signature, may_be_copies, signature

_NUMBERS = 2**32  # fingerprints of numbers lie above (`resolution.duplicates.signature`)
Order = tuple[date, bool, int, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the index. `order` says which of two is the original: the smaller."""

    source: int
    order: Order
    n_shingles: int
    n_numbers: int
    digest: str


def order_of(source: Source, length: int) -> Order:
    """The place of a document among its copies, whenever it was taken in.

    First whatever was published first; of one day, what names no other publisher, then the longer text; the digest of
    the bytes settles what is left. A document without a date comes after all that have one.
    """
    reprinted = bool(source.host and source.publisher and source.host != source.publisher)
    return source.published or date.max, reprinted, -length, source.digest


def index(source: Source, text: str) -> Signature | None:
    """Note the body text of a source, in place of what was noted of it before."""
    found = signature(text)
    if found is None:
        forget(source.pk)
        return None
    known = TextKey.objects.filter(pk=source.pk).values_list("digest", flat=True).first()
    if known != found.digest:
        forget(source.pk)
        TextKey.objects.create(
            source=source,
            digest=found.digest,
            length=found.length,
            n_shingles=len(found.shingles),
            n_numbers=len(found.numbers),
        )
        rows = [Fingerprint(value=value, source=source) for value in (*found.shingles, *found.numbers)]
        Fingerprint.objects.bulk_create(rows, batch_size=400)
    return found


def forget(source: int) -> None:
    """Take a source out of the index."""
    Fingerprint.objects.filter(source=source).delete()
    TextKey.objects.filter(pk=source).delete()


def entries(sources: list[int]) -> dict[int, Entry]:
    """The given documents, as far as they are in the index."""
    found: dict[int, Entry] = {}
    for part in batches(sources):
        for key in TextKey.objects.filter(pk__in=part).select_related("source"):
            order = order_of(key.source, key.length)
            found[key.pk] = Entry(key.pk, order, key.n_shingles, key.n_numbers, key.digest)
    return found


def candidates(source: int) -> list[Entry]:
    """The documents worth comparing with one that is in the index, the earliest first.

    One walk along the index for each of its fingerprints; no text is looked at.
    """
    own = entries([source]).get(source)
    if own is None:
        return []
    shingles: Counter[int] = Counter()
    numbers: Counter[int] = Counter()
    values = list(Fingerprint.objects.filter(source=source).values_list("value", flat=True))
    for part in batches(sorted(values), 800):
        for kind, within in (
            (shingles, [v for v in part if v < _NUMBERS]),
            (numbers, [v for v in part if v >= _NUMBERS]),
        ):
            if within:
                rows = Fingerprint.objects.filter(value__in=within).order_by()
                kind.update(dict(rows.values_list("source_id").annotate(n=Count("*"))))
    twins = set(TextKey.objects.filter(digest=own.digest).values_list("pk", flat=True))
    near = twins - {source}
    for part in batches(sorted(pk for pk, shared in shingles.items() if shared > 1 and pk not in twins)):
        for pk, n_shingles, n_numbers in TextKey.objects.filter(pk__in=part).values_list(
            "pk", "n_shingles", "n_numbers"
        ):
            if may_be_copies((shingles[pk], own.n_shingles, n_shingles), (numbers[pk], own.n_numbers, n_numbers)):
                near.add(pk)
    return sorted(entries(sorted(near - {source})).values(), key=lambda entry: entry.order)
