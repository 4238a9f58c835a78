"""The parts of a firm's name: place, core, legal form, and the place in brackets that makes a branch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from .fold import fold
from .words import legal_suffixes, market_marks, place_forms, trade_words

_LEGAL_ENDS = ("公司", "厂", "社", "合伙)")
_LONGEST_PLACE = 8
"""Characters of a place's name that are looked at."""
_GROUP_FORMS = frozenset({"group", "group_joint_stock"})


@dataclass(frozen=True, slots=True)
class EnterpriseName:
    """A firm's name in parts: 山西(`place`) 中科晶电信息材料(`core`) 有限公司(`suffix`, `form` = limited).

    `branch` is the place in brackets (一道新能源科技(忻州)有限公司), `other` what else stands in brackets. `form` is `""` for
    a short name. `text` is place and core together; `is_full` says that the name carries a legal form, and so names one
    legal person.
    """

    folded: str
    place: str
    core: str
    form: str
    branch: str
    other: str
    text: str
    is_full: bool

    @property
    def is_group(self) -> bool:
        return self.form in _GROUP_FORMS


@lru_cache(maxsize=65536)
def parse_enterprise(name: str) -> EnterpriseName:
    """`name` in parts. Never fails: what is not understood stays in `core`."""
    return parts_of(fold(name))


def parts_of(folded: str) -> EnterpriseName:
    """The same for a name that is folded already."""
    rest, branch, other, group = _take_brackets(folded)
    rest, form = _take_suffix(rest)
    if group and not form.startswith("group"):
        form = {"joint_stock": "group_joint_stock"}.get(form, "group")
    place = leading_place(rest)
    if len(rest) - len(place) < 2:
        place = ""
    is_full = form != "" and folded.endswith(_LEGAL_ENDS)
    return EnterpriseName(folded, place, rest[len(place) :], form, branch, other, rest, is_full)


def _take_brackets(folded: str) -> tuple[str, str, str, bool]:
    branch, other, group = "", "", False
    while (opened := folded.find("(")) >= 0 and (closed := folded.find(")", opened)) > 0:
        inside = folded[opened + 1 : closed]
        if inside == "集团":
            group = True
        elif inside in place_forms():
            branch = inside
        elif inside in ("有限合伙", "普通合伙"):
            return folded, branch, other, group
        else:
            other = inside
        folded = folded[:opened] + folded[closed + 1 :]
    return folded, branch, other, group


def _take_suffix(text: str) -> tuple[str, str]:
    forms, lengths = _suffixes()
    for length in lengths.get(text[-1:], ()):
        form = forms.get(text[-length:])
        if form is not None and len(text) - length >= 2:
            return text[:-length], form
    return text, ""


@cache
def _suffixes() -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    """Legal form by suffix, and the lengths of the suffixes with each last character, longest first."""
    lengths: dict[str, set[int]] = {}
    for suffix, _form in legal_suffixes():
        lengths.setdefault(suffix[-1], set()).add(len(suffix))
    return dict(legal_suffixes()), {end: tuple(sorted(found, reverse=True)) for end, found in lengths.items()}


def leading_place(text: str) -> str:
    """The region name or names that `text` begins with, followed by something (山西忻州…, 太原市…); `""` for none."""
    forms, lengths = place_forms(), _place_lengths()
    end = 0
    while True:
        for length in lengths.get(text[end : end + 2], ()):
            if end + length <= len(text) and text[end : end + length] in forms:
                end += length
                break
        else:
            return text[:end]


@cache
def _place_lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the names of places that begin with two given characters, longest first."""
    found: dict[str, set[int]] = {}
    for form in place_forms():
        if 2 <= len(form) <= _LONGEST_PLACE:
            found.setdefault(form[:2], set()).add(len(form))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


@cache
def _trade_by_length() -> tuple[tuple[int, frozenset[str]], ...]:
    lengths = sorted({len(w) for w in trade_words()}, reverse=True)
    return tuple((n, frozenset(w for w in trade_words() if len(w) == n)) for n in lengths)


@lru_cache(maxsize=65536)
def trade_mask(core: str) -> tuple[bool, ...]:
    """For each character of `core` whether it belongs to a word of trade or organisation."""
    mask = [False] * len(core)
    at = 0
    while at < len(core):
        step = next((n for n, words in _trade_by_length() if core[at : at + n] in words), 0)
        for i in range(at, at + step):
            mask[i] = True
        at += step or 1
    return tuple(mask)


def strip_market_marks(name: str) -> str:
    """A listed firm's short name without ST, *ST, XD, A, B, 退 and the like."""
    folded = fold(name)
    starts, ends = market_marks()
    if folded.startswith(starts):
        mark = next((m for m in starts if folded.startswith(m) and len(folded) - len(m) >= 2), "")
        folded = folded[len(mark) :]
    if folded.endswith(ends):
        mark = next((m for m in ends if folded.endswith(m) and len(folded) - len(m) >= 2), "")
        folded = folded[: len(folded) - len(mark)]
    return folded
