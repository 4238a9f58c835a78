"""Takes the picture at the head of the README: the overview of the example region, 1440 pixels wide.

    python scripts/take_pictures.py

Needs Chromium. Starts a workbench of its own over a ledger that goes when the picture is taken.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "images" / "overview.png"
WIDTH, HEIGHT = 1440, 1000
LARGEST = 400_000  # bytes: the README should open at once


def main() -> None:
    """Serves, logs in, takes the picture, stops."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as home, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [sys.executable, "-m", "liantu", "up", str(ROOT / "examples" / "shanxi"), "--port", str(port)]
        served = subprocess.Popen(
            command,
            env={**os.environ, "LIANTU_HOME": home, "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            password = _password(served)
            _take(chromium, f"http://127.0.0.1:{port}", password)
        finally:
            served.terminate()
            served.wait()
    size = TARGET.stat().st_size
    if size > LARGEST:
        sys.exit(f"{TARGET.name} is {size:,} bytes, more than {LARGEST:,}")
    sys.stdout.write(f"{TARGET.relative_to(ROOT)}: {size:,} bytes\n")


def _password(served: subprocess.Popen[str]) -> str:
    """The password that was printed, once everything has been read."""
    assert served.stdout is not None
    printed = ""
    for line in served.stdout:
        printed += line
        if "watching the folder" in line:
            break
    found = re.search(r"password\s+(\S+)", printed)
    if found is None:
        sys.exit(f"no password was printed:\n{printed}")
    return found[1]


def _take(chromium: str, address: str, password: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN")
        page.goto(f"{address}/login")
        page.fill("input[name=username]", "admin")
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/login" not in url)  # who has duties is led to the week first
        page.goto(f"{address}/")
        page.wait_for_load_state("networkidle")
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    main()
