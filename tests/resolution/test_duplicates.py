"""Which documents are copies of which, whatever a host has done to them."""

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc_pyo3 import OpenCC

from liantu.reading import read_document
from liantu.resolution.duplicates import (
    DuplicateIndex,
    Signature,
    body_text,
    compare_texts,
    find_duplicates,
    may_be_copies,
    signature,
)

DEVELOP = Path(__file__).parents[1] / "gold" / "develop"
ARTICLES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(DEVELOP.glob("*.txt"))}
NEWS = ARTICLES["210"]  # groundbreaking in Datong


def clean(text: str) -> str:
    return body_text(read_document(text.encode(), "文.txt"))


def kind_of(left: str, right: str) -> str | None:
    pairs = find_duplicates({"甲": clean(left), "乙": clean(right)})
    return pairs[0].overlap.kind if pairs else None


def strewn(text: str, seed: int) -> str:
    rng = random.Random(seed)
    return "".join(c + rng.choice("#^*◆★") if "一" <= c <= "鿿" and rng.random() < 0.04 else c for c in text)


def test_annotated_documents_are_no_copies_of_each_other() -> None:
    assert find_duplicates({name: clean(text) for name, text in ARTICLES.items()}) == ()


def test_a_traditional_copy_is_identical() -> None:
    assert kind_of(NEWS, OpenCC("s2t").convert(NEWS)) == "identical"


def test_doubled_marks_change_nothing() -> None:
    assert kind_of(NEWS, re.sub("[，。]", r"\g<0>，", NEWS)) == "identical"


def test_strewn_characters_leave_a_repost() -> None:
    rng = random.Random(1)
    garbled = "".join(c + rng.choice("のえ龘靐") if "一" <= c <= "鿿" and rng.random() < 0.05 else c for c in NEWS)
    assert kind_of(NEWS, garbled) == "repost"
    assert kind_of(garbled, NEWS) == "repost"


def test_a_repost_in_another_page_is_found() -> None:
    page = "网友热议｜大项目为何青睐大同\n\n" + NEWS + "\n\n你怎么看？欢迎在评论区留言讨论。\n深度：一座煤城的转身"
    assert kind_of(NEWS, page) == "repost"


def test_some_paragraphs_are_an_excerpt_with_its_share_on_each_side() -> None:
    paragraphs = [p for p in NEWS.split("\n") if p][2:5]
    whole, part = clean(NEWS), "\n".join(paragraphs)
    (pair,) = find_duplicates({"全文": whole, "节选": part})
    assert (pair.left, pair.right, pair.overlap.kind) == ("全文", "节选", "excerpt")
    assert pair.overlap.right_share > 0.95
    assert pair.overlap.left_share == pytest.approx(len(part) / len(whole), abs=0.1)


def test_shuffled_and_reworded_sentences_are_spun() -> None:
    sentences = [s for s in re.split("(?<=[。！？\n])", NEWS) if s.strip()]
    random.Random(3).shuffle(sentences)
    reworded = "".join(sentences).replace("目前", "现阶段").replace("集中开工", "同步开建").replace("达", "达到了")
    assert kind_of(NEWS, reworded) == "spun"


@pytest.mark.parametrize("name", ["204", "212", "216"])
def test_another_month_on_the_same_template_is_no_copy(name: str) -> None:
    rng = random.Random(5)
    changed = re.sub(r"\d", lambda _: str(rng.randint(1, 9)), ARTICLES[name])
    assert kind_of(ARTICLES[name], changed) is None


def test_quoting_one_paragraph_makes_no_copy() -> None:
    quoted = max(NEWS.split("\n"), key=len)
    assert kind_of(NEWS, ARTICLES["217"] + "\n" + quoted) is None


def test_passages_hold_the_same_words_on_both_sides() -> None:
    left, right = clean(NEWS), "前言：以下为摘编。\n" + "\n".join(clean(NEWS).split("\n")[3:6])
    (pair,) = find_duplicates([("左", left), ("右", right)])
    assert pair.overlap.passages
    for passage in pair.overlap.passages:
        assert left[slice(*passage.left)] == right[slice(*passage.right)]


