"""The rules of alerts: the shipped ones, the office's own, and bringing a changed table back."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liantu.ledger import services
from liantu.ledger.alerts.rules import VERSION, RuleInForce, all_rules
from liantu.ledger.models import Alert
from liantu.ledger.rights import Action
from liantu.reporting import Column
from liantu.tracking.alerts import columns
from liantu.tracking.alerts.rules import RULE_COLUMNS, rule_lines
from liantu.workbench import labels
from liantu.workbench.alert_words import measure_of, title_of_rule
from liantu.workbench.correcting import in_language
from liantu.workbench.formatting import chinese
from liantu.workbench.rights import needs
from liantu.workbench.views.answers import file_answer

_LARGEST = 400_000  # characters of a table of rules


@needs(Action.READ)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """All rules with their conditions, thresholds and sources, and how many alerts each has open."""
    counts = dict(Alert.objects.filter(state=Alert.State.OPEN).values_list("rule").annotate(n=Count("pk")).order_by())
    known = [
        (
            each,
            title_of_rule(each.rule, each.rule.id),
            [(level, measure_of(line, each.rule)) for level, line in each.rule.thresholds.items()],
            counts.get(each.rule.id, 0),
            labels.word(labels.ALERT_WATCH, each.rule.watch),
        )
        for each in all_rules()
    ]
    return render(request, "workbench/alert_rules.html", {"rules": known, "watches": _watches()})


def _watches() -> list[tuple[str, str, list[tuple[str, str, str, str]]]]:
    return [
        (
            watch,
            labels.word(labels.ALERT_WATCH, watch),
            [(c.name, c.kind, c.name_zh if chinese() else c.name_en, c.source) for c in known.values()],
        )
        for watch, known in columns().items()
    ]


@needs(Action.READ)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """All rules in the table that can be changed and brought back."""
    known = all_rules()
    lines = rule_lines(each.rule for each in known)[1:]
    versions = [str(each.own.version) if each.own is not None else "0" for each in known]
    columns_out = (*RULE_COLUMNS, VERSION)
    heads = [Column(name, 40 if name.startswith(("text", "fix", "when", "measure")) else 14) for name in columns_out]
    rows = [[*line, version] for line, version in zip(lines, versions, strict=True)]
    return file_answer(form, _("预警规则"), heads, rows, [_("改好后粘贴回预警规则页：连表头一起复制。")])


@needs(Action.ADMINISTER)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Takes the office's rules out of a pasted table: all of it, or none and every problem by line."""
    text = request.POST.get("table", "")
    problems: list[str] = []
    if request.method == "POST":
        if len(text) > _LARGEST:
            problems = [_("粘贴的内容太长。")]
        else:
            changed, wrong = services.bring_rules(
                text, request.user.get_username(), request.POST.get("reason", "")[:500]
            )
            if not wrong:
                messages.success(request, _("已更新 %(n)s 条规则；下次核对时起用。") % {"n": changed})
                return redirect("alert-rules")
            problems = [
                _("第 %(line)s 行 %(column)s：%(told)s")
                % {"line": each.line, "column": each.column, "told": each.zh if chinese() else each.en}
                for each in wrong
            ]
    context = {"text": text, "problems": problems, "columns": "\t".join(RULE_COLUMNS)}
    return render(request, "workbench/alert_rules_bring.html", context, status=422 if problems else 200)


@needs(Action.ADMINISTER)
@require_POST
def switch(request: HttpRequest, rule: str) -> HttpResponse:
    """Switches a rule off, or on again."""
    each = next((each for each in all_rules() if each.rule.id == rule), None)
    if each is None:
        raise Http404(_("没有这条规则。"))
    wanted = request.POST.get("off", "")
    if wanted not in ("0", "1"):  # it says what shall be: two people who press at once do not undo one another
        raise Http404(_("请选择启用或停用。"))
    try:
        if each.off != (wanted == "1"):
            _switch(each, request.user.get_username())
    except ValueError as error:
        messages.error(request, in_language(error))
    else:
        messages.success(
            request, _("已启用这条规则。") if wanted == "0" else _("已停用这条规则；它的预警会在下次核对时解除。")
        )
    return redirect("alert-rules")


def _switch(each: RuleInForce, by: str) -> None:
    if each.own is not None:
        services.change_record("alert_rule", each.own.pk, each.own.version, {"off": not each.off}, by)
        return
    cells = dict(zip(RULE_COLUMNS, rule_lines([each.rule])[1], strict=True))
    services.add_record("alert_rule", {**cells, "off": True}, by)
