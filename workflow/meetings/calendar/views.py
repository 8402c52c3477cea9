"""The pages of calendars: one's addresses with how to use them, and the feed that calendar programs fetch."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from governance.models import Body
from governance.posting import posted_from
from workflow.meetings.calendar.addresses import find_address, make_address, remove_address
from workflow.meetings.calendar.events import feed
from workflow.meetings.calendar.forms import BodyForm
from workflow.meetings.calendar.invitations import send_again
from workflow.meetings.calendar.selectors import addresses_of, bodies_to_choose, meetings_in
from workflow.meetings.models import CalendarAddress, Meeting
from workflow.meetings.selectors import readable_meeting
from workflow.requests import person_of, viewer_of

OWN = "Mina möten"


@login_required
@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    """Show which addresses the person has, and how one is added to a calendar."""
    return _page(request)


def _page(request: HttpRequest, **more: Any) -> HttpResponse:
    bodies, known = list(bodies_to_choose(viewer_of(request))), addresses_of(person_of(request).pk)
    rows = [{"name": body.name, "body": body, "address": known.get(body.pk)} for body in bodies]
    return render(request, "moten/calendar/kalender.html", {"own": known.get(None), "rows": rows} | more)


def _chosen(request: HttpRequest) -> Body | None:
    """Return the body that a form is about; None where it is about one's own meetings.

    Raises:
        Http404: there is no such body whose meetings the person may read.

    """
    form = BodyForm(request.POST)
    form.fields["organ"].queryset = bodies_to_choose(viewer_of(request))  # type: ignore[attr-defined]
    if not form.is_valid():
        raise Http404
    body: Body | None = form.cleaned_data["organ"]
    return body


@login_required
@posted_from("kalender")
def new_address(request: HttpRequest) -> HttpResponse:
    """Make an address and show it, this once."""
    body = _chosen(request)
    token = make_address(actor=person_of(request), body=body)
    address = f"{settings.SITE_URL}{reverse('kalenderfil', args=[token])}"
    return _page(request, made=address, made_for=body.name if body else OWN)


@login_required
@posted_from("kalender")
def end_address(request: HttpRequest) -> HttpResponse:
    """End an address."""
    remove_address(actor=person_of(request), body=_chosen(request))
    messages.success(request, "Adressen är borttagen. Den fungerar inte längre.")
    return redirect("kalender")


@login_required
@posted_from("mote", "meeting_id")
def send_letters(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Send letters to those whom none has reached."""
    meeting = readable_meeting(viewer_of(request), meeting_id)
    queued = send_again(meeting.pk, actor=person_of(request))
    said = f"{queued} brev är på väg." if queued else "Alla har fått brevet."
    messages.success(request, said)
    return redirect("mote", meeting.pk)


@require_safe
def feed_page(request: HttpRequest, token: str) -> HttpResponse:
    """Give out the calendar of a secret address; a client that has it already is told so."""
    address = find_address(token)
    if address is None:
        raise Http404
    meetings = meetings_in(address)
    name = address.body.name if address.body else OWN
    content = feed(name, meetings)
    etag, changed = f'"{sha256(content).hexdigest()}"', _changed_at(address, meetings)
    response = get_conditional_response(request, etag=etag, last_modified=int(changed.timestamp()))
    if response is None:
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="moten.ics"'
        response["ETag"], response["Last-Modified"] = etag, http_date(changed.timestamp())
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _changed_at(address: CalendarAddress, meetings: list[Meeting]) -> datetime:
    """Return when the calendar last changed; each midnight it may, for memberships begin and end by days."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return max([midnight, address.made_at, *(meeting.changed_at for meeting in meetings)])
