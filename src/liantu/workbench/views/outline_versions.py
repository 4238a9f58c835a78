"""Two versions of a chain's outline side by side: what was added, removed, renamed, moved, merged, joined, and whose status changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from liantu.ledger import services
from liantu.ledger.outlines.versions import Version, compared, versions_of
from liantu.ledger.rights import Action
from liantu.vocabulary import regions
from liantu.workbench import labels
from liantu.workbench.chain_maps import drawn, places_asked, states_of
from liantu.workbench.filters import whole
from liantu.workbench.outline_editing import DOES
from liantu.workbench.rights import needs

DIFFERS: dict[str, Promise] = {
    "added": pgettext_lazy("outline", "新增"),
    "removed": pgettext_lazy("outline", "删除"),
    "merged": pgettext_lazy("outline", "并入"),
    "renamed": pgettext_lazy("outline", "改名"),
    "moved": pgettext_lazy("outline", "移动"),
    "joined": pgettext_lazy("outline", "加关系"),
    "unjoined": pgettext_lazy("outline", "删关系"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A version as the list to choose from shows it."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A segment whose status at a place differs between the two outlines, by what is known today."""

    segment: str
    place: str
    before: str
    after: str


@needs(Action.READ)
@require_safe
def versions(request: HttpRequest, name: str) -> HttpResponse:
    """The comparison; by default of the newest version with the one before it."""
    known = versions_of(name)
    by_number = {version.number: version for version in known}
    new = by_number.get(whole(request.GET, "new") or 0, known[0] if known else None)
    old = by_number.get(whole(request.GET, "old") or 0, known[1] if len(known) > 1 else None)
    differences = compared(old, new) if old is not None and new is not None else []
    context: dict[str, Any] = {
        "name": services.outline_now(name).chain,
        "listed": [Listed(version.number, _label(version)) for version in known],
        "old": old,
        "new": new,
        "differences": [(one, DIFFERS[one.kind]) for one in differences],
        "tally": [(word, sum(one.kind == kind for one in differences)) for kind, word in DIFFERS.items()],
        "statuses": _statuses(name, old, new) if old is not None and new is not None else [],
    }
    return render(request, "workbench/outline_versions.html", context)


def _label(version: Version) -> str:
    if version.change is None:
        return _("第 1 版：改动以前")
    change = version.change
    return _("第 %(n)s 版：%(does)s，%(by)s，%(day)s") % {
        "n": version.number,
        "does": DOES.get(change.before["does"], ""),
        "by": change.by,
        "day": f"{change.at:%Y-%m-%d}",
    }


def _statuses(name: str, old: Version, new: Version) -> list[StatusChange]:
    """Status changes at the five cities that the two outlines make, by the counts and documents of today."""
    places = places_asked("")
    before, after = (states_of(name, version.tree, version.edges, places) for version in (old, new))
    found = []
    for (place, pk), state in after.items():
        was = before.get((place, pk))
        if was is not None and drawn(was) != drawn(state):
            words = [str(labels.SEGMENT_STATUS[drawn(one)]) for one in (was, state)]
            found.append(StatusChange(new.tree[pk].name, regions().by_code(place).name, *words))
    return found
