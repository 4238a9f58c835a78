"""What the page of a chain's map shows: every segment at every place asked for, with its status, numbers and who is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liantu.diagnosis.chain_nodes import NodeState, Said, chain_nodes, coverage
from liantu.ledger import services
from liantu.ledger.models import Profile, ProjectView
from liantu.ledger.outlines.edges import Edges
from liantu.ledger.outlines.members import on_segments
from liantu.ledger.outlines.tree import Tree, children, path_of, walk
from liantu.ledger.registry_counts import counts_now, registry_state
from liantu.ledger.standing import batches
from liantu.reporting.chain_outline import STATUSES, ChainMap, Edge, NodeStatus, Segment, StatusCell, chain_map_of
from liantu.vocabulary import regions
from liantu.workbench import formatting, labels
from liantu.workbench.cached import per_revision
from liantu.workbench.outlines import cut_of, drawn_edges

DEFAULT_GROUP = "G:shanxi-central-cluster"
MOST_PLACES = 12
LOOKED_AT = 20_000
DRAWN: dict[str, NodeStatus] = {"no_data": "unknown"}
"""Statuses of the diagnosis that the drawing has another name for."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A firm or project that somebody says is on a segment, with the statement that says so."""

    pk: int
    kind: str
    name: str
    city: str
    county: str
    statement: str
    sentence: str
    investment: float | None = None

    def lies_in(self, region: str) -> bool:
        """Whether it lies in a city, or in a county."""
        return region in (self.city, self.county)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the map: its code, name, the one character in its cells, and how it stands."""

    code: str
    name: str
    letter: str
    coverage: float
    tally: dict[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A segment over all places, in the order of the outline."""

    pk: str
    key: str
    path: tuple[str, ...]
    states: tuple[NodeState, ...]
    things: tuple[Thing, ...]
    names: tuple[str, ...]  # its own, then those it had before


@dataclass(frozen=True)
class MapData:
    """All that is drawn and listed. `counted`: a registry is loaded; `as_of`: of which day it is; `outline`: whose it is."""

    chain: str
    places: tuple[Place, ...]
    rows: tuple[Row, ...]
    edges: tuple[Edge, ...]
    counted: bool
    as_of: str
    ours: bool
    reference: str
    by_pk: dict[str, Row] = field(repr=False, default_factory=dict)
    wider: dict[tuple[str, ...], tuple[Thing, ...]] = field(repr=False, default_factory=dict)
    """Who is said to be on a wider segment, by the way down to it: nobody said on which of its parts."""

    @property
    def coverage(self) -> float:
        """Share of all cells of which anything is known."""
        return coverage(state for row in self.rows for state in row.states)


def places_asked(said: str) -> tuple[str, ...]:
    """Codes of the places of an address: a group's members, several codes or names by commas; the five cities when nothing is said.

    Raises ValueError, in both languages, for a word that names no region, or several.
    """
    gazetteer = regions()
    codes: list[str] = []
    for part in (said or DEFAULT_GROUP).replace("，", ",").split(","):
        if part.strip():
            region = gazetteer.by_code(gazetteer.code_of(part.strip()))
            codes += region.members if region.is_group else [region.code]
    kept = [code for code in dict.fromkeys(codes) if gazetteer.by_code(code).level in ("city", "county")]
    return tuple(kept[:MOST_PLACES])


def map_data(chain: str, places: Sequence[str]) -> MapData | None:
    """The map of a chain at some places; None when there is no outline with a segment."""
    version = registry_state()
    name = f"chain-nodes:{chain}:{','.join(places)}:{version}"
    return per_revision(name, lambda: (_map_data(chain, places),))[0]


