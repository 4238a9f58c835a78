"""Which enterprise makes which goods, as the text states it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liantu.extraction.model import Project
from liantu.extraction.names import Scene
from liantu.extraction.names.firm_book import FirmSpan
from liantu.extraction.products import product_held, product_of_maker, products_in

_SPOKEN_TO = re.compile(r"[与和为向给对同]$")
Made = tuple[str, str, int, int]  # enterprise, goods, clean start, clean end


def makers(scene: Scene, spans: list[FirmSpan], projects: tuple[Project, ...]) -> Iterator[Made]:
    """X生产Y, X…年产N吨Y: the goods go to the firm that the clause is about, or to the owner of the work it is about."""
    text, starts, ends = scene.tokens.text, scene.tokens.starts, scene.tokens.ends
    owner_of: dict[str, str] = {}
    for project in projects:
        if project.owner is not None:
            for name in (project.name, *project.aliases):
                owner_of.setdefault(name, project.owner)
    subjects: list[tuple[int, int, str | None]] = [(starts[s.first], ends[s.last], s.key) for s in spans]
    subjects += [(starts[s.at], ends[s.at], s.key) for s in scene.stands if s.kind == "enterprise"]
    # A work nobody is known to own ends what is said of the firm before it.
    subjects += [(starts[w.first], ends[w.last], owner_of.get(w.name)) for w in scene.works]
    for stand in scene.stands:
        if stand.kind == "project" and stand.key in owner_of:
            subjects.append((starts[stand.at], ends[stand.at], owner_of[stand.key]))
    subjects = sorted(
        (s for s in subjects if not _SPOKEN_TO.search(text[max(0, s[0] - 1) : s[0]])), key=lambda s: (s[0], s[1])
    )
    for number, (start, end, key) in enumerate(subjects):
        if key is None or text[end : end + 1] == "等":
            continue  # A、B等一批企业: what follows is said of the whole lot
        following = subjects[number + 1][0] if number + 1 < len(subjects) else len(text)
        limit = min(following, _told_until(text, end))
        if limit <= end:
            continue
        stretch = text[end:limit]
        place = next((a for a in scene.topics.between(end, limit) if a.opens and text[a.start - 1] != "在"), None)
        if place is not None:
            stretch = text[end : place.start]
        for goods in products_in(stretch):
            yield key, goods, start, limit
        made = product_of_maker(text[max(0, start - 24) : start])
        if made is not None:
            yield key, made, start, end
        held = product_held(text[end : end + 60])
        if held is not None:
            yield key, held, start, limit


# What goes on about the same firm or work in the next sentence.
_GOES_ON = re.compile(r"\s*(?:[一二三]期|首期|项目|该项目|达产|投产|全部|建成|满产|年产|产品|主导产品|其|自主|专)")


def _told_until(text: str, end: int) -> int:
    """Where what is said of a firm ends: with its sentence, or with the next one that goes on about it without naming another."""
    headed = text[end : end + 1] == "。"  # 中游 旌能电机。自主研制… : the firm heads its item
    limit = end
    for _ in range(4):
        stop = re.search(r"[。\n]", text[limit : limit + 160])
        if stop is None:
            return limit + 160
        limit += stop.start()
        if text[limit] == "\n" or not (headed or _GOES_ON.match(text, limit + 1)):
            return limit
        limit += 1
    return limit
