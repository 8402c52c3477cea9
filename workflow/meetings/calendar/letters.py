"""The letter that invites to a meeting, tells of a change or takes the invitation back: text, and a calendar part."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from workflow.meetings.calendar.events import STOCKHOLM, address_of, invitation, name_of, one_line
from workflow.meetings.models import Invitation
from workflow.meetings.vocabulary import MeetingState


def letter_of(row: Invitation) -> EmailMultiAlternatives:
    """Return the letter of an invitation in its newest version, from the settings' address.

    Args:
        row: with meeting, body, membership and person.

    """
    meeting, person = row.meeting, row.membership.person
    starts, ends = (timezone.localtime(at, STOCKHOLM) for at in (meeting.starts_at, meeting.ends_at))
    context = {
        "meeting": meeting,
        "name": name_of(meeting),
        "place": one_line(meeting.place),
        "link": one_line(meeting.link),
        "starts": starts,
        "ends": ends,
        "address": address_of(meeting),
        "is_off": meeting.state == MeetingState.INSTALLT,
        "is_removed": row.is_cancelled and meeting.state != MeetingState.INSTALLT,
        "is_changed": row.is_update,
        "reason": one_line(meeting.cancel_reason),
    }
    letter = EmailMultiAlternatives(
        subject=one_line(render_to_string("moten/calendar/brev/amne.txt", context)),
        body=render_to_string("moten/calendar/brev/brev.txt", context),
        to=[person.email],
    )
    method = "CANCEL" if row.is_cancelled else "REQUEST"
    part = invitation(meeting, person, sequence=row.sequence, cancelled=row.is_cancelled, stamp=row.queued_at)
    letter.attach_alternative(part.decode(), f"text/calendar; method={method}")
    return letter
