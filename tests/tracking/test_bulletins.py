"""Bulletins composed of measured values: sentences only where there are figures, and the traps of real ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.tracking.bulletins import (
    Definition,
    Measured,
    Period,
    RowRef,
    compose,
    definitions,
    loose_numbers,
    period_of,
    read_definition,
    read_prose,
    tokens_in,
)
from liantu.tracking.bulletins.composing import Former
from liantu.vocabulary.tables import VocabularyError

MAY = Period(2025, 5)
HEAD = 'id = "x"\ntitle = "试"\nperiod = "month"\nsource = "本办"\n'


def definition(**columns: object) -> Definition:
    told = {"indicator": "invest_year", "group": "city", "title": "进度", "id": "s"} | columns
    lines = "\n".join(f"{k} = {str(v).lower() if isinstance(v, bool) else repr(v)}" for k, v in told.items())
    return read_definition("x.toml", f"{HEAD}[[sections]]\n{lines}\n")


def share(top: float, bottom: float, **more: object) -> Measured:
    rows = (RowRef("project", f"{top}/{bottom}", "项目", top, bottom),)
    return Measured(100 * top / bottom, top, bottom, rows, **more)  # type: ignore[arg-type]


def text(kind: Definition, groups: dict[str, Measured], former: Former | None = None) -> str:
    made = compose(kind, MAY, {"s": groups}, {k: k for k in groups}, {"s": former} if former else None)
    return "".join(t.text for section in made.sections for t in read_prose(section.prose, made.figures))


def test_the_first_the_last_and_who_lags_behind_time() -> None:
    groups = {
        "甲": share(60, 100),
        "乙": share(50, 100),
        "丙": share(45, 100),
        "丁": share(20, 100),
        "": share(175, 400),
    }
    said = text(definition(below="elapsed", top=2, bottom=1), groups)
    assert "合计为43.75%（本年截至期末完成投资0.02万元，本年计划投资0.04万元）" in said
    assert "居前二位的是甲60.00%、乙50.00%。" in said
    assert "居后一位的是丁20.00%。" in said
    assert "低于时间进度（41.67%）的有：丁20.00%。" in said


def test_who_has_no_data_is_told_and_not_ranked_last() -> None:
    groups = {"甲": share(60, 100), "乙": share(50, 100), "丙": share(45, 100), "丁": Measured(None, reason="no_data")}
    made = compose(definition(), MAY, {"s": groups}, {}).sections[0]
    assert [(x.name, x.rank) for x in made.lines] == [("甲", 1), ("乙", 2), ("丙", 3), ("丁", None)]
    assert "丁没有数据，不参加排名。" in made.prose and made.lines[-1].note == "没有数据"


def test_too_few_to_rank_are_only_told() -> None:
    said = text(definition(), {"甲": share(60, 100), "乙": share(50, 100)})
    assert "有数据的不足3个，不排名：甲60.00%、乙50.00%。" in said and "居前" not in said


def test_no_figure_no_sentence() -> None:
    made = compose(definition(), MAY, {"s": {"甲": Measured(None)}}, {})
    assert not made.sections and made.empty == ("进度",)


def test_growth_from_a_small_base_is_named_apart() -> None:
    groups = {
        "甲": Measured(3e8, base=1e8), "乙": Measured(2e8, base=1.9e8), "丙": Measured(2.1e8, base=2e8),
        "丁": Measured(1e8, base=1e6), "戊": Measured(1.5e8, base=None),
    }  # fmt: skip
    kind = definition(indicator="invest_period", growth=True, top=1)
    said = text(kind, groups)
    assert "增速居前一位的是甲+200.0%。" in said
    assert "丁+9,900.0%，基数较小，增速只列不排。" in said
    line = next(x for x in compose(kind, MAY, {"s": groups}, {}).sections[0].lines if x.name == "戊")
    assert (line.growth_shown, line.note) == ("", "增速上年同期没有数据，不排名")


def test_a_published_growth_tells_its_base() -> None:
    kind = definition(indicator="chain_revenue", group="chain", growth=True)
    groups = {
        k: Measured(v, growth=g) for k, v, g in (("光伏", 84e9, -7.2), ("氢能", 14e9, 34.8), ("合成生物", 4e9, 18.3))
    }
    said = text(kind, groups)
    assert "下降的有：光伏-7.2%" in said or "增速居前" not in said
    assert "合成生物+18.3%，基数较小" in said


def test_lasting_leaders_and_streaks_come_from_issues_without_a_gap() -> None:
    groups = {"甲": share(60, 100), "乙": share(50, 100), "丙": share(40, 100), "丁": share(30, 100)}
    former = Former(
        ranks=[{"甲": 1, "乙": 4, "丙": 2, "丁": 3}, {"甲": 1, "乙": 4, "丙": 2, "丁": 3}, {}],
        values=[{"甲": 50.0, "丁": 31.0}, {"甲": 40.0, "丁": 32.0}, {"甲": 30.0, "丁": 33.0}],
        lasts=[{"乙": 1, "丁": 2}, {"乙": 1}, {}],
    )
    said = text(definition(), groups, former)
    assert "甲连续3期居首位。" in said
    assert "甲连续3期上升。" in said and "丁连续3期下降。" in said
    assert "乙（上升2位）" in said
    assert "居末位" not in said  # it was another one before


def test_rows_that_belong_nowhere_count_in_the_whole_alone() -> None:
    both = Measured(50.0, 100, 200, (RowRef("project", "1", "", 60, 100), RowRef("project", "2", "", 40, 100)))
    one = Measured(60.0, 60, 100, both.rows[:1])
    made = compose(definition(least=1), MAY, {"s": {"甲": one, "": both}}, {"甲": "甲"})
    assert made.figures["进度·未归组"] == "1项" and "{进度·未归组}没有写明所属" in made.sections[0].prose


@given(
    st.dictionaries(st.sampled_from("甲乙丙丁戊己庚"), st.one_of(st.none(), st.integers(0, 200)), max_size=7),
    st.sampled_from(["value", "none", "growth"]),
    st.sampled_from(["", "elapsed", "50"]),
)
def test_every_number_in_the_prose_is_a_figure(values: dict[str, int | None], order: str, below: str) -> None:
    groups = {k: Measured(float(v) if v is not None else None, base=40.0) for k, v in values.items()}
    kind = definition(indicator="started_new", order=order, below=below, growth=True)
    made = compose(kind, MAY, {"s": groups}, {})
    for section in made.sections:
        assert set(tokens_in(section.prose)) <= set(made.figures)
        assert not [n for n in loose_numbers(section.prose) if "%" in n and n != "50%"]


def test_prose_is_read_with_its_numbers_and_a_wrong_link_is_named() -> None:
    shown = {"进度·甲": "60.00%"}
    told = read_prose("甲完成{进度·甲}，继续保持。", shown)
    assert [(t.text, t.name) for t in told] == [("甲完成", ""), ("60.00%", "进度·甲"), ("，继续保持。", "")]
    with pytest.raises(ValueError, match=r"第2行：没有“{进度·乙}”这个数"):
        read_prose("好\n乙完成{进度·乙}", shown)
    with pytest.raises(ValueError, match="花括号不成对"):
        read_prose("甲完成{进度·甲", shown)


def test_numbers_written_by_hand_are_found_and_dates_are_not() -> None:
    assert loose_numbers("2025年5月，甲完成{进度·甲}，另有3个项目、1,200.5万元未计，第2期。") == ["3个", "1,200.5万元"]


@pytest.mark.parametrize(
    ("code", "label", "so_far", "before", "days"),
    [
        ("2025-05", "2025年5月", "2025年1—5月", "2025-04", 31),
        ("2025-01", "2025年1月", "2025年1月", "2024-12", 31),
        ("2025Q1", "2025年第一季度", "2025年1—3月", "2024Q4", 90),
        ("2024Q4", "2024年第四季度", "2024年", "2024Q3", 92),
    ],
)
def test_periods(code: str, label: str, so_far: str, before: str, days: int) -> None:
    found = period_of(code)
    assert (found.code, found.label, found.so_far, found.before().code) == (code, label, so_far, before)
    assert (found.end - found.start).days + 1 == days


@pytest.mark.parametrize("code", ["2025", "2025-13", "2025-00", "2025Q5", "五月", "1889-01", ""])
def test_what_is_no_period(code: str) -> None:
    with pytest.raises(ValueError, match="/"):
        period_of(code)


@given(st.integers(1990, 2100), st.integers(1, 12), st.integers(0, 40))
def test_going_back_is_counting_periods(year: int, month: int, steps: int) -> None:
    then = Period(year, month).before(steps)
    assert (year - then.year) * 12 + month - then.number == steps


def test_the_shipped_kinds_read() -> None:
    assert set(definitions()) >= {"monthly_dispatch", "quarterly_bulletin"}
    for kind in definitions().values():
        assert kind.source and kind.sections


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ('indicator = "weather"\ngroup = "city"', r"sections\[1\].indicator"),
        ('indicator = "invest_year"\ngroup = "street"', r"sections\[1\].group"),
        ('indicator = "invest_year"\ngroup = "city"\nbelow = "soon"', r"sections\[1\].below"),
        ('indicator = "invest_year"\ngroup = "city"\ntop = 99', r"sections\[1\].top"),
        ('indicator = "invest_year"\ngroup = "city"\nwhat = 1', r"sections\[1\].what"),
        ('indicator = "invest_year"\ngroup = "city"\norder = "luck"', r"sections\[1\].order"),
        ("= 3", "不是 TOML"),
    ],
)
def test_a_definition_that_is_wrong_says_where(broken: str, told: str) -> None:
    with pytest.raises(VocabularyError, match=told):
        read_definition("x.toml", f"{HEAD}[[sections]]\n{broken}\n")
