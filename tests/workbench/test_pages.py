"""What the pages show, and that any number opens its sentence."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.workbench.conftest import add_bulletin, add_daily

from liantu.ledger.models import Fact, FigureView, ProjectView, Source, Statement

Page = Callable[..., str]


def figure_of(number: str, publisher: str) -> FigureView:
    return FigureView.objects.get(number=number, source__publisher=publisher)


def test_the_overview_counts_what_was_read(filled: dict[str, Source], page: Page) -> None:
    html = page("/")
    counts = dict(re.findall(r'data-kpi="(\w+)">([\d,]+)<', html))
    assert counts["figures"] == str(FigureView.objects.count())
    assert counts["projects"] == "1"
    assert counts["targets"] == "1"
    assert counts["conflicts"] == "1"
    assert "晋中" in html and "非审定地图" in html


def test_the_overview_of_one_region_leaves_out_the_others(filled: dict[str, Source], page: Page) -> None:
    html = page("/", region="140900")
    assert 'data-kpi="figures">0<' in html
    assert "忻州市" in html


def test_an_empty_ledger_says_honestly_that_nobody_has_said_anything(page: Page) -> None:
    assert "还没有读过文件" in page("/")
    for address in ("/figures", "/projects", "/enterprises", "/chains", "/targets"):
        assert "还没有人说过" in page(address), address


def test_a_number_opens_its_sentence_with_the_number_marked(filled: dict[str, Source], page: Page) -> None:
    row = figure_of("5623", "晋中日报")
    assert f'href="/statements/{row.pk}"' in page("/figures")
    html = page(f"/statements/{row.pk}")
    assert "推广甲醇汽车<mark>5623</mark>辆" in html
    for told in ("晋中日报", "2024-10-05", "93%", "累计→截至", "截至2024年10月"):
        assert told in html
    assert "2 个独立来源说法一致" in html
    assert "晋中市链长办" in html


def test_a_figure_that_others_contradict_says_so(filled: dict[str, Source], page: Page) -> None:
    html = page(f"/statements/{figure_of('58', '晋中日报').pk}")
    assert "各来源的数字不一样" in html
    assert "<mark>56</mark>" in html


def test_conflicts_stand_side_by_side(filled: dict[str, Source], page: Page) -> None:
    html = page("/conflicts")
    assert "<mark>58</mark>" in html and "<mark>56</mark>" in html
    assert "数值不同" in html


def test_one_thing_and_all_that_is_said_of_it(filled: dict[str, Source], page: Page) -> None:
    fact = Fact.objects.get(state="agreed")
    html = page(f"/facts/{fact.pk}")
    assert html.count("<mark>5623</mark>") == 2


@pytest.mark.parametrize(
    ("params", "numbers"),
    [
        ({"region": "140700"}, {"5623", "58", "56", "70"}),
        ({"region": "140000"}, {"5623", "58", "56", "70"}),
        ({"region": "G:shanxi-central-cluster"}, {"5623", "58", "56", "70"}),
        ({"region": "140900"}, set()),
        ({"status": "target"}, {"70"}),
        ({"q": "加注站"}, {"58", "56", "70"}),
        ({"q": "甲醇 晋中 汽车"}, {"5623"}),
        ({"state": "conflict"}, {"58", "56"}),
        ({"state": "agreed"}, {"5623"}),
        ({"year": "2024", "kind": "level"}, {"5623", "58", "56", "70"}),
        ({"year": "2019"}, set()),
        ({"low": "1"}, {"58"}),
        ({"status": "no such", "year": "x", "source": "x", "page": "-3", "sort": "drop table"}, None),
    ],
)
def test_filters_choose_the_figures(
    filled: dict[str, Source], clerk: Client, params: dict[str, str], numbers: set[str] | None
) -> None:
    response = clerk.get("/figures", params)
    shown = {row.number for row in response.context["listing"].rows if "甲醇" in row.indicator}
    assert response.status_code == 200
    assert shown == (numbers if numbers is not None else {"5623", "58", "56", "70"})


def test_sorting_by_value_puts_the_largest_first(filled: dict[str, Source], clerk: Client) -> None:
    values = [row.value for row in clerk.get("/figures", {"sort": "-value"}).context["listing"].rows]
    assert values == sorted(values, reverse=True)


def test_htmx_gets_the_rows_alone(filled: dict[str, Source], clerk: Client) -> None:
    html = clerk.get("/figures", headers={"HX-Request": "true", "HX-Target": "results"}).content.decode()
    assert "<html" not in html and "5,623" in html


def test_targets_are_the_figures_to_be_reached(filled: dict[str, Source], clerk: Client) -> None:
    assert [row.value for row in clerk.get("/targets").context["listing"].rows] == [70]


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, 1),
        ({"stage": "in_production"}, 1),
        ({"stage": "idea"}, 0),
        ({"least": "500", "most": "600"}, 1),
        ({"least": "561"}, 0),
        ({"q": "晶科"}, 1),
        ({"chain": "光伏"}, 1),
    ],
)
def test_projects_are_chosen_by_stage_money_chain_and_name(
    filled: dict[str, Source], clerk: Client, params: dict[str, str], found: int
) -> None:
    assert len(clerk.get("/projects", params).context["listing"].rows) == found


def test_a_project_page_shows_stage_money_owner_and_sentence(filled: dict[str, Source], page: Page) -> None:
    html = page(f"/projects/{ProjectView.objects.get().pk}")
    assert re.search(r'class="reached now">投产<', html)
    for told in ("560亿元", "晶科能源", "56GW垂直一体化大基地", "一期已经投产"):
        assert told in html


def test_an_enterprise_page_shows_role_relations_and_sources(filled: dict[str, Source], clerk: Client) -> None:
    row = clerk.get("/enterprises").context["listing"].rows[0]
    html = clerk.get(f"/enterprises/{row.pk}").content.decode()
    for told in ("晶科能源", "链主", "建设", "大基地项目", "综改区.txt"):
        assert told in html


def test_a_chain_page_draws_its_outline_and_names_its_holders(filled: dict[str, Source], page: Page) -> None:
    assert "甲醇经济" in page("/chains")
    html = page("/chains/甲醇经济")
    assert re.findall(r'data-key="([^"]+)"', html) == ["制醇/焦炉煤气制甲醇", "加注/甲醇加注站", "整车/甲醇重卡"]
    assert "晋中市" in html and "优势" in html


def test_a_document_shows_both_texts_with_every_finding_marked(filled: dict[str, Source], page: Page) -> None:
    html = page(f"/documents/{filled['project'].pk}")
    raw, clean = html.split('class="doc-pane pane-clean"')
    for pane in (raw, clean):
        assert 'class="m figure"' in pane and 'class="m project"' in pane and 'class="m enterprise"' in pane
    assert "没有写发布日期" in html


def test_a_deep_link_points_at_the_sentence(filled: dict[str, Source], page: Page) -> None:
    row = figure_of("58", "晋中日报")
    html = page(f"/documents/{filled['daily'].pk}", figure=row.pk)
    found = re.findall(r'<mark class="([^"]*found[^"]*)"[^>]*>(\d+)</mark>', html)
    assert {number for _css, number in found} == {"58"}
    assert 'class="m sentence' in html


@pytest.mark.parametrize("address", ["/documents/99", "/statements/zzz", "/facts/zzz", "/projects/99", "/chains/没有"])
def test_what_is_not_there_is_not_found(clerk: Client, address: str) -> None:
    assert clerk.get(address).status_code == 404


WARM = 15
"""Queries that any page may need at most, the ledger's state, the session and the user included."""


