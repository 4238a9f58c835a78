"""Which firms elsewhere could fill a segment that a place lacks: candidates, reasons, ranking.

Only what is said counts. A firm that merely sells the thing is no candidate; a segment without any evidence gets no list, and
so does a place of which nothing is known: that nobody reported on it does not mean that anything is missing there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from liantu.registry import Lexicon, classify
from liantu.vocabulary import regions

from .model import Candidate, Chain, Firm, Reason, Segment, Shortlist, best_reasons, evidence_kinds, settings

_CHAIN = "\x00chain"  # label of the chain's own words; no segment key holds this character


def find_fillers(
    chain: Chain,
    region: str,
    firms: Iterable[Firm],
    *,
    missing: Sequence[str] | None = None,
    limit: int = 20,
) -> tuple[Shortlist, ...]:
    """Shortlists for the missing segments of `chain` at `region`, in the order of the outline.

    Args:
        chain: its segments and words.
        region: code of the place that looks for firms, a virtual region included.
        firms: of the place and of everywhere else.
        missing: keys of the segments to fill, as the diagnosis tells them; by default those with no firm of the place on them.
        limit: candidates kept for each segment.

    Returns:
        One shortlist a segment. Ranking: points, then the number of reasons, then the name and id, so that the same
        input gives the same list in whatever order it comes. Firms whose region is unknown are no candidates: they may be here.
    """
    known = list(firms)
    if region not in regions():
        return tuple(Shortlist(s, (), 0, "no_such_region") for s in chain.segments)
    lexicon = _lexicon(chain)
    here = [f for f in known if f.region_code and regions().is_within(f.region_code, region)]
    elsewhere = [f for f in known if f.region_code in regions() and not _overlaps(f.region_code, region)]
    wanted = chain.segments
    if missing is not None:
        keys = frozenset(missing)
        wanted = tuple(s for s in chain.segments if s.key in keys)
    elif not here:
        return tuple(Shortlist(s, (), len(elsewhere), "nothing_known_of_region") for s in chain.segments)
    present = {key for firm in here for key in _evidence(firm, lexicon)} if missing is None else set()
    found = [(firm, _evidence(firm, lexicon)) for firm in elsewhere]
    return tuple(_shortlist(s, chain, found, limit, filled=s.key in present) for s in wanted)


def _overlaps(code: str, region: str) -> bool:
    """A firm known only to be in the province of the place may be at the place."""
    return regions().is_within(code, region) or regions().is_within(region, code)


def _lexicon(chain: Chain) -> Lexicon:
    words: dict[str, list[str]] = {s.key: list(s.forms) for s in chain.segments}
    words[_CHAIN] = [chain.name, *chain.words]
    # The longest word wins at a place: 光伏组件 must still tell both the chain and its segment 组件.
    for segment in chain.segments:
        joined = [c + f for c in words[_CHAIN] for f in segment.forms]
        words[segment.key] += joined
    for form in [f for key, forms in words.items() if key != _CHAIN for f in forms]:
        if any(c in form for c in (chain.name, *chain.words)):
            words[_CHAIN].append(form)
    return Lexicon(words)


def _evidence(firm: Firm, lexicon: Lexicon) -> dict[str, tuple[Reason, ...]]:
    """Reasons of the firm by segment key; segments with none are left out."""
    reasons: dict[str, list[Reason]] = {}
    on_chain = False
    for said in firm.said:
        name, scope, products = (said.text if said.field == f else "" for f in ("name", "scope", "product"))
        for match in classify(name, scope, lexicon, products=products):
            if match.label == _CHAIN:
                on_chain = True
                continue
            kind = _kind(said.field, match.activity)
            if kind:
                points = evidence_kinds()[kind].points
                reason = Reason(kind, points, match.word, said.field, match.start, said.reference)
                reasons.setdefault(match.label, []).append(reason)
    short = settings().short_word
    return {
        key: best_reasons(kept)
        for key, found in reasons.items()
        if (kept := [r for r in found if on_chain or len(r.word) > short or r.kind == "produces_stated"])
    }


def _kind(field: str, activity: str) -> str:
    if field == "product":
        return "produces_stated"
    if field == "name":
        return "named_after"
    return {"make": "makes_in_scope", "unstated": "in_scope"}.get(activity, "")


def _shortlist(
    segment: Segment,
    chain: Chain,
    found: list[tuple[Firm, dict[str, tuple[Reason, ...]]]],
    limit: int,
    *,
    filled: bool,
) -> Shortlist:
    if filled:
        return Shortlist(segment, (), len(found), "nothing_missing")
    candidates = []
    for firm, evidence in found:
        if segment.key not in evidence:
            continue
        others = [s for s in chain.segments if s.key != segment.key and s.key in evidence]
        further = tuple(
            Reason("also_on_chain", evidence_kinds()["also_on_chain"].points, s.name, r.field, r.start, r.reference)
            for s in others[: settings().further_segments]
            for r in evidence[s.key][:1]
        )
        candidates.append(Candidate(firm, segment, (*evidence[segment.key], *further)))
    candidates.sort(key=lambda c: (-c.points, -len(c.reasons), c.firm.name, c.firm.id))
    return Shortlist(segment, tuple(candidates[:limit]), len(found), "" if candidates else "no_evidence")
