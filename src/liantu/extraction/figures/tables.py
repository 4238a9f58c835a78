"""Figures in tables: a cell is measured by its column, its row, the unit in the header and the caption above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from liantu.extraction.figures.heads import (
    Head,
    first_time,
    is_goal,
    is_growth,
    is_time,
    is_value,
    read_heads,
    split_unit,
)
from liantu.extraction.figures.labels import MEASURE, Label, is_part, kind_of_rows, label_index, read_label
from liantu.extraction.figures.numerals import scaled
from liantu.extraction.figures.rows import Row, label_column, number_in
from liantu.extraction.figures.stated_units import unit_stated, units_above
from liantu.extraction.model import Bound, Kind, Status
from liantu.reading.columns import opens_header
from liantu.vocabulary.units import is_unit, without_magnitude

_BOUNDS: dict[str, Bound] = {"以上": ">=", "左右": "≈", "以内": "<=", "以下": "<="}
_OF_THE_YEAR = re.compile(r"^(?!.*(?:完成|率|到位|增)).*(?:计划|总投资|项目(?:数|个数)?$)")
_GOAL_KIND = re.compile(r"预期性?|约束性?|指导性")  # what plans write behind each of their goals
_FOR_THE_YEAR = re.compile(r"计划|总投资|目标|任务|年度|(?<!签约)(?<!开工)(?<!新)项目(?:数|个数)?$|全年|年末")
_UP_TO_NOW = re.compile(r"完成|到位|增速|增长|同比|排名|位次|名次|累计")
_NUMBERING = re.compile(
    r"^(?:附?[表图])\s*\d+(?:-\d+)?[\s：:、.]*|^[（(]?[一二三四五六七八九十\d]+[）)、.]\s*|^指标[：:]"
)
_ROW_UNIT = re.compile(r"^(?:计量)?单位$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEVEL = re.compile(r"(?:[额量值]|收入|支出|利润|投资|贷款|存款|税收)$")  # in percent only as growth
_OF_GROWTH = re.compile(r"(?<![及其和])(?:增速|增幅|增长率?|增长速度)(?:情况|排名|统计)?表?$")
_STRUCTURE = re.compile(r"构成|结构|比重|占比")
_ABOUT = re.compile(
    r"^(?:各?(?:省|市|州|县|区|地区(?!生产)|县（市、区）|区（县）|开发区|园区|乡镇|镇街))+(?=..)|(?:完成)?(?:情况|统计|一览|排名|数据)?表?$"
)
_NO_TOPIC = re.compile(r"指标|数据|公报|[通简快月]报|情况|运行|汇总|关于|分析")
_LONGEST_TOPIC = 20
_LONGEST_NAME = 24  # of what is measured, told by row and caption together


@dataclass(slots=True)
class CellFigure:
    """A number in a cell with all that its table says of it."""

    start: int
    end: int
    number: str
    value: float
    unit: str
    kind: Kind
    status: Status
    indicator: str  # with the row's name where that is no subject
    own: str  # what column and caption say, for a row that names a subject
    label: str  # the row's name, if it may be a subject
    label_span: tuple[int, int]
    label_kind: str  # enterprise, project, zone or region where the column of names says so
    is_total: bool  # the row is of all others together
    period: str | None
    row: Row
    bound: Bound = "="


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a table stands in.

    `caption` is the heading over it, `above` the lines before (单位：亿元), `title` the document's, `place` the region that is
    about; `year` governs, `done` are the months a bulletin reports on, to which what was completed, its rates and ranks
    belong, `stretch` the months that 本月 and 累计 over a column mean.
    """

    caption: str
    above: str
    title: str
    place: str
    published: date | None
    year: int | None
    done: str | None
    stretch: str | None


@dataclass(slots=True)
class _Above:
    """What stands over a table, and when its figures are of."""

    name: str
    topic: str  # the name without time and place
    units: tuple[str, ...]
    period: str | None
    published: date | None
    year: int | None
    done: str | None
    stretch: str | None


