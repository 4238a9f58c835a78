"""Works in the text: projects, plants, roads, parks, found by the word that closes their name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .firms import ALSO_ADJECTIVES, FirmBook, FirmSpan
from .lexicon import Lexicon
from .places import Place
from .spans import is_mark, is_number, is_proper, opening
from .tokens import Tokens

PHASE = re.compile(r"^(?:第?[一二三四五六七两0-9]+|首|前|近|远)期$")
_CAPACITY = frozenset(
    {"年产", "年加工", "年处理", "年产能", "日产", "日处理", "年生产", "年储", "月产", "总装机", "装机"}
)
# Counters after which a number counts works rather than sizes one.
_COUNTERS = re.compile(r"(?:[个项家处批类户名位次届轮月日号]|亿元|万元|元|%|亿|[大小余多])$|^年$|^[几数]")
_NUMBER_TAGS = frozenset({"m", "q", "mq"})
_STOP_TAGS = frozenset(
    {"p", "c", "uj", "ul", "u", "uv", "ud", "uz", "ug", "r", "d", "t", "f", "y", "zg", "o", "e", "i", "ad", "rz", "vd"}
)
# Heads that always close the name of a work; the others need a step of construction beside them.
PLAIN_HEADS = frozenset({"项目", "工程"})
# Heads that also name standing institutions: they need a step of construction in their own clause.
_LOOSE_HEADS = frozenset(
    {
        "市场",
        "平台",
        "服务平台",
        "检测平台",
        "总部",
        "区域总部",
        "中心",
        "小镇",
        "研究院",
        "通道",
        "实验室",
        "联合实验室",
        "公路",
        "铁路",
        "机场",
        "管道",
        "港口",
        "码头",
        "乐园",
        "学校",
        "医院",
        "公园",
        "校区",
        "展馆",
        "博物馆",
        "体育馆",
        "图书馆",
        "科技馆",
        "创新中心",
        "研发中心",
        "交易中心",
        "检测中心",
        "街区",
        "技术中心",
        "展示中心",
        "调度中心",
        "集散中心",
        "度假村",
        "枢纽",
        "大道",
        "航道",
        "运河",
        "片区",
        "停车场",
        "互联网平台",
        "光谷",
        "智谷",
        "云谷",
    }
)
_PLANT_HEADS = frozenset(
    {
        "产业园",
        "示范园",
        "工厂",
        "智能工厂",
        "生产基地",
        "制造基地",
        "物流园",
        "生产线",
        "数据中心",
        "智算中心",
        "电站",
        "水库",
    }
)
_BRAND_TAGS = frozenset({"nr", "nz", "ng", "g", "j", "ag", "vg", "zg", "n", "nrfg"})
_ROADS = frozenset(
    {"高速", "高速公路", "高铁", "铁路", "城际铁路", "大道", "公路", "快速路", "快速通道", "大桥", "隧道"}
)
_FUNCTION = frozenset(
    "的和与及或在由从向对为是有被把让使等了着过也还又再都均则而并且但以按将已正加快含经该本各每其这那"
)
_LINE = re.compile(r"^[一二三四五六七八九十\d]+号线$")
STEP_NEAR = re.compile(
    r"开工|动工|奠基|破土|在建|建成|竣工|投产|投用|投运|投入使用|投入运|通车|开通|达产|达效|满产|签约|备案|批复|核准|谋划|储备|拟建"
    r"|推进|续建|封顶|进场|调试|点火|试产|试运|启用|开业|开园|总投资|落户|上马|完工|复工|扩建|新建|改建|兴建|交付|量产|合龙|贯通"
    r"|验收|点亮|建设|布局|实施|争取|启动|投资\d|施工|形象进度|运营|完成投资|设计装机|规划占地|入驻|落成|下线|投入|动建|投\d|建起|要投|将投|开街|迎客|上架|进入|筹建|投资额|试车"
)


@dataclass(slots=True)
class Work:
    """Words `first` … `last` (inclusive) that name a work, and what the name itself tells."""

    name: str
    first: int
    last: int
    head: str
    owner: str | None = None  # key of a firm
    place: Place | None = None
    aliases: set[str] = field(default_factory=set)
    number: int = 0  # its place among the works of the document
    listed: bool = False  # one of several before 等项目


class WorkFinder:
    """Finds the works of one document."""

    def __init__(self, tokens: Tokens, lex: Lexicon, places: list[Place], book: FirmBook) -> None:
        self.tokens, self.lex, self.book = tokens, lex, book
        self.place_ends = {p.last: p for p in places}
        self.place_starts = {p.first: p for p in places}
        self.firm_ends: dict[int, FirmSpan] = {s.last: s for s in book.spans}
        self.firm_starts: dict[int, FirmSpan] = {s.first: s for s in book.spans}
        self.works: list[Work] = []

    def find(self) -> list[Work]:
        heads = self.lex.words["project_head"]
        words = self.tokens.words
        taken = -1
        for i in self.tokens.spots["work"]:
            if i <= taken:
                continue
            word = words[i]
            if word not in heads and not self._opens(i):
                continue
            last = self._extend(i)
            listed = self._listed(i) if word in PLAIN_HEADS or words[last] in PLAIN_HEADS else []
            if listed:
                self.works += listed
                taken = last
                continue
            work = self._single(i, last)
            if work is not None:
                while self.works and self.works[-1].first >= work.first:
                    self.works.pop()
                self.works.append(work)
                taken = work.last
        self.works.sort(key=lambda w: w.first)
        for number, found in enumerate(self.works):
            found.number = number
        return self.works

    def _opens(self, i: int) -> bool:
        """Whether word `i`, no head by itself, can close the name of a work: 制品园, 四号线, 二工厂."""
        word, lex = self.tokens.words[i], self.lex
        if _LINE.match(word):
            return True
        if word.endswith("工作站") or word in lex.words["zone_tail"] or word in lex.words["generic"]:
            return False
        before = self.tokens.words[i - 1] if i else ""
        if len(word) == 1 and not (i and (self.tokens.tags[i - 1][0] == "n" or before in ("二", "中试", "试验"))):
            return False
        return word in lex.words["open_head"] or (
            len(word) >= 3 and word[-1] in "园线站馆厂港谷库桥" and self.tokens.tags[i][0] == "n"
        )

    def _extend(self, i: int) -> int:
        """Last word of the head that begins at `i`: further heads and phases belong to it."""
        words, heads = self.tokens.words, self.lex.words["project_head"]
        last = i
        j = i + 1
        while j < len(words):
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
        # 雄忻高铁忻州段
        if j + 1 < len(words) and j in self.place_starts and words[j + 1] == "段":
            return j + 1
        return last

    def _walk(self, end: int) -> tuple[int, str | None, Place | None]:
        """First word of the name whose last word before the head is `end`; the firm and the place it begins with."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        first, j = end + 1, end
        owner: str | None = None
        place: Place | None = None
        while j >= 0 and end - j <= 22:
            word, tag = words[j], tags[j]
            span = self.firm_ends.get(j)
            if span is not None:
                first, owner = span.first, span.key
                j = first - 1
                if j in self.place_ends and self.place_ends[j].kind == "region":
                    place = self.place_ends[j]
                    first = place.first
                break
            if j in self.place_ends and not _is_group(self.place_ends[j]):
                found = self.place_ends[j]
                if found.kind == "zone" and first <= end:
                    place = found
                    break
                place = found
                first = found.first
                j = first - 1
                if j >= 0 and words[j] in ("国家级", "省级", "国家", "世界级"):
                    first = j
                    break
                if found.kind == "region" and j not in self.place_ends and not (j >= 0 and words[j] in _ROADS):
                    break
                continue
            if word in "—·" and first == j + 1 and j > 0 and not is_mark(words[j - 1]):
                first = j
                j -= 1
                continue
            if is_mark(word):
                open_at = opening(self.tokens, j, 12)
                if open_at is None:
                    break
                first = open_at
                j = open_at - 1
                continue
            if word in _CAPACITY:
                first = j
                j -= 1
                continue
            if tag in _NUMBER_TAGS or is_number(word):
                if (
                    word.startswith("第")
                    and j == end
                    and end + 1 < len(words)
                    and words[end + 1] in ("工厂", "生产线", "水厂", "热源厂")
                ):
                    first = j
                    j -= 1
                    continue
                if PHASE.match(word):
                    first = j
                    j -= 1
                    continue
                if _COUNTERS.search(word) and not (
                    is_number(word) and len(word) > 1 and not _COUNTERS.search(word[-1])
                ):
                    break
                if tag == "m" and not is_number(word) and word[0] in "一二三四五六七八九十两数几首第半多每":
                    break
                first = j
                j -= 1
                continue
            if PHASE.match(word):
                first = j
                j -= 1
                continue
            if (
                len(word) == 1
                and end - j < 3
                and end + 1 < len(words)
                and words[end + 1] in _ROADS
                and word not in _FUNCTION
            ):
                # 离隰高速, 集大原高铁: a road strings its ends together, one character each.
                first = j
                j -= 1
                continue
            if word in lex.words["break_word"] and word not in lex.words["work_word"]:
                break
            if tag in _STOP_TAGS and not is_proper(self.tokens, j, lex):
                break
            if (
                tag == "v"
                and word not in lex.words["work_word"]
                and lex.jieba.has_word(word)
                and not self._capacity_left(j)
            ):
                break
            first = j
            j -= 1
        return first, owner, place

    def _capacity_left(self, j: int) -> bool:
        """Whether 年产 stands before word `j` within the same phrase."""
        words = self.tokens.words
        for k in range(j - 1, max(-1, j - 7), -1):
            if words[k] in _CAPACITY:
                return True
            if is_mark(words[k]) or words[k] in _FUNCTION:
                return False
        return False

    def _trim(self, first: int, end: int) -> int:
        """Drop what stands before a name and is no part of it."""
        words, lex = self.tokens.words, self.lex
        while (
            first <= end
            and first not in self.place_starts
            and (
                words[first] in lex.words["stop_noun"]
                or words[first] in lex.words["work_lead"]
                or (words[first] in "）)”’")
                or (self.tokens.tags[first] == "v" and words[first] in ("利用", "保护", "开发", "处理", "服务"))
            )
        ):
            if PHASE.match(words[first]):
                break
            if words[first] in "“‘" and any(words[k] in "”’" for k in range(first + 1, end + 1)):
                break
            first += 1
        return first

    def _single(self, i: int, last: int) -> Work | None:
        words, text = self.tokens.words, self.tokens.text
        first, owner, place = self._walk(i - 1)
        first = self._trim(first, i - 1)
        if first > i:
            return None
        if first == i and len(words[i]) < 5:
            return None
        start, end = self.tokens.starts[first], self.tokens.ends[last]
        # 项目7个, 9个光伏项目: a count of works names none.
        name = text[start:end]
        if _COUNTED_AFTER.match(text[end : end + 8]) or _CLASS_OF_WORKS.search(name) or _SLOGAN.match(name):
            return None
        if any(name.endswith(part) for part in _PARTS):
            return None
        # 一期10万吨生产线 is a phase of the work named before it; 控制性工程 a part.
        if PHASE.match(words[first]) or text[start:end] in self.lex.words["part_word"]:
            return None
        if first > 0 and _COUNTED.search(text[max(0, start - 6) : start]):
            return None
        owner = self._leading_owner(first, i - 1) or owner or self._owner_before(first)
        work = Work(text[start:end], first, last, words[last] if words[last] in PLAIN_HEADS else words[i], owner, place)
        if not self._specific(work, i):
            return None
        return self._named(work)

    def _owner_before(self, first: int) -> str | None:
        """The firm in X的Y项目, X投资N亿元(建设)的Y项目, X“Y”项目."""
        words = self.tokens.words
        j = first - 1
        if (j >= 0 and words[j] in "“‘") or words[first] in "“‘":
            j -= words[first] not in "“‘"
            k = j
            while k >= 0 and _FIRMISH.search(words[k]) and j - k < 2:
                k -= 1
            if k < j and k >= 0 and is_proper(self.tokens, k, self.lex):
                return self._enter_owner(k, j)
        if j in self.firm_ends:
            return self.firm_ends[j].key
        if j < 0 or words[j] not in (
            "的",
            "投资",
            "建设",
            "实施",
            "承建",
            "建起",
            "建成",
            "投建",
            "新建",
            "打造",
            "建",
        ):
            return None
        for k in range(j - 1, max(-1, j - 14), -1):
            if k in self.firm_ends:
                return self.firm_ends[k].key
            if words[k] in "。；\n，、":
                return None
        return None

    def _leading_owner(self, first: int, end: int) -> str | None:
        """The firm a name begins with: what stands before 年产 or a capacity, or a proper word that a firm of the text begins with."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        if words[first] in _CAPACITY or tags[first] in _NUMBER_TAGS or words[first] in "“‘":
            return None
        place = self.place_starts.get(first)
        known = self.firm_starts.get(first)
        begin = place.last + 1 if place is not None and place.last < end and known is None else first
        sized = next(
            (
                k
                for k in range(first + 1, end + 1)
                if words[k] in _CAPACITY or (is_number(words[k]) and tags[k] in ("m", "eng", "mq"))
            ),
            None,
        )
        if sized is not None and not any(PHASE.match(words[k]) or is_mark(words[k]) for k in range(first, sized)):
            last = sized - 1
            if last in self.place_ends and self.place_ends[last].first == first:
                return None
            if begin == last and _firmish(words[last], lex):
                begin = first  # 中阳钢铁: a place and a trade word
            named = any(
                words[k] not in lex.words["generic"] and (words[k] not in lex.industries or _firmish(words[k], lex))
                for k in range(begin, last + 1)
            )
            if named and 2 <= self.tokens.ends[last] - self.tokens.starts[begin] <= 12:
                return self._enter_owner(begin if begin == first or is_proper(self.tokens, begin, lex) else first, last)
        if known is not None:
            follower = known.last + 1
            if (
                known.first == known.last
                and follower < end
                and _firmish(words[follower], lex)
                and words[follower] not in ALSO_ADJECTIVES
            ):
                return self._enter_owner(first, follower)  # 大运 is known, 大运汽车 stands here
            return known.key
        # 大运汽车新能源重卡智能工厂: proper words and a trade word, with more to follow.
        k = begin
        while k <= end and is_proper(self.tokens, k, lex):
            k += 1
        if k == begin:
            while (
                k < end
                and k - begin < 3
                and len(words[k]) == 1
                and words[k] not in _FUNCTION
                and tags[k] in _BRAND_TAGS
            ):
                k += 1  # 鼎|钛|精工: an unknown brand falls into characters
            k = k if k - begin >= 2 else begin
        famous = (
            tags[begin] in ("ns", "nz", "j") and words[begin] not in lex.regions and words[begin] not in lex.industries
        )
        if k == begin and begin < end and famous:
            k += 1
            while k <= end and is_proper(self.tokens, k, lex):
                k += 1  # 太行生物, 长江电气: a famous name before a trade word is a brand
        if (
            k == begin
            and place is not None
            and place.first + 1 == begin
            and words[first] in lex.guarded
            and end - begin >= 2
        ):
            begin = first  # 上党光电深紫外LED芯片: a county's bare name before a trade word
        if (
            begin < k + (begin == first)
            and begin <= k < end
            and _firmish(words[k], lex)
            and words[k] not in lex.words["project_head"]
        ):
            name = self.tokens.text[self.tokens.starts[begin] : self.tokens.ends[k]]
            longer = {key for form, key in self.book.names.items() if form.startswith(name) and key in self.book.firms}
            if len(longer) == 1:
                return longer.pop()
            shorter = self._prefix_of_known(begin, end)
            if words[k] in ALSO_ADJECTIVES and shorter is not None:
                return shorter
            if k > begin:
                return self._enter_owner(begin, k)
        prefix = self._prefix_of_known(begin, end)
        if prefix is not None:
            return prefix
        # 湘轨传动磁浮…, 长葛鑫葛再生铝…: unknown words of three characters and more, or two behind a place, before what is made.
        k = begin
        while (
            k < end
            and not lex.jieba.has_word(words[k])
            and (len(words[k]) > 1 or tags[k] in _BRAND_TAGS)
            and not is_mark(words[k])
        ):
            k += 1
        unknown = self.tokens.ends[k - 1] - self.tokens.starts[begin] if k > begin else 0
        if (
            end - k >= 1
            and (3 <= unknown <= 5 or (unknown == 2 and begin > first))
            and words[end] not in lex.words["part_word"]
        ):
            known_word = any(words[x] in lex.industries for x in range(begin, k))
            if not known_word and self._told_as_work(end):
                return self._enter_owner(first if begin > first and unknown == 2 else begin, k - 1)
        return None

    def _told_as_work(self, end: int) -> bool:
        """Whether the name's next word is 项目 or 工程, so that what stands before it may well be an owner."""
        return end + 1 < len(self.tokens.words) and self.tokens.words[end + 1] in PLAIN_HEADS

    def _prefix_of_known(self, begin: int, end: int) -> str | None:
        """管家营法兰海上风电…: the first words are the beginning of a firm's name in the text."""
        text, k = self.tokens.text, begin
        best: str | None = None
        while k < end and self.tokens.ends[k] - self.tokens.starts[begin] <= 8:
            said = text[self.tokens.starts[begin] : self.tokens.ends[k]]
            if len(said) >= 3 or (len(said) == 2 and is_proper(self.tokens, begin, self.lex)):
                for name, key in self.book.names.items():
                    if name.startswith(said) and key in self.book.firms:
                        best = key
            k += 1
        return best

    def _enter_owner(self, first: int, last: int) -> str:
        """A firm named by words `first` … `last`; shorter spans inside give way."""
        name = self.tokens.text[self.tokens.starts[first] : self.tokens.ends[last]]
        key = self.book.add(name, None, 0.7)
        inner = [s for s in self.book.spans if first <= s.first and s.last <= last]
        if len(inner) == 1 and (inner[0].first, inner[0].last) == (first, last):
            return inner[0].key
        for s in inner:
            self.book.spans.remove(s)
            self.firm_ends.pop(s.last, None)
        span = FirmSpan(key, first, last)
        self.book.spans.append(span)
        self.firm_ends[last] = self.firm_starts[first] = span
        return key

    def _specific(self, work: Work, head: int) -> bool:
        """Whether the name tells one work from others."""
        words, tags, lex = self.tokens.words, self.tokens.tags, self.lex
        generic = lex.words["generic"]
        content = proper = sized = 0
        for k in range(work.first, head):
            word = words[k]
            if is_mark(word) or PHASE.match(word):
                continue
            if k in self.place_ends or k in self.place_starts or _PLACE_LIKE.search(word):
                proper += 1
            elif word in _CAPACITY or (is_number(word) and tags[k] in ("m", "eng", "mq")):
                sized += 1
            elif word not in generic and word not in lex.words["stop_noun"]:
                content += 1 if len(word) <= 2 else 2
                if (
                    is_proper(self.tokens, k, lex)
                    or word[:2] in lex.guarded
                    or (len(word) > 3 and word[:2] in lex.regions)
                ) or (work.head in _LOOSE_HEADS and tags[k] in ("ns", "nz", "nt")):
                    proper += 1
        inner_place = work.place is not None and work.place.kind == "region"
        plain = work.head in PLAIN_HEADS
        if not content and not sized and not (proper and not plain):
            # 忻州杂粮市场 needs 杂粮; a road may be named by its places alone (太忻大道).
            return False
        near = self._step_near(work)
        if self._alone(work):
            return content > 0
        if plain:
            if work.owner or sized or inner_place:
                return bool(content or sized)
            return (proper > 0 and content > 0) or (content >= 2 and near and (content >= 3 or self._told(work)))
        if work.head in _LOOSE_HEADS or (
            work.head not in self.lex.words["project_head"] and not _LINE.match(work.head)
        ):
            named = bool(proper or work.owner or content >= 3 or inner_place)
            return near and named and bool(content or proper) and self._close_step(work)
        if near and (proper or work.owner or sized or content >= 2):
            return True
        return content >= 1 and work.head in _PLANT_HEADS and self._close_step(work)

    def _told(self, work: Work) -> bool:
        """Whether the words right beside the name tell of one work: 总投资5亿元的X, 在建的X, X于5月开工."""
        text = self.tokens.text
        start, end = self.tokens.starts[work.first], self.tokens.ends[work.last]
        return bool(_TOLD_BEFORE.search(text[max(0, start - 20) : start]) or _TOLD_AFTER.match(text[end : end + 8]))

    def _alone(self, work: Work) -> bool:
        """Whether the name makes a whole line of a list (1. 手机镜头模组扩产配套项目)."""
        text = self.tokens.text
        start, end = self.tokens.starts[work.first], self.tokens.ends[work.last]
        line = text[text.rfind("\n", 0, start) + 1 : start]
        return (end >= len(text) or text[end] == "\n") and bool(
            re.fullmatch(r"[\s\d一二三四五六七八九十（）()、.·■◎]+", line)
        )

    def _step_near(self, work: Work) -> bool:
        text = self.tokens.text
        start, end = self.tokens.starts[work.first], self.tokens.ends[work.last]
        # A name that stands alone as a heading (（一）X。) is spoken of in what follows.
        after = re.split(r"[；\n]|(?<=[^。])。", text[end : end + 60].lstrip("。："), maxsplit=1)[0]
        before = re.split(r"[。；\n]", text[max(0, start - 24) : start])[-1]
        return bool(STEP_NEAR.search(after) or STEP_NEAR.search(before))

    def _close_step(self, work: Work) -> bool:
        text = self.tokens.text
        start, end = self.tokens.starts[work.first], self.tokens.ends[work.last]
        after = re.split(r"[。；，\n]", text[end : end + 22].lstrip("。："), maxsplit=1)[0]
        before = re.split(r"[。；，\n]", text[max(0, start - 18) : start])[-1]
        return bool(STEP_NEAR.search(after) or STEP_NEAR.search(before))

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

    def _listed(self, head: int) -> list[Work]:
        """The members of A、B、C等(一批重点)项目."""
        words, lex = self.tokens.words, self.lex
        j = head - 1
        while (
            j >= 0
            and head - j <= 10
            and (
                words[j] in lex.words["generic"]
                or words[j] in lex.words["stop_noun"]
                or words[j] in ("、", "一批", "多个")
                or self.tokens.tags[j] in ("m", "q", "mq", "b")
            )
        ):
            j -= 1
        if j < 0 or words[j] != "等":
            return []
        works: list[Work] = []
        end = j - 1
        while end >= 0:
            if words[end] in "”’" and opening(self.tokens, end) is None:
                break
            self._loosen(end)
            first, owner, place = self._walk(end)
            first = self._trim(first, end)
            if first <= end:
                if owner is None:
                    owner = self._lead_owner(first, end)
                work = self._member(first, end, owner, place)
                if work is not None:
                    works.append(work)
            before = words[first - 1] if first > 0 else ""
            if first > end or before not in ("、", "和", "以及", "及", "+"):
                break
            end = first - 2
        return [self._named(w) for w in works]

    def _loosen(self, end: int) -> None:
        """美锦氢能 in a list of works is a brand and what it makes, not one name."""
        span = self.firm_ends.get(end)
        if span is None or span.first == span.last or self.book.firms[span.key].confidence >= 1.0:
            return
        if self.tokens.words[end] in self.lex.words["firm_tail"] or not is_proper(self.tokens, span.first, self.lex):
            return
        del self.firm_ends[end]
        self.firm_starts.pop(span.first, None)
        self.book.spans.remove(span)
        if not any(s.key == span.key for s in self.book.spans):
            self.book.forget(span.key)

    def _lead_owner(self, first: int, end: int) -> str | None:
        """美锦氢能: an unknown proper word before what is made is taken for the owner's brand."""
        if end > first and is_proper(self.tokens, first, self.lex) and self.tokens.words[first] not in self.lex.guarded:
            rest = range(first + 1, end + 1)
            if all(self.tokens.words[k] not in self.lex.words["project_head"] for k in rest):
                name = self.tokens.words[first]
                key = self.book.add(name, None, 0.6)
                if not any(s.first <= first <= s.last for s in self.book.spans):
                    span = FirmSpan(key, first, first)
                    self.book.spans.append(span)
                    self.firm_ends[first] = span
                return key
        return None

    def _member(self, first: int, end: int, owner: str | None, place: Place | None) -> Work | None:
        words, lex = self.tokens.words, self.lex
        content = [
            k
            for k in range(first, end + 1)
            if not is_mark(words[k]) and words[k] not in lex.words["generic"] and words[k] not in lex.words["stop_noun"]
        ]
        if not content or all(words[k] in lex.industries for k in content):
            return None
        name = self.tokens.text[self.tokens.starts[first] : self.tokens.ends[end]]
        if len(name) < 3:
            return None
        head = words[end] if words[end] in lex.words["project_head"] else ""
        return Work(name, first, end, head, owner, place, listed=True)


