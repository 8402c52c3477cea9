"""Justering: the minutes go to those who adjust them, who approve or ask for a correction, until they are locked.

With `actions`, the only writer of minutes and of what adjusters say of them. Each act is one transaction in which the
meeting is locked.
"""

from datetime import datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from governance.models import Membership, Person
from governance.permissions import Standing, today
from satsningar.cleaning import clean_text
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.meetings.acts import record
from workflow.meetings.minutes.differing import is_outdated
from workflow.meetings.minutes.documents import locked_pdf
from workflow.meetings.minutes.keeper import CLOSED, keep, locked, refuse_unless
from workflow.meetings.minutes.selectors import adjusters_of, newest, with_names
from workflow.meetings.models import Justering, Meeting, Protokoll, Reservation
from workflow.meetings.vocabulary import Dissent, JusteringState, MeetingState
from workflow.rounds import flows
from workflow.vocabulary import Act

REASON_LIMIT = 250


def send_for_justering(meeting_id: int, *, actor: Person, expected_edition: int) -> Protokoll:
    """Send the newest version of the minutes to those who adjust them, and return it.

    Effects, in order, in one transaction: the meeting is locked; the version's round is started with a task for each
    adjuster; what each has to answer is written; the journal is written.

    Args:
        meeting_id: which.
        actor: who keeps the body's minutes.
        expected_edition: the meeting's edition as it was seen.

    Raises:
        Meeting.DoesNotExist, NoMandate, StaleMeeting: as `keeper.keep`.
        NotFromHere: there are no minutes, they are sent already, the records say something else since, or nobody
            adjusts them.

    """
    with transaction.atomic():
        meeting, standing = keep(meeting_id, actor=actor, states=CLOSED, expected_edition=expected_edition)
        protokoll = newest(meeting)
        if protokoll is None:
            raise NotFromHere("Protokollet är inte upprättat. Upprätta det innan det skickas för justering.")
        if protokoll.process_id is not None:
            raise NotFromHere("Den här versionen har redan skickats för justering. Upprätta en ny om något är fel.")
        _refuse_outdated(meeting, protokoll)
        _refuse_before_reservations(meeting)
        adjusters = adjusters_of(meeting)
        if not adjusters:
            raise NotFromHere("Mötet har varken ordförande eller justerare, så ingen kan justera protokollet.")
        process, tasks = flows.start_justering([seat.pk for seat in adjusters])
        Protokoll.objects.filter(pk=protokoll.pk).update(process=process)
        Justering.objects.bulk_create(
            Justering(protokoll=protokoll, membership=seat, name=seat.person.name, task_id=tasks[seat.pk])
            for seat in adjusters
        )
        payload = named(protokoll) | {
            "adjusters": [[seat.pk, seat.person.name] for seat in adjusters],
            "due": protokoll.justeras_senast.isoformat(),
        }
        record(meeting, Act.JUSTERING_BEGARD, actor=actor, standing=standing, payload=payload)
        return Protokoll.objects.defer("pdf").get(pk=protokoll.pk)


def _refuse_outdated(meeting: Meeting, protokoll: Protokoll, *, in_round: bool = False) -> None:
    if is_outdated(with_names(meeting), protokoll, in_round=in_round):
        raise NotFromHere(
            f"Något som står i protokollet har ändrats sedan version {protokoll.number} upprättades. Sekreteraren"
            " upprättar en ny version och skickar den."
        )


def _refuse_before_reservations(meeting: Meeting) -> None:
    """Let nobody lose the days that the body's rule gives for the text of a reservation."""
    awaited = {"kind": Dissent.RESERVATION, "text": "", "due__gte": today()}
    waiting = Reservation.objects.filter(item__meeting=meeting, **awaited).order_by("due").last()
    if waiting is not None:
        raise NotFromHere(
            f"{waiting.name} har till och med {waiting.due.isoformat()} på sig att lämna texten till sin"
            " reservation. Skicka protokollet när texten är lämnad eller dagen har varit."
        )


def named(protokoll: Protokoll) -> dict[str, object]:
    """Return how a version is named in the journal."""
    return {"protokoll": protokoll.pk, "number": protokoll.number, "sha256": protokoll.sha256}


def approve(protokoll_id: int, *, actor: Person) -> Protokoll:
    """Approve a version of the minutes as one of its adjusters, and return it; locked if everybody has.

    Effects, in order, in one transaction: the meeting is locked; the answer is written; viewflow's process goes on; the
    journal is written; with the last approval the minutes are locked, as `_lock`.

    Args:
        protokoll_id: which version.
        actor: one of those who adjust it.

    Raises:
        Meeting.DoesNotExist: there is none whose minutes the actor may read.
        NoMandate: the actor does not adjust it.
        NotFromHere: it does not wait for the actor, or the records say something else than the version.

    """
    with transaction.atomic():
        meeting, protokoll, answer = _waiting(protokoll_id, actor)
        at = timezone.now()
        ended = _answer(meeting, protokoll, answer, JusteringState.GODKAND, actor=actor, at=at)
        if ended:
            _refuse_outdated(meeting, protokoll, in_round=True)
            _lock(meeting, protokoll, actor=actor, standing=_adjusting(answer.membership), at=at)
        return Protokoll.objects.defer("pdf").get(pk=protokoll.pk)


