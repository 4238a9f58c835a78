"""Two people with one form open: the second is shown both versions and may merge; nothing is overwritten unseen.

Every address that answers POST stands in one of three tables; one that stands in none fails. The forms are taken out of the pages as
a browser has them, so that a form that does not carry along what it showed fails, too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from tests.ledger.making import says
from tests.workbench.browsing import fields_of
from tests.workbench.routes_and_rights import REFUSED, ROUTES
from tests.workbench.worlds import World, all_worlds

from liantu.ledger import services
from liantu.ledger.models import (
    Account,
    Alert,
    Bulletin,
    FigureView,
    Judgement,
    Office,
    OfficeRules,
    OwnAlertRule,
    Pair,
    Pairing,
    Review,
    Role,
    Source,
    TargetActual,
)
from liantu.ledger.work.kinds import KINDS
from liantu.tracking.criteria import shipped_sets

Fields = dict[str, Any]


class Case(NamedTuple):
    """A form: the page it stands on, where it goes, what either person writes, and what is kept."""

    page: Callable[[World], str]
    action: Callable[[World], str]
    theirs: Fields
    mine: Fields
    kept: Callable[[World], Any]
    merged: Any  # what is kept once the second person has insisted
    before: Callable[[World, Client], object] = lambda world, client: None


def route(name: str, row: str = "", **more: Any) -> Callable[[World], str]:
    return lambda world: reverse(name, kwargs=({"pk": world.pk(row)} if row else {}) | more)


def office(world: World, client: Client) -> None:
    world.rows["office"] = [str(Office.objects.create(name="发展改革委", short="发改委", contact="王").pk)]


def account(world: World, client: Client) -> None:
    world.rows["account"] = [str(client.get("/accounts").context["user"].pk)]
    Account.objects.update_or_create(user_id=world.pk("account"), defaults={"full_name": "甲", "post": "科员"})


def own_set(world: World, client: Client) -> None:
    key, (_set, text) = next(iter(shipped_sets().items()))
    text = text.replace(f"id: {key}", f"id: own_{key}", 1)
    services.add_record("rules", {"rule_kind": "criteria", "key": "-", "text": text}, "a")
    world.rows["set"] = [OfficeRules.objects.get().key]
    CRITERIA["base"], CRITERIA["theirs"], CRITERIA["mine"] = text, f"# 甲改\n{text}", f"# 乙改\n{text}"


CRITERIA: dict[str, str] = {}


def draft(world: World, client: Client) -> None:
    row = services.make_bulletin("monthly_dispatch", "2024-05", "a")
    world.rows["draft"] = [str(row.pk)]


def undecided(world: World, client: Client) -> None:
    """The pair of names that nobody has judged."""
    Judgement.objects.filter(origin="user").delete()
    world.rows["open pair"] = [str(Judgement.objects.get(pk=world.pk("judgement")).pk)]


def actual(world: World, client: Client) -> None:
    world.rows["figure"] = [str(FigureView.objects.filter(pk__in=world.rows["statement"])[0].pk)]


def reviewed(world: World) -> list[str]:
    found = Review.objects.filter(statement=world.rows["statement"][-1], undone_at=None)
    return list(found.values_list("verdict", flat=True))


EDITS: dict[str, Case] = {
    "record": Case(
        lambda w: reverse("record", kwargs={"kind": "detail", "pk": w.pk("record:detail")}),
        lambda w: reverse("record", kwargs={"kind": "detail", "pk": w.pk("record:detail")}),
        {"next_step": "甲写的下一步"},
        {"next_step": "乙写的下一步"},
        lambda w: KINDS["detail"]._default_manager.get(pk=w.pk("record:detail")).next_step,  # type: ignore[attr-defined]
        "乙写的下一步",
    ),
    "account": Case(
        route("account", "account"),
        route("account", "account"),
        {"full_name": "甲改的"},
        {"full_name": "乙改的"},
        lambda w: Account.objects.get(user=w.pk("account")).full_name,
        "乙改的",
        account,
    ),
    "office": Case(
        route("office", "office"),
        route("office", "office"),
        {"contact": "甲 1"},
        {"contact": "乙 2"},
        lambda w: Office.objects.get(pk=w.pk("office")).contact,
        "乙 2",
        office,
    ),
    "role": Case(
        route("accounts"),
        route("role"),
        {"value": "reader", "actions": ["read", "edit"]},
        {"value": "reader", "actions": ["read", "approve"]},
        lambda w: Role.objects.get(value="reader").actions,
        "|read|approve|",
    ),
    "document-date": Case(
        lambda w: reverse("review") + "?kind=date",
        route("document-date", "undated"),
        {"published": "2024-05-08"},
        {"published": "2024-05-09"},
        lambda w: Source.objects.get(pk=w.pk("undated")).published.isoformat(),  # type: ignore[union-attr]
        "2024-05-09",
        lambda w, c: (
            w.rows.update(undated=w.rows["document"][:1]),
            Source.objects.filter(pk=w.pk("document")).update(published=None),
        ),
    ),
    "document-level": Case(
        route("document", "document"),
        route("document-level", "document"),
        {"level": "1"},
        {"level": "2"},
        lambda w: Source.objects.get(pk=w.pk("document")).level,
        2,
    ),
    "statement-review": Case(
        lambda w: reverse("statement", args=[w.rows["statement"][-1]]),
        lambda w: reverse("statement-review", args=[w.rows["statement"][-1]]),
        {"verdict": "accepted"},
        {"verdict": "rejected"},
        reviewed,
        ["rejected"],
    ),
    "judge-pair": Case(
        lambda w: reverse("review") + "?kind=name",
        route("judge-pair", "open pair"),
        {"verdict": "different"},
        {"verdict": "same"},
        lambda w: Judgement.objects.filter(origin="user", undone_at=None).latest("id").verdict,
        "same",
        undecided,
    ),
    "alert-answer": Case(
        route("alert", "alert"),
        route("alert-answer", "alert"),
        {"answer": "close", "why": "甲：已办"},
        {"answer": "note", "why": "乙：没有办"},
        lambda w: Alert.objects.get(pk=w.pk("alert")).events.exclude(by="").latest("pk").note,
        "乙：没有办",
    ),
    "bulletin-save": Case(
        route("bulletin-edit", "draft"),
        route("bulletin-save", "draft"),
        {"title": "甲的标题"},
        {"title": "乙的标题"},
        lambda w: Bulletin.objects.get(pk=w.pk("draft")).title,
        "乙的标题",
        draft,
    ),
    "target-actual": Case(
        route("target", "target"),
        route("target-actual", "target"),
        {"verdict": "counts"},
        {"verdict": "other"},
        lambda w: TargetActual.objects.get().verdict,
        "other",
        actual,
    ),
}
"""Forms that change what there is: each is tried by two people."""

REFUSES = {
    "record-remove": "carries the version of the record; a record that moved on is shown instead",
    "work-step": "carries the version; a step from a state that is no more is refused and the record shown",
    "bulletin-recompute": "carries the version of the draft",
    "bulletin-publish": "carries the version of the draft",
    "bulletin-drop": "carries the version of the draft",
    "outline-edit": "carries the version; tells what was meant beside the outline as it is (test_chain_outline)",
    "change-undo": "a change that others stand on is not taken back (test_work_records)",
    "outline-undo": "as change-undo",
    "row-changes-undo": "takes back its own set, later changes stay (test_round_trip)",
    "exchange-write": "a row that changed after the comparison stops all of it (test_round_trip)",
    "criteria-edit": "carries the version; tried below, with a text merged by hand",
    "scorecard-edit": "the same form as criteria-edit",
    "bulletin-kind": "the same form as criteria-edit",
    "alert-rules-bring": "each rule carries its version; tried below",
    "alert-rule-switch": "says what shall be instead of turning round; tried below",
    "list-edit": "carries the version of the list; shows both versions (test_lists)",
    "list-row": "carries the version of the row; shows both versions (test_lists)",
    "judge-facts": "a pair that was judged is no question any more: the second answer meets none; tried below",
    "settle-conflict": "shows what was settled; tried below",
}
"""Forms that carry a version or ask for what shall be, and refuse; what is proved elsewhere names where."""

NOTHING_TO_OVERWRITE = {
    "adds a row": {
        "bulletin-make", "record-under", "record-add", "record-new", "target-add", "campaign-add", "known-add", "score-enter",
        "account-add", "office-add", "grant", "targets-take", "target-revision", "target-parts", "campaign-paste",
        "document-mark", "upload", "exchange-upload", "scores-publish", "scheme-own", "ladder-own", "escalations", "list-new", "list-row-add", "kit-install", "kit-keep",
        "kit-duties", "list-book-of",
    },
    "ends or takes back one thing; a second time changes nothing": {
        "grant-end", "document-remove", "check-dismiss", "document-own", "word-drop", "undo", "proposal-undo", "job-stop", "list-confirm", "list-fill-again",
        "exchange-stop", "kit-duties-back", "registry-undo",
    },
    "says what shall be, and it is so whoever said it": {"account-active", "post-decide", "proposal-decide", "list-publish", "list-fill-decide", "registry-decide"},
    "about an import that one person has open": {
        "exchange-headers", "exchange-side", "exchange-again", "list-book-take-in", "list-book-write",
    },
    "starts work, changes nothing by itself": {
        "alerts-run", "registry-resolve", "documents-reread", "document-reread", "document-propose", "account-invite",
    },
    "a person's own": {"login", "logout", "language", "password", "invitation"},
    "a page that looks things up": {"overview"},
}  # fmt: skip


def test_every_address_that_changes_something_is_spoken_of() -> None:
    told = [*EDITS, *REFUSES, *(name for names in NOTHING_TO_OVERWRITE.values() for name in names)]
    assert len(told) == len(set(told))
    assert {name for name, each in ROUTES.items() if each.post != REFUSED} - set(told) == set(), (
        "say how it meets a stale edit"
    )


@pytest.fixture
def world(db: None, tmp_path: Path) -> World:
    return all_worlds(tmp_path)["home"]


def form_in(html: bytes, action: str, here: str, about: str = "") -> dict[str, list[str]]:
    """The fields of the form that goes to `action` (of several the one whose field `value` is `about`), as a browser sends them."""
    found = [
        form
        for form in lxml.html.fromstring(html.decode()).iter("form")
        if form.get("method", "").lower() == "post"
        and (form.get("action") or here).split("?")[0] == action
        and (not about or form.xpath(".//input[@name='value' and @value=$about]", about=about))
    ]
    assert found, f"there is no form for {action}"
    return fields_of(found[-1])


@pytest.mark.django_db
@pytest.mark.parametrize("name", EDITS)
def test_the_second_of_two_sees_both_versions_and_decides(world: World, clerk: Client, name: str) -> None:
    case = EDITS[name]
    case.before(world, clerk)
    page, action = case.page(world), case.action(world)
    if name == "role":
        opened: dict[str, Any] = form_in(clerk.get(page).content, action, page, "reader")
    elif name == "target-actual":  # nobody has decided: the form stands beside the figure and shows no verdict
        opened = {"statement": [world.pk("figure")], "seen": ['{"verdict": ""}']}
    else:
        opened = form_in(clerk.get(page).content, action, page)
    assert clerk.post(action, opened | case.theirs).status_code in (200, 302)
    kept = case.kept(world)
    met = clerk.post(action, opened | case.mine)
    assert met.status_code == 409
    assert case.kept(world) == kept != case.merged
    text = met.content.decode()
    for side in (case.theirs, case.mine):
        for value in side.values():
            if isinstance(value, str) and not value.isascii():
                assert value in text
    merging = form_in(met.content, action, page) | case.mine
    assert clerk.post(action, merging).status_code in (200, 302)
    assert case.kept(world) == case.merged


@pytest.mark.django_db
def test_no_kind_of_record_is_written_over(world: World, clerk: Client) -> None:
    tried = set()
    rows = {
        key.removeprefix("record:"): pks for key, pks in world.rows.items() if key in KINDS or key.startswith("record:")
    }
    for kind, pks in rows.items():
        address = reverse("record", kwargs={"kind": kind, "pk": pks[0]})
        page = clerk.get(address)
        if page.status_code == 302:  # edited on a page of its own, which EDITS tells of
            assert kind in {"list", "listrow"}, kind
            continue
        opened = form_in(page.content, address, address)
        model = KINDS[kind]._default_manager
        model.filter(pk=pks[0]).update(version=F("version") + 1)
        before = model.values().get(pk=pks[0])
        assert clerk.post(address, opened).status_code == 409, kind
        clerk.post(reverse("record-remove", kwargs={"kind": kind, "pk": pks[0]}), {"version": opened["version"]})
        assert model.values().get(pk=pks[0]) == before, kind
        tried.add(kind)
    assert tried >= {
        "detail", "stage", "problem", "plan", "month", "official", "campaign", "item", "target", "programme", "meeting",
        "task", "order", "duty",
    } - {"item"}  # fmt: skip


@pytest.mark.django_db
def test_two_changes_of_different_fields_are_both_kept(world: World, clerk: Client) -> None:
    office(world, clerk)
    address = reverse("office", args=[world.pk("office")])
    opened = form_in(clerk.get(address).content, address, address)
    clerk.post(address, opened | {"contact": "甲 1"})
    met = clerk.post(address, opened | {"short": "发改"})
    assert met.status_code == 409 and "已并入别人改的" in met.content.decode()
    clerk.post(address, form_in(met.content, address, address))
    row = Office.objects.get(pk=world.pk("office"))
    assert (row.contact, row.short) == ("甲 1", "发改")


@pytest.mark.django_db
def test_two_corrections_of_a_statement_are_merged_column_by_column(world: World, clerk: Client) -> None:
    pk = FigureView.objects.filter(statement__property="产能", pk__in=world.rows["statement"])[0].pk
    page = reverse("statement-correct", args=[pk])
    action = reverse("statement-review", args=[pk])
    opened = form_in(clerk.get(page).content, action, page)
    clerk.post(action, opened | {"value": "35万"})
    met = clerk.post(action, opened | {"property": "设计产能"})
    assert met.status_code == 409
    clerk.post(action, form_in(met.content, action, page))
    [review] = Review.objects.filter(statement=pk, undone_at=None)
    assert review.replacement is not None
    assert (review.replacement.value, review.replacement.property) == (35e4, "设计产能")


@pytest.mark.django_db
def test_htmx_gets_both_versions_in_place(world: World, clerk: Client) -> None:
    action = reverse("statement-review", args=[world.rows["statement"][-1]])
    clerk.post(action, {"verdict": "accepted"})
    met = clerk.post(action, {"verdict": "rejected"}, headers={"HX-Request": "true"})
    assert met.status_code == 200 and "data-both-versions" in met.content.decode()
    assert reviewed(world) == ["accepted"]


@pytest.mark.django_db
def test_a_text_of_criteria_is_merged_by_hand(world: World, clerk: Client) -> None:
    own_set(world, clerk)
    address = reverse("criteria-edit", args=[world.pk("set")])
    opened = form_in(clerk.get(address).content, address, address)
    assert clerk.post(address, opened | {"text": CRITERIA["theirs"]}).status_code == 302
    met = clerk.post(address, opened | {"text": CRITERIA["mine"]})
    assert met.status_code == 409 and "甲改" in met.content.decode() and "乙改" in met.content.decode()
    assert OfficeRules.objects.get().text.startswith("# 甲改")
    both = CRITERIA["base"]
    merged = form_in(met.content, address, address) | {"text": f"# 甲改\n# 乙改\n{both}"}
    assert clerk.post(address, merged).status_code == 302
    assert OfficeRules.objects.get().text.startswith("# 甲改\n# 乙改")


@pytest.mark.django_db
def test_a_table_of_rules_does_not_undo_what_others_changed_since(world: World, clerk: Client) -> None:
    clerk.post("/alerts/rules/permit_late/switch", {"off": "1"})
    own = OwnAlertRule.objects.get()

    def table() -> str:
        return b"".join(clerk.get("/alerts/rules.csv").streaming_content).decode()  # type: ignore[attr-defined]

    taken = table()
    services.change_record("alert_rule", own.pk, own.version, {"title_zh": "甲改的名称"}, "a")
    title = own.title_zh
    assert title in taken
    changed = taken.replace(title, "乙改的名称")
    response = clerk.post("/alerts/rules/bring", {"table": changed})
    assert response.status_code == 422
    assert "甲改的名称" in response.content.decode() and "乙改的名称" in response.content.decode()
    own.refresh_from_db()
    assert own.title_zh == "甲改的名称"
    again = table().replace("甲改的名称", "乙改的名称")
    assert clerk.post("/alerts/rules/bring", {"table": again}).status_code == 302
    own.refresh_from_db()
    assert own.title_zh == "乙改的名称"


@pytest.mark.django_db
def test_a_switch_that_two_press_is_off_not_on_again(world: World, clerk: Client) -> None:
    for _press in range(2):
        clerk.post("/alerts/rules/permit_late/switch", {"off": "1"})
        assert OwnAlertRule.objects.get().off
    assert clerk.post("/alerts/rules/permit_late/switch").status_code == 404


@pytest.mark.django_db
def test_a_conflict_that_was_settled_is_not_settled_otherwise_unseen(filled: dict[str, Source], clerk: Client) -> None:
    [item] = clerk.get("/review", {"kind": "conflict"}).context["items"]
    fact, rows = item.row.pk, item.sides
    action = reverse("settle-conflict", args=[fact])
    clerk.post(action, {"right": rows[0].pk})
    held = Review.objects.get(statement=rows[0].pk, undone_at=None)
    met = clerk.post(action, {"right": rows[1].pk})
    assert met.status_code == 409
    assert Review.objects.get(statement=rows[0].pk, undone_at=None) == held
    # The value that was ruled out stands in the fact no more: who insists is led to the verdict, to take it back first.
    insisting = clerk.post(action, form_in(met.content, action, action), follow=True)
    assert insisting.redirect_chain[-1][0] == reverse("history") and "撤回" in insisting.content.decode()
    clerk.post(reverse("undo", args=["review", Review.objects.get(statement=rows[1].pk, undone_at=None).pk]))
    clerk.post(reverse("undo", args=["review", held.pk]))
    clerk.post(action, {"right": rows[1].pk})
    assert Review.objects.get(statement=rows[1].pk, undone_at=None).verdict == "accepted"


@pytest.mark.django_db
def test_two_figures_that_were_judged_are_not_judged_otherwise_unseen(clerk: Client) -> None:
    for subject, publisher in (("太原市", "太原日报"), ("山西省", "山西日报")):
        services.add_findings(*says("225", 225, "户", "链上企业", subject=subject, publisher=publisher))
    action = reverse("judge-facts", args=[Pair.objects.get().pk])
    clerk.post(action, {"verdict": "same"})
    held = Pairing.objects.get()
    assert clerk.post(action, {"verdict": "different"}).status_code == 404
    assert Pairing.objects.get() == held and held.verdict == "same"


@pytest.mark.django_db
@pytest.mark.parametrize("does", ["bulletin-recompute", "bulletin-publish", "bulletin-drop"])
def test_a_draft_that_moved_on_is_not_published_or_dropped(world: World, clerk: Client, does: str) -> None:
    draft(world, clerk)
    pk = world.pk("draft")
    old = Bulletin.objects.get(pk=pk).version
    Bulletin.objects.filter(pk=pk).update(version=old + 1)
    before = Bulletin.objects.values().get(pk=pk)
    clerk.post(reverse(does, args=[pk]), {"version": old})
    assert Bulletin.objects.values().get(pk=pk) == before
