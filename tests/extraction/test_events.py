"""Events: what happened to whom, and when."""

from __future__ import annotations

import pytest
from tests.extraction.reading_of import found_in


def test_a_reported_step_is_an_event_with_its_date() -> None:
    found = found_in("来源：襄阳日报　2024-05-20\n\n襄阳动态\n\n骆华能源年产8万吨磷酸铁锂项目于5月18日开工。")
    assert [(e.kind, e.subject) for e in found.events] == [("started", "骆华能源年产8万吨磷酸铁锂项目")]


def test_a_step_to_come_is_none() -> None:
    assert found_in("襄阳动态\n\n骆华能源年产8万吨磷酸铁锂项目将于6月投产。").events == ()


def events(text: str) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    found = found_in("湖北省襄阳市项目动态\n2024年6月3日\n\n" + text).events
    return {(e.kind, e.subject): (e.date, e.place) for e in found}


def test_a_date_may_stand_far_before_the_step() -> None:
    text = "5月25日，总投资约110亿元、由多家单位共同筹建的襄阳樊北电厂三期4×66万千瓦超超临界燃煤发电项目开工。"
    (found,) = events(text).values()
    assert found[0] == "2024-05-25"


def test_that_day_is_the_date_of_the_sentence_before() -> None:
    text = "5月18日，全市重大项目现场推进会在谷城县举行。当日，骆华能源年产8万吨磷酸铁锂项目投产。"
    assert events(text)["commissioned", "骆华能源年产8万吨磷酸铁锂项目"][0] == "2024-05-18"


def test_the_telling_that_dates_a_step_wins() -> None:
    text = "骆华能源年产8万吨磷酸铁锂项目开工\n5月18日，骆华能源年产8万吨磷酸铁锂项目在谷城县开工。"
    assert events(text)["started", "骆华能源年产8万吨磷酸铁锂项目"] == ("2024-05-18", "谷城县")


def test_a_row_behind_its_step_has_it_too() -> None:
    text = "本次竣工项目有樊城区体育公园二期、襄州区张湾路改建工程等。"
    assert {kind for kind, _ in events(text)} == {"commissioned"}
    assert len(events(text)) == 2


def test_what_a_zone_took_in_and_firms_that_came_are_no_steps_of_others() -> None:
    assert events("襄阳高新区已建成投产项目33个。入驻企业对骆华能源集团的服务认可。") == {}


def test_firms_on_a_list_are_certified() -> None:
    text = "第二批专精特新名单公布，襄阳骏拓机械有限公司、谷城钧达科技有限公司2家企业榜上有名。"
    assert {subject for kind, subject in events(text) if kind == "certified"} == {
        "襄阳骏拓机械有限公司",
        "谷城钧达科技有限公司",
    }


def test_a_date_still_to_come_dates_no_event() -> None:
    assert events("骏卡特印刷电路板项目建设正酣，“2025年3月实现骏卡特印刷电路板项目投产。”") == {}


def test_the_place_right_behind_is_where_somebody_came_to() -> None:
    assert events("3月8日，总部位于深圳的骏威国际集团落户谷城县。")["moved_in", "骏威国际集团"] == (
        "2024-03-08",
        "谷城县",
    )


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (
            "3月28日下午，大竹县越恒电脑配件生产等2个项目集中开工。此次集中开工的项目包括越恒电脑配件生产、玉源麻业技改等2个项目。",
            "2024-03-28",
        ),
        ("27日，玉源麻业技改项目正式开工。", "2024-03-27"),
        ("30日，玉源麻业技改项目正式开工。", "2024-01-30"),
        ("昨日，玉源麻业技改项目正式开工。", "2024-03-28"),
        ("今天上午，玉源麻业技改项目正式开工。", "2024-03-29"),
    ],
)
def test_the_day_of_an_occasion_told_on_and_of_days_without_a_month(text: str, date: str | None) -> None:
    found = found_in("大竹县项目集中开工\n2024年3月29日 来源：达州日报\n\n" + text)
    started = [e for e in found.events if e.kind == "started"]
    assert started
    assert {e.date for e in started} == {date}


def test_one_step_of_one_work_under_two_wordings() -> None:
    found = found_in(
        "安徽省滁州市项目\n\n全椒县中佳密封件产业园项目开工。据介绍，中佳密封件产业园开工后将用两年建成。中佳密封件产业园开工活动在县里举行。"
    )
    assert len([e for e in found.events if e.kind == "started"]) == 1


@pytest.mark.parametrize("said", ["须在10日内", "推出7日游的", "连续15日量产的"])
def test_a_number_of_days_is_no_date(said: str) -> None:
    assert events(f"{said}骆华能源年产8万吨磷酸铁锂项目开工。")["started", "骆华能源年产8万吨磷酸铁锂项目"][0] is None


def test_a_bare_day_is_the_last_such_day() -> None:
    text = "31日，骆华能源年产8万吨磷酸铁锂项目开工。"
    assert events(text)["started", "骆华能源年产8万吨磷酸铁锂项目"][0] == "2024-05-31"
