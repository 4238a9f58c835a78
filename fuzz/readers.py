"""Coverage-guided fuzzing of the format readers: whatever the bytes, a document or a message for the clerk.

    pip install atheris                        # Linux, CPython
    python fuzz/readers.py FORMAT [--seconds N] [--corpus FOLDER]

FORMAT is txt, md, html, csv, docx, doc, xlsx, xls, pdf, ofd, eml or zip. Seeds are the documents that the tests make. An
input that ends in any other way is written to the working folder; mend the reader, and put the input into
tests/reading/crashes under a name with its ending, where a test reads it ever after.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
FORMATS = ("txt", "md", "html", "csv", "docx", "doc", "xlsx", "xls", "pdf", "ofd", "eml", "zip")
LONGEST = 65_536  # bytes of an input


def seeds(form: str) -> list[bytes]:
    """Small documents of a format."""
    from tests.reading.test_bundle import mail_bytes, zip_bytes
    from tests.reading.test_hostile import packages

    said = "晋中市工作通报\n2024-10-05 来源：晋中日报\n\n全市推广甲醇汽车5623辆，同比增长4.3%。\n"
    files = ROOT / "tests" / "reading" / "files"
    made: dict[str, Callable[[], list[bytes]]] = {
        "txt": lambda: [said.encode(), said.encode("gb18030"), said.encode("utf-16")],
        "md": lambda: [f"# {said}\n| 县区 | 产值 |\n|---|---|\n| 清徐县 | 12.5 |\n".encode()],
        "html": lambda: [f"<meta charset=gbk><h1>{said}</h1><table><tr><td rowspan=2>甲<td>1.5</table>".encode("gbk")],
        "csv": lambda: ["县区,产值（亿元）\n清徐县,12.5\n".encode(), "县区\t产值\n".encode("utf-16")],
        "doc": lambda: [path.read_bytes() for path in sorted(files.glob("*.doc"))],
        "pdf": lambda: [path.read_bytes() for path in sorted((ROOT / "examples").rglob("*.pdf"))[:1]],
        "xls": lambda: [_xls()],
        "eml": lambda: [mail_bytes(("附.txt", said.encode())), mail_bytes(html=True)],
        "zip": lambda: [zip_bytes({"通报.txt": said.encode()}), zip_bytes({"通报.txt": b"x"}, gbk=True)],
    }
    if form in made:
        return made[form]()
    return [data for name, data in packages() if name.endswith(form)]


def _xls() -> bytes:
    import io

    import xlwt

    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "县区")
    sheet.write(1, 1, 12.5)
    book.save(out)
    return out.getvalue()


def main() -> None:
    """Fuzzes one format for a bounded time."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("format", choices=FORMATS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, help="keep the inputs that reach new code there")
    given = parser.parse_args()
    try:
        import atheris
    except ImportError:
        sys.exit("needs atheris (Linux, CPython): pip install atheris")
    with atheris.instrument_imports(include=["liantu.reading"]):
        from liantu.reading import read_documents
    from tests.reading.test_hostile import check

    read_documents("产值5亿元。".encode(), "a.txt")  # what is imported when first needed

    def one(data: bytes) -> Any:
        check(bytes(data), f"a.{given.format}")

    with tempfile.TemporaryDirectory() as spare:
        corpus = given.corpus or Path(spare)
        corpus.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(seeds(given.format)):
            (corpus / f"seed{number}").write_bytes(seed)
        options = [f"-max_total_time={given.seconds}", f"-max_len={LONGEST}", "-timeout=20", "-rss_limit_mb=2048"]
        atheris.Setup([sys.argv[0], str(corpus), *options], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
