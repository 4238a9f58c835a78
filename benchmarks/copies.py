"""What it takes to find the copies of one more document where the ledger holds many, and how large the index is.

    python benchmarks/copies.py [--documents 100000] [--json]
    DATABASE_URL=postgres://… python benchmarks/copies.py

The ledger's documents are made up, of about 1,500 characters: five phrases that every second one has, twelve of five hundred
that are common, and sentences and numbers of their own. Their texts and fingerprints are written into the tables that taking a
document in writes to. Then further ones come in: by turns a new one and one that repeats a document of the ledger with
a sentence changed. Timed is `bring_up_to_date`, by the processor and by the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from array import array
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 20261122
FURTHER = 20
CHARACTERS = "".join(map(chr, range(0x4E00, 0x4E00 + 2500)))


class Papers:
    """Makes up texts that share phrases and little else."""

    def __init__(self) -> None:
        self.random = random.Random(SEED)
        self._stock = "".join(self.random.choices(CHARACTERS, k=4_000_000))
        self._everywhere = [self._piece(30) for _ in range(5)]
        self._common = [self._piece(30) for _ in range(500)]

    def _piece(self, length: int) -> str:
        at = self.random.randrange(len(self._stock) - length)
        return self._stock[at : at + length]

    def text(self) -> str:
        """Another text, a line a sentence."""
        own = [f"{self._piece(35)}{self.random.randint(100, 99_999)}{self._piece(2)}" for _ in range(24)]
        phrases = [p for p in self._everywhere if self.random.random() < 0.5]
        lines = [*own, *phrases, *self.random.sample(self._common, 12)]
        self.random.shuffle(lines)
        return "。\n".join(lines)

    def changed(self, text: str) -> str:
        """The text with one of its sentences replaced."""
        lines = text.split("\n")
        lines[self.random.randrange(len(lines))] = self._piece(35)
        return "\n".join(lines)


def keep(pk: int, text: str) -> tuple[Any, Any]:
    """The rows of a document and its text."""
    from django.utils import timezone

    from liantu.ledger.models import Source, SourceText
    from liantu.ledger.packing import pack

    source = Source(
        pk=pk, digest=f"{pk:064d}", name=f"{pk}.txt", media="txt", publisher=f"报纸{pk % 300}", read_at=timezone.now(),
        published=date(2018, 1, 1) + timedelta(days=pk % 2800),
    )  # fmt: skip
    places = range(len(text))
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(["paragraph", at, at + len(line), 0, ""])
        at += len(line) + 1
    offsets = pack(array("I", places), array("I", (n + 1 for n in places)))
    return source, SourceText(source=source, raw=text, cleaned=text, offsets=offsets, blocks=blocks)


def fill(papers: Papers, documents: int) -> list[str]:
    """Take many documents in. Gives every thousandth text, to be copied."""
    import numpy as np

    from liantu.ledger.models import Source, SourceText, TextKey
    from liantu.resolution.duplicates import signature

    values, sources = array("q"), array("q")
    copied: list[str] = []
    for first in range(1, documents + 1, 1000):
        rows, keys = [], []
        for pk in range(first, min(first + 1000, documents + 1)):
            text = papers.text()
            found = signature(text)
            assert found is not None
            rows.append(keep(pk, text))
            mine = (*found.shingles, *found.numbers)
            values.extend(mine)
            sources.extend([pk] * len(mine))
            keys.append(
                TextKey(source_id=pk, digest=found.digest, length=found.length,
                        n_shingles=len(found.shingles), n_numbers=len(found.numbers))
            )  # fmt: skip
        copied.append(text)
        Source.objects.bulk_create([source for source, _ in rows])
        SourceText.objects.bulk_create([text for _, text in rows])
        TextKey.objects.bulk_create(keys)
    value, source = np.frombuffer(values, "int64"), np.frombuffer(sources, "int64")
    order = np.lexsort((source, value))
    write_index(zip(value[order].tolist(), source[order].tolist(), strict=True))
    return copied


def write_index(rows: Iterator[tuple[int, int]]) -> None:
    """The rows of the index, in its order."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy("COPY ledger_fingerprint (value, source_id) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute("ANALYZE")
        else:
            cursor.execute("PRAGMA cache_size = -1000000")
            cursor.executemany("INSERT INTO ledger_fingerprint (value, source_id) VALUES (%s, %s)", rows)


def measure(papers: Papers, documents: int, copied: list[str]) -> dict[str, Any]:
    """Take further documents in, one by one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from liantu.ledger.copies import bring_up_to_date
    from liantu.ledger.models import Copy

    cpu, clock, queries, found = [], [], [], 0
    for number in range(FURTHER):
        repeats = number % 2 == 1
        text = papers.changed(papers.random.choice(copied)) if repeats else papers.text()
        source, kept = keep(documents + 1 + number, text)
        source.published = date(2026, 1, 1)
        source.save(force_insert=True)
        kept.save(force_insert=True)
        began, processor = time.perf_counter(), time.process_time()
        with CaptureQueriesContext(connection) as ran:
            bring_up_to_date([source])
        clock.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - processor) * 1000)
        queries.append(len(ran))
        found += Copy.objects.filter(source=source).exists() == repeats
    return {
        "ms_of_processor": round(statistics.median(cpu)),
        "ms_on_the_clock": round(statistics.median(clock)),
        "most_ms_on_the_clock": round(max(clock)),
        "queries": statistics.median(queries),
        "right": f"{found} of {FURTHER}",
    }


def main() -> int:
    """Fill, time, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    home = tempfile.TemporaryDirectory(prefix="liantu-copies-")
    os.environ |= {"LIANTU_HOME": home.name, "DJANGO_SETTINGS_MODULE": "liantu.workbench.settings"}

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from liantu.ledger.models import Fingerprint

    call_command("migrate", verbosity=0, skip_checks=True)
    papers = Papers()
    began = time.process_time()
    with transaction.atomic():
        copied = fill(papers, options.documents)
    result: dict[str, Any] = {
        "engine": connection.vendor,
        "documents": options.documents,
        "index_rows": Fingerprint.objects.count(),
        "filled_s_of_processor": round(time.process_time() - began),
    }
    result |= measure(papers, options.documents, copied)
    files = sum(path.stat().st_size for path in Path(home.name).rglob("*") if path.is_file())
    if connection.vendor == "sqlite":
        result["ledger_mb"] = round(files / 1e6)
    print(json.dumps(result) if options.json else "\n".join(f"{name}: {value}" for name, value in result.items()))
    connection.close()
    home.cleanup()
    return 0


if __name__ == "__main__":
    sys.exit(main())
