"""Tables, ranks and sentences out of what was measured. Given figures only: no figure, no sentence.

Each figure has a name (`年度投资进度·太原市`, `年度投资进度·太原市·位次`) by which prose links to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from liantu.tracking.rankings import Growth, Place, Ranking, guarded_growth, holding, moved, printed, rank, streak

from .definitions import Definition, Indicator, Section, indicators
from .periods import Period

WHOLE = ""
"""The key of all groups together."""
REASONS = {
    "no_data": "没有数据",
    "not_reported": "未报",
    "no_base": "上年同期没有数据",
    "zero_base": "上年同期为零",
    "negative_base": "上年同期为负",
    "small_base": "基数较小",
    "missing": "没有数据",
}


@dataclass(frozen=True, slots=True)
class RowRef:
    """One row behind a figure, with what it adds: a project, a firm, a statement."""

    kind: str
    id: str
    name: str
    top: float | None = None
    bottom: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator of one group. Without a value `reason` says why; `growth` is a published one, where no base is known."""

    value: float | None
    top: float | None = None
    bottom: float | None = None
    rows: tuple[RowRef, ...] = ()
    left_out: int = 0
    base: float | None = None
    growth: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One group in a section's table."""

    key: str
    name: str
    measured: Measured
    shown: str
    rank: int | None
    tied: bool
    moved: int | None
    growth: Growth | None
    growth_shown: str
    below: bool
    note: str


@dataclass(frozen=True, slots=True)
class SectionMade:
    """A section: its lines in order of rank, those without data last; its prose; the note on its definition."""

    section: Section
    indicator: Indicator
    whole: Measured | None
    lines: tuple[Line, ...]
    prose: str
    note: str
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class Composed:
    """A bulletin's body. `figures` are its numbers as printed, by name; `empty` the titles of sections without any data."""

    sections: tuple[SectionMade, ...]
    figures: Mapping[str, str]
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Former:
    """What former bulletins of the same kind said, the newest first: a section's ranks and values by group."""

    ranks: Sequence[Mapping[str, int]] = field(default_factory=tuple)
    values: Sequence[Mapping[str, float]] = field(default_factory=tuple)
    lasts: Sequence[Mapping[str, int]] = field(default_factory=tuple)


def compose(
    definition: Definition,
    period: Period,
    measured: Mapping[str, Mapping[str, Measured]],
    names: Mapping[str, str],
    former: Mapping[str, Former] | None = None,
) -> Composed:
    """The body of a bulletin.

    Args:
        measured: section id → group key → what was measured; the key `""` is all groups together.
        names: what each group is called.
        former: section id → what the former bulletins, of the periods right before, said.
    """
    made: list[SectionMade] = []
    figures: dict[str, str] = {"时间进度": f"{number(period.elapsed, 2)}%"}
    empty = []
    for section in definition.sections:
        groups = dict(measured.get(section.id, {}))
        whole = groups.pop(WHOLE, None)
        if not any(each.value is not None for each in groups.values()):
            empty.append(section.title)
            continue
        one = _section(section, period, groups, whole, names, (former or {}).get(section.id, Former()))
        made.append(one)
        figures |= _figures(one)
    return Composed(tuple(made), figures, tuple(empty))


def number(value: float, decimals: int) -> str:
    """A number as printed, with thousands commas, without needless zeros behind the point of whole numbers only."""
    return f"{printed(value, decimals):,.{decimals}f}"


def shown(value: float | None, indicator: Indicator) -> str:
    """A value with its unit; empty for none."""
    if value is None:
        return ""
    if indicator.unit == "percent":
        return f"{number(value, indicator.decimals)}%"
    if indicator.unit == "money":
        return money(value, indicator.decimals)
    return f"{number(value, indicator.decimals)}个"


def money(value: float, decimals: int = 2) -> str:
    """Yuan as offices print them: 亿元 from a hundred million on, else 万元."""
    size, word = (1e8, "亿元") if abs(value) >= 1e8 else (1e4, "万元")
    return f"{number(value / size, decimals)}{word}"


