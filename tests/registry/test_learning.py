"""Classes learned from labelled firms: what is told, why, and how well on firms not seen."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook

from liantu.registry.learning import Classifier, Labelled, LabelledError, Senses, learn, learn_senses, read_labelled
from liantu.registry.learning.classifier import folds
from liantu.registry.learning.features import plain_name, plain_scope, runs_matrix, vocabulary_of

THINGS = {
    "锻件类": ["法兰", "锻件", "环件"],
    "酿造类": ["食醋", "陈醋", "白酒"],
    "能源类": ["光伏发电", "风力发电", "供热"],
}


def rows(count: int = 20, seed: int = 1) -> list[Labelled]:
    """Made-up firms of three classes, each with things of its class among what all have."""
    dice = random.Random(seed)
    found = []
    for label, things in THINGS.items():
        for number in range(count):
            said = f"{dice.choice(things)}的生产、销售；{dice.choice(['货物运输', '技术服务', '房屋租赁'])}"
            found.append(Labelled(f"太原市示例{label[0]}{number}有限公司", said, label))
    return found


def test_classes_are_told_with_score_and_the_words_that_told() -> None:
    trial, classifier = learn(rows(), "三类")
    assert trial.accuracy >= 0.95 and trial.firms == 60 and not trial.left_out
    assert trial.at_coverage[0.6] >= trial.at_coverage[1.0] - 1e-9
    [one, other] = classifier.classify(["甲乙有限公司", "丙丁有限公司"], ["法兰的生产", "食醋的生产；房屋租赁"])
    assert (one.label, other.label) == ("锻件类", "酿造类")
    assert "法兰" in one.words or "锻件及粉末冶金制品制造" in one.words
    assert 0.5 < one.score <= 1.0


def test_labels_without_sense_are_learned_no_better_than_chance() -> None:
    dice = random.Random(3)
    shuffled = [Labelled(row.name, row.scope, dice.choice(list(THINGS))) for row in rows(40)]
    trial, _classifier = learn([Labelled("甲", row.scope, row.label) for row in shuffled], "乱")
    assert trial.accuracy < 0.5


def test_the_trial_never_shows_a_firm_to_what_tells_it() -> None:
    answers = np.array([0] * 11 + [1] * 7 + [2] * 23)
    parts = folds(answers, 5)
    assert sorted(np.concatenate(parts).tolist()) == list(range(41))
    for part in parts:
        assert all(abs((answers[part] == label).sum() - (answers == label).sum() / 5) < 2 for label in range(3))


def test_a_saved_classifier_tells_the_same(tmp_path: Path) -> None:
    _trial, classifier = learn(rows(), "三类")
    classifier.save(tmp_path / "三类.npz")
    again = Classifier.load(tmp_path / "三类.npz")
    names, scopes = ["甲乙厂", ""], ["光伏发电；货物运输", ""]
    assert again.classify(names, scopes) == classifier.classify(names, scopes)
    assert again.scheme == "三类" and again.labels == classifier.labels
    (tmp_path / "坏.npz").write_bytes(b"no zip")
    with pytest.raises(LabelledError, match="重新运行"):
        Classifier.load(tmp_path / "坏.npz")


def test_small_classes_are_left_out_and_told() -> None:
    few = [Labelled("独此一家", "古玩鉴定", "稀有类")]
    trial, classifier = learn([*rows(), *few], "三类")
    assert trial.left_out == {"稀有类": 1} and "稀有类" not in classifier.labels
    with pytest.raises(LabelledError, match="至少要有两个类别"):
        learn(few, "一类")


def test_places_legal_forms_and_what_every_scope_says_do_not_count() -> None:
    assert plain_name("山西太原示例锻造股份有限公司") == plain_name("晋中市示例锻造有限责任公司") == "^示例锻造$"
    assert plain_scope("法兰制造（依法须经批准的项目，经相关部门批准后方可开展经营活动）") == "法兰制造"
    assert "不含" not in plain_scope("化工产品（不含危险品）销售")


def test_early_runs_count_more_and_none_spans_a_stop() -> None:
    texts = ["甲乙，丙丁" + "、戊" * 40 + "己庚", "甲乙，丙丁、己庚"]
    known = vocabulary_of(texts, fading=True)
    assert {"甲乙", "丙丁", "己庚"} <= set(known.written) and not any(
        "，" in run or "乙丙" in run for run in known.written
    )
    row = runs_matrix(texts[:1], known, fading=True).toarray()[0]
    weight = {run: row[at] for at, run in enumerate(known.written)}
    assert weight["甲乙"] > weight["丙丁"] > weight["己庚"] > 0
    assert float((row**2).sum()) == pytest.approx(1.0)


def test_a_table_is_read_by_its_headings(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["企业名称", "经营范围", "大类"], ["甲", "法兰", "一"], ["乙", "食醋", ""], ["丙", "", "二"]):
        sheet.append(line)
    book.save(tmp_path / "表.xlsx")
    assert read_labelled(tmp_path / "表.xlsx", "大类") == [Labelled("甲", "法兰", "一"), Labelled("丙", "", "二")]
    with pytest.raises(LabelledError, match="企业名称、经营范围、小类 三列，现有：企业名称、经营范围、大类"):
        read_labelled(tmp_path / "表.xlsx", "小类")
    (tmp_path / "空.csv").write_text("企业名称,经营范围,大类\n甲,法兰,\n", encoding="utf-8")
    with pytest.raises(LabelledError, match="都是空的"):
        read_labelled(tmp_path / "空.csv", "大类")


TRADES = {
    "锻": ("锻造", ["法兰", "锻件", "轴承", "齿轮", "铸件", "弯头", "阀门"]),
    "酿": ("酒业", ["白酒", "陈醋", "酱油", "黄酒", "调料", "饮料", "罐头"]),
}


def register(firms: int = 400) -> tuple[list[str], list[str]]:
    """Names and scopes of unlabelled firms of two trades, each with three things of its trade."""
    dice = random.Random(5)
    names, scopes = [], []
    for number in range(firms):
        ending, things = TRADES[dice.choice("锻酿")]
        names.append(f"示例{number}{ending}有限公司")
        scopes.append("、".join(dice.sample(things, 3)) + "生产、销售；货物运输")
    return names, scopes


@pytest.fixture(scope="module")
def senses() -> Senses:
    found = learn_senses(*register(), least_words=10)
    assert found is not None
    return found


def test_words_that_keep_the_same_company_are_near(senses: Senses) -> None:
    near, nameless, both = senses.vectors(["", "", ""], ["法兰", "齿轮", "酱油"])
    assert not nameless.any() and both == pytest.approx(near)
    assert near[0] @ near[1] > near[0] @ near[2] + 0.2
    _, by_name, _ = senses.vectors(["甲锻造", "乙锻造厂", "丙酒业"], ["", "", ""])
    assert by_name[0] @ by_name[1] > by_name[0] @ by_name[2] + 0.2


def test_a_word_that_no_labelled_firm_has_is_told_by_its_company(senses: Senses) -> None:
    labelled = [
        Labelled(f"{label}{n}", thing, label)
        for n in range(3)
        for label, (_, things) in TRADES.items()
        for thing in things[:3]
    ]
    unseen = [thing for _, things in TRADES.values() for thing in things[4:]]
    answers = [label for label, (_, things) in TRADES.items() for _ in things[4:]]
    known = Classifier.fit("二类", labelled, senses=senses)
    told = [one.label for one in known.classify(["某公司"] * len(unseen), unseen)]
    assert told == answers
    plain = [one.label for one in Classifier.fit("二类", labelled).classify(["某公司"] * len(unseen), unseen)]
    assert plain != answers


def test_a_register_of_few_words_shows_no_senses() -> None:
    assert learn_senses(*register(60)) is None and learn_senses([], []) is None


def test_a_classifier_with_senses_is_saved_with_them(tmp_path: Path, senses: Senses) -> None:
    _trial, classifier = learn(rows(), "三类", senses=senses)
    classifier.save(tmp_path / "三类.npz")
    asked = ["甲锻造厂", ""], ["法兰、齿轮；货物运输", "白酒"]
    assert Classifier.load(tmp_path / "三类.npz").classify(*asked) == classifier.classify(*asked)
