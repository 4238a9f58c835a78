"""`liantu evaluate`: the reader against annotated documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from liantu.cli.messages import stop
from liantu.evaluation import TIERS, DocumentScore, GoldDocument, GoldError, Score, load_gold, score_documents
from liantu.evaluation.gold import gold_pairs
from liantu.evaluation.score import PROJECT_FIELDS, Miss
from liantu.evaluation.sets import LIKENESS


@click.command("evaluate")
@click.argument("folder", metavar="GOLD_DIR", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--worst", default=0, metavar="N", help="每个文件列出 N 条错漏 / show N mistakes of each document")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON / print JSON only")
def command(folder: Path, worst: int, as_json: bool) -> None:
    """用人工标注检验读取质量：GOLD_DIR 里每个 003.txt 旁边有标注 003.json。

    Reads every annotated document in GOLD_DIR (003.txt beside 003.json) and prints how many of the annotated facts
    were found. docs/evaluation.md says what each column means.
    """
    try:
        pairs = read_pairs(folder)
    except GoldError as error:
        chinese, english = str(error).split(" / ", 1)
        stop(chinese, english)
    score = score_documents(pairs)
    if as_json:
        click.echo(json.dumps(score.to_dict(), ensure_ascii=False))
        return
    for document in score.documents:
        for line in worst_lines(document, worst):
            click.echo(line)
    for line in summary_lines(score):
        click.echo(line)


def read_pairs(folder: Path) -> list[tuple[GoldDocument, Mapping[str, Any]]]:
    """Each annotation in `folder` with what the reader says of its document."""
    from liantu.extraction import extract
    from liantu.reading import read_document

    pairs: list[tuple[GoldDocument, Mapping[str, Any]]] = []
    for annotation, path in gold_pairs(folder):
        document = read_document(path)
        pairs.append((load_gold(annotation, document.text.raw), extract(document).to_dict()))
    return pairs


def summary_lines(score: Score) -> list[str]:
    """One line a document, then precision, recall and F1 of everything."""
    lines = [f"{'document':>10} {'gold':>5} {'said':>5} " + " ".join(f"{tier:>10}" for tier in TIERS)]
    for document in score.documents:
        first = document.figures[TIERS[0]]
        hits = " ".join(f"{document.figures[tier].hit:>10}" for tier in TIERS)
        lines.append(f"{document.name:>10} {first.true:>5} {first.said:>5} {hits}")
    for tier in TIERS:
        lines.append(_ratios(f"figures {tier}", score, "figures", tier))
    lines += [_ratios(key, score, "sets", key) for key in LIKENESS]
    for key in PROJECT_FIELDS:
        tally = score.total("project_fields", key)
        lines.append(f"{'project ' + key:<19} {tally.hit} right of {tally.true}")
    return lines


def worst_lines(document: DocumentScore, limit: int) -> list[str]:
    """At most `limit` annotated figures that were missed or got wrong, and as many answers nobody asked for."""
    asked = [miss for miss in document.misses if miss.gold is not None][:limit]
    unasked = [miss for miss in document.misses if miss.gold is None][:limit]
    return [f"{document.name} {_describe(miss)}" for miss in asked + unasked]


def _ratios(label: str, score: Score, part: str, key: str) -> str:
    t = score.total(part, key)
    return (
        f"{label:<19} P {t.precision:.3f} R {t.recall:.3f} F1 {t.f1:.3f}  ({t.hit} right, {t.said} said, {t.true} true)"
    )


def _describe(miss: Miss) -> str:
    said = "" if miss.said is None else "  said " + "|".join(str(miss.said.get(key)) for key in _FIELDS)
    if miss.gold is None:
        return f"extra:{said}"
    gold = miss.gold
    wanted = (gold.indicator, gold.subject[0], gold.value, gold.unit, gold.kind, gold.status, gold.bound, gold.period)
    verdict = "missed" if miss.said is None else ("wrong", *TIERS)[miss.tier]
    return f"{verdict}: {gold.anchor!r} want " + "|".join(map(str, wanted)) + said


_FIELDS = ("indicator", "subject", "value", "unit", "kind", "status", "bound", "period")
