"""Which lines of a page are read first where its prose stands in two columns."""

from __future__ import annotations

import random

from liantu.reading.newspaper import in_columns
from liantu.reading.printed_line import PrintedLine

PROSE = "全市重点产业链实现营业收入同比增长较快"


def line(text: str, left: float, top: float, width: float = 200.0) -> PrintedLine:
    """A line of 10 points at `top` points from the foot."""
    return PrintedLine(text, 1, left, left + width, top - 10, top, 10.0)


def column(name: str, left: float, top: float, count: int = 6) -> list[PrintedLine]:
    """Full lines below each other, the last one of a paragraph shorter."""
    full = [line(f"{name}{n}{PROSE}", left, top - 15 * n) for n in range(count - 1)]
    return [*full, line(f"{name}{count - 1}落户。", left, top - 15 * (count - 1), 50)]


def read(lines: list[PrintedLine]) -> list[str]:
    random.Random(3).shuffle(lines)
    return [found.text[:2] for group in in_columns(lines) for found in group]


def names(name: str, count: int = 6) -> list[str]:
    return [f"{name}{n}" for n in range(count)]


def test_the_left_column_is_read_before_the_right_one() -> None:
    lines = [*column("左", 60, 700), *column("右", 290, 700)]
    assert read(lines) == names("左") + names("右")
    assert {found.column for found in lines if found.text.startswith("右")} == {2}


def test_columns_of_unlike_height_and_lines_that_do_not_stand_level() -> None:
    assert read([*column("左", 60, 700, 9), *column("右", 290, 693, 5)]) == names("左", 9) + names("右", 5)


def test_a_heading_across_the_page_parts_what_is_above_and_below_it() -> None:
    heading = line("标题：全市产业链工作推进会召开并作出部署", 100, 595, 350)
    lines = [*column("上", 60, 700), *column("旁", 290, 700), heading, *column("下", 60, 570), *column("末", 290, 570)]
    assert read(lines) == [*names("上"), *names("旁"), "标题", *names("下"), *names("末")]
    assert heading.column == 0


def test_a_page_in_one_column_and_a_table_stay_as_they_are() -> None:
    page = [line(f"{n}{PROSE}{PROSE}", 60, 700 - 15 * n, 430) for n in range(9)]
    assert [len(group) for group in in_columns(page)] == [9]
    cells = [
        "榆次区液压产业园项目",
        "祁县玻璃器皿智能化改造与出口基地",
        "介休针状焦项目",
        "昔阳装备制造产业园一期",
        "寿阳年产十万吨",
    ]
    rows = [line(cell, 60, 700 - 15 * n, 10.0 * len(cell)) for n, cell in enumerate(cells)]
    money = [line(f"{n}2500万元", 290, 700 - 15 * n, 55) for n in range(len(cells))]
    assert len(in_columns([*rows, *money])) == 1
