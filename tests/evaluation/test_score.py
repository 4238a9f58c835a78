"""The yardstick itself: small documents whose score can be worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liantu.evaluation import GoldError, load_gold, score_documents
from liantu.evaluation.gold import gold_pairs, parse_gold
from liantu.evaluation.likeness import folded, likeness, same_unit

TEXT = "晋中市推广甲醇汽车5623辆,建成加注站58座。祁县玻璃器皿产业增长8%。"


def figure(anchor: str, number: str, value: float, unit: str, **more: Any) -> dict[str, Any]:
    row = {"bound": "=", "kind": "level", "status": "actual", "period": None}
    return {"anchor": anchor, "number": number, "value": value, "unit": unit, **row, **more}


GOLD = {
    "figures": [
        figure("甲醇汽车5623辆", "5623", 5623, "辆", indicator="推广甲醇汽车", must=["甲醇汽车"], subject=["晋中市"]),
        figure("加注站58座", "58", 58, "座", indicator="建成加注站", must=["加注站|加油站"], subject=["晋中市"]),
        figure(
            "增长8%",
            "8%",
            8,
            "%",
            indicator="玻璃器皿产业",
            must=["玻璃"],
            subject=["祁县"],
            kind="change",
            period="2024",
        ),
    ],
    "projects": [{"name": ["年产20GW光伏电池项目"], "investment": 7e9, "stage": "building"}],
    "enterprises": [["山西美锦能源股份有限公司", "美锦能源"], ["祁县红海玻璃有限公司"]],
    "chains": [{"name": ["玻璃器皿"], "holder": ["祁县"], "role": "strong"}],
    "relations": [{"head": ["美锦能源"], "relation": "located_in", "tail": ["晋中市"]}],
}


def answer(number: str, **fields: Any) -> dict[str, Any]:
    """What a reader would say of the number that stands as `number` in TEXT, right unless told otherwise."""
    row = next(r for r in GOLD["figures"] if r["number"] == number)
    start = TEXT.index(number)
    said = {key: row[key] for key in ("value", "unit", "bound", "kind", "status", "indicator", "period")}
    return {**said, "subject": row["subject"][0], "span": [start, start + len(number)], **fields}


def score(**said: Any) -> dict[str, Any]:
    return score_documents([(parse_gold("000", TEXT, GOLD), said)]).to_dict()


def hits(result: dict[str, Any]) -> list[int]:
    return [result["figures"][tier]["hit"] for tier in ("found", "named", "attributed", "complete")]


def test_a_reader_that_says_nothing_scores_nothing() -> None:
    result = score()
    assert hits(result) == [0, 0, 0, 0]
    assert result["figures"]["found"] == {"p": 0, "r": 0, "f1": 0, "hit": 0, "said": 0, "true": 3}


def test_every_answer_right() -> None:
    result = score(figures=[answer("5623"), answer("58"), answer("8%")])
    assert hits(result) == [3, 3, 3, 3]
    assert result["figures"]["complete"]["f1"] == 1


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"value": 5624}, [0, 0, 0, 0]),
        ({"unit": "台"}, [0, 0, 0, 0]),
        ({"span": [0, 3]}, [0, 0, 0, 0]),
        ({"indicator": "推广汽车"}, [1, 0, 0, 0]),
        ({"indicator": "甲醇汽车" + "及其他许多与本指标毫无关系的话" * 2}, [1, 0, 0, 0]),
        ({"subject": "太原市"}, [1, 1, 0, 0]),
        ({"status": "plan"}, [1, 1, 1, 0]),
        ({"bound": ">"}, [1, 1, 1, 0]),
        ({"subject": "晋中", "period": "2024-10"}, [1, 1, 1, 1]),  # no period annotated: any passes
    ],
)
def test_each_mistake_costs_its_tier_and_those_above(wrong: dict[str, Any], expected: list[int]) -> None:
    assert hits(score(figures=[answer("5623", **wrong)])) == expected


def test_an_annotated_period_has_to_be_met() -> None:
    assert hits(score(figures=[answer("8%", period="2023")])) == [1, 1, 1, 0]


def test_either_wording_joined_by_a_bar_will_do() -> None:
    assert hits(score(figures=[answer("58", indicator="加油站数量")]))[1] == 1


def test_one_number_is_answered_by_one_answer() -> None:
    result = score(figures=[answer("5623"), answer("5623", subject="太原市")])
    assert hits(result) == [1, 1, 1, 1]
    assert result["figures"]["found"]["p"] == 0.5


def test_names_are_matched_one_to_one() -> None:
    result = score(
        enterprises=[{"name": "美锦能源"}, {"name": "山西美锦能源", "aliases": []}, {"name": "红海玻璃"}],
        chains=[{"name": "玻璃器皿产业", "aliases": ["玻璃器皿"], "holder": "晋中市"}],
        relations=[{"head": "美锦能源股份有限公司", "relation": "located_in", "tail": "晋中"}],
    )
    assert (result["enterprises"]["hit"], result["enterprises"]["said"]) == (1, 3)
    assert result["chains"]["hit"] == 0  # the right chain at the wrong holder
    assert result["relations"]["hit"] == 1


def test_stage_and_investment_count_on_projects_that_were_found() -> None:
    found = {"name": "年产20GW光伏电池项目", "investment": 7e9, "stage": "signed"}
    assert score(projects=[found])["project_fields"] == {
        "investment": {"right": 1, "of": 1},
        "stage": {"right": 0, "of": 1},
    }
    other_size = {**found, "name": "年产14GW光伏电池项目"}
    assert score(projects=[other_size])["projects"]["hit"] == 0


@pytest.mark.parametrize(
    ("name", "core"),
    [("山西美锦能源股份有限公司", "山西美锦能源"), ("晋中市", "晋中"), ("祁县", "祁县"), ("内蒙古自治区", "内蒙古")],
)
def test_folding_keeps_what_tells_a_name_from_others(name: str, core: str) -> None:
    assert folded(name) == core


def test_units_with_two_spellings() -> None:
    assert same_unit("公里", "千米")
    assert same_unit("吉瓦", "GW")
    assert same_unit("%", "%")
    assert not same_unit("元", "美元")


names = st.text(alphabet="晋中太原市县一二12有限公司·()", min_size=1, max_size=12)


@given(names, names)
def test_likeness_is_symmetric_in_its_verdict_and_bounded(left: str, right: str) -> None:
    assert 0 <= likeness([left], [right]) <= 1
    assert (likeness([left], [right]) == 1) == (likeness([right], [left]) == 1)


@given(names)
def test_a_name_is_like_itself_when_anything_is_left_of_it(name: str) -> None:
    assert likeness([name], [name]) == (1 if folded(name) else 0)


def test_an_annotation_that_does_not_fit_is_refused_by_name() -> None:
    with pytest.raises(GoldError, match=r"007.*甲醇汽车9999辆"):
        parse_gold("007", TEXT, {"figures": [{**GOLD["figures"][0], "anchor": "甲醇汽车9999辆"}]})


def test_documents_are_paired_with_their_annotations(tmp_path: Any) -> None:
    (tmp_path / "003_太原.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "003.json").write_text('{"figures": []}', encoding="utf-8")
    [(annotation, document)] = gold_pairs(tmp_path)
    assert document.name == "003_太原.txt"
    assert load_gold(annotation, TEXT).name == "003"
    (tmp_path / "004.json").write_text("{}", encoding="utf-8")
    with pytest.raises(GoldError, match=r"004\.txt"):
        gold_pairs(tmp_path)
