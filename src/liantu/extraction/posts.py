"""Who holds which post of the chain-leader system, as a sentence says it: 氢能产业链链长、副市长某某; 牵头单位为市工信局.

Proposals for people to accept, not findings that count: names of persons are short, and a wrong one does harm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from liantu.vocabulary.tables import read_table

ROLES = {
    "总链长": "general_chain_leader",
    "副链长": "deputy_chain_leader",
    "链长": "chain_leader",
    "专班组长": "team_head",
    "专班负责人": "team_head",
    "联络员": "liaison",
    "牵头单位": "lead_agency",
    "牵头部门": "lead_agency",
    "配合单位": "support_unit",
}
_PEOPLE = "总链长|副链长|链长|专班组长|专班负责人|联络员"
_UNITS = "牵头单位|牵头部门|配合单位"
_UNIT_END = "局|委|委员会|办公室|厅|管委会|集团|中心|公司|商会|协会"
_POST = r"[\u4e00-\u9fff]{0,12}(?:书记|市长|县长|区长|省长|主任|局长|厅长|主席|常委|部长|董事长|总经理|副主任|副局长|调研员)"
_AFTER = r"(?=主持|出席|带队|表示|要求|指出|强调|介绍|说|率|调研|赴|到|在|作|任|担任|参加|听取|宣布|等|，|。|、|；|（|\(|：|$)"


@dataclass(frozen=True, slots=True)
class PostSaid:
    """One post: the role's code, the person or the unit, further posts as said, and where the name stands in the sentence."""

    role: str
    person: str
    unit: str
    post: str
    start: int
    end: int


def posts_in(sentence: str) -> tuple[PostSaid, ...]:
    """The posts that a clean sentence tells, in its order, each person or unit once for a role."""
    found: dict[tuple[str, str], PostSaid] = {}
    for pattern, is_unit in ((_leading(), False), (_trailing(), False), (_by(), False), (_units(), True)):
        for hit in pattern.finditer(sentence):
            name = hit["name"]
            role = ROLES[hit["role"]]
            if (role, name) in found or (not is_unit and name in _NOT_NAMES):
                continue
            post = (
                "" if is_unit else "、".join(re.findall(_POST, " ".join(hit[g] or "" for g in ("before", "between"))))
            )
            start, end = hit.span("name")
            found[role, name] = PostSaid(role, "" if is_unit else name, name if is_unit else "", post, start, end)
    return tuple(sorted(found.values(), key=lambda said: said.start))


_NOT_NAMES = frozenset(
    {
        "何时",
        "任何",
        "高度",
        "方面",
        "方式",
        "万元",
        "成员",
        "成立",
        "安排",
        "文件",
        "向上",
        "常务",
        "金融",
        "高新",
        "项目",
    }
)


@cache
def _name() -> str:
    table = read_table("surnames.csv", ("surnames", "source"), package=__package__)
    single, double = "", []
    for _line, row in table.rows:
        if "|" in row["surnames"]:
            double += row["surnames"].split("|")
        else:
            single += row["surnames"]
    return rf"(?P<name>(?:{'|'.join(double)})[\u4e00-\u9fff]{{1,2}}?|[{single}][\u4e00-\u9fff]{{1,2}}?)"


@cache
def _leading() -> re.Pattern[str]:
    """链长、副市长某某主持; 副市长、链长某某; 链长：某某."""
    return re.compile(
        rf"(?P<before>(?:{_POST}[、，])*)[\u4e00-\u9fff]{{0,12}}?(?P<role>{_PEOPLE})"
        rf"(?:由|为|是|：|、|，)?(?P<between>(?:{_POST}、?)*){_name()}{_AFTER}"
    )


@cache
def _trailing() -> re.Pattern[str]:
    """副市长某某担任氢能产业链链长; 某某任链长."""
    return re.compile(
        rf"(?P<before>(?:{_POST}、?)*){_name()}(?P<between>)(?:同志)?(?:担任|任|为|兼任)[\u4e00-\u9fff]{{0,16}}?(?P<role>{_PEOPLE})"
    )


@cache
def _by() -> re.Pattern[str]:
    """链长由副市长某某担任."""
    return re.compile(rf"(?P<before>)(?P<role>{_PEOPLE})由(?P<between>(?:{_POST}、?)*){_name()}(?:同志)?(?:担任|兼任)")


@cache
def _units() -> re.Pattern[str]:
    """牵头单位为市工业和信息化局; 市工信局为牵头单位."""
    end = rf"[\u4e00-\u9fff]{{1,18}}?(?:{_UNIT_END})"
    return re.compile(rf"(?P<role>{_UNITS})(?:为|是|：)(?P<name>{end})(?=，|。|、|；|（|和|等|$)", re.MULTILINE)
