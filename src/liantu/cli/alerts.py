"""`liantu alerts`: run the rules, list what stands, write the digest."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from liantu.cli.messages import note, stop
from liantu.cli.spaces import choose_ledger

FOLDER = click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="哪个文件夹的台账 / whose ledger, by its folder"
)
DAY = click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="以哪一天为准，默认今天 / as of which day; today unless given",
)


@click.group("alerts")
def command() -> None:
    """预警：按规则核对台账，列出要处理的，写日报周报。

    Alerts: check the ledger by its rules, list what stands, write the digest.
    """


def _today(day: datetime | None) -> date:
    from django.utils import timezone

    return day.date() if day is not None else timezone.localdate()


@command.command("run")
@FOLDER
@DAY
def run(folder: Path | None, day: datetime | None) -> None:
    """按规则核对一遍；重复运行不会重复报警，也不会丢掉备注。

    Evaluates every rule. Running it again neither repeats an alert nor loses a note.
    """
    choose_ledger(folder)
    from liantu.ledger import services

    made = services.run_alerts(_today(day))
    if made.skipped:
        note("台账、规则和日期都没有变，不用再算", "neither ledger, rules nor day changed: nothing to do")
    note(
        f"{made.on}：{made.found} 条预警，新出现 {made.raised}，加重 {made.worsened}，解除 {made.resolved}"
        f"（核对 {made.rows} 行，{made.seconds:.1f} 秒）",
        f"{made.found} alerts, {made.raised} new, {made.worsened} worse, {made.resolved} resolved",
    )


@command.command("list")
@FOLDER
@click.option(
    "--level", type=click.Choice(["red", "yellow", "blue"]), multiple=True, help="只要这一级，可多次 / only this level"
)
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="只要这条规则，可多次 / only this rule")
@click.option("--region", default="", help="地区名称或代码 / a region by name or code")
@click.option("--chain", default="", help="产业链 / a chain")
@click.option(
    "--state",
    type=click.Choice(["open", "snoozed", "closed", "resolved"]),
    default="open",
    show_default=True,
    help="状态 / state",
)
@DAY
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON 对象 / one JSON object a line")
def show(
    folder: Path | None,
    level: tuple[str, ...],
    rules: tuple[str, ...],
    region: str,
    chain: str,
    state: str,
    day: datetime | None,
    as_json: bool,
) -> None:
    """列出预警，红的在前。

    Lists alerts, red ones first.
    """
    from liantu.cli.export import region_code

    choose_ledger(folder)
    from liantu.ledger.models import Alert
    from liantu.workbench.alert_words import Wording
    from liantu.workbench.filters import region_q

    rows = Alert.objects.filter(state=state).order_by("-gravity", "since", "pk")
    if level:
        rows = rows.filter(level__in=level)
    if rules:
        rows = rows.filter(rule__in=rules)
    if chain:
        rows = rows.filter(chain=chain)
    if region:
        rows = rows.filter(region_q(region_code(region)))
    wording = Wording(_today(day))
    words = {"red": "红", "yellow": "黄", "blue": "蓝"}
    for row in rows.iterator():
        if as_json:
            told = {
                "id": row.pk, "level": row.level, "rule": row.rule, "name": row.name, "text": wording.text(row), "since": str(row.since),
                "owner": row.owner, "region": row.region_code or row.city_code, "chain": row.chain, "numbers": row.numbers,
                "threshold": row.threshold, "evidence": row.evidence,
            }  # fmt: skip
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo(f"{words[row.level]} {row.rule} {wording.text(row)}{f'（{row.owner}）' if row.owner else ''}")
    if not as_json:
        note(f"共 {rows.count()} 条", f"{rows.count()} alerts")


@command.command("due")
@FOLDER
@DAY
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON 对象 / one JSON object a line")
def due_chases(folder: Path | None, day: datetime | None, as_json: bool) -> None:
    """这一天该催办、还没记下的：到哪一级、为什么、告知谁。只列出，不记录；由人在“催办”页记下。

    What is to be escalated on a day and was not recorded yet: at which rung, why, to whom. It lists; a person records.
    """
    choose_ledger(folder)
    from liantu.ledger import services
    from liantu.workbench.alert_digest import chase_line

    found = services.chases(_today(day))
    for chase in found:
        if as_json:
            told = {
                "id": chase.id, "rung": chase.owed.rung.rung, "since": str(chase.owed.since), "overdue": chase.owed.overdue,
                "to": chase.to.label, "role": chase.to.role, "text": chase.text, "title": chase.late.title,
                "region": chase.late.region_code, "chain": chase.late.chain,
            }  # fmt: skip
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo(chase_line(chase))
    if not as_json:
        note(f"共 {len(found)} 次催办", f"{len(found)} to escalate")


@command.command("digest")
@FOLDER
@DAY
@click.option("--days", type=click.IntRange(1, 366), default=7, show_default=True, help="几天的 / of how many days")
@click.option(
    "--by",
    type=click.Choice(["region", "chain", "owner"]),
    default="region",
    show_default=True,
    help="按什么分 / grouped by",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写成 .docx 或 .xlsx；不写则显示 / write it; shown otherwise",
)
def write_digest(folder: Path | None, day: datetime | None, days: int, by: str, output: Path | None) -> None:
    """一段日子的预警摘要：新出现、加重、解除，以及还在的。

    The digest: new, worse and resolved alerts of the days, and how many stand.
    """
    if output is not None and output.suffix not in (".docx", ".xlsx"):
        stop("摘要只能写成 .docx 或 .xlsx", "a digest is written as .docx or .xlsx", code=2)
    choose_ledger(folder)
    from liantu.ledger import services
    from liantu.ledger.alerts.digest import digest
    from liantu.workbench.alert_digest import digest_file, digest_lines

    made, due = digest(_today(day), days, by), services.chases(_today(day))
    if output is None:
        for line in digest_lines(made, due):
            click.echo(line)
        return
    try:
        output.write_bytes(digest_file(made, output.suffix.removeprefix("."), due))
    except OSError as error:
        stop(f"写不了 {output}：{error.strerror}，请换一个位置", f"cannot write {output}: {error.strerror}")
    note(f"已写入 {output}", f"written to {output}")
