"""The pages of extracts: what goes to whom from a meeting, the extract itself, and receiving it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.posting import posted_from
from workflow.errors import Invalid, NotFromHere, Refusal
from workflow.forms.refusals import add_refusal
from workflow.meetings.acts import StaleMeeting
from workflow.meetings.after.extracts import confirm_delivery, remind, send, send_all, who_keeps
from workflow.meetings.after.forms import ReceiveForm, ReceiversForm, SendForm
from workflow.meetings.after.paper import extract_paper
from workflow.meetings.after.receivers import bodies_of, decided_paragraphs, proposed_receivers, with_members
from workflow.meetings.after.rights import receiving
from workflow.meetings.after.selectors import (
    ParagraphRow,
    days_since,
    extract_for,
    extracts_of_meeting,
    homes_of,
    in_days,
    paragraph_rows,
    waiting_extracts,
)
from workflow.meetings.models import Meeting, Paragraf, Utdrag
from workflow.meetings.planning.views.common import crumbs_of
from workflow.meetings.reminding import may_remind
from workflow.meetings.rights import keeping, may_read_secret
from workflow.meetings.selectors import readable_meeting
from workflow.meetings.vocabulary import MeetingState
from workflow.papers.html import as_html
from workflow.papers.naming import file_name, sent
from workflow.papers.pdf import as_pdf
from workflow.papers.views import PDF
from workflow.requests import person_of, viewer_of
from workflow.rights import Viewer

PROBLEM = 422
PER_PAGE = 50
HIDDEN = "Ärende med sekretessmarkering"


def _rows(meeting: Meeting) -> list[ParagraphRow]:
    paragrafer = decided_paragraphs(meeting)
    proposed = proposed_receivers(paragrafer)
    gone = extracts_of_meeting(meeting)
    receivers = {one.receiver_id: one.receiver for rows in gone.values() for one in rows}
    return paragraph_rows(paragrafer, gone, proposed, with_members(receivers))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extracts_page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show where the extracts of a meeting are; send those that are proposed."""
    who = viewer_of(request)
    meeting = readable_meeting(who, meeting_id)
    form, status = None, 200
    if request.method == "POST":
        form = SendForm(request.POST)
        status = PROBLEM
        if form.is_valid():
            try:
                count = send_all(
                    meeting.pk,
                    form.cleaned_data["chosen"],
                    actor=person_of(request),
                    expected_edition=form.cleaned_data["edition"],
                )
            except Paragraf.DoesNotExist:
                raise Http404 from None
            except Invalid as refusal:
                add_refusal(form, refusal)
            except (StaleMeeting, NotFromHere) as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                what = "1 paragraf är expedierad" if count == 1 else f"{count} paragrafer är expedierade"
                messages.success(request, f"{what}. Mottagarna ser utdragen på Mitt arbete.")
                return redirect("utdrag_expediera", meeting.pk)
        meeting.refresh_from_db()
    return render(request, "moten/after/expediera.html", _shown(who, meeting, form), status=status)


def _shown(who: Viewer, meeting: Meeting, form: SendForm | None) -> dict[str, Any]:
    """Return what the page of a meeting's extracts shows; what is secret is shown to those who may see it."""
    rows = _rows(meeting)
    is_keeper = keeping(who, meeting.body) is not None
    is_open = meeting.state == MeetingState.JUSTERAT
    seen = [
        {
            "row": row,
            "title": HIDDEN if row.secret and not may_read_secret(who, meeting) else row.paragraf.item.title,
            "hidden": row.secret and not may_read_secret(who, meeting),
            "waiting": sum(one.utdrag.delivered_at is None for one in row.sent),
        }
        for row in rows
    ]
    sent_rows = [one for row in rows for one in row.sent]
    return {
        "meeting": meeting,
        "rows": seen,
        "form": form,
        "has_errors": bool(form and form.errors),
        "is_keeper": is_keeper,
        "is_open": is_open,
        "may_send": is_keeper and is_open,
        "who_keeps": who_keeps(meeting.body),
        "anything_proposed": any(row.proposed for row in rows),
        "count_sent": len(sent_rows),
        "count_waiting": sum(one.utdrag.delivered_at is None for one in sent_rows),
        "waiting": _waiting(rows),
        "homes": homes_of(meeting),
        "crumbs": crumbs_of(meeting),
        "example_data": meeting.is_example,
    }


