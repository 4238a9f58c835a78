"""Scanned pages and pictures: recognised with their places, doubtful characters told, the extra named where it is missing."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas
from tests.reading.drawing import font_file, needs_recognition, page, saved, worn

from liantu.extraction import extract
from liantu.reading import Limits, SafeReader, UnreadableError, is_document_name, read_document, scans

NOTICE = [
    "晋中市产业链工作通报",
    "2024年10月5日    来源：晋中日报",
    "今年以来，晋中市累计推广甲醇汽车5623辆、建成甲醇加注站58座。",
    "全市重点产业链实现营业收入2112.36亿元，同比增长4.3%。",
]


def pdf_of(*pictures: Any, text: str = "") -> bytes:
    """A pdf whose pages are pictures, behind a page of text where there is some."""
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=(595, 842))
    if text:
        paper.drawString(80, 780, text)
        paper.showPage()
    for picture in pictures:
        paper.drawImage(ImageReader(picture), 0, 842 - 595 * picture.height / picture.width, 595, 595 * picture.height / picture.width)  # fmt: skip
        paper.showPage()
    paper.save()
    return out.getvalue()


def refused(data: bytes, name: str, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_document(data, name, limits or Limits())
    assert name in caught.value.problem.message_zh
    return caught.value.problem.code


@needs_recognition
def test_a_scanned_pdf_is_read_with_its_places() -> None:
    document = read_document(pdf_of(page(NOTICE)), "扫描.pdf")
    assert (document.title, document.published) == ("晋中市产业链工作通报", date(2024, 10, 5))
    assert "实现营业收入2112.36亿元，同比增长4.3%。" in document.text.clean
    [note] = [p for p in document.problems if p.code == "recognised_pages"]
    assert "第 1 页" in note.message_zh
    figures = {f.value: f for f in extract(document).figures}
    [(number, left, top, right, bottom)] = figures[5623].evidence.boxes
    # The third line: drawn 120 pixels from the left and 228 from the top, on a page of 842 points a height.
    assert number == 1
    assert left == pytest.approx(120 / 1654, abs=0.01)
    assert top < (228 + 16) / 1654 * 595 / 842 < bottom
    assert right < 0.75


@needs_recognition
def test_the_box_of_a_number_lies_within_its_line() -> None:
    document = read_document(saved(page(NOTICE)), "照片.png")
    at = document.text.raw.index("5623")
    [whole] = document.boxes(at - 16, at + 8)
    [box] = document.boxes(at, at + 4)
    assert whole.box[0] < box.box[0] < box.box[2] < whole.box[2]
    # 今年以来，晋中市累计推广甲醇汽车 are 16 characters of 32 pixels before it.
    assert box.box[0] == pytest.approx((120 + 16 * 32) / 1654, abs=0.012)


@needs_recognition
@pytest.mark.parametrize("form", ["PNG", "JPEG", "BMP", "TIFF"])
def test_pictures_of_each_kind(form: str) -> None:
    document = read_document(saved(page(NOTICE), form), f"照片.{form.lower()}")
    assert document.media == "picture"
    assert {"recognised_picture"} == {p.code for p in document.problems}
    assert "甲醇汽车5623辆" in document.text.clean


@needs_recognition
@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_a_page_on_its_side_or_its_head_is_set_upright(quarter: int) -> None:
    document = read_document(saved(page(NOTICE).rotate(quarter, expand=True)), "照片.png")
    assert document.title == "晋中市产业链工作通报"
    at = document.text.raw.index("5623")
    [box] = document.boxes(at, at + 4)
    across, down = box.box[2] - box.box[0], box.box[3] - box.box[1]
    assert (across > down) == (quarter == 180)


@needs_recognition
@pytest.mark.parametrize(
    "wear", [{"tilt": 3.0}, {"noise": 25.0, "blur": 1.0}, {"tilt": -2.0, "noise": 15.0}], ids=["tilt", "noise", "both"]
)
def test_a_worn_page_is_read(wear: dict[str, float]) -> None:
    clean = read_document(saved(worn(page(NOTICE), **wear)), "照片.png").text.clean
    assert "2112.36亿元" in clean and "5623辆" in clean


@needs_recognition
def test_a_scanned_table_keeps_its_rows_and_cells() -> None:
    rows = ["产业链    营业收入（亿元）    增长（%）", "特钢材料    2160.5    3.4", "光伏    842.3    -7.2"]
    for picture in (page(rows), worn(page(rows), tilt=1.5)):
        document = read_document(saved(picture), "表.png")
        found = [document.text.clean[b.start : b.end] for b in document.blocks if b.kind == "table_row"]
        assert found == [row.replace("    ", "\t") for row in rows]


@needs_recognition
def test_pages_of_text_and_scans_in_one_file() -> None:
    data = pdf_of(page(NOTICE), text="Output of the first quarter: 12.5 GW in all.")
    document = read_document(data, "混合.pdf")
    assert "12.5 GW" in document.text.clean and "5623" in document.text.clean
    assert any("第 2 页" in p.message_zh for p in document.problems if p.code == "recognised_pages")


@needs_recognition
def test_pages_of_a_tiff() -> None:
    data = saved(page(NOTICE[:2]), "TIFF", save_all=True, append_images=[page(NOTICE[2:])])
    document = read_document(data, "传真.tif")
    assert {place.page for place in document.places} == {1, 2}
    assert "5623" in document.text.clean


@needs_recognition
def test_what_is_hard_to_recognise_flags_its_figures() -> None:
    document = read_document(saved(page(NOTICE)), "照片.png")
    figures = {f.value: f for f in extract(document).figures}
    assert figures[5623].confidence > 0.5
    start = figures[5623].span[0]
    doubted = type(document)(**{**{n: getattr(document, n) for n in document.__dataclass_fields__}, "doubts": ((start + 1, start + 2),)})  # fmt: skip
    again = {f.value: f for f in extract(doubted).figures}
    assert again[5623].confidence < 0.5 and "hard_to_recognise" in again[5623].reasons
    assert again[58].confidence == figures[58].confidence


@needs_recognition
def test_a_picture_without_text_and_one_too_large() -> None:
    assert refused(saved(page([])), "白.png") == "no_text_found"
    assert refused(saved(page(NOTICE)), "大.png", Limits(picture_pixels=1000)) == "picture_too_large"
    assert refused(saved(page(NOTICE))[:900], "断.png") == "truncated"
    assert refused(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "坏.png") == "truncated"


@needs_recognition
def test_the_time_limit_is_that_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "厚.pdf"
    sheets = [
        [f"第{char}季度，晋中市完成投资{n}.5亿元。", f"同比增长{n}.3%，增速加快{n}个百分点。"]
        for n, char in enumerate("甲乙丙丁戊己庚辛壬癸", 11)
    ]
    path.write_bytes(pdf_of(*map(page, sheets)))
    with SafeReader(limits=Limits(seconds=8.0)) as reader:
        document = reader.read(path)
    assert {place.page for place in document.places} == set(range(1, 11))


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where the extra is not installed."""
    monkeypatch.setattr(scans, "can_recognise", lambda: False)


