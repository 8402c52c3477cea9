"""The pages of whoever asked: close, withdraw, give longer time, remind."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from governance.posting import posted_from
from workflow.requests import person_of
from workflow.rounds.actions import ask_to_close, close_round, withdraw_round
from workflow.rounds.chasing import extend_answer, extend_round, remind
from workflow.rounds.forms import ExtendForm, MoreForm, WithdrawForm
from workflow.rounds.more import ask_more, not_asked
from workflow.rounds.selectors import answer_of
from workflow.rounds.views.frame import act_page, readable_round, refuse_strangers
from workflow.rounds.words import WORDS
from workflow.vocabulary import AnswerState, RoundKind

LONGEST_ID = 18
"""Digits of an id that may be one."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """Ask whether the round is to be closed, and close it."""
    held, actor = readable_round(request, round_id), person_of(request)
    return act_page(
        request,
        held,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda: close_round(held.pk, actor=actor),
        refused=lambda: ask_to_close(held.satsning, held, actor),
        done=WORDS[RoundKind(held.kind)].closed,
        shown={"waiting": [one for one in held.answers.all() if one.state == AnswerState.VANTAR]},
        template="rounds/close.html",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """Take the question back, with a reason."""
    held, actor = readable_round(request, round_id), person_of(request)
    words = WORDS[RoundKind(held.kind)]
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    return act_page(
        request,
        held,
        form,
        lambda: withdraw_round(held.pk, actor=actor, reason=form.cleaned_data["reason"]),
        refused=lambda: ask_to_close(held.satsning, held, actor),
        done=words.withdrawn,
        shown={
            "heading": f"Dra tillbaka {words.thing}",
            "button": "Dra tillbaka",
            "danger": True,
            "lines": (
                "Ingen kan svara längre, och de svar som har kommit in räknas inte.",
                "Svaren finns kvar att läsa, eftersom de är inkomna handlingar.",
                "Vill ni att svaren ska räknas stänger ni i stället.",
            ),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """Give everybody who has not answered longer time."""
    held, actor = readable_round(request, round_id), person_of(request)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    return act_page(
        request,
        held,
        form,
        lambda: extend_round(held.pk, actor=actor, **form.cleaned_data),
        refused=lambda: ask_to_close(held.satsning, held, actor),
        done="De som inte har svarat har fått längre tid.",
        shown={
            "heading": f"Ge längre tid att svara på {words_of(held.kind)}",
            "button": "Ge längre tid",
            "lines": (f"Sista svarsdag är {held.deadline.isoformat()} nu. Den nya gäller alla som inte har svarat.",),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend_one_page(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Give one receiver longer time."""
    answer, actor = answer_of(answer_id), person_of(request)
    refuse_strangers(request, answer.round.satsning)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    return act_page(
        request,
        answer.round,
        form,
        lambda: extend_answer(answer.pk, actor=actor, **form.cleaned_data),
        refused=lambda: ask_to_close(answer.round.satsning, answer.round, actor),
        done=f"{answer.receiver} har fått längre tid.",
        shown={
            "heading": f"Ge {answer.receiver} längre tid",
            "button": "Ge längre tid",
            "lines": (f"Sista svarsdag för {answer.receiver} är {answer.deadline.isoformat()} nu.",),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def more_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """Ask more receivers."""
    held, actor = readable_round(request, round_id), person_of(request)
    form = MoreForm(request.POST if request.method == "POST" else None, receivers=not_asked(held.satsning, held))
    return act_page(
        request,
        held,
        form,
        lambda: ask_more(held.pk, actor=actor, receivers=form.cleaned_data["receivers"]),
        refused=lambda: ask_to_close(held.satsning, held, actor),
        done="Frågan är skickad till fler.",
        shown={
            "heading": f"Skicka {words_of(held.kind)} till fler",
            "button": "Skicka",
            "lines": (
                f"De får samma frågor och samma underlag som de andra, och svarar senast {held.deadline.isoformat()}.",
            ),
        },
    )


def words_of(kind: str) -> str:
    """Return what a kind of round is called in the middle of a sentence."""
    return WORDS[RoundKind(kind)].thing


@login_required
@posted_from("runda", "round_id")
def remind_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """Remind one receiver, or everybody who has not answered and has not been reminded today."""
    held = readable_round(request, round_id)
    chosen = request.POST.get("svar", "")
    is_id = chosen.isascii() and chosen.isdecimal() and len(chosen) <= LONGEST_ID
    ids = ([int(chosen)] if is_id else [0]) if chosen else None
    reminded = remind(held.pk, actor=person_of(request), answer_ids=ids)
    messages.success(request, f"Påminnelse till {', '.join(answer.receiver for answer in reminded)}.")
    return redirect(held)
