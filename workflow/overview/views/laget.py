"""Läget: where every case stands, how long it has waited and what it lacks, as a page, as XLSX and as CSV."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.vocabulary import StationKind
from workflow.avsteg.selectors import follows
from workflow.deadlines.showing import sum_of_stops
from workflow.links import gap_label
from workflow.meetings.after.showing import home_figure
from workflow.overview.counts import StepTally, Tally, count_by_step, total
from workflow.overview.filters import RUNNING, TrackingForm, brought
from workflow.overview.order import BY_STEP, ORDERS, TrackedCases
from workflow.overview.picture import bars
from workflow.overview.rows import TrackedCase, tracked
from workflow.overview.scope import Scope
from workflow.overview.sheets import Column, as_csv, as_xlsx, parts
from workflow.overview.waiting import ANSWERED, LONGEST_WAIT, at_kinds
from workflow.requests import viewer_of

PER_PAGE = 50

COLUMNS: tuple[Column[TrackedCase], ...] = (
    Column("Ärendenummer", 15, lambda case: case.reference),
    Column("Titel", 45, lambda case: case.title),
    Column("Län", 12, lambda case: case.county),
    Column("Steg", 16, lambda case: case.station.name),
    Column("Hos", 34, lambda case: case.holder),
    Column("I steget sedan", 13, lambda case: case.since),
    Column("Dagar i steget", 9, lambda case: case.days),
    Column("Överskriden väntan", 12, lambda case: "Ja" if case.overdue else ""),
    Column("Sista dag i steget", 13, lambda case: case.due.day if case.due else None),
    Column("Står still", 30, lambda case: case.stop),
    Column("Handläggare", 22, lambda case: case.handlaggare),
    Column("Ansvarig grupp", 34, lambda case: case.ansvarig_grupp),
    Column("Beredningsgrupp", 34, lambda case: case.beredningsgrupp),
    Column("Fokusområde", 30, lambda case: ", ".join(case.fokusomraden)),
    Column("Väntar på", 22, lambda case: case.awaits),
    Column("Grind", 16, lambda case: case.gate),
    Column("Saknas, antal", 9, lambda case: len(case.gaps) if case.gate else None),
    Column("Saknas", 70, lambda case: "; ".join(f"{gap_label(gap)}: {gap.message}" for gap in case.gaps)),
    Column("Avsteg", 40, lambda case: case.avsteg_in_words),
    Column("Senaste händelse", 24, lambda case: case.last_act),
    Column("Dag för händelsen", 13, lambda case: case.last_act_at.date()),
    Column("Registrerad i efterhand", 12, lambda case: "Ja" if case.is_registered else ""),
    Column("Exempeldata", 11, lambda case: "Ja" if case.is_example else ""),
)


@dataclass(frozen=True)
class Overview:
    """What the address asks for: the filters, the cases counted, and the cases in order."""

    scope: Scope
    form: TrackingForm
    steps: list[StepTally]
    order: str
    cases: TrackedCases


def _overview(request: HttpRequest) -> Overview:
    scope = Scope(viewer_of(request))
    form = TrackingForm(request.GET, scope=scope)
    narrowed = form.narrowed()
    steps = count_by_step(scope, narrowed)
    asked = request.GET.get("sortera", "")
    order = asked if asked.removeprefix("-") in ORDERS else BY_STEP
    cases = TrackedCases(
        scope,
        narrowed,
        steps,
        kinds=form.kinds(RUNNING),
        only_overdue=bool(form.values.get("sena")),
        order=order,
    )
    return Overview(scope, form, steps, order, cases)


@require_safe
@login_required
def laget(request: HttpRequest) -> HttpResponse:
    """Show the cases that the person may read, by step and body unless another order is asked for."""
    view = _overview(request)
    page = Paginator(cast("Sequence[int]", view.cases), PER_PAGE).get_page(request.GET.get("sida"))
    rows = tracked(view.scope, list(page.object_list))
    running = [step for step in view.steps if step.station.kind in RUNNING]
    chosen = view.form.chosen()
    query = request.GET.copy()
    query.pop("sida", None)
    context = {
        "filter_form": view.form,
        "has_errors": bool(view.form.errors),
        "chosen": chosen,
        "figures": [
            *_figures(request, running, brought(view.form.narrowed()).count()),
            *filter(None, (home_figure(view.scope.who),)),
        ],
        "stops": [
            {"text": words, "count": count, "url": _address(request, stopp=cause, steg="", sena="")}
            for cause, words, count in sum_of_stops(
                view.form.narrowed().filter(at_kinds(view.scope.versions.values(), RUNNING))
            )
        ],
        "steps": [_step_link(request, step) for step in view.steps],
        "picture": bars(running) if running else "",
        "page": page,
        "groups": _groups(view, rows),
        "by_step": view.order.removeprefix("-") == BY_STEP,
        "sort": request.GET.get("sortera", ""),
        "example_data": any(row.is_example for row in rows),
        "mixed": any(row.is_example for row in rows) and not all(row.is_example for row in rows),
        "several_counties": len(view.scope.counties) > 1,
        "counts_avsteg": follows(view.scope.who) is not None,
        "limits": [(StationKind(kind).label, days) for kind, days in LONGEST_WAIT.items()],
        "query": query.urlencode(),
    }
    return render(request, "laget/laget.html", context)


def _address(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    query.pop("sida", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def _figures(request: HttpRequest, running: Sequence[StepTally], for_decision: int) -> list[dict[str, Any]]:
    whole = total(running)
    oldest = max((step for step in running if step.station.kind in ANSWERED), key=_longest, default=None)
    return [
        {"label": "Pågår", "value": whole.count, "url": _address(request, steg="", sena="")},
        {"label": "Överskriden väntan", "value": whole.overdue, "url": _address(request, steg="", sena="on")},
        {
            "label": "Väntar på beslut",
            "value": for_decision,
            "url": _address(request, steg="", sena="", anmalda="on"),
        },
        {
            "label": "Längsta väntan på ett svar",
            "value": f"{oldest.longest} dagar" if oldest else "–",
            "hint": f"I steget {oldest.station.name}" if oldest else "",
        },
    ]


def _longest(step: StepTally) -> int:
    return step.longest


def _step_link(request: HttpRequest, step: StepTally) -> dict[str, Any]:
    kind = step.station.kind.value
    return {
        "tally": step,
        "url": _address(request, steg=kind),
        "is_here": request.GET.get("steg") == kind,
        "holders": [{"name": name, "tally": tally} for name, tally in step.holders.items()],
    }


def _groups(view: Overview, rows: Sequence[TrackedCase]) -> Iterable[dict[str, Any]]:
    """Return the rows in groups of one step and body, each with its whole number; in other orders one without name."""
    if view.order.removeprefix("-") != BY_STEP:
        return [{"rows": rows}]
    tallies: dict[tuple[str, str], Tally] = {
        (step.station.name, name): tally for step in view.steps for name, tally in step.holders.items()
    }
    return [
        {"station": name, "holder": holder, "tally": tallies.get((name, holder)), "rows": list(members)}
        for (name, holder), members in groupby(rows, key=lambda row: (row.station.name, row.holder))
    ]


@require_safe
@login_required
def export(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Return the same cases, all of them in the same order, as a sheet."""
    view = _overview(request)
    rows = parts(view.cases[0 : view.cases.count()], partial(tracked, view.scope))
    if ending == "csv":
        return as_csv("laget", COLUMNS, rows)
    if ending == "xlsx":
        return as_xlsx("laget", "Läget", COLUMNS, rows)
    raise Http404(reverse("laget"))
