"""What the pages of who is who show: an enterprise beside the firms that it may be, with what speaks for and against each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from liantu.ledger import services
from liantu.ledger.models import EnterpriseView, Entity, EntityName, RegistryLink, RegistryMatch, Statement, WorkChange
from liantu.ledger.models.registry_links import STANDING
from liantu.ledger.standing import standing
from liantu.ledger.whois.codes import codes_of, valid_codes
from liantu.ledger.whois.resolving import BY
from liantu.registry.firms import Firm, Relative
from liantu.resolution.parts import name_parts, shared
from liantu.resolution.places import codes_agree, same_city
from liantu.workbench.dossier import canonical_of, canonicals, members_of, newest_first
from liantu.workbench.formatting import chinese, region_name
from liantu.workbench.registry_rows import About, about_registry, firms_seen, near_to

SENTENCES = 3
SHOWN_NAMES = 6


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that speaks for (`yes`), against (`no`) or neither way (`open`): `kind` is a key of `labels.LINK_REASON`."""

    kind: str
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Rival:
    """A firm that may be meant: cut `pieces` of the name that came near, and reasons."""

    firm: Firm
    form: str
    score: float
    pieces: tuple[tuple[str, bool], ...]
    reasons: list[Reason]
    said: str


@dataclass(frozen=True, slots=True)
class Item:
    """One enterprise that waits for a person."""

    match: RegistryMatch
    view: EnterpriseView
    names: list[str]
    codes: list[str]
    sentences: list[Statement]
    rivals: list[Rival]
    hidden: int  # candidates in regions that the reader may not see
    links: list[RegistryLink]  # what was decided, where something speaks against it

    @property
    def reason(self) -> str:
        """Why nobody was taken without asking."""
        return self.match.reason_zh if chinese() else self.match.reason_en


def items_of(matches: Sequence[RegistryMatch]) -> list[Item]:
    """The enterprises of some matches with everything a person needs to decide; so many queries however many they are."""
    ids = [match.pk for match in matches]
    views = EnterpriseView.objects.in_bulk(ids)
    names: dict[int, list[str]] = defaultdict(list)
    for canonical, name in (
        EntityName.objects.filter(entity__canonical__in=ids)
        .order_by("name")
        .values_list("entity__canonical", "name")
        .distinct()
    ):
        names[canonical or 0].append(name)
    codes = codes_of(ids)
    sentences = _sentences(ids)
    links: dict[int, list[RegistryLink]] = defaultdict(list)
    for link in RegistryLink.objects.filter(entity__canonical__in=ids, removed_at=None).select_related("entity"):
        links[link.entity.canonical_id or link.entity_id].append(link)
    firms = firms_seen({str(c["firm"]) for match in matches for c in match.candidates})
    made = []
    for match in matches:
        view = views.get(match.pk)
        if view is None:
            continue
        refused = {link.firm for link in links[match.pk] if link.how == "rejected"}
        offered = [c for c in match.candidates if c["firm"] not in refused]
        told = names[match.pk] or [view.name]
        rivals = [
            _rival(firms[str(c["firm"])], c, view, told, codes.get(match.pk, ())) for c in offered if c["firm"] in firms
        ]
        flagged = [link for link in links[match.pk] if link.flag and link.how != "rejected"]
        made.append(
            Item(
                match,
                view,
                told[:SHOWN_NAMES],
                list(codes.get(match.pk, ())),
                sentences[match.pk],
                rivals,
                len(offered) - len(rivals),
                flagged,
            )
        )
    return made


def _sentences(ids: Collection[int]) -> dict[int, list[Statement]]:
    owners = canonicals(ids)
    rows = newest_first(standing().filter(subject_id__in=owners).exclude(sentence=""), canonical_of("subject"), most=9)
    found: dict[int, list[Statement]] = defaultdict(list)
    seen: set[tuple[int, str]] = set()
    ranked: list[Any] = list(rows)  # `place` is what `newest_first` counts them by
    for row in sorted(ranked, key=lambda row: row.place):
        owner = owners[row.subject_id or 0]
        if len(found[owner]) < SENTENCES and (owner, row.sentence) not in seen:
            seen.add((owner, row.sentence))
            found[owner].append(row)
    return found


def _rival(
    firm: Firm, candidate: dict[str, Any], view: EnterpriseView, names: Sequence[str], codes: Collection[str]
) -> Rival:
    form = str(candidate["form"])
    nearest = max(names, key=lambda name: sum(len(piece) for piece, same in shared(name, form) if same) / len(name))
    return Rival(
        firm,
        form,
        float(candidate["score"]),
        shared(nearest, firm.name),
        reasons_of(firm, form, nearest, view, codes),
        str(candidate["zh"] if chinese() else candidate["en"]),
    )


def found_rivals(firms: Collection[Firm], view: EnterpriseView) -> list[Rival]:
    """Firms that a person looked up."""
    codes = codes_of([view.pk]).get(view.pk, ()) if firms else ()
    return [
        _rival(firm, {"form": firm.name, "score": 0.0, "zh": "", "en": ""}, view, [view.name], codes) for firm in firms
    ]


