"""What a form was opened with travels with it: a change that somebody made meanwhile is shown beside it, never overwritten.

Records carry a version (`ledger.work.recording`). What has none (an account, a document's date, a verdict) is compared by what
the form showed: the hidden field `seen` (the tag `{% seen %}`) holds it, by name, as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString

SEEN = "seen"
LONGEST = 200_000  # characters of what a form says that it showed
_NEVER = frozenset({"csrfmiddlewaretoken", SEEN})


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a form says.

    A `decision` (a verdict, a level) has no merging: it stands, or the other one does. Of all else both values can be chosen
    from, and a text of several lines be put together by hand.
    """

    name: str
    label: str
    now: str  # as it is kept now
    mine: str  # as the form has it
    base: str = ""  # as it was before anybody said a word: what a form shows that does not carry it along
    decision: bool = False
    words: Callable[[str], Any] = str  # a value as people read it
    now_words: str = ""  # in place of `words(now)`: who decided what


@dataclass(frozen=True, slots=True)
class Side:
    """A line of the page of both versions."""

    told: Told
    clash: bool
    kept: str  # what goes back where there is no clash
    opened: str
    theirs: str
    mine: str
    long: bool


def met(
    request: HttpRequest,
    title: str,
    home: str,
    told: Sequence[Told],
    *,
    carried: Mapping[str, str] | None = None,
    since: str = "",
) -> HttpResponse | None:
    """The page of both versions when something that this form would overwrite was changed since it was opened, else None.

    To be asked inside `ledger.writing.alone()`, together with the change itself. The page sends the form again, merged, as seen now.

    Args:
        title, home: what it is about, and where it is shown.
        carried: further fields of the form that are to go back as they are now, such as a version.
        since: who changed it, and when.
    """
    opened = seen_in(request)
    sides = [_side(each, opened.get(each.name, each.base)) for each in told]
    if all(each.now in (opened.get(each.name, each.base), each.mine) for each in told):
        return None
    carried = dict(carried or {})
    rewritten = {each.name for each in told if not each.decision}
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NEVER and name not in rewritten and name not in carried
        for value in values
    ]
    htmx = bool(request.headers.get("HX-Request"))
    context = {
        "title": title,
        "home": home,
        "sides": sides,
        "fields": [*fields, *carried.items()],
        "seen": hidden({each.name: each.now for each in told}),
        "address": request.get_full_path(),
        "since": since,
        "htmx": htmx,
    }
    if htmx:  # htmx leaves answers of 4xx aside
        return render(request, "workbench/parts/both_versions.html", context)
    return render(request, "workbench/both_versions.html", context, status=409)


def _side(told: Told, opened: str) -> Side:
    moved, said = told.now != opened, told.mine != opened
    clash = moved and told.now != told.mine and (said or told.decision)
    kept = told.now if moved and not said else told.mine
    theirs = told.now_words or told.words(told.now)
    long = "\n" in told.now + told.mine
    return Side(told, clash, kept, told.words(opened), theirs, told.words(told.mine), long)


def seen_in(request: HttpRequest) -> dict[str, str]:
    """What a form says that it showed; nothing when it says nothing that can be read."""
    text = request.POST.get(SEEN, "")
    try:
        said = json.loads(text) if 0 < len(text) <= LONGEST else {}
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in said.items()} if isinstance(said, dict) else {}


def hidden(shown: Mapping[str, Any]) -> SafeString:
    """The hidden field that a form carries along."""
    told = {name: "" if value is None else str(value) for name, value in shown.items()}
    return format_html('<input type="hidden" name="{}" value="{}">', SEEN, json.dumps(told, ensure_ascii=False))
