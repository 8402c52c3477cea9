"""What every page of a round shows around it, and how a form of one act is answered."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from satsningar.models import Satsning
from workflow.errors import Invalid, Refusal
from workflow.forms.refusals import add_refusal
from workflow.requests import viewer_of
from workflow.rights import may_read
from workflow.rounds.models import Round
from workflow.rounds.selectors import round_with_answers
from workflow.rounds.words import WORDS
from workflow.selectors.cases import title_of
from workflow.vocabulary import RoundKind


def readable_round(request: HttpRequest, round_id: int) -> Round:
    """Return a round of a case that the person may read.

    Raises:
        Satsning.DoesNotExist: there is none.

    """
    held = round_with_answers(round_id)
    refuse_strangers(request, held.satsning)
    return held


def refuse_strangers(request: HttpRequest, satsning: Satsning) -> None:
    """Let nobody in who may not read the case.

    Raises:
        Satsning.DoesNotExist: for whoever may not.

    """
    if not may_read(viewer_of(request), satsning):
        raise Satsning.DoesNotExist


def frame(held: Round) -> dict[str, Any]:
    """Return what every page of a round shows around it."""
    satsning, title = held.satsning, title_of(held.satsning_id)
    return {
        "held": held,
        "satsning": satsning,
        "title": title,
        "words": WORDS[RoundKind(held.kind)],
        "crumbs": [(reverse("satsning", args=[satsning.pk]), title), (held.get_absolute_url(), str(held))],
    }


def refusal_of(ask: Callable[[], object]) -> str:
    """Return why an act would be refused now, or nothing."""
    try:
        ask()
    except Refusal as refusal:
        return str(refusal)
    return ""


def act_page(  # noqa: PLR0913 - what a page of one act is made of
    request: HttpRequest,
    held: Round,
    form: forms.Form,
    act: Callable[[], object],
    *,
    refused: Callable[[], object],
    done: str,
    shown: dict[str, Any],
    template: str = "rounds/act.html",
) -> HttpResponse:
    """Show the form of one act, or carry the act out and go to the round's page.

    Args:
        request: what was asked for.
        held: the round that the act is about.
        form: the act's form, bound where it was sent.
        act: carries it out.
        refused: raises what the act would refuse before anything is sent.
        done: what is said when it is done.
        shown: what the page shows beside the frame.
        template: the page's template.

    """
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act()
            except Invalid as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, done)
                return redirect(held)
    context = frame(held) | {"form": form, "refusal": refusal_of(refused)} | shown
    return render(request, template, context, status=status)
