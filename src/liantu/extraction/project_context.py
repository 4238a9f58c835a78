"""What is said around a project's name: the words that speak of it, the heading it stands under, the firm whose it is."""

from __future__ import annotations

import re

from liantu.extraction.model import Stage
from liantu.extraction.names import Scene
from liantu.extraction.names.work_base import PRICED, Work, is_joint

_GOES_ON = re.compile(
    r"^(?:[“]?(?:该|本|这一|这个|整个|此)?(?:项目|工程|基地|产业园|园区)|总投资|计划投资|投资|设备|目前|现|其中|[一二三]期|首期|建成|达产|投产|全部|预计|由|占地|规划|设计|年度|第[一二]条|[一1]—|\d+月|截至|受|全长|届时|如今|今年|去年)"
)
_PLANNING_HEADING = re.compile(r"目标|任务|下一步|下步|打算|安排|部署|展望|规划|要求|明年|今后")
_UNDER_A_PART = re.compile(r"\s*(?:（[一二三四五六七八九十]+）|\d{1,2}[.．、])")
_FARTHEST = 600  # characters of one sentence behind a name that are still said of it
_CLAUSE_END = re.compile(r"[，。；]")
_SAID_END = re.compile(r"[。；]")
_NUMBERING = re.compile(r"[\s\d一二三四五六七八九十（）()、.．·■◎◆●]*")
_BUILDS = re.compile(r"[^，。；基]{0,6}(?:建设|实施|投资|出资|承建|投建|牵头|开发|负责|筹建|打造|运营|建)|$")
_BUILT_BY = re.compile(r"由(?:[^，。；由]{0,8}?旗下的?)?$")


def windows(scene: Scene, work: Work, start: int, end: int) -> tuple[str, str]:
    """What is said of a work: its own clause before it, and what follows until another work is named."""
    document, text = scene.document, scene.tokens.text
    topics = scene.topics
    block = document.blocks[topics.block_at(start)]
    if work.row is not None:
        return row_windows(scene, *work.row)
    number = work.number
    next_start, followed = block.end, False
    later = scene.works_between(end, block.end)
    if later:
        next_start, followed = scene.tokens.starts[later[0].first], True
    previous_end = block.start
    if number > 0 and is_joint(text[scene.tokens.ends[scene.works[number - 1].last] : start]) and not work.listed:
        # B in A、B、C: what leads to A leads to B.
        head = scene.row_head(number)
        lead_before, lead_after = windows(scene, head, *scene.span(head.first, head.last))
        price = PRICED.search(text, scene.tokens.ends[scene.works[number - 1].last], start)
        if price is not None:
            lead_before = PRICED.sub("", lead_before) + price.group()  # each of the row has its own sum
        stop = _CLAUSE_END.search(text, end, min(block.end, end + _FARTHEST))
        return lead_before, text[end : stop.start()] if stop else lead_after
    if number > 0:
        previous_end = max(previous_end, min(start, scene.tokens.ends[scene.works[number - 1].last]))
    before = re.split(r"[。；]", text[max(previous_end, start - 60) : start])[-1]
    if work.listed:
        before = re.split(r"[。；]", text[max(block.start, start - 80) : start])[-1]
    else:
        # 签约项目中，A投资12亿元；投产项目中，B…: the batch is told once, before its members.
        batch = _BATCH.findall(re.split(r"[。；]", text[max(block.start, start - 60) : start])[-1])
        clauses = before.split("，")
        lead = clauses[-2] + "，" if len(clauses) > 1 and _still_to_come(clauses[-2], clauses[-1]) else ""
        lead = lead or sum_before(text, block.start, start)
        if not lead and len(clauses) > 1 and _LISTS.match(clauses[-1]) and "项目" in clauses[-2]:
            lead = _A_SUM.sub("", clauses[-2]) + "，"  # 一批项目签约落地，包括总投资5亿元的P
        before = (batch[-1].removesuffix("项目") + "，" if batch else "") + lead + clauses[-1]
    if work.listed:
        reach = min(block.end, end + _FARTHEST)
        stop = _SAID_END.search(text, end, reach)
        return before, text[end : stop.start() if stop else reach]
    index = topics.sentence_at(start)
    sentence = document.sentences[index] if document.sentences else None
    limit = min(next_start, sentence.end if sentence is not None else block.end)
    after = text[end : min(limit, end + _FARTHEST)]
    if (next_start > limit or not followed) and sentence is not None:
        whole_block = _leads_item(text, block.start, start, end) or bool(
            re.fullmatch(r"(?:（[^）]{1,12}）)?[。：”\s]{0,2}", text[end : sentence.end])
        )
        if block.end - end <= 1 and _NUMBERING.fullmatch(text[block.start : start]):
            after += _lines_below(scene, topics.block_at(start))
        for following in document.sentences[index + 1 : index + 5]:
            if following.start >= next_start or following.block != sentence.block:
                break
            said = text[following.start : min(following.end, next_start, following.start + _FARTHEST)]
            if not (whole_block or _GOES_ON.match(said.lstrip("“ "))):
                break
            after += said
    elif next_start <= limit:
        # The clause that leads to the next work belongs to that work.
        if is_joint(text[end:next_start]):
            # A、B、C加快推进: what follows the last member is said of all.
            reach = min(block.end, next_start + _FARTHEST)
            stop = _CLAUSE_END.search(text, next_start, reach)
            after = PRICED.sub("", text[next_start : stop.start() if stop else reach])
        else:
            after = re.sub(r"[，；。、][^，；。、]*$", "", after) if re.search(r"[，；。、]", after) else ""
    if _leads_item(text, block.start, start, end):
        return before, after
    # After a semicolon somebody else is spoken of, unless the work's own phases are.
    parts = after.split("；")
    kept = parts[:1]
    for part in parts[1:]:
        if not _GOES_ON.match(part) or _BATCH.match(part + "中"):
            break
        kept.append(part)
    return before, "；".join(kept)


