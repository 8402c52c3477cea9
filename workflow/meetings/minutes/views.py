"""The pages of minutes: reading them, what the secretary writes beside the facts, and drawing them up."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.posting import posted_from
from workflow.errors import Invalid
from workflow.forms.refusals import add_refusal
from workflow.meetings.minutes.actions import TextChanged, draw_up, save_text
from workflow.meetings.minutes.content import from_json
from workflow.meetings.minutes.differing import differences, is_outdated
from workflow.meetings.minutes.documents import hidden_items, paper_of, pdf_of, rectifications_pdf, rectified
from workflow.meetings.minutes.forms import TextForm
from workflow.meetings.minutes.gathering import paragraphs_of
from workflow.meetings.minutes.reminding import to_remind
from workflow.meetings.minutes.selectors import meeting_with_minutes, text_item, versions_of
from workflow.meetings.minutes.showing import answer_rows, answered, frame, state_of, under
from workflow.meetings.models import Meeting, Paragraf, Protokoll
from workflow.meetings.rights import keeping, mark_of, may_read_meeting, may_read_secret
from workflow.meetings.vocabulary import JusteringState, MeetingState
from workflow.papers.docx import DOCX, as_docx
from workflow.papers.html import as_html
from workflow.papers.naming import file_name, sent
from workflow.requests import person_of, viewer_of
from workflow.rights import Viewer
from workflow.views.conflicts import expected_version, number_posted, takes_theirs

PDF = "application/pdf"
LONGEST_NUMBER = 5


def _versions(request: HttpRequest, meeting: Meeting) -> tuple[list[Protokoll], Protokoll | None]:
    """Return the versions that the person may see, the newest first, and the one that is asked for.

    Whoever does not read the meeting itself sees what is adjusted alone.

    Raises:
        Http404: there is no such version.

    """
    found = versions_of(meeting)
    if not may_read_meeting(viewer_of(request), meeting):
        found = [one for one in found if one.locked_at]
    asked = request.GET.get("version", "")
    if not asked:
        return found, found[0] if found else None
    is_number = asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST_NUMBER
    chosen = [one for one in found if is_number and one.number == int(asked)]
    if not chosen:
        raise Http404
    return found, chosen[0]


def _readable(request: HttpRequest, meeting_id: int) -> tuple[Meeting, list[Protokoll], Protokoll]:
    """Return a meeting whose minutes the person may read, their versions, and the one that is asked for.

    Raises:
        Http404: there is none.

    """
    meeting = meeting_with_minutes(viewer_of(request), meeting_id)
    versions, chosen = _versions(request, meeting)
    if chosen is None:
        raise Http404
    return meeting, versions, chosen


@login_required
@require_safe
def minutes_page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show the minutes, how far they have come, and what the person may do about them."""
    who = viewer_of(request)
    meeting = meeting_with_minutes(who, meeting_id)
    versions, chosen = _versions(request, meeting)
    newest = versions[0] if versions else None
    keeps = keeping(who, meeting.body) is not None
    is_open = meeting.state == MeetingState.AVSLUTAT
    state, colour = state_of(meeting, newest)
    answers = list(newest.justeringar.all()) if newest else []
    waits = [one for one in answers if one.state == JusteringState.VANTAR]
    rows = paragraphs_of(meeting) if keeps else []
    context = frame(meeting) | {
        "versions": versions,
        "chosen": chosen,
        "newest": newest,
        "state": state,
        "color": colour,
        "answers": answer_rows(newest, hides=_hides_answers(who, meeting, newest)),
        "is_open": is_open,
        "may_draw_up": keeps and is_open,
        "may_send": keeps and is_open and newest is not None and newest.process_id is None,
        "is_outdated": keeps and is_open and newest is not None and is_outdated(meeting, newest),
        "is_waited_for": keeps and is_open and bool(waits),
        "may_remind": keeps and is_open and bool(to_remind(waits, who.person_id)),
        "may_rectify": keeps and newest is not None and newest.locked_at is not None,
        "may_answer": is_open and any(one.membership.person_id == who.person_id for one in waits),
        "paragraphs": _texts(rows) if is_open else [],
        "marks": _marks(rows),
    }
    if chosen is not None:
        context |= _document(request, meeting, chosen, is_current=chosen == newest)
    return render(request, "moten/minutes/protokoll.html", context)


def _texts(rows: Iterable[Paragraf]) -> list[dict[str, Any]]:
    return [
        {
            "label": row.label,
            "title": row.item.title,
            "url": reverse("protokoll_text", args=[row.item.meeting_id, row.item_id]),
            "is_written": bool(row.item.minutes_text),
        }
        for row in rows
    ]


def _marks(rows: Iterable[Paragraf]) -> list[dict[str, str]]:
    """Return each paragraph with its secrecy mark as it is now, for who may set one."""
    return [
        {
            "name": f"{row.label} {row.item.title}",
            "mark": mark_of(row.item),
            "url": reverse("protokoll_sekretess", args=[row.item.meeting_id, row.item_id]),
        }
        for row in rows
    ]


