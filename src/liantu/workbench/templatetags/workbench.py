"""Tags and filters of the workbench. `{% figure %}` is the one way a number of the ledger is shown: it opens its sentence."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from liantu.ledger.rights import Place
from liantu.vocabulary import regions
from liantu.workbench import criteria_pages, formatting, labels, record_forms, rights_words, score_pages
from liantu.workbench.offering import offered, opens_document
from liantu.workbench.opened import hidden
from liantu.workbench.places import clean_place, number_place

register = template.Library()


@register.simple_tag
def seen(**shown: Any) -> SafeString:
    """What a form shows, carried along with it: see `workbench.opened`."""
    return hidden(shown)


@register.simple_block_tag(takes_context=True, end_name="endmay")
def may(
    context: Any, content: str, route: str = "", *args: Any, on: Any = None, action: str = "", address: str = ""
) -> str:
    """What stands inside, where the reader may do it: `{% may 'record-add' project.pk 'problem' %}…{% endmay %}`."""
    asked = offered(context["request"], address or (reverse(route, args=args) if route else ""), on=on, action=action)
    return content if asked else ""


@register.simple_block_tag(takes_context=True, end_name="endpaper")
def paper(context: Any, content: str, source: Any) -> SafeString:
    """A link to a document; the words alone for whoever may read a sentence of it, but not open it whole."""
    rows = getattr(context.get("listing"), "rows", ())
    if opens_document(context["request"], source, [getattr(row, "source_id", None) for row in rows]):
        return mark_safe(content)
    return format_html("<span>{}</span>", mark_safe(content[content.index(">") + 1 : content.rindex("</a>")]))


@register.filter
def own_words(exception: str) -> str:
    """What a view says of a row that is not there; empty for what Django says by itself, in English."""
    return "" if exception == "Resolver404" or exception.endswith("matches the given query.") else exception


@register.filter
def at_region(code: str) -> Place:
    """A region as what a right is asked for."""
    return Place(code)


register.filter("period", formatting.period)
register.filter("confidence_class", formatting.confidence_class)
register.filter("confidence_word", formatting.confidence_word)
register.filter("day_count", formatting.day_count)
register.filter("number", formatting.number)
register.filter("sources", formatting.sources)


def _opening(url: str) -> SafeString:
    """Attributes that open `url` in the side panel; without a script the link opens it as a page."""
    return format_html('href="{}" hx-get="{}" hx-target="#panel-body" hx-swap="innerHTML"', url, url)


@register.simple_tag
def opens(url_name: str, *args: Any) -> SafeString:
    """Attributes of a link that opens a page of the workbench in the side panel."""
    return _opening(reverse(url_name, args=args))


@register.simple_tag
def figure(row: Any) -> SafeString:
    """A figure as a link to its evidence. `row` is a FigureView or a figure Statement."""
    pk = getattr(row, "statement_id", None) or row.pk
    words = formatting.quantity(row.value, row.unit, row.bound, row.figure_kind)
    return format_html('<a class="figure" {}>{}</a>', _opening(reverse("statement", args=[pk])), words)


@register.simple_tag
def fact_value(fact: Any) -> SafeString:
    """A fact's value as a link to all that is said of it; both ends where the sources differ."""
    if fact.value_low == fact.value_high:
        words = formatting.quantity(fact.value, fact.unit, fact.bound, fact.figure_kind)
    else:
        ends = (fact.value_low, fact.value_high)
        words = " / ".join(formatting.quantity(value, fact.unit, "=", fact.figure_kind) for value in ends)
    return format_html('<a class="figure" href="{}">{}</a>', reverse("fact", args=[fact.pk]), words)


register.filter("region_words", rights_words.region_words)


@register.filter
def linked(name: str) -> str:
    """How prose links to a figure of a bulletin."""
    return f"{{{name}}}"


@register.filter
def money(value: float | None) -> str:
    """Yuan as `70亿元`."""
    return "" if value is None else formatting.quantity(value, "元")


@register.filter
def word(code: str | None, words: str) -> str:
    """The word for `code` in the table `words` of `labels`: `{{ row.status|word:"STATUS" }}`."""
    return labels.word(getattr(labels, words), code)


