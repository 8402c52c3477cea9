"""The kallelse as a document: when and where, the agenda with its clock, and who is called."""

from collections.abc import Iterable

from django.utils import timezone

from governance.permissions import today
from workflow.meetings.models import Meeting
from workflow.meetings.planning.saying import begins, day_in_words
from workflow.meetings.planning.selectors import Agenda, Row, called
from workflow.meetings.vocabulary import ItemKind, MeetingState
from workflow.papers.value import Block, Facts, Heading, Listing, Paper, Paragraph, Run, Table, plain
from workflow.quorum import Seat


def kallelse_paper(meeting: Meeting, agenda: Agenda, seats: Iterable[Seat]) -> Paper:
    """Return the kallelse; no statements.

    Args:
        meeting: with its body.
        agenda: as the person reads it.
        seats: who sits in the body on the day.

    """
    return Paper(
        title=title_of(meeting),
        kind="Kallelse",
        reference="",
        author=meeting.body.name,
        printed_on=today(),
        facts=Facts(tuple((term, plain(said)) for term, said in facts_of(meeting) if said)),
        blocks=(*_agenda(agenda), *_called(seats)),
        marks=_marks(meeting),
    )


def title_of(meeting: Meeting) -> str:
    """Return what a meeting is called: its body and day, with its own title where it has one."""
    named = f"{meeting.body.name} {day_in_words(meeting)}"
    return f"{named}: {meeting.title}" if meeting.title else named


def facts_of(meeting: Meeting) -> list[tuple[str, str]]:
    """Return when and where the meeting is, term by term; a place or link that is missing is empty."""
    sent = timezone.localtime(meeting.called_at) if meeting.called_at else None
    return [
        ("Dag", day_in_words(meeting)),
        ("Tid", begins(meeting)),
        ("Plats", meeting.place),
        ("Digitalt", meeting.link),
        ("Kallelsen gick ut", f"{sent:%Y-%m-%d %H.%M}" if sent else ""),
    ]


def _marks(meeting: Meeting) -> tuple[str, ...]:
    marks = ["Exempeldata"] if meeting.is_example else []
    if meeting.state == MeetingState.INSTALLT:
        marks.append(f"Mötet är inställt: {meeting.cancel_reason}")
    elif meeting.called_at is None:
        marks.append("Utkast: kallelsen har inte gått ut.")
    return tuple(marks)


def _agenda(agenda: Agenda) -> list[Block]:
    blocks: list[Block] = [Heading(1, "Dagordning")]
    for name, rows in agenda.sections:
        if name:
            blocks.append(Heading(2, name))
        head = (plain("Punkt"), plain("Tid"), plain("Ärende"))
        blocks.append(Table(name or "Dagordning", head, tuple(_line(row) for row in rows)))
    if not agenda.rows:
        blocks.append(Paragraph(plain("Inga punkter ännu."), quiet=True))
    return blocks


def _line(row: Row) -> tuple[tuple[Block, ...], ...]:
    clock = f"{timezone.localtime(row.starts):%H.%M}" if row.starts and row.item.duration is not None else "–"
    number = str(row.number) if row.number else "Utgår"
    return (_cell(number), _cell(clock), _said(row))


def _cell(text: str) -> tuple[Block, ...]:
    return (Paragraph(plain(text)),)


def _said(row: Row) -> tuple[Block, ...]:
    title = (Run(row.title, strike=row.number is None),)
    notes = list(notes_of(row))
    return (Paragraph(title), *([Paragraph(plain(" · ".join(notes)), quiet=True)] if notes else []))


def notes_of(row: Row) -> Iterable[str]:
    """Yield what is said of an item beside its title, in words."""
    item = row.item
    if row.mark:
        yield f"Sekretessmarkering: {row.mark}"
    if row.is_hidden:
        return
    if item.kind == ItemKind.ARENDE and item.anmalan and item.anmalan.satsning.reference:
        yield item.anmalan.satsning.reference
    if item.kind != ItemKind.STAENDE:
        yield item.sort_beside
    if item.presenter:
        yield f"Föredragande: {item.presenter}"
    if row.number is None:
        yield f"Utgår: {item.withdraw_reason}"
    elif row.is_closed:
        yield "Inte längre anmäld till beslut"
    if item.is_late and row.number is not None:
        yield "Sent anmäld" + (", tas upp ändå" if item.late_accepted else "")


def _called(seats: Iterable[Seat]) -> list[Block]:
    blocks: list[Block] = [Heading(1, "Kallade")]
    for name, people in called(seats):
        blocks.append(Heading(2, name))
        blocks.append(Listing(tuple((Paragraph(plain(f"{one.name}, {one.role.label.lower()}")),) for one in people)))
    return blocks
