"""Markup in every field, SQL in every filter, formulas and file names meant to deceive: inert.

The forms are those that stand on the pages, the pages those of the route list and all that they lead to, the files those that the
table of routes knows: what is added to the product is tried without a word here.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from tests.ledger.making import document, figure, findings
from tests.ledger.people import account
from tests.workbench.browsing import Form, doors, fields_of, forms_in, route_of, tree_of, walk
from tests.workbench.routes_and_rights import REFUSED, ROUTES
from tests.workbench.worlds import World, all_worlds, rows_of

from liantu.extraction.model import Chain, Enterprise, Evidence, Project, Relation
from liantu.ledger import services
from liantu.ledger.models import Source
from liantu.ledger.work.kinds import KINDS

MARKUP = (
    '"><script>alert(7)</script>{{7|add:42}}',
    "'><img src=x onerror=alert(7)>",
    "<a href=javascript:alert(7)>",
    "javascript:alert(7)",
    "<i onx=7>",
)
FORMULAS = ("=1+cmd|' /C calc'!A0", "+7+7", "-7+7", "@SUM(7)", "\t=7+7")
HOSTILE = (
    "'; DROP TABLE ledger_statement; --",
    "%' UNION SELECT password FROM auth_user --",
    MARKUP[0],
    "\x00\x01",
    "９９９９９９９９９９９９９９９９９９９９",
    "nan",
    "名" * 5000,
)
SHARED = ("q", "sort", "page", "region", "city", "county", "chain", "stage", "kind", "state", "level", "year", "month", "period", "from",
          "to", "date", "owner", "unit", "status", "min", "max", "node", "find", "limit", "offset")  # fmt: skip
LEAVES = {"logout", "password", "language", "account-active", "documents-reread", "document-remove", "document-propose"}
"""Forms that would end the walk, or set off work that has nothing to do with what is written into fields."""
TAKE_BACK = {"record-remove", "change-undo", "undo", "proposal-undo", "outline-undo", "row-changes-undo", "bulletin-drop", "exchange-stop",
             "grant-end", "list-fill-again", "work-step", "word-drop", "judge-pair", "role"}  # fmt: skip
"""Forms that end what others are about: they come last."""
FORMED = {"region_code": "晋中市", "region": "晋中市", "uscc": "", "data_date": "", "period": "", "unit": "元"}
"""Fields that only take words of a certain form: they keep what the page fills in, else this."""
CODE = frozenset({"script", "iframe", "object", "embed"})


@pytest.fixture
def world(db: None, tmp_path: Path) -> World:
    return all_worlds(tmp_path)["home"]


def inert(tree: Any, address: str) -> None:
    """Nothing on the page runs that the templates did not put there."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in CODE:
            assert element.tag == "script", address
            assert element.get("src", "").startswith("/static/") and not (element.text or "").strip(), address
        assert element.tag != "img" or element.get("src") != "x", address
        for name, value in element.attrib.items():
            assert not name.lower().startswith(("on", "hx-on")), (address, name, value)
            if name in ("href", "src", "action", "formaction", "hx-get", "hx-post"):
                assert not re.match(r"[\x00-\x20]*(javascript|data|vbscript):", value, re.IGNORECASE), (address, value)
    told = tree.text_content()
    assert "</script>49" not in told and "49{%" not in told, f"{address} evaluated what was written into a field"


def filled(form: Form, word: str) -> dict[str, Any]:
    """A form with `word` in every field that takes words, and what a person might choose in the others."""
    fields: dict[str, Any] = fields_of(form.element)
    for field in form.element.iter("input", "textarea", "select"):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or name == "csrfmiddlewaretoken":
            continue
        begun = (fields.get(name) or [""])[0]
        if name in FORMED:
            fields[name] = begun or FORMED[name]
        elif field.get("inputmode") == "decimal" or kind == "number":
            fields[name] = begun or ("7" if field.get("required") is not None else "")
        elif "8400" in (field.get("placeholder") or ""):
            fields[name] = begun or "7"
        elif field.tag == "textarea" or (field.tag == "input" and kind in ("text", "search")):
            fields[name] = word[: int(field.get("maxlength") or 10**6)]
        elif kind == "date":
            fields[name] = "2030-05-06" if name in ("due", "until") else "2024-05-06"
        elif kind == "file":
            fields[name] = SimpleUploadedFile(f"{word[:40]}.txt", f"{word}产值5亿元。".encode())
        elif field.tag == "select" and not begun and field.get("required") is not None:
            fields[name] = next((o.get("value") for o in field.iter("option") if o.get("value")), "")
    return fields


def forms_of(client: Client, world: World) -> dict[tuple[Any, ...], Form]:
    """Every form that writes, once for each sort of page and set of fields that it comes with."""
    found: dict[tuple[Any, ...], Form] = {}
    for page in walk(client, doors(world), most=1):
        assert page.status < 500, page.address
        for form in forms_in(page.tree, page.address) if page.tree is not None else ():
            name, arguments = route_of(form.action)
            if form.method == "post" and name and name not in LEAVES:
                words = tuple(str(v) for k, v in sorted(arguments.items()) if k in ("kind", "parent"))
                found.setdefault((name, words, tuple(sorted(fields_of(form.element)))), form)
    return dict(sorted(found.items(), key=lambda item: item[0][0] in TAKE_BACK))


