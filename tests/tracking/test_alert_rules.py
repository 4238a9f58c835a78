"""Rules of alerts: the shipped table, the language of conditions, and what is said of a table that is wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.tracking.alerts import ExpressionError, Ref, Row, columns, evaluate, read_rules, said, shipped_rules
from liantu.tracking.alerts.expressions import condition, measure
from liantu.tracking.alerts.rules import RULE_COLUMNS, rule_lines

TODAY = date(2025, 6, 30)
PROJECT = columns()["project"]
GOOD = {
    "rule": "own_late", "watch": "project", "when": "stage_order < 8", "measure": "days_since(start_planned)", "compare": ">=",
    "blue": "1", "yellow": "30", "red": "", "unit": "days", "since": "start_planned", "title_zh": "迟", "title_en": "late",
    "text_zh": "{name}迟{measure}天", "text_en": "{name} is {measure} days late", "fix_zh": "", "fix_en": "", "source": "本办",
}  # fmt: skip


def table(*rows: dict[str, str]) -> str:
    lines = [",".join(RULE_COLUMNS)]
    lines += [",".join('"' + row[c].replace('"', '""') + '"' for c in RULE_COLUMNS) for row in rows]
    return "\n".join(lines)


def row(**values: object) -> Row:
    return Row("project:1", "一号项目", values, evidence=lambda c: (Ref("stage", "7"),) if c == "start_planned" else ())  # type: ignore[arg-type]


def alerts(rule: str, **values: object) -> list[tuple[str, float]]:
    found = evaluate([shipped_rules()[rule]], [row(**values)], TODAY)
    return [(finding.level, finding.measure) for finding in found]


def test_every_shipped_rule_says_where_it_comes_from_and_speaks_both_languages() -> None:
    for rule in shipped_rules().values():
        assert rule.source and rule.title_en and rule.text_en != rule.text_zh
        assert rule.watch in columns()


def test_a_late_start_grows_from_blue_to_red() -> None:
    late = {"stage_order": 4, "side": ""}
    assert alerts("start_late", start_planned=TODAY, **late) == []
    assert alerts("start_late", start_planned=TODAY - timedelta(1), **late) == [("blue", 1)]
    assert alerts("start_late", start_planned=TODAY - timedelta(30), **late) == [("yellow", 30)]
    assert alerts("start_late", start_planned=TODAY - timedelta(90), **late) == [("red", 90)]
    assert alerts("start_late", start_planned=date(2024, 1, 1), stage_order=8, side="") == []
    assert alerts("start_late", start_planned=date(2024, 1, 1), stage_order=4, side="paused") == []


def test_nothing_unknown_raises_an_alert() -> None:
    assert alerts("start_late", start_planned=date(2024, 1, 1), stage_order=None, side="") == []
    assert alerts("year_behind", stage_order=9, side="", year_plan=100.0, year_elapsed=50.0) == []
    assert alerts("source_silent", last_on=date(2020, 1, 1), usual_gap=None) == []


def test_investment_is_held_against_the_months_reported() -> None:
    found = alerts("year_behind", stage_order=9, side="", year_plan=100.0, year_elapsed=50.0, year_done_share=30.0)
    assert found == [("yellow", 20.0)]


def test_a_falling_measure_is_graver_the_smaller_it_is() -> None:
    rule = shipped_rules()["permit_near"]
    levels = [rule.level_of(days) for days in (20, 15, 8, 7, 3, 0)]
    assert levels == ["", "blue", "blue", "yellow", "red", "red"]


def test_an_alert_tells_the_numbers_it_was_made_of_and_their_evidence() -> None:
    values = {"stage_order": 4, "side": "", "start_planned": date(2025, 5, 1)}
    (finding,) = evaluate([shipped_rules()["start_late"]], [row(**values)], TODAY)
    assert finding.numbers == values
    assert finding.evidence == (Ref("stage", "7"),)
    assert finding.since == date(2025, 5, 1)
    assert said(finding)[0] == "一号项目计划2025-05-01开工，已过60天仍未见开工"
    assert "60 days" in said(finding, "en")[0]


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("when", "stage_order <", "看不懂"),
        ("when", "stage_order < 8 or side == ''", "不是比较"),
        ("when", "stagee < 8", "没有“stagee”这一列"),
        ("when", "side < 3", "不能这样比"),
        ("when", "side > 'a'", "不能这样比"),
        ("when", "__import__('os').system('x')", "不是比较"),
        ("measure", "start_planned", "要算出一个数"),
        ("measure", "days_since(stage_order)", "日期列"),
        ("measure", "open('x')", "没有"),
        ("measure", "", "看不懂"),
        ("blue", "很多", "不是数"),
        ("red", "5", "从蓝到红"),
        ("compare", ">", "写 >= 或 <="),
        ("unit", "尺", "可用"),
        ("watch", "weather", "没有“weather”"),
        ("since", "side", "日期列"),
        ("text_zh", "{nobody}", "没有“nobody”这一列"),
        ("text_zh", "{name", "花括号"),
        ("rule", "大写", "代号"),
        ("title_zh", "", "不能空着"),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_line_and_column(column: str, cell: str, told: str) -> None:
    _rules, problems = read_rules("本办.csv", table(GOOD, {**GOOD, "rule": "second_one"} | {column: cell}))
    assert [(p.line, p.column) for p in problems if told in p.zh] == [(3, column)], problems


def test_all_problems_are_told_at_once() -> None:
    _rules, problems = read_rules("本办.csv", table({**GOOD, "blue": "x", "unit": "y"}, GOOD, {**GOOD, "measure": "("}))
    assert {(p.line, p.column) for p in problems} == {
        (2, "blue"),
        (2, "unit"),
        (3, "rule"),
        (4, "rule"),
        (4, "measure"),
    }


def test_rules_leave_and_come_back_unchanged() -> None:
    lines = rule_lines(shipped_rules().values())
    text = table(*(dict(zip(RULE_COLUMNS, line, strict=True)) for line in lines[1:]))
    rules, problems = read_rules("出入.csv", text)
    assert not problems
    assert rule_lines(rules.values()) == lines


@given(
    st.one_of(st.none(), st.floats(-1e6, 1e6)),
    st.one_of(st.none(), st.floats(-1e6, 1e6)),
    st.sampled_from(["+", "-", "*", "/"]),
)
def test_a_measure_is_none_exactly_where_something_is_unknown(a: float | None, b: float | None, sign: str) -> None:
    work, used = measure(f"year_elapsed {sign} year_done_share", PROJECT)
    assert used == {"year_elapsed", "year_done_share"}
    value = work({"year_elapsed": a, "year_done_share": b}, TODAY)
    assert (value is None) == (a is None or b is None or (sign == "/" and b == 0))


@given(st.text(max_size=60))
def test_no_text_does_anything_but_say_what_is_wrong(text: str) -> None:
    for make in (condition, measure):
        try:
            made, _used = make(text, PROJECT)
        except ExpressionError as error:
            assert error.zh and error.en
        else:
            made({}, TODAY)
