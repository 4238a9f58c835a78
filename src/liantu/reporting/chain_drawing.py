"""A chain drawn as columns of segments.

At two hundred nodes force and layered layouts cannot be read; columns can, print on a page, and are text that
a test can look at. Supply lines would cover the segments if all were drawn at once: each stays hidden until
one of its ends is pointed at or chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from liantu.reporting.chain_outline import STATUSES, ChainMap, Edge, NodeStatus, Segment
from liantu.reporting.chain_paths import supply_paths
from liantu.reporting.palette import ACCENT, FONT, INK, LINE, MUTED, PAPER, fit, label, tag, text_width


@dataclass(frozen=True, slots=True)
class Look:
    """How one status is drawn: never by colour alone, so that it survives a black-and-white printer."""

    fill: str
    ink: str
    stroke: str
    dash: str | None = None
    weight: float = 1.0
    mark: str = ""


LOOKS: dict[NodeStatus, Look] = {
    "strong": Look("#1f4e79", "#ffffff", "#1f4e79", mark="●"),
    "present": Look("#c5d8ea", INK, "#a3c0dc"),
    "weak": Look("#f6dfa4", INK, "#e3c272", mark="▽"),
    "missing": Look(PAPER, "#b3261e", "#b3261e", dash="4 3"),
    "at_risk": Look("#fbe3d8", "#8a2f13", "#c8532b", weight=2.0, mark="!"),
    "unknown": Look("#f0f2f5", MUTED, "#d5dbe2"),
}

Words = Mapping[str, str]
CHINESE: Words = {
    "strong": "强",
    "present": "有",
    "weak": "弱",
    "missing": "缺",
    "at_risk": "险",
    "unknown": "未知",
    "segments": "环节",
    "empty": "还没有环节",
}
_WORRIES: tuple[NodeStatus, ...] = ("missing", "at_risk", "weak")
_PAD, _GAP, _HEAD, _ROW_GAP = 16.0, 18.0, 56.0, 7.0
_LONG_COLUMN = 16  # segments; a longer column is set in two
_SIZE = 11.5
_WIDEST_LANE = 380.0
_STRIP = 17.0  # of status cells below a name


@dataclass(frozen=True, slots=True)
class Box:
    """Where a segment stands, in pixels."""

    segment: Segment
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Heading:
    """A word above a group of segments inside a column."""

    text: str
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawn map before it is written: boxes, group headings, column positions and the height they need."""

    boxes: tuple[Box, ...]
    headings: tuple[Heading, ...]
    columns: tuple[tuple[str, float, float], ...]  # name, x, width
    width: float
    height: float


def lay_out(chain_map: ChainMap, width: float = 1240.0) -> Layout:
    """Places every segment: columns share the width by the number of lanes they need; no two boxes overlap."""
    names = chain_map.columns
    if not names:
        return Layout((), (), (), width, _HEAD + 2 * _PAD)
    lanes = {name: 2 if len(chain_map.column(name)) > _LONG_COLUMN else 1 for name in names}
    least = 92.0 * sum(lanes.values()) + _GAP * (len(names) - 1) + 2 * _PAD
    width = max(width, least)
    lane_width = min((width - 2 * _PAD - _GAP * (len(names) - 1)) / sum(lanes.values()), _WIDEST_LANE)
    boxes: list[Box] = []
    headings: list[Heading] = []
    columns: list[tuple[str, float, float]] = []
    x, bottom = _PAD, _HEAD
    for name in names:
        column_width = lane_width * lanes[name]
        columns.append((name, x, column_width))
        y = _HEAD + _PAD
        group: tuple[str, ...] = ()
        pending: list[Segment] = []
        for segment in chain_map.column(name):
            # One level of headings reads well; deeper levels are told when a segment is pointed at.
            if segment.path[1:-1][:1] != group:
                y = _place(pending, boxes, x, y, lane_width, lanes[name])
                pending, group = [], segment.path[1:-1][:1]
                if group:
                    note = chain_map.group_notes.get((name, *group), "")
                    headings.append(Heading(f"{group[0]} · {note}" if note else group[0], x, y + 12, column_width))
                    y += 20
            pending.append(segment)
        y = _place(pending, boxes, x, y, lane_width, lanes[name])
        bottom = max(bottom, y)
        x += column_width + _GAP
    return Layout(tuple(boxes), tuple(headings), tuple(columns), max(x - _GAP + _PAD, 320.0), bottom + _PAD)


