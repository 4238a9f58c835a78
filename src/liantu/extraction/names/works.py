"""Works in the text: projects, plants, roads, parks, found by the word that closes their name."""

from __future__ import annotations

import re

from .spans import is_mark
from .work_base import LINE, PHASE, PLAIN_HEADS, Work
from .work_leads import LeadReader

# 铁建有限公司工程部负责人
_OFFICE = re.compile(r"部(?:门)?(?:总?负责人|总?经理|[部主]?[长任]|总监|相关|有关|副)")


class WorkFinder(LeadReader):
    """Finds the works of one document."""

    def find(self) -> list[Work]:
        heads = self.lex.words["project_head"]
        words = self.tokens.words
        rows = self.find_rows()
        in_rows = self.row_words
        taken = -1
        for i in self.tokens.spots["work"]:
            if i <= taken or i in in_rows:
                continue
            word = words[i]
            if word not in heads and not self._opens(i):
                continue
            if _OFFICE.match(self.tokens.text, self.tokens.ends[i]):
                continue
            if i in self.place_ends and self.place_ends[i].kind == "zone":
                continue  # a park with an administration of its own
            if i in self.firm_ends and self.firm_ends[i].first < i:
                continue  # 吉利晋中基地 is a firm's name
            last = self._extend(i)
            if self._goes_on(last):
                continue
            work = self._single(i, last)
            if work is not None:
                if self._part_of_last(work):
                    self.parts.update(range(work.first, work.last + 1))
                    taken = work.last
                    continue
                while self.works and self.works[-1].first >= work.first:
                    self.works.pop()
                self.works.append(work)
                taken = work.last
        inside = [w for w in self.works if not in_rows.intersection(range(w.first, w.last + 1))]
        self.works = inside + [self._named(w) for w in rows]
        leads = self.find_leads()
        self.works = self.works + leads
        self.works.sort(key=lambda w: w.first)
        for number, found in enumerate(self.works):
            found.number = number
            short = _CALLED_SHORT.match(self.tokens.text, self.tokens.ends[found.last])
            if short is not None:
                found.aliases |= {short.group("name"), short.group("name").removesuffix("项目") + "项目"}
        return self.works

    def _part_of_last(self, work: Work) -> bool:
        """Whether the name goes on with a part of the work before it (…城际铁路阎良至富平段, …项目第一条生产线) or says what that is."""
        if not self.works:
            return False
        words, last = self.tokens.words, self.works[-1]
        line = words[work.last].endswith("产线") and words[last.last] in PLAIN_HEADS and work.owner is None
        between = self.tokens.text[self.tokens.ends[last.last] : self.tokens.starts[work.first]]
        if line and "\n" not in between and _COUNTED_LINE.search(between[-24:]):
            return True  # X项目总投资1亿元，建设两条墙板生产线
        if work.first == last.last + 1:
            part = words[work.last] if words[work.last] not in PLAIN_HEADS else words[work.last - 1]
            return part.endswith(("段", "生产线", "产线", "车间"))
        if words[last.last] in PLAIN_HEADS and words[work.last] not in PLAIN_HEADS and _BUILDS_PART.fullmatch(between):
            return True  # X项目用地900亩，建设年产8GW组件生产基地
        return _SAID_TO_BE.fullmatch(between) is not None

    def _opens(self, i: int) -> bool:
        """Whether word `i`, no head by itself, can close the name of a work: 制品园, 四号线, 二工厂."""
        word, lex = self.tokens.words[i], self.lex
        if LINE.match(word):
            return True
        if word.endswith("工作站") or word in lex.words["zone_tail"] or word in lex.words["generic"]:
            return False
        before = self.tokens.words[i - 1] if i else ""
        if len(word) == 1 and not (i and (self.tokens.tags[i - 1][0] == "n" or before in ("二", "中试", "试验"))):
            return False
        return word in lex.words["open_head"] or (
            len(word) >= 3 and word[-1] in "园线站馆厂港谷库桥" and self.tokens.tags[i][0] == "n"
        )

    def _goes_on(self, last: int) -> bool:
        """Whether the name runs on past the head that ends at word `last`, up to 项目: 高频|高速|电子纤维布项目."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        if words[last] in PLAIN_HEADS:
            return False
        for k in range(last + 1, min(last + 7, len(words))):
            word = words[k]
            if word in PLAIN_HEADS:
                return k > last + 1 and not self.tokens.text.endswith(_PARTS, 0, self.tokens.ends[k])
            if k in self.firm_starts or k in self.place_starts or is_mark(word) or word in lex.words["step_word"]:
                return word == "建设" and words[k + 1 : k + 2] == ["项目"] and k > last + 1
            if not (tags[k][0] in "nbj" or word in lex.words["work_word"]) or word in lex.words["break_word"]:
                return False
        return False

    def _extend(self, i: int) -> int:
        """Last word of the head that begins at `i`: further heads and phases belong to it."""
        words, heads = self.tokens.words, self.lex.words["project_head"]
        last = i
        j = i + 1
        while j < len(words) and j - i <= _LONGEST_HEAD:
            word = words[j]
            if word in heads or PHASE.match(word):
                last = j
                j += 1
            elif (
                word in "（("
                and j + 2 < len(words)
                and j + 1 not in self.place_starts
                and words[j + 2] in "）)"
                and len(words[j + 1]) <= 4
            ):
                last = j + 2
                j += 3
            elif (
                word in ("改造", "升级", "扩建", "扩能", "扩产", "技改", "建设", "智能化")
                and j + 1 < len(words)
                and words[j + 1] in PLAIN_HEADS
            ):
                last = j + 1
                j += 2
            elif word == "段" or (word.endswith("段") and len(word) <= 4):
                last = j
                j += 1
            else:
                break
        metro = _METRO_LINE.match(self.tokens.text, self.tokens.ends[last])
        if metro is not None and words[last] in ("地铁", "轻轨", "轨道交通"):
            return self.tokens.at(metro.end() - 1)  # 西安地铁1号线三期
        # 雄忻高铁忻州段
        if j + 1 < len(words) and j in self.place_starts and words[j + 1] == "段":
            return j + 1
        return last

    def _single(self, i: int, last: int) -> Work | None:
        words, text = self.tokens.words, self.tokens.text
        first, owner, place = self._walk(i - 1)
        first = self._trim(first, i - 1)
        office = _OFFICE_BEFORE.match(text, self.tokens.starts[first], self.tokens.starts[i]) if first < i else None
        if office is not None and office.end() in self.tokens.starts_set:
            first = self.tokens.at(office.end())  # 郏县人民政府|年产10万吨…项目签约
        for begin in (self.behind_price(first, i), self.item_start(first, last), self.behind_opening(first, i)):
            if begin is not None and begin < first:
                first, place = begin, self.place_starts.get(begin)
        if first > i:
            return None
        if first == i and len(words[i]) < 5:
            return None
        start, end = self.tokens.starts[first], self.tokens.ends[last]
        clause = max(start - 60, *(text.rfind(m, max(0, start - 60), start) + 1 for m in "，。；：\n"))
        sentence = max(text.rfind(m, 0, start) for m in "。；\n：") + 1
        if words[last] not in PLAIN_HEADS and (
            _PARTS_TOLD.match(text, sentence) or _CONSISTS.match(text, clause, start)
        ):
            return None  # 主要建设…生产线、…输送线: what the work spoken of consists of
        if _CONTENTS.match(text, clause, start):
            return None  # 建设内容主要是A项目、B项目
        # 项目7个, 9个光伏项目: a count of works names none.
        name = text[start:end]
        if owner is None and len(name) <= 6 and text[start - 1 : start] == "“" and text[end : end + 1] == "”":
            return None  # “灯塔工厂” is a title
        if text[start - 1 : start] == "（" and words[last].endswith("段"):
            return None  # 隆黄铁路（叙永至毕节段）: a part of what stands before the bracket
        if words[last] in PLAIN_HEADS and _NO_PROJECT_AFTER.match(text, end):
            return None
        if work_place(words, first) and words[last] not in PLAIN_HEADS and owner is None:
            return None
        if _ALL_ARE.search(text, max(0, start - 8), start):
            return None  # 全部为先进制造业项目: what sort they are
        if _AIMED_AT.search(text[max(0, start - 8) : start]):
            return None  # 建成全国一流的高端装备制造基地
        if text.endswith(("改建为", "改造为", "改建成", "改造成"), 0, start):
            return None
        if words[last] in ("车间", "冷库") and ((owner is None and place is None) or _PLAIN_WORKSHOP.search(name)):
            return None  # a part of the work spoken of, or where the firm works
        if words[last] not in PLAIN_HEADS and _AMONG_FIELDS.match(text, end):
            return None  # 涉及智能建造、科创产业园等领域
        if words[last] not in PLAIN_HEADS and (
            (text[start - 1 : start] == "在" and _VENUE.match(text, end))
            or _TO_BECOME.search(text, max(0, start - 16), start)
        ):
            return None  # 在会展中心举行, 将成为世界级的制造基地
        if words[last] in PLAIN_HEADS and _IS_A.match(text, clause, start):
            return None  # 该项目是…的重点河道治理项目
        if _COUNTED_AFTER.match(text[end : end + 8]) or _CLASS_OF_WORKS.search(name) or _SLOGAN.match(name):
            return None
        if any(name.endswith(part) for part in _PARTS) or _ONE_OF_SEVERAL.match(name):
            return None
        # 一期10万吨生产线 is a phase of the work named before it; 控制性工程 a part.
        if PHASE.match(words[first]) or text[start:end] in self.lex.words["part_word"]:
            return None
        if first > 0 and _COUNTED.search(text[max(0, start - 6) : start]):
            return None
        if not text[max(0, start - 3) : start].endswith(("建起", "建起了", "新上", "上马")):
            owner = self._leading_owner(first, i - 1) or owner  # whoever built it up is told before
        owner = owner or self._owner_before(first)
        work = Work(text[start:end], first, last, words[last] if words[last] in PLAIN_HEADS else words[i], owner, place)
        if not self._specific(work, i):
            return None
        return self._named(work)

    def _named(self, work: Work) -> Work:
        """Fill in the other forms of the name: without its owner, its place, 项目, quotation marks."""
        name = work.name
        bare = re.sub(r"[“”‘’]", "", name)
        forms = {bare}
        if work.owner is not None:
            for form in (
                (work.owner, *self.book.firms[work.owner].aliases) if work.owner in self.book.firms else (work.owner,)
            ):
                if bare.startswith(form) and len(bare) - len(form) >= 4:
                    forms.add(bare[len(form) :])
            if not any(bare.startswith(f) for f in (work.owner,)):
                forms.add(work.owner + bare)
        if work.place is not None:
            for form in (work.place.key, *work.place.aliases):
                if bare.startswith(form) and len(bare) - len(form) >= 4:
                    forms.add(bare[len(form) :])
        if "至" in bare and len(bare.split("至", 1)[1]) >= 4:
            forms.add(bare.split("至", 1)[1])  # 荆门高铁 for 宜昌至荆门高铁
        for form in list(forms):
            if form.endswith(("项目", "工程")) and len(form) > 6:
                forms.add(form[:-2])
            else:
                forms.add(form + "项目")
            if "年产" in form:
                forms.add(form[form.index("年产") :])
        forms.discard(name)
        work.aliases = {f for f in forms if len(f) >= 3}
        return work


_PARTS_TOLD = re.compile(
    r"(?:项目)?(?:一期|二期)?(?:主要|拟|计划|将|同步|新建|配套)*(?:建设内容|建设规模|主要建设|配套建设|同步建设|建设包括|新建厂房)"
)
_CONSISTS = re.compile(
    r"(?:(?:该|本|这个|此)?(?:项目|工程)(?:[一二三]期)?(?:工程)?)?(?:将|主要|拟|计划|规划|总共|共)*(?:主要建设|(?<=[目程期将要拟划共])(?:建设|新建|打造))"
)
_CONTENTS = re.compile(r"(?:项目)?(?:主要)?建设(?:内容|规模)(?:主要)?(?:是|为|包括|有|包含|含)")
_OFFICE_BEFORE = re.compile(r"[\u4e00-\u9fff]{2,10}?(?:人民政府|管委会|管理委员会)(?=..)")
_AIMED_AT = re.compile(
    r"(?:世界级|国家级|百亿级|千亿级|百亿元?级?|千亿元?级?|一流|最大|最强|重要|领先|知名|先进|有影响力|特色鲜明|多元协同|现代化)的$"
)
_ALL_ARE = re.compile(r"(?:全部|全都|均|都|大多|多)(?:为|是|属于?)$")
_CALLED_SHORT = re.compile(r"（(?:以下|下)?(?:简称|称)[：:]?[“‘]?(?P<name>[^”’“‘），]{3,16})[”’]?[）]")
_COUNTED_LINE = re.compile(r"(?:建设|建成|新建|新增|购置)了?(?:\d{1,2}|[一二两三四五六七八九十])条[^，。；\n]{0,6}$")
_BUILDS_PART = re.compile(
    r"[^。；、\n]{0,30}，(?:主要|规划|将|拟|计划)*(?:建设|新建)"
    r"|[^。；\n]{0,40}[，。](?:该|本)?项目(?:将|主要|拟|计划)[^。；\n]{0,60}(?:建设|新建|建成|形成)(?:[^。；，\n]{0,30}等)?"
)
# What parts a work from what it is said to be: X项目是市重点的Y项目.
_SAID_TO_BE = re.compile(r"，?(?:也|又|还|正)?(?:是|系|属于)[^，。；、：\n]{0,40}")
_IS_A = re.compile(r"(?:该|这一|这个|此|本)?(?:项目|工程)(?:也|又|还|正)?(?:是|系|属于|作为)")
_AMONG_FIELDS = re.compile(r"(?:、[^，。；、\n]{2,14}){0,8}等[^，。；、\n]{0,8}(?:领域|方面|行业)")
_VENUE = re.compile(
    r"[^，。；的]{0,8}?(?:举行|召开|举办|开幕|签约|看到|了解到|获悉|(?:入口|门口|现场|会场)处?(?:集中|同时|正式)?(?:开工|动工|奠基|启动))"
)
_TO_BECOME = re.compile(r"成为[^，。；\n]{0,14}$")
_LONGEST_HEAD = 12  # words: 产业园|二期|扩建|工程|（西区）
_METRO_LINE = re.compile(r"(?:\d+|[一二三四五六七八九十]+)号线(?:[一二三四五]期)?")
# 项目推介会, 项目为王: no single project is meant.
_NO_PROJECT_AFTER = re.compile(
    r"(?:有限|股份|集团|技术有限|咨询有限|建设有限|推介|(?:集中)?签约(?:仪式|大会|活动)|为王|热潮|攻坚|库|清单|专班|观摩|路演|对接会|投资[纪记]录|建设年|谋划会)"
)
_PARTS = (
    "控制性工程",
    "主体工程",
    "附属工程",
    "配套工程",
    "先行工程",
    "前期工程",
    "路基工程",
    "桥隧工程",
    "土建工程",
    "隧道工程",
    "路面工程",
)
_CLASS_OF_WORKS = re.compile(
    r"^\d+(?:项|大)|（第[一二三四五六七八九十\d]+批）$|(?:[一二两三四五六七八九十]|\d+)大项目$|(?:区|市|县|园|镇)产业项目$|^\d+(?:合同|协议|签约|开工|重点)?项目$|[一二两三四五六七八九十\d]大(?:板块|领域|类别?)(?:项目|工程)$|^(?:综合性|代表性|标志性|示范性|引领性|支撑性|牵引性|拉动性|世界级|全国|全球|国内|亚洲|最大|重要|一流|全省|区域性|大中型|中小型|中小(?!企业(?:产业|创业|科技|工业))|小微(?!企业(?:产业|创业|科技))|大型|各类)(?!最?高)|^[^，。]{0,4}(?:抓大|树牢)|^\d+[.、]|以上|以下|万元|亿元|^\d+(?:条|个|座|栋)|^.{1,8}[省市县区州旗](?:重点|重大)?(?:项目|工程)$|(?:招商|招商引资)项目$|季度[^，。]{0,8}(?:项目|工程)$"
)
_PLAIN_WORKSHOP = re.compile(r"(?:公司|集团)(?:的)?(?:崭新|洁净|生产|智能|数字化|无尘|现代化|新|总装|加工)*车间$")
_ONE_OF_SEVERAL = re.compile(r"部分|首条|第[一二三四五六七八九十\d]+(?:条|座|个|套)")
# “双百”工程: a slogan in quotation marks names a programme.
_SLOGAN = re.compile(r"^.{0,6}[“‘][^“”‘’]{1,8}[”’].{0,3}(?:工程|项目)$")


def work_place(words: list[str], first: int) -> bool:
    """Whether what begins at word `first` is told as the place of something else: 位于X的, 依托X."""
    return first > 0 and words[first - 1] in ("位于", "依托", "入驻", "落户", "坐落于", "地处")


_COUNTED_AFTER = re.compile(
    r"(?:达到?|共|总数)?(?:近|约|超过?|逾)?(?:\d+|[一二三四五六七八九十百两几多]+)(?:余|多)?(?:个|项|座|处|家|条)"
)
_COUNTED = re.compile(
    r"(?:\d|[一二三四五六七八九十百两几多数余])(?:个|项|批|类|余项|多个|余个)(?:以上)?(?:的)?$|(?:以上|以下|以内)的?$|^[\d.]+$"
)
