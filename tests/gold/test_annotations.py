"""Every annotation stands in its document and keeps to the values the published format allows."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from liantu.evaluation.gold import load_gold
from liantu.extraction.model import Bound, Kind, RelationName, Role, Stage, Status
from liantu.reading import read_document

HERE = Path(__file__).parent
ANNOTATIONS = sorted(HERE.glob("*/*.json"))
PERIOD = re.compile(r"(\.\./)?\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?")
by_name = pytest.mark.parametrize("path", ANNOTATIONS, ids=lambda path: f"{path.parent.name}-{path.stem}")


@pytest.mark.parametrize("folder", ["develop", "judge"])
def test_every_text_has_its_annotation(folder: str) -> None:
    texts = {path.stem for path in (HERE / folder).glob("*.txt")}
    assert len(texts) >= 5
    assert texts == {path.stem for path in (HERE / folder).glob("*.json")}


@by_name
def test_figures_stand_where_the_annotation_says_and_nowhere_twice(path: Path) -> None:
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    gold = load_gold(path, text)
    spans = [figure.span for figure in gold.figures]
    assert len(spans) == len(set(spans)) >= 20
    assert all(text[start:end] == figure.number for (start, end), figure in zip(spans, gold.figures, strict=True))


@by_name
def test_figures_use_the_words_of_the_format(path: Path) -> None:
    for figure in json.loads(path.read_text(encoding="utf-8"))["figures"]:
        assert figure["bound"] in get_args(Bound)
        assert figure["kind"] in get_args(Kind)
        assert figure["status"] in get_args(Status)
        assert figure["subject"] and figure["unit"]
        assert figure["period"] is None or PERIOD.fullmatch(figure["period"])
        assert all(any(part in figure["indicator"] for part in must.split("|")) for must in figure["must"])


@by_name
def test_names_stages_roles_and_relations_are_known(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    assert {project["stage"] for project in gold["projects"]} <= {*get_args(Stage), None}
    assert {chain["role"] for chain in gold["chains"]} <= {*get_args(Role), None}
    assert {relation["relation"] for relation in gold["relations"]} <= {*get_args(RelationName)}


@by_name
def test_project_owners_are_among_the_enterprises(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    named = {alias for aliases in gold["enterprises"] for alias in aliases}
    owners = [set(project["owner"]) for project in gold["projects"] if project["owner"]]
    assert all(owner & named for owner in owners)


def wide(text: str) -> str:
    """Brackets in one width, whichever the writer used."""
    return text.translate(str.maketrans("()", "（）"))


@by_name
def test_every_enterprise_and_project_is_named_in_the_text(path: Path) -> None:
    text = read_document(path.with_suffix(".txt")).text.clean
    gold = json.loads(path.read_text(encoding="utf-8"))
    names = [*gold["enterprises"], *(project["name"] for project in gold["projects"])]
    assert [aliases for aliases in names if not any(wide(alias) in wide(text) for alias in aliases)] == []
