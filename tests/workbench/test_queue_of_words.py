"""Words that lost their place, and proposals, in the queue and in the record of decisions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from tests.proposing.standin import running

from liantu.extraction import extract
from liantu.ledger import services
from liantu.ledger.models import FigureView, Source
from liantu.ledger.proposals import propose_for
from liantu.proposing import Endpoint
from liantu.reading import read_document

HEAD = "晋中市产业链工作通报\n\n2024-10-05 来源：晋中日报\n\n"


def keep(path: Path, text: str) -> Source:
    path.write_text(HEAD + text, encoding="utf-8")
    document = read_document(path)
    return services.add_findings(document, extract(document), path=path).source


@pytest.fixture
def changed(db: None, tmp_path: Path) -> Source:
    """A paper of which a corrected sentence was rewritten."""
    path = tmp_path / "通报.txt"
    keep(path, "晋中市建成甲醇加注站58座。")
    row = FigureView.objects.get(number="58")
    services.review_statement(row.pk, "corrected", "李四", "以台账为准", {"value": 60.0})
    return keep(path, "晋中市建成甲醇加注站59座。")


def test_a_word_that_lost_its_place_waits_in_the_queue(
    clerk: Client, page: Callable[..., str], changed: Source
) -> None:
    for address in ("/review", "/review?kind=left"):
        shown = page(address)
        assert "旧版本上的结论" in shown and "以台账为准" in shown and "新版本里没有这句话" in shown
        assert f"/documents/{changed.pk}" in shown and "60" in shown
    [left] = services.left_behind()
    said = clerk.post(f"/review/left/review/{left.word.pk}/drop", headers={"HX-Request": "true"}).content.decode()
    assert "不再列出" in said and "以台账为准" not in page("/review?kind=left")
    assert "以台账为准" in page("/review/history")
    assert clerk.post(f"/review/left/other/{left.word.pk}/drop").status_code == 404


def test_a_word_that_moved_is_recorded_once(clerk: Client, page: Callable[..., str], db: None, tmp_path: Path) -> None:
    path = tmp_path / "通报.txt"
    keep(path, "晋中市建成甲醇加注站58座。")
    services.review_statement(FigureView.objects.get(number="58").pk, "rejected", "李四", "口径不同")
    keep(path, "晋中市建成甲醇加注站58座。\n\n又添一段。")
    shown = page("/review/history")
    assert shown.count("口径不同") == 1 and "随新版本移来" in shown


def test_a_proposal_waits_marked_as_one(clerk: Client, page: Callable[..., str], db: None, tmp_path: Path) -> None:
    sentence = "“一泓清水入黄河”工程惠及两岸群众，和顺示例广场等你来。"
    source = keep(tmp_path / "通报.txt", sentence)
    with running() as model:
        model.says({"kind": "enterprise", "sentence": sentence, "name": "和顺示例广场", "role": "leading"})
        propose_for(source.pk, Endpoint(model.address, "示例模型"))
    shown = page("/review?kind=proposal")
    assert "由模型 示例模型 提议，未经人核实，不计入" in shown and "<mark>和顺示例广场</mark>" in shown
    [row] = services.waiting_proposals()
    clerk.post(f"/review/proposals/{row.pk}", {"verdict": "refused"}, headers={"HX-Request": "true"})
    assert "和顺示例广场" not in page("/review?kind=proposal")
    assert "和顺示例广场" in page("/review/history")
    clerk.post(f"/review/proposals/{row.pk}/undo")
    assert "和顺示例广场" in page("/review?kind=proposal")
