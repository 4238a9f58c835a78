"""The enterprises of one document, by any of their names."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Firm:
    """An enterprise of the document: its fullest name and every other form."""

    key: str
    aliases: set[str] = field(default_factory=set)
    confidence: float = 1.0
    role: str | None = None


@dataclass(slots=True)
class FirmSpan:
    """Words `first` … `last` (inclusive) that name the firm `key`."""

    key: str
    first: int
    last: int


class FirmBook:
    """The enterprises of one document, by any of their names."""

    def __init__(self) -> None:
        self.firms: dict[str, Firm] = {}
        self.names: dict[str, str] = {}  # any form → key
        self.spans: list[FirmSpan] = []

    def add(self, name: str, aliases: set[str] | None = None, confidence: float = 1.0) -> str:
        """Enter `name` with its forms; joins a firm that already bears it. Returns the key."""
        forms = {a for a in (aliases or set()) if len(a) >= 2} - {name}
        key = self.names.get(name)
        if key is None:
            key = name
            self.firms[key] = Firm(key, set(), confidence)
            self.names[name] = key
        firm = self.firms[key]
        firm.confidence = max(firm.confidence, confidence)
        for form in forms:
            self.names.setdefault(form, key)
            if form not in self.firms or form == key or len(form) < len(key):
                firm.aliases.add(form)
        return key

    def merge(self, short: str, full: str) -> None:
        """Make the firm `short` another form of the firm `full`."""
        if short == full or short not in self.firms or full not in self.firms:
            return
        gone = self.firms.pop(short)
        kept = self.firms[full]
        kept.aliases |= gone.aliases | {short}
        kept.role = kept.role or gone.role
        for name, key in list(self.names.items()):
            if key == short:
                self.names[name] = full
        for span in self.spans:
            if span.key == short:
                span.key = full

    def drop_unseen(self) -> None:
        """Forget firms that no span names any more."""
        seen = {s.key for s in self.spans}
        for key in [k for k in self.firms if k not in seen]:
            self.forget(key)

    def forget(self, key: str) -> None:
        """Take the firm `key` and its names out of the book."""
        firm = self.firms.pop(key)
        for name in (key, *firm.aliases):
            if self.names.get(name) == key:
                del self.names[name]
