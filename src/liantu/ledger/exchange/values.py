"""Cells and what the ledger stores: each type of column written for a clerk, and read from what a clerk wrote."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from liantu.extraction.figures.numerals import chinese_number
from liantu.ledger.chain_names import chain_label
from liantu.ledger.exchange import cells
from liantu.ledger.exchange.lists import Column
from liantu.ledger.exchange.unusable import Unusable
from liantu.ledger.places import place_of_name
from liantu.ledger.storable import storable
from liantu.ledger.workbooks.amounts import amount, split_unit
from liantu.ledger.workbooks.amounts import shown as cell_text
from liantu.vocabulary.access import confidentiality
from liantu.vocabulary.lists import list_words
from liantu.vocabulary.regions import regions
from liantu.vocabulary.stages import stage_of_label
from liantu.vocabulary.tables import read_table
from liantu.vocabulary.work_words import work_words

LONG_CELL, LONG_TEXT = 500, 4000  # characters of a cell of an office's list
LONGEST = {"name": 255, "owner": 255, "place": 255, "chain": 64}
YUAN = 1e8  # a sum is written in 亿元
NEAR = 1e-9  # relative: what is lost when a number goes through a spreadsheet
MOST = 1e15  # 元; no project costs more
ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
SEVERAL = re.compile(r"[、;；,，|\n]+")
CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufffe\uffff]+")
ABOUT = re.compile(r"^(?:约|近|大约|人民币|RMB|CNY|[¥$€])+", re.IGNORECASE)
ZH_MONEY = re.compile(r"([〇零一二两三四五六七八九十百千]+)(亿|千万|百万|万)?(元|人民币)")


@dataclass(frozen=True, slots=True)
class Word:
    """The words of one value in both languages."""

    value: str
    zh: str
    en: str


@cache
def words_of(type_: str) -> dict[str, Word]:
    """The words of stages or roles, by value."""
    table = read_table("exchange_words.csv", ("type", "value", "zh", "en", "source"), "liantu.ledger")
    table.require_unique("type", "value")
    return {r["value"]: Word(r["value"], r["zh"], r["en"]) for _, r in table.rows if r["type"] == type_}


OF_WORK = "work:"
"""Begins the name of a set of words that records of work use; other sets are those of lists."""
WORDED = frozenset({"stage", "role", "word", "secrecy"})
"""Types of columns whose cells are words of a set."""
NUMBERS = frozenset({"whole", "number", "percent", "readiness"})


def choices_of(column: Column) -> dict[str, Word]:
    """The words that a column's cells may hold, by value; none where they may hold anything."""
    if column.type == "secrecy":
        return {str(level): Word(str(level), each.name_zh, each.name_en) for level, each in confidentiality().items()}
    if column.type != "word":
        return words_of(column.type) if column.type in WORDED else {}
    if column.words == "stage":
        return words_of("stage")
    if column.words.startswith(OF_WORK):
        of_work = work_words()[column.words.removeprefix(OF_WORK)]
        return {word.code: Word(word.code, word.name_zh, word.name_en) for word in of_work.values()}
    return {word.code: Word(word.code, word.name_zh, word.name_en) for word in list_words()[column.words].values()}


def size_of(column: Column) -> float:
    """Yuan in one unit of a column of sums."""
    return split_unit(column.unit)[0] if column.unit else YUAN


@lru_cache(maxsize=16384)
def region_path(code: str) -> str:
    """A region so that nobody takes it for a namesake: 晋中市寿阳县, of a prefecture 晋中市."""
    table = regions()
    if code not in table:
        return ""
    region, city = table.by_code(code), table.city_of(code)
    if city is None or city.code == code:
        return region.name
    path = city.name + region.name
    found = table.by_name(path)
    return path if found is not None and found.code == code else code


