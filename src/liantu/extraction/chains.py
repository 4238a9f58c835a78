"""Chains, clusters and specialty towns of a document, each with its holder and role."""

from __future__ import annotations

import re

from liantu.extraction.evidence import evidence_at
from liantu.extraction.model import Chain, Mention, Role
from liantu.extraction.names import Scene, scene_of
from liantu.extraction.names.industry_reader import ChainName
from liantu.extraction.names.places import key_of
from liantu.reading.model import Document
from liantu.vocabulary import find_chain
from liantu.vocabulary.regions import regions

_STRONG = re.compile(
    r"优势|支柱|主导|领先|示范基地|做强|领跑|高地|第一|之都|之乡|龙头产业|头号|首位|看家|拳头|名片|强势|看家本领|位居|知名|最大"
)
_GROWING = re.compile(r"培育|壮大|发展|新兴|加快|推动|打造|延伸|提升|成长|崛起|从无到有|集聚|做大|扩大|升级|建设")
_PLANNED = re.compile(r"谋划|未来|布局|前瞻|规划|探索|抢占|瞄准|储备")
_TAIL = re.compile(r"(?:全产业链|产业链|产业集群|产业带|产业|行业|集群|特色专业镇|专业镇|经济)$")


_PASSING = frozenset({"有", "增长", "产业"})


def find_chains(document: Document, mentions: tuple[Mention, ...]) -> tuple[Chain, ...]:
    """Every named industry that a region, zone or enterprise has, builds, leads in or plans: one entry per name and holder."""
    del mentions
    scene = scene_of(document)
    found: dict[tuple[str, str], Chain] = {}
    towns = {alias for c in scene.chains if c.kind == "town" for alias in c.aliases}
    for chain in scene.chains:
        holder = holder_of(scene, chain)
        if holder is None:
            continue
        key = (stem(chain), holder)
        if key not in found and chain.cue in _PASSING and any(h == holder and key[0] in s for s, h in found):
            continue  # 风电产值 in a text on 海上风电 is the same industry
        if key not in found and chain.name in towns and not chain.name.endswith("镇"):
            continue  # 食醋企业81家 of the specialty town tells of the town
        role = _role(scene, chain)
        known = found.get(key)
        if known is None:
            found[key] = Chain(
                chain.name, chain.aliases, holder, role, evidence_at(document, chain.start, chain.end), chain.kind, 0.8
            )
        elif known.role is None and role is not None:
            found[key] = Chain(known.name, known.aliases, holder, role, known.evidence, known.kind, known.confidence)
    return tuple(found.values())


def stem(chain: ChainName) -> str:
    """What makes two wordings one chain: the vocabulary's name for it, else the name without its ending."""
    term = find_chain(chain.name) if chain.kind != "town" else None
    return term.name if term is not None else _TAIL.sub("", chain.name) or chain.name


def holder_of(scene: Scene, chain: ChainName) -> str | None:
    """The region or zone that has the chain: the town's own region, the place the clause names, or the topic."""
    if chain.kind == "town":
        town = next((p for p in scene.places if p.kind == "town" and scene.tokens.starts[p.first] == chain.start), None)
        if town is not None and town.region is not None:
            return key_of(town.region)
    named_after = _county_in_name(scene, chain.name)
    if named_after is not None:
        return named_after
    if chain.cue == "板块" and scene.title_firm is not None:
        return scene.title_firm  # a firm's own branches
    if chain.cue == "是":
        clause_end = re.search(r"[，。；\n]", scene.tokens.text[chain.end :])
        limit = chain.end + (clause_end.start() if clause_end else 0)
        for anchor in scene.topics.between(chain.end, limit):
            return anchor.key
    if re.search(r"(?:当地|本地)[^，。；]{0,6}$", scene.tokens.text[max(0, chain.start - 8) : chain.start]):
        near = scene.topics.named_before(chain.start)
        if near is not None:
            return near.key
    found = scene.topics.at(chain.start)
    return found[0] if found is not None else None


def _county_in_name(scene: Scene, name: str) -> str | None:
    """平定砂器, 定襄法兰: goods named after their county lie there."""
    if scene.home is None:
        return None
    gazetteer = regions()
    province = gazetteer.province_of(scene.home.code)
    for cut in (4, 3, 2):
        bearers = scene.lex.guarded.get(name[:cut]) or scene.lex.regions.get(name[:cut]) or ()
        inside = [
            r
            for r in bearers
            if province is not None and r.level != "province" and gazetteer.is_within(r.code, province.code)
        ]
        if len(inside) == 1 and len(name) > cut + 1:
            return key_of(inside[0])
    return None


def _role(scene: Scene, chain: ChainName) -> Role | None:
    """Role by the nearest cue word in the same sentence."""
    text = scene.tokens.text
    before = re.split(r"[。；\n]", text[max(0, chain.start - 40) : chain.start])[-1]
    after = re.split(r"[。；\n]", text[chain.end : chain.end + 30])[0]
    best: tuple[int, Role] | None = None
    readings: tuple[tuple[re.Pattern[str], Role], ...] = (
        (_STRONG, "strong"),
        (_PLANNED, "planned"),
        (_GROWING, "growing"),
    )
    for pattern, role in readings:
        for match in pattern.finditer(before):
            distance = len(before) - match.end()
            if best is None or distance < best[0]:
                best = (distance, role)
        ahead = pattern.search(after)
        if ahead is not None and (best is None or ahead.start() + 2 < best[0]):
            best = (ahead.start() + 2, role)
    return best[1] if best is not None else None
