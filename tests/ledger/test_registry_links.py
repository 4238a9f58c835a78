"""The ledger's enterprises and the firms of the registry: linked, asked about, decided, taken back, flagged; never across codes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.making import document, findings
from tests.registry.test_loading import code, list_of

from liantu.extraction.model import Enterprise, Evidence, Relation
from liantu.ledger import services
from liantu.ledger.models import EnterpriseView, Entity, Job, RegistryLink, RegistryMatch, WorkChange
from liantu.ledger.watching import REST
from liantu.ledger.whois.counting import counts
from liantu.ledger.whois.watching import RegistryWatch
from liantu.registry import RegistryError, load_lists

CRYSTAL, FORGE, OTHER = "太原示例晶体有限公司", "忻州示例宏远锻造有限公司", "阳泉示例宏远锻造有限公司"


def listed(number: int, name: str, address: str = "太原市小店区平阳路1号") -> str:
    return f"{name},{code(number)},2011-05-07,500,法兰加工,{address}"


ROWS = (
    listed(1, CRYSTAL),
    listed(2, FORGE, "忻州市忻府区新建路3号"),
    listed(3, OTHER, "阳泉市城区南大街4号"),
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIANTU_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def store(home: Path, tmp_path: Path, ledger: str) -> Iterator[Path]:
    load_lists([list_of(tmp_path, *ROWS)], home / "registry", as_of=date(2024, 1, 1))
    yield home / "registry"


def firm(name: str, uscc: str = "", place: str = "", *, day: int = 1) -> int:
    """An enterprise that a paper names; its id."""
    text = f"{name}位于{place or '本地'}。"
    made = document(text, f"{name}{day}.txt", "某报", date(2024, 5, day))
    whole = Evidence(text, 0, len(text))
    told = [Relation(name, "located_in", place, whole)] if place else []
    services.add_findings(made, findings(made, (), (), [Enterprise(name, (), whole, "")], told))
    found = Entity.objects.get(kind="enterprise", name=name)
    if uscc:
        Entity.objects.filter(pk=found.pk).update(context={"uscc": uscc})
    return found.canonical_id or found.pk


def band(entity: int) -> str:
    return RegistryMatch.objects.get(pk=entity).band


def standing(entity: int) -> list[tuple[str, str, str]]:
    return [(link.how, link.firm, link.flag) for link in services.links_of(entity)]


def test_what_is_certain_is_linked_and_the_rest_waits(store: Path) -> None:
    crystal, forge, unknown = firm(CRYSTAL), firm("示例宏远锻造"), firm("没有这家示例股份有限公司")
    report = services.resolve()
    assert (report.asked, report.linked, report.flagged) == (3, 1, 0)
    assert (band(crystal), band(forge), band(unknown)) == ("linked", "review", "new")
    link = RegistryLink.objects.get()
    assert (link.how, link.firm, link.uscc, link.firm_name, link.registry) == (
        "automatic", code(1), code(1), CRYSTAL, report.registry,
    )  # fmt: skip
    assert "登记名称完全相同" in link.reason_zh and float(link.score or 0) == 0.98
    note = WorkChange.objects.get(kind="link")
    assert (note.action, note.by, note.root_kind, note.root_id) == ("added", "liantu", "entity", crystal)
    assert {c["firm"] for c in RegistryMatch.objects.get(pk=forge).candidates} == {code(2), code(3)}
    told = counts()
    assert (told.automatic, told.confirmed, told.review, told.new, told.waiting) == (1, 0, 1, 1, 0)


def test_only_what_changed_is_asked_again(store: Path, tmp_path: Path) -> None:
    crystal = firm(CRYSTAL)
    firm("示例宏远锻造")
    assert services.resolve().asked == 2
    number = WorkChange.objects.count()
    assert services.resolve().asked == 0
    assert services.resolve(everything=True).asked == 2
    assert WorkChange.objects.count() == number, "asking again changes nothing"
    firm("没有这家示例股份有限公司")
    assert services.resolve().asked == 1
    Entity.objects.filter(pk=crystal).update(context={"uscc": code(1)})
    assert services.resolve().asked == 1
    load_lists([list_of(tmp_path, listed(9, "晋中示例新来有限公司"), name="新.csv")], store)
    assert services.resolve().asked == 3


def test_a_code_leads_to_its_firm_alone(store: Path) -> None:
    renamed, lost = firm("改名示例材料有限公司", code(1)), firm(FORGE, code(77))
    services.resolve()
    assert standing(renamed) == [("automatic", code(1), "")]
    assert standing(lost) == [] and band(lost) == "new"
    with pytest.raises(ValueError, match="请先核对代码"):
        services.confirm_link(lost, code(2), "li")
    assert standing(lost) == []


def test_a_person_confirms_refuses_says_none_and_takes_back(store: Path) -> None:
    forge = firm("示例宏远锻造")
    services.resolve()
    made = services.confirm_link(forge, code(2), "li", "电话核实")
    assert standing(forge) == [("confirmed", code(2), "")] and band(forge) == "linked"
    with pytest.raises(ValueError, match="请先撤回"):
        services.confirm_link(forge, code(3), "li")
    with pytest.raises(ValueError, match="请先撤回"):
        services.say_unlisted(forge, "li")
    services.undo_change(made.pk, "li")
    assert standing(forge) == [] and band(forge) == "review"
    services.refuse_link(forge, code(2), "li")
    assert band(forge) == "review" and standing(forge) == [("rejected", code(2), "")]
    services.resolve()
    assert {c["firm"] for c in RegistryMatch.objects.get(pk=forge).candidates} == {code(3)}
    none = services.say_unlisted(forge, "li")
    assert band(forge) == "new"
    services.undo_change(none.pk, "li")
    services.resolve()
    assert band(forge) == "review"


def test_an_automatic_link_that_was_taken_back_is_not_made_again(store: Path) -> None:
    crystal = firm(CRYSTAL)
    services.resolve()
    services.undo_change(WorkChange.objects.get(kind="link").pk, "li")
    report = services.resolve()
    assert (report.asked, report.linked, band(crystal)) == (1, 0, "review")
    assert standing(crystal) == []
    services.confirm_link(crystal, code(1), "li")
    services.resolve()
    assert standing(crystal) == [("confirmed", code(1), "")] and band(crystal) == "linked"


def test_another_firm_than_the_automatic_one_takes_its_place(store: Path) -> None:
    forge = firm(FORGE)
    services.resolve()
    assert standing(forge) == [("automatic", code(2), "")]
    services.confirm_link(forge, code(3), "li", "迁址改名")
    assert sorted(standing(forge)) == [("confirmed", code(3), ""), ("rejected", code(2), "")]
    services.resolve()
    assert sorted(standing(forge)) == [("confirmed", code(3), ""), ("rejected", code(2), "")]


def test_a_link_whose_firm_went_or_was_renamed_is_flagged_and_stays(store: Path, tmp_path: Path, home: Path) -> None:
    crystal, forge = firm(CRYSTAL), firm(FORGE)
    services.resolve()
    services.confirm_link(forge, code(2), "li")
    load_lists([list_of(tmp_path, listed(2, "忻州示例宏远重工有限公司"), name="更名.csv")], store)
    services.resolve()
    assert standing(forge) == [("confirmed", code(2), "renamed")] and band(forge) == "review"
    services.confirm_link(forge, code(2), "li")
    services.resolve()
    assert standing(forge) == [("confirmed", code(2), "")] and band(forge) == "linked"
    shutil.rmtree(store)
    load_lists([list_of(tmp_path, ROWS[1], name="只剩一家.csv")], store)
    report = services.resolve()
    assert report.flagged == 2
    assert standing(crystal) == [("automatic", code(1), "gone")] and band(crystal) == "review"
    kept = RegistryLink.objects.get(entity=crystal)
    assert (kept.firm_name, kept.uscc) == (CRYSTAL, code(1))
    load_lists([list_of(tmp_path, ROWS[0], name="又回来.csv")], store)
    services.resolve()
    assert standing(crystal) == [("automatic", code(1), "")] and band(crystal) == "linked"


def test_codes_that_come_later_and_names_that_are_merged_flag_a_link(store: Path) -> None:
    crystal, forge = firm(CRYSTAL), firm(FORGE)
    services.resolve()
    Entity.objects.filter(pk=crystal).update(context={"uscc": code(77)})
    services.resolve()
    assert standing(crystal) == [("automatic", code(1), "codes")] and band(crystal) == "review"
    Entity.objects.filter(pk=crystal).update(context={})
    judged = services.judge(crystal, forge, "same", "li")
    services.resolve()
    assert [flag for _how, _firm, flag in standing(crystal)] == ["two", "two"] and band(crystal) == "review"
    assert not RegistryMatch.objects.filter(pk=forge).exists()
    services.undo_judgement(judged.judgement.pk, "li")
    services.resolve()
    assert standing(crystal) == [("automatic", code(1), "")] and standing(forge) == [("automatic", code(2), "")]


def test_enterprises_of_different_codes_stay_two(store: Path) -> None:
    crystal, forge, unsaid = firm(CRYSTAL, code(1)), firm(FORGE, code(2)), firm("示例晶体集团")
    services.judge(crystal, unsaid, "same", "li")
    for left, right in ((crystal, forge), (forge, unsaid)):
        with pytest.raises(ValueError, match=f"统一社会信用代码不同.*{code(2)}"):
            services.judge(left, right, "same", "li")
    assert services.judge(crystal, forge, "different", "li").joined is False
    Entity.objects.filter(pk=forge).update(context={"uscc": code(1)})
    assert services.judge(forge, unsaid, "same", "li").joined


def test_the_queue_puts_first_what_matters(store: Path) -> None:
    forge, other = firm("示例宏远锻造"), firm("宏远锻造示例", day=2)
    for day in (3, 4, 5):
        firm("示例宏远锻造", day=day)
    services.resolve()
    weights = dict(RegistryMatch.objects.values_list("pk", "weight"))
    assert weights[forge] > weights[other] > 0
    firm("宏远锻造示例", day=6)
    before = weights[other]
    assert services.resolve().asked == 0
    assert RegistryMatch.objects.get(pk=other).weight > before, "more was said of it, its names are the same"


def test_without_a_registry_nothing_is_done_and_a_job_says_why(ledger: str, home: Path) -> None:
    firm(CRYSTAL)
    with pytest.raises(RegistryError, match="liantu registry load"):
        services.resolve()
    job = services.ask_to_resolve("li")
    assert services.ask_to_resolve("wang").pk == job.pk
    services.run_waiting()
    job = Job.objects.get()
    assert job.state == "failed" and "liantu registry load" in job.message


def test_a_job_compares_and_the_watch_follows_ledger_and_registry(store: Path, tmp_path: Path) -> None:
    firm(CRYSTAL)
    services.ask_to_resolve("li", everything=True)
    assert services.run_waiting() == 1
    job = Job.objects.get()
    assert (job.state, job.done, job.total, job.message) == ("done", 1, 1, "1 1 0")
    now = [0.0]
    watch = RegistryWatch(store, lambda: now[0])
    assert watch.look() is None
    now[0] += REST + 1
    made = watch.look()
    assert made is not None and made.asked == 0
    now[0] += 1000
    assert watch.look() is None
    load_lists([list_of(tmp_path, listed(9, "晋中示例新来有限公司"), name="新.csv")], store)
    made = watch.look()
    assert made is not None and made.asked == 1
    firm("晋中示例新来有限公司")
    now[0] += 1000
    assert watch.look() is None
    now[0] += REST + 1
    made = watch.look()
    assert made is not None and made.linked == 1


def test_wrong_records_are_refused_in_words(store: Path) -> None:
    crystal = firm(CRYSTAL)
    for values, told in (
        ({"how": "confirmed"}, "登记库中的企业"),
        ({"how": "no_firm", "firm": code(1)}, "登记库里没有"),
        ({"how": "confirmed", "firm": "x", "uscc": "91140100MA0X0000X0"}, "校验位"),
        ({"how": "maybe", "firm": code(1)}, "没有“maybe”"),
    ):
        with pytest.raises(ValueError, match=told):
            services.add_record("link", {"entity_id": crystal} | values, "li")
    with pytest.raises(ValueError, match="没有这家企业"):
        services.confirm_link(crystal, code(55), "li")


CODED = st.one_of(st.none(), st.sampled_from([1, 2, 3, 77]))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from([CRYSTAL, FORGE, OTHER, "示例宏远锻造", "示例晶体"]), CODED), min_size=1, max_size=4
    ),
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(1, 3), st.sampled_from(["confirm", "refuse", "none", "undo"])),
        max_size=6,
    ),
    st.booleans(),
)
def test_whatever_is_done_no_link_crosses_codes(
    store: Path, firms: list[tuple[str, int | None]], acts: list[tuple[int, int, str]], merged: bool
) -> None:
    """Automatic links, people's words and their undoing in any order: a firm with a code stands with its own code or flagged."""
    with transaction.atomic():
        ids = [firm(name, code(n) if n else "", day=day) for day, (name, n) in enumerate(dict(firms).items(), start=1)]
        services.resolve()
        for which, number, act in acts:
            entity = ids[which % len(ids)]
            try:
                if act == "confirm":
                    services.confirm_link(entity, code(number), "li")
                elif act == "refuse":
                    services.refuse_link(entity, code(number), "li")
                elif act == "none":
                    services.say_unlisted(entity, "li")
                elif (
                    last := WorkChange.objects.filter(kind="link", undone_at=None).order_by("-pk").first()
                ) is not None:
                    services.undo_change(last.pk, "li")
            except ValueError:
                pass  # refused in words: what stands is as it was
        apart = list(dict.fromkeys(ids))
        if merged and len(apart) > 1:
            with suppress(ValueError):  # refused where their codes differ
                services.judge(*apart[:2], "same", "li")
        services.resolve()
        for view in EnterpriseView.objects.all():
            links = [link for link in services.links_of(view.pk) if link.how in ("automatic", "confirmed")]
            members = Entity.objects.filter(canonical=view.pk)
            told = {str(e.context["uscc"]) for e in members if e.context.get("uscc")}
            for link in links:
                assert not told or not link.uscc or link.uscc in told or link.flag in ("codes", "two")
            if len({link.firm for link in links}) > 1:
                assert merged and all(link.flag for link in links)
        transaction.set_rollback(True)