def ask_for_correction(protokoll_id: int, text: str, *, actor: Person) -> Protokoll:
    """Say what must be corrected before an adjuster approves, and return the version; its round is over with that.

    Effects, in order, in one transaction: the meeting is locked; the text is cleaned; the answer is written; viewflow's
    process ends, and those who have not answered are asked no more; the journal is written.

    Args:
        protokoll_id: which version.
        text: what is wrong, and how it should be.
        actor: one of those who adjust it.

    Raises:
        Meeting.DoesNotExist, NoMandate, NotFromHere: as `approve`.
        Invalid: nothing is said, or too much.

    """
    with transaction.atomic():
        meeting, protokoll, answer = _waiting(protokoll_id, actor)
        answer.text = cleaned("text", text, "Skriv vad som är fel och hur det ska vara.")
        _answer(meeting, protokoll, answer, JusteringState.RATTELSE, actor=actor, at=timezone.now())
        _leave_unanswered(protokoll)
        return Protokoll.objects.defer("pdf").get(pk=protokoll.pk)


def cleaned(field: str, text: str, missing: str, *, limit: int | None = None) -> str:
    """Return the text as it is stored; a limit makes it one line.

    Raises:
        Invalid: it is missing, or too long.

    """
    try:
        found = clean_text(text, limit=limit, one_line=True) if limit else clean_text(text)
    except ValidationError as error:
        raise Invalid({field: error.messages}) from None
    if not found.strip():
        raise Invalid({field: [missing]})
    return found.strip()


def _waiting(protokoll_id: int, actor: Person) -> tuple[Meeting, Protokoll, Justering]:
    """Return the locked meeting, the version and the answer that waits for the actor.

    Raises:
        Meeting.DoesNotExist, NoMandate, NotFromHere: as `approve`.

    """
    meeting_id = Protokoll.objects.filter(pk=protokoll_id).values_list("meeting_id", flat=True).first()
    if meeting_id is None:
        raise Meeting.DoesNotExist
    meeting, _ = locked(meeting_id, actor=actor)
    protokoll = Protokoll.objects.defer("pdf").get(pk=protokoll_id)
    answers = list(protokoll.justeringar.select_related("membership__person", "membership__body", "task"))
    mine = next((one for one in answers if one.membership.person_id == actor.pk), None)
    if mine is None:
        names = " och ".join(one.name for one in answers) or "mötets ordförande och justerare"
        raise NoMandate(f"Protokollet justeras av {names}.")
    refuse_unless(meeting, CLOSED)
    if not mine.membership.is_current(today()):
        raise NoMandate(f"Ditt uppdrag i {meeting.body.name} har upphört. Sekreteraren utser någon annan som justerar.")
    if mine.state != JusteringState.VANTAR:
        raise NotFromHere(_ALREADY[JusteringState(mine.state)])
    return meeting, protokoll, mine


_ALREADY = {
    JusteringState.GODKAND: "Du har redan godkänt den här versionen.",
    JusteringState.RATTELSE: "Du har redan begärt rättelse. Sekreteraren upprättar en ny version.",
    JusteringState.AVSLUTAD: "Den här versionen justeras inte längre. Se den senaste versionen av protokollet.",
}


def _answer(  # noqa: PLR0913 - what an answer is made of
    meeting: Meeting, protokoll: Protokoll, answer: Justering, state: JusteringState, *, actor: Person, at: datetime
) -> bool:
    """Write an adjuster's answer and let the round go on; return whether the minutes are adjusted with it."""
    answer.state, answer.at = state, at
    answer.save(update_fields=["state", "at", "text"])
    task = answer.task
    if task is not None:
        flows.finish(task, actor)
    payload = named(protokoll) | {"justering": answer.pk, "state": state.value, "reason": answer.text}
    record(meeting, Act.JUSTERING, actor=actor, standing=_adjusting(answer.membership), payload=payload, at=at)
    return protokoll.process_id is not None and flows.is_adjusted(protokoll.process_id)


def _adjusting(seat: Membership) -> Standing:
    """Return what an adjuster acts as: a member of the body, chosen by the meeting; no mandate of the county's file."""
    body = seat.body
    return Standing(
        membership_id=seat.pk,
        body_id=body.pk,
        body_code=body.code,
        body_kind=body.kind,  # type: ignore[arg-type]  # the column's value
        body_name=body.name,
        county_id=body.county_id,
        organisation_id=body.organisation_id,
        role=seat.role,  # type: ignore[arg-type]
        mandate="",  # type: ignore[arg-type]
    )


def _lock(meeting: Meeting, protokoll: Protokoll, *, actor: Person, standing: Standing, at: datetime) -> None:
    """Lock minutes that everybody has approved.

    Effects, in order: the PDF is made; it is kept with its SHA-256 and the version is locked; the meeting is adjusted;
    the journal is written with both sums.
    """
    made = locked_pdf(protokoll, at=at)
    Protokoll.objects.filter(pk=protokoll.pk).update(locked_at=at, pdf=made, pdf_sha256=sha256(made).hexdigest())
    meeting.state, meeting.justerat_at = MeetingState.JUSTERAT, at
    payload = named(protokoll) | {"pdf_sha256": sha256(made).hexdigest()}
    record(meeting, Act.PROTOKOLL_JUSTERAT, actor=actor, standing=standing, payload=payload, at=at)


def end_round(protokoll: Protokoll) -> None:
    """End the round about a version when the next is drawn up; part of the act that draws it up."""
    if protokoll.process is not None and protokoll.justeringar.filter(state=JusteringState.VANTAR).exists():
        flows.take_back(protokoll.process)
    _leave_unanswered(protokoll)


def _leave_unanswered(protokoll: Protokoll) -> None:
    protokoll.justeringar.filter(state=JusteringState.VANTAR).update(state=JusteringState.AVSLUTAD)
