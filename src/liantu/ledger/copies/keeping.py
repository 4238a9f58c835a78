"""The copy relation kept up to date with the documents that stand, their texts, their dates and people's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from liantu.ledger.copies.bodies import Shelf, takes_part
from liantu.ledger.copies.candidates import Entry, Order, candidates, entries, forget, index
from liantu.ledger.copies.finding import WHOLE, Found, originals_of, repeats
from liantu.ledger.models import Copy, CopyWord, Fingerprint, Source, TextKey
from liantu.ledger.standing import batches


class _Search:
    """One look at an index that does not change meanwhile: bodies and candidates are looked up once."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self._near: dict[int, list[Entry]] = {}

    def near(self, pk: int) -> list[Entry]:
        """The documents worth comparing with one, the earliest first."""
        if pk not in self._near:
            self._near[pk] = candidates(pk)
        return self._near[pk]


def bring_up_to_date(changed: Iterable[Source]) -> set[int]:
    """Find anew what the given sources repeat and what repeats them, after they came, changed or went.

    Gives the ids of all sources whose statements may now be somebody else's words, or their own again.
    """
    sources = {source.pk: source for source in changed}
    search = _Search()
    touched = set(Copy.objects.filter(original__in=sources).values_list("source", flat=True))
    for pk, source in sources.items():
        if takes_part(source):
            index(source, search.shelf.body(pk).prepared.text)
        else:
            forget(pk)
    for pk in sources:
        touched |= {pk} | _later(pk, touched, search)
    moved = {pk for pk in touched if _settle(pk, search)} | set(sources)
    return moved | _dependent(moved)


def find_all(progress: Callable[[int], None]) -> None:
    """The index and the copy relation made anew from all texts; `progress` hears how many are done."""
    for view in (Copy, Fingerprint, TextKey):
        view._default_manager.all().delete()
    rows = Source.objects.filter(state=Source.State.READY, n_cells=0, text__isnull=False).order_by("pk")
    for source in rows.iterator(chunk_size=200):
        index(source, Shelf().body(source.pk).prepared.text)
    for done, pk in enumerate(list(TextKey.objects.order_by("pk").values_list("pk", flat=True)), start=1):
        _settle(pk, _Search())
        progress(done)


def _later(pk: int, known: set[int], search: _Search) -> set[int]:
    """Documents published later that repeat the given one and are not accounted for by still earlier ones."""
    own = entries([pk]).get(pk)
    if own is None:
        return set()
    found = set()
    later = [other for other in search.near(pk) if other.order > own.order and other.source not in known]
    settled = _settled_before([other.source for other in later], own.order)
    for other in later:
        if other.source not in settled and repeats(other.source, pk, search.shelf):
            found.add(other.source)
    return found


def _settled_before(sources: list[int], order: Order) -> set[int]:
    """Those that are copied as a whole from a document before `order`: originals behind that one are not sought."""
    whole: dict[int, int] = {}
    for part in batches(sources):
        whole.update(Copy.objects.filter(source__in=part, share__gte=WHOLE).values_list("source", "original"))
    above = entries(sorted(set(whole.values())))
    return {source for source, original in whole.items() if original in above and above[original].order < order}


def _settle(pk: int, search: _Search) -> bool:
    """Store what one document repeats; gives whether that changed."""
    found: list[Found] = []
    if not CopyWord.objects.filter(source=pk, undone_at=None).exists():
        own = entries([pk]).get(pk)
        if own is not None:
            found = originals_of(pk, (other for other in search.near(pk) if other.order < own.order), search.shelf)
    rows = [
        Copy(
            source_id=pk,
            original_id=each.original,
            kind=each.kind,
            share=each.share,
            original_share=each.original_share,
            passages=[list(passage) for passage in each.passages],
        )
        for each in found
    ]
    old = list(Copy.objects.filter(source=pk).order_by("pk"))
    if [_said(row) for row in old] == [_said(row) for row in rows]:
        return False
    Copy.objects.filter(source=pk).delete()
    Copy.objects.bulk_create(rows)
    return True


def _said(row: Copy) -> tuple[object, ...]:
    return row.original_id, row.kind, row.share, row.original_share, row.passages


def _dependent(sources: set[int]) -> set[int]:
    """Copies of the given sources, and copies of those: whose word theirs is goes through them."""
    found: set[int] = set()
    edge = sources
    while edge:
        below: set[int] = set()
        for part in batches(sorted(edge)):
            below.update(Copy.objects.filter(original__in=part).values_list("source", flat=True))
        edge = below - found - sources
        found |= edge
    return found
