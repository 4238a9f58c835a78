"""Lists out of files: each named by a YAML file or a workbook, its versions imported and published one after the other."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from liantu.ledger.exchange import importing
from liantu.ledger.exchange.grids import LIMITS, TASK, Grid
from liantu.ledger.likeness import fold
from liantu.ledger.lists.kits import installed_kit
from liantu.ledger.lists.publishing import publish
from liantu.ledger.lists.table import PREFIX
from liantu.ledger.lists.told import CannotLoadError, ToldList, ToldVersion, told_in_book, told_in_yaml
from liantu.ledger.models import ChainList, Import
from liantu.ledger.rights import as_asked
from liantu.ledger.work.recording import add_record, remove_record
from liantu.ledger.workbooks.list_sheets import DIRECTORY
from liantu.ledger.writing import writing
from liantu.reading import SafeReader, UnreadableError, WorkerError

NAME = "清单台账.xlsx"
"""What a workbook of lists beside the documents of a folder is called; it is none of these (`reading/data/line_words.csv`)."""
TOLD_ERRORS = 20

__all__ = ["NAME", "CannotLoadError", "Loaded", "has_no_lists", "load_lists", "load_told", "read_book", "told_of_book"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one list; no version and no row: it was there already."""

    title: str
    n_versions: int
    n_rows: int


def load_lists(path: Path, by: str) -> Iterator[Loaded]:
    """Load the lists that a YAML file or a workbook names; each list as a whole, or not at all. Raises CannotLoadError."""
    read = cache(read_book)  # a workbook holds the tables of many versions
    told = told_in_yaml(path) if path.suffix.lower() in (".yaml", ".yml") else told_of_book(path, read(path))
    for one in told:
        yield load_told(path.parent, one, by, read)


def has_no_lists() -> bool:
    """Whether the ledger has never held a list."""
    return not ChainList._base_manager.exists()


def read_book(path: Path, name: str = "") -> list[Grid]:
    """The sheets of a workbook, read in a child process. Raises CannotLoadError for what cannot be opened."""
    try:
        with SafeReader(TASK, LIMITS) as reader:
            grids: list[Grid] = reader.read(path, name or path.name)
    except UnreadableError as error:
        raise CannotLoadError(f"{error.problem.message_zh} / {error.problem.message_en}") from error
    except WorkerError as error:
        raise CannotLoadError(f"读取程序没能启动：{error} / the reader did not start: {error}") from error
    return grids


def told_of_book(path: Path, grids: Sequence[Grid]) -> list[ToldList]:
    """What a workbook's directory says. Raises CannotLoadError when it has none."""
    told = told_in_book(grids, path.name)
    if told is None:
        raise CannotLoadError(
            f"{path.name} 里没有工作表“{DIRECTORY}”；没有目录的工作簿请在“Excel 往返”页导入 / "
            f"{path.name} has no sheet {DIRECTORY}; bring a workbook without it in on the page of imports"
        )
    return told


Reading = Callable[[Path], Sequence[Grid]]
"""Gives the sheets of a file."""


def load_told(folder: Path, told: ToldList, by: str, read: Reading) -> Loaded:
    """Load one list with its versions, whose tables lie in `folder`; one that is there already stays as it is.

    All of it, or nothing. Raises CannotLoadError.
    """
    try:
        with writing():
            with as_asked():
                there = ChainList.objects.filter(**told.same, removed_at=None).exists()
            if there:
                return Loaded(told.title, 0, 0)
            values: dict[str, str | int] = {**told.head, "secrecy": told.secrecy}
            if told.kit:
                values["kit_id"] = installed_kit(told.kit, told.head["region_code"], told.head["chain"], by).pk
            made = ChainList.objects.get(pk=add_record("list", values, by, "装入清单文件").row)
            for version in told.versions:
                _version(folder, made, version, by, read)
            return Loaded(told.title, len(told.versions), made.rows.filter(removed_at=None).count())
    except (ValueError, OSError) as error:
        zh, _, en = str(error).partition(" / ")
        raise CannotLoadError(f"“{told.title}”：{zh} / {told.title}: {en or zh}") from error


def _version(folder: Path, made: ChainList, told: ToldVersion, by: str, read: Reading) -> None:
    if told.file:
        _import(folder / told.file, told.sheet, made, by, read)
    for name in told.leave:
        row = (
            made.rows.filter(removed_at=None, key=fold(name)).first()
            or made.rows.filter(removed_at=None, name=name).first()
        )
        if row is None:
            raise ValueError(f"要退出的“{name}”不在清单里 / {name}, which is to leave, is not on the list")
        remove_record("listrow", row.pk, row.version, by, told.note)
    if told.published_on is not None:
        publish(made.pk, by, told.note, told.published_on)


def _import(path: Path, sheet: str, made: ChainList, by: str, read: Reading) -> None:
    grids = read(path)
    kept = Path(settings.SPACE) / "imports" / f"list-{made.pk}" / path.name
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(path, kept)
    started = importing.start_import(f"{PREFIX}{made.pk}", kept, path.name, by, sheet)
    batch = importing.compare(started.pk, grids=grids)
    if batch.state == Import.State.REFUSED:
        raise ValueError(f"{path.name}：{batch.problems[0]['zh']} / {path.name}: {batch.problems[0]['en']}")
    wrong = [said for row in batch.rows.filter(action="error").order_by("pk")[:TOLD_ERRORS] for said in row.problems]
    if wrong:
        where = f"{path.name} {sheet}".strip()
        zh = "；".join(f"{where} {said['column']}：{said['zh']}" for said in wrong)
        en = "; ".join(f"{where} {said['column']}: {said['en']}" for said in wrong)
        raise ValueError(f"{zh} / {en}")
    importing.write(batch.pk, by)
