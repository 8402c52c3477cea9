"""The pages on which a round is read: what was asked, what has come in, and the answers put together."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.permissions import today
from workflow.links import address
from workflow.overview.sheets import as_csv, as_xlsx
from workflow.papers.docx import DOCX, as_docx
from workflow.papers.naming import file_name, sent
from workflow.papers.pdf import as_pdf
from workflow.requests import viewer_of
from workflow.rights import Viewer, station_of
from workflow.rounds.compiled import Compilation, compiled
from workflow.rounds.models import Round
from workflow.rounds.paper import COLUMNS, lines_of, paper_of
from workflow.rounds.rights import answering_standing, closing_standing
from workflow.rounds.views.frame import frame, readable_round
from workflow.rounds.words import state_of
from workflow.vocabulary import AnswerState

PDF = "application/pdf"
MORE = ", svar"


@login_required
@require_safe
def round_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """Show what was asked, the answers side by side, and what is waited for."""
    held = readable_round(request, round_id)
    who, found = viewer_of(request), compiled(held)
    context = frame(held) | {
        "found": found,
        "state": state_of(held),
        "given": _given(who, found),
        "waiting": _waiting(who, found),
        "silent": [one for one in found.missing if one.state != AnswerState.VANTAR],
        "steers": held.is_open and closing_standing(who, held.satsning, held) is not None,
        "revision_url": address("revision", held.satsning_id, held.revision.number),
    }
    return render(request, "rounds/round.html", context | {"crumbs": context["crumbs"][:1]})


def _given(who: Viewer, found: Compilation) -> list[dict[str, Any]]:
    """Return the answers that have come in, each with what it says of every question."""
    goes_on = not station_of(found.held.satsning).is_final
    return [
        {
            "answer": answer,
            "whole": opinions[0],
            "replies": [
                (asked, said) for asked, said in zip(found.questions, opinions[1:], strict=True) if said.stance
            ],
            "may_add": goes_on and answering_standing(who, answer.body) is not None,
        }
        for answer, opinions in found.matrix
        if answer.is_given
    ]


def _waiting(who: Viewer, found: Compilation) -> list[dict[str, Any]]:
    """Return the receivers who are waited for, with when they were last reminded."""
    day = today()
    rows = []
    for answer in found.missing:
        if answer.state == AnswerState.VANTAR:
            days = [one.day for one in answer.reminders.all() if not one.is_further]
            further = [one.day for one in answer.reminders.all() if one.is_further]
            rows.append(
                {
                    "answer": answer,
                    "mine": answering_standing(who, answer.body) is not None,
                    "late": answer.is_overdue(day),
                    "longer": answer.deadline != found.held.deadline,
                    "reminded": days[-1] if days else None,
                    "further": further[-1] if further else None,
                    "may_remind": day not in days,
                }
            )
    return rows


@login_required
@require_safe
def compiled_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """Show the answers put together: who answered what, per question and per part."""
    held = readable_round(request, round_id)
    context = frame(held) | {"found": compiled(held), "state": state_of(held)}
    return render(request, "rounds/compiled.html", context)


@login_required
@require_safe
def export(request: HttpRequest, round_id: int, ending: str) -> HttpResponseBase:
    """Give the answers put together as a file."""
    held = readable_round(request, round_id)
    found = compiled(held)
    if ending in {"xlsx", "csv"}:
        name = f"svar-{held.kind}-{held.pk}"
        return as_xlsx(name, "Svar", COLUMNS, lines_of(found)) if ending == "xlsx" else _csv(name, found)
    return _document(held, found, ending)


def _csv(name: str, found: Compilation) -> HttpResponseBase:
    return as_csv(name, COLUMNS, lines_of(found))


def _document(held: Round, found: Compilation, ending: str) -> HttpResponse:
    paper = paper_of(found, frame(held)["title"])
    if ending == "pdf":
        return sent(as_pdf(paper), PDF, file_name(paper, "pdf", more=MORE))
    if ending == "docx":
        return sent(as_docx(paper), DOCX, file_name(paper, "docx", more=MORE))
    raise Http404
