"""The address the workbench listens on."""

from __future__ import annotations

import errno
import socket
import sys

_PORTS_TRIED = 50


class PortTakenError(OSError):
    """Another program listens there already."""


def listen(host: str, port: int, *, next_free: bool = False) -> socket.socket:
    """A listening socket on `host` and `port`, or on the next free port after it when `next_free` says so.

    Raises `PortTakenError` when the port (or the next fifty) is taken.
    """
    last = port + _PORTS_TRIED if next_free else port
    for candidate in range(port, min(last, 65535) + 1):
        try:
            return _bind(host, candidate)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    raise PortTakenError(errno.EADDRINUSE, f"port {port} is taken")


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        # On Windows this option would let two programs share a port; elsewhere it only spares a wait after a stop.
        if sys.platform != "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(128)
    except OSError:
        sock.close()
        raise
    return sock
