"""Worlds of which a reader may see one: every sort of row there is, once in each, with a word that gives it away.

`home` is what the reader of the tests may see: Jinzhong, its photovoltaics, nothing confidential. `region` differs in the
region, `chain` in the chain, `secret` in the level of confidentiality.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import models
from django.utils import timezone
from tests.ledger.making import document, figure, findings

from liantu.extraction.model import Chain, Enterprise, Event, Evidence, Project, Relation
from liantu.ledger import services
from liantu.ledger.exchange import importing
from liantu.ledger.models import (
    Alert,
    BatchEvent,
    Certificate,
    ChainProgramme,
    Check,
    CheckWord,
    Copy,
    CopyWord,
    Duty,
    Entity,
    FillWord,
    Import,
    IngestItem,
    Job,
    Judgement,
    Meeting,
    PolicyWindow,
    Proposal,
    RegistryMatch,
    Source,
    Statement,
    SupervisionOrder,
    Task,
)

MARKERS = {"region": "壬癸", "chain": "辰巳", "secret": "酉戌"}
CHAINS = {"home": "光伏", "region": "光伏", "chain": "氢能", "secret": "光伏"}


@dataclass
class World:
    """The rows of one world, by what the addresses of pages call them."""

    name: str
    marker: str
    source: Source
    rows: dict[str, list[str]] = field(default_factory=dict)

    def pk(self, kind: str) -> str:
        """An id of a row of this kind."""
        return self.rows[kind][0]


def make(name: str, folder: Path) -> World:
    """All there can be in one world."""
    marker = MARKERS.get(name, "甲乙")
    city, code = ("太原市", "140100") if name == "region" else ("晋中市", "140700")
    chain = CHAINS[name]
    firm, project = f"{marker}能源有限公司", f"{marker}{chain}组件生产线项目"
    texts = [
        f"{project}落户{city}，总投资12亿元，由{firm}建设，打好“{marker}三张牌”。",
        f"{firm}在{city}的{chain}产能达到34万吨，{marker}说法二是36万吨。",
    ]
    sources = []
    for at, text in enumerate(texts):
        made = document(text, f"{marker}{at}.txt", f"{marker}日报{at}", date(2024, 5, 6 + at))
        whole = Evidence(text, 0, len(text))
        number = ("12亿", 12e8, "元", "总投资") if at == 0 else ("34万", 34e4, "吨", "产能")
        said = [
            figure(
                text, *number, subject=project if at == 0 else firm, subject_kind="project" if at == 0 else "enterprise"
            ),
        ]
        more = [figure(text, "36万", 36e4, "吨", "产能", subject=firm, subject_kind="enterprise")] if at else []
        found = findings(
            made,
            [*said, *more],
            [Project(project, (), whole, 12e8, "signed", city, firm, chain)],
            [Enterprise(firm, (), whole, "chain_master"), Enterprise(f"{marker}配套有限公司", (), whole, "supporting")],
            [
                Relation(firm, "located_in", city, whole),
                Relation(f"{marker}配套有限公司", "located_in", city, whole),
                Relation(firm, "belongs_to", chain, whole),
                Relation(f"{marker}配套有限公司", "belongs_to", chain, whole),
            ],
            chains=(Chain(chain, (), city, "strong", whole),) if name in ("home", "region") else (),
            events=(Event("signing", project, "2024-05-06", city, whole),),
        )
        sources.append(services.add_findings(made, found, by=f"{marker}录入员").source)
    source = sources[0]
    Source.objects.filter(pk__in=[s.pk for s in sources]).update(region_code=code)
    if name == "secret":
        for each in sources:
            services.set_level(each.pk, 2, "admin")
    world = World(name, marker, source)
    _read(world, sources)
    _kept(world, project, code, folder)
    return world


def _read(world: World, sources: list[Source]) -> None:
    """What was read, and what people said of it."""
    said = Statement.objects.filter(source__in=sources).order_by("pk")
    by = f"{world.marker}审核员"
    figures = said.exclude(figure_kind="")
    services.review_statement(figures[0].pk, "accepted", by, f"{world.marker}缘由")
    world.rows |= {
        "document": [str(s.pk) for s in sources],
        "statement": [s.pk for s in said],
        "fact": [
            str(pk) for pk in figures.filter(figure_view__isnull=False).values_list("figure_view__fact", flat=True)
        ],
        "review": [str(r.pk) for r in figures[0].reviews.all()],
    }
    left, right = figures.filter(property="产能").order_by("pk")[:2]
    pairing = services.pair_figures(left.pk, right.pk, "different", by, f"{world.marker}缘由")
    firms = Entity.objects.filter(kind="enterprise", name__startswith=world.marker).order_by("pk")
    judged = Judgement.objects.create(
        left=firms[0], right=firms[1], verdict="unsure", origin="auto", reason=f"{world.marker}疑似", at=timezone.now()
    )
    by_hand = Judgement.objects.create(
        left=firms[0],
        right=firms[1],
        verdict="different",
        origin="user",
        reason=f"{world.marker}判定",
        by=by,
        at=timezone.now(),
    )
    source, other = sources
    columns = {"message_zh": f"{world.marker}合计不符", "message_en": world.marker}
    check = Check.objects.create(
        id=f"check{world.name}", source=source, rule="sum", verdict="differs", place=f"place{world.name}", weight=5,
        spans=[[0, 2]], sentence=f"{world.marker}三张牌", evidence_start=0, evidence_end=4, **columns,
    )  # fmt: skip
    word = CheckWord.objects.create(source=source, place=f"other{world.name}", by=by, at=timezone.now(), **columns)
    own = CopyWord.objects.create(source=other, by=by, at=timezone.now(), reason=f"{world.marker}自写")
    Copy.objects.create(
        source=other, original=source, kind="excerpt", share=0.5, original_share=0.5, passages=[[0, 2, 0, 2]]
    )
    proposals = [
        Proposal.objects.create(
            id=f"{state}{world.name}", source=source, origin="model", kind="project", columns={"subject_name": f"{world.marker}提议"},
            start=0, end=2, evidence_start=0, evidence_end=4, sentence=f"{world.marker}三张牌", at=timezone.now(),
            refused_at=timezone.now() if state == "refused" else None, refused_by=by,
        )
        for state in ("waiting", "refused")
    ]  # fmt: skip
    world.rows |= {
        "pairing": [str(pairing.pk)],
        "judgement": [str(judged.pk), str(by_hand.pk)],
        "check": [check.pk],
        "check_word": [str(word.pk)],
        "own": [str(own.pk)],
        "proposal": [p.pk for p in proposals],
        "enterprise": [str(e.pk) for e in firms],
        "project": [str(e.pk) for e in Entity.objects.filter(kind="project", name__startswith=world.marker)],
    }
    job = Job.objects.create(
        kind="upload", folder=world.marker, state="running", by=by, message=f"{world.marker}正在读"
    )
    IngestItem.objects.create(job=job, path=f"{world.marker}0.txt", state="added", source=source)
    world.rows["job"] = [str(job.pk)]


def _kept(world: World, project: str, code: str, folder: Path) -> None:
    """What officials keep: records of the project, a campaign, changes, an import."""
    by, marker = f"{world.marker}登记员", world.marker
    pk = int(world.pk("project"))
    soon = timezone.localdate() - timedelta(days=3)
    add = services.add_record
    kept = {
        "detail": add("detail", {"project_id": pk, "owner_unit": f"{marker}责任单位", "next_step": marker}, by, marker),
        "stage": add("stage", {"project_id": pk, "stage": "signed", "on": date(2024, 5, 6), "note": marker}, by),
        "problem": add(
            "problem", {"project_id": pk, "text": f"{marker}用地难", "due": soon, "owner": f"{marker}处室"}, by, marker
        ),
        "plan": add("plan", {"project_id": pk, "year": 2026, "bucket": "start"}, by, marker),
        "month": add("month", {"project_id": pk, "year": 2026, "month": 1}, by, marker),
        "official": add("official", {"project_id": pk, "role": "owner", "name": f"{marker}同志"}, by, marker),
    }
    secrecy = 2 if world.name == "secret" else 0
    if world.name != "chain":  # a campaign is of no chain
        values = {
            "year": 2024,
            "number": ("home", "region", "secret").index(world.name) + 1,
            "region_code": code,
            "secrecy": secrecy,
            "venue": f"{marker}会场",
        }
        event = add("campaign", values, by, marker)
        add(
            "item",
            {"event_id": event.row, "name": project, "batch_kind": "signing", "project_id": pk, "note": marker},
            by,
        )
        world.rows["campaign"] = [str(BatchEvent.objects.get(pk=event.row).pk)]
        kept["campaign"] = event
    told = {
        "indicator": f"{marker}产值", "subject_name": f"{marker}{CHAINS[world.name]}", "value": 50.0, "unit": "亿元",
        "due": date(2026, 12, 31), "region_code": code, "chain": CHAINS[world.name], "basis": marker, "note": marker,
        "secrecy": secrecy,
    }  # fmt: skip
    at = {"region_code": code, "chain": CHAINS[world.name], "secrecy": secrecy}
    place = {"region_code": code, "chain": CHAINS[world.name]}
    unit = f"{marker}专班"
    for kind, row in (
        ("programme", ChainProgramme(aim=f"{marker}目标", **at)),
        ("meeting", Meeting(kind="other", title=f"{marker}会议", minutes=marker, **at)),
        ("task", Task(title=f"{marker}任务", owner_unit=unit, due=soon, **at)),
        ("order", SupervisionOrder(title=f"{marker}督办", owner_unit=unit, due=soon, **at)),
        ("duty", Duty(title=f"{marker}职责", cadence="monthly", owner_unit=unit, since=date(2024, 1, 1), **at)),
        ("certificate", Certificate(title=f"{marker}称号", holder=f"{marker}能源有限公司", valid_until=soon, **at)),
        ("window", PolicyWindow(title=f"{marker}申报", closes_on=soon, **at)),
    ):
        row.save()
        world.rows[kind] = [str(row.pk)]
    chased = {
        "subject": "task", "row": int(world.pk("task")), "rung": "notice", "due": soon, "since": soon, "on": soon,
        "overdue": 1, "title": f"{marker}任务", "text": f"{marker}催办", **at,
    }  # fmt: skip
    world.rows["escalation"] = [str(add("escalation", chased, by, marker).row)]
    firms = add(
        "list", {"title": f"{marker}清单", "list_kind": "enterprise", "rhythm": "monthly", "note": marker, **at}, by
    )
    row = add("listrow", {"list_id": firms.row, "name": f"{marker}上榜企业", "position": 1}, by, marker)
    world.rows["list"], world.rows["listrow"] = [str(firms.row)], [str(row.row)]
    world.rows["listversion"] = [str(services.publish_list(firms.row, by, f"{marker}首版").pk)]
    word = FillWord.objects.create(list_id=firms.row, digest=world.name, said=marker, by=by, at=timezone.now())
    world.rows["fillword"] = [str(word.pk)]
    if not secrecy:  # an installed kit says nothing but its name, and has no level
        kit = add("kit", {"kit_id": "hunan_5_5", "title": f"{marker}模板", **place}, by, marker)
        world.rows["installedkit"] = [str(kit.row)]
    target = add("target", told, by, marker)
    world.rows["target"] = [str(target.row)]
    firm, other = (int(pk) for pk in world.rows["enterprise"][:2])
    at_registry = {"firm": f"{marker}登记厂@{code}", "firm_name": f"{marker}登记厂", "reason_zh": f"{marker}依据"}
    linked = add("link", {"entity_id": firm, "how": "confirmed", **at_registry}, by, marker)
    candidate = {"firm": f"{marker}候选厂", "form": f"{marker}候选厂", "score": 0.7, "zh": marker, "en": marker}
    for pk, band in ((firm, "linked"), (other, "review")):
        RegistryMatch.objects.create(
            entity_id=pk,
            band=band,
            candidates=[candidate],
            reason_zh=f"{marker}相近",
            reason_en=marker,
            at=timezone.now(),
        )
    world.rows["linkchange"] = [str(linked.pk)]
    world.rows |= {f"record:{kind}": [str(change.row)] for kind, change in kept.items()}
    world.rows["change"] = [str(change.pk) for change in kept.values()]
    path = folder / f"{marker}.csv"
    path.write_text(f"项目名称,地区,总投资（万元）\n{marker}新建项目,{code},100\n", encoding="utf-8-sig")
    batch = importing.start_import("project", path, path.name, by)
    importing.compare(batch.pk)
    world.rows["import"] = [str(batch.pk)]
    book = Import.objects.create(
        kind="book", name=path.name, path=str(path), by=by, at=timezone.now(), state=Import.State.CHECKED
    )
    world.rows["listbook"] = [str(book.pk)]
    second = folder / f"{marker}2.csv"
    second.write_text(f"项目名称,总投资（万元）\n{project},777\n", encoding="utf-8-sig")
    other = importing.start_import("project", second, second.name, by)
    importing.compare(other.pk)
    changes = importing.write(other.pk, by).changes
    world.rows["changeset"] = [str(changes.pk)] if changes is not None else []


def all_worlds(folder: Path) -> dict[str, World]:
    """Every world, and what is computed from them together."""
    found = {name: make(name, folder) for name in ("home", "region", "chain", "secret")}
    services.run_alerts(timezone.localdate(), force=True)
    for world in found.values():
        world.rows["alert"] = [
            str(pk) for pk in Alert.objects.filter(name__contains=world.marker).values_list("pk", flat=True)
        ]
    return found


def rows_of(model: type[models.Model]) -> int:
    """How many rows a table has, whoever asks."""
    return model._base_manager.count()
