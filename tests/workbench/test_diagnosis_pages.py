"""Pages of diagnosis: on a made-up registry reckoned by hand, and on the small ledger where none is loaded."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.ledger.making import document, findings

from liantu.extraction.model import Chain, Evidence
from liantu.ledger import services
from liantu.registry import Atlas, Shelf, load_lists
from liantu.registry.kept import largest_on
from liantu.workbench.diagnosing import _atlas

ROWS = [
    *(f"定襄县示例{n}法兰厂,{2000 + n}-05-01,锻件、法兰制造,定襄县晋昌镇{n}号" for n in range(1, 6)),
    *(f"太原示例{n}钢带有限公司,2024-05-01,不锈钢带、精密带钢的生产,太原市尖草坪区{n}号" for n in range(1, 5)),
    "太原示例法兰厂,2010-05-01,法兰制造,太原市小店区1号",
]
FLANGE = "特钢材料 · 锻件与法兰"


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own with ten firms: five flange makers in 忻州, four steelworks and a flange maker in 太原."""
    path = tmp_path / "名单.csv"
    path.write_text("企业名称,成立日期,经营范围,住所\n" + "\n".join(ROWS) + "\n", encoding="utf-8")
    monkeypatch.setenv("LIANTU_HOME", str(tmp_path))
    load_lists([path], tmp_path / "registry", as_of=date(2024, 12, 31))
    return tmp_path


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_place_shows_its_steps_and_every_number_opens_its_firms(page: Callable[..., str], registry: Path) -> None:
    html = page("/diagnosis/place/140900")
    said = words(html)
    assert "企业登记库（10 家" in said and "参照：山西省" in said
    # Five of five firms there, six of ten in the province, twenty of its structure added: 17 of 15.
    assert "1.13" in said and "地区数不够，不能计算" in said
    [address] = set(re.findall(r'href="(/diagnosis/firms\?region=140900&amp;segment=[^"]*%E6%B3%95%E5%85%B0)"', html))
    firms = words(page(address.replace("&amp;", "&")))
    assert "共 5 家" in firms and "定襄县示例1法兰厂" in firms and "太原示例法兰厂" not in firms


def test_small_cells_are_guarded_and_without_a_strong_segment_no_gap_is_told(
    page: Callable[..., str], registry: Path
) -> None:
    assert "样本过少，不予显示" in words(page("/diagnosis/place/140100"))
    assert "没有一条链在这里有强环节" in words(page("/diagnosis/place/140900"))


def test_a_chain_shows_status_rule_numbers_and_what_cannot_be_said(page: Callable[..., str], registry: Path) -> None:
    html = page("/diagnosis/chain/特钢材料", region="140100")
    said = words(html)
    assert "只有这一家，而相邻环节有企业要靠它" in said and "清点过，一家也没有" in said
    assert re.search(r"锻件与法兰 下游 险 1 — 样本过少", said)
    assert "没有数据：文件里没有说过这里的本地配套率" in said and "<svg" in html


def test_places_are_compared_and_complexity_is_refused(page: Callable[..., str], registry: Path) -> None:
    said = words(page("/diagnosis/compare", region="140100,140900", regions="140100,140900"))
    assert "不能比较" in said  # one of the two ways of naming them is wrong
    said = words(page("/diagnosis/compare", regions="太原市,忻州市"))
    # One flange maker of five beside five of five: they have a fifth in common.
    assert "太原市 — 忻州市" in said and "0.2" in said and "几个地方之间算不出经济复杂度" in said
    assert re.search(rf"{FLANGE} 1 5", said)
    five = words(page("/diagnosis/compare"))
    assert "该地区合计为零" in five  # 晋中, 吕梁 and 阳泉 have no firm in this list


def test_what_documents_say_stands_beside_what_was_counted(page: Callable[..., str], registry: Path) -> None:
    text = "忻州市特钢材料产业链优势突出。"
    made = document(text, "忻州日报.txt", "忻州日报", date(2024, 10, 5))
    chain = Chain("特钢材料", (), "忻州市", "strong", Evidence(text, 0, len(text)))
    services.add_findings(made, findings(made, [], chains=(chain,)))
    html = page("/diagnosis/compare", regions="太原市,忻州市")
    assert "与数出来的一致" in html and 'href="/chains/%E7%89%B9%E9%92%A2%E6%9D%90%E6%96%99"' in html


