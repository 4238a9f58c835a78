"""Which ledger a command works on."""

from __future__ import annotations

import os
from pathlib import Path

from liantu.cli.messages import stop
from liantu.server.space import known_folders, migrate, open_space


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
    space = open_space(folder)
    migrate()
    return space