def read_table(rows: list[Row], seen: Surroundings) -> list[CellFigure]:
    """Figures of one table."""
    if not rows:
        return []
    words, unit = split_unit(seen.caption)
    name = _NUMBERING.sub("", words).replace("_", "")
    time = first_time(seen.caption, seen.published, seen.year)
    above = _Above(
        name,
        _topic(name, seen) or (_topic(seen.title, seen) if not seen.caption else ""),
        (unit,) if unit else units_above(seen.above) or units_above(seen.caption),
        time.period if time else None,
        seen.published,
        seen.year,
        seen.done,
        seen.stretch,
    )
    return [figure for part in _parts(rows) for figure in _read_part(part, above)]


def _read_part(rows: list[Row], above: _Above) -> list[CellFigure]:
    """Figures of rows under one header."""
    header, body = _unfolded(*_split_header(rows))
    heads = read_heads(header, above.published, above.year, above.stretch)
    found: list[CellFigure] = []
    unit_column = next((i for i, h in enumerate(header) if _ROW_UNIT.match(h)), None)
    named = label_column(body, unit_column)
    years = _years(header)
    inherited: str | None = None  # unit of the row that the parts below belong to
    for row in body:
        index = label_index(row, named)
        label = read_label(row.cells[index], above.published, above.year) if index is not None else None
        cells = [cell[2] for cell in row.cells]
        row_unit = cells[unit_column] if unit_column is not None and unit_column < len(cells) else None
        if label is not None and (label.unit is not None or row_unit is not None or not is_part(label)):
            inherited = label.unit
        elif label is not None:
            row_unit = inherited
        fits = len(heads) == len(cells)
        kind_of_label = kind_of_rows(header[index]) if fits and index is not None else ""
        if (
            not fits
            and sum(number_in(cell) is not None for cell in cells) > 1
            and label is not None
            and not label.is_time
        ):
            continue  # whose are they? there is no name over any of them
        goals = any(_GOAL_KIND.fullmatch(cell) for cell in cells)
        running = above.period
        for i, (start, _, cell) in enumerate(row.cells):
            head = heads[i] if fits else None
            if i in (unit_column, index) or (i == 0 and is_time(cell)):
                continue
            if head is not None and head.order:
                continue
            m = number_in(cell)
            figure = None
            if m is not None and (head is not None or above.units or row_unit or m["percent"] or m["unit"]):
                figure = _cell(m, start, head, label, row_unit, above, running, row)
            if figure is not None:
                figure.label_kind = kind_of_label
                _settle(figure, head, above, years, goals)
                found.append(figure)
            if head is not None and head.period and (head.time is None or _is_exact(head)):
                running = head.period  # 同比增长 behind 1—10月累计 is of those months
    return found


def _is_exact(head: Head) -> bool:
    return head.time is not None and (
        head.time.kind in ("part", "month", "range") or re.search(r"\d{4}", head.words) is not None
    )


def _settle(figure: CellFigure, head: Head | None, above: _Above, years: list[int], goals: bool) -> None:
    """Period and status that the table as a whole decides."""
    words = head.words if head else ""
    done = above.done
    stated = _UP_TO_NOW.search(words) or not _FOR_THE_YEAR.search(head.name if head else "")
    if done and figure.period == str(above.year) == done[:4] and stated:
        figure.period = done
    if "年均" in words and years:
        figure.period = f"{years[0] + 1}/{years[-1]}"
        if above.published and years[-1] > above.published.year:
            figure.status = "target"
    own = head.time if head else None
    if goals and (own is None or (own.period or "")[-4:] == str(max(years, default=""))):
        figure.status = "target"


def _years(header: list[str]) -> list[int]:
    """The years that head columns, in order; empty for fewer than two."""
    years = sorted({int(m.group()) for h in header if (m := _YEAR.search(h))})
    return years if len(years) > 1 else []


