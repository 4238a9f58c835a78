"""Published versions of a list: frozen copies with number, date, by whom; their differences; freshness of lists."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Max, Q
from django.utils import timezone

from liantu.ledger.models import ChainList, ListRow, ListVersion, ListVersionRow
from liantu.ledger.storable import storable
from liantu.ledger.work.recording import change_record
from liantu.ledger.writing import writing
from liantu.tracking.list_versions import Difference, VersionRow, difference
from liantu.vocabulary.lists import rhythms

BATCH = 500


def rows_now(chain_list: ChainList) -> list[VersionRow]:
    """The rows of a list as they stand, in its order."""
    rows = chain_list.rows.filter(removed_at=None).order_by("position", "pk")
    return [
        VersionRow(pk, key, name, cells)
        for pk, key, name, cells in rows.values_list("pk", "key", "name", "cells").iterator(chunk_size=2000)
    ]


def rows_of(version: ListVersion | None) -> list[VersionRow]:
    """The rows of a published version, in its order; none of no version."""
    if version is None:
        return []
    rows = version.rows.order_by("position").values_list("row", "key", "name", "cells")
    return [VersionRow(*row) for row in rows.iterator(chunk_size=2000)]


def latest(chain_list: ChainList) -> ListVersion | None:
    """The newest published version."""
    return chain_list.versions.order_by("-number").first()


def former(version: ListVersion) -> ListVersion | None:
    """The version published before this one."""
    return ListVersion.objects.filter(list_id=version.list_id, number__lt=version.number).order_by("-number").first()


def compared(chain_list: ChainList, before: ListVersion | None, after: ListVersion | None) -> Difference:
    """What leads from one version to another; None stands for nothing before, and for the list as it is now after."""
    columns = [column.key for column in chain_list.kind.all_columns]
    return difference(rows_of(before), rows_of(after) if after is not None else rows_now(chain_list), columns)


def publish(list_id: int, by: str, note: str = "", published_on: date | None = None) -> ListVersion:
    """Freeze a list as it stands under the next number; publishing confirms it as well.

    Raises ValueError when it has no rows, when nothing has changed since the last version, or when the day lies before that of
    the last version or in the future.
    """
    with writing():
        chain_list = ChainList.objects.select_for_update().get(pk=list_id, removed_at=None)
        on, before = published_on or timezone.localdate(), latest(chain_list)
        rows = list(chain_list.rows.filter(removed_at=None).order_by("position", "pk"))
        if not rows:
            raise ValueError("清单里一行都没有，不能发布 / the list has no rows; there is nothing to publish")
        if on > timezone.localdate():
            raise ValueError("发布日期不能晚于今天 / a version cannot be published in the future")
        if before is not None and on < before.published_on:
            raise ValueError(
                f"发布日期早于第 {before.number} 版的 {before.published_on} / "
                f"the day lies before that of version {before.number}, {before.published_on}"
            )
        change = compared(chain_list, before, None)
        if before is not None and change.is_empty and list(before.columns) == list(chain_list.columns):
            raise ValueError(
                f"与第 {before.number} 版完全相同，没有新发布；只想说明“没有变化”，请点“确认无变化” / "
                f"nothing has changed since version {before.number}; to say so, confirm the list"
            )
        version = ListVersion(
            list=chain_list,
            number=(before.number if before is not None else 0) + 1,
            title=chain_list.title,
            list_kind=chain_list.list_kind,
            region_code=chain_list.region_code,
            chain=chain_list.chain,
            owner_unit=chain_list.owner_unit,
            owner_person=chain_list.owner_person,
            columns=list(chain_list.columns),
            published_on=on,
            by=by,
            at=timezone.now(),
            note=storable(note)[:2000],
            n_rows=len(rows),
            n_added=len(change.added),
            n_removed=len(change.removed),
            n_changed=len(change.changed),
        )
        frozen = [
            ListVersionRow(
                version=version,
                position=at,
                row=row.pk,
                key=row.key,
                name=row.name,
                entity=row.entity_id,
                statement=row.statement,
                cells=row.cells,
            )
            for at, row in enumerate(rows, start=1)
        ]
        version.digest = digest_of(version, frozen)
        version.save()
        ListVersionRow.objects.bulk_create(frozen, batch_size=BATCH)
        if chain_list.confirmed_on is None or chain_list.confirmed_on < on:
            _confirmed(chain_list, on, by, f"发布第 {version.number} 版")
        return version


def confirm(list_id: int, by: str) -> None:
    """Note that somebody has looked through a list today and found it right. Raises ValueError at the second time."""
    chain_list = ChainList.objects.get(pk=list_id, removed_at=None)
    today = timezone.localdate()
    if chain_list.confirmed_on == today:
        raise ValueError("今天已经确认过 / it has been confirmed today already")
    _confirmed(chain_list, today, by, "确认无变化")


def _confirmed(chain_list: ChainList, on: date, by: str, reason: str) -> None:
    change_record("list", chain_list.pk, chain_list.version, {"confirmed_on": on}, by, reason)


def digest_of(version: ListVersion, rows: Iterable[ListVersionRow]) -> str:
    """SHA-256 over a version's head and rows."""
    hasher = hashlib.sha256()
    for line in _lines(version, rows):
        hasher.update(json.dumps(line, ensure_ascii=False, sort_keys=True).encode())
        hasher.update(b"\n")
    return hasher.hexdigest()


