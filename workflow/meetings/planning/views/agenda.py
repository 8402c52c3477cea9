"""The agenda's own page, where it is ordered and given its times, and the buttons that put a case on an agenda."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from governance.posting import posted_from
from workflow.decisions import open_anmalan
from workflow.errors import Invalid, NoMandate
from workflow.meetings.acts import StaleMeeting
from workflow.meetings.models import Meeting
from workflow.meetings.planning.agenda import add_case
from workflow.meetings.planning.arranging import Arrangement, arrange
from workflow.meetings.planning.kallelse import title_of
from workflow.meetings.planning.keeper import is_open_agenda, who_plans
from workflow.meetings.planning.matters.selectors import waiting_for_agenda
from workflow.meetings.planning.selectors import BACKLOG_SHOWN, Agenda, agenda_of, backlog_of
from workflow.meetings.planning.views.common import PROBLEM, STALE, edition_of, frame, kept_meeting, told
from workflow.meetings.rights import keeping
from workflow.meetings.selectors import readable_meeting
from workflow.requests import person_of, viewer_of
from workflow.selectors.cases import readable_case

LONGEST_NUMBER = 9
Errors = dict[str, list[str]]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show an agenda; its keeper orders it, gives times, and finds what waits for a place on it."""
    found = readable_meeting(viewer_of(request), meeting_id)
    if request.method != "POST":
        return _shown(request, found)
    if keeping(viewer_of(request), found.body) is None:
        raise NoMandate(who_plans(found.body))
    wanted, errors = read_arrangement(request.POST)
    if errors:
        return _shown(request, found, errors=errors, status=PROBLEM)
    try:
        arrange(found.pk, wanted, actor=person_of(request), expected_edition=edition_of(request))
    except StaleMeeting as refusal:
        return _shown(request, readable_meeting(viewer_of(request), meeting_id), stale=str(refusal), status=STALE)
    except Invalid as refusal:
        return _shown(request, found, errors=refusal.errors, status=PROBLEM)
    moved = next((f"?upp={wanted.step_up}" for _ in (1,) if wanted.step_up), "")
    moved = moved or (f"?ner={wanted.step_down}" if wanted.step_down else "")
    if not moved:
        messages.success(request, "Ordning och tider är sparade.")
    return redirect(reverse("dagordning", args=[found.pk]) + moved)


def read_arrangement(posted: Mapping[str, Any]) -> tuple[Arrangement, Errors]:
    """Return what the agenda's form asks for, and a sentence for each field that cannot be read.

    A row's fields come with what they were shown with (`hade-`, `sag-`); one that was left as it was asks for nothing.
    """
    durations: dict[int, int | None] = {}
    places: dict[int, int] = {}
    errors: Errors = {}
    for name in posted:
        field, _, key = name.partition("-")
        if field not in {"tid", "plats"} or _number(key) is None:
            continue
        said = str(posted[name]).strip()
        if said == str(posted.get(("hade-" if field == "tid" else "sag-") + key, "")).strip():
            continue
        number = _number(said)
        if field == "tid" and (number is not None or not said):
            durations[int(key)] = number
        elif field == "plats" and number:
            places[int(key)] = number
        else:
            what = "tiden i minuter" if field == "tid" else "platsen som ett tal från 1"
            errors[name] = [f"Skriv {what}."]
    up, down = _number(posted.get("upp", "")), _number(posted.get("ner", ""))
    return Arrangement(durations=durations, places=places, step_up=up, step_down=down), errors


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST_NUMBER else None