@pytest.mark.parametrize("address", ["/", "/documents", "/figures", "/targets", "/projects", "/enterprises", "/chains",
                                     "/chains/甲醇经济", "/conflicts", "/review", "/review/history"])  # fmt: skip
def test_pages_need_no_more_queries_when_there_is_more_to_show(
    db: None, clerk: Client, django_assert_max_num_queries: Callable[..., object], address: str
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    add_daily()
    add_bulletin()

    def queries() -> int:
        clerk.get(address)  # what is remembered for this state of the ledger is computed here
        with CaptureQueriesContext(connection) as seen:
            clerk.get(address)
        return len(seen)

    few = queries()
    for at in range(5):
        from tests.ledger.making import says

        from liantu.ledger import services

        services.add_findings(
            *says(str(50 + at), 50 + at, "座", "甲醇加注站", publisher=f"报{at}", period="../2024-10")
        )
    many = queries()
    assert many <= WARM
    assert many <= few + 2, "a list must not ask once a row"


def test_a_statement_page_asks_a_fixed_number_of_questions(
    filled: dict[str, Source], clerk: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    row = Statement.objects.filter(kind="figure").first()
    assert row is not None
    with django_assert_max_num_queries(WARM):
        clerk.get(f"/statements/{row.pk}", headers={"HX-Request": "true", "HX-Target": "panel-body"})


def test_a_projects_money_opens_the_sentences_that_say_it(filled: dict[str, Source], page: Page) -> None:
    pk = ProjectView.objects.get().pk
    assert f'hx-get="/projects/{pk}/investment"' in page("/projects")
    html = page(f"/projects/{pk}/investment")
    assert "总投资<mark>560</mark>亿元" in html


def test_zones_are_listed_with_the_chains_they_are_said_to_have(db: None, clerk: Client) -> None:
    from tests.ledger.making import document, figure, findings

    from liantu.extraction.model import Chain, Evidence
    from liantu.ledger import services

    text = "山西忻州经济开发区光伏产业产值200亿元。"
    made = document(text)
    zone = {"subject": "山西忻州经济开发区", "subject_kind": "zone"}
    chain = Chain("光伏", (), "山西忻州经济开发区", "strong", Evidence(text, 0, len(text)))
    services.add_findings(
        made, findings(made, [figure(text, "200亿", 2e10, "元", "光伏产业产值", **zone)], chains=(chain,))
    )
    html = clerk.get("/zones").content.decode()
    assert "山西忻州经济开发区" in html and "光伏" in html and "优势" in html
    assert "还没有人说过" in clerk.get("/zones", {"kind": "town"}).content.decode()


@pytest.mark.parametrize("address", ["/no-such-page", "/documents/999999", "/targets/999999"])
def test_a_page_that_is_not_there_says_so_in_the_reader_s_words(db: None, clerk: Client, address: str) -> None:
    answer = clerk.get(address)
    html = answer.content.decode()
    assert answer.status_code == 404 and "没有这一页" in html
    assert "Resolver404" not in html and "matches the given query" not in html
