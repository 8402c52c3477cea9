"""The list of satsningar: found by words and filters, as a page, as XLSX and as CSV."""

from collections.abc import Sequence
from functools import partial
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.vocabulary import Mandate, StationKind
from satsningar.selectors import NEWEST_FIRST
from workflow.overview.filters import ListForm
from workflow.overview.listing import COUNTED, ListedCase, ListedCases, listed
from workflow.overview.scope import Scope
from workflow.overview.sheets import Column, as_csv, as_xlsx, parts
from workflow.overview.waiting import at_kinds
from workflow.requests import viewer_of

PER_PAGE = 25
ORDERS = ("titel", "arende", "grupp", "handelse")

COLUMNS: tuple[Column[ListedCase], ...] = (
    Column("Ärendenummer", 15, lambda case: case.reference),
    Column("Titel", 45, lambda case: case.title),
    Column("Län", 12, lambda case: case.county),
    Column("Steg", 16, lambda case: case.station.name),
    Column("Fokusområde", 30, lambda case: ", ".join(case.fokusomraden)),
    Column("Organisationer som deltar", 40, lambda case: ", ".join(case.organisations)),
    Column("Ansvarig grupp", 34, lambda case: case.ansvarig_grupp),
    Column("Beredningsgrupp", 34, lambda case: case.beredningsgrupp),
    Column("Beslutande organ", 24, lambda case: case.beslutsorgan),
    Column("Handläggare", 22, lambda case: case.handlaggare),
    Column("Skapad", 12, lambda case: case.created),
    Column("Senaste händelse", 12, lambda case: case.last_act),
    Column("Registrerad i efterhand", 12, lambda case: "Ja" if case.is_registered else ""),
    Column("Exempeldata", 11, lambda case: "Ja" if case.is_example else ""),
)


def _asked(request: HttpRequest) -> tuple[Scope, ListForm, ListedCases]:
    scope = Scope(viewer_of(request))
    form = ListForm(request.GET, scope=scope)
    cases = form.narrowed()
    every = tuple(StationKind)
    if (kinds := form.kinds(every)) != every:
        cases = cases.filter(at_kinds(scope.versions.values(), kinds))
    order = request.GET.get("sortera", "")
    known = order if order.removeprefix("-") in ORDERS else NEWEST_FIRST
    return scope, form, ListedCases(cases, known, searched=bool(form.values.get("q")))


@require_safe
@login_required
def satsningar(request: HttpRequest) -> HttpResponse:
    """Show the cases that the person may read, the latest act first unless another order is asked for."""
    scope, form, cases = _asked(request)
    page = Paginator(cast("Sequence[int]", cases), PER_PAGE).get_page(request.GET.get("sida"))
    rows = listed(scope, list(page.object_list))
    query = request.GET.copy()
    query.pop("sida", None)
    context = {
        "filter_form": form,
        "has_errors": bool(form.errors),
        "chosen": form.chosen(),
        "page": page,
        "rows": rows,
        "has_more": cases.has_more,
        "counted": COUNTED,
        "sort": request.GET.get("sortera", ""),
        "search_text": form.values.get("q") or "",
        "example_data": any(row.is_example for row in rows),
        "mixed": any(row.is_example for row in rows) and not all(row.is_example for row in rows),
        "several_counties": len(scope.counties) > 1,
        "takes_part": bool(scope.who.counties),
        "may_create": any(one.mandate in {Mandate.FORFATTA, Mandate.BESLUTA} for one in scope.who.standings),
        "may_register": any(one.mandate == Mandate.LEDA_ARENDEN for one in scope.who.standings),
        "query": query.urlencode(),
    }
    return render(request, "satsningar_lista/lista.html", context)


@require_safe
@login_required
def export(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Return the same cases, all of them in the same order, as a sheet."""
    scope, _form, cases = _asked(request)
    rows = parts(cases.all(), partial(listed, scope))
    if ending == "csv":
        return as_csv("satsningar", COLUMNS, rows)
    if ending == "xlsx":
        return as_xlsx("satsningar", "Satsningar", COLUMNS, rows)
    raise Http404(reverse("satsningar"))