def _place(segments: list[Segment], boxes: list[Box], x: float, y: float, lane: float, lanes: int) -> float:
    """Adds the boxes of one group, row by row over the lanes; returns where the next group may begin."""
    inner = lane - (6.0 if lanes > 1 else 0.0)
    for at in range(0, len(segments), lanes):
        row = segments[at : at + lanes]
        tall = max(len(fit(s.name, _SIZE, inner - 22, 2)) for s in row)
        height = (24.0 if tall == 1 else 38.0) + (_STRIP if any(s.cells for s in row) else 0.0)
        boxes.extend(Box(s, x + i * lane, y, inner, height) for i, s in enumerate(row))
        y += height + _ROW_GAP
    return y + (6.0 if segments else 0.0)


def draw_chain_map(
    chain_map: ChainMap, *, selected: str | None = None, width: float = 1240.0, words: Words = CHINESE
) -> str:
    """The map as an SVG string.

    Args:
        chain_map: what to draw.
        selected: key of a segment; it and all that its supply comes from and goes to stay bright, those lines show, as do its
            substitutes and technologies; the rest fades.
        width: pixels to aim at; more is taken when the columns would become too narrow to read.
        words: the words of the statuses and of `segments` and `empty`, for a page in another language.
    """
    layout = lay_out(chain_map, width)
    known = selected is not None and any(s.key == selected for s in chain_map.segments)
    paths = supply_paths(chain_map.edges, selected) if known and selected is not None else None
    near = paths.near | {str(selected)} if paths is not None else frozenset()
    parts = [_column_head(chain_map, name, x, w, words) for name, x, w in layout.columns]
    parts += [
        label(fit(h.text, 11, h.width)[0], h.x, h.y, font_size=11, fill=MUTED, font_weight="600")
        for h in layout.headings
    ]
    parts += [_box(box, words, faded=bool(near) and box.segment.key not in near) for box in layout.boxes]
    parts += _edges(chain_map, layout, paths.edges if paths is not None else frozenset())
    if not layout.boxes:
        parts.append(label(words["empty"], _PAD, _HEAD, font_size=14, fill=MUTED))
    counted = [s for s in STATUSES if not chain_map.segments or not chain_map.segments[0].cells]
    counts = ", ".join(f"{words[s]} {_count(chain_map.segments, s)}" for s in counted)
    head = tag(
        "title",
        escape(f"{chain_map.title} · {len(chain_map.segments)} {words['segments']}{f' ({counts})' if counts else ''}"),
    )
    return tag(
        "svg",
        head + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {layout.width:.0f} {layout.height:.0f}",
        width=f"{layout.width:.0f}",
        height=f"{layout.height:.0f}",
        class_="chain-map",
        role="img",
        font_family=FONT,
    )


def _count(segments: tuple[Segment, ...], status: NodeStatus) -> int:
    """Segments of a status; of several places, those that have it in any."""
    return sum(1 for s in segments if (any(c.status == status for c in s.cells) if s.cells else s.status == status))


def _column_head(chain_map: ChainMap, name: str, x: float, width: float, words: Words) -> str:
    segments = chain_map.column(name)
    line = f"{len(segments)} {words['segments']}"
    for status in _WORRIES:
        if found := _count(segments, status):
            line += f"·{words[status]}{found}"
    return (
        label(fit(name, 14, width)[0], x, 26.0, font_size=14, font_weight="700", fill=INK)
        + label(fit(line, 11.5, width)[0], x, 44.0, font_size=11.5, fill=MUTED)
        + tag("line", x1=x, y1=_HEAD, x2=x + width - 6, y2=_HEAD, stroke=LINE)
    )