def write(client: Client, world: World, words: tuple[str, ...]) -> tuple[set[str], set[str]]:
    """Sends every form with one word after the other until it is taken. The routes that were tried, and those that took it."""
    tried, took = set(), set()
    for (name, kinds, _fields), form in forms_of(client, world).items():
        called = " ".join((name, *kinds))
        tried.add(called)
        for word in words:
            with transaction.atomic():
                response = client.post(form.action, filled(form, word))
            assert response.status_code < 500, (called, word)
            tree = tree_of(response)
            if tree is not None:
                inert(tree, called)
            if response.status_code in (200, 302):
                took.add(called)
                break
    return tried, took


def say_in_documents(words: tuple[str, ...]) -> None:
    """Documents whose every name and sentence is hostile, on things that stand in the lists of all pages."""
    for at, word in enumerate(words):
        text = f"{word}年产{at + 3}万吨项目总投资{at + 5}亿元，由{word}有限公司建设。"
        made = document(text, f"{word}.txt".replace("/", "_"), word)
        whole, project, firm = Evidence(text, 0, len(text)), f"{word}年产{at + 3}万吨项目", f"{word}有限公司"
        number = f"{at + 5}亿"
        said = [figure(text, number, (at + 5) * 1e8, "元", word, subject=project, subject_kind="project")]
        found = findings(
            made,
            said,
            [Project(project, (word,), whole, 5e8, "signed", "晋中市", firm, word)],
            [Enterprise(firm, (word,), whole, "chain_master")],
            [Relation(firm, "located_in", "晋中市", whole), Relation(firm, "belongs_to", word, whole)],
            chains=(Chain(word, (), "晋中市", "strong", whole),),
        )
        services.add_findings(made, found, by=word)
    Source.objects.filter(publisher__in=words).update(region_code="140700")


def kinds_with_forms() -> set[str]:
    """Kinds of records that a page lets a person add; those that stand for a step or a switch have no form of their own."""
    return set(KINDS) - {
        "escalation",
        "rung",
        "revision",
        "bucket",
        "rules",
        "score",
        "known",
        "ownkit",
        "kit",
        "list",
        "listrow",
        "alert_rule",
        "account",
        "link",
    }


@pytest.mark.django_db
def test_markup_in_every_field_of_every_form_is_shown_as_text(world: World, clerk: Client) -> None:
    say_in_documents(MARKUP)
    tried, took = write(clerk, world, MARKUP)
    written = {called.split()[1] for called in took if called.startswith(("record", "target-add", "campaign-add"))}
    assert kinds_with_forms() - written == set(), "no form took these"
    assert len(tried) > 90
    shown = 0
    for page in walk(clerk, doors(world), most=2):
        assert page.status < 500, page.address
        if page.tree is not None:
            inert(page.tree, page.address)
            shown += "alert(7)" in page.tree.text_content()
    assert shown > 60  # the pages do show what was written


@pytest.mark.django_db
def test_what_looks_like_a_formula_leaves_every_export_as_text(world: World, clerk: Client) -> None:
    say_in_documents(FORMULAS)
    write(clerk, world, FORMULAS)
    files, carried = 0, set()
    for address, name in exports(clerk, world):
        response = clerk.get(address)
        assert response.status_code < 500, address
        if response.status_code != 200:
            continue
        content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        if text_alone(content, response.headers["Content-Type"], address):
            carried.add(name)
        files += 1
    assert files > 50
    assert carried >= {
        "figures-export",
        "projects-export",
        "enterprises-export",
        "work-export",
        "lists-export",
        "records-export",
    }


def exports(client: Client, world: World) -> Iterator[tuple[str, str]]:
    """Every address that gives a file, in each of the forms that it is offered in, and the name of its route."""
    known = {address: route_of(address)[0] for address in doors(world)}
    for page in walk(client, list(known), most=2):
        name = route_of(page.address)[0]
        if page.status == 200 and page.tree is None:
            known[page.address] = name
    forms = ("csv", "xlsx", "docx")
    yield from {
        re.sub(r"\.(csv|xlsx|docx)(?=$|\?)", f".{form}", address): name
        for address, name in known.items()
        if name.endswith(("export", "docx", "returned", "gold"))
        for form in forms
    }.items()