def _waiting(rows: list[ParagraphRow]) -> list[dict[str, Any]]:
    """Return the receivers that have something to confirm, each with how long and whether anybody is there."""
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        for one in row.sent:
            if one.utdrag.delivered_at is None:
                body = one.utdrag.receiver
                line = found.setdefault(
                    body.pk, {"body": body, "count": 0, "has_members": one.has_members, "since": one.utdrag.sent_at}
                )
                line["count"] += 1
                line["since"] = min(line["since"], one.utdrag.sent_at)
                line["reminded_at"] = max(filter(None, (line.get("reminded_at"), one.utdrag.reminded_at)), default=None)
    for line in found.values():
        line["age"] = in_days(days_since(line["since"]))
        line["may_remind"] = may_remind(line["reminded_at"])
    return sorted(found.values(), key=lambda line: (line["since"], line["body"].position))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def receivers_page(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Choose to whom the extract of one paragraph goes, and send it."""
    who = viewer_of(request)
    meeting = readable_meeting(who, meeting_id)
    row = next((one for one in _rows(meeting) if one.paragraf.item_id == item_id), None)
    if row is None or keeping(who, meeting.body) is None:
        raise Http404
    already = {one.utdrag.receiver_id for one in row.sent if not one.is_hidden}
    bodies = [body for body in bodies_of([meeting.body.county_id]) if body.pk not in already]
    form = ReceiversForm(
        request.POST if request.method == "POST" else None,
        bodies=bodies,
        proposed={one.body.pk: one.purpose for one in row.proposed},
        reached=with_members([body.pk for body in bodies]),
        edition=meeting.edition,
    )
    status = 200
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            try:
                send(
                    meeting.pk,
                    row.paragraf.pk,
                    form.receivers,
                    actor=person_of(request),
                    expected_edition=form.cleaned_data["edition"],
                )
            except Invalid as refusal:
                add_refusal(form, refusal)
            except (StaleMeeting, NotFromHere) as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, f"{row.paragraf.label} är expedierad till {len(form.receivers)} mottagare.")
                return redirect("utdrag_expediera", meeting.pk)
    context = {
        "meeting": meeting,
        "row": row,
        "form": form,
        "is_open": meeting.state == MeetingState.JUSTERAT,
        "crumbs": [
            *crumbs_of(meeting),
            (reverse("utdrag_expediera", args=[meeting.pk]), "Utdrag"),
        ],
    }
    return render(request, "moten/after/mottagare.html", context, status=status)


@login_required
@posted_from("utdrag_expediera", "meeting_id")
def remind_page(request: HttpRequest, meeting_id: int, body_id: int) -> HttpResponse:
    """Remind a receiver."""
    meeting = readable_meeting(viewer_of(request), meeting_id)
    count = remind(meeting.pk, body_id, actor=person_of(request))
    what = "1 utdrag" if count == 1 else f"{count} utdrag"
    messages.success(request, f"Påminnelsen om {what} är införd. Mottagaren ser den på Mitt arbete.")
    if request.POST.get("fran") == "arbete":
        return redirect("mitt_arbete")
    return redirect("utdrag_expediera", meeting.pk)


@login_required
@require_safe
def extract_page(request: HttpRequest, utdrag_id: int) -> HttpResponse:
    """Show an extract as it is read."""
    who = viewer_of(request)
    utdrag = extract_for(who, utdrag_id)
    paper = extract_paper(utdrag)
    satsning = utdrag.paragraf.item.anmalan.satsning if utdrag.paragraf.item.anmalan else None
    context = {
        "utdrag": utdrag,
        "paper": paper,
        "facts": as_html((paper.facts,)),
        "body": as_html(paper.blocks),
        "satsning": satsning,
        "may_receive": utdrag.delivered_at is None and receiving(who, utdrag.receiver) is not None,
        "crumbs": [(reverse("utdrag_lista"), "Utdrag")],
    }
    return render(request, "moten/after/utdrag.html", context)


@login_required
@require_safe
def extract_pdf(request: HttpRequest, utdrag_id: int) -> HttpResponse:
    """Give an extract as PDF."""
    paper = extract_paper(extract_for(viewer_of(request), utdrag_id))
    return sent(as_pdf(paper), PDF, file_name(paper, "pdf", more=", utdrag"))


@login_required
@posted_from("utdrag", "utdrag_id")
def receive_page(request: HttpRequest, utdrag_id: int) -> HttpResponse:
    """Confirm that an extract has come."""
    utdrag = extract_for(viewer_of(request), utdrag_id)
    confirm_delivery(utdrag.pk, actor=person_of(request))
    messages.success(request, f"{utdrag.receiver.name} har tagit emot utdraget.")
    return redirect("utdrag", utdrag.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def waiting_page(request: HttpRequest) -> HttpResponse:
    """List the extracts that wait for the person; confirm several of them."""
    who = viewer_of(request)
    rows = list(waiting_extracts(who)[: PER_PAGE + 1])
    form = ReceiveForm(request.POST if request.method == "POST" else None, ids=[row.pk for row in rows])
    ticked = set(request.POST.getlist("utdrag"))
    status = 200
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            return _received(request, form.cleaned_data["utdrag"])
    context = {
        "rows": extract_lines(rows[:PER_PAGE]),
        "more": len(rows) > PER_PAGE,
        "form": form,
        "chosen": {row.pk for row in rows if str(row.pk) in ticked},
    }
    return render(request, "moten/after/att_ta_emot.html", context, status=status)


def _received(request: HttpRequest, ids: list[int]) -> HttpResponse:
    """Confirm each extract; one that somebody else has just confirmed is told of and stops nothing."""
    count = 0
    for key in ids:
        try:
            confirm_delivery(key, actor=person_of(request))
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            count += 1
    if count:
        messages.success(request, "1 utdrag är mottaget." if count == 1 else f"{count} utdrag är mottagna.")
    return redirect("utdrag_lista")


def extract_lines(rows: list[Utdrag]) -> list[dict[str, Any]]:
    """Return extracts as lists show them: what, from where, for what, and for how long."""
    return [{"utdrag": one, "item": one.paragraf.item, "age": in_days(days_since(one.sent_at))} for one in rows]
