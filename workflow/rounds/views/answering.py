"""The pages of those who are asked: answer, save in part, decline, hand over, add to an answer that is given."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from governance.models import Person
from governance.permissions import Holder
from governance.vocabulary import BodyKind
from satsningar.errors import Conflict
from satsningar.models import Revision
from satsningar.vocabulary import Kostnadsslag
from workflow.errors import Invalid
from workflow.forms.refusals import add_refusal
from workflow.links import address
from workflow.requests import is_autosave, person_of, viewer_of
from workflow.rounds.addenda import add_to_answer, ask_to_add
from workflow.rounds.answers import (
    answer_remiss,
    ask_to_answer,
    ask_to_hand_over,
    confirm_resources,
    decline,
    hand_over,
)
from workflow.rounds.drafts import draft_of, save_draft
from workflow.rounds.forms import AnswerForm, DeclineForm, HandOverForm, TextForm, initial_of
from workflow.rounds.inputs import DECLINES
from workflow.rounds.models import RoundAnswer, RoundDraft
from workflow.rounds.selectors import answer_of, answerers
from workflow.rounds.views.frame import act_page, frame, refusal_of, refuse_strangers
from workflow.views.conflicts import expected_version, takes_theirs
from workflow.vocabulary import RoundKind, Stance
from workflow.words import mid_sentence

SAVE = "spara"
"""The button that saves an answer without sending it."""
WRITTEN_SINCE = "En kollega har skrivit i svaret sedan du öppnade sidan. Läs det först, och avböj sedan om ni vill."


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Answer for a receiver: send the answer, or save what is written so far."""
    answer = _readable(request, answer_id)
    if request.method == "POST" and takes_theirs(request):
        return redirect("runda_svara", answer.pk)
    draft = draft_of(viewer_of(request), answer)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        kind=RoundKind(answer.round.kind),
        questions=answer.round.questions.all(),
        initial=initial_of(draft.content) if draft else {},
    )
    if request.method != "POST":
        return _form(request, answer, form, draft)
    if form.is_valid():
        try:
            return _save(request, answer, form) if _is_to_be_saved(request) else _send(request, answer, form)
        except Conflict as conflict:
            return _conflict(request, answer, form, conflict)
        except Invalid as refusal:
            add_refusal(form, refusal)
    if is_autosave(request):
        return JsonResponse({"errors": form.errors}, status=422)
    return _form(request, answer, form, draft, status=422)


def _readable(request: HttpRequest, answer_id: int) -> RoundAnswer:
    answer = answer_of(answer_id)
    refuse_strangers(request, answer.round.satsning)
    return answer


def _is_to_be_saved(request: HttpRequest) -> bool:
    return is_autosave(request) or SAVE in request.POST or "konflikt" in request.POST


def _save(request: HttpRequest, answer: RoundAnswer, form: AnswerForm) -> HttpResponse:
    kept = save_draft(answer.pk, form.reply, actor=person_of(request), expected_version=expected_version(request))
    if is_autosave(request):
        return JsonResponse({"saved": f"{timezone.localtime():%H.%M}", "version": kept.version})
    messages.success(request, "Det du har skrivit är sparat. Svaret är inte skickat än.")
    return redirect("runda_svara", answer.pk)


def _send(request: HttpRequest, answer: RoundAnswer, form: AnswerForm) -> HttpResponse:
    reply, actor, seen = form.reply, person_of(request), expected_version(request)
    if answer.round.kind != RoundKind.RESURSBEKRAFTELSE:
        answer_remiss(
            answer.pk, actor=actor, stance=reply.stance, text=reply.text, replies=reply.replies, seen_draft=seen
        )
    elif reply.stance == Stance.BEKRAFTAR:
        confirm_resources(
            answer.pk,
            actor=actor,
            text=reply.text,
            decision_date=reply.decision_date,
            decision_number=reply.decision_number,
            replies=reply.replies,
            seen_draft=seen,
        )
    elif reply.stance == DECLINES:
        decline(answer.pk, actor=actor, reason=reply.text, seen_draft=seen)
    else:
        ask_to_answer(answer.round.satsning, answer, actor)
        raise Invalid({"stance": ["Välj om ni bekräftar resurserna."]})
    messages.success(request, f"Svaret från {answer.receiver} är skickat.")
    return redirect(answer.round)


def _conflict(request: HttpRequest, answer: RoundAnswer, form: AnswerForm, conflict: Conflict) -> HttpResponse:
    """Show both texts of everything that differs, and ask which is to be kept."""
    context = {"rows": _differing(form, initial_of(conflict.current)), "version": conflict.version}
    if is_autosave(request):
        html = render_to_string("components/conflict.html", context, request)
        return JsonResponse({"html": html}, status=409)
    return _form(request, answer, form, None, status=409, conflict=context)


