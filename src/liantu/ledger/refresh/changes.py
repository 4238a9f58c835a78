"""What changed, and the views brought up to date with it in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from liantu.ledger.copies import bring_up_to_date
from liantu.ledger.models import Entity, Source, Statement
from liantu.ledger.refresh.dossiers import KINDS, dossiers
from liantu.ledger.refresh.facts import refresh_pairs, regroup
from liantu.ledger.refresh.figures import refresh_figures
from liantu.ledger.refresh.phrases import names_of, refresh_phrases
from liantu.ledger.refresh.things import canonical_of, count_members, refresh_profiles, refresh_things
from liantu.ledger.search.keeping import index_sources, sources_about, sources_of
from liantu.ledger.standing import batches


@dataclass(slots=True)
class Changes:
    """Statements that were added, retired or judged, and entities that were made, merged or parted."""

    statements: set[str] = field(default_factory=set)
    entities: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)

    def add(self, statements: Iterable[Statement]) -> None:
        """Note statements, and with them whom they are about."""
        for s in statements:
            self.statements.add(s.pk)
            self.entities.update(pk for pk in (s.subject_id, s.object_id) if pk is not None)

    def sources(self, sources: Iterable[Source]) -> None:
        """Note sources that came, changed or went: what they repeat of others, and others of them, is found anew."""
        changed = list(sources)
        self.documents.update(source.pk for source in changed)
        for part in batches(sorted(bring_up_to_date(changed))):
            self.add(Statement.objects.filter(source__in=part, retired=False))

    def moved(self, entities: Iterable[int]) -> None:
        """Note entities whose canonical id or name changed: their figures, and the rows that show them, change too.

        A project counts the statements about its owner by the canonical id of the enterprise they
        name, so merging or parting two enterprises changes projects that neither statement is about.
        """
        moved = set(entities)
        self.entities.update(moved)
        for part in batches(moved):
            figures = Statement.objects.filter(subject__in=part).exclude(figure_kind="")
            self.statements.update(figures.values_list("pk", flat=True))
            told = Statement.objects.filter(subject__in=part, kind__in=KINDS).values_list("object", flat=True)
            self.entities.update(pk for pk in told if pk is not None)
            held = Statement.objects.filter(object__in=part, kind__in=KINDS).values_list("subject", flat=True)
            self.entities.update(held)

    def apply(self) -> None:
        """Bring every view up to date."""
        canonicals = canonical_of(self.entities)
        found = dossiers(canonicals)
        renamed = refresh_profiles(found, self.entities)
        self.documents |= sources_about(renamed)  # their sentences are found by region and chain
        if renamed:
            self.moved(Entity.objects.filter(canonical__in=renamed).values_list("pk", flat=True))
            more = canonical_of(self.entities) - canonicals
            if more:
                others = dossiers(more)
                self.documents |= sources_about(refresh_profiles(others, ()))
                found |= others
        count_members(refresh_things(found, self.entities))
        figures, pair_keys = refresh_figures(sorted(self.statements))
        refresh_pairs(regroup(figures) | pair_keys)
        refresh_phrases(names_of(self.statements))
        index_sources(self.documents | sources_of(self.statements))