def text_alone(content: bytes, media: str, address: str) -> bool:
    """Holds a file to having no cell that a spreadsheet would run. Whether it carries any of the formulas as text."""
    formulas = tuple(each.strip() for each in FORMULAS)
    if media.startswith("text/csv"):
        carried = False
        for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline="")):
            for cell in row:
                number = re.fullmatch(r"[+-]?[\d.]+(e[+-]?\d+)?%?", cell)
                assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (address, cell)
                carried |= cell.lstrip("'\t").startswith(formulas)
        return carried
    if not zipfile.is_zipfile(BytesIO(content)):
        return False
    parts = zipfile.ZipFile(BytesIO(content))
    if "[Content_Types].xml" not in parts.namelist():
        return False
    if "word/document.xml" in parts.namelist():
        body = parts.read("word/document.xml").decode()
        assert "<w:instrText" not in body and "<w:fldSimple" not in body, address
        return any(each in body for each in ("@SUM(7)", "+7+7"))
    carried = False
    for sheet in load_workbook(BytesIO(content)).worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f" and cell.hyperlink is None, (address, cell.coordinate, cell.value)
                carried |= isinstance(cell.value, str) and cell.value.strip().startswith(formulas)
    return carried


@pytest.mark.django_db
def test_sql_and_nonsense_in_every_filter_change_nothing(world: World, clerk: Client) -> None:
    before, tables = counts(), sorted(connection.introspection.table_names())
    tried = 0
    for name, route in ROUTES.items():
        if route.get == REFUSED or name == "gold":
            continue
        for arguments in route.arguments(world)[:1]:
            address = reverse(name, kwargs=arguments)
            plain = clerk.get(address)
            if plain.status_code != 200:
                continue
            tree = tree_of(plain)
            asked = (
                {f for form in forms_in(tree, address) if form.method == "get" for f in fields_of(form.element)}
                if tree is not None
                else set()
            )
            assert clerk.get(f"{address}?q=%ed%a0%bd%ff&sort=%ff").status_code < 500, name  # bytes that are no text
            for word in HOSTILE:
                response = clerk.get(address, dict.fromkeys(asked | set(SHARED), word))
                assert response.status_code < 500, (name, word[:40])
                if response.streaming:
                    b"".join(response.streaming_content)  # type: ignore[attr-defined, arg-type]
                elif (shown := tree_of(response)) is not None:
                    inert(shown, address)
                found = (response.context or {}).get("listing")
                if "q" in asked and hasattr(found, "total") and word.isprintable():
                    assert found.total == 0, (name, word)  # nothing is called so: it was looked for, not run
                tried += 1
    assert tried > 700
    assert counts() == before and sorted(connection.introspection.table_names()) == tables


LISTS = (
    "figures",
    "projects",
    "enterprises",
    "documents",
    "targets",
    "alerts",
    "lists",
    "tasks",
    "phrases",
    "search",
    "review",
    "conflicts",
)


@pytest.mark.parametrize("word", HOSTILE[:5])
def test_both_engines_take_words_for_words(ledger: str, client: Client, word: str) -> None:
    """What one engine passes over may be an error of the other: an empty ledger is enough to meet it."""
    client.force_login(account("someone", "chain_office"))
    for name in LISTS:
        response = client.get(reverse(name), dict.fromkeys(SHARED, word))
        assert response.status_code == 200, (name, word)


def counts() -> dict[str, int]:
    """Rows of every table; the log and what was looked up are not the office's work."""
    return {
        m.__name__: rows_of(m)
        for m in apps.get_app_config("ledger").get_models()
        if m.__name__ not in ("AuditEntry", "LoginFailure")
    }


@pytest.mark.django_db
def test_nonsense_in_every_field_is_told_never_an_error_of_the_server(world: World, clerk: Client) -> None:
    """Selects, dates, numbers and hidden fields too: whoever writes a program sends what no browser would."""
    for (name, kinds, _fields), form in forms_of(clerk, world).items():
        for word in HOSTILE:
            with transaction.atomic():
                response = clerk.post(form.action, dict.fromkeys(fields_of(form.element), word))
                transaction.set_rollback(True)
            assert response.status_code < 500, (name, kinds, word[:40])
            tree = tree_of(response)
            if tree is not None:
                inert(tree, name)


TRICKS = (
    "../../../etc/passwd.txt", "..\\..\\windows\\win.txt", "/etc/cron.d/job.txt", "C:\\boot.txt", "a/../../b.txt", "....//....//c.txt", "\u202etxt.exe.txt",
    "<img src=x onerror=alert(7)>.txt", "'; DROP TABLE ledger_source; --.txt", "nul.txt", "." * 40 + ".txt", "名" * 300 + ".txt", "=1+1.txt",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", TRICKS)
def test_names_of_files_lead_nowhere(clerk: Client, tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "UPLOADS", home / "uploads")
        for address, field in (
            (reverse("upload"), "files"),
            (reverse("exchange-upload"), "file"),
            (reverse("kit-keep"), "file"),
        ):
            body = SimpleUploadedFile("a.txt", "晋中市产值5亿元。".encode())
            body._name = name  # past the cleaning that a browser's upload gets from Django
            response = clerk.post(address, {field: body, "kind": "project"})
            assert response.status_code < 500, address
            tree = tree_of(response)
            if tree is not None:
                inert(tree, address)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert all((home / "uploads") in path.resolve().parents for path in written)
    for source in Source.objects.all():
        assert "/" not in source.name and "\\" not in source.name and ".." not in Path(source.name).parts
