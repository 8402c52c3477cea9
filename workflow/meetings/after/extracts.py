"""Sending extracts of minutes, reminding of them and receiving them: the only writer of extracts.

Each act is one transaction that locks the meeting first and at most one case after it.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from governance.models import Body, Person
from governance.vocabulary import BodyKind
from satsningar.models import Handling
from satsningar.vocabulary import Handlingsslag, Handlingsstatus
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.meetings.acts import check_fresh, keeper_of, lock, record_for_body
from workflow.meetings.after.receivers import DECISIONS, bodies_of
from workflow.meetings.after.recording import paragraf_of, record_about, satsning_of
from workflow.meetings.after.rights import may_read_extract, receiving, sent_before_mark
from workflow.meetings.models import Aterforing, Meeting, Paragraf, Utdrag
from workflow.meetings.reminding import may_remind
from workflow.meetings.rights import mark_of
from workflow.meetings.vocabulary import ItemKind, MeetingState, SharePurpose
from workflow.notices.whom import Given
from workflow.rights import viewer
from workflow.vocabulary import Act

Receivers = Mapping[int, str]
"""Purposes by the key of the receiving body."""
TITLE_LIMIT = 250
NAME_LIMIT = 200


def who_keeps(body: Body) -> str:
    """Return the sentence of who keeps the body's records."""
    return f"Det gör sekreteraren eller ordföranden i {body.name}."


def send(meeting_id: int, paragraf_id: int, receivers: Receivers, *, actor: Person, expected_edition: int) -> int:
    """Send an extract of one paragraph to several bodies; return the meeting's edition after it.

    Effects, in order: the meeting is locked; right, state and receivers are asked; the extracts are written, with a
    line each among the documents of its case, and what the organisations among the receivers are to bring home is
    opened, or opened anew where it had been brought home before this; the meeting's edition goes up; the case is
    locked and the journal written.

    Args:
        meeting_id: the meeting.
        paragraf_id: one of its paragraphs, a decision.
        receivers: bodies of the county, each with its purpose: those that have not been sent it, and those that do not
            read it any longer since the matter was marked after it was sent.
        actor: who keeps the body's records.
        expected_edition: the meeting's edition as the actor saw it.

    Raises:
        Meeting.DoesNotExist: there is no such meeting that the actor may read.
        Paragraf.DoesNotExist: the meeting has no such paragraph.
        NoMandate: the actor does not keep the body's records.
        StaleMeeting: the meeting has changed since the actor saw it.
        NotFromHere: the minutes are not adjusted, or the paragraph is no decision.
        Invalid: no receiver is chosen, or one that cannot be.

    """
    with transaction.atomic():
        meeting = lock(meeting_id)
        standing = keeper_of(meeting, actor, who_keeps)
        check_fresh(meeting, expected_edition)
        paragraf = paragraf_of(meeting, paragraf_id)
        _refuse_too_early(meeting, paragraf)
        bodies = _checked(paragraf, receivers)
        at = timezone.now()
        earlier = Utdrag.objects.filter(paragraf=paragraf, receiver__in=bodies)
        again = set(earlier.values_list("receiver_id", flat=True))
        Utdrag.objects.bulk_create(
            Utdrag(paragraf=paragraf, receiver=body, purpose=receivers[body.pk], sent_at=at, sent_by=actor)
            for body in bodies
            if body.pk not in again
        )
        for key in again:
            Utdrag.objects.filter(paragraf=paragraf, receiver=key).update(
                purpose=receivers[key],
                sent_at=at,
                sent_by=actor,
                reminded_at=None,
                delivered_at=None,
                delivered_by=None,
            )
        _list_among_documents(meeting, paragraf, bodies, receivers)
        opened = _open_at_home(meeting, bodies)
        meeting.edition += 1
        meeting.save(update_fields=["edition"])
        sent = [[body.pk, body.name, receivers[body.pk]] for body in bodies]
        payload = {"utdrag": sent, "oppnade": opened}
        record_about(meeting, paragraf, Act.UTDRAG_EXPEDIERAT, actor=actor, standing=standing, payload=payload)
        return meeting.edition


