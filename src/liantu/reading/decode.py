"""Bytes to characters: byte order marks first, then utf-8, a declared label, gb18030, and a guess last."""

from __future__ import annotations

import codecs
import re

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before utf-16: its mark begins with the utf-16 one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

# Labels that pages use for what browsers read as a larger set (WHATWG Encoding Standard, section 4.2).
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5-hkscs": "big5hkscs"}

# GB 2312 orders its characters by use: marks in rows 1 to 3, the 3,755 common ones in rows 16 to 55. Hardly anything
# else stands in a Chinese text, whereas bytes of another encoding fall anywhere.
_COMMON = re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]")
_COMMON_SHARE = 0.47  # a Traditional text in gbk reaches 0.57, Big5 taken for gbk 0.38


BROKEN = "\ufffd"  # stands for bytes that are no character
_BROKEN_SHARE = 0.02  # of a text's characters beyond ASCII: utf-8 taken for gb18030, or the reverse, breaks a third


class DecodeError(ValueError):
    """No encoding fits these bytes."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Text of `data` without its byte order mark, and the encoding's Python name.

    `declared` is the label the container gives (html meta, HTTP header); it is tried after utf-8, because pages
    labelled gb2312 are often utf-8. A few damaged bytes in a Chinese text become `BROKEN`, and the rest is kept.
    Raises `DecodeError` when nothing fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                text = data.decode(encoding, errors="replace")
            return text.removeprefix("\ufeff"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # A file cut off in the middle of its last character is still utf-8.
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data" and len(data) > 16:
            return data.decode("utf-8", errors="ignore"), "utf-8"
    for encoding in filter(None, (declared and _known(declared), _utf16_without_mark(data), "gb18030")):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding != "gb18030" or declared or _looks_chinese(text):
            return text, encoding
    mended = _mended(data, declared and _known(declared))
    if mended is not None:
        return mended
    guess = _guess(data)
    if guess is not None:
        return guess
    raise DecodeError("no encoding fits")


def _known(label: str) -> str | None:
    name = label.strip().strip("\"'").lower()
    name = _WIDER.get(name, name)
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _utf16_without_mark(data: bytes) -> str | None:
    """utf-16 without a mark shows as zero bytes at every other place of its line ends, digits and spaces."""
    head = data[:4000]
    if len(head) < 4 or b"\x00" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 4 * even and odd * 50 > len(head):
        return "utf-16-le"
    if even > 4 * odd and even * 50 > len(head):
        return "utf-16-be"
    return None


def _looks_chinese(text: str) -> bool:
    wide = "".join(c for c in text[:20_000] if c > "\x7f")
    return len(_COMMON.findall(wide.encode("gb18030"))) >= _COMMON_SHARE * len(wide)


def _mended(data: bytes, declared: str | None) -> tuple[str, str] | None:
    """The text of a file in which hardly any byte is damaged."""
    for encoding in ("utf-8", declared, "gb18030"):
        if not encoding:
            continue
        text = data.decode(encoding, errors="replace")
        broken = text.count(BROKEN)
        wide = sum(c > "\x7f" for c in text) - broken
        if broken <= _BROKEN_SHARE * wide and (encoding != "gb18030" or _looks_chinese(text.replace(BROKEN, ""))):
            return text, encoding
    return None


def _guess(data: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes

    if b"\x00" in data[:4000]:
        return None
    best = from_bytes(data[:200_000]).best()
    if best is None:
        return None
    try:
        return data.decode(best.encoding), best.encoding
    except UnicodeDecodeError:
        return data.decode(best.encoding, errors="replace"), best.encoding
