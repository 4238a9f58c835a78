"""A stand-in for an OpenAI-compatible server on the loopback: answers what a test tells it to, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[str], str]
"""From the text that was sent to the content of the answer."""


@dataclass
class StandIn:
    """What the server does, and what it was sent."""

    answer: Answer = lambda text: '{"findings": []}'
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | Iterator[bytes] | None = None  # in place of an answer in the right envelope
    asked: list[dict[str, Any]] = field(default_factory=list)
    seen: list[dict[str, str]] = field(default_factory=list)  # headers, lower case
    paths: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def says(self, *findings: dict[str, Any], **more: Any) -> None:
        """Answers the next question with these findings, those after it with none; forgets what was asked before."""
        self.asked.clear()

        def answer(text: str) -> str:
            return json.dumps({"findings": findings if len(self.asked) == 1 else [], **more}, ensure_ascii=False)

        self.answer = answer

    def text(self, n: int = 0) -> str:
        """The passage of the n-th question, its marks taken off."""
        content: str = self.asked[n]["messages"][-1]["content"]
        return "\n".join(content.split("\n")[1:-1])


@contextmanager
def running() -> Iterator[StandIn]:
    """The server, on a free port, until the test is over."""
    stand_in = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            stand_in.asked.append(json.loads(self.rfile.read(size)))
            stand_in.seen.append({name.lower(): value for name, value in self.headers.items()})
            stand_in.paths.append(self.path)
            self.send_response(stand_in.status)
            for name, value in stand_in.headers.items():
                self.send_header(name, value)
            if stand_in.body is None:
                content = stand_in.answer(stand_in.text(-1))
                body: bytes | Iterator[bytes] = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
            else:
                body = stand_in.body
            self.end_headers()
            try:
                for part in [body] if isinstance(body, bytes) else body:
                    self.wfile.write(part)
                    self.wfile.flush()
            except OSError:  # the asker has had enough
                pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stand_in.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
