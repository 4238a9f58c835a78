"""Figures in tables: a cell is measured by its column, its row, the unit in the header and the caption above."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from liantu.extraction.figures.numerals import MAGNITUDES, magnitude, scaled
from liantu.extraction.figures.rows import NUMBER, Row, label_column
from liantu.extraction.figures.times import TimeMark, find_times
from liantu.extraction.model import Bound, Kind, Status
from liantu.vocabulary.units import units

_BOUNDS: dict[str, Bound] = {"以上": ">=", "左右": "≈", "以内": "<=", "以下": "<="}
_UNIT_IN_HEADER = re.compile(r"[（(](?P<unit>[^（）()]{1,12})[）)]\s*$")
_UNIT_ABOVE = re.compile(r"单位[：:]\s*(?P<unit>[^\s，。；）)]{1,12})")
_RANK = re.compile(r"^(?:位次|排名|名次|排位|位序|全省排名|全市排名|序位)|(?:位次|排名|名次)$")
_ORDER = re.compile(r"^(?:序号|编号|No\.?|#)$")
_GROWTH = re.compile(r"增长|增速|增幅|±|同比|环比|比上年|比去年|涨幅|升降|增减")
_SHARE = re.compile(r"率|比重|占比|比例|份额|覆盖面")
_PLAN = re.compile(r"计划|总投资|规划|预算|设计|拟")
_TARGET = re.compile(r"目标|任务")
_DONE = re.compile(r"完成")
_OF_THE_YEAR = re.compile(r"^(?!.*(?:完成|率|到位|增)).*(?:计划|总投资|项目(?:数|个数)?$)")
_GOAL_KIND = re.compile(r"预期性?|约束性?|指导性")  # what plans write behind each of their goals
_UP_TO_NOW = re.compile(r"完成|到位|增速|增长|同比|排名|位次|名次|累计")
_LABEL_TIME = re.compile(r"^(?:19|20)\d\d(?:年)?(?:\d{1,2}月|[一二三四]季度|上半年|前三季度|全年)?$")
_NUMBERING = re.compile(r"^(?:表|图)\s*\d+[\s：:、.]*|^[（(]?[一二三四五六七八九十\d]+[）)、.]\s*")
_ROW_UNIT = re.compile(r"^(?:计量)?单位$")


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
    indicator: str
    label: str  # the row's name, if it may be a subject
    label_span: tuple[int, int]
    period: str | None
    row: Row
    bound: Bound = "="


def read_table(
    rows: list[Row], caption: str, above: str, published: date | None, year: int | None, done: str | None = None
) -> list[CellFigure]:
    """Figures of one table. `caption` is the heading over it, `above` the line before (单位：亿元), `year` the governing year,
    `done` the months a bulletin reports on, to which what was completed, its rates and ranks belong.
    """
    if not rows:
        return []
    header, body = _split_header(rows)
    caption_unit = _header_unit(caption)[1] or _unit_above(above) or _unit_above(caption)
    caption_name = _NUMBERING.sub("", _header_unit(caption)[0])
    caption_time = _time(caption, published, year)
    found: list[CellFigure] = []
    unit_column = next((i for i, h in enumerate(header) if _ROW_UNIT.match(h)), None)
    named = label_column(body, unit_column)
    for row in body:
        label_index = next((i for i, c in enumerate(row.cells) if c[2] and not NUMBER.match(c[2])), None)
        if named is not None and named < len(row.cells) and row.cells[named][2]:
            label_index = named
        first_time = bool(row.cells) and bool(_LABEL_TIME.match(row.cells[0][2]))
        label_cell = row.cells[label_index] if label_index is not None else None
        row_unit = row.cells[unit_column][2] if unit_column is not None and unit_column < len(row.cells) else None
        running: TimeMark | None = caption_time
        goals = any(_GOAL_KIND.fullmatch(c[2]) for c in row.cells)
        for i, (start, end, cell) in enumerate(row.cells):
            m = NUMBER.match(cell)
            if m is None or i == unit_column or (label_index is not None and i == label_index):
                continue
            if first_time and i == 0:
                continue
            head = header[i] if i < len(header) and len(header) == len(row.cells) else ""
            if _ORDER.match(head) or (not head and not caption_unit and not row_unit and not m["percent"]):
                continue
            figure = _cell(
                m,
                start,
                end,
                head,
                label_cell,
                row_unit,
                caption_name,
                caption_unit,
                running,
                row,
                published,
                year,
            )
            if figure is not None:
                own = _time(head, published, year)
                if (
                    done
                    and figure.period == str(year) == done[:4]
                    and (_UP_TO_NOW.search(head) or _GROWTH.search(caption_name))
                ):
                    figure.period = done
                if own is not None and (own.kind in ("part", "month", "range") or re.search(r"\d{4}", head)):
                    running = own  # 同比增长 behind 1—10月累计 is of those months
                if "年均" in head and (years := _years(header)):
                    figure.period = f"{years[0] + 1}/{years[-1]}"
                    if published and years[-1] > published.year:
                        figure.status = "target"
                if goals and (own is None or (own.period or "")[-4:] == str(max(_years(header), default=""))):
                    figure.status = "target"
                found.append(figure)
    return found


def _years(header: list[str]) -> list[int]:
    """The years that head columns, in order; empty for fewer than two."""
    years = sorted({int(m.group()) for h in header if (m := re.search(r"(?:19|20)\d\d", h))})
    return years if len(years) > 1 else []


def _split_header(rows: list[Row]) -> tuple[list[str], list[Row]]:
    """The header's words by column and the rows under it. Rows without figures at the top are the header; a blank cell
    of a grouped header takes the group to its left (2023年 over 产值 and 增速)."""
    top = 0
    while top < len(rows) - 1 and len(rows[top].cells) > 1 and not any(NUMBER.match(c[2]) for c in rows[top].cells):
        top += 1
    if top == 0:
        first = rows[0]
        years = len(first.cells) > 2 and all(_LABEL_TIME.match(c[2]) for c in first.cells[1:] if c[2])
        return ([c[2] for c in first.cells], rows[1:]) if years else ([], rows)
    width = len(rows[top - 1].cells)
    names = [""] * width
    for row in rows[:top]:
        if len(row.cells) != width:
            continue
        group = ""
        for i, cell in enumerate(row.cells):
            group = cell[2] or (group if row is not rows[top - 1] and i else "")
            names[i] = names[i] + group if group not in names[i] else names[i]
    return names, rows[top:]


def _header_unit(words: str) -> tuple[str, str | None]:
    m = _UNIT_IN_HEADER.search(words)
    if m and _known(m["unit"]):
        return words[: m.start()].strip(), m["unit"]
    return words.strip(), None


def _unit_above(words: str) -> str | None:
    m = _UNIT_ABOVE.search(words)
    parts = m["unit"].split("、") if m else []
    return next((u for u in parts if _known(u) and u not in ("%", "％")), next((u for u in parts if _known(u)), None))


def _known(unit: str) -> bool:
    return _scale(unit.replace("％", "%"))[1] in units()


def _scale(unit: str) -> tuple[int, str]:
    """`亿元` is (10**8, 元), `万千瓦时` (10**4, 千瓦时)."""
    if unit in units():
        return 1, unit
    for cut in range(1, len(unit)):
        if unit[cut - 1] not in MAGNITUDES:
            break
        if unit[cut:] in units():
            return magnitude(unit[:cut]), unit[cut:]
    return 1, unit


def _time(words: str, published: date | None, year: int | None) -> TimeMark | None:
    marks = [m for m in find_times(words, published, year) if not m.compared and m.period]
    return marks[0] if marks else None


def _cell(
    m: re.Match[str], start: int, end: int, head: str, label: tuple[int, int, str] | None, row_unit: str | None, caption_name: str,
    caption_unit: str | None, caption_time: TimeMark | None, row: Row, published: date | None, year: int | None,
) -> CellFigure | None:  # fmt: skip
    name, unit = _header_unit(head)
    name = re.sub(r"^(?:19|20)\d\d年(?:度)?(?=.)|(?<=.)(?:19|20)\d\d年(?:度)?$", "", name)
    words = label[2] if label else ""
    label_name, label_unit = _header_unit(words)
    label_time = bool(_LABEL_TIME.match(words))
    head_time = bool(_LABEL_TIME.match(head))
    growth = bool(_GROWTH.search(name) or (caption_unit == "%" and _GROWTH.search(caption_name))) and not (
        unit and unit not in ("%", "百分点")
    )
    rank = bool(_RANK.search(name))
    if m["percent"]:
        unit = "%"
    elif growth and m.string[:1] in "〔［[" and label_unit:
        unit = label_unit  # 年均增速〔累计〕: in brackets the sum of the years, in the unit of the row
    elif rank:
        unit = "位"
    elif unit is None and growth:
        unit = "%"
    elif unit is None:
        unit = label_unit or (row_unit if row_unit and _known(row_unit) else None) or caption_unit
    if unit is None:
        return None
    factor, base = _scale(unit.replace("％", "%"))
    value = scaled(m["num"], factor) * (-1 if m["sign"] in ("-", "−", "–") else 1)
    kind: Kind = "rank" if rank else "change" if growth else "share" if base in ("%", "‰") else "level"
    indicator = name if name and not head_time else ""
    if label_time or not words:
        indicator = (
            indicator
            if len(indicator) > 1 and not re.match(r"^(?:数值|数量|绝对数|绝对额|总量|金额|指标值|本期)$", indicator)
            else caption_name + indicator
        )
    elif (
        head_time
        or re.match(r"^(?:数值|数量|绝对数|绝对额|指标值|本期|完成|实际|完成数|实际数|实绩)$", indicator)
        or not indicator
    ):
        indicator = label_name + ("" if not indicator or head_time else indicator)
    status: Status = (
        "plan"
        if _PLAN.search(name) and not _DONE.search(name)
        else "target"
        if _TARGET.search(name + caption_name) and not _DONE.search(name)
        else "actual"
    )
    own = _time(head, published, year) or (
        _time(words if words.endswith(("年", "月", "度")) else words + "年", published, year) if label_time else None
    )
    period = own.period if own else caption_time.period if caption_time else None
    if period is None and year:
        period = str(year)
    if re.search(r"年度", name) and period:
        period = period.split("/")[-1][:4]
    if own is None and period and "/" in period and _OF_THE_YEAR.search(name):
        period = period[:4]
    if kind != "rank" and base == "%" and re.search(r"(?:下降|降低|减少|削减|降幅)(?:率)?$", indicator):
        kind, value = "change", -abs(value)
    if status == "actual" and period and published and period.split("/")[-1][:4] > str(published.year):
        status = "target"
    label_span = (label[0], label[1]) if label else (start, start)
    number = (m["sign"] if m["sign"] in ("-", "−", "–") else "") + m["num"] + m["percent"]
    start, end = start + m.start("sign"), start + m.end("percent")
    return CellFigure(
        start,
        end,
        number,
        value,
        base,
        kind,
        status,
        indicator,
        label_name,
        label_span,
        period,
        row,
        _BOUNDS.get(m["after"] or "", "="),
    )
