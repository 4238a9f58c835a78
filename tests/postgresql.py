"""A PostgreSQL server of the test session's own: made, started on a free loopback port, and taken down again."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg


def find_binaries() -> Path | None:
    """Folder of `initdb` and `postgres`: Debian's newest version, or where the PATH has them."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def unprivileged_user() -> str | None:
    """Whom to run the server as: PostgreSQL refuses root. None when this process is not root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server(binaries: Path) -> Iterator[str]:
    """Start a server and give its address as a DATABASE_URL; stop it and delete its files on leaving."""
    user = unprivileged_user()
    run = {"check": True, "capture_output": True, "timeout": 120}
    if user:
        run |= {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    folder = Path(tempfile.mkdtemp(prefix="liantu-postgresql-"))
    try:
        password = secrets.token_hex(16)
        secret = folder / "password"
        secret.write_text(password, encoding="ascii")
        if user:
            for path in (folder, secret):
                shutil.chown(path, user)
        cluster, port = folder / "cluster", free_port()
        subprocess.run(
            [
                binaries / "initdb",
                "-D",
                cluster,
                "-U",
                "liantu",
                "-A",
                "scram-sha-256",
                f"--pwfile={secret}",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            cwd=folder,
            **run,
        )
        options = f"-h 127.0.0.1 -p {port} -c unix_socket_directories='' -c fsync=off -c max_connections=60"
        control = [binaries / "pg_ctl", "-D", cluster, "-l", folder / "log", "-w"]
        subprocess.run([*control, "-o", options, "start"], cwd=folder, **(run | {"capture_output": False}))
        try:
            yield f"postgres://liantu:{password}@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], cwd=folder, **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def empty_database(settings: dict[str, object], name: str) -> str:
    """Make a database beside the one of `settings`, in place of one that has the name already, and give its address."""
    with psycopg.connect(_address(settings, "postgres"), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
    return _address(settings, name)


def _address(settings: dict[str, object], name: str) -> str:
    user, password = quote(str(settings["USER"])), quote(str(settings.get("PASSWORD") or ""))
    return f"postgresql://{user}:{password}@{settings['HOST']}:{settings['PORT']}/{name}"
