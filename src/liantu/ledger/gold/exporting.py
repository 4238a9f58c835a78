"""A folder of annotated documents: `003.txt`, raw, beside `003.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from liantu.ledger.gold.annotation import Annotator
from liantu.ledger.gold.check import problems_of
from liantu.ledger.models import Review, Source, SourceText, Statement
from liantu.ledger.standing import standing

CONFIRMED = frozenset({Review.Verdict.ACCEPTED, Review.Verdict.ADDED})


@dataclass(slots=True)
class GoldReport:
    """What was written."""

    documents: dict[str, str] = field(default_factory=dict)  # 003 → name of the source
    figures: int = 0
    others: int = 0  # projects, enterprises, chains and relations
    problems: list[str] = field(default_factory=list)  # what does not keep the rules of the format, by document


def export_gold(source_ids: Iterable[int] | None, folder: Path | str, *, everything: bool = False) -> GoldReport:
    """Write annotated documents into a folder, which is made where it is not there.

    A document that lies there already (same text) is annotated anew under its number; others get the next free ones.

    Args:
        source_ids: which sources; None for all that stand. Workbooks have no text to annotate and are left out.
        everything: every statement that stands; else only what people accepted, corrected or added, and only
            documents of which they did.
    """
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    report = GoldReport()
    sources = Source.objects.filter(state=Source.State.READY, n_cells=0).order_by("pk")
    if source_ids is not None:
        sources = sources.filter(pk__in=list(source_ids))
    numbers = Numbers(root)
    for source in sources:
        said = [s for s in standing().filter(source=source) if everything or is_confirmed(s)]
        raw = SourceText.objects.filter(source=source).values_list("raw", flat=True).first()
        if raw is None or not (said or everything):
            continue
        gold = Annotator(source, raw).annotation(said)
        name = numbers.of(raw)
        (root / f"{name}.txt").write_bytes(raw.encode())
        (root / f"{name}.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        report.documents[name] = source.name
        report.figures += len(gold["figures"])
        report.others += sum(len(gold[key]) for key in ("projects", "enterprises", "chains", "relations"))
        report.problems += [f"{name} {problem}" for problem in problems_of(raw, gold)]
    return report


def is_confirmed(statement: Statement) -> bool:
    """Whether a person accepted, corrected or added a standing statement."""
    return getattr(statement, "verdict", None) in CONFIRMED or "corrects" in statement.payload


class Numbers:
    """The number of each document in a folder."""

    def __init__(self, folder: Path) -> None:
        self.known = {path.read_bytes(): path.stem for path in sorted(folder.glob("*.txt")) if path.stem.isdigit()}
        self.next = max((int(path.stem) for path in folder.iterdir() if path.stem.isdigit()), default=-1) + 1

    def of(self, raw: str) -> str:
        """The number under which a text lies there, else the next free one."""
        data = raw.encode()
        if data not in self.known:
            self.known[data] = f"{self.next:03d}"
            self.next += 1
        return self.known[data]
