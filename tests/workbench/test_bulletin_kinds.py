"""An office's own kinds of bulletins: looked at before they are kept, checked, drafted from, taken back."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from liantu.ledger import services
from liantu.ledger.bulletins.kinds import bulletin_kinds, kind_named
from liantu.ledger.models import Bulletin, OfficeRules, WorkChange
from liantu.tracking.bulletins import definitions, shipped_kinds

ADDRESS = "/bulletins/kinds/monthly_dispatch"
TEXT = """id = "week_of_chains"
title = "氢能链开工通报"
period = "month"
issuer = "链长办"
opening = "现将{period}情况通报如下。"
source = "本办"

[[sections]]
title = "开工情况"
indicator = "start_rate"
group = "city"
"""


@pytest.fixture
def editor(db: None, client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("li"))
    return client


def test_a_shipped_kind_opens_as_one_to_be_saved_under_another_id(editor: Client) -> None:
    page = editor.get(ADDRESS).content.decode()
    assert "own_monthly_dispatch" in page and "TOML" in page and "另存为自己的一套" in page
    assert ADDRESS in editor.get("/bulletins").content.decode()
    assert editor.get("/bulletins/kinds/none").status_code == 404


def test_looking_shows_what_would_be_printed_and_keeps_nothing(editor: Client) -> None:
    page = editor.post(ADDRESS, {"text": TEXT, "look": "1", "period": "2025-05"}).content.decode()
    assert "氢能链开工通报" in page and "2025-05" in page and "开工情况" in page
    assert not OfficeRules.objects.exists() and not Bulletin.objects.exists()
    wrong = editor.post(ADDRESS, {"text": TEXT, "look": "1", "period": "2025Q2"})
    assert wrong.status_code == 422 and "期别不是 2025Q2" in wrong.content.decode()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"city"', '"planet"', "sections[1].group：可用：city"),
        ("start_rate", "happiness", "sections[1].indicator：可用"),
        ('"week_of_chains"', '"Week"', "id：用小写字母"),
        ('"week_of_chains"', '"monthly_dispatch"', "是自带的，请换一个 id"),
        ('source = "本办"', "", "source：要填写"),
        ('issuer = "链长办"', 'colour = "red"', "没有这一项"),
        ("[[sections]]", "[[", "不是 TOML"),
        ("[[sections]]", "[sections]", "每一节以 [[sections]] 开头"),
    ],
)
def test_a_text_that_cannot_be_used_is_told_and_not_kept(editor: Client, old: str, new: str, said: str) -> None:
    answer = editor.post(ADDRESS, {"text": TEXT.replace(old, new), "version": "0"})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not OfficeRules.objects.exists()


def test_an_own_kind_is_drafted_changed_and_taken_back(editor: Client) -> None:
    editor.post(ADDRESS, {"text": TEXT, "version": "0"})
    own = OfficeRules.objects.get()
    assert own.key == "week_of_chains" and set(bulletin_kinds()) == {*definitions(), own.key}
    assert "氢能链开工通报" in editor.get("/bulletins").content.decode()
    answer = editor.post("/bulletins/make", {"definition": own.key, "period": "2025-05"})
    row = Bulletin.objects.get()
    assert answer["Location"] == reverse("bulletin", args=[row.pk]) and row.title == "氢能链开工通报"
    editor.post(
        f"/bulletins/kinds/{own.key}", {"text": TEXT.replace("开工通报", "月报"), "version": "1", "reason": "改名"}
    )
    assert kind_named(own.key).title == "氢能链月报" and WorkChange.objects.filter(kind="rules").count() == 2
    stale = editor.post(f"/bulletins/kinds/{own.key}", {"text": TEXT.replace("氢能链", "某链"), "version": "1"})
    assert "某链" in stale.content.decode() and kind_named(own.key).title == "氢能链月报"  # both versions, nothing lost
    services.undo_change(WorkChange.objects.filter(kind="rules").latest("pk").pk, "li")
    assert kind_named(own.key).title == "氢能链开工通报"
    own.refresh_from_db()
    services.remove_record("rules", own.pk, own.version, "li")
    assert own.key not in bulletin_kinds() and kind_named(own.key).title == "氢能链开工通报"
    assert editor.get(reverse("bulletin", args=[row.pk])).status_code == 200  # its draft is still there
    with pytest.raises(KeyError):
        kind_named("never_was")


def test_the_shipped_texts_are_those_of_their_kinds() -> None:
    assert {key: made.id for key, (made, _text) in shipped_kinds().items()} == {key: key for key in definitions()}
