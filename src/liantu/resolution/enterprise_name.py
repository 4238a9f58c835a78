"""The parts of a firm's name: place, core, legal form, and the place in brackets that makes a branch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from .fold import fold
from .words import legal_suffixes, market_marks, place_forms, trade_words

_LEGAL_ENDS = ("公司", "厂", "社", "合伙)")
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
    folded = fold(name)
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
    for suffix, form in legal_suffixes():
        if text.endswith(suffix) and len(text) - len(suffix) >= 2:
            return text[: -len(suffix)], form
    return text, ""


def leading_place(text: str) -> str:
    """The region name or names that `text` begins with, followed by something (山西忻州…, 太原市…); `""` for none."""
    forms = place_forms()
    end = 0
    while True:
        step = next((n for n in range(min(8, len(text) - end), 1, -1) if text[end : end + n] in forms), 0)
        if not step:
            return text[:end]
        end += step


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
    for mark in starts:
        if folded.startswith(mark) and len(folded) - len(mark) >= 2:
            folded = folded[len(mark) :]
            break
    for mark in ends:
        if folded.endswith(mark) and len(folded) - len(mark) >= 2:
            folded = folded[: -len(mark)]
            break
    return folded
