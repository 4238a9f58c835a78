"""The duties that a kit brings: who owes them, which are there, what hands them in, and taking them back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from tests.ledger.list_making import add_row

from liantu.ledger import services
from liantu.ledger.duties.due import live_duties, owing
from liantu.ledger.duties.settings import office_calendar
from liantu.ledger.models import ChainList, Duty, DutyDelivery, InstalledKit, Person
from liantu.ledger.services import add_record, change_record, person_of
from liantu.vocabulary.kits import check_kit

TODAY = date(2026, 6, 17)
PLACE = {"region_code": "141100", "chain": "氢能"}
UNIT = "示例市工信局"


def make(kind: str, **values: Any) -> int:
    return int(add_record(kind, values, "li").row)


@pytest.fixture
def installed(ledger: str) -> InstalledKit:
    """五图五清单 for a chain whose lead agency is a unit, in which the liaison works."""
    get_user_model().objects.create_user("zhao")
    liaison = make("person", name="示例联络员", unit=UNIT)
    make("account", person_id=liaison, account="zhao")
    programme = make("programme", since=date(2026, 1, 1), **PLACE)
    make("member", programme_id=programme, role="lead_agency", unit=UNIT)
    make("member", programme_id=programme, role="liaison", person_id=liaison)
    make(
        "member", programme_id=programme, role="chain_leader", person_id=make("person", name="示例链长", unit="市政府")
    )
    return services.install_kit("hunan_5_5", "141100", "氢能", "li").kit


def test_the_plan_says_who_owes_what_and_makes_nothing(installed: InstalledKit) -> None:
    plan = services.planned(installed, TODAY)
    assert [(p.title, p.cadence, p.role) for p in plan][:2] == [
        ("更新《企业清单》", "monthly", "lead_agency"),
        ("更新《项目清单》", "monthly", "lead_agency"),
    ]
    assert len(plan) == 5 and all(p.is_new for p in plan)  # 更新清单 is what the five are about
    assert {p.person.name if p.person else "" for p in plan} == {"示例联络员"} and {p.unit for p in plan} == {UNIT}
    assert {p.since for p in plan if p.cadence == "monthly"} == {date(2026, 6, 1)}
    assert not Duty.objects.exists()


def test_making_them_twice_makes_them_once_and_they_are_taken_back(installed: InstalledKit) -> None:
    made = services.make_duties(installed.pk, "li", TODAY)
    assert len(made) == 5 and {d.of_list.title for d in made if d.of_list} == {
        "企业清单", "项目清单", "集群清单", "问题清单", "政策清单",
    }  # fmt: skip
    assert services.make_duties(installed.pk, "li", TODAY) == [] and all(
        p.there is not None for p in services.planned(installed, TODAY)
    )
    change_record("duty", made[0].pk, made[0].version, {"owner_unit": "别的单位"}, "li")
    make("delivery", duty_id=made[1].pk, period="2026-06", on=TODAY)
    assert services.take_back_duties(installed.pk, "li") == (3, 2)
    assert Duty.objects.filter(removed_at=None).count() == 2 and DutyDelivery.objects.count() == 1
    assert len(services.make_duties(installed.pk, "li", TODAY)) == 3


def test_a_stale_list_is_due_on_its_persons_first_page_until_it_is_confirmed(installed: InstalledKit) -> None:
    firms = ChainList.objects.get(title="企业清单")
    old = timezone.localdate() - timedelta(days=100)
    change_record("list", firms.pk, firms.version, {"confirmed_on": old}, "li")
    today = timezone.localdate()
    services.make_duties(installed.pk, "li", today)
    person = person_of("zhao")
    assert isinstance(person, Person)

    def late() -> list[tuple[str, int | None]]:
        todo = services.agenda(person, "zhao", today).todo
        return [(t.title, t.of_list) for t in todo if t.kind == "duty" and t.urgency.code == "late"]

    assert late() == [("更新《企业清单》", firms.pk)]
    services.confirm_list(firms.pk, "zhao")
    assert late() == []
    items = owing([d for d in live_duties() if d.of_list_id == firms.pk], today, today, office_calendar())
    assert [(i.state, i.instance.handed) for i in items] == [("done_late", today), ("done", today)]


def test_what_was_confirmed_after_the_day_asked_for_does_not_count(installed: InstalledKit) -> None:
    services.make_duties(installed.pk, "li", TODAY)
    problems = ChainList.objects.get(title="问题清单")
    add_row(problems, description="用地未落实", affected="甲", problem_kind="land")
    services.publish_list(problems.pk, "li", "首版", published_on=timezone.localdate())
    duty = Duty.objects.get(of_list=problems)
    (june, *_rest) = owing([duty], TODAY, date(2026, 6, 30), office_calendar())
    assert june.instance.handed is None and june.state != "done"


def test_charts_and_meetings_of_a_kit_become_duties_too(ledger: str) -> None:
    kit = services.install_kit("henan_6_6", "140700", "光伏", "li").kit
    titles = [p.title for p in services.planned(kit, TODAY)]
    assert "链长会议" in titles and any(t.startswith("更新图谱：") for t in titles)
    assert sum(t.startswith("更新《") for t in titles) == kit.lists.count()
    (meeting,) = [p for p in services.planned(kit, TODAY) if p.title == "链长会议"]
    assert (meeting.cadence, meeting.person, meeting.unit) == ("quarterly", None, "链长")  # nobody holds the post yet


def test_what_a_duty_keeps_is_checked() -> None:
    text = "id: a\ntitle: 甲\nstatus: skeleton\nsource: 某\nduties:\n  - {title: 乙, rhythm: monthly, role: liaison, keeps: [maps]}\n"
    kit, problems = check_kit(text)
    assert kit is None and [(p.line, p.field) for p in problems] == [(6, "duties[1].keeps[1]")]


def test_the_page_previews_makes_and_takes_back(installed: InstalledKit, client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("admin"))
    address = f"/lists/kits/installed/{installed.pk}/duties"
    assert address in client.get("/lists/kits/hunan_5_5").content.decode()
    page = client.get(address).content.decode()
    assert "建立 5 项职责" in page and "示例联络员" in page and not Duty.objects.exists()
    page = client.post(address, follow=True).content.decode()
    assert "已建立 5 项职责" in page and "该建的都有了" in page
    assert "已撤回 5 项职责" in client.post(f"{address}/back", follow=True).content.decode()
    assert "建立 5 项职责" in client.get(address).content.decode()
