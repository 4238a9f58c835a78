"""`liantu up`: a folder in, a workbench out, and what happens while it runs."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from tests.cli.conftest import runner

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as Unix has them"),
]
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "shanxi"
PATIENCE = 60  # seconds until a test gives up; nothing is measured


def until(what: Callable[[], object]) -> object:
    """Asks again and again until the answer is true."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := what()):
        assert time.monotonic() < deadline, "this never came true"
        time.sleep(0.1)
    return answer


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


class Running:
    """A `liantu up` that was started, with what it has printed so far."""

    def __init__(self, process: subprocess.Popen[str], printed: Path, address: str) -> None:
        self.process = process
        self.address = address
        self._printed = printed

    @property
    def printed(self) -> str:
        return self._printed.read_text(encoding="utf-8")

    def says(self, text: str) -> None:
        """Waits until it has printed `text`."""
        until(lambda: text in self.printed or self.process.poll() is not None)
        assert text in self.printed, self.printed

    def stop(self, how: int = signal.SIGINT) -> int:
        """Asks it to end and gives its exit code."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def log_in(self) -> OpenerDirector:
        """A browser of sorts that has logged in with what was printed."""
        password = re.search(r"password\s+(\S+)", self.printed)
        assert password, self.printed
        jar = CookieJar()
        opener = build_opener(HTTPCookieProcessor(jar))
        page = opener.open(f"{self.address}/login").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page
        fields = {"csrfmiddlewaretoken": token[1], "username": "admin", "password": password[1]}
        opener.addheaders.append(("Referer", f"{self.address}/login"))
        opener.open(f"{self.address}/login", urlencode(fields).encode())
        return opener


@pytest.fixture
def up(environment: dict[str, str], tmp_path: Path) -> Callable[..., object]:
    @contextmanager
    def start(folder: Path, *words: str) -> Iterator[Running]:
        port = free_port()
        printed = tmp_path / f"printed-{port}.txt"
        with printed.open("w") as out:
            command = [sys.executable, "-m", "liantu", "up", str(folder), "--port", str(port), *words]
            process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield Running(process, printed, f"http://127.0.0.1:{port}")
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()

    return start


def test_from_a_folder_to_a_page_behind_a_login(up, folder: Path) -> None:
    with up(folder) as running:
        running.says("watching the folder")
        assert running.address in running.printed
        assert "2 新增" in running.printed
        browser = running.log_in()
        assert "5,623" in browser.open(f"{running.address}/figures").read().decode()


def test_a_file_dropped_into_the_folder_shows_up(up, folder: Path) -> None:
    with up(folder) as running:
        running.says("watching the folder")
        browser = running.log_in()
        text = "2024年11月1日 来源：吕梁日报\n吕梁市建成加氢站31座，氢能重卡保有量突破4477辆。\n"
        (folder / "吕梁氢能.txt").write_text(text, encoding="utf-8")
        until(lambda: "4,477" in browser.open(f"{running.address}/figures").read().decode())
        running.says("吕梁氢能.txt")


def test_ctrl_c_ends_it_cleanly_and_the_next_start_reads_nothing_again(up, folder: Path) -> None:
    with up(folder) as running:
        running.says("watching the folder")
        assert running.stop(signal.SIGINT) == 0
        assert "Traceback" not in running.printed
    with up(folder) as again:
        again.says("watching the folder")
        assert "2 未变" in again.printed
        assert "新增" not in again.printed
        assert re.search(r"password\s+\S+", again.printed)


def test_a_polite_request_to_end_is_obeyed(up, folder: Path) -> None:
    with up(folder) as running:
        running.says("watching the folder")
        assert running.stop(signal.SIGTERM) == 0


def test_it_can_be_stopped_while_it_reads(up, folder: Path, liantu) -> None:
    for number in range(60):
        (folder / f"通报{number:02d}.txt").write_text(
            f"晋中市通报\n2024年10月5日 来源：晋中日报\n晋中市第{number}批项目完成投资{number + 1}.5亿元。\n",
            encoding="utf-8",
        )
    with up(folder) as running:
        running.says("reading 62 files")
        assert running.stop() == 0
        assert "Traceback" not in running.printed
    assert liantu("up", "--once", folder).returncode == 0


def test_the_ledger_cannot_be_served_twice_at_once(up, folder: Path) -> None:
    with up(folder) as first:
        first.says("watching the folder")
        with up(folder) as second:
            assert second.process.wait(PATIENCE) == 1
            assert first.address in second.printed


def test_a_taken_port_is_said_and_the_next_one_taken_on_request(up, folder: Path, liantu) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = str(other.getsockname()[1])
        refused = liantu("up", folder, "--port", taken)
        assert refused.returncode == 1
        assert f"端口 {taken} 已被占用" in refused.stderr
        with up(folder, "--port", taken, "--next-port") as running:
            running.says("watching the folder")
            assert f"http://127.0.0.1:{taken}\n" not in running.printed


def test_bad_files_are_named_and_the_rest_is_read(liantu, folder: Path) -> None:
    (folder / "空.txt").write_bytes(b"")
    (folder / "断.docx").write_bytes(b"PK\x03\x04" + bytes(200))
    result = liantu("up", "--once", folder)
    assert result.returncode == 1
    assert "2 新增" in result.stdout and "2 未能读取" in result.stdout
    assert "空.txt" in result.stdout and "断.docx" in result.stdout


def test_a_changed_file_replaces_what_it_said(liantu, folder: Path) -> None:
    assert liantu("up", "--once", folder).returncode == 0
    path = folder / "通讯.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("5623", "6001"), encoding="utf-8")
    assert "1 更新" in liantu("up", "--once", folder).stdout
    printed = liantu("export", "figures", "--format", "csv").stdout
    assert "6001" in printed and "5623" not in printed


@pytest.mark.parametrize(
    ("name", "said"), [("没有这个文件夹", "没有文件夹"), ("晋中材料/通讯.txt", "是文件不是文件夹")]
)
def test_what_is_no_folder(liantu, folder: Path, name: str, said: str) -> None:
    result = liantu("up", folder.parent / name)
    assert result.returncode == 1
    assert said in result.stderr


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("DATABASE_URL", "postgres://nobody:x@127.0.0.1:9/none", "打不开台账的数据库"),
        ("DATABASE_URL", "mysql://somewhere", "DATABASE_URL 应写作"),
        ("LIANTU_HOME", "/proc/liantu", "LIANTU_HOME"),
    ],
)
def test_a_ledger_that_cannot_be_opened(
    environment: dict[str, str], folder: Path, variable: str, value: str, said: str
) -> None:
    environment[variable] = value
    result = runner(environment, folder.parent)("up", "--once", folder)
    assert result.returncode == 1
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(shutil.which("pgrep") is None, reason="pgrep is not installed")
def test_a_reader_that_dies_is_started_again(up, folder: Path) -> None:
    with up(folder) as running:
        running.says("watching the folder")
        wanted = ["pgrep", "-P", str(running.process.pid), "-f", "liantu.server.reader"]
        [reader] = subprocess.run(wanted, capture_output=True, text=True, check=True).stdout.split()
        os.kill(int(reader), signal.SIGKILL)
        running.says("started again")
        (folder / "之后.txt").write_text("2024年11月1日 来源：吕梁日报\n吕梁市建成加氢站31座。\n", encoding="utf-8")
        running.says("之后.txt")


def test_an_empty_folder_is_fine(liantu, tmp_path: Path) -> None:
    empty = tmp_path / "空文件夹"
    empty.mkdir()
    result = liantu("up", "--once", empty)
    assert result.returncode == 0
    assert "没有可读的文件" in result.stdout


def test_the_workbooks_beside_the_documents_are_loaded_once_whether_it_serves_or_not(
    up, folder: Path, liantu, tmp_path: Path, environment: dict[str, str]
) -> None:
    books = ("链长办台账.xlsx", "清单台账.xlsx")
    for name in books:
        shutil.copy(EXAMPLE / name, folder)
    first = liantu("up", "--once", folder)
    assert first.returncode == 0 and all(f"已载入《{name}》" in first.stdout for name in books)
    assert "光伏链重点企业清单" in liantu("lists", "show").stdout
    assert "已载入" not in liantu("up", "--once", folder).stdout
    environment["LIANTU_HOME"] = str(tmp_path / "another")
    with up(folder) as running:
        for name in books:
            running.says(f"已载入《{name}》")
