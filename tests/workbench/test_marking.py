"""Marks that overlap and nest never break the page and never change the text."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from liantu.workbench.marking import LAYERS, Span, marked, name_spans

texts = st.text("晋中市推广甲醇汽车5623辆<>&\"'\n", max_size=60)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(texts)
    bounds = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    pairs = draw(st.lists(bounds, max_size=12))
    kinds = st.sampled_from(LAYERS)
    return text, [Span(min(p), max(p), draw(kinds), f"id{i}", f"/s/{i}", '"><b>') for i, p in enumerate(pairs)]


class Reader(HTMLParser):
    """Collects the text and, for each character, the ids of the mark it stands in; fails on a mark left open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[set[str]] = []
        self.text = ""
        self.open: list[set[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "mark" and not self.open, "marks are flat"
        self.open.append(set((dict(attrs).get("data-ids") or "").split()))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        self.ids += [self.open[-1] if self.open else set()] * len(data)


@given(texts_with_spans())
def test_the_text_survives_and_every_character_knows_its_marks(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    html = marked(text, spans)
    assert unescape(re.sub(r"<[^<>]*>", "", re.sub(r'title="[^"]*"', "", html))) == text
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.text == text and not reader.open
    for at, ids in enumerate(reader.ids):
        assert ids == {s.id for s in spans if s.start <= at < s.end and s.kind != "sentence"}


@given(texts_with_spans(), st.integers(0, 60), st.integers(0, 60))
def test_a_window_shows_just_its_part(case: tuple[str, list[Span]], a: int, b: int) -> None:
    text, spans = case
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    reader = Reader()
    reader.feed(marked(text, spans, start, end))
    reader.close()
    assert reader.text == text[start:end]


def test_a_figure_inside_a_project_opens_the_figure_and_belongs_to_both() -> None:
    text = "年产56GW垂直一体化大基地"
    html = marked(text, [Span(0, len(text), "project", "p", "/p"), Span(2, 4, "figure", "f", "/f")])
    assert '<mark class="m figure" data-ids="p f" data-url="/f" tabindex="0">56</mark>' in html


def test_the_figure_asked_for_is_told_apart() -> None:
    html = marked("58座加注站", [Span(0, 2, "figure", "f"), Span(0, 6, "sentence", "s")], found="f")
    assert 'class="m figure found"' in html


def test_names_are_found_everywhere_but_in_furniture_and_longest_first() -> None:
    text = "太钢集团与太钢大明。太钢集团"
    spans = name_spans(
        text, [("太钢", Span(0, 0, "enterprise", "a")), ("太钢集团", Span(0, 0, "enterprise", "b"))], [(10, 14)]
    )
    assert sorted((s.start, s.end, s.id) for s in spans) == [(0, 4, "b"), (5, 7, "a")]
