"""Who is who on the pages: the list, the review, deciding, taking back, the enterprise's card, and whose rows one may see."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.ledger.people import account
from tests.ledger.test_registry_links import CRYSTAL, FORGE, firm, listed
from tests.registry.test_loading import code, list_of

from liantu.ledger import services
from liantu.ledger.models import Entity, Job, RegistryLink, RegistryMatch
from liantu.ledger.rights import as_viewer
from liantu.registry import load_lists
from liantu.vocabulary import regions
from liantu.workbench import registry_rows

BRANCH = f"{CRYSTAL}古交分公司"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIANTU_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def store(home: Path, tmp_path: Path, db: None) -> Path:
    old = list_of(tmp_path, listed(1, "太原示例老晶体有限公司"), name="旧名单.csv")
    rows = (
        listed(1, CRYSTAL),
        listed(2, FORGE, "忻州市忻府区新建路3号"),
        listed(3, "阳泉示例宏远锻造有限公司", "阳泉市城区南大街4号"),
        listed(4, BRANCH, "古交市桃园路2号"),
    )
    load_lists([old], home / "registry", as_of=date(2020, 1, 1))
    load_lists([list_of(tmp_path, *rows, name="新名单.csv")], home / "registry", as_of=date(2024, 1, 1))
    return home / "registry"


@pytest.fixture
def firms(store: Path) -> dict[str, int]:
    made = {
        "crystal": firm(CRYSTAL, place="太原市"),
        "forge": firm("示例宏远锻造", place="忻州市"),
        "none": firm("没有这家示例股份有限公司"),
    }
    services.resolve()
    return made


def test_the_list_says_where_each_stands_and_filters_sorts_and_exports(firms: dict[str, int], page: Any) -> None:
    html = page("/registry")
    assert CRYSTAL in html and code(1) in html and "登记名称完全相同" in html
    assert "共 <b>3</b> 条" in html and "名单截至 2024-01-01" in html
    assert "共 <b>1</b> 条" in page("/registry", state="review") and "示例宏远锻造" in page("/registry", state="review")
    assert "没有这家" in page("/registry", state="new", sort="name")
    assert CRYSTAL not in page("/registry", region="140900")
    assert "在这些条件下没有企业" in page("/registry", state="confirmed")
    assert "not in the registry" not in html


def test_the_files_hold_what_the_list_shows(firms: dict[str, int], clerk: Client) -> None:
    text = b"".join(clerk.get("/registry.csv", {"state": "automatic"}).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    head, row, *rest = text.splitlines()
    assert head.startswith("企业,地区,对应情况,登记企业,统一社会信用代码") and not rest
    assert row.startswith(f"{CRYSTAL},太原市,自动对应,{CRYSTAL},{code(1)},")
    assert clerk.get("/registry.xlsx").content[:2] == b"PK"
    assert clerk.get("/registry.pdf").status_code == 404


def test_programs_are_told_the_same(firms: dict[str, int], clerk: Client) -> None:
    told = clerk.get("/api/registry-links").json()
    by_name = {row["name"]: row for row in told["items"]}
    assert (by_name[CRYSTAL]["state"], by_name[CRYSTAL]["uscc"]) == ("automatic", code(1))
    assert {c["firm"] for c in by_name["示例宏远锻造"]["candidates"]} == {code(2), code(3)}
    assert clerk.get("/api/registry-links", {"state": "waiting"}).json()["count"] == 0
    assert clerk.get("/api/registry-links", {"state": "perhaps"}).status_code == 422


def test_the_review_shows_sentences_and_firms_side_by_side_with_reasons(firms: dict[str, int], page: Any) -> None:
    html = page("/registry/review")
    assert "示例宏远锻造位于忻州市" in html
    assert code(2) in html and code(3) in html and "《新名单.csv》第 3 行" in html
    assert "登记地 一致" in html and "登记地 不一致" in html and "字号 一致" in html and "公司形式 看不出" in html
    assert f'value="same {code(2)}" data-key="1"' in html and 'data-key="n"' in html and "1 / 1" in html


def decide(clerk: Client, entity: int, say: str, **more: Any) -> str:
    response = clerk.post(
        f"/registry/enterprises/{entity}/decide", {"say": say}, headers={"HX-Request": "true"}, **more
    )
    assert response.status_code == 200
    return str(response.content.decode())


def test_deciding_and_taking_back_on_the_pages(firms: dict[str, int], clerk: Client, page: Any) -> None:
    forge = firms["forge"]
    said = decide(clerk, forge, f"same {code(2)}")
    assert "就是登记库中的" in said and "data-judged" in said
    link = RegistryLink.objects.get(entity=forge)
    assert (link.how, link.firm) == ("confirmed", code(2))
    card = page(f"/enterprises/{forge}")
    assert "人工确认" in card and FORGE in card and "clerk" in card
    change = said.split("/registry/changes/")[1].split("/")[0]
    assert clerk.post(f"/registry/changes/{change}/undo").status_code == 302
    assert not RegistryLink.objects.filter(entity=forge, removed_at=None).exists()
    assert "不再提示" in decide(clerk, forge, f"not {code(3)}")
    assert code(3) not in page("/registry/review")
    assert "登记库里没有" in decide(clerk, forge, "none")
    assert RegistryMatch.objects.get(pk=forge).band == "new"
    assert "有人认定登记库里没有它" in page(f"/enterprises/{forge}")
    for wrong in ("", "same", "none x", "perhaps", f"same {code(88)}"):
        assert clerk.post(f"/registry/enterprises/{forge}/decide", {"say": wrong}).status_code == 404


def test_decisions_stand_in_the_record_of_decisions_and_are_taken_back_there(
    firms: dict[str, int], clerk: Client, page: Any
) -> None:
    forge = firms["forge"]
    clerk.post(f"/registry/enterprises/{forge}/decide", {"say": f"not {code(3)}", "reason": "电话核实"})
    decide(clerk, forge, f"same {code(2)}")
    history = page("/review/history")
    assert "就是这一家" in history and "不是这一家" in history and "电话核实" in history
    assert "自动对应" not in history and "自动对应" in page("/review/history?all=1")
    change = history.split("/registry/changes/")[1].split("/")[0]
    assert clerk.post(f"/registry/changes/{change}/undo").status_code == 302
    history = page("/review/history")
    assert "clerk 于" in history and history.count("/registry/changes/") == 1


def test_a_decision_that_would_overwrite_another_one_is_shown_beside_it(firms: dict[str, int], clerk: Client) -> None:
    services.confirm_link(firms["forge"], code(3), "wang", "去过厂里")
    response = clerk.post(f"/registry/enterprises/{firms['forge']}/decide", {"say": f"same {code(2)}"})
    assert response.status_code == 409 and "wang" in response.content.decode()
    assert RegistryLink.objects.get(entity=firms["forge"], how="confirmed").firm == code(3)


def test_another_credit_code_is_refused_in_words(firms: dict[str, int], clerk: Client) -> None:
    Entity.objects.filter(pk=firms["forge"]).update(context={"uscc": code(77)})
    said = decide(clerk, firms["forge"], f"same {code(2)}")
    assert "请先核对代码" in said and "data-judged" not in said
    assert not RegistryLink.objects.filter(entity=firms["forge"]).exists()


def test_the_card_keeps_branches_and_former_names_apart(firms: dict[str, int], page: Any) -> None:
    html = page(f"/enterprises/{firms['crystal']}")
    assert "《新名单.csv》第 2 行" in html and "太原示例老晶体有限公司" in html
    assert BRANCH in html and "分支机构" in html and "登记库版本" in html


def test_a_firm_that_is_no_candidate_is_looked_up(firms: dict[str, int], page: Any) -> None:
    address = f"/registry/enterprises/{firms['none']}/find"
    assert code(1) in page(address, q="老晶体") and f"same {code(1)}" in page(address, q=code(1))
    assert "没有找到" in page(address, q="查无此名") and "没有找到" not in page(address)


def test_without_a_registry_the_pages_say_how_to_load_one(home: Path, db: None, page: Any, clerk: Client) -> None:
    entity = firm(CRYSTAL)
    for address in ("/registry", "/registry/review", f"/enterprises/{entity}", f"/registry/enterprises/{entity}/find"):
        assert "liantu registry load" in page(address), address
    assert clerk.get("/api/registry-links", {"state": "waiting"}).json()["count"] == 1


def test_the_button_starts_a_job_and_one_that_runs_is_shared(firms: dict[str, int], clerk: Client) -> None:
    response = clerk.post("/registry/resolve")
    job = Job.objects.get(kind="registry")
    assert response.headers["Location"] == f"/documents/jobs/{job.pk}"
    services.run_waiting()
    assert "比对完了" in clerk.get(f"/documents/jobs/{job.pk}/state").content.decode()
    services.ask_to_resolve("wang")
    assert clerk.post("/registry/resolve").headers["Location"] == "/registry"


def rows_seen(user: Any) -> set[str]:
    with as_viewer(user):
        return set(registry_rows.firms_seen([code(n) for n in range(1, 5)]))


def test_firms_are_shown_of_the_regions_and_chains_of_a_grant(firms: dict[str, int]) -> None:
    assert rows_seen(account("all", "reader")) == {code(n) for n in range(1, 5)}
    assert rows_seen(account("taiyuan", "reader", region="140100")) == {code(1), code(4)}
    assert rows_seen(account("gujiao", "reader", region="140181")) == {code(4)}
    assert rows_seen(account("province", "reader", region="140000")) == {code(n) for n in range(1, 5)}
    group = next(region.code for region in regions() if region.is_group and "140100" in region.members)
    assert code(1) in rows_seen(account("cluster", "reader", region=group))
    assert rows_seen(account("steel", "reader", region="140900", chains=["特钢材料"])) == {code(2)}
    assert rows_seen(account("sun", "reader", chains=["光伏"])) == set()
    assert rows_seen(account("nobody")) == set()


def test_a_reader_of_one_city_sees_its_firms_and_the_counts_of_all(firms: dict[str, int], client: Client) -> None:
    client.force_login(account("taiyuan", "reader", region="140100"))
    asked = {"region": "140000", "segment": "特钢材料 · 锻件与法兰"}
    html = client.get("/diagnosis/firms", asked).content.decode()
    assert "共 <b>4</b> 家" in html and "其中 2 家不在您的权限之内" in html
    assert CRYSTAL in html and FORGE not in html
    rows = b"".join(client.get("/diagnosis/firms.csv", asked).streaming_content).decode()  # type: ignore[attr-defined]
    assert CRYSTAL in rows and FORGE not in rows
    named = client.get("/diagnosis/firms", {"q": FORGE}).content.decode()
    assert "共 <b>0</b> 家" in named, "nor does a count tell that there is one of that name"


def test_candidates_out_of_sight_are_counted_and_cannot_be_chosen(firms: dict[str, int], client: Client) -> None:
    client.force_login(account("xinzhou", "chain_office", region="140900"))
    html = client.get("/registry/review").content.decode()
    assert code(2) in html and code(3) not in html and "另有 1 家候选不在您的权限之内" in html
    address = f"/registry/enterprises/{firms['forge']}/decide"
    assert client.post(address, {"say": f"same {code(3)}"}).status_code == 404
    assert client.post(address, {"say": f"same {code(2)}"}).status_code == 302
    assert client.get(f"/enterprises/{firms['crystal']}").status_code == 404
    offered = client.get("/api/registry-links", {"state": "review"}).json()["items"]
    assert offered == []
