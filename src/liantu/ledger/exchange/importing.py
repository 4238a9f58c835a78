"""A file that comes back: compared (a dry run), then written as a whole or without its bad rows, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from liantu.ledger.exchange.allowed import OUTSIDE, held_back, limits_of, refuse
from liantu.ledger.exchange.comparing import Comparison
from liantu.ledger.exchange.grids import LIMITS, TASK, Grid
from liantu.ledger.exchange.lists import ExchangeList, Row, list_of
from liantu.ledger.exchange.namesakes import ask_to_compare
from liantu.ledger.exchange.tables import CITY, NOTES, problem, table_of
from liantu.ledger.exchange.versions import version_of
from liantu.ledger.exchange.writing_rows import Told, begin, writer_for
from liantu.ledger.inserting import insert
from liantu.ledger.models import HeaderMeaning, Import, ImportRow, RowChange
from liantu.ledger.rights import Viewer, unrestricted
from liantu.ledger.standing import batches
from liantu.ledger.storable import storable
from liantu.ledger.workbooks.columns import plain
from liantu.ledger.writing import writing
from liantu.reading import SafeReader, UnreadableError, WorkerError

State, Action = Import.State, ImportRow.Action
Progress = Callable[[int, int], None]
BATCH = 500


class NotImportable(ValueError):
    """An import cannot be written as it stands; says why in both languages."""


class Stopped(Exception):
    """Somebody stopped the import; nothing of it was written."""


def start_import(kind: str, path: Path, name: str, by: str, sheet: str = "") -> Import:
    """Note a file that is to be compared, or one sheet of it. Raises KeyError for an unknown list."""
    return Import.objects.create(
        kind=list_of(kind).kind, name=storable(name)[:255], path=str(path), by=by, at=timezone.now(), sheet=sheet[:255]
    )


def compare(
    import_id: int,
    progress: Progress | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
    grids: Sequence[Grid] | None = None,
) -> Import:
    """The dry run: every problem and every difference at once. Nothing but the import itself is changed.

    `grids` are the sheets of its file where they were read already.

    Raises Import.DoesNotExist, Stopped.
    """
    batch = Import.objects.get(pk=import_id)
    with unrestricted():  # a row that its person may not see is still the row that the file means
        return _compared(batch, limits_of(batch.by), progress, is_stopped, grids)


def _compared(
    batch: Import,
    limits: Viewer | None,
    progress: Progress | None,
    is_stopped: Callable[[], bool],
    grids: Sequence[Grid] | None,
) -> Import:
    list_ = list_of(batch.kind)
    ImportRow.objects.filter(batch=batch).delete()
    batch.state, batch.problems, batch.n_rows, batch.n_unchanged = State.CHECKING, [], 0, 0
    if grids is None:
        try:
            with SafeReader(TASK, LIMITS) as reader:
                grids = reader.read(batch.path, batch.name)
        except UnreadableError as error:
            said = error.problem
            return _refused(batch, said.message_zh, said.message_en)
        except WorkerError as error:
            return _refused(batch, f"读取程序没能启动：{error}", f"the reader did not start: {error}")
    if batch.sheet:  # the notes tell which rows went out
        grids = [grid for grid in grids if grid.name.strip() in {batch.sheet, NOTES}]
    table = table_of(list_, grids, batch.mapping)
    if table is None:
        return _refused(batch, *_no_list(list_, grids))
    batch.headers = [
        {"header": header, "plain": plain(header), "column": table.columns.get(at)}
        for at, header in enumerate(table.grid.headers)
    ]
    comparison = Comparison(list_, table)
    total = len(table.grid.rows)
    for done, rows in enumerate(comparison, start=1):
        if is_stopped():
            raise Stopped
        keep(batch, refuse(list_, rows, limits) if limits is not None else rows)
        if progress is not None:
            progress(min(done * 1000, total), total)
    gone = comparison.removed()
    keep(batch, refuse(list_, gone, limits) if limits is not None else gone)
    batch.problems = table.problems
    if not comparison.n_rows:
        batch.problems.append(problem("表里没有一行数据", "the table has no rows", sheet=table.grid.name, blocks=False))
    batch.n_rows, batch.n_unchanged, batch.state = comparison.n_rows, comparison.n_unchanged, State.CHECKED
    batch.save()
    return batch


def keep(batch: Import, rows: Iterable[ImportRow]) -> None:
    """Keep rows of an import."""
    rows = list(rows)
    for row in rows:
        row.batch = batch
        row.before, row.after, row.told = storable(row.before), storable(row.after), storable(row.told)
        row.problems, row.cells, row.sheet, row.name = (
            storable(row.problems),
            storable(row.cells),
            storable(row.sheet)[:255],
            storable(row.name),
        )
    with transaction.atomic():
        insert(rows)


def _refused(batch: Import, zh: str, en: str) -> Import:
    batch.state, batch.problems = State.REFUSED, [problem(zh, en)]
    batch.save()
    return batch


def _no_list(list_: ExchangeList, grids: Sequence[Grid]) -> tuple[str, str]:
    names = "、".join(grid.name for grid in grids if not grid.hidden)[:120]
    title = next(column for column in list_.columns if column.key == list_.title)
    return (
        f"没有找到{list_.zh}名单：各工作表（{names}）里都没有“{title.zh}”这样的表头；请核对选的是不是这张表，或在第一行补上表头",
        f"no list of {list_.en} was found: no sheet ({names}) has a header such as {title.zh}; check that it is the right "
        "file, or add a header row",
    )


def counts(batch: Import) -> dict[str, int]:
    """How many rows differ in which way; errors, clashes and the rest."""
    rows = ImportRow.objects.filter(batch=batch).order_by().values_list("action").annotate(n=Count("pk"))
    return dict.fromkeys(Action.values, 0) | dict(rows)


def say_headers(import_id: int, said: dict[str, str], by: str) -> Import:
    """Say what headers mean (plain header → column, empty: of no concern), and remember it for this office.

    Raises ValueError for a column that the list has not.
    """
    batch = Import.objects.get(pk=import_id)
    list_ = list_of(batch.kind)
    allowed = {"", CITY, *(column.key for column in list_.columns)}
    if not set(said.values()) <= allowed:
        raise NotImportable("没有这一栏 / the list has no such column")
    for header, column in said.items():
        HeaderMeaning.objects.update_or_create(
            kind=list_.words_kind, header=header[:255], defaults={"column": column, "by": by, "at": timezone.now()}
        )
    batch.mapping = batch.mapping | said
    batch.save(update_fields=["mapping"])
    return batch


def side_with(import_id: int, rows: Iterable[int] | None, *, mine: bool) -> int:
    """Let the file hold in rows that others changed too (`None`: in all of them), or the ledger. Gives how many rows."""
    clashes = ImportRow.objects.filter(batch=import_id, action=Action.CLASH, batch__state=State.CHECKED)
    if rows is not None:
        clashes = clashes.filter(pk__in=list(rows))
    return clashes.update(mine=mine)


def write(
    import_id: int,
    by: str,
    *,
    good_only: bool = False,
    remove: bool = False,
    progress: Progress | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Import:
    """Write what was compared: everything or nothing.

    Args:
        good_only: leave out the rows with an error (they are handed back); else a single error stops all.
        remove: rows that are in the file no longer leave the list.

    Rows that others changed too are written only where the person sided with the file. When a row of the ledger has changed
    since the comparison, nothing is written. Raises NotImportable, Stopped, Import.DoesNotExist.
    """
    with writing():
        batch = Import.objects.select_for_update().get(pk=import_id)
        if batch.state not in {State.CHECKED, State.WRITING}:
            raise NotImportable("这份表已经处理过，请重新上传 / this file has been dealt with; upload it again")
        rows = _to_write(batch, good_only=good_only, remove=remove)
        total = rows.count()
        list_ = list_of(batch.kind)
        changes = begin(list_, f"导入《{batch.name}》", by)
        writer = writer_for(list_, changes)
        done, limits = 0, limits_of(by)

        def step(n: int) -> None:
            nonlocal done
            if is_stopped():
                raise Stopped
            done += n
            if progress is not None:
                progress(done, 2 * total)

        rows = rows.defer("after", "clashes", "problems", "cells")
        for part in batches(rows.order_by("pk").iterator(chunk_size=2000), BATCH):
            _check_unchanged(list_, part)
            if limits is not None and held_back(list_, part, limits):
                raise NotImportable(f"{OUTSIDE[0]} / {OUTSIDE[1]}")
            step(len(part) + writer.write([_told(list_, batch, row) for row in part]))
        writer.finish(step)
        ask_to_compare(writer.uncompared, by)
        for action, column in ((Action.ADDED, "n_added"), (Action.REMOVED, "n_removed")):
            setattr(changes, column, changes.rows.filter(action=action).count())
        changes.n_changed = total - changes.n_added - changes.n_removed
        changes.save()
        batch.changes, batch.state = changes, State.DONE
        batch.good_only, batch.remove = good_only, remove
        batch.save()
        if not total:
            changes.delete()
            batch.changes = None
        _close_book(batch)
        return batch


def _close_book(batch: Import) -> None:
    """A workbook of lists is through when none of its sheets waits."""
    if batch.book is not None and not batch.book.sheets.exclude(state__in=[State.DONE, State.CANCELLED]).exists():
        Import.objects.filter(pk=batch.book.pk, state=State.CHECKED).update(state=State.DONE)


def _to_write(batch: Import, *, good_only: bool, remove: bool) -> QuerySet[ImportRow]:
    said = [p for p in batch.problems if p.get("blocks")]
    if said:
        raise NotImportable(f"{said[0]['zh']} / {said[0]['en']}")
    n_errors = batch.rows.filter(action=Action.ERROR).count()
    if n_errors and not good_only:
        raise NotImportable(
            f"还有 {n_errors} 行有错，一行都没有写入 / {n_errors} rows have errors; nothing was written"
        )
    wanted = Q(action__in=[Action.CHANGED, Action.ADDED]) | Q(action=Action.CLASH, mine=True)
    return batch.rows.filter(wanted | Q(action=Action.REMOVED) if remove else wanted)


def _check_unchanged(list_: ExchangeList, rows: list[ImportRow]) -> None:
    """Refuse when somebody changed a row between the comparison and now."""
    pins = [(row, pk) for row in rows if (pk := list_.pin_of(row)) is not None]
    known = list_.rows([pk for _, pk in pins])
    moved = [row for row, pk in pins if pk not in known or version_of(list_, known[pk]) != row.seen]
    if moved:
        raise NotImportable(
            f"核对之后台账又有变动（如“{moved[0].name}”），一行都没有写入，请重新核对 / "
            f"the ledger has changed since the comparison ({moved[0].name}); nothing was written, compare again"
        )


def _told(list_: ExchangeList, batch: Import, row: ImportRow) -> Told:
    values: Row = {key: tuple(value) if isinstance(value, list) else value for key, value in row.told.items()}
    action = row.action if row.action in RowChange.Action.values else RowChange.Action.CHANGED
    where = f"{batch.name} · {row.sheet} · {row.number}" if row.number else f"{batch.name} · {row.sheet}"
    return Told(action, list_.pin_of(row), row.name, values, row.before, where)


def cancel_import(import_id: int) -> Import:
    """Give an import up, of a workbook of lists all its sheets that wait; nothing of it is written."""
    given_up = Import.objects.filter(Q(pk=import_id) | Q(book_id=import_id))
    given_up.filter(state__in=[State.CHECKING, State.CHECKED]).update(state=State.CANCELLED)
    batch = Import.objects.get(pk=import_id)
    _close_book(batch)
    return batch
