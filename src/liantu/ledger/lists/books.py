"""A workbook of several lists that a person brings in: which sheet is which list, what would be made, then every sheet compared.

With a sheet 清单目录, lists that are not there yet are loaded with their versions, and those that are there are compared with their
newest sheet. Without one, sheets called like the lists of a kit are compared with the lists of one chain and region, which are made
first where there are none. Nothing is kept before the person says so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from liantu.ledger.exchange.grids import Grid
from liantu.ledger.exchange.importing import NotImportable, start_import, write
from liantu.ledger.exchange.tables import problem
from liantu.ledger.exchange.working import SMALL_ROWS, compare_soon
from liantu.ledger.lists.kits import install, offered
from liantu.ledger.lists.loading import load_told, read_book
from liantu.ledger.lists.table import PREFIX
from liantu.ledger.lists.told import CannotLoadError, ToldList, told_in_book
from liantu.ledger.models import ChainList, Import, ImportRow
from liantu.ledger.rights import Action, Place, as_asked, current_viewer, ensure, may
from liantu.ledger.storable import storable
from liantu.ledger.work.recording import add_record
from liantu.ledger.workbooks.list_sheets import list_sheets
from liantu.ledger.writing import writing
from liantu.vocabulary import list_kinds

BOOK = "book"
"""The kind of an import that is a workbook of lists; those of its sheets hang on it."""
State = Import.State


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet (the newest one of its list) and the list that it is: one of the ledger (`there`), or one to be made."""

    sheet: str
    title: str
    kind: str
    n_rows: int
    region: str
    chain: str
    there: ChainList | None
    n_versions: int = 0


class _TakenBackError(Exception):
    """Takes a trial back."""


def start_book(path: Path, name: str, by: str) -> Import:
    """Note a workbook of lists; one that holds none is refused and says why. What would not load is told among its problems."""
    batch = Import(kind=BOOK, name=storable(name)[:255], path=str(path), by=by, at=timezone.now())
    try:
        grids = read_book(path, name)
        told = told_in_book(grids, path.name)
        if told is None and not _sheets(grids):
            names = "、".join(grid.name for grid in grids if not grid.hidden)[:120]
            raise CannotLoadError(
                f"各工作表（{names}）的名称都不像清单；请按清单名称给工作表改名，或加一张“清单目录” / "
                f"no sheets ({names}) are called like lists; rename them, or add a sheet 清单目录"
            )
        batch.state = State.CHECKED
        batch.problems = [_said(error) for error in _trial(path.parent, told or [], by, grids)]
    except CannotLoadError as error:
        batch.state, batch.problems = State.REFUSED, [_said(error)]
    batch.save()
    return batch


def _said(error: CannotLoadError) -> dict[str, object]:
    zh, _, en = str(error).partition(" / ")
    return problem(zh, en or zh)


def _trial(folder: Path, told: Sequence[ToldList], by: str, grids: Sequence[Grid]) -> list[CannotLoadError]:
    """Load what is not there yet and take it back; gives what went wrong."""
    wrong = []
    for one in told:
        try:
            with writing(), transaction.atomic():
                load_told(folder, one, by, lambda path: grids)
                raise _TakenBackError
        except _TakenBackError:
            pass
        except CannotLoadError as error:
            wrong.append(error)
    return wrong


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A workbook as it was read; `told` is what its directory says, None without one."""

    grids: Sequence[Grid]
    told: Sequence[ToldList] | None

    def sheets(self, region: str = "", chain: str = "") -> list[BookSheet]:
        """Its lists: those that its directory names, else those that its sheets' names say for a region and chain."""
        rows = {grid.name.strip(): len(grid.rows) for grid in self.grids}
        if self.told is not None:
            return [_told_sheet(one, rows) for one in self.told]
        return [
            BookSheet(sheet, sheet, kind, rows[sheet], region, chain, _there(sheet, kind, region, chain))
            for sheet, kind in _sheets(self.grids).items()
        ]


def opened(batch: Import) -> OpenBook:
    """The workbook of an import. Raises CannotLoadError when the file has changed or gone."""
    grids = read_book(Path(batch.path), batch.name)
    return OpenBook(grids, told_in_book(grids, Path(batch.path).name))


def _told_sheet(told: ToldList, rows: dict[str, int]) -> BookSheet:
    head, newest = told.head, told.versions[-1].sheet
    there = ChainList.objects.filter(**told.same, removed_at=None).first()
    place = (head["region_code"], head["chain"])
    return BookSheet(newest, told.title, head["list_kind"], rows[newest], *place, there, len(told.versions))


def _sheets(grids: Sequence[Grid]) -> dict[str, str]:
    more = {item.title: item.kind for offer in offered() if offer.own is not None for item in offer.kit.lists}
    more |= dict(ChainList.objects.filter(removed_at=None).values_list("title", "list_kind"))
    shown = [(grid.name.strip(), grid.headers) for grid in grids if not grid.hidden and grid.header_row is not None]
    return list_sheets(shown, more)


