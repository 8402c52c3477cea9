"""The secret addresses of calendars: made, replaced and removed by whoever has them, and found again by their digest.

An address is 256 random bits. It is shown once; only its SHA-256 is kept. Making a new one ends the old one at once.
"""

import secrets
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from governance.models import Body, Person
from workflow.errors import NoMandate
from workflow.meetings.models import CalendarAddress
from workflow.rights import Viewer, viewer

BYTES = 32


def may_have(who: Viewer, body: Body) -> bool:
    """Tell whether the person may have an address of a body's calendar: who may read its meetings."""
    return body.pk in who.bodies or body.county_id in who.followed


def make_address(*, actor: Person, body: Body | None = None) -> str:
    """Make an address of one's own meetings, or of a body's; return its token, which is known here and nowhere else.

    The one made before ends at once.

    Raises:
        NoMandate: the actor does not read the body's meetings.

    """
    if body is not None and not may_have(viewer(actor), body):
        raise NoMandate(f"Kalendern för {body.name} läses av den som sitter där och av regionalt stöd.")
    token = secrets.token_urlsafe(BYTES)
    with transaction.atomic():
        CalendarAddress.objects.update_or_create(
            person=actor, body=body, defaults={"digest": _digest(token), "made_at": timezone.now()}
        )
    return token


def remove_address(*, actor: Person, body: Body | None = None) -> bool:
    """End an address without making a new one; tell whether there was one."""
    removed, _ = CalendarAddress.objects.filter(person=actor, body=body).delete()
    return removed > 0


def find_address(token: str) -> CalendarAddress | None:
    """Return the address that the token is of, with person and body; None where it has ended or its person may not.

    Somebody who may no longer log in has no calendar, nor has a body for somebody who no longer reads its meetings.
    """
    rows = CalendarAddress.objects.select_related("person", "body", "body__county")
    found = rows.filter(digest=_digest(token)).first()
    if found is None or not found.person.is_active:
        return None
    if found.body is not None and not may_have(viewer(found.person), found.body):
        return None
    return found


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
