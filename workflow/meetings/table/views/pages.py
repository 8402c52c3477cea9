"""The two pages that one sits at: the meeting as it goes on and one matter of it, and the parts of them that renew."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from governance.meeting_rules import meeting_rule
from governance.vocabulary import Mandate, Role
from workflow.errors import Refusal
from workflow.meetings.models import Meeting
from workflow.meetings.reading.selectors import notes_of
from workflow.meetings.table.forms.opening import OpeningForm
from workflow.meetings.table.forms.small import (
    BallotForm,
    ChairForm,
    DissentForm,
    ItemChairForm,
    JavForm,
    TextForm,
    WithdrawForm,
)
from workflow.meetings.table.leading import may_do
from workflow.meetings.table.matter import Matter, matter_of
from workflow.meetings.table.opening import may_open, planned_seats
from workflow.meetings.table.screen import Screen
from workflow.meetings.table.views.common import UNCHANGED, framed, is_seen, meeting_of, seen
from workflow.meetings.vocabulary import Dissent, MeetingForm, MeetingState
from workflow.quorum import Seat
from workflow.requests import person_of

AT_TABLE = (MeetingState.PAGAR, MeetingState.AVSLUTAT, MeetingState.JUSTERAT)
"""When a meeting has been at the table."""
_NO_TABLE = (MeetingState.PLANERAT, MeetingState.INSTALLT)
Context = dict[str, Any]


def opening_form(meeting: Meeting, data: Any = None) -> OpeningForm:
    """Return the form that opens a meeting, filled in as it usually is."""
    seats = list(planned_seats(meeting).values())
    leads, keeps = may_do(meeting, Mandate.LEDA_MOTE), may_do(meeting, Mandate.PROTOKOLLFORA)
    present = [seat.membership_id for seat in seats if seat.membership_id in leads | keeps or _is_usual(seat)]
    first = {
        "edition": meeting.edition,
        "chair": next((seat.membership_id for seat in seats if seat.membership_id in leads), None),
        "secretary": next((seat.membership_id for seat in _usual_keepers(seats) if seat.membership_id in keeps), None),
        "present": present,
    }
    rule = meeting_rule(meeting.body)
    return OpeningForm(data, initial=first, seats=seats, may_lead=leads, may_keep=keeps, adjusters=rule.justerare)


def _usual_keepers(seats: list[Seat]) -> list[Seat]:
    """Return the seats with those whose task the minutes are first."""
    return sorted(seats, key=lambda seat: seat.role != Role.SEKRETERARE)


def _is_usual(seat: Seat) -> bool:
    return seat.votes and seat.role != Role.ERSATTARE


@login_required
@require_safe
def table(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show the meeting at the table: its opening, how it goes on, or what came of it."""
    meeting = meeting_of(request, meeting_id)
    if meeting.state in _NO_TABLE or meeting.form != MeetingForm.SAMMANTRADE:
        return redirect("mote", meeting.pk)
    return show_table(request, meeting)


def show_table(
    request: HttpRequest, meeting: Meeting, *, refusal: Refusal | None = None, form: OpeningForm | None = None
) -> HttpResponse:
    """Show the meeting at the table, with why something was refused there."""
    screen = seen(request, meeting)
    context = framed(screen, below=False) | _around(screen) | {"refusal": str(refusal or ""), "form": form}
    status = refusal.status if refusal else 200
    if meeting.state in AT_TABLE:
        return render(request, "moten/table/bordet.html", context, status=status)
    opens = screen.keeps and may_open(meeting)
    if opens and form is None:
        context["form"] = opening_form(meeting)
    elif opens:
        context["refusal"] = ""  # the form says it, above and at its fields
    return render(request, "moten/table/oppna.html", context | {"opens": opens}, status=status)


def _around(screen: Screen) -> Context:
    """Return what the page of the meeting shows beside its agenda."""
    before, after = screen.beside(screen.meeting.current_item_id)
    context: Context = {"before": before, "after": after}
    if screen.keeps and screen.goes_on:
        leads = may_do(screen.meeting, Mandate.LEDA_MOTE) & screen.table.present
        seats = [screen.table.seats[id_] for id_ in screen.table.seats if id_ in leads]
        others = [seat for seat in seats if seat.membership_id != screen.meeting.chair_id]
        context["chair_form"] = ChairForm(seats=others) if others else None
    return context


@login_required
@require_safe
def table_now(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Give the parts of the meeting's page that have changed; nothing where the page shows it as it is."""
    meeting = meeting_of(request, meeting_id)
    if is_seen(request, meeting):
        return HttpResponse(status=UNCHANGED)
    screen = seen(request, meeting)
    context = {"screen": screen, "meeting": meeting} | _around(screen)
    return render(request, "moten/table/bordet_nu.html", context)


@login_required
@require_safe
def item(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Show one item at the table."""
    meeting = meeting_of(request, meeting_id)
    if meeting.state not in AT_TABLE:
        return redirect("bordet", meeting.pk)
    return show_item(request, meeting, item_id)


def show_item(
    request: HttpRequest,
    meeting: Meeting,
    item_id: int,
    *,
    refusal: Refusal | None = None,
    conflict: Context | None = None,
    **forms: Any,
) -> HttpResponse:
    """Show one item at the table, with why something was refused there and what was written.

    Args:
        request: the request.
        meeting: a meeting that the person may read.
        item_id: an item of its agenda.
        refusal: what was refused; where a form says so itself, only its status counts.
        conflict: both texts, where somebody else has written the minutes' text.
        forms: the form that was sent, by its name in the page.

    """
    screen = seen(request, meeting)
    matter = matter_of(screen, item_id)
    context = framed(screen) | item_context(screen, matter) | forms | {"conflict": conflict}
    sent = next(iter(forms.values()), None)
    context["note"] = notes_of(person_of(request), [matter.line.row.item]).get(item_id, "")
    context |= {"refusal": "" if sent else str(refusal or ""), "sent": sent, "has_errors": refusal is not None}
    return render(request, "moten/table/punkt.html", context, status=refusal.status if refusal else 200)


def item_context(screen: Screen, matter: Matter) -> Context:
    """Return what the page of an item shows, its forms empty."""
    before, after = screen.beside(matter.item.pk)
    context: Context = {"matter": matter, "item": matter.item, "before": before, "after": after}
    if seats := matter.may_declare:
        context["jav_form"] = JavForm(seats=seats)
    if seats := matter.may_dissent:
        first = {"kind": Dissent.RESERVATION if matter.may_reserve else Dissent.ANTECKNING}
        context["dissent_form"] = DissentForm(seats=seats, initial=first)
    if screen.keeps and matter.is_open:
        context |= {"ballot_form": BallotForm(), "withdraw_form": WithdrawForm()}
    if seats := matter.may_lead:
        context["leader_form"] = ItemChairForm(seats=seats)
    if screen.keeps and screen.goes_on and matter.line.row.number is not None:
        context["text_form"] = TextForm(initial={"text": matter.item.minutes_text})
    return context


@login_required
@require_safe
def item_now(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Give the parts of an item's page that have changed; nothing where the page shows it as it is."""
    meeting = meeting_of(request, meeting_id)
    if is_seen(request, meeting):
        return HttpResponse(status=UNCHANGED)
    screen = seen(request, meeting)
    context = {"screen": screen, "meeting": meeting} | item_context(screen, matter_of(screen, item_id))
    return render(request, "moten/table/punkt_nu.html", context)
