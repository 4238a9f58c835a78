"""A file is as confidential as it is meant to be from the moment that it is uploaded, the documents of an archive too."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.ledger.people import account, office

from liantu.ledger.models import FigureView, Office, Source
from liantu.ledger.services import ingest_folder

TEXT = "晋中市推广甲醇汽车5623辆。"


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path / "uploads"


def send(client: Client, name: str = "通报.txt", content: bytes = TEXT.encode(), **fields: Any) -> Any:
    return client.post("/documents/upload", {"files": SimpleUploadedFile(name, content), **fields})


@pytest.mark.django_db
def test_the_form_gives_the_level_and_nobody_below_it_sees_what_it_says(clerk: Client, client: Client) -> None:
    assert send(clerk, level="1").status_code == 200
    assert Source.objects.get().level == 1 and FigureView.objects.get().level == 1
    client.force_login(account("reader", "reader", level=0))
    assert FigureView.objects.get().statement_id not in client.get("/figures").content.decode()
    assert client.get(f"/documents/{Source.objects.get().pk}").status_code == 404


@pytest.mark.django_db
def test_the_documents_of_an_archive_have_its_level(clerk: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("5月/通报.txt", TEXT)
        made.writestr("6月/通报.txt", TEXT.replace("5623", "5700"))
    send(clerk, "材料.zip", packed.getvalue(), level="2")
    assert set(Source.objects.values_list("level", flat=True)) == {2}


@pytest.mark.django_db
def test_without_a_word_the_office_s_level_holds(client: Client) -> None:
    user = account("zhang", "liaison", level=1)
    kept = office("晋中市工信局", "140700", user)
    kept.level = 1
    kept.save()
    client.force_login(user)
    page = client.get("/documents").content.decode()
    assert '<option value="1" selected>' in page and '<option value="2"' not in page
    send(client)
    assert Source.objects.get().level == 1
    send(client, "公开.txt", "晋中市建成加注站58座。".encode(), level="0")
    assert Source.objects.get(name="公开.txt").level == 0


@pytest.mark.django_db
@pytest.mark.parametrize("level", ["2", "7", "-1"])
def test_nothing_is_uploaded_above_what_the_person_may_see(client: Client, level: str) -> None:
    client.force_login(account("zhang", "liaison", level=1))
    answer = send(client, level=level)
    assert answer.status_code == 400 and "密级" in answer.content.decode()
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_the_same_file_again_is_never_opened_wider(clerk: Client) -> None:
    send(clerk, level="2")
    send(clerk, level="0")
    assert Source.objects.get().level == 2


@pytest.mark.django_db
def test_the_level_of_a_folder_served_is_the_least_of_its_files(settings: Any, tmp_path: Path) -> None:
    settings.FOLDER_LEVEL = 1
    folder = tmp_path / "资料"
    (folder / "敏感").mkdir(parents=True)
    (folder / "通报.txt").write_text(TEXT, encoding="utf-8")
    (folder / "敏感" / "会议.txt").write_text("晋中市建成加注站58座。", encoding="utf-8")
    ingest_folder(folder)
    assert dict(Source.objects.values_list("name", "level")) == {"通报.txt": 1, "会议.txt": 2}


@pytest.mark.django_db
def test_an_administrator_sets_the_level_of_an_office(clerk: Client) -> None:
    clerk.post("/accounts/offices", {"name": "链长办", "region": "140700", "level": "1"})
    assert Office.objects.get().level == 1
