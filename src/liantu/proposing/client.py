"""One question to an OpenAI-compatible server, with a limit on everything that comes back."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from liantu.proposing.endpoint import Endpoint, ProposingError

if TYPE_CHECKING:
    import httpx2


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an answer may take and how large it may be."""

    connect_seconds: float = 10.0
    answer_seconds: float = 120.0
    answer_bytes: int = 1_000_000
    passages: int = 60  # questions asked about one document
    passage_characters: int = 4_000


class Client:
    """Asks one endpoint and no other: no proxy from the environment, no redirect, no cookie."""

    def __init__(self, endpoint: Endpoint, limits: Limits) -> None:
        try:
            import httpx2
        except ImportError:
            raise ProposingError(
                '没有安装模型客户端：请运行 pip install "liantu[llm]" / '
                'the client for models is not installed: run pip install "liantu[llm]"'
            ) from None
        self.endpoint, self.limits = endpoint, limits
        headers = {"Accept-Encoding": "identity", "User-Agent": "liantu"}
        if endpoint.key:
            headers["Authorization"] = f"Bearer {endpoint.key}"
        timeout = httpx2.Timeout(limits.answer_seconds, connect=limits.connect_seconds)
        self._http = httpx2.Client(timeout=timeout, headers=headers, follow_redirects=False, trust_env=False)
        self._broken: type[Exception] = httpx2.HTTPError
        self._slow: type[Exception] = httpx2.TimeoutException

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def ask(self, messages: list[dict[str, str]]) -> str:
        """The text of the model's answer. Raises ProposingError."""
        asked = {
            "model": self.endpoint.model,
            "messages": messages,
            "temperature": 0,
            "stream": False,
            "response_format": {"type": "json_object"},
        }
        try:
            with self._http.stream("POST", self.endpoint.url, json=asked) as response:
                if response.status_code != 200:
                    raise self._refused(response.status_code)
                body = self._body(response)
        except self._slow:
            raise self._late() from None
        except self._broken as error:
            raise self._error(
                f"连不上（{type(error).__name__}）", f"cannot be reached ({type(error).__name__})"
            ) from None
        return self._content(body)

    def _body(self, response: httpx2.Response) -> bytes:
        """What the server sends, as long as it keeps within the limits."""
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise self._error("给出的是压缩过的回答", "answers in a compressed form that was not asked for")
        end = time.monotonic() + self.limits.answer_seconds
        body = bytearray()
        for part in response.iter_raw():
            body += part
            if len(body) > self.limits.answer_bytes:
                raise self._error("回答过长，没有采用", "gives too long an answer; nothing of it was used")
            if time.monotonic() > end:
                raise self._late()
        return bytes(body)

    def _content(self, body: bytes) -> str:
        try:
            content: Any = json.loads(body)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError):
            content = None
        if not isinstance(content, str):
            raise self._error(
                "的回答不是 OpenAI 兼容的格式，请核对地址（一般以 /v1 结尾）",
                "does not answer as an OpenAI-compatible server does; check the address (it usually ends in /v1)",
            )
        return content

    def _refused(self, status: int) -> ProposingError:
        if status in {401, 403}:
            return self._error(f"拒绝了密钥（{status}），请核对密钥", f"refuses the key ({status}); check it")
        if 300 <= status < 400:
            return self._error(
                f"要求转到别的地址（{status}），没有跟去；请直接给出最终地址",
                f"redirects elsewhere ({status}), which is not followed; give the final address",
            )
        return self._error(
            f"没有回答（{status}），请核对地址、模型名称和服务",
            f"gives no answer ({status}); check address, model and server",
        )

    def _late(self) -> ProposingError:
        seconds = f"{self.limits.answer_seconds:g}"
        return self._error(f"{seconds} 秒内没有答完", f"did not finish its answer within {seconds} s")

    def _error(self, chinese: str, english: str) -> ProposingError:
        return ProposingError(
            f"模型服务 {self.endpoint.host} {chinese} / the model server {self.endpoint.host} {english}"
        )
