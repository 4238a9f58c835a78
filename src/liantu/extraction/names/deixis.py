"""Words that stand for a name: 我市, 全省, 该区, 开发区, 该公司, 该项目."""

from __future__ import annotations

from liantu.extraction.model import MentionKind
from liantu.vocabulary.regions import Region, regions

from .deixis_things import Stand as Stand
from .deixis_things import ThingReader
from .firm_book import FirmBook
from .lexicon import Lexicon
from .places import Place, key_of
from .seat import SELF_WORDS, Sort, sort_of
from .spans import in_document_name, is_mark
from .tokens import Tokens
from .work_base import Work

CITY_WORDS = frozenset({"全市", "该市", "我市", "本市", "全州", "我州"})
OWN_CITY_WORDS = frozenset({"我市", "本市", "我州"})
PROVINCE_WORDS = frozenset({"全省", "我省", "该省", "本省"})
COUNTY_WORDS = frozenset({"全县", "该县", "我县", "本县"})
AREA_WORDS = frozenset({"全区", "该区", "我区", "本区"})
ZONE_WORDS = frozenset(
    {"开发区", "园区", "高新区", "经开区", "示范区", "示范园区", "全园区", "全园", "该园区", "该开发区", "新区"}
)


def _leads(words: list[str], first: int) -> bool:
    """Whether a place stands where a clause begins to speak of it, not among others (高铁可达太原、西安、郑州)."""
    before = words[first - 1] if first else "\n"
    return before == "\n" or (is_mark(before) and before != "、") or before in _LEADS


_LEADS = frozenset({"在", "走进", "来到", "而", "其中", "今年", "去年", "目前", "全国", "日", "月", "获悉", "从", "的"})


