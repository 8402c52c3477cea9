"""What is done in one item at the table: jäv, votes, noted, taken up though late, and withdrawn."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from governance.posting import posted_from
from workflow.errors import Refusal
from workflow.meetings.planning.leaving import accept_late
from workflow.meetings.table.ballots import cast, close_ballot, open_ballot
from workflow.meetings.table.dissent import add_reservation
from workflow.meetings.table.forms.small import BallotForm, DissentForm, ItemChairForm, JavForm, WithdrawForm
from workflow.meetings.table.jav import set_jav, set_jav_of_organisation
from workflow.meetings.table.leading import set_item_chair
from workflow.meetings.table.saying import recorded_in_words
from workflow.meetings.table.screen import screen_of
from workflow.meetings.table.views.common import answered, key_posted, meeting_of, valid, with_errors
from workflow.meetings.table.views.pages import show_item
from workflow.meetings.table.withdrawing import note_item, withdraw_item
from workflow.meetings.vocabulary import JavSource, JavState, VoteValue
from workflow.quorum import Seat
from workflow.requests import person_of, viewer_of

_CHOSEN = {JavState.JAV: "har jäv och deltar inte i ärendet", JavState.INTE_JAV: "har inte jäv"}


class _Page:
    """An item's page that something is done on."""

    def __init__(self, request: HttpRequest, meeting_id: int, item_id: int, part: str = "") -> None:
        """Keep what every answer needs; `part` is the place on the page to come back to."""
        self.request = request
        self.meeting = meeting_of(request, meeting_id)
        self.item_id = item_id
        self.address = reverse("bordet_punkt", args=[meeting_id, item_id]) + (f"#{part}" if part else "")

    def answer(self, act: Callable[[], str], **forms: Any) -> HttpResponse:
        """Do an act, and answer; a refusal is put into the form that was sent, or shown above the matter."""

        def shown(refusal: Refusal) -> HttpResponse:
            for form in forms.values():
                with_errors(form, refusal)
            return show_item(
                self.request, meeting_of(self.request, self.meeting.pk), self.item_id, refusal=refusal, **forms
            )

        return answered(self.request, act, to=self.address, shown=shown)

    @property
    def seats(self) -> list[Seat]:
        """Return the seats that the person may speak for: anybody's for who keeps the records, else the own ones."""
        screen = screen_of(viewer_of(self.request), self.meeting)
        return list(screen.table.seats.values()) if screen.keeps else screen.own