def _box(box: Box, words: Words, *, faded: bool) -> str:
    segment, look = box.segment, LOOKS[box.segment.status] if not box.segment.cells else _PLAIN
    inset = 12.0 if look.mark else 0.0
    tall = box.height - (_STRIP if segment.cells else 0.0)
    lines = fit(segment.name, _SIZE, box.width - 10 - inset, 2 if tall > 30 else 1)
    rect = tag(
        "rect",
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        rx=3,
        fill=look.fill,
        stroke=look.stroke,
        stroke_dasharray=look.dash,
        stroke_width=look.weight,
    )
    middle = box.y + tall / 2 + 4 - (len(lines) - 1) * 7
    text = "".join(
        label(
            line,
            box.x + box.width / 2 + inset / 2,
            middle + 14 * i,
            text_anchor="middle",
            font_size=_SIZE,
            fill=look.ink,
        )
        for i, line in enumerate(lines)
    )
    if look.mark:
        text += label(look.mark, box.x + 6, box.y + tall / 2 + 3.5, font_size=9, fill=look.ink)
    status = "" if segment.cells else words[segment.status]
    about = " · ".join(part for part in (" › ".join(segment.path), status, segment.note) if part)
    group = tag(
        "g",
        tag("title", escape(about)) + rect + text + _cells(box, words),
        class_="segment" + (" faded" if faded else ""),
        opacity="0.3" if faded else None,
        data_key=segment.key,
        data_status=segment.status if not segment.cells else None,
        tabindex="0" if not segment.href else None,
    )
    return tag("a", group, href=segment.href) if segment.href else group


_PLAIN = Look(PAPER, INK, LINE)


def _cells(box: Box, words: Words) -> str:
    """A cell a place along the foot of the box: the place's letter, and the status as it is drawn everywhere."""
    parts = []
    each = (box.width - 6) / max(len(box.segment.cells), 1)
    y = box.y + box.height - _STRIP
    for at, cell in enumerate(box.segment.cells):
        look = LOOKS[cell.status]
        x = box.x + 3 + each * at
        rect = tag(
            "rect",
            x=x + 1,
            y=y,
            width=each - 2,
            height=_STRIP - 4,
            rx=2,
            fill=look.fill,
            stroke=look.stroke,
            stroke_dasharray="3 2" if look.dash else None,
            stroke_width=min(look.weight, 1.5),
        )
        mark = look.mark if each >= 22 else ""
        words_of = tag("title", escape(cell.note or f"{cell.letter} {words[cell.status]}"))
        text = label(cell.letter + mark, x + each / 2, y + 10, text_anchor="middle", font_size=9.5, fill=look.ink)
        parts.append(tag("g", words_of + rect + text, class_="cell", data_status=cell.status, data_place=cell.letter))
    return "".join(parts)


def _edges(chain_map: ChainMap, layout: Layout, lit: frozenset[Edge]) -> list[str]:
    """Curves from the right of the supplier to the left of the supplied; between equals of a column, round the side."""
    at = {box.segment.key: box for box in layout.boxes}
    out = []
    for edge in chain_map.edges:
        tail, head = at.get(edge.tail), at.get(edge.head)
        if tail is None or head is None:
            continue
        x1, y1 = tail.x + tail.width, tail.y + tail.height / 2
        x2, y2 = head.x, head.y + head.height / 2
        if x2 <= x1:  # same column or backwards
            x2 = head.x + head.width
            bend = max(x1, x2) + 14
            path = f"M{x1:.1f},{y1:.1f}C{bend:.1f},{y1:.1f} {bend:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"
        else:
            half = (x1 + x2) / 2
            path = f"M{x1:.1f},{y1:.1f}C{half:.1f},{y1:.1f} {half:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"
        shown = edge in lit
        out.append(
            tag(
                "path",
                d=path,
                class_="edge" + (" shown" if shown else ""),
                fill="none",
                stroke=ACCENT,
                stroke_width=1.5,
                stroke_dasharray={"supply": None, "substitute": "5 3", "tech_depends": "1 3"}[edge.kind],
                opacity="1" if shown else "0",
                pointer_events="none",
                data_tail=edge.tail,
                data_head=edge.head,
            )
        )
    return out


def draw_legend(words: Words = CHINESE) -> str:
    """The six statuses in a row, as an SVG of their own so that a page can set it beside its title."""
    x, parts = 2.0, []
    for status in STATUSES:
        look = LOOKS[status]
        parts.append(
            tag(
                "rect",
                x=x,
                y=4,
                width=14,
                height=12,
                rx=2,
                fill=look.fill,
                stroke=look.stroke,
                stroke_dasharray="3 2" if look.dash else None,
                stroke_width=look.weight,
            )
        )
        parts.append(label(words[status], x + 19, 14.5, font_size=12, fill=MUTED))
        x += 19 + text_width(words[status], 12) + 14
    return tag(
        "svg",
        "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {x:.0f} 20",
        width=f"{x:.0f}",
        height="20",
        class_="legend",
        role="img",
        font_family=FONT,
    )
