"""Projects, enterprises, chains and relations as a glue of parts finds them: the tagger's nouns up to a telling last word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from peer_text import NOUNS, Sentence, Text, Token, noun_run

FIRM_ENDS = ("公司", "集团", "厂")
# Organisations that are no enterprises.
OFFICES = re.compile(
    r"(?:[局委会部院校所处室厅府办]|大学|学院|中心|政府|开发区|高新区|经开区|园区|示范区|联盟|基地|日报|机关|企业|银行|支部|组|党|队|社|站|台|网)$"
)
STAGES = (
    ("at_capacity", re.compile("达产|达效")),
    ("in_production", re.compile("投产|投用|投运|通车|运营|投入使用|竣工|建成")),
    ("building", re.compile("在建|推进|进场|建设|施工|封顶|安装|续建")),
    ("started", re.compile("开工|动工|奠基")),
    ("approved", re.compile("审批|备案|批复|核准|获批")),
    ("signed", re.compile("签约|签订|签署|落地")),
    ("idea", re.compile("谋划|储备|拟|争取")),
)
# Stages that are announced, not reached.
NOT_YET = re.compile(r"(?:预计|计划|将|拟|力争|确保|争取)[^，,。；;]{0,16}|[达投]产后|建成后")
ROLES = (
    ("planned", re.compile("谋划|未来|布局|规划")),
    ("growing", re.compile("培育|壮大|发展|新兴|打造|做大|延伸|加快")),
    ("strong", re.compile("优势|支柱|主导|排名|示范|领先|特色|龙头|全国最大|突破")),
)
INVESTMENT = re.compile(r"(?:总投资|投资|计划投资|投资额)(?:约|为|达|超过?|近)?(\d+(?:\.\d+)?[万亿]+)元")
WORKS = ("产业园", "生产线", "电站", "高速", "高速公路", "高铁", "铁路", "智能工厂", "产业基地", "水库", "大道")
NO_PROJECT = re.compile(
    r"类项目|签约项目|^(?:全[省市县区])|重点项目|重点工程|重点工程项目|重大项目|^(?:(?:重点|重大|建设|工程|续建|新建|招商|产业|投资|签约|前期|储备|省级|市级|国家级|民生|技改|新|大|好|等|类)+)(?:项目|工程)$"
)
NO_CHAIN = re.compile(
    r"^(?:重点|传统|新兴|未来|支柱|主导|优势|特色|战略性|战略|性|现代|全|省级|市级|上下游|相关|关联|十大|大|标志性|企业|项目|产业|龙头|链主|各|条|等|集群)*$"
)
CHAIN_ENDS = re.compile(
    r"等?(?:[一二三四五六七八九十\d]+[大条个])?(?:重点|特色|优势|主导|支柱|新兴)*(?:产业链|产业集群|专业镇|产业(?![园化基项转升工布体结政带投扶经数]))"
)
ITEM = re.compile(r"[^、和及与]+")
GENERIC_FIRM = re.compile(
    r"^(?:[该本各子分母总]|有限|股份|上市|国有|民营|企业|大型|龙头|重点|全资|控股|投资)*(?:公司|集团|厂)$"
)
PARTNERS = re.compile("签约|签订|签署|合作|携手|共建|联合")
PRODUCES = re.compile("主营|主要生产|专业生产|生产")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence."""

    start: int
    end: int
    name: str


def phrases(sentence: Sentence, ends: tuple[str, ...], allowed: Callable[[Token], bool]) -> Iterator[Mention]:
    """Runs of allowed words that end in one of `ends`."""
    for index, token in enumerate(sentence.tokens):
        if not token.text.endswith(ends):
            continue
        first = index
        while (
            first and _joins(sentence.tokens[first - 1], sentence.tokens[first]) and allowed(sentence.tokens[first - 1])
        ):
            first -= 1
        start = sentence.tokens[first].start
        yield Mention(start, token.end, sentence.text[start : token.end].strip('“”"（）() '))


def _joins(left: Token, right: Token) -> bool:
    return left.end == right.start


def _in_project(token: Token) -> bool:
    if token.tag == "m":
        return bool(re.search(r"[A-Za-z吨套辆台]$|[期]$", token.text))
    return (token.tag in NOUNS | {"xc", "a"} and token.text not in ("年度", "其中")) or token.text in (
        "年产",
        "“",
        "”",
        "（",
        "）",
        "(",
        ")",
        "及",
    )


def _in_name(token: Token) -> bool:
    if token.text in ("（", "）", "(", ")"):
        return True
    return token.tag in NOUNS | {"xc"} and token.text not in ("企业", "旗下", "全资", "控股", "与", "和")


def projects(text: Text, found: dict[int, list[Mention]]) -> list[dict[str, Any]]:
    """Named works with the furthest stage and the investment that their sentences tell."""
    said: dict[str, dict[str, Any]] = {}
    for number, sentence in enumerate(text.sentences):
        for mention in project_mentions(sentence):
            found.setdefault(number, []).append(mention)
            row = said.setdefault(mention.name, {"name": mention.name, "investment": None, "stage": None})
            row["stage"] = _further(row["stage"], NOT_YET.sub("", sentence.text))
            sums = INVESTMENT.findall(sentence.text)
            if len(sums) == 1 and row["investment"] is None:
                row["investment"] = text.parts.numeral(sums[0])
    return list(said.values())