def _section(
    section: Section,
    period: Period,
    groups: Mapping[str, Measured],
    whole: Measured | None,
    names: Mapping[str, str],
    former: Former,
) -> SectionMade:
    indicator = indicators()[section.indicator]
    growths = {key: _growth(section, indicator, each) for key, each in groups.items()}
    if section.order == "growth":
        values = {key: g.value if g is not None and g.ranked else None for key, g in growths.items()}
    else:
        values = {key: each.value for key, each in groups.items()}
    # Money is ranked as printed, in hundred millions or ten thousands, only when all print in one of them: rank by yuan.
    decimals = 0 if indicator.unit == "money" and section.order == "value" else indicator.decimals
    ranking = rank(values, falling=indicator.falling, decimals=decimals)
    enough = section.order != "none" and len(ranking.places) >= section.least
    rises = moved(ranking, _ranking_of(former.ranks[0])) if enough and former.ranks and former.ranks[0] else {}
    line_below = period.elapsed if section.below == "elapsed" else float(section.below) if section.below else None
    lines = []
    for key in [place.key for place in ranking.places] + list(ranking.missing):
        each, place, growth = groups[key], ranking.of(key), growths[key]
        below = line_below is not None and each.value is not None and printed(each.value, 2) < printed(line_below, 2)
        notes = [REASONS.get(each.reason or "no_data", each.reason)] if each.value is None else []
        if growth is not None and growth.reason and growth.reason != "missing":
            notes.append(f"增速{REASONS[growth.reason]}，不排名")
        lines.append(
            Line(
                key, names.get(key, key), each, shown(each.value, indicator), place.rank if place and enough else None,
                bool(place and place.tied and enough), rises.get(key), growth,
                f"{'+' if growth.value > 0 else ''}{number(growth.value, 1)}%" if growth and growth.value is not None else "",
                below, "；".join(notes),
            )
        )  # fmt: skip
    made = SectionMade(
        section, indicator, whole, tuple(lines), "", indicator.definition_zh + "。" + indicator.source + "。", ranking
    )
    prose = _prose(made, period, enough, former, line_below, names)
    return SectionMade(section, indicator, whole, tuple(lines), prose, made.note, ranking)


def _growth(section: Section, indicator: Indicator, each: Measured) -> Growth | None:
    if not section.growth and section.order != "growth":
        return None
    if each.growth is not None and each.value is not None and each.growth > -100:
        # A published growth tells its base.
        base = each.value / (1 + each.growth / 100)
        return Growth(each.growth, base, "small_base" if base < indicator.least_base else "")
    return guarded_growth(each.base, each.value, indicator.least_base)


def _ranking_of(ranks: Mapping[str, int]) -> Ranking:
    return Ranking(tuple(Place(key, 0.0, held, 0, False) for key, held in ranks.items()), ())


def _figures(made: SectionMade) -> dict[str, str]:
    """All numbers of a section by name."""
    head = name_of(made)
    found: dict[str, str] = {}
    if made.whole is not None and made.whole.value is not None:
        found |= _parts(f"{head}·合计", made.whole, made.indicator)
    if (loose := unplaced(made)) > 0:
        found[f"{head}·未归组"] = f"{loose}项"
    for line in made.lines:
        if line.measured.value is None:
            continue
        found |= _parts(f"{head}·{line.name}", line.measured, made.indicator)
        if line.rank is not None:
            found[f"{head}·{line.name}·位次"] = f"第{line.rank}位"
        if line.growth_shown:
            found[f"{head}·{line.name}·增速"] = line.growth_shown
    return found


def unplaced(made: SectionMade) -> int:
    """Rows that count for all together and for no group, because nobody said where they belong."""
    if made.whole is None:
        return 0
    return len(made.whole.rows) - len({(r.kind, r.id) for line in made.lines for r in line.measured.rows})


def name_of(made: SectionMade) -> str:
    """How the figures of a section begin: its title."""
    return made.section.title


def _parts(name: str, each: Measured, indicator: Indicator) -> dict[str, str]:
    found = {name: shown(each.value, indicator)}
    if each.top is not None and each.bottom is not None:
        counts = bool(indicator.rate in ("start_rate_all",) or indicator.id == "report_rate")
        word = (lambda v: f"{number(v, 0)}个") if counts else money
        found |= {f"{name}·分子": word(each.top), f"{name}·分母": word(each.bottom)}
    return found