def _map_data(chain: str, places: Sequence[str]) -> MapData | None:
    now = services.outline_now(chain)
    leaves = _leaves(now.tree)
    if not any(len(path) > 1 for path in leaves.values()):
        return None
    cut = cut_of(now.tree)
    things = _things(now.tree, leaves)
    counts = counts_now()
    edges = drawn_edges(now.tree, now.edges)
    states = _states(now.chain, now.tree, edges, places, things)
    rows = tuple(
        Row(
            pk,
            "/".join(path[cut:]),
            path[cut:],
            tuple(states[code, pk] for code in places),
            tuple(things[pk]),
            (now.tree[pk].name, *now.tree[pk].former),
        )
        for pk, path in leaves.items()
    )
    gazetteer = regions()
    letters = _letters([gazetteer.short(code) for code in places])
    listed = tuple(
        Place(code, gazetteer.by_code(code).name, letter, *_standing_of(row.states[at] for row in rows))
        for at, (code, letter) in enumerate(zip(places, letters, strict=True))
    )
    return MapData(
        now.chain,
        listed,
        rows,
        tuple(edges),
        counts is not None,
        counts.as_of if counts is not None else "",
        now.ours,
        _reference(places),
        {row.pk: row for row in rows},
        {
            path_of(now.tree, pk)[cut:]: tuple(thing for thing in found if any(map(thing.lies_in, places)))
            for pk, found in things.items()
            if pk not in leaves and found
        },
    )


def states_of(chain: str, tree: Tree, edges: Edges, places: Sequence[str]) -> dict[tuple[str, str], NodeState]:
    """Status of every finest segment of any outline of a chain at some places, by (place, id), as known today."""
    return _states(chain, tree, drawn_edges(tree, edges), places, _things(tree, _leaves(tree)))


def _states(
    chain: str, tree: Tree, edges: Sequence[Edge], places: Sequence[str], things: dict[str, list[Thing]]
) -> dict[tuple[str, str], NodeState]:
    cut = cut_of(tree)
    keys = {pk: "/".join(path[cut:]) for pk, path in _leaves(tree).items()}
    counts = counts_now()
    in_panel = {
        key: counts.key(chain, tree[pk].name, *tree[pk].former) if counts is not None else ""
        for pk, key in keys.items()
    }
    supplies: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge.kind == "supply":
            supplies[edge.tail].append(edge.head)
    said = {
        (code, keys[pk]): _said([thing for thing in found if thing.lies_in(code)])
        for pk, found in things.items()
        if pk in keys
        for code in places
    }
    states: dict[tuple[str, str], NodeState] = {}
    for cities in (True, False):  # a place is compared with those of its own level
        level = [code for code in places if code.endswith("00") == cities]
        panel = counts.peers(level) if counts is not None else None
        states |= chain_nodes(panel, level, in_panel, said=said, supplies=supplies, reference=_reference(places))
    return {(code, pk): states[code, key] for pk, key in keys.items() for code in places}


def _leaves(tree: Tree) -> dict[str, tuple[str, ...]]:
    """The finest segments in the order of the outline, with the way down to each."""
    below = children(tree)
    return {pk: path_of(tree, pk) for pk in walk(tree) if not below.get(pk)}


def _standing_of(states: Iterable[NodeState]) -> tuple[float, dict[str, int]]:
    listed = list(states)
    tally: dict[str, int] = {status: sum(drawn(state) == status for state in listed) for status in STATUSES}
    return coverage(listed), tally


def drawn(state: NodeState) -> NodeStatus:
    """The status as drawings name it."""
    return DRAWN.get(state.status, state.status)  # type: ignore[arg-type]


def _letters(names: list[str]) -> list[str]:
    """A character for each place: the first one that tells it from the others."""
    letters: list[str] = []
    for name in names:
        letters.append(next((char for char in name if char not in letters), name[:1]))
    return letters


def _reference(places: Sequence[str]) -> str:
    provinces = {p.name for code in places if (p := regions().province_of(code)) is not None}
    return "、".join(sorted(provinces))


def _said(things: Sequence[Thing]) -> Said:
    sums = [thing.investment for thing in things if thing.kind == "project" and thing.investment is not None]
    firms = sum(thing.kind != "project" for thing in things)
    return Said(firms, len(things) - firms, sum(sums), len(sums))


