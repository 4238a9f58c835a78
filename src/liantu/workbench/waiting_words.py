"""What the review queue shows of words that lost their place, and of what a language model proposes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from liantu.ledger import services
from liantu.ledger.content import with_clean
from liantu.ledger.corrections import IN_PAYLOAD
from liantu.ledger.models import Pairing, Proposal, Review, SourceText, Statement
from liantu.reading.model import Text
from liantu.workbench import labels
from liantu.workbench.correcting import Change, changes, label_of, worded
from liantu.workbench.formatting import quantity


@dataclass(frozen=True)
class ShownLeft:
    """A word on an old version of a file for which the new version has no place, with why not."""

    left: services.Left

    @property
    def statement(self) -> Statement:
        """What it was said of, in the old version."""
        return self.left.statement

    @property
    def verdict(self) -> str:
        """What was said."""
        word = self.left.word
        if isinstance(word, Review):
            return labels.word(labels.REVIEW, word.verdict)
        return labels.word(labels.VERDICT, word.verdict)

    @property
    def other(self) -> Statement | None:
        """The other one of two figures that a person compared."""
        word = self.left.word
        if not isinstance(word, Pairing):
            return None
        return word.right if word.left_id == self.statement.pk else word.left

    @property
    def changes(self) -> list[Change]:
        """What a correction changed."""
        return changes(self.left.word) if isinstance(self.left.word, Review) else []

    @cached_property
    def reason(self) -> str:
        """Why it could not be moved."""
        if self.left.source.state == "failed":
            return _("新版本没能读出来")
        text = SourceText.objects.filter(source=self.left.source).values_list("cleaned", flat=True).first() or ""
        said = (self.statement.clean_sentence or self.statement.sentence).strip()
        return _("新版本里这句话读法不同") if said and said in text else _("新版本里没有这句话")


@dataclass(frozen=True)
class ShownProposal:
    """A proposal with its columns in words and its sentence as pages show sentences."""

    proposal: Proposal
    statement: Statement  # in the shape that pages know; it is never saved

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Label and content of each column that says something."""
        kind, told = self.proposal.kind, dict(self.proposal.columns)
        shown: list[tuple[str, str]] = []
        if kind == "figure":
            value = quantity(told.pop("value"), told.pop("unit"), told.pop("bound"), told["figure_kind"])
            shown.append((label_of(kind, "value"), value))
        for column, content in told.items():
            if content not in (None, ""):
                shown.append((label_of(kind, column), worded(kind, column, content, self.statement)))
        return shown


def _as_statement(row: Proposal, text: Text) -> Statement:
    columns = {column: value for column, value in row.columns.items() if column not in IN_PAYLOAD}
    places = {
        "number_start": row.start,
        "number_end": row.end,
        "evidence_start": row.evidence_start,
        "evidence_end": row.evidence_end,
    }
    return with_clean(Statement(source=row.source, kind=row.kind, sentence=row.sentence, **places, **columns), text)


def shown_left(shown: int) -> Sequence[ShownLeft]:
    """The newest words that lost their place."""
    return [ShownLeft(left) for left in services.left_behind(shown)]


def shown_proposals(shown: int) -> Sequence[ShownProposal]:
    """The first proposals that wait."""
    rows = list(services.waiting_proposals()[:shown])
    texts = {row.source_id: services.document_of(row.source).text for row in rows}
    return [ShownProposal(row, _as_statement(row, texts[row.source_id])) for row in rows]
