"""The reader process: `python -m liantu.server.reader FOLDER`, started and listened to by `liantu up`.

Tells its progress on standard output, one event a line. Ends when its standard input is closed, which happens however
the process that started it ends.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

from liantu.server.events import Event
from liantu.server.following import follow, work_on
from liantu.server.space import open_space

_POLITENESS = 5  # pages go before reading when both want the processor
_PATIENCE = 5.0  # seconds to finish the file at hand


def start_reader(folder: Path) -> subprocess.Popen[str]:
    """The reader of `folder` as a process of its own, out of reach of the terminal's Ctrl-C."""
    return subprocess.Popen(
        [sys.executable, "-m", "liantu.server.reader", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        start_new_session=True,
    )


def stop_reader(process: subprocess.Popen[str]) -> None:
    """Lets the reader finish its file, and ends it when that takes long. The ledger is whole either way."""
    if process.stdin is not None:
        with contextlib.suppress(BrokenPipeError):  # it has ended by itself
            process.stdin.close()
    for insist in (process.terminate, process.kill):
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            insist()
        else:
            return
    process.wait()


def give_way() -> None:
    """From now on this process gives way to the pages, where the system knows how."""
    if hasattr(os, "nice"):
        os.nice(_POLITENESS)


def main() -> None:
    """Reads and follows the folder named on the command line."""
    folder = Path(sys.argv[1])
    give_way()
    # Whatever else prints to standard output must not mix with the events.
    events, sys.stdout = sys.stdout, sys.stderr
    open_space(folder)
    stopped = threading.Event()

    def wait_for_the_end() -> None:
        sys.stdin.read()
        stopped.set()

    def tell(event: Event) -> None:
        if stopped.is_set():
            raise SystemExit(0)
        events.write(event.to_line())
        events.flush()

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    threading.Thread(target=work_on, args=(stopped,), daemon=True).start()
    try:
        follow(folder, tell, stopped)
    except BrokenPipeError:  # nobody listens any more
        os._exit(0)


if __name__ == "__main__":
    main()