def _words(tree: Tree, leaves: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Word → the segment that it puts things on: its name or one it had before. A wider segment with one part is that part."""
    below = children(tree)
    words: dict[str, str] = {}
    for pk in walk(tree):  # wider ones first: a finest segment's own name is its own whoever else bears it
        if tree[pk].parent:
            at = pk
            while len(below.get(at, ())) == 1:
                at = below[at][0]
            words[tree[pk].name] = at
    words |= {tree[pk].name: pk for pk in leaves}
    for pk in walk(tree):
        for word in tree[pk].former:
            words.setdefault(word, words.get(tree[pk].name, pk))
    return words


def _things(tree: Tree, leaves: dict[str, tuple[str, ...]]) -> dict[str, list[Thing]]:
    """By segment, who a workbook or a text puts on it, each once; on a wider one, who is on nobody says which of its parts."""
    words = _words(tree, leaves)
    columns = ("subject__canonical", "subject_id", "subject__kind", "subject_name", "pk", "sentence")
    found = list(on_segments(words, *columns, most=LOOKED_AT))
    who = {row[1] or row[2] for row in found} - {None}
    profiles: dict[int, Profile] = {}
    invested: dict[int, float | None] = {}
    for some in batches(sorted(who)):
        profiles.update({p.pk: p for p in Profile.objects.filter(pk__in=some)})
        invested.update(ProjectView.objects.filter(pk__in=some).values_list("pk", "investment"))
    things: dict[str, list[Thing]] = {pk: [] for pk in tree}
    seen: set[tuple[str, Any]] = set()
    for word, canonical, subject, kind, name, statement, sentence in found:
        pk, entity = words[word], canonical or subject
        if (pk, entity or name) in seen:
            continue
        seen.add((pk, entity or name))
        profile = profiles.get(entity)
        things[pk].append(
            Thing(
                entity or 0,
                kind or "enterprise",
                profile.name if profile is not None else name,
                profile.city_code if profile is not None else "",
                profile.region_code if profile is not None else "",
                str(statement),
                sentence,
                invested.get(entity),
            )
        )
    return things


def reason(state: NodeState) -> str:
    """The rule that decided, in the page's language, with the numbers it looked at."""
    text = state.en if (get_language() or "").startswith("en") else state.zh
    parts = [text]
    if state.firms is not None:
        parts.append(_("登记库 %(n)s 家") % {"n": f"{state.firms:,}"})
    if state.lq is not None and state.lq.value is not None:
        parts.append(_("区位商 %(lq)s") % {"lq": f"{state.lq.value:.2f}"})
    if state.said.firms:
        parts.append(_("有名有姓的企业 %(n)s 家") % {"n": state.said.firms})
    if state.said.projects:
        parts.append(_("项目 %(n)s 个") % {"n": state.said.projects})
    if state.said.summed:
        parts.append(_("总投资 %(sum)s") % {"sum": formatting.quantity(state.said.investment, "元")})
    return "；".join(str(part) for part in parts)


def drawn_map(data: MapData, title: str, link: Any = None) -> ChainMap:
    """The drawing of it: one status a segment for one place, a cell a place for several. `link`: the address of a segment."""
    words = {code: str(text) for code, text in labels.SEGMENT_STATUS.items()}
    chain_map = chain_map_of(title, [row.path for row in data.rows], data.edges)
    by_key = {row.key: row for row in data.rows}
    marked = {}
    for segment in chain_map.segments:
        row = by_key[segment.key]
        marked[segment.key] = _segment(segment, row, data.places, words, link(row) if link is not None else "")
    notes = {
        path: _("%(n)s 家（个）在此，未说到细环节") % {"n": len(things)}
        for path, things in data.wider.items()
        if things
    }
    return replace(chain_map.marked(marked), group_notes=notes)


def _segment(segment: Segment, row: Row, places: Sequence[Place], words: dict[str, str], href: str) -> Segment:
    if len(places) == 1:
        (state,) = row.states
        return replace(segment, status=drawn(state), note=reason(state), href=href)
    cells = tuple(
        StatusCell(place.letter, drawn(state), f"{place.name}：{words[drawn(state)]}，{reason(state)}")
        for place, state in zip(places, row.states, strict=True)
    )
    return replace(segment, cells=cells, href=href)
