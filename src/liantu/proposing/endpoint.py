"""Which model to ask, and where: given by the user, never guessed."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

ADDRESS, MODEL, KEY = "LIANTU_LLM_ADDRESS", "LIANTU_LLM_MODEL", "LIANTU_LLM_KEY"
"""Variables of the environment that name the model for the workbench."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class ProposingError(RuntimeError):
    """Why no proposals could be had, in Chinese and English, with what to do. Never holds the key."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server (`address` up to and including `/v1`), the model to ask there, and its key if it wants one."""

    address: str
    model: str
    key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if (
            parts.scheme not in {"http", "https"}
            or not parts.hostname
            or parts.username
            or parts.query
            or parts.fragment
        ):
            raise ProposingError(
                f"模型地址应写作 http(s)://主机[:端口]/v1，现为“{self.address}” / "
                f"the model's address must read http(s)://host[:port]/v1, not {self.address!r}"
            )
        if not self.model.strip() or len(self.model) > 150:
            raise ProposingError("请给出模型名称 / the name of the model is missing or too long")
        if self.key and not re.fullmatch(r"[\x21-\x7e]+", self.key):
            raise ProposingError(
                "密钥里有空格或不可用的字符 / the key holds spaces or characters that keys do not have"
            )

    @property
    def url(self) -> str:
        """Where questions go."""
        return f"{self.address.rstrip('/')}/chat/completions"

    @property
    def host(self) -> str:
        """The machine that will see the text."""
        return urlsplit(self.address).hostname or ""

    @property
    def is_local(self) -> bool:
        """Whether the text stays on this machine."""
        return self.host in _LOCAL

    @property
    def is_open(self) -> bool:
        """Whether the text travels to another machine without encryption."""
        return not self.is_local and urlsplit(self.address).scheme == "http"


def endpoint_of(address: str | None = None, model: str | None = None, key: str | None = None) -> Endpoint | None:
    """The endpoint given here or in the environment; None when no address is given. Raises ProposingError."""
    address = address or os.environ.get(ADDRESS, "")
    if not address.strip():
        return None
    return Endpoint(
        address.strip(), (model or os.environ.get(MODEL, "")).strip(), (key or os.environ.get(KEY, "")).strip()
    )