def _hides_answers(who: Viewer, meeting: Meeting, newest: Protokoll | None) -> bool:
    """Tell whether what adjusters want corrected is hidden: it may be about a matter that the person may not see."""
    if newest is None or not any(one.text for one in newest.justeringar.all()):
        return False
    secret = may_read_secret(who, meeting)
    return bool(hidden_items(from_json(newest.content), meeting.pk, reads_secret=secret))


def _document(request: HttpRequest, meeting: Meeting, chosen: Protokoll, *, is_current: bool) -> dict[str, Any]:
    secret = may_read_secret(viewer_of(request), meeting)
    paper, hidden = paper_of(chosen, reads_secret=secret, is_current=is_current)
    asked = f"?version={chosen.number}"
    return {
        "paper": paper,
        "facts": as_html((paper.facts,)),
        "body": as_html(paper.blocks),
        "rectified": rectified(chosen.rattelser.all(), hidden),
        "pdf_url": reverse("protokoll_pdf", args=[meeting.pk]) + asked,
        "docx_url": reverse("protokoll_docx", args=[meeting.pk]) + asked,
    }


@login_required
@require_safe
def pdf(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Give a version of the minutes as PDF."""
    meeting, versions, chosen = _readable(request, meeting_id)
    secret, current = may_read_secret(viewer_of(request), meeting), chosen == versions[0]
    paper, _ = paper_of(chosen, reads_secret=secret, is_current=current)
    made = pdf_of(chosen, reads_secret=secret, is_current=current)
    return sent(made, PDF, file_name(paper, "pdf", more=f", version {chosen.number}"))


@login_required
@require_safe
def docx(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Give a version of the minutes as DOCX."""
    meeting, versions, chosen = _readable(request, meeting_id)
    secret = may_read_secret(viewer_of(request), meeting)
    paper, _ = paper_of(chosen, reads_secret=secret, is_current=chosen == versions[0])
    return sent(as_docx(paper), DOCX, file_name(paper, "docx", more=f", version {chosen.number}"))


@login_required
@require_safe
def rectifications(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Give the sheet of corrections as PDF."""
    meeting, _, chosen = _readable(request, meeting_id)
    secret = may_read_secret(viewer_of(request), meeting)
    made = rectifications_pdf(chosen, chosen.rattelser.all(), reads_secret=secret)
    if made is None:
        raise Http404
    paper, _ = paper_of(chosen, reads_secret=secret)
    return sent(made, PDF, file_name(paper, "pdf", more=", rättelser"))


@login_required
@require_safe
def difference_page(request: HttpRequest, meeting_id: int, number: int) -> HttpResponse:
    """Show what a version changes of the one before."""
    meeting = meeting_with_minutes(viewer_of(request), meeting_id)
    versions, _ = _versions(request, meeting)
    by_number = {one.number: one for one in versions}
    if number not in by_number or number - 1 not in by_number:
        raise Http404
    old, new = (from_json(by_number[one].content) for one in (number - 1, number))
    secret = may_read_secret(viewer_of(request), meeting)
    hidden = {*hidden_items(old, meeting.pk, reads_secret=secret), *hidden_items(new, meeting.pk, reads_secret=secret)}
    context = under(meeting) | {"rows": differences(old, new, hidden), "number": number, "before": number - 1}
    return render(request, "moten/minutes/skillnad.html", context)


@login_required
@posted_from("protokoll", "meeting_id")
def draw_up_page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Draw the minutes up."""
    meeting = meeting_with_minutes(viewer_of(request), meeting_id)

    def act() -> HttpResponse:
        made = draw_up(meeting.pk, actor=person_of(request), expected_edition=number_posted(request, "edition"))
        messages.success(request, f"Version {made.number} av protokollet är upprättad.")
        return redirect("protokoll", meeting.pk)

    return answered(request, meeting, act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def text_page(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Write what is added to the minutes of one item."""
    who = viewer_of(request)
    meeting = meeting_with_minutes(who, meeting_id)
    if keeping(who, meeting.body) is None:
        raise Http404
    item = text_item(meeting, item_id)
    if takes_theirs(request):
        return redirect("protokoll_text", meeting.pk, item.pk)
    form = TextForm(request.POST if request.method == "POST" else None, initial={"text": item.minutes_text})
    context = under(meeting) | {"form": form, "item": item, "version": item.minutes_edition}
    status = 200
    if request.method == "POST":
        status, context["version"] = 422, request.POST.get("version", "")
        if form.is_valid():
            text = form.cleaned_data["text"]
            try:
                save_text(item.pk, text, actor=person_of(request), expected=expected_version(request))
            except Invalid as refusal:
                add_refusal(form, refusal)
            except TextChanged as conflict:
                status = conflict.status
                context["conflict"] = {"rows": [{"label": "Text", "mine": text, "theirs": conflict.text}]}
                context["conflict_version"] = conflict.edition
            else:
                messages.success(request, f"Texten till {item.paragraf.label} är sparad.")
                return redirect(reverse("protokoll", args=[meeting.pk]) + "#texter")
    return render(request, "moten/minutes/text.html", context, status=status)