def _still_to_come(earlier: str, last: str) -> bool:
    """拟在某区购置土地，建设P: what the clause before says of the intention holds for the last clause, too."""
    return bool(re.match(r"要|拟|将|计划", last) or (_BUILDS_NEXT.match(last) and _INTENDS.search(earlier)))


def sum_before(text: str, low: int, start: int) -> str:
    """X拟投资3亿元，在Y建设P: the clause with the sum, where the next only leads to the work; "" where it does not.

    The clause carries 拟 where the sentence tells an intention further before (拟流转滩涂800亩，投资2亿元，建设P).
    """
    said = re.split(r"[。；\n]", text[max(low, start - 120) : start])[-1].split("，")
    if len(said) < 2 or len(said[-1]) > 40 or not _LEADS_TO_WORK.search(said[-1]) or not _ENDS_IN_SUM.search(said[-2]):
        return ""
    meant = "拟" if _INTENDS.search("，".join(said[:-2])) and not _MEANT.search(said[-2]) else ""
    return meant + said[-2] + "，"


_A_SUM = re.compile(
    r"、?(?:计划|协议|合同|引资)?(?:总?投资|签约)(?:总)?(?:额|金额)?[^，。；\d]{0,4}[\d.]+(?:余|多)?[亿万]?元"
)
_LISTS = re.compile(r"(?:其中|主要)?(?:包括|包含|分别[是为]|涵盖)")
_ENDS_IN_SUM = re.compile(
    r"(?:出资|斥资|投入|耗资|(?<!总)投(?:资)?)[^，\d]{0,8}\d[\d.,]*(?:余|多)?(?:亿|万)?(?:余|多)?(?:美|欧|港)?元(?:人民币|资金)?$"
)
_LEADS_TO_WORK = re.compile(
    r"(?:建设|新建|新上|兴建|投建|建立|设立|打造|实施|启动|扩建|布局|上马|改造)(?:了|一个|一条|一座|其)?[“]?$"
)
_MEANT = re.compile(r"拟|计划|将")
_BUILDS_NEXT = re.compile(r"(?:并|用于)?(?:投资)?(?:建设|新建|兴建|打造|实施)(?!的)")
_INTENDS = re.compile(r"(?:^|公司|集团|[）)])(?:计划|拟|将)(?!.*[已了])")


def _leads_item(text: str, block: int, start: int, end: int) -> bool:
    """Whether the name at clean [start, end) leads an item of a list (1.X（某县）。…), all of which speaks of it."""
    number = text[block:start]
    return (
        bool(number.strip())
        and bool(_NUMBERING.fullmatch(number))
        and bool(re.match(r"(?:（[^）]{1,12}）)?(?:[。：.]|—)", text[end : end + 16]))
    )


