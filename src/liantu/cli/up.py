"""`liantu up`: a folder in, a workbench out."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import click
from rich.console import Console
from rich.markup import escape

import liantu
from liantu.cli.messages import note, stop
from liantu.cli.progress import ProgressDisplay
from liantu.cli.spaces import explained
from liantu.server.administrator import Login, ensure_administrator
from liantu.server.events import Event
from liantu.server.ports import PortTakenError, listen
from liantu.server.reader import start_reader, stop_reader
from liantu.server.running import AlreadyRunningError, claimed
from liantu.server.space import migrate, open_space
from liantu.server.web import address_of, serve
from liantu.vocabulary.access import confidentiality

_RESTARTS = 3  # of a reader that ends by itself


@click.command("up")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口 / port")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 / address to listen on")
@click.option(
    "--next-port", is_flag=True, help="端口被占用时用下一个空闲端口 / take the next free port if PORT is taken"
)
@click.option(
    "--level",
    type=click.IntRange(0, max(confidentiality())),
    default=0,
    show_default=True,
    help="文件夹里各文件至少的密级：0 公开 1 内部 2 敏感 / least level of confidentiality of the folder's files",
)
@click.option("--once", is_flag=True, help="只读入，不打开工作台 / read and exit, serve nothing")
def command(folder: Path | None, port: int, host: str, next_port: bool, once: bool, level: int) -> None:
    """读入 FOLDER（默认是自带的示例区域），并在浏览器里打开工作台；运行期间放进去的文件会自动读入。

    Reads FOLDER (the bundled example region unless named) and serves the workbench; files dropped into the folder
    while it runs are read within seconds. A later start reads only what is new or changed.
    """
    folder = _checked(folder or example_folder())
    os.environ["LIANTU_FOLDER_LEVEL"] = str(level)  # of this process and of the reader that it starts
    if once:
        raise SystemExit(_read_once(folder))
    try:
        sock = listen(host, port, next_free=next_port)
    except PortTakenError:
        stop(
            f"端口 {port} 已被占用：请换一个，如 --port {port + 1}（make up PORT={port + 1}），或加 --next-port",
            f"port {port} is taken: choose another, such as --port {port + 1}, or add --next-port",
        )
    except OSError as error:
        stop(f"无法在 {host}:{port} 监听：{error.strerror}", f"cannot listen on {host}:{port}: {error.strerror}")
    with sock:
        address = address_of(sock)
        with explained():
            space = open_space(folder)
        try:
            with claimed(space, address):
                with explained():
                    migrate()
                    login = ensure_administrator(space)
                console = Console(highlight=False)
                _greet(console, folder, address, login)
                _serve_and_read(console, folder, lambda: serve(sock))
        except AlreadyRunningError as running:
            stop(
                f"这个文件夹的工作台已经在运行：{running.address}；请直接打开，或先停止它",
                f"this folder is being served already at {running.address}; open that, or stop it first",
            )


def example_folder() -> Path:
    """The example region: in the checkout, or inside the installed package."""
    package = Path(liantu.__file__).parent
    checkout = package.parents[1] / "examples" / "shanxi"
    return checkout if checkout.is_dir() else package / "examples" / "shanxi"


def _checked(folder: Path) -> Path:
    folder = folder.expanduser()
    if not folder.exists():
        stop(f"没有文件夹 {folder}，请核对路径", f"there is no folder {folder}; check the path")
    if not folder.is_dir():
        stop(
            f"{folder} 是文件不是文件夹；只看这一个文件请用 liantu read {folder}",
            f"{folder} is a file, not a folder; to read one file use liantu read",
        )
    return folder.resolve()


def _read_once(folder: Path) -> int:
    """Reads and gives the exit code: 1 when a file could not be read."""
    from liantu.server.following import read_whole

    with explained():
        open_space(folder)
        migrate()
    display = ProgressDisplay(Console(highlight=False))
    try:
        read_whole(folder, display.show)
    except KeyboardInterrupt:
        note("已停止；已读入的文件都在，下次接着读", "stopped; what was read is kept, the next start goes on")
        return 130
    return 1 if display.counts["failed"] else 0


def _greet(console: Console, folder: Path, address: str, login: Login) -> None:
    console.print(f"[bold]链图 liantu {liantu.__version__}[/bold]  {escape(str(folder))}", soft_wrap=True)
    console.print(f"工作台 / workbench  [bold]{address}[/bold]")
    if login.password:
        console.print(f"用户名 / user       [bold]{login.username}[/bold]")
        console.print(f"口令 / password     [bold]{login.password}[/bold]")
        console.print(f"[dim]口令另存于 / also kept in {escape(str(login.file))}[/dim]", soft_wrap=True)
    else:
        console.print(
            f"用户名 / user       [bold]{login.username}[/bold]  （口令已由您改过 / with the password you chose）"
        )


def _serve_and_read(console: Console, folder: Path, serve_pages: Callable[[], None]) -> None:
    """Pages in this thread, the reader's progress in another, until Ctrl-C or a polite request to end."""
    signal.signal(signal.SIGTERM, _end)
    reader = Reader(console, folder)
    reader.start()
    try:
        serve_pages()
    except KeyboardInterrupt:
        pass
    finally:
        reader.stop()
        note(
            "已停止；已读入的文件都在，下次只读新增和改动的",
            "stopped; the next start reads only what is new or changed",
        )


class Reader:
    """The reader process, shown on the console, and started again should it end by itself."""

    def __init__(self, console: Console, folder: Path) -> None:
        self._console = console
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Starts the process and the thread that shows its progress."""
        self._process = start_reader(self._folder)
        self._thread.start()

    def stop(self) -> None:
        """Ends the process and waits for it."""
        self._stopping = True
        if self._process is not None:
            stop_reader(self._process)
        self._thread.join(1)

    def _run(self) -> None:
        display = ProgressDisplay(self._console)
        for _ in range(_RESTARTS):
            assert self._process is not None
            display.show_all(_events(self._process))
            if self._stopping:
                return
            note("读取进程意外停止，正在重新启动", "the reader stopped unexpectedly and is started again")
            self._process = start_reader(self._folder)
        note(
            "读取进程反复停止，不再重启；页面仍可使用", "the reader keeps stopping; pages still work, restart liantu up"
        )


def _events(process: subprocess.Popen[str]) -> Iterator[Event]:
    assert process.stdout is not None
    for line in process.stdout:
        yield Event.from_line(line)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
