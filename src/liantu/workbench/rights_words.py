"""Rights in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liantu.ledger.rights import Place
from liantu.vocabulary.access import confidentiality
from liantu.vocabulary.regions import regions
from liantu.workbench.formatting import chinese

ACTION_WORDS = {
    "read": gettext_lazy("查看"),
    "edit": gettext_lazy("登记、修改"),
    "approve": gettext_lazy("核定"),
    "administer": gettext_lazy("管理账号"),
}
MISSING_WORDS = {
    "action": gettext_lazy("角色不含这项权限"),
    "region": gettext_lazy("不在授权的地区内"),
    "chain": gettext_lazy("不属于授权的产业链"),
    "level": gettext_lazy("密级高于授权"),
    "row": gettext_lazy("这一条不在授权范围内"),
}
REASON_WORDS = {
    "administrator": gettext_lazy("系统管理员可以做一切"),
    "granted": gettext_lazy("有授权允许"),
    "own": gettext_lazy("是本单位的文件或本人的工作"),
    "everyone": gettext_lazy("登录后人人可用"),
    "login": gettext_lazy("还没有登录"),
    "inactive": gettext_lazy("账号已停用"),
    "no_grant": gettext_lazy("没有任何授权"),
    "missing": gettext_lazy("没有一项授权够得着"),
}


def role_name(role: Any) -> str:
    """A role's name in the page's language."""
    return str(role.name_zh if chinese() else role.name_en or role.name_zh)


def region_words(code: str) -> str:
    """A granted region in words."""
    if not code:
        return _("全部地区")
    return regions().by_code(code).name if code in regions() else code


def level_words(level: int) -> str:
    """A level of confidentiality in words."""
    found = confidentiality().get(level)
    return str(level) if found is None else found.name_zh if chinese() else found.name_en


def level_choices() -> list[tuple[int, str]]:
    """Every level with its name and meaning."""
    return [
        (level, f"{each.name_zh}：{each.meaning_zh}" if chinese() else f"{each.name_en}: {each.meaning_en}")
        for level, each in confidentiality().items()
    ]


def grant_words(grant: Any) -> dict[str, Any]:
    """A grant in words."""
    return {
        "role": role_name(grant.role),
        "actions": [ACTION_WORDS[action] for action in grant.role.allowed],
        "region": region_words(grant.region_code),
        "chains": "、".join(grant.chains) or _("全部产业链"),
        "level": level_words(grant.level),
        "holder": "" if grant.office_id is None else str(grant.office),
        "until": grant.until,
        "reason": grant.reason,
    }


def place_words(place: Place) -> list[tuple[str, str]]:
    """What a row concerns, in words."""
    return [
        (_("地区"), region_words(place.region_code) if place.region_code else _("（地区不明）")),
        (_("产业链"), "、".join(place.chains) or _("（没有）")),
        (_("密级"), level_words(place.level)),
    ]
