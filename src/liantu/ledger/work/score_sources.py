"""The raw values of a scorecard: figures, targets and records of the ledger, and what people entered, each with its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from liantu.ledger.grouping.indicators import fold
from liantu.ledger.models import FigureView, OfficeRules, Profile, ProjectView, ScoreEntry, StageEntry, TargetRecord
from liantu.ledger.periods import bounds
from liantu.ledger.standing import batches
from liantu.ledger.work.target_lines import evaluate, kept_lines
from liantu.tracking.lined import RulesError
from liantu.tracking.scoring import Item, Raw, Scorecard, load_card, shipped_cards
from liantu.vocabulary import regions
from liantu.vocabulary.units import comparable, convert

UNITS_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit that is scored. `entity` is set for zones, `region` for regions and zones, `chain` for chains."""

    key: str
    name: str
    region: str = ""
    chain: str = ""
    entity: int | None = None


def all_cards() -> dict[str, tuple[Scorecard, str]]:
    """The cards that come with the program and the office's own, by id; an own one takes the place of a shipped one."""
    found = dict(shipped_cards())
    for key, text in OfficeRules.objects.filter(rule_kind="scorecard", removed_at=None).values_list("key", "text"):
        try:
            found[key] = (load_card(text), text)
        except RulesError:
            continue
    return found


def units_of(card: Scorecard, region: str) -> list[Unit]:
    """The units that a card scores inside a region: the regions one level below it, its zones, or its chains."""
    if card.unit_kind == "office":
        return [Unit(f"office:{name}", name, region) for name in card.units]
    if card.unit_kind == "chain":
        within = _within("region_code", region)
        found = (
            ProjectView.objects.filter(within).exclude(chain_name="").order_by().values_list("chain_name", flat=True)
        )
        named = set(card.units) or set(found.distinct())
        return [Unit(f"chain:{name}", name, region, name) for name in sorted(named)][:UNITS_AT_MOST]
    if card.unit_kind == "zone":
        rows = Profile.objects.filter(_within("region_code", region), kind="zone").order_by("region_code", "name")
        return [Unit(f"zone:{row.pk}", row.name, row.region_code, "", row.pk) for row in rows[:UNITS_AT_MOST]]
    return [Unit(f"region:{code}", regions().by_code(code).name, code) for code in _below(region)][:UNITS_AT_MOST]


def _below(region: str) -> list[str]:
    """The regions one level below one: cities of a province, counties of a city."""
    if region.endswith("0000"):
        return sorted(
            r.code
            for r in regions()
            if r.code[:2] == region[:2] and r.code.endswith("00") and r.code != region and not r.is_group
        )
    return sorted(
        r.code for r in regions() if r.code[:4] == region[:4] and not r.code.endswith("00") and not r.is_group
    )


def _within(column: str, region: str) -> Q:
    if not region:
        return Q()
    prefix = region[:2] if region.endswith("0000") else region[:4] if region.endswith("00") else region
    return Q(**{f"{column}__startswith": prefix})


def raws_of(card: Scorecard, units: Sequence[Unit], period: str) -> dict[str, dict[str, Raw]]:
    """What is known for every unit and item of a period, by unit and item. What people entered goes first."""
    start, end = bounds(period)
    if start is None or end is None:
        raise ValueError("时期请写作 2025、2025-03 或 2025Q1 / write the period as 2025, 2025-03 or 2025Q1")
    found: dict[str, dict[str, Raw]] = defaultdict(dict)
    for item in card.items:
        if item.source.kind == "figure":
            _figures(item, units, start, end, found)
        elif item.source.kind == "stage":
            _stages(item, units, start, end, found)
        elif item.source.kind == "target":
            _targets(item, units, end, found)
    entered = ScoreEntry.objects.filter(card=card.id, period=period, removed_at=None)
    for row in entered.filter(unit_key__in=[unit.key for unit in units]):
        found[row.unit_key][row.item] = Raw(float(row.value), basis=row.basis)
    return dict(found)


