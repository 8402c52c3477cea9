"""The pages of rounds: read by whoever reads the case; what one may do is asked by the acts and shown as they say."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.permissions import today
from governance.vocabulary import BodyKind
from satsningar.models import Revision, Satsning
from satsningar.vocabulary import Kostnadsslag
from workflow.errors import Invalid, Refusal
from workflow.forms.refusals import add_refusal
from workflow.links import address
from workflow.requests import person_of, viewer_of
from workflow.rights import may_read
from workflow.rounds.actions import ask_to_close, ask_to_open, close_round, open_round
from workflow.rounds.answers import (
    answer_remiss,
    ask_to_answer,
    ask_to_hand_over,
    confirm_resources,
    decline_resources,
    hand_over,
)
from workflow.rounds.forms import CONFIRMS, ConfirmationForm, HandOverForm, OpenForm, OpinionForm
from workflow.rounds.models import Round, RoundAnswer
from workflow.rounds.rights import answering_standing, closing_standing
from workflow.rounds.selectors import answer_of, answerers, possible_receivers, round_with_answers, unconfirmed
from workflow.rounds.words import WORDS
from workflow.selectors.cases import readable_case, title_of
from workflow.vocabulary import AnswerState, RoundKind, Stance

USUAL_TIME = timedelta(days=21)
"""How long the receivers have when nobody says otherwise."""
COLOURS = {
    Stance.INSTAMMER: "success",
    Stance.BEKRAFTAR: "success",
    Stance.MED_ANDRINGAR: "warning",
    Stance.AVSTYRKER: "danger",
}
STATE_COLOURS = {AnswerState.VANTAR: "warning", AnswerState.AVBOJD: "danger", AnswerState.UTEBLIVEN: "neutral"}


def _refusal_of(ask: Callable[[], object]) -> str:
    """Return why an act would be refused now, or nothing."""
    try:
        ask()
    except Refusal as refusal:
        return str(refusal)
    return ""


def _readable(request: HttpRequest, satsning: Satsning) -> None:
    """Let nobody in who may not read the case.

    Raises:
        Satsning.DoesNotExist: for whoever may not.

    """
    if not may_read(viewer_of(request), satsning):
        raise Satsning.DoesNotExist


def _frame(held: Round) -> dict[str, Any]:
    """Return what every page of a round shows around it."""
    satsning, title = held.satsning, title_of(held.satsning_id)
    return {
        "held": held,
        "satsning": satsning,
        "title": title,
        "words": WORDS[RoundKind(held.kind)],
        "crumbs": [(reverse("satsning", args=[satsning.pk]), title), (held.get_absolute_url(), str(held))],
        "is_remiss": held.kind == RoundKind.REMISS,
    }


# --- Opening ---------------------------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_page(request: HttpRequest, satsning_id: int, kind: str) -> HttpResponse:
    """Ask several bodies at once."""
    if kind not in RoundKind.values:
        raise Http404
    slag = RoundKind(kind)
    satsning = readable_case(viewer_of(request), satsning_id)
    possible = possible_receivers(satsning, slag, asking=_asking(request, satsning, slag))
    form = OpenForm(
        request.POST if request.method == "POST" else None,
        kind=slag,
        receivers=possible,
        initial={
            "purpose": WORDS[slag].purpose,
            "deadline": today() + USUAL_TIME,
            "receivers": [body.pk for body in unconfirmed(satsning, possible)] if slag != RoundKind.REMISS else [],
        },
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            sent = form.cleaned_data
            try:
                held = open_round(satsning.pk, slag, actor=person_of(request), **sent)
            except Invalid as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, WORDS[slag].sent)
                return redirect(held)
    title = title_of(satsning.pk)
    context = {
        "form": form,
        "satsning": satsning,
        "title": title,
        "words": WORDS[slag],
        "crumbs": [(reverse("satsning", args=[satsning.pk]), title)],
        "refusal": _refusal_of(lambda: ask_to_open(satsning, slag, person_of(request))),
    }
    return render(request, "rounds/open.html", context, status=status)


def _asking(request: HttpRequest, satsning: Satsning, kind: RoundKind) -> list[int]:
    """Return the body that would ask, which is not among those to ask."""
    try:
        return [ask_to_open(satsning, kind, person_of(request)).body_id]
    except Refusal:
        return []


# --- Reading and closing ---------------------------------------------------------------------------------------------


@login_required
@require_safe
def round_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """Show what was asked, the answers side by side, and what is waited for."""
    held = round_with_answers(round_id)
    _readable(request, held.satsning)
    who = viewer_of(request)
    answers = list(held.answers.all())
    waiting = [answer for answer in answers if answer.state == AnswerState.VANTAR]
    context = _frame(held) | {
        "asked": len(answers),
        "given": [
            {"answer": one, "color": COLOURS.get(Stance(one.stance), "") if one.stance else STATE_COLOURS[_state(one)]}
            for one in answers
            if one.state in {AnswerState.BESVARAD, AnswerState.AVBOJD}
        ],
        "waiting": [{"answer": one, "mine": answering_standing(who, one.body) is not None} for one in waiting],
        "silent": [one for one in answers if one.state == AnswerState.UTEBLIVEN],
        "may_close": held.is_open and closing_standing(who, held.satsning, held) is not None,
        "revision_url": address("revision", held.satsning_id, held.revision.number),
    }
    return render(request, "rounds/round.html", context | {"crumbs": context["crumbs"][:1]})


def _state(answer: RoundAnswer) -> AnswerState:
    return AnswerState(answer.state)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """Ask whether the round is to be closed, and close it."""
    held = round_with_answers(round_id)
    _readable(request, held.satsning)
    if request.method == "POST":
        close_round(held.pk, actor=person_of(request))
        messages.success(request, WORDS[RoundKind(held.kind)].closed)
        return redirect(held)
    context = _frame(held) | {
        "waiting": [one for one in held.answers.all() if one.state == AnswerState.VANTAR],
        "refusal": _refusal_of(lambda: ask_to_close(held.satsning, held, person_of(request))),
    }
    return render(request, "rounds/close.html", context)


# --- Answering and handing over --------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Answer for a receiver."""
    answer = answer_of(answer_id)
    _readable(request, answer.round.satsning)
    is_remiss = answer.round.kind == RoundKind.REMISS
    kind_of_form: type[forms.Form] = OpinionForm if is_remiss else ConfirmationForm
    form = kind_of_form(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _send(answer, form.cleaned_data, request)
            except Invalid as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, f"Svaret från {answer.receiver} är skickat.")
                return redirect(answer.round)
    revision = Revision.objects.get(pk=answer.round.revision_id)
    context = _frame(answer.round) | {
        "answer": answer,
        "form": form,
        "refusal": _refusal_of(lambda: ask_to_answer(answer.round.satsning, answer, person_of(request))),
        "may_hand_over": not _refusal_of(lambda: ask_to_hand_over(answer.round.satsning, answer, person_of(request))),
        "revision": revision,
        "revision_url": address("revision", answer.round.satsning_id, revision.number),
        "own": _own_lines(answer, revision),
    }
    return render(request, "rounds/answer.html", context, status=status)


