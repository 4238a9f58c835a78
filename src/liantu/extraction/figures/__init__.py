"""Figures: every quantity that says something about somebody, with its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left

from liantu.extraction.figures.frame import Draft, bind
from liantu.extraction.figures.numbers import Quantity, find_quantities
from liantu.extraction.figures.period import choose_mark, period_of
from liantu.extraction.figures.setting import Section, Setting, read_setting
from liantu.extraction.figures.status import decide
from liantu.extraction.figures.subject import Subjects, Topic
from liantu.extraction.figures.times import TimeMark, find_times, marks_in
from liantu.extraction.model import Evidence, Figure, Mention
from liantu.reading.model import BODY_KINDS, Document

__all__ = ["find_figures"]

_POLICY_NAME = re.compile(r"《([^《》]{6,60})》")


def find_figures(
    document: Document,
    mentions: tuple[Mention, ...] = (),
    default_region: str | None = None,
    commissioned: dict[str, bool] | None = None,
) -> tuple[Figure, ...]:
    """All figures of a document in text order.

    `mentions` are the names found in it, `default_region` the region it is about, `commissioned` says of each project (by
    mention key) whether it produces already.
    """
    reader = _Reader(document, mentions, default_region, commissioned or {})
    return tuple(reader.read())


class _Reader:
    def __init__(
        self,
        document: Document,
        mentions: tuple[Mention, ...],
        default_region: str | None,
        commissioned: dict[str, bool],
    ) -> None:
        self.document = document
        self.text = document.text.clean
        self.setting: Setting = read_setting(document)
        self.commissioned = commissioned
        self.mentions = mentions
        self.cuts = sorted(
            m.end for m in mentions if m.kind in ("region", "zone", "enterprise", "project", "organisation")
        )
        policy = None
        if self.setting.genre == "policy" and document.title:
            named = _POLICY_NAME.search(document.title)
            policy = named.group(1) if named else document.title
        self.subjects = Subjects(self.text, mentions, default_region or _main_region(mentions), policy)
        self.carried: str | None = None
        self.carried_until = False
        self.figures: list[Figure] = []

    def read(self) -> list[Figure]:
        block_index = -1
        section: Section | None = None
        for sentence in self.document.sentences:
            block = self.document.blocks[sentence.block]
            if block.kind not in BODY_KINDS or block.kind == "table_row":
                continue
            if sentence.block != block_index:
                block_index = sentence.block
                section = self._enter_block(block_index, section)
            self._read_sentence(sentence.start, sentence.end, section, block.locator)
        return self.figures

    def _enter_block(self, index: int, section: Section | None) -> Section | None:
        block = self.document.blocks[index]
        if block.kind in ("heading",):
            self.subjects.enter_section(block.start, block.end)
        else:
            self.subjects.enter_paragraph()
        now = self.setting.section_at(block.start)
        if now is not section or self.carried is None:
            base = (now.period if now else None) or self.setting.default_period
            if base is not None or self.setting.genre in ("report", "communique"):
                self.carried, self.carried_until = base, False
        return now

    def _read_sentence(self, start: int, end: int, section: Section | None, locator: str) -> None:
        text = self.text
        quantities = find_quantities(text, start, end)
        self.subjects.enter_sentence(start, end)
        default_year = _year(self.carried)
        marks = _shift(find_times(text[start:end], self.document.published, default_year), start)
        if quantities:
            cuts = self.cuts[bisect_left(self.cuts, start) : bisect_left(self.cuts, end)]
            drafts = bind(text, start, end, quantities, marks, cuts)
            self._finish(drafts, marks, (start, end), section, locator)
        self._carry(marks, text, end)
        self.subjects.leave_sentence(start)

    def _carry(self, marks: list[TimeMark], text: str, end: int) -> None:
        for mark in marks:
            if mark.compared or mark.period is None or mark.kind in ("day",):
                continue
            if mark.kind in ("year", "part", "month", "range", "since", "plan"):
                if self.document.published and not mark.until and int(mark.period[:4]) > self.document.published.year:
                    continue
                self.carried = ("../" if mark.until else "") + mark.period
                self.carried_until = mark.until

    def _finish(
        self,
        drafts: list[Draft],
        marks: list[TimeMark],
        sentence: tuple[int, int],
        section: Section | None,
        locator: str,
    ) -> None:
        document, text = self.document, self.text
        published = document.published
        raw_sentence = document.text.raw_span(*sentence)
        evidence = Evidence(
            document.text.raw[raw_sentence[0] : raw_sentence[1]], raw_sentence[0], raw_sentence[1], locator
        )
        previous: tuple[Draft, Topic] | None = None
        for draft in drafts:
            q = draft.quantity
            topic, sure, rule = self.subjects.subject_of(draft, sentence, previous if draft.inherited else None)
            previous = (draft, topic)
            mark = choose_mark(draft, marks, sentence)
            status, modality = decide(
                draft,
                text,
                sentence,
                self.setting,
                section,
                mark,
                published.year if published else None,
                topic.kind == "project",
                self.commissioned.get(topic.name),
            )
            period = period_of(
                draft,
                mark,
                self.carried,
                self.carried_until,
                published,
                text,
                sentence[0],
                self.setting.genre in ("report", "communique"),
            )
            confidence = round(
                sure * (0.85 if draft.inherited else 1.0) * (0.7 if len(draft.indicator) < 2 else 1.0), 3
            )
            self.figures.append(
                Figure(
                    span=document.text.raw_span(q.start, q.end),
                    number=text[q.start : q.end],
                    value=_plain(draft.value),
                    unit=q.unit,
                    bound=draft.bound,
                    kind=draft.kind,
                    status=status,
                    indicator=draft.indicator,
                    subject=topic.name,
                    period=period,
                    evidence=evidence,
                    modality=modality,
                    subject_kind=topic.kind,
                    accrual="cumulative" if period and period.startswith("../") else "",
                    confidence=confidence,
                    reasons=(*draft.rules, rule),
                )
            )


def _plain(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _year(period: str | None) -> int | None:
    if not period:
        return None
    tail = period.removeprefix("../").split("/")[-1][:4]
    return int(tail) if tail.isdigit() else None


def _shift(marks: list[TimeMark], offset: int) -> list[TimeMark]:
    for mark in marks:
        mark.start += offset
        mark.end += offset
    return marks


def _main_region(mentions: tuple[Mention, ...]) -> str:
    counts: dict[str, float] = {}
    for m in mentions:
        if m.kind == "region":
            counts[m.key] = counts.get(m.key, 0) + (3 if m.start < 80 else 1)
    return max(counts, key=lambda k: counts[k]) if counts else ""


__all__ += ["Quantity", "marks_in"]