def _refuse_too_early(meeting: Meeting, paragraf: Paragraf) -> None:
    if meeting.state != MeetingState.JUSTERAT:
        raise NotFromHere("Utdrag expedieras när protokollet är justerat.")
    if paragraf.outcome not in DECISIONS or paragraf.item.kind not in {ItemKind.ARENDE, ItemKind.OVRIGT}:
        raise NotFromHere(f"{paragraf.label} är inget beslut i ett ärende, så det finns inget utdrag att expediera.")


def _checked(paragraf: Paragraf, receivers: Receivers) -> list[Body]:
    """Return the receiving bodies in the county's order.

    Raises:
        Invalid: there is none, or one that cannot be sent it.

    """
    if not receivers:
        raise Invalid({"receivers": [f"Välj minst en mottagare av {paragraf.label}."]})
    bodies = [body for body in bodies_of([paragraf.body.county_id]) if body.pk in receivers]
    if len(bodies) != len(receivers) or not set(receivers.values()) <= set(SharePurpose.values):
        raise Invalid({"receivers": ["Välj bland länets organ, och för varje mottagare åtgärd eller kännedom."]})
    sent = Utdrag.objects.filter(paragraf=paragraf, receiver__in=bodies).select_related("receiver")
    for one in sent:
        one.paragraf = paragraf
    if names := [one.receiver.name for one in sent if not sent_before_mark(one)]:
        raise Invalid({"receivers": [f"{paragraf.label} är redan expedierad till {', '.join(names)}."]})
    return bodies


def _list_among_documents(meeting: Meeting, paragraf: Paragraf, bodies: list[Body], receivers: Receivers) -> None:
    """Each share stands in the case's list of documents, with its receiver and purpose."""
    satsning_id = satsning_of(paragraf)
    if satsning_id is None:
        return
    title = f"Protokollsutdrag {paragraf.label}, {paragraf.outcome_words.lower()}"
    Handling.objects.bulk_create(
        Handling(
            satsning_id=satsning_id,
            kind=Handlingsslag.UTDRAG,
            title=title[:TITLE_LIMIT],
            date=timezone.localdate(),
            sender=meeting.body.name[:NAME_LIMIT],
            receiver=body.name[:NAME_LIMIT],
            purpose=str(SharePurpose(receivers[body.pk]).label),
            status=Handlingsstatus.EXPEDIERAD,
            secrecy=mark_of(paragraf.item),
            revision_id=paragraf.beslut.revision_id if paragraf.beslut else None,
        )
        for body in bodies
    )


def _open_at_home(meeting: Meeting, bodies: list[Body]) -> list[int]:
    """Open what the organisations among the receivers are to bring home; return the keys of those that had it not.

    What was brought home before this decision came is open again: the journal keeps when the earlier was.
    """
    asked = {body.organisation_id for body in bodies if body.kind == BodyKind.ORGANISATION and body.organisation_id}
    rows = Aterforing.objects.filter(meeting=meeting, organisation__in=asked)
    waiting = set(rows.filter(returned_at=None).values_list("organisation_id", flat=True))
    again = rows.exclude(returned_at=None)
    reopened = set(again.values_list("organisation_id", flat=True))
    again.update(returned_at=None, returned_by=None, form="", held_on=None, how="")
    now = timezone.now()
    Aterforing.objects.bulk_create(
        Aterforing(meeting=meeting, organisation_id=key, opened_at=now) for key in sorted(asked - waiting - reopened)
    )
    return sorted(asked - waiting)