_PLACE_LIKE = re.compile(r"^..+[县旗镇]$|^..+(?:自治州|林区)$")
_TOLD_BEFORE = re.compile(r"(?:在建的|总投资[^，。；]*的|投资[^，。；]*的|建设的|的[“]?|\d+日，?)$")
_TOLD_AFTER = re.compile(
    r"^[”]?(?:于|已|正在|正|当日|同日|昨日|今日|日前|近日|今年|去年|\d+月|\d{4}年|总投资|计划总投资|投资|年内|预计|顺利|正式|成功|全面|将|首|完成投资|累计|：|。|，总投资|，投资|，计划|开工|投产|建成|竣工|通车|签约)"
)
_PARTS = ("控制性工程", "主体工程", "附属工程", "配套工程", "先行工程", "前期工程")
_CLASS_OF_WORKS = re.compile(r"^\d+[.、]|以上|以下|万元|亿元|^\d+(?:条|个|座|栋)")
# “双百”工程: a slogan in quotation marks names a programme.
_SLOGAN = re.compile(r"^.{0,6}[“‘][^“”‘’]{1,8}[”’].{0,3}(?:工程|项目)$")
_FIRMISH = re.compile(
    r"(?:光学|纤维|食品|建材|铜业|铝业|钛业|精工|瓷业|包装|织造|纺织|陶瓷|釉料|材料|新材|科技|能源|装备|电子|机械|化工|钢铁|重工|智能|生物|医药|电气|光电|股份|汽车|玻纤|集团|铁合金|药业)$"
)


def _is_group(place: Place) -> bool:
    """Whether the place is a group of regions (黄河金三角), which names a work without telling where it lies."""
    return (
        place.region is not None
        and place.region.is_group
        and place.region.kind not in ("integrated_economic", "reform_demonstration")
    )


def _firmish(word: str, lex: Lexicon) -> bool:
    """Whether `word` can close an enterprise's short name."""
    return word in lex.words["firm_word"] or bool(_FIRMISH.search(word))


_COUNTED_AFTER = re.compile(r"(?:达到?|共|总数)?(?:\d+|[一二三四五六七八九十百两几多]+)(?:余|多)?(?:个|项|座|处|家|条)")
_COUNTED = re.compile(
    r"(?:\d|[一二三四五六七八九十百两几多数余])(?:个|项|批|类|余项|多个|余个)(?:以上)?(?:的)?$|(?:以上|以下|以内)的?$|^[\d.]+$"
)