def _differing(form: AnswerForm, theirs: dict[str, Any]) -> list[dict[str, str]]:
    rows = []
    for name, field in form.fields.items():
        mine, saved = str(form.cleaned_data[name] or ""), str(theirs.get(name) or "")
        if mine != saved:
            words: dict[str, str] = dict(getattr(field, "choices", ()))
            rows.append({"label": str(field.label), "mine": words.get(mine, mine), "theirs": words.get(saved, saved)})
    return rows


def _form(  # noqa: PLR0913 - what the page is made of
    request: HttpRequest,
    answer: RoundAnswer,
    form: AnswerForm,
    draft: RoundDraft | None,
    *,
    status: int = 200,
    conflict: dict[str, Any] | None = None,
) -> HttpResponse:
    held, actor = answer.round, person_of(request)
    revision = Revision.objects.get(pk=held.revision_id)
    refusal = refusal_of(lambda: ask_to_answer(held.satsning, answer, actor))
    context = frame(held) | {
        "answer": answer,
        "own_body": mid_sentence(answer.body.name),
        "form": form,
        "draft": draft,
        "version": request.POST.get("version", "0") if request.method == "POST" else draft.version if draft else 0,
        "conflict": conflict,
        "refusal": refusal,
        "draft_lines": _lines(form, draft) if refusal and draft else [],
        "may_hand_over": not refusal_of(lambda: ask_to_hand_over(held.satsning, answer, actor))
        and bool(_successors(answer, actor)),
        "may_decline": held.kind != RoundKind.RESURSBEKRAFTELSE and not refusal,
        "revision": revision,
        "revision_url": address("revision", held.satsning_id, revision.number),
        "own": _own_lines(answer, revision),
    }
    return render(request, "rounds/answer.html", context, status=status)


def _lines(form: AnswerForm, draft: RoundDraft) -> list[dict[str, str]]:
    """Return what a colleague has written, for those of the body who do not write now."""
    said, lines = initial_of(draft.content), []
    for name, field in form.fields.items():
        words: dict[str, str] = dict(getattr(field, "choices", ()))
        text = str(said.get(name) or "")
        if text:
            lines.append({"label": str(field.label), "text": words.get(text, text)})
    return lines


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
def decline_page(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Say why a receiver does not answer."""
    answer, actor = _readable(request, answer_id), person_of(request)
    draft = draft_of(viewer_of(request), answer)
    form = DeclineForm(request.POST if request.method == "POST" else None, seen=draft.version if draft else 0)
    lost = ("Det ni har skrivit av ett svar tas bort.",) if draft else ()

    def act() -> None:
        try:
            decline(answer.pk, actor=actor, reason=form.cleaned_data["text"], seen_draft=form.seen)
        except Conflict:
            raise Invalid({"": [WRITTEN_SINCE]}) from None

    return act_page(
        request,
        answer.round,
        form,
        act,
        refused=lambda: ask_to_answer(answer.round.satsning, answer, actor),
        done=f"{answer.receiver} har avböjt att svara.",
        shown={
            "heading": "Avböj att svara",
            "about": f"För {answer.receiver}",
            "button": "Avböj att svara",
            "lines": ("Skälet blir en inkommen handling i ärendet och går inte att ändra när det är skickat.", *lost),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_page(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Add to an answer that is given."""
    answer, actor = _readable(request, answer_id), person_of(request)
    form = TextForm(
        request.POST if request.method == "POST" else None,
        label="Komplettering",
        missing="Skriv det ni vill lägga till.",
    )
    return act_page(
        request,
        answer.round,
        form,
        lambda: add_to_answer(answer.pk, actor=actor, text=form.cleaned_data["text"]),
        refused=lambda: ask_to_add(answer.round.satsning, answer, actor),
        done=f"Svaret från {answer.receiver} är kompletterat.",
        shown={
            "heading": "Komplettera svaret",
            "about": f"Svar från {answer.receiver}",
            "button": "Skicka kompletteringen",
            "lines": (
                "Det svar som har kommit in ändras inte. Det ni skriver här läggs till under det, med dagens datum.",
            ),
        },
    )


def _successors(answer: RoundAnswer, actor: Person) -> list[Holder]:
    """Return those whom the answer may be left to; nobody where only the actor answers, and has it already."""
    people = [one for one in answerers(answer.body) if one.person_id != answer.assigned_to_id]
    if answer.assigned_to_id is None and all(one.person_id == actor.pk for one in people):
        return []
    return people


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_page(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Leave an answer to a colleague, or take it over."""
    answer, actor = _readable(request, answer_id), person_of(request)
    people = _successors(answer, actor)
    form: forms.Form = HandOverForm(request.POST if request.method == "POST" else None, people=people)
    names = {str(one.person_id): one.name for one in people}
    name = names.get(form.data.get("to", ""), "") if form.is_bound else ""
    return act_page(
        request,
        answer.round,
        form,
        lambda: hand_over(answer.pk, actor=actor, to_id=form.cleaned_data["to"]),
        refused=lambda: ask_to_hand_over(answer.round.satsning, answer, actor),
        done=f"Svaret är överlämnat till {name}.",
        shown={"answer": answer, "people": people},
        template="rounds/hand_over.html",
    )