_BATCH_NOUN = re.compile(r"(签约|开工|竣工|投产|储备|推介|落地)的?(?:\d+个)?项目")
_WILL = re.compile(r"将|争取|力争|计划|确保|拟|要")


def row_windows(scene: Scene, begin: int, end: int) -> tuple[str, str]:
    """What is said of a row of works told at clean [begin, end): the clause that leads to it and the one it closes."""
    document, text = scene.document, scene.tokens.text
    block = document.blocks[scene.topics.block_at(begin)]
    sentence = re.split(r"[。；\n]", text[max(block.start, begin - 120) : begin])[-1]
    clauses = sentence.split("，")
    before = clauses[-1]
    batch = _BATCH.findall(sentence)
    if re.search(r"包括|包含|有$|分别|其中|涵盖", before):
        before = "，".join(clauses[-3:])
    elif batch and (not before or "项目" in before):
        before = "，".join(clauses[-2:])
    elif not before and len(clauses) > 1 and not scene.works_between(begin - len(clauses[-2]) - 1, begin):
        before = clauses[-2] + "，"
    if any(_WILL.search(c) for c in clauses[:-1]) and not re.search(r"已|了", before):
        before = "将" + before
    before = _BATCH_NOUN.sub(r"\1，", before)
    after = re.split(r"[，。；\n]", text[end : min(block.end, end + 40)])[0]
    sort = _SORT_OF_ROW.search(text, begin, end)
    before = before + ("，" + sort.group("sort") if sort is not None else "")
    return before, "" if re.match(r"\d+[个项]", after) else after


_SORT_OF_ROW = re.compile(r"等(?:\d+个|一批)?(?:重点|重大)?(?P<sort>续建|在建|在谈|储备)(?:重点|重大)?(?:项目|工程)$")
_BATCH = re.compile(r"(?:新?开工|投产|签约|竣工|在建|续建|储备|谋划)的?项目(?=中|里|有|包括|为)")


def _lines_below(scene: Scene, number: int) -> str:
    """The lines of a list item whose first line is the work's name alone, up to the next item or heading."""
    document, text = scene.document, scene.tokens.text
    said = ""
    for block in document.blocks[number + 1 : number + 5]:
        line = text[block.start : block.end]
        named = scene.works_between(block.start, block.end)
        if (
            block.kind in ("heading", "title")
            or named
            or re.match(r"[\d一二三四五六七八九十]+[.、]|（[\d一二三四五六七八九十]+）", line)
        ):
            break
        said += "。" + line
    return said


def spoken_of_again(scene: Scene, work: Work) -> str:
    """Clauses that 该项目, 项目 open further on in the text, up to their full stop."""
    text = scene.tokens.text
    said = ""
    end = scene.tokens.ends[work.last]
    for stand in scene.stands_between("project", end, end + 3000):
        if stand.key == work.name:
            at = scene.tokens.ends[stand.at]
            said += "；" + re.split(r"[。\n]", text[at : at + 160])[0]
    return said