def _parts(rows: list[Row]) -> list[list[Row]]:
    """The rows parted where another header begins."""
    starts = [0]
    for i in range(1, len(rows) - 1):
        cells = [cell[2] for cell in rows[i].cells]
        if len(cells) < 2 or not cells[-1] or any(number_in(cell) for cell in cells):
            continue
        opens = not cells[0] or opens_header(cells[0])
        if opens and any(number_in(cell[2]) for cell in rows[i - 1].cells):
            starts.append(i)
    return [rows[a:b] for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]


def _split_header(rows: list[Row]) -> tuple[list[str], list[Row]]:
    """The header's words by column and the rows under it. Rows without figures at the top are the header; a blank cell
    of a grouped header takes the group to its left (2023年 over 产值 and 增速)."""
    top = 0
    while top < len(rows) - 1 and len(rows[top].cells) > 1 and not any(number_in(c[2]) for c in rows[top].cells):
        top += 1
    if top == 0:
        first = rows[0]
        years = len(first.cells) > 2 and all(is_time(c[2]) for c in first.cells[1:] if c[2])
        return ([c[2] for c in first.cells], rows[1:]) if years else ([], rows)
    width = len(rows[top - 1].cells)
    names = [""] * width
    for row in rows[:top]:
        if len(row.cells) > width:
            continue
        group = ""
        for i in range(width):
            words = row.cells[i][2] if i < len(row.cells) else ""
            group = words or (group if row is not rows[top - 1] and i else "")
            names[i] = names[i] + group if group not in names[i] else names[i]
    return names, rows[top:]


