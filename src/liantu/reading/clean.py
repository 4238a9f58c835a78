"""The clean form of a text's characters and marks (`docs/contracts.md`, "Clean text"), offsets kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from liantu.reading.draft import Draft, Edit
from liantu.reading.noise import inline_ads, strewn
from liantu.reading.script import is_traditional, to_simplified
from liantu.reading.tables import look_alikes

_KEPT_WIDE = "！（），：；？"  # full-width marks that are themselves the clean form
_CJK = "\u3400-\u9fff"
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ue000-\uf8ff]+"
)
_LIGATURE = re.compile("[\ufb00-\ufb06]")

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_GLOSS = re.compile(
    rf"(?<=[{_CJK}])[(（](?:zh|ch|sh|[bpmfdtnlgɡkhjqxrzcsyw])?(?:[aeiouüɑ{_TONED}]\u0300?|[\u0300-\u030c]){{1,6}}(?:n[gɡ]?|r)?[)）]"
)
_PLAIN_GLOSS = re.compile(r"[(（][a-zɡ]+[)）]")

_WIDE = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}
_N = "[^\x00-\x7f]"  # a neighbour that is not ASCII
# A mark stands for a Chinese one when a neighbour is Chinese; between figures when it is no thousands comma.
_COMMA = re.compile(
    rf"(?<={_N}),|,(?=[,\s]{{0,6}}{_N})|(?<=[%A-Za-z)\]\"]),(?=\d)|(?<=\d{{4}}),(?=\d)|(?<=\d),(?=\d)(?!\d{{3}}(?!\d))|(?<=[\d%A-Za-z]),(?=[\"\n])"
)
_OTHER = re.compile(rf"(?<={_N})[:;!?]|[:;!?](?=\s{{0,4}}{_N})|(?<=[\d%A-Za-z)]);(?=\d)")
_ROUND = re.compile(rf"\((?=[^()\n]*{_N})[^()\n]{{0,400}}\)|(?<={_N})\([^()\n]{{0,400}}\)|\([^()\n]{{0,400}}\)(?={_N})")
_STRAY_ROUND = re.compile(rf"(?<={_N})[()]|[()](?={_N})")
_STRAIGHT = re.compile(rf'"(?=[^"\n]*{_N})([^"\n]{{1,200}})"')
_ADDRESS = re.compile(r"(?:https?://|www\.)[\w./?=&%#:;,~+@!()-]*[\w/=]", re.A)
_DOUBLED = re.compile("，+(?=[，、。；：！？])|(?<=[、；：])[、；：，]+|(?<=。)[。，、；]+")


@cache
def _characters() -> dict[int, str]:
    """One character for one: widths, spaces, line ends, look-alikes."""
    table: dict[int, str] = {}
    for code in (
        *range(0xFF01, 0xFF5F),
        *range(0xFFE0, 0xFFE7),
        *range(0xFE10, 0xFE1A),
        *range(0xFE50, 0xFE6C),
        *range(0x2F00, 0x2FD6),
    ):
        table[code] = unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA1E), *range(0xFF61, 0xFF66)):
        folded = unicodedata.normalize("NFKC", chr(code))
        if folded != chr(code) and len(folded) == 1:
            table[code] = folded
    table = {code: char for code, char in table.items() if len(char) == 1}
    for mark in _KEPT_WIDE:
        table.pop(ord(mark), None)
    for code in (0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x3164):
        table[code] = " "
    table[0x09] = "\t"
    for code in (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029):
        table[code] = "\n"
    for presentation, mark in zip("︐︑︒︓︔︕︖", "，、。：；！？", strict=True):
        table[ord(presentation)] = mark
    return table | look_alikes()


def clean_characters(draft: Draft) -> None:
    """Make the characters and marks of a draft clean, in place; its lines and spaces stay as they are."""
    draft.swap(_widened(draft.text.translate(_characters())))
    draft.apply((m.start(), m.end(), "") for m in _DROPPED.finditer(draft.text))
    if _LIGATURE.search(draft.text):
        draft.apply((m.start(), m.end(), unicodedata.normalize("NFKC", m[0])) for m in _LIGATURE.finditer(draft.text))
    draft.apply(_glosses(draft.text))
    draft.apply((m.start(), m.end(), "") for m in _DOUBLED.finditer(draft.text))
    draft.apply(inline_ads(draft.text))
    draft.apply(strewn(draft.text))
    if is_traditional(draft.text):
        draft.swap(to_simplified(draft.text))


def _widened(text: str) -> str:
    """ASCII marks that stand for Chinese punctuation in full width; the length stays."""
    if text.isascii():
        return text
    addresses = [(m.start(), m[0]) for m in _ADDRESS.finditer(text)] if "://" in text or "www." in text else []
    if "," in text:
        text = _COMMA.sub("，", text)
    text = _OTHER.sub(lambda m: _WIDE[m[0]], text)
    if "(" in text:
        for _ in range(4):  # brackets may be nested
            text, changed = _ROUND.subn(lambda m: f"（{m[0][1:-1]}）", text)
            if not changed:
                break
        text = _STRAY_ROUND.sub(lambda m: "（" if m[0] == "(" else "）", text)
    if '"' in text:
        text = _STRAIGHT.sub(r"“\1”", text)
    return _restored(text, addresses)


def _restored(text: str, addresses: Sequence[tuple[int, str]]) -> str:
    """The text with its web addresses as they were."""
    parts: list[str] = []
    at = 0
    for start, address in addresses:
        parts += (text[at:start], address)
        at = start + len(address)
    return "".join((*parts, text[at:]))


def _glosses(text: str) -> list[Edit]:
    """Pinyin in brackets behind its character; toneless ones only in a text that glosses throughout."""
    if "（" not in text and "(" not in text:
        return []
    found = list(_GLOSS.finditer(text))
    toned = [m for m in found if not _PLAIN_GLOSS.fullmatch(m[0])]
    chosen = found if len(toned) >= 5 else toned
    return [(m.start(), m.end(), "") for m in chosen]
