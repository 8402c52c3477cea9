"""The letter that invites somebody to a draft: who invites and one link, nothing of what the draft says."""

from collections.abc import Callable
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from workflow.coauthors.actions import Made

log = structlog.get_logger(__name__)


def send_invitation(made: Made, absolute: Callable[[str], str]) -> bool:
    """Send the link to the address; tell whether the server took it.

    Args:
        made: the invitation.
        absolute: makes an address of a path within the site.

    """
    row = made.row
    context = {
        "sender": " ".join(row.invited_by.name.split()),
        "body": " ".join(row.invited_by_body.name.split()),
        "link": absolute(made.path),
        "expires_at": row.expires_at,
        "site_facts": settings.SITE_FACTS,
    }
    letter = EmailMessage(
        subject=render_to_string("medforfattare/brev/amne.txt", context).strip(),
        body=render_to_string("medforfattare/brev/brev.txt", context),
        to=[row.email],
    )
    try:
        return letter.send() == 1
    except (SMTPException, OSError) as error:
        log.warning("coauthor_not_invited", row=row.pk, error=type(error).__name__)
        return False