def send_all(meeting_id: int, chosen: Mapping[int, Receivers], *, actor: Person, expected_edition: int) -> int:
    """Send extracts of several paragraphs, each in a transaction of its own; return how many paragraphs.

    Where one is refused, those before it have been sent and stay sent.

    Raises:
        as `send`.

    """
    edition = expected_edition
    for paragraf_id, receivers in chosen.items():
        edition = send(meeting_id, paragraf_id, receivers, actor=actor, expected_edition=edition)
    return len(chosen)


def remind(meeting_id: int, body_id: int, *, actor: Person) -> int:
    """Remind a body of the extracts of a meeting that it has not received; return how many.

    The receiver sees the reminder on *mitt arbete*; nothing is sent by mail. Effects, in order: the meeting is locked,
    the extracts are marked, the journal is written.

    Raises:
        Meeting.DoesNotExist: there is no such meeting that the actor may read.
        NoMandate: the actor does not keep the body's records.
        NotFromHere: the body has received everything, or was reminded today.

    """
    with transaction.atomic():
        meeting = lock(meeting_id)
        standing = keeper_of(meeting, actor, who_keeps)
        rows = Utdrag.objects.filter(paragraf__item__meeting=meeting, receiver=body_id, delivered_at=None)
        now = timezone.now()
        waiting = list(rows.select_related("receiver"))
        if not waiting:
            raise NotFromHere("Det finns inget utdrag som väntar på den mottagaren.")
        due = [one.pk for one in waiting if may_remind(one.reminded_at)]
        if not due:
            raise NotFromHere(f"{waiting[0].receiver.name} är redan påmind i dag.")
        rows.filter(pk__in=due).update(reminded_at=now)
        payload = {
            "meeting": meeting.pk,
            "day": meeting.day.isoformat(),
            "receiver": waiting[0].receiver.name,
            "pamint": due,
        }
        given = Given(bodies=(body_id,), expected="Ta emot utdraget")
        body = meeting.body
        record_for_body(body, Act.UTDRAG_PAMINT, actor=actor, standing=standing, payload=payload, at=now, given=given)
        return len(due)


def confirm_delivery(utdrag_id: int, *, actor: Person) -> None:
    """Say for the receiving body that an extract has come.

    Effects, in order: the meeting is locked, the extract is marked, the case is locked and the journal written. The
    meeting's edition stays: nothing that a form of the meeting shows has changed.

    Raises:
        Utdrag.DoesNotExist: there is no such extract that the actor may read.
        NoMandate: the actor has no mandate of work in the receiving body.
        NotFromHere: somebody has confirmed it already.

    """
    with transaction.atomic():
        meeting = lock(_meeting_of(utdrag_id))
        utdrag = Utdrag.objects.select_related("receiver", "delivered_by").get(pk=utdrag_id)
        paragraf = utdrag.paragraf = paragraf_of(meeting, utdrag.paragraf_id)
        paragraf.item.meeting = meeting
        who = viewer(actor)
        if not may_read_extract(who, utdrag):
            raise Utdrag.DoesNotExist
        standing = receiving(who, utdrag.receiver)
        if standing is None:
            raise NoMandate(f"Utdraget tas emot av den som har ett uppdrag i {utdrag.receiver.name}.")
        if utdrag.delivered_at is not None:
            by = utdrag.delivered_by.name if utdrag.delivered_by else ""
            raise NotFromHere(f"Utdraget är redan mottaget av {by}.")
        utdrag.delivered_at, utdrag.delivered_by = timezone.now(), actor
        utdrag.save(update_fields=["delivered_at", "delivered_by"])
        payload = {"mottaget": utdrag.pk, "receiver": utdrag.receiver.name}
        record_about(meeting, paragraf, Act.UTDRAG_MOTTAGET, actor=actor, standing=standing, payload=payload)


def _meeting_of(utdrag_id: int) -> int:
    found = Utdrag.objects.filter(pk=utdrag_id).values_list("paragraf__item__meeting", flat=True).first()
    if found is None:
        raise Utdrag.DoesNotExist
    return found
