"""The duties that a kit brings: each of its lists is kept current by who holds the post, in the list's own rhythm; and what the kit
asks for beside (to draw the charts anew, to hold meetings). Shown first, made on a person's word, taken back as long as nothing
came of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from liantu.ledger.duties.people import current_q
from liantu.ledger.lists.kits import kit_named
from liantu.ledger.lists.publishing import freshness_of
from liantu.ledger.models import ChainList, ChainProgramme, Duty, DutyDelivery, InstalledKit, Person, ProgrammeMember
from liantu.ledger.rights import as_asked
from liantu.ledger.work.recording import add_record, remove_record
from liantu.ledger.writing import writing
from liantu.tracking import period_of
from liantu.tracking.cadence import Kind
from liantu.vocabulary.kit_files import Kit
from liantu.vocabulary.roles import governance_roles
from liantu.vocabulary.work_words import work_words


@dataclass(frozen=True, slots=True)
class PlannedDuty:
    """A duty that a kit asks for. `there`: it is kept already; `role`: the post that owes it, `person` and `unit` who holds it;
    `cadence` is empty for a list without rhythm, which owes nothing."""

    title: str
    cadence: str
    role: str
    person: Person | None
    unit: str
    since: date
    basis: str
    of_list: ChainList | None = None
    there: Duty | None = None

    @property
    def is_new(self) -> bool:
        """Whether it is one to make."""
        return self.there is None and bool(self.cadence)


@dataclass(frozen=True, slots=True)
class _Holder:
    """The programme of a kit's chain and region, and who holds which of its posts."""

    programme: ChainProgramme | None
    members: tuple[ProgrammeMember, ...]

    def of(self, role: str) -> tuple[Person | None, str]:
        """Person and unit in a role. A unit without a person is spoken for by the liaison who works there."""
        held = next((m for m in self.members if m.role == role), None)
        if held is None:
            return None, ""
        if held.person is not None:
            return held.person, held.unit or held.person.unit
        speaks = (m.person for m in self.members if m.role == "liaison" and m.person is not None)
        return next((person for person in speaks if person.unit == held.unit), None), held.unit


def planned(installed: InstalledKit, today: date) -> list[PlannedDuty]:
    """What an installed kit asks for by a day, those duties among them that are there already.

    Who owes it is who holds the post in the chain programme of the same chain and region; the unit of a list is its own, where it
    names one. A list that is due or stale is owed from the period before this one on, everything else from this one.
    """
    return list(_planned(installed, _kit(installed), _holder(installed, today), today))


def _kit(installed: InstalledKit) -> Kit | None:
    try:
        return kit_named(installed.kit_id).kit
    except KeyError:
        return None  # an own kit that was taken away: its lists are still there


def _holder(installed: InstalledKit, today: date) -> _Holder:
    place = {"region_code": installed.region_code, "chain": installed.chain, "removed_at": None}
    programme = ChainProgramme.objects.filter(**place).order_by("-since", "-pk").first()
    members = ProgrammeMember.objects.filter(current_q(today), programme=programme).select_related("person")
    return _Holder(programme, tuple(members.order_by("pk")) if programme is not None else ())


def _planned(installed: InstalledKit, kit: Kit | None, holder: _Holder, today: date) -> Iterator[PlannedDuty]:
    here = Duty.objects.filter(removed_at=None, region_code=installed.region_code, chain=installed.chain)
    duties = list(here.select_related("owner").order_by("pk"))
    by_list = {duty.of_list_id: duty for duty in duties if duty.of_list_id is not None}
    by_title = {duty.title: duty for duty in duties}
    cadences = work_words()["cadence"]
    roles = {item.title: item.owner_role for item in kit.lists} if kit is not None else {}
    for row in installed.lists.filter(removed_at=None).order_by("pk"):
        role = roles.get(row.title) or row.kind.owner_role
        person, unit = holder.of(role)
        cadence = row.rhythm if row.rhythm in cadences else ""
        yield PlannedDuty(
            f"更新《{row.title}》", cadence, role, person, row.owner_unit or unit or governance_roles()[role].name_zh,
            _since(cadence, today, behind=freshness_of(row, today) in ("due", "stale")),
            f"{installed.title}：清单按周期更新", row, by_list.get(row.pk),
        )  # fmt: skip
    for duty in kit.duties if kit is not None else ():
        title = _beside(kit, duty.keeps, duty.title)
        if not title:
            continue
        person, unit = holder.of(duty.role)
        cadence = duty.rhythm if duty.rhythm in cadences else ""
        yield PlannedDuty(
            title, cadence, duty.role, person, unit or governance_roles()[duty.role].name_zh,
            _since(cadence, today, behind=False), duty.basis, None, by_title.get(title),
        )  # fmt: skip


def _beside(kit: Kit | None, keeps: Iterable[str], title: str) -> str:
    """What is left of a kit's duty beside the lists, each of which has a duty of its own; empty when nothing is."""
    if not keeps:
        return title
    charts = "、".join(chart.title for chart in kit.charts) if kit is not None else ""
    return f"更新图谱：{charts}"[:255] if "charts" in keeps and charts else ""


def _since(cadence: str, today: date, *, behind: bool) -> date:
    if not cadence:
        return today
    this = period_of(cast(Kind, cadence), today)
    return period_of(cast(Kind, cadence), this.first - timedelta(days=1)).first if behind else this.first


def make_duties(installed_id: int, by: str, today: date) -> list[Duty]:
    """Make the duties of an installed kit that are not there yet; doing it again makes none. Raises InstalledKit.DoesNotExist."""
    with writing(), as_asked():
        installed = InstalledKit.objects.get(pk=installed_id, removed_at=None)
        holder = _holder(installed, today)
        programme, made = holder.programme, []
        for one in _planned(installed, _kit(installed), holder, today):
            if not one.is_new:
                continue
            values = {
                "title": one.title,
                "cadence": one.cadence,
                "owner_id": one.person.pk if one.person is not None else None,
                "owner_unit": one.unit[:128],
                "since": one.since,
                "programme_id": programme.pk if programme is not None else None,
                "region_code": installed.region_code,
                "chain": installed.chain,
                "basis": one.basis[:255],
                "of_list_id": one.of_list.pk if one.of_list is not None else None,
                "kit_id": installed.pk,
            }
            made.append(add_record("duty", values, by, f"按模板“{installed.title}”建立").row)
        return list(Duty.objects.filter(pk__in=made).order_by("pk"))


def take_back_duties(installed_id: int, by: str) -> tuple[int, int]:
    """Take off the duties that a kit brought and that nobody has changed or handed in since: how many, and how many stay."""
    with writing(), as_asked():
        rows = list(Duty.objects.filter(kit_id=installed_id, removed_at=None).order_by("pk"))
        handed = set(DutyDelivery.objects.filter(duty__in=rows, removed_at=None).values_list("duty", flat=True))
        loose = [row for row in rows if row.version == 1 and row.pk not in handed]
        for row in loose:
            remove_record("duty", row.pk, row.version, by, "撤回按模板建立的职责")
        return len(loose), len(rows) - len(loose)
