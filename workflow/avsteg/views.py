"""The pages of avsteg: asking, answering, taking back, and how many there are."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.models import Body
from governance.posting import posted_from
from governance.vocabulary import RequirementCode
from satsningar import content
from satsningar.models import Satsning
from workflow import facts
from workflow.avsteg.actions import answer, ask, check_request, who_answers, who_asks, why_not_answer, withdraw
from workflow.avsteg.counts import Counts, Tally, count
from workflow.avsteg.forms import AnswerForm, AskForm, AvstegFilter
from workflow.avsteg.models import Avsteg
from workflow.avsteg.rights import body_of_request, body_to_answer, standing_to_ask, standing_to_withdraw
from workflow.avsteg.selectors import answering, at, avsteg_in, followed, follows, with_words
from workflow.avsteg.showing import COLOURS, case_rows
from workflow.errors import Invalid, NoMandate, Stale
from workflow.forms.refusals import add_refusal
from workflow.gates import gaps_of_requirement
from workflow.links import gap_rows
from workflow.requests import person_of, viewer_of
from workflow.rights import path_of
from workflow.selectors.cases import readable_case
from workflow.vocabulary import Avstegslage

PER_PAGE = 50
PROBLEM = 422


def _frame(satsning: Satsning, title: str) -> dict[str, Any]:
    return {"satsning": satsning, "title": title, "crumbs": [(reverse("satsning", args=[satsning.pk]), title)]}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request: HttpRequest, satsning_id: int, gate: str, requirement: str) -> HttpResponse:
    """Ask for an avsteg from one requirement of one gate."""
    satsning = readable_case(viewer_of(request), satsning_id)
    found = path_of(satsning).gates.get(gate)
    if found is None or requirement not in found.requirements:
        raise Http404
    if standing_to_ask(viewer_of(request), satsning) is None:
        raise NoMandate(who_asks(satsning))
    code, body = RequirementCode(requirement), body_to_answer(satsning, gate)
    form = AskForm(request.POST if request.method == "POST" else None, initial={"edition": satsning.edition})
    status = 200
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            try:
                ask(
                    satsning.pk,
                    gate,
                    requirement,
                    reason=form.cleaned_data["reason"],
                    actor=person_of(request),
                    expected_edition=form.cleaned_data["edition"],
                )
            except Invalid as refusal:
                add_refusal(form, refusal)
            except Stale as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, f"Avsteg är begärt från ”{code.label}”. {who_answers(body)}")
                return redirect(reverse("satsning", args=[satsning.pk]) + "#nasta")
    else:
        check_request(satsning, gate, requirement)
    read = content.read(satsning.pk)
    context = _frame(satsning, read.title) | {
        "form": form,
        "edition": satsning.edition,
        "code": code,
        "gate": found,
        "lacks": gap_rows(satsning.pk, tuple(gaps_of_requirement(code, read, facts.read(satsning.pk)))),
        "who_answers": who_answers(body),
        "answering": answering(body),
    }
    return render(request, "avsteg/begar.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def avsteg_page(request: HttpRequest, satsning_id: int, avsteg_id: int) -> HttpResponse:
    """Show an avsteg; answer it."""
    who = viewer_of(request)
    satsning = readable_case(who, satsning_id)
    avsteg = avsteg_in(satsning, avsteg_id)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"edition": satsning.edition})
    status = 200
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            try:
                _answer(request, satsning, avsteg, form)
            except Invalid as refusal:
                add_refusal(form, refusal)
            except Stale as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                return redirect("avsteg", satsning.pk, avsteg.pk)
    return render(request, "avsteg/avsteg.html", _shown(request, satsning, avsteg, form), status=status)


def _answer(request: HttpRequest, satsning: Satsning, avsteg: Avsteg, form: AnswerForm) -> None:
    outcome = Avstegslage(form.cleaned_data["outcome"])
    answer(
        satsning.pk,
        avsteg.pk,
        outcome,
        reason=form.cleaned_data["reason"],
        declares_no_jav=form.cleaned_data["utan_jav"],
        actor=person_of(request),
        expected_edition=form.cleaned_data["edition"],
    )
    done = "Avsteget är medgivet." if outcome == Avstegslage.MEDGIVET else "Begäran om avsteg är avslagen."
    messages.success(request, f"{done} {avsteg.asked_by_body.name} ser ditt svar på satsningens sida.")


def _shown(request: HttpRequest, satsning: Satsning, avsteg: Avsteg, form: AnswerForm) -> dict[str, Any]:
    """Return what the page of an avsteg shows: the request, the answer, and what the person may do."""
    who, state = viewer_of(request), avsteg.state
    read, is_open = content.read(satsning.pk), state == Avstegslage.BEGART
    lacks: list[dict[str, str]] = []
    if state in {Avstegslage.BEGART, Avstegslage.MEDGIVET}:
        code = RequirementCode(avsteg.requirement)
        lacks = gap_rows(satsning.pk, tuple(gaps_of_requirement(code, read, facts.read(satsning.pk))))
    why_not = why_not_answer(who, satsning, avsteg) if is_open else ""
    return _frame(satsning, read.title) | {
        "avsteg": avsteg,
        "one": {"avsteg": avsteg},
        "state": state,
        "color": COLOURS.get(state, "neutral"),
        "lacks": lacks,
        "form": form if is_open and not why_not else None,
        "edition": satsning.edition,
        "why_not": why_not,
        "waits_for": _waits_for(body_of_request(satsning, avsteg)) if why_not else "",
        "may_withdraw": is_open and standing_to_withdraw(who, avsteg) is not None,
    }


def _waits_for(body: Body) -> str:
    names = answering(body)
    if not names:
        return "Ingen har det uppdraget i dag. Regionalt stöd kan lägga till det."
    return f"I dag har {' och '.join(names)} det uppdraget."


@login_required
@posted_from("avsteg", "satsning_id", "avsteg_id")
def withdraw_page(request: HttpRequest, satsning_id: int, avsteg_id: int) -> HttpResponse:
    """Take a request back."""
    readable_case(viewer_of(request), satsning_id)
    withdraw(satsning_id, avsteg_id, actor=person_of(request))
    messages.success(request, "Begäran om avsteg är återtagen.")
    return redirect("satsning", satsning_id)


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show how many avsteg there are, per requirement and body, and the list of them."""
    who = viewer_of(request)
    if follows(who) is None:
        raise NoMandate(
            "Sammanställningen av avsteg läses av det regionala stödet och av dem som beslutar om satsningar."
            " Avstegen i en satsning står på satsningens sida."
        )
    rows = followed(who)
    counts = count(rows)
    form = AvstegFilter(
        request.GET,
        asking=[(int(one.key), one.name) for one in counts.asking],
        deciding=[(int(one.key), one.name) for one in counts.deciding],
    )
    found = with_words(rows.filter(_narrowed(form))).select_related("satsning__uppdrag", "satsning__county")
    page = Paginator(found.order_by("-asked_at", "-pk"), PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "filter_form": form,
        "has_errors": bool(form.errors),
        "chosen": form.chosen(),
        "figures": _figures(counts.whole),
        "tables": _tables(counts),
        "page": page,
        "rows": case_rows(page),
        "several_counties": len(who.counties) > 1,
        "example_data": any(row.satsning.is_example for row in page),
    }
    return render(request, "avsteg/lista.html", context)