def test_files_hold_the_tidy_rows(clerk: Client, registry: Path) -> None:
    book = load_workbook(BytesIO(clerk.get("/diagnosis/place/140900.xlsx").content))
    heads = [cell.value for cell in book.worksheets[0][1]]
    assert {"指标", "环节", "数值", "区间下限", "无值的原因", "参照", "覆盖"} <= set(heads)
    response = clerk.get("/diagnosis/compare.csv", {"regions": "太原市,忻州市"})
    rows = list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))))  # type: ignore[arg-type]
    [overlap] = [r for r in rows if r["指标"].startswith("重合度") and r["步骤"] == "相似（细分类）"]
    assert float(overlap["数值"]) == pytest.approx(0.2)
    assert all(bool(r["数值"]) != bool(r["无值的原因"]) for r in rows)
    firms = clerk.get("/diagnosis/firms.csv", {"region": "140921", "segment": FLANGE})
    assert b"".join(firms).decode("utf-8-sig").count("定襄县示例") >= 5  # type: ignore[arg-type]
    assert clerk.get("/diagnosis/chain/特钢材料/rows.xlsx", {"region": "140100"}).status_code == 200


def test_firms_are_listed_by_place_zone_and_industry(page: Callable[..., str], clerk: Client, registry: Path) -> None:
    more = registry / "园区.csv"
    more.write_text(
        "企业名称,成立日期,经营范围,住所\n大同示例商贸有限公司,2011-05-01,法兰的批发,大同市开发区1号\n甲乙,2011-05-01,,天镇县逯家湾镇\n",
        "utf-8",
    )
    load_lists([more], registry / "registry", as_of=date(2025, 1, 31))
    every = words(page("/diagnosis/firms"))
    assert (
        "共 12 家" in every
        and "大同经济技术开发区 1" in every
        and "33 金属制品业 6" in every
        and "（未归类） 1" in every
    )
    inside = words(page("/diagnosis/firms", zone="14101002"))
    assert "共 1 家" in inside and "F5174 五金产品批发" in inside
    assert "共 11 家" in words(page("/diagnosis/firms", zone="-"))
    makers = words(page("/diagnosis/firms", industry="C", region="140900"))
    assert "共 5 家" in makers and "定襄县晋昌镇" in makers and "C3393 锻件及粉末冶金制品制造" in makers
    assert "共 6 家" in words(page("/diagnosis/firms", industry="3393"))
    assert "共 1 家" in words(page("/diagnosis/firms", industry="-", q="甲乙"))
    rows = b"".join(clerk.get("/diagnosis/firms.csv", {"zone": "14101002"})).decode("utf-8-sig")  # type: ignore[arg-type]
    assert "大同经济技术开发区" in rows and len(rows.splitlines()) == 2


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/diagnosis/place/999999", 404, "没有代码为"),
        ("/diagnosis/place/140300", 200, "没有阳泉市的企业"),
        ("/diagnosis/chain/没有链?region=140100", 404, "台账里没有“没有链”的链谱大纲"),
        ("/diagnosis/compare?region=140100", 200, "2至12个"),
        ("/diagnosis/compare?region=140100&region=140921", 200, "同一级"),
        ("/diagnosis/firms?region=999999&zone=没有&industry=没有&segment=没有", 200, "共 <b>10</b> 家"),
        ("/diagnosis/firms?q=没有这家", 200, "一家也没有"),
        ("/diagnosis/place/140100.pdf", 404, "只能导出"),
    ],
)
def test_bad_questions_say_what_to_do(clerk: Client, registry: Path, address: str, status: int, said: str) -> None:
    response = clerk.get(address)
    assert response.status_code == status and said in response.content.decode()


