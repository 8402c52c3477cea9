"""What the demonstration does about notices: test mode, by regionalt stöd's own act, and old ones read."""

from datetime import timedelta

from django.utils import timezone

from governance.models import County, Membership
from governance.permissions import today
from governance.vocabulary import BodyKind, Role
from workflow.models import Notice, Utskick
from workflow.notices.county import Settings, settle
from workflow.notices.vocabulary import Postlage

UNREAD_DAYS = 14
"""Notices of the last so many days are left unread; what is older has been seen, and is no letter."""


def begin_in_test_mode(county: County) -> None:
    """Let the county be in test mode from the beginning: every letter is written and shown, none leaves."""
    if Utskick.objects.filter(county=county, edition__gt=0).exists():
        return
    seats = Membership.objects.current(today()).select_related("person")
    seat = seats.filter(body__county=county, body__kind=BodyKind.REGIONALT_STOD, role=Role.SAMORDNARE).order_by("pk")[0]
    wanted = Settings(test_mode=True, stopped=False, holds_decisions=True)
    settle(county.pk, wanted, actor=seat.person, expected_edition=0)


def have_read_what_is_old(county: County) -> None:
    """Let everybody have read what happened long ago."""
    now = timezone.now()
    old = now - timedelta(days=UNREAD_DAYS)
    rows = Notice.objects.filter(entry__county=county, entry__satsning__is_example=True, read_at=None)
    rows.filter(entry__at__lt=old).update(read_at=now, mail=Postlage.INGET)
