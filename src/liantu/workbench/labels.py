"""The words shown for the codes that the rooms agree on (`docs/contracts.md`, DOMAIN 7 and 8)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liantu.ledger.attention import low_confidence

Words = dict[str, str | Promise]

STATUS: Words = {
    "actual": pgettext_lazy("status", "实际"),
    "target": pgettext_lazy("status", "目标"),
    "plan": pgettext_lazy("status", "计划"),
}
FIGURE_KIND: Words = {"level": _("数量"), "change": _("增减"), "share": _("占比"), "rank": _("位次")}
STATE: Words = {"single": _("单一来源"), "agreed": _("多源一致"), "conflict": _("说法不一")}
BOUND: Words = {
    "=": "",
    "≈": pgettext_lazy("bound", "约"),
    ">": pgettext_lazy("bound", "超"),
    ">=": pgettext_lazy("bound", "不低于"),
    "<": pgettext_lazy("bound", "不足"),
    "<=": pgettext_lazy("bound", "不超过"),
}
STAGE: Words = {
    "idea": _("谋划"),
    "packaged": _("包装"),
    "negotiating": _("洽谈"),
    "signed": _("签约"),
    "registered": _("落地"),
    "approved": _("审批"),
    "land": _("供地"),
    "started": _("开工"),
    "building": _("在建"),
    "completed": _("竣工"),
    "in_production": _("投产"),
    "in_statistics": _("入统"),
    "at_capacity": _("达产"),
    "at_target": _("达效"),
}
SIDE: Words = {"paused": _("停缓建"), "cancelled": _("终止"), "changed": _("变更")}
PLAN_BUCKET: Words = {
    "planning": pgettext_lazy("bucket", "谋划类"),
    "negotiation": pgettext_lazy("bucket", "洽谈类"),
    "signing": pgettext_lazy("bucket", "签约类"),
    "start": pgettext_lazy("bucket", "开工类"),
    "construction": pgettext_lazy("bucket", "建设类"),
    "production": pgettext_lazy("bucket", "投产类"),
    "at_capacity": pgettext_lazy("bucket", "达产类"),
}
COURSE: Words = {
    "reached": _("已达到"),
    "on_course": _("合序时"),
    "behind": _("慢于序时"),
    "late": _("到期未达到"),
    "no_data": _("无法判断"),
}
COURSE_REASON: Words = {
    "no_actual": _("没有完成数"),
    "awaiting_final": _("期限已过，还没有期末数"),
    "unit_differs": _("单位不同"),
    "scope_differs": _("口径不同"),
    "scope_unknown": _("口径不明"),
    "no_base": _("没有期初值"),
    "no_date": _("没有期限"),
    "bound_open": _("数字只说到约数或上下限"),
    "not_before_end": _("到期一次完成，期中不判断"),
    "before_period": _("完成数早于起算日"),
    "values_differ": _("同一天的完成数不一致，请选定"),
}
REVISION: Words = {
    "value": _("数值调整"),
    "scope": _("口径调整"),
    "date": _("期限调整"),
    "same": _("重申"),
    "unsure": _("拿不准"),
    "unrelated": _("不是同一目标"),
}
SIGN: Words = {
    "count": _("涵盖的数目"),
    "newly": _("新增还是存量"),
    "scale": _("规上还是全口径"),
    "level": _("级别"),
    "local": _("省内还是本地"),
    "place": _("地区"),
    "chain": _("产业链"),
    "definition": _("口径"),
    "due": _("期限"),
}
FIT: Words = {"fits": _("同一指标"), "perhaps": _("可能是"), "scope_differs": _("口径不同")}
SUBJECT: Words = {"enterprise": _("企业"), "town": _("专业镇"), "zone": _("开发区")}
VERDICT_OF_SET: Words = {
    "met": _("满足"),
    "one_short": _("缺一项"),
    "no_data": _("数据不全"),
    "not_met": _("不满足"),
}
CLAUSE_RESULT: Words = {"met": _("满足"), "not_met": _("不满足"), "no_data": _("无数据")}
CLAUSE_REASON: Words = {
    "no_value": _("没有数"),
    "not_published": _("门槛未公布"),
    "not_at_hand": _("门槛未见原文"),
    "bound_open": _("数字只说到约数或上下限"),
    "sources_differ": _("各来源说法不一"),
}
THRESHOLD_STATE: Words = {
    "not_published": _("未公布"),
    "not_at_hand": _("未见原文"),
    "common_usage": _("通行说法，待核实"),
}
SCORE_REASON: Words = {
    "no_value": _("没有数"),
    "no_target": _("没有目标"),
    "peers_missing": _("别的单位缺数"),
}
METHOD: Words = {
    "completion_ratio": _("完成比例"),
    "efficacy": _("功效系数"),
    "step": _("分档"),
    "per_unit_capped": _("按件计分封顶"),
    "veto": _("一票否决"),
    "peer_rating": _("互评"),
    "rank": _("按名次"),
    "manual": _("人工评定"),
}
UNIT_KIND: Words = {"region": _("地区"), "zone": _("开发区"), "chain": _("产业链"), "office": _("单位")}
CADENCE: Words = {"monthly": _("月"), "quarterly": _("季度"), "half_yearly": _("半年"), "yearly": _("年")}
SUM: Words = {
    "equal": _("与总目标一致"),
    "short": _("少于总目标"),
    "over": _("多于总目标"),
    "not_additive": _("比率和增速不能相加"),
    "empty": _("还没有分解"),
}
FRESHNESS: Words = {
    "fresh": _("新近确认"),
    "due": _("该确认了"),
    "stale": _("已过期"),
    "never": _("从未确认"),
    "open": _("无周期"),
}
PROBLEM_STATE: Words = {"open": _("未解决"), "solved": _("待核验"), "closed": _("已销号")}
RATE_FLAG: Words = {
    "over_100": _("超过100%，请核对"),
    "definition_unconfirmed": _("口径待核实"),
    "differs_from_published": _("与公布数不符"),
    "rounding_difference": _("与公布数有舍入之差"),
}
WORK: Words = {
    "kept": _("有办理记录"),
    "problems": _("有未销号问题"),
    "late": _("有事项逾期"),
    "paused": _("停缓建"),
    "cancelled": _("终止"),
}
DUE_STATE: Words = {
    "done": _("已报"),
    "done_late": _("迟报"),
    "late": _("漏报"),
    "due": _("今天到期"),
    "open": _("未到期"),
}
URGENCY: Words = {
    "late": _("已逾期"),
    "today": _("今天到期"),
    "this_week": _("本周到期"),
    "no_day": _("没有期限"),
    "later": _("以后"),
}
TODO_KIND: Words = {
    "task": _("任务"),
    "order": _("督办"),
    "duty": _("职责"),
    "verify_task": _("核验任务"),
    "verify_order": _("核验督办"),
    "verify_problem": _("核验问题"),
    "watch": _("盯办"),
}
CHAIN_ROLE: Words = {"strong": _("优势"), "growing": _("培育"), "planned": _("谋划布局")}
ENTERPRISE_ROLE: Words = {
    "chain_master": _("链主"),
    "chain_core": _("链核"),
    "leading": _("龙头"),
    "supporting": _("配套"),
}
RELATION: Words = {
    "located_in": _("位于"),
    "owns": _("建设"),
    "leads": _("领衔"),
    "belongs_to": _("属于"),
    "produces": _("生产"),
    "partners_with": _("合作"),
}
EVENT: Words = {
    "signed": _("签约"),
    "started": _("开工"),
    "commissioned": _("投产"),
    "unveiled": _("揭牌"),
    "certified": _("认定"),
    "moved_in": _("入驻"),
}
ENTITY_KIND: Words = {
    "region": _("地区"),
    "zone": _("开发区"),
    "town": _("专业镇"),
    "enterprise": _("企业"),
    "project": _("项目"),
    "chain": _("产业链"),
    "organisation": _("机构"),
    "product": _("产品"),
    "policy": _("政策"),
    "programme": _("工程"),
}
SEARCH_GROUP: Words = {
    "enterprise": _("企业"),
    "project": _("项目"),
    "chain": _("产业链"),
    "segment": _("环节"),
    "zone": _("开发区"),
    "town": _("专业镇"),
    "person": _("人员"),
    "region": _("地区"),
    "organisation": _("机构"),
    "other": _("其他名称"),
    "sentence": _("句子"),
    "document": _("文件"),
}
"""The groups in which a search shows what it found, in their order."""
SEARCH_KIND: Words = {**ENTITY_KIND, **SEARCH_GROUP}
STATEMENT_KIND: Words = {
    "figure": _("数字"),
    "project": _("项目"),
    "enterprise": _("企业"),
    "chain": _("产业链"),
    "relation": _("关系"),
    "event": _("事件"),
    "phrase": _("数字提法"),
    "cell": _("单元格"),
    "manual": _("手工录入"),
}
SEGMENT_STATUS: Words = {
    "strong": pgettext_lazy("segment", "强"),
    "present": pgettext_lazy("segment", "有"),
    "weak": pgettext_lazy("segment", "弱"),
    "missing": pgettext_lazy("segment", "缺"),
    "at_risk": pgettext_lazy("segment", "险"),
    "unknown": pgettext_lazy("segment", "未知"),
    "segments": pgettext_lazy("segment", "环节"),
    "empty": _("还没有环节"),
}
DIAGNOSIS_REASON: Words = {
    "no_data": _("没有数据"),
    "empty_row": _("该地区合计为零"),
    "empty_column": _("参照地区没有这个环节"),
    "suppressed": _("样本过少，不予显示"),
    "not_enough_regions": _("地区数不够，不能计算"),
    "disconnected": _("与面板主体不连通，不能比较"),
    "undefined": _("所选约定没有这个指标"),
    "already_present": _("该地区已有这个环节"),
}
STREAM: Words = {
    "upstream": pgettext_lazy("stream", "上游"),
    "midstream": pgettext_lazy("stream", "中游"),
    "downstream": pgettext_lazy("stream", "下游"),
}
FOUND_IN: Words = {"name": _("名称"), "scope": _("经营范围"), "products": _("产品")}
POSITION_VERDICT: Words = {
    "agrees": _("与数出来的一致"),
    "differs": _("数出来并不突出"),
    "unmeasured": _("没有可数的"),
}
LINK_STATE: Words = {
    "review": _("待认定"),
    "flagged": _("须再看"),
    "automatic": _("自动对应"),
    "confirmed": _("人工确认"),
    "new": _("登记库里没有"),
    "waiting": _("还没有比对"),
}
"""Of the list, where what something speaks against stands apart."""
LINK_SAID: Words = {
    "automatic": _("自动对应"),
    "confirmed": _("就是这一家"),
    "rejected": _("不是这一家"),
    "no_firm": _("登记库里没有"),
}
LINK_FLAG: Words = {
    "gone": _("登记库里已没有这家企业"),
    "renamed": _("登记名称已变更"),
    "doubt": _("按现在的名称和登记库不能自动认定"),
    "codes": _("与各来源给出的信用代码不符"),
    "two": _("合并的名称对应了不同的企业"),
    "found": _("登记库里现在可能有了"),
}
LINK_REASON: Words = {
    "code": _("信用代码"),
    "place": _("登记地"),
    "name_place": _("名称里的地名"),
    "core": _("字号"),
    "branch": _("括号内"),
    "form": _("公司形式"),
    "former": _("曾用名"),
    "chain": _("产业链"),
}
LINK_SIGN: Words = {"yes": _("一致"), "no": _("不一致"), "open": _("看不出")}
KIN: Words = {
    "branch": _("分支机构"),
    "group": _("集团"),
    "member": _("集团成员"),
    "namesake": _("同字号的另一家"),
}
REVIEW: Words = {"accepted": _("已采信"), "corrected": _("已更正"), "rejected": _("不采信"), "added": _("已补录")}
VERDICT: Words = {"same": _("同一"), "different": _("不同"), "unsure": _("待定")}
CONFLICT_REASON: Words = {
    "value_differs": _("数值不同"),
    "scope_differs": _("口径可能不同"),
    "target_revised": _("目标有调整"),
    "copy_differs": _("转载与原文不一"),
}
COPY_KIND: Words = {
    "identical": _("全文转载"),
    "repost": _("转载"),
    "excerpt": _("节选或合编"),
    "spun": _("改写"),
}
CHECK_VERDICT: Words = {"ok": _("相符"), "differs": _("对不上"), "suspicious": _("请留意")}
PHRASE_STATE: Words = {
    "complete": _("成员齐全"),
    "open": _("成员不全"),
    "not_published": _("成员未见"),
    "differs": _("与名称不符"),
}
PHRASE_KIND: Words = {
    "digit_code": _("数字代号"),
    "numbered_groups": _("分组提法"),
    "numbered_set": _("若干大、若干张"),
}
QUEUE: Words = {
    "conflict": _("各来源说法不一"),
    "left": _("旧版本上的结论"),
    "check": _("文内算术对不上"),
    "figure": _("读得没有把握"),
    "date": _("缺发布日期"),
    "name": _("是同一个吗"),
    "pair": _("是同一件事吗"),
    "proposal": _("模型的提议"),
}
ATTENTION: Words = {
    "conflict": _("各来源说法不一"),
    "differs": _("对不上"),
    "suspicious": _("请留意"),
    "reprinted": _("转载也这样写"),
    "doubt": _("读得没有把握"),
    "money": _("金额大"),
    "large": _("数量大"),
    "target": _("是目标"),
    "several": _("多个来源说到"),
    "undated": _("相对日期推不出来"),
    "alike": _("名称相近"),
    "equal": _("数值相等"),
}
SOURCE_GRADE: Words = {"a": _("政府文件"), "b": _("官方媒体"), "c": _("转载或自媒体"), "d": _("来源不明")}
MODALITY: Words = {
    "fact": _("陈述事实"),
    "planned": _("计划"),
    "expected": _("预计"),
    "strive": _("力争"),
    "ensure": _("确保"),
    "contracted": _("签约"),
    "goal": _("目标"),
}
PROJECT_COLUMN: Words = {
    "stage": _("阶段"),
    "investment": _("投资额"),
    "place": _("地点"),
    "owner": _("建设单位"),
    "chain": _("产业链"),
}
ALERT_LEVEL: Words = {"red": _("红"), "yellow": _("黄"), "blue": _("蓝")}
ALERT_WATCH: Words = {
    "project": _("项目"),
    "permit": _("手续"),
    "factor": _("要素"),
    "problem": pgettext_lazy("record", "问题"),
    "conflict": _("说法不一"),
    "source": _("来源"),
    "figure": _("数字"),
    "segment": pgettext_lazy("segment", "环节"),
    "supply": _("主抓产业链的环节"),
    "target": _("目标"),
    "duty": _("任务、督办、周期职责"),
    "certificate": _("称号与证书"),
    "window": _("政策申报窗口"),
}
LOW_CONFIDENCE = low_confidence()
"""Below it a statement is offered for review."""
HIGH_CONFIDENCE = 0.85


def word(words: Words, code: str | None) -> str:
    """The word for `code`; an unknown code is shown as it is rather than hidden."""
    return str(words.get(code or "", code or ""))