def _lines(version: ListVersion, rows: Iterable[ListVersionRow]) -> Iterator[list[object]]:
    yield [
        version.list_id, version.number, version.title, version.list_kind, version.region_code, version.chain,
        version.owner_unit, version.owner_person, list(version.columns), version.published_on.isoformat(), version.by,
        version.note, version.n_rows, version.n_added, version.n_removed, version.n_changed,
    ]  # fmt: skip
    for row in rows:
        cells = {key: f"{value:.12g}" if isinstance(value, float) else value for key, value in row.cells.items()}
        yield [row.position, row.row, row.key, row.name, row.entity, row.statement, cells]


def is_untouched(version: ListVersion) -> bool:
    """Whether a version still is what was published: false when somebody altered the database beneath the program."""
    return digest_of(version, version.rows.order_by("position").iterator(chunk_size=2000)) == version.digest


def days_since(chain_list: ChainList, today: date) -> int | None:
    """Days since somebody last confirmed a list; None when nobody has."""
    return (today - chain_list.confirmed_on).days if chain_list.confirmed_on is not None else None


def freshness_of(chain_list: ChainList, today: date) -> str:
    """`fresh`, `due`, `stale`, `never` confirmed, or `open` for a list without rhythm."""
    return rhythms()[chain_list.rhythm].freshness(days_since(chain_list, today))


def freshness_q(state: str, today: date) -> Q:
    """Lists of a freshness."""
    found = Q(pk__in=[])
    for value, rhythm in rhythms().items():
        one = Q(rhythm=value)
        if rhythm.due_after is None or rhythm.stale_after is None:
            if state == "open":
                found |= one
            continue
        due, stale = (today - timedelta(days=days) for days in (rhythm.due_after, rhythm.stale_after))
        if state == "never":
            found |= one & Q(confirmed_on=None)
        elif state == "fresh":
            found |= one & Q(confirmed_on__gte=due)
        elif state == "due":
            found |= one & Q(confirmed_on__lt=due, confirmed_on__gte=stale)
        elif state == "stale":
            found |= one & Q(confirmed_on__lt=stale)
    return found


def without_owner(rows: Iterable[int]) -> dict[int, int]:
    """Rows without owner by list."""
    from django.db.models import Count

    found = ListRow.objects.filter(list_id__in=list(rows), removed_at=None, has_owner=False)
    return dict(found.order_by().values_list("list_id").annotate(n=Count("pk")))


def next_position(chain_list: ChainList) -> int:
    """Where a new row comes: behind the last one."""
    return (chain_list.rows.aggregate(last=Max("position"))["last"] or 0) + 1