def _send(answer: RoundAnswer, sent: dict[str, Any], request: HttpRequest) -> None:
    actor = person_of(request)
    if answer.round.kind == RoundKind.REMISS:
        answer_remiss(answer.pk, actor=actor, stance=sent["stance"], text=sent["text"])
    elif sent["answer"] == CONFIRMS:
        confirm_resources(
            answer.pk,
            actor=actor,
            text=sent["text"],
            decision_date=sent["decision_date"],
            decision_number=sent["decision_number"],
        )
    else:
        decline_resources(answer.pk, actor=actor, reason=sent["text"])


def _own_lines(answer: RoundAnswer, revision: Revision) -> dict[str, list[dict[str, Any]]]:
    """Return the resources and costs of the receiver's organisation as they were sent, with costs' kinds in words."""
    if answer.body.kind != BodyKind.ORGANISATION:
        return {}
    parts = json.loads(revision.content)
    own = answer.body.organisation_id
    kinds = dict(Kostnadsslag.choices)
    return {
        "resources": [row for row in parts["resurser"]["resurser"] if row["organisation_id"] == own],
        "costs": [
            {**row, "slag": kinds.get(row["slag"], row["slag"]), "belopp": int(float(row["belopp"]))}
            for row in parts["ekonomi"]["kostnader"]
            if row["organisation_id"] == own
        ],
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_page(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Leave an answer to a colleague, or take it over."""
    answer = answer_of(answer_id)
    _readable(request, answer.round.satsning)
    people = [one for one in answerers(answer.body) if one.person_id != answer.assigned_to_id]
    form = HandOverForm(request.POST if request.method == "POST" else None, people=people)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                handed = hand_over(answer.pk, actor=person_of(request), to_id=form.cleaned_data["to"])
            except Invalid as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, f"Svaret är överlämnat till {handed.assigned_to}.")
                return redirect(handed.round)
    context = _frame(answer.round) | {
        "answer": answer,
        "form": form,
        "people": people,
        "refusal": _refusal_of(lambda: ask_to_hand_over(answer.round.satsning, answer, person_of(request))),
    }
    return render(request, "rounds/hand_over.html", context, status=status)
