"""The pages of accounts, as an administrator and a newcomer walk them; sessions that end; what the log keeps of it all."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.ledger.people import account
from tests.workbench.conftest import PASSWORD
from tests.workbench.test_rights_leaks import text_of

from liantu.ledger import services
from liantu.ledger.models import AuditEntry, Grant, Invitation
from liantu.workbench import sessions

NEW = "云冈-大同-3417-石窟"


def kinds() -> list[tuple[str, str, str]]:
    return [(e.kind, e.who, e.what) for e in AuditEntry.objects.order_by("id")]


def test_from_invitation_to_the_first_page(filled: object, clerk: Client) -> None:
    made = clerk.post("/accounts/add", {"username": "zhangsan", "full_name": "张三"})
    page = made.headers["Location"]
    clerk.post("/accounts/grants", {"user": page.rsplit("/", 1)[1], "role": "reader", "region": "140700", "level": "0"})
    link = re.search(r"/invitation/[\w-]+", clerk.post(f"{page}/invite").content.decode())
    assert link is not None and Invitation.objects.get().digest not in link[0]
    newcomer = Client()
    assert newcomer.get(link[0]).status_code == 200
    weak = newcomer.post(link[0], {"password": "zhangsan1", "again": "zhangsan1"})
    assert weak.status_code == 422 and "密码" in weak.content.decode()
    assert newcomer.post(link[0], {"password": NEW, "again": NEW}).status_code == 302
    assert "甲醇加注站" in newcomer.get("/figures").content.decode()
    assert Client().get(link[0]).status_code == 404
    clerk.post(f"/accounts/grants/{Grant.objects.get().pk}/end")
    assert newcomer.get("/figures").status_code == 403
    clerk.post(f"{page}/active", {})
    assert newcomer.get("/figures").status_code == 302
    assert Client().post("/login", {"username": "zhangsan", "password": NEW}).status_code == 403


def test_a_refusal_says_what_is_missing_and_whom_to_ask(filled: dict[str, Any], client: Client, user: object) -> None:
    client.force_login(account("li", "reader", region="140700"))
    refused = client.post(f"/documents/{filled['daily'].pk}/remove")
    html = refused.content.decode()
    assert refused.status_code == 403 and "角色不含这项权限" in html and "clerk" in html and "核定" in html
    assert kinds()[-1] == ("refused", "li", "document-remove")
    asked = client.get("/rights", {"at": f"/documents/{filled['daily'].pk}/remove"}).content.decode()
    assert "不可以" in asked and "角色不含这项权限" in asked
    assert client.get("/rights", {"user": "clerk"}).status_code == 404


def test_the_explainer_does_not_tell_that_a_hidden_row_is_there(filled: dict[str, Any], client: Client) -> None:
    client.force_login(account("wang", "reader", region="140100"))
    there = client.get("/rights", {"at": f"/documents/{filled['daily'].pk}"}).content.decode()
    assert "140700" not in there and "晋中" not in there


def test_the_own_password_is_changed_with_the_present_one(clerk: Client, user: Any) -> None:
    other = Client()
    other.force_login(user)
    assert clerk.post("/password", {"old": "wrong", "password": NEW, "again": NEW}).status_code == 422
    assert clerk.post("/password", {"old": PASSWORD, "password": NEW, "again": NEW}).status_code == 302
    assert clerk.get("/").status_code == 200 and other.get("/").status_code == 302


@pytest.mark.parametrize(("idle", "longest"), [(10, 10_000), (10_000, 10)])
def test_a_session_ends_when_nobody_uses_it_and_in_any_case(
    clerk: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, idle: int, longest: int
) -> None:
    settings.SESSION_IDLE_SECONDS, settings.SESSION_COOKIE_AGE = idle, longest
    assert clerk.get("/rights").status_code == 200
    now = sessions.timezone.now()

    class Later:
        """The clock, eleven seconds on."""

        @staticmethod
        def now() -> Any:
            return now + timedelta(seconds=11)

    monkeypatch.setattr(sessions, "timezone", Later)
    assert clerk.get("/rights").status_code == 302


def test_the_log_tells_logins_exports_writes_and_looking_at_what_is_confidential(
    filled: dict[str, Any], client: Client, user: object
) -> None:
    client.post("/login", {"username": "clerk", "password": "wrong"})
    client.post("/login", {"username": "clerk", "password": PASSWORD})
    text_of(client.get("/figures.csv"))
    source = filled["daily"]
    client.get(f"/documents/{source.pk}")
    client.post(f"/documents/{source.pk}/level", {"level": "2"})
    client.get(f"/documents/{source.pk}")
    client.post("/logout")
    told = kinds()
    wanted = [("failed", "用户名或密码不对"), ("login", "登录"), ("export", "figures-export"), ("write", "document-level"),
              ("view", "document"), ("logout", "退出")]  # fmt: skip
    assert [(kind, what) for kind, _who, what in told] == wanted
    assert {who for _kind, who, _what in told} == {"clerk"}


def test_the_log_is_filtered_and_leaves_as_a_file(clerk: Client) -> None:
    clerk.post("/accounts/add", {"username": "wu"})
    for at in range(120):
        services.revision()
        AuditEntry.objects.create(at=AuditEntry.objects.latest("id").at, kind="view", who=f"u{at}", what="document")
    html = clerk.get("/audit", {"who": "u7"}).content.decode()
    assert html.count("<tr>") == 2
    assert "第 2 页" in clerk.get("/audit", {"page": "2"}).content.decode()
    lines = text_of(clerk.get("/audit.csv", {"kind": "account"})).strip().splitlines()
    assert any("新建账号 wu" in line for line in lines) and not any("document" in line for line in lines)
    assert text_of(clerk.get("/audit.xlsx"))


def test_nobody_gives_a_level_above_the_own(filled: dict[str, Any], client: Client) -> None:
    client.force_login(account("li", "chain_office", region="140700", level=1))
    source = filled["daily"]
    assert client.post(f"/documents/{source.pk}/level", {"level": "2"}).status_code == 403
    assert client.post(f"/documents/{source.pk}/level", {"level": "1"}).status_code == 302
    source.refresh_from_db()
    assert source.level == 1
