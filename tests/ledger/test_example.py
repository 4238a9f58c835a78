"""The example region: what its README says is to be found in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.ledger.making import snapshot

from liantu.ledger import services
from liantu.ledger.models import Fact, FigureView, ProjectView, Source, Statement

EXAMPLE = Path(__file__).parents[2] / "examples" / "shanxi"


@pytest.fixture
def example(ledger: str) -> None:
    """The example region, read."""
    services.ingest_folder(EXAMPLE)


def sources_of(value: float, subject: str, words: str = "") -> set[tuple[str, frozenset[str]]]:
    """(state, numbers of the documents) of the facts with a value about somebody."""
    found = set()
    for fact in Fact.objects.filter(figures__value=value, figures__subject_name__contains=subject).distinct():
        rows = FigureView.objects.filter(fact=fact).select_related("source")
        if any(words in row.indicator for row in rows):
            names = frozenset(m[0] for row in rows if row.source and (m := re.match(r"\d\d|[^.]+", row.source.name)))
            found.add((fact.state, names))
    return found


def test_the_example_is_what_its_readme_says(example: None) -> None:
    assert not Source.objects.exclude(state="ready").exists()
    # They disagree.
    assert ("conflict", frozenset({"01", "03"})) in sources_of(58, "晋中市", "加注站")
    assert Fact.objects.get(state="conflict", indicator__contains="加注站").reason == "value_differs"
    module = ProjectView.objects.get(conflict="investment", name__contains="8GW")
    values = Statement.objects.filter(subject__canonical=module.entity_id, kind="project", value__isnull=False)
    assert {s.value for s in values} == {3.6e9, 3.8e9}
    # They agree.
    assert ("agreed", frozenset({"01", "02"})) in sources_of(5623, "晋中市", "甲醇汽车")
    assert ("agreed", frozenset({"02", "10"})) in sources_of(22, "太原市", "链主")
    assert ("agreed", frozenset({"02", "10"})) in sources_of(225, "太原市", "企业清单")
    assert any(names >= {"04", "09"} for state, names in sources_of(7e9, "泰山玻纤", "投资") if state == "agreed")
    assert ("agreed", frozenset({"02", "08"})) in sources_of(11.2, "忻州市", "增加值")
    assert ("agreed", frozenset({"05", "11"})) in sources_of(7.099e11, "山西省", "营业收入")
    # It is missing, and asked for.
    undated = Source.objects.get(name__startswith="10")
    assert undated.published is None and any(p["code"] == "no_date" for p in undated.problems)
    # A file says as many figures as the list of its figures holds, be they in sentences or in cells.
    for source in Source.objects.all():
        assert source.n_figures == FigureView.objects.filter(source=source).count()
    assert Source.objects.get(name="项目台账.xlsx").n_figures == 96
    # Every number and every sentence stands in its file, character for character.
    for s in Statement.objects.exclude(number_start=None).select_related("source__text"):
        raw = s.source.text.raw if s.source else ""
        assert raw[s.number_start : s.number_end].strip()
        if s.kind == "figure":
            assert raw[s.evidence_start : s.evidence_end] == s.sentence
    before = snapshot()
    services.rebuild_views()
    assert snapshot() == before