def test_without_the_extra_a_scan_says_what_to_install(without: None) -> None:
    for data, name, code in (
        (pdf_of(page(NOTICE)), "扫描.pdf", "scanned"),
        (saved(page(NOTICE)), "照片.png", "picture"),
    ):
        with pytest.raises(UnreadableError) as caught:
            read_document(data, name)
        said = caught.value.problem
        assert said.code == code
        assert "make ocr" in said.message_zh and 'pip install "liantu[ocr]"' in said.message_en


def test_without_the_extra_pages_left_out_are_told(without: None) -> None:
    document = read_document(pdf_of(page(NOTICE), text="Output of the first quarter: 12.5 GW in all."), "混合.pdf")
    [note] = [p for p in document.problems if p.code == "scanned_pages"]
    assert not note.fatal and "第 2 页" in note.message_zh


def test_without_the_extra_pictures_of_a_folder_are_left_alone(without: None) -> None:
    assert not is_document_name("照片.jpg")


def test_places_of_a_text_layer_are_where_it_is_shown() -> None:
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=(600, 800))
    for word in ("12.5", "99.5"):
        paper.drawString(60, 720, f"Output {word} GW")
        paper.showPage()
    paper.save()
    pdf = pypdfium2.PdfDocument(out.getvalue())
    pdf[0].set_rotation(90)
    out = io.BytesIO()
    pdf.save(out)
    pdf.close()
    document = read_document(out.getvalue(), "a.pdf")
    turned, plain = (document.boxes(at := document.text.raw.index(word), at + 4)[0] for word in ("12.5", "99.5"))
    assert (turned.page, plain.page) == (1, 2)
    assert 0.1 < plain.box[0] < plain.box[2] < 0.25 and plain.box[1] < 0.1 < plain.box[3]
    assert 0.85 < turned.box[0] < turned.box[2] < 0.95 and turned.box[1] < 0.2  # its head is at the right


