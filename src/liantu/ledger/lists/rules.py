"""What a list, a row and an own kit must satisfy before they are kept."""

from __future__ import annotations

from django.utils import timezone

from liantu.ledger.lists.cells import has_owner, key_of, name_of, problems_of, unknown_columns
from liantu.ledger.models import ChainList, InstalledKit, ListRow, OwnKit
from liantu.ledger.models.records import WorkRecord
from liantu.vocabulary.kits import check_kit
from liantu.vocabulary.regions import regions


def check_row(row: WorkRecord) -> None:
    """A row: its cells, and that no other row of the list is the same. Sets what is computed from the cells."""
    assert isinstance(row, ListRow)
    kind = row.list.kind
    wrong = [f"{zh} / {en}" for _, zh, en in problems_of(kind, row.cells)]
    if strange := unknown_columns(kind, row.cells):
        wrong.append(f"没有栏目 {'、'.join(strange)} / no such columns: {', '.join(strange)}")
    if wrong:
        raise ValueError("\n".join(wrong))
    row.key, row.name, row.has_owner = key_of(kind, row.cells), name_of(kind, row.cells), has_owner(row.cells)
    same = ListRow.objects.filter(list_id=row.list_id, key=row.key, removed_at=None).exclude(pk=row.pk)
    other = same.first() if row.removed_at is None else None
    if other is not None:
        raise ValueError(
            f"清单里已有“{other.name}”，请改那一行 / the list has a row {other.name} already: change that one"
        )


def check_list(row: WorkRecord) -> None:
    """A list: its place is a place, and nobody confirmed it in the future."""
    assert isinstance(row, ChainList)
    _check_region(row.region_code)
    if row.confirmed_on is not None and row.confirmed_on > timezone.localdate():
        raise ValueError("“最近确认”不能晚于今天 / a list cannot be confirmed in the future")
    if row.pk and row.version > 1:
        kind = ChainList.objects.filter(pk=row.pk).values_list("list_kind", flat=True).first()
        has_rows = ListRow.objects.filter(list_id=row.pk).exists() or row.versions.exists()
        if kind != row.list_kind and has_rows:
            raise ValueError(
                "清单已有内容，不能改种类；请另建一份 / a list that has rows keeps its kind: make another one"
            )
    same = ChainList.objects.filter(
        title=row.title, list_kind=row.list_kind, region_code=row.region_code, chain=row.chain, secrecy=row.secrecy,
        removed_at=None,
    )  # fmt: skip
    if row.removed_at is None and same.exclude(pk=row.pk).exists():
        raise ValueError(f"这个地区、这条链已有“{row.title}” / this region and chain have a list {row.title} already")


def check_installed(row: WorkRecord) -> None:
    """An installed kit: its place is a place."""
    assert isinstance(row, InstalledKit)
    _check_region(row.region_code)


def check_own_kit(row: WorkRecord) -> None:
    """An own kit: its text is a kit."""
    assert isinstance(row, OwnKit)
    kit, problems = check_kit(row.text)
    if kit is None:
        raise ValueError("\n".join(str(problem) for problem in problems))


def _check_region(code: str) -> None:
    if code and code not in regions():
        raise ValueError(f"没有代码为 {code} 的地区 / there is no region with the code {code}")
