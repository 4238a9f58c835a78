"""Projects told line by line as a form tells them: 项目名称：…, 建设单位：…, 建设地点：…, 总投资：….

So do notices on environmental assessments, on records and approvals, and catalogues of projects seeking investors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from liantu.extraction.model import Stage
from liantu.extraction.names import Scene
from liantu.extraction.steps import investment_of, stage_of

_NAME = r"(?:建设)?(?:项目|工程)名称|招商项目名称|名称及概要"
_OWNER = r"建设单位(?:名称)?|项目单位(?:名称)?|建设主体|实施单位|实施主体|业主单位|项目业主|项目法人|投资方|投资主体|投资单位|投资人|申报单位|申请单位|单位名称|企业名称"
_PLACE = r"(?:项目)?(?:建设|实施)?(?:地点|地址)|项目(?:建设地|选址|所在地|位置)|建设位置|拟?选址"
_MONEY = r"(?:项目|计划|估算|预计)?总投资(?:额|估算|概算)?|投资(?:总额|规模|估算|金额)|项目投资(?:额)?|计划投资"
_STATE = r"项目(?:进展|进度|阶段|状态|现状)|建设(?:进度|进展|阶段)|进展情况|(?:目前)?前期(?:工作)?(?:进展|情况)|办理结果|审批结果"
_REST = r"(?:项目)?(?:概况|简介|概要|主要内容)|(?:主要)?建设(?:内容|规模|性质|工期|期限)(?:[及与和](?:内容|规模))?|效益分析|合作方式"
_FIELD = re.compile(
    rf"(?:(?P<name>{_NAME})|(?P<owner>{_OWNER})|(?P<place>{_PLACE})|(?P<money>{_MONEY})|(?P<state>{_STATE})|(?P<rest>{_REST}))"
    r"(?:（(?P<unit>亿元|万元|[^（）\n]{1,6})）)?[ 　]{0,4}：[ 　]{0,4}(?P<value>[^\n；：]{2,80})"
)
# What closes a value on its line: its full stop, or the label that follows behind spaces.
_VALUE_END = re.compile(r"[。]|[ 　]+(?=[\u4e00-\u9fff]{2,10}$)|[ 　]{2,}")
_OF_ANOTHER = re.compile(
    r"(?:环评|评价|编制|设计|监理|施工|咨询|评估|审批|主管|受理|联系|验收)[^：\n]{0,8}$|评价机构[^：]{0,40}$"
)
_SOUGHT = re.compile(r"招商|推介|谋划|储备|引资")
_RECORDED = re.compile(r"备案|批复|核准")
_NOT_YET = re.compile(r"拟|受理|申请|征求|公众参与|前公示|草案")
_NUMBER = re.compile(r"\d[\d,.]*")
_FAR = 1200  # characters from a form's name within which its other lines stand


@dataclass(frozen=True, slots=True)
class ProjectForm:
    """One form: the name with its clean span, the clean end of the last line of it, and what its lines say."""

    name: str
    start: int
    end: int
    until: int
    place: str | None = None
    owner: str | None = None
    investment: float | None = None
    stage: Stage | None = None


@dataclass(slots=True)
class _Field:
    kind: str
    start: int
    end: int
    text: str
    unit: str


def project_forms(scene: Scene) -> Iterator[ProjectForm]:
    """Every form of the document that names a project and tells at least one thing more of it."""
    fields = list(_fields(scene.tokens.text))
    heads = [k for k, field in enumerate(fields) if field.kind == "name" and _names(field.text)]
    stage = _stage_of_all(scene)
    for number, k in enumerate(heads):
        last = heads[number + 1] if number + 1 < len(heads) else len(fields)
        mine = [f for f in fields[k + 1 : last] if f.start - fields[k].start < _FAR]
        if mine:
            yield _form(scene, fields[k], mine, stage)


def _fields(text: str) -> Iterator[_Field]:
    if "名称" not in text:
        return
    for match in _FIELD.finditer(text):
        kind = next(k for k in ("name", "owner", "place", "money", "state", "rest") if match.group(k) is not None)
        if kind == "owner" and _OF_ANOTHER.search(text, max(0, match.start() - 24), match.start()):
            continue
        value = match.group("value")
        stop = _VALUE_END.search(value)
        value = (value[: stop.start()] if stop is not None else value).rstrip("，、 　")
        start = match.start("value")
        yield _Field(kind, start, start + len(value), value, match.group("unit") or "")


def _names(value: str) -> bool:
    return 4 <= len(value) <= 60 and re.search(r"[，。]|公司$|如下|详见", value) is None


def _form(scene: Scene, head: _Field, fields: list[_Field], stage: Stage | None) -> ProjectForm:
    """The form that opens with `head`."""
    text = scene.tokens.text
    said: dict[str, _Field] = {}
    for field in fields:
        said.setdefault(field.kind, field)
    until = text.find("\n", max(f.end for f in fields))
    until = len(text) if until < 0 else until
    owner = next((scene.book.names[f.text] for f in fields if f.kind == "owner" and f.text in scene.book.names), None)
    state = said.get("state")
    told = stage_of(state.text) if state is not None else None
    money = said.get("money")
    return ProjectForm(
        head.text,
        head.start,
        head.end,
        until,
        _place(scene, said["place"]) if "place" in said else None,
        owner,
        (_sum(money) if money is not None else None) or investment_of(text[head.end : until]),
        told or stage,
    )


def _place(scene: Scene, field: _Field) -> str | None:
    """The zone that the line names, else the smallest region, else the line as it stands."""
    anchors = scene.topics.every_between(field.start, field.end)
    zones = [a.key for a in anchors if a.kind == "zone"]
    regions = [a.key for a in anchors if a.kind == "region"]
    return zones[0] if zones else regions[-1] if regions else re.split(r"[，（]", field.text)[0] or None


def _sum(field: _Field) -> float | None:
    number = _NUMBER.search(field.text)
    if number is None:
        return None
    unit = field.unit if field.unit in ("亿元", "万元") else ""
    return investment_of("投资" + (number.group() + unit if unit else field.text[number.start() :]))


def _stage_of_all(scene: Scene) -> Stage | None:
    """What the document's first lines say of all its forms: recorded or approved, or seeking investors."""
    blocks = scene.document.blocks[:3]
    head = "".join(scene.tokens.text[b.start : b.end][:80] for b in blocks)
    if _SOUGHT.search(head):
        return "idea"
    return "approved" if _RECORDED.search(head) and not _NOT_YET.search(head) else None
