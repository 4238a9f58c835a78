"""Lines of a diagnosis as a file: the tidy rows that the command line gives, with headings that people read."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from liantu.diagnosis.reports import Basis, Line, rows_of
from liantu.reporting import Column
from liantu.workbench.diagnosing import words_of
from liantu.workbench.formatting import chinese
from liantu.workbench.views.answers import file_answer


def lines_answer(form: str, name: str, basis: Basis, lines: Iterable[Line]) -> HttpResponseBase:
    """The lines as a workbook or a CSV file; a line without a value says why."""
    about = basis.name_zh if chinese() else basis.name_en
    columns = [
        Column(_("步骤"), 20),
        Column(_("指标"), 22),
        Column(_("地区"), 12),
        Column(_("对方"), 12),
        Column(_("环节"), 32),
        Column(_("数值"), 10),
        Column(_("单位"), 8),
        Column(_("区间下限"), 10),
        Column(_("区间上限"), 10),
        Column("n", 8),
        Column(_("n 是什么"), 10),
        Column(_("覆盖"), 8, "0%"),
        Column(_("状态"), 8),
        Column(_("规则"), 18),
        Column(_("无值的原因"), 22),
        Column(_("参照"), 12),
        Column(_("分类层级"), 10),
        Column(_("时期"), 12),
        Column(_("约定"), 30),
        Column(_("备注"), 40),
    ]
    rows = (
        [
            words_of(r["step"]), words_of(r["measure"]), r["region_name"], r["partner_name"], r["segment"], r["value"],
            r["unit"], r["low"], r["high"], r["n"], r["n_of"], r["coverage"],
            words_of(r["status"]) if r["status"] else "", r["rule"], r["reason_zh"] if chinese() else r["reason"],
            r["reference"], r["level"], r["period"], r["convention"], r["note"],
        ]
        for r in rows_of(lines, about)
    )  # fmt: skip
    return file_answer(form, name, columns, rows, [about])
