"""The page on which several bodies are asked at once."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from governance.forms.rows import silence
from governance.models import Body
from governance.permissions import today
from satsningar.models import Satsning
from workflow.deadlines.due import proposed_deadline
from workflow.errors import Invalid, Refusal
from workflow.forms.refusals import add_refusal
from workflow.requests import person_of, viewer_of
from workflow.rights import path_of
from workflow.rounds.actions import ask_to_open, open_round
from workflow.rounds.forms import ROWS, OpenForm, QuestionSet
from workflow.rounds.selectors import possible_receivers, unconfirmed
from workflow.rounds.views.frame import refusal_of
from workflow.rounds.words import WORDS
from workflow.selectors.cases import readable_case, title_of
from workflow.vocabulary import RoundKind

USUAL_TIME = timedelta(days=21)
"""How long the receivers have when nobody says otherwise."""
ROWS_FIELD = "questions"
"""What the act calls the list of questions."""
LONGEST_COUNT = 4
"""Digits in the number of rows."""


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
        initial=_initial(satsning, slag, possible),
    )
    if request.method != "POST":
        return _shown(request, satsning, slag, form, QuestionSet(prefix=ROWS), possible=possible)
    if _changes_rows(request):
        silence(form)
        return _shown(
            request, satsning, slag, form, QuestionSet(initial=_typed(request), prefix=ROWS), possible=possible
        )
    questions = QuestionSet(request.POST, prefix=ROWS)
    # Both are asked, so that everything that is wrong is said at once.
    if all([form.is_valid(), questions.is_valid()]):
        sent = form.cleaned_data
        try:
            held = open_round(satsning.pk, slag, actor=person_of(request), questions=questions.questions, **sent)
        except Invalid as refusal:
            _say(refusal, form, questions)
        else:
            messages.success(request, WORDS[slag].sent)
            return redirect(held)
    return _shown(request, satsning, slag, form, questions, possible=possible, status=422)


def _asking(request: HttpRequest, satsning: Satsning, kind: RoundKind) -> list[int]:
    """Return the body that would ask, which is not among those to ask."""
    try:
        return [ask_to_open(satsning, kind, person_of(request)).body_id]
    except Refusal:
        return []


def _initial(satsning: Satsning, kind: RoundKind, possible: list[Body]) -> dict[str, Any]:
    chosen: list[Body] = []
    if kind == RoundKind.RESURSBEKRAFTELSE:
        chosen = unconfirmed(satsning, possible)
    return {
        "purpose": WORDS[kind].purpose,
        "deadline": proposed_deadline(path_of(satsning), kind) or today() + USUAL_TIME,
        "receivers": [body.pk for body in chosen],
    }


def _changes_rows(request: HttpRequest) -> bool:
    return f"lagg_till_{ROWS}" in request.POST or any(name.startswith(f"ta_bort_{ROWS}-") for name in request.POST)


def _typed(request: HttpRequest) -> list[dict[str, str]]:
    """Return the questions as they were typed, with the one that a button adds or without the one it takes away."""
    data = request.POST
    said = data.get(f"{ROWS}-TOTAL_FORMS", "")
    total = int(said) if said.isascii() and said.isdecimal() and len(said) < LONGEST_COUNT else 0
    rows = [
        {name: data.get(f"{ROWS}-{number}-{name}", "") for name in ("text", "part")}
        for number in range(total)
        if f"ta_bort_{ROWS}-{number}" not in data and f"{ROWS}-{number}-DELETE" not in data
    ]
    return [*rows, {}] if f"lagg_till_{ROWS}" in data else rows


def _say(refusal: Invalid, form: OpenForm, questions: QuestionSet) -> None:
    """Put what the act refused at the fields and questions it is about."""
    rows = {f"{ROWS_FIELD}-{number}": row for number, row in enumerate(questions.kept())}
    for name, sentences in refusal.errors.items():
        if name in rows:
            for sentence in sentences:
                rows[name].add_error("text", sentence)
        elif name == ROWS_FIELD:
            questions.non_form_errors().extend(sentences)
        else:
            add_refusal(form, Invalid({name: sentences}))


def _shown(  # noqa: PLR0913 - what the page is made of
    request: HttpRequest,
    satsning: Satsning,
    kind: RoundKind,
    form: OpenForm,
    questions: QuestionSet,
    *,
    possible: list[Body],
    status: int = 200,
) -> HttpResponse:
    title = title_of(satsning.pk)
    context = {
        "form": form,
        "questions": questions,
        "satsning": satsning,
        "title": title,
        "words": WORDS[kind],
        "nobody": not possible,
        "crumbs": [(reverse("satsning", args=[satsning.pk]), title)],
        "refusal": refusal_of(lambda: ask_to_open(satsning, kind, person_of(request))),
    }
    return render(request, "rounds/open.html", context, status=status)