def test_the_index_tells_each_text_which_earlier_ones_it_copies() -> None:
    index = DuplicateIndex()
    assert index.add("日报", clean(NEWS)) == ()
    assert index.add("无关", clean(ARTICLES["220"])) == ()
    (repost,) = index.add("转载", clean(strewn(NEWS, 2)))
    assert repost.id == "日报"
    again = index.add("再转", clean(NEWS))
    assert {m.id for m in again} == {"日报", "转载"}
    assert next(m for m in again if m.id == "日报").overlap.kind == "identical"
    assert len(index) == 4


def test_texts_may_stay_with_their_owner() -> None:
    texts = {"日报": clean(NEWS), "节选": "\n".join(clean(NEWS).split("\n")[2:6])}
    index = DuplicateIndex(text_of=texts.__getitem__)
    found = [match.id for id, text in texts.items() for match in index.add(id, text)]
    assert found == ["日报"]


def test_signatures_kept_elsewhere_find_the_same_copies() -> None:
    texts = {name: clean(text) for name, text in ARTICLES.items()}
    copy = clean(strewn(OpenCC("s2t").convert(NEWS), 4))
    kept = {name: signature(text) for name, text in texts.items()}
    own = signature(copy)
    near = [name for name, other in kept.items() if own and other and worth(own, other)]
    assert "210" in near and len(near) <= 3
    assert [n for n in near if compare_texts(texts[n], copy)] == ["210"]
    assert signature("签约") is None


def test_every_month_on_one_template_is_not_compared() -> None:
    months = [
        signature(
            clean(
                f"本月全市规模以上工业增加值增长{3 + m}.{m}17%，固定资产投资完成{512 + 13 * m}.4亿元，社会消费品零售总额{207 + 9 * m}.6亿元，"
                f"一般公共预算收入{431 + 7 * m}.2亿元，外贸进出口总值{118 + 5 * m}.3亿元，工业用电量{991 + 3 * m}.5亿千瓦时。"
            )
        )
        for m in range(6)
    ]
    assert not any(worth(a, b) for a, b in pairwise(months) if a and b)
    assert all(worth(a, a) for a in months if a)


def worth(left: Signature, right: Signature) -> bool:
    """Whether the two would be compared in full."""
    shared = len({*left.shingles} & {*right.shingles}), len({*left.numbers} & {*right.numbers})
    return may_be_copies(
        (shared[0], len(left.shingles), len(right.shingles)), (shared[1], len(left.numbers), len(right.numbers))
    )


def test_the_same_id_twice_is_refused() -> None:
    index = DuplicateIndex()
    index.add("日报", "大同市重大项目集中开工")
    with pytest.raises(ValueError, match=r"日报.*换一个编号.*another id"):
        index.add("日报", "别的文章")


@pytest.mark.parametrize("text", ["", "，。！", "签约", "2024年", "🙂" * 50, "a" * 300])
def test_tiny_and_odd_texts_match_only_their_like(text: str) -> None:
    index = DuplicateIndex()
    index.add("新闻", clean(NEWS))
    assert index.add("甲", text) == ()
    assert [m.overlap.kind for m in index.add("乙", text)] in ([], ["identical"])


def test_words_of_an_english_text_are_compared() -> None:
    text = " ".join(f"The county signed agreement {n} with a maker of solar cells and glass." for n in range(30))
    other = " ".join(f"Rainfall in district {n} stayed far below what farmers had hoped for." for n in range(30))
    index = DuplicateIndex()
    index.add("en", text)
    assert index.add("other", other) == ()
    assert [m.id for m in index.add("copy", text.replace("solar cells", "batteries"))] == ["en"]


@given(st.sampled_from(sorted(ARTICLES)), st.integers(0, 2**16))
@settings(max_examples=25, deadline=None)
def test_the_order_of_arrival_changes_nothing_but_sides(name: str, seed: int) -> None:
    left, right = clean(ARTICLES[name]), clean(strewn(ARTICLES[name], seed))
    (there,) = find_duplicates({"左": left, "右": right})
    (back,) = find_duplicates({"右": right, "左": left})
    assert {there.left, there.right} == {"左", "右"}
    assert there.overlap.kind == back.overlap.kind
    assert there.overlap.left_share == pytest.approx(back.overlap.right_share, abs=0.05)


@given(st.text(max_size=400), st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_texts_are_taken(left: str, right: str) -> None:
    for pair in find_duplicates({"左": left, "右": right}):
        assert 0 < pair.overlap.share <= 1
        for passage in pair.overlap.passages:
            assert 0 <= passage.left[0] < passage.left[1] <= len(left)
            assert 0 <= passage.right[0] < passage.right[1] <= len(right)
