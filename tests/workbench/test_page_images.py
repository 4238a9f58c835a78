"""Pages as pictures: drawn from the file that lies there, the sentence and the number of a statement marked on them."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from liantu.ledger import services
from liantu.ledger.models import Source, Statement
from liantu.workbench.page_images import evidence_strips

pytestmark = pytest.mark.django_db
LINES = (
    "晋中市产业链工作通报",
    "2024年10月5日 来源：晋中日报",
    "今年以来，晋中市累计推广甲醇汽车5623辆、建成甲醇加注站58座。",
)


def notice(path: Path) -> Path:
    """A pdf of two pages; what it says stands on the second, 200 points from its head."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    paper = canvas.Canvas(str(path), pagesize=(600, 800))
    for lines, top in ((LINES[:2], 100), (LINES[2:], 200)):
        paper.setFont("STSong-Light", 12)
        for number, line in enumerate(lines):
            paper.drawString(80, 800 - top - 30 * number, line)
        paper.showPage()
    paper.save()
    return path


def statement() -> Statement:
    return Statement.objects.get(value=5623, retired=False)


def test_the_sentence_and_its_number_are_marked_on_their_page(clerk: Client, tmp_path: Path) -> None:
    services.ingest_upload(notice(tmp_path / "通报.pdf"), "通报.pdf", "张三")
    [strip] = evidence_strips(statement())
    left, top, right, bottom = strip.part
    assert strip.number == 2
    assert left < 1000 * 80 / 600 < right < 1000 and top < 250 < bottom < 350
    sentence, number = strip.marks
    assert (sentence.kind, number.kind) == ("sentence", "found")
    assert left + sentence.x * (right - left) / 1000 == pytest.approx(1000 * 80 / 600, abs=3)
    # 今年以来，晋中市累计推广甲醇汽车 are 16 characters of 12 points before it, and it has four digits of 6.
    first = left + number.x * (right - left) / 1000
    assert first == pytest.approx(1000 * (80 + 16 * 12) / 600, abs=4)
    assert number.width * (right - left) / 1000 == pytest.approx(1000 * 24 / 600, abs=5)
    assert sentence.x < number.x < number.x + number.width < sentence.x + sentence.width
    page = clerk.get(reverse("statement", args=[statement().pk])).content.decode()
    assert f"{reverse('document-page', args=[statement().source_id, 2])}?part={left}-{top}-{right}-{bottom}" in page


def test_pages_and_strips_are_pictures_and_kept(clerk: Client, tmp_path: Path) -> None:
    path = notice(tmp_path / "通报.pdf")
    services.ingest_upload(path, "通报.pdf", "张三")
    source = Source.objects.get()
    address = reverse("document-page", args=[source.pk, 2])
    whole = clerk.get(address)
    assert whole.headers["Content-Type"] == "image/jpeg" and "private" in whole.headers["Cache-Control"]
    picture = Image.open(io.BytesIO(whole.content))
    assert picture.width / picture.height == pytest.approx(600 / 800, abs=0.01)
    # Where the sentence stands there is ink, above it there is none.
    strip = Image.open(io.BytesIO(clerk.get(address, {"part": "0-230-1000-260"}).content)).convert("L")
    assert strip.height == pytest.approx(picture.height * 0.03, abs=2) and strip.getextrema()[0] < 100
    above = Image.open(io.BytesIO(clerk.get(address, {"part": "0-100-1000-200"}).content)).convert("L")
    assert above.getextrema()[0] > 200
    assert (Path(settings.PAGE_IMAGES) / source.digest[:16] / "2.jpg").is_file()
    path.unlink()
    assert clerk.get(address).status_code == 200


def test_a_document_shows_its_pages_with_every_figure(clerk: Client, tmp_path: Path) -> None:
    services.ingest_upload(notice(tmp_path / "通报.pdf"), "通报.pdf", "张三")
    found = statement()
    page = clerk.get(reverse("document", args=[found.source_id]), {"figure": found.pk}).content.decode()
    assert page.count('class="page-image"') == 2
    assert 'class="m figure found"' in page and page.count('<rect class="m figure') == 2
    assert f'data-url="{reverse("statement", args=[found.pk])}"' in page


def test_what_is_not_there_is_not_shown(clerk: Client, tmp_path: Path) -> None:
    path = notice(tmp_path / "通报.pdf")
    services.ingest_upload(path, "通报.pdf", "张三")
    found = statement()
    assert clerk.get(reverse("document-page", args=[found.source_id, 3])).status_code == 404
    os.utime(path, ns=(1, 1))  # another file may lie there now
    assert evidence_strips(found) == []
    assert clerk.get(reverse("document-page", args=[found.source_id, 1])).status_code == 404
    page = clerk.get(reverse("document", args=[found.source_id])).content.decode()
    assert "page-image" not in page and "5623" in page


def test_a_page_of_a_document_in_an_archive(clerk: Client, tmp_path: Path) -> None:
    path = tmp_path / "材料.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(notice(tmp_path / "通报.pdf"), "十月/通报.pdf")
    services.ingest_upload(path, "材料.zip", "张三")
    [strip] = evidence_strips(statement())
    assert clerk.get(reverse("document-page", args=[statement().source_id, strip.number])).status_code == 200


def test_a_text_has_no_pages(clerk: Client, tmp_path: Path) -> None:
    path = tmp_path / "通报.txt"
    path.write_text("\n".join(LINES), encoding="utf-8")
    services.ingest_upload(path, "通报.txt", "张三")
    assert evidence_strips(statement()) == []
    assert clerk.get(reverse("document-page", args=[statement().source_id, 1])).status_code == 404
