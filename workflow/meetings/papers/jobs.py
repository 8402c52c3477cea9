"""The job that makes a meeting's set of papers, its progress told matter by matter."""

from hashlib import sha256
from io import BytesIO

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from workflow.jobb import actions as jobb
from workflow.jobb.models import Jobbstatus
from workflow.meetings.models import Handlingssamling, Meeting
from workflow.meetings.papers.agendas import digest_of
from workflow.meetings.papers.set import set_as_pdf, set_of


@jobb.task("moten.handlingar")
def make_set(row: Jobbstatus, meeting_id: int, with_secret: int) -> str:
    """Make the set of papers of a meeting as it is now, unless it is there; return where it is read.

    Effects, in order: the agenda's digest is taken, before anything is read, so that a change meanwhile makes the set
    an old one; the document is made, its progress told; in one transaction the set is kept and older ones removed.
    """
    meeting = Meeting.objects.select_related("body__county").get(pk=meeting_id)
    where, secret, agenda = reverse("handlingar", args=[meeting_id]), bool(with_secret), digest_of(meeting)
    wanted = {"meeting": meeting, "agenda": agenda, "with_secret": secret}
    if Handlingssamling.objects.filter(**wanted).exists():
        return where
    paper = set_of(
        meeting,
        with_secret=secret,
        edition=meeting.edition,
        told=lambda done, total: jobb.progress(row, done, total, f"Punkt {done} av {total}"),
    )
    pdf = set_as_pdf(paper)
    made = {
        "edition": meeting.edition,
        "pdf": pdf,
        "sha256": sha256(pdf).hexdigest(),
        "size": len(pdf),
        "pages": len(PdfReader(BytesIO(pdf)).pages),
        "made_at": timezone.now(),
    }
    with transaction.atomic():
        Handlingssamling.objects.get_or_create(**wanted, defaults=made)
        older = Handlingssamling.objects.filter(meeting=meeting, edition__lte=meeting.edition)
        older.exclude(agenda=agenda).delete()
    return where
