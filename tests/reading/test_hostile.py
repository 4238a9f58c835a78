"""Whatever the bytes, reading ends in a document or in a message for the clerk, never in another error."""

import io
import zipfile
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reading.test_bundle import mail_bytes, zip_bytes
from tests.reading.test_ofd import NOTICE, ofd_bytes

from liantu.reading import Document, UnreadableError, read_document, read_documents

NAMES = st.sampled_from(
    ["a.txt", "a.html", "a.md", "a.csv", "a.docx", "a.xlsx", "a.pdf", "a.eml", "a.zip", "a.ofd", "a"]
)
MARKS = [
    "<p>",
    "</p>",
    "<table><tr><td>",
    "</td>",
    "<td rowspan=3 colspan=9>",
    "<h1>",
    "<a href=x>",
    "&nbsp;",
    "&#x4e2d;",
    "&amp",
    "<br/>",
]
PIECES = [
    *MARKS,
    "|",
    "---",
    "# ",
    "\t",
    "\n",
    "，",
    "产业链",
    "2024年",
    "5623辆",
    "(",
    ")",
    '"',
    ",",
    "來源:",
    ">>>",
    "\x00",
    "\ufeff",
]


def check(data: bytes, name: str) -> None:
    for read in (lambda: [read_document(data, name)], lambda: read_documents(data, name).documents):
        try:
            documents = read()
        except UnreadableError as error:
            assert error.problem.message_zh and error.problem.message_en
            continue
        for document in documents:
            assert_sound(document)


def assert_sound(document: Document) -> None:
    text = document.text
    assert len(text.clean) == len(text.starts) == len(text.ends)
    assert all(0 <= a <= b <= len(text.raw) for a, b in zip(text.starts, text.ends, strict=True))
    assert list(text.starts) == sorted(text.starts) and list(text.ends) == sorted(text.ends)
    assert "\n".join(text.clean[b.start : b.end] for b in document.blocks) == text.clean
    for sentence in document.sentences:
        block = document.blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end
    for table in document.tables:
        for texts, spans in zip(table.rows, table.cells, strict=True):
            assert [text.clean[a:b] for a, b in spans] == list(texts)


@given(st.binary(max_size=400), NAMES)
def test_any_bytes(data: bytes, name: str) -> None:
    check(data, name)


@given(
    st.lists(st.sampled_from(PIECES), max_size=80).map("".join), st.sampled_from(["a.txt", "a.html", "a.md", "a.csv"])
)
def test_any_mark_up(text: str, name: str) -> None:
    check(("<html>" * name.endswith("html") + text).encode(), name)


@given(st.text(max_size=200), st.sampled_from(["a.txt", "a.html", "a.md", "a.csv"]))
def test_any_text(text: str, name: str) -> None:
    check(text.encode("utf-8", "replace"), name)


@cache
def packages() -> tuple[tuple[str, bytes], ...]:
    word = docx.Document()
    word.add_paragraph("产值5亿元。")
    word.add_table(rows=2, cols=2).cell(0, 0).text = "甲"
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["项目", 3.5])
    found = []
    for name, thing in (("a.docx", word), ("a.xlsx", book)):
        out = io.BytesIO()
        thing.save(out)
        found.append((name, out.getvalue()))
    found.append(("a.ofd", ofd_bytes([NOTICE])))
    found.append(("a.zip", zip_bytes({"通报.txt": "产值5亿元。".encode(), "来信.eml": mail_bytes(html=True)})))
    return tuple(found)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, 3), st.data())
def test_packages_with_damaged_parts(which: int, data: st.DataObject) -> None:
    name, package = packages()[which]
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    victim = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[victim])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(0, len(content) - 1)))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=4))
    parts[victim] = bytes(content)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for entry, part in parts.items():
            archive.writestr(entry, part)
    check(out.getvalue(), name)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 20), st.binary(max_size=6)), max_size=6), st.booleans())
def test_damaged_messages(cuts: list[tuple[int, int, bytes]], html: bool) -> None:
    data = bytearray(mail_bytes(("附.txt", "产值5亿元。".encode()), html=html))
    for at, length, new in cuts:
        data[at : at + length] = new
    check(bytes(data), "a.eml")


CRASHES = sorted((Path(__file__).parent / "crashes").iterdir())


@pytest.mark.parametrize("path", CRASHES, ids=[path.name for path in CRASHES])
def test_what_fuzzing_found(path: Path) -> None:
    check(path.read_bytes(), f"a{path.suffix}")