def resolve(
    tokens: Tokens,
    lex: Lexicon,
    home: Region | None,
    seat: Place | None,
    places: list[Place],
    book: FirmBook,
    works: list[Work],
) -> list[Stand]:
    """Every deictic word whose name the text before it (or the document as a whole) gives."""
    words = tokens.words
    place_at = {
        p.first: p for p in sorted(places, key=lambda p: p.last)
    }  # of two that begin together the longer counts
    covered: set[int] = set()
    for first, last in (
        *((p.first, p.last) for p in places),
        *((s.first, s.last) for s in book.spans),
        *((w.first, w.last) for w in works),
    ):
        covered.update(range(first, last + 1))
    gazetteer = regions()
    home_city = gazetteer.city_of(home.code) if home is not None else None
    if home is not None and home_city is not None and home.level == "county" and home.name.endswith("市"):
        # 我市 in a text of 明光市 that never names the city above it is 明光市 itself.
        home_city = home_city if home_city.short in tokens.text else home
    province = gazetteer.province_of(home.code) if home is not None else None
    in_block: dict[str, Place] = {}
    last_city: Region | None = None
    last_county: Region | None = None
    in_block_county: Region | None = None
    in_block_province: Region | None = None
    last_area: tuple[MentionKind, str] | None = None
    area_block = -1
    last_zone: str | None = None
    zone_block = 0
    zones = [p.key for p in places if p.kind == "zone"]
    one_zone = len(zones) >= 2 and len(set(zones)) == 1
    own_zone = seat.key if seat is not None and seat.kind == "zone" else None
    small = _SmallPlaces(seat)
    block = 0
    stands = ThingReader(tokens, lex, places, book, works, covered).read()
    taken = {s.at for s in stands}
    for i in sorted({*tokens.spots["deictic"], *place_at}):
        word = words[i]
        if word == "\n":
            in_block.clear()
            in_block_county = in_block_province = None
            block += 1
            continue
        place = place_at.get(i)
        if place is not None:
            small.note(place, block)
            if place.kind == "zone" and not _in_title(tokens, place.first):
                last_zone, zone_block = place.key, block
                last_area, area_block = ("zone", place.key), block
            elif place.kind == "region" and (region := place.region or place.within) is not None:
                if region.name.endswith("市") or region.level == "city":
                    if home_city is None or _leads(words, place.first):
                        in_block["city"] = place
                    last_city = region
                if region.level == "province" and _leads(words, place.first):
                    in_block_province = region
                if region.level == "county":
                    if region.name.endswith(("县", "旗")):
                        last_county = in_block_county = region
                    elif region.name.endswith("区"):
                        last_area, area_block = ("region", key_of(region)), block
        if i in covered or i in taken or word not in lex.words["deictic"]:
            continue
        stand: Stand | None = None
        if word in CITY_WORDS:
            near = in_block.get("city")
            region_meant = home_city if word in OWN_CITY_WORDS and home_city is not None else None
            if region_meant is None and near is not None and near.region is not None:
                region_meant = near.region
            if region_meant is None and home is not None and home.name.endswith("市") and home.level != "province":
                region_meant = home
            region_meant = region_meant or (last_city if word == "该市" else None) or home_city or last_city
            if region_meant is not None:
                stand = Stand(i, "region", key_of(region_meant))
        elif word in PROVINCE_WORDS:
            # 湖北省传来好消息，全省…: in a text about several provinces the one its paragraph speaks of.
            meant_province = (in_block_province if word in ("全省", "该省") else None) or province
            if meant_province is not None:
                stand = Stand(i, "region", key_of(meant_province))
        elif word in COUNTY_WORDS:
            # A text about one county means it by 全县, unless its own paragraph names another.
            own_county = home if home is not None and home.level == "county" else None
            meant = in_block_county or own_county or last_county
            if meant is not None:
                stand = Stand(i, "region", key_of(meant))
        elif word in AREA_WORDS:
            autonomous = province is not None and province.name.endswith("自治区")
            whole = home is not None and home.level in ("province", "city") and autonomous and word != "该区"
            if whole and province is not None and area_block != block:
                stand = Stand(i, "region", key_of(province))  # 全区 in Inner Mongolia is all of it
            elif own_zone is not None and (last_area is None or area_block != block):
                stand = Stand(i, "zone", own_zone)
            elif last_area is not None:
                stand = Stand(i, last_area[0], last_area[1])
        elif (meant_place := small.meant(word, block)) is not None:
            stand = Stand(i, meant_place.kind, meant_place.key)
        elif word in ZONE_WORDS:
            if block == 0 and len(set(zones)) == 1 and zones[0].endswith(word) and not _of_several(tokens, i):
                stand = Stand(i, "zone", zones[0])  # a title says 经开区 of the one zone that the text names
            elif (
                last_zone is not None
                and (
                    one_zone
                    or zone_block == block
                    or (block - zone_block <= 2 and last_zone.endswith(word) and word != "园区")
                )
                and not _of_several(tokens, i)
            ):
                stand = Stand(i, "zone", last_zone)
            elif own_zone is not None and last_zone in (None, own_zone) and not _of_several(tokens, i):
                stand = Stand(i, "zone", own_zone)
        if stand is not None:
            stands.append(stand)
    return stands


_TOWN_NEAR = 2  # paragraphs


class _SmallPlaces:
    """Which township or village 全镇, 该村 mean: the one last named in the paragraph, else the text's own, else one nearby."""

    def __init__(self, seat: Place | None) -> None:
        self.own = {sort_of(seat): seat} if seat is not None else {}
        self.last: dict[Sort, tuple[Place, int]] = {}

    def note(self, place: Place, block: int) -> None:
        sort = "town" if place.kind == "town" else sort_of(place)  # 全镇 may be a specialty town
        if sort is not None:
            self.last[sort] = (place, block)

    def meant(self, word: str, block: int) -> Place | None:
        sort: Sort
        for sort in ("town", "village"):
            if word in SELF_WORDS[sort]:
                break
        else:
            return None
        own = self.own.get(sort)
        if sort in self.last:
            last, named = self.last[sort]
            if named == block or (own is None and block - named <= _TOWN_NEAR):
                return last
        return own


def _of_several(tokens: Tokens, at: int) -> bool:
    """Whether 开发区 at word `at` is counted or one of many (全省开发区, 89个开发区)."""
    if at == 0:
        return False
    before = tokens.words[at - 1]
    return before in ("全省", "全国", "各", "省级", "国家级", "家", "个", "全市") or tokens.tags[at - 1] in (
        "m",
        "q",
        "mq",
    )


def _in_title(tokens: Tokens, at: int) -> bool:
    """Whether word `at` is part of the name of a document that opens on its line, a few words before it."""
    start, low = tokens.starts[at], tokens.starts[max(at - 23, 0)]
    return in_document_name(tokens.text, max(low, tokens.text.rfind("\n", low, start) + 1), start)