def _shown(
    request: HttpRequest, found: Meeting, *, errors: Errors | None = None, stale: str = "", status: int = 200
) -> HttpResponse:
    who = viewer_of(request)
    is_open = is_open_agenda(found)
    keeps = is_open and keeping(who, found.body) is not None
    shown = agenda_of(who, found)
    context = frame(found) | {
        "agenda": shown,
        "keeps": keeps,
        "rows": _rows(request, shown, errors or {}) if keeps else [],
        "errors": [
            {"target": f"id_{name}", "label": "", "message": message}
            for name, messages_ in (errors or {}).items()
            for message in messages_
        ],
        "has_errors": bool(errors or stale),
        "stale": stale,
        "since": told(found, request) if stale else None,
        "backlog": backlog_of(found.body) if keeps else [],
        "matters": waiting_for_agenda(found.body_id)[:BACKLOG_SHOWN] if keeps else [],
        "lacks_time": sum(row.number is not None and row.item.duration is None for row in shown.rows),
    }
    return render(request, "moten/planning/dagordning.html", context, status=status)


def _rows(request: HttpRequest, shown: Agenda, errors: Errors) -> list[dict[str, Any]]:
    """Return the agenda's rows with what stands in their fields: what was typed, where it differed from what stood."""
    posted, rows, section = request.POST, [], None
    for row in shown.rows:
        key = row.item.pk
        values = {"tid": "" if row.item.duration is None else str(row.item.duration), "plats": str(row.number or "")}
        had = {"tid": values["tid"], "plats": values["plats"]}
        for field, seen in (("tid", "hade"), ("plats", "sag")):
            typed = posted.get(f"{field}-{key}")
            if typed is not None and typed != posted.get(f"{seen}-{key}", ""):
                values[field] = typed
        rows.append(
            {
                "row": row,
                "item": row.item,
                "section": row.item.section if row.item.section != section else None,
                "minutes": values["tid"],
                "had_minutes": had["tid"],
                "place": values["plats"],
                "had_place": had["plats"],
                "minutes_error": " ".join(errors.get(f"tid-{key}", [])),
                "place_error": " ".join(errors.get(f"plats-{key}", [])),
                "focus": _focus(request, row.item.pk, is_first=row.is_first, is_last=row.is_last),
            }
        )
        section = row.item.section
    return rows


def _focus(request: HttpRequest, key: int, *, is_first: bool, is_last: bool) -> str:
    """Return which button of a row takes focus: the one just pressed, or the other where the item can go no further."""
    if request.GET.get("upp") == str(key):
        return "ner" if is_first else "upp"
    if request.GET.get("ner") == str(key):
        return "upp" if is_last else "ner"
    return ""


@login_required
@posted_from("dagordning", "meeting_id")
def put(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Put a case of the body's backlog on this meeting's agenda."""
    found = kept_meeting(request, meeting_id)
    anmalan_id = _number(request.POST.get("anmalan", "")) or 0
    try:
        item = add_case(found.pk, anmalan_id, actor=person_of(request), expected_edition=edition_of(request))
    except StaleMeeting as refusal:
        return _shown(request, readable_meeting(viewer_of(request), meeting_id), stale=str(refusal), status=STALE)
    say_put(request, item.title, late=item.is_late)
    return redirect("dagordning", found.pk)


@login_required
@posted_from("satsning", "satsning_id")
def put_case(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Put a case on the agenda of a meeting that is chosen on the case's page."""
    satsning = readable_case(viewer_of(request), satsning_id)
    anmalan = open_anmalan(satsning)
    meeting_id = _number(request.POST.get("mote", ""))
    if anmalan is None or meeting_id is None:
        raise Http404
    found = kept_meeting(request, meeting_id)
    item = add_case(found.pk, anmalan.pk, actor=person_of(request))
    say_put(request, f"{title_of(found)}: {item.title}", late=item.is_late)
    return redirect(reverse("satsning", args=[satsning.pk]) + "#anmald")


def say_put(request: HttpRequest, what: str, *, late: bool) -> None:
    """Tell the person that something stands on an agenda now, and whether it came late."""
    if late:
        messages.warning(request, f"{what} står på dagordningen, som sent anmäld. Mötet avgör om punkten tas upp.")
    else:
        messages.success(request, f"{what} står på dagordningen.")