def test_without_a_registry_the_ledger_answers_and_calls_nothing_missing(
    page: Callable[..., str], filled: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANTU_HOME", str(tmp_path))
    html = page("/diagnosis/chain/甲醇经济", region="140700")
    said = words(html)
    assert "台账里说起过的企业" in said and "非全数" in said
    assert "没有人清点过这个环节，不能说缺" in said and "有数据的环节 0%" in said
    assert html.count('segment-no_data">没有数据</span>') == 3 and "segment-missing" not in html
    assert "没有" in words(page("/diagnosis/place/140700"))
    assert "liantu registry load" in words(page("/diagnosis/place"))
    assert "liantu registry load" in words(page("/diagnosis/firms"))


def test_a_newer_list_is_seen_at_once(page: Callable[..., str], registry: Path) -> None:
    assert "10 家" in page("/diagnosis/place/140900")
    more = registry / "更新.csv"
    more.write_text("企业名称,成立日期,经营范围,住所\n定襄县示例9法兰厂,2011-05-01,法兰制造,定襄县晋昌镇9号\n", "utf-8")
    load_lists([more], registry / "registry", as_of=date(2025, 1, 31))
    assert "11 家" in page("/diagnosis/place/140900")


@pytest.mark.parametrize("address", ["/diagnosis/place/140900", "/diagnosis/compare", "/diagnosis/chain/特钢材料"])
def test_a_page_asks_the_database_few_questions(clerk: Client, registry: Path, address: str) -> None:
    clerk.get("/diagnosis/place")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert clerk.get(address).status_code == 200
    assert len(asked) <= 30, [q["sql"][:90] for q in asked]


def test_firms_behind_a_number_are_sorted_filtered_and_paged(
    page: Callable[..., str], clerk: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        f"太原示例{n:02}法兰厂,{2000 + n % 20}-05-01,{n % 7 or ''},法兰制造,太原市小店区{n}号" for n in range(1, 61)
    ]
    path = tmp_path / "名单.csv"
    path.write_text("企业名称,成立日期,注册资本(万元),经营范围,住所\n" + "\n".join(rows) + "\n", encoding="utf-8")
    monkeypatch.setenv("LIANTU_HOME", str(tmp_path))
    load_lists([path], tmp_path / "registry", as_of=date(2024, 12, 31))
    cell = {"region": "140100", "segment": FLANGE}

    def names(**asked: object) -> list[str]:
        return re.findall(r"太原示例\d\d法兰厂", page("/diagnosis/firms", **cell, **asked))

    first, second = names(), names(page=2)
    assert len(first) == 50 and len({*first, *second}) == 60
    assert first[0] == "太原示例06法兰厂"  # the largest capital, then by name
    assert set(second[-8:]) == {f"太原示例{n:02}法兰厂" for n in range(7, 61, 7)}  # those of unknown capital last
    assert names(sort="name")[0] == "太原示例01法兰厂" and names(sort="-name")[0] == "太原示例60法兰厂"
    assert names(sort="no such column") == first
    assert names(q="示例17") == ["太原示例17法兰厂"] and names(q="法兰 示例17 太原") == ["太原示例17法兰厂"]
    assert "一家也没有" in words(page("/diagnosis/firms", **cell, q="' OR 1=1 --"))
    told = clerk.get("/diagnosis/firms.csv", {**cell, "q": "示例1", "sort": "-name"})
    listed = (
        b"".join(told.streaming_content).decode("utf-8-sig") if told.streaming else told.content.decode("utf-8-sig")
    )
    assert re.findall(r"太原示例\d\d", listed) == [f"太原示例{n}" for n in range(19, 9, -1)]
    older = Shelf(tmp_path / "registry").version
    assert older is not None
    (older / "placed.parquet").unlink()  # as a version had it from before it was kept
    _atlas.cache_clear()
    assert names() == first


def test_large_firms_of_several_places_at_once(registry: Path) -> None:
    version = Shelf(registry / "registry").version
    assert version is not None
    with Atlas(version) as atlas:
        found = largest_on(atlas, "特钢材料", "锻件与法兰", ["140900", "140100", "140921", "140300"], 3)
    assert {place: len(firms) for place, firms in found.items()} == {"140900": 3, "140100": 1, "140921": 3}
    assert found["140100"] == [("太原示例法兰厂", "法兰", None)]
