"""The only place that hands letters about notices to the mail server, one at a time, each in a transaction of its own.

What is promised: a letter is never lost, for it is marked as sent in the transaction in which the server took it, and
before that it waits. It goes twice only where the worker dies, or the line breaks, between the server's taking it and
our writing so, and then with the same Message-ID.
"""

import random
from datetime import timedelta
from email.errors import MessageError
from enum import Enum
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

import structlog
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from governance.letters import NOT_SENT, sends_mail
from workflow.notices.letters import letter_of
from workflow.notices.models import Delivery, Utskick
from workflow.notices.vocabulary import Brevlage

log = structlog.get_logger(__name__)

TRIES = 12
"""How many times a letter is tried, for about a day and a half; then it has not arrived and is kept as such."""
FIRST_WAIT, GROWTH, LONGEST_WAIT = 60, 4, 4 * 60 * 60
"""Seconds before the second try; by how much each wait is longer than the one before; the longest."""
JITTER = 0.25
"""Each wait is up to so much longer or shorter, so that what failed together is not tried together."""
LASTING = 500
"""Answers of a mail server from here on will be the same next time."""
WAITING = (Brevlage.VANTAR, Brevlage.FORSOK)

TEST_MODE = "Länet är i testläge: inget skickas."
SHUT = "Personen får inte logga in."
NO_ADDRESS = "Brevet går inte att skicka till personens e-postadress."
NO_SENDER = "E-postservern tar inte emot brev från tjänstens avsändaradress."
NOTHING_LEFT = "Personen får inte längre läsa det som brevet handlar om."


class Went(Enum):
    """How it went with one letter."""

    ON = "on"
    NOTHING_WAITS = "nothing waits"
    SERVER_AWAY = "server away"


class Refused(Exception):  # noqa: N818 - reads as what has happened
    """The server is there and did not take this letter."""

    def __init__(self, code: int) -> None:
        """Remember the server's answer."""
        super().__init__(str(code))
        self.is_lasting = code >= LASTING


def send_due() -> int:
    """Send what is due over one connection, until nothing is or the server is away; return how many letters went on.

    A letter that is refused hinders no other.
    """
    post, tried = get_connection(), set[int]()
    try:
        while send_next(post, tried) is Went.ON:
            pass
    finally:
        _hang_up(post)
    return len(tried)


def send_next(post: BaseEmailBackend, tried: set[int]) -> Went:
    """Send the letter that has waited longest and has not been tried now; its key is added to `tried`.

    Effects, in order, in one transaction: the letter is locked, those that another worker has are passed by; it is
    handed to the server; its row says what became of it.
    """
    with transaction.atomic():
        row = (
            Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("person")
            .filter(state__in=WAITING, next_try_at__lte=timezone.now())
            .exclude(county__in=Utskick.objects.filter(stopped=True).values("county"))
            .exclude(pk__in=tried)
            .order_by("next_try_at", "pk")
            .first()
        )
        if row is None:
            return Went.NOTHING_WAITS
        tried.add(row.pk)
        if why := why_held(row.county_id) or ("" if row.person.is_active else SHUT):
            _hold(row, why)
            return Went.ON
        return _send(row, post)


def why_held(county_id: int) -> str:
    """Return why no letter leaves a county now; nothing where they do. At most one statement."""
    if not sends_mail():
        return NOT_SENT
    return TEST_MODE if Utskick.objects.filter(county=county_id, test_mode=True).exists() else ""


def _send(row: Delivery, post: BaseEmailBackend) -> Went:
    letter = letter_of(row)
    if letter is None:
        _hold(row, NOTHING_LEFT)
        return Went.ON
    try:
        _hand_over(letter, post)
    except Refused as refusal:
        log.warning("letter_refused", delivery=row.pk, code=str(refusal))
        _fail(row, f"E-postservern tog inte emot brevet (svar {refusal}).", is_last=refusal.is_lasting)
        return Went.ON
    except (ValueError, MessageError) as error:
        log.warning("letter_not_written", delivery=row.pk, error=type(error).__name__)
        _hang_up(post)
        _fail(row, NO_ADDRESS, is_last=True)
        return Went.ON
    except (SMTPException, OSError) as error:
        log.warning("mail_server_away", delivery=row.pk, error=type(error).__name__)
        _hang_up(post)
        away = f"E-postservern gick inte att nå ({type(error).__name__})."
        _fail(row, NO_SENDER if isinstance(error, SMTPSenderRefused) else away, is_last=False)
        return Went.SERVER_AWAY
    row.state, row.sent_at, row.next_try_at, row.told = Brevlage.SANT, timezone.now(), None, ""
    row.attempts += 1
    row.save(update_fields=["state", "sent_at", "next_try_at", "told", "attempts"])
    return Went.ON


def _hand_over(letter: EmailMessage, post: BaseEmailBackend) -> None:
    """Give a letter to the server.

    Raises:
        Refused: the server does not take this one.
        ValueError, MessageError: its address cannot be written as one.
        SMTPException, OSError: the server cannot be reached, the line broke, or it takes no letter from this sender.

    """
    post.open()
    try:
        post.send_messages([letter])
    except SMTPRecipientsRefused as error:
        code, _ = next(iter(error.recipients.values()))
        raise Refused(code) from None
    except SMTPResponseException as error:
        if error.smtp_code == _CLOSING or isinstance(error, SMTPSenderRefused):
            raise
        raise Refused(error.smtp_code) from None


_CLOSING = 421
"""The answer of a server that is about to hang up."""


def _hold(row: Delivery, why: str) -> None:
    row.state, row.next_try_at, row.told = Brevlage.HALLET, None, why
    row.save(update_fields=["state", "next_try_at", "told"])


def _fail(row: Delivery, why: str, *, is_last: bool) -> None:
    row.attempts += 1
    row.told = why
    if is_last or row.attempts >= TRIES:
        row.state, row.next_try_at = Brevlage.UPPGIVET, None
    else:
        row.state, row.next_try_at = Brevlage.FORSOK, timezone.now() + wait_after(row.attempts)
    row.save(update_fields=["state", "next_try_at", "told", "attempts"])


def wait_after(attempt: int) -> timedelta:
    """Return how long a letter waits after the try with this number, the first being 1."""
    seconds = min(FIRST_WAIT * GROWTH ** min(attempt - 1, 10), LONGEST_WAIT)
    return timedelta(seconds=seconds * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311 - no secret


def _hang_up(post: BaseEmailBackend) -> None:
    try:
        post.close()
    except (SMTPException, OSError) as error:
        log.info("mail_server_hung_up", error=type(error).__name__)
