"""The names of rows: what a row is of, the unit and the time it names itself, and whether it is part or total of others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from liantu.extraction.figures.heads import first_time, is_time, split_unit
from liantu.extraction.figures.rows import Row, number_in

_PART = re.compile(r"^(?:#|其中[：:]?|[（(]?[一二三四五六七八九十\d]{1,2}[）)、.])\s*(?=\S)")
MEASURE = re.compile(r"收入|支出|利润|成本|税|[额量值数费价]$|贷款|存款|投资|面积|人口|户$")
_TOTAL = re.compile(
    r"(?:全[国省市县区州盟旗]|地区)?(?:合\s*计|总\s*计|共\s*计|小\s*计)|全[省市县区州盟旗]|我[省市县区]"
)
_AT_END = re.compile(r"^\d{1,2}月(?:份)?[末底]")
_SUBJECT_HEADS = (
    (re.compile(r"企业|公司"), "enterprise"),
    (re.compile(r"(?:项目|工程)名称|重[点大]项目|建设项目|^工程$"), "project"),
    (re.compile(r"园区|开发区|高新区|经开区"), "zone"),
    (re.compile(r"^(?:地\s?区|城市|市|县|区|州|.{0,2}[省市县区州旗乡镇街].{0,6})$"), "region"),
)


@dataclass(slots=True)
class Label:
    """The name of a row, with the unit behind it."""

    start: int
    end: int
    words: str
    name: str
    unit: str | None
    is_time: bool
    is_total: bool
    period: str | None = None  # that it names itself (2021年, 8月末存款余额)


def label_index(row: Row, named: int | None) -> int | None:
    """The cell that names a row: that of column `named` where it is filled, else the first of words."""
    if named is not None and named < len(row.cells) and row.cells[named][2]:
        return named
    return next((i for i, c in enumerate(row.cells) if c[2] and not number_in(c[2])), None)


def read_label(cell: tuple[int, int, str], published: date | None, year: int | None) -> Label:
    """The name in a cell (start, end, words)."""
    start, end, words = cell
    lead = m.end() if (m := _PART.match(words)) else 0
    name, unit = split_unit(words[lead:])
    is_total = _TOTAL.fullmatch(name) is not None
    name = re.sub(r"(?<=..)(?:合计|总计|小计)$", "", name)
    is_date = is_time(words)
    period = None
    if is_date or _AT_END.match(name):
        dated = words if not is_date or words.endswith(("年", "月", "度")) else words + "年"
        time = first_time(dated, published, year)
        period = time.period if time else None
        name = _AT_END.sub("", name)
    return Label(start + lead, end, words, name, unit, is_date, is_total, period)


def is_part(label: Label) -> bool:
    """Whether a row without a unit may be a part of what the rows above measure, in their unit."""
    return not MEASURE.search(label.name) and label.name[-1:] not in "）)"


def kind_of_rows(words: str) -> str:
    """What the rows are, by the name of the column that names them; empty where they are not one thing that acts."""
    return next((kind for pattern, kind in _SUBJECT_HEADS if pattern.search(words)), "")
