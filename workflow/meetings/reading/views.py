"""The pages of reading: a matter a page, where to begin, the mark that it is read, and the reader's own notes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from governance.posting import posted_from
from satsningar.errors import Conflict
from workflow.errors import Invalid
from workflow.forms.refusals import add_refusal
from workflow.meetings.models import Meeting
from workflow.meetings.papers.tabled import previous_of, tabled_of
from workflow.meetings.planning.selectors import HIDDEN_TITLE
from workflow.meetings.planning.views.common import frame
from workflow.meetings.reading import matter as showing
from workflow.meetings.reading.actions import mark_read, save_note
from workflow.meetings.reading.copies import may_be_kept
from workflow.meetings.reading.forms import NoteForm
from workflow.meetings.reading.selectors import (
    Course,
    Line,
    Reading,
    course_of,
    first_unread,
    lines_of,
    note_of,
    notes_of,
    represented,
)
from workflow.meetings.reading.standing import changes_by_itself, content_of
from workflow.meetings.selectors import readable_meeting
from workflow.requests import is_autosave, person_of, viewer_of
from workflow.rights import Viewer
from workflow.views.conflicts import expected_version, number_posted, takes_theirs

ELSEWHERE = "Inte sparat: anteckningen är ändrad på en annan enhet."


@login_required
@require_safe
def matter(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Show one matter: first a screen of what it is about, then the whole."""
    who = viewer_of(request)
    meeting = readable_meeting(who, meeting_id)
    course = course_of(who, meeting, item_id)
    return _matter(request, who, meeting, course)


def _matter(request: HttpRequest, who: Viewer, meeting: Meeting, course: Course, **more: Any) -> HttpResponse:
    line, status = course.line, more.pop("status", 200)
    context = _frame(meeting, course)
    if line.is_hidden:
        return render(request, "moten/reading/punkt.html", context, status=status)
    saved = note_of(who.person_id, line.item.pk)
    note = {
        "form": NoteForm(initial={"text": saved.text if saved else ""}),
        "version": saved.version if saved else 0,
        "saved": timezone.localtime(saved.saved_at) if saved and saved.text else None,
    }
    keeps = not line.is_secret and not changes_by_itself(line.item)
    context |= _papers(who, meeting, line) | {"note": note | more, "keeps_copy": keeps}
    response = render(request, "moten/reading/punkt.html", context, status=status)
    return may_be_kept(request, response) if keeps and request.method == "GET" and status == 200 else response  # noqa: PLR2004


def _frame(meeting: Meeting, course: Course) -> dict[str, Any]:
    return frame(meeting) | {
        "course": course,
        "line": course.line,
        "item": course.line.item,
        "hidden_title": HIDDEN_TITLE,
        "title": HIDDEN_TITLE if course.line.is_hidden else course.line.item.title,
        "is_supplemented": course.line.state == Reading.KOMPLETTERAD,
        "is_read": course.line.state == Reading.LAST,
    }


def _papers(who: Viewer, meeting: Meeting, line: Line) -> dict[str, Any]:
    item = line.item
    tabled = tabled_of([item])[item.pk]
    previous = previous_of([tabled]).get(tabled.satsning_id or 0)
    return {
        "tabled": tabled,
        "recommended": showing.recommended(tabled),
        "shares": showing.shares_of(tabled, represented(who, meeting.body_id) if tabled.parts else ()),
        "changed_names": showing.changed_names(tabled),
        "changes": showing.changes_of(tabled, previous),
        "before_title": f"Revision {tabled.last_revision}",
        "after_title": f"Revision {tabled.revision_number}",
        "whole": showing.whole_of(tabled),
        "files": showing.files_of(who, item, tabled),
        "paper_number": vars(item)["paper_number"],
        **content_of(who, meeting, item),
    }


@login_required
@require_safe
def start(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Go to the first matter that the person has not read, or to the first."""
    who = viewer_of(request)
    meeting = readable_meeting(who, meeting_id)
    lines = [one for one in lines_of(who, meeting) if one.has_papers]
    target = first_unread(lines) or next(iter(lines), None)
    if target is None:
        messages.info(request, "Det finns inga handlingar att läsa till mötet.")
        return redirect("mote", meeting.pk)
    return redirect("las_punkt", meeting.pk, target.item.pk)


@login_required
@posted_from("las_punkt", "meeting_id", "item_id")
def read(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Mark a matter as read by the person."""
    meeting = readable_meeting(viewer_of(request), meeting_id)
    _of(meeting, item_id)
    mark_read(item_id, number=number_posted(request, "underlag"), actor=person_of(request))
    if is_autosave(request):
        return JsonResponse({"saved": f"{timezone.localtime():%H.%M}"})
    messages.success(request, "Punkten är markerad som läst.")
    return redirect("las_punkt", meeting.pk, item_id)


def _of(meeting: Meeting, item_id: int) -> None:
    """Refuse an item of another meeting.

    Raises:
        Http404: it is no item of the meeting.

    """
    if not meeting.items.filter(pk=item_id).exists():
        raise Http404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Save the person's own note on a matter; it is written on the matter's page."""
    who = viewer_of(request)
    meeting = readable_meeting(who, meeting_id)
    course = course_of(who, meeting, item_id)
    if request.method != "POST" or takes_theirs(request):
        return redirect("las_punkt", meeting.pk, item_id)
    form, expected = NoteForm(request.POST), expected_version(request)
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            version = save_note(item_id, text, actor=person_of(request), expected=expected)
        except Conflict as found:
            return _changed_elsewhere(request, who, meeting, course, found)
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            if is_autosave(request):
                return JsonResponse({"saved": f"{timezone.localtime():%H.%M}", "version": version})
            messages.success(request, "Anteckningen är sparad.")
            return redirect("las_punkt", meeting.pk, item_id)
    if is_autosave(request):
        return JsonResponse({"errors": form.errors}, status=422)
    return _matter(request, who, meeting, course, form=form, version=expected, status=422)


def _changed_elsewhere(
    request: HttpRequest, who: Viewer, meeting: Meeting, course: Course, found: Conflict
) -> HttpResponse:
    """Show both texts, of this device and the other; nothing is overwritten."""
    mine = request.POST.get("text", "")
    context = {"mine": mine, "theirs": found.current["text"], "version": found.version}
    if is_autosave(request):
        html = render_to_string("moten/reading/konflikt.html", context, request)
        return JsonResponse({"html": html, "message": ELSEWHERE}, status=409)
    form = NoteForm(request.POST)
    version = request.POST.get("version", "")
    return _matter(request, who, meeting, course, form=form, version=version, conflict=context, status=409)


@login_required
@require_safe
def notes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show all notes that the person has made for the meeting, to read or print."""
    who = viewer_of(request)
    meeting = readable_meeting(who, meeting_id)
    lines = [one for one in lines_of(who, meeting) if not one.is_hidden]
    said = notes_of(person_of(request), [one.item for one in lines])
    rows = [{"line": one, "text": said[one.item.pk]} for one in lines if one.item.pk in said]
    return render(request, "moten/reading/anteckningar.html", frame(meeting) | {"rows": rows})