@register.filter
def percent(value: float | None) -> str:
    """0.83 as `83%`."""
    return "—" if value is None else f"{value * 100:.0f}%"


@register.filter
def place(row: Any) -> str:
    """City and county of a row, the city alone when no county is known: `晋中 榆次区`."""
    gazetteer = regions()
    city, code = row.city_code, row.region_code
    if code and code in gazetteer:
        name = gazetteer.by_code(code).name
        return f"{gazetteer.short(city)} {name}" if city and city != code and city in gazetteer else name
    return formatting.region_name(city)


@register.filter
def finer_place(row: Any) -> bool:
    """Whether a row's place says more than its region does."""
    return bool(row.place) and row.place not in place(row) and row.place.removesuffix("市") not in place(row).split()


@register.filter
def said(problem: dict[str, Any]) -> str:
    """A problem in the page's language."""
    return str(problem.get("zh") if formatting.chinese() else problem.get("en")) or str(problem.get("zh", ""))


@register.filter
def highlighted(statement: Any) -> SafeString:
    """A statement's sentence with its number, or its cell, marked where it stands; in clean text where that reads otherwise."""
    if statement.clean_sentence:
        return _marked(statement.clean_sentence, *clean_place(statement))
    return as_written(statement)


@register.filter
def as_written(statement: Any) -> SafeString:
    """The same, character by character as the file has it."""
    return _marked(statement.sentence, *number_place(statement))


def _marked(sentence: str, left: int, right: int) -> SafeString:
    if not 0 <= left < right <= len(sentence):
        return format_html("{}", sentence)
    return format_html("{}<mark>{}</mark>{}", sentence[:left], sentence[left:right], sentence[right:])


@register.simple_tag(takes_context=True)
def sort_head(context: dict[str, Any], key: str, title: str, css: str = "") -> SafeString:
    """A table heading that sorts by `key`, and the other way at the second click."""
    request, page = context["request"], context["listing"]
    descending = page.sort == f"-{key}"
    ascending = page.sort == key
    params = request.GET.copy()
    params.pop("page", None)
    params["sort"] = key if descending else f"-{key}"
    arrow = " ↓" if descending else " ↑" if ascending else ""
    state = "descending" if descending else "ascending" if ascending else "none"
    return format_html(
        '<th class="{}" aria-sort="{}"><a href="?{}" hx-get="?{}" hx-target="#results" hx-push-url="true">{}{}</a></th>',
        css,
        state,
        params.urlencode(),
        params.urlencode(),
        title,
        arrow,
    )


@register.inclusion_tag("workbench/parts/empty.html")
def nothing(title: str = "", text: str = "") -> dict[str, str]:
    """Honest emptiness: nothing has been said, which is not the same as nothing being there."""
    return {"title": title or _("还没有人说过"), "text": text}


@register.simple_tag
def svg(drawing: str) -> SafeString:
    """A drawing made by `liantu.reporting`, which escapes every word it writes."""
    return mark_safe(drawing)


@register.simple_tag
def quantity_of(row: Any) -> str:
    """A figure as plain words, for the panel that already is its evidence."""
    return formatting.quantity(row.value, row.unit, row.bound, row.figure_kind)


@register.filter
def stage_or_side(code: str) -> str:
    """The word for a stage or a side state."""
    return labels.word({**labels.STAGE, **labels.SIDE}, code)


@register.filter
def yuan(value: Any) -> str:
    """A sum of a record in words; nothing when there is none."""
    return "" if value is None else formatting.quantity(float(value), "元")


@register.filter
def absolute(value: int) -> int:
    """Without its sign."""
    return abs(value)


@register.simple_tag
def code(kind: str, column: str, value: str) -> str:
    """The word for a code in a record's column."""
    return record_forms.worded(kind, column, value)


@register.filter
def grade(row: Any) -> SafeString:
    """The level of a record that is not open to all who read, as a tag; nothing for one that is."""
    level = getattr(row, "secrecy", 0)
    if not level:
        return SafeString("")
    return format_html(' <span class="tag grade" title="{}">{}</span>', _("密级"), rights_words.level_words(level))


@register.simple_tag
def told_value(kind: str, column: str, row: Any) -> str:
    """A record's column in words."""
    return record_forms.worded(kind, column, getattr(row, column))


