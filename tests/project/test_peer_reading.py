"""The glue that the reader is compared with, on stand-ins for the packages it is made of."""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
MAGNITUDES = {"万": 1e4, "亿": 1e8}
WORDS = {
    "2024年": "TIME", "一季度": "TIME", "祁县": "LOC", "晋中市": "LOC", "规上工业": "n", "增加值": "n", "玻璃器皿": "n", "产业": "n",
    "红海玻璃有限公司": "ORG", "高硼硅": "n", "新建": "vn", "项目": "n", "总": "a", "投资": "n", "企业": "n", "完成": "v", "增长": "v",
    "达到": "v", "力争": "v", "，": "w", "。": "w", "的": "u", "在": "p", "开工": "v", "形成": "v",
}  # fmt: skip


@pytest.fixture(scope="module")
def benchmarks() -> Iterator[None]:
    """The folder of the benchmarks is where their modules look for each other."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield
    sys.path.remove(str(ROOT / "benchmarks"))


@pytest.fixture(scope="module")
def peer(benchmarks: None) -> ModuleType:
    return importlib.import_module("peer_reading")


@pytest.fixture(scope="module")
def parts(peer: ModuleType) -> Any:
    """Stand-ins: a word list for the tagger, two places, plain numerals, years and quarters."""
    place = importlib.import_module("peer_text").Place
    names = {"祁县": ("山西省", "晋中市", "祁县"), "晋中市": ("山西省", "晋中市")}

    def tag(text: str) -> list[tuple[str, str]]:
        pattern = "|".join(map(re.escape, sorted(WORDS, key=len, reverse=True))) + r"|\d[\d.]*[万亿]*[%元家个吨]*|\s|."
        return [(word, WORDS.get(word, "m" if word[0].isdigit() else "xc")) for word in re.findall(pattern, text, re.S)]

    def numeral(written: str) -> float:
        factor = 1.0
        for magnitude in re.findall("[万亿]", written):
            factor *= MAGNITUDES[magnitude]
        digits = re.sub(r"[^\d.]", "", written)
        return float(digits or 1) * factor

    return importlib.import_module("peer_text").Parts(
        tag=tag,
        places=lambda raw: [place(m.start(), names[m[0]]) for m in re.finditer("祁县|晋中市", raw)],
        numeral=numeral,
        dates=lambda said, today: peer.dates(said, today, lambda text, today: None),
        simplified=lambda text: text.replace("億", "亿"),
    )


def test_a_figure_has_value_indicator_subject_status_and_period(peer: ModuleType, parts: Any) -> None:
    raw = "2024年，祁县规上工业增加值完成35.5億(yi)元，增长6.2%。力争规上工业企业达到30家。"
    found = peer.read(raw, parts)["figures"]
    assert [(f["value"], f["unit"], f["kind"], f["status"]) for f in found] == [
        (3.55e9, "元", "level", "actual"),
        (6.2, "%", "change", "actual"),
        (30, "家", "level", "target"),
    ]
    assert [raw[slice(*f["span"])] for f in found] == ["35.5億", "6.2", "30"]
    assert {f["period"] for f in found} == {"2024"}
    assert found[0]["subject"] == "祁县"
    assert "增加值" in found[0]["indicator"] and "增加值" in found[1]["indicator"]


def test_projects_enterprises_chains_and_relations_are_named(peer: ModuleType, parts: Any) -> None:
    found = peer.read("红海玻璃有限公司在祁县高硼硅玻璃器皿新建项目总投资3亿元，开工。祁县形成玻璃器皿产业。", parts)
    assert found["enterprises"] == [{"name": "红海玻璃有限公司", "aliases": []}]
    [project] = found["projects"]
    assert project["name"].endswith("高硼硅玻璃器皿新建项目")
    assert (project["investment"], project["stage"]) == (3e8, "started")
    assert ("玻璃器皿", "祁县") in {(c["name"], c["holder"]) for c in found["chains"]}
    assert ("红海玻璃有限公司", "owns", project["name"]) in {
        (r["head"], r["relation"], r["tail"]) for r in found["relations"]
    }


@given(text=st.text(alphabet="祁县晋中市规上工业企业12.3万亿元%家个至，。、第余约占增长(a)总投资项目\n", max_size=80))
def test_whatever_the_text_each_number_is_at_its_place(peer: ModuleType, parts: Any, text: str) -> None:
    for figure in peer.read(text, parts)["figures"]:
        start, end = figure["span"]
        assert 0 <= start < end <= len(text)
        assert text[start] == figure["number"][0]


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("前三季度", "2024-01/2024-09"),
        ("今年1—8月", "2024-01/2024-08"),
        ("2023年一季度", "2023-01/2023-03"),
        ("四季度", "2024-10/2024-12"),
    ],
)
def test_quarters_and_months_are_periods(peer: ModuleType, said: str, period: str) -> None:
    span = peer.dates(said, date(2024, 10, 5), lambda text, today: None)
    assert importlib.import_module("peer_figures").spelled(span) == period


def test_a_text_without_places_has_none(peer: ModuleType) -> None:
    def stumble(raw: str, pos_sensitive: bool) -> Any:
        raise KeyError("省")

    assert peer.places("产值增长5%。", stumble) == []


def test_the_installed_parts_read_whatever_comes(peer: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    try:
        parts = peer.load_parts()
    except peer.PeerMissing as error:
        pytest.skip(f"needs {error}: make peers")
    assert [f["value"] for f in peer.read("产值增长百分之五，达3000余万元。", parts)["figures"]] == [5, 3e7]
    for raw in ("", "\n\n", "x" * 3000, "123,456.7.8万亿元百分之零分之零零分之五，第零位"):
        assert set(peer.read(raw, parts)) == {"figures", "projects", "enterprises", "chains", "relations"}


def test_missing_parts_are_named(peer: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(peer, "FOLDER", tmp_path / "none")
    for module in peer.PACKAGES:
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(peer.PeerMissing) as caught:
        peer.load_parts()
    assert caught.value.packages == list(peer.PACKAGES.values())


def test_make_peers_installs_what_is_needed_at_one_version(peer: ModuleType) -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    pins = {r.name: str(r.specifier) for r in map(Requirement, groups["peers"])}
    assert set(peer.PACKAGES.values()) <= set(pins)
    assert all(pins[package].startswith("==") for package in peer.PACKAGES.values())


def test_the_table_gives_both_and_their_ratio(benchmarks: None) -> None:
    spec = importlib.util.spec_from_file_location("benchmark_of_reading", ROOT / "benchmarks" / "reading.py")
    assert spec and spec.loader
    reading = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reading)
    tally = {"f1": 0.8, "hit": 8, "said": 10, "true": 10}
    kinds = ("projects", "enterprises", "chains", "relations")
    accuracy = {
        "figures": dict.fromkeys(("found", "named", "attributed", "complete"), tally),
        **dict.fromkeys(kinds, tally),
        "project_fields": {"investment": {"right": 1, "of": 2}, "stage": {"right": 0, "of": 0}},
    }
    half = {
        **accuracy,
        "figures": {**accuracy["figures"], "complete": {**tally, "f1": 0.4}},
        "relations": {**tally, "f1": 0.0},
    }
    peer = {"packages": {"cpca": "0.5.5"}, "accuracy": half, "characters_per_second": 20_000}
    rows = reading.compare({"accuracy": accuracy, "characters_per_second": {"both": 150_000}}, peer)
    ratios = {row["measure"]: row["ratio"] for row in rows}
    assert ratios["figures complete"] == 2 and ratios["characters a second"] == 7.5 and ratios["projects"] == 1
    assert ratios["relations"] is None
    lines = reading.comparison_lines(peer, rows)
    assert "cpca 0.5.5" in lines[0] and "150,000" in lines[-1] and lines[-1].endswith("7.50")
    assert "missing cn2an" in reading.comparison_lines({"missing": ["cn2an"]}, [])[0]