def _prose(
    made: SectionMade, period: Period, enough: bool, former: Former, line_below: float | None, names: Mapping[str, str]
) -> str:
    """Sentences of what is there. Names in braces are figures."""
    section, head = made.section, name_of(made)
    called = {line.key: line.name for line in made.lines}
    said: list[str] = []
    if made.whole is not None and made.whole.value is not None:
        about = f"{made.indicator.name_zh}合计为{{{head}·合计}}"
        if made.whole.bottom is not None:
            about += f"（{made.indicator.numerator_zh}{{{head}·合计·分子}}，{made.indicator.denominator_zh}{{{head}·合计·分母}}）"
        said.append(f"{about}。")
    if not enough and section.order != "none" and made.ranking.places:
        told = "、".join(f"{called[p.key]}{{{head}·{called[p.key]}}}" for p in made.ranking.places)
        said.append(f"有数据的不足{section.least}个，不排名：{told}。")
    elif section.order == "none":
        told = "、".join(f"{line.name}{{{head}·{line.name}}}" for line in made.lines if line.measured.value)
        if told:
            said.append(f"其中{told}。")
    else:
        said += _ends(made, called)
        said += _growth_ends(made, called)
        said += _movements(made, called, former)
    below = [line for line in made.lines if line.below]
    if below and line_below is not None:
        line = "时间进度（{时间进度}）" if section.below == "elapsed" else f"{number(line_below, 0)}%"
        said.append(f"低于{line}的有：" + "、".join(f"{x.name}{{{head}·{x.name}}}" for x in below) + "。")
    missing = [line.name for line in made.lines if line.measured.value is None]
    if missing:
        said.append(f"{'、'.join(missing)}没有数据，不参加排名。")
    if unplaced(made) > 0:
        said.append(f"另有{{{head}·未归组}}没有写明所属，只计入合计。")
    if made.whole is not None and made.whole.left_out:
        said.append("另有缺分子或分母的项目，未计入。")
    return "".join(said)


def _ends(made: SectionMade, called: Mapping[str, str]) -> list[str]:
    head = name_of(made)
    what = "{%s·%s·增速}" if made.section.order == "growth" else "{%s·%s}"

    def listed(places: Sequence[Place]) -> str:
        told = []
        for place in places:
            tie = "（并列）" if place.tied else ""
            told.append(f"{called[place.key]}{what % (head, called[place.key])}{tie}")
        return "、".join(told)

    said = []
    if top := made.ranking.top(made.section.top):
        said.append(f"居前{_count(made.section.top)}位的是{listed(top)}。")
    if bottom := made.ranking.bottom(made.section.bottom):
        # With few members the last three are partly among the first three: only as many ranks as are named are said.
        said.append(f"居后{_count(max(place.last for place in bottom))}位的是{listed(bottom)}。")
    return said


def _growth_ends(made: SectionMade, called: Mapping[str, str]) -> list[str]:
    """The leaders by growth beside those by value; who grew from a small base is told and not ranked."""
    if not made.section.growth or made.section.order == "growth":
        return []
    head = name_of(made)
    growths = {line.key: line.growth for line in made.lines if line.growth is not None}
    ranking = rank({k: g.value if g.ranked else None for k, g in growths.items()}, decimals=1)
    said = []
    if len(ranking.places) >= made.section.least and (top := ranking.top(made.section.top)):
        told = "、".join(f"{called[p.key]}{{{head}·{called[p.key]}·增速}}" for p in top)
        said.append(f"增速居前{_count(made.section.top)}位的是{told}。")
        falls = [p for p in ranking.places if p.value < 0]
        if falls:
            said.append(
                "下降的有：" + "、".join(f"{called[p.key]}{{{head}·{called[p.key]}·增速}}" for p in falls) + "。"
            )
    small = [key for key, g in growths.items() if g.reason == "small_base" and g.value is not None]
    if small:
        told = "、".join(f"{called[key]}{{{head}·{called[key]}·增速}}" for key in small)
        said.append(f"{told}，基数较小，增速只列不排。")
    return said


def _movements(made: SectionMade, called: Mapping[str, str], former: Former) -> list[str]:
    """What changed since the former bulletin, and what has lasted."""
    said = []
    risen = [line for line in made.lines if line.moved and line.moved >= 2]
    fallen = [line for line in made.lines if line.moved and line.moved <= -2]
    if risen:
        said.append("比上期位次上升较多的是" + "、".join(f"{x.name}（上升{x.moved}位）" for x in risen) + "。")
    if fallen:
        said.append("位次下降较多的是" + "、".join(f"{x.name}（下降{-(x.moved or 0)}位）" for x in fallen) + "。")
    for key in called:
        place = made.ranking.of(key)
        if place is None:
            continue
        held = [*reversed([ranks.get(key) for ranks in former.ranks]), place.rank]
        if place.rank == 1 and (times := holding(held)) >= 2:
            said.append(f"{called[key]}连续{times}期居首位。")
        lasts = [*reversed([ranks.get(key) for ranks in former.lasts]), place.last]
        if place.last == 1 and place.rank > 1 and (times := holding(lasts)) >= 2:
            said.append(f"{called[key]}连续{times}期居末位。")
        run = streak([*reversed([values.get(key) for values in former.values]), place.value], made.indicator.decimals)
        if run.steps >= 3:
            said.append(f"{called[key]}连续{run.steps}期{'上升' if run.direction == 'up' else '下降'}。")
    return said


def _count(n: int) -> str:
    return "零一二三四五六七八九十"[n] if n <= 10 else str(n)
