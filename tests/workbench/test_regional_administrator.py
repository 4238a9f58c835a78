"""An administrator of a region: the accounts, offices and grants that lie in it, up to the own rights, and none beyond."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from tests.ledger.people import account, grant, office

from liantu.ledger.models import Account, AuditEntry, Grant, Invitation, Office

pytestmark = pytest.mark.django_db
JINZHONG = {"region": "140700", "chains": ["光伏", "氢能"], "level": 1}


@pytest.fixture
def regional(client: Client) -> Client:
    """Logged in: an administrator of two chains of Jinzhong, up to what is internal."""
    client.force_login(account("regional", "administrator", **JINZHONG))
    return client


@pytest.fixture
def own(db: None) -> Office:
    return office("晋中市工信局", "140700")


def give(client: Client, holder: Any, **told: Any) -> int:
    """Asks for a grant; the number of grants that there are more."""
    before = Grant.objects.filter(ended_at=None).count()
    name = "office" if isinstance(holder, Office) else "user"
    client.post(
        "/accounts/grants", {name: holder.pk, "role": "reader", "region": "140702", "chains": "光伏", "level": 0} | told
    )
    return Grant.objects.filter(ended_at=None).count() - before


def test_an_account_is_made_in_an_office_of_the_region_invited_and_shut(regional: Client, own: Office) -> None:
    regional.post("/accounts/add", {"username": "zhang", "office": own.pk})
    made = get_user_model().objects.get(username="zhang")
    assert give(regional, made) == 1
    assert regional.post(f"/accounts/{made.pk}/invite").status_code == 200
    assert Invitation.objects.filter(user=made, by="regional").exists()
    regional.post(f"/accounts/{made.pk}/active")
    made.refresh_from_db()
    assert not made.is_active
    assert AuditEntry.objects.filter(kind="account", who="regional").count() == 4
    for elsewhere in ("", office("太原市工信局", "140100").pk, office("没有地区的单位").pk):
        regional.post("/accounts/add", {"username": f"a{elsewhere}", "office": elsewhere})
    assert not get_user_model().objects.filter(username__startswith="a").exists()


@pytest.mark.parametrize(
    "beyond",
    [
        {"region": ""}, {"region": "140000"}, {"region": "140100"}, {"chains": ""}, {"chains": "光伏、煤层气"}, {"level": 2},
    ],
)  # fmt: skip
def test_no_grant_goes_beyond_the_own_one(regional: Client, own: Office, beyond: dict[str, Any]) -> None:
    user = account("zhang")
    Account.objects.create(user=user, office=own)
    assert give(regional, user, **beyond) == 0
    assert give(regional, own, **beyond) == 0
    assert AuditEntry.objects.filter(kind="refused", who="regional").exists()


def test_nobody_is_given_what_the_administrator_may_not_do(client: Client, own: Office) -> None:
    from liantu.ledger.models import Role

    Role.objects.create(value="clerk", name_zh="账号员", actions="|read|administer|")
    client.force_login(account("narrow", "clerk", **JINZHONG))
    user = account("zhang")
    Account.objects.create(user=user, office=own)
    assert give(client, user, role="chain_leader") == 0
    assert give(client, user, role="liaison") == 0
    assert give(client, user, role="reader") == 1
    grant(user, "liaison", "140700", ["光伏"], 0)  # given by somebody else: now zhang may do more than narrow
    assert client.get(f"/accounts/{user.pk}").status_code == 404
    assert client.post(f"/accounts/{user.pk}/invite").status_code == 404


def test_nobody_joins_an_office_that_holds_more_than_the_administrator(regional: Client, own: Office) -> None:
    wide = office("链长办", "140700")
    grant_of = account("wide", "reader").grants.get()
    Grant.objects.create(office=wide, role=grant_of.role, level=0, by="test")
    user = account("zhang")
    Account.objects.create(user=user, office=own)
    regional.post("/accounts/add", {"username": "li", "office": wide.pk})
    regional.post(f"/accounts/{user.pk}", {"full_name": "张", "office": wide.pk, "post": ""})
    assert not get_user_model().objects.filter(username="li").exists()
    assert Account.objects.get(user=user).office == own


def test_no_right_is_given_for_longer_than_it_is_held(client: Client, own: Office) -> None:
    from liantu.ledger.models import Role

    Role.objects.create(value="clerk", name_zh="账号员", actions="|read|administer|")
    narrow = account("narrow", "clerk", **JINZHONG)
    friday = timezone.localdate() + timedelta(days=3)
    held = grant(narrow, "liaison", "140700", ["光伏", "氢能"], 1)
    held.until = friday
    held.save(update_fields=["until"])
    client.force_login(narrow)
    user = account("zhang")
    Account.objects.create(user=user, office=own)
    assert give(client, user, role="liaison") == 0
    assert give(client, user, role="liaison", until=(friday + timedelta(days=1)).isoformat()) == 0
    assert give(client, user, role="liaison", until=friday.isoformat()) == 1
    assert give(client, user) == 1  # reading is theirs without end


def test_whoever_may_do_more_or_elsewhere_is_not_theirs(regional: Client, own: Office) -> None:
    chief = get_user_model().objects.create_superuser("chief")
    everywhere = account("wide", "reader")
    taiyuan = account("taiyuan", "reader", region="140100")
    secret = account("secret", "reader", region="140700", chains=["光伏"], level=2)
    theirs = account("theirs", "reader", region="140702", chains=["光伏"], level=1)
    lent = account("lent", "reader", region="140702", chains=["光伏"], level=1)
    Account.objects.create(user=lent, office=office("太原市发改委", "140100"))
    shared = account("shared")
    wide_office = office("链长办", "140700", shared)
    Grant.objects.create(office=wide_office, role=everywhere.grants.get().role, level=0, by="test")
    for user in (chief, everywhere, taiyuan, secret, lent, shared):
        for address in (f"/accounts/{user.pk}", f"/accounts/{user.pk}/invite", f"/accounts/{user.pk}/active"):
            assert regional.post(address).status_code == 404, (user, address)
        for held in user.grants.all():
            assert regional.post(f"/accounts/grants/{held.pk}/end").status_code == 404
        assert give(regional, user) == 0
    assert not Invitation.objects.exists() and Grant.objects.filter(ended_at__isnull=False).count() == 0
    page = regional.get("/accounts").content.decode()
    assert ">theirs</a>" in page and not any(
        f">{name}</a>" in page for name in ("chief", "wide", "taiyuan", "secret", "lent")
    )
    assert "太原市发改委" not in page and 'id="roles"' not in page
    regional.post(f"/accounts/grants/{theirs.grants.get().pk}/end")
    assert theirs.grants.get().ended_by == "regional"


def test_what_belongs_to_the_installation_stays_with_its_administrators(regional: Client, own: Office) -> None:
    for address in ("/audit", "/audit.csv"):
        assert regional.get(address).status_code == 403
    assert regional.post("/accounts/roles", {"value": "x", "name": "x"}).status_code == 403
    regional.post(f"/accounts/offices/{own.pk}", {"name": own.name, "region": "140100"})
    regional.post("/accounts/offices", {"name": "新单位", "region": ""})
    own.refresh_from_db()
    assert own.region_code == "140700" and not Office.objects.filter(name="新单位").exists()
    regional.post("/accounts/offices", {"name": "榆次区链办", "region": "140702"})
    assert Office.objects.get(name="榆次区链办").region_code == "140702"


def test_a_grant_ends_with_the_right_to_give_it(client: Client, own: Office) -> None:
    last: date = timezone.localdate() + timedelta(days=30)
    user = account("regional", "administrator", **JINZHONG)
    user.grants.update(until=last)
    client.force_login(user)
    other = account("zhang")
    Account.objects.create(user=other, office=own)
    assert give(client, other) == 0
    assert give(client, other, until=(last + timedelta(days=1)).isoformat()) == 0
    assert give(client, other, until=last.isoformat()) == 1
