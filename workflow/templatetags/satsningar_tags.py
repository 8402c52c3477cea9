"""The only place that says how sums, dates, steps and states look on a page; nothing here asks the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, QueryDict
from django.template.context import RequestContext
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.vocabulary import StationKind
from satsningar.markdown import render

register = template.Library()

NO_BREAK = "\xa0"

STATION_COLOURS: Mapping[str, str] = {
    StationKind.UTKAST: "neutral",
    StationKind.VILANDE: "neutral",
    StationKind.ATERKALLAD: "neutral",
    StationKind.INLAMNAD: "info",
    StationKind.BEREDNING: "info",
    StationKind.KOMPLETTERING: "warning",
    StationKind.BESLUT: "warning",
    StationKind.BESLUTAD: "success",
    StationKind.FORSTUDIE: "success",
    StationKind.GENOMFORANDE: "success",
    StationKind.UPPFOLJNING: "success",
    StationKind.BREDDINFORANDE: "success",
    StationKind.SLUTFORD: "success",
    StationKind.AVSLAGEN: "danger",
    StationKind.AVBRUTEN: "danger",
}
"""Five colours for all steps: resting, on its way, waiting for somebody, decided, stopped."""

MENU = (
    ("mitt_arbete", "Mitt arbete", None),
    ("satsningar", "Satsningar", None),
    ("moten", "Möten", None),
    ("laget", "Läget", "show_laget"),
    ("organ", "Organ", None),
    ("arendegangar", "Ärendegång", None),
    ("malbild", "Målbild", None),
    ("personer", "Personer", "show_personer"),
)
"""The main menu: url name, text, and the flag in the context that shows it (None: always)."""

COLOUR_SCHEMES = {"ljust": "light", "morkt": "dark"}
PAGES_AROUND = 1
"""How many pages beside the present one the paging shows."""


@register.filter
def money(value: object) -> str:
    """Return whole kronor as ``1 250 000 kr``, with no-break spaces; nothing for None."""
    text = number(value)
    return f"{text}{NO_BREAK}kr" if text else ""


@register.filter
def number(value: object) -> str:
    """Return a whole number with no-break spaces between the thousands; nothing for None."""
    if not isinstance(value, int | float) and not hasattr(value, "__int__"):
        return ""
    return f"{int(value):,}".replace(",", NO_BREAK).replace("-", "\u2212")


@register.filter(expects_localtime=True)
def iso_date(value: date | None) -> SafeString | str:
    """Return the day as ``2026-11-03``, for tables."""
    return format_html('<time class="s-nowrap" datetime="{0}">{0}</time>', f"{value:%Y-%m-%d}") if value else ""


@register.filter(expects_localtime=True)
def long_date(value: date | None) -> SafeString | str:
    """Return the day as ``3 november 2026``, for running text."""
    if not value:
        return ""
    text = date_format(value, "j F Y").replace(" ", NO_BREAK)
    return format_html('<time datetime="{}">{}</time>', f"{value:%Y-%m-%d}", text)


@register.filter(expects_localtime=True)
def clock(value: datetime | None) -> str:
    """Return the time of day as ``14.05``."""
    return f"{value:%H.%M}" if value else ""


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> SafeString | str:
    """Return day and time as ``2026-11-03 14.05``."""
    if not value:
        return ""
    text = f"{value:%Y-%m-%d}{NO_BREAK}{value:%H.%M}"
    return format_html('<time class="s-nowrap" datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def markdown(text: str | None) -> SafeString | str:
    """Return the stored Markdown as safe HTML."""
    return render(text) if text else ""


@register.filter
def at(held: Mapping[str, Any] | None, key: str) -> Any:
    """Return what a mapping holds at a key; None where it holds nothing there."""
    return held.get(key) if held else None


@register.filter
def station_colour(kind: str) -> str:
    """Return the colour of a kind of step."""
    return STATION_COLOURS.get(kind, "neutral")


@register.filter
def colour_scheme(request: HttpRequest | None) -> str:
    """Return the colour scheme that the person chose, or ``auto`` for the computer's own."""
    return COLOUR_SCHEMES.get(request.COOKIES.get("fargschema", ""), "auto") if request else "auto"


