"""A cell that cannot be taken."""

from __future__ import annotations


class Unusable(ValueError):
    """A cell that cannot be taken; `zh` and `en` tell the clerk why and what to write."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en
