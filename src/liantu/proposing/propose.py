"""Asking a model about one document."""

from __future__ import annotations

from collections.abc import Callable

from liantu.extraction.model import Figure, Findings, Relation
from liantu.proposing.answer import findings_of, shortened
from liantu.proposing.checking import checked
from liantu.proposing.client import Client, Limits
from liantu.proposing.endpoint import Endpoint
from liantu.proposing.model import Proposals, Proposed, Refusal
from liantu.proposing.passages import messages, passages
from liantu.reading.model import Document

DEFAULT_LIMITS = Limits()


def propose(
    document: Document,
    findings: Findings,
    endpoint: Endpoint,
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[int, int], None] | None = None,
) -> Proposals:
    """What a model finds in a document beyond `findings`; the body text of the document goes to `endpoint`, nothing else.

    Args:
        progress: hears how many passages were answered, of how many.

    Raises ProposingError when the server cannot be asked or does not keep to the limits.
    """
    every = list(passages(document, limits))
    sent, unsent = every[: limits.passages], every[limits.passages :]
    known = _Known(findings)
    items: list[Proposed] = []
    refused: list[Refusal] = []
    with Client(endpoint, limits) as client:
        for done, passage in enumerate(sent, start=1):
            found, bad = findings_of(client.ask(messages(passage.text(document))))
            refused += bad
            for item in found:
                proposed = checked(item, document, passage)
                if isinstance(proposed, Refusal):
                    refused.append(proposed)
                elif known.has(proposed):
                    refused.append(Refusal("known", shortened(item)))
                else:
                    items.append(proposed)
            if progress is not None:
                progress(done, len(sent))
    items.sort(key=lambda item: (item.start, item.kind))
    left = sum(end - start for passage in unsent for start, end in passage.blocks)
    return Proposals(endpoint.model, tuple(items), tuple(refused), left)


class _Known:
    """What the reader has found, and what was proposed already."""

    def __init__(self, findings: Findings) -> None:
        self._numbers = sorted(figure.span for figure in findings.figures)
        self._names = {
            (kind, name)
            for kind, rows in (
                ("project", findings.projects),
                ("enterprise", findings.enterprises),
                ("chain", findings.chains),
            )
            for row in rows
            for name in (row.name, *row.aliases)
        }
        self._relations = {(r.head, r.relation, r.tail) for r in findings.relations}

    def has(self, proposed: Proposed) -> bool:
        """Whether a proposal says nothing new; from now on it does not."""
        finding = proposed.finding
        if isinstance(finding, Figure):
            start, end = finding.span
            if any(first < end and start < last for first, last in self._numbers):
                return True
            self._numbers.append(finding.span)
            return False
        if isinstance(finding, Relation):
            relation = (finding.head, finding.relation, finding.tail)
            if relation in self._relations:
                return True
            self._relations.add(relation)
            return False
        name = (proposed.kind, finding.name)
        if name in self._names:
            return True
        self._names.add(name)
        return False
