"""The workbooks of older and of Chinese office programs: xls (BIFF8) and ods read as xlsx does."""

import datetime
import io
import zipfile

import pytest
import xlwt

from liantu.reading import UnreadableError, read_document, read_workbook

TITLE = "重点产业链项目台账"
HEAD = ["项目名称", "所在市", "总投资（亿元）", "开工时间"]


def xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("项目台账")
    sheet.write_merge(0, 0, 0, 3, TITLE)
    for column, text in enumerate(HEAD):
        sheet.write(1, column, text)
    sheet.write(2, 0, "甲项目")
    sheet.write_merge(2, 3, 1, 1, "太原市")
    sheet.write(2, 2, 9.6)
    sheet.write(2, 3, datetime.date(2023, 9, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(3, 0, "乙项目")
    sheet.write(3, 2, 12)
    book.add_sheet("空表")
    hidden = book.add_sheet("草稿")
    hidden.visibility = 1
    hidden.write(0, 0, "不看")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods() -> bytes:
    def text(value: str, more: str = "") -> str:
        return f'<table:table-cell office:value-type="string"{more}><text:p>{value}</text:p></table:table-cell>'

    def number(value: str) -> str:
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'

    day = (
        '<table:table-cell office:value-type="date" office:date-value="2023-09-01">'
        "<text:p>2023年9月1日</text:p></table:table-cell>"
    )
    rows = [
        text(TITLE, ' table:number-columns-spanned="4" table:number-rows-spanned="1"')
        + '<table:covered-table-cell table:number-columns-repeated="3"/>',
        "".join(map(text, HEAD)),
        text("甲项目") + text("太原市") + number("9.6") + day,
        text("乙项目") + text("太原市") + number("12"),
    ]
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="项目台账">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)
    return out.getvalue()


BOTH = pytest.mark.parametrize(("data", "name"), [(xls(), "台账.xls"), (ods(), "台账.ods")], ids=["xls", "ods"])


@BOTH
def test_rows_know_their_cells(data: bytes, name: str) -> None:
    document = read_document(data, name)
    assert document.title == TITLE
    assert [(b.kind, b.locator, document.text.clean[b.start : b.end]) for b in document.blocks] == [
        ("title", "项目台账!A1", TITLE),
        ("table_row", "项目台账!A2", "\t".join(HEAD)),
        ("table_row", "项目台账!A3", "甲项目\t太原市\t9.6\t2023-09-01"),
        ("table_row", "项目台账!A4", "乙项目\t太原市\t12\t"),
    ]


@BOTH
def test_a_ledger_gives_records_by_column_name(data: bytes, name: str) -> None:
    ledger = next(s for s in read_workbook(data, name) if s.name == "项目台账")
    (first, record), (_, other) = ledger.records()
    assert first == 3
    assert record["总投资（亿元）"].value == 9.6 and record["总投资（亿元）"].locator == "C3"
    assert record["开工时间"].value in (datetime.date(2023, 9, 1), datetime.datetime(2023, 9, 1))
    assert other["所在市"].value == "太原市"


@BOTH
def test_a_wrong_extension_is_seen_through(data: bytes, name: str) -> None:
    assert read_document(data, "台账.xlsx").text.clean == read_document(data, name).text.clean


@BOTH
@pytest.mark.parametrize("part", [0.3, 0.7, 0.95])
def test_a_truncated_workbook_is_refused_or_whole(data: bytes, name: str, part: float) -> None:
    whole = read_document(data, name).text.clean
    try:
        found = read_document(data[: int(len(data) * part)], name).text.clean
    except UnreadableError as e:
        assert name in str(e) and "不完整" in str(e)
    else:
        assert found == whole
