"""Bulletins drafted, worked out again, edited, published. A draft follows the ledger when asked; a published one is frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import Max
from django.utils import timezone

from liantu.ledger.bulletins.kinds import bulletin_kinds, kind_named
from liantu.ledger.bulletins.measuring import measure
from liantu.ledger.models import Alert, Bulletin, BulletinEvent, BulletinFigure, Revision
from liantu.ledger.rights import unrestricted
from liantu.ledger.rights.filters import Columns, region_rows
from liantu.ledger.writing import writing
from liantu.tracking.alerts import LEVELS
from liantu.tracking.bulletins import (
    Composed,
    Definition,
    Measured,
    Period,
    SectionMade,
    compose,
    loose_numbers,
    period_of,
    read_prose,
)
from liantu.tracking.bulletins.composing import Former
from liantu.vocabulary import regions

Action = BulletinEvent.Action
OPENING = "opening"
_FORMER = 12
"""Issues looked back upon for streaks."""
_LEVEL_WORDS = {"red": "红色", "yellow": "黄色", "blue": "蓝色"}


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that the ledger now tells otherwise."""

    name: str
    before: str  # empty: new
    after: str  # empty: gone


def make_bulletin(definition: str, period: str, by: str, *, region: str = "", chain: str = "") -> Bulletin:
    """A draft of a kind for a period, a region (empty: all that the ledger holds) and a chain (empty: all).

    Raises:
        KeyError: no such kind.
        ValueError: in both languages: a period of another length, or a draft that is there already.
    """
    kind, when = bulletin_kinds()[definition], period_of(period)
    if when.kind != kind.period:
        raise ValueError(
            f"“{kind.title}”按{'月' if kind.period == 'month' else '季'}编，期别不能是 {period} / "
            f"this kind is made by {kind.period}: {period} is none"
        )
    if region and region not in regions():
        raise ValueError(f"没有这个地区：{region} / no such region: {region}")
    with writing():
        about = {"definition": definition, "period": when.code, "region_code": region, "chain": chain}
        if Bulletin.objects.filter(**about, state=Bulletin.State.DRAFT).exists():
            raise ValueError("这一期已有草稿，请改那一份 / there is a draft of this issue already: edit that one")
        place = regions().by_code(region).name if region else ""
        row = Bulletin.objects.create(
            **about, title=f"{place}{chain}{kind.title}", issuer=f"{place}{kind.issuer}", period_end=when.end,
            year=when.year, computed_at=timezone.now(), made_by=by,
        )  # fmt: skip
        _compute(row)
        _note(row, Action.MADE, by)
    return row


def recompute(pk: int, version: int, by: str) -> list[Change]:
    """Work a draft out again; what people wrote stays, its linked numbers follow. Gives what changed.

    Raises ValueError for what is no draft or was changed meanwhile.
    """
    with writing():
        row = _draft(pk, version)
        changes = changes_of(row)
        _compute(row)
        kept = {figure.name for figure in row.figures.all()}
        _forget_lost(row, kept)
        row.version += 1
        row.save()
        _note(row, Action.COMPUTED, by, {"changes": [asdict(change) for change in changes][:200]})
    return changes


def edit_prose(
    pk: int, version: int, prose: Mapping[str, str], by: str, *, title: str = "", issuer: str = ""
) -> Bulletin:
    """Keep what people made of the prose, by section id (`opening` for the beginning). Empty: the generated one again.

    Raises ValueError naming section, line and figure for a link to no figure; for what is no draft; for a stale edit.
    """
    with writing():
        row = _draft(pk, version)
        known = shown_of(row)
        before = dict(row.prose)
        generated = generated_prose(row)
        kept = {}
        for section, text in prose.items():
            text = text.replace("\r\n", "\n").strip()
            if section not in generated or not text or text == generated[section].strip():
                continue
            try:
                read_prose(text, known)
            except ValueError as error:
                raise ValueError(f"{section}，{error}") from None
            kept[section] = text[:20_000]
        row.prose = kept
        row.title, row.issuer = (title.strip()[:128] or row.title), issuer.strip()[:128] or row.issuer
        row.version += 1
        row.save()
        _note(row, Action.EDITED, by, {"before": before, "after": kept})
    return row


def publish(pk: int, version: int, by: str) -> Bulletin:
    """Freeze a draft and give it the next number of its year.

    Raises ValueError when its figures are not those of the ledger any more, when it has none, or as `recompute` does.
    """
    with writing():
        row = _draft(pk, version)
        if not row.figures.exists():
            raise ValueError("没有一个数，不能发布 / there is no figure in it")
        if changes := changes_of(row):
            told = "、".join(change.name for change in changes[:5])
            raise ValueError(
                f"有 {len(changes)} 个数与台账不一致（{told}…），请先重算 / "
                f"{len(changes)} figures differ from the ledger: work it out again first"
            )
        same = Bulletin.objects.filter(
            definition=row.definition, region_code=row.region_code, chain=row.chain, year=row.year
        )
        row.number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
        row.state = Bulletin.State.PUBLISHED
        row.published_by, row.published_at = by, timezone.now()
        row.version += 1
        row.save()
        _note(row, Action.PUBLISHED, by, {"number": row.number})
    return row


