"""Which ledger a command works on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liantu.cli.messages import stop
from liantu.server.space import known_folders, migrate, open_space


@contextmanager
def explained() -> Iterator[None]:
    """Ends the command with one sentence when the ledger's place or database cannot be opened."""
    from django.db.utils import DatabaseError

    try:
        yield
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        stop(
            f"打不开台账的数据库：{reason}；请检查 DATABASE_URL 和数据库服务，或 LIANTU_HOME 所在的磁盘",
            f"the ledger's database cannot be opened: {reason}; check DATABASE_URL and the server, or LIANTU_HOME's disk",
        )
    except OSError as error:
        stop(
            f"无法使用 {error.filename}：{error.strerror}；请用 LIANTU_HOME 指定一个可写的文件夹",
            f"cannot use {error.filename}: {error.strerror}; name a folder that can be written with LIANTU_HOME",
        )
    except ValueError as error:  # a setting that the workbench's settings refuse, in both languages
        chinese, _, english = str(error).partition(" / ")
        stop(chinese, english or chinese)


def choose_ledger(folder: Path | None) -> Path:
    """Opens the ledger of `folder`; without one, that of `LIANTU_SPACE`, or the only one there is.

    Ends the command when there is none yet, or when several could be meant. Gives the folder where the ledger is kept.
    """
    known = known_folders()
    if folder is None and not os.environ.get("LIANTU_SPACE"):
        if len(known) > 1:
            listed = "\n".join(f"  --folder {path}" for _, path in known)
            stop(
                f"有几本台账，请用 --folder 指明：\n{listed}\n",
                "there are several ledgers; say which with --folder",
                code=2,
            )
        if known:
            os.environ["LIANTU_SPACE"] = known[0][0]
    elif folder is not None and str(folder.resolve()) not in {path for _, path in known}:
        stop(
            f"{folder} 还没有读入过，请先运行 liantu up {folder}",
            f"{folder} has not been read yet; run liantu up first",
        )
    if not known and not os.environ.get("LIANTU_SPACE"):
        stop("还没有台账，请先运行 liantu up 文件夹", "there is no ledger yet; run liantu up FOLDER first")
    with explained():
        space = open_space(folder)
        migrate()
    return space
