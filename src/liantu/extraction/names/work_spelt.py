"""Names of works that are known by how they are written down: roads from X to Y, members of A项目、B项目, what quotation marks hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .townships import exactly
from .work_base import PUBLIC_WORK, SIDES, WorkReader

_QUOTED = re.compile(r"“(?P<name>[^“”，。；：+＋\n]{7,40}(?:项目|工程)(?:（[^“”（）\n]{1,8}）)?)(?:”|环境影响|环评)")
_ROAD = r"(?:高速公路|高速铁路|高速|高铁|铁路|公路|航道|运河|快速路|快速通道)"
# G60沪昆高速金华至龙游段改扩建工程, 宁波至东莞高速公路
_SECTION = re.compile(
    rf"(?:[GS]\d{{1,4}})?[\u4e00-\u9fff]{{2,16}}(?:至|—)[\u4e00-\u9fff\d]{{1,12}}?(?:段|{_ROAD})"
    r"(?:(?:(?!关键|控制|主体|路基|桥|隧|土建|房建)[\u4e00-\u9fff]){0,8}?(?:工程|项目)|改扩建|扩容)?"
)
_MEMBER = re.compile(
    r"(?:、|包括|包含|分别是|分别为|涵盖|：)(?P<name>[^，。；：、\n“”的]{5,32}?(?:项目|工程))(?=、|等|，|。|；)"
)
# X项目，将…; 此次开工的X项目总投资…: all of the clause up to what is told of it.
_OPENING = re.compile(
    r"(?:(?<=[。；\n])|(?<=其中，)|(?<=此外，)|(?<=同时，)|(?<=据悉，)|(?<=(?:开工|签约|投产|竣工|引进)的))"
    r"(?P<name>(?![该本此这另其每全各首]|\d|目前|今年|去年|项目|上述)[^，。；：、\n“”《》的个项]{5,34}(?:项目|工程)(?:（[^（）\n]{1,8}）)?)"
    r"(?=，?(?:将|拟|是|也|已|正|于|总投资|计划总投资|占地|由|位于|主要|规划|选址|建成后|投产后|达产后|开工|动工|签约))"
)
_SORT = re.compile(r"[两二三四五六七八九十]大|板块|类(?:项目|工程)$")
_CONTENTS = re.compile(r"建设(?:内容|规模)[^，。；\n]*$")  # what one work consists of
_LEADING_TAGS = frozenset({"p", "d", "r", "t", "ul", "uj", "c", "f", "m", "q"})


class SpeltReader(WorkReader):
    """Finds names by their writing."""

    def quoted(self) -> Iterator[tuple[int, int]]:
        """建设“X项目”: what quotation marks hold is the name, whatever words it is made of."""
        for match in _QUOTED.finditer(self.tokens.text):
            words = exactly(self.tokens, *match.span("name"))
            if words is not None:
                yield words

    def opening(self) -> Iterator[tuple[int, int]]:
        """A name that opens a sentence and is told of in the words right behind it, whatever its words are elsewhere."""
        for match in _OPENING.finditer(self.tokens.text):
            words = exactly(self.tokens, *match.span("name"))
            sort = _SORT.search(match.group("name"))
            if words is not None and sort is None and self.tokens.tags[words[0]] not in _LEADING_TAGS:
                yield words

    def sections(self) -> Iterator[tuple[int, int]]:
        """京哈高速绥中至盘锦段改扩建工程: a road by its ends, whole, behind the words that lead to it."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        if "至" not in self.tokens.text and "—" not in self.tokens.text:
            return
        for match in _SECTION.finditer(self.tokens.text):
            found = exactly(self.tokens, *match.span())
            if found is None or not PUBLIC_WORK.search(match.group()):
                continue
            first, last = found
            to = next((k for k in range(first, last) if words[k] in ("至", "—")), None)
            if to is None:
                continue
            for k in range(first, to - 1):
                leads = words[k] in lex.words["break_word"] or words[k] in lex.words["step_word"]
                inside = words[k] in lex.words["road_head"] or words[k] in SIDES
                if (leads or tags[k] in _LEADING_TAGS) and not inside:
                    first = k + 1
            yield first, last

    def members(self) -> Iterator[tuple[int, int]]:
        """包括A项目、B项目、C项目等: all between two commas is a name, whatever its words are elsewhere."""
        text = self.tokens.text
        for match in _MEMBER.finditer(text):
            if (match.group()[0] != "、" and text[match.end()] != "、") or _SORT.search(match.group("name")):
                continue
            words = exactly(self.tokens, *match.span("name"))
            if words is not None and not _CONTENTS.search(text, max(0, match.start() - 90), match.start("name")):
                yield words
