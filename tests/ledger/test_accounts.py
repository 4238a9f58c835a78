"""Accounts, grants, invitations, braked logins and the audit log, on both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.ledger.people import account, grant, office
from tests.workbench.worlds import World, make

from liantu.ledger import services
from liantu.ledger.exchange import importing
from liantu.ledger.models import AuditEntry, Grant, Invitation, ProjectView, Role, Source
from liantu.ledger.people import accounts, auditing, logins
from liantu.ledger.rights import Action, Place, as_viewer, may, visible
from liantu.ledger.rights.scopes import Cell, compact

PASSWORD = "云冈-大同-3417-石窟"


def test_an_account_gets_its_password_by_a_link_that_works_once(ledger: str) -> None:
    user = accounts.add_user("zhangsan", "admin", full_name="张三")
    assert authenticate(username="zhangsan", password="") is None
    token, made = accounts.invite(user, "admin")
    assert made.digest not in token and token not in str(Invitation.objects.values().get())
    accounts.accept(token, PASSWORD)
    assert authenticate(username="zhangsan", password=PASSWORD) == user
    with pytest.raises(ValueError, match="已用过"):
        accounts.accept(token, "另一个-很长的-密码-8")


def test_a_newer_link_or_a_day_too_many_closes_an_older_one(ledger: str) -> None:
    user = accounts.add_user("lisi", "admin")
    first, _made = accounts.invite(user, "admin")
    second, made = accounts.invite(user, "admin")
    assert accounts.invited(first) is None and accounts.invited(second) is not None
    Invitation.objects.filter(pk=made.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert accounts.invited(second) is None
    third, _made = accounts.invite(user, "admin")
    account("other", "administrator")
    accounts.set_active(user, "admin", active=False)
    assert accounts.invited(third) is None


@pytest.mark.parametrize(
    ("password", "said"),
    [("短", "10"), ("1234567890", ""), ("zhangsan-2024", ""), ("密码里有张三丰三字", "姓名"), ("abcabcabcabc", "规律"),
     ("qwertyuiop", ""), ("太原市投促局2024", "单位")],
)  # fmt: skip
def test_passwords_that_are_easily_guessed_are_refused_in_chinese(ledger: str, password: str, said: str) -> None:
    bureau = office("太原市投资促进局")
    bureau.short = "投促局"
    bureau.save()
    user = accounts.add_user("zhangsan", "admin", full_name="张三丰", office=bureau)
    with pytest.raises(ValidationError) as refused:
        accounts.set_password(user, password, "zhangsan")
    assert said in "".join(refused.value.messages)
    assert any("\u4e00" <= c <= "\u9fff" for c in "".join(refused.value.messages))


def test_the_last_administrator_stays(ledger: str) -> None:
    chief = get_user_model().objects.create_superuser("chief")
    with pytest.raises(ValueError, match="最后一位管理员"):
        accounts.set_active(chief, "chief", active=False)
    second = account("second", "administrator")
    accounts.set_active(chief, "second", active=False)
    only = Grant.objects.get(user=second)
    with pytest.raises(ValueError, match="最后一位管理员"):
        accounts.end_grant(only, "second")
    only.refresh_from_db()
    assert only.ended_at is None
    with pytest.raises(ValueError, match="最后一位管理员"):
        accounts.save_role(
            "second", value="", name="管理员", actions=["read"], role=Role.objects.get(value="administrator")
        )
    assert may(get_user_model().objects.get(pk=second.pk), Action.ADMINISTER).allowed


def test_an_administrator_of_one_region_administers_no_accounts(ledger: str) -> None:
    user = account("local", "administrator", region="140700")
    assert may(user, Action.EDIT, Place("140700")).allowed
    assert not may(user, Action.ADMINISTER).allowed


def test_what_an_office_is_granted_its_people_hold_until_it_ends(ledger: str) -> None:
    user = account("wang")
    bureau = office("晋中市链长办", "140700", user)
    made = accounts.give_grant(Role.objects.get(value="liaison"), "admin", office=bureau, region="140700")
    assert may(user, Action.EDIT, Place("140702")).allowed  # a county below
    assert not may(user, Action.EDIT, Place("140100")).allowed
    Grant.objects.filter(pk=made.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert may(user, Action.EDIT, Place("140702")).reason == "no_grant"


def test_a_virtual_region_stands_for_its_members(ledger: str) -> None:
    user = account("cluster", "reader", region="G:shanxi-central-cluster")
    assert all(may(user, Action.READ, Place(code)).allowed for code in ("140100", "140702", "141100"))
    assert may(user, Action.READ, Place("140200")).missing == ("region",)


def test_a_decision_names_the_nearest_grant_and_what_it_lacks(ledger: str) -> None:
    user = account("li", "reader", region="140700", chains=["光伏"], level=0)
    grant(user, "liaison", region="140100", chains=["氢能"], level=0)
    said = may(user, Action.EDIT, Place("140100", ("光伏",), 1))
    assert not said.allowed and said.missing == ("chain", "level") and said.grant.role.value == "liaison"
    # Two grants are not mixed: the region of one and the chain of the other open nothing.
    assert not may(user, Action.READ, Place("140100", ("光伏",), 0)).allowed


def test_cells_inside_others_are_dropped() -> None:
    whole, part = Cell("140000", None, 1), Cell("140700", ("光伏",), 0)
    assert compact([part, whole, part]) == (whole,)
    assert set(compact([Cell("140700", None, 0), Cell("140100", None, 2)])) == {
        Cell("140700", None, 0),
        Cell("140100", None, 2),
    }


@pytest.mark.parametrize("limits", [
    {"region": "140700"}, {"region": "140000", "level": 1}, {"chains": ["氢能"]}, {"region": "G:shanxi-central-cluster"},
    {"region": "140100", "chains": ["光伏"], "level": 0}, {},
])  # fmt: skip
def test_what_may_be_done_with_a_row_is_what_the_filter_shows(
    ledger: str, tmp_path: Path, limits: dict[str, Any]
) -> None:
    for name in ("home", "region", "chain", "secret"):
        make(name, tmp_path)
    user = account("someone", "reader", **limits)
    for model in (ProjectView, Source):
        rows = model._default_manager.all()
        shown = set(visible(user, rows).values_list("pk", flat=True))
        assert shown == {row.pk for row in rows if may(user, Action.READ, row).allowed}
        with as_viewer(user):
            assert shown == set(model._default_manager.values_list("pk", flat=True))


def test_failed_logins_are_counted_for_account_and_address(ledger: str, settings: Any) -> None:
    settings.LOGIN_FAILURES_OF_ACCOUNT, settings.LOGIN_FAILURES_OF_ADDRESS = 3, 5
    for _try in range(3):
        logins.note_failure("Admin", "10.0.0.7")
    assert logins.is_locked("admin", "10.0.0.8") and not logins.is_locked("other", "10.0.0.7")
    logins.forget_failures("admin")
    assert not logins.is_locked("admin", "10.0.0.8")
    for at in range(5):
        logins.note_failure(f"user{at}", "10.0.0.9")
    assert logins.is_locked("nobody", "10.0.0.9")
    settings.LOGIN_LOCKED_SECONDS = 0
    assert not logins.is_locked("nobody", "10.0.0.9")


def test_the_log_is_kept_six_months_at_least(ledger: str) -> None:
    now = timezone.now()
    for days in (10, 190, 400):
        auditing.note("login", f"{days} 天前", who="li")
        AuditEntry.objects.filter(what=f"{days} 天前").update(at=now - timedelta(days=days))
    with pytest.raises(ValueError, match="六个月"):
        auditing.prune(183, "admin")
    assert auditing.prune(200, "admin", dry=True) == 1 and AuditEntry.objects.count() == 3
    assert auditing.prune(184, "admin") == 2
    assert [entry.kind for entry in AuditEntry.objects.all()] == ["pruned", "login"]


def test_every_change_of_rights_is_in_the_log(ledger: str) -> None:
    user = accounts.add_user("wu", "chief")
    accounts.give_grant(Role.objects.get(value="reader"), "chief", user=user, region="140700", reason="晋办函3号")
    entry = AuditEntry.objects.filter(kind="account").latest("id")
    assert entry.who == "chief" and entry.detail["region"] == "140700" and entry.detail["reason"] == "晋办函3号"


def test_an_import_writes_no_row_outside_the_right_of_its_person(ledger: str, tmp_path: Path) -> None:
    worlds: dict[str, World] = {name: make(name, tmp_path) for name in ("home", "region")}
    account("clerk", "liaison", region="140700")
    names = {name: ProjectView.objects.get(pk=world.pk("project")).name for name, world in worlds.items()}
    path = tmp_path / "改.csv"
    path.write_text(
        f"项目名称,地区,总投资（万元）\n{names['home']},140700,5000\n{names['region']},140100,6000\n新来的项目,140100,1\n",
        encoding="utf-8-sig",
    )
    batch = importing.compare(importing.start_import("project", path, path.name, "clerk").pk)
    refused = batch.rows.filter(action="error")
    assert {row.name for row in refused} == {names["region"], "新来的项目"}
    assert all(not row.before and not row.told and "不在您可以登记的" in str(row.problems) for row in refused)
    importing.write(batch.pk, "clerk", good_only=True)
    money = dict(ProjectView.objects.values_list("name", "investment"))
    assert money[names["home"]] == 5e7 and money[names["region"]] != 6e7 and "新来的项目" not in money


def test_a_confidential_paper_changes_no_row_that_all_may_read(ledger: str, tmp_path: Path) -> None:
    home = make("home", tmp_path)
    before = ProjectView.objects.values().get(pk=home.pk("project"))
    secret = make("secret", tmp_path)
    assert ProjectView.objects.values().get(pk=home.pk("project")) == before
    assert ProjectView.objects.get(pk=secret.pk("project")).level == 2
    services.rebuild_views()
    assert ProjectView.objects.get(pk=secret.pk("project")).level == 2
    for pk in secret.rows["document"]:
        services.set_level(int(pk), 0, "admin")
    user = account("someone", "reader", level=0)
    # What was typed into the row while it was confidential stays so; what the papers say is open now.
    assert visible(user, ProjectView.objects.filter(pk=secret.pk("project"))).exists()


def test_a_folder_named_for_a_level_gives_it_to_its_files(ledger: str, tmp_path: Path) -> None:
    folder = tmp_path / "敏感"
    folder.mkdir()
    (folder / "通报.txt").write_text("晋中市甲醇汽车推广5623辆。", encoding="utf-8")
    (tmp_path / "公开.txt").write_text("晋中市甲醇加注站58座。", encoding="utf-8")
    services.ingest_folder(tmp_path)
    assert dict(Source.objects.values_list("name", "level")) == {"通报.txt": 2, "公开.txt": 0}
