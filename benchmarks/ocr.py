"""How exact recognised text is: pages drawn from real documents, clean and worn, against what was drawn.

    python benchmarks/ocr.py [--pages N] [--json FILE]

Prints, for each kind of wear: the share of characters read wrongly (edit distance), the share of figures' digits read
wrongly, how many of these are marked as doubtful, how many of the digits read rightly are, and seconds a page.
Needs the extra `ocr` and a Chinese font.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from liantu.reading import read_document  # noqa: E402
from liantu.reading.scans import SURE, can_recognise, scanned_lines  # noqa: E402

DOTS = 200  # an inch
WIDTH, HEIGHT = 1654, 2339  # A4
MARGIN = 190
PAGE = 1_200  # characters


@dataclass(slots=True)
class Score:
    """What one kind of wear does. Shares are of characters, or of digits, in percent."""

    wear: str
    pages: int = 0
    characters: int = 0
    wrong: int = 0
    digits: int = 0
    wrong_digits: int = 0
    wrong_and_told: int = 0
    right_and_told: int = 0
    seconds: float = 0.0

    def row(self) -> str:
        """One line of the table."""
        told = f"{self.wrong_and_told}/{self.wrong_digits}"
        right = max(1, self.digits - self.wrong_digits)
        return (
            f"{self.wear:<24}{100 * self.wrong / max(1, self.characters):>8.2f}%"
            f"{100 * self.wrong_digits / max(1, self.digits):>10.2f}%{told:>10}"
            f"{100 * self.right_and_told / right:>10.2f}%{self.seconds / max(1, self.pages):>9.1f}"
        )


def texts() -> Iterator[str]:
    """Body text of the documents that reading is developed on, in pieces of about a page."""
    for path in sorted((ROOT / "tests" / "gold" / "develop").rglob("*.txt")):
        document = read_document(path)
        body = [b for b in document.blocks if b.kind in ("title", "heading", "paragraph", "list_item")]
        text = "\n".join(document.text.clean[b.start : b.end] for b in body)
        yield from (text[at : at + PAGE] for at in range(0, max(1, len(text) - PAGE // 2), PAGE))


def drawn(text: str, points: float, font: str) -> tuple[Any, list[str]]:
    """A page of `text` and its lines as they stand on it."""
    from PIL import Image, ImageDraw, ImageFont

    size = round(points * DOTS / 72)
    face = ImageFont.truetype(font, size)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for char in paragraph:
            if face.getlength(line + char) > WIDTH - 2 * MARGIN:
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    step = round(size * 1.7)
    lines = [line for line in lines if line.strip()][: (HEIGHT - 2 * MARGIN) // step]
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((MARGIN, MARGIN + number * step), line, font=face, fill=(25, 25, 25))
    return picture, lines


def wears() -> dict[str, Callable[[Any], Any]]:
    """Kinds of wear by name."""
    from tests.reading.drawing import worn

    return {
        "clean": lambda p: p,
        "tilt 1.5°": lambda p: worn(p, tilt=1.5),
        "tilt -4°": lambda p: worn(p, tilt=-4),
        "noise": lambda p: worn(p, noise=30),
        "blur": lambda p: worn(p, blur=1.6),
        "tilt, noise and blur": lambda p: worn(p, tilt=-2, noise=25, blur=1.2),
        "fax, 100 dpi": lambda p: coarse(p, 0.5, 150),
        "photograph": photograph,
        "upside down": lambda p: p.rotate(180),
    }


def coarse(picture: Any, scale: float, threshold: int) -> Any:
    """Fewer dots, each black or white."""
    small = picture.convert("L").resize((int(picture.width * scale), int(picture.height * scale)))
    return small.point(lambda grey: 255 if grey > threshold else 0).convert("RGB")


def photograph(picture: Any) -> Any:
    """Uneven light, a slight turn, and strong JPEG compression."""
    import io

    import numpy
    from PIL import Image
    from tests.reading.drawing import worn

    pixels = numpy.asarray(worn(picture, tilt=0.8, blur=0.8)).astype(float)
    light = (
        numpy.linspace(0.55, 1.0, pixels.shape[1])[None, :, None]
        * numpy.linspace(1.0, 0.75, pixels.shape[0])[:, None, None]
    )
    out = io.BytesIO()
    Image.fromarray((pixels * light).astype("uint8")).save(out, "JPEG", quality=25)
    return Image.open(io.BytesIO(out.getvalue()))


def plain(text: str) -> str:
    """Characters that count: marks in one width, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def measure(score: Score, picture: Any, lines: list[str]) -> None:
    """Recognise a page and count what went wrong."""
    began = time.perf_counter()
    found = scanned_lines(picture, 1, DOTS)
    score.seconds += time.perf_counter() - began
    score.pages += 1
    wanted = plain("".join(lines))
    read, doubts = "", []
    for line in found:
        for at, char in enumerate(line.text):
            piece = plain(char)
            read += piece
            doubts += [any(start <= at < end for start, end in line.doubts)] * len(piece)
    score.characters += len(wanted)
    score.digits += sum(char.isdigit() for char in wanted)
    for edit in Levenshtein.opcodes(wanted, read):
        low, high = edit.dest_start, edit.dest_end
        if edit.tag == "equal":
            told = [i for i in range(low, high) if doubts[i] and read[i].isdigit()]
            score.right_and_told += len(told)
            continue
        score.wrong += max(edit.src_end - edit.src_start, high - low)
        digits = sum(char.isdigit() for char in wanted[edit.src_start : edit.src_end])
        digits = max(digits, sum(char.isdigit() for char in read[low:high]))
        score.wrong_digits += digits
        near = doubts[max(0, low - 1) : high + 1]  # of a lost digit, its neighbours
        score.wrong_and_told += digits if any(near) else 0


def main() -> None:
    """Draws, recognises, prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=6, help="pages for each kind of wear")
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    given = parser.parse_args()
    if not can_recognise():
        sys.exit("needs the extra `ocr`: make ocr, or pip install liantu[ocr]")
    from tests.reading.drawing import font_file

    chosen = random.Random(1).sample(list(texts()), given.pages)
    sheets = [drawn(text, (10.5, 12, 15, 9)[i % 4], font_file()) for i, text in enumerate(chosen)]
    print(f"{'':<24}{'characters':>9}{'digits':>11}{'told':>10}{'false':>11}{'s/page':>9}   (doubtful below {SURE})")
    scores = []
    for name, wear in wears().items():
        score = Score(name)
        for picture, lines in sheets:
            measure(score, wear(picture), lines)
        scores.append(score)
        print(score.row(), flush=True)
    if given.json:
        given.json.write_text(json.dumps([asdict(score) for score in scores], ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
