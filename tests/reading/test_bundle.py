"""Archives and e-mails: every document in them, each refused part with its reason, nothing unpacked without limits."""

import io
import os
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from liantu.reading import (
    Bundle,
    Limits,
    SafeReader,
    UnreadableError,
    documents_in,
    is_document_name,
    read_document,
    read_documents,
    read_through,
)
from liantu.reading.bundle import contents_of, member_name

TEXT = (
    "太原产业链跑出加速度\n2024-05-06 来源：太原日报\n\n今年以来，全市重点产业链完成产值612.4亿元，同比增长8.5%，"
    "增速快于规上工业3.2个百分点，链主企业稳定在22户。\n"
)


def zip_bytes(members: dict[str, bytes], gbk: bool = False) -> bytes:
    """An archive; with `gbk` as old Windows programs write it: gbk names without the flag that they are utf-8."""
    out = io.BytesIO()
    stand_ins = {name: f"{i:0{len(name.encode('gbk'))}}" if gbk else name for i, name in enumerate(members)}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(stand_ins[name], data)
    data = out.getvalue()
    for name, stand_in in stand_ins.items():
        data = data.replace(stand_in.encode(), name.encode("gbk")) if gbk else data
    return data


def mail_bytes(*attachments: tuple[str, bytes], html: bool = False, subject: str = "转发：关于报送进展的通知") -> bytes:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "太原市重点办 <zdb@example.cn>"
    message["To"] = "a@example.cn"
    message["Date"] = "Mon, 06 May 2024 09:12:00 +0800"
    body = "各单位：\n截至4月底，重点工程完成投资612.4亿元，同比增长8.5%。请于5月10日前报送进展。\n"
    message.set_content(body)
    if html:
        rows = "".join(
            f"<tr><td>{a}</td><td>{b}</td></tr>"
            for a, b in (("县区", "产值（亿元）"), ("清徐县", "12.1"), ("阳曲县", "9.6"))
        )
        message.add_alternative(f"<html><body><p>{body}</p><table>{rows}</table></body></html>", subtype="html")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def sources(bundle: Bundle) -> list[str]:
    return [document.source for document in bundle.documents]


def test_an_archive_gives_its_documents_and_leaves_the_rest() -> None:
    data = zip_bytes(
        {
            "5月/通报.txt": TEXT.encode("gbk"),
            "图.gif": b"GIF89a",
            "__MACOSX/._通报.txt": b"x",
            "README.md": b"#",
            "坏.docx": b"PK\x03\x04",
        }
    )
    bundle = read_documents(data, "材料.zip")
    assert sources(bundle) == ["材料.zip!5月/通报.txt"]
    assert bundle.documents[0].published == date(2024, 5, 6)
    assert [(p.code, p.source) for p in bundle.problems] == [("truncated", "材料.zip!坏.docx")]
    assert bundle.skipped == 2


@pytest.mark.parametrize("gbk", [True, False])
def test_names_in_an_archive_are_gbk_or_utf8(gbk: bool) -> None:
    assert sources(read_documents(zip_bytes({"通报.txt": TEXT.encode()}, gbk), "材料.zip")) == ["材料.zip!通报.txt"]


def test_names_that_lead_out_of_the_archive_do_not() -> None:
    bundle = read_documents(zip_bytes({"../../etc/通报.txt": TEXT.encode(), "..\\..\\a.txt": TEXT.encode()}), "x.zip")
    assert sources(bundle) == ["x.zip!etc/通报.txt", "x.zip!a.txt"]


def test_archives_in_archives_bombs_and_locks_are_refused() -> None:
    inner = zip_bytes({"通报.txt": TEXT.encode()})
    bundle = read_documents(zip_bytes({"内.zip": inner, "通报.txt": TEXT.encode()}), "外.zip")
    assert sources(bundle) == ["外.zip!通报.txt"]
    assert [(p.code, p.source) for p in bundle.problems] == [("nested_archive", "外.zip!内.zip")]
    for code, data in {
        "zip_bomb": zip_bytes({"a.txt": b"0" * 30_000_000}),
        "empty_archive": zip_bytes({"图.gif": b"GIF89a"}),
    }.items():
        with pytest.raises(UnreadableError) as caught:
            read_documents(data, "包.zip")
        assert caught.value.problem.code == code
    with pytest.raises(UnreadableError) as caught:
        read_documents(zip_bytes({f"{i}.txt": b"a" for i in range(9)}), "包.zip", Limits(zip_entries=8))
    assert caught.value.problem.code == "zip_bomb"


