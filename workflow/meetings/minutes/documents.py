"""Minutes written out for somebody: which of the matters the reader sees, how far they have come, and as what file."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils import timezone

from workflow.meetings.minutes.content import Minutes, from_json
from workflow.meetings.minutes.paper import Adjusted, Course, minutes_paper
from workflow.meetings.minutes.sheet import Rectified, rectification_paper
from workflow.meetings.models import AgendaItem, Justering, Protokoll, Rattelse
from workflow.meetings.rights import mark_of
from workflow.meetings.vocabulary import JusteringState
from workflow.papers.pdf import as_pdf
from workflow.papers.value import Paper
from workflow.papers.wording import moment_of

ABOUT_ALL = "hela protokollet"


def hidden_items(minutes: Minutes, meeting_id: int, *, reads_secret: bool) -> Mapping[int, str]:
    """Return the secrecy marks of what the reader may not see, by item; one statement, none for who sits in the body.

    A mark holds from when it is set: those of today count, and those of the day that the minutes were drawn up until an
    act has lifted them.
    """
    if reads_secret:
        return {}
    rows = AgendaItem.objects.filter(meeting=meeting_id).select_related("matter")
    items = {item.pk: item for item in rows}
    marks: dict[int, str] = {}
    for entry in minutes.entries:
        item = items.get(entry.item_id)
        is_lifted = item is not None and item.mark_lifted_at is not None
        marks[entry.item_id] = ("" if is_lifted else entry.sekretess) or (mark_of(item) if item else "")
    return {item_id: mark for item_id, mark in marks.items() if mark}


def course_of(protokoll: Protokoll, answers: Iterable[Justering], *, is_current: bool = True) -> Course:
    """Return how far a version has come."""
    locked = protokoll.locked_at
    return Course(
        sha256=protokoll.sha256,
        made=moment_of(protokoll.made_at),
        due=protokoll.justeras_senast.isoformat(),
        printed_on=timezone.localdate(locked or protokoll.made_at),
        adjusters=tuple(Adjusted(one.name, _approved(one)) for one in answers),
        locked=moment_of(locked) if locked else "",
        is_current=is_current,
    )


def _approved(one: Justering) -> str:
    return moment_of(one.at) if one.state == JusteringState.GODKAND and one.at else ""


def paper_of(protokoll: Protokoll, *, reads_secret: bool, is_current: bool = True) -> tuple[Paper, Mapping[int, str]]:
    """Return a version as a document for somebody, and the marks of what is left out of it; at most two statements."""
    minutes = from_json(protokoll.content)
    hidden = hidden_items(minutes, protokoll.meeting_id, reads_secret=reads_secret)
    return minutes_paper(minutes, course_of(protokoll, protokoll.justeringar.all(), is_current=is_current), hidden), (
        hidden
    )


def pdf_of(protokoll: Protokoll, *, reads_secret: bool, is_current: bool = True) -> bytes:
    """Return a version as PDF for somebody: the locked one itself where the reader may see all of it, else a copy."""
    paper, hidden = paper_of(protokoll, reads_secret=reads_secret, is_current=is_current)
    if protokoll.locked_at and not hidden:
        kept = Protokoll.objects.values_list("pdf", flat=True).get(pk=protokoll.pk)
        return bytes(kept or b"")
    return as_pdf(paper)


def locked_pdf(protokoll: Protokoll, *, at: datetime) -> bytes:
    """Return the PDF that is kept when minutes are locked, with everything in them."""
    protokoll.locked_at = at
    course = course_of(protokoll, protokoll.justeringar.order_by("pk"))
    return as_pdf(minutes_paper(from_json(protokoll.content), course, {}))


def rectified(rows: Iterable[Rattelse], hidden: Mapping[int, str]) -> list[Rectified]:
    """Return corrections as they are shown; those about what the reader may not see, or about all of it, left out.

    A correction of no paragraph may name any of them: it is shown to whoever may see every paragraph.
    """
    found = []
    for row in rows:
        unseen = bool(hidden) if row.paragraf is None else row.paragraf.item_id in hidden
        if not unseen:
            about = row.paragraf.label if row.paragraf else ABOUT_ALL
            found.append(Rectified(row.number, about, row.text, row.reason, row.by.name, moment_of(row.at), row.sha256))
    return found


def rectifications_pdf(protokoll: Protokoll, rows: Iterable[Rattelse], *, reads_secret: bool) -> bytes | None:
    """Return the sheet of corrections as PDF, None where there is none that the reader may see."""
    minutes = from_json(protokoll.content)
    hidden = hidden_items(minutes, protokoll.meeting_id, reads_secret=reads_secret)
    kept = list(rows)
    shown = rectified(kept, hidden)
    if not shown:
        return None
    day: date = timezone.localdate(kept[-1].at)
    return as_pdf(rectification_paper(minutes, shown, day))