def _narrowed(form: AvstegFilter) -> Q:
    values = form.values
    columns = {"krav": "requirement", "fran": "asked_by_body", "till": "body"}
    asked = Q(**{column: values[name] for name, column in columns.items() if values.get(name)})
    state = values.get("lage")
    return asked & at(Avstegslage(state)) if state else asked


def _figures(whole: Tally) -> list[dict[str, Any]]:
    return [
        {"label": "Begärda", "value": whole.asked, "url": "?"},
        {"label": "Väntar på svar", "value": whole.open, "url": f"?lage={Avstegslage.BEGART.value}"},
        {"label": "Medgivna", "value": whole.granted},
        {"label": "Avslagna", "value": whole.denied, "url": f"?lage={Avstegslage.AVSLAGET.value}"},
    ]


def _tables(counts: Counts) -> list[dict[str, Any]]:
    """Return the tables of the page; what only one body decides needs none for bodies that decide."""
    tables = [
        ("krav", "Per krav", "Krav", counts.requirements),
        ("fran", "Per organ som har begärt", "Organ", counts.asking),
    ]
    if len(counts.deciding) > 1:
        tables.append(("till", "Per beslutande organ", "Organ", counts.deciding))
    return [{"filter": name, "title": title, "head": head, "rows": rows} for name, title, head, rows in tables]