@register.filter
def told(row: Any, kind: str) -> list[tuple[str, str]]:
    """The columns of a record that are filled in, as (label, words); what the page shows elsewhere is left out."""
    return record_forms.told_columns(kind, row)


register.filter("region", formatting.region_name)


@register.simple_tag
def rate_name(definition: Any) -> str:
    """What a rate is called, in the page's language."""
    return str(definition.name_zh if formatting.chinese() else definition.name_en)


@register.simple_tag
def project_name(views: dict[int, Any], pk: int) -> str:
    """A project's name out of the rows at hand; its number when the list no longer has it."""
    return str(views[pk].name) if pk in views else f"#{pk}"


@register.filter
def of(found: dict[int, Any], pk: int) -> Any:
    """What a table of the page holds for one row; None when nothing."""
    return found.get(pk)


@register.simple_tag
def target_value(line: Any) -> SafeString:
    """A target's value as a link to its sentence; what was entered by hand, or has no number, as words."""
    if line.value is None:
        return format_html("<span>{}</span>", _("定性"))
    words = formatting.quantity(line.value, line.unit, line.bound if line.bound != ".." else "=", line.kind)
    if line.upper is not None:
        words = f"{words}—{formatting.quantity(line.upper, line.unit, '=', line.kind)}"
    return _linked(line.figure, words)


@register.simple_tag
def actual_value(actual: Any, line: Any) -> SafeString:
    """A figure of a target as a link to its sentence, a dash when there is none."""
    if actual is None:
        return format_html("{}", "—")
    return _linked(actual.figure, formatting.quantity(actual.value, line.unit, actual.bound, line.kind))


def _linked(figure: Any, words: str) -> SafeString:
    if figure is None:
        return format_html("<span>{}</span>", words)
    return format_html('<a class="figure" {}>{}</a>', _opening(reverse("statement", args=[figure.pk])), words)


@register.filter
def percent_of(share: float | None) -> str:
    """0.875 → 87.5%; a dash for nothing."""
    return "—" if share is None else f"{formatting.number(100 * share, 1)}%"


@register.filter
def measured(value: Any, unit: str) -> str:
    """A number with its unit: 1,200 亿元."""
    return "" if value is None else formatting.quantity(float(value), unit)


@register.filter
def value(params: Any, name: str) -> str:
    """What the address of the page says under a name."""
    return str(params.get(name, ""))


@register.filter
def nth(found: Any, at: int) -> Any:
    """The element at a place of a list."""
    return found[at]


@register.simple_tag
def known_value(row: Any) -> SafeString:
    """What is known for a clause, as a link to its sentence where a document says it."""

    words = criteria_pages.known_words(row.result.known if row.result is not None else None, row.clause)
    return _linked(row.figures[0] if row.figures else None, words)


@register.simple_tag
def criteria_name(criteria: Any) -> str:
    """The name of a criteria set or a scorecard in the page's language."""
    return str(criteria.name_zh if formatting.chinese() else criteria.name_en)


@register.simple_tag
def raw_value(item: Any, figures: Any) -> SafeString:
    """The raw value of an item of a scorecard, as a link to its sentence where a document says it."""
    said = item.raw.statements if item.raw is not None else ()
    return _linked(next((figures[pk] for pk in said if pk in figures), None), score_pages.raw_words(item))


register.filter("score_total", score_pages.total_words)
register.filter("score_place", score_pages.place_words)


@register.filter
def score_points(item: Any) -> str:
    """The points of an item: a number, or a range where data are missing."""
    return score_pages.range_words(item.low, item.high)


@register.filter
def export_forms(forms: str) -> list[tuple[str, str]]:
    """`xlsx docx` → the forms of a file with what people call them."""
    names = {"xlsx": "Excel", "docx": "Word", "csv": "CSV"}
    return [(form, names[form]) for form in forms.split()]


@register.simple_tag
def in_language_of(first: Any, second: Any) -> str:
    """Why a link was made, or what a comparison gave, in the language of the page: of the first of the two that is there."""
    said = first or second
    return "" if said is None else str(said.reason_zh if formatting.chinese() else said.reason_en)
