"""The second opinion on status: its traces, its weights, and that it can overrule a rule."""

from __future__ import annotations

from dataclasses import replace

from liantu.extraction import extract
from liantu.extraction.figures.learned import STATUSES, propose, weights
from liantu.extraction.figures.situation import Situation, cues_of, traces
from liantu.reading import read_document

SENTENCE = "到2027年，全市要建成充电站200座；去年已建成58座。"


def situation(number: str, sentence: str = SENTENCE) -> Situation:
    start = sentence.index(number)
    clause = max(sentence.rfind(mark, 0, start) for mark in "，；。") + 1
    return Situation(
        sentence, start, start + len(number) + 1, clause, "座", "counter", "level", "=", False, "news", "", "", False,
        None, False, "", "",
    )  # fmt: skip


def test_traces_tell_where_a_cue_stands() -> None:
    first, second = set(traces(situation("200"))), set(traces(situation("58")))
    assert "<s到年" in first and "<c建成" in first
    assert "<f到年" in second and "<c去年" in second and "<c已" in second
    assert ">s去年" in first


def test_traces_do_not_depend_on_what_stands_far_away() -> None:
    far = "，".join(["这里说的是别的事情"] * 30) + "。"
    near = "全市建成充电站58座。"
    assert set(traces(situation("58", near))) <= set(traces(situation("58", far + near)))


def test_the_model_alone_tells_plain_cases() -> None:
    assert propose(situation("58", "截至去年底，全市已累计建成充电站58座。"))[0] == "actual"
    to_come = situation("200", "到2027年，力争建成充电站200座以上。")
    assert propose(replace(to_come, bound=">=", time_kind="year", time_sign=">"))[0] == "target"


def test_probability_is_one_of_three() -> None:
    told, probability = propose(situation("58"))
    assert told in STATUSES and 1 / 3 <= probability <= 1


def test_unknown_traces_leave_the_intercepts_alone() -> None:
    blank = replace(
        situation("58", "龘58座"), unit="龘", unit_class="龘", kind="龘", bound="龘", genre="龘", outlook="龘"
    )
    assert propose(blank)[0] in STATUSES


def test_weights_are_read_once_and_hold_the_intercepts() -> None:
    assert "" in weights() and len(weights()) > 1000


def test_a_year_to_come_is_one_cue() -> None:
    assert [word for _, _, word in cues_of("到2027年突破")] == ["到年"]


def test_every_figure_says_who_decided_its_status() -> None:
    document = read_document("荆门观察\n\n2024-10-16\n\n全市建成充电站58座，力争明年达到90座。".encode(), "a.txt")
    judges = [[r for r in f.reasons if r.startswith("status:")] for f in extract(document).figures]
    assert judges and all(len(found) == 1 for found in judges)