def drop(pk: int, version: int, by: str) -> None:
    """Give a draft up; it stays to be seen. Raises ValueError as `recompute` does."""
    with writing():
        row = _draft(pk, version)
        row.state = Bulletin.State.DROPPED
        row.version += 1
        row.save()
        _note(row, Action.DROPPED, by)


def _draft(pk: int, version: int) -> Bulletin:
    row = Bulletin.objects.get(pk=pk)
    if row.state != Bulletin.State.DRAFT:
        raise ValueError(
            "已发布或作废的通报不能再改；有错请另发一期更正 / a published bulletin is frozen: issue a correction"
        )
    if row.version != version:
        raise ValueError("别人刚改过这一份，请重新打开再改 / somebody changed it meanwhile: open it again")
    return row


def changes_of(row: Bulletin) -> list[Change]:
    """What the ledger now tells otherwise than the bulletin prints."""
    with unrestricted():
        before = shown_of(row)
        after = _composed(row)[0].figures
    names = list(before) + [name for name in after if name not in before]
    return [
        Change(name, before.get(name, ""), after.get(name, "")) for name in names if before.get(name) != after.get(name)
    ]


def shown_of(row: Bulletin) -> dict[str, str]:
    """What every figure of a bulletin prints, by name."""
    return dict(row.figures.order_by("pk").values_list("name", "shown"))


def generated_prose(row: Bulletin) -> dict[str, str]:
    """The prose as it was generated, by section id."""
    sections: list[dict[str, str]] = row.body.get("sections", [])
    return {OPENING: str(row.body.get(OPENING, ""))} | {each["id"]: each["prose"] for each in sections}


def prose_of(row: Bulletin) -> dict[str, str]:
    """The prose that holds: what people wrote, else what was generated."""
    return {**generated_prose(row), **row.prose}


def loose_in(row: Bulletin) -> list[str]:
    """Numbers that people wrote by hand."""
    return [found for text in row.prose.values() for found in loose_numbers(text)]


def _composed(row: Bulletin) -> tuple[Composed, Definition, Period]:
    kind, period = kind_named(row.definition), period_of(row.period)
    measured, names = measure(kind, period, row.region_code, row.chain)
    made = compose(kind, period, measured, names, _former(row, kind, period))
    figures = dict(made.figures) | (_alert_figures(row) if kind.alerts else {})
    return replace(made, figures=figures), kind, period


def _former(row: Bulletin, kind: Definition, period: Period) -> dict[str, Former]:
    """What the published issues of the periods right before said; a gap ends it."""
    ranks: dict[str, list[dict[str, int]]] = {section.id: [] for section in kind.sections}
    lasts: dict[str, list[dict[str, int]]] = {section.id: [] for section in kind.sections}
    values: dict[str, list[dict[str, float]]] = {section.id: [] for section in kind.sections}
    issues = Bulletin.objects.filter(
        definition=row.definition, region_code=row.region_code, chain=row.chain, state=Bulletin.State.PUBLISHED
    )
    by_period = {issue.period: issue for issue in issues.order_by("number")}  # of two of one period the later
    for step in range(1, _FORMER + 1):
        issue = by_period.get(period.before(step).code)
        if issue is None:
            break
        sections = {each["id"]: each for each in issue.body.get("sections", ())}
        for section in kind.sections:
            each = sections.get(section.id)
            same = each is not None and (each["indicator"], each["group"]) == (section.indicator, section.group)
            lines = each["lines"] if same and each is not None else []
            ranks[section.id].append({x["key"]: x["rank"] for x in lines if x["rank"] is not None})
            lasts[section.id].append({x["key"]: x["last"] for x in lines if x.get("last") is not None})
            values[section.id].append({x["key"]: x["value"] for x in lines if x["value"] is not None})
    return {name: Former(ranks[name], values[name], lasts[name]) for name in ranks}


def _alert_figures(row: Bulletin) -> dict[str, str]:
    return {f"预警·{_LEVEL_WORDS[level]}": f"{len(ids)}条" for level, ids in _alerts(row).items()}


def _alerts(row: Bulletin) -> dict[str, list[Alert]]:
    """Open alerts of the bulletin's region and chain by level, red first."""
    found = Alert.objects.filter(state=Alert.State.OPEN, secrecy=0)
    if row.region_code:
        found = found.filter(region_rows(row.region_code, Columns("region_code", "city_code")))
    if row.chain:
        found = found.filter(chain=row.chain)
    by_level: dict[str, list[Alert]] = {level: [] for level in reversed(LEVELS)}
    for alert in found.order_by("-gravity", "since", "pk"):
        by_level[alert.level].append(alert)
    return by_level


