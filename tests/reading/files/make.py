"""Makes the old Word files of the tests: `python tests/reading/files/make.py` (needs LibreOffice; 26 KB each)."""

import subprocess
import tempfile
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

HERE = Path(__file__).parent


def report() -> Any:
    """Headings, a paragraph, a table with merged cells."""
    document = docx.Document()
    document.add_heading("晋中市产业链工作通报", 0)
    document.add_paragraph("2024年10月5日 来源：晋中日报")
    document.add_heading("一、总体情况", 1)
    document.add_paragraph(
        "今年以来，晋中市累计推广甲醇汽车5623辆、建成甲醇加注站58座。“链主”企业26家，实现营业收入1,234.5亿元，同比增长8.5%。"
    )
    document.add_paragraph("单位：亿元")
    table = document.add_table(rows=5, cols=4)
    table.style = "Table Grid"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "县区"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "产值"
    table.cell(0, 3).merge(table.cell(1, 3)).text = "增速（%）"
    table.cell(1, 1).text, table.cell(1, 2).text = "2022年", "2023年"
    rows = (("榆次区", "120.5", "133.1", "10.5"), ("太谷区", "80.2", "", "-2.1"), ("平遥县", "60", "66.6", "11.0"))
    for r, row in enumerate(rows, 2):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    document.add_paragraph("二、下一步。到2025年，力争产值突破500亿元。")
    return document


def revised() -> Any:
    """Deleted, inserted and hidden words, a field, characters beyond the basic plane, and Latin text alone."""
    document = docx.Document()
    paragraph = document.add_paragraph("全市完成产值")
    for tag, text_tag, text in (("w:del", "w:delText", "99.9亿元"), ("w:ins", "w:t", "88.8亿元")):
        change = OxmlElement(tag)
        change.set(qn("w:author"), "a")
        change.set(qn("w:date"), "2024-10-05T00:00:00Z")
        run, words = OxmlElement("w:r"), OxmlElement(text_tag)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("，增长8.5%")
    hidden = paragraph.add_run("（内部数77.7亿元）")
    hidden.font.hidden = True
    paragraph.add_run("。𠮷县完成3.2亿元。")
    field = document.add_paragraph("见第")
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("result", "12"), ("end", "")):
        run = field.add_run(text if kind == "result" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)
    field.add_run("页。")
    document.add_paragraph("Total 12.5 GW.")
    return document


def main() -> None:
    """Saves each as docx and lets LibreOffice turn it into the old format."""
    with tempfile.TemporaryDirectory() as folder:
        for name, document in (("report", report()), ("revised", revised())):
            path = Path(folder) / f"{name}.docx"
            document.save(str(path))
            command = ["soffice", "--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(HERE), str(path)]
            subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
