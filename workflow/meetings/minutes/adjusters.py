"""What whoever keeps the minutes does about who adjusts them: names another for one who has left."""

from django.db import transaction
from django.utils import timezone

from governance.models import Person
from governance.permissions import today
from workflow.errors import Invalid, NotFromHere
from workflow.meetings.acts import record
from workflow.meetings.minutes.keeper import CLOSED, keep
from workflow.meetings.minutes.rounds import REASON_LIMIT, cleaned, named
from workflow.meetings.minutes.selectors import may_replace
from workflow.meetings.models import Justerare, Justering, Meeting
from workflow.meetings.vocabulary import JusteringState
from workflow.rounds import flows
from workflow.vocabulary import Act


def name_another(justering_id: int, membership_id: int, reason: str, *, actor: Person) -> Justering:
    """Let another of those present adjust instead of somebody who has left the body, and return the answer to come.

    Effects, in order, in one transaction: the meeting is locked; who adjusts is written with the reason; the task in
    the round is handed over; the journal is written.

    Args:
        justering_id: the answer that is waited for.
        membership_id: who is named: a member with a vote who was there and still sits in the body.
        reason: why, in one line.
        actor: who keeps the body's minutes.

    Raises:
        Meeting.DoesNotExist, NoMandate: as `keeper.keep`.
        NotFromHere: nothing is waited for, or the one who adjusts still sits in the body.
        Invalid: somebody who may not is named, or no reason is given.

    """
    with transaction.atomic():
        answer = Justering.objects.select_related("protokoll", "membership__person", "task").filter(pk=justering_id)
        found = answer.defer("protokoll__pdf").first()
        if found is None:
            raise Meeting.DoesNotExist
        meeting, standing = keep(found.protokoll.meeting_id, actor=actor, states=CLOSED)
        found = answer.defer("protokoll__pdf").get()
        if found.state != JusteringState.VANTAR:
            raise NotFromHere(f"{found.name} har svarat, eller så justeras versionen inte längre.")
        before = found.membership
        if before.is_current(today()) and before.person.is_active:
            raise NotFromHere(f"{found.name} sitter kvar i {meeting.body.name} och justerar protokollet.")
        why = cleaned("reason", reason, "Skriv varför någon annan justerar.", limit=REASON_LIMIT)
        seat = next((one for one in may_replace(meeting) if one.pk == membership_id), None)
        if seat is None:
            raise Invalid({"membership": ["Välj en ledamot med rösträtt som var med på mötet och sitter kvar."]})
        Justerare.objects.create(
            meeting=meeting, membership=seat, replaces=before, reason=why, named_at=timezone.now(), named_by=actor
        )
        found.membership, found.name, found.reminded_at, found.clock_reminders = seat, seat.person.name, None, []
        found.save(update_fields=["membership", "name", "reminded_at", "clock_reminders"])
        if found.task is not None:
            flows.hand_over(found.task, seat.person)
        payload = named(found.protokoll) | {
            "justering": found.pk,
            "instead_of": [before.pk, before.person.name],
            "named": [seat.pk, seat.person.name],
            "reason": why,
        }
        record(meeting, Act.JUSTERARE_UTSEDD, actor=actor, standing=standing, payload=payload)
        return found
