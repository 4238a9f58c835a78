"""OFD (GB/T 33190-2016): text in its order on the page, tables in columns, scans and broken packages refused."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date

import pytest

from liantu.reading import Document, UnreadableError, read_document

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
Text = tuple[float, float, float, str]  # left, top, size in millimetres, and the words


def drawn(left: float, top: float, size: float, words: str, extra: str = "") -> str:
    return (
        f'<ofd:TextObject ID="9" Boundary="{left} {top} 170 {size + 1}" Size="{size}" {extra}>'
        f'<ofd:TextCode X="0" Y="{size * 0.9:.2f}" DeltaX="g {len(words) - 1} {size}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def ofd_bytes(pages: Sequence[Sequence[Text] | str], template: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "OFD.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
            "<ofd:Title>通报.docx</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        places = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
        common = '<ofd:TemplatePage ID="77" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
        package.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {NS}><ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{places}</ofd:Pages></ofd:Document>",
        )
        for i, page in enumerate(pages):
            body = page if isinstance(page, str) else "".join(drawn(*text) for text in page)
            on = '<ofd:Template TemplateID="77"/>' if template else ""
            package.writestr(
                f"Doc_0/Pages/Page_{i}/Content.xml",
                f'<ofd:Page {NS}>{on}<ofd:Content><ofd:Layer ID="1">{body}</ofd:Layer></ofd:Content></ofd:Page>',
            )
        if template:
            package.writestr(
                "Doc_0/Tpls/Tpl_0/Content.xml",
                f'<ofd:Page {NS}><ofd:Content><ofd:Layer ID="1">{template}</ofd:Layer></ofd:Content></ofd:Page>',
            )
    return out.getvalue()


def read(pages: Sequence[Sequence[Text] | str], template: str = "") -> Document:
    return read_document(ofd_bytes(pages, template), "通报.ofd")


def lines(document: Document) -> list[str]:
    return [document.text.clean[b.start : b.end] for b in document.blocks]


NOTICE: list[Text] = [
    (60, 20, 7, "重点工程调度通报"),
    (60, 32, 5, "太原市工业和信息化局　2024年5月6日"),
    (30, 44, 5, "截至4月底，全市重点工程完成投资612.4亿元，同比增长8.5%，"),
    (20, 52, 5, "增速居全省第三。"),
]


def test_paragraphs_come_back_in_the_order_of_the_page() -> None:
    document = read([list(reversed(NOTICE))])
    assert document.media == "ofd"
    assert document.title == "重点工程调度通报"
    assert (document.publisher, document.published) == ("太原市工业和信息化局", date(2024, 5, 6))
    assert any(line.startswith("截至4月底") and "612.4亿元" in line for line in lines(document))
    assert {b.locator for b in document.blocks} == {"第1页"}


def test_fragments_on_one_base_line_are_cells() -> None:
    rows: list[Text] = []
    for i, row in enumerate(
        (("县区", "产值（亿元）", "增速（%）"), ("清徐县", "12.1", "3.2"), ("阳曲县", "9.6", "-1.1"))
    ):
        rows += [(left, 70.0 + 8 * i, 4, words) for left, words in zip((20, 70, 120), row, strict=True)]
    document = read([[*NOTICE, *rows]])
    kinds = [b.kind for b in document.blocks]
    assert [line.split("\t") for line, kind in zip(lines(document), kinds, strict=True) if kind == "table_row"] == [
        *(["县区", "产值（亿元）", "增速（%）"], ["清徐县", "12.1", "3.2"], ["阳曲县", "9.6", "-1.1"])
    ]


def test_templates_shadows_and_hidden_text() -> None:
    shadow = drawn(30, 60, 5, "项目完成率达到81%。") + drawn(30.1, 60, 5, "项目完成率达到81%。")
    hidden = drawn(30, 70, 5, "不应出现的文字", 'Visible="false"')
    document = read([shadow + hidden], template=drawn(60, 10, 8, "太原市重点工程专班"))
    assert document.text.clean.count("81%") == 1
    assert "不应" not in document.text.clean
    assert document.text.clean.startswith("太原市重点工程专班")


def test_a_matrix_moves_and_scales_its_text() -> None:
    moved = (
        '<ofd:TextObject ID="1" Boundary="0 0 210 297" Size="1" CTM="5 0 0 5 20 60"><ofd:TextCode X="0" Y="1" DeltaX="1 1 1">'
        "第二行在</ofd:TextCode></ofd:TextObject>"
    )
    found = lines(read([moved + drawn(20, 40, 5, "第一行在这里。")]))
    assert found == ["第一行在这里。", "第二行在"]


def test_a_scan_a_missing_part_and_a_locked_package_are_refused() -> None:
    cases = {"scanned_ofd": ofd_bytes(['<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="4"/>'])}
    whole = ofd_bytes([NOTICE])
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(broken, "w") as new:
        for entry in old.infolist():
            if "Content" not in entry.filename:
                new.writestr(entry, old.read(entry))
    cases["truncated"] = broken.getvalue()
    for code, data in cases.items():
        with pytest.raises(UnreadableError) as caught:
            read_document(data, "通报.ofd")
        assert caught.value.problem.code == code


def test_entities_are_not_followed() -> None:
    page = drawn(20, 40, 5, "&x;产值")
    data = ofd_bytes([page])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith("Page_0/Content.xml"):
                content = b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + content
            new.writestr(entry, content)
    try:
        text = read_document(out.getvalue(), "实体.ofd").text.clean
    except UnreadableError:
        return
    with open("/etc/hostname", encoding="utf-8") as host:
        assert host.read().strip() not in text
