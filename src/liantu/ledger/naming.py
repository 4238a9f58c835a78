"""Names in a document become entities: known ones are found, new ones made, likely namesakes judged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.utils import timezone

from liantu.extraction.model import Findings
from liantu.ledger.canonical import settle
from liantu.ledger.chain_names import chain_label
from liantu.ledger.likeness import MATCHED, Match, fold, known_names
from liantu.ledger.models import Entity, EntityName, Judgement, Source
from liantu.ledger.places import find_region, place_of_code, place_of_enterprise
from liantu.ledger.storable import storable
from liantu.vocabulary.zone_names import parse_zone
from liantu.vocabulary.zones import find_zone

NAME_LENGTH = 255
ENTERPRISE_ENDINGS = ("公司", "集团", "厂", "银行", "合作社")


class EntityFinder:
    """Finds or makes the entities of one source, and remembers them."""

    def __init__(self, source: Source | None, within: str = "", kinds: dict[str, str] | None = None) -> None:
        self.source = source
        self.within = within
        self.kinds = kinds or {}  # kind of each name, as the document's mentions and findings tell
        self.aliases: dict[str, tuple[str, ...]] = {}
        self.full: dict[tuple[str, str], str] = {}  # (kind, other form) → the name a document's own list gives it
        self.moved: set[int] = set()  # entities that are new or whose canonical id changed
        self._found: dict[tuple[str, str], Entity] = {}
        self._caught_up: set[str] = set()
        self._names_said: set[tuple[int, str]] = set()

    @classmethod
    def for_findings(cls, findings: Findings, source: Source, within: str) -> EntityFinder:
        """A finder that knows what kind of thing each name of a document is."""
        kinds: dict[str, str] = {}
        aliases: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for mention in findings.mentions:
            kinds.setdefault(mention.key, mention.kind)
            aliases[mention.key] += mention.aliases
        for kind, rows in (
            ("project", findings.projects),
            ("enterprise", findings.enterprises),
            ("chain", findings.chains),
        ):
            for row in rows:
                kinds[row.name] = kind
                aliases[row.name] += row.aliases
                for alias in row.aliases:
                    kinds.setdefault(alias, kind)
        finder = cls(source, within, kinds)
        for kind, rows in (("project", findings.projects), ("enterprise", findings.enterprises)):
            forms = [(form, row.name) for row in rows for form in (row.name, *row.aliases)]
            bearers = Counter(form for form, _ in forms)
            finder.full.update({(kind, form): name for form, name in forms if bearers[form] == 1})
        finder.aliases = {name: tuple(dict.fromkeys(forms)) for name, forms in aliases.items()}
        return finder

    def kind_of(self, name: str) -> str:
        """Kind of a name that comes without one."""
        known = self.kinds.get(name)
        if known:
            return known
        if find_region(name, self.within):
            return "region"
        if find_zone(name) or parse_zone(name):
            return "zone"
        if name.endswith("项目"):
            return "project"
        return "enterprise" if name.endswith(ENTERPRISE_ENDINGS) else "organisation"

    def find(
        self,
        name: str,
        kind: str = "",
        aliases: Iterable[str] = (),
        scope: str = "",
        context: Mapping[str, str] | None = None,
    ) -> Entity | None:
        """The entity called `name`; None for an empty name.

        Args:
            kind: a `MentionKind`; told by the document's mentions, or the name, when empty.
            scope: tells namesakes apart; a project's is its prefecture.
            context: what else is known of it: `uscc`, `project_code`, `owner`, `place`, `holder`.
        """
        name = storable(name.strip())[:NAME_LENGTH]
        if not name:
            return None
        kind = kind or self.kind_of(name)
        name = self.full.get((kind, name), name)
        region = find_region(name, self.within) if kind in {"region", "zone", "programme", "organisation"} else None
        if region is not None:
            kind, scope, name = "region", region.code, region.name
        elif kind == "zone" and (zone := find_zone(name)):
            scope, name = zone.code, zone.name
        elif kind == "project" and not scope:
            place = place_of_enterprise(name, self.within) or place_of_code(self.within)
            scope = place.city_code
        key = (kind, name)
        forms = storable([name, *self.aliases.get(name, ()), *aliases])
        if key not in self._found:
            told = storable({key: value for key, value in (context or {}).items() if value})
            if kind == "project" and scope:
                told["region"] = scope
            self._found[key] = self._find_or_make(name, kind, scope, forms, told)
        entity = self._found[key]
        self._name(entity, forms)
        return entity

    def _find_or_make(self, name: str, kind: str, scope: str, forms: list[str], context: dict[str, str]) -> Entity:
        folded = (fold(chain_label(name)) if kind == "chain" else fold(name))[:NAME_LENGTH]
        entity = Entity.objects.filter(kind=kind, folded=folded, scope=scope).first()
        if entity is not None:
            return entity
        if kind not in self._caught_up and kind in MATCHED:
            known_names.catch_up(kind)
            self._caught_up.add(kind)
        likely = known_names.likely(kind, name, forms, context)
        entity = Entity.objects.create(
            kind=kind,
            folded=folded,
            scope=scope,
            name=name,
            region_code=scope if kind == "region" else "",
            context=context,
        )
        entity.canonical = entity
        entity.save(update_fields=["canonical"])
        self.moved.add(entity.pk)  # a name may come to be without a statement of its own: one that was told before
        known_names.add(entity, forms)
        self.judge(entity, likely)
        return entity

    def judge(self, entity: Entity, likely: list[Match]) -> None:
        """Say which known entities a new one is, or may be."""
        now = timezone.now()
        Judgement.objects.bulk_create(
            Judgement(
                left_id=match.entity_id,
                right=entity,
                verdict=Judgement.Verdict.SAME if match.same else Judgement.Verdict.UNSURE,
                origin="auto",
                score=match.score,
                reason=match.reason,
                at=now,
            )
            for match in likely
        )
        if any(match.same for match in likely):
            self.moved |= settle([entity.pk])
            entity.refresh_from_db()

    def _name(self, entity: Entity, forms: list[str]) -> None:
        new = [form for form in dict.fromkeys(forms) if form and (entity.pk, form) not in self._names_said]
        if not new:
            return
        EntityName.objects.bulk_create(
            [
                EntityName(entity=entity, name=form[:NAME_LENGTH], folded=fold(form)[:NAME_LENGTH], source=self.source)
                for form in new
            ],
            ignore_conflicts=True,
        )
        if entity.kind not in self._caught_up and entity.kind in MATCHED:
            known_names.catch_up(entity.kind)
            self._caught_up.add(entity.kind)
        known_names.add(entity, new)
        self._names_said.update((entity.pk, form) for form in new)
