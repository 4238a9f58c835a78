"""Facts in conflict, silent sources, figures that cannot be, segments with hardly a firm, targets against actuals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from statistics import median

from django.db.models import Max, Q, QuerySet

from liantu.ledger.alerts.row_parts import city_of, refs_of
from liantu.ledger.models import Check, EnterpriseView, Fact, FigureView, Source
from liantu.ledger.outlines.members import listed
from liantu.ledger.work.target_lines import targets_of
from liantu.tracking.alerts import Ref, Row, Value

ENOUGH_ISSUES = 4
"""Documents of a publisher from which its usual interval can be told."""


def conflict_rows(_today: date) -> Iterator[Row]:
    """Facts of which sources say different things, that nobody has settled."""
    newest = {
        row["fact"]: row["last"]
        for row in FigureView.objects.filter(fact__state=Fact.State.CONFLICT)
        .values("fact")
        .annotate(last=Max("published"))
        .order_by()
    }
    for fact in Fact.objects.filter(state=Fact.State.CONFLICT).order_by("pk").iterator():
        low, high = fact.value_low, fact.value_high
        values: dict[str, Value] = {
            "indicator": fact.indicator, "subject": fact.subject_name, "reason": fact.reason,
            "newest_on": newest.get(fact.pk), "sources": fact.n_sources,
            "ratio": high / low if low > 0 else None,
        }  # fmt: skip
        yield Row(
            f"fact:{fact.pk}", f"{fact.subject_name} · {fact.indicator}"[:255], values, fact.region_code, fact.city_code,
            secrecy=fact.level, evidence=refs_of(Ref("fact", fact.pk)),
        )  # fmt: skip


def source_rows(_today: date) -> Iterator[Row]:
    """Publishers with enough documents to tell how often they publish."""
    days: dict[str, list[date]] = defaultdict(list)
    newest: dict[str, int] = {}
    rows = Source.objects.filter(state=Source.State.READY, published__isnull=False, level=0).exclude(publisher="")
    for pk, publisher, on in rows.order_by("published", "pk").values_list("pk", "publisher", "published"):
        if on is not None:
            days[publisher].append(on)
            newest[publisher] = pk
    for publisher, told in sorted(days.items()):
        distinct = sorted(set(told))
        gap = None
        if len(distinct) >= ENOUGH_ISSUES:
            # Several documents of one day are one issue.
            gap = max(1.0, float(median((b - a).days for a, b in pairwise(distinct))))
        values: dict[str, Value] = {
            "publisher": publisher, "last_on": distinct[-1], "usual_gap": gap, "documents": len(told),
        }  # fmt: skip
        yield Row(
            f"publisher:{publisher}"[:64],
            publisher[:255],
            values,
            evidence=refs_of(Ref("source", str(newest[publisher]))),
        )


def figure_rows(_today: date) -> Iterator[Row]:
    """Shares above 100 %, and figures that do not fit the others of their document."""
    shares: QuerySet[FigureView] = FigureView.objects.filter(
        figure_kind="share", unit="%", value__gt=100, repeats=False
    )
    for row in shares.order_by("pk").iterator():
        values: dict[str, Value] = {
            "indicator": row.indicator, "subject": row.subject_name, "kind": row.figure_kind, "value": row.value,
            "unit": row.unit, "published": row.published,
        }  # fmt: skip
        yield Row(
            f"figure:{row.pk}", f"{row.subject_name} · {row.indicator}"[:255], values, row.region_code, row.city_code,
            row.chain_name, secrecy=row.level, evidence=refs_of(Ref("statement", row.pk)),
        )  # fmt: skip
    for check in Check.objects.filter(weight__gt=0).exclude(verdict="ok").select_related("source").iterator():
        off = None
        if check.computed is not None and check.stated:
            off = abs(check.computed - check.stated) / abs(check.stated) * 100
        known: dict[str, Value] = {"indicator": check.rule, "difference": off, "published": check.source.published}
        # The place is equal in every laying-out of the text: the alert keeps its notes when the file is read again.
        name = f"《{check.source.title or check.source.name}》"
        yield Row(
            f"check:{check.source_id}:{check.place}",
            name[:255],
            known,
            secrecy=check.source.level,
            evidence=refs_of(Ref("check", check.pk)),
        )


def segment_rows(_today: date) -> Iterator[Row]:
    """The segments of chains as the lists of firms name them, with how many firms are on each."""
    firms: dict[tuple[str, str], set[int]] = defaultdict(set)
    refs: dict[tuple[str, str], str] = {}
    cells = listed().filter(subject__kind="enterprise").exclude(text_value="")
    said = [
        (home or pk, segment, statement)
        for pk, home, segment, statement in cells.values_list(
            "subject_id", "subject__canonical_id", "text_value", "pk"
        ).iterator()
    ]
    chains = dict(EnterpriseView.objects.filter(level=0).exclude(chains="").values_list("pk", "chains"))
    for firm, segment, statement in said:
        for chain in [name for name in chains.get(firm, "").split("|") if name]:
            firms[chain, segment].add(firm)
            refs[chain, segment] = statement
    on_chain: dict[str, set[int]] = defaultdict(set)
    for (chain, _segment), who in firms.items():
        on_chain[chain] |= who
    for (chain, segment), who in sorted(firms.items()):
        values: dict[str, Value] = {
            "chain": chain, "segment": segment, "firms": len(who), "chain_firms": len(on_chain[chain]),
        }  # fmt: skip
        yield Row(
            f"segment:{chain}:{segment}"[:64], f"{chain} · {segment}"[:255], values, chain=chain,
            evidence=refs_of(Ref("statement", refs[chain, segment])),
        )  # fmt: skip


def target_rows(today: date) -> Iterator[Row]:
    """Targets, kept and told by documents, as the page of targets judges them; those that a later one replaced are left out."""
    lines, _more = targets_of(Q(), Q(), today)
    for line in lines:
        if line.replaced or line.value is None:
            continue
        due, value, actual = line.due, line.value, line.actual
        course = line.course
        values: dict[str, Value] = {
            "indicator": line.indicator, "subject": line.subject_name, "due": due, "value": value, "unit": line.unit,
            "aim": shown(value, line.unit), "state": line.state,
        }  # fmt: skip
        if due is not None and due < today:
            values["overdue_unknown"] = 1 if line.state == "no_data" and actual is None else 0
        refs = []
        if line.record is not None:
            key, secrecy = f"target:{line.record.pk}", line.record.secrecy
            refs.append(Ref("target", str(line.record.pk)))
        else:
            assert line.figure is not None
            key, secrecy = f"target:{line.figure.fact_id}:{value:g}{line.bound}"[:64], line.figure.level
            refs.append(Ref("statement", line.figure.pk))
        if actual is not None:
            values |= {"actual": actual.value, "reached": shown(actual.value, line.unit), "actual_on": actual.on}
            if actual.figure is not None:
                refs.append(Ref("statement", actual.figure.pk))
                secrecy = max(secrecy, actual.figure.level)
        if line.percent is not None:
            values["done_share"] = line.percent
        if course.expected is not None and value:
            values["expected_share"] = 100 * course.expected / value
        yield Row(
            key, f"{line.subject_name} · {line.indicator}"[:255], values, line.region_code,
            city_of(line.region_code), chain=line.chain, due=due, secrecy=secrecy, evidence=refs_of(*refs),
        )  # fmt: skip


def shown(value: float, unit: str) -> str:
    """A value with its unit as offices write it: 8,000亿元, 16条."""
    size, word = (1e8, "亿") if abs(value) >= 1e8 else (1e4, "万") if abs(value) >= 1e5 else (1.0, "")
    text = f"{value / size:,.2f}".rstrip("0").rstrip(".")
    return f"{text}{word}{unit}"