def _figures(item: Item, units: Sequence[Unit], start: date, end: date, found: dict[str, dict[str, Raw]]) -> None:
    """The newest figure of each unit in the period. Figures of one day that differ are no data: a person has to say."""
    source = item.source
    words = {fold(word) for word in source.words}
    ends = Q()
    for word in source.words:
        ends |= Q(indicator__endswith=word)
    rows = FigureView.objects.filter(
        ends, status="actual", repeats=False, figure_kind=source.figure_kind, period_end__gte=start, period_end__lte=end
    )
    by_unit = {_place(unit): unit.key for unit in units}
    newest: dict[str, list[FigureView]] = defaultdict(list)
    for row in rows.filter(_of_units(units)).order_by("-period_end", "statement")[:20_000]:
        key = by_unit.get(_place_of(row, units))
        own = fold(row.indicator, (row.subject_name,)) in words
        if key is None or not own or not comparable(row.unit, source.unit):
            continue
        if not newest[key] or newest[key][0].period_end == row.period_end:
            newest[key].append(row)
    for key, said in newest.items():
        if len({(row.value, row.bound) for row in said}) == 1:
            value = convert(said[0].value, said[0].unit, source.unit)
            level = max(row.level for row in said)
            found[key][item.id] = Raw(value, source.unit, statements=tuple(row.pk for row in said), secrecy=level)


def _inside(place: str, region: str) -> bool:
    return place.startswith(region[:2] if region.endswith("0000") else region[:4] if region.endswith("00") else region)


def _of_units(units: Sequence[Unit]) -> Q:
    entities = [unit.entity for unit in units if unit.entity is not None]
    if entities:
        return Q(subject__canonical__in=entities)
    chains = [unit.chain for unit in units if unit.chain]
    if chains:
        return Q(chain_name__in=chains)
    return Q(subject_kind="region", region_code__in=[unit.region for unit in units])


def _place(unit: Unit) -> tuple[str, object]:
    if unit.entity is not None:
        return ("entity", unit.entity)
    return ("chain", unit.chain) if unit.chain else ("region", unit.region)


def _place_of(row: FigureView, units: Sequence[Unit]) -> tuple[str, object]:
    if units and units[0].entity is not None:
        return ("entity", row.subject.canonical_id if row.subject is not None else None)
    return ("chain", row.chain_name) if units and units[0].chain else ("region", row.region_code)


def _stages(item: Item, units: Sequence[Unit], start: date, end: date, found: dict[str, dict[str, Raw]]) -> None:
    """How many projects entered a stage in the period by the office's own records; a unit without any such record has no data."""
    source = item.source
    large = Q(investment__gte=source.least) if source.least else Q()
    views = {view.pk: view for view in ProjectView.objects.filter(large)}
    kept: dict[str, int] = defaultdict(int)
    counted: dict[str, set[int]] = defaultdict(set)
    entries = StageEntry.objects.filter(removed_at=None, planned=False, phase="").select_related("project")
    for entry in entries.iterator(chunk_size=2000):
        home = entry.project.canonical_id or entry.project.pk
        view = views.get(home)
        if view is None:
            continue
        for unit in units:
            if unit.chain and view.chain_name != unit.chain:
                continue
            place = view.region_code or view.city_code
            if not unit.chain and (unit.entity is not None or not _inside(place, unit.region)):
                continue
            kept[unit.key] += 1
            if entry.stage == source.stage and entry.on is not None and start <= entry.on <= end:
                counted[unit.key].add(home)
    for key in kept:
        names = "、".join(sorted(views[pk].name for pk in counted[key])[:5])
        level = max((views[pk].level for pk in counted[key]), default=0)
        found[key][item.id] = Raw(float(len(counted[key])), "个", basis=names, secrecy=level)


def _targets(item: Item, units: Sequence[Unit], end: date, found: dict[str, dict[str, Raw]]) -> None:
    """The target that the office keeps for a unit, and the figure that counts for it."""
    words = {fold(word) for word in item.source.words}
    rows = TargetRecord.objects.filter(removed_at=None, value__isnull=False, due__year=end.year)
    lines = [line for line in kept_lines(rows) if line.words in words]
    evaluate(lines, end)
    for unit in units:
        same = [
            line
            for line in lines
            if (unit.chain and line.chain == unit.chain)
            or (not unit.chain and line.region_code == unit.region and unit.entity is None)
            or (unit.entity is not None and unit.entity in line.subjects)
        ]
        if len(same) != 1 or same[0].actual is None or same[0].value is None:
            continue
        line, actual = same[0], same[0].actual
        said = (actual.figure.pk,) if actual.figure is not None else ()
        target = line.record.secrecy if line.record is not None else 0
        level = max(target, actual.figure.level if actual.figure is not None else 0)
        found[unit.key][item.id] = Raw(actual.value, line.unit, line.value, said, line.indicator, level)


def figures_of(raws: Mapping[str, Mapping[str, Raw]]) -> dict[str, FigureView]:
    """The figures that raw values rest on, by the id of their statements."""
    ids = {pk for items in raws.values() for raw in items.values() for pk in raw.statements}
    found: dict[str, FigureView] = {}
    for part in batches(ids):
        found |= {f.pk: f for f in FigureView.objects.filter(pk__in=part).select_related("statement", "source")}
    return found
