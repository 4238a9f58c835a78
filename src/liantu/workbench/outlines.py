"""Chain maps out of imported outlines: the workbooks whose first row reads level1 … level6."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from liantu.ledger.models import SourceText, Statement
from liantu.reporting import ChainMap, Segment, chain_map_of
from liantu.reporting.chain_outline import LEVELS
from liantu.workbench.cached import per_revision

SEGMENT_PROPERTIES = ("环节", "所属环节", "产业链环节", "segment")
_TAILS = ("产业链", "产业集群", "产业", "链")
SHEETS = ("xlsx", "xls", "csv")


def plain_name(name: str) -> str:
    """A chain's name without what all chains are called: 光伏产业链 and 光伏 are one."""
    for tail in _TAILS:
        if name.endswith(tail) and len(name) > len(tail) + 1:
            return name[: -len(tail)]
    return name


def outlines() -> dict[str, list[tuple[str, ...]]]:
    """Rows of every imported outline by the plain name of its chain (level 1)."""
    return per_revision("outlines", _outlines)


def _outlines() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    texts = SourceText.objects.filter(source__state="ready", source__media__in=SHEETS).order_by("source__read_at")
    for tables in texts.values_list("tables", flat=True):
        for table in tables:
            for name, rows in outline_of(table["rows"]).items():
                found[plain_name(name)] = rows  # the newest import of a chain holds
    return dict(found)


def outline_of(rows: Sequence[Sequence[str]]) -> dict[str, list[tuple[str, ...]]]:
    """Rows of one table by chain, when its heading row (one of the first five) holds level1, level2 …; else nothing."""
    for at, row in enumerate(rows[:5]):
        heads = [str(cell).strip().lower() for cell in row]
        if heads[:2] != list(LEVELS[:2]):
            continue
        width = sum(1 for head in heads if head in LEVELS)
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        chain = ""
        for cells in rows[at + 1 :]:
            chain = str(cells[0]).strip() or chain
            if chain and any(str(cell).strip() for cell in cells):
                found[chain].append((chain, *(str(cell).strip() for cell in cells[1:width])))
        return dict(found)
    return {}


def chain_map_for(name: str) -> ChainMap | None:
    """The map of the chain `name` with its firms and projects placed, or None when no outline was imported."""
    rows = outlines().get(plain_name(name))
    if not rows:
        return None
    return per_revision(f"chain-map:{name}", lambda: _placed(chain_map_of(name, rows)))


def _placed(drawn: ChainMap) -> ChainMap:
    """`drawn` with each segment's firms and projects counted.

    A segment with someone on it is 有, one without is 未知: nobody having been named is no proof that it is missing.
    """
    words = {part for segment in drawn.segments for part in segment.path}
    firms: dict[str, set[str]] = defaultdict(set)
    projects: dict[str, set[str]] = defaultdict(set)
    for word, kind, who in _said_to_be_on(words):
        (projects if kind == "project" else firms)[word].add(who)
    segments = []
    for segment in drawn.segments:
        # A workbook may name a segment by any level of the outline below its column.
        near = segment.path[1:] or segment.path
        here = {w for part in near for w in firms.get(part, ())}
        built = {w for part in near for w in projects.get(part, ())}
        segments.append(_segment(segment, here, built))
    return replace(drawn, segments=tuple(segments))


def _segment(segment: Segment, firms: set[str], projects: set[str]) -> Segment:
    if not firms and not projects:
        return replace(segment, note=_("账本里还没有人说过谁在这个环节"))
    parts = []
    if firms:
        parts.append(_("企业：") + "、".join(sorted(firms)[:6]))
    if projects:
        parts.append(_("项目：") + "、".join(sorted(projects)[:6]))
    return replace(segment, status="present", note="；".join(parts), firms=len(firms), projects=len(projects))


def _said_to_be_on(words: set[str]) -> list[tuple[str, str, str]]:
    """(segment word, kind of thing, its name) for everything that a workbook or a text puts on one of `words`."""
    cells = Statement.objects.filter(
        property__in=SEGMENT_PROPERTIES, text_value__in=words, retired=False, source__state="ready"
    ).select_related("subject")
    out = [
        (row.text_value, row.subject.kind if row.subject else "enterprise", row.subject_name) for row in cells[:5000]
    ]
    made = Statement.objects.filter(
        kind="relation", property="produces", object_name__in=words, retired=False, source__state="ready"
    )
    out += [(row.object_name, "enterprise", row.subject_name) for row in made[:5000]]
    return out