def two_columns(head: Sequence[str], left: str, right: str, width: int = 640) -> Any:
    """A page with lines across it and prose in two columns of `width` pixels below them."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (1654, 1400), "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(font_file(), 32)
    for number, line in enumerate(head):
        draw.text((120, 80 + 64 * number), line, font=font, fill="black")
    for edge, text in ((120, left), (200 + width, right)):
        lines = [""]
        for char in text:
            lines += [""] if font.getlength(lines[-1] + char) > width else []
            lines[-1] += char
        for number, line in enumerate(lines, len(head) + 1):
            draw.text((edge, 80 + 64 * number), line, font=font, fill="black")
    return picture


LEFT = (  # fills its last line, as a column does that goes on in the next
    "今年以来晋中市把产业链建设作为转型的主要抓手全市重点产业链实现营业收入同比增长较快其中榆次区液压产业链企业达到一百余家配"
    "套能力在全省排名前列祁县玻璃器皿产业链产品销往八十多个国家和地区其中出口额占到全省同类产品的一半以上带动八百人就业。昔阳"
)
RIGHT = (
    "县累计签约项目36个总投资128亿元已有21个开工建设。下一步各县区要围绕链主企业补齐短板推动更多配套企业落地力争明年再新增规上"
    "企业40家。介休市提出建设国家级碳基新材料基地投资27.3亿元的针状焦项目已经投产达产后每年可以新增产值15亿元带动就业800人。"
)


@needs_recognition
@pytest.mark.parametrize("tilt", [0.0, 1.2])
def test_a_page_in_two_columns_is_read_down_one_and_then_the_other(tilt: float) -> None:
    head = ["晋中市产业链工作通报", "2024年10月5日    来源：晋中日报"]
    document = read_document(saved(worn(two_columns(head, LEFT, RIGHT), tilt=tilt)), "报纸.png")
    clean = document.text.clean
    assert document.title == "晋中市产业链工作通报"
    assert clean.index("祁县玻璃器皿") < clean.index("昔阳县累计签约项目36个") < clean.index("介休市提出")
    [signed] = [f for f in extract(document).figures if f.value == 36]
    assert signed.subject == "昔阳县"
    [(_, left, *_)] = signed.evidence.boxes[-1:]
    assert left > 0.45  # in the right column


@needs_recognition
def test_a_table_of_two_columns_is_read_row_by_row() -> None:
    rows = ["项目名称        总投资（万元）", *(f"榆次区第{n}号新材料产业园项目        {n}2500" for n in range(1, 8))]
    clean = read_document(saved(page(rows)), "表.png").text.clean
    assert clean.index("12500") < clean.index("第2号") < clean.index("22500") < clean.index("第7号")
