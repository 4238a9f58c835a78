"""`liantu read --llm`: proposals beside the findings, and only when asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.proposing.standin import StandIn, running

from liantu.cli import main

SENTENCE = "“一泓清水入黄河”工程惠及沿线群众，和顺示例广场等你来。"
FOUND = {"kind": "enterprise", "sentence": SENTENCE, "name": "和顺示例广场", "role": None}


@pytest.fixture
def model() -> Iterator[StandIn]:
    with running() as stand_in:
        yield stand_in


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "晋中.txt"
    path.write_text(
        f"晋中打好五张牌\n2024年10月5日 来源：晋中日报\n晋中市推广甲醇汽车5623辆。\n{SENTENCE}\n", encoding="utf-8"
    )
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["read", *map(str, words)])


def test_proposals_stand_apart(model: StandIn, paper: Path) -> None:
    model.says(FOUND, FOUND | {"name": "太原虚构厂"})
    asked = ("--llm", "--llm-address", model.address, "--llm-model", "示例模型")
    plain = json.loads(run(paper, "--format", "jsonl").stdout)
    result = run(paper, "--format", "jsonl", *asked)
    found = json.loads(result.stdout)
    assert result.exit_code == 0 and "127.0.0.1" in result.stderr and "示例模型" in result.stderr
    assert {name: found[name] for name in plain} == plain
    assert found["proposals"]["origin"] == "示例模型" and found["proposals"]["refused"] == {"no_name": 1}
    assert [item["name"] for item in found["proposals"]["items"]] == ["和顺示例广场"]
    model.says(FOUND)
    shown = run(paper, *asked).stdout
    assert shown.index("5,623辆") < shown.index("模型提议") < shown.index("和顺示例广场")


def test_the_environment_names_a_model_and_does_not_turn_it_on(
    model: StandIn, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANTU_LLM_ADDRESS", model.address)
    monkeypatch.setenv("LIANTU_LLM_MODEL", "示例模型")
    monkeypatch.setenv("LIANTU_LLM_KEY", "geheim")
    assert "模型提议" not in run(paper).stdout and model.asked == []
    assert "模型提议" in run(paper, "--llm").stdout
    assert model.seen[0]["authorization"] == "Bearer geheim"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--llm",), "--llm-address"),
        (("--llm", "--llm-address", "localhost"), "模型地址"),
        (("--llm", "--llm-address", "http://127.0.0.1:1/v1"), "模型名称"),
        (("--llm-address", "http://127.0.0.1:1/v1"), "没有 --llm"),
        (("--llm", "--jobs", "2"), "--jobs"),
    ],
)
def test_what_cannot_be_asked_is_said(paper: Path, words: tuple[str, ...], said: str) -> None:
    result = run(paper, *words)
    assert result.exit_code == 2 and said in result.stderr


def test_a_server_that_fails_costs_no_finding(model: StandIn, paper: Path, tmp_path: Path) -> None:
    model.status = 500
    other = tmp_path / "又一份.txt"
    other.write_text("太原市建成加注站12座。\n", encoding="utf-8")
    result = run(paper, other, "--format", "jsonl", "--llm", "--llm-address", model.address, "--llm-model", "m")
    assert result.exit_code == 1 and len(result.stdout.splitlines()) == 2 and len(model.asked) == 1
    assert "没有回答（500）" in result.stderr