def shown(column: Column, value: Any, *, english: bool = False) -> str | float | None:
    """A stored value as the cell of a workbook; None leaves the cell empty."""
    if value is None or value == "" or value == ():
        return None
    if column.type == "money":
        return float(f"{value / size_of(column):.12g}")
    if column.type in NUMBERS:
        return int(value) if column.type in {"whole", "readiness"} else float(value)
    if column.type in WORDED:
        word = choices_of(column).get(value)
        return value if word is None else word.en if english else word.zh
    if column.type == "region":
        return region_path(value) or str(value)
    if column.type == "chains":
        return "、".join(value)
    return str(value)


def as_text(column: Column, value: Any) -> str:
    """A stored value as people read it beside another: 9.6 亿元."""
    said = shown(column, value)
    if said is None:
        return ""
    return (
        f"{said:.12g} {column.unit or '亿元' if column.type == 'money' else column.unit}".strip()
        if isinstance(said, int | float)
        else said
    )


def plain(text: str) -> str:
    """A text without what a spreadsheet may change in it: line ends, control characters, spaces at the ends."""
    return CONTROL.sub(" ", text).strip()


def same(column: Column, left: Any, right: Any) -> bool:
    """Whether two stored values are one: sums up to what a spreadsheet loses, texts up to `plain`."""
    if column.type == "money":
        if left is None or right is None:
            return left is right
        return math.isclose(left, right, rel_tol=NEAR, abs_tol=1e-2)
    if column.type in NUMBERS:
        if left in (None, "") or right in (None, ""):
            return left in (None, "") and right in (None, "")
        return math.isclose(left, right, rel_tol=NEAR)
    if column.type == "chains":
        return tuple(left or ()) == tuple(right or ())
    return plain(left or "") == plain(right or "")


def parsed(column: Column, value: Any, unit: str = "") -> Any:
    """What a cell says, as the ledger stores it; an empty cell says nothing is known.

    Args:
        unit: of the column, for sums written without one.

    Raises Unusable.
    """
    text = storable(cell_text(value)) if value is not None else ""
    if text.startswith("'") and text[1:2] in tuple("=+-@"):
        text = text[1:]  # how a CSV keeps such text from being run
    if not text or (text in {"-", "—", "--", "/", "无"} and column.type not in {"text", "long"}):
        return _NOTHING.get(column.type, "")
    if text in ERRORS:
        raise Unusable("单元格里是出错的公式，请改成数值或文字", "the cell holds a formula error; write a value")
    return _READERS[column.type](column, text if column.type != "money" else value, unit)


def _text(column: Column, text: str, _unit: str) -> str:
    text = plain(text)
    longest = LONGEST.get(column.key, LONG_TEXT if column.type == "long" else LONG_CELL)
    if len(text) > longest:
        raise Unusable(
            f"有 {len(text)} 个字，最多 {longest} 个，请缩短", f"{len(text)} characters, at most {longest}; shorten it"
        )
    return text