def _compute(row: Bulletin) -> None:
    """Fill a bulletin with what the ledger tells now."""
    made, kind, period = _composed(row)
    opening = kind.opening.format(period=period.label, so_far=period.so_far)
    row.body = {
        OPENING: opening,
        "sections": [_section_dict(each) for each in made.sections],
        "empty": list(made.empty),
        "elapsed": round(period.elapsed, 2),
    }
    row.computed_at = timezone.now()
    row.revision = (Revision.objects.filter(pk=1).values_list("number", flat=True).first() or 0) + 1
    behind = {name: each for section in made.sections for name, each in _behind(section)}
    figures = []
    for name, shown in made.figures.items():
        indicator, each = behind.get(name, ("", None))
        figures.append(
            BulletinFigure(
                bulletin=row, name=name, indicator=indicator, shown=shown, value=each.value if each else None,
                top=each.top if each else None, bottom=each.bottom if each else None,
                left_out=each.left_out if each else 0,
                rows=[[r.kind, r.id, r.name, r.top, r.bottom] for r in each.rows] if each else [],
            )
        )  # fmt: skip
    if kind.alerts:
        alerts = _alerts(row)
        row.body["sections"].append(_alert_section(alerts))
        words = {f"预警·{_LEVEL_WORDS[level]}": found for level, found in alerts.items()}
        for figure in figures:
            for alert in words.get(figure.name, ()):
                figure.rows.append(["alert", str(alert.pk), alert.text, None, None])
    row.figures.all().delete()
    BulletinFigure.objects.bulk_create(figures, batch_size=200)
    row.save()


def _behind(section: SectionMade) -> list[tuple[str, tuple[str, Measured]]]:
    """The measured values behind the names of a section's figures, ranks and growths included."""
    head, found = section.section.title, []
    told = [(f"{head}·合计", section.whole)] if section.whole is not None else []
    told += [(f"{head}·{line.name}", line.measured) for line in section.lines]
    for name, each in told:
        found += [(name + part, (section.indicator.id, each)) for part in ("", "·分子", "·分母", "·位次", "·增速")]
    return found


def _section_dict(made: SectionMade) -> dict[str, Any]:
    last = {place.key: place.last for place in made.ranking.places}
    return {
        "id": made.section.id, "title": made.section.title, "indicator": made.indicator.id, "group": made.section.group,
        "prose": made.prose, "note": made.note, "growth": made.section.growth, "ranked": any(x.rank for x in made.lines),
        "numerator": made.indicator.numerator_zh, "denominator": made.indicator.denominator_zh,
        "lines": [
            {
                "key": x.key, "name": x.name, "value": x.measured.value, "shown": x.shown, "rank": x.rank, "tied": x.tied,
                "last": last.get(x.key) if x.rank is not None else None, "moved": x.moved, "growth": x.growth_shown,
                "base": x.growth.base if x.growth is not None else None,
                "growth_reason": x.growth.reason if x.growth is not None else "", "below": x.below, "note": x.note,
                "top": x.measured.top, "bottom": x.measured.bottom, "left_out": x.measured.left_out,
            }
            for x in made.lines
        ],
    }  # fmt: skip


def _alert_section(alerts: Mapping[str, list[Alert]]) -> dict[str, Any]:
    counts = "、".join(f"{_LEVEL_WORDS[level]}{{预警·{_LEVEL_WORDS[level]}}}" for level in alerts)
    red = alerts["red"][:10]
    told = "".join(
        f"\n{at}. {alert.text}{f'（{alert.owner}）' if alert.owner else ''}。" for at, alert in enumerate(red, 1)
    )
    return {
        "id": "alerts", "title": "预警", "indicator": "", "group": "", "growth": False, "ranked": False, "lines": [],
        "prose": f"目前待处理的预警有{counts}。{f'红色预警主要是：{told}' if red else ''}", "numerator": "", "denominator": "",
        "note": "预警为编发时的情况，由规则核对台账得出。",
    }  # fmt: skip


def _forget_lost(row: Bulletin, kept: set[str]) -> None:
    """A prose that links to a figure which is gone goes back to the generated one, and the history tells what it said."""
    lost = {}
    for section, text in list(row.prose.items()):
        try:
            read_prose(text, dict.fromkeys(kept, ""))
        except ValueError:
            lost[section] = row.prose.pop(section)
    if lost:
        _note(row, Action.EDITED, "", {"before": lost, "after": {}})


def _note(row: Bulletin, action: str, by: str, detail: Mapping[str, Any] | None = None) -> None:
    BulletinEvent.objects.create(bulletin=row, action=action, at=timezone.now(), by=by, detail=dict(detail or {}))
