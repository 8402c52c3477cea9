"""What is done by the clock with work that has been waited for."""

from datetime import timedelta

from django.utils import timezone

from governance import jobs
from workflow.jobb.models import Jobbstatus

KEPT = timedelta(days=90)
"""How long the page of work that is over is kept."""


@jobs.periodic("jobb.glom", "37 2 * * *")
def forget_old() -> None:
    """Remove the rows of work that has been over for long."""
    Jobbstatus.objects.filter(finished_at__lt=timezone.now() - KEPT).delete()