class Headings:
    """What the headings over each block of a document make of the works named in it."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._planning: list[bool] = []
        self._listed: list[Stage | None] = [None]
        text = scene.tokens.text
        for block in scene.document.blocks:
            line = text[block.start : block.end]
            self._planning.append(_plans(line, block.kind, self._planning[-1:] == [True]))
            self._listed.append(_lists(line, block.kind, self._listed[-1]))

    def is_planning(self, offset: int) -> bool:
        """Whether what is said at a clean offset stands under tasks and goals."""
        return self._planning[self._scene.topics.block_at(offset)]

    def listed_under(self, offset: int) -> Stage | None:
        """The stage that the heading above gives its list: 推介项目, ◆签约项目选登, 投产一批."""
        return self._listed[self._scene.topics.block_at(offset)]


def _plans(line: str, kind: str, above: bool) -> bool:
    """Whether a block and those behind it stand under tasks; `above` tells it of the block before."""
    if kind != "heading":
        return above
    # 三、2025年重点工作 rules over （一）, （二） below it
    return _PLANNING_HEADING.search(line) is not None or (above and _UNDER_A_PART.match(line) is not None)


def _lists(line: str, kind: str, above: Stage | None) -> Stage | None:
    """The stage that the blocks behind this one are listed under; `above` is that of the block itself."""
    marked = line.startswith(("【", "◆", "●", "■", "▲")) and len(line) < 20
    numbered = re.match(r"\d|（", line) or "：" in line
    if not marked and (kind not in ("heading", "title") or len(line) >= 40 or numbered):
        return above
    found = _LIST_HEADING.search(line) if marked or len(line) < 16 else None
    return _LIST_STAGES[found.group(1)] if found is not None else None


def batch_stage(scene: Scene, offset: int) -> Stage | None:
    """The stage of the batch that the paragraph tells of before a work: 此次集中签约项目共12个…。其中A、B."""
    block = scene.document.blocks[scene.topics.block_at(offset)]
    told = list(_BATCH_OPENED.finditer(scene.tokens.text, max(block.start, offset - 400), offset))
    return _LIST_STAGES[told[-1].group(1)] if told else None


_BATCH_OPENED = re.compile(
    r"(?:集中|此次|本次|现场|共|新)(签约|开工|竣工|投产)(?:的)?(?:重大|重点|招商)?项目(?=共|\d|有|总|涉及|涵盖|中)"
)
_LIST_HEADING = re.compile(r"(推介|招商|谋划|储备|拟建|签约|新?开工|投产|竣工)(?:项目|一批)")
_LIST_STAGES: dict[str, Stage] = {
    "推介": "idea",
    "招商": "idea",
    "谋划": "idea",
    "储备": "idea",
    "拟建": "idea",
    "签约": "signed",
    "开工": "started",
    "新开工": "started",
    "投产": "in_production",
    "竣工": "in_production",
}


def builder(scene: Scene, end: int, after: str) -> str | None:
    """由X牵头建设, 由X实施."""
    for span in scene.firm_spans_between(end, end + len(after)):
        at = scene.tokens.starts[span.first]
        behind = scene.tokens.text[scene.tokens.ends[span.last] :][:12]
        if _BUILT_BY.search(scene.tokens.text[end:at]) and _BUILDS.match(behind):
            return span.key
        break
    return None


def subject_firm(scene: Scene, start: int, before: str) -> str | None:
    """X投资N亿元(建设)的…, X的…: the firm that opens the clause, or the sentence the work stands in."""
    low = start - len(before)
    text, starts, ends = scene.tokens.text, scene.tokens.starts, scene.tokens.ends
    spans = [s for s in scene.firm_spans_between(low, start) if s.first not in scene.work_words]
    if spans:
        between = text[ends[spans[-1].last] : start]
        if re.search(r"投资|建设|的$|实施|新建|扩建|打造|启动|签约|布局|[“：]$", between) and not re.search(
            r"配套|合作|隔", between
        ):
            return spans[-1].key
    index = scene.topics.sentence_at(start)
    if not scene.document.sentences:
        return None
    sentence = scene.document.sentences[index]
    opened = max(sentence.start, text.rfind("；", sentence.start, start) + 1)
    inside = scene.work_words
    subjects = [(starts[s.first], s.key) for s in scene.firm_spans_between(opened, start) if s.first not in inside]
    subjects += [(starts[s.at], s.key) for s in scene.stands_between("enterprise", opened, start)]
    for at, key in sorted(subjects, reverse=True):
        lead = text[opened:at]
        if not lead or lead[-1] in "，：“”" or re.search(r"(?:[一另]个是|其[一二三]是|上|中|在|日|月|下|里|，)$", lead):
            return key
    if start - sentence.start <= 2 and index > 0:
        previous = scene.document.sentences[index - 1]
        heads = scene.firm_spans_between(previous.start, previous.end)
        # A list's item headed by the firm alone: ◎ 正极：X有限公司。年产…项目…
        if previous.block == sentence.block and len(heads) == 1 and previous.end - ends[heads[0].last] <= 1:
            return heads[0].key
    return None


def portrayed(scene: Scene, start: int) -> str | None:
    """In a text about one firm: the firm last named in the paragraph, else that firm."""
    if scene.title_firm is None:
        return None
    block = scene.document.blocks[scene.topics.block_at(start)]
    named = [s.key for s in scene.firm_spans_between(block.start, start) if s.first not in scene.work_words]
    return named[-1] if named else scene.title_firm
