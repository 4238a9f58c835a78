"""The digest of alerts as lines, as a paper and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from liantu.ledger.alerts.digest import PARTS, Digest, Group
from liantu.ledger.duties.escalating import Chase
from liantu.ledger.models import Alert
from liantu.ledger.work.kinds import field_of
from liantu.reporting import Column, Grid, Heading, Notes, Paper, Paragraph, Sheet, book_bytes, docx_bytes
from liantu.reporting.tables import Cell
from liantu.tracking.alerts import LEVELS
from liantu.workbench import labels
from liantu.workbench.alert_words import Wording
from liantu.workbench.formatting import day_count, region_name
from liantu.workbench.record_forms import code_word


def part_word(part: str) -> str:
    """`new`, `worsened`, `resolved` in words."""
    return {"new": _("新出现"), "worsened": _("加重"), "resolved": _("已解除")}[part]


def group_name(made: Digest, group: Group) -> str:
    """What a group is called."""
    if made.by == "region":
        return region_name(group.key) or group.key or _("（未标地区）")
    return group.key or (_("（未标产业链）") if made.by == "chain" else _("（未标责任单位）"))


def headline(made: Digest) -> str:
    """One sentence over all groups."""
    standing = made.standing
    return _(
        "%(first)s至%(last)s：新出现%(new)s条，加重%(worse)s条，解除%(gone)s条；期末待处理红%(red)s条、黄%(yellow)s条、蓝%(blue)s条。"
    ) % {
        "first": made.first, "last": made.last, "new": made.count("new"), "worse": made.count("worsened"),
        "gone": made.count("resolved"), "red": standing.get("red", 0), "yellow": standing.get("yellow", 0),
        "blue": standing.get("blue", 0),
    }  # fmt: skip


def standing_words(group: Group) -> str:
    """`红1 黄2`, the levels that stand."""
    told = [
        f"{labels.word(labels.ALERT_LEVEL, x)}{group.standing[x]}" for x in reversed(LEVELS) if group.standing.get(x)
    ]
    return " ".join(told)


def chase_line(chase: Chase) -> str:
    """What is to be chased on a day: at which rung, why, to whom."""
    rung = chase.owed.rung
    return _("%(rung)s（逾期 %(late)s，满 %(after)s即到这一级）→ %(to)s：%(title)s") % {
        "rung": code_word(field_of("escalation", "rung"), rung.rung), "late": day_count(chase.owed.overdue, rung.count),
        "after": day_count(rung.days, rung.count), "to": chase.to.label, "title": " ".join(part for part in (chase.late.title, chase.late.period) if part),
    }  # fmt: skip


def digest_lines(made: Digest, due: Sequence[Chase] = ()) -> Iterator[str]:
    """The digest as lines of text, with what is to be chased on its last day."""
    wording = Wording(made.last)
    yield headline(made)
    for group in made.groups:
        yield f"【{group_name(made, group)}】{standing_words(group)}"
        for part in PARTS:
            for alert in getattr(group, part):
                yield f"  {part_word(part)} {labels.word(labels.ALERT_LEVEL, alert.level)} {wording.text(alert)}"
    if due:
        yield f"【{_('该催办的')}】{len(due)}"
        yield from (f"  {chase_line(chase)}" for chase in due)


def digest_file(made: Digest, form: str, due: Sequence[Chase] = ()) -> bytes:
    """As `docx` or `xlsx`."""
    return _docx(made, due) if form == "docx" else _xlsx(made, due)


def _chase_cells(chase: Chase) -> tuple[str, ...]:
    return (
        code_word(field_of("escalation", "rung"), chase.owed.rung.rung), chase.late.title, chase.late.due.isoformat(),
        day_count(chase.owed.overdue, chase.owed.rung.count), chase.to.label, chase.text,
    )  # fmt: skip


def _chase_heads() -> tuple[str, ...]:
    return _("层级"), _("事项"), _("期限"), _("逾期天数"), _("告知"), _("催办内容")


def _docx(made: Digest, due: Sequence[Chase]) -> bytes:
    wording = Wording(made.last)
    blocks: list[Heading | Paragraph | Grid | Notes] = [Paragraph(headline(made))]
    for group in made.groups:
        blocks.append(Heading(f"{group_name(made, group)}　{standing_words(group)}", 2))
        for part in PARTS:
            alerts: list[Alert] = getattr(group, part)
            if not alerts:
                continue
            rows = [
                (labels.word(labels.ALERT_LEVEL, a.level), wording.text(a), a.owner, str(a.since), wording.fix(a))
                for a in alerts
            ]
            columns = (_("级别"), _("预警"), _("责任人或单位"), _("起始"), _("建议措施"))
            blocks.append(Grid(part_word(part), columns, rows))
    if due:
        blocks.append(Heading(_("该催办的"), 2))
        blocks.append(Grid("", _chase_heads(), [_chase_cells(chase) for chase in due]))
    blocks.append(
        Notes(
            [_("预警由规则核对台账得出，阈值可在预警规则页修改；只列期内新出现、加重和解除的，期内出现又解除的不列。")]
        )
    )
    days = f"{made.first} — {made.last}"
    return docx_bytes(Paper(_("预警摘要"), blocks, issuer=_("链图"), day=days))


def _xlsx(made: Digest, due: Sequence[Chase]) -> bytes:
    wording = Wording(made.last)
    columns = [
        Column(_("变化"), 10), Column(_("分组"), 20), Column(_("级别"), 8), Column(_("预警"), 70), Column(_("责任人或单位"), 22),
        Column(_("产业链"), 16), Column(_("起始"), 12), Column(_("规则"), 18), Column(_("建议措施"), 40),
    ]  # fmt: skip

    def rows() -> Iterator[list[Cell]]:
        for group in made.groups:
            for part in PARTS:
                for a in getattr(group, part):
                    yield [
                        part_word(part), group_name(made, group), labels.word(labels.ALERT_LEVEL, a.level), wording.text(a),
                        a.owner, a.chain, a.since, a.rule, wording.fix(a),
                    ]  # fmt: skip

    counts = [Column(_("分组"), 24), *(Column(labels.word(labels.ALERT_LEVEL, x), 8) for x in reversed(LEVELS))]
    stand: list[list[Cell]] = [
        [group_name(made, g), *(g.standing.get(x, 0) for x in reversed(LEVELS))] for g in made.groups
    ]
    chased = [Column(head, width) for head, width in zip(_chase_heads(), (12, 40, 12, 10, 28, 70), strict=True)]
    late: list[list[Cell]] = [list(_chase_cells(chase)) for chase in due]
    sheets = [
        Sheet(_("变化"), columns, rows()),
        Sheet(_("期末待处理"), counts, stand),
        Sheet(_("该催办的"), chased, late),
    ]
    return book_bytes(sheets, [headline(made)])