def reasons_of(firm: Firm, form: str, name: str, view: EnterpriseView, codes: Collection[str]) -> list[Reason]:
    """What speaks for and against `firm`, whose name `form` came near to `name`."""
    found = []
    told = valid_codes(codes)
    if told and firm.code:
        found.append(Reason("code", "yes" if firm.code in told else "no", "、".join(sorted(told))))
    else:
        found.append(Reason("code", "open", _("台账没有代码") if not told else _("登记库没有代码")))
    for part in name_parts(name, form):
        state = {"same": "yes", "within": "yes", "omitted": "open", "differs": "no"}[part.state]
        said = part.found if part.state == "same" else f"{part.asked or '—'} / {part.found or '—'}"
        found.append(Reason("name_place" if part.part == "place" else part.part, state, said))
    if form != firm.name:
        found.append(Reason("former", "open", form))
    found.append(_place(firm, view))
    chains = set(view.chain_names)
    both = sorted(chains & set(firm.chains))
    if both:
        found.append(Reason("chain", "yes", "、".join(both)))
    elif chains and firm.chains:
        found.append(Reason("chain", "no", "、".join(firm.chains[:3])))
    else:
        found.append(Reason("chain", "open", _("登记库没有归链") if chains else _("台账没有说")))
    return found


def _place(firm: Firm, view: EnterpriseView) -> Reason:
    said = view.region_code or view.city_code
    there = region_name(firm.region_code) or firm.address
    if not said or not firm.region_code:
        return Reason("place", "open", there or _("登记库没有写"))
    if view.region_assumed:
        return Reason("place", "open", f"{region_name(said)}（{_('推测')}） / {there}")
    if codes_agree(said, firm.region_code):
        return Reason("place", "yes", there)
    state = "open" if same_city(said, firm.region_code) else "no"
    return Reason("place", state, f"{region_name(said)} / {there}")


@dataclass(frozen=True, slots=True)
class Decided:
    """A link with who made it when, and the change that takes it back."""

    link: RegistryLink
    change: WorkChange | None

    @property
    def reason(self) -> str:
        """How it was known."""
        return self.link.reason_zh if chinese() else self.link.reason_en


@dataclass(frozen=True, slots=True)
class Card:
    """What the page of an enterprise says of the registry."""

    about: About | None
    match: RegistryMatch | None
    standing: list[Decided]
    refused: list[Decided]
    none: Decided | None
    firm: Firm | None
    relatives: list[Relative] = field(default_factory=list)
    others: list[EnterpriseView] = field(default_factory=list)  # enterprises of the ledger linked to the same firm


@dataclass(frozen=True, slots=True)
class Said:
    """What was said at one time of an enterprise and the registry: `how` as `RegistryLink.how`, of which `firm`."""

    change: WorkChange
    entity: Entity
    how: str
    firm: str

    @property
    def by(self) -> str:
        """Who said it; nobody of an automatic one."""
        return "" if self.change.by == BY else self.change.by


def said_lately(everything: bool, limit: int) -> list[Said]:
    """What people decided last, newest first, taken back or not; with `everything` what was linked automatically as well."""
    told = WorkChange.objects.filter(kind="link", root_kind="entity", undoes=None).exclude(action="removed")
    changes = (told if everything else told.exclude(by=BY)).order_by("-at", "-id")[:limit]
    links = RegistryLink.objects.select_related("entity").in_bulk([change.row for change in changes])
    return [
        Said(change, link.entity, str(change.after["how"]), link.firm_name)
        for change in changes
        if (link := links.get(change.row)) is not None and "how" in change.after
    ]


def card_of(entity: Entity) -> Card:
    """The card of one enterprise."""
    links = services.links_of(entity.pk)
    changes: dict[int, WorkChange] = {}
    if links:
        members = members_of(entity)
        told = WorkChange.objects.filter(kind="link", root_kind="entity", root_id__in=members, undone_at=None)
        for change in told.filter(undoes=None).order_by("pk"):
            changes[change.row] = change
    decided = [Decided(link, changes.get(link.pk)) for link in links]
    held = [one for one in decided if one.link.how in STANDING]
    firm = firms_seen([one.link.firm for one in held]).get(held[0].link.firm) if held else None
    others: list[EnterpriseView] = []
    if held:
        same = RegistryLink.objects.filter(firm=held[0].link.firm, how__in=STANDING, removed_at=None)
        away = ~Q(pk=entity.canonical_id or entity.pk)
        others = list(EnterpriseView.objects.filter(away, pk__in=same.values("entity__canonical")).order_by("name")[:8])
    return Card(
        about_registry(),
        RegistryMatch.objects.filter(pk=entity.canonical_id or entity.pk).first(),
        held,
        [one for one in decided if one.link.how == "rejected"],
        next((one for one in decided if one.link.how == "no_firm"), None),
        firm,
        near_to(firm) if firm is not None else [],
        others,
    )