def test_a_member_beyond_the_limit_leaves_the_others() -> None:
    data = zip_bytes({"大.txt": bytes(range(1, 256)) * 40, "通报.txt": TEXT.encode()})
    bundle = read_documents(data, "包.zip", Limits(file_bytes=8_000))
    assert [p.code for p in bundle.problems] == ["too_large"]
    assert sources(bundle) == ["包.zip!通报.txt"]


def test_one_file_is_asked_for_and_an_archive_given() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document(zip_bytes({"通报.txt": TEXT.encode()}), "材料.zip")
    assert caught.value.problem.code == "archive"
    assert "1 个文件" in caught.value.problem.message_zh


def test_any_other_file_gives_itself() -> None:
    bundle = read_documents(TEXT.encode(), "通报.txt")
    assert [d.text.clean for d in bundle.documents] == [read_document(TEXT.encode(), "通报.txt").text.clean]


def test_a_message_is_a_document_with_its_subject_sender_and_day() -> None:
    document = read_document(mail_bytes(("附.txt", TEXT.encode())), "来信.eml")
    assert (document.media, document.title, document.publisher) == ("eml", "关于报送进展的通知", "太原市重点办")
    assert document.published == date(2024, 5, 6)
    assert "截至4月底，重点工程完成投资612.4亿元" in document.text.clean
    assert [p.code for p in document.problems] == ["attachments"]


def test_a_message_gives_its_attachments_too() -> None:
    inner = mail_bytes(("底稿.txt", TEXT.encode()), subject="底稿")
    packed = zip_bytes({"通报.txt": TEXT.encode()})
    bundle = read_documents(
        mail_bytes(
            ("附件一.txt", TEXT.encode("gbk")), ("图.gif", b"GIF89a"), ("材料.zip", packed), ("前信.eml", inner)
        ),
        "来信.eml",
    )
    assert sources(bundle) == [
        *(
            "来信.eml",
            "来信.eml!附件一.txt",
            "来信.eml!材料.zip!通报.txt",
            "来信.eml!前信.eml",
            "来信.eml!前信.eml!底稿.txt",
        )
    ]
    assert (bundle.skipped, bundle.problems) == (1, [])
    assert not any(p.code == "attachments" for d in bundle.documents for p in d.problems)


def test_a_message_of_html_keeps_its_table_and_its_places() -> None:
    document = read_document(mail_bytes(html=True), "来信.eml")
    assert [row for table in document.tables for row in table.rows] == [
        *(("县区", "产值（亿元）"), ("清徐县", "12.1"), ("阳曲县", "9.6"))
    ]
    at = document.text.clean.index("612.4亿元")
    start, end = document.text.raw_span(at, at + len("612.4亿元"))
    assert document.text.raw[start:end] == "612.4亿元"


def test_headers_in_raw_gbk() -> None:
    data = (
        "From: 太原市重点办 <zdb@example.cn>\r\nSubject: 进展通报\r\nDate: Mon, 06 May 2024 09:12:00 +0800\r\n"
        "Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n完成投资612.4亿元。\r\n"
    ).encode("gbk")
    document = read_document(data, "来信.eml")
    assert (document.title, document.publisher) == ("进展通报", "太原市重点办")
    assert document.text.clean.endswith("完成投资612.4亿元。")


def test_members_of_one_name_are_told_apart() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for text in (TEXT, TEXT.replace("612.4", "700.1")):
                archive.writestr("通报.txt", text)
    bundle = read_documents(out.getvalue(), "包.zip")
    assert sources(bundle) == ["包.zip!通报.txt", "包.zip!通报（2）.txt"]
    assert "700.1" in bundle.documents[1].text.clean


