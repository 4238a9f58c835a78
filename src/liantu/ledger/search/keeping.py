"""Entries kept up to date with what they are made of, in the transaction that changes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Q

from liantu.ledger.inserting import made
from liantu.ledger.models import EntityName, Profile, SearchEntry, Source, Statement
from liantu.ledger.places import place_of_code
from liantu.ledger.refresh.dossiers import Dossier, levels_given
from liantu.ledger.search.entries import add, folded_parts, own_of_sentence, own_of_words, write
from liantu.ledger.search.folding import END, WORDS, fold
from liantu.ledger.search.groups import entry_id, group_of
from liantu.ledger.standing import batches, recency, standing

SOURCES_AT_ONCE = 40
NAMES_AT_MOST = 200  # a name of a region may be written in many ways; the first ones do


class Listed(NamedTuple):
    """What the view of a thing adds to its names."""

    recency: int
    words: tuple[str, ...] = ()  # further words by which its list finds it


def index_things(
    found: Mapping[int, Dossier], touched: Iterable[int], listed: Mapping[int, Listed], profiles: Mapping[int, Profile]
) -> None:
    """Things that were made anew, under all their names; a project or an enterprise that is on no list goes.

    Args:
        touched: entities whose entries may have to go.
        listed: projects and enterprises that are on their lists.
    """
    owner = {entity.pk: canonical for canonical, dossier in found.items() for entity in dossier.members}
    names = _names(owner, {pk: profile.level for pk, profile in profiles.items()})
    figured = _with_figures({pk: one for pk, one in owner.items() if not found[one].all})
    write([f"e{pk}" for pk in {*touched, *found}], _things(found, listed, profiles, names, figured))


def index_new_things(
    found: Mapping[int, Dossier], listed: Mapping[int, Listed], profiles: Mapping[int, Profile]
) -> None:
    """Things that were made in this transaction, under the names that they were made with."""
    add(_things(found, listed, profiles, {}, set()))


def _things(
    found: Mapping[int, Dossier],
    listed: Mapping[int, Listed],
    profiles: Mapping[int, Profile],
    names: Mapping[int, Iterable[str]],
    figured: Collection[int],
) -> list[SearchEntry]:
    """Entries of things, each under `names` and those of its entities."""
    rows = []
    for canonical, dossier in found.items():
        if dossier.kind in {"project", "enterprise"} and canonical not in listed:
            continue
        if canonical in profiles and (dossier.all or canonical in figured):
            forms = sorted({e.name for e in dossier.plain or dossier.members}.union(names.get(canonical, ())))
            rows.append(_thing(profiles[canonical], forms, listed.get(canonical) or Listed(dossier.last_said())))
    return rows


def _names(owner: Mapping[int, int], levels: Mapping[int, int]) -> dict[int, list[str]]:
    """The names that documents that stand, or people, use for some things; none that is only used more confidentially."""
    found: dict[int, list[str]] = defaultdict(list)
    live = Q(source=None) | Q(source__state=Source.State.READY)
    for part in batches(sorted(owner)):
        rows = list(EntityName.objects.filter(live, entity__among=part).values_list("entity", "name", "source__level"))
        given = levels_given({pk for pk, _name, level in rows if level is None})
        for pk, name, level in rows:
            if (given.get((pk, name), 0) if level is None else level) <= levels.get(owner[pk], 0):
                found[owner[pk]].append(name)
    return found


def _with_figures(owner: Mapping[int, int]) -> set[int]:
    """Those of some things of which a figure is said."""
    found: set[int] = set()
    for part in batches(sorted(owner)):
        rows = standing().filter(subject__among=part).exclude(figure_kind="")
        found.update(owner[pk] for pk in rows.order_by().values_list("subject", flat=True).distinct() if pk is not None)
    return found


def _thing(profile: Profile, forms: list[str], listed: Listed) -> SearchEntry:
    main = fold(profile.name)
    others: dict[str, str] = {}
    for form in forms:
        others.setdefault(fold(form), form)
    others.pop(main, None)
    others.pop("", None)
    parts = [("name", profile.name), *(("other", form) for form in list(others.values())[:NAMES_AT_MOST])]
    parts += [("words", word) for word in listed.words if word]
    group = group_of(profile.kind)
    pk = profile.entity_id
    return made(
        SearchEntry,
        id=entry_id(group, listed.recency, pk),
        kind=profile.kind,
        about=f"e{pk}",
        ref=profile.name if group == "chain" else str(pk),
        folded=folded_parts(parts),
        shown=[list(part) for part in parts],
        region_code=profile.region_code,
        city_code=profile.city_code,
        chain_name=profile.chain_name,
        level=profile.level,
    )


def index_sources(sources: Iterable[int]) -> None:
    """The given documents and the sentences that say something; those of documents that are live no longer go."""
    for part in batches(sorted(set(sources)), SOURCES_AT_ONCE):
        live = Source.objects.filter(pk__in=part, state=Source.State.READY).select_related("text")
        documents = {source.pk: source for source in live}
        made = [_document(source) for source in documents.values()]
        made += _sentences(documents)
        write([f"s{pk}" for pk in part], made)


def _document(source: Source) -> SearchEntry:
    place = place_of_code(source.region_code)
    text = source.text.cleaned if hasattr(source, "text") else ""
    parts = [("name", source.title or source.name)]
    if source.title and source.name != source.title:
        parts.append(("other", source.name))
    if source.publisher:
        parts.append(("other", source.publisher))
    return SearchEntry(
        id=entry_id("document", recency(source.published), source.pk),
        kind="document",
        about=f"s{source.pk}",
        ref=str(source.pk),
        folded=folded_parts(parts) + (f"{WORDS}{fold(text)}{END}" if text else ""),
        shown=[list(part) for part in parts],
        region_code=place.region_code,
        city_code=place.city_code,
        level=source.level,
        source=source,
        office=source.office_id,
    )


_SAID = (
    "pk", "source", "kind", "figure_kind", "subject", "subject_name", "property", "sentence", "clean_sentence",
    "evidence_start",
)  # fmt: skip


def _sentences(sources: Mapping[int, Source]) -> list[SearchEntry]:
    """One entry for each sentence of a document, whatever the number of statements that it makes."""
    said = standing().filter(source__in=sources).exclude(sentence="").order_by("pk").values(*_SAID)
    grouped: dict[tuple[int, int, str], list[dict[str, Any]]] = defaultdict(list)
    for row in said:
        at = -1 if row["evidence_start"] is None else row["evidence_start"]
        grouped[row["source"], at, row["clean_sentence"] or row["sentence"]].append(row)
    profiles = _profiles({row["subject"] for rows in grouped.values() for row in rows if row["subject"]})
    made: list[SearchEntry] = []
    counts: dict[int, int] = defaultdict(int)
    for (source, _at, sentence), rows in sorted(grouped.items(), key=lambda item: item[0]):
        made.append(_sentence(sources[source], counts[source], sentence, rows, profiles))
        counts[source] += 1
    return made


def _sentence(
    source: Source, number: int, sentence: str, rows: list[dict[str, Any]], profiles: Mapping[int, Profile]
) -> SearchEntry:
    folded = fold(sentence)
    # A figure is also found by what it was understood to be about: 其中 stands in the sentence, the indicator does not.
    words = {
        word: None for row in rows if row["figure_kind"] for word in (fold(row["subject_name"]), fold(row["property"]))
    }
    about = [profiles[row["subject"]] for row in rows if row["subject"] in profiles]
    placed = next((profile for profile in about if profile.region_code or profile.city_code), None)
    place = place_of_code(source.region_code)
    return SearchEntry(
        id=entry_id("sentence", recency(source.published), own_of_sentence(source.pk, number)),
        kind="sentence",
        about=f"s{source.pk}",
        ref=rows[0]["pk"],
        folded=f"{WORDS}{folded}{END}"
        + "".join(f"{WORDS}{word}{END}" for word in sorted(words) if word and word not in folded),
        statements=" ".join(row["pk"] for row in rows),
        region_code=placed.region_code if placed is not None else place.region_code,
        city_code=placed.city_code if placed is not None else place.city_code,
        chain_name=next((profile.chain_name for profile in about if profile.chain_name), ""),
        level=source.level,
        source=source,
        office=source.office_id,
        place=rows[0]["evidence_start"],
    )


def _profiles(entities: set[int]) -> Mapping[int, Profile]:
    from liantu.ledger.refresh.figures import profiles_of

    return profiles_of(entities)


def index_outlines(chains: Iterable[str]) -> None:
    """The segments of the outlines of some chains (by label), with the names that they had before."""
    from liantu.ledger.outlines.keeping import chain_outline, former_names

    for chain in sorted(set(chains)):
        former = former_names(chain)
        made: dict[tuple[str, ...], SearchEntry] = {}
        for path in chain_outline(chain):
            for depth in range(2, len(path) + 1):
                at = tuple(path[:depth])
                if at not in made:
                    made[at] = _segment(chain, at, former.get(at[-1], ()))
        write([f"c{chain}"[:80]], list({entry.pk: entry for entry in made.values()}.values()))


def _segment(chain: str, path: tuple[str, ...], former: tuple[str, ...]) -> SearchEntry:
    parts = [("name", path[-1]), *(("other", name) for name in former)]
    return SearchEntry(
        id=entry_id("segment", 0, own_of_words(chain, *path)),
        kind="segment",
        about=f"c{chain}"[:80],
        ref=chain[:255],
        folded=folded_parts(parts),
        shown=[*map(list, parts), ["path", " › ".join(path[:-1])]],
        chain_name=chain[:64],
    )


def index_people(names: Iterable[str]) -> None:
    """People whom records name, by their names: one entry a name, as long as some record bears it."""
    from liantu.ledger.work.people import people

    wanted = {name for name in names if name}
    for part in batches(sorted(wanted)):
        made = [_person(name, units) for name, units in people(part).items()]
        write([f"p{name}"[:80] for name in part], made)


def _person(name: str, units: list[str]) -> SearchEntry:
    parts = [("name", name), *(("words", unit) for unit in units)]
    return SearchEntry(
        id=entry_id("person", 0, own_of_words(name)),
        kind="person",
        about=f"p{name}"[:80],
        ref=name,
        folded=folded_parts(parts),
        shown=[list(part) for part in parts],
    )


def sources_of(statements: Iterable[str]) -> set[int]:
    """The documents in which some statements stand."""
    found: set[int] = set()
    for part in batches(sorted(set(statements))):
        rows = Statement.objects.filter(pk__in=part, source__isnull=False)
        found.update(pk for pk in rows.values_list("source", flat=True) if pk is not None)
    return found


def sources_about(canonicals: Iterable[int]) -> set[int]:
    """The documents that speak of some things."""
    found: set[int] = set()
    for part in batches(sorted(set(canonicals))):
        rows = Statement.objects.filter(subject__canonical__among=part, source__isnull=False, retired=False)
        found.update(pk for pk in rows.values_list("source", flat=True).distinct() if pk is not None)
    return found


def outlined(found: Mapping[int, Dossier]) -> set[str]:
    """Labels of the chains among some things that have, or had, an outline out of a workbook."""
    chains = {d.name for d in found.values() if d.kind == "chain"}
    with_segments = {
        d.name for d in found.values() if d.kind == "chain" and any(s.property == "segment" for s in d.said)
    }
    keys = {f"c{name}"[:80]: name for name in chains}
    kept: set[str] = set()
    for part in batches(sorted(keys)):
        kept.update(SearchEntry.objects.filter(about__in=part).values_list("about", flat=True))
    return with_segments | {keys[about] for about in kept}


def rebuild_sources(tell: Callable[[str, int], None]) -> None:
    """Sentences and documents anew; the entries must have been emptied."""
    done = 0
    for part in batches(
        Source.objects.filter(state=Source.State.READY).order_by("pk").values_list("pk", flat=True), 400
    ):
        index_sources(part)
        done += len(part)
        tell("search", done)


def chains_with_outline() -> set[str]:
    """Labels of all chains that have an outline, edited or out of a workbook."""
    from liantu.ledger.models import ChainOutline

    told = Profile.objects.filter(
        Q(entity__statements__kind="cell") & Q(entity__statements__property="segment"), kind="chain"
    )
    return {*ChainOutline.objects.values_list("chain", flat=True), *told.values_list("name", flat=True).distinct()}
