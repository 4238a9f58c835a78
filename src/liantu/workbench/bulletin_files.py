"""A bulletin as an office paper, and as a workbook with the rows behind every figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from liantu.ledger.bulletins.keeping import OPENING, prose_of, shown_of
from liantu.ledger.models import Bulletin
from liantu.reporting import Column, Grid, Heading, Notes, Paper, Paragraph, Sheet, book_bytes, docx_bytes
from liantu.reporting.tables import Cell
from liantu.tracking.bulletins import indicators, period_of, read_prose

_NUMERALS = "一二三四五六七八九十"
GROUP_TITLE = {"city": "市", "county": "县（市、区）", "zone": "开发区", "chain": "产业链"}


def plain(prose: str, shown: dict[str, str]) -> str:
    """Prose with its numbers in it. A link to a figure that there is not is left as it stands."""
    try:
        return "".join(token.text for token in read_prose(prose, shown))
    except ValueError:
        return prose


def issue_of(row: Bulletin) -> str:
    """`2025年第5期`; of a draft its period."""
    return f"{row.year}年第{row.number}期" if row.number else ""


def ordinal(at: int) -> str:
    """一, 二 … 十一."""
    return _NUMERALS[at] if at < len(_NUMERALS) else f"十{_NUMERALS[at - len(_NUMERALS)]}"


def columns_of(section: dict[str, Any]) -> list[str]:
    """The heads of a section's table."""
    heads = ["位次"] if section["ranked"] else []
    heads += [GROUP_TITLE.get(section["group"], ""), indicators()[section["indicator"]].name_zh]
    if section["denominator"]:
        heads += [section["numerator"], section["denominator"]]
    if section["growth"]:
        heads.append("增速")
    if any(line["moved"] is not None for line in section["lines"]):
        heads.append("比上期")
    return [*heads, "说明"]


def cells_of(section: dict[str, Any], line: dict[str, Any], shown: dict[str, str]) -> list[str]:
    """The cells of one line, in the order of `columns_of`."""
    cells = []
    if section["ranked"]:
        cells.append(f"{line['rank']}{'（并列）' if line['tied'] else ''}" if line["rank"] else "—")
    cells += [line["name"], line["shown"] or "—"]
    if section["denominator"]:
        name = f"{section['title']}·{line['name']}"
        cells += [shown.get(f"{name}·分子", "—"), shown.get(f"{name}·分母", "—")]
    if section["growth"]:
        cells.append(line["growth"] or "—")
    if any(each["moved"] is not None for each in section["lines"]):
        move = line["moved"]
        cells.append("—" if move is None else "持平" if move == 0 else f"{'↑' if move > 0 else '↓'}{abs(move)}")
    notes = [line["note"]] if line["note"] else []
    if line["below"]:
        notes.append("低于要求")
    if line["left_out"]:
        notes.append(f"{line['left_out']}项数据不全未计")
    return [*cells, "；".join(notes)]


def paper_of(row: Bulletin) -> Paper:
    """The bulletin laid out."""
    shown, prose = shown_of(row), prose_of(row)
    blocks: list[Heading | Paragraph | Grid | Notes] = [Paragraph(plain(prose[OPENING], shown))]
    definitions = []
    for at, section in enumerate(row.body.get("sections", ())):
        blocks.append(Heading(f"{ordinal(at)}、{section['title']}"))
        blocks.append(Paragraph(plain(prose[section["id"]], shown)))
        if section["lines"]:
            heads = columns_of(section)
            numbers = frozenset(
                i for i, head in enumerate(heads) if head not in (GROUP_TITLE.get(section["group"]), "说明")
            )
            rows = [cells_of(section, line, shown) for line in section["lines"]]
            blocks.append(Grid(f"表{at + 1}　{section['title']}", heads, rows, right=numbers))
        definitions.append(f"{section['title']}：{section['note']}")
    if row.body.get("empty"):
        definitions.append("本期没有数据、未列的：" + "、".join(row.body["empty"]) + "。")
    blocks += [Heading("指标口径"), Notes(definitions)]
    day = timezone.localtime(row.published_at).date() if row.published_at else None
    return Paper(
        f"{period_of(row.period).label}{row.title}",
        blocks,
        issue=issue_of(row),
        issuer=row.issuer,
        day=f"{day.year}年{day.month}月{day.day}日" if day else "",
        mark="" if row.state == Bulletin.State.PUBLISHED else "（草稿，未发布）",
    )


def bulletin_file(row: Bulletin, form: str) -> bytes:
    """As `docx` or `xlsx`."""
    return docx_bytes(paper_of(row)) if form == "docx" else _xlsx(row)


def _xlsx(row: Bulletin) -> bytes:
    shown = shown_of(row)
    sheets = []
    for section in row.body.get("sections", ()):
        if not section["lines"]:
            continue
        heads = columns_of(section)
        more = [*heads[:-1], _("数值"), _("分子（数）"), _("分母（数）"), heads[-1]]
        columns = [Column(head, 18, "#,##0.######" if i >= len(heads) - 1 else "") for i, head in enumerate(more)]
        sheets.append(Sheet(section["title"], columns, _lines(section, shown)))
    columns = [
        Column(_("数的名称"), 36), Column(_("印出"), 16), Column(_("类别"), 10), Column(_("编号"), 34), Column(_("名称"), 50),
        Column(_("分子"), 18, "#,##0.######"), Column(_("分母"), 18, "#,##0.######"),
    ]  # fmt: skip
    sheets.append(Sheet(_("计入明细"), columns, _rows(row)))
    notes = [f"{s['title']}：{s['note']}" for s in row.body.get("sections", ())]
    return book_bytes(sheets, [f"{period_of(row.period).label}{row.title} {issue_of(row)}", *notes])


def _lines(section: dict[str, Any], shown: dict[str, str]) -> Iterator[list[Cell]]:
    for line in section["lines"]:
        cells: list[Cell] = list(cells_of(section, line, shown))
        yield [*cells[:-1], line["value"], line["top"], line["bottom"], cells[-1]]


def _rows(row: Bulletin) -> Iterator[list[Cell]]:
    for figure in row.figures.order_by("pk"):
        if figure.name.endswith(("·分子", "·分母", "·位次", "·增速")):
            continue  # the rows of the value that they belong to
        for kind, pk, name, top, bottom in figure.rows:
            yield [figure.name, figure.shown, kind, pk, name, top, bottom]
