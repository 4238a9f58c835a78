"""Whether a name tells one work from others, and whether the text reports a step of it."""

from __future__ import annotations

import re

from .spans import is_mark, is_number, is_proper
from .work_base import CAPACITY, LINE, PHASE, PLAIN_HEADS, SIDES, STEP_NEAR, Work, WorkReader

_PLACE_LIKE = re.compile(r"^..+[县旗镇市区]$|^..+(?:自治州|林区)$")
_TOLD_BEFORE = re.compile(r"(?:在建的|总投资[^，。；]*的|投资[^，。；]*的|建设的|的[“]?|\d+日，?)$")
_TOLD_AFTER = re.compile(
    r"^[”]?(?:于|已|正在|正|当日|同日|昨日|今日|日前|近日|今年|去年|\d+月|\d{4}年|总投资|计划总投资|投资|年内|预计|顺利|正式|成功|全面|施工|建设(?:现场|工地)|将|首|完成投资|累计|：|。|，总投资|，投资|，计划|开工|投产|建成|竣工|通车|签约)"
)
_SOUGHT = re.compile(r"(?:发展|招引|招商|包装|布局)(?:了|一批|更多)?$")  # sorts of project that are looked for
_SITED = re.compile(r"[”]?，?(?:位于|坐落|选址|占地|地处|规划(?:用地|占地)|总?用地)")
_PAID = re.compile(
    r"(?:(?<!总)投资|出资|斥资|投入)[^，。；\n\d]{0,6}\d[\d.,]{0,9}(?:余|多)?(?:亿|万)?(?:余|多)?(?:美|欧)?元，?[^，。；\n\d]{0,20}(?:建设|新建|新上|兴建|投建|打造|设立|建立|扩建|实施)$"
)


# 续建43条高速公路 counts roads; 县县通高速公路 is a state of things.
_COUNTS = re.compile(r"\d+条[^，。；]{0,8}$|(?:省省|市市|县县|乡乡|镇镇|村村|组组|户户)通")


class WorkJudge(WorkReader):
    """Tells works from classes of works (重点项目) and from standing institutions."""

    def _specific(self, work: Work, head: int) -> bool:
        """Whether the name tells one work from others."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        if _COUNTS.search(self.tokens.text, self.tokens.starts[work.first], self.tokens.ends[head]):
            return False
        generic = lex.words["generic"]
        content = proper = sized = 0
        for k in range(work.first, head):
            word = words[k]
            if is_mark(word) or PHASE.match(word) or word in SIDES:
                continue
            if k in self.place_ends or k in self.place_starts or _PLACE_LIKE.search(word):
                proper += 1
            elif word in CAPACITY or (is_number(word) and tags[k] in ("m", "eng", "mq")):
                sized += 1
            elif word not in generic and word not in lex.words["stop_noun"]:
                content += 1 if len(word) <= 2 else 2
                if (
                    is_proper(self.tokens, k, lex)
                    or word[:2] in lex.guarded
                    or (len(word) > 3 and word[:2] in lex.regions)
                ) or (
                    (work.head in self.lex.words["loose_head"] or LINE.match(work.head))
                    and tags[k] in ("ns", "nz", "nt")
                ):
                    proper += 1
        inner_place = work.place is not None and work.place.kind == "region"
        plain = work.head in PLAIN_HEADS
        if not content and not sized and not (proper and not plain):
            # 忻州杂粮市场 needs 杂粮; a road may be named by its places alone (太忻大道).
            return False
        near = self._step_near(work) or (plain and self._sited(work))
        if self._alone(work):
            return content > 0
        if content and self._paid_for(work):
            return True
        if plain:
            if work.owner or sized or inner_place:
                return bool(content or sized)
            if not proper and self._sought(work):
                return False  # 发展分布式光伏项目
            return (proper > 0 and content > 0) or (content >= 2 and near and (content >= 3 or self._told(work)))
        if work.head in self.lex.words["loose_head"] or (
            work.head not in self.lex.words["project_head"] and not LINE.match(work.head)
        ):
            named = bool(proper or work.owner or content >= 3 or inner_place)
            return near and named and bool(content or proper) and self._close_step(work)
        if near and (proper or work.owner or sized or content >= 2):
            return True
        return content >= 1 and work.head in self.lex.words["plant_head"] and self._close_step(work)

    def _paid_for(self, work: Work) -> bool:
        """Whether a sum is put up for building it: X拟投资3亿元，在Y建设P."""
        start = self.tokens.starts[work.first]
        return _PAID.search(self.tokens.text, max(0, start - 48), start) is not None

    def _told(self, work: Work) -> bool:
        """Whether the words right beside the name tell of one work: 总投资5亿元的X, 在建的X, X于5月开工."""
        text = self.tokens.text
        start, end = self.tokens.starts[work.first], self.tokens.ends[work.last]
        return self._sited(work) or bool(
            _TOLD_BEFORE.search(text[max(0, start - 20) : start]) or _TOLD_AFTER.match(text[end : end + 8])
        )

    def _sited(self, work: Work) -> bool:
        """Whether the words behind the name say where the work lies or what land it takes: X项目位于Y村。"""
        return _SITED.match(self.tokens.text, self.tokens.ends[work.last]) is not None

    def _sought(self, work: Work) -> bool:
        """Whether the words before the name look for works of a sort: 发展分布式光伏项目."""
        start = self.tokens.starts[work.first]
        return _SOUGHT.search(self.tokens.text[max(0, start - 8) : start]) is not None

    def _alone(self, work: Work) -> bool:
        """Whether the name makes a whole line of a list (1. 手机镜头模组扩产配套项目)."""
        text = self.tokens.text
        start, end = self.tokens.starts[work.first], self.tokens.ends[work.last]
        line = text[text.rfind("\n", 0, start) + 1 : start]
        if line.strip().startswith("（") and re.match(r"\s*\d", text[end + 1 : end + 6]):
            return False  # （二）能源革命项目 heads a list
        return (end >= len(text) or text[end] == "\n") and bool(
            re.fullmatch(r"[\s\d一二三四五六七八九十（）()、.·■◎]+", line)
        )

    def _step_near(self, work: Work) -> bool:
        text = self.tokens.text
        start, end = self.tokens.starts[work.first], self.tokens.ends[work.last]
        # A name that stands alone as a heading (（一）X。) is spoken of in what follows.
        behind = re.sub(r"^（[^）\n]{1,12}）", "", text[end : end + 74])
        after = re.split(r"[；\n]|(?<=[^。])。", behind[:60].lstrip("。："), maxsplit=1)[0]
        before = re.split(r"[。；\n]", text[max(0, start - 24) : start])[-1]
        return bool(STEP_NEAR.search(after) or STEP_NEAR.search(before))

    def _close_step(self, work: Work) -> bool:
        text = self.tokens.text
        start, end = self.tokens.starts[work.first], self.tokens.ends[work.last]
        after = re.split(r"[。；，\n]", text[end : end + 22].lstrip("。："), maxsplit=1)[0]
        before = re.split(r"[。；，\n]", text[max(0, start - 18) : start])[-1]
        return bool(STEP_NEAR.search(after) or STEP_NEAR.search(before))
