"""Documents made to exhaust their reader: read or refused, extraction included, within 5 seconds of a processor and 500 MB."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

SAID = "今年以来，晋中市累计推广甲醇汽车5623辆，同比增长4.3%，"
STARTING = 3  # seconds to import what reads
SECONDS, MEGABYTES = 5, 500
LINE = 59_000  # characters: a little less than a line may have

READ = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({STARTING + SECONDS}, {STARTING + SECONDS + 1}))
from pathlib import Path
from liantu.extraction import extract
from liantu.reading import UnreadableError, read_document, read_documents
path = Path(sys.argv[1])
try:
    for document in read_documents(path).documents:
        extract(document)
    print("read")
except UnreadableError as error:
    print(error.problem.code)
# Not ru_maxrss: Linux hands the parent's peak on to the child.
most = int(next(l for l in open("/proc/self/status") if l.startswith("VmHWM")).split()[1]) / 1024
assert most < {MEGABYTES}, f"{{most:.0f}} MB"
"""


def repeated(text: str, length: int = LINE) -> str:
    return text * (length // len(text))


def paragraphs(size: int) -> str:
    """Ordinary paragraphs, each with figures, a firm and a project of its own, of `size` bytes together."""
    one = "{n}年，山西第{n}新材料科技有限公司投资{n}万元建设第{n}期铝镁产业园项目，产值达{n}.5亿元，同比增长{n}%。\n"
    parts = (one.format(n=number) for number in range(1, size))
    total, kept = 0, []
    while total < size:
        kept.append(next(parts))
        total += len(kept[-1].encode())
    return "".join(kept)


def docx_of(content: bytes) -> bytes:
    """A document of Word with `content` in the place of the text of its one paragraph."""
    import docx

    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("MARK")
    document.save(out)
    made = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry).replace(b"MARK", content))
    return made.getvalue()


def nested_docx() -> bytes:
    """Tables in tables, 3,000 deep."""
    return docx_of(
        b"</w:t></w:r></w:p>"
        + b"<w:tbl><w:tr><w:tc>" * 3000
        + b"<w:p/>"
        + b"</w:tc></w:tr></w:tbl>" * 3000
        + b"<w:p><w:r><w:t>"
    )


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 200_000_000)
    return out.getvalue()


CASES: dict[str, Callable[[], str | bytes]] = {
    "100000 digits.txt": lambda: "产值" + "7" * 100_000 + "亿元。",
    "digits.txt": lambda: "产值" + "7" * LINE + "亿元。",
    "thousands.txt": lambda: "产值" + repeated("7,") + "亿元。",
    "decimals.txt": lambda: "产值" + repeated("7.") + "亿元。",
    "numerals.txt": lambda: "产值" + repeated("七千") + "亿元。",
    "10 MB on one line.txt": lambda: repeated(SAID, 3_600_000),
    "2 MB on one line.txt": lambda: repeated(SAID, 900_000),
    "10 MB of paragraphs.txt": lambda: paragraphs(10_000_000),
    "10 MB of paragraphs.html": lambda: "<html><body><p>" + paragraphs(10_000_000).replace("\n", "</p>\n<p>"),
    "10 MB of paragraphs.docx": lambda: docx_of(
        paragraphs(10_000_000).replace("\n", "</w:t></w:r></w:p><w:p><w:r><w:t>").encode()
    ),
    "names of nothing but joints.txt": lambda: "太原、" + repeated("和") + "投资5亿元。",
    "a row of places.txt": lambda: "太原、" + repeated("和顺、") + "等市投资5亿元。",
    "one long sentence.txt": lambda: repeated(SAID),
    "one long paragraph.txt": lambda: repeated(SAID[:-1] + "。"),
    "brackets.txt": lambda: "（" * 50_000 + "产值5亿元" + "）" * 50_000,
    "brackets in a line.txt": lambda: "（" * 29_000 + "产值5亿元" + "）" * 29_000,
    "open brackets.txt": lambda: repeated("（产值5亿元"),
    "open quotes.txt": lambda: repeated("“产值5亿元"),
    "open titles.txt": lambda: repeated("《产值5亿元"),
    "enumerated.txt": lambda: repeated("晋中市、") + "产值5亿元。",
    "enumerated sums.txt": lambda: "产值" + repeated("5.1亿元、") + "。",
    "firms.txt": lambda: "".join(f"山西第{i}新材料科技有限公司、" for i in range(3500)),
    "projects.txt": lambda: "".join(f"第{i}产业园建设项目总投资{i}亿元，" for i in range(2500)),
    "partners in a row.txt": lambda: repeated("阳东区徐闻县检测平台联合会"),
    "works in a row.txt": lambda: "太原、" + repeated("一号项目、晋中和"),
    "forms.txt": lambda: "".join(f"项目名称：第{i}产业园项目\n总投资：{i}亿元\n" for i in range(4000)),
    "joints and nouns in a row.txt": lambda: "仓储以及" * 1200 + "加工项目开工建设。",
    "what it costs.txt": lambda: "示范产业园项目总投资" + "由某市和某集团共同筹措" * 50 + "。",
    "headings.txt": lambda: "\n".join(f"（{i}）标题" for i in range(30_000)),
    "ranges.txt": lambda: repeated("1-") + "亿元",
    "spaces.txt": lambda: "产值" + " " * LINE + "5亿元。",
    "blank lines.txt": lambda: "产值\n" + "\n" * 1_000_000 + "5亿元。",
    "cells.txt": lambda: ("甲 \t" * 30 + "\n") * 5_000,
    "one row.csv": lambda: "a," * 2_000_000,
    "deep.html": lambda: "<html><body>" + "<div>" * 50_000 + "产值5亿元。",
    "tables in tables.html": lambda: "<html><body>" + "<table><tr><td>" * 20_000 + "产值5亿元。",
    "lists in lists.html": lambda: "<html><body>" + "<ul><li>" * 50_000 + "产值5亿元。",
    "openings.html": lambda: "<html><body>" + "<" * 500_000,
    "comments.html": lambda: "<html><body>" + "<!--" * 200_000 + "产值5亿元",
    "attributes.html": lambda: "<html><body><p " + "a=1 " * 300_000 + ">产值5亿元</p>",
    "spans.html": lambda: "<html><table>" + "<tr><td colspan=1000 rowspan=1000>甲</td><td>1.5</td></tr>" * 300,
    "marks.md": lambda: ">" * 50_000 + "产值5亿元\n" + "[" * 50_000 + "产值5亿元\n" + "*" * 50_000,
    "subject.eml": lambda: "From: a@b.c\nTo: b@c.d\nSubject: " + "=?utf-8?b?" * 50_000 + "\n\n产值5亿元。",
    "bomb.zip": bomb,
    "tables in tables.docx": nested_docx,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", list(CASES))
def test_it_is_read_or_refused_within_bounds(tmp_path: Path, name: str) -> None:
    content = CASES[name]()
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    ended = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-500:] or f"ended by signal {-ended.returncode}"
    refused = {"2 MB on one line.txt": "endless_line", "bomb.zip": "zip_bomb"}
    refused |= {case: "too_long" for case in CASES if case.startswith("10 MB")}
    assert ended.stdout.strip() == refused.get(name, ended.stdout.strip()) and ended.stdout.strip()
