"""The pages, served by waitress."""

from __future__ import annotations

import socket

_THREADS = 8


def serve(sock: socket.socket) -> None:
    """Answers on `sock` until the process is told to stop; finishes the answers under way first."""
    from waitress.server import create_server

    from liantu.workbench.cached import allow_lag
    from liantu.workbench.wsgi import application

    allow_lag()
    # ident: nobody outside needs to know which server this is.
    server = create_server(application, sockets=[sock], threads=_THREADS, ident="", clear_untrusted_proxy_headers=True)
    server.run()


def address_of(sock: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = sock.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