def _word(column: Column, text: str, _unit: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    known = choices_of(column)
    for word in known.values():
        if plain in {word.value, word.zh} or plain.lower() == word.en.lower():
            return word.value
    found: str | None
    if column.type == "word" and column.words != "stage":
        # The longest word that occurs: 审查未通过 is 未通过, not 通过.
        within = [word for word in known.values() if word.zh in plain]
        found = max(within, key=lambda word: len(word.zh)).value if within else ""
    elif column.type == "secrecy":
        found = ""  # 非公开 holds 公开: nothing but the word itself will do
    else:
        found = stage_of_label(plain) if "stage" in {column.type, column.words} else _role(plain)
    if found:
        return found
    allowed, english = "、".join(w.zh for w in known.values()), ", ".join(w.en for w in known.values())
    raise Unusable(f"不是可用的{column.zh}，可写：{allowed}", f"not a {column.en.lower()}; write one of {english}")


def _role(text: str) -> str:
    return next((word.value for word in words_of("role").values() if word.zh in text), "")


def _money(column: Column, value: Any, unit: str) -> float:
    if isinstance(value, bool):
        raise Unusable("不是金额，请写数字", "not a sum; write a number")
    unit = unit or (column.unit if not isinstance(value, str) else "")
    said = value if isinstance(value, int | float) else _plain_money(str(value))
    found = amount(said, unit) if isinstance(said, str | int | float) else None
    if found is None:
        raise Unusable("不是金额，请写数字，如 9.6，或 9.6亿元", "not a sum; write a number such as 9.6, or 9.6亿元")
    number, base = found
    if not base:
        raise Unusable(
            "没有写单位：请写作 9.6亿元，或在表头写明，如“总投资（亿元）”",
            "no unit: write 9.6亿元, or name it in the header, as in 总投资（亿元）",
        )
    if base not in {"元", "人民币", "元人民币"}:
        raise Unusable(f"单位“{base}”不是人民币，请折算成亿元后再填", f"{base} is not yuan; convert it to 亿元 first")
    if not math.isfinite(number) or number < 0 or number > MOST:
        raise Unusable(
            "金额须在 0 到 1000 万亿元之间，请核对单位", "the sum must lie between 0 and 1e15 yuan; check its unit"
        )
    return round(number, 2)


def _plain_money(text: str) -> str:
    text = ABOUT.sub("", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    words = ZH_MONEY.fullmatch(text)
    if words and (number := chinese_number(words[1])) is not None:
        return f"{number:.12g}{words[2] or ''}{words[3]}"
    scientific = re.fullmatch(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+", text)
    return f"{float(text):.12f}" if scientific and abs(float(text)) < MOST else text


def _region(_column: Column, text: str, _unit: str) -> str:
    plain = re.sub(r"[\s·/>-]+", "", unicodedata.normalize("NFKC", text))
    table = regions()
    try:
        code = table.code_of(plain)
    except ValueError as error:
        place = place_of_name(plain)
        if place and not table.all_named(plain):
            return place.region_code
        zh, _, en = str(error).partition(" / ")
        raise Unusable(zh, en) from None
    if table.by_code(code).is_group:
        raise Unusable("是几个地区的合称，请写其中一个", "stands for several regions; write one of them")
    return code


def _chain(column: Column, text: str, unit: str) -> str:
    return chain_label(_text(column, text, unit))


def _chains(column: Column, text: str, unit: str) -> tuple[str, ...]:
    parts = [part.strip() for part in SEVERAL.split(text)]
    return tuple(dict.fromkeys(chain_label(_text(column, part, unit)) for part in parts if part))


def unit_of(header: str) -> str:
    """The unit that a header names: 亿元 in 总投资（亿元）."""
    found = re.search(r"[（(]\s*(?:单位[:：])?\s*([^（()）]{1,8}?)\s*[)）]", unicodedata.normalize("NFKC", header))
    unit = found[1] if found else ""
    return unit if split_unit(unit)[1] in {"元", "美元", "人民币"} else ""


_NOTHING: dict[str, Any] = {"money": None, "chains": (), "secrecy": "0", **dict.fromkeys(NUMBERS)}
_READERS: dict[str, Callable[[Column, Any, str], Any]] = {
    "text": _text,
    "stage": _word,
    "role": _word,
    "money": _money,
    "region": _region,
    "chain": _chain,
    "chains": _chains,
    "long": _text,
    "word": _word,
    "secrecy": _word,
    "number": lambda column, text, _unit: cells.number(text, column.unit),
    "whole": lambda column, text, _unit: cells.whole(text, column.unit),
    "percent": lambda _column, text, _unit: cells.percent(text),
    "readiness": lambda _column, text, _unit: cells.readiness(text),
    "when": lambda _column, text, _unit: cells.when(text),
    "day": lambda _column, text, _unit: cells.day(text),
    "uscc": lambda _column, text, _unit: cells.credit_code(text),
}
