"""How the short name of a region follows from its full one."""

from __future__ import annotations

_PEOPLES = [
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔族",
    "维吾尔",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "哈萨克",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜族",
    "柯尔克孜",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "锡伯",
    "阿昌族",
    "普米族",
    "塔吉克族",
    "塔吉克",
    "怒族",
    "鄂温克族",
    "鄂伦春族",
    "德昂族",
    "保安族",
    "裕固族",
    "京族",
    "独龙族",
    "门巴族",
    "珞巴族",
    "基诺族",
    "蒙古",
    "各族",
]
_PEOPLES_LONGEST_FIRST = sorted(_PEOPLES, key=len, reverse=True)
_SUFFIXES = [
    "特别行政区",
    "行政委员会",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
    "矿区",
    "省",
    "市",
    "区",
    "县",
    "旗",
    "盟",
]
_AUTONOMOUS = ("自治区", "自治州", "自治县", "自治旗", "达斡尔族区")
# What a banner keeps when 旗 goes is no name of its own (土默特左, 乌拉特中).
_DIRECTIONS = ("左", "右", "前", "后", "中", "联合", "新", "保护")


def suffix_of(name: str) -> str:
    """The administrative suffix that `name` ends with, `''` when none or when nothing of two characters would remain."""
    return next((s for s in _SUFFIXES if name.endswith(s) and len(name) - len(s) >= 2), "")


def short_name(name: str) -> str:
    """The name people write: 晋中市 → 晋中, 恩施土家族苗族自治州 → 恩施, 盂县 → 盂县.

    A name of which only one character would remain (盂县, 城区 keeps 城区) stays whole, and so does a banner told from its
    neighbour by 左, 右, 前, 后, 中 (土默特左旗).
    """
    suffix = suffix_of(name)
    short = name[: len(name) - len(suffix)] if suffix else name
    if suffix in ("旗", "区") and short.endswith(_DIRECTIONS) and len(short) > 2:
        return name
    if name.endswith(_AUTONOMOUS):
        short = _without_peoples(short)
    return short


def everyday_names(name: str, short: str) -> tuple[str, ...]:
    """Further names that people write of an autonomous county or prefecture: 紫云苗族布依族自治县 → 紫云县, 恩施…自治州 → 恩施州."""
    for suffix, plain in (("自治县", "县"), ("自治旗", "旗"), ("自治州", "州")):
        if name.endswith(suffix) and not short.endswith(plain) and len(short) < len(name) - len(suffix):
            return (short + plain,)
    return ()


def _without_peoples(short: str) -> str:
    while True:
        people = next((p for p in _PEOPLES_LONGEST_FIRST if short.endswith(p) and len(short) - len(p) >= 2), None)
        if people is None or short == "内蒙古":
            return short.removesuffix("族")
        short = short[: -len(people)]