def test_the_name_that_is_kept_in_utf_8_beside_another_goes_first() -> None:
    entry = zipfile.ZipInfo("???.txt")
    name = "通报.txt".encode()
    entry.extra = b"\x01\x00\x02\x00ab" + (0x7075).to_bytes(2, "little") + (len(name) + 5).to_bytes(2, "little")
    entry.extra += b"\x01\x00\x00\x00\x00" + name
    assert member_name(entry) == "通报.txt"
    entry.extra = entry.extra[:9]
    assert member_name(entry) == "???.txt"


def test_contents_name_what_reading_will_find(tmp_path: Path) -> None:
    packed = zip_bytes({"通报.txt": TEXT.encode(), "坏.docx": b"PK\x03\x04", "图.gif": b"GIF89a"})
    path = tmp_path / "来信.eml"
    path.write_bytes(mail_bytes(("材料.zip", packed), ("内.zip", zip_bytes({"深.zip": packed}))))
    contents = contents_of(path)
    assert [(leaf.source, leaf.at, leaf.problem is None) for leaf in contents.leaves] == [
        ("来信.eml", (), True),
        ("来信.eml!材料.zip!通报.txt", (0, 0), True),
        ("来信.eml!材料.zip!坏.docx", (0, 1), True),
        ("来信.eml!内.zip!深.zip", (1, 0), False),
    ]
    with SafeReader() as reader:
        read = dict(read_through(reader, path))
    assert read["来信.eml!材料.zip!通报.txt"].published == date(2024, 5, 6)
    assert [read[leaf.source].code for leaf in contents.leaves[2:]] == ["truncated", "nested_archive"]


def test_a_member_that_brings_its_parser_down_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(zip_bytes({"甲.txt": TEXT.encode(), "坏.txt": b"CRASH", "乙.txt": TEXT.encode()}))
    with SafeReader("tests.reading.test_bundle:fragile") as reader:
        read = dict(read_through(reader, path))
    assert [getattr(found, "code", "read") for found in read.values()] == ["read", "crashed", "read"]


def fragile(path: Path, name: str) -> object:
    """A task whose parser takes the whole process down over one file."""
    document = read_document(path, name)
    if document.text.raw == "CRASH":
        os.abort()
    return document


def test_bundles_are_read_in_the_child_process() -> None:
    with SafeReader("liantu.reading.bundle:read_documents") as reader:
        bundle = reader.read(zip_bytes({"通报.txt": TEXT.encode()}), "材料.zip")
    assert sources(bundle) == ["材料.zip!通报.txt"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("通报.txt", True),
        ("通报.TXT", True),
        ("旧稿.doc", True),
        ("材料.zip", True),
        ("关于产业链的通知.wps", True),
        ("003.json", False),
        ("README.md", False),
        ("readme.zh.md", False),
        ("LICENSE", False),
        ("LICENSE-2.0.txt", False),
        ("requirements.txt", False),
        (".隐藏.txt", False),
        ("~$通报.docx", False),
        ("照片.gif", False),
        ("通报", False),
        ("通报.xyz", False),
    ],
)
def test_which_files_of_a_folder_are_documents(name: str, meant: bool) -> None:
    assert is_document_name(name) is meant


def test_a_folder_holds_its_documents_and_no_links_outwards(tmp_path: Path) -> None:
    inside = tmp_path / "内"
    (inside / "五月").mkdir(parents=True)
    (inside / ".git").mkdir()
    for name in ("乙.txt", "五月/甲.md", "003.json", ".git/a.txt", "README.txt", "~$乙.docx"):
        (inside / name).write_text("产值5亿元。", encoding="utf-8")
    (tmp_path / "外.txt").write_text("产值5亿元。", encoding="utf-8")
    (inside / "链接.txt").symlink_to(tmp_path / "外.txt")
    (inside / "内链.txt").symlink_to(inside / "乙.txt")
    assert [str(p.relative_to(inside)) for p in documents_in(inside)] == ["乙.txt", "五月/甲.md", "内链.txt"]
