"""What the finders of works share: the work itself, and the words its name is made of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from .firm_book import FirmBook, FirmSpan
from .lexicon import Lexicon
from .places import Place
from .tokens import Tokens

PHASE = re.compile(r"^(?:第?[一二三四五六七两0-9]+|首|前|近|远)期$")
CAPACITY = frozenset(
    {
        "年产",
        "年产量",
        "年产能力",
        "年加工",
        "年处理",
        "年产能",
        "日产",
        "日处理",
        "年生产",
        "年储",
        "月产",
        "总装机",
        "装机",
    }
)
NUMBER_TAGS = frozenset({"m", "q", "mq"})
# Heads that always close the name of a work; the others need a step of construction beside them.
PLAIN_HEADS = frozenset({"项目", "工程"})
BRAND_TAGS = frozenset({"nr", "nz", "ng", "g", "j", "ag", "vg", "zg", "n", "nrfg"})
FUNCTION = frozenset("的和与及或在由从向对为是有被把让使等了着过也还又再都均则而并且但以按将已正加快含经该本各每其这那")
LINE = re.compile(r"^[一二三四五六七八九十\d]+(?:号线|桥)$")
# Words of direction that stand inside names: 西部物流网, 海上风电, 沿江高速.
SIDES = frozenset(
    {"东部", "西部", "南部", "北部", "中部", "海上", "水上", "沿江", "沿海", "沿河", "沿黄", "沿岸", "地下", "水下"}
)
# Roads, waterways and reservoirs are the public hand's: whose firm's they are, their names do not tell.
PUBLIC_WORK = re.compile(
    r"高速|公路|铁路|高铁|城际|国道|省道|大道|大桥|隧道|航道|航运|运河|水库|灌区|堤防|蓄滞洪|水利枢纽|引水|调水|地铁|轻轨|景区|河道|流域|湿地|小学|中学|幼儿园|医院|综合整治|美丽乡村|[^0-9]至..+[段线路道]"
)
STEP_NEAR = re.compile(
    r"开工|动工|奠基|破土|在建|建成|竣工|投产|投用|投运|投入使用|投入运|通车|开通|达产|达效|满产|签约|备案|批复|核准|谋划|储备|拟建"
    r"|推进|续建|封顶|进场|调试|点火|试产|试运|启用|开业|开园|总投资|落户|上马|完工|复工|扩建|新建|改建|兴建|交付|量产|合龙|贯通"
    r"|验收|点亮|建设|布局|实施|争取|启动|投资\d|施工|形象进度|运营|完成投资|设计装机|规划占地|入驻|落成|下线|投入|动建|投\d|建起|要投|将投|开街|迎客|上架|进入|筹建|投资额|试车|开机|试演|铺开|打桩|填海|可研|装修|施工许可|征拆|征迁|桩基|投建|立项|获批|挂牌|揭牌|可行性研究|收尾|并网"
)


def is_joint(between: str) -> bool:
    """Whether two names are members of one row: only a list comma between them, or that and the price of the second."""
    return len(between) <= 24 and _JOINT.fullmatch(between) is not None


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
    listed: bool = False  # one of several told in a row
    row: tuple[int, int] | None = None  # where the row begins and where what closes it ends, in clean offsets


# 总投资102亿元的, 投资58.9亿元建设的: the name of a work begins right behind.
PRICED = re.compile(
    r"(?:总投资|投资额|投资|斥资|耗资)(?:额|规模)?(?:约|达|近|超过?|逾|共|为)? ?[\d.,]+ ?(?:余|多)?(?:亿|万)?(?:余|多)?(?:美|欧)?元"
    r"(?:建设|打造|实施|新建|兴建|建成|投建|建起|新上|上马)?了?(?:的|(?=(?![在于用由分新拟与和及])[一-鿿]{2,16}(?:项目|基地|产业园)(?!数|个|共|总|均|全)))"
)
_JOINT = re.compile(rf"(?:、|和|与|及|以及|\+)(?:{PRICED.pattern})?")
# 在X项目建设现场, 位于某区的X项目工地, 签下了X项目: all up to the head is the name.
_OPENED = re.compile(
    r"(?:走进|来到|走访|探访|位于[^，。；：、的\n]{2,14}的|在)"
    r"(?=[^，。；：、的该这各多几全本\n][^，。；：、的\n在]{3,29}?(?:项目|工程|基地|产业园)(?:[一二三四]期)?(?:（[^（）\n]{1,8}）)?(?:建设|施工|工程)*(?:现场|工地))"
    r"|(?:签(?:下|订|署|约)[了的]?|拟建)(?=[^，。；：、的\n]{4,30}?项目)"
    r"|(?<=项目)、(?=[^，。；：、的\n]{4,30}?项目)"
)
_PRICE_BEHIND = re.compile(r"(?:计划|概算|估算|规划|项目)?(?:总投资|投资)(?:额|规模)?(?:约|达|近|超过?|逾|共|为)?\d")
_WITHIN_OPENED = re.compile(
    r"(?:[^，。；：\n、的（）()《》]|[（(][^（）()\n]{1,8}[）)])+(?:、[^，。；：\n、的（）()]{1,8}){0,2}"
)
_OTHER_WORK = re.compile(r"项目|工程|基地")
_NO_NAME_TAGS = frozenset({"p", "d", "r", "ul", "uz", "ug", "uj", "t", "y", "f"})
_NUMBER_BEFORE = re.compile(r"\d[^，。；、\d]{1,4}、$")
STEP_OF_TRADE = r"、(?:研发|生产|制造|加工|销售|设计|检测|组装|服务)"
_WITHIN_NAME = re.compile(
    r"(?:[^，。；：\n、的（）()]|" + STEP_OF_TRADE + r")*(?:[（(][^（）()\n]{1,8}[）)][^，。；：\n、的（）()]*)?"
)


class WorkReader:
    """The words of a document with the places and firms already found in them."""

    def __init__(self, tokens: Tokens, lex: Lexicon, places: list[Place], book: FirmBook) -> None:
        self.tokens, self.lex, self.book = tokens, lex, book
        self.place_ends = {p.last: p for p in places}
        self.place_starts = {p.first: p for p in places}
        self.firm_ends: dict[int, FirmSpan] = {s.last: s for s in book.spans}
        self.firm_starts: dict[int, FirmSpan] = {s.first: s for s in book.spans}
        self.works: list[Work] = []
        self.parts: set[int] = set()  # words that name parts of a work told before them
        self.priced = [m.end() for m in PRICED.finditer(tokens.text)]
        self.opened = sorted({*(m.end() for m in _OPENED.finditer(tokens.text)), *self._behind_firms()})

    def _behind_firms(self) -> Iterator[int]:
        """Where the name of a work may begin behind a full name: X有限公司(的)|A、B生产项目."""
        for span in self.book.spans:
            if span.key.endswith(("公司", "集团")):
                end = self.tokens.ends[span.last]
                yield end + (self.tokens.text[end : end + 1] == "的")

    def item_start(self, first: int, last: int) -> int | None:
        """First word of the item that words `first` … `last` close, where a number and 、 go before it and its price follows.

        …总投资80亿元、龙岩市老工业区搬迁改造工程总投资68亿元、…: all between the comma and the price is the name.
        """
        text, end = self.tokens.text, self.tokens.ends[last]
        if not _PRICE_BEHIND.match(text, end):
            return None
        start = text.rfind("、", max(0, end - 32), self.tokens.starts[first]) + 1
        if not start or not _NUMBER_BEFORE.search(text, max(0, start - 8), start):
            return None
        plain = _WITHIN_NAME.fullmatch(text, start, end)
        return self.tokens.at(start) if plain and start in self.tokens.starts_set else None

    def behind_price(self, first: int, head: int) -> int | None:
        """First word of the name between a price and the head (word `head`) of a work, where nothing but a name lies between."""
        start = _last_before(self.priced, self.tokens.starts[head])
        plain = start is not None and _WITHIN_NAME.fullmatch(self.tokens.text, start, self.tokens.starts[head])
        return self.tokens.at(start) if plain and start in self.tokens.starts_set else None

    def behind_opening(self, first: int, head: int) -> int | None:
        """First word of the name that a firm, 在…现场 or 签下了 opens and the head (word `head`) closes, if all between may be one.

        Words that the segmenter takes for verbs (总成, 复合) belong to such a name; steps and words no name runs across do not.
        """
        tokens, lex = self.tokens, self.lex
        start = _last_before(self.opened, tokens.starts[head])
        if start is None or start >= tokens.starts[first] or start not in tokens.starts_set:
            return None
        if not _WITHIN_OPENED.fullmatch(tokens.text, start, tokens.starts[head]):
            return None
        begin = tokens.at(start)
        if _OTHER_WORK.search(tokens.text, start, tokens.starts[first]):
            return None
        for k in range(begin, first):
            word = tokens.words[k]
            if k in self.firm_ends or k in self.firm_starts:
                break
            if k > begin and word in ("及", "和", "与"):
                continue
            if word in lex.words["step_word"] or word in lex.words["invests"] or tokens.tags[k] in _NO_NAME_TAGS:
                return None
            if word in lex.words["break_word"] and word not in lex.words["work_word"]:
                return None
        owner = self.firm_ends.get(begin - 1)
        return owner.first if owner is not None else begin


def _last_before(places: list[int], offset: int) -> int | None:
    """The last of sorted `places` before clean `offset`, within the length of a name."""
    at = bisect_right(places, offset) - 1
    return places[at] if at >= 0 and 0 < offset - places[at] <= 32 else None
