"""Who leads an industry chain and who belongs to one, as the text states it or its layout shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from liantu.extraction.model import Project
from liantu.extraction.names import Scene
from liantu.extraction.names.firm_book import FirmSpan
from liantu.extraction.names.firms import LED_BY
from liantu.extraction.names.industry_reader import ChainName
from liantu.reading.model import Block

Link = tuple[str, str, int, int, float]  # enterprise or project, chain, clean start, clean end, confidence

_LEADER = re.compile(r"链主|链核|头雁|龙头(?!产业)")
_NO_LEADER = re.compile(r"企业?项目|企业等")
_BEFORE_CUE = frozenset(
    {"“", "”", "产业链", "产业", "的", "省级", "市级", "国家级", "全链", "行业", "企业", "重点", "链", "条"}
)
_ON_CHAIN = re.compile(r"(?:产业链|产业|专业镇)?(?:链)?上的?(?:企业)?")
_OPENS_ITEM = re.compile(
    r"^[\s“—■◎·（）()【】\d.、一二三四五六七八九十是]*(?:[^，。；]{0,14}，)?(?:[^，。；、]{0,6}的?)?$"
)
# X是Y产业链的上游配套企业
_ONE_OF = re.compile(
    r"(?:产业链|产业|行业|领域)?(?:的)?[^，。；的]{0,6}(?:配套|骨干|重点|头部|链上|上下?游)[^，。；]{0,6}企业"
)
_IS_ONE = re.compile(r"^[^，。；]{0,8}(?:是|属于|作为|系)[^，。；]{0,10}$")
_MEETING = re.compile(r"链长(?:制|会|调度|主持|工作)|调度会|链上企业")
# 汽车产业挑大梁, 新能源电池产业集群: told as a chain, not only as a field.
_AS_CHAIN = re.compile(r".{0,3}(?:产业|链|集群|板块|专业镇|行业)")
# What may stand before the chain in a heading of its section: numbering, 主导产业：, 做强.
_VERBS = r"(?:做[大强优精]+|发展|壮大|培育)*"
_HEADS = re.compile(
    rf"^[\W\d_一二三四五六七八九十]*(?:第[一二三四五六七八九十]+[章节]\s*)?(?>{_VERBS}[^，。；：:]{{0,8}}[：:])*{_VERBS}[^，。；、]{{0,4}}$"
)
# A firm stands first in its clause, or in a list of firms that stands first.
_STANDS_FIRST = re.compile(r"(?:^|[\s。；：■◎·“，、]|其中，?|龙头(?:企业)?|链主(?:企业)?|企业|旗下的?)$")
_LISTED_FIRMS = re.compile(
    r"(?:、[^，。；、]{2,16}){0,12}等[^，。；]{0,6}(?:链上|头部|龙头|骨干|配套)[^，。；]{0,4}企业"
)
# 引进了A、B等10家大型物流企业
_KIND_OF_FIRMS = re.compile(
    r"(?:、[^，。；、]{2,16}){0,12}等\d*[余多]?[家户个]?(?:国内|大型|知名|重点|规上|骨干|行业)*(?P<kind>[\u4e00-\u9fff]{2,6}?)(?:加工|制造|生产)?企业"
)
_CHAIN_WORD = re.compile(r"链|集群")


def leaders(scene: Scene, named: set[str]) -> Iterator[Link]:
    """X是Y产业链“链主”, 以X为“链主”的Y产业链, Y产业链“链主”X; without a named chain, the one the section is about."""
    text, starts = scene.tokens.text, scene.tokens.starts
    paired: list[tuple[int, int]] = []  # 以X为链主的Y: the pair is told, whatever else stands near
    for match in LED_BY.finditer(text):
        led = scene.chains_between(*match.span("chain"))
        heads = [s for s in scene.firm_spans_between(*match.span("firm")) if s.key in named]
        paired.append(match.span())
        if led and heads:
            yield heads[0].key, led[-1].name, *match.span(), 0.9
    for cue in _LEADER.finditer(text):
        at = cue.start()
        if any(start <= at < end for start, end in paired):
            continue
        sentence = scene.document.sentences[scene.topics.sentence_at(at)]
        if not sentence.start <= at < sentence.end or _NO_LEADER.match(text[cue.end() : cue.end() + 4]):
            continue
        inside = [s for s in scene.firm_spans_between(sentence.start, sentence.end) if s.key in named]
        near = [
            s
            for s in inside
            if abs(starts[s.first] - at) <= 44
            and not re.search(r"[。；，]", text[min(starts[s.first], at) : max(starts[s.first], at)])
        ]
        stands = scene.stands_between("enterprise", sentence.start, at)
        next_to = [s for s in near if 0 <= starts[s.first] - cue.end() <= 1]  # 与链主太钢集团深度配套
        near = next_to[:1] or near
        keys = [s.key for s in near] or [s.key for s in stands[-1:]]
        if not keys and re.match(r"(?:企业)?[”，]{1,2}", text[cue.end() : cue.end() + 4]):
            keys = [s.key for s in inside if 0 < starts[s.first] - cue.end() <= 4]  # 作为Y的链主，X…
        if not keys or (not near and cue.group() == "龙头"):
            continue
        name = _industry_before(scene, at)
        if name is None and _THIS_INDUSTRY.match(text, sentence.start):
            name = scene.chain_above(sentence.start)
        if name is None:
            chains = scene.chains_between(sentence.start, sentence.end)
            follow = [c for c in chains if 0 <= c.start - at <= 14]
            part = max(sentence.start, text.rfind("；", sentence.start, at) + 1)
            before = [c for c in chains if part <= c.start < at]
            name = follow[0].name if follow else (before or chains)[0].name if chains else None
        if name is None:
            beside = cue.group() != "龙头" or any(0 <= starts[s.first] - cue.end() <= 3 for s in near)
            name = (chain_around(scene, sentence.start) or _main_chain(scene)) if beside else None
        for key in keys:
            if name is not None:
                yield key, name, sentence.start, sentence.end, 0.8


_THIS_INDUSTRY = re.compile(r"(?:该|这一|这个)(?:产业链|产业|集群)")


def _industry_before(scene: Scene, offset: int) -> str | None:
    """The industry whose 链主 or 龙头 is spoken of: the industry words right before the cue."""
    tokens, k = scene.tokens, scene.tokens.at(offset) - 1
    while k >= 0 and tokens.words[k] in _BEFORE_CUE:
        k -= 1
    last = k
    while k >= 0 and (tokens.words[k] in scene.lex.industries or tokens.words[k] in ("（", "）", "甲醇")):
        k -= 1
    return tokens.text[tokens.starts[k + 1] : tokens.ends[last]] if k < last else None


def chain_around(scene: Scene, offset: int) -> str | None:
    """The chain that the paragraph, the one before it, the section or the whole text is about."""
    number = scene.topics.block_at(offset)
    blocks = scene.document.blocks
    opener = _opening_chain(scene, blocks[number].start, offset)
    if opener is not None:
        return opener.name
    told = chain_of_section(scene, offset)
    if told is None and number > 0 and blocks[number - 1].kind not in ("title", "heading"):
        opener = _opening_chain(scene, blocks[number - 1].start, blocks[number - 1].end)
        told = opener.name if opener is not None else None
    return told or chain_of_text(scene)


def _opening_chain(scene: Scene, low: int, offset: int) -> ChainName | None:
    """The chain last named in clean [low, offset) that stands first in its sentence or item."""
    chains = scene.chains_between(low, offset)
    for number in range(len(chains) - 1, -1, -1):
        chain = chains[number]
        if number + 1 < len(chains) and chains[number + 1].start - chain.end <= 1:
            continue  # a list of several
        sentence = scene.document.sentences[scene.topics.sentence_at(chain.start)]
        if _OPENS_ITEM.match(scene.tokens.text[max(low, sentence.start) : chain.start]):
            return chain
    return None


def chain_of_section(scene: Scene, offset: int) -> str | None:
    """The one chain that the heading above names."""
    heading = scene.topics.heading_of(scene.topics.block_at(offset))
    name = _only_chain(scene, heading) if heading is not None else None
    if heading is None or name is None:
        return None
    at = next(c.start for c in scene.chains_between(heading.start, heading.end))
    if not _HEADS.match(scene.tokens.text[heading.start : at]):
        return None
    longer = [c.name for c in scene.chains_between(heading.end, offset) if c.name.startswith(name)]
    return longer[0] if longer else name  # 轨道交通 over a section that tells of 轨道交通装备


def labelled_chain(scene: Scene, offset: int) -> str | None:
    """（一）特钢材料产业链。…: the chain that labels the paragraph of clean `offset`, ahead of all that it tells."""
    text, block = scene.tokens.text, scene.document.blocks[scene.topics.block_at(offset)]
    first = next(iter(scene.chains_between(block.start, offset)), None)
    if first is None or not _LABEL_BEFORE.fullmatch(text[block.start : first.start]):
        return None
    return first.name if _LABEL_AFTER.match(text, first.end) else None


_LABEL_BEFORE = re.compile(r"[\s\d一二三四五六七八九十（）()、.．·■◎◆●▲—“]*(?:做[大强优精]+|发展|壮大|培育)?")
_LABEL_AFTER = re.compile(
    r"(?:产业)?(?:链|集群)?”?(?:[。：:]|(?:产业集群|产业链|产业)?是[^，。；]{0,24}(?:产业|增长点|名片|引擎|集群)[。，])"
)


def _first_named(scene: Scene, project: Project, start: int) -> int:
    """Clean offset where the project is first named, which lies within its evidence; `start` where it is only told of."""
    return next((scene.tokens.starts[w.first] for w in scene.works_of(project)), start)


def _led_to(scene: Scene, offset: int) -> str | None:
    """汽车产业再添新丁，P…; 九成落在有色金属产业链上。P…: the chain that the words before a project lead to it from."""
    block = scene.document.blocks[scene.topics.block_at(offset)]
    chains = scene.chains_between(max(block.start, offset - 60), offset)
    if not chains or scene.works_between(chains[-1].end, offset):
        return None
    return chains[-1].name if _LEADS_TO.match(scene.tokens.text, chains[-1].end) else None


_LEADS_TO = re.compile(r"(?:产业)?(?:链|集群)?(?:再添|又添|添|上[。，；]|迎来|又有|再获|补链|延链|强链)")


def _only_chain(scene: Scene, block: Block) -> str | None:
    names = {c.name for c in scene.chains_between(block.start, block.end)}
    return names.pop() if len(names) == 1 else None


def chain_of_text(scene: Scene) -> str | None:
    """The chain of a text on one chain: the only one its title names as a chain, not as an industry at large."""
    text = scene.tokens.text
    title = {
        c.name
        for b in scene.document.blocks
        if b.kind == "title"
        for c in scene.chains_between(b.start, b.end)
        if _CHAIN_WORD.search(text[c.start : c.end + 3])
    }
    return title.pop() if len(title) == 1 else None


def _main_chain(scene: Scene) -> str | None:
    """The chain of the text, also where the title is silent: the one named far more often than any other."""
    told = chain_of_text(scene)
    if told is not None:
        return told
    counts = Counter(c.name for c in scene.chains).most_common(2)
    if counts and counts[0][1] >= 3 and (len(counts) == 1 or counts[0][1] >= 2 * counts[1][1]):
        return counts[0][0]
    return None


def members(
    scene: Scene, spans: list[FirmSpan], projects: tuple[Project, ...], called: dict[str, str], leading: set[str]
) -> Iterator[Link]:
    """Y产业链上的X; firms of a paragraph or a section on one chain; projects of a text on one chain.

    `called` gives the name a project goes by in relations for each of its names; firms of `leading` lead and are not entered again.
    """
    yield from _on_chain(scene, called)
    yield from _firms(scene, spans, set(leading))
    for project in projects:
        start, end = scene.document.text.clean_span(project.evidence.start, project.evidence.end)
        heading = scene.topics.heading_of(scene.topics.block_at(start))
        of_section = _only_chain(scene, heading) if heading is not None else None
        if heading is not None and of_section is not None:
            said = scene.tokens.text[heading.start : heading.end]
            of_section = of_section if _CHAIN_WORD.search(said) else None
        name = (
            labelled_chain(scene, start)
            or _led_to(scene, _first_named(scene, project, start))
            or of_section
            or chain_of_text(scene)
        )
        if name is not None:
            yield called.get(project.name, project.name), name, start, end, 0.6


def _on_chain(scene: Scene, called: dict[str, str]) -> Iterator[Link]:
    text = scene.tokens.text
    for chain in scene.chains:
        if _ONE_OF.match(text, chain.end) is not None:
            sentence = scene.document.sentences[scene.topics.sentence_at(chain.start)]
            subjects = scene.firm_spans_between(sentence.start, chain.start)
            if subjects and _IS_ONE.search(text[scene.tokens.ends[subjects[0].last] : chain.start]):
                yield subjects[0].key, chain.name, sentence.start, chain.end, 0.8
        match = _ON_CHAIN.match(text, chain.end, chain.end + 12)
        if match is None or not match.group():
            continue
        at = match.end()
        work = next(iter(scene.works_between(at, at + 1)), None)
        if work is not None:
            yield called.get(work.name, work.name), chain.name, chain.start, at, 0.8
            continue
        for span in scene.firm_spans_between(at, at + 1):
            yield span.key, chain.name, chain.start, at, 0.8


def _tells_of_work(scene: Scene, end: int) -> bool:
    """X投资8亿元建设的P, X年产…P: the work belongs to the chain, and its owner is known through it."""
    work = next(iter(scene.works_between(end, end + 24)), None)
    between = scene.tokens.text[end : scene.tokens.starts[work.first]] if work is not None else ""
    return work is not None and _TO_WORK.fullmatch(between) is not None


_TO_WORK = re.compile(r"(?:(?:总)?投资[^，。；]{2,12}元)?(?:建设|打造|实施|新建)?的?")


def _firms(scene: Scene, spans: list[FirmSpan], seen: set[str]) -> Iterator[Link]:
    """Firms that stand first in a clause below the chain their paragraph or section opens with."""
    text = scene.tokens.text
    titles = max((b.end for b in scene.document.blocks if b.kind == "title"), default=0)
    main = _main_chain(scene)
    # A meeting of a chain's master is held with the firms of the chain.
    meeting = _MEETING.search(text[: scene.document.blocks[0].start + 300]) is not None if main else False
    for span in spans:
        start, end = scene.span(span.first, span.last)
        if span.key in seen or start < titles or _tells_of_work(scene, end):
            continue
        block = scene.document.blocks[scene.topics.block_at(start)]
        name: str | None = None
        kind = _KIND_OF_FIRMS.match(text, end)
        if kind is not None and kind.group("kind") in scene.lex.industries:
            name = kind.group("kind")
        elif _LISTED_FIRMS.match(text, end):
            name = chain_around(scene, start) or main
        elif _STANDS_FIRST.search(text[max(block.start, start - 8) : start]):
            opener = _opening_chain(scene, block.start, start)
            if opener is not None and opener.kind != "town" and not _AS_CHAIN.match(text, opener.end - 2):
                opener = None
            name = opener.name if opener is not None else chain_of_section(scene, start)
            if name is None and meeting and span.first not in scene.work_words:
                name = main
            if name is None and not text[block.start : start].strip(" 　■◎·—“上中下游"):
                name = main
        if name is not None:
            seen.add(span.key)
            yield span.key, name, start, end, 0.6
