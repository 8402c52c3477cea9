"""The lock that every write to a meeting takes, the right of who keeps its records, and the record of what was done.

A meeting's row is locked before a paragraph series, a case or the journal's chain: everything that takes more than one
of them takes them in that order.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from governance import prepared
from governance.models import Body, Person
from governance.permissions import Standing, standings
from workflow import journal
from workflow.cases import stands_in
from workflow.errors import NoMandate, Refusal
from workflow.meetings.models import Meeting
from workflow.meetings.rights import keeping, may_read_meeting
from workflow.notices.whom import NOTHING, Given
from workflow.rights import Viewer, viewer
from workflow.vocabulary import Act


class StaleMeeting(Refusal):
    """The meeting has changed since the form was shown."""

    status = 409

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Någon annan har ändrat mötet sedan du öppnade sidan. Se hur det är nu och försök igen.")


_LOCK = f"""
SELECT {prepared.columns_of(Meeting, "m")}, {prepared.columns_of(Body, "b")}
FROM workflow_meeting m JOIN governance_body b ON b.id = m.body_id WHERE m.id = %s FOR UPDATE OF m
"""  # noqa: S608 - the models' own names


def lock(meeting_id: int, *, expected_edition: int | None = None) -> Meeting:
    """Return the meeting with its row locked until the transaction ends; one statement.

    Args:
        meeting_id: which.
        expected_edition: the meeting's `edition` as the actor saw it, where what was seen matters.

    Raises:
        Meeting.DoesNotExist: there is none.
        StaleMeeting: it has changed since then.

    """
    row = prepared.fetch_one(_LOCK, [meeting_id])
    if row is None:
        raise Meeting.DoesNotExist
    meeting: Meeting
    meeting, meeting.body = prepared.instances_of(row, Meeting, Body)
    check_fresh(meeting, expected_edition)
    return meeting


def check_fresh(meeting: Meeting, expected_edition: int | None) -> None:
    """Refuse what was decided on an older sight of the meeting.

    Raises:
        StaleMeeting: it has changed since then.

    """
    if expected_edition is not None and meeting.edition != expected_edition:
        raise StaleMeeting


def keeper_of(
    meeting: Meeting,
    actor: Person,
    who_can: Callable[[Body], str],
    reads: Callable[[Viewer, Meeting], bool] = may_read_meeting,
) -> Standing:
    """Return the standing by which somebody keeps a meeting's records; one statement for whoever does.

    Args:
        meeting: with its body.
        actor: who acts.
        who_can: gives the sentence of who does this in a body.
        reads: tells who may know of the meeting, or of its minutes where the act is about them.

    Raises:
        Meeting.DoesNotExist: the actor neither keeps its records nor may know of it.
        NoMandate: the actor does not keep its records.

    """
    standing = keeping(Viewer(actor.pk, actor.name, standings(actor.pk), frozenset()), meeting.body)
    if standing is None:
        if not reads(viewer(actor), meeting):
            raise Meeting.DoesNotExist
        raise NoMandate(who_can(meeting.body))
    return standing


def record(  # noqa: PLR0913 - an act is made of this many facts
    meeting: Meeting,
    act: Act,
    *,
    actor: Person,
    standing: Standing,
    payload: dict[str, Any],
    at: datetime | None = None,
    given: Given = NOTHING,
) -> UUID:
    """Save a locked meeting with its edition raised, and write the journal; return the act's id.

    Args:
        meeting: as `lock` gave it, with what the act changed.
        act: what was done.
        actor: by whom.
        standing: by which mandate.
        payload: reason and names as they were; JSON values.
        at: when; now unless something else is said.
        given: whom it concerns beside those that `workflow.notices.concerned` names for the act.

    """
    meeting.edition += 1
    meeting.save()
    said = {"meeting": meeting.pk, "day": meeting.day.isoformat(), "edition": meeting.edition} | payload
    return record_for_body(meeting.body, act, actor=actor, standing=standing, payload=said, at=at, given=given)


def record_by_clock(body: Body, act: Act, *, payload: dict[str, Any]) -> UUID:
    """Write the journal of what the clock alone brought about in a body; return the act's id."""
    act_id = uuid4()
    envelope = journal.Envelope(county_id=body.county_id, act_id=act_id, act=act, at=timezone.now(), actor_id=None)
    said = {"actor": "Tjänsten", "body": body.name} | payload
    journal.append(envelope, said, replace(NOTHING, organ=body.pk))
    return act_id


def record_for_body(  # noqa: PLR0913 - as above
    body: Body,
    act: Act,
    *,
    actor: Person,
    standing: Standing,
    payload: dict[str, Any],
    at: datetime | None = None,
    given: Given = NOTHING,
) -> UUID:
    """Write the journal of an act that is no case's; return its id."""
    act_id = uuid4()
    journal.append(
        journal.Envelope(
            county_id=body.county_id,
            act_id=act_id,
            act=act,
            at=at or timezone.now(),
            actor_id=actor.pk,
            body_id=standing.body_id,
            role=standing.role,
            mandate=standing.mandate,
        ),
        {"actor": actor.name, "body": body.name} | stands_in(standing) | payload,
        replace(given, organ=body.pk),
    )
    return act_id
