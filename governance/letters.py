"""The only place that writes to people about their account: the invitation, in plain text."""

from collections.abc import Callable, Sequence
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from governance.invitations import DAYS, Made, mark_sent
from governance.models import Person

log = structlog.get_logger(__name__)

NOT_SENT = "Tjänsten skickar ingen e-post."
"""Said of a letter where `sends_mail` is false."""


def sends_mail() -> bool:
    """Tell whether the installation sends e-mail; without it a link is shown, to be handed over."""
    return bool(settings.MAIL_IS_SENT)


def send_invitations(made: Sequence[Made], *, sender: Person, absolute: Callable[[str], str]) -> list[Made]:
    """Send each link to its person, over one connection; return those whose letter could not be sent.

    Args:
        made: the links.
        sender: who invites; named in the letter.
        absolute: makes an address of a path within the site.

    """
    failed: list[Made] = []
    sent: list[Made] = []
    try:
        with get_connection() as connection:
            for one in made:
                (sent if _send(one, sender, absolute, connection) else failed).append(one)
    except (SMTPException, OSError) as error:
        log.warning("invitations_not_sent", error=type(error).__name__)
        failed = [one for one in made if one not in sent]
    mark_sent(sent)
    return failed


def _send(one: Made, sender: Person, absolute: Callable[[str], str], connection: BaseEmailBackend) -> bool:
    context = {
        "person": one.person,
        "sender": sender,
        "link": absolute(one.path),
        "days": DAYS,
        "expires_at": one.expires_at,
        "site_facts": settings.SITE_FACTS,
    }
    letter = EmailMessage(
        subject=render_to_string("personer/inbjudan/amne.txt", context).strip(),
        body=render_to_string("personer/inbjudan/brev.txt", context),
        to=[one.person.email],
        connection=connection,
    )
    try:
        return letter.send() == 1
    # A ValueError is an address that no letter can be written to.
    except (SMTPException, OSError, ValueError) as error:
        log.warning("invitation_not_sent", person=one.person.pk, error=type(error).__name__)
        return False
