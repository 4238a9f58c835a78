"""Annotated documents: `003.json` beside `003.txt` (or `003_any_title.txt`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class GoldError(ValueError):
    """An annotation that does not fit its document; the message names file and anchor in both languages."""


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """One annotated number. `span` is its place in the raw text; `must` the strings an indicator has to contain."""

    span: tuple[int, int]
    number: str
    value: float
    unit: str
    bound: str
    kind: str
    status: str
    indicator: str
    must: tuple[str, ...]
    subject: tuple[str, ...]
    period: str | None
    anchor: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """What a careful person found in one document. Lists other than `figures` are as the annotation has them."""

    name: str
    text: str
    figures: tuple[GoldFigure, ...]
    projects: tuple[dict[str, Any], ...] = ()
    enterprises: tuple[tuple[str, ...], ...] = ()
    chains: tuple[dict[str, Any], ...] = ()
    relations: tuple[dict[str, Any], ...] = ()


def document_key(path: Path) -> str:
    """The part of a file name that ties a document to its annotation: `003` of `003_太原.txt`."""
    return path.stem.split("_")[0]


def gold_pairs(folder: Path) -> list[tuple[Path, Path]]:
    """(annotation, document) of every annotated document in `folder`, by name."""
    documents = {document_key(p): p for p in sorted(folder.iterdir()) if p.is_file() and p.suffix != ".json"}
    pairs = []
    for annotation in sorted(folder.glob("*.json")):
        document = documents.get(annotation.stem)
        if document is None:
            raise GoldError(
                f"{annotation.name}：旁边没有它所标注的文件 {annotation.stem}.txt，请补上 / "
                f"{annotation.name}: the document it annotates, {annotation.stem}.txt, is not beside it; add it"
            )
        pairs.append((annotation, document))
    if not pairs:
        raise GoldError(
            f"{folder}：没有标注文件（*.json），请指向带标注的文件夹 / "
            f"{folder}: no annotations (*.json) here; name a folder that holds some"
        )
    return pairs


def parse_gold(name: str, text: str, data: dict[str, Any]) -> GoldDocument:
    """The annotation `data` laid upon the raw `text` of its document."""
    return GoldDocument(
        name=name,
        text=text,
        figures=tuple(_figure(name, text, row) for row in data.get("figures", [])),
        projects=tuple(data.get("projects", [])),
        enterprises=tuple(tuple(names) for names in data.get("enterprises", [])),
        chains=tuple(data.get("chains", [])),
        relations=tuple(data.get("relations", [])),
    )


def load_gold(annotation: Path, text: str) -> GoldDocument:
    """The annotation file `annotation` laid upon the raw `text`."""
    return parse_gold(annotation.stem, text, json.loads(annotation.read_text(encoding="utf-8")))


def _figure(name: str, text: str, row: dict[str, Any]) -> GoldFigure:
    start = _place(name, text, row)
    return GoldFigure(
        span=(start, start + len(row["number"])),
        number=row["number"],
        value=float(row["value"]),
        unit=row["unit"],
        bound=row["bound"],
        kind=row["kind"],
        status=row["status"],
        indicator=row["indicator"],
        must=tuple(row["must"]),
        subject=tuple(row["subject"]),
        period=row["period"],
        anchor=row["anchor"],
    )


def _place(name: str, text: str, row: dict[str, Any]) -> int:
    """Raw offset of the number inside the wanted occurrence of its anchor."""
    at = -1
    for _ in range(row.get("nth", 1)):
        at = text.find(row["anchor"], at + 1)
        if at < 0:
            raise GoldError(
                f"{name}：原文里找不到“{row['anchor']}”，请核对标注 / "
                f"{name}: “{row['anchor']}” does not occur in the document; check the annotation"
            )
    inside = row["anchor"].find(row["number"])
    if inside < 0:
        raise GoldError(
            f"{name}：“{row['anchor']}”里没有数字“{row['number']}”，请核对标注 / "
            f"{name}: the number “{row['number']}” is not in its anchor “{row['anchor']}”; check the annotation"
        )
    return int(at + inside)
