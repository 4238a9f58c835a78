"""Files that cannot, or should not, be read: one clear sentence each, in both languages."""

import io
import random
import struct
import zipfile

import docx
import openpyxl
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from liantu.reading import Limits, Problem, UnreadableError, read_document, safe_name


def refused(data: bytes, name: str, limits: Limits | None = None) -> Problem:
    with pytest.raises(UnreadableError) as caught:
        read_document(data, name, limits or Limits())
    problem = caught.value.problem
    assert problem.fatal
    assert problem.source in problem.message_zh and problem.source in problem.message_en
    return problem


def docx_bytes() -> bytes:
    document = docx.Document()
    document.add_paragraph("产值5亿元。" * 50)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx_bytes() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in range(200):
        book.active.append([f"项目{row}", row * 1.5])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf_bytes(text: str = "output 5", **options: object) -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4, **options)
    if text:
        page.drawString(80, 700, text * 20)
    else:
        page.rect(50, 50, 300, 300, fill=1)
    page.showPage()
    page.save()
    return out.getvalue()


def with_entry(package: bytes, name: str, content: bytes) -> bytes:
    """A zip package with one entry replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", ["空.txt", "空.docx", "空.pdf", "空.xlsx", "空.csv", "空.html"])
def test_an_empty_file(name: str) -> None:
    assert refused(b"", name).code == "empty"
    assert refused(b"\xef\xbb\xbf \r\n\t ", name).code == "empty"


def test_documents_without_a_word() -> None:
    empty = io.BytesIO()
    docx.Document().save(empty)
    assert refused(empty.getvalue(), "空白.docx").code == "empty"
    assert refused("\u200b\n\u3000\n".encode(), "空白.txt").code == "empty"
    assert refused(b"<html><body><script>1</script></body></html>", "空白.html").code == "empty"


@pytest.mark.parametrize("keep", [0.3, 0.7, 0.95])
def test_truncated_packages(keep: float) -> None:
    for name, data in (("断.docx", docx_bytes()), ("断.xlsx", xlsx_bytes())):
        assert refused(data[: int(len(data) * keep)], name).code == "truncated"


def test_a_truncated_pdf() -> None:
    data = pdf_bytes()
    assert refused(data[:60], "断.pdf").code == "truncated"


@pytest.mark.parametrize("entry", ["word/document.xml", "[Content_Types].xml"])
def test_a_docx_with_a_broken_part(entry: str) -> None:
    assert refused(with_entry(docx_bytes(), entry, b"<w:document><"), "坏.docx").code == "truncated"


def test_a_sheet_with_a_broken_part() -> None:
    assert refused(with_entry(xlsx_bytes(), "xl/worksheets/sheet1.xml", b"<worksheet><"), "坏.xlsx").code == "truncated"


def test_a_pdf_with_a_password() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = pdf_bytes(encrypt=StandardEncryption("user", "owner", strength=128))
    assert refused(locked, "密.pdf").code == "encrypted"


def test_an_office_file_with_a_password() -> None:
    # Locked Office files are OLE containers with a stream of this name (MS-OFFCRYPTO 2.3).
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 1000
    assert refused(ole, "密.docx").code == "encrypted"
    assert refused(ole, "密.xlsx").code == "encrypted"


def test_a_zip_with_a_password() -> None:
    data = bytearray(docx_bytes())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    assert refused(bytes(data), "密.docx").code == "encrypted"


def test_old_word_documents_pictures_and_archives_are_named() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + "WordDocument".encode("utf-16-le")
    assert refused(ole, "旧.doc").code == "truncated"
    assert "图片" in refused(b"GIF89a" + b"\x00" * 100, "动图.gif").message_zh
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("a.txt", "a")
    assert "压缩包" in refused(plain.getvalue(), "打包.zip").message_zh


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = with_entry(docx_bytes(), "word/media/big.xml", b"\x00" * 60_000_000)
    assert len(bomb) < 200_000
    assert refused(bomb, "炸弹.docx").code == "zip_bomb"


def sparse(dimension: str) -> bytes:
    xml = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{dimension}<sheetData>"
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
        "</sheetData></worksheet>"
    )
    return with_entry(xlsx_bytes(), "xl/worksheets/sheet1.xml", xml.encode())


@pytest.mark.parametrize("dimension", ["", '<dimension ref="A1:B2"/>', '<dimension ref="A1:XFD1048576"/>'])
def test_a_sparse_giant_sheet_whatever_its_dimension_says(dimension: str) -> None:
    problem = refused(sparse(dimension), "巨表.xlsx")
    assert problem.code == "sparse_sheet"
    assert "1048576" in problem.message_zh


def test_a_csv_of_one_endless_row_among_many() -> None:
    data = ("," * 40_000 + "x\n" + "a\n" * 400).encode()
    assert refused(data, "宽.csv").code == "sparse_sheet"


def test_a_text_beyond_the_limit_and_the_limit_is_a_setting() -> None:
    text = "产值5亿元。\n".encode() * 4_000_000
    problem = refused(text, "巨文.txt")
    assert problem.code == "too_large" and "20 MB" in problem.message_zh
    assert refused(text[:2000], "小.txt", Limits(text_bytes=1000)).code == "too_large"


def test_a_text_too_long_for_one_document_is_refused_in_every_format_but_workbooks() -> None:
    limits = Limits(characters=300)
    for name in ("年鉴.txt", "年鉴.md", "年鉴.html"):
        problem = refused("产值5亿元。\n\n".encode() * 60, name, limits)
        assert problem.code == "too_long" and "360" in problem.message_zh and "300" in problem.message_zh
        assert read_document("产值5亿元。\n \n".encode() * 50, name, limits).text.clean  # blanks do not count
    problem = refused(docx_bytes(), "年鉴.docx", Limits(characters=299))
    assert problem.code == "too_long" and "拆成几份" in problem.message_zh
    assert read_document(xlsx_bytes(), "台账.xlsx", limits).text.clean


def test_binary_noise_under_any_name() -> None:
    noise = random.Random(7).randbytes(50_000)
    for name in ("噪声.txt", "噪声.csv", "噪声.html", "噪声.md"):
        assert refused(noise, name).code in ("binary", "garbled")
    for name in ("噪声.docx", "噪声.pdf", "噪声.xlsx", "噪声"):
        assert refused(noise, name).code in ("binary", "garbled", "truncated")


def test_headers_without_a_body() -> None:
    for magic in (b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        assert refused(magic + struct.pack("<Q", 7) * 40, "头.pdf").code in ("truncated", "unsupported")


def test_a_pdf_of_blank_pages() -> None:
    assert refused(pdf_bytes(text=""), "空白.pdf").code == "no_text_found"


def test_a_pdf_of_too_many_pages() -> None:
    assert refused(pdf_bytes(), "厚.pdf", Limits(pdf_pages=0)).code == "too_many_pages"


def test_a_wrong_extension_is_read_by_content_and_said() -> None:
    document = read_document(docx_bytes(), "其实是文档.pdf")
    assert document.media == "docx"
    note = next(p for p in document.problems if p.code == "wrong_extension")
    assert not note.fatal and ".pdf" in note.message_zh and "docx" in note.message_zh


def test_a_missing_file_and_a_folder(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    for path in (folder / "没有.txt", folder):
        with pytest.raises(UnreadableError) as caught:
            read_document(path)
        assert caught.value.problem.code == "missing"


def test_another_language() -> None:
    english = "The provincial government reported that output of methanol vehicles rose by 12.5 percent in 2024. " * 5
    document = read_document(english.encode(), "report.txt")
    assert "foreign_language" in [p.code for p in document.problems]
    assert document.language == "und"
    japanese = "山西省は2024年に新エネルギー車の生産を増やしたと発表しました。" * 5
    assert read_document(japanese.encode(), "ja.txt").language == "ja"


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/通报.txt", "通报.txt"),
        ("C:\\报告\\a.docx", "a.docx"),
        ("通\x00报\n.txt", "通报.txt"),
        ("\u202etxt.exe", "txt.exe"),
        ("..", "未命名"),
        ("", "未命名"),
        ("表?1*.xlsx", "表_1_.xlsx"),
        ("正常 名称（1）.pdf", "正常 名称（1）.pdf"),
    ],
)
def test_file_names(given: str, safe: str) -> None:
    assert safe_name(given) == safe


def test_an_unsafe_name_is_changed_and_said() -> None:
    document = read_document("产值5亿元。".encode(), "../../通\x07报.txt")
    assert document.source == "通报.txt"
    assert "unsafe_name" in [p.code for p in document.problems]


def test_long_names_keep_their_ending() -> None:
    name = safe_name("产" * 400 + ".xlsx")
    assert len(name) <= 150 and len(name.encode()) <= 255 and name.endswith(".xlsx")
    assert len(safe_name("产" * 100).encode()) <= 255


@pytest.mark.parametrize(
    "text",
    [
        "," * 59_000 + "产",
        " " * 59_000 + "产",
        '"' + "产" * 59_000,
        "(" * 59_000 + "产",
        "产 " * 29_000 + "。",
        "\n \n" * 100_000 + "产",
        "产(a" * 19_000,
        "……" * 29_000,
    ],
    ids=["commas", "blanks", "open quote", "brackets", "spaces", "lines", "open glosses", "dots"],
)
def test_text_made_to_be_slow_is_not(text: str) -> None:
    assert read_document(text.encode(), "慢.txt").text.clean


def test_a_line_that_nobody_wrote_is_refused() -> None:
    for name in ("数据.txt", "数据.html", "数据.csv"):
        assert refused(("产值" * 400_000).encode(), name).code == "endless_line"


@pytest.mark.parametrize(
    ("name", "word"), [("003.json", "数据"), ("程序.py", "程序"), ("稿.xyz", ".xyz"), ("设置.yaml", "设置")]
)
def test_text_under_a_name_of_no_document_is_not_read(name: str, word: str) -> None:
    problem = refused('{"title": "产值5亿元"}'.encode(), name)
    assert problem.code == "unsupported"
    assert word in problem.message_zh


@pytest.mark.parametrize("name", ["关于产业链的通知2024.05", "通报", "第3.期"])
def test_a_dot_in_a_title_is_no_ending(name: str) -> None:
    assert read_document("全市产值5亿元。\n".encode(), name).media == "txt"


def test_documents_of_old_programs_say_how_to_save_them() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + "PowerPoint Document".encode("utf-16-le")
    for name, data in (
        ("旧.ppt", ole),
        ("旧.dps", ole),
        ("旧.rtf", b"{\\rtf1 abc}"),
        ("旧.xml", b"<?xml version='1.0'?><w/>"),
    ):
        problem = refused(data, name)
        assert problem.code == "old_format"
        assert "另存为" in problem.message_zh and "docx" in problem.message_en


def test_a_web_page_called_doc_is_read_as_what_it_is() -> None:
    document = read_document("<html><body><p>全市产值5亿元，同比增长3%。</p></body></html>".encode(), "导出.doc")
    assert document.media == "html"
    assert [p.code for p in document.problems if p.code == "wrong_extension"] == ["wrong_extension"]