@register.simple_tag
def station_tag(kind: str, name: str) -> SafeString:
    """Return a step's name as a tag in the colour of its kind."""
    return format_html('<span class="ds-tag s-tag" data-color="{}">{}</span>', station_colour(kind), name)


@register.inclusion_tag("components/menu.html", takes_context=True)
def main_menu(context: RequestContext) -> dict[str, Any]:
    """Draw the main menu; an address that the site does not have, or a flag not set, leaves its item out."""
    request = context.get("request")
    path = request.path if request else ""
    items = []
    for name, text, flag in MENU:
        if flag and not context.get(flag):
            continue
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        is_here = path == address or (address != "/" and path.startswith(address))
        counted = name == "mitt_arbete" and context.get("waiting_count")
        items.append(
            {
                "url": address,
                "text": text,
                "is_here": is_here,
                "is_exact": path == address,
                "waiting": context.get("waiting_text") if counted else "",
                "waiting_short": context.get("waiting_short") if counted else "",
            }
        )
    return {"items": items}


@register.inclusion_tag("components/stepper.html")
def stepper(steps: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Draw the steps of the path; each has ``name``, ``state`` (done, current, coming), perhaps ``note``, ``url``."""
    listed = list(steps)
    place = next((index for index, step in enumerate(listed, 1) if step["state"] == "current"), 0)
    name = listed[place - 1]["name"] if place else ""
    return {"steps": listed, "place": place, "total": len(listed), "name": name}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet[Any] | None) -> dict[str, Any]:
    """Draw what is wrong with the forms and formsets, in their order, each with a link to its field."""
    return {"errors": [error for form in forms if form is not None for error in errors_of(form)]}


def errors_of(form: BaseForm | BaseFormSet[Any]) -> list[dict[str, str]]:
    """Return what is wrong with a form or a formset, by field, as `components/error_summary.html` shows it."""
    if isinstance(form, BaseFormSet):
        common = [{"target": "", "label": "", "message": str(message)} for message in form.non_form_errors()]
        rows = [
            {**error, "label": f"Rad {place}, {error['label'].lower()}" if error["label"] else f"Rad {place}"}
            for place, row in enumerate(form.forms, 1)
            for error in errors_of(row)
        ]
        return common + rows
    found = [{"target": "", "label": "", "message": str(message)} for message in form.non_field_errors()]
    for name in form.fields:
        if name in form.errors:
            field = form[name]
            label = "" if field.is_hidden else str(field.label)
            target = "" if field.is_hidden else field.id_for_label or field.auto_id
            found += [{"target": target, "label": label, "message": str(message)} for message in field.errors]
    return found


@register.inclusion_tag("components/sort_heading.html", takes_context=True)
def sort_heading(context: RequestContext, text: str, key: str, *, numeric: bool = False) -> dict[str, Any]:
    """Draw a column's head that sorts by ``?sortera=key``, or the other way when it already does."""
    query = _query(context)
    current = query.get("sortera", "")
    query["sortera"] = f"-{key}" if current == key else key
    query.pop("sida", None)
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    return {"text": text, "query": query.urlencode(), "direction": direction, "numeric": numeric}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Any) -> dict[str, Any]:
    """Draw the paging of a Django ``Page`` by ``?sida=``, keeping the rest of the address."""
    last = page.paginator.num_pages
    near = range(max(1, page.number - PAGES_AROUND), min(last, page.number + PAGES_AROUND) + 1)
    shown = sorted({1, last, *near})
    links: list[dict[str, Any]] = []
    for before, place in zip([0, *shown], shown, strict=False):
        if place - before > 1:
            links.append({"gap": True})
        links.append({"number": place, "query": _page_query(context, place), "is_here": place == page.number})
    return {
        "page": page,
        "links": links,
        "previous": _page_query(context, page.number - 1) if page.has_previous() else "",
        "next": _page_query(context, page.number + 1) if page.has_next() else "",
    }


def _query(context: RequestContext) -> QueryDict:
    request = context.get("request")
    return request.GET.copy() if request else QueryDict(mutable=True)


def _page_query(context: RequestContext, place: int) -> str:
    query = _query(context)
    query["sida"] = str(place)
    return query.urlencode()