def _there(title: str, kind: str, region: str, chain: str) -> ChainList | None:
    same = ChainList.objects.filter(list_kind=kind, region_code=region, chain=chain, removed_at=None)
    return same.filter(title=title).first()


def kit_for(sheets: Sequence[BookSheet]) -> str:
    """The kit most of whose lists the sheets are called like; empty when none has two of them."""
    titles = {(sheet.title, sheet.kind) for sheet in sheets}
    found = [(len(titles & {(i.title, i.kind) for i in offer.kit.lists}), offer.kit.id) for offer in offered()]
    n, kit_id = max(found, key=lambda pair: pair[0], default=(0, ""))
    return kit_id if n > 1 else ""


def take_in(
    batch: Import,
    by: str,
    *,
    region: str = "",
    chain: str = "",
    kit: str = "",
    owner_unit: str = "",
    leave_out: Collection[str] = (),
) -> list[Import]:
    """Make the lists that are not there yet (loaded with their versions where the workbook has a directory), and compare every other
    sheet with its list; gives the comparisons.

    Args:
        region, chain, kit, owner_unit: of the lists of a workbook without directory; `kit` is installed whole.
        leave_out: sheets that are not wanted.

    Raises CannotLoadError, NotImportable for a workbook that was dealt with before; RefusedError where the person may not edit.
    """
    with writing():
        locked = Import.objects.select_for_update().get(pk=batch.pk)
        if locked.state != State.CHECKED or locked.sheets.exists():
            raise NotImportable("这份表已经处理过，请重新上传 / this file has been dealt with; upload it again")
    book = opened(batch)
    sheets = [sheet for sheet in book.sheets(region, chain) if sheet.sheet not in leave_out]
    for sheet in sheets:
        ensure(Action.EDIT, sheet.there or Place(sheet.region, (sheet.chain,) if sheet.chain else ()))
    if kit and book.told is None:  # installed whole, whichever sheets are wanted
        ensure(Action.EDIT, Place(region, (chain,) if chain else ()))
    with writing():
        if book.told is not None:
            newest = {one.versions[-1].sheet: one for one in book.told}
            for sheet in sheets:
                if sheet.there is None:
                    load_told(Path(batch.path).parent, _publishable(newest[sheet.sheet]), by, lambda path: book.grids)
        else:
            if kit:
                install(kit, region, chain, by, owner_unit)
            sheets = [_made(sheet, by, owner_unit) for sheet in sheets]
        batches = []
        for sheet in sheets:
            if sheet.there is not None:
                one = start_import(f"{PREFIX}{sheet.there.pk}", Path(batch.path), batch.name, by, sheet.sheet)
                one.book = batch
                one.save(update_fields=["book"])
                batches.append(one)
        if not batches:
            Import.objects.filter(pk=batch.pk).update(state=State.DONE)
    return [compare_soon(one) for one in batches]


def _publishable(told: ToldList) -> ToldList:
    """A list with its days of publication only where the person may publish."""
    viewer = current_viewer()
    place = Place(told.head["region_code"], (told.head["chain"],) if told.head["chain"] else ())
    if viewer is None or may(viewer, Action.APPROVE, place).allowed:
        return told
    return replace(told, versions=tuple(replace(version, published_on=None) for version in told.versions))


def _made(sheet: BookSheet, by: str, owner_unit: str) -> BookSheet:
    with as_asked():
        there = sheet.there or _there(sheet.title, sheet.kind, sheet.region, sheet.chain)
    if there is None:
        kind = list_kinds()[sheet.kind]
        values = {"title": sheet.title, "list_kind": sheet.kind, "region_code": sheet.region, "chain": sheet.chain}
        values |= {"rhythm": kind.rhythm, "owner_unit": owner_unit}
        there = ChainList.objects.get(pk=add_record("list", values, by, "导入清单工作簿").row)
    return replace(sheet, there=there)


def write_book(batch: Import, by: str) -> int:
    """Write every sheet that was compared: all of them, or none; gives how many lists changed.

    Raises NotImportable when a sheet has errors, or more rows than are written while a page waits.
    """
    with writing():
        waiting = list(batch.sheets.filter(state=State.CHECKED).order_by("pk"))
        for one in waiting:
            rows = ImportRow.objects.filter(batch=one)
            if rows.filter(action=ImportRow.Action.ERROR).exists() or any(p.get("blocks") for p in one.problems):
                zh = f"工作表“{one.sheet}”还有错，一行都没有写入；请先看那张表的核对结果"
                raise NotImportable(f"{zh} / sheet {one.sheet} has errors; nothing was written: see its comparison")
            if rows.count() > SMALL_ROWS:
                zh = f"工作表“{one.sheet}”行数较多，请进它的核对结果单独写入"
                raise NotImportable(f"{zh} / sheet {one.sheet} has many rows: write it from its own comparison")
        done = [write(one.pk, by) for one in waiting]
    return sum(1 for one in done if one.changes is not None)
