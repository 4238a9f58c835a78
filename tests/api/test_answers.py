"""What programs get: the rows of the pages, each with its sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.ledger.making import document, findings

from liantu.api import filters, queries
from liantu.extraction.model import Evidence, Project, Relation
from liantu.ledger.models import FigureView, Source
from liantu.ledger.services import add_findings
from liantu.workbench import labels


def get(client: Client, path: str, expected: int = 200, /, **params: Any) -> Any:
    """The JSON of an answer."""
    response = client.get(f"/api/{path}", params)
    assert response.status_code == expected, response.content.decode()
    return response.json()


def test_every_figure_opens_its_sentence(client: Client) -> None:
    found = get(client, "figures", q="甲醇汽车")
    assert found["count"] == 2 and not found["has_next"]
    newest = found["items"][0]
    assert (newest["value"], newest["unit"], newest["subject_name"], newest["state"]) == (
        5623,
        "辆",
        "晋中市",
        "agreed",
    )
    evidence = newest["evidence"]
    assert evidence["source"]["publisher"] == "乙报" and evidence["source"]["published"] == "2024-11-03"
    assert evidence["sentence"][evidence["number_start"] : evidence["number_end"]] == "5623"
    assert client.get(evidence["page"]).status_code == 200


def test_a_fact_brings_all_that_is_said_of_it(client: Client) -> None:
    [row, _] = get(client, "figures", state="conflict")["items"]
    fact = get(client, f"facts/{row['fact']}")
    assert (fact["state"], fact["n_sources"], fact["value_low"], fact["value_high"]) == ("conflict", 2, 58, 60)
    assert sorted(figure["number"] for figure in fact["figures"]) == ["58", "60"]
    said = get(client, f"statements/{row['statement']}")
    assert said["evidence"] == row["evidence"] and said["fact"] == row["fact"] and said["n_sources"] == 2


@pytest.mark.parametrize(
    ("params", "numbers"),
    [
        ({"status": "target"}, ["100"]),
        ({"region": "140100"}, ["12"]),
        ({"region": "140000", "q": "加注站", "year": 2024}, ["60", "58"]),
        ({"region": "140000", "sort": "value", "q": "加注站"}, ["58", "60", "100"]),
        ({"kind": "share"}, []),
    ],
)
def test_filters_are_those_of_the_page(client: Client, params: dict[str, str], numbers: list[str]) -> None:
    assert [row["number"] for row in get(client, "figures", **params)["items"]] == numbers


def test_pages_follow_each_other_without_gap_or_repeat(client: Client) -> None:
    pages = [get(client, "figures", page=n, per_page=2) for n in (1, 2, 3, 4)]
    ids = [row["statement"] for page in pages for row in page["items"]]
    assert len(ids) == len(set(ids)) == FigureView.objects.count() == pages[0]["count"] == 6
    assert [page["has_next"] for page in pages] == [True, True, False, False]


def test_projects_enterprises_and_chains_with_their_newest_statement(client: Client) -> None:
    [project] = get(client, "projects", stage="started", least=10, chain="光伏")["items"]
    assert (project["name"], project["investment"], project["city_code"]) == ("光伏组件项目", 12e8, "140100")
    [firm] = get(client, "enterprises", role="leading")["items"]
    assert firm["name"] == "太原示例公司"
    [chain] = get(client, "chains", role="growing")["items"]
    assert (chain["name"], chain["holder_name"]) == ("光伏", "太原市")
    for row in (project, firm, chain):
        assert row["evidence"]["source"]["publisher"] == "丙报" and "光伏组件项目" in row["evidence"]["sentence"]
    assert get(client, "projects", most=10)["items"] == []


def test_a_firm_known_only_as_owner_opens_what_names_it(client: Client) -> None:
    text = "太原另一公司建设的示例储能项目开工。"
    made = document(text, name="另一.txt", publisher="丁报", published=date(2024, 12, 2))
    said = Evidence(text, 0, len(text))
    project = Project("示例储能项目", (), said, None, "started", "太原市", "太原另一公司", "新型储能")
    owns = Relation("太原另一公司", "owns", "示例储能项目", said)
    add_findings(made, findings(made, projects=[project], relations=[owns]))
    [firm] = get(client, "enterprises", q="另一公司")["items"]
    assert firm["evidence"]["sentence"] == text


def test_documents_and_their_counts(client: Client) -> None:
    found = get(client, "documents", q="丙报")
    assert [(row["name"], row["n_figures"], row["n_projects"]) for row in found["items"]] == [("开工.txt", 1, 1)]
    assert get(client, "documents", state="failed")["items"] == []
    assert get(client, "documents")["count"] == Source.objects.count()


@pytest.mark.parametrize("region", ["", "140000", "140100"])
def test_the_overview_counts_what_the_page_counts(client: Client, region: str) -> None:
    told = get(client, "overview", region=region)
    totals = client.get("/", {"region": region}).context["totals"]
    for name in (
        "figures",
        "targets",
        "projects",
        "investment",
        "enterprises",
        "chains",
        "facts",
        "agreed",
        "conflicts",
    ):
        assert told[name] == getattr(totals, name), name
    assert told["documents"] == 6 and told["figures"] > 0


@pytest.mark.parametrize(
    ("path", "params", "said"),
    [
        ("figures", {"regoin": "140100"}, "regoin"),
        ("figures", {"region": "999999"}, "999999"),
        ("figures", {"sort": "password"}, "password"),
        ("figures", {"status": "done"}, "status"),
        ("projects", {"per_page": 100_000}, "per_page"),
        ("documents", {"page": 0}, "page"),
    ],
)
def test_what_a_list_cannot_read_is_refused_and_named(
    client: Client, path: str, params: dict[str, Any], said: str
) -> None:
    assert said in str(get(client, path, 422, **params)["detail"])


def test_unknown_ids_are_not_found_in_words(client: Client) -> None:
    assert "没有编号" in get(client, "facts/nobody", 404)["detail"]
    assert "nothing has the id" in get(client, "statements/nobody", 404)["detail"]


@pytest.mark.parametrize("path", ["overview", "figures", "projects", "facts/x", "documents"])
def test_without_login_there_is_no_answer(filled: str, path: str) -> None:
    response = Client().get(f"/api/{path}")
    assert response.status_code == 401 and "请先登录" in response.json()["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    assert getattr(client, method)("/api/figures").status_code == 405


def test_a_list_takes_a_fixed_number_of_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    for path in ("figures", "projects", "enterprises", "chains", "documents"):
        with django_assert_max_num_queries(10):
            get(client, path)


def test_the_codes_offered_are_those_of_the_pages() -> None:
    def codes(schema: type[Any], name: str) -> set[str]:
        return set(schema.model_json_schema()["properties"][name]["enum"]) - {"", "-"}

    assert codes(filters.FigureFilters, "status") == set(labels.STATUS)
    assert codes(filters.FigureFilters, "kind") == set(labels.FIGURE_KIND)
    assert codes(filters.FigureFilters, "state") == set(labels.STATE)
    assert codes(filters.ProjectFilters, "stage") == set(labels.STAGE)
    assert codes(filters.EnterpriseFilters, "role") == set(labels.ENTERPRISE_ROLE)
    assert codes(filters.ChainFilters, "role") == set(labels.CHAIN_ROLE)


def test_python_callers_get_the_same(filled: str) -> None:
    assert queries.figures(filters.FigureFilters(q="甲醇汽车")).count == 2
    with pytest.raises(queries.UnknownSortError, match="password"):
        queries.projects(filters.ProjectFilters(sort="password"))


def test_phrases_name_their_members_and_checks_their_numbers(client: Client) -> None:
    from tests.ledger.test_checking import GDP
    from tests.ledger.test_copies import article
    from tests.ledger.test_phrases import TWO

    kept = add_findings(*article(GDP, "公报", "盂县统计局", date(2023, 3, 5))).source
    add_findings(*article(TWO, "两张", "晋中日报", date(2024, 10, 2)))
    [row] = get(client, "phrases", q="五张牌")["items"]
    assert (row["expected"], row["n_members"], row["n_missing"], row["state"]) == (5, 2, 3, "open")
    assert [member["name"] for member in row["members"]] == ["城市牌", "汽车牌"]
    assert row["evidence"]["statement"] in row["members"][0]["statements"]
    found = get(client, "checks", source=kept.pk, open=True)["items"]
    assert [check["rule"] for check in found] == ["parts_sum", "list_count"]
    assert len(found[0]["spans"]) == 4
    get(client, "checks", 422, nonsense="1")


def test_a_copy_names_its_original_and_its_figures_are_given_once(client: Client) -> None:
    from tests.ledger.test_copies import add

    kept = add("日报", "转载")
    documents = {row["id"]: row for row in get(client, "documents")["items"]}
    assert documents[kept["转载"].pk]["copies"] == [{"original": kept["日报"].pk, "kind": "identical", "share": 1.0}]
    assert documents[kept["日报"].pk]["copies"] == []
    counted = get(client, "figures", q="省内配套企业")
    everything = get(client, "figures", q="省内配套企业", copies=True)
    assert (counted["count"], everything["count"]) == (1, 2)
    [again] = [row for row in everything["items"] if row["repeats"]]
    assert again["origin"] == kept["日报"].pk and again["evidence"]["source"]["id"] == kept["转载"].pk
    assert get(client, f"facts/{again['fact']}")["n_reprints"] == 1