@login_required
@posted_from("bordet_punkt", "meeting_id", "item_id", part="jav")
def jav(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Record jäv: declared, found, or tried and dismissed; of one, or of all who represent an organisation."""
    page = _Page(request, meeting_id, item_id, "jav")
    if "organisation" in request.POST:
        return _jav_of_organisation(page)
    form = JavForm(request.POST, seats=page.seats)

    def act() -> str:
        said = valid(form)
        state = request.POST.get("state") or JavState.JAV.value
        source = JavSource.FORESLAGET if request.POST.get("foreslaget") else ""
        set_jav(
            meeting_id,
            item_id,
            said["membership"],
            state=state,
            reason=said["reason"],
            actor=person_of(request),
            source=source,
        )
        name = next(seat.name for seat in page.seats if seat.membership_id == said["membership"])
        return f"{name} {_CHOSEN[JavState(state)]}."

    return page.answer(act, jav_form=form)


def _jav_of_organisation(page: _Page) -> HttpResponse:
    request, state = page.request, page.request.POST.get("state", "")

    def act() -> str:
        names = set_jav_of_organisation(
            page.meeting.pk,
            page.item_id,
            key_posted(request, "organisation"),
            state=state,
            reason=request.POST.get("reason", ""),
            actor=person_of(request),
        )
        return f"{', '.join(names)} {_CHOSEN[JavState(state)]}."

    return page.answer(act)


@login_required
@posted_from("bordet_punkt", "meeting_id", "item_id")
def leader(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Let somebody lead this item alone."""
    page = _Page(request, meeting_id, item_id)
    form = ItemChairForm(request.POST, seats=page.seats)

    def act() -> str:
        key = valid(form)["chair"]
        set_item_chair(meeting_id, item_id, key, actor=person_of(request))
        name = next(seat.name for seat in page.seats if seat.membership_id == key)
        return f"{name} leder punkten."

    return page.answer(act, leader_form=form)


@login_required
@posted_from("bordet_punkt", "meeting_id", "item_id", part="rost")
def ballot_opened(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Open a vote."""
    page = _Page(request, meeting_id, item_id, "rost")
    form = BallotForm(request.POST)

    def act() -> str:
        said = valid(form)
        open_ballot(meeting_id, item_id, yes=said["yes"], no=said["no"], actor=person_of(request))
        return "Omröstning öppnad."

    return page.answer(act, ballot_form=form)


@login_required
@posted_from("bordet_punkt", "meeting_id", "item_id", part="rost")
def voted(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Cast a vote: one's own, or somebody's as the keeper records it."""
    page = _Page(request, meeting_id, item_id, "rost")

    def act() -> str:
        value = request.POST.get("value", "")
        key = key_posted(request, "membership")
        cast(meeting_id, key_posted(request, "ballot"), key, value, actor=person_of(request))
        name = next(seat.name for seat in page.seats if seat.membership_id == key)
        return f"{name} har röstat {VoteValue(value).label.lower()}."

    return page.answer(act)


@login_required
@posted_from("bordet_punkt", "meeting_id", "item_id", part="rost")
def ballot_closed(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Close a vote."""
    page = _Page(request, meeting_id, item_id, "rost")

    def act() -> str:
        count = close_ballot(meeting_id, key_posted(request, "ballot"), actor=person_of(request))
        cast_by_chair = " Ordförandens utslagsröst avgjorde." if count.by_casting_vote else ""
        return f"Omröstningen är avslutad: {count.yes} ja, {count.no} nej.{cast_by_chair}"

    return page.answer(act)


@login_required
@posted_from("bordet_punkt", "meeting_id", "item_id")
def noted(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Settle an item that is no matter to decide."""
    page = _Page(request, meeting_id, item_id)

    def act() -> str:
        paragraf = note_item(meeting_id, item_id, actor=person_of(request))
        return recorded_in_words(paragraf.item, paragraf)

    return page.answer(act)


@login_required
@posted_from("bordet_punkt", "meeting_id", "item_id")
def late(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Write whether the meeting takes up an item that came too late."""
    page = _Page(request, meeting_id, item_id)
    accepted = request.POST.get("tas_upp") == "ja"

    def act() -> str:
        accept_late(meeting_id, item_id, accepted=accepted, actor=person_of(request))
        return "Mötet tar upp punkten." if accepted else "Mötet tar inte upp punkten."

    return page.answer(act)


@login_required
@posted_from("bordet_punkt", "meeting_id", "item_id")
def withdrawn(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Let an item leave the agenda."""
    page = _Page(request, meeting_id, item_id)
    form = WithdrawForm(request.POST)

    def act() -> str:
        paragraf = withdraw_item(meeting_id, item_id, reason=valid(form)["reason"], actor=person_of(request))
        return f"{paragraf.label} är införd: punkten utgick."

    return page.answer(act, withdraw_form=form)


@login_required
@posted_from("bordet_punkt", "meeting_id", "item_id", part="avvikande")
def dissented(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Declare a reservation, or a note to the minutes."""
    page = _Page(request, meeting_id, item_id, "avvikande")
    form = DissentForm(request.POST, seats=page.seats)

    def act() -> str:
        said = valid(form)
        add_reservation(
            meeting_id, item_id, said["membership"], kind=said["kind"], text=said["text"], actor=person_of(request)
        )
        return "Reservationen är anmäld." if said["kind"] == "reservation" else "Anteckningen är anmäld."

    return page.answer(act, dissent_form=form)
