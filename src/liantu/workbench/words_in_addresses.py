"""Names that stand in addresses: whatever a document calls a chain leads to its page, a stroke in it included."""

from __future__ import annotations

from django.urls import register_converter


class Word:
    """Any text as one part of a path; a stroke is written `%2F`, so that it does not part anything."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        """The text that an address means."""
        return value.replace("%2F", "/").replace("%25", "%")

    def to_url(self, value: str) -> str:
        """A text as it stands in an address, before that is quoted."""
        return str(value).replace("%", "%25").replace("/", "%2F")


register_converter(Word, "word")
