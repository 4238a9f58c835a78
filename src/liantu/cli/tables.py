"""Findings as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from liantu.extraction.model import Findings

STATUS = {"actual": "已实现", "target": "目标", "plan": "计划"}
KIND = {"level": "", "change": "增减", "share": "占比", "rank": "位次"}
STAGE = {
    "idea": "谋划",
    "signed": "签约",
    "approved": "审批",
    "started": "开工",
    "building": "在建",
    "in_production": "投产",
    "at_capacity": "达产",
}
ROLE = {"strong": "优势", "growing": "培育", "planned": "谋划"}
RELATION = {
    "located_in": "位于",
    "owns": "建设",
    "leads": "链主/龙头",
    "belongs_to": "属于",
    "produces": "生产",
    "partners_with": "合作",
}
_RATIOS = {
    "指标": 3,
    "主体": 2,
    "原句": 4,
    "项目": 3,
    "地点": 2,
    "业主": 2,
    "企业": 2,
    "别名": 3,
    "产业": 2,
    "所在": 2,
    "内容": 3,
}
_RATIOS |= {"主": 2, "客": 2}
_BOUND = {"=": "", "≈": "约 ", ">": "超 ", ">=": "≥ ", "<": "< ", "<=": "≤ "}
_MAGNITUDES = ((1e8, "亿"), (1e4, "万"))


LAID_OUT = 1_000
"""Rows up to which a table is laid out in columns."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines to be written as they are."""

    lines: Iterable[str]


def amount(value: float, unit: str) -> str:
    """A value as a reader writes it: 200000000000 元 is `2,000亿元`; percentages and small counts stay as they are."""
    for size, word in _MAGNITUDES:
        if abs(value) >= size and "%" not in unit and "百分点" not in unit:
            return f"{value / size:,.6g}{word}{unit}" if abs(value / size) < 1e6 else f"{value / size:,.0f}{word}{unit}"
    return f"{value:,.6g}{unit}" if value != int(value) else f"{int(value):,}{unit}"


def findings_tables(found: Findings) -> Iterator[RenderableType | Lines]:
    """A heading for the document, then a table for each kind of thing it states."""
    head = " · ".join(filter(None, (found.publisher, found.published or "日期未注明")))
    yield Text(f"\n{found.source}  {found.title or ''}", style="bold")
    yield Text(head, style="dim")
    yield from table(
        "数字 figures",
        ("指标", "数值", "主体", "时期", "性质", "原句"),
        [
            (
                f.indicator,
                f"{_BOUND[f.bound]}{amount(f.value, f.unit)}",
                f.subject,
                f.period or "",
                " ".join(filter(None, (STATUS[f.status], KIND[f.kind]))),
                f.evidence.text,
            )
            for f in found.figures
        ],
    )
    yield from table(
        "项目 projects",
        ("项目", "投资", "阶段", "地点", "业主"),
        [
            (
                p.name,
                "" if p.investment is None else amount(p.investment, "元"),
                STAGE.get(p.stage or "", ""),
                p.place or "",
                p.owner or "",
            )
            for p in found.projects
        ],
    )
    yield from table("企业 enterprises", ("企业", "别名"), [(e.name, "、".join(e.aliases)) for e in found.enterprises])
    yield from table(
        "产业链 chains",
        ("产业", "所在", "地位"),
        [(c.name, c.holder, ROLE.get(c.role or "", "")) for c in found.chains],
    )
    yield from table(
        "关系 relations", ("主", "关系", "客"), [(r.head, RELATION[r.relation], r.tail) for r in found.relations]
    )
    if not any((found.figures, found.projects, found.enterprises, found.chains, found.relations)):
        yield Text("没有读出任何事实 / nothing found", style="dim")


def _plain(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Lines]:
    """A long table as lines whose cells are parted by tabs: laying it out would take longer than reading it."""
    yield Lines((f"{title} {len(rows)}", "\t".join(columns)))
    for batch in range(0, len(rows), LAID_OUT):
        yield Lines("\t".join(" ".join(cell.split()) for cell in row) for row in rows[batch : batch + LAID_OUT])


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[RenderableType | Lines]:
    """Rows under a title, laid out in columns; nothing for no rows."""
    if not rows:
        return
    if len(rows) > LAID_OUT:
        yield from _plain(title, columns, rows)
        return
    laid = Table(title=f"{title} {len(rows)}", title_justify="left", expand=True)
    for column in columns:
        # Long texts share what the short columns leave; sentences are cut, names are not.
        ratio = _RATIOS.get(column)
        cut = column == "原句"
        laid.add_column(column, ratio=ratio, no_wrap=ratio is None or cut, overflow="ellipsis" if cut else "fold")
    for row in rows:
        laid.add_row(*(escape(" ".join(cell.split())) for cell in row))
    yield laid
