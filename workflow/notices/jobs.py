"""What is done by the clock with notices: sorted, written as letters and sent each minute; removed when old."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from governance import jobs
from workflow.notices.models import Delivery, Notice
from workflow.notices.sending import send_due
from workflow.notices.sorting import sort_new, write_digests

KEPT = timedelta(days=365)
"""How long a notice and its letter are kept. The journal keeps what happened; this was only that somebody was told."""


@jobs.periodic("notiser.skicka", "* * * * *")
def send() -> None:
    """Make letters of what is new, write the digests that are due, and send."""
    sort_new()
    write_digests()
    send_due()


@jobs.periodic("notiser.gallra", "47 2 * * *")
def forget_old() -> None:
    """Remove notices that are older than they are kept, and the letters that no notice is left in."""
    before = timezone.now() - KEPT
    with transaction.atomic():
        Notice.objects.filter(entry__at__lt=before).delete()
        Delivery.objects.filter(created_at__lt=before, notices=None).delete()
