"""The jobs of the calendar: sending one invitation, once."""

from smtplib import SMTPException

from django.db import transaction
from django.utils import timezone

from governance import jobs
from governance.letters import NOT_SENT, sends_mail
from workflow.meetings.calendar.letters import letter_of
from workflow.meetings.models import Invitation
from workflow.notices.models import Utskick

SHUT = "Personen får inte logga in."
TEST_MODE = "Länet är i testläge: inget skickas."
STOPPED = "Länets utskick är stoppade."


@jobs.task("kalender.inbjudan")
def send_invitation(invitation_id: int, sequence: int) -> None:
    """Send an invitation in one of its versions, unless a newer one has been asked for or it has been sent.

    Effects, in order: the row is locked; the letter is handed to the mail server; the row says when. Where the server
    does not take it the row says so, and the job is tried again.
    """
    try:
        with transaction.atomic():
            _send(invitation_id, sequence)
    # A ValueError is an address that no letter can be written to.
    except (SMTPException, OSError, ValueError) as error:
        rows = Invitation.objects.filter(pk=invitation_id, sequence=sequence, sent_at=None)
        rows.update(failed=f"E-postservern tog inte emot brevet ({type(error).__name__}).")
        raise


def _send(invitation_id: int, sequence: int) -> None:
    rows = Invitation.objects.select_for_update(of=("self",))
    rows = rows.select_related("meeting__body", "membership__person")
    row = rows.filter(pk=invitation_id, sequence=sequence, sent_at=None).first()
    if row is None:
        return
    row.failed = _why_held(row)
    if not row.failed:
        letter_of(row).send()
        row.sent_at = timezone.now()
    row.save(update_fields=["sent_at", "failed"])


def _why_held(row: Invitation) -> str:
    """Return why the letter is not sent, empty when it is; who keeps the body's records may send it later."""
    if not sends_mail():
        return NOT_SENT
    utskick = Utskick.of(row.meeting.body.county_id)
    if utskick.test_mode or utskick.stopped:
        return TEST_MODE if utskick.test_mode else STOPPED
    return "" if row.membership.person.is_active else SHUT
