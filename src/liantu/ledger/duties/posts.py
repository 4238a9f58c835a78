"""Posts of a chain programme that documents tell: offered with their sentence, kept when a person accepts them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from liantu.extraction.posts import posts_in
from liantu.ledger.chain_names import chain_in, chain_label
from liantu.ledger.models import ChainProgramme, Person, PostRefusal, ProgrammeMember, Source, WorkChange
from liantu.ledger.packing import document_of
from liantu.ledger.work.recording import add_record
from liantu.ledger.writing import writing
from liantu.vocabulary import regions
from liantu.vocabulary.chains import find_chain

DOCUMENTS = 120
"""Documents looked through, the newest first."""
_ID = re.compile(r"source:(\d{1,15}):\d+-\d+")
_CUES = ("链长", "牵头单位", "牵头部门", "专班", "联络员")


@dataclass(frozen=True, slots=True)
class PostOffer:
    """A post as one sentence tells it. `id` is its place, as an evidence column holds it."""

    id: str
    role: str
    person: str
    unit: str
    post: str
    sentence: str
    source: int
    title: str
    published: date | None


def told_posts(programme: ChainProgramme) -> list[PostOffer]:
    """What documents of the programme's region and chain tell of its posts; what was accepted or refused is left out."""
    return _open_offers(programme, _sources(programme))


def _open_offers(programme: ChainProgramme, sources: Iterable[Source]) -> list[PostOffer]:
    members = ProgrammeMember.objects.filter(programme=programme, removed_at=None).select_related("person")
    settled, held = set(), set()
    for member in members:
        settled.add(member.evidence)
        held.add((member.role, member.person.name if member.person else member.unit))
    settled |= set(PostRefusal.objects.filter(programme=programme).values_list("evidence", flat=True))
    found: dict[tuple[str, str], PostOffer] = {}
    for source in sources:
        for offer in _offers(programme, source):
            key = (offer.role, offer.person or offer.unit)
            if offer.id not in settled and key not in held:
                found.setdefault(key, offer)
    return list(found.values())


def accept_post(programme_id: int, offer_id: str, by: str) -> WorkChange:
    """Keep a post that a document tells, with its sentence; the person is taken from the ledger, or entered.

    Raises ValueError when the document no longer says so, or it was settled before.
    """
    with writing():
        programme = ChainProgramme.objects.get(pk=programme_id, removed_at=None)
        offer = next((o for o in _open_offers(programme, _source_of(offer_id)) if o.id == offer_id), None)
        if offer is None:
            raise ValueError("这条线索已经处理过，或文件变了 / this was settled already, or the document has changed")
        person = None
        if offer.person:
            rows = Person.objects.filter(name=offer.person, removed_at=None)
            known = list(rows[:2])
            if len(known) == 1:
                person = known[0].pk
            else:
                values = {"name": offer.person, "post": offer.post[:128], "region_code": programme.region_code}
                person = add_record("person", values, by).row
        return add_record(
            "member",
            {
                "programme_id": programme.pk,
                "role": offer.role,
                "person_id": person,
                "unit": offer.unit[:128],
                "post": offer.post[:128],
                "basis": offer.sentence,
                "evidence": offer.id,
            },
            by,
        )


def refuse_post(programme_id: int, offer_id: str, by: str) -> None:
    """Not to be offered again for this programme."""
    with writing():
        programme = ChainProgramme.objects.get(pk=programme_id, removed_at=None)
        PostRefusal.objects.get_or_create(
            programme=programme, evidence=offer_id[:96], defaults={"by": by, "at": timezone.now()}
        )


def _source_of(offer_id: str) -> QuerySet[Source]:
    """The document that an offer's id names: no other needs to be read to find the offer again."""
    found = _ID.fullmatch(offer_id)
    return Source.objects.filter(pk=int(found[1]) if found else 0, state=Source.State.READY).select_related("text")


def _sources(programme: ChainProgramme) -> list[Source]:
    term = find_chain(programme.chain)
    named, cued = Q(), Q()
    for form in term.forms if term is not None else (programme.chain,):
        named |= Q(text__cleaned__contains=form)
    for cue in _CUES:
        cued |= Q(text__cleaned__contains=cue)
    rows = Source.objects.filter(named & cued, state=Source.State.READY).select_related("text")
    return list(rows.order_by("-published", "-pk")[:DOCUMENTS])


def _offers(programme: ChainProgramme, source: Source) -> list[PostOffer]:
    document = document_of(source)
    gazetteer = regions()
    region = gazetteer.by_code(programme.region_code)
    forms = {region.name, gazetteer.short(region.code), *region.aliases}
    head = f"{source.title} {source.publisher} {source.name}"
    clean, found = document.text.clean, []
    for at in document.sentences:
        sentence = clean[at.start : at.end]
        if not any(cue in sentence for cue in _CUES):
            continue
        if not any(form in head or form in sentence for form in forms):
            continue
        if not _about(programme.chain, sentence, source.title):
            continue
        start, end = document.text.raw_span(at.start, at.end)
        for said in posts_in(sentence):
            left, right = document.text.raw_span(at.start + said.start, at.start + said.end)
            found.append(
                PostOffer(
                    f"source:{source.pk}:{left}-{right}",
                    said.role,
                    said.person,
                    said.unit,
                    said.post,
                    document.text.raw[start:end].strip(),
                    source.pk,
                    source.title or source.name,
                    source.published,
                )
            )
    return found


def _about(chain: str, sentence: str, title: str) -> bool:
    """Whether a sentence is about a chain: it names it; or it names none, and the title does."""
    term = find_chain(chain)
    forms = term.forms if term is not None else (chain,)
    named = chain_in(sentence)
    if named:
        return chain_label(named) == chain
    return any(form in sentence for form in forms) or any(form in title for form in forms)