def _unfolded(header: list[str], body: list[Row]) -> tuple[list[str], list[Row]]:
    """A table of two halves side by side (指标, 数值, 指标, 数值) as one under the other."""
    again = next((i for i in range(2, len(header)) if header[0] and header[i] == header[0]), 0)
    if not again or header != header[:again] * (len(header) // again):
        return header, body
    rows = [
        replace(row, cells=row.cells[at : at + again])
        for row in body
        for at in range(0, len(row.cells), again)
        if len(row.cells) == len(header)
    ]
    return header[:again], rows


def _topic(name: str, seen: Surroundings) -> str:
    """What a caption says its table is about, without time and whose (2021年各地区夏粮产量情况: 夏粮产量)."""
    mark = first_time(name, seen.published, seen.year)
    if mark is not None and mark.start == 0:
        name = name[mark.end :].lstrip("的")
    topic = _ABOUT.sub("", name.removeprefix(seen.place))
    return "" if _NO_TOPIC.search(topic) or len(topic) > _LONGEST_TOPIC else topic


def _cell(
    m: re.Match[str],
    start: int,
    head: Head | None,
    label: Label | None,
    row_unit: str | None,
    above: _Above,
    running: str | None,
    row: Row,
) -> CellFigure | None:
    """The figure of one cell; None without a unit."""
    name = head.name if head else ""
    head_unit = head.unit if head else None
    growth = (head is not None and head.growth) or _is_of_growth(head, above)
    rank = bool(m["rank"]) or (head is not None and head.rank and not m["percent"])
    what = name if name and head is not None and not head.is_bare else label.name if label else ""
    unit = _unit(m, head_unit, growth, rank, label, row_unit, above.units, what)
    if unit is None:
        return None
    factor, base = without_magnitude(unit.replace("％", "%").removeprefix("个") if unit.endswith("百分点") else unit)
    base = "%" if base == "％" else base
    value = scaled(m["num"], factor) * (-1 if m["sign"] in ("-", "−", "–") else 1)
    words = label.name if label else ""
    more = head is not None and head.more and not growth
    of_level = (
        base == "%"
        and bool(_LEVEL.search(words))
        and not _STRUCTURE.search(above.name)
        and (head is None or head.is_time or is_value(name))
    )
    grown = growth or more or base == "百分点" or (base == "%" and (is_growth(words) or of_level))
    kind: Kind = "rank" if rank else "change" if grown else "share" if base in ("%", "‰") else "level"
    own = _own(head, above)
    indicator = own
    if label is not None and not label.is_time and not label.is_total:
        plain = head is None or head.is_time or not name or is_value(name)
        told = head.base if head and head.base else ""
        if head is not None and head.is_bare and not told and not MEASURE.search(label.name):
            about = above.topic if above.topic not in label.name else ""
            told = about if len(label.name + about + name) <= _LONGEST_NAME else ""
        indicator = label.name + told if plain or head is None else _with(told, head)
    status: Status = (head.status if head else "actual") if name else "actual"
    if status == "actual" and is_goal(above.name) and not re.search(r"完成", name):
        status = "target"
    period = _period(head, label, above, running)
    if kind != "rank" and base == "%" and re.search(r"(?:下降|降低|减少|削减|降幅)(?:率)?$", indicator):
        kind, value = "change", -abs(value)
    published = above.published
    if status == "actual" and period and published and period.split("/")[-1][:4] > str(published.year):
        status = "target"
    sign = m["sign"] if m["sign"] in ("-", "−", "–") else ""
    begin = start + m.start("sign")
    number = sign + m["rank"] + m["num"] + m["percent"] + _magnitude(m)
    return CellFigure(
        begin,
        start + m.end("num") + len(m["percent"] + _magnitude(m)),
        number,
        value,
        base,
        kind,
        status,
        indicator,
        own,
        label.name if label and not label.is_time else "",
        (label.start, label.end) if label else (start, start),
        "",
        label is not None and label.is_total,
        period,
        row,
        _BOUNDS.get(m["after"] or "", "="),
    )


def _is_of_growth(head: Head | None, above: _Above) -> bool:
    """Whether the caption says that what stands under a column without a unit of its own is growth."""
    if head is not None and head.unit not in (None, "%", "％", "百分点"):
        return False
    if set(above.units) in ({"%"}, {"％"}):
        return is_growth(above.name)
    silent = head is not None and (head.is_time or not head.name or is_value(head.name))
    return not above.units and silent and _OF_GROWTH.search(above.name) is not None


def _magnitude(m: re.Match[str]) -> str:
    """What of a unit in the cell itself belongs to the number: 万 of 12.5万户."""
    unit = m["unit"] or ""
    return unit[: len(unit) - len(without_magnitude(unit)[1])]


def _unit(
    m: re.Match[str],
    head_unit: str | None,
    growth: bool,
    rank: bool,
    label: Label | None,
    row_unit: str | None,
    units: Sequence[str],
    what: str,
) -> str | None:
    label_unit = label.unit if label else None
    if m["percent"]:
        return "%"
    if growth and m.string[:1] in "〔［[" and label_unit:
        return label_unit  # 年均增速〔累计〕: in brackets the sum of the years, in the unit of the row
    if rank:
        return "位"
    if m["unit"]:
        return m["unit"]
    if head_unit is not None or growth:
        return head_unit or "%"
    return label_unit or (row_unit if row_unit and is_unit(row_unit) else None) or unit_stated(units, what)


def _own(head: Head | None, above: _Above) -> str:
    """What column and caption name together: the column, what it goes on with, or what the table is about."""
    if head is None or head.is_time or not head.name:
        return above.topic
    if not head.is_bare and len(head.name) > 1:
        return head.name
    told = head.base or above.topic
    return told if told and is_value(head.name) else _with(told, head)


def _with(told: str, head: Head) -> str:
    """What is told before a column's name, and the name where it says more (工业增加值增速 and 同比增长 say one thing)."""
    return told if head.growth and _OF_GROWTH.search(told) else told + head.name


def _period(head: Head | None, label: Label | None, above: _Above, running: str | None) -> str | None:
    period = head.period if head else None
    if label is not None and label.period and (period is None or not _YEAR.search(head.words if head else "")):
        period = label.period
    told = period is not None
    period = period or running or (str(above.year) if above.year else None)
    name = head.name if head else ""
    if re.search(r"年度", name) and period:
        period = period.split("/")[-1][:4]
    if not told and period and "/" in period and _OF_THE_YEAR.search(name):
        period = period[:4]
    return period