def project_mentions(sentence: Sentence) -> Iterator[Mention]:
    """Noun phrases up to 项目 or 工程 that name one work."""
    reported = INVESTMENT.search(sentence.text) or any(cue.search(sentence.text) for _, cue in STAGES)
    for mention in phrases(sentence, ("项目", "工程", *(WORKS if reported else ())), _in_project):
        if len(mention.name) >= 6 and not NO_PROJECT.search(mention.name):
            yield mention


def _further(stage: str | None, told: str) -> str | None:
    names = [name for name, _ in STAGES]
    new = next((name for name, cue in STAGES if cue.search(told)), None)
    return min((s for s in (stage, new) if s), key=names.index, default=None)


def enterprises(text: Text, found: dict[int, list[Mention]]) -> list[dict[str, Any]]:
    """Noun phrases up to 公司 or 集团, and organisations of the tagger that are no offices; short names join longer ones."""
    names: dict[str, None] = {}
    for number, sentence in enumerate(text.sentences):
        mentions = [m for m in phrases(sentence, FIRM_ENDS, _in_name) if not GENERIC_FIRM.match(m.name)]
        covered = [(m.start, m.end) for m in mentions]
        for token in sentence.tokens:
            inside = any(s <= token.start and token.end <= e for s, e in covered)
            if token.tag == "ORG" and len(token.text) > 2 and not inside and not OFFICES.search(token.text):
                mentions.append(Mention(token.start, token.end, token.text))
        for mention in mentions:
            names.setdefault(mention.name)
        found.setdefault(number, []).extend(mentions)
    rows: list[dict[str, Any]] = []
    for name in sorted(names, key=len, reverse=True):
        short = re.sub(r"(?:股份|有限|责任|集团|公司)+$", "", name)
        longer = next((row for row in rows if short and short in row["name"]), None)
        if longer:
            longer["aliases"].append(name)
        else:
            rows.append({"name": name, "aliases": []})
    return rows


def chains(text: Text) -> list[dict[str, Any]]:
    """Noun phrases up to 产业 or 产业链 with the place or firm named before them."""
    said: dict[tuple[str, str], dict[str, Any]] = {}
    for sentence in text.sentences:
        for mention in chain_mentions(sentence):
            place = text.last_place(sentence.paragraph, sentence.start + mention.start)
            holder = place.name if place else text.region
            before = sentence.text[: mention.end + 20]
            role = next((name for name, cue in ROLES if cue.search(before)), None)
            said.setdefault((mention.name, holder), {"name": mention.name, "holder": holder, "role": role})
    return list(said.values())


def chain_mentions(sentence: Sentence) -> Iterator[Mention]:
    """What stands before 产业, 产业链 and the like: one noun phrase, or a list of them."""
    for m in CHAIN_ENDS.finditer(sentence.text):
        listed = re.search(r"[^，,。；;：:！？\n]*$", sentence.text[: m.start()])
        if listed is None:
            continue
        items = list(ITEM.finditer(sentence.text, listed.start(), m.start()))
        for item in reversed(items):
            words = [t for t in sentence.between(item.start(), item.end()) if t.text not in ("等", "“", "”")]
            run = noun_run(words, NOUNS - {"LOC"})
            name = "".join(t.text for t in run)
            if 2 <= len(name) <= 12 and not NO_CHAIN.match(name):
                yield Mention(item.start(), item.end(), name)
            if len(run) < len(words):
                break  # the list begins here


def relations(text: Text, firms: dict[int, list[Mention]], works: dict[int, list[Mention]]) -> list[dict[str, Any]]:
    """What stands together in one sentence, with a cue word where the relation has one."""
    said: set[tuple[str, str, str]] = set()
    for number, sentence in enumerate(text.sentences):
        owners, built = firms.get(number, []), works.get(number, [])
        for thing in owners + built:
            place = text.last_place(sentence.start, sentence.start + thing.start)
            if place:
                said.add((thing.name, "located_in", place.name))
        for work in built:
            before = [firm for firm in owners if firm.end <= work.end]
            if before:
                said.add((before[-1].name, "owns", work.name))
        if PARTNERS.search(sentence.text):
            said |= {(a.name, "partners_with", b.name) for a, b in pairwise(owners)}
        said |= set(_products(sentence, owners))
    return [{"head": head, "relation": relation, "tail": tail} for head, relation, tail in sorted(said)]


def _products(sentence: Sentence, owners: list[Mention]) -> Iterator[tuple[str, str, str]]:
    for cue in PRODUCES.finditer(sentence.text):
        before = [firm for firm in owners if firm.end <= cue.start()]
        noun = next((t for t in sentence.tokens if t.start >= cue.end() and t.tag in ("n", "nz")), None)
        if before and noun and noun.start - cue.end() < 8:
            yield before[-1].name, "produces", noun.text
